/** The places of attachments in the text of RTF: marked in order, and filled with the attachments ([MS-OXCMSG] 2.2.2.16). */
import type { MessageAttachment } from "../../src/protocol/message";
import type { ActionContext } from "./actions";
import { mainAction } from "./actions";
import { visibleText } from "../visibleText";

/** An attachment that stands in the text. */
export interface AttachmentTarget {
  readonly kind: "attachment";
  readonly id: string;
  readonly name: string;
}

/** The attachments that have places in the text, in the order of these. */
export function placedAttachments(attachments: readonly MessageAttachment[]): readonly AttachmentTarget[] {
  return attachments
    .flatMap(({ id, name, position }) => (position === undefined ? [] : [{ id, name, position }]))
    .sort((a, b) => a.position - b.position)
    .map(({ id, name }) => ({ kind: "attachment", id, name }));
}

/** Makes a marked place a link to its attachment; a place without one keeps its text. */
export function fillPlace(
  place: Element,
  targets: readonly AttachmentTarget[],
): { readonly link: HTMLAnchorElement; readonly target: AttachmentTarget } | undefined {
  const target = targets[Number(place.getAttribute("data-attachment") ?? "NaN")];
  if (target === undefined) return undefined;
  const link = place.ownerDocument.createElement("a");
  link.className = "attachment-place";
  link.setAttribute("href", "#");
  link.textContent = visibleText(target.name);
  place.replaceChildren(link);
  return { link, target };
}

/** Does with an attachment in the text what a click on it in the strip does. */
export function followPlace({ id }: AttachmentTarget, context: ActionContext): void {
  const attachment = context.model.attachments.find((each) => each.id === id);
  const action = attachment && mainAction(attachment, context);
  if (action !== undefined && action !== "separator") action.run();
}
