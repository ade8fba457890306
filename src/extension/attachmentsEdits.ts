/** The edits of attachments, done on the document; each with the label that VS Code's Undo shows. */
import * as vscode from "vscode";
import {
  ATTACH_BY_VALUE,
  attachmentNameProperties,
  attachmentProperties,
  extensionOf,
  inlineProperties,
  MapiError,
  type MessageOutline,
  openStorage,
  PR_ATTACH_CONTENT_ID,
  PR_ATTACH_DATA_BIN,
  PR_ATTACH_FLAGS,
  PR_ATTACH_LONG_FILENAME,
  PR_ATTACH_METHOD,
  PR_ATTACHMENT_HIDDEN,
  PR_DISPLAY_NAME,
  type PropValue,
  shortFileName,
} from "../core";
import type { FileToAdd } from "./attachmentsFiles";
import type { EditableDocument } from "./requestContext";
import { attachmentTitle, textOf } from "./msgFileSystemNames";
import { RequestFailure } from "./pageEdits";

/** The message that an attachment belongs to. */
export const messageOfAttachment = (object: string): string => object.slice(0, object.lastIndexOf("/"));

/** The attachment of an address, as its message lists it. @throws RequestFailure */
export function attachmentView(
  outline: MessageOutline,
  object: string,
): ReturnType<MessageOutline["message"]>["attachments"][number] {
  const view = outline
    .message(messageOfAttachment(object))
    .attachments.find(({ address }) => address === object);
  if (view && view.change !== "deleted") return view;
  throw new RequestFailure({
    code: "notFound",
    message: vscode.l10n.t("The attachment is not there any more."),
  });
}

const isMessageName = (name: string): boolean => /\.(?:msg|oft)$/i.test(name);

/** Whether bytes are a compound file that can be opened as it is. */
function isSound(bytes: Uint8Array): boolean {
  try {
    openStorage(bytes);
    return true;
  } catch (error) {
    if (error instanceof MapiError) return false;
    throw error;
  }
}

/** Adds one file: a .msg file as the message it is, or as a file where it cannot be opened; everything else as a file. */
function addFile(outline: MessageOutline, message: string, { name, bytes }: FileToAdd): string {
  const file = attachmentProperties({ fileName: name, bytes });
  if (!isMessageName(name) || !isSound(bytes)) return outline.addAttachment(message, file);
  try {
    return outline.addEmbeddedFile(message, bytes);
  } catch (error) {
    // A compound file without a message in it, or one too deep: its bytes are attached as they are.
    if (error instanceof MapiError && ["MAPI_E_CORRUPT_DATA", "MAPI_E_TOO_COMPLEX"].includes(error.name)) {
      return outline.addAttachment(message, file);
    }
    throw error;
  }
}

/** Adds files as attachments of a message, as one edit; the addresses of the attachments. */
export function attach(document: EditableDocument, message: string, files: readonly FileToAdd[]): string[] {
  const [first] = files;
  if (!first) return [];
  const label =
    files.length === 1
      ? vscode.l10n.t("Add attachment {0}", first.name)
      : vscode.l10n.t("Add {0} attachments", files.length);
  return document.edit(label, (outline) => files.map((file) => addFile(outline, message, file)));
}

function setAll(outline: MessageOutline, object: string, values: readonly PropValue[]): void {
  for (const { tag, value } of values) outline.setProperty(object, tag, value);
}

const invalid = (message: string): RequestFailure => new RequestFailure({ code: "invalid", message });

/** Gives an attachment another name; that of an embedded message is what is shown, and says nothing of a file. */
export function renameAttachment(document: EditableDocument, object: string, name: string): void {
  const wanted = name.trim();
  if (wanted === "") throw invalid(vscode.l10n.t("An attachment needs a name."));
  document.edit(vscode.l10n.t("Rename attachment"), (outline) => {
    const { object: held } = attachmentView(outline, object);
    if (held === "message" && textOf(outline, object, PR_ATTACH_LONG_FILENAME) === "") {
      outline.setProperty(object, PR_DISPLAY_NAME, wanted);
    } else setAll(outline, object, attachmentNameProperties(wanted));
  });
}

/** Puts a file in the place of what an attachment holds. Its name stays as long as the type of the file does. */
export function replaceAttachment(
  document: EditableDocument,
  object: string,
  { name, bytes }: FileToAdd,
): void {
  document.edit(vscode.l10n.t("Replace attachment"), (outline) => {
    const view = attachmentView(outline, object);
    if (view.object === "message") {
      outline.replaceEmbedded(object, bytes);
      return;
    }
    if (view.object !== undefined) {
      throw invalid(vscode.l10n.t("An OLE object is not replaced by a file. Delete it and attach the file."));
    }
    const before = attachmentTitle(outline, view);
    const isSameType = extensionOf(before).toLowerCase() === extensionOf(name).toLowerCase();
    setAll(outline, object, [
      { tag: PR_ATTACH_METHOD, value: ATTACH_BY_VALUE },
      ...(isSameType ? [] : attachmentNameProperties(name)),
      { tag: PR_ATTACH_DATA_BIN, value: bytes },
    ]);
  });
}

/** Puts an attachment at another place among those of its message. */
export function moveAttachment(document: EditableDocument, object: string, index: number): void {
  document.edit(vscode.l10n.t("Move attachment"), (outline) => {
    const message = messageOfAttachment(object);
    const others = outline
      .message(message)
      .attachments.flatMap(({ address }) => (address === object ? [] : [address]));
    const at = Math.min(index, others.length);
    outline.reorderAttachments(message, [...others.slice(0, at), object, ...others.slice(at)]);
  });
}

const SHOWN_IN_BODY = 4;

function numberOf(outline: MessageOutline, object: string, tag: number): number {
  const value = outline.property(object, tag)?.value;
  return typeof value === "number" ? value : 0;
}

/** Shows an attachment in the text, under its content id or a new one, or as an attachment like others. */
export function setInline(
  document: EditableDocument,
  object: string,
  inline: boolean,
  randomBytes: (count: number) => Uint8Array,
): void {
  const label = inline ? vscode.l10n.t("Show in the text") : vscode.l10n.t("Show as an attachment");
  document.edit(label, (outline) => {
    const view = attachmentView(outline, object);
    const flags = numberOf(outline, object, PR_ATTACH_FLAGS);
    if (!inline) {
      setAll(outline, object, [
        { tag: PR_ATTACH_FLAGS, value: flags & ~SHOWN_IN_BODY },
        { tag: PR_ATTACHMENT_HIDDEN, value: false },
      ]);
      return;
    }
    const present = textOf(outline, object, PR_ATTACH_CONTENT_ID);
    const name = shortFileName(attachmentTitle(outline, view)).toLowerCase();
    setAll(outline, object, inlineProperties(present || newContentId(name, randomBytes), flags));
  });
}

/** A content id that no other picture has: the name of the file and random digits, as Outlook makes them. */
export function newContentId(name: string, randomBytes: (count: number) => Uint8Array): string {
  const digits = Array.from(randomBytes(8), (byte) => byte.toString(16).padStart(2, "0").toUpperCase()).join(
    "",
  );
  const plain = name.replace(/[^a-z0-9._-]/gi, "") || "image";
  return `${plain}@${digits.slice(0, 8)}.${digits.slice(8)}`;
}

/** Whether mail clients leave the attachment out of their lists. */
export function setHidden(document: EditableDocument, object: string, hidden: boolean): void {
  const label = hidden ? vscode.l10n.t("Hide attachment") : vscode.l10n.t("Show attachment");
  document.edit(label, (outline) => outline.setProperty(object, PR_ATTACHMENT_HIDDEN, hidden));
}
