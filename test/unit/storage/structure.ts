/**
 * A check of compound files written by the letter of [MS-CFB] and by nothing of the product: every rule that a strict
 * reader could hold a writer to. It throws on nothing and returns what is wrong.
 */

const FREESECT = 0xffffffff;
const ENDOFCHAIN = 0xfffffffe;
const FATSECT = 0xfffffffd;
const DIFSECT = 0xfffffffc;
const NOSTREAM = 0xffffffff;

/** A directory entry as the check sees it. */
export interface RawEntry {
  readonly name: string;
  readonly type: number;
  readonly black: boolean;
  readonly left: number;
  readonly right: number;
  readonly child: number;
  readonly first: number;
  readonly size: number;
  readonly offset: number;
}

/** What the check found. */
export interface StructureReport {
  readonly faults: string[];
  /** Depth of the deepest sibling tree. */
  readonly deepest: number;
  readonly fatSectors: number;
  readonly difatSectors: number;
  /** Sector numbers by what they hold: "FAT", "directory", a stream's entry number… */
  readonly owners: ReadonlyMap<number, string>;
  /** The directory's entries, used or not. */
  readonly entries: readonly RawEntry[];
  /** Byte offset of the FAT's value for a sector. */
  fatOffset(sector: number): number;
}

class Checker {
  readonly faults: string[] = [];
  readonly owners = new Map<number, string>();
  readonly view: DataView;
  readonly sectorSize: number;
  readonly count: number;
  readonly fat: number[] = [];
  deepest = 0;

  constructor(readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.sectorSize = 2 ** this.u16(30);
    this.count = bytes.length / this.sectorSize - 1;
  }

  u16(at: number): number {
    return this.view.getUint16(at, true);
  }

  u32(at: number): number {
    return this.view.getUint32(at, true);
  }

  demand(ok: boolean, fault: string): void {
    if (!ok) this.faults.push(fault);
  }

  at(sector: number): number {
    return (sector + 1) * this.sectorSize;
  }

  own(sector: number, owner: string): void {
    this.demand(sector < this.count, `${owner}: sector ${sector} is beyond the file`);
    this.demand(
      !this.owners.has(sector),
      `${owner}: sector ${sector} belongs to ${this.owners.get(sector) ?? ""}`,
    );
    this.owners.set(sector, owner);
  }

  header(): void {
    const major = this.u16(26);
    this.demand(this.u32(0) === 0xe011cfd0 && this.u32(4) === 0xe11ab1a1, "signature");
    this.demand(
      this.bytes.subarray(8, 24).every((b) => b === 0),
      "header class id",
    );
    this.demand(
      (major === 3 && this.u16(30) === 9) || (major === 4 && this.u16(30) === 12),
      "version and shift",
    );
    this.demand(this.u16(28) === 0xfffe && this.u16(32) === 6, "byte order or mini shift");
    this.demand(
      this.bytes.subarray(34, 40).every((b) => b === 0),
      "reserved bytes",
    );
    this.demand(this.u32(56) === 4096, "cutoff");
    this.demand(this.bytes.length % this.sectorSize === 0, "the length is no multiple of the sector size");
    this.demand(
      this.bytes.subarray(512, this.sectorSize).every((b) => b === 0),
      "padding of the header",
    );
  }

  tables(): void {
    const perSector = this.sectorSize / 4;
    const list: number[] = [];
    for (let i = 0; i < 109; i++) list.push(this.u32(76 + i * 4));
    let difat = this.u32(68);
    let difatCount = 0;
    while (difat !== ENDOFCHAIN && difatCount <= this.count) {
      this.own(difat, "DIFAT");
      difatCount++;
      for (let i = 0; i < perSector - 1; i++) list.push(this.u32(this.at(difat) + i * 4));
      difat = this.u32(this.at(difat) + (perSector - 1) * 4);
    }
    this.demand(difatCount === this.u32(72), "number of DIFAT sectors");
    const used = list.findIndex((sector) => sector === FREESECT);
    const fatSectors = used < 0 ? list : list.slice(0, used);
    this.demand(fatSectors.length === this.u32(44), "number of FAT sectors");
    this.demand(
      list.slice(fatSectors.length).every((s) => s === FREESECT),
      "unused DIFAT slots",
    );
    for (const sector of fatSectors) {
      this.own(sector, "FAT");
      for (let i = 0; i < perSector; i++) this.fat.push(this.u32(this.at(sector) + i * 4));
    }
    for (const [sector, owner] of this.owners) {
      this.demand(
        this.fat[sector] === (owner === "FAT" ? FATSECT : DIFSECT),
        `mark of ${owner} sector ${sector}`,
      );
    }
    this.demand(this.fat.length >= this.count, "the FAT does not reach the end of the file");
    this.demand(
      this.fat.slice(this.count).every((v) => v === FREESECT),
      "the FAT's tail is not free",
    );
  }

  chain(first: number, owner: string): number[] {
    const sectors: number[] = [];
    for (let s = first; s !== ENDOFCHAIN; s = this.fat[s] ?? FREESECT) {
      if (s >= this.count || sectors.length > this.count) {
        this.faults.push(`${owner}: broken chain at ${s}`);
        return sectors;
      }
      this.own(s, owner);
      sectors.push(s);
    }
    return sectors;
  }

  tailIsZero(sectors: readonly number[], size: number, owner: string): void {
    const last = sectors.at(-1);
    const used = size % this.sectorSize;
    if (last === undefined || used === 0) return;
    const tail = this.bytes.subarray(this.at(last) + used, this.at(last) + this.sectorSize);
    this.demand(
      tail.every((b) => b === 0),
      `${owner}: the tail of the last sector is not zero`,
    );
  }

  entries(): RawEntry[] {
    const sectors = this.chain(this.u32(48), "directory");
    this.demand(this.u32(40) === (this.u16(26) === 4 ? sectors.length : 0), "number of directory sectors");
    const entries: RawEntry[] = [];
    for (const sector of sectors) {
      for (let at = this.at(sector); at < this.at(sector) + this.sectorSize; at += 128)
        entries.push(this.entry(at));
    }
    return entries;
  }

  entry(at: number): RawEntry {
    const length = this.u16(at + 64);
    const type = this.bytes[at + 66] ?? 0;
    let name = "";
    for (let i = 0; i < Math.min(length, 64) / 2 - 1; i++) name += String.fromCharCode(this.u16(at + i * 2));
    const links = [this.u32(at + 68), this.u32(at + 72), this.u32(at + 76)];
    const zero = (from: number, to: number): boolean =>
      this.bytes.subarray(at + from, at + to).every((b) => b === 0);
    if (type === 0) {
      this.demand(zero(0, 67) && links.every((l) => l === NOSTREAM), `unused entry at ${at}`);
      this.demand(zero(80, 116) && zero(120, 128), `unused entry at ${at} holds something`);
    } else {
      this.demand(length % 2 === 0 && length >= 4 && length <= 64, `length of name at ${at}`);
      this.demand(zero(Math.max(0, length - 2), 64), `name at ${at} has no clean end`);
      this.demand(!/[/\\:!\0]/.test(name), `name at ${at}`);
      this.demand((this.bytes[at + 67] ?? 2) <= 1, `colour at ${at}`);
    }
    if (type === 2)
      this.demand(links[2] === NOSTREAM && zero(80, 116), `stream at ${at} with storage's fields`);
    if (type === 1) this.demand(zero(116, 128), `storage at ${at} with first sector or size`);
    return {
      name,
      type,
      black: this.bytes[at + 67] === 1,
      left: links[0] ?? NOSTREAM,
      right: links[1] ?? NOSTREAM,
      child: links[2] ?? NOSTREAM,
      first: this.u32(at + 116),
      size: this.u32(at + 120) + this.u32(at + 124) * 2 ** 32,
      offset: at,
    };
  }

  streams(entries: readonly RawEntry[]): void {
    const root = entries[0];
    if (root?.type !== 5 || root.name !== "Root Entry") {
      this.faults.push("the first entry is not the root");
      return;
    }
    const mini = this.chain(root.first, "mini stream");
    this.demand(
      root.size % 64 === 0 && mini.length === Math.ceil(root.size / this.sectorSize),
      "size of mini stream",
    );
    this.tailIsZero(mini, root.size, "mini stream");
    const miniFat = this.chain(this.u32(60), "mini FAT").flatMap((sector) =>
      Array.from({ length: this.sectorSize / 4 }, (_, i) => this.u32(this.at(sector) + i * 4)),
    );
    this.demand(this.u32(64) === (miniFat.length * 4) / this.sectorSize, "number of mini FAT sectors");
    const miniCount = root.size / 64;
    this.demand(
      miniFat.slice(miniCount).every((v) => v === FREESECT),
      "the mini FAT's tail is not free",
    );
    const miniOwned = new Set<number>();
    entries.forEach((entry, id) => {
      if (entry.type !== 2) return;
      if (entry.size === 0) {
        this.demand(entry.first === ENDOFCHAIN, `empty stream ${id} has a first sector`);
      } else if (entry.size >= 4096) {
        const sectors = this.chain(entry.first, `stream ${id}`);
        this.demand(sectors.length === Math.ceil(entry.size / this.sectorSize), `chain of stream ${id}`);
        this.tailIsZero(sectors, entry.size, `stream ${id}`);
      } else {
        let count = 0;
        let last = 0;
        for (
          let s = entry.first;
          s !== ENDOFCHAIN && s < miniCount && !miniOwned.has(s);
          s = miniFat[s] ?? FREESECT
        ) {
          miniOwned.add(s);
          last = s;
          count++;
        }
        this.demand(miniFat[last] === ENDOFCHAIN, `end of mini chain of stream ${id}`);
        this.demand(count === Math.ceil(entry.size / 64), `mini chain of stream ${id}`);
        const holder = mini[Math.floor((last * 64) / this.sectorSize)] ?? 0;
        const start = this.at(holder) + ((last * 64) % this.sectorSize);
        const tail = this.bytes.subarray(start + (entry.size % 64 || 64), start + 64);
        this.demand(
          tail.every((b) => b === 0),
          `the tail of mini stream ${id} is not zero`,
        );
      }
    });
    this.demand(miniOwned.size === miniCount, "mini sectors that belong to nothing");
  }

  trees(entries: readonly RawEntry[]): void {
    const seen = new Set<number>([0]);
    entries.forEach((entry) => {
      if (entry.type === 1 || entry.type === 5) this.tree(entries, entry, seen);
    });
    const used = entries.filter((entry) => entry.type !== 0).length;
    this.demand(seen.size === used, `${used - seen.size} entries belong to no storage`);
  }

  tree(entries: readonly RawEntry[], storage: RawEntry, seen: Set<number>): void {
    if (storage.child === NOSTREAM) return;
    this.demand(entries[storage.child]?.black === true, `top of the tree of "${storage.name}" is red`);
    const order: RawEntry[] = [];
    const blackHeights = new Set<number>();
    let depth = 0;
    const visit = (id: number, level: number, blacks: number, parentRed: boolean): void => {
      if (id === NOSTREAM) {
        blackHeights.add(blacks);
        return;
      }
      const entry = entries[id];
      if (!entry || seen.has(id) || (entry.type !== 1 && entry.type !== 2)) {
        this.faults.push(`link to entry ${id} in "${storage.name}"`);
        return;
      }
      seen.add(id);
      depth = Math.max(depth, level);
      this.demand(entry.black || !parentRed, `red entry ${id} under a red one`);
      const here = blacks + (entry.black ? 1 : 0);
      visit(entry.left, level + 1, here, !entry.black);
      order.push(entry);
      visit(entry.right, level + 1, here, !entry.black);
    };
    visit(storage.child, 1, 0, false);
    this.deepest = Math.max(this.deepest, depth);
    this.demand(blackHeights.size === 1, `black heights in "${storage.name}"`);
    this.demand(depth <= 2 * Math.log2(order.length + 1), `depth of the tree of "${storage.name}"`);
    for (let i = 1; i < order.length; i++) {
      const [a, b] = [order[i - 1]!.name, order[i]!.name];
      const sorted = a.length !== b.length ? a.length < b.length : upper(a) < upper(b);
      this.demand(sorted, `"${a}" stands before "${b}"`);
    }
  }
}

/** Upper case unit by unit, for names whose letters have one-to-one capitals in every Unicode version. */
function upper(name: string): string {
  return Array.from({ length: name.length }, (_, i) => {
    const capital = name.charAt(i).toUpperCase();
    return capital.length === 1 ? capital : name.charAt(i);
  }).join("");
}

/**
 * Checks a compound file against the format.
 * @param reserved a sector that is marked as a chain's end and belongs to nothing, if there is to be one
 */
export function checkStructure(bytes: Uint8Array, reserved?: number): StructureReport {
  const checker = new Checker(bytes);
  checker.header();
  checker.tables();
  const entries = checker.entries();
  checker.streams(entries);
  checker.trees(entries);
  if (reserved !== undefined) {
    checker.demand(!checker.owners.has(reserved), "the reserved sector is in use");
    checker.demand(checker.fat[reserved] === ENDOFCHAIN, "the reserved sector is not marked");
    checker.owners.set(reserved, "reserved");
  }
  for (let sector = 0; sector < checker.count; sector++) {
    if (!checker.owners.has(sector)) checker.faults.push(`sector ${sector} belongs to nothing`);
  }
  const { faults, deepest, owners, sectorSize } = checker;
  const fatSectors = [...owners].filter(([, owner]) => owner === "FAT").map(([sector]) => sector);
  return {
    faults,
    deepest,
    owners,
    entries,
    fatSectors: checker.u32(44),
    difatSectors: checker.u32(72),
    fatOffset: (sector) =>
      checker.at(fatSectors[Math.floor((sector * 4) / sectorSize)]!) + ((sector * 4) % sectorSize),
  };
}
