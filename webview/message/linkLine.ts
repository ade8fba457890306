/** The line at the lower edge that says where a link of the mail really leads. */
import { h, setDataText } from "../dom";
import { t } from "../strings";
import { claimedHost, outsideUrl, targetText } from "./links";
import type { LinkTarget } from "./sanitize";

/** What is said of a link, given the host that its text claims. */
function lineOf(target: LinkTarget, claimed: string | undefined): string {
  const shown = targetText(target);
  const isOwn = target.kind === "fragment" || target.kind === "attachment";
  if (!isOwn && outsideUrl(target) === undefined) return t("messageLinkDead", shown);
  return claimed === undefined ? t("messageLinkTo", shown) : t("messageLinkLies", shown, claimed);
}

/** The line. */
export class LinkLine {
  readonly element = h("div", { class: "link-target isolate", "aria-live": "polite", hidden: true });

  /** Shows where a link with this text leads; nothing for no link. */
  show(target: LinkTarget | undefined, text: string): void {
    this.element.hidden = target === undefined;
    if (target === undefined) return;
    const url = outsideUrl(target);
    const claimed = url === undefined ? undefined : claimedHost(text, url);
    this.element.classList.toggle("warning", claimed !== undefined);
    setDataText(this.element, lineOf(target, claimed));
  }
}
