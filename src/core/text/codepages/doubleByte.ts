/** Pages in which a character takes one or two bytes, the first of which tells. */
import type { CodePage } from "../types";
import {
  asciiLength,
  byteAt,
  ByteSink,
  decodeLatin1,
  forEachCodePoint,
  REPLACEMENT,
  TextBuilder,
} from "./buffers";

/** One double-byte page, both ways. */
export interface DoubleByteTable {
  /** The code unit of each code: a byte, or lead * 256 + trail; 0 where there is none. 65,536 entries. */
  readonly units: Uint16Array;
  /** The code of each code unit; 0 where there is none. 65,536 entries. */
  readonly codes: Uint16Array;
  /** 1 for each byte that begins a two-byte character. 256 entries. */
  readonly leads: Uint8Array;
}

/** The first and last byte or code of a block. */
export type CodeRange = readonly [first: number, last: number];

const isIn = (ranges: readonly CodeRange[], value: number): boolean =>
  ranges.some(([first, last]) => value >= first && value <= last);

/** Which of several codes of one character is written; without a rule it is the lowest. */
interface WrittenCodes {
  /** Codes that are read and never written. */
  readonly except?: readonly CodeRange[];
  /** Codes that are written although a lower one has the same character. */
  readonly rather?: readonly number[];
}

/** Completes a page whose code units and lead bytes are given with the way back. */
export function doubleByteTable(
  units: Uint16Array,
  leadBytes: readonly CodeRange[],
  { except = [], rather = [] }: WrittenCodes = {},
): DoubleByteTable {
  const codes = new Uint16Array(0x10000);
  units.forEach((unit, code) => {
    if (unit !== 0 && codes[unit] === 0 && !isIn(except, code)) codes[unit] = code;
  });
  for (const code of rather) codes[units[code] ?? 0] = code;
  return {
    units,
    codes,
    leads: Uint8Array.from({ length: 0x100 }, (_, byte) => Number(isIn(leadBytes, byte))),
  };
}

/** Makes a function compute its value once, when it is first asked for it. */
export function lazy<T extends object>(load: () => T): () => T {
  let value: T | undefined;
  return () => (value ??= load());
}

/** What a decoder does with the bytes that begin no character of the table; see decodeDoubleByte. */
type DecodeOther = (bytes: Uint8Array, index: number, text: TextBuilder) => number;

/**
 * Decodes bytes by a table. Two bytes that are no character become one U+FFFD; but a second byte below 0x80 is
 * then read again as a character of its own, so that damage does not swallow markup or line ends. `other` may
 * take bytes that the table does not know; it returns how many it took.
 */
export function decodeDoubleByte(table: DoubleByteTable, bytes: Uint8Array, other?: DecodeOther): string {
  const { units, leads } = table;
  const ascii = asciiLength(bytes);
  const text = new TextBuilder();
  text.ascii(bytes.subarray(0, ascii));
  for (let index = ascii; index < bytes.length;) {
    const byte = byteAt(bytes, index);
    const pair = leads[byte] === 1 && index + 1 < bytes.length;
    const unit = units[pair ? (byte << 8) | byteAt(bytes, index + 1) : byte] ?? 0;
    if (unit !== 0 || byte === 0) {
      text.unit(unit);
      index += pair ? 2 : 1;
      continue;
    }
    const taken = other?.(bytes, index, text) ?? 0;
    index += taken;
    if (taken > 0) continue;
    text.unit(REPLACEMENT);
    index += pair && byteAt(bytes, index + 1) >= 0x80 ? 2 : 1;
  }
  return text.toString();
}

/**
 * A page of one or two bytes that contains ASCII. `load` is called on first use. Where `maySend` is given, only
 * the two-byte codes it accepts are written: the way the pages that are subsets of a larger one are told apart.
 */
export function doubleByteCodePage(
  id: number,
  load: () => DoubleByteTable,
  maySend: (code: number) => boolean = () => true,
): CodePage {
  return {
    id,
    decode: (bytes) =>
      asciiLength(bytes) === bytes.length ? decodeLatin1(bytes) : decodeDoubleByte(load(), bytes),
    encode(text) {
      const sink = new ByteSink(text.length * 2);
      forEachCodePoint(text, (codePoint) => {
        const code = codePoint < 0x80 ? codePoint : codePoint < 0x10000 ? (load().codes[codePoint] ?? 0) : 0;
        if (codePoint >= 0x80 && (code === 0 || !maySend(code))) sink.miss(codePoint);
        else sink.code(code);
      });
      return sink.result();
    },
  };
}
