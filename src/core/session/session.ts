/** Sessions and top messages: MAPI's OpenIMsgSession, OpenIMsgOnIStg and CloseIMsgSession. */
import { codePage } from "../text/codePages";
import type { CodePage } from "../text/types";
import { MapiError } from "../mapi/errors";
import { PR_MESSAGE_CODEPAGE } from "../mapi/tags";
import { storageOfSnapshot, takeSnapshot } from "../storage";
import type { IStorage, RootStorage } from "../storage/types";
import { Account } from "./allocator";
import { IMSG_NO_ISTG_COMMIT, KEEP_OPEN_READWRITE, MAPI_UNICODE } from "./constants";
import { FileContext, type FileOptions, fileTimeNow } from "./fileContext";
import type { MessageObject } from "./message";
import { readNameMap } from "./namedProperties";
import { PROPERTY_STREAM, ROOT_HEADER_SIZE } from "./propertyStream";
import { holdsMessage, repairMessage } from "./repair";
import { RootMessage, RootOwner } from "./rootMessage";
import { emptyMessage, readMessage } from "./state";
import { layOutFile, storedCodePage } from "./transfer";
import type { IMalloc, IMessage, IMsgSession } from "./types";

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

function pageOfOption(id: number | undefined): CodePage | undefined {
  if (id === undefined) return undefined;
  const page = codePage(id);
  if (!page) throw new MapiError("MAPI_E_INVALID_PARAMETER", `Code page ${id} is not supported.`);
  return page;
}

/** Whether a storage is the root of a file that `openStorage` took out of a damaged one. */
function wasRecovered(storage: IStorage): boolean {
  const { problems }: Partial<RootStorage> = storage;
  return problems !== undefined && problems.length > 0;
}

/**
 * Opens a message on a storage: the one that is in it, or a new one in an empty storage. In a recovered file values that
 * lost their entries are properties again (`repairMessage`), in the storage too.
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
  const isRecovered = wasRecovered(storage);
  if (isRecovered && holdsMessage(storage)) repairMessage(storage);
  const elements = storage.enumElements();
  const isNew = !isRecovered && !elements.some(({ name }) => name.startsWith("__"));
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
  const fileOptions: FileOptions = {
    unicode,
    ...(page && !storesPage ? { codePage: page } : {}),
    now: options.now ?? fileTimeNow,
    commits: (flags & IMSG_NO_ISTG_COMMIT) === 0,
  };
  const account = new Account(counted);
  return tracked(own, account, storage, options.onRelease, (onClose) => {
    // What is read later must be what was there now, whatever others do to the storage meanwhile.
    const snapshot = takeSnapshot(storage);
    const source = snapshot ? storageOfSnapshot(snapshot, storage.name) : storage;
    const context = new FileContext(readNameMap(source), account, fileOptions, onClose);
    if (hasMessage) account.hold(source.openStream(PROPERTY_STREAM).length);
    const state = isNew ? emptyMessage(ROOT_HEADER_SIZE) : readMessage(source);
    const owner = new RootOwner(context, storage, isNew ? undefined : state);
    const message = new RootMessage(context, state, owner);
    if (storesPage && page) message.setProps([{ tag: PR_MESSAGE_CODEPAGE, value: page.id }]);
    return message;
  });
}

/** Makes a top message that its session knows; when that fails nothing stays taken. */
function tracked(
  session: Session | undefined,
  account: Account,
  storage: IStorage,
  onRelease: OpenMessageOptions["onRelease"],
  make: (onClose: () => void) => RootMessage,
): RootMessage {
  try {
    const message = make(() => {
      session?.files.delete(message.file);
      onRelease?.(storage);
    });
    session?.files.add(message.file);
    return message;
  } catch (error) {
    account.close();
    throw error;
  }
}

/** An embedded message that is edited on its own. */
export interface EmbeddedSession {
  /** The message, as a top message: its outline, its saves and its undo are its own. */
  readonly message: IMessage;
  /** The storage it is in, for `trySave`: a file of its own with the names of the whole file. */
  readonly storage: RootStorage;
}

/** Options of `openEmbeddedMessage`; what is left out is as for the message it is in. */
export type OpenEmbeddedOptions = Pick<OpenMessageOptions, "onRelease" | "codePage" | "now">;

/**
 * Opens an embedded message as a top message on a storage of its own. All of its content is the very content it has
 * where it is embedded, so that what becomes of it can be put back there; see `MessageOutline.openEmbedded`.
 * @throws MapiError as `openIMsgOnIStg`
 */
export function openEmbeddedMessage(
  session: IMsgSession | null,
  allocator: IMalloc,
  source: MessageObject,
  options: OpenEmbeddedOptions = {},
): EmbeddedSession {
  const account = new Account(requireAllocator(allocator));
  const own = session ? asSession(session) : undefined;
  if (own && !own.isOpen) throw new MapiError("MAPI_E_INVALID_OBJECT", "The session was closed.");
  const { storage, names, message: state } = layOutFile(source);
  const page = pageOfOption(options.codePage) ?? source.file.codePageOverride;
  const fileOptions: FileOptions = {
    unicode: source.unicode,
    ...(page ? { codePage: page } : {}),
    now: options.now ?? source.file.options.now,
    commits: true,
  };
  const holder = source.container?.parent;
  const { depth, ownerUnicode: unicode } = source.owner;
  const surroundings = { depth, unicode, ...(holder ? { codePage: storedCodePage(holder) } : {}) };
  const message = tracked(own, account, storage, options.onRelease, (onClose) => {
    const context = new FileContext(names, account, fileOptions, onClose);
    account.hold(storage.openStream(PROPERTY_STREAM).length);
    return new RootMessage(context, state, new RootOwner(context, storage, state, surroundings));
  });
  return { message, storage };
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
