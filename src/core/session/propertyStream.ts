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
export const ENTRY_SIZE = 16;

/** Names made lately, by tag: the same tags come again in every object of a message. */
const NAMES = new Map<number, string>();
const MAX_NAMES = 4096;

/** Name of the stream (or storage) of a property. */
export function substgName(tag: number): string {
  const known = NAMES.get(tag);
  if (known !== undefined) return known;
  const name = `__substg1.0_${hex8(tag)}`;
  if (NAMES.size >= MAX_NAMES) NAMES.clear();
  NAMES.set(tag, name);
  return name;
}

/** Name of the stream of one element of a multi-valued property. */
export function substgItemName(tag: number, index: number): string {
  return `${substgName(tag)}-${hex8(index)}`;
}

/** A property stream, read: the header as it is and the records in order. */
export interface PropertyStream {
  readonly header: Uint8Array;
  readonly records: readonly PropertyRecord[];
  /** Bytes behind the last whole entry. */
  readonly tail?: Uint8Array;
  /** There is no stream. */
  readonly isMissing?: boolean;
}

/** As many entries as there are ids. Of a stream that has more, and so repeats itself, the repetitions are not kept. */
const MAX_ENTRIES = 0x10000;

/** The value of a tag in a storage, or what is wrong with it; "" for an object. @param entry bytes 8 to 15 of its entry */
export function readStoredValue(storage: IStorage, tag: number, entry: Uint8Array): StoredValue | string {
  const info = PROPERTY_TYPES.get(propType(tag));
  const name = substgName(tag);
  const stream = (): StoredValue | undefined =>
    storage.elementType(name) === "stream"
      ? { place: "stream", data: new StoredStream(storage, name) }
      : undefined;
  const missing = `The stream ${name} is missing.`;
  switch (info?.place) {
    case "fixed":
      return { place: "fixed", bytes: entry };
    case "stream":
    case "packed":
      return stream() ?? missing;
    case "streams":
      return storage.elementType(name) === "stream" ? readElements(storage, tag) : missing;
    case "storage":
      // A storage is opened as such; a stream in its place is the object's bytes.
      return stream() ?? "";
    case "none":
    case undefined:
      // Nobody can read it, but its bytes belong to the property.
      return stream() ?? `0x${hex8(tag).slice(4)} is not a property type.`;
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

/**
 * @param bytes the property stream, `view` the same
 * @param seen tags that came before: an entry that repeats one is kept, but the value is that of the first
 */
function readRecord(
  storage: IStorage,
  bytes: Uint8Array,
  view: DataView,
  at: number,
  seen: Set<number>,
): PropertyRecord {
  const tag = view.getUint32(at, true);
  const flags = view.getUint32(at + 4, true);
  const entry = bytes.subarray(at + 8, at + ENTRY_SIZE);
  const stored = seen.has(tag) ? "The property occurs twice." : readStoredValue(storage, tag, entry);
  seen.add(tag);
  if (typeof stored !== "string") return { tag, flags, entry, stored };
  return stored === ""
    ? { tag, flags, entry, stored: undefined }
    : { tag, flags, entry, stored: undefined, problem: stored };
}

/**
 * Reads the property stream of a storage. A storage without one reads as having no properties, a stream that ends in
 * its header as having a header filled up with zeros.
 */
export function readPropertyStream(storage: IStorage, headerSize: number): PropertyStream {
  const header = new Uint8Array(headerSize);
  if (storage.elementType(PROPERTY_STREAM) !== "stream") return { header, records: [], isMissing: true };
  const bytes = storage.openStream(PROPERTY_STREAM);
  header.set(bytes.subarray(0, headerSize));
  const count = Math.max(0, Math.floor((bytes.length - headerSize) / ENTRY_SIZE));
  const end = headerSize + count * ENTRY_SIZE;
  const tags = new Set<number>();
  const ids = new Set<number>();
  const records: PropertyRecord[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = headerSize; at < end; at += ENTRY_SIZE) {
    if (count > MAX_ENTRIES) {
      const id = view.getUint16(at + 2, true);
      if (ids.has(id)) continue;
      ids.add(id);
    }
    records.push(readRecord(storage, bytes, view, at, tags));
  }
  return bytes.length > end ? { header, records, tail: bytes.subarray(end) } : { header, records };
}

/** The bytes of a property stream. */
export function encodePropertyStream(stream: PropertyStream): Uint8Array {
  const end = stream.header.length + stream.records.length * ENTRY_SIZE;
  const bytes = new Uint8Array(end + (stream.tail?.length ?? 0));
  const view = new DataView(bytes.buffer);
  bytes.set(stream.header);
  stream.records.forEach((record, i) => {
    const at = stream.header.length + i * ENTRY_SIZE;
    view.setUint32(at, record.tag, true);
    view.setUint32(at + 4, record.flags, true);
    bytes.set(record.entry, at + 8);
  });
  if (stream.tail) bytes.set(stream.tail, end);
  return bytes;
}

/** The streams of a record: name and bytes of each. */
function streamsOf(record: PropertyRecord): [string, Uint8Array][] {
  const stored = record.stored;
  if (!stored || stored.place === "fixed") return [];
  const sources = stored.place === "stream" ? [stored.data] : [stored.lengths, ...stored.items];
  return streamNames(record).map((name, i) => [name, sources[i]?.bytes ?? new Uint8Array()]);
}

/**
 * Brings a storage from the records it was last written with to new ones: writes the streams of records that are new,
 * removes those of records that are gone, leaves every other stream alone. The property stream is written when
 * anything in it differs, headers included.
 */
export function writePropertyStream(storage: IStorage, before: PropertyStream, after: PropertyStream): void {
  if (before.records !== after.records) writeValues(storage, before.records, after.records);
  if (isMissing(after)) {
    if (!isMissing(before)) storage.destroyElement(PROPERTY_STREAM);
    return;
  }
  const unchanged =
    !isMissing(before) &&
    sameRecords(before.records, after.records) &&
    sameBytes(before.header, after.header);
  if (!unchanged) putStream(storage, PROPERTY_STREAM, encodePropertyStream(after));
}

const isMissing = (stream: PropertyStream): boolean =>
  stream.isMissing === true && stream.records.length === 0;

function writeValues(
  storage: IStorage,
  before: readonly PropertyRecord[],
  after: readonly PropertyRecord[],
): void {
  const kept = new Set(after);
  const known = new Set(before);
  const removed = before.filter((record) => !kept.has(record));
  const added = after.filter((record) => !known.has(record));
  removed.forEach(materialize);
  const written = new Set(added.flatMap(streamNames));
  for (const name of removed.flatMap(streamNames)) {
    if (!written.has(name) && storage.elementType(name) === "stream") storage.destroyElement(name);
  }
  for (const record of added) {
    for (const [name, bytes] of streamsOf(record)) putStream(storage, name, bytes);
  }
}

/** Writes a stream; a storage that has its name in a damaged file goes. */
export function putStream(storage: IStorage, name: string, bytes: Uint8Array): void {
  if (storage.elementType(name) === "storage") storage.destroyElement(name);
  storage.writeStream(name, bytes);
}

/** Opens a storage, or creates it; a stream that has its name in a damaged file goes. */
export function makeStorage(storage: IStorage, name: string): IStorage {
  const type = storage.elementType(name);
  if (type === "storage") return storage.openStorage(name);
  if (type === "stream") storage.destroyElement(name);
  return storage.createStorage(name);
}

function streamNames(record: PropertyRecord): string[] {
  const stored = record.stored;
  if (!stored || stored.place === "fixed") return [];
  const items = stored.place === "streams" ? stored.items.map((_, i) => substgItemName(record.tag, i)) : [];
  return [substgName(record.tag), ...items];
}

/** Whether two lists hold the very same records in the same order. */
export function sameRecords(a: readonly PropertyRecord[], b: readonly PropertyRecord[]): boolean {
  return a === b || (a.length === b.length && a.every((record, i) => record === b[i]));
}

/** Whether two byte arrays are equal. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
