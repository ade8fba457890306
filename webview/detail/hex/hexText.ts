/** Bytes as text and back: pairs of digits, Base64, and the rows of the view. Pure. */
import type { ByteRange } from "./hexModel";

const PAIRS: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).toUpperCase().padStart(2, "0"),
);

/** A byte as two digits. */
export const pairOf = (byte: number): string => PAIRS[byte] ?? "";

/** A byte as the character it stands for, or a dot. */
export const characterOf = (byte: number): string =>
  byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".";

/** "01 A2 FF". */
export const hexOf = (bytes: Uint8Array): string => Array.from(bytes, pairOf).join(" ");

/** Digits of the offsets in a view of so many bytes: always the same in one view. */
export const offsetDigits = (length: number): number => (length <= 0x10000 ? 4 : length <= 0x1000000 ? 6 : 8);

/** An offset with as many digits as all of them have. */
export const offsetText = (offset: number, length: number): string =>
  offset.toString(16).toUpperCase().padStart(offsetDigits(length), "0");

/** How many bytes fit into a row of so many characters: 16, or 8 where it is narrow, or 4. */
export function bytesPerRow(characters: number, length: number): number {
  const wide = (count: number): number => offsetDigits(length) + count * 4 + 4;
  if (characters === 0 || characters >= wide(16)) return 16;
  return characters >= wide(8) ? 8 : 4;
}

/** Number of rows; with `end` there is a place behind the last byte. */
export const rowCount = (length: number, perRow: number, end: boolean): number =>
  Math.max(1, Math.ceil((length + (end ? 1 : 0)) / perRow));

/** Reads pairs of hex digits with any blanks between; undefined when it is something else. */
export function parseHex(text: string): Uint8Array | undefined {
  const digits = text.replace(/\b0x/gi, "").replace(/[\s,:-]+/g, "");
  if (digits.length % 2 !== 0 || /[^0-9a-f]/i.test(digits)) return undefined;
  return Uint8Array.from({ length: digits.length / 2 }, (_, index) =>
    Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16),
  );
}

/** Reads Base64, of either alphabet, with or without its end; undefined when it is something else. */
export function parseBase64(text: string): Uint8Array | undefined {
  const plain = text.replace(/\s+/g, "").replaceAll("-", "+").replaceAll("_", "/").replace(/=+$/, "");
  if (plain === "" || /[^A-Za-z0-9+/]/.test(plain) || plain.length % 4 === 1) return undefined;
  return Uint8Array.from(atob(plain), (character) => character.charCodeAt(0));
}

/** The bytes that pasted text stands for: hexadecimal, else Base64. */
export const parseBytes = (text: string): Uint8Array | undefined =>
  text.trim() === "" ? undefined : (parseHex(text) ?? parseBase64(text));

/** The part of a range that lies in a row, in columns; undefined when none does. */
export function columnsOf(range: ByteRange, row: number, perRow: number): ByteRange | undefined {
  const start = Math.max(range.start - row * perRow, 0);
  const end = Math.min(range.end - row * perRow, perRow);
  return start < end ? { start, end } : undefined;
}
