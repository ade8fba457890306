/** Bytes as text: pairs of hex digits, and the classic dump. Pure. */

const hex = (value: number, digits: number): string => value.toString(16).toUpperCase().padStart(digits, "0");

/** One row of a dump. */
export interface DumpRow {
  readonly offset: string;
  readonly bytes: string;
  readonly ascii: string;
}

/** Digits of the offsets in a dump of so many bytes: always the same in one dump. */
export const offsetDigits = (length: number): number => (length <= 0x10000 ? 4 : length <= 0x1000000 ? 6 : 8);

/** The row of a dump that begins at `index * perRow`. */
export function dumpRow(bytes: Uint8Array, index: number, perRow: number): DumpRow {
  const start = index * perRow;
  const part = [...bytes.subarray(start, start + perRow)];
  const pairs = part.map((byte) => hex(byte, 2));
  const halves = [pairs.slice(0, 8), pairs.slice(8)].map((half) => half.join(" "));
  return {
    offset: hex(start, offsetDigits(bytes.length)),
    bytes: halves
      .join("  ")
      .trimEnd()
      .padEnd(perRow * 3 - (perRow > 8 ? 0 : 1)),
    ascii: part.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".")).join(""),
  };
}

/** Number of rows of a dump. */
export const dumpRowCount = (bytes: Uint8Array, perRow: number): number => Math.ceil(bytes.length / perRow);

/** How many bytes fit into a row of so many characters: 16, or 8 where it is narrow. */
export function bytesPerRow(characters: number, length: number): number {
  const wide = offsetDigits(length) + 16 * 3 + 16 + 3;
  return characters === 0 || characters >= wide ? 16 : 8;
}

/** Reads pairs of hex digits with any blanks between; undefined when it is something else. */
export function parseHex(text: string): Uint8Array | undefined {
  const digits = text.replace(/\s+/g, "");
  if (digits.length % 2 !== 0 || /[^0-9a-f]/i.test(digits)) return undefined;
  return Uint8Array.from({ length: digits.length / 2 }, (_, index) =>
    Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16),
  );
}
