/** Filtering and sorting of the property rows. Pure; fast enough to run at every key press over 100,000 rows. */
import type { PropertyRow } from "../../src/protocol/viewModel";
import type { Sort } from "../state";
import type { Column } from "./columnModel";

/** A row with what the filter looks at, in lower case. */
export interface IndexedRow {
  readonly row: PropertyRow;
  /** Place in the property stream. */
  readonly order: number;
  readonly haystack: string;
}

/** One condition of a filter. */
interface Term {
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

/** Prepares rows for filtering, once for each set of rows. */
export function indexRows(rows: readonly PropertyRow[]): readonly IndexedRow[] {
  return rows.map((row, order) => ({
    row,
    order,
    haystack: [row.name, row.canonicalName, row.mapiName, row.namedAs, row.tagText, row.typeText, row.value]
      .join("\n")
      .toLowerCase(),
  }));
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

function matches({ row, haystack }: IndexedRow, { field, text }: Term): boolean {
  switch (field) {
    case "any":
      return haystack.includes(text);
    case "changed":
      return row.change !== undefined;
    case "name":
      return `${row.name}\n${row.canonicalName}\n${row.mapiName}`.toLowerCase().includes(text);
    case "tag":
      return row.tagText.toLowerCase().includes(text.replace(/^0x/, ""));
    case "type":
      return typeMatches(row.typeText, text);
    case "set":
      return row.namedAs.toLowerCase().includes(text);
    case "value":
      return row.value.toLowerCase().includes(text);
  }
}

/** The rows that match a filter, in their order. */
export function filterRows(rows: readonly IndexedRow[], filter: string): readonly IndexedRow[] {
  const terms = parseFilter(filter);
  if (terms.length === 0) return rows;
  return rows.filter((row) => terms.every((term) => matches(row, term)));
}

const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);

const SORT_KEYS: Readonly<Record<Column, (row: PropertyRow) => string | number>> = {
  canonicalName: (row) => row.canonicalName.toLowerCase(),
  mapiName: (row) => row.mapiName,
  set: (row) => row.namedAs.toLowerCase(),
  size: (row) => row.size ?? -1,
  flags: (row) => row.flags ?? -1,
  area: (row) => row.area?.toLowerCase() ?? "",
  name: (row) => row.name.toLowerCase(),
  tag: (row) => row.tagText,
  type: (row) => row.typeText,
  value: (row) => row.value.toLowerCase(),
};

/** The rows sorted by a column; rows that are equal keep the order of the stream, also when descending. */
export function sortRows(rows: readonly IndexedRow[], sort: Sort | undefined): readonly IndexedRow[] {
  if (sort === undefined) return rows;
  const keyOf = SORT_KEYS[sort.column];
  const direction = sort.descending ? -1 : 1;
  return rows
    .map((row) => ({ row, key: keyOf(row.row) }))
    .sort((a, b) => direction * compare(a.key, b.key) || a.row.order - b.row.order)
    .map(({ row }) => row);
}

/** What a press on a column's header leads to: ascending, descending, then the order of the stream. */
export function nextSort(sort: Sort | undefined, column: Column): Sort | undefined {
  if (sort?.column !== column) return { column, descending: false };
  return sort.descending ? undefined : { column, descending: true };
}

/** Whether a value is edited in the grid itself; all others are edited in the detail pane. */
export function editsInPlace(row: PropertyRow): boolean {
  if (row.editText === undefined) return false;
  // A field for one line would drop line breaks without a word.
  return row.editor === "boolean" || (row.editor === "line" && !/[\r\n]/.test(row.editText));
}

/** Whether a row can be edited at all, as far as the row itself says. */
export function isEditable(row: PropertyRow): boolean {
  return row.editor !== "none" && row.readOnly === undefined && row.change !== "deleted";
}

/** The next row, in steps of `step`, that can be edited in place; undefined at the end. */
export function nextInPlace(rows: readonly IndexedRow[], from: number, step: 1 | -1): number | undefined {
  for (let index = from + step; index >= 0 && index < rows.length; index += step) {
    const row = rows[index]?.row;
    if (row !== undefined && isEditable(row) && editsInPlace(row)) return index;
  }
  return undefined;
}

/** A row as tab-separated text for the clipboard. */
export function rowText(row: PropertyRow): string {
  return [row.name, row.canonicalName, row.mapiName, row.tagText, row.typeText, row.editText ?? row.value]
    .map((cell) => cell.replace(/[\t\r\n]+/g, " "))
    .join("\t");
}

/** A value as text for the clipboard: as it would be edited, else as it is shown. */
export function valueText(row: PropertyRow): string {
  return row.editText ?? row.value;
}
