/**
 * Splits HTML into tokens that cover it without a gap, in time linear in its length. Tolerant as browsers are: whatever
 * is no tag is text, and nothing is dropped.
 */
import { decodeEntities } from "./htmlEntities";

/**
 * A part of the HTML from `start` to `end`. `raw` is what an element such as style or script holds, `other` a comment, a
 * declaration or a processing instruction. Names are lower case.
 */
export interface HtmlToken {
  readonly kind: "text" | "start" | "end" | "raw" | "other";
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Elements whose content is no markup: it ends at their end tag alone (HTML 5, 13.2.5.2-4). */
const RAW_ELEMENTS: ReadonlySet<string> = new Set(["script", "style", "title", "textarea", "xmp", "iframe"]);

const NAME_START = /[a-zA-Z]/;
const NAME_END = /[\s/>]/g;
const BLANK_OR_SLASH = /[^\s/]/g;
const BLANK = /\S/g;
const ATTRIBUTE_NAME_END = /[\s/>=]/g;
const UNQUOTED_END = /[\s>]/g;

/** Reads one text; remembers which searches are known to find nothing more, so that none is done twice. */
class HtmlTokenizer {
  private position = 0;
  private readonly exhausted = new Set<string>();

  constructor(private readonly html: string) {}

  *tokens(): Generator<HtmlToken> {
    const { html } = this;
    let textStart = 0;
    while (this.position < html.length) {
      const open = html.indexOf("<", this.position);
      if (open < 0) break;
      const token = this.markup(open);
      if (!token) {
        this.position = open + 1;
        continue;
      }
      if (open > textStart) yield { kind: "text", name: "", start: textStart, end: open };
      yield token;
      this.position = textStart = token.end;
      if (token.kind !== "start" || !RAW_ELEMENTS.has(token.name)) continue;
      const end = this.rawEnd(token.name, token.end);
      if (end > token.end) yield { kind: "raw", name: token.name, start: token.end, end };
      this.position = textStart = end;
    }
    if (textStart < html.length) yield { kind: "text", name: "", start: textStart, end: html.length };
  }

  /** indexOf that is not tried again once it has failed. */
  private find(needle: string, from: number): number {
    if (this.exhausted.has(needle)) return -1;
    const found = this.html.indexOf(needle, from);
    if (found < 0) this.exhausted.add(needle);
    return found;
  }

  /** The place of the first match of a pattern, or the end of the text. */
  private search(pattern: RegExp, from: number): number {
    pattern.lastIndex = from;
    return pattern.exec(this.html)?.index ?? this.html.length;
  }

  private markup(open: number): HtmlToken | undefined {
    const { html } = this;
    const next = html.charAt(open + 1);
    if (next === "!" || next === "?") return this.other(open);
    const isEnd = next === "/";
    const nameStart = open + (isEnd ? 2 : 1);
    if (!NAME_START.test(html.charAt(nameStart))) return isEnd ? this.other(open) : undefined;
    const nameEnd = this.search(NAME_END, nameStart);
    const end = this.tagEnd(nameEnd);
    if (end < 0) return undefined;
    const name = html.slice(nameStart, nameEnd).toLowerCase();
    return { kind: isEnd ? "end" : "start", name, start: open, end };
  }

  /** A comment ends at `-->`; one that does not, and everything else, at the next ">". */
  private other(open: number): HtmlToken | undefined {
    const dashes = this.html.startsWith("<!--", open) ? this.find("-->", open + 2) : -1;
    const end = dashes < 0 ? this.find(">", open) + 1 : dashes + 3;
    return end === 0 ? undefined : { kind: "other", name: "", start: open, end };
  }

  /** The offset after the ">" of a tag, -1 when there is none; ">" in a quoted value is part of it. */
  private tagEnd(from: number): number {
    const { html } = this;
    if (this.find(">", from) < 0) return -1;
    let at = from;
    for (;;) {
      at = this.search(BLANK_OR_SLASH, at);
      if (at >= html.length) return this.unfinished();
      if (html.charAt(at) === ">") return at + 1;
      at = this.search(BLANK, this.search(ATTRIBUTE_NAME_END, at + 1));
      if (html.charAt(at) !== "=") continue;
      at = this.search(BLANK, at + 1);
      const quote = html.charAt(at);
      if (quote !== '"' && quote !== "'") {
        at = this.search(UNQUOTED_END, at);
        continue;
      }
      const close = this.find(quote, at + 1);
      // A quote that is never closed would swallow the rest of the mail.
      if (close < 0) return this.find(">", at) + 1 || this.unfinished();
      at = close + 1;
    }
  }

  /** A tag that runs into the end of the text: the rest is text, and there is no other tag in it. */
  private unfinished(): number {
    this.exhausted.add(">");
    return -1;
  }

  private rawEnd(name: string, from: number): number {
    const key = `</${name}`;
    if (this.exhausted.has(key)) return this.html.length;
    const pattern = new RegExp(key, "gi");
    pattern.lastIndex = from;
    const found = pattern.exec(this.html);
    if (found) return found.index;
    this.exhausted.add(key);
    // Without an end tag, an element is no reason to hide the rest.
    return from;
  }
}

/** The tokens of HTML, in order. */
export function htmlTokens(html: string): Generator<HtmlToken> {
  return new HtmlTokenizer(html).tokens();
}

const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?/g;

/** The attributes of a start tag: lower-case names, values with their character references resolved; the first one counts. */
export function htmlAttributes(html: string, tag: HtmlToken): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  const source = html.slice(tag.start + 1 + tag.name.length, tag.end - 1);
  for (const [, name = "", double, single, bare] of source.matchAll(ATTRIBUTE)) {
    const key = name.toLowerCase();
    if (!attributes.has(key))
      attributes.set(key, decodeEntities(double ?? single ?? bare ?? "", "attribute"));
  }
  return attributes;
}
