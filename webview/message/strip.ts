/** The strip of attachments: icon, name, size; those in the text or hidden are folded away, with the reason. */
import type { MessageAttachment } from "../../src/protocol/message";
import { h, icon, on, setDataText } from "../dom";
import { showMenu } from "../menu";
import { t } from "../strings";
import { iconButton } from "../ui/controls";
import { visibleText } from "../visibleText";
import { type ActionContext, ATTACHMENT_ACTIONS, mainAction } from "./actions";

const isAside = ({ inline, hidden }: MessageAttachment): boolean =>
  inline !== undefined || hidden !== undefined;

/** Why an attachment is not listed with the others, in words. */
function asideText({ inline, hidden }: MessageAttachment): string | undefined {
  if (inline !== undefined) return t("messageInline", inline);
  return hidden === undefined ? undefined : t("messageHidden", hidden);
}

/** The strip. */
export class AttachmentStrip {
  readonly element = h("div", { class: "attachment-strip", role: "group" });
  #unfolded = false;

  constructor() {
    this.element.setAttribute("aria-label", t("messageAttachments"));
  }

  /** Draws the attachments; without any the strip is not there. */
  update(attachments: readonly MessageAttachment[], context: ActionContext): void {
    const own = attachments.filter((each) => !isAside(each));
    const aside = attachments.filter(isAside);
    const chips = (list: readonly MessageAttachment[]): HTMLElement[] =>
      list.map((each) => h("span", { role: "listitem" }, this.#chip(each, context)));
    const list = h("div", { class: "attachment-list", role: "list" }, ...chips(own));
    const folded = chips(aside);
    list.append(...folded);
    if (aside.length > 0) list.append(h("span", { role: "listitem" }, this.#toggle(folded)));
    this.element.hidden = attachments.length === 0;
    this.element.replaceChildren(list);
  }

  #toggle(folded: readonly HTMLElement[]): HTMLElement {
    const toggle = h("button", { class: "link-button", type: "button" });
    const show = (unfolded: boolean): void => {
      this.#unfolded = unfolded;
      for (const chip of folded) chip.hidden = !unfolded;
      toggle.textContent = unfolded
        ? t("messageFewerAttachments")
        : t("messageHiddenAttachments", folded.length);
      toggle.setAttribute("aria-expanded", String(unfolded));
    };
    on(toggle, "click", () => show(!this.#unfolded));
    show(this.#unfolded);
    return toggle;
  }

  #chip(attachment: MessageAttachment, context: ActionContext): HTMLElement {
    const { name, size, kind, problem } = attachment;
    const aside = asideText(attachment);
    const label = h("span", { class: "attachment-name isolate" });
    setDataText(label, name);
    const facts = [kind, size, aside, problem].flatMap((fact) => (fact === undefined ? [] : [fact]));
    const button = h(
      "button",
      { class: "attachment-main", type: "button", title: visibleText([name, ...facts].join("\n")) },
      icon(attachment.icon, "attachment-icon"),
      label,
      h("span", { class: "attachment-size" }, size ?? kind),
      ...(aside === undefined ? [] : [h("span", { class: "attachment-aside" }, aside)]),
    );
    const menu = iconButton(t("messageAttachmentMenu", visibleText(name)), "chevron-down", () => {
      const { left, bottom } = menu.getBoundingClientRect();
      open(left, bottom);
    });
    const open = (x: number, y: number): void => {
      const items = ATTACHMENT_ACTIONS.flatMap((make) => make(attachment, context));
      showMenu(name, items, x, y, button);
    };
    on(button, "click", () => {
      const action = mainAction(attachment, context);
      if (action !== undefined && action !== "separator") action.run();
    });
    const chip = h(
      "span",
      { class: `attachment${aside === undefined ? "" : " aside"}${problem === undefined ? "" : " damaged"}` },
      button,
      menu,
    );
    on(chip, "contextmenu", (event) => {
      event.preventDefault();
      open(event.clientX, event.clientY);
    });
    return chip;
  }
}
