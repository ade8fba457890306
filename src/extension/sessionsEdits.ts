/** What the view "Message Sessions" does to a session: files and messages in, messages replaced. All of it undoes. */
import * as vscode from "vscode";
import {
  attachmentProperties,
  createNewMessage,
  MapiError,
  type MessageOutline,
  PR_DISPLAY_NAME,
} from "../core";
import { messageOf, type MsgDocument } from "./msgDocument";
import { baseName } from "./msgFileSystemUris";
import { randomBytes } from "./newMessages";

/** A file to put into a message. */
export interface FileToAdd {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const isMessageName = (name: string): boolean => /\.(msg|oft)$/i.test(name);

/** Adds a file; one that is a message becomes an attached message, which can be opened and edited in its place. */
function addFile(outline: MessageOutline, message: string, { name, bytes }: FileToAdd): string {
  if (isMessageName(name)) {
    try {
      return outline.addEmbeddedFile(message, bytes);
    } catch (error) {
      // A file by that name that is no message, or a damaged one, is attached as the file that it is.
      const isFile =
        error instanceof MapiError &&
        (error.name.startsWith("STG_E_") || error.name === "MAPI_E_CORRUPT_DATA");
      if (!isFile) throw error;
    }
  }
  return outline.addAttachment(message, attachmentProperties({ fileName: name, bytes }));
}

/** Adds files as attachments of a message, as one edit; the addresses of the attachments. */
export function attach(document: MsgDocument, message: string, files: readonly FileToAdd[]): string[] {
  const [first] = files;
  if (!first) return [];
  const label =
    files.length === 1
      ? vscode.l10n.t("Add attachment {0}", first.name)
      : vscode.l10n.t("Add {0} attachments", files.length);
  return document.edit(label, (outline) => files.map((file) => addFile(outline, message, file)));
}

/** As `attach`; what goes wrong is said in a message. */
export async function attachFiles(
  document: MsgDocument,
  message: string,
  files: readonly FileToAdd[],
): Promise<void> {
  try {
    attach(document, message, files);
  } catch (error) {
    await vscode.window.showErrorMessage(vscode.l10n.t("The files were not attached. {0}", messageOf(error)));
  }
}

/** Adds a new, empty message to a message; the address of its attachment. */
export function attachNewMessage(document: MsgDocument, message: string): string {
  const { unicode, codePage } = document.outline.message(message);
  const storage = createNewMessage({ unicode, randomBytes, ...(unicode ? {} : { codePage: codePage.id }) });
  const properties = [{ tag: PR_DISPLAY_NAME, value: vscode.l10n.t("New message") }];
  return document.edit(vscode.l10n.t("Add a new message"), (outline) =>
    outline.addEmbeddedFile(message, storage.toBytes(), properties),
  );
}

/** Puts a file's message in the place of an attached one. */
export function replaceMessage(document: MsgDocument, address: string, file: FileToAdd): void {
  document.edit(vscode.l10n.t("Replace by {0}", file.name), (outline) =>
    outline.replaceEmbedded(address, file.bytes),
  );
}

/** Reads files. */
export function readFiles(uris: readonly vscode.Uri[]): Promise<FileToAdd[]> {
  return Promise.all(
    uris.map(async (uri) => ({ name: baseName(uri), bytes: await vscode.workspace.fs.readFile(uri) })),
  );
}

/** Asks for messages in files; none when the person cancelled. */
export async function pickMessages(title: string, openLabel: string, many: boolean): Promise<FileToAdd[]> {
  const chosen = await vscode.window.showOpenDialog({
    title,
    openLabel,
    canSelectMany: many,
    filters: { [vscode.l10n.t("Outlook messages")]: ["msg", "oft"] },
  });
  return readFiles(chosen ?? []);
}
