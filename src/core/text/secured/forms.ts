/** The body of a message whose text is inside its one S/MIME attachment ([MS-OXOSMIME] 2.1.3), as far as no key is needed. */
import { PR_ATTACH_DATA_BIN, PR_MESSAGE_CLASS } from "../../mapi/tags";
import type { MessageOutline, ObjectAddress } from "../../session/outline";
import { bestBody, type Bodies, bodiesOf, type BodyForm, type BodyOptions } from "../bodies";
import { BODY_MESSAGES } from "../bodiesMessages";
import { bodySourceOfOutline } from "../bodiesSource";
import { codePage } from "../codePages";
import { codePageOfHtmlCharset } from "../htmlCharset";
import { decodeHtml } from "../htmlCodePage";
import { htmlToText } from "../htmlText";
import type { CodePage } from "../types";
import { signedContent } from "./ber";
import { type MimeText, type MimeTexts, mimeTexts } from "./mime";

const SECURED_CLASS = /^ipm\.note\.(?:smime|secure)/i;
/** Bytes of an attachment that are looked through. */
const MAX_BYTES = 128 * 1024 * 1024;

/** The MIME entity in the attachment: what was signed, or the whole where it is signed in the clear. */
export function entityOf(data: Uint8Array): Uint8Array | undefined {
  const first = data[0];
  // BER begins with the identifier of a sequence, header fields with a letter.
  if (first === 0x30) return signedContent(data);
  return first !== undefined && first > 0x40 ? data : undefined;
}

interface Reading {
  readonly override: CodePage | undefined;
  readonly message: CodePage;
}

function read(part: MimeText, { override, message }: Reading): ReturnType<typeof decodeHtml> {
  const internet = codePageOfHtmlCharset(part.charset);
  const own = override ?? (internet === undefined ? undefined : codePage(internet));
  const { bytes } = part;
  if (own === undefined) return decodeHtml(bytes, { override, internet, message });
  const text = own.decode(bytes);
  const rule = override ? ("override" as const) : ("mimeCharset" as const);
  return {
    text,
    codePage: own.id,
    rule,
    problems: text.includes("\ufffd") ? [BODY_MESSAGES.undecodable] : [],
  };
}

function formsOf({ html, text }: MimeTexts, reading: Reading): BodyForm[] {
  const forms: BodyForm[] = [];
  const common = { tag: PR_ATTACH_DATA_BIN, rtf: undefined } as const;
  if (html) {
    const { text: content, codePage: page, rule, problems } = read(html, reading);
    let plain: string | undefined;
    forms.push({
      ...common,
      kind: "html",
      source: "HTML inside S/MIME",
      html: content,
      get text() {
        return (plain ??= htmlToText(content));
      },
      codePage: page,
      codePageRule: rule,
      problems,
    });
  }
  if (text) {
    const { text: content, codePage: page, rule, problems } = read(text, reading);
    forms.push({
      ...common,
      kind: "text",
      source: "text inside S/MIME",
      html: undefined,
      text: content,
      codePage: page,
      codePageRule: rule,
      problems,
    });
  }
  return forms;
}

/** The bytes of the one attachment of a message of a secured class. */
export function securedData(outline: MessageOutline, message: ObjectAddress): Uint8Array | undefined {
  const messageClass = outline.property(message, PR_MESSAGE_CLASS);
  if (typeof messageClass?.value !== "string" || !SECURED_CLASS.test(messageClass.value)) return undefined;
  const attachments = outline.message(message).attachments.filter(({ change }) => change !== "deleted");
  const [only] = attachments;
  if (only === undefined || attachments.length > 1) return undefined;
  const data = outline.storedBytes(only.address, PR_ATTACH_DATA_BIN);
  return data && data.length <= MAX_BYTES ? data : undefined;
}

/**
 * All forms of a message's body, to be read: those that are stored, and where these are blank, those inside an attachment
 * that is signed. Signatures are not checked. What is encrypted stays so.
 */
export function bodiesOfMessage(
  outline: MessageOutline,
  message: ObjectAddress,
  options: BodyOptions = {},
): Bodies {
  const stored = bodiesOf(bodySourceOfOutline(outline, message), options);
  const best = bestBody(stored);
  if (best && /\S|<img\b/i.test(best.form.html ?? best.form.text)) return stored;
  const data = securedData(outline, message);
  const entity = data && entityOf(data);
  if (entity === undefined) return stored;
  const texts = mimeTexts(entity);
  const reading = {
    override: options.codePage,
    message: outline.message(message).codePage,
  };
  return { ...stored, forms: [...formsOf(texts, reading), ...stored.forms] };
}
