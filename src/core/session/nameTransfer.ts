/**
 * Named properties on their way from one file into another: the same name has another id there ([MS-OXMSG] 2.2.3). The
 * ids in the property streams, in the names of the value streams and inside of values with tags in them
 * (`tagsInValues.ts`) are changed in a whole message, at every depth.
 */
import { MapiError } from "../mapi/errors";
import { isNamedId } from "../mapi/propertyTypes";
import type { IStorage } from "../storage/types";
import { appendNames, FIRST_NAMED_ID, mappedId, type NameMap, nameOfId } from "./namedProperties";
import {
  EMBEDDED_HEADER_SIZE,
  ENTRY_SIZE,
  PROPERTY_STREAM,
  readPropertyStream,
  SUB_OBJECT_HEADER_SIZE,
} from "./propertyStream";
import { changedIds, holdsTags, idAt, idPlacesIn } from "./tagsInValues";
import { ATTACHMENT_PREFIX, attachedStorage, numberedStorages, RECIPIENT_PREFIX } from "./state";
import type { NamedProperty } from "./types";

/** The highest id of a named property. */
const LAST_NAMED_ID = 0xfffe;
/** The stream (or storage) of a property, or of one element of it. */
const VALUE_NAME = /^__substg1\.0_([0-9a-f]{4})([0-9a-f]{4}(?:-[0-9a-f]{8})?)$/i;

/** The storage of an object with properties. */
interface ObjectStorage {
  readonly storage: IStorage;
  readonly headerSize: number;
}

/** The storages of a message and of every object in it, each before what is in it. */
function objectStorages(message: IStorage): ObjectStorage[] {
  const found: ObjectStorage[] = [];
  const pending = [message];
  for (let storage = pending.pop(); storage; storage = pending.pop()) {
    found.push({ storage, headerSize: EMBEDDED_HEADER_SIZE });
    for (const { name } of numberedStorages(storage, RECIPIENT_PREFIX)) {
      found.push({ storage: storage.openStorage(name), headerSize: SUB_OBJECT_HEADER_SIZE });
    }
    for (const { name } of numberedStorages(storage, ATTACHMENT_PREFIX)) {
      const attachment = storage.openStorage(name);
      found.push({ storage: attachment, headerSize: SUB_OBJECT_HEADER_SIZE });
      const { records } = readPropertyStream(attachment, SUB_OBJECT_HEADER_SIZE);
      const attached = attachedStorage(attachment, records);
      if (attached?.isMessage) pending.push(attached.content);
    }
  }
  return found;
}

/** A stream with ids in it, and where in its bytes they stand. */
interface IdStream {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly places: readonly number[];
}

/** The type in the name of a value stream; undefined for any other element. */
function typeOfElement(name: string): number | undefined {
  const digits = VALUE_NAME.exec(name)?.[2];
  return digits?.length === 4 ? Number.parseInt(digits, 16) : undefined;
}

/** The streams of an object that have ids in them: its property stream, and values that hold tags. */
function idStreams({ storage, headerSize }: ObjectStorage): IdStream[] {
  const found: IdStream[] = [];
  if (storage.elementType(PROPERTY_STREAM) === "stream") {
    const bytes = storage.openStream(PROPERTY_STREAM);
    const places: number[] = [];
    for (let at = headerSize; at + ENTRY_SIZE <= bytes.length; at += ENTRY_SIZE) places.push(at + 2);
    found.push({ name: PROPERTY_STREAM, bytes, places });
  }
  for (const { name, type: kind } of storage.enumElements()) {
    const type = typeOfElement(name);
    if (kind !== "stream" || type === undefined || !holdsTags(type)) continue;
    const bytes = storage.openStream(name);
    found.push({ name, bytes, places: idPlacesIn(type, bytes) });
  }
  return found;
}

/** The id in the name of a value stream; undefined for any other element. */
function idOfElement(name: string): number | undefined {
  const digits = VALUE_NAME.exec(name)?.[1];
  return digits === undefined ? undefined : Number.parseInt(digits, 16);
}

/** The ids of named properties that anything in a message has, in order. */
function namedIdsOf(objects: readonly ObjectStorage[]): number[] {
  const ids = new Set<number>();
  for (const object of objects) {
    for (const { bytes, places } of idStreams(object)) places.forEach((at) => ids.add(idAt(bytes, at)));
    for (const { name } of object.storage.enumElements()) {
      const id = idOfElement(name);
      if (id !== undefined) ids.add(id);
    }
  }
  return [...ids].filter(isNamedId).sort((a, b) => a - b);
}

/** The ids that named properties get in another file, and the names of that file with those that are new. */
export interface NamePlan {
  readonly names: NameMap;
  /** By the id before; every id that was asked for, and no two the same. */
  readonly ids: ReadonlyMap<number, number>;
}

/**
 * Plans what ids of one file become in another. A name that occurs twice stays two names; an id without a name keeps
 * its number where that names nothing, else it gets one that does not.
 * @throws MapiError MAPI_E_TOO_BIG when the other file has no room for the names.
 */
export function planNames(ids: readonly number[], from: NameMap, into: NameMap): NamePlan {
  const plan = new Map<number, number>();
  const taken = new Set<number>();
  const added: NamedProperty[] = [];
  const give = (id: number, target: number): void => {
    plan.set(id, target);
    taken.add(target);
  };
  for (const id of ids) {
    const name = nameOfId(from, id);
    if (!name) continue;
    const known = mappedId(into, name);
    if (known !== undefined && !taken.has(known)) give(id, known);
    else give(id, FIRST_NAMED_ID + into.names.length + added.push(name) - 1);
  }
  const names = added.length > 0 ? appendNames(into, added) : into;
  const isFree = (id: number): boolean => !taken.has(id) && nameOfId(names, id) === undefined;
  let last = LAST_NAMED_ID;
  for (const id of ids) {
    if (plan.has(id)) continue;
    while (!isFree(id) && last >= FIRST_NAMED_ID && !isFree(last)) last--;
    const target = isFree(id) ? id : last;
    if (target < FIRST_NAMED_ID) {
      throw new MapiError("MAPI_E_TOO_BIG", "The file has no id left for a property without a name.");
    }
    give(id, target);
  }
  return { names, ids: plan };
}

function changeIds(object: ObjectStorage, ids: ReadonlyMap<number, number>): void {
  const { storage } = object;
  for (const { name, bytes, places } of idStreams(object)) {
    const changed = changedIds(bytes, places, ids);
    if (changed !== bytes) storage.writeStream(name, changed);
  }
  const renames = storage.enumElements().flatMap(({ name }) => {
    const id = idOfElement(name);
    const target = id === undefined ? undefined : ids.get(id);
    if (target === undefined || target === id) return [];
    const [, , rest = ""] = VALUE_NAME.exec(name) ?? [];
    return [{ from: name, to: `__substg1.0_${target.toString(16).toUpperCase()}${rest}` }];
  });
  if (renames.length > 0) storage.renameElements(renames);
}

/**
 * Changes a message's storage of its own so that its named properties have the ids of another file, and commits it.
 * @param message with the header of an embedded message
 * @returns the names of the other file with those that are new there
 * @throws MapiError as `planNames`
 */
export function moveNames(message: IStorage, from: NameMap, into: NameMap): NameMap {
  const objects = objectStorages(message);
  const { names, ids } = planNames(namedIdsOf(objects), from, into);
  for (const object of objects) changeIds(object, ids);
  // From the inside out: a storage's commit takes what the storages in it have committed.
  for (const { storage } of objects.reverse()) storage.commit();
  return names;
}
