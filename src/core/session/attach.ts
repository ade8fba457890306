/** IAttach over the state of an attachment: [MS-OXCMSG] 2.2.2, MAPI's IAttach. */
import { propId } from "../mapi/propertyTypes";
import { MapiError } from "../mapi/errors";
import { PR_ATTACH_DATA_BIN, PR_ATTACH_DATA_OBJ, PR_ATTACH_METHOD, PR_CREATION_TIME } from "../mapi/tags";
import type { IStorage, RootStorage } from "../storage/types";
import { createStorage } from "../storage";
import type { CodePage } from "../text/types";
import { AttachContent, REQUIRED } from "./attachContent";
import {
  ATTACH_EMBEDDED_MSG,
  ATTACH_OLE,
  MAPI_CREATE,
  MAPI_MODIFY,
  MAX_EMBEDDING_DEPTH,
  PROPATTR_READABLE,
} from "./constants";
import { accessAfterSave, touchModified } from "./saving";
import { copyProperties, isExcluded, refuseCycle } from "./copy";
import { copyOfStorage, heldCopy, sameStorage } from "./heldStorage";
import { MessageObject } from "./message";
import type { MessageOwner } from "./messageOwner";
import { checkAccessFlags } from "./propValues";
import { OBJECT_IS_MESSAGE, OBJECT_IS_STORAGE, objectKind, withObjectStream } from "./propertyRecord";
import { EMBEDDED_HEADER_SIZE } from "./propertyStream";
import { putRecord, withoutId } from "./recordList";
import {
  type AttachedObject,
  type AttachState,
  emptyMessage,
  findRecord,
  Lazy,
  longOf,
  type MessageState,
} from "./state";
import type { IAttach, IMAPIProp, IMessage } from "./types";

/** An attachment of an open message. */
export class AttachObject extends AttachContent implements IAttach, MessageOwner {
  /** The state the message has of it; undefined until it is first saved. */
  #saved: AttachState | undefined;
  #embedded: MessageObject | undefined;
  #openedStorage: RootStorage | undefined;

  constructor(parent: MessageObject, key: number, state: AttachState, isNew: boolean) {
    super(parent, key, state);
    this.#saved = isNew ? undefined : state;
  }

  /**
   * Data as bytes takes the place of an embedded message or OLE object, which shares its id; with the entry of the file
   * comes back what the file has.
   */
  protected afterChange(ids: ReadonlySet<number>): void {
    if (!ids.has(propId(PR_ATTACH_DATA_BIN))) return;
    const baseline = this.baselineState();
    const record = findRecord(this.current.records, PR_ATTACH_DATA_OBJ);
    const isAsRead = baseline !== undefined && record === findRecord(baseline.records, PR_ATTACH_DATA_OBJ);
    if (record?.tag === PR_ATTACH_DATA_OBJ && !isAsRead) return;
    this.setObject(isAsRead ? baseline.object : Lazy.of<AttachedObject>(undefined));
  }

  /** Puts another object in, and closes what was opened of the one before. */
  private setObject(object: Lazy<AttachedObject>): void {
    if (object === this.current.object) return;
    this.current = { ...this.current, object };
    this.#embedded?.detach();
    this.#embedded = undefined;
    this.#openedStorage = undefined;
  }

  override openProperty(tag: number, flags = 0): Uint8Array | IStorage | IMessage {
    this.assertOpen();
    const wanted = tag >>> 0;
    if (wanted !== PR_ATTACH_DATA_OBJ) return this.openBytes(wanted, flags);
    checkAccessFlags(flags);
    if ((flags & MAPI_MODIFY) !== 0) this.assertWriteable();
    return (flags & MAPI_CREATE) === 0 ? this.openObject() : this.createObject();
  }

  /** The embedded message, OLE storage or bytes; the same object each time until it is closed. */
  private openObject(): Uint8Array | IStorage | IMessage {
    const embedded = this.openMessage();
    if (embedded) return embedded;
    if (this.#openedStorage) return this.#openedStorage;
    const { storage } = this;
    if (storage) return (this.#openedStorage = copyOfStorage(storage));
    const record = findRecord(this.current.records, PR_ATTACH_DATA_OBJ);
    if (record?.tag === PR_ATTACH_DATA_OBJ && record.stored?.place === "stream")
      return record.stored.data.bytes;
    throw new MapiError("MAPI_E_NOT_FOUND", "The attachment holds no message and no OLE object.");
  }

  /** The OLE or custom storage that the attachment holds, to look at; undefined when there is none. */
  get storage(): IStorage | undefined {
    const object = this.current.object.value;
    return object?.kind === "storage" ? object.held.storage : undefined;
  }

  /**
   * Puts another storage in the place of what the attachment holds. One without a method, or with that of an embedded
   * message, becomes an ATTACH_OLE.
   */
  putStorage(storage: IStorage): void {
    this.assertWriteable();
    if (this.storage && sameStorage(this.storage, storage)) return;
    const method = longOf(this.current.records, PR_ATTACH_METHOD);
    this.atomically(() => {
      if (!this.storage) {
        this.putObjectRecord(OBJECT_IS_STORAGE);
        if (method !== ATTACH_OLE) this.putComputed(PR_ATTACH_METHOD, ATTACH_OLE, REQUIRED);
      }
      this.setObject(storageObject(storage));
    });
  }

  /** The embedded message, opened when it is not; undefined when there is none. */
  openMessage(): MessageObject | undefined {
    this.assertOpen();
    if (this.#embedded?.isClosed === false) return this.#embedded;
    const object = this.current.object.value;
    this.#embedded =
      object?.kind === "message" ? new MessageObject(this.file, object.message, this) : undefined;
    return this.#embedded;
  }

  /**
   * Begins a new object in the place of what was there: an OLE storage when PR_ATTACH_METHOD is ATTACH_OLE, else a
   * message, which is in the attachment once it is saved.
   */
  private createObject(): IStorage | IMessage {
    this.assertWriteable();
    if (longOf(this.current.records, PR_ATTACH_METHOD) === ATTACH_OLE) {
      const storage = createStorage();
      this.atomically(() => {
        this.putObjectRecord(OBJECT_IS_STORAGE);
        this.setObject(storageObject(storage));
      });
      this.#openedStorage = storage;
      return storage;
    }
    return this.createMessage();
  }

  private checkDepth(): void {
    if (this.depth <= MAX_EMBEDDING_DEPTH) return;
    throw new MapiError(
      "MAPI_E_TOO_COMPLEX",
      `Messages can be embedded in each other at most ${MAX_EMBEDDING_DEPTH} deep.`,
    );
  }

  /**
   * Takes a whole message as it is in the place of what was there, and becomes an ATTACH_EMBEDDED_MSG.
   * @throws MapiError MAPI_E_TOO_COMPLEX as `createMessage`
   */
  putMessage(message: MessageState): void {
    this.assertWriteable();
    this.checkDepth();
    this.atomically(() => {
      this.acceptMessage(message);
      this.putComputed(PR_ATTACH_METHOD, ATTACH_EMBEDDED_MSG, REQUIRED);
      const record = findRecord(this.current.records, PR_ATTACH_DATA_OBJ);
      if (record && objectKind(record) !== OBJECT_IS_MESSAGE) this.putObjectRecord(OBJECT_IS_MESSAGE);
    });
    this.#openedStorage = undefined;
    this.refreshEmbedded(message, false);
  }

  /** Begins a new embedded message. @throws MapiError MAPI_E_TOO_COMPLEX when messages are in each other too deep. */
  createMessage(): MessageObject {
    this.assertWriteable();
    this.checkDepth();
    this.atomically(() => {
      this.setRecords(withoutId(this.current.records, propId(PR_ATTACH_DATA_OBJ)));
      this.setObject(Lazy.of<AttachedObject>(undefined));
    });
    this.#embedded?.detach();
    this.#embedded = new MessageObject(this.file, emptyMessage(EMBEDDED_HEADER_SIZE), this);
    return this.#embedded;
  }

  // ---- the owner of an embedded message -------------------------------------------------------------------------

  readonly hasMore = false;

  get attachment(): this {
    return this;
  }

  get depth(): number {
    return this.parent.owner.depth + 1;
  }

  get ownerCodePage(): CodePage {
    return this.parent.codePage;
  }

  get ownerUnicode(): boolean {
    return this.parent.unicode;
  }

  /** The embedded message as last written to the file. */
  baselineMessage(): MessageState | undefined {
    const object = this.baselineState()?.object.value;
    return object?.kind === "message" ? object.message : undefined;
  }

  /** What the attachment now has as its embedded message. */
  savedMessage(): MessageState | undefined {
    const object = this.current.object.value;
    return object?.kind === "message" ? object.message : undefined;
  }

  inFile(state: MessageState): MessageState | undefined {
    return this.baselineMessage() === state ? state : undefined;
  }

  /** Takes over a saved embedded message; it reaches the outer message with the attachment's own `saveChanges`. */
  acceptMessage(message: MessageState): MessageState {
    this.assertWriteable();
    const written = this.baselineState()?.object;
    const isAsRead = written?.value?.kind === "message" && written.value.message === message;
    this.atomically(() => {
      if (findRecord(this.current.records, PR_ATTACH_DATA_OBJ)?.tag !== PR_ATTACH_DATA_OBJ) {
        this.putComputed(PR_ATTACH_METHOD, ATTACH_EMBEDDED_MSG, REQUIRED);
        this.putObjectRecord(OBJECT_IS_MESSAGE);
      }
      const object = isAsRead ? written : Lazy.of<AttachedObject>({ kind: "message", message });
      this.current = { ...this.current, object };
    });
    return message;
  }

  // ---- saving ----------------------------------------------------------------------------------------------------

  override saveChanges(flags = 0): void {
    this.assertWriteable();
    const access = accessAfterSave(flags, this.access);
    this.atomically(() => {
      this.takeOpenedStorage();
      if (this.current !== this.#saved) this.save();
    });
    if (access !== "closed") this.access = access;
    else this.release();
  }

  private save(): void {
    const now = this.file.options.now();
    if (!this.#saved) this.putDefault(PR_CREATION_TIME, now, PROPATTR_READABLE);
    const baseline = this.baselineState();
    const alsoChanged =
      baseline !== undefined &&
      baseline.object !== this.current.object &&
      this.current.object.value?.kind === "storage";
    const before = { saved: this.#saved?.records ?? [], baseline: baseline?.records ?? [], alsoChanged };
    this.setRecords(touchModified(this.current.records, before, now));
    this.current = this.parent.acceptAttachment(this.key, this.current);
    this.#saved = this.current;
  }

  /** Takes what was committed into an opened OLE storage into the attachment's state. */
  private takeOpenedStorage(): void {
    const opened = this.#openedStorage?.clone();
    const object = this.current.object.value;
    if (!opened || (object?.kind === "storage" && sameStorage(object.held.storage, opened))) return;
    const written = this.baselineState()?.object;
    const isAsRead = written?.value?.kind === "storage" && sameStorage(written.value.held.storage, opened);
    this.current = { ...this.current, object: isAsRead ? written : storageObject(opened) };
  }

  /** The parent's state of this attachment changed: it was numbered, or put back to an earlier one. */
  refresh(state: AttachState, keepPending: boolean): void {
    if (keepPending && this.current !== this.#saved) {
      this.#saved = state;
      return;
    }
    const embedded = this.#embedded;
    const isPending = keepPending && embedded?.isClosed === false && embedded.state !== this.savedMessage();
    this.current = state;
    this.#saved = state;
    if (isPending) return;
    this.refreshEmbedded(this.savedMessage(), keepPending);
    if (!keepPending) this.#openedStorage = undefined;
  }

  /** The open message follows what the attachment holds now; another message's object is closed. */
  private refreshEmbedded(message: MessageState | undefined, keepPending: boolean): void {
    const embedded = this.#embedded;
    if (message && embedded?.state.origin === message.origin) {
      if (!embedded.isClosed) embedded.refresh(message, keepPending);
      return;
    }
    embedded?.detach();
    this.#embedded = undefined;
  }

  /** Closes the attachment and everything opened in it, without saving. */
  release(): void {
    this.detach();
    this.parent.forget(this.key);
  }

  /** Closes the object: it was released, its attachment is gone, or its message was closed. */
  detach(): void {
    this.close();
    this.#embedded?.detach();
    this.#openedStorage = undefined;
  }

  override copyTo(target: IMAPIProp, exclude: readonly number[] = []): void {
    this.assertOpen();
    refuseCycle(this, target);
    if (!(target instanceof AttachObject)) {
      copyProperties(this, target, exclude);
      return;
    }
    target.assertWriteable();
    target.atomically(() => {
      copyProperties(this, target, exclude);
      if (!isExcluded(PR_ATTACH_DATA_OBJ, exclude)) this.copyObject(target);
    });
  }

  private copyObject(target: AttachObject): void {
    const object = this.current.object.value;
    if (object?.kind === "message") {
      const wasOpen = this.#embedded?.isClosed === false;
      const copy = target.createMessage();
      const source = this.openMessage();
      source?.copyTo(copy);
      copy.saveChanges();
      if (!wasOpen) source?.detach();
    } else if (object?.kind === "storage") {
      const record = this.current.records.find(({ tag }) => tag === PR_ATTACH_DATA_OBJ);
      target.putObjectRecord(record ? objectKind(record) : OBJECT_IS_STORAGE);
      target.setObject(storageObject(object.held.storage));
    } else this.copyObjectStream(target);
  }

  private copyObjectStream(target: AttachObject): void {
    const record = findRecord(this.current.records, PR_ATTACH_DATA_OBJ);
    if (record?.tag !== PR_ATTACH_DATA_OBJ || record.stored?.place !== "stream") return;
    target.putObjectRecord(objectKind(record));
    target.setObject(Lazy.of<AttachedObject>(undefined));
    const copy = withObjectStream(record, record.stored.data.bytes);
    target.setRecords(putRecord(target.current.records, copy));
  }
}

const storageObject = (storage: IStorage): Lazy<AttachedObject> =>
  Lazy.of<AttachedObject>({ kind: "storage", held: heldCopy(storage) });
