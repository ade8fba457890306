/** The messages around an embedded one, outermost first, to go back to. */
import type { TreeNode } from "../../src/protocol/viewModel";
import { h, icon, on, setDataText } from "../dom";
import { t } from "../strings";
import type { ViewContext } from "../views/view";

/** The way back. */
export class MessagePath {
  readonly element = h("nav", { class: "message-path" });

  constructor(private readonly context: ViewContext) {
    this.element.setAttribute("aria-label", t("messageView"));
  }

  /** Draws what is around the message that is shown. */
  update(shown: string | undefined): void {
    const around = this.context.selection.path.filter(
      ({ kind }) => kind === "message" || kind === "embeddedMessage",
    );
    const outer = around.filter(({ id }) => id !== shown);
    this.element.hidden = shown === "" || outer.length === 0;
    this.element.replaceChildren(
      ...outer.flatMap((node) => [this.#button(node), icon("chevron-right", "path-mark")]),
    );
  }

  #button(node: TreeNode): HTMLElement {
    const label = h("span", { class: "isolate" });
    setDataText(label, node.label);
    const button = h("button", { class: "link-button path-step", type: "button" }, icon(node.icon), label);
    on(button, "click", () => void this.context.selection.choose(node.id));
    return button;
  }
}
