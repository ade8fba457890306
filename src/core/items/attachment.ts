/** What an attached file consists of: [MS-OXCMSG] 2.2.2, with the properties that Outlook gives every one. */
import {
  PR_ATTACH_CONTENT_ID,
  PR_ATTACH_DATA_BIN,
  PR_ATTACH_ENCODING,
  PR_ATTACH_EXTENSION,
  PR_ATTACH_FILENAME,
  PR_ATTACH_FLAGS,
  PR_ATTACH_LONG_FILENAME,
  PR_ATTACH_METHOD,
  PR_ATTACH_MIME_TAG,
  PR_ATTACHMENT_CONTACTPHOTO,
  PR_ATTACHMENT_FLAGS,
  PR_ATTACHMENT_HIDDEN,
  PR_ATTACHMENT_LINKID,
  PR_DISPLAY_NAME,
  PR_EXCEPTION_ENDTIME,
  PR_EXCEPTION_STARTTIME,
  PR_RENDERING_POSITION,
} from "../mapi/tags";
import { ATTACH_BY_VALUE } from "../session/constants";
import type { PropValue } from "../session/types";
import { extensionOf, safeFileName, shortFileName } from "./fileName";
import { mimeTypeOf } from "./mimeTypes";

/** A file to be attached. */
export interface FileToAttach {
  /** Its name; a path is turned into a harmless name. */
  readonly fileName: string;
  /** What is in it; taken over: do not change it afterwards. */
  readonly bytes: Uint8Array;
  /** Its content type; that of its extension when left out. */
  readonly mimeType?: string;
}

/** 4501-01-01: the date that stands for none ([MS-OXOCAL] 2.2.10.1.3). */
const NO_DATE = 0x0cb34557a3dd4000n;

/** Everything that says what an attached file is called, and of which type it is. */
export function attachmentNameProperties(fileName: string, mimeType?: string): PropValue[] {
  const name = safeFileName(fileName);
  const extension = extensionOf(name);
  const type = mimeType ?? mimeTypeOf(extension);
  return [
    { tag: PR_DISPLAY_NAME, value: name },
    { tag: PR_ATTACH_LONG_FILENAME, value: name },
    { tag: PR_ATTACH_FILENAME, value: shortFileName(name) },
    ...(extension === "" ? [] : [{ tag: PR_ATTACH_EXTENSION, value: extension }]),
    ...(type === undefined ? [] : [{ tag: PR_ATTACH_MIME_TAG, value: type }]),
  ];
}

/** ATT_MHTML_REF: the text refers to the attachment by its content id ([MS-OXCMSG] 2.2.2.18). */
const SHOWN_IN_BODY = 4;

/**
 * What makes an attachment one that the text shows under a content id.
 * @param flags PR_ATTACH_FLAGS as they are
 */
export function inlineProperties(contentId: string, flags = 0): PropValue[] {
  return [
    { tag: PR_ATTACH_CONTENT_ID, value: contentId },
    { tag: PR_ATTACH_FLAGS, value: flags | SHOWN_IN_BODY },
    { tag: PR_ATTACHMENT_HIDDEN, value: true },
  ];
}

/** The properties of an attached file, for `setProps` on a new attachment. */
export function attachmentProperties(file: FileToAttach): PropValue[] {
  return [
    { tag: PR_ATTACH_METHOD, value: ATTACH_BY_VALUE },
    { tag: PR_RENDERING_POSITION, value: -1 },
    ...attachmentNameProperties(file.fileName, file.mimeType),
    { tag: PR_ATTACH_ENCODING, value: new Uint8Array() },
    { tag: PR_ATTACH_FLAGS, value: 0 },
    { tag: PR_ATTACHMENT_LINKID, value: 0 },
    { tag: PR_ATTACHMENT_FLAGS, value: 0 },
    { tag: PR_EXCEPTION_STARTTIME, value: NO_DATE },
    { tag: PR_EXCEPTION_ENDTIME, value: NO_DATE },
    { tag: PR_ATTACHMENT_HIDDEN, value: false },
    { tag: PR_ATTACHMENT_CONTACTPHOTO, value: false },
    { tag: PR_ATTACH_DATA_BIN, value: file.bytes },
  ];
}
