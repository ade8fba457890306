/** HTML and text out of the RTF that wraps them: \fromhtml1 and \fromtext ([MS-OXRTFEX] 2.1). */
import { BODY_MESSAGES } from "../bodiesMessages";
import { decodeLatin1 } from "../codepages/buffers";
import { isRtf } from "./compressed";
import { interpretRtf, type RtfContext, type RtfDestination, type RtfVisitor } from "./interpreter";
import { RtfTokenizer } from "./tokenizer";

/** What RTF holds: HTML or text that was wrapped in it, or itself. */
export type RtfContentKind = "html" | "text" | "rtf";

/** What came out of RTF. */
export interface DeencapsulatedRtf {
  readonly kind: RtfContentKind;
  /** The HTML or the text, line ends CR LF; of real RTF its source, a character a byte. */
  readonly content: string;
  /** Code pages in which bytes beyond ASCII were read. */
  readonly codePagesUsed: readonly number[];
  /** Sentences of BODY_MESSAGES. */
  readonly problems: readonly string[];
}

/** Words after which the header is over: whatever comes later does not say what the RTF was made from. */
const HEADER_ENDS: ReadonlySet<string> = new Set(["fonttbl", "colortbl", "stylesheet", "pard", "par"]);

/** What the RTF was made from ([MS-OXRTFEX] 2.1.3.1): looked for up to the font table or the first text. */
export function rtfContentKind(rtf: Uint8Array): RtfContentKind {
  const tokenizer = new RtfTokenizer(rtf);
  for (let token = tokenizer.next(); token; token = tokenizer.next()) {
    if (token.kind === "hex" || token.kind === "binary") return "rtf";
    if (token.kind === "text" && rtf.subarray(token.start, token.end).some((byte) => byte > 0x20))
      return "rtf";
    if (token.kind !== "word") continue;
    if (token.name === "fromhtml" && token.value !== 0) return "html";
    if (token.name === "fromtext") return "text";
    if (HEADER_ENDS.has(token.name)) return "rtf";
  }
  return "rtf";
}

/** Groups without a star whose content is no part of what was wrapped ([MS-OXRTFEX] 2.1.3.2). */
const LEFT_OUT: ReadonlySet<string> = new Set([
  "colortbl",
  "stylesheet",
  "info",
  "pict",
  "pntext",
  "listtext",
  "pntxta",
  "pntxtb",
  "header",
  "headerl",
  "headerr",
  "headerf",
  "footer",
  "footerl",
  "footerr",
  "footerf",
  "footnote",
  "filetbl",
  "nonshppict",
  "nonesttables",
  "objdata",
  "objclass",
  "objname",
  "fldinst",
  "xe",
  "tc",
  "template",
  "rxe",
]);

const HTML_TAG: RtfDestination = { name: "htmltag", defaultPage: true };

/** Characters that both kinds, and HTML tags, get alike. */
const COMMON: ReadonlyMap<string, string> = new Map([
  ["par", "\r\n"],
  ["line", "\r\n"],
  ["tab", "\t"],
]);

/** Symbols as characters: in text, and inside HTML tags. */
const CHARACTERS: ReadonlyMap<string, string> = new Map([
  ...COMMON,
  ["lquote", "\u2018"],
  ["rquote", "\u2019"],
  ["ldblquote", "\u201c"],
  ["rdblquote", "\u201d"],
  ["bullet", "\u2022"],
  ["endash", "\u2013"],
  ["emdash", "\u2014"],
  ["~", "\u00a0"],
  ["_", "\u00ad"],
]);

/** Symbols as HTML, outside of tags. */
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ...COMMON,
  ["lquote", "&lsquo;"],
  ["rquote", "&rsquo;"],
  ["ldblquote", "&ldquo;"],
  ["rdblquote", "&rdquo;"],
  ["bullet", "&bull;"],
  ["endash", "&ndash;"],
  ["emdash", "&mdash;"],
  ["~", "&nbsp;"],
  ["_", "&shy;"],
]);

/** Takes out what was wrapped. Its property is the state of \htmlrtf: inside, there is nothing of the original. */
class Unwrapper implements RtfVisitor<boolean> {
  readonly initial = false;
  private readonly parts: string[] = [];

  constructor(private readonly kind: "html" | "text") {}

  enter(name: string, starred: boolean): RtfDestination | "skip" | undefined {
    if (starred && name === "htmltag") return this.kind === "html" ? HTML_TAG : "skip";
    return LEFT_OUT.has(name) ? "skip" : undefined;
  }

  word(name: string, value: number | undefined, context: RtfContext<boolean>): void {
    if (name === "htmlrtf") {
      if (this.kind === "html") context.own = value !== 0;
      return;
    }
    const symbols = this.kind === "text" || context.destination === HTML_TAG ? CHARACTERS : ENTITIES;
    const text = symbols.get(name);
    if (text !== undefined) context.emit(text);
  }

  ignores(htmlRtf: boolean): boolean {
    return htmlRtf;
  }

  text(text: string): void {
    this.parts.push(text);
  }

  get content(): string {
    return this.parts.join("");
  }
}

/**
 * The HTML or text that RTF wraps, exactly as it was wrapped; kind "rtf" when it wraps nothing. Never fails: what is wrong
 * is in `problems`.
 */
export function deencapsulateRtf(rtf: Uint8Array): DeencapsulatedRtf {
  const kind = rtfContentKind(rtf);
  if (kind === "rtf") {
    const problems = isRtf(rtf) ? [] : [BODY_MESSAGES.notRtf];
    return { kind, content: decodeLatin1(rtf), codePagesUsed: [], problems };
  }
  const unwrapper = new Unwrapper(kind);
  const reading = interpretRtf(rtf, unwrapper);
  return { kind, content: unwrapper.content, ...reading };
}
