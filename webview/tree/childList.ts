/** The list of a group's objects: what the right side shows for "Recipients" and "Attachments". */
import type { TreeNode } from "../../src/protocol/viewModel";
import { h, on, setAttributes } from "../dom";
import { t } from "../strings";
import { isPrintable, Typeahead } from "../ui/typeahead";
import { VirtualRows } from "../ui/virtualRows";
import { findByPrefix } from "./model";
import { objectParts, objectTitle } from "./tree";

/** What the list asks of the page. */
export interface ChildListActions {
  open(node: TreeNode): void;
  remove(node: TreeNode): void;
  add(): void;
  menu(node: TreeNode, x: number, y: number): void;
}

/** The list. */
export class ChildList {
  readonly element: HTMLElement;
  readonly #list: HTMLElement;
  readonly #body = h("div", { class: "virtual-body", role: "presentation" });
  readonly #empty = h("div", { class: "empty-note" });
  readonly #rows: VirtualRows;
  readonly #typeahead: Typeahead;
  #nodes: readonly TreeNode[] = [];
  #active = 0;

  constructor(private readonly actions: ChildListActions) {
    this.#list = h(
      "div",
      { class: "child-list", role: "listbox", tabindex: 0, "data-pane": "grid" },
      this.#body,
    );
    this.element = h("div", { class: "grid-frame" }, this.#list, this.#empty);
    this.#typeahead = new Typeahead(this.#list);
    this.#rows = new VirtualRows(this.#list, this.#body, {
      count: () => this.#nodes.length,
      key: (index) => this.#nodes[index]?.id ?? String(index),
      create: () => h("div", { class: "child-row", role: "option" }),
      draw: (element, index) => this.#draw(element, index),
      pinned: () => [this.#active],
    });
    on(this.#list, "keydown", (event) => this.#onKey(event));
    on(this.#body, "mousedown", (event) => this.#withRow(event, (index) => this.#go(index)));
    on(this.#body, "dblclick", (event) =>
      this.#withRow(event, (index) => this.#with(index, (node) => this.actions.open(node))),
    );
    on(this.#body, "contextmenu", (event) =>
      this.#withRow(event, (index) => {
        event.preventDefault();
        this.#go(index);
        this.#with(index, (node) => this.actions.menu(node, event.clientX, event.clientY));
      }),
    );
  }

  /** Where the focus goes. */
  get focusTarget(): HTMLElement {
    return this.#list;
  }

  /** Shows a group. */
  update(group: TreeNode): void {
    this.#nodes = group.children;
    this.#active = Math.max(0, Math.min(this.#active, this.#nodes.length - 1));
    this.#list.setAttribute("aria-label", group.label);
    this.#empty.textContent =
      this.#nodes.length > 0 ? "" : t(group.kind === "recipients" ? "noRecipients" : "noAttachments");
    this.#redraw();
  }

  #redraw(): void {
    this.#rows.refresh();
    const active = this.#nodes[this.#active];
    const element = active === undefined ? undefined : this.#rows.element(active.id);
    setAttributes(this.#list, { "aria-activedescendant": element?.id });
  }

  #draw(element: HTMLElement, index: number): void {
    const node = this.#nodes[index];
    if (node === undefined) return;
    setAttributes(element, {
      id: `child-${node.id}`,
      "data-index": index,
      "aria-setsize": this.#nodes.length,
      "aria-posinset": index + 1,
      "aria-selected": String(index === this.#active),
      "data-change": node.change,
      title: objectTitle(node),
    });
    element.replaceChildren(...objectParts(node));
  }

  #with(index: number, then: (node: TreeNode) => void): void {
    const node = this.#nodes[index];
    if (node !== undefined) then(node);
  }

  #withRow(event: MouseEvent, then: (index: number) => void): void {
    if (!(event.target instanceof Element)) return;
    const index = event.target.closest<HTMLElement>(".child-row")?.dataset["index"];
    if (index !== undefined) then(Number(index));
  }

  #go(index: number): void {
    if (this.#nodes.length === 0) return;
    this.#active = Math.max(0, Math.min(index, this.#nodes.length - 1));
    this.#rows.reveal(this.#active);
    this.#redraw();
  }

  #onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const run = this.#keyAction(event);
    if (run === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    run();
  }

  #keyAction(event: KeyboardEvent): (() => void) | undefined {
    const { key } = event;
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: this.#active + 1,
      ArrowUp: this.#active - 1,
      Home: 0,
      End: this.#nodes.length - 1,
      PageDown: this.#active + this.#rows.page,
      PageUp: this.#active - this.#rows.page,
    };
    const target = moves[key];
    if (target !== undefined) return () => this.#go(target);
    if (key === "Insert") return () => this.actions.add();
    if (key === "Enter") return () => this.#with(this.#active, (node) => this.actions.open(node));
    if (key === "Delete") {
      return () => this.#with(this.#active, (node) => node.canDelete && this.actions.remove(node));
    }
    if (key === "ContextMenu" || (key === "F10" && event.shiftKey)) return () => this.#menuByKey();
    if (!isPrintable(event) || key === "/" || key === " ") return undefined;
    return () => this.#type(key);
  }

  #menuByKey(): void {
    this.#with(this.#active, (node) => {
      const box = this.#rows.element(node.id)?.getBoundingClientRect();
      this.actions.menu(node, (box?.left ?? 0) + 24, box?.bottom ?? 0);
    });
  }

  #type(letter: string): void {
    const { text, fresh } = this.#typeahead.add(letter);
    const labels = this.#nodes.map(({ label }) => label);
    const found = findByPrefix(labels, this.#active + (fresh ? 1 : 0), text);
    if (found !== undefined) this.#go(found);
  }
}
