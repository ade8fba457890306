/** Which code page the bytes of an HTML body are in, and the text they make ([MS-OXCMSG] 2.2.1.48.6). */
import { BODY_MESSAGES } from "./bodiesMessages";
import { codePage, isAscii } from "./codePages";
import { codePageOfHtmlCharset, metaCharsetOf } from "./htmlCharset";
import type { CodePage } from "./types";

/** Which rule decided on the code page of a body. */
export type BodyCodePageRule =
  | "override"
  | "byteOrderMark"
  | "internetCodePage"
  /** The charset of a MIME part. */
  | "mimeCharset"
  | "metaCharset"
  | "utf8"
  | "messageCodePage"
  | "unicode"
  | "rtf";

/** Text out of bytes, and how it was read. */
export interface DecodedHtml {
  readonly text: string;
  /** Windows code page number. */
  readonly codePage: number;
  readonly rule: BodyCodePageRule;
  readonly problems: readonly string[];
}

/** What decides beside the bytes themselves. */
export interface HtmlCodePages {
  /** A person's choice, before everything else. */
  readonly override: CodePage | undefined;
  /** PR_INTERNET_CPID. */
  readonly internet: number | undefined;
  /** Of the message's 8-bit strings; the last resort. */
  readonly message: CodePage;
}

interface Candidate {
  readonly rule: BodyCodePageRule;
  readonly page: CodePage;
  /** What is wrong when the bytes are not in this page. */
  readonly complaint: string | undefined;
}

const UTF8 = 65001;
const US_ASCII = 20127;
const BYTE_ORDER_MARKS: readonly { bytes: readonly number[]; id: number }[] = [
  { bytes: [0xef, 0xbb, 0xbf], id: UTF8 },
  { bytes: [0xff, 0xfe], id: 1200 },
  { bytes: [0xfe, 0xff], id: 1201 },
];

/** Pages that are read as their Windows supersets when bytes are there that only those have a character for. */
const SUPERSETS: ReadonlyMap<number, number> = new Map([
  [28591, 1252],
  [28599, 1254],
  [US_ASCII, 1252],
]);

function supersetFor(page: CodePage, bytes: Uint8Array): CodePage {
  const id = SUPERSETS.get(page.id);
  if (id === undefined || !bytes.some((byte) => byte >= 0x80 && (byte < 0xa0 || page.id === US_ASCII)))
    return page;
  return codePage(id) ?? page;
}

function candidates(bytes: Uint8Array, pages: HtmlCodePages): { list: Candidate[]; problems: string[] } {
  const list: Candidate[] = [];
  const problems: string[] = [];
  const add = (rule: BodyCodePageRule, id: number | undefined, complaint?: string): boolean => {
    const page = id === undefined ? undefined : codePage(id);
    if (page) list.push({ rule, page, complaint });
    return page !== undefined;
  };
  const { internet } = pages;
  if (internet !== undefined && internet !== 0) {
    const known = add("internetCodePage", internet, BODY_MESSAGES.internetCodePageWrong);
    if (!known) problems.push(BODY_MESSAGES.internetCodePageUnknown);
  }
  const charset = metaCharsetOf(bytes);
  if (charset !== undefined)
    add("metaCharset", codePageOfHtmlCharset(charset), BODY_MESSAGES.metaCharsetWrong);
  add("utf8", UTF8);
  return { list, problems };
}

/**
 * Whether bytes may be in a page; only pages that can tell are asked. In UTF-8 a few broken characters are damage, more
 * than there are whole ones are another page.
 */
function fits(page: CodePage, bytes: Uint8Array): boolean {
  if (page.id === US_ASCII) return isAscii(bytes);
  if (page.id !== UTF8 || isAscii(bytes)) return true;
  const text = page.decode(bytes);
  const broken = text.split("\ufffd").length - 1;
  return broken === 0 || text.replace(/[\0-\x7f\ufffd]/g, "").length > broken;
}

function read(page: CodePage, rule: BodyCodePageRule, bytes: Uint8Array, problems: string[]): DecodedHtml {
  const actual = supersetFor(page, bytes);
  const text = actual
    .decode(bytes)
    .replace(/^\ufeff/, "")
    .replace(/\0+$/, "");
  if (text.includes("\ufffd")) problems.push(BODY_MESSAGES.undecodable);
  return { text, codePage: actual.id, rule, problems };
}

/**
 * HTML out of bytes. In this order: the override; a byte order mark; PR_INTERNET_CPID; the charset the HTML names; UTF-8 if
 * it is valid; the code page of the message. A page that the bytes contradict is passed over, and said so.
 */
export function decodeHtml(bytes: Uint8Array, pages: HtmlCodePages): DecodedHtml {
  if (pages.override) return read(pages.override, "override", bytes, []);
  for (const mark of BYTE_ORDER_MARKS) {
    const page = codePage(mark.id);
    if (page && mark.bytes.every((byte, index) => bytes[index] === byte)) {
      return read(page, "byteOrderMark", bytes, []);
    }
  }
  const { list, problems } = candidates(bytes, pages);
  for (const { rule, page, complaint } of list) {
    if (fits(page, bytes)) return read(page, rule, bytes, problems);
    if (complaint !== undefined) problems.push(complaint);
  }
  return read(pages.message, "messageCodePage", bytes, problems);
}
