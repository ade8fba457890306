/** What lies in a message file that the message format does not explain. */
import { propTag, propType } from "../mapi/propertyTypes";
import { PR_ATTACH_DATA_OBJ } from "../mapi/tags";
import { MAX_EMBEDDING_DEPTH } from "../session/constants";
import { NAMEID_STORAGE } from "../session/namedProperties";
import {
  EMBEDDED_HEADER_SIZE,
  PROPERTY_STREAM,
  readPropertyStream,
  ROOT_HEADER_SIZE,
  SUB_OBJECT_HEADER_SIZE,
  substgName,
} from "../session/propertyStream";
import { ATTACHMENT_PREFIX, numberedStorages, RECIPIENT_PREFIX } from "../session/state";
import { walkStorage } from "../storage";
import type { IStorage, RootStorage } from "../storage/types";

/** A stream or storage nobody knows. */
export interface UnexplainedElement {
  /** The names from the root of the file down. */
  readonly path: readonly string[];
  /** What a stream holds; undefined for a storage. */
  readonly bytes?: Uint8Array;
}

type Place = "root" | "message" | "recipient" | "attachment";

const HEADERS: Readonly<Record<Place, number>> = {
  root: ROOT_HEADER_SIZE,
  message: EMBEDDED_HEADER_SIZE,
  recipient: SUB_OBJECT_HEADER_SIZE,
  attachment: SUB_OBJECT_HEADER_SIZE,
};

/** The storages in a storage that are themselves part of the format. */
function partsOf(storage: IStorage, place: Place): ReadonlyMap<string, Place | "closed"> {
  const parts = new Map<string, Place | "closed">();
  if (place === "attachment") {
    const name = substgName(PR_ATTACH_DATA_OBJ);
    if (storage.elementType(name) !== "storage") return parts;
    const isMessage = storage.openStorage(name).elementType(PROPERTY_STREAM) === "stream";
    return parts.set(name, isMessage ? "message" : "closed");
  }
  if (place === "recipient") return parts;
  for (const { name } of numberedStorages(storage, RECIPIENT_PREFIX)) parts.set(name, "recipient");
  for (const { name } of numberedStorages(storage, ATTACHMENT_PREFIX)) parts.set(name, "attachment");
  if (place === "root") parts.set(NAMEID_STORAGE, "closed");
  return parts;
}

/** Whether a stream is the property stream or one of the values it speaks of. */
function isValue(name: string, tags: ReadonlySet<number>): boolean {
  if (name === PROPERTY_STREAM) return true;
  const digits = /^__substg1\.0_([0-9A-F]{8})(?:-[0-9A-F]{8})?$/i.exec(name)?.[1];
  return digits !== undefined && tags.has(Number.parseInt(digits, 16));
}

function inStorage(
  storage: IStorage,
  place: Place,
  path: readonly string[],
  found: UnexplainedElement[],
): void {
  // A message takes two names of a path: its attachment's, and that of the attachment's data.
  if (path.length > 2 * MAX_EMBEDDING_DEPTH) {
    foreign(storage, path, found);
    return;
  }
  const parts = partsOf(storage, place);
  const { records } = readPropertyStream(storage, HEADERS[place]);
  const tags = new Set(records.map(({ tag }) => propTag(propType(tag), tag >>> 16)));
  for (const { name, type } of storage.enumElements()) {
    const part = type === "storage" ? parts.get(name) : undefined;
    const here = [...path, name];
    if (part === "closed") continue;
    if (part !== undefined) inStorage(storage.openStorage(name), part, here, found);
    else if (type === "storage") foreign(storage.openStorage(name), here, found);
    else if (!isValue(name, tags)) found.push({ path: here, bytes: storage.openStream(name) });
  }
}

function foreign(storage: IStorage, path: readonly string[], found: UnexplainedElement[]): void {
  found.push({ path });
  walkStorage(storage, (inner, { name, type }, holder) => {
    const whole = [...path, ...inner];
    found.push(type === "stream" ? { path: whole, bytes: holder.openStream(name) } : { path: whole });
  });
}

/** Every stream and storage of a file that is not part of the message format, in the order of the file. */
export function unexplainedElements(root: RootStorage): UnexplainedElement[] {
  const found: UnexplainedElement[] = [];
  inStorage(root, "root", [], found);
  return found;
}
