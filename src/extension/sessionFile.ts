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
  readonly session: IMsgSession;
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

/** Opens a message on a storage in a session of its own. @throws MapiError */
export function openOnStorage(storage: RootStorage, flags = 0): OpenFile {
  const allocator = createAllocator();
  const session = openIMsgSession(allocator, flags);
  const message = openIMsgOnIStg(session, allocator, storage);
  const { problems } = storage;
  return {
    kind: "open",
    session,
    allocator,
    message,
    outline: new MessageOutline(message),
    storage,
    problems,
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
export function openBytes(bytes: Uint8Array): SessionFile {
  try {
    return openOnStorage(openStorage(bytes));
  } catch (error) {
    const recovered = recover(bytes);
    return recovered ?? failure(error);
  }
}

function recover(bytes: Uint8Array): OpenFile | undefined {
  try {
    const file = openOnStorage(openStorage(bytes, { recover: true }));
    return file.problems.length > 0 ? file : undefined;
  } catch {
    return undefined;
  }
}

/** Closes what is open; a failed file has nothing to close. */
export function closeFile(file: SessionFile): void {
  if (file.kind === "open") closeIMsgSession(file.session);
}
