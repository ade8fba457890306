/** The pages that are encodings of Unicode itself: 1200, 1201 and 65001. UTF-7 has its own module. */
import type { CodePage } from "../types";
import {
  asciiLength,
  byteAt,
  ByteSink,
  decodeLatin1,
  forEachCodePoint,
  isSurrogate,
  REPLACEMENT,
  stringOfUnits,
  TextBuilder,
} from "./buffers";

/** Decodes UTF-16, little-endian: two bytes a code unit. Lone surrogates are kept, an odd last byte is ignored. */
export function decodeUtf16le(bytes: Uint8Array): string {
  return decodeUtf16(bytes, 0);
}

/** Encodes UTF-16, little-endian; lone surrogates are kept, so that every string has its bytes. */
export function encodeUtf16le(text: string): Uint8Array {
  return encodeUtf16(text, 0);
}

/** Whether the engine keeps 16-bit numbers low byte first: then UTF-16LE can be looked at as it is. */
const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** `low` is the place of the low byte in each pair: 0 for little-endian, 1 for big-endian. */
function decodeUtf16(bytes: Uint8Array, low: 0 | 1): string {
  if (IS_LITTLE_ENDIAN && low === 0) {
    const even = bytes.byteOffset % 2 === 0 ? bytes : new Uint8Array(bytes);
    return stringOfUnits(new Uint16Array(even.buffer, even.byteOffset, even.length >> 1));
  }
  const text = new TextBuilder();
  for (let index = 0; index + 1 < bytes.length; index += 2) {
    text.unit(byteAt(bytes, index + low) | (byteAt(bytes, index + 1 - low) << 8));
  }
  return text.toString();
}

function encodeUtf16(text: string, low: 0 | 1): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    bytes[index * 2 + low] = unit & 0xff;
    bytes[index * 2 + 1 - low] = unit >> 8;
  }
  return bytes;
}

/**
 * What a UTF-8 lead byte calls for: the number of bytes that follow, and the bounds of the first of them, which
 * rule out overlong forms, surrogates and what is past U+10FFFF (Unicode 3.9, table 3-7).
 */
function utf8Lead(byte: number): { follow: number; from: number; to: number } | undefined {
  if (byte >= 0xc2 && byte <= 0xdf) return { follow: 1, from: 0x80, to: 0xbf };
  if (byte >= 0xe0 && byte <= 0xef) {
    return { follow: 2, from: byte === 0xe0 ? 0xa0 : 0x80, to: byte === 0xed ? 0x9f : 0xbf };
  }
  if (byte >= 0xf0 && byte <= 0xf4) {
    return { follow: 3, from: byte === 0xf0 ? 0x90 : 0x80, to: byte === 0xf4 ? 0x8f : 0xbf };
  }
  return undefined;
}

/**
 * Decodes UTF-8. Each longest run of bytes that begins a character and does not end it becomes one U+FFFD, as
 * the Encoding Standard has it; a byte order mark stays, as U+FEFF, so that nothing is lost.
 */
export function decodeUtf8(bytes: Uint8Array): string {
  const ascii = asciiLength(bytes);
  if (ascii === bytes.length) return decodeLatin1(bytes);
  const text = new TextBuilder();
  text.ascii(bytes.subarray(0, ascii));
  for (let index = ascii; index < bytes.length;) {
    const byte = byteAt(bytes, index++);
    if (byte < 0x80) {
      text.unit(byte);
      continue;
    }
    const lead = utf8Lead(byte);
    if (lead === undefined) {
      text.unit(REPLACEMENT);
      continue;
    }
    let codePoint = byte & (0x3f >> lead.follow);
    let { follow, from, to } = lead;
    while (follow > 0) {
      const next = byteAt(bytes, index);
      if (next < from || next > to) break;
      codePoint = (codePoint << 6) | (next & 0x3f);
      index++;
      follow--;
      from = 0x80;
      to = 0xbf;
    }
    text.codePoint(follow === 0 ? codePoint : REPLACEMENT);
  }
  return text.toString();
}

function encodeUtf8To(sink: ByteSink, codePoint: number): void {
  if (isSurrogate(codePoint)) {
    sink.miss(codePoint);
    return;
  }
  if (codePoint < 0x80) {
    sink.byte(codePoint);
    return;
  }
  const follow = codePoint < 0x800 ? 1 : codePoint < 0x10000 ? 2 : 3;
  sink.byte(((0xff00 >> (follow + 1)) & 0xff) | (codePoint >> (6 * follow)));
  for (let rest = follow - 1; rest >= 0; rest--) sink.byte(0x80 | ((codePoint >> (6 * rest)) & 0x3f));
}

/** Encodes UTF-8; lone surrogates, which have no bytes in it, are reported as missing. */
export function encodeUtf8(text: string): { bytes: Uint8Array; missing: string[] } {
  const sink = new ByteSink(text.length);
  forEachCodePoint(text, (codePoint) => encodeUtf8To(sink, codePoint));
  return sink.result();
}

/** 1200, UTF-16 little-endian. */
export const utf16leCodePage: CodePage = {
  id: 1200,
  decode: decodeUtf16le,
  encode: (text) => ({ bytes: encodeUtf16le(text), missing: [] }),
};

/** 1201, UTF-16 big-endian. */
export const utf16beCodePage: CodePage = {
  id: 1201,
  decode: (bytes) => decodeUtf16(bytes, 1),
  encode: (text) => ({ bytes: encodeUtf16(text, 1), missing: [] }),
};

/** 65001, UTF-8. */
export const utf8CodePage: CodePage = { id: 65001, decode: decodeUtf8, encode: encodeUtf8 };
