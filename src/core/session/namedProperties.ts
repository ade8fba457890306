/**
 * The named property map of a file, `__nameid_version1.0`: [MS-OXMSG] 2.2.3. It serves the top message and every
 * message embedded in it. Ids are never renumbered: new names are appended.
 */
import type { IStorage } from "../storage/types";
import { decodeUtf16le, encodeUtf16le } from "../text/codePages";
import { crc32 } from "../mapi/crc";
import { MapiError } from "../mapi/errors";
import { guidFromBytes, guidToBytes, parseGuid } from "../mapi/guid";
import { hex8 } from "../mapi/propertyTypes";
import { makeStorage, putStream } from "./propertyStream";
import type { NamedProperty } from "./types";

export const NAMEID_STORAGE = "__nameid_version1.0";
/** The property sets of the map, 16 bytes each. */
export const GUID_STREAM = "__substg1.0_00020102";
/** The entries of the map, 8 bytes each. */
export const ENTRY_STREAM = "__substg1.0_00030102";
/** The names that are texts. */
export const STRING_STREAM = "__substg1.0_00040102";
const PS_MAPI = "{00020328-0000-0000-C000-000000000046}";
const PS_PUBLIC_STRINGS = "{00020329-0000-0000-C000-000000000046}";
const PS_INTERNET_HEADERS = "{00020386-0000-0000-C000-000000000046}";
const FIRST_GUID_INDEX = 3;
/** The lowest id of a named property. */
export const FIRST_NAMED_ID = 0x8000;
const MAX_NAMES = 0x7fff;
const LOOKUP_STREAMS = 0x1f;

/** A name in the map; undefined where an entry is damaged and names nothing. */
type MapEntry = NamedProperty | undefined;

/**
 * The map as a value: the name of id 0x8000 + n is entry n. `streams` are the streams of the storage by name, as they
 * are or will be in the file. Never changed after it is made, so that undoing an addition brings the old bytes back.
 */
export interface NameMap {
  readonly names: readonly MapEntry[];
  readonly streams: ReadonlyMap<string, Uint8Array>;
  /** The storage is there. */
  readonly exists: boolean;
  /** Bytes the session holds for names that were added. */
  readonly held?: number;
}

/** The checksum of a property name: of its UTF-16LE bytes ([MS-OXMSG] 2.2.3.2). */
export function nameCrc(name: string): number {
  return crc32(encodeUtf16le(name));
}

/** The text two names are equal by: PS_INTERNET_HEADERS ignores case, every other set does not. */
export function nameKey(property: NamedProperty): string {
  if ("id" in property) return `${property.guid}#${property.id}`;
  const name = property.guid === PS_INTERNET_HEADERS ? property.name.toLowerCase() : property.name;
  return `${property.guid}=${name}`;
}

/**
 * A name in canonical form.
 * @throws MapiError MAPI_E_INVALID_PARAMETER for a GUID that is none, an id that is no 32-bit number, an empty name.
 */
export function canonicalName(property: NamedProperty): NamedProperty {
  const guid = parseGuid(property.guid);
  if (guid === undefined)
    throw new MapiError("MAPI_E_INVALID_PARAMETER", `“${property.guid}” is not a GUID.`);
  if ("id" in property) {
    if (!Number.isInteger(property.id) || property.id < 0 || property.id > 0xffffffff) {
      throw new MapiError(
        "MAPI_E_INVALID_PARAMETER",
        `${property.id} is not the number of a named property.`,
      );
    }
    return { guid, id: property.id };
  }
  if (property.name === "") throw new MapiError("MAPI_E_INVALID_PARAMETER", "A named property needs a name.");
  return { guid, name: guid === PS_INTERNET_HEADERS ? property.name.toLowerCase() : property.name };
}

const EMPTY = new Uint8Array();
const BASE_STREAMS = [GUID_STREAM, ENTRY_STREAM, STRING_STREAM] as const;

/** The property set of a GUID index ([MS-OXMSG] 2.2.3.1.2); undefined where the map has none of that number. */
export function guidOfIndex(guids: Uint8Array, index: number): string | undefined {
  if (index === 1) return PS_MAPI;
  if (index === 2) return PS_PUBLIC_STRINGS;
  const at = (index - FIRST_GUID_INDEX) * 16;
  return index >= FIRST_GUID_INDEX && at + 16 <= guids.length ? guidFromBytes(guids, at) : undefined;
}

/** The name at an offset of the string stream; undefined where there is none. */
export function stringAt(strings: Uint8Array, offset: number): string | undefined {
  if (offset + 4 > strings.length) return undefined;
  const length = new DataView(strings.buffer, strings.byteOffset + offset, 4).getUint32(0, true);
  if (offset + 4 + length > strings.length) return undefined;
  return decodeUtf16le(strings.subarray(offset + 4, offset + 4 + length));
}

/** Names of the streams of the map as they are written, whatever case their digits have in the file. */
function canonicalStream(name: string): string {
  return /^__substg1\.0_[0-9a-f]{8}$/i.test(name) ? `__substg1.0_${name.slice(-8).toUpperCase()}` : name;
}

/** Reads the map of a file; no names when it has none. Only the entry stream counts, not the lookup streams. */
export function readNameMap(root: IStorage): NameMap {
  if (root.elementType(NAMEID_STORAGE) !== "storage") return { names: [], streams: new Map(), exists: false };
  const storage = root.openStorage(NAMEID_STORAGE);
  const streams = new Map(
    storage
      .enumElements()
      .filter((element) => element.type === "stream")
      .map((element) => [canonicalStream(element.name), storage.openStream(element.name)]),
  );
  return { names: readNames(streams), streams, exists: true };
}

function readNames(streams: ReadonlyMap<string, Uint8Array>): MapEntry[] {
  const guids = streams.get(GUID_STREAM) ?? EMPTY;
  const entries = streams.get(ENTRY_STREAM) ?? EMPTY;
  const strings = streams.get(STRING_STREAM) ?? EMPTY;
  const view = new DataView(entries.buffer, entries.byteOffset, entries.byteLength);
  const names: MapEntry[] = [];
  const sets = new Map<number, string | undefined>();
  const setOf = (index: number): string | undefined => {
    if (!sets.has(index)) sets.set(index, guidOfIndex(guids, index));
    return sets.get(index);
  };
  for (let at = 0; at + 8 <= entries.length; at += 8) {
    const word = view.getUint16(at + 4, true);
    const index = view.getUint16(at + 6, true);
    const guid = setOf(word >>> 1);
    if (guid === undefined || index >= MAX_NAMES) continue;
    const value = view.getUint32(at, true);
    if ((word & 1) === 0) names[index] = { guid, id: value };
    else {
      const name = stringAt(strings, value);
      if (name !== undefined) names[index] = { guid, name };
    }
  }
  // A damaged index may leave holes, and ids up to the number of entries are taken whatever they name.
  const count = Math.max(names.length, Math.min(MAX_NAMES, Math.floor(entries.length / 8)));
  return Array.from({ length: count }, (_, i) => names[i]);
}

/** Looks names up by id and ids up by name, with an index that is made once a map. */
const INDEXES = new WeakMap<NameMap, ReadonlyMap<string, number>>();

function indexOf(map: NameMap): ReadonlyMap<string, number> {
  let index = INDEXES.get(map);
  if (!index) {
    const made = new Map<string, number>();
    map.names.forEach((name, i) => {
      if (name && !made.has(nameKey(name))) made.set(nameKey(name), i);
    });
    INDEXES.set(map, made);
    index = made;
  }
  return index;
}

/** The name of a property id; ids below 0x8000 belong to PS_MAPI by their own number. */
export function nameOfId(map: NameMap, id: number): NamedProperty | undefined {
  return id < FIRST_NAMED_ID ? { guid: PS_MAPI, id } : map.names[id - FIRST_NAMED_ID];
}

/** The id of a name, or undefined when the map does not have it. The name must be canonical. */
export function idOfName(map: NameMap, name: NamedProperty): number | undefined {
  if (name.guid === PS_MAPI && "id" in name && name.id < FIRST_NAMED_ID) return name.id;
  return mappedId(map, name);
}

/** The id that the map itself gives a name, also to one that belongs to an id below 0x8000 by itself. */
export function mappedId(map: NameMap, name: NamedProperty): number | undefined {
  const index = indexOf(map).get(nameKey(name));
  return index === undefined ? undefined : FIRST_NAMED_ID + index;
}

function concat(chunks: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    joined.set(chunk, at);
    at += chunk.length;
  }
  return joined;
}

/** Collects what is appended to one stream, so that many names cost one copy. */
class Appender {
  readonly #chunks: Uint8Array[];
  length: number;

  /** `unit`: bytes of one record; a damaged tail behind the last whole one goes. */
  constructor(start: Uint8Array, unit: number) {
    const whole = start.length - (start.length % unit);
    this.#chunks = [start.subarray(0, whole)];
    this.length = whole;
  }

  push(bytes: Uint8Array): void {
    this.#chunks.push(bytes);
    this.length += bytes.length;
  }

  get bytes(): Uint8Array {
    return concat(this.#chunks);
  }
}

function record8(first: number, word: number, index: number): Uint8Array {
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, first, true);
  view.setUint16(4, word, true);
  view.setUint16(6, index, true);
  return bytes;
}

/** A record of the string stream: byte count, text, zeros up to a multiple of 4. */
function stringRecord(name: string): Uint8Array {
  const text = encodeUtf16le(name);
  const bytes = new Uint8Array(4 + text.length + ((4 - (text.length % 4)) % 4));
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, 4);
  return bytes;
}

/** Name of the lookup stream of a name: [MS-OXMSG] 2.2.3.2. `hash` is the number or the checksum of the text. */
export function lookupStream(hash: number, word: number): string {
  return `__substg1.0_${hex8(((0x1000 + (((hash ^ word) >>> 0) % LOOKUP_STREAMS)) << 16) | 0x0102)}`;
}

function guidIndexes(guids: Uint8Array): Map<string, number> {
  const indexes = new Map<string, number>();
  for (let i = Math.floor(guids.length / 16) - 1; i >= 0; i--) {
    indexes.set(guidFromBytes(guids, i * 16), i + FIRST_GUID_INDEX);
  }
  return indexes.set(PS_MAPI, 1).set(PS_PUBLIC_STRINGS, 2);
}

/** Those of some canonical names that a map has no ids for, each once. */
export function unknownNames(map: NameMap, names: readonly NamedProperty[]): NamedProperty[] {
  const unknown = names.filter((name) => idOfName(map, name) === undefined);
  return [...new Map(unknown.map((name) => [JSON.stringify(name), name])).values()];
}

/**
 * The map with more names (canonical, not in it yet) at its end.
 * @throws MapiError MAPI_E_TOO_BIG when there is no room for them.
 */
export function appendNames(map: NameMap, added: readonly NamedProperty[]): NameMap {
  if (map.names.length + added.length > MAX_NAMES) {
    throw new MapiError(
      "MAPI_E_TOO_BIG",
      `A file has room for ${MAX_NAMES} named properties; there is none left.`,
    );
  }
  const present = withLookups(map);
  const start = (name: string): Uint8Array => present.get(name) ?? EMPTY;
  const guids = new Appender(start(GUID_STREAM), 16);
  const entries = new Appender(start(ENTRY_STREAM), 8);
  const strings = new Appender(start(STRING_STREAM), 1);
  const lookups = new Map<string, Appender>();
  const indexes = guidIndexes(start(GUID_STREAM));
  added.forEach((name, i) => {
    let guidIndex = indexes.get(name.guid);
    if (guidIndex === undefined) {
      guidIndex = guids.length / 16 + FIRST_GUID_INDEX;
      indexes.set(name.guid, guidIndex);
      guids.push(guidToBytes(name.guid) ?? new Uint8Array(16));
    }
    const isText = "name" in name;
    const word = (guidIndex << 1) | (isText ? 1 : 0);
    const hash = isText ? nameCrc(name.name) : name.id;
    const index = map.names.length + i;
    if (isText) strings.push(new Uint8Array((4 - (strings.length % 4)) % 4));
    entries.push(record8(isText ? strings.length : hash, word, index));
    if (isText) strings.push(stringRecord(name.name));
    const stream = lookupStream(hash, word);
    let lookup = lookups.get(stream);
    if (!lookup) lookups.set(stream, (lookup = new Appender(start(stream), 8)));
    lookup.push(record8(hash, word, index));
  });
  const streams = new Map(present)
    .set(GUID_STREAM, guids.bytes)
    .set(ENTRY_STREAM, entries.bytes)
    .set(STRING_STREAM, strings.bytes);
  lookups.forEach((lookup, name) => streams.set(name, lookup.bytes));
  const held = (map.held ?? 0) + sizeOf(streams) - sizeOf(map.streams);
  return { names: [...map.names, ...added], streams, exists: true, held };
}

/** The streams of a map, with lookup streams for all of its names where there is none, as in files of the new Outlook. */
function withLookups(map: NameMap): ReadonlyMap<string, Uint8Array> {
  const isLookup = (name: string): boolean => /^__substg1\.0_10[01][0-9A-F]0102$/.test(name);
  const entries = map.streams.get(ENTRY_STREAM);
  if (!entries || entries.length < 8 || [...map.streams.keys()].some(isLookup)) return map.streams;
  const view = new DataView(entries.buffer, entries.byteOffset, entries.byteLength);
  const lookups = new Map<string, Uint8Array[]>();
  for (let at = 0; at + 8 <= entries.length; at += 8) {
    const word = view.getUint16(at + 4, true);
    const index = view.getUint16(at + 6, true);
    const name = map.names[index];
    if (!name) continue;
    const hash = "name" in name ? nameCrc(name.name) : name.id;
    const stream = lookupStream(hash, word);
    const records = lookups.get(stream) ?? [];
    records.push(record8(hash, word, index));
    lookups.set(stream, records);
  }
  const joined = [...lookups].map(([name, records]): [string, Uint8Array] => [name, concat(records)]);
  return new Map([...map.streams, ...joined]);
}

function sizeOf(streams: ReadonlyMap<string, Uint8Array>): number {
  let size = 0;
  for (const bytes of streams.values()) size += bytes.length;
  return size;
}

/** Maps that were completed, so that one map is always completed to the same. */
const COMPLETED = new WeakMap<NameMap, NameMap>();

/**
 * The map with what every message file has to have: the storage, its three base streams, empty ones if need be, and the
 * lookup streams, where it has none of them.
 */
export function completeNameMap(map: NameMap): NameMap {
  const missing = BASE_STREAMS.filter((name) => !map.streams.has(name));
  const present = withLookups(map);
  if (map.exists && missing.length === 0 && present === map.streams) return map;
  const known = COMPLETED.get(map);
  if (known) return known;
  const streams = new Map([...present, ...missing.map((name): [string, Uint8Array] => [name, EMPTY])]);
  const completed = { ...map, streams, exists: true };
  COMPLETED.set(map, completed);
  return completed;
}

/**
 * Brings the storage from one map to another: writes streams that differ, removes those that are gone, and the storage
 * itself when a map has none. Other elements of the storage stay.
 */
export function writeNameMap(root: IStorage, before: NameMap, after: NameMap): void {
  if (before === after) return;
  const exists = root.elementType(NAMEID_STORAGE) === "storage";
  if (!after.exists) {
    if (exists) root.destroyElement(NAMEID_STORAGE);
    return;
  }
  const storage = makeStorage(root, NAMEID_STORAGE);
  for (const name of before.streams.keys()) {
    if (!after.streams.has(name) && storage.elementType(name) === "stream") storage.destroyElement(name);
  }
  after.streams.forEach((bytes, name) => {
    if (!exists || before.streams.get(name) !== bytes) putStream(storage, name, bytes);
  });
  storage.commit();
}
