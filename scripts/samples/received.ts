/** What makes a mail a received one: who, when, headers, and bodies. */
import {
  MAPI_CC,
  MAPI_TO,
  type IMessage,
  PR_BODY,
  PR_CLIENT_SUBMIT_TIME,
  PR_CONVERSATION_INDEX,
  PR_CONVERSATION_TOPIC,
  PR_HTML,
  PR_ICON_INDEX,
  PR_INTERNET_MESSAGE_ID,
  PR_MESSAGE_DELIVERY_TIME,
  PR_MESSAGE_FLAGS,
  PR_NATIVE_BODY_INFO,
  PR_SUBJECT,
  PR_TRANSPORT_MESSAGE_HEADERS,
  senderProperties,
  setEvery,
  type StringWidth,
} from "../../src/core";
import { addRecipients, join, mailDate, MADE, type Person, props, utf8 } from "./kit";
import { receivedBy } from "./people";

/** A received mail. */
export interface ReceivedMail {
  readonly from: Person;
  readonly to: readonly Person[];
  readonly cc?: readonly Person[];
  readonly subject: string;
  /** The topic that all mails of a conversation share; the subject when left out. */
  readonly topic?: string;
  /** When it was sent, as FILETIME; it arrives four seconds later. */
  readonly sent?: bigint;
  readonly text: string;
  readonly html?: string;
  readonly width?: StringWidth;
  readonly randomBytes: (count: number) => Uint8Array;
}

const MSGFLAG_READ = 1;
const ICON_READ_MAIL = 0x100;
const NATIVE_TEXT = 1;
const NATIVE_HTML = 3;
const FOUR_SECONDS = 40_000_000n;

/** The index of a mail that begins a conversation: [MS-OXOMSG] 2.2.1.3. */
function conversationIndex(sent: bigint, guid: Uint8Array): Uint8Array {
  const time = new Uint8Array(8);
  new DataView(time.buffer).setBigUint64(0, sent);
  return join(time.subarray(0, 6), guid);
}

const ASCII = /^[\u0020-\u007e]*$/;

/** A text in a header, in UTF-8 and Base64 where it is not ASCII (RFC 2047). */
export function headerText(text: string): string {
  if (ASCII.test(text)) return text;
  const base64 = btoa(String.fromCharCode(...utf8(text)));
  return `=?utf-8?B?${base64}?=`;
}

const mailbox = ({ name, address }: Person): string => `${headerText(name)} <${address}>`;

function headersOf(mail: ReceivedMail, sent: bigint, messageId: string): string {
  const { from, to, cc = [], subject, html } = mail;
  return [
    `Received: from mail.example.com (192.0.2.25) by mx.example.net; ${mailDate(sent + FOUR_SECONDS)}`,
    `From: ${mailbox(from)}`,
    `To: ${to.map(mailbox).join(",\r\n\t")}`,
    ...(cc.length === 0 ? [] : [`Cc: ${cc.map(mailbox).join(",\r\n\t")}`]),
    `Subject: ${headerText(subject)}`,
    `Date: ${mailDate(sent)}`,
    `Message-ID: ${messageId}`,
    "MIME-Version: 1.0",
    `Content-Type: ${html === undefined ? "text/plain" : "multipart/alternative"}; charset="utf-8"`,
    "",
    "",
  ].join("\r\n");
}

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Makes a new mail a received one. */
export function fillReceived(message: IMessage, mail: ReceivedMail): void {
  const {
    from,
    to,
    cc = [],
    subject,
    sent = MADE,
    text,
    html,
    width = { unicode: true },
    randomBytes,
  } = mail;
  const receiver = to[0] ?? from;
  const messageId = `<${hex(randomBytes(8))}@${from.address.split("@")[1] ?? "example.com"}>`;
  setEvery(message, [
    ...props(
      [PR_SUBJECT, subject],
      [PR_CONVERSATION_TOPIC, mail.topic ?? subject],
      [PR_CONVERSATION_INDEX, conversationIndex(sent, randomBytes(16))],
      [PR_CLIENT_SUBMIT_TIME, sent],
      [PR_MESSAGE_DELIVERY_TIME, sent + FOUR_SECONDS],
      [PR_MESSAGE_FLAGS, MSGFLAG_READ],
      [PR_ICON_INDEX, ICON_READ_MAIL],
      [PR_INTERNET_MESSAGE_ID, messageId],
      [PR_TRANSPORT_MESSAGE_HEADERS, headersOf(mail, sent, messageId)],
      [PR_BODY, text],
      [PR_NATIVE_BODY_INFO, html === undefined ? NATIVE_TEXT : NATIVE_HTML],
    ),
    ...(html === undefined ? [] : props([PR_HTML, utf8(html)])),
    ...senderProperties(from, width),
    ...receivedBy(receiver, width),
  ]);
  addRecipients(message, MAPI_TO, to, width);
  if (cc.length > 0) addRecipients(message, MAPI_CC, cc, width);
}

/** Lines of a text body. */
export const lines = (...texts: readonly string[]): string => texts.join("\r\n") + "\r\n";
