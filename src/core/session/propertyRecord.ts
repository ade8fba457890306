/** One property as the file holds it: its entry in the property stream and its streams ([MS-OXMSG] 2.4). */
import type { IStorage } from "../storage/types";
import type { CodePage } from "../text/types";
import { MapiError } from "../mapi/errors";
import { hex8, propType, PT_OBJECT, PT_STRING8, PT_UNICODE } from "../mapi/propertyTypes";
import { type ByteSource, decodeValue, encodeValue, type StoredValue, storedSize } from "../mapi/values";
import { PROPATTR_READABLE, PROPATTR_WRITEABLE } from "./constants";

/**
 * A property record: never changed after it is made, so that states of a message can share it. What came from a file
 * keeps its 8 value bytes verbatim, so that reserved words and unused halves are written back as they were.
 */
export interface PropertyRecord {
  readonly tag: number;
  readonly flags: number;
  /** Bytes 8 to 15 of the entry: the value of a fixed type, else size and reserved word. */
  readonly entry: Uint8Array;
  /** The value, or undefined for PT_OBJECT that is no stream, for a type that cannot be stored and where the stream is missing. */
  readonly stored: StoredValue | undefined;
  /** What is wrong with it in the file. */
  readonly problem?: string;
  /** Bytes the session holds for the value; not there for what only refers to the file. */
  readonly held?: number;
}

/** What new properties get: readable and writeable ([MS-OXMSG] 2.4.2.1). */
export const DEFAULT_FLAGS = PROPATTR_READABLE | PROPATTR_WRITEABLE;

/** Reserved word of the entry of an embedded message's or OLE object's PR_ATTACH_DATA_OBJ ([MS-OXMSG] 2.4.2.2). */
export const OBJECT_IS_MESSAGE = 1;
export const OBJECT_IS_STORAGE = 4;

/** A stream of a storage that is read when first asked for, and then kept. */
export class StoredStream implements ByteSource {
  #bytes: Uint8Array | undefined;

  constructor(
    private readonly storage: IStorage,
    private readonly name: string,
  ) {}

  get bytes(): Uint8Array {
    return (this.#bytes ??= this.storage.openStream(this.name));
  }
}

/** Reads what a record still has in its storage, so that the record outlives a change there. */
export function materialize(record: PropertyRecord): void {
  if (record.stored) storedSize(record.stored);
}

/** The size field of an entry: bytes of the stream, plus the NUL that strings are counted with ([MS-OXMSG] 2.4.2.2). */
function sizeField(type: number, stored: StoredValue): number {
  if (stored.place === "streams") return stored.lengths.bytes.length;
  const size = storedSize(stored);
  if (type === PT_UNICODE) return size + 2;
  if (type === PT_STRING8) return size + 1;
  return size;
}

function entryOf(type: number, stored: StoredValue): Uint8Array {
  if (stored.place === "fixed") return stored.bytes;
  const entry = new Uint8Array(8);
  new DataView(entry.buffer).setUint32(0, sizeField(type, stored), true);
  return entry;
}

/** A record for a value. @throws MapiError as `encodeValue`. */
export function makeRecord(
  tag: number,
  value: unknown,
  codePage: CodePage,
  flags = DEFAULT_FLAGS,
): PropertyRecord {
  const stored = encodeValue(propType(tag), value, codePage);
  return { tag, flags, entry: entryOf(propType(tag), stored), stored, held: storedSize(stored) };
}

/** A record for a value that is in its storage already. */
export function recordOfStored(tag: number, stored: StoredValue, flags = DEFAULT_FLAGS): PropertyRecord {
  return { tag, flags, entry: entryOf(propType(tag), stored), stored };
}

/** The record of an object property: size 0xFFFFFFFF and what kind of storage it is. */
export function makeObjectRecord(tag: number, kind: number, flags = DEFAULT_FLAGS): PropertyRecord {
  const entry = new Uint8Array(8);
  const view = new DataView(entry.buffer);
  view.setUint32(0, 0xffffffff, true);
  view.setUint32(4, kind, true);
  return { tag, flags, entry, stored: undefined };
}

/** The same object property with other bytes, where its object is a stream. */
export function withObjectStream(record: PropertyRecord, bytes: Uint8Array): PropertyRecord {
  return { ...record, stored: { place: "stream", data: { bytes } }, held: bytes.length };
}

/** What an object record says of its storage: the low word behind the size; above it Outlook leaves garbage. */
export function objectKind(record: PropertyRecord): number {
  return new DataView(record.entry.buffer, record.entry.byteOffset, 8).getUint16(4, true);
}

/** The same property with other flags; the value's bytes are shared. */
export function withFlags(record: PropertyRecord, flags: number): PropertyRecord {
  return { ...record, flags };
}

/**
 * The value of a record.
 * @throws MapiError MAPI_E_CORRUPT_DATA when its stream is missing, MAPI_E_INVALID_TYPE, and as `decodeValue`.
 */
export function recordValue(record: PropertyRecord, codePage: CodePage): unknown {
  const type = propType(record.tag);
  if (type === PT_OBJECT) return null;
  if (!record.stored) {
    throw new MapiError(
      "MAPI_E_CORRUPT_DATA",
      record.problem ?? `Property 0x${hex8(record.tag)} has no value.`,
    );
  }
  return decodeValue(type, record.stored, codePage);
}
