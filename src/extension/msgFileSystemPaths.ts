/** From an object of a document to the URI of its file, and back. */
import type * as vscode from "vscode";
import type { MsgDocument } from "./msgDocument";
import { AttachmentNames, type NamedAttachment } from "./msgFileSystemNames";
import { insideUri } from "./msgFileSystemUris";
import type { SessionFile } from "./sessionFile";

/** The folder of a message's attachments. */
export const ATTACHMENTS = "attachments";

/** By the file as it was read: a document that is read again has other attachments. */
const names = new WeakMap<SessionFile, AttachmentNames>();

/** The attachments of a message of a document, by the names that they keep as long as it is open. */
export function namedAttachments(document: MsgDocument, message: string): NamedAttachment[] {
  const { file } = document;
  const known = names.get(file) ?? new AttachmentNames();
  names.set(file, known);
  return known.list(document.outline, message);
}

function namedAttachment(document: MsgDocument, address: string): NamedAttachment | undefined {
  const message = address.slice(0, address.lastIndexOf("/"));
  return namedAttachments(document, message).find(({ view }) => view.address === address);
}

/** The steps to the folder of a message: none for the outermost; undefined when it is not there. */
export function stepsToMessage(document: MsgDocument, message: string): string[] | undefined {
  if (message === "") return [];
  const attachment = message.slice(0, message.lastIndexOf("/"));
  const folder = namedAttachment(document, attachment)?.folder;
  const outer = stepsToMessage(document, attachment.slice(0, attachment.lastIndexOf("/")));
  return folder === undefined || !outer ? undefined : [...outer, ATTACHMENTS, folder];
}

/** The URI of an attachment's file; undefined when it is not there. */
export function attachmentUri(document: MsgDocument, address: string): vscode.Uri | undefined {
  if (document.file.kind !== "open" || !/\/a\d+$/.test(address)) return undefined;
  const file = namedAttachment(document, address)?.file;
  const outer = stepsToMessage(document, address.slice(0, address.lastIndexOf("/")));
  return file === undefined || !outer ? undefined : insideUri(document.uri, [...outer, ATTACHMENTS, file]);
}

/** The address of the message whose folder the steps lead to; undefined when there is none. */
export function messageAt(document: MsgDocument, steps: readonly string[]): string | undefined {
  let message = "";
  for (let i = 0; i < steps.length; i += 2) {
    const found = namedAttachments(document, message).find(({ folder }) => folder === steps[i + 1]);
    if (steps[i] !== ATTACHMENTS || found?.folder === undefined) return undefined;
    message = `${found.view.address}/m`;
  }
  return message;
}
