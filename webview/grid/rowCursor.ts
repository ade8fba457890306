/** Where the keyboard is among the rows of the grid, and which rows are chosen. Pure. */
import type { PropertyRow } from "../../src/protocol/viewModel";
import { RowSelection } from "./rowSelection";
import type { RowSet } from "./rowSet";

/** What going to a row does to the choice: it alone, all on the way, as it is, or the row too (or not any more). */
export type Choosing = "single" | "extend" | "keep" | "toggle";

/** The cursor. */
export class RowCursor {
  readonly #selection = new RowSelection();

  constructor(
    private readonly rows: RowSet,
    private active: number | undefined,
    /** Another number of rows is chosen, and more than one. */
    private readonly chosenMany: (count: number) => void,
  ) {}

  /** The tag of the active row, whether it is shown or not. */
  get tag(): number | undefined {
    return this.active;
  }

  /** The place of the active row, or -1. */
  get index(): number {
    return this.rows.placeOf(this.active);
  }

  /** The active row, if it is shown. */
  get row(): PropertyRow | undefined {
    return this.rows.at(this.index);
  }

  /** The chosen rows, in the order they are shown. */
  get chosen(): readonly PropertyRow[] {
    const { row } = this;
    if (!this.#selection.isMany) return row === undefined ? [] : [row];
    return this.rows.shown.filter((shown) => this.isChosen(shown.row.tag)).map((shown) => shown.row);
  }

  /** Whether more than the active row may be chosen. */
  get isMany(): boolean {
    return this.#selection.isMany;
  }

  /** Whether a row is chosen. */
  isChosen(tag: number): boolean {
    return this.#selection.has(tag, this.active);
  }

  /** Makes the row at a place the active one, without a choice; the row there, if any. */
  settle(place: number): PropertyRow | undefined {
    const row = this.rows.at(this.rows.clamp(place));
    this.active = row?.tag;
    return row;
  }

  /** Makes a row the active one; undefined where there is none. */
  go(index: number, choosing: Choosing): { readonly row: PropertyRow; readonly moved: boolean } | undefined {
    const row = this.rows.at(this.rows.clamp(index));
    if (row === undefined) return undefined;
    const moved = row.tag !== this.active;
    const before = this.#selection.size;
    this.#choose(row.tag, choosing);
    this.active = row.tag;
    this.#tell(before);
    return { row, moved };
  }

  /** Chooses all rows that are shown. */
  chooseAll(): void {
    const before = this.#selection.size;
    this.#selection.all(this.#order());
    this.#tell(before);
  }

  /** Another object is shown: nothing of it is chosen. */
  clear(): void {
    this.#selection.single(undefined);
  }

  /** The rows are others, or in another order: what is not shown any more is not chosen either. */
  keepShown(): void {
    this.#selection.keep((tag) => this.rows.placeOf(tag) >= 0);
  }

  #choose(tag: number, choosing: Choosing): void {
    const { active } = this;
    if (choosing === "single") this.#selection.single(tag);
    else if (choosing === "extend") this.#selection.extend(this.#order(), active, tag);
    else if (choosing === "toggle") this.#selection.toggle(tag, active);
    else if (!this.#selection.isMany && active !== undefined) this.#selection.all([active]);
  }

  #order(): readonly number[] {
    return this.rows.shown.map(({ row }) => row.tag);
  }

  #tell(before: number): void {
    const { size } = this.#selection;
    if (size !== before && size > 1) this.chosenMany(size);
  }
}
