/** The top message of a file and the storage it is saved into. */
import { GUID_NULL } from "../mapi/guid";
import { MapiError } from "../mapi/errors";
import { putSnapshotBack, sameSnapshot, type StorageSnapshot, takeSnapshot } from "../storage";
import type { IStorage, RootStorage } from "../storage/types";
import type { CodePage } from "../text/types";
import { CLSID_MAIL_MESSAGE } from "./constants";
import type { FileContext } from "./fileContext";
import { copyOfStorage } from "./heldStorage";
import { MessageObject } from "./message";
import type { MessageOwner } from "./messageOwner";
import { completeNameMap, type NameMap, writeNameMap } from "./namedProperties";
import { numberMessage } from "./numbering";
import { ROOT_HEADER_SIZE } from "./propertyStream";
import { emptyMessage, type MessageState } from "./state";
import { RemovedStorages, writeMessageState } from "./writeMessage";

/** What a top message takes from a message that it is embedded in, while it is edited on its own. */
export interface Surroundings {
  /** How many messages the message is in. */
  readonly depth: number;
  /** The page of the message around it; undefined when there is none. */
  readonly codePage?: CodePage;
  readonly unicode: boolean;
}

/** A message laid out for a file. */
export interface LaidOut {
  /** A storage of its own with the whole message and its names in it, committed. */
  readonly storage: RootStorage;
  /** The content as it is in that storage: with the numbers that it is saved with. */
  readonly message: MessageState;
}

/** A content that was in the file. */
interface FileContent {
  readonly message: MessageState;
  /** The names as the objects had them, and the map that was in the file with them. */
  readonly names: NameMap;
  readonly writtenNames: NameMap;
}

/** Elements that are the message's; all others in the storage are somebody else's, who may change them. */
const isOurs = (name: string): boolean => name.startsWith("__");

/** The owner of a top message: its storage. */
export class RootOwner implements MessageOwner {
  readonly attachment = undefined;
  readonly #removed = new RemovedStorages();
  /** The content in the storage; undefined until a new message is first saved. */
  #written: MessageState | undefined;
  /** Contents that were in the file, by themselves and by what they were before the save that brought them there. */
  readonly #inFile = new WeakMap<MessageState, FileContent>();
  /** What came into `#inFile` by the last save. */
  #lastAdded: MessageState[] = [];
  /** The name map in the storage. */
  #writtenNames: NameMap;
  /** The storage as this message has read or written it. */
  #seen: StorageSnapshot | undefined;

  constructor(
    readonly file: FileContext,
    public storage: IStorage,
    state: MessageState | undefined,
    private readonly surroundings?: Surroundings,
  ) {
    this.#written = state;
    this.#writtenNames = file.names;
    this.#seen = takeSnapshot(storage);
    if (state) this.#inFile.set(state, { message: state, names: file.names, writtenNames: file.names });
  }

  /** Writes into another storage from now on, one that holds the same; answers how to go back to before. */
  divert(storage: IStorage): () => void {
    const { file } = this;
    const before = {
      storage: this.storage,
      written: this.#written,
      names: this.#writtenNames,
      seen: this.#seen,
    };
    const { savedNames } = file;
    this.storage = storage;
    this.#lastAdded = [];
    return () => {
      this.storage = before.storage;
      this.#written = before.written;
      this.#writtenNames = before.names;
      this.#seen = before.seen;
      file.savedNames = savedNames;
      for (const state of this.#lastAdded) this.#inFile.delete(state);
    };
  }

  get depth(): number {
    return this.surroundings?.depth ?? 0;
  }

  get ownerCodePage(): CodePage | undefined {
    return this.surroundings?.codePage;
  }

  get ownerUnicode(): boolean {
    return this.surroundings?.unicode ?? this.file.options.unicode;
  }

  /** Names that were added without a property still have to be written. */
  get hasMore(): boolean {
    return this.file.names !== this.file.savedNames;
  }

  assertWriteable(): void {
    this.file.assertOpen();
  }

  baselineMessage(): MessageState | undefined {
    return this.#written;
  }

  savedMessage(): MessageState | undefined {
    return this.#written;
  }

  inFile(state: MessageState): MessageState | undefined {
    return this.#inFile.get(state)?.message;
  }

  /** A content as it is written: one that was in the file as it was there, any other one numbered. */
  private numbered(state: MessageState): MessageState {
    return this.inFile(state) === state ? state : numberMessage(state);
  }

  /** The names of the file as they would be saved. */
  get completedNames(): NameMap {
    return completeNameMap(this.file.names);
  }

  /** Lays a content out as saving it would, but into a copy of the storage; the file and its message stay as they are. */
  layOut(state: MessageState): LaidOut {
    const message = this.numbered(state);
    const storage = copyOfStorage(this.storage);
    writeMessageState(storage, this.#written ?? emptyMessage(ROOT_HEADER_SIZE), message, this.#removed);
    writeNameMap(storage, this.#writtenNames, this.completedNames);
    if (!this.#written && storage.clsid === GUID_NULL) storage.clsid = CLSID_MAIL_MESSAGE;
    storage.commit();
    return { storage, message };
  }

  acceptMessage(state: MessageState, from: MessageState, force: boolean): MessageState {
    const { commits } = this.file.options;
    const numbered = this.numbered(state);
    this.checkUnchanged(force);
    try {
      if (numbered !== this.#written || this.hasMore) this.write(numbered);
      if (commits) this.storage.commit();
    } catch (error) {
      if (commits) this.storage.revert();
      else if (this.#seen) putSnapshotBack(this.storage, this.#seen, isOurs);
      throw error;
    }
    this.#seen = takeSnapshot(this.storage);
    this.file.savedNames = this.file.names;
    this.#written = numbered;
    this.#lastAdded = [from, numbered].filter((added) => !this.#inFile.has(added));
    const content = { message: numbered, names: this.file.names, writtenNames: this.#writtenNames };
    for (const added of this.#lastAdded) this.#inFile.set(added, content);
    return numbered;
  }

  /**
   * What is written is the difference to what this message knows of the storage: where somebody else has changed the
   * message there, that would be neither one's message. With FORCE_SAVE the other's change goes first.
   */
  private checkUnchanged(force: boolean): void {
    const present = takeSnapshot(this.storage);
    if (!this.#seen || !present || sameSnapshot(this.#seen, present, isOurs)) return;
    if (!force) {
      throw new MapiError(
        "MAPI_E_OBJECT_CHANGED",
        "The message was changed in its storage since it was opened here. FORCE_SAVE saves over that change.",
      );
    }
    putSnapshotBack(this.storage, this.#seen, isOurs);
  }

  private write(state: MessageState): void {
    const before = this.#written;
    writeMessageState(this.storage, before ?? emptyMessage(ROOT_HEADER_SIZE), state, this.#removed);
    // A content the file held gets its name map of then; any other one a map that is complete.
    const { names } = this.file;
    const known = this.#inFile.get(state);
    const isAsThen = known?.message === state && known.names === names;
    const after = isAsThen ? known.writtenNames : completeNameMap(names);
    writeNameMap(this.storage, this.#writtenNames, after);
    this.#writtenNames = after;
    if (!before && this.storage.clsid === GUID_NULL) this.storage.clsid = CLSID_MAIL_MESSAGE;
  }
}

/** The top message of a file: closing it closes the file. */
export class RootMessage extends MessageObject {
  constructor(
    file: FileContext,
    state: MessageState,
    readonly root: RootOwner,
  ) {
    super(file, state, root);
  }

  override saveChanges(flags = 0): void {
    super.saveChanges(flags);
    if (this.isClosed) this.file.close();
  }

  override release(): void {
    super.release();
    this.file.close();
  }
}
