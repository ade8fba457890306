/** A bar in the composer that says what would be lost, or what happened, with what can be done. */
import { append, h, icon } from "../dom";
import { t } from "../strings";
import { textButton } from "../ui/controls";

/** One thing that can be done. */
export interface BarChoice {
  readonly label: string;
  readonly run: () => void;
  /** How the button looks; the first one is the primary one where nothing is said. */
  readonly kind?: "primary" | "secondary";
}

/** The bar; without text it is not there. */
export class LossBar {
  readonly element = h("div", { class: "compose-bar", role: "alert", hidden: true });

  /** Whether what stands there only tells, and asks nothing. */
  #isNotice = false;

  /** Shows a text, lines below it, and choices. */
  show(text: string, lines: readonly string[], choices: readonly BarChoice[]): void {
    this.#isNotice = false;
    this.element.replaceChildren(icon("warning", "compose-bar-icon"));
    const list = h("ul", { class: "compose-losses" });
    for (const line of lines) list.append(h("li", {}, line));
    append(this.element, [
      h("div", { class: "compose-bar-text" }, text, lines.length > 0 ? list : undefined),
    ]);
    choices.forEach(({ label, run, kind }, i) =>
      this.element.append(
        textButton(label, kind ?? (i === 0 ? "primary" : "secondary"), () => {
          this.hide();
          run();
        }),
      ),
    );
    this.element.hidden = false;
  }

  /** Says that pictures of something pasted are not in the text; a question that stands there is not taken away. */
  showLeftOut(count: number): void {
    if (!this.element.hidden && !this.#isNotice) return;
    const text = count === 1 ? t("composePictureLeftOut") : t("composePicturesLeftOut", count);
    this.show(text, [], [{ label: t("dismiss"), kind: "secondary", run: () => undefined }]);
    this.#isNotice = true;
  }

  /** Takes the bar away. */
  hide(): void {
    this.#isNotice = false;
    this.element.hidden = true;
    this.element.replaceChildren();
  }
}
