/** A message's file on disk: read with its hash, written and read back, and whether it may be written at all. */
import * as vscode from "vscode";
import { contentHash } from "./contentHash";
import { openBytes, refuseSize, type SessionFile } from "./sessionFile";

/** Why an edit or a save is refused. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
}

/** Whether an error says that there is no such file. */
export const isNotFound = (error: unknown): boolean =>
  error instanceof vscode.FileSystemError && error.code === "FileNotFound";

/** Why nothing in a file can be changed, by where it is; undefined when it can. */
export async function readOnlyReason(uri: vscode.Uri): Promise<string | undefined> {
  if (uri.scheme === "untitled") return undefined;
  if (uri.scheme === "git") return vscode.l10n.t("This is a version from Git.");
  // Undefined stands for a file system nobody knows of yet: the file's own permissions and the save will tell.
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false) {
    return vscode.l10n.t("The file system “{0}” is read-only.", uri.scheme);
  }
  const stat = await vscode.workspace.fs.stat(uri);
  const locked = stat.permissions !== undefined && (stat.permissions & vscode.FilePermission.Readonly) !== 0;
  return locked ? vscode.l10n.t("The file is write-protected.") : undefined;
}

/** Reads and opens a file; one that is too large is refused before it is read. */
export async function readFile(uri: vscode.Uri): Promise<{ file: SessionFile; hash: string }> {
  const { size } = await vscode.workspace.fs.stat(uri);
  const refused = refuseSize(size);
  if (refused) return { file: refused, hash: "" };
  const bytes = await vscode.workspace.fs.readFile(uri);
  return { file: openBytes(bytes), hash: await contentHash(bytes) };
}

/** The file that edits were made on, when it is still there as it was. */
export async function readBase(uri: vscode.Uri, hash: string): Promise<SessionFile | undefined> {
  if (hash === "") return undefined;
  try {
    const read = await readFile(uri);
    return read.hash === hash ? read.file : undefined;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** Writes a file and reads it back: a short write must not pass for a save. */
export async function writeVerified(uri: vscode.Uri, bytes: Uint8Array): Promise<void> {
  await vscode.workspace.fs.writeFile(uri, bytes);
  const written = await vscode.workspace.fs.readFile(uri);
  if ((await contentHash(written)) === (await contentHash(bytes))) return;
  throw new RefusedError(
    vscode.l10n.t(
      "The file on disk is not what was written. Save it in another place; everything is still in the editor.",
    ),
  );
}
