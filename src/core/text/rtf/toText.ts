/** The text of real RTF: paragraphs as lines, cells separated by tabs, the marks of lists, links with their addresses. */
import { BODY_MESSAGES } from "../bodiesMessages";
import { isRtf } from "./compressed";
import { HIDDEN_DESTINATIONS, hyperlinkOf, OPEN_DESTINATIONS, RTF_CHARACTERS } from "./destinations";
import { interpretRtf, type RtfContext, type RtfDestination, type RtfVisitor } from "./interpreter";

/** Text made from RTF. */
export interface RtfText {
  /** Line ends CR LF. */
  readonly text: string;
  readonly codePagesUsed: readonly number[];
  readonly problems: readonly string[];
}

const INSTRUCTION: RtfDestination = { name: "fldinst" };

/** Destinations that hold no text, beside those that no reader shows. */
const SILENT: ReadonlySet<string> = new Set(["colortbl", "pict", "sv", "pn", "pntxtb", "pntxta"]);

/** What control words are in text. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ...RTF_CHARACTERS,
  ["par", "\r\n"],
  ["line", "\r\n"],
  ["sect", "\r\n"],
  ["page", "\r\n"],
  ["cell", "\t"],
  ["nestcell", "\t"],
  ["row", "\r\n"],
  ["nestrow", "\r\n"],
  ["-", ""],
]);

/** Letters at the end of a link's text that are compared with where it leads. */
const MAX_TARGET = 4096;

/** A field: what it is to show. */
interface Field {
  instruction: string;
}

/** Collects the text; its property says whether it is hidden. */
class TextWriter implements RtfVisitor<boolean> {
  readonly initial = false;
  private readonly parts: string[] = [];
  private readonly fields: Field[] = [];

  enter(name: string, _starred: boolean, context: RtfContext<boolean>): RtfDestination | "skip" | undefined {
    if (HIDDEN_DESTINATIONS.has(name) || SILENT.has(name)) return "skip";
    if (OPEN_DESTINATIONS.has(name)) return context.destination;
    if (name === "fldinst") return INSTRUCTION;
    if (name !== "field") return undefined;
    this.fields.push({ instruction: "" });
    return { name };
  }

  leave(destination: RtfDestination): void {
    if (destination.name !== "field") return;
    const href = hyperlinkOf(this.fields.pop()?.instruction ?? "");
    if (href === undefined) return;
    const shown = (this.parts.at(-1) ?? "").slice(-MAX_TARGET).trimEnd();
    if (!shown.endsWith(href) && !shown.endsWith(href.replace(/^mailto:/i, "")))
      this.parts.push(` <${href}>`);
  }

  word(name: string, value: number | undefined, context: RtfContext<boolean>): void {
    if (name === "v") context.own = value !== 0;
    else if (name === "plain") context.own = false;
    else if (name === "objattph") context.skipCharacters(1);
    else {
      const text = WORDS.get(name);
      if (text !== undefined) context.emit(text);
    }
  }

  ignores(hidden: boolean, destination: RtfDestination): boolean {
    return hidden && destination !== INSTRUCTION;
  }

  text(text: string, _hidden: boolean, destination: RtfDestination): void {
    const field = this.fields.at(-1);
    if (destination !== INSTRUCTION) this.parts.push(text);
    else if (field) field.instruction += text;
  }

  get content(): string {
    return this.parts.join("").replace(/\t(?=\r\n)/g, "");
  }
}

/** The text of real RTF; never fails, what is wrong is in `problems`. */
export function rtfToText(rtf: Uint8Array): RtfText {
  const writer = new TextWriter();
  const { codePagesUsed, problems } = interpretRtf(rtf, writer);
  return {
    text: writer.content,
    codePagesUsed,
    problems: isRtf(rtf) ? problems : [BODY_MESSAGES.notRtf, ...problems],
  };
}
