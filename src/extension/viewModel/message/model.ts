/** The model of the Message view: one message of a session as a mail client shows it. */
import { type Bodies, PR_MESSAGE_CLASS, PR_SUBJECT } from "../../../core";
import type { MessageModel } from "../../../protocol/message";
import { iconOfClass } from "../tree";
import { type BodyReferences, bodyReferences, messageAttachments } from "./attachments";
import { bodiesModel } from "./bodies";
import type { MessageContext } from "./context";
import { messageBars, messageMarks } from "./marks";
import { kindText, messagePanel } from "./panels";
import { recipientLists, replyTo, senders } from "./people";
import { messageTimes } from "./times";

/** What the HTML forms of a body refer to. */
export const referencesOf = ({ forms }: Bodies): BodyReferences =>
  bodyReferences(forms.flatMap((form) => (form.kind === "html" ? (form.html ?? []) : [])));

/** Everything the view draws but the text itself. */
export function messageModel(context: MessageContext, bodies: Bodies, revision: number): MessageModel {
  const { reader, dictionary, address } = context;
  const references = referencesOf(bodies);
  const answers = replyTo(context);
  const panel = messagePanel(context);
  return {
    object: address,
    revision,
    subject: reader.text(PR_SUBJECT) ?? "",
    icon: iconOfClass(dictionary, reader.text(PR_MESSAGE_CLASS) ?? ""),
    kindText: kindText(context),
    ...senders(context),
    recipients: recipientLists(context),
    ...(answers.length === 0 ? {} : { replyTo: answers }),
    times: messageTimes(context),
    marks: messageMarks(context),
    attachments: messageAttachments(context, references),
    bars: messageBars(context, bodies),
    ...(panel === undefined ? {} : { panel }),
    ...bodiesModel(context, bodies),
  };
}
