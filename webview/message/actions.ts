/** What can be done with a person or an attachment of the message: tables, so that other parts of the page add to them. */
import type { MessageAttachment, MessageModel, MessagePerson } from "../../src/protocol/message";
import { editItems, fileItems, saveItem } from "../attachments/actions";
import { copyText } from "../commands";
import type { MenuItem } from "../menu";
import { t } from "../strings";
import type { ViewContext } from "../views/view";

/** What an action is about. */
export interface ActionContext {
  readonly view: ViewContext;
  readonly model: MessageModel;
}

/** Makes the entries of a menu for one thing; an action that does not fit makes none. */
export type MakeItems<T> = (thing: T, context: ActionContext) => readonly MenuItem[];

/** The menu of an attachment, part by part. */
export const ATTACHMENT_ACTIONS: readonly MakeItems<MessageAttachment>[] = [
  ({ message }, { view }) =>
    message === undefined
      ? []
      : [{ label: t("messageShowEmbedded"), run: () => void view.selection.choose(message) }],
  ({ id, isSigned }, { view }) => (isSigned ? [saveItem(view.page, id)] : []),
  (attachment, { view, model }) =>
    attachment.isSigned !== true && (attachment.hasData || attachment.message !== undefined)
      ? fileItems(view.page, attachment, model.object)
      : [],
  (attachment, { view, model }) => {
    const own = model.attachments.filter(({ isSigned }) => isSigned !== true);
    const at = own.findIndex(({ id }) => id === attachment.id);
    const place = document.querySelector<HTMLElement>(".attachment-strip");
    return place === null || at < 0 ? [] : editItems(view.page, attachment, place, { at, count: own.length });
  },
  ({ id, isSigned }, { view }) =>
    isSigned
      ? []
      : ["separator", { label: t("messageShowProperties"), run: () => void view.reveal({ object: id }) }],
  ({ name }, { view }) => ["separator", { label: t("copyName"), run: () => copyText(view.page, name) }],
];

/** The menu of a person, part by part. */
export const PERSON_ACTIONS: readonly MakeItems<MessagePerson>[] = [
  ({ address }, { view }) =>
    address === undefined
      ? []
      : [{ label: t("messageCopyAddress"), run: () => copyText(view.page, address) }],
  ({ name }, { view }) => [{ label: t("copyName"), run: () => copyText(view.page, name) }],
  ({ object }, { view }) =>
    object === undefined
      ? []
      : ["separator", { label: t("messageShowProperties"), run: () => void view.reveal({ object }) }],
];

/** The first thing that can be done with an attachment: what Enter and a double click do. */
export function mainAction(attachment: MessageAttachment, context: ActionContext): MenuItem | undefined {
  return ATTACHMENT_ACTIONS.flatMap((make) => make(attachment, context)).find((item) => item !== "separator");
}
