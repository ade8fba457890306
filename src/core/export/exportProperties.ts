/** The storages of a message file and the properties in them as JSON; the form stands in `jsonFormat.ts`. */
import { formatFileTime } from "../mapi/dateText";
import type { PropertyDictionary } from "../mapi/dictionaryTypes";
import { MapiError } from "../mapi/errors";
import { GUID_NULL } from "../mapi/guid";
import { hex8, isNamedId, propId, propType } from "../mapi/propertyTypes";
import type { StoredValue } from "../mapi/values";
import { type NameMap, nameOfId } from "../session/namedProperties";
import { DEFAULT_FLAGS, makeRecord, type PropertyRecord, recordValue } from "../session/propertyRecord";
import {
  encodePropertyStream,
  PROPERTY_STREAM,
  readPropertyStream,
  sameBytes,
  substgItemName,
  substgName,
} from "../session/propertyStream";
import { walkStorage } from "../storage";
import type { IStorage } from "../storage/types";
import type { CodePage } from "../text/types";
import { mapInSteps, type Steps } from "../steps";
import { base64Steps } from "./base64";
import type { ElementJson, PropertiesJson, PropertyJson, RawJson, StorageJson } from "./jsonFormat";
import { valueToJsonSteps } from "./jsonValues";

/** What all parts of a file share. */
export interface ExportContext {
  readonly names: NameMap;
  readonly dictionary: PropertyDictionary | undefined;
}

const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, "0")).join("");

/** The fields of a directory entry that are not zero. */
export function statJson(storage: IStorage): StorageJson {
  const { clsid, stateBits, created, modified } = storage.stat();
  return {
    ...(clsid === GUID_NULL ? {} : { clsid }),
    ...(stateBits === 0 ? {} : { stateBits }),
    ...(created === 0n ? {} : { created: formatFileTime(created) }),
    ...(modified === 0n ? {} : { modified: formatFileTime(modified) }),
  };
}

/** Every element of a storage, at any depth, in steps, but those of the names given, which other fields speak of. */
export function* extraOf(storage: IStorage, known: ReadonlySet<string>): Steps<ElementJson[]> {
  const found: (() => Steps<ElementJson>)[] = [];
  walkStorage(storage, (path, { name, type }, holder) => {
    if (known.has(path[0] ?? "")) return;
    found.push(function* () {
      return type === "stream"
        ? { path, data: yield* base64Steps(holder.openStream(name)) }
        : { path, ...statJson(holder.openStorage(name)) };
    });
  });
  return yield* mapInSteps(found, (read) => read());
}

/** The elements as a field, when there are any. */
export const withExtra = (extra: readonly ElementJson[]): StorageJson =>
  extra.length === 0 ? {} : { extra };

/** A storage of which nothing is known. */
export function* foreignJson(storage: IStorage): Steps<StorageJson> {
  return { ...statJson(storage), ...withExtra(yield* extraOf(storage, new Set())) };
}

function* rawOf(stored: StoredValue): Steps<RawJson | undefined> {
  switch (stored.place) {
    case "fixed":
      return undefined;
    case "stream":
      return yield* base64Steps(stored.data.bytes);
    case "streams":
      return {
        lengths: yield* base64Steps(stored.lengths.bytes),
        items: yield* mapInSteps(stored.items, ({ bytes }) => base64Steps(bytes)),
      };
  }
}

function sameStored(a: StoredValue, b: StoredValue | undefined): boolean {
  if (a.place === "fixed") return b?.place === "fixed" && sameBytes(a.bytes, b.bytes);
  if (a.place === "stream") return b?.place === "stream" && sameBytes(a.data.bytes, b.data.bytes);
  return (
    b?.place === "streams" &&
    sameBytes(a.lengths.bytes, b.lengths.bytes) &&
    a.items.length === b.items.length &&
    a.items.every(({ bytes }, at) => sameBytes(bytes, b.items[at]?.bytes ?? new Uint8Array()))
  );
}

/** The value of a record; undefined when it cannot be read. */
function valueOf(record: PropertyRecord, page: CodePage): { readonly value: unknown } | undefined {
  if (!record.stored) return undefined;
  try {
    const value = recordValue(record, page);
    return Array.isArray(value) && value.length === 0 ? undefined : { value };
  } catch (error) {
    if (error instanceof MapiError) return undefined;
    throw error;
  }
}

/** The record a value would get; undefined when the value cannot be stored. */
function recordOf(tag: number, value: unknown, page: CodePage): PropertyRecord | undefined {
  try {
    return makeRecord(tag, value, page);
  } catch (error) {
    if (error instanceof MapiError) return undefined;
    throw error;
  }
}

const uint32 = (bytes: Uint8Array, at: number): number =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, true);

/** What the bytes of a record hold beside its value. */
function* bytesBeside(record: PropertyRecord, page: CodePage, value: unknown): Steps<Partial<PropertyJson>> {
  const { stored, entry } = record;
  const plain = recordOf(record.tag, value, page);
  if (!stored) return { entry: hexOf(entry) };
  if (!plain?.stored || !sameStored(plain.stored, stored)) {
    const raw = yield* rawOf(stored);
    return { entry: hexOf(entry), ...(raw === undefined ? {} : { raw }) };
  }
  if (sameBytes(plain.entry, entry)) return {};
  if (stored.place === "fixed") return { entry: hexOf(entry) };
  const sizeDifference = uint32(entry, 0) - uint32(plain.entry, 0);
  const reserved = uint32(entry, 4);
  return { ...(sizeDifference === 0 ? {} : { sizeDifference }), ...(reserved === 0 ? {} : { reserved }) };
}

function propertyName({ dictionary, names }: ExportContext, tag: number): string | undefined {
  if (!dictionary) return undefined;
  const id = propId(tag);
  if (!isNamedId(id)) return dictionary.describeTag(tag).name;
  const named = nameOfId(names, id);
  return named && dictionary.describeNamed(named, propType(tag)).name;
}

function* propertyJson(context: ExportContext, record: PropertyRecord, page: CodePage): Steps<PropertyJson> {
  const name = propertyName(context, record.tag);
  const read = valueOf(record, page);
  const raw = read || !record.stored ? undefined : yield* rawOf(record.stored);
  const rest = read
    ? {
        value: yield* valueToJsonSteps(propType(record.tag), read.value),
        ...(yield* bytesBeside(record, page, read.value)),
      }
    : { entry: hexOf(record.entry), ...(raw === undefined ? {} : { raw }) };
  return {
    tag: hex8(record.tag),
    ...(name === undefined || name === `0x${hex8(record.tag)}` ? {} : { name }),
    ...(record.flags === DEFAULT_FLAGS ? {} : { flags: record.flags }),
    ...rest,
  };
}

/** The names of a record's streams. */
function streamNames({ tag, stored }: PropertyRecord): string[] {
  if (!stored || stored.place === "fixed") return [];
  const items = stored.place === "streams" ? stored.items.map((_, at) => substgItemName(tag, at)) : [];
  return [substgName(tag), ...items];
}

/** The properties of a storage, and the names of the elements they take. */
export function* propertiesJson(
  context: ExportContext,
  storage: IStorage,
  headerSize: number,
  page: CodePage,
): Steps<{ json: PropertiesJson; known: Set<string> }> {
  const present = new Set(storage.enumElements().map(({ name }) => name));
  const stream = readPropertyStream(storage, headerSize);
  if (stream.isMissing === true || !present.has(PROPERTY_STREAM)) return { json: {}, known: new Set() };
  const known = new Set([PROPERTY_STREAM]);
  // A stream whose name is written in another case stays where it is: the entry alone is the property then.
  const records = stream.records.map((record) =>
    streamNames(record).every((name) => present.has(name))
      ? record
      : { tag: record.tag, flags: record.flags, entry: record.entry, stored: undefined },
  );
  for (const record of records) for (const name of streamNames(record)) known.add(name);
  const json: PropertiesJson = {
    header: hexOf(stream.header),
    properties: yield* mapInSteps(records, (record) => propertyJson(context, record, page)),
    ...(stream.tail ? { tail: yield* base64Steps(stream.tail) } : {}),
  };
  // A stream that is cut off in its header, or repeats itself without end, is not what these fields give back.
  if (!sameBytes(encodePropertyStream(stream), storage.openStream(PROPERTY_STREAM)))
    known.delete(PROPERTY_STREAM);
  return { json, known };
}
