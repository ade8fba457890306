/** The contents of all streams of a file: chains checked once at opening, bytes read only when asked for. */
import { PieceList, type FileContent } from "./content";
import type { DamageLog } from "./damage";
import type { DirectoryEntry } from "./directory";
import { pathOf, type TreeNode } from "./directoryTree";
import {
  collectInto,
  createSpace,
  describeEnd,
  walkChain,
  type TakeRun,
  UNKNOWN,
  type ChainSpace,
  type SectorFile,
  type Walk,
  isEnded,
  walkStructure,
} from "./fat";
import { ENDOFCHAIN, EntryType, FREESECT, MAXREGSECT, MINI_SECTOR_SIZE, MINI_STREAM_CUTOFF } from "./format";

/** Sectors of one size, their chains, and where their bytes are in the file. */
interface SectorSource {
  readonly space: ChainSpace;
  readonly unit: number;
  /** Of `count` sectors in a row those that lie together in the file: byte offset, bytes there, and how many they are. */
  locate(sector: number, count: number): readonly [offset: number, length: number, count: number];
  newOwner(): number;
  /** Sectors of owners up to this number hold the file's own structures. */
  readonly structureOwners: number;
}

/** What following one stream's chain gave. */
interface Attempt {
  readonly pieces: PieceList;
  readonly owner: number;
  readonly walk: Walk;
}

/** The size an entry gives; version 3 ignores the high half ([MS-CFB] 2.6.1). */
function sizeOf(file: SectorFile, entry: DirectoryEntry): number {
  return file.header.majorVersion === 3 ? entry.sizeLow : entry.sizeLow + entry.sizeHigh * 0x100000000;
}

/** Takes the bytes of sectors into the pieces: as many as still belong to the stream; nothing after a gap. */
function takeInto(source: SectorSource, pieces: PieceList, size: number): TakeRun {
  let cut = false;
  return (sector, count) => {
    for (let done = 0; done < count && !cut;) {
      const [offset, length, together] = source.locate(sector + done, count - done);
      const wanted = Math.min(source.unit * together, size - pieces.size);
      pieces.add(offset, Math.min(wanted, length));
      cut = length < wanted;
      done += together;
    }
  };
}

function attempt(source: SectorSource, first: number, size: number): Attempt {
  const pieces = new PieceList();
  const owner = source.newOwner();
  const limit = Math.ceil(size / source.unit);
  const walk = walkChain(source.space, first, limit, owner, takeInto(source, pieces, size));
  return { pieces, owner, walk };
}

/** Gives the sectors of an attempt free again and says how many they were. */
function release(source: SectorSource, first: number, owner: number): number {
  const { next, owners } = source.space;
  let count = 0;
  for (let sector = first; owners[sector] === owner; sector = next[sector] ?? UNKNOWN) {
    owners[sector] = 0;
    count++;
  }
  return count;
}

/** Goes on where the FAT is missing: with the sectors that follow in the file, as long as nobody else has them. */
function guessOn(source: SectorSource, walk: Walk, limit: number, owner: number, take: TakeRun): Walk {
  let current = walk;
  while (current.end === "unknown" && current.last !== undefined && current.count < limit) {
    const candidate = current.last + 1;
    if (source.space.owners[candidate] !== 0 || source.space.next[candidate] === FREESECT) return current;
    const more = walkChain(source.space, candidate, limit - current.count, owner, take);
    current = { ...more, count: current.count + more.count, last: more.last ?? current.last };
  }
  return current;
}

/** The mini stream's size and chain, as far as it is certain. */
interface MiniStream {
  readonly size: number;
  readonly sectors: number[];
  readonly walk: Walk;
}

/** Reads the streams of one file. */
export class StreamReader {
  readonly #file: SectorFile;
  readonly #log: DamageLog;
  /** By entry number. */
  readonly #contents: (FileContent | undefined)[];
  /** Sectors that may still be read for two streams at once: bounds what a hostile file can swell to. */
  #shared: number;
  /** Sectors that may still be followed for nothing: bounds the time when thousands of streams share a broken chain. */
  #releases: number;
  /** Whether the whole mini stream is there. */
  #miniIsWhole = true;

  /** @param entries how many entries the directory has room for */
  constructor(file: SectorFile, log: DamageLog, entries: number) {
    this.#file = file;
    this.#log = log;
    this.#contents = new Array<FileContent | undefined>(entries);
    this.#shared = file.sectorCount;
    this.#releases = file.sectorCount * 8;
  }

  /**
   * The content of every stream among the nodes, by entry number. Sound chains claim their sectors first, so that a
   * broken one cannot take anything from them.
   */
  readAll(root: DirectoryEntry, nodes: readonly TreeNode[]): readonly (FileContent | undefined)[] {
    const miniFatSectors = this.#loadMiniFatSectors(root);
    const mini = this.#startMiniStream(root);
    const file = this.#fileSource();
    const streams = nodes.filter((node) => node.entry.type === EntryType.stream);
    const isMini = (node: TreeNode): boolean => sizeOf(this.#file, node.entry) < MINI_STREAM_CUTOFF;
    const doubtful = streams.filter((node) => !isMini(node) && !this.#readSound(file, node));
    const miniSource = this.#finishMiniStream(mini, miniFatSectors);
    doubtful.push(...streams.filter((node) => isMini(node) && !this.#readSound(miniSource, node)));
    for (const node of doubtful) {
      const sources = isMini(node) ? ([miniSource, file] as const) : ([file, miniSource] as const);
      this.#readDoubtful(node, ...sources);
    }
    this.#checkMiniSize(mini.size, miniSource);
    return this.#contents;
  }

  /** Reports streams that lie behind the size that the root gives for the mini stream. */
  #checkMiniSize(size: number, { space, unit }: SectorSource): void {
    const declared = Math.ceil(size / unit);
    if (!space.owners.subarray(declared).some((owner) => owner !== 0)) return;
    const message = `The size of the mini stream, ${size} bytes, is too small.`;
    this.#log.report({ object: "mini stream", message, lossy: false });
  }

  #fileSource(): SectorSource {
    const file = this.#file;
    const structureOwners = file.newOwner();
    return {
      space: file,
      unit: file.sectorSize,
      locate: (sector, count) => {
        const offset = file.offsetOf(sector);
        const length = Math.max(0, Math.min(count * file.sectorSize, file.bytes.length - offset));
        return [offset, length, count];
      },
      newOwner: () => file.newOwner(),
      structureOwners,
    };
  }

  /** The sectors of the mini FAT ([MS-CFB] 2.4). */
  #loadMiniFatSectors(root: DirectoryEntry): number[] {
    const file = this.#file;
    const { firstMiniFatSector: first, miniFatSectors } = file.header;
    const wanted = miniFatSectors > 0 || (this.#log.recover && sizeOf(file, root) > 0);
    if (!wanted || first > MAXREGSECT) return [];
    const limit = Math.max(file.sectorCount, file.next.length);
    const [sectors, walk] = walkStructure(file, first, limit, this.#log.recover);
    if (isEnded(walk) && sectors.every((sector) => sector < file.sectorCount)) return sectors;
    const offset = walk.last === undefined ? 60 : file.offsetOf(walk.last);
    const message = isEnded(walk) ? "A part of it is beyond the end of the file." : describeEnd(walk);
    this.#log.report({ object: "mini FAT", offset, message });
    return sectors;
  }

  /** Follows the chain of the mini stream, the root entry's own stream, as far as it is certain. */
  #startMiniStream(root: DirectoryEntry): MiniStream {
    const file = this.#file;
    const { recover } = this.#log;
    const size = sizeOf(file, root);
    // A size that is too small hides nothing from recovery: it takes all that is chained.
    const most = Math.max(file.sectorCount, file.next.length);
    const limit = recover && size > 0 ? most : Math.ceil(size / file.sectorSize);
    const [sectors, walk] = walkStructure(file, root.firstSector, limit, recover);
    return { size, sectors, walk };
  }

  #finishMiniStream({ size, sectors, walk }: MiniStream, miniFatSectors: readonly number[]): SectorSource {
    const file = this.#file;
    const needed = Math.min(Math.ceil(size / file.sectorSize), file.sectorCount);
    if (sectors.length < needed) {
      guessOn(this.#fileSource(), walk, needed, file.newOwner(), collectInto(sectors));
    }
    const there = sectors.reduce((sum, sector) => sum + file.bytesIn(sector), 0);
    this.#miniIsWhole = there >= size;
    if (!this.#miniIsWhole) {
      const why = isEnded(walk) ? "The rest is beyond the end of the file." : describeEnd(walk);
      const message = `The mini stream has ${there} of its ${size} bytes. ${why}`;
      this.#log.report({ object: "mini stream", offset: file.offsetOf(walk.last ?? -1), message });
    }
    const chained = sectors.length * file.sectorSize;
    const length = this.#log.recover ? chained : Math.min(size, there);
    const space = createSpace(Math.ceil(length / MINI_SECTOR_SIZE));
    this.#fillMiniFat(space, miniFatSectors);
    let owners = 0;
    return {
      space,
      unit: MINI_SECTOR_SIZE,
      structureOwners: 0,
      newOwner: () => ++owners,
      locate: (sector, count) => {
        const position = sector * MINI_SECTOR_SIZE;
        const within = position % file.sectorSize;
        const holder = sectors[Math.floor(position / file.sectorSize)] ?? file.sectorCount;
        const together = Math.min(count, (file.sectorSize - within) / MINI_SECTOR_SIZE);
        const length = Math.min(together * MINI_SECTOR_SIZE, Math.max(0, file.bytesIn(holder) - within));
        return [file.offsetOf(holder) + within, length, together];
      },
    };
  }

  #fillMiniFat(space: ChainSpace, miniFatSectors: readonly number[]): void {
    let at = 0;
    for (const sector of miniFatSectors) {
      if (at >= space.next.length) return;
      const numbers = this.#file.numbersIn(sector);
      space.next.set(numbers.subarray(0, space.next.length - at), at);
      at += this.#file.sectorSize / 4;
    }
  }

  /** Reads a stream whose chain is whole; otherwise reports it, or when recovering leaves it for later. */
  #readSound(source: SectorSource, node: TreeNode): boolean {
    const size = sizeOf(this.#file, node.entry);
    const first = node.entry.firstSector;
    const { pieces, owner, walk } = attempt(source, first, size);
    const sound = walk.end === "complete" && pieces.size === size;
    if (this.#log.recover && !sound && this.#releases > 0) {
      this.#releases -= release(source, first, owner);
      return false;
    }
    this.#setContent(node, pieces, source);
    if (!sound) this.#reportStream(node, pieces.size, size, walk);
    return true;
  }

  #setContent(node: TreeNode, pieces: PieceList, { unit }: SectorSource): void {
    const isMini = unit === MINI_SECTOR_SIZE;
    this.#contents[node.id] = pieces.toContent(this.#file.bytes, node.entry.firstSector, isMini);
  }

  /** Takes what there is of a stream with a broken chain. */
  #readDoubtful(node: TreeNode, source: SectorSource, other: SectorSource): void {
    const size = sizeOf(this.#file, node.entry);
    const first = node.entry.firstSector;
    const { pieces, owner, walk } = attempt(source, first, size);
    const limit = Math.ceil(size / source.unit);
    if (walk.count === 0 && this.#readWithOtherSize(node, other)) return;
    const take = takeInto(source, pieces, size);
    const whole = pieces.size === Math.min(size, walk.count * source.unit);
    if (whole && walk.end === "unknown") guessOn(source, walk, limit, owner, take);
    if (whole && walk.end === "crossed") this.#readShared(source, walk, limit, owner, take);
    this.#setContent(node, pieces, source);
    this.#reportStream(node, pieces.size, size, walk);
  }

  /** Reads on through sectors that another stream has already: whose they are cannot be known. */
  #readShared(source: SectorSource, walk: Walk, limit: number, owner: number, take: TakeRun): void {
    const seen = new Set<number>();
    let sector = walk.next;
    for (let count = walk.count; count < limit && this.#shared > 0; count++) {
      const claimed = source.space.owners[sector];
      if (claimed === undefined || claimed === owner || seen.has(sector)) return;
      if (claimed !== 0 && claimed <= source.structureOwners) return;
      seen.add(sector);
      this.#shared--;
      take(sector, 1);
      sector = source.space.next[sector] ?? UNKNOWN;
    }
  }

  /** A size on the wrong side of the limit sends a reader to the wrong table: tries the other one. */
  #readWithOtherSize(node: TreeNode, other: SectorSource): boolean {
    // In a file that was cut the start lies behind the cut; the same number in the other table would be chance.
    if (this.#releases <= 0 || !this.#miniIsWhole || this.#isCut()) return false;
    const isOtherMini = other.unit === MINI_SECTOR_SIZE;
    const most = isOtherMini ? MINI_STREAM_CUTOFF - 1 : other.space.next.length * other.unit;
    const first = node.entry.firstSector;
    const { pieces, owner, walk } = attempt(other, first, most);
    const proper =
      walk.count > 0 && (walk.end === "short" || (walk.end === "complete" && walk.next === ENDOFCHAIN));
    if (!proper) {
      this.#releases -= release(other, first, owner);
      return false;
    }
    this.#setContent(node, pieces, other);
    const message = `The size is wrong; the ${pieces.size} bytes of its chain were taken.`;
    this.#log.report({ object: pathOf(node), message });
    return true;
  }

  /** Whether the FAT was made for a longer file. */
  #isCut(): boolean {
    const { next, sectorCount } = this.#file;
    return next.subarray(sectorCount).some((value) => value !== FREESECT && value !== UNKNOWN);
  }

  #reportStream(node: TreeNode, found: number, size: number, walk: Walk): void {
    const why = walk.end === "complete" ? "The file ends within the stream." : describeEnd(walk);
    const offset = walk.last === undefined ? {} : { offset: this.#file.offsetOf(walk.last) };
    const message = `The stream has ${found} of its ${size} bytes. ${why}`;
    this.#log.report({ object: pathOf(node), ...offset, message });
  }
}
