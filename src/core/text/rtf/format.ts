/** Character and paragraph properties of real RTF, the words that set them, and their CSS (RTF 1.9.1). */
import { escapeHtml } from "../htmlEntities";

/** Properties of characters. Sizes in half-points; colours are numbers in the colour table. */
export interface CharFormat {
  readonly bold: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly strike: boolean;
  readonly script: "" | "sub" | "sup";
  readonly hidden: boolean;
  readonly caps: boolean;
  readonly size: number;
  readonly font: number | undefined;
  readonly color: number;
  readonly background: number;
  /** Where the text leads to, "" for nowhere. */
  readonly href: string;
}

/** Properties of paragraphs, lengths in twips (1/1440 inch). */
export interface ParagraphFormat {
  readonly align: "" | "center" | "right" | "justify";
  readonly left: number;
  readonly right: number;
  readonly first: number;
  readonly before: number;
  readonly after: number;
  readonly rtl: boolean;
  /** Depth of tables: 0 outside. */
  readonly level: number;
}

/** Properties of a place in the text. */
export interface RtfFormat {
  readonly char: CharFormat;
  readonly paragraph: ParagraphFormat;
}

export const PLAIN: CharFormat = {
  bold: false,
  italic: false,
  underline: false,
  strike: false,
  script: "",
  hidden: false,
  caps: false,
  size: 24,
  font: undefined,
  color: 0,
  background: 0,
  href: "",
};

export const PARAGRAPH: ParagraphFormat = {
  align: "",
  left: 0,
  right: 0,
  first: 0,
  before: 0,
  after: 0,
  rtl: false,
  level: 0,
};

/** Deepest nesting of tables that is drawn; deeper ones are drawn in their parents. */
export const MAX_TABLE_DEPTH = 8;

type CharChange = (value: number | undefined) => Partial<CharFormat>;
type ParagraphChange = (value: number | undefined, now: ParagraphFormat) => Partial<ParagraphFormat>;

const CHAR_WORDS: ReadonlyMap<string, CharChange> = new Map<string, CharChange>([
  ["b", (value) => ({ bold: value !== 0 })],
  ["i", (value) => ({ italic: value !== 0 })],
  ...["ul", "uld", "uldash", "uldashd", "uldb", "ulth", "ulw", "ulwave"].map((word): [string, CharChange] => [
    word,
    (value) => ({ underline: value !== 0 }),
  ]),
  ["ulnone", () => ({ underline: false })],
  ["strike", (value) => ({ strike: value !== 0 })],
  ["striked", (value) => ({ strike: value !== 0 })],
  ["super", (value) => ({ script: value === 0 ? "" : "sup" })],
  ["sub", (value) => ({ script: value === 0 ? "" : "sub" })],
  ["nosupersub", () => ({ script: "" })],
  ["v", (value) => ({ hidden: value !== 0 })],
  ["caps", (value) => ({ caps: value !== 0 })],
  ["fs", (value) => ({ size: value ?? 24 })],
  ["f", (value) => ({ font: value ?? 0 })],
  ["cf", (value) => ({ color: value ?? 0 })],
  ["cb", (value) => ({ background: value ?? 0 })],
  ["chcbpat", (value) => ({ background: value ?? 0 })],
  ["highlight", (value) => ({ background: value ?? 0 })],
]);

const PARAGRAPH_WORDS: ReadonlyMap<string, ParagraphChange> = new Map<string, ParagraphChange>([
  ["ql", () => ({ align: "" })],
  ["qc", () => ({ align: "center" })],
  ["qr", () => ({ align: "right" })],
  ["qj", () => ({ align: "justify" })],
  ["li", (value) => ({ left: value ?? 0 })],
  ["ri", (value) => ({ right: value ?? 0 })],
  ["fi", (value) => ({ first: value ?? 0 })],
  ["sb", (value) => ({ before: value ?? 0 })],
  ["sa", (value) => ({ after: value ?? 0 })],
  ["rtlpar", () => ({ rtl: true })],
  ["ltrpar", () => ({ rtl: false })],
  ["intbl", (_, now) => ({ level: Math.max(1, now.level) })],
  ["itap", (value) => ({ level: Math.max(0, Math.min(MAX_TABLE_DEPTH, value ?? 1)) })],
]);

/** The properties after a control word; undefined when it changes none. */
export function formatAfter(
  format: RtfFormat,
  word: string,
  value: number | undefined,
): RtfFormat | undefined {
  if (word === "plain") return { ...format, char: { ...PLAIN, href: format.char.href } };
  if (word === "pard") return { ...format, paragraph: PARAGRAPH };
  const char = CHAR_WORDS.get(word);
  if (char) return { ...format, char: { ...format.char, ...char(value) } };
  const paragraph = PARAGRAPH_WORDS.get(word);
  if (!paragraph) return undefined;
  return { ...format, paragraph: { ...format.paragraph, ...paragraph(value, format.paragraph) } };
}

const CHAR_KEYS = Object.keys(PLAIN) as (keyof CharFormat)[];

/** Whether two texts look alike, so that they are one run. */
export const sameChars = (one: CharFormat, other: CharFormat): boolean =>
  one === other || CHAR_KEYS.every((key) => one[key] === other[key]);

/** CSS pixels of twips, within what a page may be. */
export const pixels = (twips: number): number => Math.max(-1000, Math.min(2000, Math.round(twips / 15)));

/** The colours of the document: "#rrggbb", or undefined for the reader's own. */
export class ColorTable {
  private readonly colors: (string | undefined)[] = [];
  private readonly parts = new Map<string, number>();

  /** A control word inside the colour table. */
  define(word: string, value: number | undefined): void {
    if (word === "red" || word === "green" || word === "blue") {
      this.parts.set(word, Math.max(0, Math.min(255, value ?? 0)));
    }
  }

  /** The ";" after a colour. */
  end(): void {
    const hex = ["red", "green", "blue"].map((part) =>
      (this.parts.get(part) ?? 0).toString(16).padStart(2, "0"),
    );
    this.colors.push(this.parts.size === 0 ? undefined : `#${hex.join("")}`);
    this.parts.clear();
  }

  /** A colour by its number. */
  get(index: number): string | undefined {
    return this.colors[index];
  }
}

/** The CSS of characters; the font's name is cut down to letters, digits, blanks and hyphens. */
export function charCss(format: CharFormat, colors: ColorTable, fontName: string): string {
  const css: string[] = [];
  const name = fontName.replace(/[^\p{L}\p{N} _-]/gu, "").slice(0, 64);
  if (name !== "") css.push(`font-family:'${name}'`);
  css.push(`font-size:${Math.max(1, Math.min(400, format.size / 2))}pt`);
  const color = colors.get(format.color);
  if (color !== undefined && format.color !== 0) css.push(`color:${color}`);
  const background = colors.get(format.background);
  if (background !== undefined && format.background !== 0) css.push(`background-color:${background}`);
  if (format.caps) css.push("text-transform:uppercase");
  return css.join(";");
}

const TAGS: readonly [keyof CharFormat, string][] = [
  ["bold", "b"],
  ["italic", "i"],
  ["underline", "u"],
  ["strike", "s"],
];

/** HTML of a run of text; `html` is its content. */
export function charHtml(html: string, format: CharFormat, css: string): string {
  let result = html;
  for (const [key, tag] of TAGS) if (format[key] === true) result = `<${tag}>${result}</${tag}>`;
  if (format.script !== "") result = `<${format.script}>${result}</${format.script}>`;
  if (css !== "") result = `<span style="${css}">${result}</span>`;
  return format.href === "" ? result : `<a href="${escapeHtml(format.href)}">${result}</a>`;
}

/** The CSS of a paragraph. */
export function paragraphCss(format: ParagraphFormat): string {
  const { align, left, right, first, before, after, rtl } = format;
  const css = [`margin:${pixels(before)}px ${pixels(right)}px ${pixels(after)}px ${pixels(left)}px`];
  if (first !== 0) css.push(`text-indent:${pixels(first)}px`);
  if (align !== "") css.push(`text-align:${align}`);
  if (rtl) css.push("direction:rtl");
  css.push("white-space:pre-wrap");
  return css.join(";");
}
