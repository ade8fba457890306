/** Requests about attachments: files in, files out, and what an attachment is in its message. */
import type { EditResult } from "./messages";
import type { ObjectId } from "./viewModel";

/** A file that the page is about to send. */
export interface FileToSend {
  readonly name: string;
  /** In bytes; checked before the first of them is sent. */
  readonly size: number;
}

/** What adding attachments came to. */
export interface AttachedResult extends EditResult {
  /** The new attachments, in order; none when the person called it off. */
  readonly objects: readonly ObjectId[];
}

/** Bytes of a file in one message, at the most. */
export const UPLOAD_CHUNK_BYTES = 1024 * 1024;

/** Requests about attachments. `message`: the message they belong to; `object`: the attachment. */
export interface AttachmentsRequests {
  /** The host asks for the files. */
  attachFiles: { params: { message: ObjectId; revision: number }; result: AttachedResult };
  /** Files of the workspace that were dropped onto the page, as URIs. */
  attachUris: { params: { message: ObjectId; uris: string[]; revision: number }; result: AttachedResult };
  /** Files from outside that were dropped onto the page or pasted: refused here when they do not fit. */
  beginUpload: { params: { files: FileToSend[] }; result: { upload: number } };
  /** The next bytes of a file of an upload; the answer says when the person called it off. */
  sendChunk: {
    params: { upload: number; file: number; bytes: Uint8Array };
    result: { isCalledOff: boolean };
  };
  /** All was sent: the files become attachments, as one edit. */
  finishUpload: { params: { upload: number; message: ObjectId }; result: AttachedResult };
  cancelUpload: { params: { upload: number }; result: Record<string, never> };
  openAttachment: { params: { object: ObjectId }; result: Record<string, never> };
  saveAttachment: { params: { object: ObjectId }; result: { saved: number } };
  saveAllAttachments: { params: { message: ObjectId }; result: { saved: number } };
  renameAttachment: { params: { object: ObjectId; name: string; revision: number }; result: EditResult };
  /** The host asks for the file that takes the place of the attached one. */
  replaceAttachment: { params: { object: ObjectId; revision: number }; result: EditResult };
  /** Puts an attachment at another place among those of its message. */
  moveAttachment: { params: { object: ObjectId; index: number; revision: number }; result: EditResult };
  /** Whether the attachment is shown in the text, under a content id. */
  setAttachmentInline: {
    params: { object: ObjectId; inline: boolean; revision: number };
    result: EditResult;
  };
  /** Whether mail clients leave the attachment out of their lists. */
  setAttachmentHidden: {
    params: { object: ObjectId; hidden: boolean; revision: number };
    result: EditResult;
  };
}
