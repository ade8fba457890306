/** The columns of the grid as they are arranged and as there is room for them, and the header over them. */
import { setAttributes } from "../dom";
import {
  drawnColumns,
  fitOf,
  gridTemplate,
  leastWidth,
  moveColumn,
  resizeColumn,
  type ColumnState,
} from "./columnModel";
import { GridHeader, type HeaderActions } from "./header";

/** What the columns tell the grid. */
export interface ColumnsActions extends Pick<HeaderActions, "sort" | "menu" | "leave"> {
  /** A person arranged them anew: they are to be laid out. */
  arranged(columns: readonly ColumnState[]): void;
}

/** The columns. */
export class GridColumns {
  readonly header: GridHeader;
  #drawn: readonly ColumnState[] = [];

  constructor(
    private columns: readonly ColumnState[],
    private readonly actions: ColumnsActions,
  ) {
    this.header = new GridHeader({
      sort: (column) => actions.sort(column),
      resize: (column, by) => this.arrange(resizeColumn(this.columns, column, by)),
      move: (column, step) => this.arrange(moveColumn(this.columns, column, step)),
      menu: (column, x, y, returnFocus) => actions.menu(column, x, y, returnFocus),
      leave: () => actions.leave(),
    });
  }

  /** All of them, as they are arranged. */
  get all(): readonly ColumnState[] {
    return this.columns;
  }

  /** Those that are drawn; the same array as long as they are the same. */
  get drawn(): readonly ColumnState[] {
    return this.#drawn;
  }

  /** Arranges them. */
  arrange(columns: readonly ColumnState[]): void {
    this.columns = columns;
    this.actions.arranged(columns);
  }

  /** Lays them out in an element; says whether others are drawn than before. */
  layOut(element: HTMLElement): boolean {
    const fit = fitOf(element.clientWidth);
    const drawn = drawnColumns(this.columns, fit);
    const isSame =
      drawn.length === this.#drawn.length && drawn.every(({ id }, index) => id === this.#drawn[index]?.id);
    element.style.setProperty("--grid-columns", gridTemplate(drawn, fit));
    element.style.setProperty("--grid-width", `${leastWidth(drawn, fit)}px`);
    // Widths alone are a matter of style: the rows stay as they are.
    if (isSame) return false;
    this.#drawn = drawn;
    this.header.setColumns(drawn);
    setAttributes(element, { "aria-colcount": drawn.length });
    return true;
  }
}
