/**
 * Storages of object properties other than what an attachment holds (`writeMessage.ts` sees to that): they go with their
 * property, and come back with it. [MS-OXMSG] 2.1.4.1
 */
import { propType, PT_OBJECT } from "../mapi/propertyTypes";
import { PR_ATTACH_DATA_OBJ } from "../mapi/tags";
import type { IStorage } from "../storage/types";
import { copyOfStorage } from "./heldStorage";
import type { PropertyRecord } from "./propertyRecord";
import { makeStorage, substgName } from "./propertyStream";

/**
 * Storages that a save removed, by the entry of their property: that is one and the same in every record that was made
 * from the one of the file, with other flags, say.
 */
const REMOVED = new WeakMap<Uint8Array, IStorage>();

const isObject = ({ tag, stored }: PropertyRecord): boolean =>
  propType(tag) === PT_OBJECT && tag !== PR_ATTACH_DATA_OBJ && stored === undefined;

/** The object properties of only the first list, by the name of their storage; the first of duplicates. */
function onlyIn(
  records: readonly PropertyRecord[],
  others: readonly PropertyRecord[],
): Map<string, PropertyRecord> {
  const objects = records.filter(isObject);
  if (objects.length === 0) return new Map();
  const names = new Set(others.filter(isObject).map(({ tag }) => substgName(tag)));
  const own = objects.map((record): [string, PropertyRecord] => [substgName(record.tag), record]);
  return new Map(own.filter(([name]) => !names.has(name)).reverse());
}

/** Removes the storages of object properties that are gone, and brings back those of properties that came back. */
export function writeObjectStorages(
  storage: IStorage,
  before: readonly PropertyRecord[],
  after: readonly PropertyRecord[],
): void {
  if (before === after) return;
  for (const [name, { entry }] of onlyIn(before, after)) {
    if (storage.elementType(name) !== "storage") continue;
    REMOVED.set(entry, copyOfStorage(storage.openStorage(name)));
    storage.destroyElement(name);
  }
  for (const [name, { entry }] of onlyIn(after, before)) {
    const removed = REMOVED.get(entry);
    if (!removed || storage.elementType(name) === "storage") continue;
    const made = makeStorage(storage, name);
    removed.copyTo(made);
    made.clsid = removed.clsid;
    made.setStat(removed.stat());
    made.commit();
  }
}
