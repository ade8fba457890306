/** Answers the requests of a page about attachments. */
import * as vscode from "vscode";
import type { AttachedResult, AttachmentsRequests } from "../protocol/attachments";
import type { EditResult } from "../protocol/messages";
import {
  attach,
  moveAttachment,
  renameAttachment,
  replaceAttachment,
  setHidden,
  setInline,
} from "./attachmentsEdits";
import { chooseFiles, droppedUris, type FileToAdd, readFiles } from "./attachmentsFiles";
import { saveAllAttachments, saveAttachment } from "./attachmentsSaving";
import { Uploads } from "./attachmentsUploads";
import { randomBytes } from "./newMessages";
import type { HandlersOf, RequestContext } from "./requestContext";

/** The handlers. */
export function attachmentsRequests({
  document,
  checkRevision,
}: RequestContext): HandlersOf<AttachmentsRequests> {
  const uploads = new Uploads(document);
  const done = (): EditResult => ({ revision: document.revision });
  const attached = (message: string, files: readonly FileToAdd[]): AttachedResult => ({
    objects: attach(document, message, files),
    revision: document.revision,
  });
  return {
    attachFiles: async ({ message, revision }) => {
      checkRevision(revision);
      const uris = await chooseFiles(true, vscode.l10n.t("Add Attachments"));
      return attached(message, await readFiles(document, uris));
    },
    attachUris: async ({ message, uris, revision }) => {
      checkRevision(revision);
      return attached(message, await readFiles(document, await droppedUris(uris)));
    },
    beginUpload: ({ files }) => ({ upload: uploads.begin(files) }),
    sendChunk: ({ upload, file, bytes }) => {
      uploads.take(upload, file, bytes);
      return {};
    },
    // What was sent belongs to the message whatever else was edited while it was on its way.
    finishUpload: ({ upload, message }) => attached(message, uploads.finish(upload)),
    cancelUpload: ({ upload }) => {
      uploads.cancel(upload);
      return {};
    },
    openAttachment: async ({ object }) => {
      await vscode.commands.executeCommand("msgSession.openAttachment", document.uri, object);
      return {};
    },
    saveAttachment: async ({ object }) => ({ saved: await saveAttachment(document, object) }),
    saveAllAttachments: async ({ message }) => ({ saved: await saveAllAttachments(document, message) }),
    renameAttachment: ({ object, name, revision }) => {
      checkRevision(revision);
      renameAttachment(document, object, name);
      return done();
    },
    replaceAttachment: async ({ object, revision }) => {
      checkRevision(revision);
      const uris = await chooseFiles(false, vscode.l10n.t("Replace Attachment"));
      const [file] = await readFiles(document, uris);
      if (file) replaceAttachment(document, object, file);
      return done();
    },
    moveAttachment: ({ object, index, revision }) => {
      checkRevision(revision);
      moveAttachment(document, object, index);
      return done();
    },
    setAttachmentInline: ({ object, inline, revision }) => {
      checkRevision(revision);
      setInline(document, object, inline, randomBytes);
      return done();
    },
    setAttachmentHidden: ({ object, hidden, revision }) => {
      checkRevision(revision);
      setHidden(document, object, hidden);
      return done();
    },
  };
}
