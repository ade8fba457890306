/** IAttach over the state of an attachment: [MS-OXCMSG] 2.2.2, MAPI's IAttach. */
import { hex8, propId, propType, PT_OBJECT } from "../mapi/propertyTypes";
import { MapiError } from "../mapi/errors";
import {
  PR_ACCESS,
  PR_ACCESS_LEVEL,
  PR_ATTACH_DATA_BIN,
  PR_ATTACH_DATA_OBJ,
  PR_ATTACH_METHOD,
  PR_ATTACH_NUM,
  PR_ATTACH_SIZE,
  PR_CREATION_TIME,
  PR_OBJECT_TYPE,
  PR_RECORD_KEY,
  PR_RENDERING_POSITION,
  PR_STORE_SUPPORT_MASK,
} from "../mapi/tags";
import type { IStorage } from "../storage/types";
import { createStorage } from "../storage";
import type { CodePage } from "../text/types";
import { storedSize } from "../mapi/values";
import { COMPUTED_OF_ATTACHMENT } from "./computed";
import {
  ATTACH_EMBEDDED_MSG,
  ATTACH_OLE,
  MAPI_CREATE,
  MAPI_MODIFY,
  OUTLOOK_STORE_SUPPORT_MASK,
  PROPATTR_MANDATORY,
  PROPATTR_READABLE,
} from "./constants";
import { accessAfterSave, touchModified } from "./saving";
import { copyProperties } from "./copy";
import { MessageObject } from "./message";
import {
  DEFAULT_FLAGS,
  makeObjectRecord,
  OBJECT_IS_MESSAGE,
  OBJECT_IS_STORAGE,
  type PropertyRecord,
} from "./propertyRecord";
import { EMBEDDED_HEADER_SIZE } from "./propertyStream";
import { PropObject } from "./propObject";
import { putRecord, withoutId } from "./recordList";
import {
  type AttachedObject,
  type AttachState,
  copyOfStorage,
  emptyMessage,
  HeldStorage,
  Lazy,
  longOf,
  type MessageState,
} from "./state";
import type { IAttach, IMAPIProp, IMessage, PropValue } from "./types";

const MAPI_ATTACH = 7;
const ACCESS_READ = 2;
/** Flags of the two properties that every attachment must have. */
const REQUIRED = DEFAULT_FLAGS | PROPATTR_MANDATORY;

/** An attachment of an open message. */
export class AttachObject extends PropObject<AttachState> implements IAttach {
  protected override readonly computedIds = COMPUTED_OF_ATTACHMENT;
  #saved: AttachState | undefined;
  #embedded: MessageObject | undefined;
  #openedStorage: IStorage | undefined;

  /** `saved`: the state the message has of it, undefined for one that is being made. */
  constructor(
    readonly parent: MessageObject,
    readonly key: number,
    state: AttachState,
    isNew: boolean,
  ) {
    super(parent.file, state);
    this.#saved = isNew ? undefined : state;
  }

  get number(): number {
    return this.parent.attachNumber(this.key);
  }

  get codePage(): CodePage {
    return this.parent.codePage;
  }

  get unicode(): boolean {
    return this.parent.unicode;
  }

  /** The attachment's content as it stands, saved or not. */
  get state(): AttachState {
    return this.current;
  }

  protected baselineState(): AttachState | undefined {
    return this.parent.baselineAttachment(this.key);
  }

  protected baselineRecords(): readonly PropertyRecord[] {
    return this.baselineState()?.records ?? [];
  }

  /** Sets what MAPI gives every new attachment. */
  initialize(number: number): void {
    const key = new Uint8Array(4);
    new DataView(key.buffer).setUint32(0, number, true);
    this.putComputed(PR_ATTACH_NUM, number, PROPATTR_READABLE);
    this.putComputed(PR_OBJECT_TYPE, MAPI_ATTACH, PROPATTR_READABLE);
    this.putComputed(PR_ACCESS, ACCESS_READ, PROPATTR_READABLE);
    this.putComputed(PR_ACCESS_LEVEL, 0, PROPATTR_READABLE);
    if (this.unicode) this.putComputed(PR_STORE_SUPPORT_MASK, OUTLOOK_STORE_SUPPORT_MASK, PROPATTR_READABLE);
    this.putComputed(PR_RECORD_KEY, key, PROPATTR_READABLE);
    this.putComputed(PR_ATTACH_METHOD, 0, REQUIRED);
    this.putComputed(PR_RENDERING_POSITION, -1, REQUIRED);
  }

  protected computeValue(tag: number): PropValue | undefined {
    if (tag !== PR_ATTACH_SIZE) return undefined;
    const size = this.current.records.reduce(
      (sum, record) => sum + (record.stored ? storedSize(record.stored) : 0),
      0,
    );
    return { tag, value: Math.min(size, 0x7fffffff) };
  }

  /** Data as bytes takes the place of an embedded message or OLE object, which shares its id. */
  protected afterChange(ids: ReadonlySet<number>): void {
    if (!ids.has(propId(PR_ATTACH_DATA_BIN))) return;
    const hasObject = this.current.records.some((record) => record.tag === PR_ATTACH_DATA_OBJ);
    if (hasObject) return;
    this.#embedded?.detach();
    this.#embedded = undefined;
    this.#openedStorage = undefined;
    this.current = { ...this.current, object: Lazy.of<AttachedObject>(undefined) };
  }

  override openProperty(tag: number, flags = 0): Uint8Array | IStorage | IMessage {
    this.assertOpen();
    const wanted = tag >>> 0;
    if (wanted === PR_ATTACH_DATA_OBJ) return this.openObject(flags);
    if (propType(wanted) === PT_OBJECT) {
      throw new MapiError(
        "MAPI_E_NOT_FOUND",
        `There is no object property 0x${hex8(wanted)} on an attachment.`,
      );
    }
    return this.openBytes(wanted);
  }

  /** The embedded message or OLE storage; the same object each time. With MAPI_CREATE a new one in its place. */
  private openObject(flags: number): IStorage | IMessage {
    if ((flags & MAPI_CREATE) !== 0) return this.createObject(flags);
    if (this.#embedded) return this.#embedded;
    if (this.#openedStorage) return this.#openedStorage;
    const object = this.current.object.value;
    if (object?.kind === "message") {
      this.#embedded = new MessageObject(this.file, object.message, this);
      return this.#embedded;
    }
    if (object?.kind === "storage") {
      this.#openedStorage = copyOfStorage(object.held.storage);
      return this.#openedStorage;
    }
    throw new MapiError("MAPI_E_NOT_FOUND", "The attachment holds no message and no OLE object.");
  }

  private createObject(flags: number): IStorage | IMessage {
    this.assertWriteable();
    if ((flags & MAPI_MODIFY) === 0) {
      throw new MapiError("MAPI_E_INVALID_PARAMETER", "MAPI_CREATE needs MAPI_MODIFY beside it.");
    }
    this.#embedded?.detach();
    this.#embedded = undefined;
    this.#openedStorage = undefined;
    const isStorage = longOf(this.current.records, PR_ATTACH_METHOD) === ATTACH_OLE;
    if (!isStorage) this.putComputed(PR_ATTACH_METHOD, ATTACH_EMBEDDED_MSG, REQUIRED);
    const record = makeObjectRecord(PR_ATTACH_DATA_OBJ, isStorage ? OBJECT_IS_STORAGE : OBJECT_IS_MESSAGE);
    const cleared = withoutId(this.current.records, propId(PR_ATTACH_DATA_OBJ));
    this.setRecords(putRecord(cleared, record, this.baselineRecords()));
    if (isStorage) {
      const storage = createStorage();
      this.#openedStorage = storage;
      this.current = { ...this.current, object: storageObject(copyOfStorage(storage)) };
      return storage;
    }
    this.#embedded = new MessageObject(this.file, emptyMessage(EMBEDDED_HEADER_SIZE), this);
    return this.#embedded;
  }

  // ---- the owner of an embedded message -------------------------------------------------------------------------

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

  /** Takes over a saved embedded message; it reaches the outer message with the attachment's own `saveChanges`. */
  acceptMessage(message: MessageState): MessageState {
    this.assertWriteable();
    const baseline = this.baselineState()?.object;
    const unchanged = baseline?.value?.kind === "message" && baseline.value.message === message;
    this.current = {
      ...this.current,
      object: unchanged ? baseline : Lazy.of<AttachedObject>({ kind: "message", message }),
    };
    return message;
  }

  // ---- saving ----------------------------------------------------------------------------------------------------

  override saveChanges(flags = 0): void {
    this.assertWriteable();
    this.takeOpenedStorage();
    if (this.current !== this.#saved) {
      const now = this.file.options.now();
      if (!this.#saved) this.putDefault(PR_CREATION_TIME, now, PROPATTR_READABLE);
      const previous = this.#saved?.records ?? [];
      this.setRecords(touchModified(this.current.records, previous, this.baselineRecords(), now));
      this.current = this.parent.acceptAttachment(this.key, this.current);
      this.#saved = this.current;
    }
    this.access = accessAfterSave(flags, this.access);
    if (this.access === "closed") this.parent.forget(this.key);
  }

  /** Takes what was committed into an opened OLE storage into the attachment's state. */
  private takeOpenedStorage(): void {
    if (!this.#openedStorage) return;
    const object = this.current.object.value;
    if (object?.kind === "storage" && sameStorage(object.held.storage, this.#openedStorage)) return;
    this.current = { ...this.current, object: storageObject(copyOfStorage(this.#openedStorage)) };
  }

  /** The parent's state of this attachment changed: it was numbered, or put back to an earlier one. */
  refresh(state: AttachState, keepPending: boolean): void {
    if (keepPending && this.current !== this.#saved) {
      this.#saved = state;
      return;
    }
    this.current = state;
    this.#saved = state;
    const object = state.object.value;
    if (object?.kind === "message" && this.#embedded) this.#embedded.refresh(object.message, keepPending);
    else if (!keepPending) {
      this.#embedded?.detach();
      this.#embedded = undefined;
      this.#openedStorage = undefined;
    }
  }

  /** Closes the object: its attachment is gone, or its message was closed. */
  detach(): void {
    this.access = "closed";
    this.#embedded?.detach();
  }

  override copyTo(target: IMAPIProp, exclude: readonly number[] = []): void {
    this.assertOpen();
    copyProperties(this, target, exclude);
    if (exclude.some((tag) => propId(tag) === propId(PR_ATTACH_DATA_OBJ))) return;
    const object = this.current.object.value;
    if (!object) return;
    if (object.kind === "message") {
      const copy = target.openProperty(PR_ATTACH_DATA_OBJ, MAPI_CREATE | MAPI_MODIFY);
      if (!(copy instanceof MessageObject)) {
        throw new MapiError(
          "MAPI_E_INTERFACE_NOT_SUPPORTED",
          "An embedded message can be copied into an attachment only.",
        );
      }
      (this.openObject(0) as IMessage).copyTo(copy);
      copy.saveChanges();
      return;
    }
    target.setProps([{ tag: PR_ATTACH_METHOD, value: ATTACH_OLE }]);
    const copy = target.openProperty(PR_ATTACH_DATA_OBJ, MAPI_CREATE | MAPI_MODIFY);
    if (!("copyTo" in copy) || !("commit" in copy)) {
      throw new MapiError(
        "MAPI_E_INTERFACE_NOT_SUPPORTED",
        "An OLE object can be copied into an attachment only.",
      );
    }
    object.held.storage.copyTo(copy);
    copy.clsid = object.held.storage.clsid;
    copy.commit();
  }
}

function storageObject(storage: IStorage): Lazy<AttachedObject> {
  return Lazy.of<AttachedObject>({ kind: "storage", held: new HeldStorage(storage) });
}

/** Whether two storages hold the same elements with the same bytes and class ids. */
function sameStorage(a: IStorage, b: IStorage): boolean {
  const pairs: [IStorage, IStorage][] = [[a, b]];
  for (let pair = pairs.pop(); pair; pair = pairs.pop()) {
    const [left, right] = pair;
    const elements = left.enumElements();
    if (left.clsid !== right.clsid || elements.length !== right.enumElements().length) return false;
    for (const { name, type, size } of elements) {
      if (right.elementType(name) !== type) return false;
      if (type === "storage") pairs.push([left.openStorage(name), right.openStorage(name)]);
      else {
        const [x, y] = [left.openStream(name), right.openStream(name)];
        if (x.length !== y.length || size !== y.length || !x.every((byte, i) => byte === y[i])) return false;
      }
    }
  }
  return true;
}
