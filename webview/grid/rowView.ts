/** Draws one property into a row of the grid. Rows are recycled: whatever a row showed before is replaced. */
import type { PropertyRow } from "../../src/protocol/viewModel";
import { h, icon, on, setAttributes, setDataText } from "../dom";
import { COLUMNS, type Column } from "../state";
import { t } from "../strings";
import { visibleText } from "../visibleText";
import { problemMark } from "./columns";

const CHANGE_TEXT = {
  added: "changeAdded",
  changed: "changeChanged",
  deleted: "changeDeleted",
} as const;

/** The element id of a row, for aria-activedescendant. */
export const rowId = (tag: number): string => `row-${tag.toString(16)}`;

/** The cell of a column in a row's element. */
export function cellOf(row: HTMLElement, column: Column): HTMLElement | undefined {
  const cell = row.children[COLUMNS.indexOf(column)];
  return cell instanceof HTMLElement ? cell : undefined;
}

/** Makes an empty row. */
export function createRow(): HTMLElement {
  return h(
    "div",
    { class: "grid-row", role: "row" },
    ...COLUMNS.map((column, index) =>
      h("div", { class: `cell col-${column}`, role: "gridcell", "aria-colindex": index + 1 }),
    ),
  );
}

/** How a row is shown beside its data. */
export interface RowAppearance {
  readonly index: number;
  readonly active: boolean;
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
    before.look.editing === look.editing &&
    before.look.readOnly === look.readOnly &&
    (before.look.revert === undefined) === (look.revert === undefined)
  );
}

/** Draws a row. */
export function drawRow(element: HTMLElement, row: PropertyRow, look: RowAppearance): void {
  setAttributes(element, {
    id: rowId(row.tag),
    "aria-rowindex": look.index + 2,
    "aria-selected": String(look.active),
    "data-index": look.index,
    "data-tag": row.tagText,
    "data-change": row.change,
    "data-editor": row.editor,
  });
  if (isDrawn(element, row, look)) return;
  drawn.set(element, { row, look });
  const [name, tag, type, value] = COLUMNS.map((column) => cellOf(element, column));
  if (name !== undefined) drawName(name, row);
  if (tag !== undefined) {
    tag.textContent = row.tagText;
    tag.title = row.namedAs;
  }
  if (type !== undefined) type.textContent = row.typeText;
  if (value === undefined) return;
  setAttributes(value, { "aria-readonly": look.readOnly === undefined ? undefined : "true" });
  if (!look.editing) drawValue(value, row, look);
}
