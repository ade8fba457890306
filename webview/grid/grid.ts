/** The property grid: virtual rows, one active row, one editor at a time. */
import type { PropertyRow } from "../../src/protocol/viewModel";
import { h, innermostTarget, isTextInput, on, setAttributes } from "../dom";
import type { SizedColumn, Sort, UiState } from "../state";
import { t } from "../strings";
import { ROW_HEIGHT, VirtualRows } from "../ui/virtualRows";
import { CellEditor, type Leaving } from "./cellEditor";
import { fitOf, GridHeader, gridTemplate, resizeColumn, sortText, type ColumnWidths } from "./columns";
import { gridCommand, type GridCommand } from "./keyboard";
import { editsInPlace, isEditable, nextInPlace, nextSort } from "./model";
import { RowSet } from "./rowSet";
import { cellOf, createRow, drawRow, forgetRow, rowId } from "./rowView";

/** What the grid asks of the page. */
export interface GridActions {
  /** Why nothing can be edited, if so. */
  readOnlyReason(): string | undefined;
  activeChanged(row: PropertyRow | undefined): void;
  /** Edits a value that is too large or too rich for a cell; `typed` is the key that began it. */
  editInDetail(row: PropertyRow, typed: string | undefined): void;
  /** Writes a value; rejects with the reason when it is refused. */
  commit(row: PropertyRow, text: string): Promise<void>;
  run(command: "add" | "delete" | "copyValue" | "copyRow" | "revert", row: PropertyRow | undefined): void;
  menu(row: PropertyRow, x: number, y: number): void;
  announce(text: string): void;
  stateChanged(patch: Partial<UiState>): void;
  /** How many rows are shown, of how many. */
  counted(shown: number, all: number): void;
}

/** The grid. */
export class PropertyGrid {
  readonly element: HTMLElement;
  readonly #scroller: HTMLElement;
  readonly #body = h("div", { class: "virtual-body", role: "rowgroup" });
  readonly #empty = h("div", { class: "empty-note" });
  readonly #header: GridHeader;
  readonly #virtual: VirtualRows;
  readonly #rows: RowSet;
  #active: number | undefined;
  #editor: CellEditor | undefined;
  #widths: ColumnWidths;

  constructor(
    private readonly actions: GridActions,
    state: UiState,
  ) {
    this.#rows = new RowSet(state.filter, state.sort);
    this.#widths = state.columns;
    this.#active = state.tag;
    this.#header = new GridHeader({
      sort: (column) => this.#setSort(nextSort(this.#rows.sort, column)),
      resize: (column, by) => this.#resize(column, by),
      leave: () => this.focus(),
    });
    this.#scroller = h(
      "div",
      {
        class: "grid",
        role: "grid",
        tabindex: 0,
        "aria-colcount": 4,
        "data-pane": "grid",
      },
      this.#header.element,
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
        pinned: () => [this.#activeIndex(), this.#editingIndex()],
      },
      ROW_HEIGHT,
    );
    this.#listen();
    this.#header.update(this.#rows.sort);
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
    return this.#rows.at(this.#activeIndex());
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
    const before = this.#activeIndex();
    this.#rows.setRows(rows);
    this.#scroller.setAttribute("aria-label", t("gridLabel", label));
    if (!sameObject) {
      this.#disposeEditor();
      this.#scroller.scrollTop = 0;
    }
    this.#arranged();
    // The same property of the next object stays chosen, so that objects can be compared.
    if (this.#activeIndex() < 0) this.#settleActive(sameObject ? before : 0);
    this.#redraw();
    if (!sameObject && this.#activeIndex() >= 0) this.#virtual.reveal(this.#activeIndex());
  }

  /** Filters the rows. */
  setFilter(filter: string): void {
    if (!this.#rows.setFilter(filter)) return;
    this.#scroller.scrollTop = 0;
    this.#arranged();
    this.#redraw();
    const index = this.#activeIndex();
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
    const index = this.#activeIndex();
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
      this.actions.run("copyValue", this.activeRow);
    });
    on(this.#body, "mousedown", (event) => {
      const index = this.#indexAt(event);
      if (index !== undefined && !isTextInput(event.target)) this.#go(index);
    });
    on(this.#body, "dblclick", (event) => {
      if (this.#indexAt(event) !== undefined && !isTextInput(event.target)) void this.edit();
    });
    on(this.#body, "contextmenu", (event) => {
      const index = this.#indexAt(event);
      if (index === undefined || isTextInput(event.target)) return;
      event.preventDefault();
      this.#go(index);
      const row = this.activeRow;
      if (row !== undefined) this.actions.menu(row, event.clientX, event.clientY);
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
    const fit = fitOf(this.#scroller.clientWidth);
    this.#scroller.dataset["fit"] = fit;
    this.#scroller.style.setProperty("--grid-columns", gridTemplate(this.#widths, fit));
  }

  #resize(column: SizedColumn, by: number): void {
    this.#widths = resizeColumn(this.#widths, column, by);
    this.#layout();
    this.actions.stateChanged({ columns: this.#widths });
  }

  #setSort(sort: Sort | undefined): void {
    this.#rows.setSort(sort);
    this.#header.update(sort);
    this.#arranged();
    this.#redraw();
    this.actions.stateChanged({ sort });
    this.actions.announce(sortText(sort));
  }

  #arranged(): void {
    const { shown, total } = this.#rows;
    this.actions.counted(shown.length, total);
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
      active: row.tag === this.#active,
      editing,
      readOnly: pageReason ?? row.readOnly,
      revert: pageReason === undefined ? () => this.actions.run("revert", row) : undefined,
    });
  }

  #activeIndex(): number {
    return this.#rows.placeOf(this.#active);
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
    const row = this.#rows.at(this.#rows.clamp(place));
    this.#active = row?.tag;
    this.actions.activeChanged(row);
  }

  #go(index: number): void {
    const row = this.#rows.at(this.#rows.clamp(index));
    if (row === undefined) return;
    const changed = row.tag !== this.#active;
    this.#active = row.tag;
    this.#virtual.reveal(this.#activeIndex());
    this.#redraw();
    if (changed) this.actions.activeChanged(row);
  }

  #indexAt(event: MouseEvent): number | undefined {
    if (!(event.target instanceof Element)) return undefined;
    const index = event.target.closest<HTMLElement>(".grid-row")?.dataset["index"];
    return index === undefined ? undefined : Number(index);
  }

  #onKey(event: KeyboardEvent): void {
    // Keys of an editor or of the header are theirs.
    if (innermostTarget(event) !== this.#scroller) return;
    // The blank would scroll the rows away.
    if (event.key === " ") event.preventDefault();
    const command = gridCommand(event);
    if (command === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.#run(command);
  }

  #run(command: GridCommand): void {
    switch (command.kind) {
      case "move": {
        this.#move(command.to);
        return;
      }
      case "edit":
        void this.edit(command.typed);
        return;
      case "menu": {
        const row = this.activeRow;
        const box = row === undefined ? undefined : this.#valueCell(row.tag)?.getBoundingClientRect();
        if (row !== undefined) this.actions.menu(row, box?.left ?? 0, box?.bottom ?? 0);
        return;
      }
      default: {
        this.actions.run(command.kind, this.activeRow);
        return;
      }
    }
  }

  #move(to: "first" | "last" | "up" | "down" | "pageUp" | "pageDown"): void {
    const index = this.#activeIndex();
    if (to === "up" && index <= 0) {
      this.#header.focus();
      return;
    }
    const target = {
      first: 0,
      last: this.#rows.shown.length - 1,
      up: index - 1,
      down: index + 1,
      pageUp: index - this.#virtual.page,
      pageDown: index + this.#virtual.page,
    }[to];
    this.#go(target);
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
