/** The property stream `__properties_version1.0` and the value streams beside it: [MS-OXMSG] 2.1.2, 2.1.3, 2.1.4, 2.4. */
import type { IStorage } from "../storage/types";
import { hex8, PROPERTY_TYPES, propType } from "../mapi/propertyTypes";
import type { StoredValue } from "../mapi/values";
import { materialize, type PropertyRecord, StoredStream } from "./propertyRecord";

export const PROPERTY_STREAM = "__properties_version1.0";
/** Header sizes in bytes ([MS-OXMSG] 2.4.1). */
export const ROOT_HEADER_SIZE = 32;
export const EMBEDDED_HEADER_SIZE = 24;
export const SUB_OBJECT_HEADER_SIZE = 8;
const ENTRY_SIZE = 16;

/** Name of the stream (or storage) of a property. */
export function substgName(tag: number): string {
  return `__substg1.0_${hex8(tag)}`;
}

/** Name of the stream of one element of a multi-valued property. */
export function substgItemName(tag: number, index: number): string {
  return `${substgName(tag)}-${hex8(index)}`;
}

/** A property stream, read: the header as it is and the records in order. */
export interface PropertyStream {
  readonly header: Uint8Array;
  readonly records: readonly PropertyRecord[];
}

function readStoredValue(storage: IStorage, tag: number, entry: Uint8Array): StoredValue | string {
  const info = PROPERTY_TYPES.get(propType(tag));
  const name = substgName(tag);
  const present = storage.elementType(name) === "stream";
  const missing = `The stream ${name} is missing.`;
  switch (info?.place) {
    case "fixed":
      return { place: "fixed", bytes: entry };
    case "stream":
    case "packed":
      return present ? { place: "stream", data: new StoredStream(storage, name) } : missing;
    case "streams":
      return present ? readElements(storage, tag) : missing;
    case "storage":
      return "";
    case "none":
    case undefined:
      return `0x${hex8(tag).slice(4)} is not a property type.`;
  }
}

/** The elements that are there, from 0 on without a gap: their streams are to be trusted, not the length stream. */
function readElements(storage: IStorage, tag: number): StoredValue {
  const items: StoredStream[] = [];
  for (let i = 0; storage.elementType(substgItemName(tag, i)) === "stream"; i++) {
    items.push(new StoredStream(storage, substgItemName(tag, i)));
  }
  return { place: "streams", lengths: new StoredStream(storage, substgName(tag)), items };
}

function readRecord(storage: IStorage, bytes: Uint8Array, at: number): PropertyRecord {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, ENTRY_SIZE);
  const tag = view.getUint32(0, true);
  const flags = view.getUint32(4, true);
  const entry = bytes.subarray(at + 8, at + ENTRY_SIZE);
  const stored = readStoredValue(storage, tag, entry);
  if (typeof stored !== "string") return { tag, flags, entry, stored };
  return stored === ""
    ? { tag, flags, entry, stored: undefined }
    : { tag, flags, entry, stored: undefined, problem: stored };
}

/**
 * Reads the property stream of a storage. Bytes behind the last whole entry are not kept when the stream is rewritten.
 * A storage without one reads as having no properties.
 */
export function readPropertyStream(storage: IStorage, headerSize: number): PropertyStream {
  if (storage.elementType(PROPERTY_STREAM) !== "stream")
    return { header: new Uint8Array(headerSize), records: [] };
  const bytes = storage.openStream(PROPERTY_STREAM);
  const header = new Uint8Array(headerSize);
  header.set(bytes.subarray(0, headerSize));
  const count = Math.max(0, Math.floor((bytes.length - headerSize) / ENTRY_SIZE));
  const records = Array.from({ length: count }, (_, i) =>
    readRecord(storage, bytes, headerSize + i * ENTRY_SIZE),
  );
  return { header, records };
}

/** The bytes of a property stream. */
export function encodePropertyStream(stream: PropertyStream): Uint8Array {
  const bytes = new Uint8Array(stream.header.length + stream.records.length * ENTRY_SIZE);
  const view = new DataView(bytes.buffer);
  bytes.set(stream.header);
  stream.records.forEach((record, i) => {
    const at = stream.header.length + i * ENTRY_SIZE;
    view.setUint32(at, record.tag, true);
    view.setUint32(at + 4, record.flags, true);
    bytes.set(record.entry, at + 8);
  });
  return bytes;
}

/** The streams of a record: name and bytes of each. */
function streamsOf(record: PropertyRecord): [string, Uint8Array][] {
  const stored = record.stored;
  if (!stored || stored.place === "fixed") return [];
  if (stored.place === "stream") return [[substgName(record.tag), stored.data.bytes]];
  return [
    [substgName(record.tag), stored.lengths.bytes],
    ...stored.items.map((item, i): [string, Uint8Array] => [substgItemName(record.tag, i), item.bytes]),
  ];
}

/**
 * Brings a storage from the records it was last written with to new ones: writes the streams of records that are new,
 * removes those of records that are gone, leaves every other stream alone. The property stream is written when
 * anything differs, headers included. Returns whether it was.
 */
export function writePropertyStream(
  storage: IStorage,
  before: PropertyStream,
  after: PropertyStream,
): boolean {
  const kept = new Set(after.records);
  const known = new Set(before.records);
  const removed = before.records.filter((record) => !kept.has(record));
  const added = after.records.filter((record) => !known.has(record));
  removed.forEach(materialize);
  const written = new Set(added.flatMap((record) => streamsOf(record).map(([name]) => name)));
  // Records that stay may share a tag with one that goes (a duplicate entry): their streams stay too.
  const inUse = new Set(after.records.flatMap((record) => (known.has(record) ? streamNames(record) : [])));
  for (const name of new Set(removed.flatMap(streamNames))) {
    if (!written.has(name) && !inUse.has(name) && storage.elementType(name) === "stream")
      storage.destroyElement(name);
  }
  for (const record of added) {
    for (const [name, bytes] of streamsOf(record)) storage.writeStream(name, bytes);
  }
  const changed =
    removed.length + added.length > 0 || !sameOrder(before, after) || !sameBytes(before.header, after.header);
  if (changed || storage.elementType(PROPERTY_STREAM) === undefined) {
    storage.writeStream(PROPERTY_STREAM, encodePropertyStream(after));
    return true;
  }
  return false;
}

function streamNames(record: PropertyRecord): string[] {
  const stored = record.stored;
  if (!stored || stored.place === "fixed") return [];
  const items = stored.place === "streams" ? stored.items.map((_, i) => substgItemName(record.tag, i)) : [];
  return [substgName(record.tag), ...items];
}

const sameOrder = (a: PropertyStream, b: PropertyStream): boolean =>
  a.records.length === b.records.length && a.records.every((record, i) => record === b.records[i]);

/** Whether two byte arrays are equal. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
