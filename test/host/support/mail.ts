/** Messages for the tests: built, opened as a document, and read back by the core alone. */
import * as vscode from "vscode";
import {
  createAllocator,
  createPropertyDictionary,
  type IMessage,
  MAPI_TO,
  MessageOutline,
  openIMsgOnIStg,
  openStorage,
  parsePropertyTables,
  type PropertyDictionary,
  type PropValue,
  PR_BODY,
  PR_SUBJECT,
  setEvery,
} from "../../../src/core";
import { MsgDocument } from "../../../src/extension/msgDocument";
import tables from "../../../src/core/mapi/tables/dictionary.json";
import { addRecipients, attachFile, makeSample, props, utf8 } from "../../../scripts/samples/kit";

/** Id of the extension under test. */
export const EXTENSION_ID = "msg-session.msg-session";

/** How the mail of the tests is made. */
export interface MailOptions {
  readonly subject?: string;
  readonly body?: string;
  readonly unicode?: boolean;
  readonly codePage?: number;
  readonly more?: readonly PropValue[];
  /** Writes more into it. */
  readonly fill?: (message: IMessage) => void;
}

/** The bytes of a small mail: one recipient, one attachment. */
export function mail(options: MailOptions = {}): Uint8Array {
  const { subject = "Quarterly figures", body = "Hello\r\nthere\r\n", unicode = true, codePage } = options;
  const width = { unicode, ...(codePage === undefined ? {} : { codePage }) };
  return makeSample({ name: "mail.msg", seed: 77, ...width }, (message) => {
    setEvery(message, props([PR_SUBJECT, subject], [PR_BODY, body]));
    setEvery(message, options.more ?? []);
    addRecipients(message, MAPI_TO, [{ name: "Ann", address: "ann@example.com" }], width);
    attachFile(message, { fileName: "notes.txt", bytes: utf8("three words here") });
    options.fill?.(message);
  }).bytes;
}

/** The message in the bytes of a sound file, as the core reads it. */
export function outlineOf(bytes: Uint8Array): MessageOutline {
  return new MessageOutline(openIMsgOnIStg(null, createAllocator(), openStorage(bytes)));
}

/** The value of a property of the message, or of an object in it. */
export function valueIn(bytes: Uint8Array, tag: number, address = ""): unknown {
  return outlineOf(bytes).property(address, tag)?.value;
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
