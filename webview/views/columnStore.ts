/** Keeps how the columns of the grid are arranged: for this document, and for those that are opened later. */
import { storedColumns, type ColumnState } from "../grid/columnModel";
import { runReported, type Page } from "../page";

/** A column is dragged in many steps; only where it ends up is sent to the host. */
const SAVE_AFTER_MS = 300;

/** The store. */
export class ColumnStore {
  #timer = 0;

  constructor(private readonly page: Page) {}

  /** Keeps the columns. */
  save(columns: readonly ColumnState[]): void {
    const { page } = this;
    page.state.update({ columns });
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      runReported(page, () => page.host.request("saveColumns", { columns: storedColumns(columns) }));
    }, SAVE_AFTER_MS);
  }
}
