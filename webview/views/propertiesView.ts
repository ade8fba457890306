/** The Properties view: the tree of objects, the grid of their properties, and the detail of one of them. */
import type { CopyFormat } from "../../src/protocol/export";
import type { RevealEvent, RowsResult } from "../../src/protocol/messages";
import type { PropertyDetail, PropertyRow, SessionModel, TreeNode } from "../../src/protocol/viewModel";
import { Adding } from "../adding";
import { addLabel, copyProperties, deleteObject, objectMenu } from "../commands";
import { DetailLoader } from "../detail/detailLoader";
import { DetailPane } from "../detail/detailPane";
import { h } from "../dom";
import type { PropertyGrid } from "../grid/grid";
import { Layout } from "../layout";
import { showMenu } from "../menu";
import { runReported, type Page } from "../page";
import { Toolbar } from "../toolbar";
import { ChildList } from "../tree/childList";
import { findNode, firstChanged } from "../tree/model";
import { TreeView } from "../tree/tree";
import { detailActions } from "./detailActions";
import { makeGrid, showColumnMenuBelow } from "./gridPane";
import { Overlay } from "./overlay";
import { changeType } from "./propertyEdits";
import type { Selection } from "./selection";
import type { View, ViewContext } from "./view";

/** The view. */
export class PropertiesView implements View {
  readonly #layout: Layout;
  readonly #tree: TreeView;
  readonly #toolbar: Toolbar;
  readonly #grid: PropertyGrid;
  readonly #children: ChildList;
  readonly #detail: DetailPane;
  readonly #loader: DetailLoader;
  readonly #adding: Adding;
  readonly #overlay: Overlay;
  readonly #content = h("div", { class: "content" });
  /** The grid or the list of children: what is shown where nothing else stands in its place. */
  #main: HTMLElement | undefined;
  private readonly page: Page;
  private readonly selection: Selection;
  /** The object that is drawn. */
  #node: TreeNode;
  #rowsOf: string | undefined;
  #revealTag: number | undefined;
  #focusRows = false;
  #isShown = false;
  /** The rows that are on their way. */
  #showing: Promise<void> = Promise.resolve();

  constructor(context: ViewContext) {
    const { page, selection } = context;
    const { state } = page;
    this.page = page;
    this.selection = selection;
    this.#node = selection.node;
    selection.onChange(() => this.#selectionChanged());
    this.#tree = new TreeView({
      select: (node) => void this.#select(node),
      open: (node) => this.#open(node),
      remove: (node) => deleteObject(page, node),
      menu: (node, x, y) => this.#objectMenu(node, x, y, this.#tree.element),
      expansionChanged: (expanded) => page.state.update({ expanded }),
      scrolled: (treeScroll) => page.state.update({ treeScroll }),
    });
    this.#toolbar = new Toolbar({
      filter: (filter) => this.#setFilter(filter),
      leaveFilter: () => this.#contentTarget().focus(),
      add: () => this.#adding.add(this.#node),
      scope: (scope) => this.#overlay.setScope(scope, this.page.state.value.filter),
      columns: (button) => showColumnMenuBelow(this.#grid, button),
    });
    this.#overlay = this.#makeOverlay();
    this.#grid = makeGrid(page, context.columns, {
      object: () => this.#node.id,
      activeChanged: (row) => void this.#activeChanged(row),
      editInDetail: (row, typed) => this.#detail.edit(row.tag, typed),
      add: () => this.#adding.add(this.#node),
      counted: (shown, all) => this.#toolbar.setCount(shown, all),
    });
    this.#children = new ChildList({
      open: (node) => this.#open(node),
      remove: (node) => deleteObject(page, node),
      add: () => this.#adding.add(this.#node),
      menu: (node, x, y) => this.#objectMenu(node, x, y, this.#children.focusTarget),
    });
    this.#detail = this.#makeDetail();
    this.#adding = new Adding(page, context.types, {
      added: (tag) => {
        this.#revealTag = tag;
        this.#settleReveal();
      },
      addedObject: (object) => void this.reveal({ object }),
      closed: () => this.#contentTarget().focus(),
    });
    this.#loader = new DetailLoader(page, (detail) => this.#detail.show(detail));
    this.#layout = new Layout(
      {
        tree: this.#tree.element,
        toolbar: this.#toolbar.element,
        form: this.#adding.element,
        content: this.#content,
        detail: this.#detail.element,
      },
      state,
    );
    this.#toolbar.setFilter(state.value.filter);
    this.#detail.setCollapsed(state.value.detailCollapsed);
    const { gridScroll, treeScroll } = state.value;
    this.#restore = () => {
      this.#tree.element.scrollTop = treeScroll;
      void this.#showing.then(() => this.#grid.restoreScroll(gridScroll));
    };
  }

  /** Scrolls to where the page was when it was last shown; once. */
  #restore: (() => void) | undefined;

  /** @inheritdoc */
  get element(): HTMLElement {
    return this.#layout.element;
  }

  /** @inheritdoc */
  update(_model: SessionModel, rows?: RowsResult): void {
    const { node } = this.selection;
    const same = node.id === this.#node.id;
    this.#node = node;
    this.#drawModel();
    this.#overlay.again();
    if (rows?.object === node.id && node.hasProperties) this.#takeRows(rows);
    else this.#showing = this.#showNode(same);
  }

  /** @inheritdoc */
  show(): void {
    this.#isShown = true;
    this.#restore?.();
    this.#restore = undefined;
  }

  /** @inheritdoc */
  hide(): void {
    this.#isShown = false;
  }

  /** @inheritdoc */
  focus(): void {
    // Rows that are on their way take the focus when they are there.
    if (this.#node.hasProperties && this.#rowsOf !== this.#node.id) this.#focusRows = true;
    this.#contentTarget().focus();
  }

  /** @inheritdoc */
  find(): void {
    this.#toolbar.focusTarget.focus();
  }

  /** @inheritdoc */
  async reveal({ object, tag }: Pick<RevealEvent, "object" | "tag">): Promise<void> {
    const node = findNode(this.selection.tree, object);
    if (node === undefined) return;
    this.#overlay.close();
    this.#revealTag = tag;
    this.#focusRows = true;
    if (node.id !== this.#node.id) await this.#select(node);
    else if (this.#rowsOf === node.id || !node.hasProperties) this.#settleReveal();
  }

  /** @inheritdoc */
  refresh(): void {
    this.#drawModel();
    this.#grid.refresh();
    this.#detail.refresh();
  }

  /** @inheritdoc */
  copy(format: CopyFormat): boolean {
    const rows = this.#main === this.#grid.element ? this.#grid.selectedRows : [];
    copyProperties(this.page, this.#node.id, rows, format);
    return rows.length > 0;
  }

  /** @inheritdoc */
  commitEditing(): void {
    void this.#grid.commitEditing();
    void this.#detail.apply();
  }

  /** @inheritdoc */
  async mayLeave(): Promise<boolean> {
    await this.#grid.commitEditing();
    if (this.#grid.hasUnwritten) return false;
    if (!this.#detail.isDirty || (await this.#detail.apply())) return true;
    this.#detail.focusEditor();
    return false;
  }

  /** Lists what changed: of this object, else of the first one that did. */
  async showChanges(): Promise<void> {
    const changed = this.#node.change === undefined ? firstChanged(this.selection.tree) : this.#node;
    if (changed !== undefined) await this.#select(changed);
    this.#overlay.close();
    this.#filterBy("changed");
    this.#contentTarget().focus();
  }

  #makeOverlay(): Overlay {
    return new Overlay(this.page, {
      tree: () => this.selection.tree,
      changed: () => this.#overlayChanged(),
      open: (object, tag) => void this.reveal({ object, ...(tag === undefined ? {} : { tag }) }),
      inspect: (object, tag) => void this.#inspect(object, tag),
      leave: () =>
        (this.#overlay.element === undefined ? this.#contentTarget() : this.#toolbar.focusTarget).focus(),
      counted: (text) => this.#toolbar.setSessionCount(text),
    });
  }

  #overlayChanged(): void {
    this.#toolbar.setScope(this.#overlay.scope);
    this.#arrangeDetail();
    this.#setContent();
    if (this.#overlay.element === undefined) this.#loadDetail();
  }

  #arrangeDetail(): void {
    const { hasProperties } = this.#node;
    const isShown = hasProperties && this.#overlay.hasDetail;
    this.#layout.setDetail(isShown, this.page.state.value.detailCollapsed);
  }

  #loadDetail(): void {
    if (this.#rowsOf !== undefined)
      this.#loader.load(this.#rowsOf, this.#grid.activeRow?.tag ?? this.#detail.detail?.tag);
  }

  /** Shows the detail of a property that the grid does not show. */
  async #inspect(object: string, tag: number | undefined): Promise<void> {
    if (this.#detail.isDirty && !(await this.#detail.apply())) this.#detail.focusEditor();
    else this.#loader.load(object, tag);
  }

  #makeDetail(): DetailPane {
    const { page } = this;
    return new DetailPane({
      ...detailActions(page),
      reload: () => this.#loader.load(this.#node.id, this.#detail.detail?.tag),
      changeType: (detail, type) => runReported(page, () => this.#changeType(detail, type)),
      setCollapsed: (detailCollapsed) => {
        page.state.update({ detailCollapsed });
        this.#detail.setCollapsed(detailCollapsed);
        this.#arrangeDetail();
      },
      leave: () => this.#grid.focus(),
    });
  }

  #drawModel(): void {
    const { page } = this;
    const { hasProperties } = this.#node;
    this.#drawTree();
    this.#layout.setObject(this.#node.label);
    this.#arrangeDetail();
    this.#toolbar.configure(hasProperties, addLabel(this.#node), page.readOnlyReason() === undefined);
  }

  #drawTree(): void {
    this.#tree.update(this.selection.tree, this.page.state.value.expanded, this.#node.id);
  }

  /** Shows the rows or the children of the chosen object. */
  async #showNode(sameObject: boolean): Promise<void> {
    const node = this.#node;
    if (!node.hasProperties) {
      this.#rowsOf = undefined;
      this.#loader.load(node.id, undefined);
      this.#children.update(node);
      this.#main = this.#children.element;
      this.#setContent();
      if (this.#focusRows) this.#children.focusTarget.focus();
      this.#focusRows = false;
      return;
    }
    try {
      const rows = await this.page.host.request("getRows", { object: node.id });
      // While the answer was on its way another object may have been chosen.
      if (this.#node.id === node.id && (sameObject || this.#rowsOf !== node.id)) this.#takeRows(rows);
    } catch (error: unknown) {
      this.page.report(error);
    }
  }

  #takeRows(rows: RowsResult): void {
    const same = this.#rowsOf === rows.object;
    this.#rowsOf = rows.object;
    this.#main = this.#grid.element;
    this.#setContent();
    this.#grid.setRows(rows.rows, this.#node.label, same);
    if (this.#overlay.element === undefined) this.#loadDetail();
    this.#settleReveal();
  }

  #setContent(): void {
    const element = this.#overlay.element ?? this.#main;
    if (element !== undefined && this.#content.firstElementChild !== element)
      this.#content.replaceChildren(element);
  }

  /** Goes to the property that was asked for, as soon as its row is there. */
  #settleReveal(): void {
    const tag = this.#revealTag;
    const takeFocus = this.#focusRows;
    if (tag !== undefined && !this.#grid.reveal(tag)) {
      this.#filterBy("");
      if (!this.#grid.reveal(tag)) return;
    }
    this.#revealTag = undefined;
    this.#focusRows = false;
    if (takeFocus) this.#contentTarget().focus();
  }

  #contentTarget(): HTMLElement {
    const { focusTarget } = this.#overlay;
    if (focusTarget !== undefined) return focusTarget;
    return this.#node.hasProperties ? this.#grid.focusTarget : this.#children.focusTarget;
  }

  async #select(node: TreeNode): Promise<void> {
    if (node.id === this.#node.id) return;
    if (!(await this.mayLeave())) {
      this.#drawTree();
      return;
    }
    this.selection.choose(node.id);
    await this.#showing;
  }

  #selectionChanged(): void {
    if (!this.#isShown) return;
    this.#node = this.selection.node;
    this.#adding.close();
    this.#overlay.close();
    this.#drawModel();
    this.#showing = this.#showNode(false);
  }

  /** Chooses an object and goes on to what it holds. */
  #open(node: TreeNode): void {
    this.#layout.setTreeOpen(false);
    if (node.id === this.#node.id) {
      this.focus();
      return;
    }
    this.#focusRows = true;
    void this.#select(node);
  }

  async #activeChanged(row: PropertyRow | undefined): Promise<void> {
    const shown = this.#detail.detail;
    const moved = shown !== undefined && shown.object === this.#node.id && shown.tag !== row?.tag;
    if (moved && this.#detail.isDirty && !(await this.#detail.apply())) {
      // The press of the mouse that chose the row moves the focus there only after this.
      await new Promise((resolve) => window.setTimeout(resolve));
      this.#grid.reveal(shown.tag);
      this.#detail.focusEditor();
      return;
    }
    this.page.state.update({ tag: row?.tag });
    this.#loader.load(this.#node.id, this.#grid.activeRow?.tag);
  }

  async #changeType(detail: PropertyDetail, type: number): Promise<void> {
    // The same property under another tag.
    const tag = await changeType(this.page, detail, type).catch((error: unknown) => {
      this.#detail.refresh();
      throw error;
    });
    this.#revealTag = tag;
    this.#settleReveal();
    if (tag !== undefined) this.#detail.focusType(tag);
  }

  #objectMenu(node: TreeNode, x: number, y: number, returnFocus: HTMLElement): void {
    const add = (): void => void this.#select(node).then(() => this.#adding.add(node));
    const items = objectMenu(this.page, node, add, this.#overlay.compareItems(node));
    showMenu(node.label, items, x, y, returnFocus);
  }

  #setFilter(filter: string): void {
    this.page.state.update({ filter });
    this.#grid.setFilter(filter);
    this.#overlay.search(filter);
  }

  #filterBy(filter: string): void {
    this.#toolbar.setFilter(filter);
    this.#setFilter(filter);
  }
}
