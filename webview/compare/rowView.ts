/** One row of the comparison: the name, and the value on either side. */
import type { CompareRow, ComparedState } from "../../src/protocol/compare";
import { h, icon, setAttributes, setDataText } from "../dom";
import type { ShownRow } from "./rows";
import { t } from "./strings";

/** What a state is called. */
export function stateText(state: ComparedState): string {
  switch (state) {
    case "same":
      return t("compareStateSame");
    case "added":
      return t("compareStateAdded");
    case "removed":
      return t("compareStateRemoved");
    case "changed":
      return t("compareStateChanged");
  }
}

const STATE_LETTERS: Readonly<Record<ComparedState, string>> = {
  same: "",
  added: "A",
  removed: "D",
  changed: "M",
};

/** An empty row. */
export function createRow(): HTMLElement {
  return h(
    "div",
    { class: "compare-row", role: "row" },
    h("div", { class: "compare-cell compare-name", role: "gridcell" }),
    h("div", { class: "compare-cell compare-left isolate", role: "gridcell" }),
    h("div", { class: "compare-cell compare-right isolate", role: "gridcell" }),
  );
}

function drawName(cell: HTMLElement, row: CompareRow, expanded: boolean | undefined): void {
  const label = h("span", { class: "compare-label isolate" });
  setDataText(label, row.label);
  const description = h("span", { class: "compare-description isolate" });
  if (row.description !== undefined) setDataText(description, row.description);
  const twistie = expanded === undefined ? "blank" : expanded ? "chevron-down" : "chevron-right";
  cell.style.paddingInlineStart = `${4 + row.depth * 14}px`;
  cell.replaceChildren(
    icon(twistie, "compare-twistie"),
    ...(row.icon === undefined ? [] : [icon(row.icon, "compare-icon")]),
    label,
    ...(row.description === undefined ? [] : [description]),
    h("span", { class: "compare-state", "aria-hidden": "true" }, STATE_LETTERS[row.state]),
  );
}

function drawSide(cell: HTMLElement, text: string | undefined): void {
  cell.classList.toggle("compare-absent", text === undefined);
  if (text === undefined) cell.replaceChildren();
  else setDataText(cell, text);
}

/** Draws a row into its element. `position` counts from 1. */
export function drawRow(
  element: HTMLElement,
  { row, expanded }: ShownRow,
  { position, id, active }: { readonly position: number; readonly id: string; readonly active: boolean },
): void {
  element.className = `compare-row compare-${row.kind} compare-is-${row.state}${active ? " compare-active" : ""}`;
  const parts = [row.label, stateText(row.state), row.left, row.right].filter((part) => part !== undefined);
  setAttributes(element, {
    id,
    "aria-level": row.depth + 1,
    "aria-rowindex": position + 1,
    "aria-selected": active ? "true" : "false",
    "aria-expanded": expanded === undefined ? undefined : String(expanded),
    "aria-label": parts.join(", ").slice(0, 500),
  });
  const [name, left, right] = element.children;
  if (!(name instanceof HTMLElement) || !(left instanceof HTMLElement) || !(right instanceof HTMLElement))
    return;
  drawName(name, row, expanded);
  drawSide(left, row.left);
  drawSide(right, row.right);
}
