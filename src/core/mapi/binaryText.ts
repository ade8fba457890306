/** Bytes as people write them: pairs of hexadecimal digits. */
import { invalid, valid } from "./valueTextError";
import type { ValueResult } from "./valueTextError";

const PAIRS: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).toUpperCase().padStart(2, "0"),
);
/** MFCMAPI's form: "cb: 3 lpb: 01A2FF". */
const COUNTED = /^\s*cb:\s*(\d{1,10})\s+lpb:\s*/i;

/** "01 A2 FF"; "" of no bytes. `limit` bounds the bytes that are written. */
export function formatBinary(bytes: Uint8Array, limit = bytes.length): string {
  return Array.from(bytes.subarray(0, limit), (byte) => PAIRS[byte] ?? "").join(" ");
}

/** The value of a hexadecimal digit's character code, or -1. */
function digitValue(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

function isBlank(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0xa0 || code === 0xfeff;
}

/** Whether "0x" stands at a place. */
function isPrefix(text: string, at: number): boolean {
  return text.charCodeAt(at) === 0x30 && (text.charCodeAt(at + 1) | 0x20) === 0x78;
}

/** The bytes from `start` on; positions in errors count from 1, in the whole text. */
function parsePairs(text: string, start: number): ValueResult<Uint8Array> {
  const bytes = new Uint8Array((text.length - start + 1) >> 1);
  let count = 0;
  let high = -1;
  let highAt = 0;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isBlank(code)) continue;
    // A comma or a prefix ends the byte before it: half a byte there is a mistake, not half of the next.
    const separates = code === 0x2c || isPrefix(text, at);
    if (separates && high >= 0) return invalid("halfByte", highAt + 1);
    if (separates) {
      if (code !== 0x2c) at++;
      continue;
    }
    const digit = digitValue(code);
    if (digit < 0) return invalid("notHex", at + 1, String.fromCodePoint(text.codePointAt(at) ?? code));
    if (high >= 0) bytes[count++] = high * 16 + digit;
    else highAt = at;
    high = high >= 0 ? -1 : digit;
  }
  return high >= 0 ? invalid("halfByte", highAt + 1) : valid(bytes.slice(0, count));
}

/**
 * Bytes out of hexadecimal digits: with any spaces, line breaks and commas, with "0x" before single bytes or the
 * whole, or in MFCMAPI's form with the count, which has to agree.
 */
export function parseBinary(text: string): ValueResult<Uint8Array> {
  const counted = COUNTED.exec(text);
  const result = parsePairs(text, counted?.[0].length ?? 0);
  if (counted === null || !result.ok) return result;
  const count = Number(counted[1]);
  return count === result.value.length ? result : invalid("countDiffers", count, result.value.length);
}
