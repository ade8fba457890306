/**
 * The named property map of a file as it is: every entry, the lookup stream ("hash bucket") it belongs to, and what does
 * not agree in it ([MS-OXMSG] 2.2.3). For whoever shows the map; readers only need the entries.
 */
import {
  ENTRY_STREAM,
  FIRST_NAMED_ID,
  GUID_STREAM,
  guidOfIndex,
  lookupStream,
  type NameMap,
  nameCrc,
  nameKey,
  STRING_STREAM,
  stringAt,
} from "./namedProperties";
import type { NamedProperty } from "./types";

/** What does not agree in the map. `id` is the property id that is concerned, `stream` the stream. */
export type NameMapProblem =
  /** An entry names no property set, or a text that is not there. */
  | { readonly kind: "nameless"; readonly id: number }
  /** The entry of this id stands in another place of the stream than its number says. */
  | { readonly kind: "outOfPlace"; readonly id: number; readonly position: number }
  /** Two ids have the same name. */
  | { readonly kind: "sameName"; readonly id: number; readonly other: number }
  /** Two entries have the same id. */
  | { readonly kind: "sameId"; readonly id: number }
  /** The name is not in the lookup stream it belongs to. */
  | { readonly kind: "notInBucket"; readonly id: number; readonly stream: string }
  /** A lookup stream has a record that agrees with no entry. */
  | { readonly kind: "strayRecord"; readonly id: number; readonly stream: string }
  /** There are names and no lookup streams at all, as in files of the new Outlook. */
  | { readonly kind: "noBuckets" }
  /** A stream does not end with a whole record. */
  | { readonly kind: "cutStream"; readonly stream: string; readonly rest: number };

/** One entry of the map. */
export interface ListedName {
  /** The property id, 0x8000 and up. */
  readonly id: number;
  /** What it names; undefined where the entry is damaged. */
  readonly name: NamedProperty | undefined;
  /** The lookup stream that the name belongs to. */
  readonly bucket: string | undefined;
  readonly problems: readonly NameMapProblem[];
}

/** The map, entry by entry. */
export interface NameMapReport {
  readonly names: readonly ListedName[];
  /** Problems that concern no single name. */
  readonly problems: readonly NameMapProblem[];
}

interface Entry {
  readonly position: number;
  readonly index: number;
  readonly word: number;
  readonly value: number;
  readonly name: NamedProperty | undefined;
}

const EMPTY = new Uint8Array();
const LOOKUP = /^__substg1\.0_10[01][0-9A-F]0102$/;

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function readEntries(map: NameMap): Entry[] {
  const bytes = map.streams.get(ENTRY_STREAM) ?? EMPTY;
  const guids = map.streams.get(GUID_STREAM) ?? EMPTY;
  const strings = map.streams.get(STRING_STREAM) ?? EMPTY;
  const view = viewOf(bytes);
  const entries: Entry[] = [];
  for (let at = 0; at + 8 <= bytes.length; at += 8) {
    const value = view.getUint32(at, true);
    const word = view.getUint16(at + 4, true);
    const guid = guidOfIndex(guids, word >>> 1);
    const text = (word & 1) === 1 ? stringAt(strings, value) : undefined;
    const name: NamedProperty | undefined =
      guid === undefined
        ? undefined
        : (word & 1) === 0
          ? { guid, id: value }
          : text === undefined
            ? undefined
            : { guid, name: text };
    entries.push({ position: at / 8, index: view.getUint16(at + 6, true), word, value, name });
  }
  return entries;
}

/** The records of all lookup streams: a key of each record, and the stream it is in. */
function readBuckets(map: NameMap): Map<string, { stream: string; index: number }> {
  const records = new Map<string, { stream: string; index: number }>();
  for (const [stream, bytes] of map.streams) {
    if (!LOOKUP.test(stream)) continue;
    const view = viewOf(bytes);
    for (let at = 0; at + 8 <= bytes.length; at += 8) {
      const index = view.getUint16(at + 6, true);
      records.set(recordKey(stream, view.getUint32(at, true), view.getUint16(at + 4, true), index), {
        stream,
        index,
      });
    }
  }
  return records;
}

const recordKey = (stream: string, hash: number, word: number, index: number): string =>
  `${stream}:${hash}:${word}:${index}`;

/** Streams whose length is no multiple of their record's. */
function cutStreams(map: NameMap): NameMapProblem[] {
  return [...map.streams].flatMap(([stream, bytes]): NameMapProblem[] => {
    const unit = stream === GUID_STREAM ? 16 : stream === ENTRY_STREAM || LOOKUP.test(stream) ? 8 : 1;
    const rest = bytes.length % unit;
    return rest === 0 ? [] : [{ kind: "cutStream", stream, rest }];
  });
}

/** The map of a file, entry by entry, with what does not agree. */
export function inspectNameMap(map: NameMap): NameMapReport {
  const entries = readEntries(map);
  const buckets = readBuckets(map);
  const hasBuckets = [...map.streams.keys()].some((stream) => LOOKUP.test(stream));
  const firstOf = new Map<string, number>();
  const seen = new Set<number>();
  const names = entries.map(({ position, index, word, value, name }): ListedName => {
    const id = FIRST_NAMED_ID + index;
    const problems: NameMapProblem[] = [];
    if (index !== position) problems.push({ kind: "outOfPlace", id, position });
    if (seen.has(index)) problems.push({ kind: "sameId", id });
    seen.add(index);
    if (name === undefined) {
      problems.push({ kind: "nameless", id });
      return { id, name, bucket: undefined, problems };
    }
    const key = nameKey(name);
    const other = firstOf.get(key);
    if (other !== undefined) problems.push({ kind: "sameName", id, other });
    else firstOf.set(key, id);
    const hash = "name" in name ? nameCrc(name.name) : value;
    const bucket = lookupStream(hash, word);
    const isThere = buckets.delete(recordKey(bucket, hash, word, index));
    if (hasBuckets && !isThere) problems.push({ kind: "notInBucket", id, stream: bucket });
    return { id, name, bucket, problems };
  });
  const stray = [...buckets.values()].map(({ stream, index }): NameMapProblem => ({
    kind: "strayRecord",
    id: FIRST_NAMED_ID + index,
    stream,
  }));
  const missing: NameMapProblem[] = names.length > 0 && !hasBuckets ? [{ kind: "noBuckets" }] : [];
  return { names, problems: [...missing, ...cutStreams(map), ...stray] };
}
