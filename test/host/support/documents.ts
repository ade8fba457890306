/** Documents for the tests: opened on files, with the edits they announce. */
import assert from "node:assert/strict";
import * as vscode from "vscode";
import {
  createPropertyDictionary,
  parsePropertyTables,
  type PropertyDictionary,
  PR_SUBJECT,
} from "../../../src/core";
import tables from "../../../src/core/mapi/tables/dictionary.json";
import { MsgDocument } from "../../../src/extension/msgDocument";

/** Id of the extension under test. */
export const EXTENSION_ID = "msg-session.msg-session";

/** Where the extension under test is. */
export function extensionUri(): vscode.Uri {
  const extension = vscode.extensions.getExtension(EXTENSION_ID);
  assert.ok(extension);
  return extension.extensionUri;
}

/** The property dictionary of the build. */
export const dictionary: PropertyDictionary = createPropertyDictionary(parsePropertyTables(tables));

/** An edit as VS Code is told of it. */
export type Edit = vscode.CustomDocumentEditEvent<MsgDocument>;

/** A document with the edits that it has announced. */
export interface OpenDocument {
  readonly document: MsgDocument;
  readonly edits: Edit[];
}

/** Opens a document and listens to its edits. */
export async function openDocument(uri: vscode.Uri, backupId?: string): Promise<OpenDocument> {
  const document = await MsgDocument.open(uri, backupId);
  const edits: Edit[] = [];
  document.onDidEdit((edit) => edits.push(edit));
  return { document, edits };
}

/** Changes the subject, as a person would. */
export function changeSubject(document: MsgDocument, subject: string): void {
  document.edit("Change Subject", (outline) => outline.setProperty("", PR_SUBJECT, subject));
}
