/** Draws a field of a structure into a row of the tree. Rows are recycled: whatever a row showed before is replaced. */
import type { StructureField } from "../../../src/protocol/editors";
import { h, icon, on, setAttributes, setDataText } from "../../dom";
import { t } from "../../strings";
import { visibleText } from "../../visibleText";
import { offsetText } from "../hex/hexText";

/** The columns in order: the text of the heading, and what the cells are called in the style sheet. */
const COLUMNS = [
  ["field", "name"],
  ["columnValue", "value"],
  ["offset", "offset"],
  ["length", "length"],
] as const;

/** How a field is shown beside what it is. */
export interface FieldAppearance {
  readonly id: string;
  /** The row's place among all rows that are shown. */
  readonly at: number;
  /** The field's place among those with the same part around, and how many those are. */
  readonly place: number;
  readonly of: number;
  /** Bytes of the whole value: they say how many digits an offset has. */
  readonly size: number;
  /** Whether the fields in it show; undefined where there are none. */
  readonly expanded: boolean | undefined;
  readonly active: boolean;
  /** The value's cell holds an editor and is left alone. */
  readonly editing: boolean;
  /** Whether fields can be changed at all now. */
  readonly isEdited: boolean;
  insert(): void;
  remove(): void;
}

/** The headings of the columns. */
export function fieldHead(): HTMLElement {
  const cells = COLUMNS.map(([key, name]) =>
    h("div", { class: `field-cell field-${name}`, role: "columnheader" }, t(key)),
  );
  return h(
    "div",
    { class: "field-head", role: "rowgroup" },
    h("div", { class: "field-row", role: "row" }, ...cells),
  );
}

/** Makes a row with empty cells. */
export function createFieldRow(): HTMLElement {
  const cells = COLUMNS.map(([, name], index) =>
    h("div", { class: `field-cell field-${name}`, role: "gridcell", "aria-colindex": index + 1 }),
  );
  return h("div", { class: "field-row", role: "row" }, ...cells);
}

function drawName(cell: HTMLElement, field: StructureField, expanded: boolean | undefined): void {
  cell.style.paddingInlineStart = `${4 + Math.min(field.depth, 12) * 10}px`;
  const twistie =
    expanded === undefined
      ? h("span", { class: "field-twistie" })
      : h("span", { class: "field-twistie" }, icon(expanded ? "chevron-down" : "chevron-right"));
  const label = h("span", { class: "cell-text isolate" });
  setDataText(label, field.label);
  cell.replaceChildren(twistie, label);
  cell.title = [field.label, field.problem ?? ""].filter(Boolean).map(visibleText).join("\n");
  if (field.problem === undefined) return;
  cell.append(
    h("span", { class: "row-problem" }, icon("warning"), h("span", { class: "sr-only" }, field.problem)),
  );
}

function button(label: string, iconName: string, run: () => void): HTMLElement {
  const element = h(
    "button",
    { class: "row-action", type: "button", tabindex: -1, title: label, "aria-label": label },
    icon(iconName),
  );
  on(element, "click", run);
  return element;
}

/** What can be done with the field by the mouse; keys do the same. */
function buttons(field: StructureField, look: FieldAppearance): readonly HTMLElement[] {
  if (!look.isEdited) return [];
  return [
    ...(field.canInsert === true ? [button(t("addElement", field.label), "add", () => look.insert())] : []),
    ...(field.canRemove === true
      ? [button(t("removeElement", field.label), "trash", () => look.remove())]
      : []),
  ];
}

function drawValue(cell: HTMLElement, field: StructureField, look: FieldAppearance): void {
  cell.classList.remove("editing");
  const editable = field.text !== undefined && look.isEdited;
  setAttributes(cell, { "aria-readonly": editable ? undefined : "true" });
  const text = h("span", { class: "cell-text isolate", dir: "auto" });
  setDataText(text, field.value);
  cell.replaceChildren(text, ...buttons(field, look));
  cell.title = visibleText(field.value);
}

/** Draws a row. */
export function drawFieldRow(element: HTMLElement, field: StructureField, look: FieldAppearance): void {
  const { expanded } = look;
  setAttributes(element, {
    id: look.id,
    "data-at": look.at,
    "data-path": field.path,
    "data-problem": field.problem !== undefined,
    "aria-level": field.depth + 1,
    "aria-posinset": look.place,
    "aria-setsize": look.of,
    "aria-rowindex": look.at + 2,
    "aria-expanded": expanded === undefined ? undefined : String(expanded),
    "aria-selected": String(look.active),
  });
  const [name, value, offset, length] = element.children;
  if (name instanceof HTMLElement) drawName(name, field, expanded);
  if (offset !== undefined) offset.textContent = offsetText(field.offset, look.size);
  if (length !== undefined) length.textContent = String(field.length);
  if (value instanceof HTMLElement && !look.editing) drawValue(value, field, look);
}
