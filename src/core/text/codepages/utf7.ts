/** 65000, UTF-7 (RFC 2152). */
import type { CodePage } from "../types";
import { byteAt, ByteSink, TextBuilder } from "./buffers";

const PLUS = 0x2b;
const MINUS = 0x2d;
const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Set D of RFC 2152 and the white space that stands for itself; what Windows writes, too. */
const DIRECT = new Set(
  Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'(),-./:? \t\r\n", (character) =>
    character.charCodeAt(0),
  ),
);

const base64Value = (byte: number): number => (byte < 0x80 ? BASE64.indexOf(String.fromCharCode(byte)) : -1);

/**
 * Decodes. Every byte outside base64 stands for the code point of its value, also those that RFC 2152 calls
 * optional, "~" and "\", and bytes above 0x7F, as Windows has it; so does a "+" that begins nothing. Bits left
 * over at the end of a base64 part are dropped; a "-" after it is swallowed.
 */
function decode(bytes: Uint8Array): string {
  const text = new TextBuilder();
  for (let index = 0; index < bytes.length; index++) {
    const byte = byteAt(bytes, index);
    if (byte !== PLUS) {
      text.unit(byte);
      continue;
    }
    if (bytes[index + 1] === MINUS) {
      text.unit(PLUS);
      index++;
      continue;
    }
    if (base64Value(byteAt(bytes, index + 1)) < 0) {
      text.unit(PLUS);
      continue;
    }
    let bits = 0;
    let count = 0;
    while (index + 1 < bytes.length) {
      const value = base64Value(byteAt(bytes, index + 1));
      if (value < 0) break;
      index++;
      bits = ((bits << 6) | value) & 0x3fffff;
      count += 6;
      if (count < 16) continue;
      count -= 16;
      text.unit((bits >> count) & 0xffff);
    }
    if (bytes[index + 1] === MINUS) index++;
  }
  return text.toString();
}

/** Encodes; every UTF-16 code unit has its bytes, so nothing is ever missing. */
function encode(text: string): { bytes: Uint8Array; missing: string[] } {
  const sink = new ByteSink(text.length);
  const digit = (value: number): void => sink.byte(BASE64.charCodeAt(value & 0x3f));
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (DIRECT.has(unit)) {
      sink.byte(unit);
      continue;
    }
    sink.byte(PLUS);
    if (unit === PLUS) {
      sink.byte(MINUS);
      continue;
    }
    let bits = 0;
    let count = 0;
    let end = index;
    for (; end < text.length && !DIRECT.has(text.charCodeAt(end)); end++) {
      bits = ((bits << 16) | text.charCodeAt(end)) & 0x3fffff;
      for (count += 16; count >= 6; count -= 6) digit(bits >> (count - 6));
    }
    if (count > 0) digit(bits << (6 - count));
    sink.byte(MINUS);
    index = end - 1;
  }
  return sink.result();
}

/** 65000, UTF-7. */
export const utf7CodePage: CodePage = { id: 65000, decode, encode };
