/** The message as the composer draws it. */
import {
  clockInZone,
  bestBody,
  bodiesOf,
  bodySourceOfOutline,
  crc32,
  formatAddress,
  formFields,
  type ItemField,
  lazyReaderOf,
  messageFields,
  type MessageOutline,
  PR_ADDRTYPE,
  PR_ATTACH_CONTENT_ID,
  PR_ATTACH_LONG_FILENAME,
  PR_BODY,
  PR_BODY_HTML_W,
  PR_DISPLAY_NAME,
  PR_EMAIL_ADDRESS,
  PR_HTML,
  PR_MESSAGE_CLASS,
  PR_RECIPIENT_TYPE,
  PR_RTF_COMPRESSED,
  PR_SMTP_ADDRESS,
  PR_SUBJECT,
  type PropertyReader,
  readerOf,
  senderFields,
  syncBodies,
} from "../core";
import type {
  ComposeBody,
  ComposeBodyKind,
  ComposeField,
  ComposeModel,
  ComposeRecipient,
  ComposeValue,
} from "../protocol/compose";
import { zoneOfField } from "./appointmentClock";
import { coreText } from "./coreTexts";
import { choiceLabel, fieldLabel } from "./composeWords";
import type { EditableDocument } from "./requestContext";
import { msOfFileTime } from "./fileTimes";
import { zoneChoices } from "./timeZones";

/** The kind of a recipient without the bits that say what became of it. */
const KIND_MASK = 0xf;
const TO = 1;
const BCC = 3;

function recipientOf(outline: MessageOutline, object: string): ComposeRecipient | undefined {
  const reader = readerOf(outline, object);
  const kind = (reader.number(PR_RECIPIENT_TYPE) ?? 0) & KIND_MASK;
  if (kind < TO || kind > BCC) return undefined;
  const smtp = reader.text(PR_SMTP_ADDRESS);
  const isSmtp = (reader.text(PR_ADDRTYPE) ?? "SMTP").toUpperCase() === "SMTP";
  const address = smtp ?? reader.text(PR_EMAIL_ADDRESS) ?? "";
  const name = reader.text(PR_DISPLAY_NAME) ?? "";
  const isInternet = smtp !== undefined || isSmtp;
  return {
    object,
    kind,
    label: name || address,
    text: isInternet && address !== "" ? formatAddress({ name, address }) : "",
    address,
  };
}

/** The value of a field as it travels: moments in milliseconds, and nothing as null. */
function travelling(value: ReturnType<ItemField["read"]>): ComposeValue {
  if (value === undefined) return null;
  return typeof value === "bigint" ? msOfFileTime(value) : value;
}

function fieldOf(field: ItemField, reader: PropertyReader): ComposeField {
  const { id, kind, choices } = field;
  const reason = field.readOnly?.(reader);
  const moment = travelling(field.read(reader));
  const zone = zoneOfField(id, reader);
  const value = zone && typeof moment === "number" ? clockInZone(zone, moment) : moment;
  // A value that is none of the choices is one of them while it stands.
  const offered =
    choices && typeof value === "number" && !choices.includes(value) ? [...choices, value] : choices;
  return {
    id,
    label: fieldLabel(id),
    kind: zone ? "clock" : kind,
    value,
    ...(kind === "zone" && reason === undefined ? { zones: zoneChoices() } : {}),
    ...(offered ? { choices: offered.map((each) => ({ value: each, label: choiceLabel(id, each) })) } : {}),
    ...(reason === undefined ? {} : { readOnly: coreText(reason) }),
  };
}

const BODY_TAGS = [PR_BODY, PR_HTML, PR_BODY_HTML_W, PR_RTF_COMPRESSED];

/** Tells one body from another: length and checksum of every form. */
export function bodyStamp(outline: MessageOutline, object: string): string {
  return BODY_TAGS.map((tag) => {
    const row = outline.property(object, tag);
    if (!row || row.change === "deleted") return "";
    const bytes = outline.storedBytes(object, row.tag);
    return bytes ? `${bytes.length}.${crc32(bytes).toString(16)}` : "";
  }).join("-");
}

/** What stands for an attachment in the text. */
function contentIdOf(outline: MessageOutline, object: string): string | undefined {
  const reader = lazyReaderOf(outline, object);
  return (reader.text(PR_ATTACH_CONTENT_ID) ?? reader.text(PR_ATTACH_LONG_FILENAME))?.replace(/^<|>$/g, "");
}

const NO_SENDER = /^ipm\.(contact|distlist|stickynote|activity|task)\b/i;
const MEETING = /^ipm\.(appointment|schedule\.meeting)\b/i;
const NO_RECIPIENTS = /^ipm\.(contact|distlist|stickynote|activity)\b/i;

/** The model. */
export function composeModelOf({ outline, revision }: EditableDocument, object: string): ComposeModel {
  const reader = readerOf(outline, object);
  const view = outline.message(object);
  const messageClass = reader.text(PR_MESSAGE_CLASS) ?? "";
  const [from, ...others] = NO_SENDER.test(messageClass) ? [] : senderFields;
  return {
    object,
    revision,
    subject: reader.text(PR_SUBJECT) ?? "",
    hasRecipients: !NO_RECIPIENTS.test(messageClass),
    isMeeting: MEETING.test(messageClass),
    ...(from ? { from: fieldOf(from, reader) } : {}),
    recipients: view.recipients.flatMap(({ address, change }) =>
      change === "deleted" ? [] : (recipientOf(outline, address) ?? []),
    ),
    options: [...others, ...messageFields.slice(1)].map((field) => fieldOf(field, reader)),
    form: formFields(messageClass).map((field) => fieldOf(field, reader)),
    bodyStamp: bodyStamp(outline, object),
    pictures: view.attachments.flatMap(({ address, change, object: held, problem }) => {
      if (change === "deleted" || held !== undefined || problem !== undefined) return [];
      const contentId = contentIdOf(outline, address);
      return contentId === undefined ? [] : [{ contentId, object: address }];
    }),
  };
}

/** The body to be edited: the best one there is, RTF of its own as HTML. */
export function composeBodyOf({ outline }: EditableDocument, object: string): ComposeBody {
  const source = bodySourceOfOutline(outline, object);
  const form = bestBody(bodiesOf(source))?.form;
  const kind: ComposeBodyKind = form?.kind === "text" ? "text" : "html";
  const content = kind === "text" ? (form?.text ?? "") : (form?.html ?? "");
  const lossesIn = (edited: ComposeBodyKind): string[] =>
    syncBodies(
      { kind: edited, content: edited === "text" ? (form?.text ?? "") : content },
      source,
    ).losses.map(coreText);
  return {
    stamp: bodyStamp(outline, object),
    kind,
    content,
    losses: { html: kind === "text" ? [] : lossesIn("html"), text: lossesIn("text") },
  };
}
