/** Writing a compound file: one buffer of the right size, each stream copied straight to its place. */
import { MapiError } from "../mapi/errors";
import type { StreamContent } from "./content";
import { writeEntry, writeUnusedEntry } from "./directory";
import {
  DIFSECT,
  ENDOFCHAIN,
  ENTRY_SIZE,
  EntryType,
  FATSECT,
  FREESECT,
  HEADER_DIFAT_LENGTH,
  MINI_SECTOR_SIZE,
  ROOT_NAME,
  viewOf,
  type MajorVersion,
} from "./format";
import { writeHeader } from "./header";
import { isMini, listEntries, planLayout, sectorAt, type Chain, type Entry, type Layout } from "./layout";
import type { StorageState } from "./state";

/** What is kept of the header of the file that was opened. */
export interface HeaderSettings {
  readonly majorVersion: MajorVersion;
  readonly minorVersion: number;
  readonly transactionSignature: number;
}

/** Offset of the bytes that Windows locks; their sector is reserved in larger files ([MS-CFB] 2.1, range lock sector). */
const RANGE_LOCK_OFFSET = 0x7fffff00;
/** A version 3 file is smaller than this ([MS-CFB] 2.6.1). */
const VERSION_3_LIMIT = 0x80000000;

/** The output file while it is filled. */
class Output {
  readonly bytes: Uint8Array;
  readonly view: DataView;

  constructor(readonly layout: Layout) {
    this.bytes = allocate((layout.totalSectors + 1) * layout.sectorSize);
    this.view = viewOf(this.bytes);
  }

  /** Byte offset of a position within a chain. */
  offsetIn(chain: Chain, position: number): number {
    const { sectorSize } = this.layout;
    const sector = sectorAt(this.layout, chain, Math.floor(position / sectorSize));
    return (sector + 1) * sectorSize + (position % sectorSize);
  }

  /** Copies a stream to a position in a chain; in two parts where the range lock sector lies between. */
  copy(content: StreamContent, chain: Chain, position: number): void {
    const start = this.offsetIn(chain, position);
    const lockOffset = (this.layout.lockSector + 1) * this.layout.sectorSize;
    const whole = this.layout.lockSector < 0 || start > lockOffset || start + content.size <= lockOffset;
    const split = whole ? content.size : lockOffset - start;
    content.copyTo(this.bytes, start, 0, split);
    if (split < content.size)
      content.copyTo(this.bytes, lockOffset + this.layout.sectorSize, split, content.size);
  }

  /** Writes the numbers of a table that lies in a chain of sectors, `fill` after the last. */
  setNumber(chain: Chain, index: number, value: number): void {
    this.view.setUint32(this.offsetIn(chain, index * 4), value, true);
  }
}

function allocate(size: number): Uint8Array {
  try {
    return new Uint8Array(size);
  } catch {
    throw new MapiError("STG_E_INSUFFICIENTMEMORY", `There is no memory for a file of ${size} bytes.`);
  }
}

function writeFat(output: Output): void {
  const { layout } = output;
  const mark = (sector: number, value: number): void => output.setNumber(layout.fat, sector, value);
  const capacity = (layout.fat.count * layout.sectorSize) / 4;
  for (let sector = layout.totalSectors; sector < capacity; sector++) mark(sector, FREESECT);
  for (let i = 0; i < layout.fat.count; i++) mark(sectorAt(layout, layout.fat, i), FATSECT);
  for (let i = 0; i < layout.difat.count; i++) mark(sectorAt(layout, layout.difat, i), DIFSECT);
  if (layout.lockSector >= 0) mark(layout.lockSector, ENDOFCHAIN);
  const chains = [
    layout.directory,
    layout.miniFat,
    layout.miniStream,
    ...layout.streams.map(([, chain]) => chain),
  ];
  for (const chain of chains) {
    for (let i = 0; i < chain.count; i++) {
      const next = i + 1 < chain.count ? sectorAt(layout, chain, i + 1) : ENDOFCHAIN;
      mark(sectorAt(layout, chain, i), next);
    }
  }
}

/** Writes the DIFAT sectors and returns the part that stands in the header. */
function writeDifat(output: Output): number[] {
  const { layout } = output;
  const fatSector = (i: number): number =>
    i < layout.fat.count ? sectorAt(layout, layout.fat, i) : FREESECT;
  const slots = layout.sectorSize / 4 - 1;
  for (let i = 0; i < layout.difat.count; i++) {
    const base = i * (slots + 1);
    for (let slot = 0; slot < slots; slot++) {
      output.setNumber(layout.difat, base + slot, fatSector(HEADER_DIFAT_LENGTH + i * slots + slot));
    }
    const next = i + 1 < layout.difat.count ? sectorAt(layout, layout.difat, i + 1) : ENDOFCHAIN;
    output.setNumber(layout.difat, base + slots, next);
  }
  return Array.from({ length: HEADER_DIFAT_LENGTH }, (_, i) => fatSector(i));
}

/** Puts the small streams into the mini stream, one after the other, and chains them in the mini FAT. */
function writeMiniStream(output: Output, entries: readonly Entry[]): void {
  const { layout } = output;
  let sector = 0;
  for (const entry of entries) {
    if (!entry.content || !isMini(entry.content)) continue;
    entry.firstSector = sector;
    output.copy(entry.content, layout.miniStream, sector * MINI_SECTOR_SIZE);
    const last = sector + Math.ceil(entry.content.size / MINI_SECTOR_SIZE) - 1;
    for (; sector < last; sector++) output.setNumber(layout.miniFat, sector, sector + 1);
    output.setNumber(layout.miniFat, sector++, ENDOFCHAIN);
  }
  const capacity = (layout.miniFat.count * layout.sectorSize) / 4;
  for (; sector < capacity; sector++) output.setNumber(layout.miniFat, sector, FREESECT);
}

function writeDirectory(output: Output, entries: readonly Entry[]): void {
  const { layout } = output;
  entries.forEach((entry, id) => {
    const { left, right, child, black, element, content } = entry;
    writeEntry(output.bytes, output.view, output.offsetIn(layout.directory, id * ENTRY_SIZE), {
      name: element === undefined ? ROOT_NAME : element.name,
      type: element === undefined ? EntryType.root : EntryType[element.type],
      black,
      left,
      right,
      child,
      stat: entry.state?.stat,
      firstSector: element === undefined ? layout.miniStream.first : entry.firstSector,
      size: element === undefined ? layout.miniSectors * MINI_SECTOR_SIZE : (content?.size ?? 0),
    });
  });
  const capacity = (layout.directory.count * layout.sectorSize) / ENTRY_SIZE;
  for (let id = entries.length; id < capacity; id++) {
    writeUnusedEntry(output.view, output.offsetIn(layout.directory, id * ENTRY_SIZE));
  }
}

/**
 * The bytes of a compound file with this state ([MS-CFB] 2). The tables and the directory come first, so that a file
 * that is cut loses the end of its last streams and nothing else. Throws STG_E_DOCFILETOOLARGE when version 3 cannot
 * hold it, before anything is allocated.
 * @param lockOffset offset of the locked bytes; another one than the format's serves to try the layout of huge files
 */
export function writeCompoundFile(
  root: StorageState,
  settings: HeaderSettings,
  lockOffset = RANGE_LOCK_OFFSET,
): Uint8Array {
  const entries = listEntries(root);
  const layout = planLayout(entries, settings.majorVersion, lockOffset);
  const size = (layout.totalSectors + 1) * layout.sectorSize;
  if (settings.majorVersion === 3 && size >= VERSION_3_LIMIT) {
    throw new MapiError(
      "STG_E_DOCFILETOOLARGE",
      `The file would have ${size} bytes; a compound file of version 3 is smaller than 2 GiB.`,
    );
  }
  const output = new Output(layout);
  writeFat(output);
  const difat = writeDifat(output);
  writeMiniStream(output, entries);
  writeDirectory(output, entries);
  for (const [entry, chain] of layout.streams) if (entry.content) output.copy(entry.content, chain, 0);
  writeHeader(output.bytes, {
    ...settings,
    directorySectors: settings.majorVersion === 4 ? layout.directory.count : 0,
    fatSectors: layout.fat.count,
    firstDirectorySector: layout.directory.first,
    firstMiniFatSector: layout.miniFat.first,
    miniFatSectors: layout.miniFat.count,
    firstDifatSector: layout.difat.first,
    difatSectors: layout.difat.count,
    difat,
  });
  return output.bytes;
}
