/** A bar in the composer that says what would be lost, or what happened, with what can be done. */
import { append, h, icon } from "../dom";
import { textButton } from "../ui/controls";

/** One thing that can be done. */
export interface BarChoice {
  readonly label: string;
  readonly run: () => void;
}

/** The bar; without text it is not there. */
export class LossBar {
  readonly element = h("div", { class: "compose-bar", role: "alert", hidden: true });

  /** Shows a text, lines below it, and choices. */
  show(text: string, lines: readonly string[], choices: readonly BarChoice[]): void {
    this.element.replaceChildren(icon("warning", "compose-bar-icon"));
    const list = h("ul", { class: "compose-losses" });
    for (const line of lines) list.append(h("li", {}, line));
    append(this.element, [
      h("div", { class: "compose-bar-text" }, text, lines.length > 0 ? list : undefined),
    ]);
    choices.forEach(({ label, run }, i) =>
      this.element.append(
        textButton(label, i === 0 ? "primary" : "secondary", () => {
          this.hide();
          run();
        }),
      ),
    );
    this.element.hidden = false;
  }

  hide(): void {
    this.element.hidden = true;
    this.element.replaceChildren();
  }
}
