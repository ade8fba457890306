/** Which rows of a comparison are shown: only differences or all, with what is folded left out. */
import type { CompareRow } from "../../src/protocol/compare";

/** A row on the screen. */
export interface ShownRow {
  readonly row: CompareRow;
  /** Its place in the model, which names it. */
  readonly index: number;
  /** Whether there are rows below it, and whether they are shown; undefined where there are none. */
  readonly expanded: boolean | undefined;
}

/** The rows to show, in order. `folded` holds the places of rows whose rows below are hidden. */
export function shownRows(
  rows: readonly CompareRow[],
  onlyDifferences: boolean,
  folded: ReadonlySet<number>,
): ShownRow[] {
  const kept = rows.flatMap((row, index) =>
    !onlyDifferences || row.state !== "same" || row.depth === 0 ? [{ row, index }] : [],
  );
  const shown: ShownRow[] = [];
  let hiddenBelow = Number.POSITIVE_INFINITY;
  kept.forEach(({ row, index }, at) => {
    if (row.depth > hiddenBelow) return;
    const hasMore = (kept[at + 1]?.row.depth ?? 0) > row.depth;
    const isFolded = hasMore && folded.has(index);
    hiddenBelow = isFolded ? row.depth : Number.POSITIVE_INFINITY;
    shown.push({ row, index, expanded: hasMore ? !isFolded : undefined });
  });
  return shown;
}

/** The next row that differs, without the objects that only hold others: at the end it goes on from the start. */
export function nextDifference(rows: readonly ShownRow[], from: number, step: 1 | -1): number | undefined {
  const differs = ({ row, expanded }: ShownRow): boolean =>
    row.state !== "same" && (row.kind !== "object" || row.state !== "changed" || expanded === false);
  for (let count = 1; count <= rows.length; count++) {
    const at = (((from + step * count) % rows.length) + rows.length) % rows.length;
    const row = rows[at];
    if (row && differs(row)) return at;
  }
  return undefined;
}

/** The row that a row is below; undefined for the first. */
export function parentOf(rows: readonly ShownRow[], at: number): number | undefined {
  const depth = rows[at]?.row.depth ?? 0;
  for (let above = at - 1; above >= 0; above--) if ((rows[above]?.row.depth ?? 0) < depth) return above;
  return undefined;
}
