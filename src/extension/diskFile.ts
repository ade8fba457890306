/** A message's file on disk: read with its hash, written and read back, and whether it may be written at all. */
import * as vscode from "vscode";
import { contentHash } from "./contentHash";

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
