/**
 * Real RTF as simple HTML that is safe to show: it is built from a fixed set of elements and styles, whose values are
 * numbers, colours and cleaned font names; every text is escaped; links lead to the web or to mail alone.
 */
import { escapeHtml } from "../htmlEntities";
import { BODY_MESSAGES } from "../bodiesMessages";
import { RtfBlocks } from "./blocks";
import { isRtf } from "./compressed";
import { HIDDEN_DESTINATIONS, hyperlinkOf, OPEN_DESTINATIONS, RTF_CHARACTERS } from "./destinations";
import {
  charCss,
  type CharFormat,
  charHtml,
  ColorTable,
  formatAfter,
  PARAGRAPH,
  PLAIN,
  type RtfFormat,
  sameChars,
} from "./format";
import type { RtfFonts } from "./fonts";
import { interpretRtf, type RtfContext, type RtfDestination, type RtfVisitor } from "./interpreter";
import { RtfPicture } from "./pictures";
import { isSymbolFont, symbolText } from "./symbolFonts";

/** What stands where a page has nothing to show. */
export interface RtfHtmlOptions {
  /** For a picture in a format that browsers do not know; "[picture]" when left out. */
  readonly pictureText?: string;
  /** For the place of an attachment; "[attachment]" when left out. */
  readonly attachmentText?: string;
}

/** HTML made from RTF. */
export interface RtfHtml {
  /** The content of a body element. */
  readonly html: string;
  /**
   * Places of attachments in the text: `<span data-attachment="0">` and so on, in order; they belong to the attachments in
   * the order of PR_RENDERING_POSITION.
   */
  readonly attachments: number;
  readonly codePagesUsed: readonly number[];
  readonly problems: readonly string[];
}

interface Run {
  html: string;
  readonly format: CharFormat;
  readonly css: string;
}

const COLOR_TABLE: RtfDestination = { name: "colortbl" };
const MARKER: RtfDestination = { name: "marker" };
const INSTRUCTION: RtfDestination = { name: "fldinst" };
const FIELD: RtfDestination = { name: "field" };
const SHAPE_VALUE: RtfDestination = { name: "sv" };
const LIST: RtfDestination = { name: "pn" };
const LIST_BEFORE: RtfDestination = { name: "pntxtb" };
const LIST_AFTER: RtfDestination = { name: "pntxta" };

/** Destinations with a use of their own, starred or not. */
const DESTINATIONS: ReadonlyMap<string, RtfDestination> = new Map([
  ["colortbl", COLOR_TABLE],
  ["listtext", MARKER],
  ["pntext", MARKER],
  ["fldinst", INSTRUCTION],
  ["field", FIELD],
  ["sv", SHAPE_VALUE],
  ["pn", LIST],
  ["pntxtb", LIST_BEFORE],
  ["pntxta", LIST_AFTER],
]);

/** Runs of text that get a style of their own; a bound on what a small hostile file can make. */
const MAX_STYLED = 100_000;

/** How a list numbers its paragraphs when they do not bring their numbers along. */
interface ListStyle {
  readonly numbered: boolean;
  next: number;
  before: string;
  after: string;
}

/** Builds the HTML. */
class HtmlWriter implements RtfVisitor<RtfFormat> {
  readonly initial: RtfFormat = { char: PLAIN, paragraph: PARAGRAPH };
  attachments = 0;
  /** Of the last text: what a paragraph without an end looks like. */
  private last = this.initial;
  private readonly blocks = new RtfBlocks();
  private readonly colors = new ColorTable();
  private readonly fields: string[] = [];
  private runs: Run[] = [];
  private styled = 0;
  private picture = new RtfPicture();
  private list: ListStyle | undefined;
  private hasMarker = false;
  private fonts: RtfFonts | undefined;

  constructor(private readonly options: Required<RtfHtmlOptions>) {}

  enter(
    name: string,
    _starred: boolean,
    context: RtfContext<RtfFormat>,
  ): RtfDestination | "skip" | undefined {
    this.fonts = context.fonts;
    if (HIDDEN_DESTINATIONS.has(name)) return "skip";
    if (name === "fldrslt") {
      const href = hyperlinkOf(this.fields.at(-1) ?? "");
      if (href !== undefined) context.own = { ...context.own, char: { ...context.own.char, href } };
      return undefined;
    }
    if (OPEN_DESTINATIONS.has(name)) return context.destination;
    if (name === "field") this.fields.push("");
    if (name === "pn") this.list = { numbered: true, next: 1, before: "", after: "" };
    if (name !== "pict") return DESTINATIONS.get(name);
    context.flush();
    this.picture = new RtfPicture();
    return { name };
  }

  leave(destination: RtfDestination, context: RtfContext<RtfFormat>): void {
    if (destination === FIELD) this.fields.pop();
    if (destination.name !== "pict") return;
    const html = this.picture.html() ?? `<span>${escapeHtml(this.options.pictureText)}</span>`;
    this.runs.push({ html, format: { ...PLAIN, href: context.own.char.href }, css: "" });
  }

  binary(bytes: Uint8Array, destination: RtfDestination): void {
    if (destination.name === "pict") this.picture.binary(bytes);
  }

  sameRun(one: RtfFormat, other: RtfFormat): boolean {
    return sameChars(one.char, other.char);
  }

  word(name: string, value: number | undefined, context: RtfContext<RtfFormat>): void {
    switch (context.destination.name) {
      case "colortbl":
        context.flush();
        this.colors.define(name, value);
        return;
      case "pict":
        this.picture.define(name, value);
        return;
      case "pn":
        this.defineList(name, value);
        return;
      default:
        this.textWord(name, value, context);
    }
  }

  private defineList(name: string, value: number | undefined): void {
    if (!this.list) return;
    if (name === "pnlvlblt") this.list = { ...this.list, numbered: false };
    else if (name === "pnstart") this.list.next = value ?? 1;
  }

  private textWord(name: string, value: number | undefined, context: RtfContext<RtfFormat>): void {
    const character = RTF_CHARACTERS.get(name);
    if (character !== undefined) {
      context.emit(character);
      return;
    }
    const format = formatAfter(context.own, name, value);
    if (format) {
      context.own = format;
      if (name === "pard") this.list = undefined;
      return;
    }
    this.structure(name, value, context);
  }

  private structure(name: string, value: number | undefined, context: RtfContext<RtfFormat>): void {
    switch (name) {
      case "line":
      case "lbr":
        context.emit("\n");
        return;
      case "par":
      case "sect":
      case "page":
        context.flush();
        this.endParagraph(context.own);
        return;
      case "cell":
      case "nestcell":
        context.flush();
        this.endCell(context.own, name === "cell" ? 1 : Math.max(2, context.own.paragraph.level));
        return;
      case "row":
      case "nestrow":
        context.flush();
        this.blocks.row(name === "row" ? 1 : Math.max(2, context.own.paragraph.level));
        return;
      case "objattph":
        context.flush();
        this.attachment();
        context.skipCharacters(1);
        return;
      default:
        this.blocks.define(name, value, this.colors.get(value ?? 0));
    }
  }

  text(text: string, format: RtfFormat, destination: RtfDestination): void {
    switch (destination.name) {
      case "colortbl":
        for (const char of text) if (char === ";") this.colors.end();
        return;
      case "pict":
        this.picture.hex(text);
        return;
      case "fldinst":
        if (this.fields.length > 0) this.fields.push((this.fields.pop() ?? "") + text);
        return;
      case "sv":
      case "pn":
        return;
      case "pntxtb":
        if (this.list) this.list.before = text;
        return;
      case "pntxta":
        if (this.list) this.list.after = text;
        return;
      case "marker":
        this.hasMarker = true;
        this.addText(text, format.char);
        return;
      default:
        this.last = format;
        this.markList(format.char);
        this.addText(text, format.char);
    }
  }

  html(): string {
    if (this.runs.length > 0) this.endParagraph(this.last);
    return this.blocks.html();
  }

  /** Old lists name their number or bullet once, and may leave it to the reader to write it. */
  private markList(format: CharFormat): void {
    const { list } = this;
    if (!list || this.hasMarker || this.runs.length > 0) return;
    this.hasMarker = true;
    const mark = list.numbered ? `${list.before}${list.next++}${list.after || "."}` : "\u2022";
    this.addText(`${mark}\t`, format);
  }

  private addText(text: string, format: CharFormat): void {
    if (format.hidden) return;
    const name = this.fonts?.name(format.font) ?? "";
    const isSymbol = isSymbolFont(name);
    const html = escapeHtml(isSymbol ? symbolText(text, name) : text).replaceAll("\n", "<br>");
    const last = this.runs.at(-1);
    if (last && last.css !== "" && sameChars(last.format, format)) {
      last.html += html;
      return;
    }
    if (this.styled++ < MAX_STYLED) {
      this.runs.push({ html, format, css: charCss(format, this.colors, isSymbol ? "" : name) });
    } else this.runs.push({ html, format: PLAIN, css: "" });
  }

  private endParagraph({ paragraph }: RtfFormat): void {
    const html = this.runs.map((run) => charHtml(run.html, run.format, run.css)).join("");
    this.runs = [];
    this.hasMarker = false;
    this.blocks.paragraph(html, paragraph);
  }

  private endCell(format: RtfFormat, level: number): void {
    if (this.runs.length > 0) {
      this.endParagraph({ ...format, paragraph: { ...format.paragraph, level } });
    }
    this.blocks.cell(level);
  }

  private attachment(): void {
    const html = `<span data-attachment="${this.attachments++}">${escapeHtml(this.options.attachmentText)}</span>`;
    this.runs.push({ html, format: PLAIN, css: "" });
  }
}

/** Real RTF as HTML; never fails, what is wrong is in `problems`. See the head of this file for what it is built from. */
export function rtfToHtml(rtf: Uint8Array, options: RtfHtmlOptions = {}): RtfHtml {
  const writer = new HtmlWriter({
    pictureText: options.pictureText ?? "[picture]",
    attachmentText: options.attachmentText ?? "[attachment]",
  });
  const reading = interpretRtf(rtf, writer);
  const problems = isRtf(rtf) ? reading.problems : [BODY_MESSAGES.notRtf, ...reading.problems];
  const html = writer.html();
  return { html, attachments: writer.attachments, codePagesUsed: reading.codePagesUsed, problems };
}
