/** Which rows of the grid are chosen: the active one alone, or many. Pure. */

/** The chosen rows, by tag. */
export class RowSelection {
  /** Empty: the active row alone is chosen. */
  #marked: ReadonlySet<number> = new Set();
  /** Where a range began. */
  #anchor: number | undefined;

  /** Whether more than the active row may be chosen. */
  get isMany(): boolean {
    return this.#marked.size > 0;
  }

  /** Number of rows chosen beside a single active one; 0 when that alone is. */
  get size(): number {
    return this.#marked.size;
  }

  /** Whether a row is chosen, while `active` is the active one. */
  has(tag: number, active: number | undefined): boolean {
    return this.#marked.size > 0 ? this.#marked.has(tag) : tag === active;
  }

  /** Only the active row is chosen, and a range would begin there. */
  single(active: number | undefined): void {
    this.#marked = new Set();
    this.#anchor = active;
  }

  /** Adds a row to those chosen, or takes it out; `active` was the active one before. */
  toggle(tag: number, active: number | undefined): void {
    const marked = new Set(this.#marked);
    if (marked.size === 0 && active !== undefined) marked.add(active);
    if (!marked.delete(tag) || marked.size === 0) marked.add(tag);
    this.#marked = marked;
    this.#anchor = tag;
  }

  /** Chooses the rows from where the range began to `to`; `order` are the tags as they are shown. */
  extend(order: readonly number[], active: number | undefined, to: number): void {
    const anchor = this.#anchor ?? active;
    const [start, end] = [order.indexOf(anchor ?? to), order.indexOf(to)].sort((a, b) => a - b);
    if (start === undefined || end === undefined || start < 0) return;
    this.#marked = new Set(order.slice(start, end + 1));
    this.#anchor = anchor;
  }

  /** Chooses all. */
  all(order: readonly number[]): void {
    this.#marked = new Set(order);
  }

  /** Drops rows that are not shown any more. */
  keep(isShown: (tag: number) => boolean): void {
    if (this.#marked.size === 0) return;
    const kept = [...this.#marked].filter(isShown);
    this.#marked = kept.length > 1 ? new Set(kept) : new Set();
  }
}
