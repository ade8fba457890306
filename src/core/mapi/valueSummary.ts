/** Values in one line, for the cells of a grid. */
import { formatBinary } from "./binaryText";
import { elementType, isMultiValued } from "./propertyTypes";
import { formatValue } from "./valueText";

const ELLIPSIS = "…";
const SEPARATOR = "; ";

/** How a number of bytes reads; the extension passes its translation. */
export type ByteCountText = (count: number) => string;

const englishByteCount: ByteCountText = (count) => (count === 1 ? "1 byte" : `${count} bytes`);

/** Whether a position would cut a surrogate pair. */
function splitsPair(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  const after = text.charCodeAt(at);
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
}

/** At most `maxLength` UTF-16 units, the last of them "…" where something was cut; never half a character. */
function cut(text: string, maxLength: number, more = false): string {
  if (text.length <= maxLength && !more) return text;
  const end = Math.max(Math.min(text.length, maxLength - 1), 0);
  return maxLength < 1 ? "" : text.slice(0, splitsPair(text, end) ? end - 1 : end) + ELLIPSIS;
}

/** Text on one line: a line break, or any other control character, shows as a blank. */
function oneLine(text: string): string {
  return text.replace(/\r\n|[\p{Cc}\u2028\u2029]/gu, " ");
}

/** A text, of which no more is looked at than is shown. */
function summarizeText(text: string, maxLength: number): string {
  const head = text.slice(0, 2 * maxLength + 2);
  return cut(oneLine(head), maxLength, head.length < text.length);
}

function summarizeBytes(bytes: Uint8Array, maxLength: number, byteCount: ByteCountText): string {
  const count = byteCount(bytes.length);
  if (bytes.length === 0) return cut(count, maxLength);
  const shown = Math.max(Math.ceil((maxLength - count.length) / 3), 0);
  return cut(`${count}  ${formatBinary(bytes, shown)}`, maxLength, shown < bytes.length);
}

function summarizeSingle(type: number, value: unknown, maxLength: number, byteCount: ByteCountText): string {
  if (value instanceof Uint8Array) return summarizeBytes(value, maxLength, byteCount);
  return summarizeText(typeof value === "string" ? value : formatValue(type, value), maxLength);
}

/**
 * A value in one line of at most `maxLength` UTF-16 units: text with blanks for control characters, bytes as
 * "22 bytes  01 DC A8 …", several values joined by "; ". What does not fit is cut at a character and ends in "…".
 */
export function summarizeValue(
  type: number,
  value: unknown,
  maxLength: number,
  byteCount: ByteCountText = englishByteCount,
): string {
  if (!isMultiValued(type) || !Array.isArray(value))
    return summarizeSingle(type, value, maxLength, byteCount);
  const values: readonly unknown[] = value;
  let text = "";
  for (const [at, one] of values.entries()) {
    text += (at === 0 ? "" : SEPARATOR) + summarizeSingle(elementType(type), one, maxLength, byteCount);
    if (text.length > maxLength) break;
  }
  return cut(text, maxLength);
}
