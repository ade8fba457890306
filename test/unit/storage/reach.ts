/**
 * How much of a compound file must be there to read a stream of it by the letter of [MS-CFB]: nothing here is the
 * product's. A stream needs its own sectors, the parts of the FAT (and mini FAT and mini stream) that its chain goes
 * through, and the directory entries from the root down to its own with the sectors that these are in.
 */

const ENDOFCHAIN = 0xfffffffe;
const NOSTREAM = 0xffffffff;
const ENTRY = 128;
const MINI = 64;

/** A stream of a sound file. */
export interface Reach {
  readonly content: Uint8Array;
  /** Bytes of the file, from its start, that it needs. */
  readonly need: number;
}

interface Entry {
  readonly name: string;
  readonly type: number;
  readonly left: number;
  readonly right: number;
  readonly child: number;
  readonly first: number;
  readonly size: number;
}

class Reader {
  readonly buffer: Buffer;
  readonly sectorSize: number;
  /** Sectors of the FAT, each with what is needed to know of it. */
  readonly fat: { sector: number; need: number }[] = [];
  readonly directory: number[];
  readonly miniFat: number[];
  readonly miniStream: number[];
  readonly streams = new Map<string, Reach>();

  constructor(bytes: Uint8Array) {
    this.buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.sectorSize = 2 ** this.buffer.readUInt16LE(30);
    this.readFat();
    this.directory = this.chain(this.buffer.readUInt32LE(48));
    this.miniFat = this.chain(this.buffer.readUInt32LE(60));
    this.miniStream = this.chain(this.entry(0).first);
    const root = this.entryNeed(0);
    this.visit(this.entry(0).child, [], root);
  }

  private at(sector: number): number {
    return (sector + 1) * this.sectorSize;
  }

  private readFat(): void {
    const count = this.buffer.readUInt32LE(44);
    for (let i = 0; i < Math.min(count, 109); i++) {
      this.fat.push({ sector: this.buffer.readUInt32LE(76 + i * 4), need: 512 });
    }
    const last = this.sectorSize - 4;
    for (let sector = this.buffer.readUInt32LE(68); this.fat.length < count;) {
      const need = this.at(sector) + this.sectorSize;
      for (let at = 0; at < last && this.fat.length < count; at += 4) {
        this.fat.push({ sector: this.buffer.readUInt32LE(this.at(sector) + at), need });
      }
      sector = this.buffer.readUInt32LE(this.at(sector) + last);
    }
  }

  /** Where the FAT says what comes after a sector, and what is needed to read that. */
  private link(sector: number): { at: number; need: number } {
    const per = this.sectorSize / 4;
    const part = this.fat[Math.floor(sector / per)];
    if (!part) throw new Error(`the FAT does not reach sector ${sector}`);
    const at = this.at(part.sector) + (sector % per) * 4;
    return { at, need: Math.max(part.need, at + 4) };
  }

  private chain(first: number): number[] {
    const sectors: number[] = [];
    for (let sector = first; sector < ENDOFCHAIN; sector = this.buffer.readUInt32LE(this.link(sector).at)) {
      sectors.push(sector);
    }
    return sectors;
  }

  /** What is needed to read some bytes of a chain: those, and the way to them. */
  private windowNeed(chain: readonly number[], from: number, to: number): number {
    const firstIndex = Math.floor(from / this.sectorSize);
    const lastIndex = Math.floor((to - 1) / this.sectorSize);
    let need = 512;
    for (let i = 0; i <= lastIndex; i++) {
      const sector = chain[i] ?? 0;
      if (i < lastIndex) need = Math.max(need, this.link(sector).need);
      if (i >= firstIndex)
        need = Math.max(need, this.at(sector) + Math.min(this.sectorSize, to - i * this.sectorSize));
    }
    return need;
  }

  private place(chain: readonly number[], at: number): number {
    return this.at(chain[Math.floor(at / this.sectorSize)] ?? 0) + (at % this.sectorSize);
  }

  private entryNeed(id: number): number {
    return this.windowNeed(this.directory, id * ENTRY, (id + 1) * ENTRY);
  }

  private entry(id: number): Entry {
    const at = this.place(this.directory, id * ENTRY);
    const u32 = (offset: number): number => this.buffer.readUInt32LE(at + offset);
    const name = this.buffer.toString("utf16le", at, at + this.buffer.readUInt16LE(at + 64) - 2);
    const type = this.buffer[at + 66] ?? 0;
    return { name, type, left: u32(68), right: u32(72), child: u32(76), first: u32(116), size: u32(120) };
  }

  private visit(id: number, path: readonly string[], before: number): void {
    if (id === NOSTREAM) return;
    const entry = this.entry(id);
    const need = Math.max(before, this.entryNeed(id));
    const names = [...path, entry.name];
    if (entry.type === 2) this.streams.set(names.join("/"), this.stream(entry, need));
    else this.visit(entry.child, names, need);
    this.visit(entry.left, path, need);
    this.visit(entry.right, path, need);
  }

  private stream({ first, size }: Entry, before: number): Reach {
    const content = Buffer.alloc(size);
    let need = before;
    if (size >= 4096) {
      const chain = this.chain(first);
      need = Math.max(need, this.windowNeed(chain, 0, size));
      for (let at = 0; at < size; at += this.sectorSize) {
        const start = this.place(chain, at);
        this.buffer.copy(content, at, start, start + Math.min(this.sectorSize, size - at));
      }
      return { content, need };
    }
    for (let at = 0, mini = first; at < size; at += MINI) {
      const start = this.place(this.miniStream, mini * MINI);
      const length = Math.min(MINI, size - at);
      this.buffer.copy(content, at, start, start + length);
      need = Math.max(need, this.windowNeed(this.miniStream, mini * MINI, mini * MINI + length));
      if (at + MINI >= size) break;
      need = Math.max(need, this.windowNeed(this.miniFat, mini * 4, mini * 4 + 4));
      mini = this.buffer.readUInt32LE(this.place(this.miniFat, mini * 4));
    }
    return { content, need };
  }
}

/** The streams of a sound file by their paths, each with how much of the file it needs. */
export function reachOf(bytes: Uint8Array): ReadonlyMap<string, Reach> {
  return new Reader(bytes).streams;
}
