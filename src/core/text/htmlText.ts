/** Text out of HTML and HTML out of text, so that the bodies of a message can be kept in step. Linear both ways. */
import { decodeEntities, escapeHtml } from "./htmlEntities";
import { htmlAttributes, type HtmlToken, htmlTokens } from "./htmlTokens";
import { TextLines } from "./htmlTextLines";

/** How HTML becomes text. */
export interface HtmlTextOptions {
  /** Writes where links lead and pictures come from, as Outlook does; true when left out. */
  readonly targets?: boolean;
}

/** Elements that stand on lines of their own; those of 2 have a blank line around them. */
const BLOCKS: ReadonlyMap<string, 1 | 2> = new Map([
  ...["address", "article", "aside", "body", "center", "dd", "dir", "div", "dl", "dt", "fieldset"].map(
    (name) => [name, 1] as const,
  ),
  ...["footer", "form", "header", "li", "main", "menu", "nav", "ol", "section", "table", "ul", "caption"].map(
    (name) => [name, 1] as const,
  ),
  ...["blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "p", "pre", "xmp"].map((name) => [name, 2] as const),
]);

/** Raw content that is no text of the mail. */
const HIDDEN: ReadonlySet<string> = new Set(["script", "style", "title", "iframe"]);

const RULE = "_".repeat(32);

/** Paragraphs that Word writes line by line, without space between them. */
const TIGHT = /(?:^|;)\s*margin\s*:\s*0|margin-bottom\s*:\s*(?:0|\.0001pt)/i;

const sameTarget = (text: string, href: string): boolean =>
  text
    .trim()
    .replace(/^(?:https?:\/\/|mailto:)/i, "")
    .replace(/\/$/, "") === href.replace(/^(?:https?:\/\/|mailto:)/i, "").replace(/\/$/, "");

/** Walks the tokens of one text. */
class HtmlReader {
  private readonly lines = new TextLines();
  private readonly lists: (number | undefined)[] = [];
  private link: { href: string; text: string } | undefined;
  private readonly edges = new Map<string, (1 | 2)[]>([
    ["p", []],
    ["blockquote", []],
  ]);
  private preformatted = 0;

  constructor(
    private readonly html: string,
    private readonly targets: boolean,
  ) {}

  read(): string {
    for (const token of htmlTokens(this.html)) this.take(token);
    return this.lines.toString();
  }

  private take(token: HtmlToken): void {
    switch (token.kind) {
      case "text":
        this.text(decodeEntities(this.html.slice(token.start, token.end)));
        return;
      case "raw":
        if (!HIDDEN.has(token.name)) this.text(decodeEntities(this.html.slice(token.start, token.end)));
        return;
      case "start":
        this.open(token);
        return;
      case "end":
        this.close(token.name);
        return;
      case "other":
        return;
    }
  }

  private text(text: string): void {
    if (this.preformatted > 0) this.lines.preformatted(text);
    else this.lines.text(text);
    if (this.link) this.link.text += text;
  }

  private open(token: HtmlToken): void {
    const { name } = token;
    const block = BLOCKS.get(name);
    if (block) this.lines.break(this.edgeOf(token, block));
    switch (name) {
      case "br":
        this.lines.lineBreak();
        return;
      case "hr":
        this.lines.break(1);
        this.lines.text(RULE);
        this.lines.break(1);
        return;
      case "td":
      case "th":
        this.lines.cell();
        return;
      case "tr":
        this.lines.row();
        return;
      case "ul":
      case "ol":
        this.lists.push(name === "ol" ? 1 : undefined);
        return;
      case "li":
        this.item();
        return;
      case "pre":
        this.preformatted++;
        return;
      case "blockquote":
        this.lines.quote(1);
        return;
      case "a":
        this.closeLink();
        this.link = { href: (htmlAttributes(this.html, token).get("href") ?? "").trim(), text: "" };
        return;
      case "img":
        this.picture(token);
        return;
      default:
    }
  }

  private close(name: string): void {
    if (name === "a") this.closeLink();
    const block = BLOCKS.get(name);
    if (block) this.lines.break(this.edges.get(name)?.pop() ?? block);
    if (name === "td" || name === "th") this.lines.endCell();
    else if (name === "tr") this.lines.row();
    else if (name === "ul" || name === "ol") this.lists.pop();
    else if (name === "pre") this.preformatted = Math.max(0, this.preformatted - 1);
    else if (name === "blockquote") this.lines.quote(-1);
  }

  /** The space around a block: of paragraphs and quotes their style says it, for their end too. */
  private edgeOf(token: HtmlToken, block: 1 | 2): 1 | 2 {
    const edges = this.edges.get(token.name);
    if (!edges) return block;
    const edge = this.isTight(token) ? 1 : block;
    if (token.name === "p") edges.length = 0;
    edges.push(edge);
    return edge;
  }

  private isTight(token: HtmlToken): boolean {
    const attributes = htmlAttributes(this.html, token);
    return /^Mso/i.test(attributes.get("class") ?? "") || TIGHT.test(attributes.get("style") ?? "");
  }

  private item(): void {
    const last = this.lists.length - 1;
    const number = this.lists[last];
    if (number !== undefined) this.lists[last] = number + 1;
    this.lines.marker(number === undefined ? "* " : `${number}. `, Math.max(0, last));
  }

  private closeLink(): void {
    const { link } = this;
    this.link = undefined;
    if (!link || !this.targets || link.href === "" || link.text.trim() === "") return;
    if (/^(?:#|javascript:|data:)/i.test(link.href) || sameTarget(link.text, link.href)) return;
    this.lines.verbatim(` <${link.href}>`);
  }

  private picture(token: HtmlToken): void {
    const attributes = htmlAttributes(this.html, token);
    const alt = (attributes.get("alt") ?? "").trim();
    const source = (attributes.get("src") ?? "").trim();
    if (!this.targets) return;
    if (alt !== "") this.lines.text(`[${alt}]`);
    else if (/^cid:/i.test(source)) this.lines.verbatim(`[${source}]`);
  }
}

/**
 * The text of HTML, line ends CR LF: block elements on their own lines, cells separated by tabs, list items marked, quotes
 * with "> ", links followed by `<address>`. Scripts, styles, comments and the title are left out.
 */
export function htmlToText(html: string, options: HtmlTextOptions = {}): string {
  return new HtmlReader(html, options.targets ?? true).read();
}

const OPENING = "([{'\u00ab\u2018\u201c";
const CLOSING = ".,;:!?)]}'\u00bb\u2019\u201d";
const URL = /^(?:https?:\/\/|ftp:\/\/|mailto:).|^www\.[^.]/i;
const MAIL_ADDRESS = /^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/;

function linked(word: string): string {
  let start = 0;
  let end = word.length;
  while (start < end && OPENING.includes(word.charAt(start))) start++;
  while (end > start && CLOSING.includes(word.charAt(end - 1))) end--;
  const core = word.slice(start, end);
  const isUrl = URL.test(core);
  if (!isUrl && !(core.includes("@") && MAIL_ADDRESS.test(core))) return escapeHtml(word);
  const target = isUrl ? (/^www\./i.test(core) ? `http://${core}` : core) : `mailto:${core}`;
  return `${escapeHtml(word.slice(0, start))}<a href="${escapeHtml(target)}">${escapeHtml(core)}</a>${escapeHtml(word.slice(end))}`;
}

/** One line as HTML; blanks that HTML would drop become no-break spaces. */
function lineToHtml(line: string): string {
  const spaced = line.replace(/\t/g, "    ").replace(/^ | (?= )/g, "\u00a0");
  return spaced.replace(/[^\s<>"]+|[<>"]/g, linked).replace(/\u00a0/g, "&nbsp;");
}

/** How deep quotes are shown; deeper ones are shown as deep as this. */
const MAX_QUOTES = 8;

function quoteOf(line: string): { depth: number; rest: string } {
  const marks = /^(?:> ?)+/.exec(line)?.[0] ?? "";
  const depth = marks.split(">").length - 1;
  return { depth: Math.min(depth, MAX_QUOTES), rest: line.slice(marks.length) };
}

const QUOTE = '<blockquote type="cite" style="margin:0 0 0 1ex;border-left:2px solid #999;padding-left:1ex">';

/**
 * Text as a whole HTML document in UTF-8: escaped, a line a div, addresses linked, lines after ">" as quotes.
 */
export function textToHtml(text: string): string {
  let body = "";
  let open = 0;
  for (const line of text.split(/\r\n|[\r\n\v]/)) {
    const { depth, rest } = quoteOf(line);
    body += depth > open ? QUOTE.repeat(depth - open) : "</blockquote>".repeat(open - depth);
    open = depth;
    body += `<div>${rest.trim() === "" ? "<br>" : lineToHtml(rest)}</div>\r\n`;
  }
  body += "</blockquote>".repeat(open);
  return (
    '<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head>\r\n' +
    `<body>\r\n${body}</body></html>\r\n`
  );
}
