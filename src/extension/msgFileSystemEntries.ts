/** What the steps of a `msg:` URI lead to: folders and files over the content of an open document. */
import * as vscode from "vscode";
import {
  attachmentProperties,
  extensionOf,
  PR_ATTACH_DATA_BIN,
  PR_ATTACH_EXTENSION,
  PR_ATTACH_FILENAME,
  PR_ATTACH_LONG_FILENAME,
  PR_DISPLAY_NAME,
  safeFileName,
  shortFileName,
} from "../core";
import { coreText } from "./coreTexts";
import type { MsgDocument } from "./msgDocument";
import type { NamedAttachment } from "./msgFileSystemNames";
import { ATTACHMENTS, messageAt, namedAttachments } from "./msgFileSystemPaths";
import { TEXT_FILES, type TextFile } from "./msgFileSystemText";

/** A folder: a message, or its attachments. */
export interface FolderEntry {
  readonly kind: "folder";
  list(): [string, vscode.FileType][];
  /** Makes a file in it; only attachments can be made, and the bodies a message may have. */
  create?(name: string, bytes: Uint8Array): void;
}

/** A file. */
export interface FileEntry {
  readonly kind: "file";
  read(): Uint8Array;
  /** The same object as long as the bytes are the same, where they are costly to make. */
  origin?(): object;
  /** Undefined where its content follows from the rest of the message. */
  write?(bytes: Uint8Array): void;
  remove?(): void;
  rename?(name: string): void;
}

export type Entry = FolderEntry | FileEntry;

const FILE = vscode.FileType.File;
const FOLDER = vscode.FileType.Directory;

/** Says what went lost with an edit; the edit can be undone. */
function tellLosses(losses: readonly string[]): void {
  if (losses.length === 0) return;
  const lines = losses.map(coreText);
  void vscode.window.showWarningMessage(
    vscode.l10n.t("The body was changed. {0} Undo in the message’s editor brings it back.", lines.join(" ")),
  );
}

function writeText(document: MsgDocument, message: string, file: TextFile, bytes: Uint8Array): void {
  let losses: readonly string[] = [];
  document.edit(vscode.l10n.t("Change {0}", file.name), (outline) => {
    losses = file.write(outline, message, bytes);
  });
  tellLosses(losses);
}

function textEntry(document: MsgDocument, message: string, file: TextFile): FileEntry | undefined {
  const { outline } = document;
  if (file.read(outline, message) === undefined) return undefined;
  return {
    kind: "file",
    read: () => file.read(outline, message) ?? new Uint8Array(),
    write: (bytes) => writeText(document, message, file, bytes),
  };
}

function messageFolder(document: MsgDocument, message: string): FolderEntry {
  const { outline } = document;
  return {
    kind: "folder",
    list: () => [
      ...TEXT_FILES.filter((file) => file.read(outline, message) !== undefined).map(
        ({ name }): [string, vscode.FileType] => [name, FILE],
      ),
      [ATTACHMENTS, FOLDER],
    ],
    create(name, bytes) {
      const file = TEXT_FILES.find((candidate) => candidate.name === name);
      if (!file) throw new Error(vscode.l10n.t("A message has no file “{0}”.", name));
      writeText(document, message, file, bytes);
    },
  };
}

function attachmentsFolder(document: MsgDocument, message: string): FolderEntry {
  return {
    kind: "folder",
    list: () =>
      namedAttachments(document, message).flatMap(({ file, folder, view }): [string, vscode.FileType][] => {
        if (view.problem !== undefined || view.object === "storage") return [];
        return folder === undefined
          ? [[file, FILE]]
          : [
              [file, FILE],
              [folder, FOLDER],
            ];
      }),
    create(name, bytes) {
      document.edit(vscode.l10n.t("Add attachment {0}", name), (outline) => {
        outline.addAttachment(
          message,
          attachmentProperties({ fileName: name, bytes: new Uint8Array(bytes) }),
        );
      });
    },
  };
}

/** Gives an attachment another name; its short name and extension follow. */
function renameAttachment(document: MsgDocument, address: string, given: string): void {
  const name = safeFileName(given);
  document.edit(vscode.l10n.t("Rename attachment"), (outline) => {
    outline.setProperty(address, PR_ATTACH_LONG_FILENAME, name);
    outline.setProperty(address, PR_ATTACH_FILENAME, shortFileName(name));
    outline.setProperty(address, PR_DISPLAY_NAME, name);
    const extension = extensionOf(name);
    if (extension !== "") outline.setProperty(address, PR_ATTACH_EXTENSION, extension);
    else if (outline.property(address, PR_ATTACH_EXTENSION)) {
      outline.deleteProperties(address, [PR_ATTACH_EXTENSION]);
    }
  });
}

function attachmentEntry(document: MsgDocument, { view, file }: NamedAttachment): FileEntry | undefined {
  const { outline } = document;
  const { address, object } = view;
  if (view.problem !== undefined || object === "storage") return undefined;
  const content: Pick<FileEntry, "read" | "origin" | "write"> =
    object === "message"
      ? {
          read: () => outline.exportEmbedded(address),
          origin: () => outline.embeddedSnapshot(address).message,
          write: (bytes) =>
            document.edit(vscode.l10n.t("Replace {0}", file), (changed) =>
              changed.replaceEmbedded(address, new Uint8Array(bytes)),
            ),
        }
      : {
          read: () => outline.storedBytes(address, PR_ATTACH_DATA_BIN) ?? new Uint8Array(),
          write: (bytes) =>
            document.edit(vscode.l10n.t("Change {0}", file), (changed) =>
              changed.setProperty(address, PR_ATTACH_DATA_BIN, new Uint8Array(bytes)),
            ),
        };
  return {
    kind: "file",
    ...content,
    remove: () =>
      document.edit(vscode.l10n.t("Delete attachment"), (changed) => changed.deleteObject(address)),
    rename: (name) => renameAttachment(document, address, name),
  };
}

/** What steps lead to in a document; undefined when there is nothing. */
export function entryAt(document: MsgDocument, steps: readonly string[]): Entry | undefined {
  const folder = messageAt(document, steps);
  if (folder !== undefined) return messageFolder(document, folder);
  const last = steps.at(-1);
  const above = steps.slice(0, -1);
  if (last === undefined) return undefined;
  const message = messageAt(document, above);
  if (message !== undefined) {
    if (last === ATTACHMENTS) return attachmentsFolder(document, message);
    const file = TEXT_FILES.find(({ name }) => name === last);
    return file && textEntry(document, message, file);
  }
  const holder = above.at(-1) === ATTACHMENTS ? messageAt(document, above.slice(0, -1)) : undefined;
  if (holder === undefined) return undefined;
  const attachment = namedAttachments(document, holder).find(({ file }) => file === last);
  return attachment && attachmentEntry(document, attachment);
}

/** The attachment whose file steps lead to; undefined when they lead to anything else. */
export function attachmentAt(document: MsgDocument, steps: readonly string[]): NamedAttachment | undefined {
  if (steps.at(-2) !== ATTACHMENTS) return undefined;
  const message = messageAt(document, steps.slice(0, -2));
  if (message === undefined) return undefined;
  return namedAttachments(document, message).find(({ file }) => file === steps.at(-1));
}
