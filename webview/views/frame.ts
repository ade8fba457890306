/** The frame of the page: the header, the bars, and below them the view that is shown. */
import type { ViewId } from "../../src/protocol/views";
import { h } from "../dom";
import { isNarrow } from "../layout";
import { panelId, tabId } from "./switch";

/** The frame. */
export class Frame {
  readonly element: HTMLElement;
  /** The page's one main landmark: the name of a tab panel counts as content that has to be inside one. */
  readonly #views = h("main", { class: "views" });
  readonly #panels = new Map<ViewId, HTMLElement>();

  constructor(header: HTMLElement, banners: HTMLElement, ids: readonly ViewId[]) {
    for (const id of ids) {
      const panel = h("div", { class: "view", id: panelId(id), hidden: true });
      // A single view needs no tab to be named by.
      if (ids.length > 1) {
        panel.setAttribute("role", "tabpanel");
        panel.setAttribute("aria-labelledby", tabId(id));
      }
      this.#panels.set(id, panel);
      this.#views.append(panel);
    }
    this.element = h("div", { class: "page" }, header, banners, this.#views);
    new ResizeObserver(() => {
      this.element.classList.toggle("narrow", isNarrow(this.element));
    }).observe(this.element);
  }

  /** Shows one view and hides the others. */
  show(id: ViewId, element: HTMLElement): void {
    for (const [other, panel] of this.#panels) panel.hidden = other !== id;
    const panel = this.#panels.get(id);
    if (panel !== undefined && panel.firstElementChild !== element) panel.replaceChildren(element);
  }
}
