/**
 * What all readers of RTF share: groups and what they save, destinations, fonts and code pages, `\uN` and the characters
 * that stand in for it. A visitor says what becomes of it. Iterative, and linear in the length of the RTF.
 */
import { byteAt } from "../codepages/buffers";
import { BODY_MESSAGES } from "../bodiesMessages";
import { RtfFonts } from "./fonts";
import { RtfTextRun } from "./textRun";
import { RtfTokenizer, type RtfToken } from "./tokenizer";

/** Where the text of a group goes. The visitor makes one for each group that it wants to tell from the others. */
export interface RtfDestination {
  /** The control word that opened it; "" for the document itself. */
  readonly name: string;
  /** Its bytes are in the document's code page, whatever the font. */
  readonly defaultPage?: boolean;
}

/** What a visitor can do while it is called. */
export interface RtfContext<F> {
  /** The visitor's own properties of the current group; put back when the group ends. */
  own: F;
  readonly destination: RtfDestination;
  readonly fonts: RtfFonts;
  /** `\fN` in force, undefined for the default font. */
  readonly font: number | undefined;
  /** Adds text as if it had been written in the RTF. */
  emit(text: string): void;
  /** Delivers the text so far: before something that has to come after it. */
  flush(): void;
  /** Leaves out the next characters of the group, as after `\uN`. */
  skipCharacters(count: number): void;
}

/** What becomes of RTF. `F` is an immutable record of character and paragraph properties. */
export interface RtfVisitor<F> {
  readonly initial: F;
  /**
   * The destination of a group that begins with a control word: "skip" for one whose content is left out, undefined when
   * the word opens none. A starred group that opens none is left out.
   */
  enter(name: string, starred: boolean, context: RtfContext<F>): RtfDestination | "skip" | undefined;
  /** A control word that is no character and opens no destination. */
  word(name: string, value: number | undefined, context: RtfContext<F>): void;
  /** A run of text of one destination and one set of properties. */
  text(text: string, own: F, destination: RtfDestination): void;
  /** Whether text is left out with these properties; such text is not even collected. */
  ignores?(own: F, destination: RtfDestination): boolean;
  /** Whether two sets of properties make one run of text. */
  sameRun?(one: F, other: F): boolean;
  /** The group that opened a destination ends. */
  leave?(destination: RtfDestination, context: RtfContext<F>): void;
  /** Binary data. */
  binary?(bytes: Uint8Array, destination: RtfDestination): void;
}

/** How the reading of a document went. */
export interface RtfReading {
  /** Code pages in which bytes beyond ASCII were read, in the order of their first use. */
  readonly codePagesUsed: number[];
  readonly problems: string[];
}

interface Frame<F> {
  readonly own: F;
  readonly destination: RtfDestination | undefined;
  readonly font: number | undefined;
  /** Characters after `\uN` that stand in for it. */
  readonly unicodeSkip: number;
}

const DOCUMENT: RtfDestination = { name: "" };
const FONT_TABLE: RtfDestination = { name: "fonttbl" };

/** Control symbols that are characters of the text themselves. */
const ESCAPED: ReadonlySet<number> = new Set([0x5c, 0x7b, 0x7d]);

/** Control words that name a default code page. */
const DOCUMENT_PAGES: ReadonlyMap<string, number> = new Map([
  ["ansi", 1252],
  ["mac", 10000],
  ["pc", 437],
  ["pca", 850],
]);

/** Reads one document; see the head of this file. */
class RtfInterpreter<F> implements RtfContext<F> {
  readonly fonts = new RtfFonts();
  private readonly stack: Frame<F>[] = [];
  private readonly tokenizer: RtfTokenizer;
  private readonly problems = new Set<string>();
  own: F;
  font: number | undefined;
  private unicodeSkip = 1;
  /** Undefined: the group is left out. */
  private place: RtfDestination | undefined = DOCUMENT;
  /** Only `\*` has come since the group began. */
  private fresh = false;
  private starred = false;
  private skip = 0;
  private sawBody = false;
  private readonly run: RtfTextRun<F>;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly visitor: RtfVisitor<F>,
  ) {
    this.own = visitor.initial;
    this.run = new RtfTextRun(visitor, DOCUMENT);
    this.tokenizer = new RtfTokenizer(bytes);
  }

  get destination(): RtfDestination {
    return this.place ?? DOCUMENT;
  }

  read(): RtfReading {
    for (let token = this.tokenizer.next(); token; token = this.tokenizer.next()) {
      this.take(token);
      if (this.sawBody && this.stack.length === 0) break;
    }
    this.flush();
    if (this.stack.length > 0) this.problems.add(BODY_MESSAGES.rtfUnclosed);
    else if (this.hasMore()) this.problems.add(BODY_MESSAGES.rtfAfterEnd);
    if (this.fonts.unknownPage) this.problems.add(BODY_MESSAGES.rtfUnknownCodePage);
    if (this.run.undecodable) this.problems.add(BODY_MESSAGES.undecodable);
    return { codePagesUsed: [...this.run.pages], problems: [...this.problems] };
  }

  /** Whether more than blanks and NULs, which some writers append, is left. */
  private hasMore(): boolean {
    const { bytes } = this;
    let at = this.tokenizer.position;
    while (at < bytes.length && byteAt(bytes, at) <= 0x20) at++;
    return at < bytes.length;
  }

  private take(token: RtfToken): void {
    switch (token.kind) {
      case "open":
        this.open();
        return;
      case "close":
        this.close();
        return;
      case "word":
        this.word(token.name, token.value);
        return;
      case "symbol":
        this.symbol(token.byte);
        return;
      case "hex":
        this.fresh = false;
        this.byte(token.byte);
        return;
      case "text":
        this.textBytes(token.start, token.end);
        return;
      case "binary":
        this.binary(token.start, token.end, token.cut);
        return;
    }
  }

  private open(): void {
    const { own, place: destination, font, unicodeSkip } = this;
    this.stack.push({ own, destination, font, unicodeSkip });
    this.sawBody = true;
    this.fresh = true;
    this.starred = false;
    this.skip = 0;
  }

  private close(): void {
    const frame = this.stack.pop();
    if (!frame) return;
    const left = this.place;
    const ends = left !== frame.destination && left !== undefined;
    if (ends) this.flush();
    if (ends && left !== FONT_TABLE) this.visitor.leave?.(left, this);
    this.own = frame.own;
    this.place = frame.destination;
    this.font = frame.font;
    this.unicodeSkip = frame.unicodeSkip;
    this.fresh = false;
    this.skip = 0;
  }

  /** Counts down the characters that stand in for `\uN`; true when this one is to be left out. */
  private skipped(): boolean {
    if (this.skip === 0) return false;
    this.skip--;
    return true;
  }

  private word(name: string, value: number | undefined): void {
    const first = this.fresh;
    this.fresh = false;
    if (this.place === undefined || this.skipped()) return;
    if (first && this.enter(name)) return;
    if (this.place === FONT_TABLE) {
      this.fonts.define(name, value);
      return;
    }
    switch (name) {
      case "u":
        this.emit(String.fromCharCode((value ?? 0) & 0xffff));
        this.skip = this.unicodeSkip;
        return;
      case "uc":
        this.unicodeSkip = Math.max(0, value ?? 1);
        return;
      case "f":
        this.font = value ?? 0;
        break;
      case "plain":
        this.font = undefined;
        break;
      case "deff":
        this.fonts.defaultFont = value ?? 0;
        return;
      case "ansicpg":
        this.fonts.setDefaultPage(value);
        return;
      default:
        if (this.stack.length === 1) this.fonts.setDefaultPage(DOCUMENT_PAGES.get(name));
    }
    this.visitor.word(name, value, this);
  }

  /** True when the first word of a group opened a destination, or made the group one to leave out. */
  private enter(name: string): boolean {
    if (name === "fonttbl") {
      this.place = FONT_TABLE;
      return true;
    }
    if (this.place === FONT_TABLE && !this.starred) return false;
    const found = this.place === FONT_TABLE ? "skip" : this.visitor.enter(name, this.starred, this);
    if (found === undefined && !this.starred) return false;
    if (found !== undefined && found !== "skip") this.flush();
    this.place = found === undefined || found === "skip" ? undefined : found;
    return true;
  }

  private symbol(byte: number): void {
    if (byte === 0x2a && this.fresh) {
      this.starred = true;
      return;
    }
    this.fresh = false;
    if (ESCAPED.has(byte)) {
      this.byte(byte);
      return;
    }
    if (this.place === undefined || this.place === FONT_TABLE || this.skipped()) return;
    const isLineEnd = byte === 0x0d || byte === 0x0a;
    const name = isLineEnd ? "par" : byte === 0x09 ? "tab" : String.fromCharCode(byte);
    this.visitor.word(name, undefined, this);
  }

  private textBytes(start: number, end: number): void {
    this.fresh = false;
    if (this.place === undefined) return;
    let at = start;
    if (this.skip > 0) {
      at = Math.min(end, start + this.skip);
      this.skip -= at - start;
    }
    const bytes = this.bytes.subarray(at, end);
    this.collect(bytes.includes(0) ? bytes.filter((byte) => byte !== 0) : bytes);
  }

  private byte(byte: number): void {
    if (this.place === undefined || this.skipped()) return;
    this.collect(Uint8Array.of(byte));
  }

  /** Adds bytes to the run of text, to be decoded with their neighbours when the code page changes or the run ends. */
  private collect(bytes: Uint8Array): void {
    if (this.place === undefined) return;
    if (this.place === FONT_TABLE) {
      for (const byte of bytes) this.fonts.nameByte(byte);
      return;
    }
    if (this.visitor.ignores?.(this.own, this.place)) return;
    this.run.begin(this.own, this.place);
    this.run.hold(bytes, this.place.defaultPage ? this.fonts.defaultPage : this.fonts.page(this.font));
  }

  private binary(start: number, end: number, cut: boolean): void {
    this.fresh = false;
    if (cut) this.problems.add(BODY_MESSAGES.rtfBinaryCut);
    if (this.place === undefined || this.skipped()) return;
    this.visitor.binary?.(this.bytes.subarray(start, end), this.place);
  }

  emit(text: string): void {
    if (this.place === undefined || this.place === FONT_TABLE) return;
    if (this.visitor.ignores?.(this.own, this.place)) return;
    this.run.begin(this.own, this.place);
    this.run.add(text);
  }

  skipCharacters(count: number): void {
    this.skip = count;
  }

  flush(): void {
    this.run.end();
  }
}

/** Reads RTF with a visitor. Bytes that are no RTF are reported and read all the same. */
export function interpretRtf<F>(bytes: Uint8Array, visitor: RtfVisitor<F>): RtfReading {
  return new RtfInterpreter(bytes, visitor).read();
}
