/** Bytes as Base64 ([RFC 4648] 4), for JSON. */
import { finish, type Steps } from "../steps";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const CODES = Uint8Array.from(ALPHABET, (char) => char.charCodeAt(0));
const PAD = "=".charCodeAt(0);
/** Values of characters by code, 255 for those that are not in the alphabet. */
const VALUES = (() => {
  const values = new Uint8Array(128).fill(255);
  CODES.forEach((code, value) => (values[code] = value));
  return values;
})();
/** Character codes made into a string at once: few enough for a call's arguments. */
const CHUNK = 0x2000;

/** Bytes of input that give one chunk of text without padding. */
const CHUNK_BYTES = (CHUNK / 4) * 3;

function encodeChunk(bytes: Uint8Array, start: number, end: number): string {
  const codes = new Uint8Array(Math.ceil((end - start) / 3) * 4);
  let out = 0;
  for (let at = start; at < end; at += 3) {
    const left = end - at;
    const bits = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    codes[out++] = CODES[bits >>> 18] ?? PAD;
    codes[out++] = CODES[(bits >>> 12) & 63] ?? PAD;
    codes[out++] = left > 1 ? (CODES[(bits >>> 6) & 63] ?? PAD) : PAD;
    codes[out++] = left > 2 ? (CODES[bits & 63] ?? PAD) : PAD;
  }
  return String.fromCharCode(...codes);
}

/** As `encodeBase64`, in steps. */
export function* base64Steps(bytes: Uint8Array): Steps<string> {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    if (at > 0) yield;
    parts.push(encodeChunk(bytes, at, Math.min(at + CHUNK_BYTES, bytes.length)));
  }
  return parts.join("");
}

/** The Base64 of bytes, padded, without line breaks. */
export const encodeBase64 = (bytes: Uint8Array): string => finish(base64Steps(bytes));

/** As `decodeBase64`, in steps. */
export function* fromBase64Steps(text: string): Steps<Uint8Array | undefined> {
  if (text.length % 4 !== 0) return undefined;
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const digits = text.length - padding;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let bits = 0;
  let out = 0;
  for (let at = 0; at < digits; at++) {
    const value = VALUES[text.charCodeAt(at)] ?? 255;
    if (value === 255) return undefined;
    bits = (bits << 6) | value;
    if (at % 4 === 0) continue;
    bytes[out++] = (bits >>> (6 - 2 * (at % 4))) & 0xff;
    if (at % CHUNK === CHUNK - 1) yield;
  }
  return bytes;
}

/** The bytes of padded Base64 without blanks; undefined when it is none. */
export const decodeBase64 = (text: string): Uint8Array | undefined => finish(fromBase64Steps(text));
