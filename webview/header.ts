/** The line at the top: what the file is, what changed, whether it can be edited. */
import type { HeaderModel } from "../src/protocol/viewModel";
import { h, icon, on, setDataText } from "./dom";
import { t } from "./strings";
import { visibleText } from "./visibleText";

/** The number of changes in words. */
export function changesText(changes: number): string {
  if (changes === 0) return t("changesNone");
  return changes === 1 ? t("changesOne") : t("changesMany", changes);
}

function separator(): HTMLElement {
  return h("span", { class: "header-dot", "aria-hidden": "true" }, "·");
}

/** The header; `showChanges` filters the grid by what changed, `viewSwitch` stands at its end and is left alone. */
export class HeaderView {
  readonly element = h("header", { class: "header", tabindex: -1, "data-pane": "header" });

  constructor(
    private readonly showChanges: () => void,
    private readonly viewSwitch: HTMLElement,
  ) {}

  /** Draws the header; `readOnly` is why nothing can be edited. */
  update(header: HeaderModel, readOnly: string | undefined): void {
    const active = document.activeElement;
    const isInFacts = this.element.contains(active) && !this.viewSwitch.contains(active);
    const hadFocus = isInFacts && active !== this.element;
    const title = h("h1", { class: "header-title isolate", title: visibleText(header.title) });
    setDataText(title, header.title);
    const messageClass = h("span", { class: "header-fact isolate" });
    setDataText(messageClass, header.messageClass);
    const changes = this.#changes(header.changes);
    // The switch stays where it is, and with it the focus.
    while (this.element.firstChild !== null && this.element.firstChild !== this.viewSwitch)
      this.element.firstChild.remove();
    if (this.element.firstChild === null) this.element.append(this.viewSwitch);
    this.viewSwitch.before(
      icon(header.icon, "header-icon"),
      title,
      h(
        "div",
        { class: "header-facts" },
        ...(readOnly === undefined ? [] : [this.#lock(readOnly), separator()]),
        messageClass,
        separator(),
        h("span", { class: "header-fact" }, header.format),
        separator(),
        changes,
      ),
    );
    if (hadFocus) (changes instanceof HTMLButtonElement ? changes : this.element).focus();
  }

  #lock(reason: string): HTMLElement {
    return h(
      "span",
      { class: "header-fact header-lock", title: reason },
      icon("lock"),
      t("readOnly"),
      h("span", { class: "sr-only" }, ` ${reason}`),
    );
  }

  #changes(count: number): HTMLElement {
    if (count === 0) return h("span", { class: "header-fact" }, changesText(count));
    const button = h("button", { class: "link-button", type: "button" }, changesText(count));
    on(button, "click", this.showChanges);
    return button;
  }
}
