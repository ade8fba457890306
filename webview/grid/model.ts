/** Sorting of the property rows, and what can be done with one. Pure. */
import { matchesAll, parseFilter, type IndexedRow } from "../../src/protocol/filter";
import type { PropertyRow } from "../../src/protocol/viewModel";
import type { Sort } from "../state";
import type { Column } from "./columnModel";

/** The rows that match a filter, in their order. */
export function filterRows(rows: readonly IndexedRow[], filter: string): readonly IndexedRow[] {
  const terms = parseFilter(filter);
  if (terms.length === 0) return rows;
  return rows.filter((row) => matchesAll(row, terms));
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
