/**
 * The property tables as they lie in tables/dictionary.json (made by scripts/generate-tables.mjs), and their check.
 *
 * Every table is a list of rows, every row an array whose empty cells at the end are left out:
 * - `tags`: tag in hex, canonical name without "PidTag", MAPI name (of text: without _A, _W), aliases, index into
 *   `areas`, reference, description, 1 if the description is a guess. The row to prefer of an id comes first.
 * - `named`: index into `sets`, "0x8205" or the string name, type in hex, canonical name without "PidLid" or
 *   "PidName" (or whole, starting with "Pid"), aliases, area, reference, description.
 * - `flags`: key, kind, then "hex=name" of each value; of kind `mixed` with "group:" before it. The key is a tag in
 *   hex, "index into sets:id in hex", or the name of a structure's field.
 * - `guids`: GUID, name, kind. `errors`: code in hex, name. `codepages`: number, name, label.
 * - `messageClasses`: prefix, kind, note.
 *
 * An alias "ptag*" or "dispid*" stands for that prefix with the canonical name.
 */
import { MapiError } from "./errors";

/** A cell of a row. */
export type TableCell = string | number | readonly string[];

/** A row of a table. */
export type TableRow = readonly TableCell[];

/** The parsed content of tables/dictionary.json. */
export interface PropertyTables {
  readonly areas: readonly string[];
  readonly sets: readonly string[];
  readonly tags: readonly TableRow[];
  readonly named: readonly TableRow[];
  readonly guids: readonly TableRow[];
  readonly flags: readonly TableRow[];
  readonly errors: readonly TableRow[];
  readonly codepages: readonly TableRow[];
  readonly messageClasses: readonly TableRow[];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isStringList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function isCell(value: unknown): value is TableCell {
  return typeof value === "string" || typeof value === "number" || isStringList(value);
}

function isRow(value: unknown): value is TableRow {
  return Array.isArray(value) && value.length > 0 && value.every(isCell);
}

function strings(json: Record<string, unknown>, name: string): readonly string[] {
  const list = json[name];
  if (isStringList(list)) return list;
  throw new MapiError("MAPI_E_CORRUPT_DATA", `Property tables: "${name}" is not a list of texts`);
}

function rows(json: Record<string, unknown>, name: string): readonly TableRow[] {
  const list = json[name];
  if (Array.isArray(list) && list.every(isRow)) return list;
  throw new MapiError("MAPI_E_CORRUPT_DATA", `Property tables: "${name}" is not a list of rows`);
}

/**
 * The property tables out of parsed JSON: the shape of every table is checked, the facts in it are not.
 * Throws MAPI_E_CORRUPT_DATA where a table is missing or malformed.
 */
export function parsePropertyTables(json: unknown): PropertyTables {
  if (!isObject(json)) throw new MapiError("MAPI_E_CORRUPT_DATA", "Property tables: not an object");
  return {
    areas: strings(json, "areas"),
    sets: strings(json, "sets"),
    tags: rows(json, "tags"),
    named: rows(json, "named"),
    guids: rows(json, "guids"),
    flags: rows(json, "flags"),
    errors: rows(json, "errors"),
    codepages: rows(json, "codepages"),
    messageClasses: rows(json, "messageClasses"),
  };
}

/** A cell as text; "" where the row has none. */
export function textCell(row: TableRow, at: number): string {
  const cell = row[at];
  return typeof cell === "string" ? cell : "";
}

/** A cell as number; 0 where the row has none. */
export function numberCell(row: TableRow, at: number): number {
  const cell = row[at];
  return typeof cell === "number" ? cell : 0;
}

/** A cell that holds hex digits as number; 0 where the row has none. */
export function hexCell(row: TableRow, at: number): number {
  const value = Number.parseInt(textCell(row, at), 16);
  return Number.isNaN(value) ? 0 : value;
}

/** A cell as list of texts; empty where the row has none. */
export function listCell(row: TableRow, at: number): readonly string[] {
  const cell = row[at];
  return isStringList(cell) ? cell : [];
}
