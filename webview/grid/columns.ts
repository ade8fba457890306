/** Widths of the grid's columns and the header that sorts and sizes them. */
import { h, icon, on, setAttributes } from "../dom";
import { COLUMNS, type Column, type SizedColumn, type Sort, type UiState } from "../state";
import { t } from "../strings";

const MIN_WIDTH = 48;
const MAX_WIDTH = 1200;
const MIN_VALUE_WIDTH = 140;
const KEY_STEP = 16;

/** Widths of the sized columns in CSS pixels. */
export type ColumnWidths = UiState["columns"];

const COLUMN_LABEL = {
  name: "columnName",
  tag: "columnTag",
  type: "columnType",
  value: "columnValue",
} as const;

/** Whether a column has a width of its own. */
export const isSized = (column: Column): column is SizedColumn => column !== "value";

/** Widths with one column made wider (or narrower) by some pixels. */
export function resizeColumn(widths: ColumnWidths, column: SizedColumn, by: number): ColumnWidths {
  const width = Math.max(MIN_WIDTH, Math.min(MAX_WIDTH, Math.round(widths[column] + by)));
  return { ...widths, [column]: width };
}

/** Which columns there is room for: all, all but the type, or name and value alone. */
export type Fit = "all" | "noType" | "compact";

const NO_TYPE_BELOW = 620;
const COMPACT_BELOW = 480;

/** What fits into a width in CSS pixels; a grid that is not laid out yet (0) shows all. */
export function fitOf(width: number): Fit {
  if (width === 0 || width >= NO_TYPE_BELOW) return "all";
  return width >= COMPACT_BELOW ? "noType" : "compact";
}

/** The tracks of header and rows as a value of `grid-template-columns`. */
export function gridTemplate(widths: ColumnWidths, fit: Fit): string {
  if (fit === "compact") return "minmax(96px, 2fr) minmax(0, 3fr)";
  if (fit === "noType") return `${widths.name}px ${widths.tag}px minmax(${MIN_VALUE_WIDTH}px, 1fr)`;
  return `${widths.name}px ${widths.tag}px ${widths.type}px minmax(${MIN_VALUE_WIDTH}px, 1fr)`;
}

/** What the header asks of the grid. */
export interface HeaderActions {
  sort(column: Column): void;
  resize(column: SizedColumn, by: number): void;
  /** Arrow down in the header. */
  leave(): void;
}

/** The header row: one tab stop less, it is reached with the arrow up from the first row. */
export class GridHeader {
  readonly element: HTMLElement;
  readonly #cells = new Map<Column, { readonly cell: HTMLElement; readonly mark: HTMLElement }>();

  constructor(private readonly actions: HeaderActions) {
    const row = h("div", { class: "grid-row grid-head-row", role: "row", "aria-rowindex": 1 });
    for (const [index, column] of COLUMNS.entries()) row.append(this.#makeCell(column, index));
    this.element = h("div", { class: "grid-head", role: "rowgroup" }, row);
  }

  /** Shows which column sorts. */
  update(sort: Sort | undefined): void {
    for (const [column, { cell, mark }] of this.#cells) {
      const sorted = sort?.column === column ? (sort.descending ? "descending" : "ascending") : undefined;
      setAttributes(cell, { "aria-sort": sorted ?? "none" });
      mark.className =
        sorted === undefined
          ? "sort-mark"
          : `sort-mark codicon codicon-${sorted === "ascending" ? "chevron-up" : "chevron-down"}`;
    }
  }

  /** Puts the focus on the first header. */
  focus(): void {
    this.#cells.get("name")?.cell.focus();
  }

  #makeCell(column: Column, index: number): HTMLElement {
    const mark = h("span", { class: "sort-mark", "aria-hidden": "true" });
    const cell = h(
      "div",
      {
        class: `cell head-cell col-${column}`,
        role: "columnheader",
        tabindex: -1,
        "aria-colindex": index + 1,
        "aria-keyshortcuts": isSized(column) ? "Shift+ArrowLeft Shift+ArrowRight" : undefined,
      },
      h("span", { class: "head-label" }, t(COLUMN_LABEL[column])),
      mark,
    );
    this.#cells.set(column, { cell, mark });
    on(cell, "click", () => this.actions.sort(column));
    on(cell, "keydown", (event) => this.#onKey(event, column));
    if (isSized(column)) cell.append(this.#makeHandle(column));
    return cell;
  }

  #makeHandle(column: SizedColumn): HTMLElement {
    const handle = h("div", { class: "column-handle", "aria-hidden": "true" });
    on(handle, "click", (event) => event.stopPropagation());
    on(handle, "pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      event.stopPropagation();
      handle.setPointerCapture(event.pointerId);
      let last = event.clientX;
      const move = (moved: PointerEvent): void => {
        this.actions.resize(column, moved.clientX - last);
        last = moved.clientX;
      };
      handle.addEventListener("pointermove", move);
      handle.addEventListener("lostpointercapture", () => handle.removeEventListener("pointermove", move), {
        once: true,
      });
    });
    return handle;
  }

  #onKey(event: KeyboardEvent, column: Column): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!this.#runKey(event, column)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  #runKey({ key, shiftKey }: KeyboardEvent, column: Column): boolean {
    const sideways = key === "ArrowLeft" ? -1 : key === "ArrowRight" ? 1 : 0;
    if (sideways !== 0 && shiftKey && isSized(column)) {
      this.actions.resize(column, sideways * KEY_STEP);
      return true;
    }
    if (sideways !== 0) {
      const visible = [...this.#cells.values()].filter(({ cell }) => cell.offsetParent !== null);
      const at = visible.findIndex(({ cell }) => cell === document.activeElement);
      visible[at + sideways]?.cell.focus();
      return true;
    }
    if (key === "Enter" || key === " ") {
      this.actions.sort(column);
      return true;
    }
    if (key !== "ArrowDown" && key !== "Escape") return false;
    this.actions.leave();
    return true;
  }
}

/** What marks a column's sort order in words, for the live region. */
export function sortText(sort: Sort | undefined): string {
  if (sort === undefined) return "";
  return `${t(COLUMN_LABEL[sort.column])}: ${t(sort.descending ? "sortedDescending" : "sortedAscending")}`;
}

/** An icon that stands for a row's problem, said aloud with its text. */
export function problemMark(text: string): HTMLElement {
  return h("span", { class: "row-problem" }, icon("warning"), h("span", { class: "sr-only" }, text));
}
