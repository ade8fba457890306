/** Draws one property into a row of the grid. Rows are recycled: whatever a row showed before is replaced. */
import type { PropertyRow } from "../../src/protocol/viewModel";
import { h, icon, on, setAttributes, setDataText } from "../dom";
import { t } from "../strings";
import { visibleText } from "../visibleText";
import type { Column, ColumnState } from "./columnModel";

const CHANGE_TEXT = {
  added: "changeAdded",
  changed: "changeChanged",
  deleted: "changeDeleted",
} as const;

/** The element id of a row, for aria-activedescendant. */
export const rowId = (tag: number): string => `row-${tag.toString(16)}`;

/** The cell of a column in a row's element, when the column is drawn. */
export function cellOf(row: HTMLElement, column: Column): HTMLElement | undefined {
  return row.querySelector<HTMLElement>(`:scope > .col-${column}`) ?? undefined;
}

/** Makes a row without cells: drawing it makes those of the columns shown then. */
export function createRow(): HTMLElement {
  return h("div", { class: "grid-row", role: "row" });
}

/** An icon that stands for a row's problem, said aloud with its text. */
function problemMark(text: string): HTMLElement {
  return h("span", { class: "row-problem" }, icon("warning"), h("span", { class: "sr-only" }, text));
}

/** How a row is shown beside its data. */
export interface RowAppearance {
  readonly index: number;
  readonly active: boolean;
  readonly selected: boolean;
  /** The columns that are drawn; the same array as long as they are the same. */
  readonly columns: readonly ColumnState[];
  /** The value cell holds an editor and is left alone. */
  readonly editing: boolean;
  /** Why the value cannot be changed, if so. */
  readonly readOnly: string | undefined;
  /** Puts the row back to the saved state; undefined when nothing can be edited. */
  readonly revert: (() => void) | undefined;
}

function nameTitle(row: PropertyRow): string {
  const change = row.change === undefined ? "" : t(CHANGE_TEXT[row.change]);
  return [row.name, row.canonicalName, row.mapiName, row.namedAs, row.problem ?? "", change]
    .filter((line, index, lines) => line !== "" && lines.indexOf(line) === index)
    .map(visibleText)
    .join("\n");
}

function drawName(cell: HTMLElement, row: PropertyRow): void {
  const label = h("span", { class: "cell-text isolate" });
  setDataText(label, row.name);
  const parts: HTMLElement[] = [label];
  if (row.problem !== undefined) parts.push(problemMark(row.problem));
  if (row.change !== undefined)
    parts.push(h("span", { class: "sr-only" }, `, ${t(CHANGE_TEXT[row.change])}`));
  cell.replaceChildren(...parts);
  cell.title = nameTitle(row);
}

function drawValue(cell: HTMLElement, row: PropertyRow, look: RowAppearance): void {
  const text = h("span", { class: "cell-text isolate", dir: "auto" });
  setDataText(text, row.value);
  const parts: HTMLElement[] = [text];
  if (row.readOnly !== undefined) parts.push(h("span", { class: "row-lock" }, icon("lock-small")));
  if (row.change !== undefined && look.revert !== undefined) {
    const revert = h(
      "button",
      { class: "row-action", type: "button", tabindex: -1, title: t("revert"), "aria-label": t("revert") },
      icon("discard"),
    );
    on(revert, "click", look.revert);
    parts.push(revert);
  }
  cell.replaceChildren(...parts);
  const title = visibleText(row.value);
  cell.title = look.readOnly === undefined ? title : `${title}\n${look.readOnly}`;
}

/** What a row's element shows now. */
const drawn = new WeakMap<HTMLElement, { readonly row: PropertyRow; readonly look: RowAppearance }>();

/** Makes the next drawing of a row complete: its cells were used for something else. */
export function forgetRow(element: HTMLElement): void {
  drawn.delete(element);
}

/** Whether the cells already show this: then they stay, and with them what the mouse is pressed on. */
function isDrawn(element: HTMLElement, row: PropertyRow, look: RowAppearance): boolean {
  const before = drawn.get(element);
  return (
    before?.row === row &&
    before.look.columns === look.columns &&
    before.look.editing === look.editing &&
    before.look.readOnly === look.readOnly &&
    (before.look.revert === undefined) === (look.revert === undefined)
  );
}

/** The flags of a property as letters, and beside them what the letters do not say. */
function flagsText(flags: number | undefined): string {
  if (flags === undefined) return "";
  const letters = `${flags & 1 ? "M" : ""}${flags & 2 ? "R" : ""}${flags & 4 ? "W" : ""}`;
  const rest = (flags & ~7) >>> 0;
  return [letters, rest === 0 ? "" : `0x${rest.toString(16).toUpperCase()}`].filter(Boolean).join(" ");
}

function flagsTitle(flags: number | undefined): string {
  if (flags === undefined) return "";
  return [[1, "flagMandatory"] as const, [2, "flagReadable"] as const, [4, "flagWriteable"] as const]
    .filter(([bit]) => (flags & bit) !== 0)
    .map(([, key]) => t(key))
    .join(", ");
}

/** What a column shows of a property: as text, and for the tooltip where that is something else. */
export function cellText(
  row: PropertyRow,
  column: Column,
): { readonly text: string; readonly title?: string } {
  switch (column) {
    case "name":
      return { text: row.name };
    case "canonicalName":
      return { text: row.canonicalName };
    case "mapiName":
      return { text: row.mapiName };
    case "tag":
      return { text: row.tagText, title: row.namedAs };
    case "type":
      return { text: row.typeText };
    case "set":
      return { text: row.namedAs };
    case "size":
      return { text: row.size?.toLocaleString() ?? "" };
    case "flags":
      return { text: flagsText(row.flags), title: flagsTitle(row.flags) };
    case "area":
      return { text: row.area ?? "" };
    case "value":
      return { text: row.value };
  }
}

/** Draws a row. */
export function drawRow(element: HTMLElement, row: PropertyRow, look: RowAppearance): void {
  setAttributes(element, {
    id: rowId(row.tag),
    "aria-rowindex": look.index + 2,
    "aria-selected": String(look.selected),
    "data-active": look.active,
    "data-index": look.index,
    "data-tag": row.tagText,
    "data-change": row.change,
    "data-editor": row.editor,
  });
  if (isDrawn(element, row, look)) return;
  if (drawn.get(element)?.look.columns !== look.columns && !look.editing) makeCells(element, look.columns);
  drawn.set(element, { row, look });
  for (const { id } of look.columns) {
    const cell = cellOf(element, id);
    if (cell === undefined) continue;
    if (id === "name") drawName(cell, row);
    else if (id !== "value") drawPlain(cell, row, id);
    else {
      setAttributes(cell, { "aria-readonly": look.readOnly === undefined ? undefined : "true" });
      if (!look.editing) drawValue(cell, row, look);
    }
  }
}

function makeCells(element: HTMLElement, columns: readonly ColumnState[]): void {
  element.replaceChildren(
    ...columns.map(({ id }, index) =>
      h("div", { class: `cell col-${id}`, role: "gridcell", "aria-colindex": index + 1 }),
    ),
  );
}

function drawPlain(cell: HTMLElement, row: PropertyRow, column: Column): void {
  const { text, title } = cellText(row, column);
  cell.textContent = visibleText(text);
  const tooltip = title ?? (column === "type" ? "" : text);
  if (tooltip === "") cell.removeAttribute("title");
  else cell.title = visibleText(tooltip);
}

/** The place of the row that an event of the mouse is about. */
export function rowIndexAt(event: MouseEvent): number | undefined {
  if (!(event.target instanceof Element)) return undefined;
  const index = event.target.closest<HTMLElement>(".grid-row")?.dataset["index"];
  return index === undefined ? undefined : Number(index);
}
