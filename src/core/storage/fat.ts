/** Sectors and their chains: the FAT and DIFAT read into memory, and chains followed with every step checked. */
import type { DamageLog } from "./damage";
import {
  DIFSECT,
  ENDOFCHAIN,
  FATSECT,
  HEADER_DIFAT_LENGTH,
  MAXREGSECT,
  sectorSizeOf,
  viewOf,
} from "./format";
import type { Header } from "./header";

/** Stands in a chain table where the table's own sector is missing. The number means nothing in the format. */
export const UNKNOWN = 0xfffffffb;

/** Sectors that are chained by one table: those of the file by the FAT, those of the mini stream by the mini FAT. */
export interface ChainSpace {
  /** The next sector of each. */
  readonly next: Uint32Array;
  /** Which chain each sector belongs to; 0: none yet. */
  readonly owners: Uint32Array;
}

/** How following a chain ended. "complete": as many sectors as asked for; "short": properly, but with fewer. */
export type ChainEnd = "complete" | "short" | "outside" | "special" | "loop" | "crossed" | "unknown";

/** The result of following a chain. */
export interface Walk {
  readonly end: ChainEnd;
  /** Sectors taken. */
  readonly count: number;
  /** The last sector taken, or undefined when there was none. */
  readonly last: number | undefined;
  /** Where it should have gone on. */
  readonly next: number;
}

/** An empty space of that many sectors, nothing known of any. */
export function createSpace(length: number): ChainSpace {
  return { next: new Uint32Array(length).fill(UNKNOWN), owners: new Uint32Array(length) };
}

/**
 * Follows a chain and claims its sectors for `owner`. A sector that has an owner already ends it, so that no chain loops
 * and no two share a sector.
 * @param limit the most sectors wanted
 * @param take gets each sector in turn
 */
export function walkChain(
  space: ChainSpace,
  start: number,
  limit: number,
  owner: number,
  take: (sector: number) => void,
): Walk {
  let next = start;
  let last: number | undefined;
  for (let count = 0; count < limit; count++) {
    const end = chainEndAt(space, next, owner);
    if (end !== undefined) return { end, count, last, next };
    space.owners[next] = owner;
    take(next);
    last = next;
    next = space.next[next] ?? UNKNOWN;
  }
  return { end: "complete", count: limit, last, next };
}

function chainEndAt(space: ChainSpace, sector: number, owner: number): ChainEnd | undefined {
  if (sector === ENDOFCHAIN) return "short";
  if (sector === UNKNOWN) return "unknown";
  if (sector > MAXREGSECT) return "special";
  const claimed = space.owners[sector];
  if (claimed === undefined) return "outside";
  if (claimed === 0) return undefined;
  return claimed === owner ? "loop" : "crossed";
}

/** What a chain's end means, as a sentence about the chain. */
export function describeEnd(walk: Walk): string {
  const sentences: Record<ChainEnd, string> = {
    complete: "The chain of sectors is complete.",
    short: "The chain of sectors is shorter than the size says.",
    outside: `The chain of sectors leads to sector ${walk.next}, which is not there.`,
    special: "The chain of sectors leads to a sector that is marked as free or as part of the FAT.",
    loop: `The chain of sectors runs in a circle at sector ${walk.next}.`,
    crossed: `The chain of sectors runs into sector ${walk.next}, which belongs to something else.`,
    unknown: "The part of the FAT that says how the chain of sectors goes on is missing.",
  };
  return sentences[walk.end];
}

/** The sectors of a file and the FAT that chains them. */
export class SectorFile implements ChainSpace {
  readonly sectorSize: number;
  /** Whole and begun sectors after the header's. */
  readonly sectorCount: number;
  readonly next: Uint32Array;
  readonly owners: Uint32Array;
  #lastOwner = 0;

  /** Takes the file apart; the FAT is filled by `loadFat`. */
  constructor(
    readonly bytes: Uint8Array,
    readonly header: Header,
  ) {
    this.sectorSize = sectorSizeOf(header.majorVersion);
    this.sectorCount = Math.max(0, Math.ceil(bytes.length / this.sectorSize) - 1);
    ({ next: this.next, owners: this.owners } = createSpace(this.sectorCount));
  }

  /** Byte offset of a sector. */
  offsetOf(sector: number): number {
    return (sector + 1) * this.sectorSize;
  }

  /** Bytes of a sector that are there: fewer than the sector size only at the end of the file. */
  bytesIn(sector: number): number {
    return Math.max(0, Math.min(this.sectorSize, this.bytes.length - this.offsetOf(sector)));
  }

  /** A new owner of sectors. */
  newOwner(): number {
    return ++this.#lastOwner;
  }

  /** The 32-bit numbers of a sector, as many as are whole. */
  numbersIn(sector: number): Uint32Array {
    const view = viewOf(this.bytes);
    const offset = this.offsetOf(sector);
    const count = Math.floor(this.bytesIn(sector) / 4);
    const numbers = new Uint32Array(count);
    for (let i = 0; i < count; i++) numbers[i] = view.getUint32(offset + i * 4, true);
    return numbers;
  }
}

/** Numbers in one sector. */
function perSector(file: SectorFile): number {
  return file.sectorSize / 4;
}

/** The numbers of the FAT sectors that chain what is in the file; undefined where the list has none. */
function listFatSectors(file: SectorFile, log: DamageLog): (number | undefined)[] {
  const needed = Math.ceil(file.sectorCount / perSector(file));
  const list: (number | undefined)[] = [];
  const add = (sector: number): void => {
    if (list.length < needed) list.push(sector <= MAXREGSECT ? sector : undefined);
  };
  file.header.difat.slice(0, HEADER_DIFAT_LENGTH).forEach(add);
  const owner = file.newOwner();
  let next = file.header.firstDifatSector;
  while (list.length < needed) {
    if (next > MAXREGSECT) break;
    if (file.owners[next] !== 0) {
      const why = file.owners[next] === undefined ? "lies beyond the end of the file" : "is listed twice";
      log.report({ object: "DIFAT", offset: file.offsetOf(next), message: `DIFAT sector ${next} ${why}.` });
      break;
    }
    file.owners[next] = owner;
    const numbers = file.numbersIn(next);
    const slots = perSector(file) - 1;
    for (let i = 0; i < slots; i++) add(numbers[i] ?? UNKNOWN);
    next = numbers[slots] ?? ENDOFCHAIN;
  }
  while (list.length < needed) list.push(undefined);
  return list;
}

/** Whether every number of a sector could stand in a FAT, and one says that there is a FAT sector. */
function looksLikeFat(file: SectorFile, sector: number): boolean {
  const numbers = file.numbersIn(sector);
  const limit = file.sectorCount + perSector(file);
  return numbers.includes(FATSECT) && numbers.every((value) => value < limit || value >= DIFSECT);
}

/** Puts sectors that look like lost parts of the FAT in the empty places of the list, in the order of the file. */
function findLostFatSectors(file: SectorFile, list: (number | undefined)[]): void {
  const known = new Set(list);
  let candidate = 0;
  for (let slot = 0; slot < list.length; slot++) {
    const listed = list[slot];
    if (listed !== undefined && listed < file.sectorCount) continue;
    while (candidate < file.sectorCount && (known.has(candidate) || !looksLikeFat(file, candidate)))
      candidate++;
    if (candidate >= file.sectorCount) return;
    list[slot] = candidate++;
  }
}

/**
 * Fills the FAT from the sectors that the header and the DIFAT list ([MS-CFB] 2.3, 2.5). Parts that are missing stay
 * UNKNOWN; recovery looks for them first.
 */
export function loadFat(file: SectorFile, log: DamageLog): void {
  const list = listFatSectors(file, log);
  const first = list.findIndex((sector) => sector === undefined || sector >= file.sectorCount);
  if (first >= 0) {
    const sector = list[first];
    const what =
      sector === undefined ? "is not listed" : `should be sector ${sector}, beyond the end of the file`;
    // Without an entry in the list nothing is wrong until a chain needs it: bytes may follow the last used sector.
    if (sector !== undefined || log.recover)
      log.report({ object: "FAT", message: `Part ${first} of the FAT ${what}.` });
    if (log.recover) findLostFatSectors(file, list);
  }
  const owner = file.newOwner();
  list.forEach((sector, slot) => {
    if (sector === undefined || sector >= file.sectorCount) return;
    if (file.owners[sector] !== 0) {
      const message = `Sector ${sector} is listed twice as part of the FAT or DIFAT.`;
      log.report({ object: "FAT", offset: file.offsetOf(sector), message });
    }
    file.owners[sector] = owner;
    const numbers = file.numbersIn(sector);
    const base = slot * perSector(file);
    file.next.set(numbers.subarray(0, Math.max(0, file.sectorCount - base)), base);
    if (numbers.length < perSector(file)) {
      log.report({
        object: "FAT",
        offset: file.offsetOf(sector),
        message: `FAT sector ${sector} is cut off.`,
      });
    }
  });
}
