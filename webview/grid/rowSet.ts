/** The rows of one object as the grid shows them: filtered, sorted, findable by tag. */
import type { PropertyRow } from "../../src/protocol/viewModel";
import type { Sort } from "../state";
import { indexRows, type IndexedRow } from "../../src/protocol/filter";
import { filterRows, sortRows } from "./model";

/** The rows. */
export class RowSet {
  #all: readonly IndexedRow[] = [];
  #shown: readonly IndexedRow[] = [];
  #places: ReadonlyMap<number, number> = new Map();

  constructor(
    private filter: string,
    private order: Sort | undefined,
  ) {}

  /** The rows that match the filter, in the order chosen. */
  get shown(): readonly IndexedRow[] {
    return this.#shown;
  }

  /** Number of rows there are. */
  get total(): number {
    return this.#all.length;
  }

  /** How the rows are sorted. */
  get sort(): Sort | undefined {
    return this.order;
  }

  /** Takes the rows of an object. */
  setRows(rows: readonly PropertyRow[]): void {
    this.#all = indexRows(rows);
    this.#arrange();
  }

  /** Filters; says whether that is another filter than before. */
  setFilter(filter: string): boolean {
    if (filter === this.filter) return false;
    this.filter = filter;
    this.#arrange();
    return true;
  }

  /** Sorts. */
  setSort(sort: Sort | undefined): void {
    this.order = sort;
    this.#arrange();
  }

  /** The row at a place of the view. */
  at(index: number): PropertyRow | undefined {
    return this.#shown[index]?.row;
  }

  /** The place of a property in the view, or -1. */
  placeOf(tag: number | undefined): number {
    return tag === undefined ? -1 : (this.#places.get(tag) ?? -1);
  }

  /** The nearest place that exists. */
  clamp(index: number): number {
    return Math.max(0, Math.min(index, this.#shown.length - 1));
  }

  #arrange(): void {
    this.#shown = sortRows(filterRows(this.#all, this.filter), this.order);
    this.#places = new Map(this.#shown.map(({ row }, index) => [row.tag, index]));
  }
}
