/**
 * A table of rows that are only looked at: virtual, sortable by its columns, with one active row told by
 * aria-activedescendant. As a treegrid its rows have levels and unfold.
 */
import { h, innermostTarget, on, setAttributes } from "../dom";
import { findByPrefix } from "../tree/model";
import { isPrintable, Typeahead } from "./typeahead";
import { ROW_HEIGHT, VirtualRows } from "./virtualRows";

/** A column of a table. */
export interface TableColumn<T> {
  readonly id: string;
  readonly label: string;
  /** Its track as in `grid-template-columns`. */
  readonly track: string;
  /** Puts the item's content into an emptied cell. */
  readonly draw: (cell: HTMLElement, item: T) => void;
  /** What the rows are sorted by; without it the column does not sort. */
  readonly sortKey?: (item: T) => string | number;
}

/** How a table is made. */
export interface TableOptions<T> {
  readonly label: string;
  /** Name of the table in the page: prefix of its ids, its class and its pane for F6. */
  readonly name: string;
  readonly columns: readonly TableColumn<T>[];
  readonly key: (item: T) => string;
  /** What typing letters looks for. */
  readonly text: (item: T) => string;
  /** For a treegrid: the level, from 1. */
  readonly level?: (item: T) => number;
  /** For a treegrid: whether an item is unfolded; undefined for one with nothing below. */
  readonly expanded?: (item: T) => boolean | undefined;
  readonly setExpanded?: (item: T, expanded: boolean) => void;
  readonly activeChanged?: (item: T | undefined) => void;
  /** Enter and double click. */
  readonly open?: (item: T) => void;
  readonly menu?: (item: T, x: number, y: number) => void;
  /** Arrow up in the first row. */
  readonly leave?: () => void;
}

/** Which column sorts a table. */
export interface TableSort {
  readonly column: string;
  readonly descending: boolean;
}

const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);

/** Items in the order of a column; equal ones keep their own order, also when descending. */
export function sortItems<T>(
  items: readonly T[],
  columns: readonly TableColumn<T>[],
  sort: TableSort | undefined,
): readonly T[] {
  const keyOf = columns.find(({ id }) => id === sort?.column)?.sortKey;
  if (sort === undefined || keyOf === undefined) return items;
  const direction = sort.descending ? -1 : 1;
  return items
    .map((item, order) => ({ item, order, key: keyOf(item) }))
    .sort((a, b) => direction * compare(a.key, b.key) || a.order - b.order)
    .map(({ item }) => item);
}

/** The table. */
export class TableView<T> {
  /** The table itself; it scrolls. */
  readonly element: HTMLElement;
  readonly #head = h("div", { class: "table-row table-head-row", role: "row", "aria-rowindex": 1 });
  readonly #body = h("div", { class: "virtual-body", role: "rowgroup" });
  readonly #rows: VirtualRows;
  readonly #typeahead: Typeahead;
  readonly #headCells = new Map<string, HTMLElement>();
  #given: readonly T[] = [];
  #items: readonly T[] = [];
  #active: string | undefined;
  #sort: TableSort | undefined;

  constructor(private readonly options: TableOptions<T>) {
    const { name, label, columns } = options;
    this.element = h(
      "div",
      {
        class: `table ${name}`,
        role: options.level === undefined ? "grid" : "treegrid",
        tabindex: 0,
        "aria-label": label,
        "aria-colcount": columns.length,
        "data-pane": name,
      },
      h("div", { class: "table-head", role: "rowgroup" }, this.#head),
      this.#body,
    );
    this.element.style.setProperty("--table-columns", columns.map(({ track }) => track).join(" "));
    columns.forEach((column, index) => this.#head.append(this.#makeHeadCell(column, index)));
    this.#typeahead = new Typeahead(this.element);
    this.#rows = new VirtualRows(
      this.element,
      this.#body,
      {
        count: () => this.#items.length,
        key: (index) => this.#keyAt(index) ?? `#${index}`,
        create: () => h("div", { class: "table-row", role: "row" }),
        draw: (element, index) => this.#draw(element, index),
        pinned: () => [this.#activeIndex()],
      },
      ROW_HEIGHT,
    );
    this.#listen();
    this.#markSort();
  }

  /** The item the keyboard is at. */
  get active(): T | undefined {
    return this.#items[this.#activeIndex()];
  }

  /** The items in the order they are shown. */
  get items(): readonly T[] {
    return this.#items;
  }

  /** Shows items; the active one stays active while it is there, else the one now in its place is. */
  setItems(items: readonly T[]): void {
    const before = this.#activeIndex();
    this.#given = items;
    this.#arrange();
    if (this.#activeIndex() >= 0) return;
    this.#active = this.#keyAt(Math.max(0, Math.min(before, this.#items.length - 1)));
    this.refresh();
    this.options.activeChanged?.(this.active);
  }

  /** Draws the rows again. */
  refresh(): void {
    this.#rows.refresh();
    this.#mark();
  }

  /** Makes an item active and brings it into view. */
  reveal(key: string): boolean {
    const index = this.#items.findIndex((item) => this.options.key(item) === key);
    if (index >= 0) this.#go(index);
    return index >= 0;
  }

  /** Puts the focus on the table. */
  focus(): void {
    this.element.focus();
  }

  #arrange(): void {
    this.#items = sortItems(this.#given, this.options.columns, this.#sort);
    this.refresh();
    setAttributes(this.element, { "aria-rowcount": this.#items.length + 1 });
  }

  #makeHeadCell(column: TableColumn<T>, index: number): HTMLElement {
    const cell = h(
      "div",
      {
        class: `cell head-cell col-${column.id}`,
        role: "columnheader",
        tabindex: -1,
        "aria-colindex": index + 1,
      },
      h("span", { class: "head-label" }, column.label),
      h("span", { class: "sort-mark", "aria-hidden": "true" }),
    );
    this.#headCells.set(column.id, cell);
    on(cell, "click", () => this.#sortBy(column));
    on(cell, "keydown", (event) => {
      const step = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
      const actions: Readonly<Record<string, () => void>> = {
        Enter: () => this.#sortBy(column),
        " ": () => this.#sortBy(column),
        ArrowDown: () => this.focus(),
        Escape: () => this.focus(),
      };
      const run =
        step === 0 ? actions[event.key] : () => [...this.#headCells.values()][index + step]?.focus();
      if (run === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      run();
    });
    return cell;
  }

  #sortBy(column: TableColumn<T>): void {
    if (column.sortKey === undefined) return;
    const sort = this.#sort?.column === column.id ? this.#sort : undefined;
    this.#sort =
      sort?.descending === true ? undefined : { column: column.id, descending: sort !== undefined };
    this.#markSort();
    this.#arrange();
  }

  #markSort(): void {
    for (const { id, sortKey } of this.options.columns) {
      const sorted =
        this.#sort?.column === id ? (this.#sort.descending ? "descending" : "ascending") : "none";
      const cell = this.#headCells.get(id);
      if (cell === undefined || sortKey === undefined) continue;
      cell.setAttribute("aria-sort", sorted);
      const mark = cell.querySelector(".sort-mark");
      if (mark === null) continue;
      const name = sorted === "ascending" ? "chevron-up" : "chevron-down";
      mark.className = sorted === "none" ? "sort-mark" : `sort-mark codicon codicon-${name}`;
    }
  }

  #keyAt(index: number): string | undefined {
    const item = this.#items[index];
    return item === undefined ? undefined : this.options.key(item);
  }

  #activeIndex(): number {
    return this.#active === undefined
      ? -1
      : this.#items.findIndex((item) => this.options.key(item) === this.#active);
  }

  #mark(): void {
    const element = this.#active === undefined ? undefined : this.#rows.element(this.#active);
    setAttributes(this.element, { "aria-activedescendant": element?.id });
  }

  #draw(element: HTMLElement, index: number): void {
    const item = this.#items[index];
    if (item === undefined) return;
    const { options } = this;
    const level = options.level?.(item);
    const expanded = options.expanded?.(item);
    setAttributes(element, {
      id: `${options.name}-row-${index}`,
      "data-index": index,
      "data-level": level,
      "aria-rowindex": index + 2,
      "aria-selected": String(options.key(item) === this.#active),
      "aria-level": level,
      "aria-expanded": expanded === undefined ? undefined : String(expanded),
    });
    const cells = options.columns.map((column, place) => {
      const cell = h("div", { class: `cell col-${column.id}`, role: "gridcell", "aria-colindex": place + 1 });
      column.draw(cell, item);
      return cell;
    });
    element.replaceChildren(...cells);
  }

  #go(index: number): void {
    const target = Math.max(0, Math.min(index, this.#items.length - 1));
    const key = this.#keyAt(target);
    if (key === undefined) return;
    const changed = key !== this.#active;
    this.#active = key;
    this.#rows.reveal(target);
    this.refresh();
    if (changed) this.options.activeChanged?.(this.active);
  }

  #listen(): void {
    on(this.element, "keydown", (event) => this.#onKey(event));
    on(this.#body, "mousedown", (event) => this.#withRow(event, (index) => this.#go(index)));
    on(this.#body, "click", (event) => {
      if (!(event.target instanceof Element) || !event.target.classList.contains("twistie")) return;
      this.#withRow(event, (index) => this.#toggle(index));
    });
    on(this.#body, "dblclick", (event) =>
      this.#withRow(event, (index) => {
        const item = this.#items[index];
        if (item !== undefined) this.options.open?.(item);
      }),
    );
    on(this.#body, "contextmenu", (event) =>
      this.#withRow(event, (index) => {
        const item = this.#items[index];
        if (item === undefined || this.options.menu === undefined) return;
        event.preventDefault();
        this.#go(index);
        this.options.menu(item, event.clientX, event.clientY);
      }),
    );
  }

  #withRow(event: MouseEvent, then: (index: number) => void): void {
    if (!(event.target instanceof Element)) return;
    const index = event.target.closest<HTMLElement>(".table-row")?.dataset["index"];
    if (index !== undefined) then(Number(index));
  }

  #toggle(index: number, wanted?: boolean): void {
    const item = this.#items[index];
    const expanded = item === undefined ? undefined : this.options.expanded?.(item);
    if (item === undefined || expanded === undefined || expanded === wanted) return;
    this.options.setExpanded?.(item, !expanded);
  }

  #onKey(event: KeyboardEvent): void {
    if (innermostTarget(event) !== this.element || event.ctrlKey || event.metaKey || event.altKey) return;
    const run = this.#keyAction(event);
    if (run === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    run();
  }

  #keyAction(event: KeyboardEvent): (() => void) | undefined {
    const { key } = event;
    const index = this.#activeIndex();
    const item = this.active;
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      Home: 0,
      End: this.#items.length - 1,
      PageDown: index + this.#rows.page,
      PageUp: index - this.#rows.page,
    };
    const target = moves[key];
    if (key === "ArrowUp" && index <= 0)
      return this.options.leave ?? (() => this.#head.querySelector<HTMLElement>(".head-cell")?.focus());
    if (target !== undefined) return () => this.#go(target);
    if (item === undefined) return undefined;
    if (key === "Enter") return () => this.options.open?.(item);
    if (key === "ArrowRight") return () => this.#right(index, item);
    if (key === "ArrowLeft") return () => this.#left(index, item);
    if (key === " ") return () => this.#toggle(index);
    if (key === "ContextMenu" || (key === "F10" && event.shiftKey)) return () => this.#menuByKey(item);
    if (!isPrintable(event) || key === "/") return undefined;
    return () => this.#type(key, index);
  }

  #right(index: number, item: T): void {
    if (this.options.expanded?.(item) === true) this.#go(index + 1);
    else this.#toggle(index, true);
  }

  #left(index: number, item: T): void {
    if (this.options.expanded?.(item) === true) {
      this.#toggle(index, false);
      return;
    }
    const levelOf = this.options.level;
    if (levelOf === undefined) return;
    const level = levelOf(item);
    let above = index - 1;
    for (let other = this.#items[above]; other !== undefined && levelOf(other) >= level; above--)
      other = this.#items[above - 1];
    if (above >= 0) this.#go(above);
  }

  #menuByKey(item: T): void {
    const box = this.#rows.element(this.options.key(item))?.getBoundingClientRect();
    this.options.menu?.(item, (box?.left ?? 0) + 24, box?.bottom ?? 0);
  }

  #type(letter: string, index: number): void {
    const { text, fresh } = this.#typeahead.add(letter);
    const found = findByPrefix(this.#items.map(this.options.text), index + (fresh ? 1 : 0), text);
    if (found !== undefined) this.#go(found);
  }
}
