/**
 * Messages on their way between a file of their own and an attachment, whole: every stream and storage, known or not,
 * with flags, times and order. What is converted ([MS-OXMSG] 2.2.2, 2.4.1):
 *
 * - the header of the property stream: 32 bytes in a file, 24 in an attachment; the 8 bytes between are reserved;
 * - the class id of the message's storage: that of a message in a file, none in an attachment;
 * - the ids of named properties on the way in (`nameTransfer.ts`); on the way out all names of the file go along;
 * - PR_STORE_SUPPORT_MASK gets STORE_UNICODE_OK where Unicode strings are and nothing says so;
 * - PR_MESSAGE_CODEPAGE is added where 8-bit strings would be read in another code page than before.
 */
import { MapiError } from "../mapi/errors";
import { GUID_NULL } from "../mapi/guid";
import { PT_STRING8, PT_UNICODE } from "../mapi/propertyTypes";
import { PR_ATTACH_DATA_OBJ, PR_MESSAGE_CODEPAGE, PR_STORE_SUPPORT_MASK } from "../mapi/tags";
import { createStorage, type IStorage, type RootStorage } from "../storage";
import type { CodePage } from "../text/types";
import { chooseCodePage, DEFAULT_CODE_PAGE } from "./codePageOf";
import {
  CLSID_MAIL_MESSAGE,
  OUTLOOK_STORE_SUPPORT_MASK,
  PROPATTR_READABLE,
  STORE_UNICODE_OK,
} from "./constants";
import { bytesOfStorage } from "./heldStorage";
import type { MessageObject } from "./message";
import { NAMEID_STORAGE, type NameMap } from "./namedProperties";
import { moveNames } from "./nameTransfer";
import { headerOf } from "./numbering";
import { DEFAULT_FLAGS, makeRecord, type PropertyRecord } from "./propertyRecord";
import {
  EMBEDDED_HEADER_SIZE,
  encodePropertyStream,
  PROPERTY_STREAM,
  putStream,
  ROOT_HEADER_SIZE,
  substgName,
} from "./propertyStream";
import { hasStrings, putRecord } from "./recordList";
import { RootMessage } from "./rootMessage";
import {
  ATTACHMENT_PREFIX,
  entryOfKey,
  findRecord,
  longOf,
  type MessageState,
  readMessage,
  subStorageName,
} from "./state";

/** A message in a storage of its own, laid out as a file. */
export interface MessageFile {
  readonly storage: RootStorage;
  readonly names: NameMap;
  /** Its content there. */
  readonly message: MessageState;
}

const gone = (): MapiError =>
  new MapiError("MAPI_E_OBJECT_DELETED", "The message is not in its file any more.");

/** The top message of the file that a message is in. */
function rootOf(message: MessageObject): RootMessage {
  let root = message;
  for (let holder = root.container; holder; holder = root.container) root = holder.parent;
  if (root instanceof RootMessage) return root;
  throw gone();
}

/** Keys of the attachments that a message is in, from the top message down. */
function keysOf(message: MessageObject): number[] {
  const keys: number[] = [];
  for (let holder = message.container; holder; holder = holder.parent.container) keys.unshift(holder.key);
  return keys;
}

/** The page of a message's 8-bit strings by what the file says, whatever the caller chose to read them with. */
export function storedCodePage(message: MessageObject): CodePage {
  const holder = message.container?.parent;
  const outer = holder ? storedCodePage(holder) : message.owner.ownerCodePage;
  return chooseCodePage(message.state.records, undefined, outer).page;
}

/** Whether anything in a message that is read with its code page is 8-bit text. */
function has8BitText({ records, recipients, attachments }: MessageState): boolean {
  return (
    hasStrings(records, PT_STRING8) ||
    [...recipients, ...attachments].some(({ state }) => hasStrings(state.value.records, PT_STRING8))
  );
}

/** The properties of a message with what it needs to read the same somewhere else: its mask and its code page. */
function selfContained(
  message: MessageState,
  page: CodePage,
  outer: CodePage | undefined,
): readonly PropertyRecord[] {
  let { records } = message;
  const put = (tag: number, value: number, newFlags: number): void => {
    const flags = findRecord(records, tag)?.flags ?? newFlags;
    records = putRecord(records, makeRecord(tag, value, DEFAULT_CODE_PAGE, flags));
  };
  const mask = longOf(records, PR_STORE_SUPPORT_MASK);
  if (hasStrings(records, PT_UNICODE) && ((mask ?? 0) & STORE_UNICODE_OK) === 0) {
    put(PR_STORE_SUPPORT_MASK, (mask ?? OUTLOOK_STORE_SUPPORT_MASK) | STORE_UNICODE_OK, PROPATTR_READABLE);
  }
  if (chooseCodePage(records, undefined, outer).page.id !== page.id && has8BitText(message)) {
    put(PR_MESSAGE_CODEPAGE, page.id, DEFAULT_FLAGS);
  }
  return records;
}

/** Another header size: what is there stays, what is more is zero. */
function resized(header: Uint8Array, size: number): Uint8Array {
  const copy = new Uint8Array(size);
  copy.set(header.subarray(0, size));
  return copy;
}

/** The header of a message in another place. */
const headerIn = (message: MessageState, size: number): Uint8Array => resized(headerOf(message), size);

const FILE_FORMS = new WeakMap<MessageState, MessageState>();
const EMBEDDED_FORMS = new WeakMap<MessageState, MessageState>();

/** The content of an embedded message as that of a file: the same parts under the other header. Always the same one. */
export function fileForm(embedded: MessageState): MessageState {
  const known = FILE_FORMS.get(embedded);
  if (known) return known;
  const made = { ...embedded, header: resized(embedded.header, ROOT_HEADER_SIZE) };
  FILE_FORMS.set(embedded, made);
  EMBEDDED_FORMS.set(made, embedded);
  return made;
}

/** The reverse of `fileForm`. */
export function embeddedForm(message: MessageState): MessageState {
  const known = EMBEDDED_FORMS.get(message);
  if (known) return known;
  const made = { ...message, header: resized(message.header, EMBEDDED_HEADER_SIZE) };
  EMBEDDED_FORMS.set(message, made);
  FILE_FORMS.set(made, message);
  return made;
}

/** The storage and the content of an embedded message in its laid out file. */
function findEmbedded(
  root: IStorage,
  top: MessageState,
  keys: readonly number[],
): { storage: IStorage; message: MessageState } {
  let storage = root;
  let message = top;
  for (const key of keys) {
    const entry = entryOfKey(message.attachments, key);
    const object = entry?.state.value.object.value;
    if (!entry || object?.kind !== "message") throw gone();
    const holder = storage.openStorage(subStorageName(ATTACHMENT_PREFIX, entry.number));
    storage = holder.openStorage(substgName(PR_ATTACH_DATA_OBJ));
    ({ message } = object);
  }
  return { storage, message };
}

/**
 * A message in a storage of its own, as a file with all the names of the file it is in. What is unsaved in the top
 * message is in it; changes in open sub-objects that were not saved into it are not.
 */
export function layOutFile(source: MessageObject): MessageFile {
  const root = rootOf(source);
  const laidOut = root.root.layOut(root.state);
  const names = root.root.completedNames;
  if (source === root) return { storage: laidOut.storage, names, message: laidOut.message };
  const { storage, message } = findEmbedded(laidOut.storage, laidOut.message, keysOf(source));
  const file = createStorage();
  storage.copyTo(file);
  file.clsid = CLSID_MAIL_MESSAGE;
  // Names are the file's alone; a map in an embedded message is none that anybody reads.
  if (file.elementType(NAMEID_STORAGE) !== undefined) file.destroyElement(NAMEID_STORAGE);
  const map = file.createStorage(NAMEID_STORAGE);
  laidOut.storage.openStorage(NAMEID_STORAGE).copyTo(map);
  map.commit();
  const stream = { ...message, header: headerIn(message, ROOT_HEADER_SIZE) };
  putStream(file, PROPERTY_STREAM, encodePropertyStream(stream));
  file.commit();
  return { storage: file, names, message: fileForm(message) };
}

/** A message as a file that says all that is needed to read it. Committed. */
export function exportFile(source: MessageObject): RootStorage {
  const { storage, message } = layOutFile(source);
  const records = selfContained(message, storedCodePage(source), undefined);
  if (records !== message.records) {
    const header = headerIn(message, ROOT_HEADER_SIZE);
    putStream(storage, PROPERTY_STREAM, encodePropertyStream({ ...message, records, header }));
    storage.commit();
  }
  return storage;
}

/** A message taken into another file. */
export interface ImportedMessage {
  readonly message: MessageState;
  /** The names of that file with those that the message brought. */
  readonly names: NameMap;
}

/**
 * The content of any message as that of an embedded one in another file.
 * @param holder the message that it comes into
 * @param depth how many messages it will be in
 * @throws MapiError MAPI_E_TOO_BIG when the file has no room for its names
 */
export function importMessage(source: MessageObject, holder: MessageObject, depth: number): ImportedMessage {
  const { storage, names: from, message } = layOutFile(source);
  const records = selfContained(message, storedCodePage(source), storedCodePage(holder));
  storage.clsid = GUID_NULL;
  storage.destroyElement(NAMEID_STORAGE);
  const header = headerIn(message, EMBEDDED_HEADER_SIZE);
  putStream(storage, PROPERTY_STREAM, encodePropertyStream({ ...message, records, header }));
  const names = moveNames(storage, from, holder.file.names);
  const bytesOfSource = bytesOfStorage(storage);
  return { message: readMessage(storage, { headerSize: EMBEDDED_HEADER_SIZE, depth, bytesOfSource }), names };
}
