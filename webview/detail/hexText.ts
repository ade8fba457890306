/** Bytes as text: pairs of hex digits, and the classic dump of 16 bytes a row. Pure. */

/** Bytes in one row of the dump. */
export const BYTES_PER_ROW = 16;

const hex = (value: number, digits: number): string => value.toString(16).toUpperCase().padStart(digits, "0");

/** One row of a dump. */
export interface DumpRow {
  readonly offset: string;
  readonly bytes: string;
  readonly ascii: string;
}

/** The row of a dump that begins at `index * 16`. */
export function dumpRow(bytes: Uint8Array, index: number): DumpRow {
  const start = index * BYTES_PER_ROW;
  const part = [...bytes.subarray(start, start + BYTES_PER_ROW)];
  const pairs = part.map((byte) => hex(byte, 2));
  return {
    offset: hex(start, 8),
    bytes: `${pairs.slice(0, 8).join(" ")}  ${pairs.slice(8).join(" ")}`.padEnd(BYTES_PER_ROW * 3),
    ascii: part.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".")).join(""),
  };
}

/** Number of rows of a dump. */
export const dumpRowCount = (bytes: Uint8Array): number => Math.ceil(bytes.length / BYTES_PER_ROW);

/** Reads pairs of hex digits with any blanks between; undefined when it is something else. */
export function parseHex(text: string): Uint8Array | undefined {
  const digits = text.replace(/\s+/g, "");
  if (digits.length % 2 !== 0 || /[^0-9a-f]/i.test(digits)) return undefined;
  return Uint8Array.from({ length: digits.length / 2 }, (_, index) =>
    Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16),
  );
}
