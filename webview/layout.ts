/** How the panes of the Properties view are arranged: side by side, or one above the other in a narrow window. */
import { h, icon, on } from "./dom";
import { DEFAULT_STATE, type PageState } from "./state";
import { t } from "./strings";
import { splitter } from "./ui/splitter";

const NARROW_BELOW = 600;
const MIN_TREE = 120;
const MIN_CONTENT = 240;
const MIN_DETAIL = 72;
const MIN_GRID = 96;

/** Whether there is so little room that panes stand one above the other. A page that is not laid out (0) has room. */
export const isNarrow = (element: HTMLElement): boolean =>
  element.clientWidth > 0 && element.clientWidth < NARROW_BELOW;

/** The panes to arrange. */
export interface Panes {
  readonly tree: HTMLElement;
  readonly toolbar: HTMLElement;
  readonly form: HTMLElement;
  readonly content: HTMLElement;
  readonly detail: HTMLElement;
}

/** The frame of the panes. */
export class Layout {
  readonly element: HTMLElement;
  readonly #treePane: HTMLElement;
  readonly #treeBox: HTMLElement;
  readonly #main: HTMLElement;
  readonly #toggle: HTMLButtonElement;
  readonly #toggleLabel = h("span", { class: "tree-toggle-label isolate" });
  readonly #treeSplitter: { element: HTMLElement; refresh(): void };
  readonly #detailSplitter: { element: HTMLElement; refresh(): void };
  #isNarrow = false;

  constructor(
    private readonly panes: Panes,
    private readonly state: PageState,
  ) {
    this.#toggle = h(
      "button",
      { class: "tree-toggle", type: "button", "aria-expanded": "false", "aria-controls": "tree-box" },
      icon("chevron-right", "tree-toggle-mark"),
      this.#toggleLabel,
    );
    on(this.#toggle, "click", () => this.setTreeOpen(!this.#treeBox.classList.contains("open")));
    this.#treeBox = h("div", { class: "tree-box", id: "tree-box" }, panes.tree);
    this.#treePane = h(
      "nav",
      { class: "tree-pane", "aria-label": t("objects") },
      this.#toggle,
      this.#treeBox,
    );
    this.#main = h("div", { class: "main-pane" });
    this.element = h("div", { class: "body" }, this.#treePane, this.#main);
    this.#treeSplitter = splitter({
      orientation: "vertical",
      before: true,
      controls: "tree-box",
      get: () => this.#treePane.getBoundingClientRect().width,
      set: (treeWidth) => {
        state.update({ treeWidth });
        this.#applySizes();
      },
      limits: () => ({ min: MIN_TREE, max: this.element.clientWidth - MIN_CONTENT }),
      initial: DEFAULT_STATE.treeWidth,
    });
    this.#detailSplitter = splitter({
      orientation: "horizontal",
      before: false,
      controls: "detail",
      get: () => panes.detail.getBoundingClientRect().height,
      set: (detailHeight) => {
        state.update({ detailHeight });
        this.#applySizes();
      },
      limits: () => ({ min: MIN_DETAIL, max: this.#main.clientHeight - MIN_GRID }),
      initial: DEFAULT_STATE.detailHeight,
    });
    this.#treePane.append(this.#treeSplitter.element);
    this.#main.append(panes.toolbar, panes.form, panes.content, this.#detailSplitter.element, panes.detail);
    this.#applySizes();
    new ResizeObserver(() => this.#measure()).observe(this.element);
  }

  /** Names the chosen object on the bar that stands for the tree in a narrow window. */
  setObject(label: string): void {
    this.#toggleLabel.textContent = label;
  }

  /** Unfolds or folds the tree of a narrow window. */
  setTreeOpen(open: boolean): void {
    this.#treeBox.classList.toggle("open", open);
    this.#toggle.setAttribute("aria-expanded", String(open));
    this.#toggle.querySelector(".tree-toggle-mark")?.classList.toggle("codicon-chevron-down", open);
    this.#toggle.querySelector(".tree-toggle-mark")?.classList.toggle("codicon-chevron-right", !open);
    if (open) this.panes.tree.focus();
  }

  /** Shows the detail pane, only its title, or nothing of it. */
  setDetail(shown: boolean, collapsed: boolean): void {
    this.panes.detail.hidden = !shown;
    this.#detailSplitter.element.hidden = !shown || collapsed;
    this.#applySizes();
  }

  #applySizes(): void {
    const { treeWidth, detailHeight, detailCollapsed } = this.state.value;
    this.element.style.setProperty("--tree-width", `${treeWidth}px`);
    this.element.style.setProperty("--detail-height", detailCollapsed ? "auto" : `${detailHeight}px`);
  }

  #measure(): void {
    // A view that is hidden has no width; it is measured when it is shown again.
    if (this.element.clientWidth === 0) return;
    const narrow = isNarrow(this.element);
    if (this.#isNarrow && !narrow) this.setTreeOpen(false);
    this.#isNarrow = narrow;
    this.#treeSplitter.refresh();
    this.#detailSplitter.refresh();
  }
}
