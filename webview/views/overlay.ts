/** What stands in the place of the grid for a while: the results of a search, or the comparison of two objects. */
import type { ObjectId, TreeNode } from "../../src/protocol/viewModel";
import { CompareView } from "../compare/compareView";
import type { MenuItem } from "../menu";
import type { Page } from "../page";
import type { Scope } from "../search/scopeSwitch";
import { SessionSearch } from "../search/sessionSearch";
import { t } from "../strings";
import { findNode } from "../tree/model";

/** What the overlay asks of the view. */
export interface OverlayActions {
  tree(): TreeNode;
  /** Something else is to be shown now. */
  changed(): void;
  /** Goes to a property, away from the overlay. */
  open(object: ObjectId, tag: number | undefined): void;
  /** Shows the detail of a property. */
  inspect(object: ObjectId, tag: number | undefined): void;
  /** Back to the filter. */
  leave(): void;
  /** What was found in the whole session. */
  counted(text: string): void;
}

/** The overlay. */
export class Overlay {
  readonly #search: SessionSearch;
  #shown: "search" | "compare" | undefined;
  #compare: CompareView | undefined;
  /** The object that was chosen to be compared with another one. */
  #first: ObjectId | undefined;

  constructor(
    private readonly page: Page,
    private readonly actions: OverlayActions,
  ) {
    this.#search = new SessionSearch(page, {
      tree: () => actions.tree(),
      activeChanged: (row) => {
        if (this.#shown === "search" && row !== undefined) actions.inspect(row.node.id, row.hit?.tag);
      },
      open: ({ node, hit }) => actions.open(node.id, hit?.tag),
      leave: () => actions.leave(),
      counted: (text) => actions.counted(text),
    });
  }

  /** What is shown in the place of the grid; undefined: the grid. */
  get element(): HTMLElement | undefined {
    if (this.#shown === "search") return this.#search.element;
    return this.#shown === "compare" ? this.#compare?.element : undefined;
  }

  /** Where the focus goes while the overlay is shown. */
  get focusTarget(): HTMLElement | undefined {
    if (this.#shown === "search") return this.#search.focusTarget;
    return this.#shown === "compare" ? this.#compare?.focusTarget : undefined;
  }

  /** Where the filter searches. */
  get scope(): Scope {
    return this.#shown === "search" ? "session" : "object";
  }

  /** Whether the detail pane has something to show. */
  get hasDetail(): boolean {
    return this.#shown !== "compare";
  }

  /** Shows the results of the whole session, or the grid. */
  setScope(scope: Scope, query: string): void {
    this.#shown = scope === "session" ? "search" : undefined;
    this.#search.search(query, scope === "session");
    this.actions.changed();
  }

  /** Searches for something else. */
  search(query: string): void {
    this.#search.search(query, this.scope === "session");
  }

  /** The session changed. */
  again(): void {
    this.#search.again();
    const objects = this.#shown === "compare" ? this.#compare?.objects : undefined;
    if (objects === undefined) return;
    if (objects.every((id) => findNode(this.actions.tree(), id) !== undefined)) void this.#compare?.load();
    else this.close();
  }

  /** Shows the grid again; says whether something else was shown. */
  close(): boolean {
    if (this.#shown === undefined) return false;
    this.#shown = undefined;
    this.#compare = undefined;
    this.actions.changed();
    return true;
  }

  /** The entries of an object's menu about comparing. */
  compareItems(node: TreeNode): readonly MenuItem[] {
    if (!node.hasProperties) return [];
    const first = findNode(this.actions.tree(), this.#first ?? "\u0000");
    const choose: MenuItem = {
      label: t("selectForCompare"),
      run: () => {
        this.#first = node.id;
      },
    };
    if (first === undefined || first.id === node.id) return [choose];
    return [
      choose,
      { label: t("compareWithSelected", first.label), run: () => this.#showCompare(first, node) },
    ];
  }

  #showCompare(left: TreeNode, right: TreeNode): void {
    this.#compare = new CompareView(this.page, left, right, {
      open: (object, tag) => this.actions.open(object, tag),
      close: () => {
        this.close();
        this.actions.leave();
      },
    });
    this.#shown = "compare";
    this.actions.changed();
    const { focusTarget } = this.#compare;
    void this.#compare.load().then(() => focusTarget.isConnected && focusTarget.focus());
  }
}
