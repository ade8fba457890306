/** The bars above the paper: what the message is, and what was blocked, each with the one action that fits. */
import type { MessageBar } from "../../src/protocol/message";
import { h, icon } from "../dom";
import { textButton } from "../ui/controls";

/** A bar, with its action where there is one. */
export interface PaperBar extends MessageBar {
  readonly action?: { readonly label: string; run(): void };
}

/** All bars. They are said when they come, and not again when they only stay. */
export class PaperBars {
  readonly element = h("div", { class: "paper-bars" });
  #drawn = "";

  /** Draws the bars. */
  update(bars: readonly PaperBar[]): void {
    const drawn = JSON.stringify(bars);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.element.replaceChildren(
      ...bars.map(({ id, severity, text, action }) =>
        h(
          "div",
          { class: `banner ${severity}`, role: "status", "data-bar": id },
          icon(severity, `banner-icon severity-${severity}`),
          h("div", { class: "banner-message isolate" }, text),
          ...(action === undefined
            ? []
            : [
                h(
                  "div",
                  { class: "banner-actions" },
                  textButton(action.label, "secondary", () => action.run()),
                ),
              ]),
        ),
      ),
    );
  }
}
