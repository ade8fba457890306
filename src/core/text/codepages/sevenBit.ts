/** ISO-2022-KR (RFC 1557) and HZ (RFC 1843): the Korean and Chinese two-byte sets in seven bits. */
import type { CodePage } from "../types";
import { byteAt, ByteSink, forEachCodePoint, REPLACEMENT, TextBuilder } from "./buffers";
import type { DoubleByteTable } from "./doubleByte";
import { table936, table949 } from "./eastAsian";

const SHIFT_OUT = 0x0e;
const SHIFT_IN = 0x0f;
const ESC = 0x1b;
const LINE_FEED = 0x0a;
const TILDE = 0x7e;
const OPEN = 0x7b;
const CLOSE = 0x7d;

/** ESC $ ) C: what announces KS X 1001 at the head of a text. */
const KOREAN_HEADER = [ESC, 0x24, 0x29, 0x43];

/** Whether a code of 936 or 949 is in the 94 by 94 cells of GB 2312 or KS X 1001. */
export const isInSet94 = (code: number): boolean => code >= 0xa1a1 && (code & 0xff) >= 0xa1;

const codeIn94 = (table: DoubleByteTable, codePoint: number): number => {
  const code = codePoint < 0x10000 ? (table.codes[codePoint] ?? 0) : 0;
  return isInSet94(code) ? code : 0;
};

/** Appends the character of two seven-bit bytes; returns how many of them were one: a control is never taken. */
function decodePair(table: DoubleByteTable, bytes: Uint8Array, index: number, text: TextBuilder): number {
  const next = byteAt(bytes, index + 1);
  const isPair = next >= 0x21 && next <= 0x7e;
  text.unit((isPair && table.units[((byteAt(bytes, index) << 8) | next) + 0x8080]) || REPLACEMENT);
  return isPair ? 2 : 1;
}

function decodeKorean(bytes: Uint8Array): string {
  const text = new TextBuilder();
  let shifted = false;
  for (let index = 0; index < bytes.length;) {
    const byte = byteAt(bytes, index);
    if (byte === ESC && KOREAN_HEADER.every((value, offset) => bytes[index + offset] === value)) {
      index += KOREAN_HEADER.length;
    } else if (byte === SHIFT_OUT || byte === SHIFT_IN) {
      shifted = byte === SHIFT_OUT;
      index++;
    } else if (shifted && byte >= 0x21 && byte <= 0x7e) {
      index += decodePair(table949(), bytes, index, text);
    } else {
      text.unit(byte < 0x80 ? byte : REPLACEMENT);
      index++;
    }
  }
  return text.toString();
}

function encodeKorean(text: string): { bytes: Uint8Array; missing: string[] } {
  const sink = new ByteSink(text.length * 2);
  let shifted = false;
  const shift = (to: boolean): void => {
    if (to !== shifted) sink.byte(to ? SHIFT_OUT : SHIFT_IN);
    shifted = to;
  };
  if (/[^\0-\x7f]/u.test(text)) sink.bytes(KOREAN_HEADER);
  forEachCodePoint(text, (codePoint) => {
    if (codePoint === ESC || codePoint === SHIFT_OUT || codePoint === SHIFT_IN) {
      sink.miss(codePoint);
    } else if (codePoint < 0x80) {
      shift(false);
      sink.byte(codePoint);
    } else {
      const code = codeIn94(table949(), codePoint);
      if (code === 0) {
        sink.miss(codePoint);
        return;
      }
      shift(true);
      sink.code(code - 0x8080);
    }
  });
  shift(false);
  return sink.result();
}

/** 50225: ISO-2022-KR. ESC, SO and SI, which the encoding uses itself, are missing from it. */
export const iso2022KrCodePage: CodePage = { id: 50225, decode: decodeKorean, encode: encodeKorean };

/** "~{" opens the Chinese part, "~}" or a line end closes it, "~~" is a tilde, "~" and a line end are nothing. */
function decodeHz(bytes: Uint8Array): string {
  const text = new TextBuilder();
  let chinese = false;
  for (let index = 0; index < bytes.length;) {
    const byte = byteAt(bytes, index);
    const next = bytes[index + 1];
    if (byte === TILDE && next === (chinese ? CLOSE : OPEN)) {
      chinese = !chinese;
      index += 2;
    } else if (byte === TILDE && !chinese && (next === TILDE || next === LINE_FEED)) {
      if (next === TILDE) text.unit(TILDE);
      index += 2;
    } else if (chinese && byte >= 0x21 && byte <= 0x7e) {
      index += decodePair(table936(), bytes, index, text);
    } else {
      if (byte === LINE_FEED) chinese = false;
      text.unit(byte < 0x80 ? byte : REPLACEMENT);
      index++;
    }
  }
  return text.toString();
}

function encodeHz(text: string): { bytes: Uint8Array; missing: string[] } {
  const sink = new ByteSink(text.length * 2);
  let chinese = false;
  const enter = (to: boolean): void => {
    if (to !== chinese) sink.bytes([TILDE, to ? OPEN : CLOSE]);
    chinese = to;
  };
  forEachCodePoint(text, (codePoint) => {
    if (codePoint < 0x80) {
      enter(false);
      sink.byte(codePoint);
      if (codePoint === TILDE) sink.byte(TILDE);
      return;
    }
    const code = codeIn94(table936(), codePoint);
    // A lead byte of 7E would read as "~", the start of an escape.
    if (code === 0 || code >= 0xfe00) {
      sink.miss(codePoint);
      return;
    }
    enter(true);
    sink.code(code - 0x8080);
  });
  enter(false);
  return sink.result();
}

/** 52936: HZ-GB-2312. */
export const hzCodePage: CodePage = { id: 52936, decode: decodeHz, encode: encodeHz };
