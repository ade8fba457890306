/** Messages to read from, wherever they are: open in an editor, on disk, a version of Git. */
import * as vscode from "vscode";
import { type MessageOutline, openStorage, type RootStorage } from "../core";
import { RefusedError } from "./diskFile";
import type { Sessions } from "./sessions";
import { closeFile, openBytes, refuseSize, SessionGroup } from "./sessionFile";

/** Which message is meant. */
export interface SourceId {
  readonly uri: vscode.Uri;
  /** The file as it was saved, whatever is open of it. */
  readonly saved: boolean;
}

/** A message that can be read, until it is closed. */
export interface MessageSource {
  readonly outline: MessageOutline;
  readonly storage: RootStorage;
  /** Whether the message is another one now than when it was opened: somebody edited or closed it. */
  hasChanged(): boolean;
  close(): void;
}

/** Whether a file is one of ours, by its name. */
export const isMessageFile = (uri: vscode.Uri): boolean => /\.(?:msg|oft)$/i.test(uri.path);

/** The name of a message's file. */
export const titleOf = ({ uri }: SourceId): string => uri.path.slice(uri.path.lastIndexOf("/") + 1);

/** The bytes of a file. @throws RefusedError when it is too large */
async function readBytes(uri: vscode.Uri): Promise<Uint8Array> {
  const { size } = await vscode.workspace.fs.stat(uri);
  const refused = refuseSize(size);
  if (refused) throw new RefusedError(refused.title);
  return vscode.workspace.fs.readFile(uri);
}

/**
 * Opens a message for reading: the open document as it stands with its unsaved changes, else the file.
 * @throws RefusedError with the reason when there is no message
 */
export async function openSource(sessions: Sessions, { uri, saved }: SourceId): Promise<MessageSource> {
  const document = saved ? undefined : sessions.get(uri);
  if (document?.file.kind === "open") {
    const { outline, storage } = document.file;
    const before = outline.snapshot();
    const hasChanged = (): boolean => {
      if (sessions.get(uri) !== document || document.file.kind !== "open") return true;
      const now = document.file.outline.snapshot();
      return now.message !== before.message || now.names !== before.names;
    };
    return { outline, storage, hasChanged, close: () => undefined };
  }
  const file = openBytes(await readBytes(uri), new SessionGroup());
  if (file.kind === "failed") throw new RefusedError([file.title, ...file.details].slice(0, 2).join(" "));
  return {
    outline: file.outline,
    storage: file.storage,
    hasChanged: () => false,
    close: () => closeFile(file),
  };
}

/** The compound file of a message as it would be saved now. @throws as `openSource` */
export async function openStorageOf(sessions: Sessions, uri: vscode.Uri): Promise<RootStorage> {
  const document = sessions.get(uri);
  if (document) return openStorage(document.currentBytes());
  const source = await openSource(sessions, { uri, saved: true });
  source.close();
  return source.storage;
}
