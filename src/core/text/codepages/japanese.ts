/** The Japanese pages other than 932, all made from its table: EUC-JP, and ISO-2022-JP in Microsoft's three ways. */
import type { CodePage } from "../types";
import {
  byteAt,
  ByteSink,
  decodeLatin1,
  forEachCodePoint,
  isAscii,
  REPLACEMENT,
  TextBuilder,
} from "./buffers";
import { lazy } from "./doubleByte";
import { table932 } from "./eastAsian";

const FIRST_KATAKANA = 0xff61;
const LAST_KATAKANA = 0xff9f;

const isKatakana = (codePoint: number): boolean => codePoint >= FIRST_KATAKANA && codePoint <= LAST_KATAKANA;

/** The Shift_JIS code of a cell of JIS X 0208 or of NEC's rows 13 and 89 … 92; row and cell from 0x21 to 0x7E. */
function shiftJisCode(row: number, cell: number): number {
  const pair = (row - 0x21) >> 1;
  const lead = pair + (pair < 0x1f ? 0x81 : 0xc1);
  const trail = (row & 1) === 0 ? cell + 0x7e : cell + (cell < 0x60 ? 0x1f : 0x20);
  return (lead << 8) | trail;
}

interface Jis {
  /** Code unit of each cell, by row * 256 + cell, both from 0x21 to 0x7E. */
  readonly units: Uint16Array;
  /** Cell of each code unit, the first one where there are two. */
  readonly cells: Uint16Array;
}

const jis = lazy((): Jis => {
  const shiftJis = table932().units;
  const units = new Uint16Array(0x8000);
  const cells = new Uint16Array(0x10000);
  for (let row = 0x21; row <= 0x7e; row++) {
    for (let cell = 0x21; cell <= 0x7e; cell++) {
      const unit = shiftJis[shiftJisCode(row, cell)] ?? 0;
      const code = (row << 8) | cell;
      units[code] = unit;
      if (unit !== 0 && cells[unit] === 0) cells[unit] = code;
    }
  }
  return { units, cells };
});

const cellOf = (codePoint: number): number => (codePoint < 0x10000 ? (jis().cells[codePoint] ?? 0) : 0);

/** 8E is a prefix of half-width katakana, 8F of JIS X 0212, of which Microsoft's page knows nothing. */
function decodeEucJp(bytes: Uint8Array): string {
  if (isAscii(bytes)) return decodeLatin1(bytes);
  const { units } = jis();
  const text = new TextBuilder();
  const isHigh = (index: number): boolean => byteAt(bytes, index) >= 0xa1 && byteAt(bytes, index) <= 0xfe;
  for (let index = 0; index < bytes.length;) {
    const byte = byteAt(bytes, index);
    const next = byteAt(bytes, index + 1);
    if (byte < 0x80) {
      text.unit(byte);
      index++;
    } else if (byte === 0x8e && next >= 0xa1 && next <= 0xdf) {
      text.unit(FIRST_KATAKANA + next - 0xa1);
      index += 2;
    } else if (isHigh(index) && isHigh(index + 1)) {
      text.unit(units[((byte << 8) | next) - 0x8080] || REPLACEMENT);
      index += 2;
    } else {
      text.unit(REPLACEMENT);
      index += byte === 0x8f && isHigh(index + 1) && isHigh(index + 2) ? 3 : 1;
    }
  }
  return text.toString();
}

function encodeEucJp(text: string): { bytes: Uint8Array; missing: string[] } {
  const sink = new ByteSink(text.length * 2);
  forEachCodePoint(text, (codePoint) => {
    const cell = codePoint < 0x80 || isKatakana(codePoint) ? 0 : cellOf(codePoint);
    if (codePoint < 0x80) sink.byte(codePoint);
    else if (isKatakana(codePoint)) sink.code(0x8ea1 + codePoint - FIRST_KATAKANA);
    else if (cell !== 0) sink.code(cell + 0x8080);
    else sink.miss(codePoint);
  });
  return sink.result();
}

/** 51932: EUC-JP. */
export const eucJpCodePage: CodePage = { id: 51932, decode: decodeEucJp, encode: encodeEucJp };

const ESC = 0x1b;
const SHIFT_OUT = 0x0e;
const SHIFT_IN = 0x0f;

/** The sets that ISO-2022-JP designates; "other" has two bytes a character, none of which is known here. */
type JisSet = "ascii" | "katakana" | "kanji" | "other";

/** What follows ESC, and the set it calls. JIS X 0201 Roman is read as ASCII, as Windows does: 5C stays "\". */
const ESCAPES: readonly (readonly [sequence: string, set: JisSet | undefined])[] = [
  ["(B", "ascii"],
  ["(J", "ascii"],
  ["(H", "ascii"],
  ["(I", "katakana"],
  ["$@", "kanji"],
  ["$B", "kanji"],
  ["$(@", "kanji"],
  ["$(B", "kanji"],
  ["$(D", "other"],
  ["&@", undefined],
];

const startsWith = (bytes: Uint8Array, index: number, sequence: string): boolean =>
  Array.from(sequence).every((character, offset) => bytes[index + offset] === character.charCodeAt(0));

/** Reads what any of the three pages writes, and half-width katakana as single bytes A1 … DF. */
function decodeIso2022Jp(bytes: Uint8Array): string {
  const text = new TextBuilder();
  let set: JisSet = "ascii";
  let shifted = false;
  for (let index = 0; index < bytes.length;) {
    const byte = byteAt(bytes, index);
    const escape =
      byte === ESC ? ESCAPES.find(([sequence]) => startsWith(bytes, index + 1, sequence)) : undefined;
    if (escape !== undefined) {
      set = escape[1] ?? set;
      shifted = false;
      index += 1 + escape[0].length;
      continue;
    }
    index++;
    if (byte === SHIFT_OUT || byte === SHIFT_IN) shifted = byte === SHIFT_OUT;
    else if (byte < 0x21 || byte === 0x7f) text.unit(byte);
    else if (byte >= 0x80)
      text.unit(byte >= 0xa1 && byte <= 0xdf ? FIRST_KATAKANA + byte - 0xa1 : REPLACEMENT);
    else if (shifted || set === "katakana")
      text.unit(byte <= 0x5f ? FIRST_KATAKANA + byte - 0x21 : REPLACEMENT);
    else if (set === "ascii") text.unit(byte);
    else {
      const next = byteAt(bytes, index);
      const isPair = next >= 0x21 && next <= 0x7e;
      text.unit((isPair && set === "kanji" && jis().units[(byte << 8) | next]) || REPLACEMENT);
      if (isPair) index++;
    }
  }
  return text.toString();
}

/** The full-width katakana of FF61 … FF9F in order, and those that a following (semi-)voiced mark makes. */
const FULL_WIDTH =
  "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜";
const VOICED_MARK = "\uff9e";
const SEMI_VOICED_MARK = "\uff9f";
const CAN_BE_VOICED = /[カ-チツテトハヒフヘホ]/u;
const CAN_BE_SEMI_VOICED = /[ハヒフヘホ]/u;

/** Half-width katakana as full-width, with a voiced mark joined to its letter: what 50220 does to a text. */
function toFullWidth(text: string): string {
  return text.replace(/[\uff61-\uff9f]([\uff9e\uff9f]?)/gu, (match: string, mark: string) => {
    const letter = FULL_WIDTH.charAt(match.charCodeAt(0) - FIRST_KATAKANA);
    if (mark === VOICED_MARK && letter === "ウ") return "ヴ";
    if (mark === VOICED_MARK && CAN_BE_VOICED.test(letter))
      return String.fromCharCode(letter.charCodeAt(0) + 1);
    if (mark === SEMI_VOICED_MARK && CAN_BE_SEMI_VOICED.test(letter)) {
      return String.fromCharCode(letter.charCodeAt(0) + 2);
    }
    return letter + (mark === "" ? "" : FULL_WIDTH.charAt(mark.charCodeAt(0) - FIRST_KATAKANA));
  });
}

type KatakanaStyle = "full-width" | "escape" | "shift";
type Mode = "ascii" | "kanji" | "katakana";

/** The bytes that call each mode; ISO-2022-JP texts begin and end in ASCII. */
const designation = (mode: Mode): number[] => {
  if (mode === "ascii") return [ESC, 0x28, 0x42];
  return mode === "kanji" ? [ESC, 0x24, 0x42] : [ESC, 0x28, 0x49];
};

function encodeIso2022Jp(text: string, style: KatakanaStyle): { bytes: Uint8Array; missing: string[] } {
  const sink = new ByteSink(text.length * 2);
  let mode: Mode = "ascii";
  const enter = (next: Mode): void => {
    if (next === mode) return;
    if (style === "shift" && mode === "katakana") {
      sink.byte(SHIFT_IN);
      mode = "ascii";
      if (next === mode) return;
    }
    if (style === "shift" && next === "katakana") {
      if (mode === "kanji") sink.bytes(designation("ascii"));
      sink.byte(SHIFT_OUT);
    } else {
      sink.bytes(designation(next));
    }
    mode = next;
  };
  forEachCodePoint(style === "full-width" ? toFullWidth(text) : text, (codePoint) => {
    if (codePoint === ESC || codePoint === SHIFT_OUT || codePoint === SHIFT_IN) {
      sink.miss(codePoint);
    } else if (codePoint < 0x80) {
      enter("ascii");
      sink.byte(codePoint);
    } else if (isKatakana(codePoint)) {
      enter("katakana");
      sink.byte(0x21 + codePoint - FIRST_KATAKANA);
    } else {
      const cell = cellOf(codePoint);
      if (cell === 0) {
        sink.miss(codePoint);
        return;
      }
      enter("kanji");
      sink.code(cell);
    }
  });
  enter("ascii");
  return sink.result();
}

const iso2022Jp = (id: number, style: KatakanaStyle): CodePage => ({
  id,
  decode: decodeIso2022Jp,
  encode: (text) => encodeIso2022Jp(text, style),
});

/**
 * ISO-2022-JP: 50220 writes half-width katakana as full-width, 50221 with ESC ( I, 50222 with shift-out. The
 * three controls that the encoding uses itself, ESC, SO and SI, are missing from it.
 */
export const iso2022JpCodePages: readonly CodePage[] = [
  iso2022Jp(50220, "full-width"),
  iso2022Jp(50221, "escape"),
  iso2022Jp(50222, "shift"),
];
