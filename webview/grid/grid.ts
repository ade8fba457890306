/** The property grid: virtual rows, one active row, one editor at a time. */
import type { PropertyRow } from "../../src/protocol/viewModel";
import { h, innermostTarget, isTextInput, on, setAttributes } from "../dom";
import type { Sort, UiState } from "../state";
import { t } from "../strings";
import { ROW_HEIGHT, VirtualRows } from "../ui/virtualRows";
import { CellEditor, type Leaving } from "./cellEditor";
import type { ColumnState } from "./columnModel";
import type { GridActions } from "./gridActions";
import { GridColumns } from "./gridColumns";
import { sortText } from "./header";
import { gridCommand, type GridCommand, type MoveTarget, targetOf } from "./keyboard";
import { editsInPlace, isEditable, nextInPlace, nextSort } from "./model";
import { RowCursor, type Choosing } from "./rowCursor";
import { RowSet } from "./rowSet";
import { cellOf, createRow, drawRow, forgetRow, rowId, rowIndexAt } from "./rowView";

/** The grid. */
export class PropertyGrid {
  readonly element: HTMLElement;
  readonly #scroller: HTMLElement;
  readonly #body = h("div", { class: "virtual-body", role: "rowgroup" });
  readonly #empty = h("div", { class: "empty-note" });
  readonly #columns: GridColumns;
  readonly #virtual: VirtualRows;
  readonly #rows: RowSet;
  readonly #cursor: RowCursor;
  #editor: CellEditor | undefined;

  constructor(
    private readonly actions: GridActions,
    state: UiState,
    columns: readonly ColumnState[],
  ) {
    this.#rows = new RowSet(state.filter, state.sort);
    this.#cursor = new RowCursor(this.#rows, state.tag, (count) =>
      actions.announce(t("rowsSelected", count)),
    );
    this.#columns = new GridColumns(columns, {
      sort: (column) => this.#setSort(nextSort(this.#rows.sort, column)),
      menu: (column, x, y, returnFocus) => actions.columnMenu(column, x, y, returnFocus),
      leave: () => this.focus(),
      arranged: (arranged) => {
        this.#layout();
        actions.columnsChanged(arranged);
      },
    });
    this.#scroller = h(
      "div",
      {
        class: "grid",
        role: "grid",
        tabindex: 0,
        "aria-multiselectable": "true",
        "data-pane": "grid",
      },
      this.#columns.header.element,
      this.#body,
    );
    this.element = h("div", { class: "grid-frame" }, this.#scroller, this.#empty);
    this.#virtual = new VirtualRows(
      this.#scroller,
      this.#body,
      {
        count: () => this.#rows.shown.length,
        key: (index) => String(this.#rows.at(index)?.tag ?? `#${index}`),
        create: createRow,
        draw: (element, index) => this.#draw(element, index),
        pinned: () => [this.#cursor.index, this.#editingIndex()],
      },
      ROW_HEIGHT,
    );
    this.#listen();
    this.#columns.header.update(this.#rows.sort);
    this.#layout();
  }

  /** Puts the focus on the grid's rows. */
  focus(): void {
    this.#scroller.focus();
  }

  /** The element the keyboard is on. */
  get focusTarget(): HTMLElement {
    return this.#scroller;
  }

  /** The row the keyboard is at, if it is shown. */
  get activeRow(): PropertyRow | undefined {
    return this.#cursor.row;
  }

  /** The chosen rows, in the order they are shown. */
  get selectedRows(): readonly PropertyRow[] {
    return this.#cursor.chosen;
  }

  /** The columns as they are arranged. */
  get columns(): readonly ColumnState[] {
    return this.#columns.all;
  }

  /** Arranges the columns. */
  setColumns(columns: readonly ColumnState[]): void {
    this.#columns.arrange(columns);
  }

  /** Whether an editor is open with something that was not written. */
  get hasUnwritten(): boolean {
    return this.#editor?.isDirty === true;
  }

  /** Writes what is being edited. */
  async commitEditing(): Promise<void> {
    await this.#editor?.commit("blur");
  }

  /** Shows the rows of an object; `label` names it. A change of the object begins at the top. */
  setRows(rows: readonly PropertyRow[], label: string, sameObject: boolean): void {
    const before = this.#cursor.index;
    this.#rows.setRows(rows);
    this.#scroller.setAttribute("aria-label", t("gridLabel", label));
    if (!sameObject) {
      this.#disposeEditor();
      this.#cursor.clear();
      this.#scroller.scrollTop = 0;
    }
    this.#arranged();
    // The same property of the next object stays chosen, so that objects can be compared.
    if (this.#cursor.index < 0) this.#settleActive(sameObject ? before : 0);
    this.#redraw();
    if (!sameObject && this.#cursor.index >= 0) this.#virtual.reveal(this.#cursor.index);
  }

  /** Filters the rows. */
  setFilter(filter: string): void {
    if (!this.#rows.setFilter(filter)) return;
    this.#scroller.scrollTop = 0;
    this.#arranged();
    this.#redraw();
    const index = this.#cursor.index;
    if (index >= 0) this.#virtual.reveal(index);
    this.actions.announce(t("rowsFiltered", this.#rows.shown.length));
  }

  /** Goes to a property, when it is shown; says whether. */
  reveal(tag: number): boolean {
    const index = this.#rows.placeOf(tag);
    if (index < 0) return false;
    this.#go(index);
    return true;
  }

  /** Scrolls to where the page was when it was last shown. */
  restoreScroll(top: number): void {
    this.#scroller.scrollTop = top;
  }

  /** Draws the rows again: whether they can be edited has changed. */
  refresh(): void {
    this.#redraw();
  }

  /** Begins to edit the active row, in the cell or in the detail pane. */
  async edit(typed?: string): Promise<void> {
    const index = this.#cursor.index;
    const row = this.activeRow;
    if (row === undefined) return;
    const before = this.#editor;
    if (before !== undefined) {
      if (before.row.tag !== row.tag) await before.commit("blur");
      if (before.isOpen) {
        before.focus();
        return;
      }
    }
    if (this.actions.readOnlyReason() !== undefined || !isEditable(row) || !editsInPlace(row)) {
      // What cannot be edited can still be looked at whole in the detail pane.
      if (typed === undefined || isEditable(row)) this.actions.editInDetail(row, typed);
      return;
    }
    this.#virtual.reveal(index);
    const element = this.#virtual.element(String(row.tag));
    const cell = element === undefined ? undefined : cellOf(element, "value");
    if (element === undefined || cell === undefined) return;
    forgetRow(element);
    const editor = new CellEditor(row, cell, typed, {
      commit: (text) => this.actions.commit(row, text),
      done: (leaving) => this.#editorDone(leaving, row.tag),
    });
    this.#editor = editor;
    editor.open();
  }

  #listen(): void {
    on(this.#scroller, "keydown", (event) => this.#onKey(event));
    // Copying by the menu bar; the key is handled as a key.
    on(this.#scroller, "copy", (event) => {
      if (innermostTarget(event) !== this.#scroller || document.getSelection()?.isCollapsed === false) return;
      event.preventDefault();
      this.actions.run("copyValue", this.selectedRows);
    });
    on(this.#body, "mousedown", (event) => {
      const index = rowIndexAt(event);
      if (index !== undefined && !isTextInput(event.target)) this.#press(event, index);
    });
    on(this.#body, "dblclick", (event) => {
      if (rowIndexAt(event) !== undefined && !isTextInput(event.target)) void this.edit();
    });
    on(this.#body, "contextmenu", (event) => {
      const index = rowIndexAt(event);
      if (index === undefined || isTextInput(event.target)) return;
      event.preventDefault();
      this.#press(event, index);
      const row = this.activeRow;
      if (row !== undefined) this.actions.menu(row, this.selectedRows, event.clientX, event.clientY);
    });
    on(this.#scroller, "scroll", () => {
      this.#editor?.placeError();
      this.actions.stateChanged({ gridScroll: this.#scroller.scrollTop });
    });
    new ResizeObserver(() => {
      this.#layout();
      this.#editor?.placeError();
    }).observe(this.#scroller);
  }

  #layout(): void {
    if (this.#columns.layOut(this.#scroller)) this.#redraw();
  }

  #setSort(sort: Sort | undefined): void {
    this.#rows.setSort(sort);
    this.#columns.header.update(sort);
    this.#arranged();
    this.#redraw();
    this.actions.stateChanged({ sort });
    this.actions.announce(sortText(sort));
  }

  #arranged(): void {
    const { shown, total } = this.#rows;
    this.actions.counted(shown.length, total);
    this.#cursor.keepShown();
    this.#empty.textContent = shown.length > 0 ? "" : total === 0 ? t("noProperties") : t("noMatch");
    if (this.#editor !== undefined && this.#editingIndex() < 0) this.#disposeEditor();
  }

  #redraw(): void {
    this.#virtual.refresh();
    setAttributes(this.#scroller, {
      "aria-rowcount": this.#rows.shown.length + 1,
      "aria-activedescendant": this.activeRow === undefined ? undefined : rowId(this.activeRow.tag),
    });
    this.#editor?.placeError();
  }

  #draw(element: HTMLElement, index: number): void {
    const row = this.#rows.at(index);
    if (row === undefined) return;
    const pageReason = this.actions.readOnlyReason();
    const editing = this.#editor?.row.tag === row.tag;
    if (!editing) cellOf(element, "value")?.classList.remove("editing");
    drawRow(element, row, {
      index,
      active: row.tag === this.#cursor.tag,
      selected: this.#cursor.isChosen(row.tag),
      columns: this.#columns.drawn,
      editing,
      readOnly: pageReason ?? row.readOnly,
      revert: pageReason === undefined ? () => this.actions.run("revert", [row]) : undefined,
    });
  }

  #editingIndex(): number {
    return this.#rows.placeOf(this.#editor?.row.tag);
  }

  #valueCell(tag: number): HTMLElement | undefined {
    const element = this.#virtual.element(String(tag));
    return element === undefined ? undefined : cellOf(element, "value");
  }

  /** The active row has gone: the one now in its place becomes active. */
  #settleActive(place: number): void {
    this.actions.activeChanged(this.#cursor.settle(place));
  }

  /** Makes a row the active one, and chooses it alone, with all on the way, or as it is chosen already. */
  #go(index: number, choosing: Choosing = "single"): void {
    const gone = this.#cursor.go(index, choosing);
    if (gone === undefined) return;
    this.#virtual.reveal(this.#cursor.index);
    this.#redraw();
    if (gone.moved) this.actions.activeChanged(gone.row);
  }

  #selectAll(): void {
    this.#cursor.chooseAll();
    this.#redraw();
  }

  /** A row was pressed: with Shift the range to it, with Ctrl (Command) it too, else it alone. */
  #press(event: MouseEvent, index: number): void {
    const row = this.#rows.at(index);
    if (row === undefined) return;
    const isMenu = event.type === "contextmenu" || event.button === 2;
    if (isMenu) {
      // The menu is about what is chosen, when it was asked for there.
      const keeps = this.#cursor.isMany && this.#cursor.isChosen(row.tag);
      this.#go(index, keeps ? "keep" : "single");
      return;
    }
    if (event.shiftKey) event.preventDefault();
    this.#go(index, event.shiftKey ? "extend" : event.ctrlKey || event.metaKey ? "toggle" : "single");
    if (event.shiftKey) this.focus();
  }

  #onKey(event: KeyboardEvent): void {
    // Keys of an editor or of the header are theirs.
    if (innermostTarget(event) !== this.#scroller) return;
    // The blank would scroll the rows away.
    if (event.key === " ") event.preventDefault();
    const command = gridCommand(event);
    if (command === undefined || (command.kind === "single" && !this.#cursor.isMany)) return;
    event.preventDefault();
    event.stopPropagation();
    this.#run(command);
  }

  #run(command: GridCommand): void {
    switch (command.kind) {
      case "move": {
        this.#move(command.to, command.choose ?? "single");
        return;
      }
      case "selectAll":
        this.#selectAll();
        return;
      case "toggle":
        this.#go(this.#cursor.index, "toggle");
        return;
      case "single":
        this.#go(this.#cursor.index);
        return;
      case "edit":
        void this.edit(command.typed);
        return;
      case "menu": {
        const row = this.activeRow;
        const box = row === undefined ? undefined : this.#valueCell(row.tag)?.getBoundingClientRect();
        if (row !== undefined) this.actions.menu(row, this.selectedRows, box?.left ?? 0, box?.bottom ?? 0);
        return;
      }
      default: {
        this.actions.run(command.kind, this.selectedRows);
        return;
      }
    }
  }

  #move(to: MoveTarget, choose: "single" | "extend" | "keep"): void {
    const index = this.#cursor.index;
    if (to === "up" && index <= 0 && choose === "single") {
      this.#columns.header.focus();
      return;
    }
    this.#go(targetOf(to, index, this.#rows.shown.length, this.#virtual.page), choose);
  }

  #disposeEditor(): void {
    this.#editor?.dispose();
    this.#editor = undefined;
  }

  #editorDone(leaving: Leaving | "escape", tag: number): void {
    this.#editor = undefined;
    this.#redraw();
    if (leaving === "blur") return;
    this.focus();
    if (leaving !== "next" && leaving !== "previous") return;
    const from = this.#rows.placeOf(tag);
    const index = from < 0 ? undefined : nextInPlace(this.#rows.shown, from, leaving === "next" ? 1 : -1);
    if (index === undefined) return;
    this.#go(index);
    void this.edit();
  }
}
