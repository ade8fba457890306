/** The character set that HTML names itself, and its change to UTF-8 when the HTML is written as that. */
import { codePageOfCharset } from "../session/codePageOf";
import { decodeLatin1 } from "./codepages/buffers";
import { htmlAttributes, htmlTokens } from "./htmlTokens";

/** Bytes in which a meta element is looked for: Outlook puts long style sheets after it, not before. */
const SNIFFED = 8192;

const META_CHARSET = /<meta\s[^>]{0,512}?charset\s*=\s*["']?\s*([\w.:-]{1,64})/i;

/** Charsets whose HTML is in another page than 8-bit strings of such mail are, or that those know nothing of. */
const HTML_CHARSETS: ReadonlyMap<string, number> = new Map([
  ["utf-8", 65001],
  ["utf8", 65001],
  ["unicode-1-1-utf-8", 65001],
  // HTML that could be read this far as 8-bit text is not in UTF-16, whatever it says (HTML 5, 13.2.3.2).
  ["utf-16", 65001],
  ["utf-16le", 65001],
  ["unicode", 65001],
  ["utf-7", 65000],
  ["iso-2022-jp", 50220],
  ["iso-2022-kr", 50225],
  ["hz-gb-2312", 52936],
  ["x-sjis", 932],
  ["ms_kanji", 932],
  ["windows-31j", 932],
  ["x-euc-jp", 51932],
  ["gb_2312-80", 936],
  ["ks_c_5601", 949],
  ["x-cp1251", 1251],
  ["macintosh", 10000],
  ["x-mac-cyrillic", 10007],
  ["ibm437", 437],
  ["ibm850", 850],
  ["ibm852", 852],
  ["ibm866", 866],
  ["iso-8859-11", 874],
  ["latin1", 1252],
  ["ascii", 1252],
]);

/** The code page number of a charset that HTML names; undefined when it is not known. */
export function codePageOfHtmlCharset(name: string): number | undefined {
  return HTML_CHARSETS.get(name.trim().toLowerCase()) ?? codePageOfCharset(name);
}

/** The charset named by a meta element near the start of HTML bytes. */
export function metaCharsetOf(bytes: Uint8Array): string | undefined {
  return META_CHARSET.exec(decodeLatin1(bytes.subarray(0, SNIFFED)))?.[1];
}

const CHARSET_VALUE = /(charset\s*=\s*["']?\s*)[\w.:-]+/i;

/** HTML whose meta elements name UTF-8 where they named a charset; everything else is as it was. */
export function withUtf8Charset(html: string): string {
  const parts: string[] = [];
  let copied = 0;
  for (const token of htmlTokens(html)) {
    if (token.kind !== "start" || token.name !== "meta") continue;
    const attributes = htmlAttributes(html, token);
    const names = attributes.has("charset") || attributes.get("http-equiv")?.toLowerCase() === "content-type";
    if (!names) continue;
    parts.push(html.slice(copied, token.start));
    parts.push(html.slice(token.start, token.end).replace(CHARSET_VALUE, "$1utf-8"));
    copied = token.end;
  }
  return parts.join("") + html.slice(copied);
}
