/** The switch between the views: a list of tabs, one of them a tab stop, moved through with the arrow keys. */
import { VIEW_IDS, type ViewId } from "../../src/protocol/views";
import { h, icon, on, setAttributes } from "../dom";
import { t } from "../strings";
import type { ViewEntry } from "./view";

/** The element id of a view's tab. */
export const tabId = (id: ViewId): string => `view-tab-${id}`;
/** The element id of the place of a view. */
export const panelId = (id: ViewId): string => `view-${id}`;

/** The entries in the order of `VIEW_IDS`. */
export function inOrder(entries: readonly ViewEntry[]): readonly ViewEntry[] {
  return VIEW_IDS.flatMap((id) => entries.filter((entry) => entry.id === id));
}

/** The switch. With a single view there is nothing to switch and nothing is shown. */
export class ViewSwitch {
  readonly element: HTMLElement;
  readonly #tabs = new Map<ViewId, HTMLButtonElement>();

  constructor(
    entries: readonly ViewEntry[],
    private readonly choose: (id: ViewId) => void,
  ) {
    this.element = h("div", { class: "view-switch", role: "tablist", "aria-label": t("views") });
    for (const entry of inOrder(entries)) this.element.append(this.#makeTab(entry));
    this.element.hidden = entries.length < 2;
    on(this.element, "keydown", (event) => this.#onKey(event));
  }

  /** Marks the view that is shown. */
  update(shown: ViewId): void {
    for (const [id, tab] of this.#tabs) {
      const selected = id === shown;
      setAttributes(tab, { "aria-selected": String(selected), tabindex: selected ? 0 : -1 });
    }
  }

  /** Puts the focus on the tab of the view that is shown. */
  focus(): void {
    this.#ids()
      .map((id) => this.#tabs.get(id))
      .find((tab) => tab?.tabIndex === 0)
      ?.focus();
  }

  #makeTab({ id, label, icon: name }: ViewEntry): HTMLElement {
    const tab = h(
      "button",
      {
        class: "view-tab",
        type: "button",
        role: "tab",
        id: tabId(id),
        "aria-controls": panelId(id),
        "aria-label": label(),
        title: label(),
      },
      icon(name, "view-tab-icon"),
      h("span", { class: "view-tab-label" }, label()),
    );
    on(tab, "click", () => this.choose(id));
    this.#tabs.set(id, tab);
    return tab;
  }

  #ids(): readonly ViewId[] {
    return [...this.#tabs.keys()];
  }

  #onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const ids = this.#ids();
    const at = ids.findIndex((id) => this.#tabs.get(id) === document.activeElement);
    const targets: Readonly<Record<string, number>> = {
      ArrowRight: (at + 1) % ids.length,
      ArrowLeft: (at - 1 + ids.length) % ids.length,
      Home: 0,
      End: ids.length - 1,
    };
    const target = ids[targets[event.key] ?? -1];
    if (target === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.#tabs.get(target)?.focus();
    this.choose(target);
  }
}
