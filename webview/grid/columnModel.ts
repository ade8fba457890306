/** The columns of the property grid: which there are, which are shown, in which order and how wide. Pure. */
import type { ColumnPreference } from "../../src/protocol/views";

/** Names of the grid's columns, in the order of a grid that nobody changed. */
export const COLUMNS = [
  "name",
  "canonicalName",
  "mapiName",
  "tag",
  "type",
  "set",
  "size",
  "flags",
  "area",
  "value",
] as const;
/** One column of the grid. */
export type Column = (typeof COLUMNS)[number];
/** Columns whose width is set; the value column takes the rest. */
export type SizedColumn = Exclude<Column, "value">;

/** A column as it is arranged. `width` is in CSS pixels and means nothing for the value column. */
export interface ColumnState {
  readonly id: Column;
  readonly width: number;
  readonly shown: boolean;
}

const MIN_WIDTH = 48;
const MAX_WIDTH = 1200;
/** Narrowest value column in CSS pixels. */
export const MIN_VALUE_WIDTH = 140;
/** Columns that cannot be hidden. */
const ALWAYS: ReadonlySet<Column> = new Set<Column>(["name", "value"]);
const SHOWN: ReadonlySet<Column> = new Set<Column>(["name", "tag", "type", "value"]);

const WIDTHS: Readonly<Record<Column, number>> = {
  name: 220,
  canonicalName: 220,
  mapiName: 220,
  tag: 92,
  type: 132,
  set: 200,
  size: 76,
  flags: 104,
  area: 160,
  value: 0,
};

/** The text of a column's header, by its key. */
export const COLUMN_LABEL = {
  name: "columnName",
  canonicalName: "columnCanonicalName",
  mapiName: "columnMapiName",
  tag: "columnTag",
  type: "columnType",
  set: "columnSet",
  size: "columnSize",
  flags: "columnFlags",
  area: "columnArea",
  value: "columnValue",
} as const;

/** The columns of a grid that nobody changed. */
export const DEFAULT_COLUMNS: readonly ColumnState[] = COLUMNS.map((id) => ({
  id,
  width: WIDTHS[id],
  shown: SHOWN.has(id),
}));

/** Whether a column has a width of its own. */
export const isSized = (column: Column): column is SizedColumn => column !== "value";

/** Whether a column can be hidden. */
export const canHide = (column: Column): boolean => !ALWAYS.has(column);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function readColumn(value: unknown): ColumnState | undefined {
  if (!isRecord(value)) return undefined;
  const id = COLUMNS.find((column) => column === value["id"]);
  if (id === undefined) return undefined;
  const width = value["width"];
  const fits = typeof width === "number" && width >= MIN_WIDTH && width <= MAX_WIDTH;
  return { id, width: fits ? Math.round(width) : WIDTHS[id], shown: !canHide(id) || value["shown"] === true };
}

/** Reads an arrangement that was stored, perhaps by another version: every column comes out once. */
export function readColumns(stored: unknown): readonly ColumnState[] {
  if (!Array.isArray(stored)) return DEFAULT_COLUMNS;
  const read = stored.map(readColumn).filter((column) => column !== undefined);
  const kept = read.filter(({ id }, index) => read.findIndex((other) => other.id === id) === index);
  const missing = DEFAULT_COLUMNS.filter(({ id }) => !kept.some((other) => other.id === id));
  return [...kept, ...missing];
}

/** An arrangement as it is stored. */
export const storedColumns = (columns: readonly ColumnState[]): ColumnPreference[] =>
  columns.map(({ id, width, shown }) => ({ id, width, shown }));

/** One column made wider (or narrower) by some pixels. */
export function resizeColumn(
  columns: readonly ColumnState[],
  id: Column,
  by: number,
): readonly ColumnState[] {
  return columns.map((column) =>
    column.id === id
      ? { ...column, width: Math.max(MIN_WIDTH, Math.min(MAX_WIDTH, Math.round(column.width + by))) }
      : column,
  );
}

/** A column shown or hidden. */
export function toggleColumn(columns: readonly ColumnState[], id: Column): readonly ColumnState[] {
  return columns.map((column) =>
    column.id === id && canHide(id) ? { ...column, shown: !column.shown } : column,
  );
}

/** A column moved past the next one that is shown, to the left (-1) or the right (1). */
export function moveColumn(
  columns: readonly ColumnState[],
  id: Column,
  step: 1 | -1,
): readonly ColumnState[] {
  const from = columns.findIndex((column) => column.id === id);
  let to = from + step;
  while (columns[to]?.shown === false) to += step;
  const moved = columns[from];
  if (moved === undefined || columns[to] === undefined) return columns;
  const rest = columns.filter((column) => column !== moved);
  return [...rest.slice(0, to), moved, ...rest.slice(to)];
}

/** What there is room for: all chosen columns, all but the type, or name and value alone. */
export type Fit = "all" | "noType" | "compact";

const NO_TYPE_BELOW = 620;
const COMPACT_BELOW = 480;

/** What fits into a width in CSS pixels; a grid that is not laid out yet (0) shows all. */
export function fitOf(width: number): Fit {
  if (width === 0 || width >= NO_TYPE_BELOW) return "all";
  return width >= COMPACT_BELOW ? "noType" : "compact";
}

/** The columns that are drawn, in their order. */
export function drawnColumns(columns: readonly ColumnState[], fit: Fit): readonly ColumnState[] {
  const shown = columns.filter(({ shown: isShown }) => isShown);
  if (fit === "compact") return shown.filter(({ id }) => !canHide(id));
  return fit === "noType" ? shown.filter(({ id }) => id !== "type") : shown;
}

/** The tracks of header and rows as a value of `grid-template-columns`. */
export function gridTemplate(drawn: readonly ColumnState[], fit: Fit): string {
  if (fit === "compact") {
    return drawn.map(({ id }) => (id === "name" ? "minmax(96px, 2fr)" : "minmax(0, 3fr)")).join(" ");
  }
  return drawn
    .map(({ id, width }) => (isSized(id) ? `${width}px` : `minmax(${MIN_VALUE_WIDTH}px, 1fr)`))
    .join(" ");
}

/** The least width of a row in CSS pixels; below it the grid scrolls sideways. */
export function leastWidth(drawn: readonly ColumnState[], fit: Fit): number {
  if (fit === "compact") return 0;
  return drawn.reduce((sum, { id, width }) => sum + (isSized(id) ? width : MIN_VALUE_WIDTH), 0);
}
