/**
 * The directory of a file for the second opinion, found with nothing of this folder's reader: [MS-CFB] 2.3, 2.5, 2.6.
 *
 * `cfb` finds the paths of entries by their links in a time that grows with the square of their number: seconds for a
 * message with thousands of recipients. So it is shown a directory without links, and the links are followed here. That
 * both speak of the same directory is checked name by name.
 */
import { ENTRY_SIZE, EntryType, HEADER_DIFAT_LENGTH, MAXREGSECT, NOSTREAM, viewOf } from "./format";

const LEFT = 68;
const RIGHT = 72;
const CHILD = 76;

/** The entries of a directory by their numbers. */
export class DirectoryLinks {
  readonly #view: DataView;
  readonly #sectors: readonly number[];
  readonly #places: ReadonlySet<number>;

  /** @throws RangeError where a table of sectors leads out of the file */
  constructor(
    bytes: Uint8Array,
    readonly sectorSize: number,
  ) {
    this.#view = viewOf(bytes);
    this.#sectors = this.#chain(this.#view.getUint32(48, true), this.#fatSectors());
    this.#places = new Set(this.#sectors.map((sector) => sector + 1));
  }

  /** How many entries there are, unused ones included. */
  get count(): number {
    return (this.#sectors.length * this.sectorSize) / ENTRY_SIZE;
  }

  /** Sectors of the FAT in order, as the header and the DIFAT list them. */
  #fatSectors(): number[] {
    const { length } = this;
    const listed: number[] = [];
    for (let i = 0; i < HEADER_DIFAT_LENGTH; i++) listed.push(this.#view.getUint32(76 + i * 4, true));
    let difat = this.#view.getUint32(68, true);
    for (let left = length; difat <= MAXREGSECT && left > 0; left--) {
      const at = (difat + 1) * this.sectorSize;
      const end = at + this.sectorSize - 4;
      for (let slot = at; slot < end; slot += 4) listed.push(this.#view.getUint32(slot, true));
      difat = this.#view.getUint32(end, true);
    }
    return listed;
  }

  /** Sectors that the file has. */
  private get length(): number {
    return Math.ceil(this.#view.byteLength / this.sectorSize);
  }

  #chain(first: number, fat: readonly number[]): number[] {
    const perSector = this.sectorSize / 4;
    const sectors: number[] = [];
    for (let sector = first; sector <= MAXREGSECT && sectors.length < this.length;) {
      sectors.push(sector);
      const table = fat[Math.floor(sector / perSector)] ?? NOSTREAM;
      sector = this.#view.getUint32((table + 1) * this.sectorSize + (sector % perSector) * 4, true);
    }
    return sectors;
  }

  #offsetOf(id: number): number {
    const perSector = this.sectorSize / ENTRY_SIZE;
    const sector = this.#sectors[Math.floor(id / perSector)] ?? 0;
    return (sector + 1) * this.sectorSize + (id % perSector) * ENTRY_SIZE;
  }

  /** The name of an entry, from its UTF-16 code units. */
  nameOf(id: number): string {
    const at = this.#offsetOf(id);
    const units = Math.min(31, Math.max(0, this.#view.getUint16(at + 64, true) / 2 - 1));
    return String.fromCharCode(
      ...Array.from({ length: Math.floor(units) }, (_, i) => this.#view.getUint16(at + i * 2, true)),
    );
  }

  /** A copy of a part of the file, `place` sectors from its start: without links when the directory is there. */
  withoutLinks(part: Uint8Array, place: number): Uint8Array {
    if (!this.#places.has(place)) return part;
    for (let at = 0; at + ENTRY_SIZE <= part.length; at += ENTRY_SIZE)
      part.fill(0xff, at + LEFT, at + CHILD + 4);
    return part;
  }

  /**
   * The path of every entry that a storage leads to, names joined by "/"; that of the root is empty.
   * @returns undefined when the links lead out of the directory, or to an entry twice
   */
  paths(): ReadonlyMap<number, string> | undefined {
    const { count } = this;
    const paths = new Map([[0, ""]]);
    const linkOf = (id: number, link: number): number =>
      this.#view.getUint32(this.#offsetOf(id) + link, true);
    const pending = [{ id: linkOf(0, CHILD), prefix: "" }];
    for (let next = pending.pop(); next; next = pending.pop()) {
      const { id, prefix } = next;
      if (id === NOSTREAM) continue;
      if (id >= count || paths.has(id)) return undefined;
      const path = prefix + this.nameOf(id);
      paths.set(id, path);
      pending.push({ id: linkOf(id, LEFT), prefix }, { id: linkOf(id, RIGHT), prefix });
      const isStorage = this.#view.getUint8(this.#offsetOf(id) + 66) === EntryType.storage;
      if (isStorage) pending.push({ id: linkOf(id, CHILD), prefix: `${path}/` });
    }
    return paths;
  }
}
