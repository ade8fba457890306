/** The header of the property grid: sorts, sizes and moves columns. */
import { h, on, setAttributes } from "../dom";
import type { Sort } from "../state";
import { t } from "../strings";
import { COLUMN_LABEL, isSized, type Column, type ColumnState, type SizedColumn } from "./columnModel";

const KEY_STEP = 16;

/** What the header asks of the grid. */
export interface HeaderActions {
  sort(column: Column): void;
  resize(column: SizedColumn, by: number): void;
  move(column: Column, step: 1 | -1): void;
  /** Which columns there are to choose from; `column` is the one the menu was asked at. */
  menu(column: Column, x: number, y: number, returnFocus: HTMLElement): void;
  /** Arrow down in the header. */
  leave(): void;
}

interface HeaderCell {
  readonly cell: HTMLElement;
  readonly mark: HTMLElement;
}

/** The header row: one tab stop less, it is reached with the arrow up from the first row. */
export class GridHeader {
  readonly element: HTMLElement;
  readonly #row = h("div", { class: "grid-row grid-head-row", role: "row", "aria-rowindex": 1 });
  #cells: ReadonlyMap<Column, HeaderCell> = new Map();
  #sort: Sort | undefined;

  constructor(private readonly actions: HeaderActions) {
    this.element = h("div", { class: "grid-head", role: "rowgroup" }, this.#row);
  }

  /** Draws the cells of these columns; the focus stays with its column. */
  setColumns(columns: readonly ColumnState[]): void {
    const focused = [...this.#cells].find(([, { cell }]) => cell === document.activeElement)?.[0];
    this.#cells = new Map(columns.map(({ id }, index) => [id, this.#makeCell(id, index)]));
    this.#row.replaceChildren(...[...this.#cells.values()].map(({ cell }) => cell));
    this.update(this.#sort);
    if (focused !== undefined) (this.#cells.get(focused) ?? this.#cells.get("name"))?.cell.focus();
  }

  /** Shows which column sorts. */
  update(sort: Sort | undefined): void {
    this.#sort = sort;
    for (const [column, { cell, mark }] of this.#cells) {
      const sorted = sort?.column === column ? (sort.descending ? "descending" : "ascending") : undefined;
      setAttributes(cell, { "aria-sort": sorted ?? "none" });
      mark.className =
        sorted === undefined
          ? "sort-mark"
          : `sort-mark codicon codicon-${sorted === "ascending" ? "chevron-up" : "chevron-down"}`;
    }
  }

  /** Puts the focus on the header of a column, else of the name. */
  focus(column: Column = "name"): void {
    (this.#cells.get(column) ?? this.#cells.get("name"))?.cell.focus();
  }

  #makeCell(column: Column, index: number): HeaderCell {
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
    on(cell, "click", () => this.actions.sort(column));
    on(cell, "keydown", (event) => this.#onKey(event, column, cell));
    on(cell, "contextmenu", (event) => {
      event.preventDefault();
      this.actions.menu(column, event.clientX, event.clientY, cell);
    });
    if (isSized(column)) cell.append(this.#makeHandle(column));
    return { cell, mark };
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

  #onKey(event: KeyboardEvent, column: Column, cell: HTMLElement): void {
    if (event.altKey || !this.#runKey(event, column, cell)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  #runKey(event: KeyboardEvent, column: Column, cell: HTMLElement): boolean {
    const { key, shiftKey } = event;
    const control = event.ctrlKey || event.metaKey;
    const sideways = key === "ArrowLeft" ? -1 : key === "ArrowRight" ? 1 : undefined;
    if (sideways !== undefined) {
      this.#sideways(sideways, column, control && shiftKey ? "move" : shiftKey ? "resize" : "go");
      return true;
    }
    if (control) return false;
    if (key === "ContextMenu" || (key === "F10" && shiftKey)) {
      const box = cell.getBoundingClientRect();
      this.actions.menu(column, box.left, box.bottom, cell);
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

  #sideways(step: 1 | -1, column: Column, what: "go" | "resize" | "move"): void {
    if (what === "move") {
      this.actions.move(column, step);
      return;
    }
    if (what === "resize") {
      if (isSized(column)) this.actions.resize(column, step * KEY_STEP);
      return;
    }
    const columns = [...this.#cells.keys()];
    const next = columns[columns.indexOf(column) + step];
    if (next !== undefined) this.focus(next);
  }
}

/** What marks a column's sort order in words, for the live region. */
export function sortText(sort: Sort | undefined): string {
  if (sort === undefined) return "";
  return `${t(COLUMN_LABEL[sort.column])}: ${t(sort.descending ? "sortedDescending" : "sortedAscending")}`;
}
