/** Which code page the 8-bit strings of a message are in: the rules of the reference, [MS-OXCMSG] 2.2.1.4. */
import { codePage } from "../text/codePages";
import type { CodePage } from "../text/types";
import { ansiCodePageOfLcid } from "../mapi/lcids";
import { MapiError } from "../mapi/errors";
import { PR_MESSAGE_CODEPAGE, PR_MESSAGE_LOCALE_ID, PR_TRANSPORT_MESSAGE_HEADERS } from "../mapi/tags";
import { decodeValue } from "../mapi/values";
import { isStringType, propType } from "../mapi/propertyTypes";
import type { PropertyRecord } from "./propertyRecord";
import { findRecord, longOf } from "./state";

/** Which rule decided. */
export type CodePageRule = "override" | "messageCodePage" | "locale" | "headers" | "parent" | "default";

/** A code page and why it is that one. */
export interface CodePageChoice {
  readonly page: CodePage;
  readonly rule: CodePageRule;
}

/**
 * Names of charsets in mail headers, lower case, and the code page Windows keeps such text in. The Unicode ones are not
 * here: 8-bit strings of mail that came in as UTF-8 are in the page of the system that stored it.
 */
const CHARSETS: ReadonlyMap<string, number> = new Map([
  ["us-ascii", 1252],
  ["shift_jis", 932],
  ["sjis", 932],
  ["gb2312", 936],
  ["gbk", 936],
  ["gb18030", 54936],
  ["big5", 950],
  ["ks_c_5601-1987", 949],
  ["euc-kr", 949],
  ["euc-jp", 51932],
  ["iso-2022-jp", 932],
  ["koi8-r", 20866],
  ["koi8-u", 21866],
  ["iso-8859-1", 1252],
  ["iso-8859-2", 28592],
  ["iso-8859-3", 28593],
  ["iso-8859-4", 28594],
  ["iso-8859-5", 28595],
  ["iso-8859-6", 28596],
  ["iso-8859-7", 28597],
  ["iso-8859-8", 28598],
  ["iso-8859-8-i", 38598],
  ["iso-8859-9", 28599],
  ["iso-8859-13", 28603],
  ["iso-8859-15", 28605],
  ["windows-874", 874],
  ["tis-620", 874],
]);

/** The code page of a charset's name, or undefined. */
export function codePageOfCharset(name: string): number | undefined {
  const lower = name.trim().toLowerCase();
  const windows = /^(?:windows-|cp)(\d{3,5})$/.exec(lower)?.[1];
  return CHARSETS.get(lower) ?? (windows === undefined ? undefined : Number(windows));
}

/** The page everything falls back to. */
export const DEFAULT_CODE_PAGE: CodePage = (() => {
  const page = codePage(1252);
  if (!page) throw new MapiError("MAPI_E_CALL_FAILED", "Code page 1252 is missing.");
  return page;
})();

/** UTF-16 cannot be the page of 8-bit strings. */
function usable(id: number | undefined): CodePage | undefined {
  return id === undefined || id === 1200 || id === 1201 ? undefined : codePage(id);
}

function charsetOfHeaders(records: readonly PropertyRecord[]): CodePage | undefined {
  const record = findRecord(records, PR_TRANSPORT_MESSAGE_HEADERS);
  if (!record?.stored) return undefined;
  if (!isStringType(propType(record.tag))) return undefined;
  const value = decodeValue(propType(record.tag), record.stored, DEFAULT_CODE_PAGE);
  if (typeof value !== "string") return undefined;
  const name = /^content-type:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*?charset\s*=\s*"?([\w.:-]+)/im.exec(value)?.[1];
  return name === undefined ? undefined : usable(codePageOfCharset(name));
}

/** The code page of a message's 8-bit strings. `parent`: of the message it is embedded in. */
export function chooseCodePage(
  records: readonly PropertyRecord[],
  override: CodePage | undefined,
  parent: CodePage | undefined,
): CodePageChoice {
  if (override) return { page: override, rule: "override" };
  const own = usable(longOf(records, PR_MESSAGE_CODEPAGE));
  if (own) return { page: own, rule: "messageCodePage" };
  const lcid = longOf(records, PR_MESSAGE_LOCALE_ID);
  const locale = lcid === undefined ? undefined : usable(ansiCodePageOfLcid(lcid));
  if (locale) return { page: locale, rule: "locale" };
  const headers = charsetOfHeaders(records);
  if (headers) return { page: headers, rule: "headers" };
  return parent ? { page: parent, rule: "parent" } : { page: DEFAULT_CODE_PAGE, rule: "default" };
}
