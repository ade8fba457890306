/** What the view "Message Sessions" does to a session: files in, files out, objects away. All of it undoes. */
import * as vscode from "vscode";
import { attachmentProperties } from "../core";
import { messageOf, type MsgDocument } from "./msgDocument";

/** A file to put into a message. */
export interface FileToAdd {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Adds files as attachments of a message, as one edit; the addresses of the attachments. */
export function attach(document: MsgDocument, message: string, files: readonly FileToAdd[]): string[] {
  const [first] = files;
  if (!first) return [];
  const label =
    files.length === 1
      ? vscode.l10n.t("Add attachment {0}", first.name)
      : vscode.l10n.t("Add {0} attachments", files.length);
  return document.edit(label, (outline) =>
    files.map(({ name, bytes }) =>
      outline.addAttachment(message, attachmentProperties({ fileName: name, bytes })),
    ),
  );
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
