/** Files dragged out of the view "Message Sessions" and dropped into it. */
import * as vscode from "vscode";
import type { FileToAdd } from "./attachmentsFiles";
import type { MsgDocument } from "./msgDocument";
import { attachFiles, readFiles } from "./sessionsEdits";
import { insideUri } from "./msgFileSystemUris";
import { attachmentUri } from "./msgFileSystemPaths";
import { slowlyOr, stopIfCancelled, unlessCancelled } from "./slowly";
import { messageOfElement, type SessionElement } from "./sessionsTree";

const URI_LIST = "text/uri-list";

/** Most files that are taken in one drop. */
const MAX_FILES = 500;

/** The URIs of a text/uri-list (RFC 2483). */
export function urisOfList(text: string): vscode.Uri[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => vscode.Uri.parse(line));
}

/** The files in what was dropped; those that VS Code knows by a URI are read through it. @throws RequestFailure */
async function droppedFiles(
  document: MsgDocument,
  data: vscode.DataTransfer,
  isOwn: (uri: vscode.Uri) => boolean,
): Promise<FileToAdd[]> {
  const list = await data.get(URI_LIST)?.asString();
  const uris = urisOfList(list ?? "").slice(0, MAX_FILES);
  if (uris.length > 0) {
    return readFiles(
      document,
      uris.filter((uri) => !isOwn(uri)),
    );
  }
  const { readingTitle, refuseTooLarge } = await import("./attachmentsFiles");
  const dropped = Array.from(data, ([, item]) => item.asFile())
    .filter((file) => file !== undefined)
    .slice(0, MAX_FILES);
  const read = async (stop: vscode.CancellationToken): Promise<FileToAdd[]> => {
    const files: FileToAdd[] = [];
    for (const file of dropped) {
      stopIfCancelled(stop);
      files.push({ name: file.name, bytes: await unlessCancelled(file.data(), stop) });
      refuseTooLarge(
        document,
        files.map(({ name, bytes }) => ({ name, size: bytes.length })),
      );
    }
    stopIfCancelled(stop);
    return files;
  };
  return slowlyOr(readingTitle(dropped.length), read, []);
}

/** The controller of the view. */
export class SessionDragAndDrop implements vscode.TreeDragAndDropController<SessionElement> {
  readonly dragMimeTypes = [URI_LIST];
  readonly dropMimeTypes = ["files", URI_LIST];

  handleDrag(source: readonly SessionElement[], data: vscode.DataTransfer): void {
    const uris = source.flatMap(({ document, node }) => {
      const uri = node && attachmentUri(document, node.id);
      return uri ? [uri.toString()] : [];
    });
    if (uris.length > 0) data.set(URI_LIST, new vscode.DataTransferItem(uris.join("\r\n")));
  }

  async handleDrop(target: SessionElement | undefined, data: vscode.DataTransfer): Promise<void> {
    if (target?.node === undefined) return;
    const { document, message } = messageOfElement(target);
    // An attachment that is dropped on its own message stays what it is.
    const own = new Set(
      document.outline
        .message(message)
        .attachments.map(({ address }) => attachmentUri(document, address)?.toString()),
    );
    const self = insideUri(document.uri, []).toString();
    await attachFiles(document, message, () =>
      droppedFiles(document, data, (uri) => own.has(uri.toString()) || uri.toString() === self),
    );
  }
}
