/** Checks of the requests about attachments. */
import type { AttachmentsRequests } from "./attachments";
import { UPLOAD_CHUNK_BYTES } from "./attachments";
import { type Check, listOf, shape, text, truth, uint } from "./checks";

const size: Check = (value) => typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
const chunk: Check = (value) => value instanceof Uint8Array && value.length <= UPLOAD_CHUNK_BYTES;

/** What each request carries. */
export const ATTACHMENTS_PARAMS: Readonly<Record<keyof AttachmentsRequests, Check>> = {
  attachFiles: shape({ message: text, revision: uint }),
  attachUris: shape({ message: text, uris: listOf(text), revision: uint }),
  beginUpload: shape({ files: listOf(shape({ name: text, size })) }),
  sendChunk: shape({ upload: uint, file: uint, bytes: chunk }),
  finishUpload: shape({ upload: uint, message: text }),
  cancelUpload: shape({ upload: uint }),
  openAttachment: shape({ object: text }),
  saveAttachment: shape({ object: text }),
  saveAllAttachments: shape({ message: text }),
  renameAttachment: shape({ object: text, name: text, revision: uint }),
  replaceAttachment: shape({ object: text, revision: uint }),
  moveAttachment: shape({ object: text, index: uint, revision: uint }),
  setAttachmentInline: shape({ object: text, inline: truth, revision: uint }),
  setAttachmentHidden: shape({ object: text, hidden: truth, revision: uint }),
};
