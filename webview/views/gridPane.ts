/** The grid of the Properties view: what its keys and menus do with the page, and how its columns are kept. */
import type { ObjectId, PropertyRow } from "../../src/protocol/viewModel";
import { propertiesMenu, propertyMenu } from "../commands";
import { columnMenu } from "../grid/columnMenu";
import { readColumns, type Column } from "../grid/columnModel";
import { PropertyGrid } from "../grid/grid";
import { showMenu } from "../menu";
import type { Page } from "../page";
import { t } from "../strings";
import { ColumnStore } from "./columnStore";
import { runOnRows, setProperty } from "./propertyEdits";
import type { ViewContext } from "./view";

/** What the grid asks of the view around it. */
export interface GridOwner {
  /** The object whose rows are shown. */
  object(): ObjectId;
  activeChanged(row: PropertyRow | undefined): void;
  editInDetail(row: PropertyRow, typed: string | undefined): void;
  add(): void;
  counted(shown: number, all: number): void;
}

/** Opens the menu with which columns are shown and hidden. */
function showColumnMenu(
  grid: PropertyGrid,
  column: Column | undefined,
  x: number,
  y: number,
  returnFocus: HTMLElement,
): void {
  const items = columnMenu(grid.columns, column, (columns) => grid.setColumns(columns));
  showMenu(t("columns"), items, x, y, returnFocus);
}

/** Opens that menu below a button. */
export function showColumnMenuBelow(grid: PropertyGrid, button: HTMLElement): void {
  const { left, bottom } = button.getBoundingClientRect();
  showColumnMenu(grid, undefined, left, bottom, button);
}

/** Makes the grid; `preferred` are the columns as the person left them in another editor. */
export function makeGrid(page: Page, preferred: ViewContext["columns"], owner: GridOwner): PropertyGrid {
  const store = new ColumnStore(page);
  const grid: PropertyGrid = new PropertyGrid(
    {
      readOnlyReason: () => page.readOnlyReason(),
      activeChanged: (row) => owner.activeChanged(row),
      editInDetail: (row, typed) => owner.editInDetail(row, typed),
      commit: ({ tag }, text) => setProperty(page, owner.object(), tag, text),
      run: (command, rows) => {
        if (command === "add") owner.add();
        else runOnRows(page, owner.object(), command, rows);
      },
      menu: (row, rows, x, y) => {
        const object = owner.object();
        const at = { x, y, returnFocus: grid.focusTarget };
        const items =
          rows.length > 1
            ? propertiesMenu(page, object, rows, at)
            : propertyMenu(page, object, row, () => void grid.edit(), at);
        const label = rows.length > 1 ? t("rowsSelected", rows.length) : row.name;
        showMenu(label, items, x, y, grid.focusTarget);
      },
      columnMenu: (column, x, y, returnFocus) => showColumnMenu(grid, column, x, y, returnFocus),
      columnsChanged: (columns) => store.save(columns),
      announce: (text) => page.announce(text),
      stateChanged: (patch) => page.state.update(patch),
      counted: (shown, all) => owner.counted(shown, all),
    },
    page.state.value,
    page.state.value.columns ?? readColumns(preferred),
  );
  return grid;
}
