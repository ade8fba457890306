/** What the Names view shows of a name, and its filter. Pure. */
import type { NameRow } from "../../src/protocol/names";

/** Four upper-case hex digits. */
export const hex4 = (value: number): string => value.toString(16).toUpperCase().padStart(4, "0");

/** The property set by name, else by GUID. */
export const setText = ({ setName, guid }: NameRow): string => setName || guid;

/** The names in which every word occurs: in id, name, number, set or GUID. */
export function filterNames(
  names: readonly NameRow[],
  filter: string,
  onlyUnused: boolean,
): readonly NameRow[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return names.filter((row) => {
    if (onlyUnused && row.useCount > 0) return false;
    const haystack = [hex4(row.id), row.words, row.canonicalName, row.localId, row.setName, row.guid]
      .join("\n")
      .toLowerCase();
    return words.every((word) => haystack.includes(word));
  });
}
