/** Rows of a dump that is only looked at, as text. Pure. */
import { characterOf, offsetText, pairOf } from "../detail/hex/hexText";

/** One row of a dump. */
export interface DumpRow {
  readonly offset: string;
  readonly bytes: string;
  readonly ascii: string;
}

/** A row of a dump of `length` bytes, given the bytes it shows and the offset of the first of them. */
export function dumpRow(row: Uint8Array, start: number, perRow: number, length: number): DumpRow {
  const pairs = Array.from(row, pairOf);
  const halves = [pairs.slice(0, 8).join(" "), pairs.slice(8).join(" ")];
  return {
    offset: offsetText(start, length),
    bytes: halves
      .join("  ")
      .trimEnd()
      .padEnd(perRow * 3 - (perRow > 8 ? 0 : 1)),
    ascii: Array.from(row, characterOf).join(""),
  };
}
