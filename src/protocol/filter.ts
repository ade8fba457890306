/**
 * The filter over property rows: words that must all occur, and `name:`, `tag:`, `type:`, `set:`, `value:`, `changed`.
 * The page filters one object by it while a person types, the host searches a whole session by it. Pure; fast enough to
 * run at every key press over 100,000 rows.
 */
import type { PropertyRow } from "./viewModel";

/** A row with what the filter looks at, in lower case. */
export interface IndexedRow {
  readonly row: PropertyRow;
  /** Place in the property stream. */
  readonly order: number;
  readonly haystack: string;
  /** The names alone, in lower case. */
  readonly names: string;
  /** The whole value, where the row shows only its beginning; in lower case. */
  readonly whole?: string;
}

/** One condition of a filter. */
export interface Term {
  readonly field: "any" | "name" | "tag" | "type" | "set" | "value" | "changed";
  readonly text: string;
}

const FIELDS: ReadonlySet<string> = new Set(["name", "tag", "type", "set", "value"]);

/** Words people use for types beside the PT_ names. */
const TYPE_WORDS: Readonly<Record<string, readonly string[]>> = {
  text: ["unicode", "string8"],
  string: ["unicode", "string8"],
  date: ["systime"],
  integer: ["pt_i2", "pt_long", "pt_i8", "_short"],
  number: ["pt_i2", "pt_long", "pt_i8", "_short", "pt_r4", "pt_double", "currency"],
  guid: ["clsid"],
  multi: ["pt_mv"],
};

/** Prepares a row for filtering. */
export function indexRow(row: PropertyRow, order: number): IndexedRow {
  const { name, canonicalName, mapiName, namedAs, tagText, typeText, value } = row;
  const names = `${name}\n${canonicalName}\n${mapiName}`.toLowerCase();
  const rest = `${namedAs}\n${tagText}\n${typeText}\n${value}`.toLowerCase();
  return { row, order, names, haystack: `${names}\n${rest}` };
}

/** Prepares rows for filtering, once for each set of rows. */
export function indexRows(rows: readonly PropertyRow[]): readonly IndexedRow[] {
  return rows.map(indexRow);
}

function parseTerm(word: string): Term {
  const unquoted = word.replaceAll('"', "");
  if (unquoted === "changed") return { field: "changed", text: "" };
  const colon = unquoted.indexOf(":");
  const field = unquoted.slice(0, Math.max(0, colon));
  if (!FIELDS.has(field)) return { field: "any", text: unquoted.replace(/^0x(?=[0-9a-f]{8}$)/, "") };
  // The type word of FIELDS is known to be one of the fields of a term.
  return { field: field as Term["field"], text: unquoted.slice(colon + 1) };
}

/** Splits a filter at blanks, keeping quoted phrases, into conditions that must all hold. */
export function parseFilter(filter: string): readonly Term[] {
  const words = filter.toLowerCase().match(/(?:"[^"]*"?|[^\s"])+/g) ?? [];
  return words.map(parseTerm).filter(({ field, text }) => field === "changed" || text !== "");
}

function typeMatches(typeText: string, wanted: string): boolean {
  const type = typeText.toLowerCase();
  return type.includes(wanted) || (TYPE_WORDS[wanted] ?? []).some((word) => type.includes(word));
}

/** Whether one row meets one condition. */
function matches({ row, haystack, names, whole }: IndexedRow, { field, text }: Term): boolean {
  switch (field) {
    case "any":
      return haystack.includes(text) || whole?.includes(text) === true;
    case "changed":
      return row.change !== undefined;
    case "name":
      return names.includes(text);
    case "tag":
      return row.tagText.toLowerCase().includes(text.replace(/^0x/, ""));
    case "type":
      return typeMatches(row.typeText, text);
    case "set":
      return row.namedAs.toLowerCase().includes(text);
    case "value":
      return row.value.toLowerCase().includes(text) || whole?.includes(text) === true;
  }
}

/** Whether a row meets all conditions. */
export function matchesAll(row: IndexedRow, terms: readonly Term[]): boolean {
  return terms.every((term) => matches(row, term));
}
