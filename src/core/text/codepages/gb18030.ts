/** 54936, GB 18030: one, two or four bytes, and a place for every character of Unicode. */
import packed from "../tables/gb18030.json";
import type { CodePage } from "../types";
import {
  byteAt,
  ByteSink,
  decodeLatin1,
  forEachCodePoint,
  isAscii,
  isSurrogate,
  type TextBuilder,
} from "./buffers";
import { decodeDoubleByte, doubleByteTable, lazy, type DoubleByteTable } from "./doubleByte";
import { ALL_LEADS, units936 } from "./eastAsian";
import { unpack } from "./unpack";

/** Four-byte codes are counted from 81308130: ten, 126 and ten values of the last three bytes. */
const PER_FIRST = 12600;
const PER_SECOND = 1260;
const PER_THIRD = 10;
/** Linear number of U+10000 (90308130), and how many four-byte codes the basic plane has at most. */
const ASTRAL = 189000;
const BASIC_END = 39420;
/** 8135F437: since 2005 the two-byte A8BC has its character U+1E3F, and it has the private U+E7C7 of A8BC. */
const SWAPPED_LINEAR = 7457;
const SWAPPED_UNIT = 0xe7c7;

interface Gb18030 {
  readonly table: DoubleByteTable;
  /** Linear number and code unit at which each run of four-byte codes of the basic plane begins; both ascend. */
  readonly linears: Uint16Array;
  readonly firsts: Uint16Array;
}

/** The two-byte part is 936 but for the cells that became characters of Unicode after Microsoft's table. */
const load = lazy((): Gb18030 => {
  const units = units936();
  const additions = unpack(packed.units);
  unpack(packed.codes).forEach((code, index) => (units[code] = additions[index] ?? 0));
  units[0x80] = 0x20ac;
  return {
    table: doubleByteTable(units, ALL_LEADS, { except: [[0x80, 0x80]] }),
    linears: unpack(packed.linears),
    firsts: unpack(packed.firsts),
  };
});

/** The index of the last entry that is not above a value, in a list that ascends from 0 or more; -1 for none. */
function lastNotAbove(list: Uint16Array, value: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The code point of a four-byte code by its linear number; undefined where there is none. */
function codePointOf({ linears, firsts }: Gb18030, linear: number): number | undefined {
  if (linear >= ASTRAL) return linear - ASTRAL < 0x100000 ? 0x10000 + linear - ASTRAL : undefined;
  if (linear >= BASIC_END) return undefined;
  if (linear === SWAPPED_LINEAR) return SWAPPED_UNIT;
  const run = lastNotAbove(linears, linear);
  return run < 0 ? undefined : (firsts[run] ?? 0) + linear - (linears[run] ?? 0);
}

/** The linear number of a code point that has no shorter code; undefined where there is none. */
function linearOf({ linears, firsts }: Gb18030, codePoint: number): number | undefined {
  if (codePoint >= 0x10000) return ASTRAL + codePoint - 0x10000;
  if (codePoint === SWAPPED_UNIT) return SWAPPED_LINEAR;
  const run = lastNotAbove(firsts, codePoint);
  if (run < 0) return undefined;
  const linear = (linears[run] ?? 0) + codePoint - (firsts[run] ?? 0);
  return linear < (linears[run + 1] ?? BASIC_END) ? linear : undefined;
}

const within = (byte: number, first: number, last: number): boolean => byte >= first && byte <= last;

/** Takes the four-byte code at an index, if there is one; the number of bytes taken. */
function decodeFourBytes(bytes: Uint8Array, index: number, text: TextBuilder): number {
  const first = byteAt(bytes, index);
  const second = byteAt(bytes, index + 1);
  const third = byteAt(bytes, index + 2);
  const fourth = byteAt(bytes, index + 3);
  const isCode =
    within(first, 0x81, 0xfe) &&
    within(second, 0x30, 0x39) &&
    within(third, 0x81, 0xfe) &&
    within(fourth, 0x30, 0x39);
  if (!isCode) return 0;
  const linear =
    (first - 0x81) * PER_FIRST + (second - 0x30) * PER_SECOND + (third - 0x81) * PER_THIRD + fourth - 0x30;
  const codePoint = codePointOf(load(), linear);
  if (codePoint === undefined) return 0;
  text.codePoint(codePoint);
  return 4;
}

function encodeTo(sink: ByteSink, codePoint: number): void {
  if (codePoint < 0x80) {
    sink.byte(codePoint);
    return;
  }
  const gb = load();
  const code = codePoint < 0x10000 ? (gb.table.codes[codePoint] ?? 0) : 0;
  if (code !== 0) {
    sink.code(code);
    return;
  }
  const linear = isSurrogate(codePoint) ? undefined : linearOf(gb, codePoint);
  if (linear === undefined) {
    sink.miss(codePoint);
    return;
  }
  sink.byte(0x81 + Math.floor(linear / PER_FIRST));
  sink.byte(0x30 + (Math.floor(linear / PER_SECOND) % 10));
  sink.byte(0x81 + (Math.floor(linear / PER_THIRD) % 126));
  sink.byte(0x30 + (linear % 10));
}

/** 54936: every character but lone surrogates has its bytes. The byte 0x80, undefined, is read as the euro sign. */
export const gb18030CodePage: CodePage = {
  id: 54936,
  decode: (bytes) =>
    isAscii(bytes) ? decodeLatin1(bytes) : decodeDoubleByte(load().table, bytes, decodeFourBytes),
  encode(text) {
    const sink = new ByteSink(text.length * 2);
    forEachCodePoint(text, (codePoint) => encodeTo(sink, codePoint));
    return sink.result();
  },
};
