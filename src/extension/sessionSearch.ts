/** The search through all objects of a session, in slices, so that the host stays free for everything else. */
import { MapiError } from "../core";
import { type IndexedRow, indexRow, matchesAll, parseFilter, type Term } from "../protocol/filter";
import type { ObjectHits, SearchHit, SearchResult } from "../protocol/search";
import { type RowAndView, type RowContext, rowsAndViewsOf } from "./viewModel/rows";

/** Milliseconds of work between two breaks. */
const SLICE_MS = 20;
/** Values longer than this are not shown whole by their row, in UTF-16 units. */
const WHOLE_IN_ROW = 200;
/** Most of one value that is searched, in UTF-16 units. */
const MAX_SEARCHED = 4 * 1024 * 1024;
const BEFORE_MATCH = 30;
const AFTER_MATCH = 160;

/** Says that a search is not wanted any more. */
export interface Cancellation {
  cancelled: boolean;
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** The text of a value beyond what its row shows; undefined where the row shows all. */
function wholeText(value: unknown): string | undefined {
  const text =
    typeof value === "string"
      ? value
      : Array.isArray(value) && value.every((item) => typeof item === "string")
        ? value.join("\n")
        : "";
  return text.length > WHOLE_IN_ROW ? text.slice(0, MAX_SEARCHED) : undefined;
}

/** The part of a long value around the first word that its row does not show; undefined where the row shows all. */
function snippet(shown: string, whole: string | undefined, terms: readonly Term[]): string | undefined {
  if (whole === undefined) return undefined;
  const seen = shown.toLowerCase();
  const lower = whole.toLowerCase();
  const beyond = terms
    .filter(({ field, text }) => (field === "any" || field === "value") && !seen.includes(text))
    .map(({ text }) => lower.indexOf(text))
    .find((at) => at >= 0);
  if (beyond === undefined) return undefined;
  const start = Math.max(0, beyond - BEFORE_MATCH);
  const part = whole.slice(start, beyond + AFTER_MATCH).replace(/\s+/g, " ");
  return `${start > 0 ? "…" : ""}${part}`;
}

/** The hit a property is, or undefined when it does not match. */
function hitOf({ row, view }: RowAndView, terms: readonly Term[]): SearchHit | undefined {
  const whole = wholeText(view.value);
  const indexed: IndexedRow = {
    ...indexRow(row, 0),
    ...(whole === undefined ? {} : { whole: whole.toLowerCase() }),
  };
  if (!matchesAll(indexed, terms)) return undefined;
  const { tag, name, tagText, typeText, value, change } = row;
  return {
    tag,
    name,
    tagText,
    typeText,
    value: snippet(value, whole, terms) ?? value,
    ...(change === undefined ? {} : { change }),
  };
}

/** The hits in one object; none where it has gone since the search began. */
function hitsIn(context: RowContext, address: string, terms: readonly Term[]): SearchHit[] {
  try {
    return rowsAndViewsOf(context, address)
      .map((entry) => hitOf(entry, terms))
      .filter((hit) => hit !== undefined);
  } catch (error) {
    if (error instanceof MapiError) return [];
    throw error;
  }
}

/**
 * Searches objects in their order. An empty query finds nothing.
 * @param limit most hits in the result; all are counted
 * @param cancellation looked at between slices; a cancelled search ends early and says so
 */
export async function searchObjects(
  context: RowContext,
  addresses: readonly string[],
  query: string,
  limit: number,
  cancellation: Cancellation,
): Promise<SearchResult> {
  const terms = parseFilter(query);
  const objects: ObjectHits[] = [];
  let count = 0;
  let objectCount = 0;
  let sent = 0;
  let sliceEnd = Date.now() + SLICE_MS;
  for (const address of terms.length === 0 ? [] : addresses) {
    if (Date.now() > sliceEnd) {
      await pause();
      if (cancellation.cancelled) break;
      sliceEnd = Date.now() + SLICE_MS;
    }
    const hits = hitsIn(context, address, terms);
    if (hits.length === 0) continue;
    count += hits.length;
    objectCount++;
    const taken = hits.slice(0, limit - sent);
    sent += taken.length;
    if (taken.length > 0) objects.push({ object: address, hits: taken });
  }
  return { objects, count, objectCount, cancelled: cancellation.cancelled };
}
