/** Sessions and top messages: MAPI's OpenIMsgSession, OpenIMsgOnIStg and CloseIMsgSession. */
import { codePage } from "../text/codePages";
import type { CodePage } from "../text/types";
import { GUID_NULL } from "../mapi/guid";
import { MapiError } from "../mapi/errors";
import { PR_MESSAGE_CODEPAGE } from "../mapi/tags";
import type { IStorage, RootStorage } from "../storage/types";
import { Account } from "./allocator";
import { CLSID_MAIL_MESSAGE, IMSG_NO_ISTG_COMMIT, KEEP_OPEN_READWRITE, MAPI_UNICODE } from "./constants";
import { FileContext, fileTimeNow } from "./fileContext";
import { MessageObject } from "./message";
import type { MessageOwner } from "./messageOwner";
import { completeNameMap, type NameMap, writeNameMap } from "./namedProperties";
import { numberMessage } from "./numbering";
import { PROPERTY_STREAM, ROOT_HEADER_SIZE } from "./propertyStream";
import { emptyMessage, type MessageState, readMessage } from "./state";
import type { IMalloc, IMessage, IMsgSession } from "./types";
import { RemovedStorages, writeMessageState } from "./writeMessage";

/** Options of `openIMsgOnIStg`. */
export interface OpenMessageOptions {
  /** MAPI_UNICODE: a new message is a Unicode one. IMSG_NO_ISTG_COMMIT: saving leaves the storage's commit to the caller. */
  readonly flags?: number;
  /** Called once, when the message is closed; the session does not touch the storage after that. */
  readonly onRelease?: (storage: IStorage) => void;
  /**
   * Code page of 8-bit strings. For a new 8-bit message it is also stored as PR_MESSAGE_CODEPAGE; for one that is there
   * it overrides what the message says and touches no byte.
   */
  readonly codePage?: number;
  /** The clock, as FILETIME; the system's when left out. */
  readonly now?: () => bigint;
}

class Session implements IMsgSession {
  readonly files = new Set<FileContext>();
  isOpen = true;

  constructor(
    readonly allocator: IMalloc,
    readonly flags: number,
  ) {}
}

function asSession(session: IMsgSession): Session {
  if (!(session instanceof Session)) {
    throw new MapiError("MAPI_E_INVALID_PARAMETER", "This is not a session of openIMsgSession.");
  }
  return session;
}

/** The callers of a typed API may still come from JavaScript. */
function requireAllocator(allocator: IMalloc | null | undefined): IMalloc {
  if (!allocator) throw new MapiError("MAPI_E_INVALID_PARAMETER", "An allocator is needed.");
  return allocator;
}

function checkFlags(flags: number, known: number, call: string): void {
  if ((flags & ~known) !== 0) {
    throw new MapiError(
      "MAPI_E_INVALID_FLAGS",
      `${call} does not know the flags 0x${(flags >>> 0).toString(16)}.`,
    );
  }
}

/**
 * Opens a session: a group of messages that are closed together.
 * @param flags 0, or MAPI_UNICODE to make new messages in it Unicode.
 * @throws MapiError MAPI_E_INVALID_PARAMETER without an allocator, MAPI_E_INVALID_FLAGS for any other flag.
 */
export function openIMsgSession(allocator: IMalloc, flags = 0): IMsgSession {
  const checked = requireAllocator(allocator);
  checkFlags(flags, MAPI_UNICODE, "openIMsgSession");
  return new Session(checked, flags >>> 0);
}

/**
 * Closes a session with every message and sub-object in it; nothing is saved. A closed one stays closed. What an
 * `onRelease` throws comes out of here after all messages are closed.
 */
export function closeIMsgSession(session: IMsgSession): void {
  const own = asSession(session);
  own.isOpen = false;
  const failures: unknown[] = [];
  for (const file of [...own.files]) {
    try {
      file.close();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

/** A content that was in the file. */
interface FileContent {
  readonly message: MessageState;
  /** The names as the objects had them, and the map that was in the file with them. */
  readonly names: NameMap;
  readonly writtenNames: NameMap;
}

/** The owner of a top message: its storage. */
class RootOwner implements MessageOwner {
  readonly depth = 0;
  readonly attachment = undefined;
  readonly ownerCodePage = undefined;
  readonly #removed = new RemovedStorages();
  /** The content in the storage; undefined until a new message is first saved. */
  #written: MessageState | undefined;
  /** Contents that were in the file, by themselves and by what they were before the save that brought them there. */
  readonly #inFile = new WeakMap<MessageState, FileContent>();
  /** What came into `#inFile` by the last save. */
  #lastAdded: MessageState[] = [];
  /** The name map in the storage. */
  #writtenNames: NameMap;

  constructor(
    readonly file: FileContext,
    public storage: IStorage,
    state: MessageState | undefined,
  ) {
    this.#written = state;
    this.#writtenNames = file.names;
    if (state) this.#inFile.set(state, { message: state, names: file.names, writtenNames: file.names });
  }

  /** Writes into another storage from now on, one that holds the same; answers how to go back to before. */
  divert(storage: IStorage): () => void {
    const { file } = this;
    const before = { storage: this.storage, written: this.#written, names: this.#writtenNames };
    const { savedNames } = file;
    this.storage = storage;
    this.#lastAdded = [];
    return () => {
      this.storage = before.storage;
      this.#written = before.written;
      this.#writtenNames = before.names;
      file.savedNames = savedNames;
      for (const state of this.#lastAdded) this.#inFile.delete(state);
    };
  }

  get ownerUnicode(): boolean {
    return this.file.options.unicode;
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

  acceptMessage(state: MessageState, from: MessageState): MessageState {
    const { commits } = this.file.options;
    const numbered = this.inFile(state) === state ? state : numberMessage(state);
    try {
      if (numbered !== this.#written || this.hasMore) this.write(numbered);
      if (commits) this.storage.commit();
    } catch (error) {
      if (commits) this.storage.revert();
      throw error;
    }
    this.file.savedNames = this.file.names;
    this.#written = numbered;
    this.#lastAdded = [from, numbered].filter((added) => !this.#inFile.has(added));
    const content = { message: numbered, names: this.file.names, writtenNames: this.#writtenNames };
    for (const added of this.#lastAdded) this.#inFile.set(added, content);
    return numbered;
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
class RootMessage extends MessageObject {
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

function pageOfOption(id: number | undefined): CodePage | undefined {
  if (id === undefined) return undefined;
  const page = codePage(id);
  if (!page) throw new MapiError("MAPI_E_INVALID_PARAMETER", `Code page ${id} is not supported.`);
  return page;
}

/**
 * Opens a message on a storage: the one that is in it, or a new one in an empty storage.
 * @param session the session to track it, or null: then only `release` or a closing `saveChanges` closes it.
 * @throws MapiError MAPI_E_INVALID_PARAMETER without allocator or storage or with an unknown code page,
 * MAPI_E_INVALID_FLAGS, MAPI_E_INVALID_OBJECT in a closed session, MAPI_E_NOT_ENOUGH_MEMORY past the allocator's limit,
 * MAPI_E_CORRUPT_DATA when the storage holds something, but no message.
 */
export function openIMsgOnIStg(
  session: IMsgSession | null,
  allocator: IMalloc,
  storage: IStorage,
  options: OpenMessageOptions = {},
): IMessage {
  const counted = requireAllocator(allocator);
  const flags = options.flags ?? 0;
  checkFlags(flags, MAPI_UNICODE | IMSG_NO_ISTG_COMMIT, "openIMsgOnIStg");
  const own = session ? asSession(session) : undefined;
  if (own && !own.isOpen) throw new MapiError("MAPI_E_INVALID_OBJECT", "The session was closed.");
  if (!(storage as IStorage | null)) throw new MapiError("MAPI_E_INVALID_PARAMETER", "A storage is needed.");
  const elements = storage.enumElements();
  const isNew = !elements.some(({ name }) => name.startsWith("__"));
  const hasMessage = storage.elementType(PROPERTY_STREAM) === "stream";
  if (!isNew && !hasMessage) {
    throw new MapiError(
      "MAPI_E_CORRUPT_DATA",
      `The compound file holds no message: the stream ${PROPERTY_STREAM} is missing in its root.`,
    );
  }
  if (isNew && elements.length > 0) {
    throw new MapiError(
      "MAPI_E_CORRUPT_DATA",
      `The compound file holds no message but ${elements.length} other elements, “${elements[0]?.name ?? ""}” the first.`,
    );
  }
  const page = pageOfOption(options.codePage);
  const unicode = ((flags | (own?.flags ?? 0)) & MAPI_UNICODE) !== 0;
  const storesPage = isNew && !unicode;
  const account = new Account(counted);
  const context = new FileContext(
    storage,
    account,
    {
      unicode,
      ...(page && !storesPage ? { codePage: page } : {}),
      now: options.now ?? fileTimeNow,
      commits: (flags & IMSG_NO_ISTG_COMMIT) === 0,
    },
    () => {
      own?.files.delete(context);
      options.onRelease?.(storage);
    },
  );
  try {
    if (hasMessage) account.hold(storage.openStream(PROPERTY_STREAM).length);
    const state = isNew ? emptyMessage(ROOT_HEADER_SIZE) : readMessage(storage);
    const owner = new RootOwner(context, storage, isNew ? undefined : state);
    const message = new RootMessage(context, state, owner);
    if (storesPage && page) message.setProps([{ tag: PR_MESSAGE_CODEPAGE, value: page.id }]);
    own?.files.add(context);
    return message;
  } catch (error) {
    account.close();
    throw error;
  }
}

/** A save that was tried out on a copy of the storage. */
export interface TrialSave {
  /** The storage with the message saved into it, committed. The message uses it from now on. */
  readonly storage: RootStorage;
  /** Takes the save back: storage, message and what counts as saved are as before it. */
  rollBack(): void;
}

/**
 * Saves a top message into a copy of its storage, so that nothing is lost when what comes after (checking the bytes,
 * writing them to disk) fails: then `rollBack`, which keeps what was edited meanwhile. Without it the copy has taken the
 * storage's place. The given storage is never changed.
 * @param storage the one the message was opened on, or that of the last `TrialSave`
 * @throws MapiError MAPI_E_INVALID_PARAMETER for another storage or message, and as `saveChanges`; everything is as
 * before then.
 */
export function trySave(message: IMessage, storage: RootStorage): TrialSave {
  if (!(message instanceof RootMessage) || message.root.storage !== storage) {
    throw new MapiError(
      "MAPI_E_INVALID_PARAMETER",
      "Only a message that was opened on a storage can be saved so, with the storage that it is in.",
    );
  }
  const { state: before } = message;
  const { names } = message.file;
  const copy = storage.clone();
  const back = message.root.divert(copy);
  try {
    message.saveChanges(KEEP_OPEN_READWRITE);
    copy.commit();
  } catch (error) {
    back();
    throw error;
  }
  const saved = message.state;
  const rollBack = (): void => {
    back();
    if (message.file.isOpen && message.state === saved) message.restore(before, names);
  };
  return { storage: copy, rollBack };
}
