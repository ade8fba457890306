/** Attachments as files on disk: names made harmless and unlike each other, nothing overwritten unasked. */
import * as vscode from "vscode";
import {
  extensionOf,
  type MessageOutline,
  PR_ATTACH_DATA_BIN,
  PR_ATTACHMENT_HIDDEN,
  safeFileName,
} from "../core";
import { attachmentView } from "./attachmentsEdits";
import type { EditableDocument } from "./requestContext";
import { attachmentTitle } from "./msgFileSystemNames";
import { RequestFailure } from "./pageEdits";
import { slowly } from "./slowly";
import { SIGNED_ID } from "./viewModel/message/signedIds";
import { besides } from "./valueFiles";

/** An attachment, and the name of its file in the folder. */
export interface FileToSave {
  readonly name: string;
  readonly object: string;
}

/** The bytes of an attachment as a file: an embedded message as a .msg file. @throws RequestFailure when it has none. */
function bytesOf(outline: MessageOutline, object: string): Uint8Array {
  const view = attachmentView(outline, object);
  const bytes =
    view.object === "message"
      ? outline.exportEmbedded(object)
      : outline.storedBytes(object, PR_ATTACH_DATA_BIN);
  if (bytes) return bytes;
  throw new RequestFailure({
    code: "failed",
    message: vscode.l10n.t("{0} holds no file.", attachmentTitle(outline, view)),
  });
}

function nameOf(outline: MessageOutline, object: string): string {
  const view = attachmentView(outline, object);
  const title = attachmentTitle(outline, view);
  return safeFileName(view.object === "message" && !/\.msg$/i.test(title) ? `${title}.msg` : title);
}

/** Numbers names that are there already, in any case of letters: "a.txt", "a (2).txt". */
export function uniqueNames(names: readonly string[], taken: Iterable<string> = []): string[] {
  const used = new Set(Array.from(taken, (name) => name.toLowerCase()));
  return names.map((name) => {
    const extension = extensionOf(name);
    const stem = name.slice(0, name.length - extension.length);
    let free = name;
    for (let number = 2; used.has(free.toLowerCase()); number++) free = `${stem} (${number})${extension}`;
    used.add(free.toLowerCase());
    return free;
  });
}

/** Saves one attachment under a name that the person chooses; VS Code asks before it overwrites. */
export async function saveAttachment(document: EditableDocument, object: string): Promise<number> {
  const { outline } = document;
  const signed = SIGNED_ID.test(object)
    ? (await import("./viewModel/message/signedParts")).signedPart(outline, object)
    : undefined;
  const bytes = signed?.part.bytes() ?? bytesOf(outline, object);
  const name = signed ? safeFileName(signed.name) : nameOf(outline, object);
  const target = await vscode.window.showSaveDialog({
    defaultUri: besides(document.uri, name),
    title: vscode.l10n.t("Save Attachment"),
  });
  if (!target) return 0;
  await vscode.workspace.fs.writeFile(target, bytes);
  return 1;
}

/** The attachments that 'Save all' means: those that mail clients list; all of them where none is listed. */
function listed(outline: MessageOutline, message: string): string[] {
  const all = outline.message(message).attachments.flatMap(({ address, change, object, problem }) => {
    const isFile = object === "message" || outline.storedBytes(address, PR_ATTACH_DATA_BIN) !== undefined;
    return change === "deleted" || problem !== undefined || !isFile ? [] : [address];
  });
  const shown = all.filter((object) => outline.property(object, PR_ATTACHMENT_HIDDEN)?.value !== true);
  return shown.length > 0 ? shown : all;
}

async function existing(folder: vscode.Uri): Promise<string[]> {
  return (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name);
}

/** What is to become of files that are there already: overwritten, kept beside the new ones, or nothing is done. */
async function askOverwrite(names: readonly string[]): Promise<"overwrite" | "number" | undefined> {
  const overwrite = vscode.l10n.t("Overwrite");
  const number = vscode.l10n.t("Keep Both");
  const answer = await vscode.window.showWarningMessage(
    names.length === 1
      ? vscode.l10n.t("{0} is in the folder already.", names[0] ?? "")
      : vscode.l10n.t("{0} of the files are in the folder already.", names.length),
    { modal: true, detail: names.slice(0, 10).join("\n") },
    overwrite,
    number,
  );
  if (answer === overwrite) return "overwrite";
  return answer === number ? "number" : undefined;
}

async function namesInFolder(folder: vscode.Uri, names: readonly string[]): Promise<string[] | undefined> {
  const there = await existing(folder);
  const lower = new Set(there.map((name) => name.toLowerCase()));
  const meeting = names.filter((name) => lower.has(name.toLowerCase()));
  if (meeting.length === 0) return [...names];
  const choice = await askOverwrite(meeting);
  if (choice === undefined) return undefined;
  return choice === "overwrite" ? [...names] : uniqueNames(names, there);
}

/** Saves all attachments of a message into a folder that the person chooses; how many were saved. */
export async function saveAllAttachments(document: EditableDocument, message: string): Promise<number> {
  const { outline } = document;
  const objects = listed(outline, message);
  if (objects.length === 0) {
    throw new RequestFailure({ code: "notFound", message: vscode.l10n.t("The message has no attachments.") });
  }
  const [folder] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t("Save All Attachments"),
      openLabel: vscode.l10n.t("Save Here"),
      canSelectFiles: false,
      canSelectFolders: true,
      defaultUri: vscode.Uri.joinPath(besides(document.uri, "x"), ".."),
    })) ?? [];
  if (!folder) return 0;
  const names = uniqueNames(objects.map((object) => nameOf(outline, object)));
  const free = await namesInFolder(folder, names);
  if (!free) return 0;
  const files: FileToSave[] = objects.map((object, i) => ({ object, name: free[i] ?? "" }));
  return slowly(vscode.l10n.t("Saving {0} attachments…", files.length), (stop) =>
    writeFiles(outline, folder, files, stop),
  );
}

/** Writes attachments into a folder until it is called off; how many were written. */
export async function writeFiles(
  outline: MessageOutline,
  folder: vscode.Uri,
  files: readonly FileToSave[],
  stop: vscode.CancellationToken,
): Promise<number> {
  let written = 0;
  for (const { object, name } of files) {
    if (stop.isCancellationRequested) break;
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, name), bytesOf(outline, object));
    written++;
  }
  return written;
}
