/** Files on their way into a message: looked at before they are read, refused when they do not fit. */
import * as vscode from "vscode";
import { PR_MESSAGE_SIZE } from "../core";
import type { EditableDocument } from "./requestContext";
import { RequestFailure } from "./pageEdits";
import { MAX_FILE_BYTES } from "./sessionFile";
import { readUnlessCancelled, slowlyOr, stopIfCancelled } from "./slowly";
import { sizeText } from "./viewModel/tree";

/** A file to put into a message. */
export interface FileToAdd {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The last part of a URI's path: a file name, still to be made harmless. */
export const fileNameOf = (uri: vscode.Uri): string => uri.path.slice(uri.path.lastIndexOf("/") + 1);

const refused = (message: string): RequestFailure => new RequestFailure({ code: "invalid", message });

/** Bytes that a document can still take: a message file ends at 2 GB. */
export function roomIn(document: EditableDocument): number {
  const file = document.file;
  const [size] = file.kind === "open" ? file.message.getProps([PR_MESSAGE_SIZE]) : [];
  return MAX_FILE_BYTES - (typeof size?.value === "number" ? size.value : 0);
}

/** @throws RequestFailure when files of these sizes do not fit together. */
export function refuseTooLarge(
  document: EditableDocument,
  files: readonly { readonly name: string; readonly size: number }[],
): void {
  const room = roomIn(document);
  const total = files.reduce((sum, { size }) => sum + size, 0);
  if (total <= room) return;
  const name = files.length === 1 ? (files[0]?.name ?? "") : vscode.l10n.t("{0} files", files.length);
  throw refused(
    vscode.l10n.t(
      "{0}: {1} do not fit. A message file holds 2 GB; {2} are left in this one. Nothing was read.",
      name,
      sizeText(total),
      sizeText(Math.max(0, room)),
    ),
  );
}

async function statOf(uri: vscode.Uri): Promise<vscode.FileStat> {
  try {
    return await vscode.workspace.fs.stat(uri);
  } catch {
    throw refused(vscode.l10n.t("{0} cannot be read.", fileNameOf(uri)));
  }
}

async function readUntil(
  document: EditableDocument,
  uris: readonly vscode.Uri[],
  stop: vscode.CancellationToken,
): Promise<FileToAdd[]> {
  const stats = await Promise.all(uris.map(statOf));
  const folder = uris.find((_, i) => ((stats[i]?.type ?? 0) & vscode.FileType.Directory) !== 0);
  if (folder) throw refused(vscode.l10n.t("{0} is a folder. Attach the files in it.", fileNameOf(folder)));
  refuseTooLarge(
    document,
    uris.map((uri, i) => ({ name: fileNameOf(uri), size: stats[i]?.size ?? 0 })),
  );
  const files: FileToAdd[] = [];
  // One after the other: what is called off has then read no more than it must.
  for (const uri of uris) {
    files.push({ name: fileNameOf(uri), bytes: await readUnlessCancelled(uri, stop) });
  }
  stopIfCancelled(stop);
  return files;
}

/** What is said while files are on their way into a message. */
export const readingTitle = (files: number): string =>
  files === 1 ? vscode.l10n.t("Reading the file…") : vscode.l10n.t("Reading {0} files…", files);

/**
 * Reads files that fit; none of them when the person calls it off.
 * @throws RequestFailure for a folder, a file that cannot be read, or too many bytes.
 */
export function readFiles(
  document: EditableDocument,
  uris: readonly vscode.Uri[],
  outer?: vscode.CancellationToken,
): Promise<FileToAdd[]> {
  return slowlyOr(readingTitle(uris.length), (stop) => readUntil(document, uris, stop), [], outer);
}

/** Asks for files to attach; none when the person called it off. */
export async function chooseFiles(canSelectMany: boolean, title: string): Promise<readonly vscode.Uri[]> {
  const openLabel = canSelectMany ? vscode.l10n.t("Attach") : vscode.l10n.t("Replace");
  return (await vscode.window.showOpenDialog({ title, openLabel, canSelectMany })) ?? [];
}

const isInWorkspace = (uri: vscode.Uri): boolean => vscode.workspace.getWorkspaceFolder(uri) !== undefined;

/**
 * The URIs that were dropped onto a page. The page shows mail, so that what it says is not taken on trust: files outside
 * the workspace are attached only after the person said so.
 * @throws RequestFailure for a text that is no URI
 */
export async function droppedUris(texts: readonly string[]): Promise<readonly vscode.Uri[]> {
  const uris = texts.map((text) => {
    try {
      return vscode.Uri.parse(text, true);
    } catch {
      throw refused(vscode.l10n.t("What was dropped is no file."));
    }
  });
  const outside = uris.filter((uri) => !isInWorkspace(uri));
  if (outside.length === 0) return uris;
  const attach = vscode.l10n.t("Attach");
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t("Attach files from outside the workspace?"),
    { modal: true, detail: outside.map((uri) => uri.toString(true)).join("\n") },
    attach,
  );
  return answer === attach ? uris : [];
}
