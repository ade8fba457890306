/** Storages and properties out of their JSON, written stream by stream; the form stands in `jsonFormat.ts`. */
import { MapiError } from "../mapi/errors";
import { GUID_NULL } from "../mapi/guid";
import { PROPERTY_TYPES, propType, PT_OBJECT } from "../mapi/propertyTypes";
import { decodeValue, sameValue, type StoredValue } from "../mapi/values";
import {
  DEFAULT_FLAGS,
  makeObjectRecord,
  makeRecord,
  OBJECT_IS_MESSAGE,
  OBJECT_IS_STORAGE,
  type PropertyRecord,
} from "../session/propertyRecord";
import { type PropertyStream, writePropertyStream } from "../session/propertyStream";
import type { IStorage } from "../storage/types";
import { mapInSteps, type Steps } from "../steps";
import type { CodePage } from "../text/types";
import type { JsonReader } from "./jsonReader";
import { valueFromJson } from "./jsonValues";

/** Does something with the storage; what it refuses is said with the place in the document. */
export function at<T>(json: JsonReader, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof MapiError)) throw error;
    const { path } = json;
    const message =
      path === "" ? `In the document: ${error.message}` : `In the document, ${path}: ${error.message}`;
    throw new MapiError(error.name, message);
  }
}

/** Class id, state bits and times of a storage; zero where the document does not say. */
export function applyStat(storage: IStorage, json: JsonReader): void {
  storage.clsid = json.optional("clsid")?.guid() ?? GUID_NULL;
  storage.setStat({
    stateBits: json.optional("stateBits")?.integer(0, 0xffffffff) ?? 0,
    created: json.optional("created")?.time() ?? 0n,
    modified: json.optional("modified")?.time() ?? 0n,
  });
}

/** The storage that the path leads to, without its last name. */
function holderOf(storage: IStorage, path: readonly JsonReader[]): IStorage {
  let holder = storage;
  for (const name of path.slice(0, -1)) {
    const text = name.text();
    holder = at(name, () => holder.openStorage(text));
  }
  return holder;
}

/** Writes the elements that no other field speaks of, and puts them into their storages. */
export function* writeExtra(storage: IStorage, json: JsonReader): Steps<void> {
  const made: { readonly storage: IStorage; readonly json: JsonReader }[] = [];
  for (const element of json.optional("extra")?.list() ?? []) {
    const path = element.field("path").list();
    const name = path.at(-1)?.text() ?? element.fail("has an empty path");
    const holder = holderOf(storage, path);
    const field = element.optional("data");
    const data = field && (yield* field.base64());
    if (data) at(element, () => holder.writeStream(name, data));
    else made.push({ storage: at(element, () => holder.createStorage(name)), json: element });
    yield;
  }
  // Times of a storage last, and what is inside before what it is in.
  for (const each of made.reverse()) {
    applyStat(each.storage, each.json);
    each.storage.commit();
  }
}

/** The streams of a property as the document has them. */
function* rawStored(json: JsonReader): Steps<StoredValue> {
  if (typeof json.value === "string") return { place: "stream", data: { bytes: yield* json.base64() } };
  const lengths = yield* json.field("lengths").base64();
  const items = yield* mapInSteps(json.field("items").list(), (item) => item.base64());
  return { place: "streams", lengths: { bytes: lengths }, items: items.map((bytes) => ({ bytes })) };
}

/** The form of a value that stands beside it in the document; undefined where there is none. */
function* givenStored(type: number, json: JsonReader): Steps<StoredValue | undefined> {
  const raw = json.optional("raw");
  if (raw) return yield* rawStored(raw);
  const entry = json.optional("entry");
  return entry && PROPERTY_TYPES.get(type)?.place === "fixed"
    ? { place: "fixed", bytes: entry.hex(8) }
    : undefined;
}

/** Whether bytes stand for a value. */
function standsFor(type: number, stored: StoredValue, value: unknown, page: CodePage): boolean {
  try {
    return sameValue(decodeValue(type, stored, page), value);
  } catch (error) {
    if (error instanceof MapiError) return false;
    throw error;
  }
}

/** A record without a value that could be read: its entry and its streams are all there is. */
function* bareRecord(
  tag: number,
  flags: number,
  json: JsonReader,
  hasMessage: boolean,
): Steps<PropertyRecord> {
  const entry = json.optional("entry")?.hex(8);
  if (entry) {
    const raw = json.optional("raw");
    const stored = raw ? yield* rawStored(raw) : undefined;
    return { tag, flags, entry, stored };
  }
  if (propType(tag) !== PT_OBJECT) return json.fail("has neither a “value” nor an “entry”");
  return makeObjectRecord(tag, hasMessage ? OBJECT_IS_MESSAGE : OBJECT_IS_STORAGE, flags);
}

function* recordOf(json: JsonReader, page: CodePage, hasMessage: boolean): Steps<PropertyRecord> {
  const tag = new DataView(json.field("tag").hex(4).buffer).getUint32(0);
  const flags = json.optional("flags")?.integer(0, 0xffffffff) ?? DEFAULT_FLAGS;
  const field = json.optional("value");
  if (!field) return yield* bareRecord(tag, flags, json, hasMessage);
  const type = propType(tag);
  const value = yield* valueFromJson(type, field);
  const given = yield* givenStored(type, json);
  if (given && standsFor(type, given, value, page)) {
    const entry = json.optional("entry")?.hex(8);
    return entry ? { tag, flags, entry, stored: given } : json.fail("has a “raw” without its “entry”");
  }
  const plain = at(json, () => makeRecord(tag, value, page, flags));
  return { ...plain, entry: adjusted(plain.entry, json) };
}

/** The entry of a value in streams with the size and the reserved word that the document gives it. */
function adjusted(entry: Uint8Array, json: JsonReader): Uint8Array {
  const difference = json.optional("sizeDifference")?.integer(-0xffffffff, 0xffffffff) ?? 0;
  const reserved = json.optional("reserved")?.integer(0, 0xffffffff) ?? 0;
  if (difference === 0 && reserved === 0) return entry;
  const bytes = new Uint8Array(entry);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, view.getUint32(0, true) + difference, true);
  view.setUint32(4, reserved, true);
  return bytes;
}

const EMPTY: PropertyStream = { header: new Uint8Array(), records: [], isMissing: true };

/**
 * Writes the property stream of a storage and the streams of its values.
 * @param newHeader the header where the document gives none
 */
export function* writeProperties(
  storage: IStorage,
  json: JsonReader,
  newHeader: Uint8Array,
  page: CodePage,
  hasMessage = false,
): Steps<void> {
  const properties = json.optional("properties");
  if (!properties) return;
  const records = yield* mapInSteps(properties.list(), (property) => recordOf(property, page, hasMessage));
  const header = json.optional("header")?.hex(newHeader.length) ?? newHeader;
  const rest = json.optional("tail");
  const tail = rest && (yield* rest.base64());
  at(properties, () => writePropertyStream(storage, EMPTY, { header, records, ...(tail ? { tail } : {}) }));
}
