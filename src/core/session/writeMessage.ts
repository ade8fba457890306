/**
 * Brings the storage of a message from the state it was last written with to a new one. Only what differs is touched.
 *
 * What is rewritten: the property stream of every object whose properties changed; the four numbers of a message's
 * header when its lists have other elements than they were read with; and what `numbering.ts` says of the numbers.
 */
import type { IStorage } from "../storage/types";
import { PR_ATTACH_DATA_OBJ } from "../mapi/tags";
import { copyOfStorage } from "./heldStorage";
import { headerOf } from "./numbering";
import { writeObjectStorages } from "./objectStorages";
import { materialize } from "./propertyRecord";
import {
  EMBEDDED_HEADER_SIZE,
  makeStorage,
  type PropertyStream,
  substgName,
  writePropertyStream,
} from "./propertyStream";
import {
  ATTACHMENT_PREFIX,
  type AttachedObject,
  type AttachState,
  emptyAttachment,
  emptyMessage,
  emptyRecipient,
  type ListEntry,
  materializeAttachment,
  materializeMessage,
  messageOfSource,
  type MessageOrigin,
  type MessageState,
  type PropertyState,
  RECIPIENT_PREFIX,
  subStorageName,
} from "./state";

/** Storages of one kind that a save removed, each with the state that was in it. */
class Removed<K, T> {
  readonly #kept = new Map<K, { readonly storage: IStorage; readonly state: T }>();

  /** Keeps what is in a storage that is about to go; `state` must be read completely. */
  keep(key: K, storage: IStorage, state: T): void {
    this.#kept.set(key, { storage: copyOfStorage(storage), state });
  }

  /** Fills a new storage with what was kept under the key; the state it then has, or undefined when nothing was. */
  restore(key: K, storage: IStorage): T | undefined {
    const kept = this.#kept.get(key);
    if (!kept) return undefined;
    kept.storage.copyTo(storage);
    storage.setStat(kept.storage.stat());
    return kept.state;
  }
}

/**
 * What the saves of a message removed from its file, so that an undo after a save brings back all that was in it, known
 * or not. Lasts as long as the message is open.
 */
export class RemovedStorages {
  readonly recipients = new Removed<number, PropertyState>();
  readonly attachments = new Removed<number, AttachState>();
  readonly messages = new Removed<MessageOrigin, MessageState>();
}

/** Writes the properties of an object with all that belongs to them. */
function writeProperties(storage: IStorage, before: PropertyStream, after: PropertyStream): void {
  writeObjectStorages(storage, before.records, after.records);
  writePropertyStream(storage, before, after);
}

interface ListWriter<T extends PropertyState> {
  readonly prefix: string;
  readonly removed: Removed<number, T>;
  readonly empty: () => T;
  readonly write: (storage: IStorage, before: T, after: T) => void;
  /** Reads everything of a state whose storage is about to go. */
  readonly materialize: (state: T) => void;
}

/** Writes a list of recipients or attachments: removes, renames, then writes what is new or changed. */
function writeList<T extends PropertyState>(
  storage: IStorage,
  before: readonly ListEntry<T>[],
  after: readonly ListEntry<T>[],
  writer: ListWriter<T>,
): void {
  if (before === after) return;
  const old = new Map(before.map((entry) => [entry.key, entry]));
  const kept = new Set(after.map((entry) => entry.key));
  for (const entry of before) {
    if (kept.has(entry.key)) continue;
    const name = subStorageName(writer.prefix, entry.number);
    writer.materialize(entry.state.value);
    writer.removed.keep(entry.key, storage.openStorage(name), entry.state.value);
    storage.destroyElement(name);
  }
  renameMoved(storage, old, after, writer.prefix);
  for (const entry of after) {
    const previous = old.get(entry.key);
    if (previous?.state === entry.state) continue;
    const name = subStorageName(writer.prefix, entry.number);
    const child = previous ? storage.openStorage(name) : makeStorage(storage, name);
    const start = previous?.state.value ?? writer.removed.restore(entry.key, child) ?? writer.empty();
    writer.write(child, start, entry.state.value);
    child.commit();
  }
}

/** Gives the storages of moved entries their new names. */
function renameMoved<T>(
  storage: IStorage,
  old: ReadonlyMap<number, ListEntry<T>>,
  after: readonly ListEntry<T>[],
  prefix: string,
): void {
  const moved = after.flatMap((entry) => {
    const previous = old.get(entry.key);
    if (!previous || previous.number === entry.number) return [];
    return [{ from: subStorageName(prefix, previous.number), to: subStorageName(prefix, entry.number) }];
  });
  if (moved.length === 0) return;
  // Only a damaged file has a stream of such a name.
  for (const { to } of moved) if (storage.elementType(to) === "stream") storage.destroyElement(to);
  storage.renameElements(moved);
}

/** Reads everything of what an attachment holds, because its storage is about to go, and keeps that storage. */
function removeObject(
  storage: IStorage,
  name: string,
  object: AttachedObject,
  removed: RemovedStorages,
): void {
  if (object?.kind === "message") {
    materializeMessage(object.message);
    removed.messages.keep(object.message.origin, storage.openStorage(name), object.message);
  } else object?.held.detach();
  storage.destroyElement(name);
}

/** Fills a new storage with all that a message from another file brought along; what the message then is. */
function restoreSource(origin: MessageOrigin, content: IStorage): MessageState | undefined {
  if (!origin.source) return undefined;
  origin.source.storage.copyTo(content);
  return messageOfSource(origin, origin.source);
}

function writeObject(
  storage: IStorage,
  previous: AttachedObject,
  next: AttachedObject,
  removed: RemovedStorages,
): void {
  const name = substgName(PR_ATTACH_DATA_OBJ);
  const exists = storage.elementType(name) === "storage";
  const isSame =
    previous?.kind === "message" &&
    next?.kind === "message" &&
    previous.message.origin === next.message.origin;
  if (isSame && exists) {
    const content = storage.openStorage(name);
    writeMessageState(content, previous.message, next.message, removed);
    content.commit();
    return;
  }
  if (exists && previous) removeObject(storage, name, previous, removed);
  if (!next) return;
  const content = makeStorage(storage, name);
  if (next.kind === "message") {
    const { origin } = next.message;
    const start =
      removed.messages.restore(origin, content) ??
      restoreSource(origin, content) ??
      emptyMessage(EMBEDDED_HEADER_SIZE);
    writeMessageState(content, start, next.message, removed);
  } else {
    next.held.storage.copyTo(content);
    content.clsid = next.held.storage.clsid;
    content.setStat(next.held.storage.stat());
  }
  content.commit();
}

function writeAttachment(
  storage: IStorage,
  before: AttachState,
  after: AttachState,
  removed: RemovedStorages,
): void {
  writeProperties(storage, before, after);
  if (before.object !== after.object) writeObject(storage, before.object.value, after.object.value, removed);
}

const withHeader = (state: MessageState): PropertyStream => ({ ...state, header: headerOf(state) });

/**
 * Writes a message into its storage. The lists of `after` must carry the numbers they are to have (`numberMessage`).
 * Sub-storages are committed into this storage; committing this one is the caller's.
 */
export function writeMessageState(
  storage: IStorage,
  before: MessageState,
  after: MessageState,
  removed: RemovedStorages,
): void {
  writeList(storage, before.recipients, after.recipients, {
    prefix: RECIPIENT_PREFIX,
    removed: removed.recipients,
    empty: emptyRecipient,
    write: writeProperties,
    materialize: (state) => state.records.forEach(materialize),
  });
  writeList(storage, before.attachments, after.attachments, {
    prefix: ATTACHMENT_PREFIX,
    removed: removed.attachments,
    empty: emptyAttachment,
    write: (child, start, state) => writeAttachment(child, start, state, removed),
    materialize: materializeAttachment,
  });
  writeProperties(storage, withHeader(before), withHeader(after));
}
