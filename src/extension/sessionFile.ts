/** One .msg file as a session: its storage, the message in it, and what is wrong with it. */
import * as vscode from "vscode";
import {
  closeIMsgSession,
  createAllocator,
  type IMalloc,
  type IMessage,
  type IMsgSession,
  MapiError,
  MessageOutline,
  openIMsgOnIStg,
  openIMsgSession,
  openStorage,
  type Problem,
  type RootStorage,
} from "../core";
import { coreText } from "./coreTexts";

/** Files above this are refused before they are read: compound files of version 3 end at 2 GiB. */
export const MAX_FILE_BYTES = 2 * 1024 ** 3;

/** A file that is open. */
export interface OpenFile {
  readonly kind: "open";
  /** The session it is open in. */
  readonly group: SessionGroup;
  readonly allocator: IMalloc;
  readonly message: IMessage;
  readonly outline: MessageOutline;
  /** The compound file; a save puts another in its place. */
  storage: RootStorage;
  /** What recovery found; a damaged file is open for reading only. */
  readonly problems: readonly Problem[];
}

/** A file that could not be opened. */
export interface FailedFile {
  readonly kind: "failed";
  readonly title: string;
  readonly details: readonly string[];
}

export type SessionFile = OpenFile | FailedFile;

/**
 * The session of a file: that of its message and of every message in it that has an editor of its own. They share an
 * allocator, which counts what all of them hold. The session is closed with the last of them.
 */
export class SessionGroup {
  readonly allocator: IMalloc = createAllocator();
  #session: IMsgSession | undefined;
  readonly #messages = new Set<IMessage>();

  /** Opens a message in the session. @throws MapiError what `open` throws */
  open<T extends { readonly message: IMessage }>(open: (session: IMsgSession, allocator: IMalloc) => T): T {
    this.#session ??= openIMsgSession(this.allocator);
    try {
      const opened = open(this.#session, this.allocator);
      this.#messages.add(opened.message);
      return opened;
    } finally {
      this.closeWhenEmpty();
    }
  }

  /** Closes a message of the session. */
  close(message: IMessage): void {
    if (!this.#messages.delete(message)) return;
    message.release();
    this.closeWhenEmpty();
  }

  private closeWhenEmpty(): void {
    if (this.#messages.size > 0 || !this.#session) return;
    closeIMsgSession(this.#session);
    this.#session = undefined;
  }
}

/** Opens a message on a storage. @throws MapiError */
export function openOnStorage(storage: RootStorage, group: SessionGroup, flags = 0): OpenFile {
  const opened = group.open((session, allocator) => ({
    message: openIMsgOnIStg(session, allocator, storage, { flags }),
    storage,
  }));
  return openFileOf(opened, group);
}

/** A message that is open in a session, as a file of a document. */
export function openFileOf(
  { message, storage }: { readonly message: IMessage; readonly storage: RootStorage },
  group: SessionGroup,
): OpenFile {
  return {
    kind: "open",
    group,
    allocator: group.allocator,
    message,
    outline: new MessageOutline(message),
    storage,
    problems: storage.problems,
  };
}

/** A failure in words: what is wrong, where, what can be done. */
export function failure(error: unknown): FailedFile {
  const reason = coreText(error instanceof Error ? error.message : String(error));
  const kept = vscode.l10n.t("The file was not changed.");
  if (!(error instanceof MapiError)) {
    return { kind: "failed", title: vscode.l10n.t("The file could not be opened."), details: [reason, kept] };
  }
  const code = `${error.name} (0x${error.code.toString(16).toUpperCase()})`;
  const isForeign = error.name === "STG_E_INVALIDHEADER";
  return {
    kind: "failed",
    title: isForeign
      ? vscode.l10n.t("This is not an Outlook message.")
      : vscode.l10n.t("The message could not be opened."),
    details: [
      reason,
      isForeign
        ? vscode.l10n.t(
            "Get the message again from where it came from, or look at what is here with another editor.",
          )
        : vscode.l10n.t("Get the message again from where it came from if you can; a copy may be whole."),
      kept,
      code,
    ],
  };
}

/** Why a file of this size is not opened, or undefined when it can be. */
export function refuseSize(size: number): FailedFile | undefined {
  if (size > MAX_FILE_BYTES) {
    const gigabytes = (size / 1024 ** 3).toFixed(1);
    return {
      kind: "failed",
      title: vscode.l10n.t(
        "The file is too large: {0} GB. An Outlook message file has at most 2 GB.",
        gigabytes,
      ),
      details: [
        vscode.l10n.t(
          "It was not read. A message of this size cannot be a .msg file that Outlook wrote; see what it is with another program.",
        ),
      ],
    };
  }
  return undefined;
}

/**
 * Opens the bytes of a file. One that is damaged is opened with what can be recovered, for reading only; one that is no
 * compound file, or holds no message, fails with the reason.
 */
export function openBytes(bytes: Uint8Array, group: SessionGroup): SessionFile {
  try {
    return openOnStorage(openStorage(bytes), group);
  } catch (error) {
    const recovered = recover(bytes, group);
    return recovered ?? failure(error);
  }
}

function recover(bytes: Uint8Array, group: SessionGroup): OpenFile | undefined {
  try {
    const file = openOnStorage(openStorage(bytes, { recover: true }), group);
    if (file.problems.length > 0) return file;
    closeFile(file);
    return undefined;
  } catch {
    return undefined;
  }
}

/** Closes what is open; a failed file has nothing to close. */
export function closeFile(file: SessionFile): void {
  if (file.kind === "open") file.group.close(file.message);
}
