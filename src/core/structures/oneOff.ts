/**
 * One-off entry ids: the entry id of somebody who is in no address book ([MS-OXCDATA] 2.2.5.1).
 *
 * | offset | bytes | |
 * | --- | --- | --- |
 * | 0 | 4 | flags, 0 |
 * | 4 | 16 | provider UID of one-offs |
 * | 20 | 2 | version, 0 |
 * | 22 | 2 | ONE_OFF_* bits |
 * | 24 | | display name, address type, address, each with its NUL: UTF-16LE with ONE_OFF_UNICODE, else in a code page |
 */
import { MapiError } from "../mapi/errors";
import { PT_STRING8, PT_UNICODE } from "../mapi/propertyTypes";
import { encodeValue, storedSize } from "../mapi/values";
import { codePage, decodeUtf16le } from "../text/codePages";
import type { CodePage } from "../text/types";

/** The recipient gets no TNEF. */
export const ONE_OFF_NO_RICH_INFO = 0x0001;
/** Do not look the address up in the address book. */
export const ONE_OFF_DONT_LOOKUP = 0x1000;
/** The three strings are UTF-16LE. */
export const ONE_OFF_UNICODE = 0x8000;

/** What a one-off entry id says. */
export interface OneOff {
  readonly displayName: string;
  /** "SMTP", "FAX" … */
  readonly addressType: string;
  readonly address: string;
  /** ONE_OFF_* bits and the encoding preferences of [MS-OXCDATA] 2.2.5.1, 16 bits. */
  readonly flags: number;
}

/** A one-off entry id that was read. */
export interface DecodedOneOff extends OneOff {
  /** 0 in every known file. */
  readonly version: number;
  /** Bytes behind the address that no field explains. */
  readonly surplus: Uint8Array;
}

const PROVIDER_UID: readonly number[] = [
  0x81, 0x2b, 0x1f, 0xa4, 0xbe, 0xa3, 0x10, 0x19, 0x9d, 0x6e, 0x00, 0xdd, 0x01, 0x0f, 0x54, 0x02,
];
const UID_OFFSET = 4;
const VERSION_OFFSET = 20;
const FLAGS_OFFSET = 22;
const STRINGS_OFFSET = 24;

/** The page of 8-bit strings where the caller names none. */
const DEFAULT_PAGE = 1252;

function pageOf(id: number): CodePage {
  const page = codePage(id);
  if (!page) throw new MapiError("MAPI_E_INVALID_PARAMETER", `Code page ${id} is not supported.`);
  return page;
}

function encodeText(type: number, text: string, page: CodePage): Uint8Array {
  if (text.includes("\0")) {
    throw new MapiError("MAPI_E_INVALID_PARAMETER", "Names and addresses cannot hold a NUL character.");
  }
  const stored = encodeValue(type, text, page);
  const terminated = new Uint8Array(storedSize(stored) + (type === PT_UNICODE ? 2 : 1));
  if (stored.place === "stream") terminated.set(stored.data.bytes);
  return terminated;
}

/**
 * Writes a one-off entry id.
 * @param oneOff its flags decide on the width of the strings
 * @param codePageId the page of strings that are not Unicode
 * @throws MapiError MAPI_E_BAD_CHARWIDTH for a name or address that the code page cannot hold, MAPI_E_INVALID_PARAMETER
 * for an unknown code page or a text with a NUL.
 */
export function encodeOneOff(oneOff: OneOff, codePageId = DEFAULT_PAGE): Uint8Array {
  const type = (oneOff.flags & ONE_OFF_UNICODE) !== 0 ? PT_UNICODE : PT_STRING8;
  const page = pageOf(codePageId);
  const texts = [oneOff.displayName, oneOff.addressType, oneOff.address].map((text) =>
    encodeText(type, text, page),
  );
  const bytes = new Uint8Array(texts.reduce((sum, text) => sum + text.length, STRINGS_OFFSET));
  bytes.set(PROVIDER_UID, UID_OFFSET);
  new DataView(bytes.buffer).setUint16(FLAGS_OFFSET, oneOff.flags, true);
  let at = STRINGS_OFFSET;
  for (const text of texts) {
    bytes.set(text, at);
    at += text.length;
  }
  return bytes;
}

/** Whether bytes are an entry id of the one-off provider; its strings may still be damaged. */
export function isOneOff(bytes: Uint8Array): boolean {
  return bytes.length >= STRINGS_OFFSET && PROVIDER_UID.every((byte, i) => bytes[UID_OFFSET + i] === byte);
}

/** The offset of the NUL that ends a string, `width` bytes wide; -1 when there is none. */
function endOfText(bytes: Uint8Array, start: number, width: number): number {
  for (let at = start; at + width <= bytes.length; at += width) {
    if (bytes[at] === 0 && (width === 1 || bytes[at + 1] === 0)) return at;
  }
  return -1;
}

/**
 * Reads a one-off entry id.
 * @param codePageId the page of strings that are not Unicode
 * @throws MapiError MAPI_E_INVALID_ENTRYID when the bytes are not one, or end before their third string does.
 */
export function decodeOneOff(bytes: Uint8Array, codePageId = DEFAULT_PAGE): DecodedOneOff {
  if (!isOneOff(bytes)) throw new MapiError("MAPI_E_INVALID_ENTRYID", "This is not a one-off entry id.");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const flags = view.getUint16(FLAGS_OFFSET, true);
  const unicode = (flags & ONE_OFF_UNICODE) !== 0;
  const page = pageOf(codePageId);
  let at = STRINGS_OFFSET;
  const take = (what: string): string => {
    const end = endOfText(bytes, at, unicode ? 2 : 1);
    if (end < 0) {
      throw new MapiError("MAPI_E_INVALID_ENTRYID", `The one-off entry id ends within its ${what}.`);
    }
    const text = bytes.subarray(at, end);
    at = end + (unicode ? 2 : 1);
    return unicode ? decodeUtf16le(text) : page.decode(text);
  };
  const displayName = take("display name");
  const addressType = take("address type");
  const address = take("address");
  return {
    displayName,
    addressType,
    address,
    flags,
    version: view.getUint16(VERSION_OFFSET, true),
    surplus: bytes.subarray(at),
  };
}
