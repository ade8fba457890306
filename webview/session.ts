/** The page of a session: puts the panes together and keeps them in step with what is chosen. */
import type { InitResult, RevealEvent, RowsResult } from "../src/protocol/messages";
import type { PropertyDetail, PropertyRow, SessionModel, TreeNode } from "../src/protocol/viewModel";
import { Adding } from "./adding";
import type { BannerArea } from "./banners";
import {
  addLabel,
  copyText,
  deleteObject,
  deleteProperty,
  loadValue,
  objectMenu,
  propertyMenu,
  revertProperty,
  saveValue,
} from "./commands";
import { DetailLoader } from "./detail/detailLoader";
import { DetailPane } from "./detail/detailPane";
import { h } from "./dom";
import { PropertyGrid } from "./grid/grid";
import { rowText, valueText } from "./grid/model";
import { HeaderView } from "./header";
import { Layout } from "./layout";
import { showMenu } from "./menu";
import { runEdit, runReported, type Page } from "./page";
import { Toolbar } from "./toolbar";
import { ChildList } from "./tree/childList";
import { findNode, firstChanged, survivorOf } from "./tree/model";
import { TreeView } from "./tree/tree";

/** The page of a session. */
export class SessionPage {
  readonly #header: HeaderView;
  readonly #layout: Layout;
  readonly #tree: TreeView;
  readonly #toolbar: Toolbar;
  readonly #grid: PropertyGrid;
  readonly #children: ChildList;
  readonly #detail: DetailPane;
  readonly #loader: DetailLoader;
  readonly #adding: Adding;
  readonly #content = h("div", { class: "content" });
  #model: SessionModel;
  #node: TreeNode;
  #rowsOf: string | undefined;
  #revealTag: number | undefined;
  #focusRows = false;

  constructor(
    private readonly page: Page,
    private readonly banners: BannerArea,
    types: InitResult["types"],
    model: SessionModel,
  ) {
    const { state } = page;
    this.#model = model;
    this.#node = findNode(model.tree, state.value.object ?? "") ?? model.tree;
    this.#header = new HeaderView(() => void this.#showChanges());
    this.#tree = this.#makeTree();
    this.#toolbar = new Toolbar({
      filter: (filter) => this.#setFilter(filter),
      leaveFilter: () => this.#contentTarget().focus(),
      add: () => this.#adding.add(this.#node),
    });
    this.#grid = this.#makeGrid();
    this.#children = new ChildList({
      open: (node) => this.#open(node),
      remove: (node) => deleteObject(page, node),
      add: () => this.#adding.add(this.#node),
      menu: (node, x, y) => this.#objectMenu(node, x, y, this.#children.focusTarget),
    });
    this.#detail = this.#makeDetail();
    this.#adding = new Adding(page, types, {
      added: (tag) => {
        this.#revealTag = tag;
        this.#settleReveal();
      },
      addedObject: (object) => void this.reveal({ type: "reveal", object }),
      closed: () => this.#contentTarget().focus(),
    });
    this.#loader = new DetailLoader(page, (detail) => this.#detail.show(detail));
    this.#layout = new Layout(
      {
        header: this.#header.element,
        banners: banners.element,
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
  }

  /** The page's element. */
  get element(): HTMLElement {
    return this.#layout.element;
  }

  /** Draws the model for the first time and asks for the rows. */
  start(): void {
    const { gridScroll, treeScroll } = this.page.state.value;
    this.#drawModel();
    this.#tree.element.scrollTop = treeScroll;
    void this.#showNode(false).then(() => this.#grid.restoreScroll(gridScroll));
  }

  /** Takes a new model, with the rows of the shown object when they came along. */
  update(model: SessionModel, rows?: RowsResult): void {
    const before = this.#model.tree;
    const node = findNode(model.tree, this.#node.id) ?? survivorOf(before, model.tree, this.#node.id);
    const same = node.id === this.#node.id;
    this.#model = model;
    this.#node = node;
    if (!same) this.page.state.update({ object: node.id });
    this.#drawModel();
    if (rows?.object === node.id && node.hasProperties) this.#takeRows(rows);
    else void this.#showNode(same);
  }

  /** Goes to an object and a property. */
  async reveal({ object, tag }: RevealEvent): Promise<void> {
    const node = findNode(this.#model.tree, object);
    if (node === undefined) return;
    this.#revealTag = tag;
    this.#focusRows = true;
    if (node.id === this.#node.id) this.#settleReveal();
    else await this.#select(node);
  }

  /** Draws again: whether anything can be edited has changed. */
  refresh(): void {
    this.#drawModel();
    this.#grid.refresh();
    this.#detail.refresh();
  }

  /** Puts the focus into the filter. */
  focusFilter(): void {
    this.#toolbar.focusTarget.focus();
  }

  /** Writes whatever is being edited. */
  commitEditing(): void {
    void this.#grid.commitEditing();
    void this.#detail.apply();
  }

  #makeTree(): TreeView {
    const { page } = this;
    return new TreeView({
      select: (node) => void this.#select(node),
      open: (node) => this.#open(node),
      remove: (node) => deleteObject(page, node),
      menu: (node, x, y) => this.#objectMenu(node, x, y, this.#tree.element),
      expansionChanged: (expanded) => page.state.update({ expanded }),
      scrolled: (treeScroll) => page.state.update({ treeScroll }),
    });
  }

  #makeGrid(): PropertyGrid {
    const { page } = this;
    return new PropertyGrid(
      {
        readOnlyReason: () => page.readOnlyReason(),
        activeChanged: (row) => void this.#activeChanged(row),
        editInDetail: (row, typed) => this.#detail.edit(row.tag, typed),
        commit: (row, text) => this.#setProperty(row.tag, text),
        run: (command, row) => this.#runOnRow(command, row),
        menu: (row, x, y) =>
          showMenu(
            row.name,
            propertyMenu(page, this.#node.id, row, () => void this.#grid.edit()),
            x,
            y,
            this.#grid.focusTarget,
          ),
        announce: (text) => page.announce(text),
        stateChanged: (patch) => page.state.update(patch),
        counted: (shown, all) => this.#toolbar.setCount(shown, all),
      },
      page.state.value,
    );
  }

  #makeDetail(): DetailPane {
    const { page } = this;
    return new DetailPane({
      readOnlyReason: () => page.readOnlyReason(),
      apply: (detail, values) => this.#applyDetail(detail, values),
      reload: () => this.#loader.load(this.#node.id, this.#detail.detail?.tag),
      setFlags: ({ object, tag }, flags) =>
        runReported(page, () => runEdit(page, "setFlags", (revision) => ({ object, tag, flags, revision }))),
      saveAs: ({ object, tag }) => saveValue(page, object, tag),
      load: ({ object, tag }) => loadValue(page, object, tag),
      setCollapsed: (detailCollapsed) => {
        page.state.update({ detailCollapsed });
        this.#detail.setCollapsed(detailCollapsed);
        this.#layout.setDetail(this.#node.hasProperties, detailCollapsed);
      },
      leave: () => this.#grid.focus(),
    });
  }

  #drawModel(): void {
    const { page } = this;
    const { header, tree } = this.#model;
    const readOnly = page.readOnlyReason();
    const { hasProperties } = this.#node;
    this.#header.update(header, readOnly);
    this.banners.update(this.#model.banners);
    this.#tree.update(tree, page.state.value.expanded, this.#node.id);
    this.#layout.setObject(this.#node.label);
    this.#layout.setDetail(hasProperties, page.state.value.detailCollapsed);
    this.#toolbar.configure(hasProperties, addLabel(this.#node), readOnly === undefined);
  }

  /** Shows the rows or the children of the chosen object. */
  async #showNode(sameObject: boolean): Promise<void> {
    const node = this.#node;
    if (!node.hasProperties) {
      this.#rowsOf = undefined;
      this.#loader.load(node.id, undefined);
      this.#children.update(node);
      this.#setContent(this.#children.element);
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
    this.#setContent(this.#grid.element);
    this.#grid.setRows(rows.rows, this.#node.label, same);
    this.#loader.load(rows.object, this.#grid.activeRow?.tag ?? this.#detail.detail?.tag);
    this.#settleReveal();
  }

  #setContent(element: HTMLElement): void {
    if (this.#content.firstElementChild !== element) this.#content.replaceChildren(element);
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
    return this.#node.hasProperties ? this.#grid.focusTarget : this.#children.focusTarget;
  }

  async #select(node: TreeNode): Promise<void> {
    if (node.id === this.#node.id) return;
    await this.#grid.commitEditing();
    if (this.#grid.hasUnwritten) {
      this.#tree.update(this.#model.tree, this.page.state.value.expanded, this.#node.id);
      return;
    }
    if (this.#detail.isDirty && !(await this.#detail.apply())) {
      this.#tree.update(this.#model.tree, this.page.state.value.expanded, this.#node.id);
      this.#detail.focusEditor();
      return;
    }
    this.#node = findNode(this.#model.tree, node.id) ?? this.#model.tree;
    this.#adding.close();
    this.page.state.update({ object: this.#node.id });
    this.#drawModel();
    await this.#showNode(false);
  }

  /** Chooses an object and goes on to what it holds. */
  #open(node: TreeNode): void {
    this.#layout.setTreeOpen(false);
    if (node.id === this.#node.id) {
      this.#contentTarget().focus();
      return;
    }
    this.#focusRows = true;
    void this.#select(node);
  }

  async #activeChanged(row: PropertyRow | undefined): Promise<void> {
    const shown = this.#detail.detail;
    const moved = shown !== undefined && shown.object === this.#node.id && shown.tag !== row?.tag;
    if (moved && this.#detail.isDirty && !(await this.#detail.apply())) {
      this.#grid.reveal(shown.tag);
      this.#detail.focusEditor();
      return;
    }
    this.page.state.update({ tag: row?.tag });
    this.#loader.load(this.#node.id, this.#grid.activeRow?.tag);
  }

  async #setProperty(tag: number, text: string): Promise<void> {
    const object = this.#node.id;
    await runEdit(this.page, "setProperty", (revision) => ({ object, tag, text, revision }));
  }

  async #applyDetail({ object, tag, editor }: PropertyDetail, values: readonly string[]): Promise<void> {
    await (editor === "list"
      ? runEdit(this.page, "setValues", (revision) => ({ object, tag, values: [...values], revision }))
      : runEdit(this.page, "setProperty", (revision) => ({ object, tag, text: values[0] ?? "", revision })));
  }

  #runOnRow(
    command: "add" | "delete" | "copyValue" | "copyRow" | "revert",
    row: PropertyRow | undefined,
  ): void {
    if (command === "add") {
      this.#adding.add(this.#node);
      return;
    }
    if (row === undefined) return;
    const object = this.#node.id;
    const commands = {
      delete: () => deleteProperty(this.page, object, row),
      revert: () => revertProperty(this.page, object, row),
      copyValue: () => copyText(this.page, valueText(row)),
      copyRow: () => copyText(this.page, rowText(row)),
    };
    commands[command]();
  }

  #objectMenu(node: TreeNode, x: number, y: number, returnFocus: HTMLElement): void {
    const add = (): void => void this.#select(node).then(() => this.#adding.add(node));
    showMenu(node.label, objectMenu(this.page, node, add), x, y, returnFocus);
  }

  #setFilter(filter: string): void {
    this.page.state.update({ filter });
    this.#grid.setFilter(filter);
  }

  /** Lists what changed: of this object, else of the first one that did. */
  async #showChanges(): Promise<void> {
    const changed = this.#node.change === undefined ? firstChanged(this.#model.tree) : this.#node;
    if (changed !== undefined) await this.#select(changed);
    this.#filterBy("changed");
    this.#contentTarget().focus();
  }

  #filterBy(filter: string): void {
    this.#toolbar.setFilter(filter);
    this.#setFilter(filter);
  }
}
