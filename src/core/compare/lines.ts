/** What differs between two texts, line by line. */
import type { ComparedField } from "./types";

/** Cells of the table of common lines; beyond that, everything between the first and the last difference counts. */
const MAX_CELLS = 1_000_000;

/** Longest line that is shown, in UTF-16 units. */
const MAX_LINE = 400;

const shown = (line: string): string => (line.length > MAX_LINE ? `${line.slice(0, MAX_LINE - 1)}…` : line);
const linesOf = (text: string): string[] => text.split(/\r\n|\r|\n/);

/** Lengths of the longest common sequence of what is left of both lists, a row for each place in the first. */
function commonTable(a: readonly string[], b: readonly string[]): Uint32Array[] {
  const rows = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    const row = rows[i];
    const next = rows[i + 1];
    if (!row || !next) continue;
    for (let j = b.length - 1; j >= 0; j--) {
      row[j] = a[i] === b[j] ? (next[j + 1] ?? 0) + 1 : Math.max(next[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return rows;
}

/** Lines of the left that go, and lines of the right that come in their place. */
interface Change {
  readonly gone: { readonly line: string; readonly at: number }[];
  readonly come: { readonly line: string; readonly at: number }[];
}

/** The changes that make the right list of the left one. `start`: number of lines before both. */
function changesOf(a: readonly string[], b: readonly string[], start: number): Change[] {
  const numbered = (lines: readonly string[]): Change["gone"] =>
    lines.map((line, i) => ({ line, at: start + i }));
  if (a.length * b.length > MAX_CELLS) return [{ gone: numbered(a), come: numbered(b) }];
  const table = commonTable(a, b);
  const changes: Change[] = [];
  let open: Change | undefined;
  const change = (): Change => {
    if (!open) changes.push((open = { gone: [], come: [] }));
    return open;
  };
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      open = undefined;
      i++;
      j++;
    } else if (j >= b.length || (i < a.length && (table[i + 1]?.[j] ?? 0) >= (table[i]?.[j + 1] ?? 0))) {
      change().gone.push({ line: a[i] ?? "", at: start + i++ });
    } else change().come.push({ line: b[j] ?? "", at: start + j++ });
  }
  return changes;
}

/** A change with its lines side by side. */
function sideBySide({ gone, come }: Change): ComparedField[] {
  return Array.from({ length: Math.max(gone.length, come.length) }, (_, at): ComparedField => {
    const left = gone[at];
    const right = come[at];
    const label = `line ${(right?.at ?? left?.at ?? 0) + 1}`;
    if (left && right) return { state: "changed", label, left: shown(left.line), right: shown(right.line) };
    return left
      ? { state: "removed", label, left: shown(left.line) }
      : { state: "added", label, right: shown(right?.line ?? "") };
  });
}

/** The lines that differ, those that go beside those that come in their place. */
export function compareLines(left: string, right: string): ComparedField[] {
  const a = linesOf(left);
  const b = linesOf(right);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end])
    end++;
  return changesOf(a.slice(start, a.length - end), b.slice(start, b.length - end), start).flatMap(sideBySide);
}
