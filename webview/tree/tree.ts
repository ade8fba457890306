/** The tree of the session's objects. One tab stop; the focused row is told by aria-activedescendant. */
import type { ObjectId, TreeNode } from "../../src/protocol/viewModel";
import { h, icon, on, setAttributes, setDataText } from "../dom";
import { t } from "../strings";
import { isPrintable, Typeahead } from "../ui/typeahead";
import { VirtualRows } from "../ui/virtualRows";
import { visibleText } from "../visibleText";
import { expandTo, findByPrefix, flatten, type Expansion, type FlatNode } from "./model";

const INDENT = 8;
const BASE_INDENT = 4;

/** What the tree asks of the page. */
export interface TreeActions {
  select(node: TreeNode): void;
  /** Enter: go on to the object's content. */
  open(node: TreeNode): void;
  remove(node: TreeNode): void;
  menu(node: TreeNode, x: number, y: number): void;
  expansionChanged(expansion: Expansion): void;
  scrolled(top: number): void;
}

const CHANGE_LETTER = { added: "A", changed: "M", deleted: "D" } as const;
const CHANGE_TEXT = {
  added: "changeAdded",
  changed: "changeChanged",
  deleted: "changeDeleted",
} as const;

/** Fills what tree rows and rows of object lists have in common: icon, badge, label, description, decorations. */
export function objectParts(node: TreeNode): HTMLElement[] {
  const label = h("span", { class: "node-label isolate" });
  setDataText(label, node.label);
  const parts: HTMLElement[] = [icon(node.icon, "node-icon")];
  if (node.badge !== undefined) parts.push(h("span", { class: "node-badge" }, node.badge));
  parts.push(label);
  if (node.description !== undefined) {
    const description = h("span", { class: "node-description isolate" });
    setDataText(description, node.description);
    parts.push(description);
  }
  if (node.problem !== undefined) {
    parts.push(
      h("span", { class: "node-problem" }, icon("warning"), h("span", { class: "sr-only" }, node.problem)),
    );
  }
  if (node.change !== undefined) {
    parts.push(
      h(
        "span",
        { class: "node-change" },
        h("span", { "aria-hidden": "true" }, CHANGE_LETTER[node.change]),
        h("span", { class: "sr-only" }, t(CHANGE_TEXT[node.change])),
      ),
    );
  }
  return parts;
}

/** The tooltip of an object. */
export function objectTitle(node: TreeNode): string {
  const change = node.change === undefined ? undefined : t(CHANGE_TEXT[node.change]);
  return [node.label, node.description, node.problem, change]
    .filter((line) => line !== undefined)
    .map(visibleText)
    .join("\n");
}

/** The tree view. */
export class TreeView {
  readonly element: HTMLElement;
  readonly #body = h("div", { class: "virtual-body", role: "presentation" });
  readonly #rows: VirtualRows;
  readonly #typeahead: Typeahead;
  #root: TreeNode | undefined;
  #expansion: Expansion = {};
  #flat: readonly FlatNode[] = [];
  #active: ObjectId | undefined;

  constructor(private readonly actions: TreeActions) {
    this.element = h(
      "div",
      { class: "tree", role: "tree", tabindex: 0, "aria-label": t("treeLabel"), "data-pane": "tree" },
      this.#body,
    );
    this.#typeahead = new Typeahead(this.element);
    this.#rows = new VirtualRows(this.element, this.#body, {
      count: () => this.#flat.length,
      key: (index) => this.#flat[index]?.node.id ?? String(index),
      create: () => h("div", { class: "tree-row", role: "treeitem" }),
      draw: (element, index) => this.#draw(element, index),
      pinned: () => [this.#activeIndex()],
    });
    on(this.element, "keydown", (event) => this.#onKey(event));
    on(this.element, "click", (event) => this.#onClick(event));
    on(this.element, "dblclick", (event) => this.#withRow(event, (row) => this.#toggle(row)));
    on(this.element, "contextmenu", (event) => this.#onContextMenu(event));
    on(this.element, "scroll", () => actions.scrolled(this.element.scrollTop));
  }

  /** Draws a tree with its chosen object, which is brought into sight only when it changed. */
  update(root: TreeNode, expansion: Expansion, active: ObjectId): void {
    const moved = this.#active !== active;
    this.#root = root;
    this.#active = active;
    this.#setExpansion(moved ? expandTo(root, active, expansion) : expansion);
    if (moved) this.#rows.reveal(this.#activeIndex());
  }

  /** The node the keyboard is at. */
  get active(): TreeNode | undefined {
    return this.#flat[this.#activeIndex()]?.node;
  }

  #setExpansion(expansion: Expansion): void {
    if (expansion !== this.#expansion) this.actions.expansionChanged(expansion);
    this.#expansion = expansion;
    this.#flat = this.#root === undefined ? [] : flatten(this.#root, expansion);
    this.#rows.refresh();
    this.#markActive();
  }

  #activeIndex(): number {
    return this.#flat.findIndex(({ node }) => node.id === this.#active);
  }

  #markActive(): void {
    const element = this.#active === undefined ? undefined : this.#rows.element(this.#active);
    setAttributes(this.element, { "aria-activedescendant": element?.id });
  }

  #draw(element: HTMLElement, index: number): void {
    const row = this.#flat[index];
    if (row === undefined) return;
    const { node, depth, expanded } = row;
    const selected = node.id === this.#active;
    setAttributes(element, {
      id: `tree-${node.id}`,
      "data-index": index,
      "aria-level": depth + 1,
      "aria-setsize": row.siblings,
      "aria-posinset": row.position,
      "aria-expanded": expanded === undefined ? undefined : String(expanded),
      "aria-selected": String(selected),
      "data-change": node.change,
      title: objectTitle(node),
    });
    element.style.paddingInlineStart = `${BASE_INDENT + depth * INDENT}px`;
    const twistie =
      expanded === undefined
        ? h("span", { class: "twistie" })
        : icon(expanded ? "chevron-down" : "chevron-right", "twistie");
    element.replaceChildren(twistie, ...objectParts(node));
  }

  #go(index: number): void {
    const row = this.#flat[Math.max(0, Math.min(index, this.#flat.length - 1))];
    if (row === undefined) return;
    const changed = row.node.id !== this.#active;
    this.#active = row.node.id;
    this.#rows.refresh();
    this.#rows.reveal(this.#activeIndex());
    this.#markActive();
    if (changed) this.actions.select(row.node);
  }

  #toggle(row: FlatNode, expanded = !(row.expanded ?? true)): void {
    if (row.expanded === undefined || row.expanded === expanded) return;
    this.#setExpansion({ ...this.#expansion, [row.node.id]: expanded });
    // The chosen object must not vanish in a folded branch.
    if (this.#activeIndex() < 0) this.#go(this.#flat.findIndex(({ node }) => node.id === row.node.id));
  }

  #onKey(event: KeyboardEvent): void {
    const index = this.#activeIndex();
    const row = this.#flat[index];
    if (row === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    if (this.#moveKey(event.key, index, row) || this.#actionKey(event, row)) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  #moveKey(key: string, index: number, row: FlatNode): boolean {
    switch (key) {
      case "ArrowDown":
        this.#go(index + 1);
        return true;
      case "ArrowUp":
        this.#go(index - 1);
        return true;
      case "Home":
        this.#go(0);
        return true;
      case "End":
        this.#go(this.#flat.length - 1);
        return true;
      case "PageDown":
        this.#go(index + this.#rows.page);
        return true;
      case "PageUp":
        this.#go(index - this.#rows.page);
        return true;
      case "ArrowRight":
        if (row.expanded === true) this.#go(index + 1);
        else this.#toggle(row, true);
        return true;
      case "ArrowLeft":
        if (row.expanded === true) this.#toggle(row, false);
        else if (row.parent !== undefined) {
          this.#go(this.#flat.findIndex(({ node }) => node.id === row.parent));
        }
        return true;
      default:
        return false;
    }
  }

  #actionKey(event: KeyboardEvent, row: FlatNode): boolean {
    const { key } = event;
    if (key === "Enter") {
      this.actions.open(row.node);
      return true;
    }
    if (key === " ") {
      this.#toggle(row);
      return true;
    }
    if (key === "Delete") {
      if (row.node.canDelete) this.actions.remove(row.node);
      return true;
    }
    if (key === "ContextMenu" || (key === "F10" && event.shiftKey)) {
      const box = this.#rows.element(row.node.id)?.getBoundingClientRect();
      this.actions.menu(row.node, (box?.left ?? 0) + 24, box?.bottom ?? 0);
      return true;
    }
    if (!isPrintable(event) || key === "/") return false;
    const { text, fresh } = this.#typeahead.add(key);
    const found = findByPrefix(
      this.#flat.map(({ node }) => node.label),
      this.#activeIndex() + (fresh ? 1 : 0),
      text,
    );
    if (found !== undefined) this.#go(found);
    return true;
  }

  #withRow(event: MouseEvent, then: (row: FlatNode, index: number) => void): void {
    if (!(event.target instanceof Element)) return;
    const index = Number(event.target.closest<HTMLElement>(".tree-row")?.dataset["index"] ?? -1);
    const row = this.#flat[index];
    if (row !== undefined) then(row, index);
  }

  #onClick(event: MouseEvent): void {
    this.#withRow(event, (row, index) => {
      const onTwistie = event.target instanceof Element && event.target.classList.contains("twistie");
      if (onTwistie) this.#toggle(row);
      else this.#go(index);
    });
  }

  #onContextMenu(event: MouseEvent): void {
    this.#withRow(event, (row, index) => {
      event.preventDefault();
      this.#go(index);
      this.actions.menu(row.node, event.clientX, event.clientY);
    });
  }
}
