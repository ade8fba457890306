/** What every code page reads from and writes to: bytes, code units, and the list of what could not be held. */

/** U+FFFD, what bytes become that mean nothing in their code page. */
export const REPLACEMENT = 0xfffd;

/** Code units per call of String.fromCharCode: far below any engine's limit on arguments. */
const CHUNK = 8192;

/** One byte of an array, 0 past its end. */
export const byteAt = (bytes: Uint8Array, index: number): number => bytes[index] ?? 0;

const stringOf = (units: Uint8Array | Uint16Array): string =>
  String(Reflect.apply(String.fromCharCode, undefined, units));

/** How many bytes at the start of an array are below 0x80. */
export function asciiLength(bytes: Uint8Array): number {
  let length = 0;
  while (length < bytes.length && byteAt(bytes, length) < 0x80) length++;
  return length;
}

/** Whether every byte is below 0x80, so that each ASCII-compatible page decodes it alike. */
export function isAscii(bytes: Uint8Array): boolean {
  return asciiLength(bytes) === bytes.length;
}

/** The string of code units, however many. */
export function stringOfUnits(units: Uint8Array | Uint16Array): string {
  if (units.length <= CHUNK) return stringOf(units);
  let text = "";
  for (let start = 0; start < units.length; start += CHUNK) {
    text += stringOf(units.subarray(start, start + CHUNK));
  }
  return text;
}

/** Decodes bytes as the code points of the same value (ISO 8859-1); the fast path of pure ASCII. */
export function decodeLatin1(bytes: Uint8Array): string {
  return stringOfUnits(bytes);
}

/** Most texts are short: a builder starts with room for so many code units, and doubles it. */
const START = 64;

/** Collects decoded code units into a string, in time linear in their number. */
export class TextBuilder {
  private units = new Uint16Array(START);
  private length = 0;
  private text = "";

  /** Appends a UTF-16 code unit. */
  unit(unit: number): void {
    if (this.length === this.units.length) this.makeRoom();
    this.units[this.length++] = unit;
  }

  /** Appends a code point, as two units when it is past the basic plane. */
  codePoint(codePoint: number): void {
    if (codePoint < 0x10000) {
      this.unit(codePoint);
      return;
    }
    this.unit(0xd7c0 + (codePoint >> 10));
    this.unit(0xdc00 + (codePoint & 0x3ff));
  }

  /** Appends bytes that are known to be ASCII. */
  ascii(bytes: Uint8Array): void {
    this.flush();
    this.text += decodeLatin1(bytes);
  }

  /** All that was appended. */
  toString(): string {
    this.flush();
    return this.text;
  }

  private makeRoom(): void {
    if (this.length >= CHUNK) {
      this.flush();
      return;
    }
    const more = new Uint16Array(this.length * 2);
    more.set(this.units);
    this.units = more;
  }

  private flush(): void {
    this.text += stringOf(this.units.subarray(0, this.length));
    this.length = 0;
  }
}

/** Collects encoded bytes, and the characters for which there are none. */
export class ByteSink {
  private buffer: Uint8Array<ArrayBuffer>;
  private length = 0;
  private readonly missing = new Set<string>();

  /** `expected` is the number of bytes to make room for at first; the sink grows as needed. */
  constructor(expected: number) {
    this.buffer = new Uint8Array(Math.max(16, expected));
  }

  /** Appends one byte. */
  byte(value: number): void {
    if (this.length === this.buffer.length) {
      const grown = new Uint8Array(this.buffer.length * 2);
      grown.set(this.buffer);
      this.buffer = grown;
    }
    this.buffer[this.length++] = value;
  }

  /** Appends bytes. */
  bytes(values: readonly number[]): void {
    for (const value of values) this.byte(value);
  }

  /** Appends a code: one byte below 0x100, else its two bytes, the high one first. */
  code(code: number): void {
    if (code > 0xff) this.byte(code >> 8);
    this.byte(code & 0xff);
  }

  /** Notes that a code point, or a lone surrogate, has no bytes. */
  miss(codePoint: number): void {
    this.missing.add(String.fromCodePoint(codePoint));
  }

  /** What CodePage.encode returns. */
  result(): { bytes: Uint8Array; missing: string[] } {
    return { bytes: this.buffer.slice(0, this.length), missing: [...this.missing] };
  }
}

/** Calls `visit` with every code point of a text in order; lone surrogates are passed as they are. */
export function forEachCodePoint(text: string, visit: (codePoint: number) => void): void {
  for (let index = 0; index < text.length; index++) {
    const codePoint = text.codePointAt(index) ?? 0;
    if (codePoint > 0xffff) index++;
    visit(codePoint);
  }
}

/** Whether a code point is a lone surrogate, for which only UTF-16 and UTF-7 have bytes. */
export const isSurrogate = (codePoint: number): boolean => codePoint >= 0xd800 && codePoint <= 0xdfff;
