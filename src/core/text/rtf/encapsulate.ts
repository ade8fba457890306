/**
 * HTML and text wrapped in RTF that Outlook and our own reader unwrap again, and that a reader which knows nothing of it
 * still shows as readable text ([MS-OXRTFEX] 2.2).
 */
import { decodeEntities } from "../htmlEntities";
import { htmlAttributes, type HtmlToken, htmlTokens } from "../htmlTokens";

const LINE_END = /\r\n|[\r\n]/g;

/** Units that are not themselves in RTF: its own syntax, controls and everything beyond ASCII. */
const SPECIAL = /[\\{}]|\r\n|[^\x20-\x7e]/g;

function escapeUnit(unit: string): string {
  if (unit === "\\" || unit === "{" || unit === "}") return `\\${unit}`;
  if (unit === "\t") return "\\tab ";
  if (unit === "\r\n") return "\\par\r\n";
  const code = unit.charCodeAt(0);
  if (code < 0x80) return `\\'${code.toString(16).padStart(2, "0")}`;
  return `\\u${code > 0x7fff ? code - 0x10000 : code}?`;
}

/** Text as ASCII RTF: `\uN?` for what is beyond, `\par` for line ends. */
const escapeRtf = (text: string): string => text.replace(SPECIAL, escapeUnit);

const withCrLf = (text: string): string => text.replace(LINE_END, "\r\n");

function bytesOf(rtf: string): Uint8Array {
  const bytes = new Uint8Array(rtf.length);
  for (let at = 0; at < rtf.length; at++) bytes[at] = rtf.charCodeAt(at);
  return bytes;
}

const HEADER_TABLES =
  "{\\fonttbl\r\n{\\f0\\fswiss\\fcharset0 Calibri;}\r\n{\\f1\\fmodern\\fcharset0 Courier New;}}\r\n" +
  "{\\colortbl\\red0\\green0\\blue0;\\red5\\green99\\blue193;}\r\n";

/** Text as RTF with \fromtext. Line ends become CR LF; everything else comes back as it was. */
export function encapsulateText(text: string): Uint8Array {
  const content = escapeRtf(withCrLf(text));
  return bytesOf(
    `{\\rtf1\\ansi\\ansicpg1252\\fromtext \\deff0${HEADER_TABLES}\\uc1\\pard\\plain\\deftab360 \\f0\\fs20 ${content}}\r\n`,
  );
}

/** Where a tag stands: bits 0-1 of the number of htmltag ([MS-OXRTFEX] 2.1.3.1.1.1). */
const IN_BODY = 0;
const IN_HEAD = 1;
const IN_HTML = 2;
const OUTSIDE = 3;
/** Bit 2: in a paragraph; bit 3: an end tag. */
const INLINE = 4;
const END = 8;

/** What a tag is: bits 4-9 of the number of htmltag. */
const TAG_TYPES: ReadonlyMap<string, number> = new Map([
  ["html", 16],
  ["head", 32],
  ["body", 48],
  ["p", 64],
  ["a", 80],
  ["b", 80],
  ["i", 80],
  ["u", 80],
  ["img", 80],
  ["font", 80],
  ["div", 96],
  ["br", 112],
  ["pre", 128],
  ["span", 144],
  ["title", 160],
  ["meta", 160],
]);
const UNKNOWN_TYPE = 240;
const TEXT_TYPE = 0;

/** Elements that begin on a line of their own when the markup is not understood. */
const BLOCKS: ReadonlySet<string> = new Set(
  "p div h1 h2 h3 h4 h5 h6 li tr table ul ol dl dt dd blockquote pre hr center address form".split(" "),
);

/** Elements whose look plain RTF has a word for, on and off. */
const STYLES: ReadonlyMap<string, string> = new Map([
  ["b", "b"],
  ["strong", "b"],
  ["h1", "b"],
  ["h2", "b"],
  ["h3", "b"],
  ["th", "b"],
  ["i", "i"],
  ["em", "i"],
  ["cite", "i"],
  ["u", "ul"],
  ["ins", "ul"],
  ["s", "strike"],
  ["strike", "strike"],
  ["del", "strike"],
]);

/** Targets of links that a plain reader may follow. */
const SAFE_TARGET = /^(?:https?|mailto|ftp):[^\s"]+$/i;

/** Writes one document. */
class Wrapper {
  private readonly parts: string[] = [];
  private place = OUTSIDE;
  private readonly styles = new Map<string, number>();
  private emptyLine = true;
  private inField = false;

  constructor(private readonly html: string) {}

  write(): string {
    for (const token of htmlTokens(this.html)) this.take(token);
    this.closeField();
    return this.parts.join("");
  }

  private take(token: HtmlToken): void {
    const source = this.html.slice(token.start, token.end);
    switch (token.kind) {
      case "text":
        this.text(source);
        return;
      case "raw":
      case "other":
        this.tag(UNKNOWN_TYPE + 1, source);
        return;
      case "start":
        this.before(token.name);
        this.tag(this.tagNumber(token), source);
        this.after(token);
        return;
      case "end":
        if (token.name === "a") this.closeField();
        this.style(token.name, -1);
        this.tag(this.tagNumber(token), source);
        this.afterEnd(token.name);
        return;
    }
  }

  private tagNumber(token: HtmlToken): number {
    const type = TAG_TYPES.get(token.name) ?? UNKNOWN_TYPE;
    if (token.name === "html") return type + OUTSIDE + (token.kind === "end" ? END : 0);
    if (token.name === "head" || token.name === "body") {
      const isHead = token.name === "head";
      this.place = token.kind === "end" ? IN_HTML : isHead ? IN_HEAD : IN_BODY;
      return token.kind === "start" ? type + IN_HTML : type + END + (isHead ? IN_HEAD : IN_HTML);
    }
    const inline = type === 80 || type === 112 || type === 144 ? INLINE : 0;
    return type + inline + this.place + (token.kind === "end" ? END : 0);
  }

  /** Something of the HTML that a plain reader does not see. */
  private tag(number: number, source: string): void {
    if (source !== "") this.parts.push(`{\\*\\htmltag${number} ${escapeRtf(source)}}`);
  }

  /** Something that a plain reader alone sees. */
  private show(rtf: string): void {
    this.parts.push(`\\htmlrtf ${rtf}\\htmlrtf0 `);
  }

  private newLine(): void {
    if (this.emptyLine) return;
    this.show("\\par");
    this.emptyLine = true;
  }

  private before(name: string): void {
    if (BLOCKS.has(name)) this.newLine();
    if (name === "a") this.closeField();
  }

  private after(token: HtmlToken): void {
    const { name } = token;
    this.style(name, 1);
    if (name === "br") {
      this.show("\\line");
      this.emptyLine = true;
    } else if (name === "hr") this.show("__________\\par");
    else if (name === "li") this.show("\\bullet\\tab");
    else if (name === "a") this.openField(token);
    else if (name === "img") this.picture(token);
  }

  private afterEnd(name: string): void {
    if (BLOCKS.has(name)) this.newLine();
    else if (name === "td" || name === "th") this.show("\\tab");
  }

  private style(name: string, change: 1 | -1): void {
    const word = STYLES.get(name);
    if (word === undefined) return;
    const before = this.styles.get(word) ?? 0;
    const depth = Math.max(0, before + change);
    this.styles.set(word, depth);
    if (before === 0 && depth === 1) this.show(`\\${word}`);
    else if (before === 1 && depth === 0) this.show(`\\${word}0`);
  }

  private picture(token: HtmlToken): void {
    const alt = (htmlAttributes(this.html, token).get("alt") ?? "").trim();
    if (alt === "") return;
    this.show(escapeRtf(`[${alt}]`.replace(/\s+/g, " ")));
    this.emptyLine = false;
  }

  private openField(token: HtmlToken): void {
    const href = (htmlAttributes(this.html, token).get("href") ?? "").trim();
    if (!SAFE_TARGET.test(href)) return;
    this.show(`{\\field{\\*\\fldinst{HYPERLINK "${escapeRtf(href)}"}}{\\fldrslt\\ul\\cf1`);
    this.inField = true;
  }

  /** Ends the group of a link, which takes what was switched in it back: it is said again. */
  private closeField(): void {
    if (!this.inField) return;
    this.inField = false;
    const words = [...this.styles].map(([word, depth]) => `\\${word}${depth > 0 ? "" : "0"}`);
    this.show(`}}${words.join("")}`);
  }

  private text(source: string): void {
    if (this.place !== IN_BODY && source.trim() === "") {
      this.tag(TEXT_TYPE + this.place, source);
      return;
    }
    let at = 0;
    for (const match of source.matchAll(/(?:\r\n[ \t]*)+|&[#\w]{1,32};?/g)) {
      this.words(source.slice(at, match.index));
      this.special(match[0]);
      at = match.index + match[0].length;
    }
    this.words(source.slice(at));
  }

  private words(text: string): void {
    if (text === "") return;
    this.parts.push(escapeRtf(text));
    if (text.trim() !== "") this.emptyLine = false;
  }

  /** A line end in the source, which is one space to a reader, or a character reference. */
  private special(source: string): void {
    this.tag(source.startsWith("&") ? 84 : TEXT_TYPE + this.place, source);
    const shown = source.startsWith("&") ? decodeEntities(source) : " ";
    if (shown === " " ? this.emptyLine : shown === "") return;
    this.show(escapeRtf(shown));
    this.emptyLine = false;
  }
}

/**
 * HTML as RTF with \fromhtml1. Line ends become CR LF; everything else comes back as it was. What stands outside of the
 * tags, with breaks, bold and links in \htmlrtf, is what other readers show.
 */
export function encapsulateHtml(html: string): Uint8Array {
  const content = new Wrapper(withCrLf(html)).write();
  return bytesOf(
    `{\\rtf1\\ansi\\ansicpg1252\\fromhtml1 \\deff0${HEADER_TABLES}\\uc1\\pard\\plain\\deftab360 \\f0\\fs22 ${content}}\r\n`,
  );
}
