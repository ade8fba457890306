/** Directory entries, read and written ([MS-CFB] 2.6.1). */
import { stringOfUnits } from "../text/codepages/buffers";
import { GUID_NULL, guidFromBytes, guidToBytes } from "../mapi/guid";
import { ENTRY_SIZE, EntryType, NOSTREAM } from "./format";
import { MAX_NAME_LENGTH } from "./names";
import type { StorageStat } from "./types";

/** What a directory entry says, unchecked but for its name. */
export interface DirectoryEntry {
  readonly name: string;
  /** Why the name cannot be used, as the rest of a sentence. */
  readonly nameFault: string | undefined;
  readonly type: number;
  readonly left: number;
  readonly right: number;
  readonly child: number;
  /** Of storages and the root; the same bytes of a stream mean nothing. */
  readonly stat: StorageStat | undefined;
  readonly firstSector: number;
  readonly sizeLow: number;
  readonly sizeHigh: number;
}

/** Where the units of a name are gathered: made once, for there are as many names as entries. */
const UNITS = new Uint16Array(32);
/** Names met lately, at a place that their units give: a message file has the same few in every storage. */
const NAMES: string[] = new Array<string>(1024).fill("");

/** The string of the first `count` units, the same one as for the last entry of that name. */
function nameOfUnits(count: number): string {
  let hash = count;
  for (let i = 0; i < count; i++) hash = (hash * 31 + (UNITS[i] ?? 0)) & 0xffffff;
  const place = hash % NAMES.length;
  const known = NAMES[place] ?? "";
  let same = known.length === count;
  for (let i = 0; same && i < count; i++) same = known.charCodeAt(i) === UNITS[i];
  if (same) return known;
  const name = stringOfUnits(UNITS.subarray(0, count));
  NAMES[place] = name;
  return name;
}

/** The name of the entry at `offset`, up to its first NUL. */
function readName(view: DataView, offset: number): { name: string; nameFault: string | undefined } {
  const length = view.getUint16(offset + 64, true);
  if (length > 64) return { name: "", nameFault: `has a name of ${length} bytes; 64 are the most` };
  if (length % 2 !== 0) return { name: "", nameFault: `has a name of ${length} bytes, which is odd` };
  let count = 0;
  for (let at = 0; at + 2 <= length; at += 2) {
    const unit = view.getUint16(offset + at, true);
    if (unit === 0) break;
    UNITS[count++] = unit;
  }
  const name = nameOfUnits(count);
  if (name.length === 0) return { name, nameFault: "has no name" };
  if (name.length === length / 2)
    return { name: name.slice(0, MAX_NAME_LENGTH), nameFault: "has a name without its end" };
  return { name, nameFault: undefined };
}

/** Class id, state bits and times of the storage at `offset`. */
function readStat(view: DataView, offset: number): StorageStat {
  const zero = view.getBigUint64(offset + 80, true) === 0n && view.getBigUint64(offset + 88, true) === 0n;
  return {
    clsid: zero ? GUID_NULL : guidFromBytes(new Uint8Array(view.buffer, view.byteOffset + offset + 80, 16)),
    stateBits: view.getUint32(offset + 96, true),
    created: view.getBigUint64(offset + 100, true),
    modified: view.getBigUint64(offset + 108, true),
  };
}

/** What the `type` byte of the entry at `offset` is ([MS-CFB] 2.6.1). */
export function readType(view: DataView, offset: number): number {
  return view.getUint8(offset + 66);
}

/** Reads the entry at `offset`; 128 bytes must be there. */
export function readEntry(view: DataView, offset: number): DirectoryEntry {
  const type = readType(view, offset);
  const { name, nameFault } = readName(view, offset);
  return {
    name,
    nameFault,
    type,
    left: view.getUint32(offset + 68, true),
    right: view.getUint32(offset + 72, true),
    child: view.getUint32(offset + 76, true),
    stat: type === EntryType.storage || type === EntryType.root ? readStat(view, offset) : undefined,
    firstSector: view.getUint32(offset + 116, true),
    sizeLow: view.getUint32(offset + 120, true),
    sizeHigh: view.getUint32(offset + 124, true),
  };
}

/** An entry as it is written. */
export interface NewEntry {
  readonly name: string;
  readonly type: number;
  readonly black: boolean;
  readonly left: number;
  readonly right: number;
  readonly child: number;
  /** Left out for streams: all zeros. */
  readonly stat: StorageStat | undefined;
  readonly firstSector: number;
  readonly size: number;
}

function writeStat(target: Uint8Array, view: DataView, offset: number, stat: StorageStat): void {
  const clsid = guidToBytes(stat.clsid);
  if (clsid) target.set(clsid, offset + 80);
  view.setUint32(offset + 96, stat.stateBits, true);
  view.setBigUint64(offset + 100, stat.created, true);
  view.setBigUint64(offset + 108, stat.modified, true);
}

/** Writes an entry over 128 zero bytes at `offset`. */
export function writeEntry(target: Uint8Array, view: DataView, offset: number, entry: NewEntry): void {
  for (let i = 0; i < entry.name.length; i++) view.setUint16(offset + i * 2, entry.name.charCodeAt(i), true);
  view.setUint16(offset + 64, (entry.name.length + 1) * 2, true);
  view.setUint8(offset + 66, entry.type);
  view.setUint8(offset + 67, entry.black ? 1 : 0);
  view.setUint32(offset + 68, entry.left, true);
  view.setUint32(offset + 72, entry.right, true);
  view.setUint32(offset + 76, entry.child, true);
  if (entry.stat) writeStat(target, view, offset, entry.stat);
  view.setUint32(offset + 116, entry.firstSector, true);
  view.setUint32(offset + 120, entry.size % 0x100000000, true);
  view.setUint32(offset + 124, Math.floor(entry.size / 0x100000000), true);
}

/** Writes an unused entry over 128 zero bytes at `offset`: all links free. */
export function writeUnusedEntry(view: DataView, offset: number): void {
  for (const at of [68, 72, 76]) view.setUint32(offset + at, NOSTREAM, true);
}

/** Bytes 0 to 65 of an unused entry: no name. */
function isBlank(view: DataView, offset: number): boolean {
  for (let at = 0; at < 66; at += 2) if (view.getUint16(offset + at, true) !== 0) return false;
  return true;
}

const KNOWN_TYPES: readonly number[] = [EntryType.storage, EntryType.stream, EntryType.root];

/**
 * Whether the bytes of a sector are directory entries by their looks: every one is blank or has a proper name, a known
 * type and a colour, and at least one is in use. For finding sectors that the directory's chain has lost.
 */
export function looksLikeDirectory(view: DataView, offset: number, length: number): boolean {
  let used = 0;
  for (let at = offset; at + ENTRY_SIZE <= offset + length; at += ENTRY_SIZE) {
    const type = readType(view, at);
    if (type === EntryType.unused) {
      if (!isBlank(view, at)) return false;
      continue;
    }
    if (!KNOWN_TYPES.includes(type) || view.getUint8(at + 67) > 1) return false;
    const { name, nameFault } = readName(view, at);
    if (nameFault !== undefined || (name.length + 1) * 2 !== view.getUint16(at + 64, true)) return false;
    used++;
  }
  return used > 0;
}
