/** What the property grid asks of the page. */
import type { PropertyRow } from "../../src/protocol/viewModel";
import type { UiState } from "../state";
import type { Column, ColumnState } from "./columnModel";

/** What can be done with chosen rows by key. */
export type RowCommand = "add" | "delete" | "copyValue" | "copyRow" | "revert";

/** What the grid asks of the page. */
export interface GridActions {
  /** Why nothing can be edited, if so. */
  readOnlyReason(): string | undefined;
  activeChanged(row: PropertyRow | undefined): void;
  /** Edits a value that is too large or too rich for a cell; `typed` is the key that began it. */
  editInDetail(row: PropertyRow, typed: string | undefined): void;
  /** Writes a value; rejects with the reason when it is refused. */
  commit(row: PropertyRow, text: string): Promise<void>;
  /** Does something with the chosen rows, in the order they are shown. */
  run(command: RowCommand, rows: readonly PropertyRow[]): void;
  /** The menu of the chosen rows; `row` is the active one. */
  menu(row: PropertyRow, rows: readonly PropertyRow[], x: number, y: number): void;
  /** The menu of the columns; `column` is where it was asked for. */
  columnMenu(column: Column, x: number, y: number, returnFocus: HTMLElement): void;
  announce(text: string): void;
  stateChanged(patch: Partial<UiState>): void;
  /** The columns were arranged anew. */
  columnsChanged(columns: readonly ColumnState[]): void;
  /** How many rows are shown, of how many. */
  counted(shown: number, all: number): void;
}
