/** What the view "Message Sessions" does to a session: files and messages in, messages replaced. All of it undoes. */
import * as vscode from "vscode";
import { createNewMessage, PR_DISPLAY_NAME } from "../core";
import type { FileToAdd } from "./attachmentsFiles";
import { messageOf, type MsgDocument } from "./msgDocument";
import { randomBytes } from "./newMessages";

/** Attaches files to a message as one edit; what goes wrong, in reading them too, is said in a message. */
export async function attachFiles(
  document: MsgDocument,
  message: string,
  files: (document: MsgDocument) => Promise<readonly FileToAdd[]>,
): Promise<void> {
  try {
    const { attach } = await import("./attachmentsEdits");
    attach(document, message, await files(document));
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

/** Reads files for a message, as long as they fit into it. @throws RequestFailure */
export async function readFiles(document: MsgDocument, uris: readonly vscode.Uri[]): Promise<FileToAdd[]> {
  const { readFiles: read } = await import("./attachmentsFiles");
  return read(document, uris);
}

/** Asks for messages in files; none when the person cancelled. */
export async function pickMessages(
  document: MsgDocument,
  title: string,
  openLabel: string,
  many: boolean,
): Promise<FileToAdd[]> {
  const chosen = await vscode.window.showOpenDialog({
    title,
    openLabel,
    canSelectMany: many,
    filters: { [vscode.l10n.t("Outlook messages")]: ["msg", "oft"] },
  });
  return readFiles(document, chosen ?? []);
}
