/** The plan of a compound file: its directory entries, and which sectors everything gets. */
import type { StreamContent } from "./content";
import {
  ENDOFCHAIN,
  ENTRY_SIZE,
  HEADER_DIFAT_LENGTH,
  MINI_SECTOR_SIZE,
  MINI_STREAM_CUTOFF,
  NOSTREAM,
  sectorSizeOf,
  type MajorVersion,
} from "./format";
import { compareFolded } from "./names";
import { layOutSiblings } from "./siblingTree";
import type { Element, StorageState } from "./state";

/** An entry of the directory to be written: a large file has tens of thousands, all of one shape. */
export class Entry {
  /** The name under which the element is sorted; of the root none. */
  readonly folded: string;
  readonly element: Element | undefined;
  readonly state: StorageState | undefined;
  readonly content: StreamContent | undefined;
  left = NOSTREAM;
  right = NOSTREAM;
  child = NOSTREAM;
  black = true;
  firstSector: number;

  constructor(folded: string, element: Element | undefined, state: StorageState | undefined) {
    this.folded = folded;
    this.element = element;
    this.state = state;
    this.content = element?.type === "stream" ? element.content : undefined;
    this.firstSector = element?.type === "storage" ? 0 : ENDOFCHAIN;
  }
}

/** The entries of a directory, storage by storage, the children of each side by side in their order. */
export function listEntries(root: StorageState): Entry[] {
  const entries = [new Entry("", undefined, root)];
  for (let at = 0; at < entries.length; at++) {
    const storage = entries[at];
    if (!storage?.state) continue;
    const first = entries.length;
    for (const [folded, element] of storage.state.elements) {
      entries.push(new Entry(folded, element, element.type === "storage" ? element.state : undefined));
    }
    if (entries.length > first) linkSiblings(entries, storage, first);
  }
  return entries;
}

/** Joins the entries from `first` on to the sibling tree of a storage. */
function linkSiblings(entries: readonly Entry[], storage: Entry, first: number): void {
  const foldedOf = (id: number): string => entries[id]?.folded ?? "";
  const sorted = Array.from({ length: entries.length - first }, (_, index) => first + index);
  sorted.sort((a, b) => compareFolded(foldedOf(a), foldedOf(b)));
  const idAt = (index: number): number => sorted[index] ?? NOSTREAM;
  const tree = layOutSiblings(sorted.length);
  storage.child = idAt(tree.top);
  tree.nodes.forEach((node, index) => {
    const entry = entries[idAt(index)];
    if (!entry) return;
    entry.left = idAt(node.left);
    entry.right = idAt(node.right);
    entry.black = node.black;
  });
}

/** A chain of sectors: consecutive, but for the range lock sector. */
export interface Chain {
  readonly first: number;
  readonly count: number;
}

/** Where everything goes. */
export interface Layout {
  readonly sectorSize: number;
  /** The sector nothing may lie in, or -1. */
  readonly lockSector: number;
  readonly difat: Chain;
  readonly fat: Chain;
  readonly directory: Chain;
  readonly miniFat: Chain;
  readonly miniStream: Chain;
  readonly miniSectors: number;
  /** One for each entry with a stream outside the mini stream. */
  readonly streams: readonly (readonly [entry: Entry, chain: Chain])[];
  readonly totalSectors: number;
}

export function isMini(content: StreamContent): boolean {
  return content.size > 0 && content.size < MINI_STREAM_CUTOFF;
}

/** Sectors of FAT and DIFAT for a number of other sectors. */
function tableSectors(others: number, perSector: number): { fat: number; difat: number } {
  let fat = 0;
  let difat = 0;
  for (;;) {
    const needed = Math.ceil((others + fat + difat) / perSector);
    const neededDifat = Math.ceil(Math.max(0, needed - HEADER_DIFAT_LENGTH) / (perSector - 1));
    if (needed === fat && neededDifat === difat) return { fat, difat };
    fat = Math.max(fat, needed);
    difat = Math.max(difat, neededDifat);
  }
}

/** Gives out sectors in order and steps over the range lock sector. */
class Allocator {
  next = 0;

  constructor(readonly lockSector: number) {}

  take(count: number): Chain {
    if (count === 0) return { first: ENDOFCHAIN, count };
    if (this.next === this.lockSector) this.next++;
    const first = this.next;
    this.next += count;
    if (first < this.lockSector && this.next > this.lockSector) this.next++;
    return { first, count };
  }
}

/**
 * Plans a file: tables first, then the directory, the mini stream, the streams.
 * @param lockOffset offset of the bytes whose sector is kept free in larger files of version 4
 */
export function planLayout(entries: readonly Entry[], version: MajorVersion, lockOffset: number): Layout {
  const sectorSize = sectorSizeOf(version);
  const perSector = sectorSize / 4;
  const directorySectors = Math.ceil((entries.length * ENTRY_SIZE) / sectorSize);
  let miniSectors = 0;
  let streamSectors = 0;
  for (const { content } of entries) {
    if (!content) continue;
    if (isMini(content)) miniSectors += Math.ceil(content.size / MINI_SECTOR_SIZE);
    else streamSectors += Math.ceil(content.size / sectorSize);
  }
  const miniFatSectors = Math.ceil(miniSectors / perSector);
  const miniStreamSectors = Math.ceil((miniSectors * MINI_SECTOR_SIZE) / sectorSize);
  const others = directorySectors + miniFatSectors + miniStreamSectors + streamSectors;
  let tables = tableSectors(others, perSector);
  const lock = Math.floor(lockOffset / sectorSize) - 1;
  const locked = version === 4 && others + tables.fat + tables.difat > lock;
  if (locked) tables = tableSectors(others + 1, perSector);
  const lockSector = locked ? lock : -1;
  const allocator = new Allocator(lockSector);
  const difat = allocator.take(tables.difat);
  const fat = allocator.take(tables.fat);
  const directory = allocator.take(directorySectors);
  const miniFat = allocator.take(miniFatSectors);
  const miniStream = allocator.take(miniStreamSectors);
  const streams: (readonly [Entry, Chain])[] = [];
  for (const entry of entries) {
    if (!entry.content || entry.content.size < MINI_STREAM_CUTOFF) continue;
    const chain = allocator.take(Math.ceil(entry.content.size / sectorSize));
    entry.firstSector = chain.first;
    streams.push([entry, chain]);
  }
  const totalSectors = Math.max(allocator.next, lockSector + 1);
  return {
    sectorSize,
    lockSector,
    difat,
    fat,
    directory,
    miniFat,
    miniStream,
    miniSectors,
    streams,
    totalSectors,
  };
}

/** The sector at a place in a chain. */
export function sectorAt(layout: Layout, chain: Chain, index: number): number {
  const sector = chain.first + index;
  return chain.first < layout.lockSector && sector >= layout.lockSector ? sector + 1 : sector;
}
