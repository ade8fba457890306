/** The header of a compound file, read and written ([MS-CFB] 2.2). */
import { MapiError } from "../mapi/errors";
import type { DamageLog } from "./damage";
import {
  HEADER_DIFAT_LENGTH,
  HEADER_SIZE,
  MINI_STREAM_CUTOFF,
  sectorSizeOf,
  viewOf,
  type MajorVersion,
} from "./format";
import { describeForeignFile } from "./foreignFiles";

const SIGNATURE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1] as const;
/** The signature of the format's beta, before 1993. */
const BETA_SIGNATURE = [0x0e, 0x11, 0xfc, 0x0d, 0xd0, 0xcf, 0x11, 0x0e] as const;
const BYTE_ORDER = 0xfffe;
const MINI_SHIFT = 6;
/** Minor version of a new file. */
export const NEW_MINOR_VERSION = 0x003e;

/** What a header says; sector numbers and counts as they stand in the file, unchecked. */
export interface Header {
  readonly majorVersion: MajorVersion;
  readonly minorVersion: number;
  readonly directorySectors: number;
  readonly fatSectors: number;
  readonly firstDirectorySector: number;
  readonly transactionSignature: number;
  readonly firstMiniFatSector: number;
  readonly miniFatSectors: number;
  readonly firstDifatSector: number;
  readonly difatSectors: number;
  /** The first 109 FAT sector numbers. */
  readonly difat: readonly number[];
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, i) => bytes[i] === byte);
}

/** Refuses what is no compound file, and says what it is instead. */
function checkSignature(bytes: Uint8Array): void {
  if (startsWith(bytes, BETA_SIGNATURE)) {
    throw new MapiError(
      "STG_E_OLDFORMAT",
      "The file is in the beta format of compound files, which is not read.",
    );
  }
  if (!startsWith(bytes, SIGNATURE)) {
    throw new MapiError("STG_E_INVALIDHEADER", `This is not a compound file: ${describeForeignFile(bytes)}.`);
  }
  if (bytes.length < HEADER_SIZE) {
    throw new MapiError(
      "STG_E_DOCFILECORRUPT",
      `The file ends after ${bytes.length} bytes, within its header of ${HEADER_SIZE}. (header, offset ${bytes.length})`,
    );
  }
}

/** Whether the first directory sector, with sectors of this version, begins with a root entry. */
function rootFits(bytes: Uint8Array, firstDirectorySector: number, version: MajorVersion): boolean {
  const offset = (firstDirectorySector + 1) * sectorSizeOf(version);
  return bytes[offset] === 0x52 && bytes[offset + 1] === 0 && bytes[offset + 66] === 5;
}

/** The version to read the file with: as the header says where its fields agree, else the one the directory fits. */
function majorVersionOf(bytes: Uint8Array, log: DamageLog): MajorVersion {
  const view = viewOf(bytes);
  const major = view.getUint16(26, true);
  const shift = view.getUint16(30, true);
  if (major === 3 && shift === 9) return 3;
  if (major === 4 && shift === 12) return 4;
  if (major < 3 && !log.recover) {
    throw new MapiError(
      "STG_E_OLDFORMAT",
      `Version ${major} of the compound file format is not read. (header, offset 26)`,
    );
  }
  const message = `Version ${major} and sector shift ${shift} do not belong together.`;
  log.report({ object: "header", offset: 26, message, code: "STG_E_INVALIDHEADER", lossy: false });
  const first = view.getUint32(48, true);
  const guess = shift === 12 || (shift !== 9 && major === 4) ? 4 : 3;
  const other = guess === 3 ? 4 : 3;
  return !rootFits(bytes, first, guess) && rootFits(bytes, first, other) ? other : guess;
}

/**
 * Reads the header. Throws STG_E_INVALIDHEADER, STG_E_OLDFORMAT or STG_E_DOCFILECORRUPT; when `log` recovers, only a
 * missing signature and a header cut short still throw. Minor version, class id, reserved bytes and counts are not
 * judged: real writers differ in them.
 */
export function readHeader(bytes: Uint8Array, log: DamageLog): Header {
  checkSignature(bytes);
  const view = viewOf(bytes);
  const expect = (offset: number, found: number, wanted: number, what: string): void => {
    if (found === wanted) return;
    const message = `The ${what} is 0x${found.toString(16)} instead of 0x${wanted.toString(16)}.`;
    log.report({ object: "header", offset, message, code: "STG_E_INVALIDHEADER", lossy: false });
  };
  const majorVersion = majorVersionOf(bytes, log);
  expect(28, view.getUint16(28, true), BYTE_ORDER, "byte order mark");
  expect(32, view.getUint16(32, true), MINI_SHIFT, "mini sector shift");
  expect(56, view.getUint32(56, true), MINI_STREAM_CUTOFF, "size below which streams are mini streams");
  return {
    majorVersion,
    minorVersion: view.getUint16(24, true),
    directorySectors: view.getUint32(40, true),
    fatSectors: view.getUint32(44, true),
    firstDirectorySector: view.getUint32(48, true),
    transactionSignature: view.getUint32(52, true),
    firstMiniFatSector: view.getUint32(60, true),
    miniFatSectors: view.getUint32(64, true),
    firstDifatSector: view.getUint32(68, true),
    difatSectors: view.getUint32(72, true),
    difat: Array.from({ length: HEADER_DIFAT_LENGTH }, (_, i) => view.getUint32(76 + i * 4, true)),
  };
}

/** Writes the header at the start of `target`, whose bytes there are zero. */
export function writeHeader(target: Uint8Array, header: Header): void {
  const view = viewOf(target);
  target.set(SIGNATURE, 0);
  view.setUint16(24, header.minorVersion, true);
  view.setUint16(26, header.majorVersion, true);
  view.setUint16(28, BYTE_ORDER, true);
  view.setUint16(30, header.majorVersion === 3 ? 9 : 12, true);
  view.setUint16(32, MINI_SHIFT, true);
  view.setUint32(40, header.directorySectors, true);
  view.setUint32(44, header.fatSectors, true);
  view.setUint32(48, header.firstDirectorySector, true);
  view.setUint32(52, header.transactionSignature, true);
  view.setUint32(56, MINI_STREAM_CUTOFF, true);
  view.setUint32(60, header.firstMiniFatSector, true);
  view.setUint32(64, header.miniFatSectors, true);
  view.setUint32(68, header.firstDifatSector, true);
  view.setUint32(72, header.difatSectors, true);
  header.difat.forEach((sector, i) => view.setUint32(76 + i * 4, sector, true));
}
