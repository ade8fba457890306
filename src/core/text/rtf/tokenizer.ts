/** Splits RTF into tokens, in time linear in its length and without recursion ([MS-OXRTFEX] 2.1; RTF 1.9.1). */
import { byteAt } from "../codepages/buffers";

/**
 * A token: where it lies in the bytes is given by offsets, so that text and binary data are not copied.
 * `word` is a control word with its number, `symbol` a control symbol (its byte), `hex` a byte written as `\'hh`, `text`
 * a run of bytes without braces, backslashes and line ends, `binary` what follows `\binN`; `cut` when there are fewer
 * bytes than N.
 */
export type RtfToken =
  | { readonly kind: "open" | "close" }
  | { readonly kind: "word"; readonly name: string; readonly value: number | undefined }
  | { readonly kind: "symbol"; readonly byte: number }
  | { readonly kind: "hex"; readonly byte: number }
  | { readonly kind: "text"; readonly start: number; readonly end: number }
  | { readonly kind: "binary"; readonly start: number; readonly end: number; readonly cut: boolean };

const OPEN: RtfToken = { kind: "open" };
const CLOSE: RtfToken = { kind: "close" };

const CR = 0x0d;
const LF = 0x0a;
const SPACE = 0x20;
const APOSTROPHE = 0x27;
const MINUS = 0x2d;
const BACKSLASH = 0x5c;
const LEFT_BRACE = 0x7b;
const RIGHT_BRACE = 0x7d;

/** Letters of a control word that are kept ([RTF 1.9.1]: at most 32); longer ones are unknown words all the same. */
const MAX_WORD = 32;
/** Digits of a control word's number that are read; the value is held within 32 bits. */
const MAX_DIGITS = 10;

const isLetter = (byte: number): boolean => {
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
};
const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
const isLineEnd = (byte: number): boolean => byte === CR || byte === LF;

/** Whether a byte ends a run of text. */
const endsText = (byte: number): boolean =>
  byte === BACKSLASH || byte === LEFT_BRACE || byte === RIGHT_BRACE || isLineEnd(byte);

/** The value of a hex digit, -1 when it is none. */
export function hexDigit(byte: number): number {
  if (isDigit(byte)) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

/** Reads tokens one after the other. */
export class RtfTokenizer {
  /** Offset of the next token. */
  position = 0;

  constructor(private readonly bytes: Uint8Array) {}

  /** The next token; undefined at the end. */
  next(): RtfToken | undefined {
    const { bytes } = this;
    while (this.position < bytes.length && isLineEnd(byteAt(bytes, this.position))) this.position++;
    if (this.position >= bytes.length) return undefined;
    switch (bytes[this.position]) {
      case LEFT_BRACE:
        this.position++;
        return OPEN;
      case RIGHT_BRACE:
        this.position++;
        return CLOSE;
      case BACKSLASH:
        this.position++;
        return this.control();
      default:
        return this.text();
    }
  }

  private text(): RtfToken {
    const { bytes } = this;
    const start = this.position++;
    while (this.position < bytes.length && !endsText(byteAt(bytes, this.position))) this.position++;
    return { kind: "text", start, end: this.position };
  }

  private control(): RtfToken | undefined {
    const { bytes } = this;
    if (this.position >= bytes.length) return undefined;
    const byte = byteAt(bytes, this.position);
    if (isLetter(byte)) return this.word();
    this.position++;
    if (byte === APOSTROPHE) return this.hex();
    // A backslash before a line end is \par, however many bytes the line end has; the rest of it is a blank line end.
    return { kind: "symbol", byte };
  }

  private hex(): RtfToken {
    const high = hexDigit(byteAt(this.bytes, this.position));
    const low = hexDigit(byteAt(this.bytes, this.position + 1));
    if (high < 0 || low < 0) return { kind: "symbol", byte: APOSTROPHE };
    this.position += 2;
    return { kind: "hex", byte: high * 16 + low };
  }

  private word(): RtfToken {
    const { bytes } = this;
    let name = "";
    for (; isLetter(byteAt(bytes, this.position)); this.position++) {
      if (name.length <= MAX_WORD) name += String.fromCharCode(byteAt(bytes, this.position));
    }
    const value = this.number();
    if (byteAt(bytes, this.position) === SPACE) this.position++;
    return name === "bin" ? this.binary(value ?? 0) : { kind: "word", name, value };
  }

  private number(): number | undefined {
    const { bytes } = this;
    const negative = byteAt(bytes, this.position) === MINUS;
    if (!isDigit(byteAt(bytes, this.position + (negative ? 1 : 0)))) return undefined;
    if (negative) this.position++;
    let value = 0;
    for (let digits = 0; isDigit(byteAt(bytes, this.position)); this.position++, digits++) {
      if (digits < MAX_DIGITS) value = value * 10 + byteAt(bytes, this.position) - 0x30;
    }
    return Math.max(-0x80000000, Math.min(0x7fffffff, negative ? -value : value));
  }

  private binary(length: number): RtfToken {
    const start = this.position;
    const end = Math.min(this.bytes.length, start + Math.max(0, length));
    this.position = end;
    return { kind: "binary", start, end, cut: end - start < length };
  }
}
