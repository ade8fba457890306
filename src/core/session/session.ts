/** Sessions and top messages: MAPI's OpenIMsgSession, OpenIMsgOnIStg and CloseIMsgSession. */
import { codePage } from "../text/codePages";
import type { CodePage } from "../text/types";
import { GUID_NULL } from "../mapi/guid";
import { MapiError } from "../mapi/errors";
import { PR_MESSAGE_CODEPAGE } from "../mapi/tags";
import type { IStorage, RootStorage } from "../storage/types";
import { Account } from "./allocator";
import { CLSID_MAIL_MESSAGE, IMSG_NO_ISTG_COMMIT, KEEP_OPEN_READWRITE, MAPI_UNICODE } from "./constants";
import { MessageOutline } from "./outline";
import { FileContext, fileTimeNow } from "./fileContext";
import { MessageObject, type MessageOwner } from "./message";
import { writeNameMap } from "./namedProperties";
import { numberMessage } from "./numbering";
import { NAMEID_STORAGE } from "./namedProperties";
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

/** Closes a session with every message and sub-object in it; nothing is saved. A closed one stays closed. */
export function closeIMsgSession(session: IMsgSession): void {
  const own = asSession(session);
  own.isOpen = false;
  for (const file of [...own.files]) file.close();
}

/** The owner of a top message: its storage. */
class RootOwner implements MessageOwner {
  readonly ownerCodePage = undefined;
  readonly #removed = new RemovedStorages();
  /** Undefined until a new message is first saved. */
  #written: MessageState | undefined;
  file!: FileContext;

  constructor(
    private storage: IStorage,
    state: MessageState | undefined,
  ) {
    this.#written = state;
  }

  /** Writes into another storage from now on, one that holds the same; answers how to go back to before. */
  divert(storage: IStorage): () => void {
    const before = { storage: this.storage, written: this.#written, names: this.file.writtenNames };
    this.storage = storage;
    return () => {
      this.storage = before.storage;
      this.#written = before.written;
      this.file.writtenNames = before.names;
    };
  }

  get ownerUnicode(): boolean {
    return this.file.options.unicode;
  }

  baselineMessage(): MessageState | undefined {
    return this.#written;
  }

  savedMessage(): MessageState | undefined {
    return this.#written;
  }

  acceptMessage(state: MessageState): MessageState {
    const isNew = this.#written === undefined;
    const before = this.#written ?? emptyMessage(ROOT_HEADER_SIZE);
    const numbered = numberMessage(before, state);
    writeMessageState(this.storage, before, numbered, { removed: this.#removed });
    if (
      isNew ||
      this.file.names !== this.file.writtenNames ||
      this.storage.elementType(NAMEID_STORAGE) === undefined
    ) {
      writeNameMap(this.storage, this.file.writtenNames, this.file.names);
    }
    if (isNew && this.storage.clsid === GUID_NULL) this.storage.clsid = CLSID_MAIL_MESSAGE;
    this.file.writtenNames = this.file.names;
    this.#written = numbered;
    if (this.file.options.commits) this.storage.commit();
    return numbered;
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
    if (this.access === "closed") this.file.close();
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
  const state = isNew ? emptyMessage(ROOT_HEADER_SIZE) : readMessage(storage);
  const unicode = ((flags | (own?.flags ?? 0)) & MAPI_UNICODE) !== 0;
  const owner = new RootOwner(storage, isNew ? undefined : state);
  const account = new Account(counted);
  const context = new FileContext(
    storage,
    account,
    {
      unicode,
      ...(page && !(isNew && !unicode) ? { codePage: page } : {}),
      now: options.now ?? fileTimeNow,
      commits: (flags & IMSG_NO_ISTG_COMMIT) === 0,
    },
    () => {
      own?.files.delete(context);
      options.onRelease?.(storage);
    },
  );
  account.hold(
    storage.elementType(PROPERTY_STREAM) === "stream" ? storage.openStream(PROPERTY_STREAM).length : 0,
  );
  owner.file = context;
  const message = new RootMessage(context, state, owner);
  if (isNew && !unicode && page) message.setProps([{ tag: PR_MESSAGE_CODEPAGE, value: page.id }]);
  own?.files.add(context);
  return message;
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
 * writing them to disk) fails: then `rollBack`. Without it the copy has taken the storage's place. The given storage
 * is never changed.
 * @throws MapiError as `saveChanges`, with everything as before.
 */
export function trySave(message: IMessage, storage: RootStorage): TrialSave {
  if (!(message instanceof RootMessage)) {
    throw new MapiError(
      "MAPI_E_INVALID_PARAMETER",
      "Only a message that was opened on a storage can be saved so.",
    );
  }
  const outline = new MessageOutline(message);
  const before = outline.snapshot();
  const copy = storage.clone();
  const back = message.root.divert(copy);
  const rollBack = (): void => {
    back();
    outline.restore(before);
  };
  try {
    message.saveChanges(KEEP_OPEN_READWRITE);
  } catch (error) {
    rollBack();
    throw error;
  }
  return { storage: copy, rollBack };
}
