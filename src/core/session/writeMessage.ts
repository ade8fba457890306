/**
 * Brings the storage of a message from the state it was last written with to a new one. Only what differs is touched.
 *
 * What is rewritten: the property stream of every object whose properties changed (bytes behind its last whole entry
 * go); the four numbers of a message's header when its recipients or attachments changed; and when one of these lists
 * lost or moved an element, the numbers in its storages' names, PR_ROWID, PR_ATTACH_NUM and PR_RECORD_KEY of
 * attachments, so that both lists are numbered from 0 without a gap ([MS-OXMSG] 2.2.1, 2.2.2).
 */
import type { IStorage } from "../storage/types";
import { PR_ATTACH_DATA_OBJ } from "../mapi/tags";
import { materialize } from "./propertyRecord";
import {
  EMBEDDED_HEADER_SIZE,
  SUB_OBJECT_HEADER_SIZE,
  substgName,
  writePropertyStream,
} from "./propertyStream";
import {
  ATTACHMENT_PREFIX,
  type AttachState,
  checkCount,
  copyOfStorage,
  emptyAttachment,
  emptyMessage,
  type ListEntry,
  materializeAttachment,
  materializeMessage,
  type MessageState,
  type PropertyState,
  RECIPIENT_PREFIX,
  subStorageName,
} from "./state";

/** Keeps storages that a save removed, so that an undo after it brings back all that was in them, known or not. */
export class RemovedStorages {
  readonly #kept = new Map<number, { readonly storage: IStorage; readonly state: PropertyState }>();

  keep(key: number, storage: IStorage, state: PropertyState): void {
    this.#kept.set(key, { storage: copyOfStorage(storage), state });
  }

  /** Fills a new storage with what was kept under the key; the state it then has. */
  restore<T extends PropertyState>(key: number, storage: IStorage, empty: T): T | PropertyState {
    const kept = this.#kept.get(key);
    if (!kept) return empty;
    kept.storage.copyTo(storage);
    storage.setStat(kept.storage.stat());
    return kept.state;
  }
}

/** What lasts from one save of a message to the next. */
export interface WriteContext {
  readonly removed: RemovedStorages;
}

function writeHeader(before: MessageState, after: MessageState): Uint8Array {
  if (before.recipients === after.recipients && before.attachments === after.attachments) return after.header;
  const header = after.header.slice();
  const view = new DataView(header.buffer);
  const next = (entries: readonly ListEntry<unknown>[]): number =>
    entries.reduce((highest, entry) => Math.max(highest, entry.number + 1), 0);
  view.setUint32(8, next(after.recipients), true);
  view.setUint32(12, next(after.attachments), true);
  view.setUint32(16, after.recipients.length, true);
  view.setUint32(20, after.attachments.length, true);
  return header;
}

interface ListWriter<T extends PropertyState> {
  readonly prefix: string;
  readonly empty: () => T;
  readonly write: (storage: IStorage, before: PropertyState, after: T) => void;
  readonly beforeRemoval: (state: T) => void;
}

/** Writes a list of recipients or attachments: removes, renames, then writes what is new or changed. */
function writeList<T extends PropertyState>(
  storage: IStorage,
  before: readonly ListEntry<T>[],
  after: readonly ListEntry<T>[],
  writer: ListWriter<T>,
  context: WriteContext,
): void {
  if (before === after) return;
  const old = new Map(before.map((entry) => [entry.key, entry]));
  const kept = new Set(after.map((entry) => entry.key));
  for (const entry of before) {
    if (kept.has(entry.key)) continue;
    const name = subStorageName(writer.prefix, entry.number);
    writer.beforeRemoval(entry.state.value);
    context.removed.keep(entry.key, storage.openStorage(name), entry.state.value);
    storage.destroyElement(name);
  }
  renameMoved(storage, old, after, writer.prefix);
  for (const entry of after) {
    const previous = old.get(entry.key);
    if (previous?.state === entry.state) continue;
    const name = subStorageName(writer.prefix, entry.number);
    const child = previous ? storage.openStorage(name) : storage.createStorage(name);
    const start = previous ? previous.state.value : context.removed.restore(entry.key, child, writer.empty());
    writer.write(child, start, entry.state.value);
    child.commit();
  }
}

/** Renames by way of names nobody has, because numbers may have changed places. */
function renameMoved<T>(
  storage: IStorage,
  old: ReadonlyMap<number, ListEntry<T>>,
  after: readonly ListEntry<T>[],
  prefix: string,
): void {
  const moved = after.flatMap((entry) => {
    const previous = old.get(entry.key);
    return previous && previous.number !== entry.number ? [{ from: previous.number, to: entry.number }] : [];
  });
  moved.forEach(({ from }, i) => storage.renameElement(subStorageName(prefix, from), `__moving_#${i}`));
  moved.forEach(({ to }, i) => storage.renameElement(`__moving_#${i}`, subStorageName(prefix, to)));
}

function writeAttachment(
  storage: IStorage,
  before: PropertyState,
  after: AttachState,
  context: WriteContext,
): void {
  writePropertyStream(storage, before, after);
  const old = "object" in before ? (before as AttachState).object : undefined;
  if (old === after.object) return;
  const name = substgName(PR_ATTACH_DATA_OBJ);
  const previous = old?.value;
  const next = after.object.value;
  const exists = storage.elementType(name) === "storage";
  if (previous?.kind === "message" && next?.kind === "message" && exists) {
    const content = storage.openStorage(name);
    writeMessageState(content, previous.message, next.message, context);
    content.commit();
    return;
  }
  if (previous?.kind === "message") materializeMessage(previous.message);
  if (previous?.kind === "storage") previous.held.detach();
  if (exists && old) storage.destroyElement(name);
  if (!next) return;
  const content =
    storage.elementType(name) === "storage" ? storage.openStorage(name) : storage.createStorage(name);
  if (next.kind === "message") {
    writeMessageState(content, emptyMessage(EMBEDDED_HEADER_SIZE), next.message, context);
  } else {
    next.held.storage.copyTo(content);
    content.clsid = next.held.storage.clsid;
    content.setStat(next.held.storage.stat());
  }
  content.commit();
}

/**
 * Writes a message into its storage. The lists of `after` must carry the numbers they are to have (`numberMessage`).
 * Sub-storages are committed into this storage; committing this one is the caller's.
 */
export function writeMessageState(
  storage: IStorage,
  before: MessageState,
  after: MessageState,
  context: WriteContext,
): void {
  checkCount(after.recipients.length, "recipients");
  checkCount(after.attachments.length, "attachments");
  writeList(
    storage,
    before.recipients,
    after.recipients,
    {
      prefix: RECIPIENT_PREFIX,
      empty: () => ({ header: new Uint8Array(SUB_OBJECT_HEADER_SIZE), records: [] }),
      write: writePropertyStream,
      beforeRemoval: (state) => state.records.forEach(materialize),
    },
    context,
  );
  writeList(
    storage,
    before.attachments,
    after.attachments,
    {
      prefix: ATTACHMENT_PREFIX,
      empty: emptyAttachment,
      write: (child, start, state) => writeAttachment(child, start, state, context),
      beforeRemoval: materializeAttachment,
    },
    context,
  );
  writePropertyStream(storage, before, { ...after, header: writeHeader(before, after) });
}
