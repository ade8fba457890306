/**
 * A message in a recovered file: values whose entries in the property stream were lost with it are properties again, and
 * lists are counted by what is there. So the message, and a copy saved of it, has everything that the file still has.
 *
 * Done in the recovered storage, object by object, from the inside out: [MS-OXMSG] 2.1 to 2.4.
 */
import { propId, PROPERTY_TYPES, propType, PT_OBJECT } from "../mapi/propertyTypes";
import {
  PR_ATTACH_DATA_BIN,
  PR_ATTACH_DATA_OBJ,
  PR_ATTACH_METHOD,
  PR_ATTACH_NUM,
  PR_ROWID,
} from "../mapi/tags";
import type { StoredValue } from "../mapi/values";
import type { IStorage } from "../storage/types";
import { DEFAULT_CODE_PAGE } from "./codePageOf";
import {
  ATTACH_BY_VALUE,
  ATTACH_EMBEDDED_MSG,
  ATTACH_OLE,
  PROPATTR_MANDATORY,
  PROPATTR_READABLE,
} from "./constants";
import {
  DEFAULT_FLAGS,
  makeObjectRecord,
  makeRecord,
  OBJECT_IS_MESSAGE,
  OBJECT_IS_STORAGE,
  type PropertyRecord,
  recordOfStored,
} from "./propertyRecord";
import {
  EMBEDDED_HEADER_SIZE,
  encodePropertyStream,
  PROPERTY_STREAM,
  putStream,
  readPropertyStream,
  readStoredValue,
  ROOT_HEADER_SIZE,
  sameBytes,
  SUB_OBJECT_HEADER_SIZE,
  substgName,
} from "./propertyStream";
import { ATTACHMENT_PREFIX, findRecord, numberedStorages, RECIPIENT_PREFIX } from "./state";

/** What an object is, and where it stands in its list. */
type ObjectKind =
  | { readonly kind: "root" | "embedded" }
  | { readonly kind: "recipient" | "attachment"; readonly number: number };

interface RepairedObject {
  readonly storage: IStorage;
  readonly as: ObjectKind;
}

const HEADER_SIZES: Readonly<Record<ObjectKind["kind"], number>> = {
  root: ROOT_HEADER_SIZE,
  embedded: EMBEDDED_HEADER_SIZE,
  recipient: SUB_OBJECT_HEADER_SIZE,
  attachment: SUB_OBJECT_HEADER_SIZE,
};

/** Whether a storage holds anything of a message: then it is one, whatever was lost of it. */
export function holdsMessage(storage: IStorage): boolean {
  return storage
    .enumElements()
    .some(({ name }) => name === PROPERTY_STREAM || /^__(?:substg|recip|attach)/i.test(name));
}

/** The message and every object in it, each before what is in it. */
function objectsOf(root: IStorage): RepairedObject[] {
  const found: RepairedObject[] = [];
  const pending: RepairedObject[] = [{ storage: root, as: { kind: "root" } }];
  for (let message = pending.pop(); message; message = pending.pop()) {
    const { storage } = message;
    found.push(message);
    for (const { name, number } of numberedStorages(storage, RECIPIENT_PREFIX)) {
      found.push({ storage: storage.openStorage(name), as: { kind: "recipient", number } });
    }
    for (const { name, number } of numberedStorages(storage, ATTACHMENT_PREFIX)) {
      const attachment = storage.openStorage(name);
      found.push({ storage: attachment, as: { kind: "attachment", number } });
      const content = objectIn(attachment);
      if (content && holdsMessage(content)) pending.push({ storage: content, as: { kind: "embedded" } });
    }
  }
  return found;
}

function objectIn(attachment: IStorage): IStorage | undefined {
  const name = substgName(PR_ATTACH_DATA_OBJ);
  return attachment.elementType(name) === "storage" ? attachment.openStorage(name) : undefined;
}

/** The values in a storage that no entry speaks of, as records. */
function lostRecords(storage: IStorage, known: readonly PropertyRecord[]): PropertyRecord[] {
  const ids = new Set(known.map(({ tag }) => propId(tag)));
  return storage.enumElements().flatMap(({ name, type }) => {
    const digits = /^__substg1\.0_([0-9a-f]{8})$/i.exec(name)?.[1];
    if (digits === undefined || type !== "stream") return [];
    const tag = Number.parseInt(digits, 16);
    if (ids.has(propId(tag)) || !PROPERTY_TYPES.has(propType(tag)) || propType(tag) === PT_OBJECT) return [];
    const stored: StoredValue | string = readStoredValue(storage, tag, new Uint8Array(8));
    if (typeof stored === "string" || stored.place === "fixed") return [];
    ids.add(propId(tag));
    return [recordOfStored(tag, stored)];
  });
}

/** What an object must have to be found in its list and opened. */
function requiredRecords(
  { storage, as }: RepairedObject,
  records: readonly PropertyRecord[],
): readonly PropertyRecord[] {
  const missing: PropertyRecord[] = [];
  const require = (tag: number, value: number, flags: number): void => {
    if (!findRecord(records, tag)) missing.push(makeRecord(tag, value, DEFAULT_CODE_PAGE, flags));
  };
  if (as.kind === "recipient") require(PR_ROWID, as.number, DEFAULT_FLAGS);
  if (as.kind === "attachment") {
    require(PR_ATTACH_NUM, as.number, PROPATTR_READABLE);
    const content = objectIn(storage);
    const isMessage = content !== undefined && holdsMessage(content);
    const method = isMessage ? ATTACH_EMBEDDED_MSG : content ? ATTACH_OLE : ATTACH_BY_VALUE;
    if (content && !findRecord(records, PR_ATTACH_DATA_OBJ)) {
      missing.push(makeObjectRecord(PR_ATTACH_DATA_OBJ, isMessage ? OBJECT_IS_MESSAGE : OBJECT_IS_STORAGE));
    }
    if (content || findRecord(records, PR_ATTACH_DATA_BIN)) {
      require(PR_ATTACH_METHOD, method, DEFAULT_FLAGS | PROPATTR_MANDATORY);
    }
  }
  return missing;
}

/** The header of a message with the numbers of what is there ([MS-OXMSG] 2.4.1.1). */
function countedHeader(storage: IStorage, header: Uint8Array): Uint8Array {
  const copy = new Uint8Array(header);
  const view = new DataView(copy.buffer);
  [RECIPIENT_PREFIX, ATTACHMENT_PREFIX].forEach((prefix, i) => {
    const numbers = numberedStorages(storage, prefix).map(({ number }) => number);
    const next = numbers.reduce((highest, number) => Math.max(highest, number + 1), 0);
    view.setUint32(8 + i * 4, next, true);
    view.setUint32(16 + i * 4, numbers.length, true);
  });
  return copy;
}

function repairObject(object: RepairedObject): void {
  const { storage, as } = object;
  const stream = readPropertyStream(storage, HEADER_SIZES[as.kind]);
  const lost = lostRecords(storage, stream.records);
  const found = [...stream.records, ...lost];
  const records = [...found, ...requiredRecords(object, found)];
  const isMessage = as.kind === "root" || as.kind === "embedded";
  const header = isMessage ? countedHeader(storage, stream.header) : stream.header;
  const isSame = records.length === stream.records.length && sameBytes(header, stream.header);
  // A tail is an entry that was cut.
  if (isSame && stream.isMissing !== true && !stream.tail) return;
  putStream(storage, PROPERTY_STREAM, encodePropertyStream({ header, records }));
}

/** Repairs the message in the storage of a recovered file and commits it there; see the head of this file. */
export function repairMessage(root: IStorage): void {
  const objects = objectsOf(root).reverse();
  for (const object of objects) {
    repairObject(object);
    object.storage.commit();
  }
}
