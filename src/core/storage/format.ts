/** The numbers of the compound file format that more than one part needs ([MS-CFB] 2.1, 2.2, 2.6). */

/** Highest number of an ordinary sector. */
export const MAXREGSECT = 0xfffffffa;
/** A sector that holds part of the DIFAT. */
export const DIFSECT = 0xfffffffc;
/** A sector that holds part of the FAT. */
export const FATSECT = 0xfffffffd;
/** The end of a chain of sectors. */
export const ENDOFCHAIN = 0xfffffffe;
/** A free sector. */
export const FREESECT = 0xffffffff;
/** No directory entry. */
export const NOSTREAM = 0xffffffff;

/** Bytes of the header proper; in version 4 zeros follow up to the end of the first 4,096 bytes. */
export const HEADER_SIZE = 512;
/** FAT sector numbers that the header itself holds. */
export const HEADER_DIFAT_LENGTH = 109;
/** Streams smaller than this many bytes live in the mini stream. */
export const MINI_STREAM_CUTOFF = 4096;
/** Bytes of a sector of the mini stream. */
export const MINI_SECTOR_SIZE = 64;
/** Bytes of a directory entry. */
export const ENTRY_SIZE = 128;
/** Deepest nesting of storages; real messages have 3 to 10. */
export const MAX_DEPTH = 256;
/** The storage names of the root, whatever an opened file called it. */
export const ROOT_NAME = "Root Entry";

/** Object types of a directory entry ([MS-CFB] 2.6.1). */
export const EntryType = { unused: 0, storage: 1, stream: 2, root: 5 } as const;

/** The two major versions. */
export type MajorVersion = 3 | 4;

/** Bytes of a sector. */
export function sectorSizeOf(version: MajorVersion): number {
  return version === 3 ? 512 : 4096;
}

/** A view over bytes for little-endian reads and writes. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/**
 * The same bytes as a plain Uint8Array. Node's Buffer is one too, but its `slice` gives a view where everybody else's
 * gives a copy: no caller should have to know which of them he was handed.
 */
export function plainView(bytes: Uint8Array): Uint8Array {
  if (bytes.constructor === Uint8Array) return bytes;
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
