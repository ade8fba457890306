/** An edited body and all the others, kept in step ([MS-OXBBODY] 2.1.3; what Outlook does when it saves a message). */
import { propId } from "../mapi/propertyTypes";
import {
  PR_BODY,
  PR_BODY_CRC,
  PR_HTML,
  PR_INTERNET_CPID,
  PR_MSG_EDITOR_FORMAT,
  PR_NATIVE_BODY_INFO,
  PR_RTF_COMPRESSED,
  PR_RTF_IN_SYNC,
  PR_RTF_SYNC_BODY_COUNT,
  PR_RTF_SYNC_BODY_CRC,
  PR_RTF_SYNC_BODY_TAG,
  PR_RTF_SYNC_PREFIX_COUNT,
  PR_RTF_SYNC_TRAILING_COUNT,
} from "../mapi/tags";
import type { MessageOutline, ObjectAddress } from "../session/outline";
import type { PropValue } from "../session/types";
import { bestBody, bodiesOf, type BodyForm } from "./bodies";
import { BODY_MESSAGES } from "./bodiesMessages";
import type { BodySource } from "./bodiesSource";
import { encodeUtf8 } from "./codePages";
import { withUtf8Charset } from "./htmlCharset";
import { htmlToText } from "./htmlText";
import { compressRtf } from "./rtf/compressed";
import { deencapsulateRtf } from "./rtf/deencapsulate";
import { encapsulateHtml, encapsulateText } from "./rtf/encapsulate";
import { rtfToText } from "./rtf/toText";

/** A body as it was edited. */
export interface EditedBody {
  readonly kind: "text" | "html";
  readonly content: string;
}

/** What to do so that all bodies say the same: first the deletions, then the values. */
export interface BodyUpdate {
  readonly delete: readonly number[];
  readonly set: readonly PropValue[];
  /** What is lost with it, as sentences of BODY_MESSAGES, to be told before; empty when nothing is. */
  readonly losses: readonly string[];
}

const NATIVE = { text: 1, rtf: 2, html: 3 } as const;
/** Values of PR_MSG_EDITOR_FORMAT. */
const EDITOR = { text: 1, html: 2, rtf: 3 } as const;
const UTF8 = 65001;

/** Properties that describe one certain body and are wrong about any other. */
const STALE: readonly number[] = [
  PR_BODY_CRC,
  PR_RTF_SYNC_BODY_CRC,
  PR_RTF_SYNC_BODY_COUNT,
  PR_RTF_SYNC_BODY_TAG,
  PR_RTF_SYNC_PREFIX_COUNT,
  PR_RTF_SYNC_TRAILING_COUNT,
];

const ALL: readonly number[] = [PR_BODY, PR_RTF_COMPRESSED, PR_HTML, PR_RTF_IN_SYNC, PR_NATIVE_BODY_INFO];

const LONE_SURROGATES = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const withCrLf = (text: string): string => text.replace(/\r\n|[\r\n]/g, "\r\n");

/** What the message shows now and the edited body cannot hold. */
function lossesOf(edited: EditedBody, shown: BodyForm | undefined): string[] {
  if (!shown || shown.kind === "text") return [];
  const hasPlaces = shown.kind === "rtf" && (shown.html ?? "").includes("<span data-attachment=");
  const places = hasPlaces ? [BODY_MESSAGES.lossPlacement] : [];
  if (edited.kind === "html") return shown.kind === "rtf" ? [BODY_MESSAGES.lossRtf, ...places] : [];
  const html = shown.html ?? "";
  const links = /<a\s[^>]{0,1024}?href/i.test(html) ? [BODY_MESSAGES.lossLinks] : [];
  const pictures = /<img\b/i.test(html) ? [BODY_MESSAGES.lossPictures] : [];
  return [BODY_MESSAGES.lossFormatting, ...links, ...pictures, ...places];
}

/** Text as PR_BODY can hold it: in an 8-bit message, "?" for what the code page has no character for. */
function plainText(text: string, current: BodySource): { text: string; isWhole: boolean } {
  if (current.unicode !== false) return { text, isWhole: true };
  const missing = new Set(current.codePage.encode(text).missing);
  if (missing.size === 0) return { text, isWhole: true };
  return { text: Array.from(text, (char) => (missing.has(char) ? "?" : char)).join(""), isWhole: false };
}

/** Properties that must go, but for those that are set anyway; by id, whatever their type. */
function deletions(set: readonly PropValue[], tags: readonly number[]): number[] {
  const kept = new Set(set.map(({ tag }) => propId(tag)));
  return tags.filter((tag) => !kept.has(propId(tag)));
}

/** What editor the body is for, where the message says that already. */
const editorOf = (kind: keyof typeof EDITOR, current: BodySource): PropValue[] =>
  current.value(PR_MSG_EDITOR_FORMAT) === undefined
    ? []
    : [{ tag: PR_MSG_EDITOR_FORMAT, value: EDITOR[kind] }];

/** The forms of an edited body, and its text before it is fitted to the message. */
function formsOf(
  kind: "text" | "html",
  content: string,
): { text: string; rtf: Uint8Array; html: PropValue[] } {
  if (kind === "text") {
    const text = withCrLf(content);
    return { text, rtf: encapsulateText(text), html: [] };
  }
  const html = withUtf8Charset(content);
  return {
    text: htmlToText(html),
    rtf: encapsulateHtml(html),
    html: [
      { tag: PR_HTML, value: encodeUtf8(html).bytes },
      { tag: PR_INTERNET_CPID, value: UTF8 },
    ],
  };
}

/**
 * What to set and to delete when one body was edited. Text: PR_BODY, and RTF with \fromtext where there was RTF. HTML:
 * PR_HTML in UTF-8, its text as PR_BODY, and RTF with \fromhtml1 where there was RTF. PR_NATIVE_BODY_INFO and
 * PR_RTF_IN_SYNC say so. Blank text leaves the message without a body: an empty PR_BODY is never written.
 */
export function syncBodies(edited: EditedBody, current: BodySource): BodyUpdate {
  const bodies = bodiesOf(current);
  const sound = edited.content.replace(LONE_SURROGATES, "\ufffd");
  const losses = lossesOf(edited, bestBody(bodies)?.form);
  if (sound !== edited.content) losses.push(BODY_MESSAGES.lossCharacters);
  if (sound === "") return { delete: [...ALL, ...STALE], set: [], losses };
  const hasRtf = bodies.forms.some(({ tag }) => tag === PR_RTF_COMPRESSED);
  const { kind } = edited;
  const forms = formsOf(kind, sound);
  const { text, isWhole } = plainText(forms.text, current);
  if (!isWhole) losses.push(BODY_MESSAGES.lossCodePage);
  const set: PropValue[] = [
    ...forms.html,
    ...(text === "" ? [] : [{ tag: PR_BODY, value: text }]),
    ...(hasRtf ? [{ tag: PR_RTF_COMPRESSED, value: compressRtf(forms.rtf) }] : []),
    { tag: PR_RTF_IN_SYNC, value: hasRtf },
    { tag: PR_NATIVE_BODY_INFO, value: NATIVE[kind] },
    ...editorOf(kind, current),
  ];
  return { delete: deletions(set, [...ALL, ...STALE]), set, losses };
}

/**
 * What to set and to delete when the RTF itself was edited (decompressed). RTF of its own leaves no HTML beside it, and its
 * text becomes PR_BODY; HTML or text that it encapsulates becomes the body, and the RTF is kept as it was written.
 */
export function syncRtf(rtf: Uint8Array, current: BodySource): BodyUpdate {
  const own: PropValue = { tag: PR_RTF_COMPRESSED, value: compressRtf(rtf) };
  const inSync: PropValue = { tag: PR_RTF_IN_SYNC, value: true };
  const { kind, content } = deencapsulateRtf(rtf);
  if (kind !== "rtf") {
    const { delete: gone, set, losses } = syncBodies({ kind, content }, current);
    const others = set.filter(({ tag }) => tag !== PR_RTF_COMPRESSED && tag !== PR_RTF_IN_SYNC);
    return { delete: deletions([own, inSync], gone), set: [...others, own, inSync], losses };
  }
  const { text, isWhole } = plainText(rtfToText(rtf).text, current);
  const set: PropValue[] = [
    own,
    ...(text === "" ? [] : [{ tag: PR_BODY, value: text }]),
    inSync,
    { tag: PR_NATIVE_BODY_INFO, value: NATIVE.rtf },
    ...editorOf(kind, current),
  ];
  return {
    delete: deletions(set, [...ALL, ...STALE]),
    set,
    losses: isWhole ? [] : [BODY_MESSAGES.lossCodePage],
  };
}

/** Does what syncBodies or syncRtf said; deletes by id, whatever the type of a property. @throws MapiError */
export function applyBodies(outline: MessageOutline, message: ObjectAddress, update: BodyUpdate): void {
  const gone = new Set(update.delete.map(propId));
  const present = outline
    .properties(message)
    .flatMap(({ tag, change }) => (change !== "deleted" && gone.has(propId(tag)) ? [tag] : []));
  if (present.length > 0) outline.deleteProperties(message, present);
  for (const { tag, value } of update.set) outline.setProperty(message, tag, value);
}
