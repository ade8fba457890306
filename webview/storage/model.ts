/** The tree of storages and streams as the visible rows of a table. Pure. */
import type { StorageRow } from "../../src/protocol/storage";

/** A row of the tree. */
export interface StorageItem {
  readonly row: StorageRow;
  /** 1 for the root. */
  readonly level: number;
  /** Undefined for a stream, and for a storage with nothing in it. */
  readonly expanded: boolean | undefined;
}

/** The rows below each storage, by its id. */
export function childrenById(elements: readonly StorageRow[]): ReadonlyMap<number, readonly StorageRow[]> {
  const children = new Map<number, StorageRow[]>();
  for (const row of elements) {
    if (row.parent === undefined) continue;
    const siblings = children.get(row.parent);
    if (siblings === undefined) children.set(row.parent, [row]);
    else siblings.push(row);
  }
  return children;
}

/** The visible rows: those whose storages are all unfolded. Elements come with each storage before what is in it. */
export function visibleItems(
  elements: readonly StorageRow[],
  folded: ReadonlySet<number>,
): readonly StorageItem[] {
  const children = childrenById(elements);
  const levels = new Map<number, number>();
  const items: StorageItem[] = [];
  for (const row of elements) {
    const above = row.parent === undefined ? 0 : levels.get(row.parent);
    if (above === undefined || (row.parent !== undefined && folded.has(row.parent))) continue;
    levels.set(row.id, above + 1);
    const expanded = children.has(row.id) ? !folded.has(row.id) : undefined;
    items.push({ row, level: above + 1, expanded });
  }
  return items;
}

/** The rows that match every word, with the storages they are in, all unfolded. */
export function filteredItems(elements: readonly StorageRow[], filter: string): readonly StorageItem[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const kept = new Set<number>();
  for (const row of elements) {
    const haystack = `${row.name}\n${row.meaning}`.toLowerCase();
    if (!words.every((word) => haystack.includes(word))) continue;
    for (let at: StorageRow | undefined = row; at !== undefined && !kept.has(at.id);) {
      kept.add(at.id);
      at = at.parent === undefined ? undefined : elements[at.parent];
    }
  }
  return visibleItems(
    elements.filter(({ id }) => kept.has(id)),
    new Set(),
  );
}

/** The storages that are folded at first: what is in recipients, attachments and the name map, when there is much. */
export function foldedAtFirst(elements: readonly StorageRow[]): Set<number> {
  return new Set(
    elements.filter(({ type, parent }) => type === "storage" && parent !== undefined).map(({ id }) => id),
  );
}
