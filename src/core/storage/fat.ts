/** Sectors and their chains: the FAT and DIFAT read into memory, and chains followed with every step checked. */
import type { DamageLog } from "./damage";
import { DIFSECT, ENDOFCHAIN, FATSECT, MAXREGSECT, sectorSizeOf, viewOf } from "./format";
import type { Header } from "./header";

/** Stands in a chain table where the table's own sector is missing. The number means nothing in the format. */
export const UNKNOWN = 0xfffffffb;

/** Whether the machine's own numbers are those of the format, so that they need not be put together byte by byte. */
const LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

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

/** Gets the sectors of a chain in turn: `count` of them, which follow each other in the file from `sector` on. */
export type TakeRun = (sector: number, count: number) => void;

/** How many sectors from `sector` on, itself included, follow each other in the chain and are free; at most `most`. */
function runLength({ next, owners }: ChainSpace, sector: number, most: number): number {
  let last = sector;
  const end = sector + most - 1;
  while (last < end && next[last] === last + 1 && owners[last + 1] === 0) last++;
  return last - sector + 1;
}

/**
 * Follows a chain and claims its sectors for `owner`. A sector that has an owner already ends it, so that no chain loops
 * and no two share a sector.
 * @param limit the most sectors wanted
 * @param take gets the sectors run by run: a large stream mostly is one
 */
export function walkChain(
  space: ChainSpace,
  start: number,
  limit: number,
  owner: number,
  take: TakeRun,
): Walk {
  let next = start;
  let last: number | undefined;
  for (let count = 0; count < limit;) {
    const end = chainEndAt(space, next, owner);
    if (end !== undefined) return { end, count, last, next };
    const run = runLength(space, next, limit - count);
    space.owners.fill(owner, next, next + run);
    take(next, run);
    count += run;
    last = next + run - 1;
    next = space.next[last] ?? UNKNOWN;
  }
  return { end: "complete", count: limit, last, next };
}

/** Appends every sector of a run to a list. */
export function collectInto(sectors: number[]): TakeRun {
  return (sector, count) => {
    for (let at = sector; at < sector + count; at++) sectors.push(at);
  };
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

/**
 * Follows a chain of one of the file's own structures to its end. When recovering it steps over sectors that the file no
 * longer has, as long as the FAT knows how the chain goes on, so that those behind them keep their places; the sectors
 * that are not there are taken too.
 */
export function walkStructure(
  file: SectorFile,
  start: number,
  limit: number,
  bridge: boolean,
): [number[], Walk] {
  const sectors: number[] = [];
  const missing = new Set<number>();
  const owner = file.newOwner();
  const take = collectInto(sectors);
  let walk = walkChain(file, start, limit, owner, take);
  while (bridge && walk.end === "outside" && sectors.length < limit) {
    const { next: lost } = walk;
    const beyond = file.next[lost];
    if (beyond === undefined || missing.has(lost)) break;
    missing.add(lost);
    sectors.push(lost);
    walk = walkChain(file, beyond, limit - sectors.length, owner, take);
  }
  return [sectors, { ...walk, count: sectors.length, last: sectors.at(-1) }];
}

/** Whether a chain came to a proper end. */
export function isEnded(walk: Walk): boolean {
  return walk.end === "short" || (walk.end === "complete" && walk.next === ENDOFCHAIN);
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
  /** When recovering longer than the file: what chains do beyond its end is known as long as the FAT is there. */
  next: Uint32Array;
  readonly owners: Uint32Array;
  #lastOwner = 0;
  readonly #numbers: Uint32Array | undefined;

  /** Takes the file apart; the FAT is filled by `loadFat`. */
  constructor(
    readonly bytes: Uint8Array,
    readonly header: Header,
  ) {
    this.sectorSize = sectorSizeOf(header.majorVersion);
    this.sectorCount = Math.max(0, Math.ceil(bytes.length / this.sectorSize) - 1);
    ({ next: this.next, owners: this.owners } = createSpace(this.sectorCount));
    this.#numbers = numbersOf(bytes);
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

  /** The 32-bit numbers of a sector, as many as are whole; to be read only, for they may be the file's own bytes. */
  numbersIn(sector: number): Uint32Array {
    const first = this.offsetOf(sector) / 4;
    const count = Math.floor(this.bytesIn(sector) / 4);
    if (this.#numbers && count > 0) return this.#numbers.subarray(first, first + count);
    const numbers = new Uint32Array(count);
    this.copyNumbers(sector, numbers, 0);
    return numbers;
  }

  /** Copies the 32-bit numbers of a sector, as many as are whole and have room; how many there were. */
  copyNumbers(sector: number, target: Uint32Array, at: number): number {
    const offset = this.offsetOf(sector);
    const count = Math.floor(this.bytesIn(sector) / 4);
    const room = Math.min(count, target.length - at);
    const numbers = this.#numbers;
    if (numbers) {
      // A large file has thousands of such sectors: a view for each would be garbage at once.
      for (let i = 0, from = offset / 4; i < room; i++) target[at + i] = numbers[from + i] ?? UNKNOWN;
      return count;
    }
    const view = viewOf(this.bytes);
    for (let i = 0; i < room; i++) target[at + i] = view.getUint32(offset + i * 4, true);
    return count;
  }
}

/** All bytes as 32-bit numbers, where the machine can read them so. */
function numbersOf({ buffer, byteOffset, byteLength }: Uint8Array): Uint32Array | undefined {
  if (!LITTLE_ENDIAN || byteOffset % 4 !== 0) return undefined;
  return new Uint32Array(buffer, byteOffset, Math.floor(byteLength / 4));
}

/** Numbers in one sector. */
function perSector(file: SectorFile): number {
  return file.sectorSize / 4;
}

/** Whether the numbers of a sector could stand in the FAT; a few may be damaged. */
function isPlausibleFat(file: SectorFile, numbers: Uint32Array): boolean {
  const limit = Math.max(file.sectorCount, file.next.length) + perSector(file);
  const wrong = numbers.filter((value) => value >= limit && value < DIFSECT);
  return wrong.length <= numbers.length / 4;
}

/** Whether a sector can be a lost part of the FAT: what is known of the FAT says so, or where it is silent its looks. */
function looksLikeFat(file: SectorFile, sector: number): boolean {
  const mark = file.next[sector];
  if (file.owners[sector] !== 0 || (mark !== FATSECT && mark !== UNKNOWN)) return false;
  const numbers = file.numbersIn(sector);
  return (mark === FATSECT || numbers.includes(FATSECT)) && isPlausibleFat(file, numbers);
}

/** Reads the FAT into memory, part by part. */
class FatLoader {
  readonly #owner: number;
  /** Parts that a chain in the file may need. */
  readonly #within: number;
  /** Parts to read; when recovering also those for what was behind the end of the file. */
  readonly #wanted: number;
  /** Parts read or found missing so far. */
  #parts = 0;
  readonly #lost: number[] = [];

  constructor(
    readonly file: SectorFile,
    readonly log: DamageLog,
  ) {
    this.#owner = file.newOwner();
    this.#within = Math.ceil(file.sectorCount / perSector(file));
    this.#wanted = this.#within;
    if (!log.recover) return;
    this.#wanted = Math.max(this.#within, Math.min(file.header.fatSectors, file.sectorCount));
    file.next = new Uint32Array(this.#wanted * perSector(file)).fill(UNKNOWN);
  }

  load(): void {
    for (const sector of this.file.header.difat) this.#add(sector);
    if (this.#parts < this.#wanted) this.#loadDifat();
    while (this.#parts < this.#wanted) this.#add(UNKNOWN);
    this.#loadLost();
  }

  /** Takes the next part of the FAT; not an ordinary sector's number where the list has none. */
  #add(sector: number): void {
    if (this.#parts >= this.#wanted) return;
    const part = this.#parts++;
    const { file, log } = this;
    if (sector < file.sectorCount && this.#isUsable(sector)) {
      this.#read(part, sector);
      return;
    }
    // A part that is neither counted nor listed is no damage: bytes may follow the last sector in use.
    if (part >= this.#within || (sector > MAXREGSECT && part >= file.header.fatSectors)) return;
    this.#lost.push(part);
    const what = sector > MAXREGSECT ? "is not listed" : `should be sector ${sector}, which cannot be`;
    log.report({ object: "FAT", message: `Part ${part} of the FAT ${what}.` });
  }

  /** When recovering a sector that cannot be a FAT's by its numbers is as good as missing. */
  #isUsable(sector: number): boolean {
    const { file, log } = this;
    return !log.recover || (file.owners[sector] === 0 && isPlausibleFat(file, file.numbersIn(sector)));
  }

  #read(part: number, sector: number): void {
    const { file, log } = this;
    const place = { object: "FAT", offset: file.offsetOf(sector) };
    if (file.owners[sector] !== 0) {
      log.report({ ...place, message: `Sector ${sector} is listed twice as part of the FAT or DIFAT.` });
    }
    file.owners[sector] = this.#owner;
    const base = part * perSector(file);
    const read = file.copyNumbers(sector, file.next, base);
    if (read < perSector(file)) log.report({ ...place, message: `FAT sector ${sector} is cut off.` });
  }

  /** Follows the chain of DIFAT sectors, each of which ends with the number of the next. */
  #loadDifat(): void {
    const { file, log } = this;
    const owner = file.newOwner();
    const slots = perSector(file) - 1;
    let next = file.header.firstDifatSector;
    while (this.#parts < this.#wanted && next <= MAXREGSECT) {
      const fault = this.#difatFault(next);
      if (fault !== undefined) {
        log.report({
          object: "DIFAT",
          offset: file.offsetOf(next),
          message: `DIFAT sector ${next} ${fault}.`,
        });
        return;
      }
      file.owners[next] = owner;
      const numbers = file.numbersIn(next);
      for (let i = 0; i < slots; i++) this.#add(numbers[i] ?? UNKNOWN);
      next = numbers[slots] ?? ENDOFCHAIN;
    }
  }

  #difatFault(sector: number): string | undefined {
    const { file, log } = this;
    if (sector >= file.sectorCount) return "lies beyond the end of the file";
    if (file.owners[sector] !== 0) return "is in use already";
    const mark = file.next[sector];
    if (log.recover && mark !== UNKNOWN && mark !== DIFSECT) return "is marked as something else";
    return undefined;
  }

  /** Fills the missing parts with sectors that look like it, in the order of the file. */
  #loadLost(): void {
    let candidate = 0;
    for (const part of this.#lost) {
      while (candidate < this.file.sectorCount && !looksLikeFat(this.file, candidate)) candidate++;
      if (candidate >= this.file.sectorCount) return;
      this.#read(part, candidate);
    }
  }
}

/**
 * Fills the FAT from the sectors that the header and the DIFAT list ([MS-CFB] 2.3, 2.5). Parts that are missing stay
 * UNKNOWN; recovery looks for them first.
 */
export function loadFat(file: SectorFile, log: DamageLog): void {
  new FatLoader(file, log).load();
}
