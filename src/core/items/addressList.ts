/**
 * Lists of addresses as people type and paste them: RFC 5322, 3.4 with what Outlook and web pages write besides. Linear in
 * the length of the text.
 */
import { addressProblem, type AddressProblem, plainSigns } from "./addressSyntax";

interface Entry {
  /** The entry as it was typed, without blanks around it. */
  readonly text: string;
  /** Where it stands in the list, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

/** An entry that names somebody. */
export interface ParsedAddress extends Entry {
  readonly ok: true;
  /** What is shown; "" when the address alone was given. */
  readonly name: string;
  /** user@host. */
  readonly address: string;
}

/** An entry that does not. */
export interface UnclearAddress extends Entry {
  readonly ok: false;
  readonly problem: AddressProblem;
}

/** An entry of a list. */
export type AddressEntry = ParsedAddress | UnclearAddress;

/** A piece of a list between two separators. */
interface Piece {
  readonly start: number;
  readonly end: number;
  /** What ended it; "" for the last one. */
  readonly separator: "," | ";" | "\n" | "";
  /** Where an unquoted colon stands that ends the name of a group; -1 without one. */
  readonly colon: number;
  readonly open: AddressProblem | undefined;
}

const SEPARATORS: Readonly<Record<string, Piece["separator"]>> = {
  ",": ",",
  "\uff0c": ",",
  "\u3001": ",",
  ";": ";",
  "\uff1b": ";",
  "\n": "\n",
  "\r": "\n",
  "\u2028": "\n",
  "\u2029": "\n",
};

/** What is open at a place of the list. */
interface Nesting {
  quote: boolean;
  bracket: boolean;
  comments: number;
}

const openProblem = ({ quote, bracket, comments }: Nesting): AddressProblem | undefined => {
  if (quote) return "unclosedQuote";
  if (bracket) return "unclosedBracket";
  return comments > 0 ? "unclosedComment" : undefined;
};

/** Whether a quotation mark can begin here: at the start of a word, so that `5" disk` is text. */
const beginsWord = (text: string, at: number, start: number): boolean =>
  at === start || /[\s<(:]/.test(text.charAt(at - 1));

/** Takes one character outside quotation marks into account. */
function nest(state: Nesting, text: string, at: number, start: number): void {
  switch (text[at]) {
    case '"':
      state.quote = state.comments === 0 && beginsWord(text, at, start);
      return;
    case "<":
      if (state.comments === 0) state.bracket = true;
      return;
    case ">":
      if (state.comments === 0) state.bracket = false;
      return;
    case "(":
      if (!state.bracket) state.comments++;
      return;
    case ")":
      if (state.comments > 0) state.comments--;
      return;
    default:
  }
}

/** Parts a list at its separators. Nothing reaches over a line's end: what is open there is closed, and said. */
function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  let colon = -1;
  let state: Nesting = { quote: false, bracket: false, comments: 0 };
  const close = (at: number, separator: Piece["separator"]): void => {
    pieces.push({ start, end: at, separator, colon, open: openProblem(state) });
    start = at + 1;
    colon = -1;
    state = { quote: false, bracket: false, comments: 0 };
  };
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "\r" && text[at + 1] === "\n") continue;
    const separator = SEPARATORS[text.charAt(at)];
    if (separator === "\n") close(at, separator);
    else if (state.quote) {
      if (text[at] === "\\") at++;
      else if (text[at] === '"') state.quote = false;
    } else if (separator !== undefined && !state.bracket && state.comments === 0) close(at, separator);
    else if (text[at] === ":" && colon < 0 && !state.bracket && state.comments === 0) colon = at;
    else nest(state, text, at, start);
  }
  close(text.length, "");
  return pieces;
}

const BLANK = /\s/;

function trimmed(text: string, start: number, end: number): Entry {
  let from = start;
  let to = end;
  while (from < to && BLANK.test(text.charAt(from))) from++;
  while (to > from && BLANK.test(text.charAt(to - 1))) to--;
  return { text: text.slice(from, to), start: from, end: to };
}

const SINGLE_QUOTED = /^'([^']*)'$/;
const QUOTED = /^"((?:[^"\\]|\\.)*)"$/s;

/** A display name without its quotation marks and with single blanks. */
function nameOf(text: string): string {
  const bare = text.trim();
  const quoted = QUOTED.exec(bare);
  const plain = quoted ? (quoted[1] ?? "").replace(/\\(.)/gs, "$1") : bare;
  const single = SINGLE_QUOTED.exec(plain.trim());
  return (single?.[1] ?? plain).replace(/\s+/g, " ").trim();
}

const MAILTO = /^mailto:/i;

const clear = (entry: Entry, name: string, address: string): AddressEntry => {
  const bare = plainSigns(address.trim().replace(MAILTO, "")).trim();
  const problem = addressProblem(bare);
  if (problem !== undefined) return { ...entry, ok: false, problem };
  return { ...entry, ok: true, name: name.toLowerCase() === bare.toLowerCase() ? "" : name, address: bare };
};

/** Where the bracket around the address begins: the last one outside quotation marks; -1 when there is none. */
function bracketOf(text: string): number {
  let quote = false;
  let found = -1;
  for (let at = 0; at < text.length; at++) {
    if (quote && text[at] === "\\") at++;
    else if (text[at] === '"' && (quote || beginsWord(text, at, 0))) quote = !quote;
    else if (text[at] === "<" && !quote) found = at;
  }
  return found;
}

const TRAILING_COMMENT = /^([^()]*)\(([^()]*)\)$/;
const COMMENT = /^\s*\([^()]*\)\s*$/;

/** What one entry says. */
function readEntry(entry: Entry): AddressEntry {
  const { text } = entry;
  const open = bracketOf(text);
  if (open >= 0) {
    const close = text.indexOf(">", open);
    if (close < 0) return { ...entry, ok: false, problem: "unclosedBracket" };
    const rest = text.slice(close + 1);
    if (rest.trim() !== "" && !COMMENT.test(rest)) return { ...entry, ok: false, problem: "afterAddress" };
    return clear(entry, nameOf(text.slice(0, open)), text.slice(open + 1, close));
  }
  const comment = TRAILING_COMMENT.exec(text);
  if (comment && (comment[1] ?? "").includes("@"))
    return clear(entry, nameOf(comment[2] ?? ""), comment[1] ?? "");
  // 'someone@example.com' is how Outlook shows an address that it took for a name.
  return clear(entry, "", SINGLE_QUOTED.exec(text)?.[1] ?? text);
}

/** Whether a piece holds an address, in either form. */
const hasAddress = (text: string): boolean => /[@\uff20]/.test(text);

/** The cells of a row that was copied out of a table; none are blank. */
function cellsOf({ text, start }: Entry): Entry[] {
  let at = 0;
  return text.split("\t").flatMap((cell) => {
    const from = at;
    at += cell.length + 1;
    const own = trimmed(text, from, from + cell.length);
    return own.text === "" ? [] : [{ ...own, start: start + own.start, end: start + own.end }];
  });
}

/** A row of a table with cells for names and addresses: a name stands before its address, or alone behind it. */
function readRow(entry: Entry): AddressEntry[] {
  const cells = cellsOf(entry);
  const people = cells.filter(({ text }) => hasAddress(text));
  if (people.length === 0) return [{ ...entry, ok: false, problem: "noAddress" }];
  const isTable = cells.every(({ text }) => !/^<|^[^"]*"[^"]*$/.test(text));
  if (!isTable) return [readEntry(entry)];
  const [first, second] = cells;
  if (first === people[0] && people.length === 1 && second && !first?.text.includes("<"))
    return [clear(entry, nameOf(second.text), first?.text ?? "")];
  let names: string[] = [];
  return cells.flatMap((cell) => {
    if (!hasAddress(cell.text)) {
      names.push(cell.text);
      return [];
    }
    const name = nameOf(names.join(" "));
    names = [];
    const isBare = name !== "" && !/[<(]/.test(cell.text);
    return [isBare ? clear(cell, name, cell.text) : readEntry(cell)];
  });
}

/** `Last, First <address>`: a name that a comma parts, before a piece that has only a name and an address in brackets. */
const joinsNext = (text: string, piece: Piece, next: Piece | undefined): boolean => {
  if (next === undefined || next.open !== undefined || piece.open !== undefined) return false;
  const own = text.slice(piece.start, piece.end).trim();
  if (own === "" || hasAddress(own) || own.includes("<")) return false;
  const following = text.slice(next.start, next.end).trim();
  // A line that was folded goes on with the address in brackets.
  if (piece.separator === "\n") return following.startsWith("<");
  if (piece.separator !== ",") return false;
  return (
    /^[^<"]+<[^<>]*[@\uff20][^<>]*>/.test(following) || /^[^<"\t@\uff20]+\t[^\t<>]*[@\uff20]/.test(following)
  );
};

/** A group's name before its members: no address, and not the "mailto:" of one. */
const isGroupName = (text: string): boolean =>
  text !== "" && !hasAddress(text) && !text.includes("<") && text.toLowerCase() !== "mailto";

/**
 * The entries of a list, in order: `Name <address>`, `"Name" <address>`, `address (Name)`, bare addresses and members of
 * groups (`Team: a@b, c@d;`), parted by commas, semicolons or line ends, and rows of a table (`Name`, tab, `address`). An
 * entry that is no address says what is wrong. Entries of blanks alone are left out.
 */
export function parseAddressList(text: string): AddressEntry[] {
  const entries: AddressEntry[] = [];
  const pieces = piecesOf(text);
  let joinFrom = -1;
  pieces.forEach((piece, i) => {
    const isGroup = piece.colon >= 0 && isGroupName(text.slice(piece.start, piece.colon).trim());
    if (!isGroup && joinFrom < 0 && joinsNext(text, piece, pieces[i + 1])) {
      joinFrom = piece.start;
      return;
    }
    const start = isGroup ? piece.colon + 1 : joinFrom >= 0 ? joinFrom : piece.start;
    joinFrom = -1;
    const entry = trimmed(text, start, piece.end);
    if (piece.open !== undefined) entries.push({ ...entry, ok: false, problem: piece.open });
    else if (entry.text.includes("\t")) entries.push(...readRow(entry));
    else if (entry.text !== "") entries.push(readEntry(entry));
    else if (isGroup && piece.separator !== "\n") {
      entries.push({ ...trimmed(text, piece.start, piece.end), ok: false, problem: "emptyGroup" });
    }
  });
  return entries;
}
