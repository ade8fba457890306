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
import type { Handlers } from "./handlers";
import type { RequestContext } from "./requestContext";

/** The handlers. */
export function attachmentsRequests(page: RequestContext): Handlers<AttachmentsRequests> {
  const uploads = new Uploads(page);
  const done = (): EditResult => ({ revision: page.document.revision });
  const attached = (message: string, files: readonly FileToAdd[]): AttachedResult => ({
    objects: attach(page.document, message, files),
    revision: page.document.revision,
  });
  return {
    attachFiles: async ({ message, revision }) => {
      page.checkRevision(revision);
      const uris = await chooseFiles(true, vscode.l10n.t("Add Attachments"));
      return attached(message, await readFiles(page.document, uris));
    },
    attachUris: async ({ message, uris, revision }) => {
      page.checkRevision(revision);
      return attached(message, await readFiles(page.document, await droppedUris(uris)));
    },
    beginUpload: ({ files }) => ({ upload: uploads.begin(files) }),
    sendChunk: ({ upload, file, bytes }) => ({ isCalledOff: !uploads.take(upload, file, bytes) }),
    // What was sent belongs to the message whatever else was edited while it was on its way.
    finishUpload: ({ upload, message }) => attached(message, uploads.finish(upload)),
    cancelUpload: ({ upload }) => {
      uploads.cancel(upload);
      return {};
    },
    openAttachment: async ({ object }) => {
      await vscode.commands.executeCommand("msgSession.openAttachment", page.document.uri, object);
      return {};
    },
    saveAttachment: async ({ object }) => ({ saved: await saveAttachment(page.document, object) }),
    saveAllAttachments: async ({ message }) => ({ saved: await saveAllAttachments(page.document, message) }),
    renameAttachment: ({ object, name, revision }) => {
      page.checkRevision(revision);
      renameAttachment(page.document, object, name);
      return done();
    },
    replaceAttachment: async ({ object, revision }) => {
      page.checkRevision(revision);
      const uris = await chooseFiles(false, vscode.l10n.t("Replace Attachment"));
      const [file] = await readFiles(page.document, uris);
      if (file) replaceAttachment(page.document, object, file);
      return done();
    },
    moveAttachment: ({ object, index, revision }) => {
      page.checkRevision(revision);
      moveAttachment(page.document, object, index);
      return done();
    },
    setAttachmentInline: ({ object, inline, revision }) => {
      page.checkRevision(revision);
      setInline(page.document, object, inline, randomBytes);
      return done();
    },
    setAttachmentHidden: ({ object, hidden, revision }) => {
      page.checkRevision(revision);
      setHidden(page.document, object, hidden);
      return done();
    },
  };
}
