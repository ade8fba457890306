/** What a new mail consists of, as Outlook leaves an unsent one in a .msg: [MS-OXMSG] 2.4, [MS-OXCMSG] 2.2.1. */
import { MapiError } from "../mapi/errors";
import {
  PR_ALTERNATE_RECIPIENT_ALLOWED,
  PR_DELETE_AFTER_SUBMIT,
  PR_ICON_INDEX,
  PR_IMPORTANCE,
  PR_INTERNET_CPID,
  PR_MESSAGE_CLASS,
  PR_MESSAGE_FLAGS,
  PR_MESSAGE_LOCALE_ID,
  PR_ORIGINATOR_DELIVERY_REPORT_REQUESTED,
  PR_PRIORITY,
  PR_READ_RECEIPT_REQUESTED,
  PR_SEARCH_KEY,
  PR_SENSITIVITY,
  PR_SUBJECT,
} from "../mapi/tags";
import { createAllocator } from "../session/allocator";
import { KEEP_OPEN_READWRITE, MAPI_UNICODE, MSGFLAG_READ, MSGFLAG_UNSENT } from "../session/constants";
import { openIMsgOnIStg, type OpenMessageOptions } from "../session/session";
import type { IMAPIProp, IMessage, PropValue } from "../session/types";
import { createStorage } from "../storage";
import type { RootStorage } from "../storage/types";

/** How a new message is made. */
export interface NewMessageOptions {
  /** Unicode strings; false makes an 8-bit message. */
  readonly unicode: boolean;
  /** Code page of an 8-bit message's strings; 1252 when left out. A Unicode message has none. */
  readonly codePage?: number;
  /** The clock, as FILETIME; the system's when left out. */
  readonly now?: () => bigint;
  /** Random bytes for the search key: the caller's, because the core reaches for no source of chance of its own. */
  readonly randomBytes: (count: number) => Uint8Array;
}

const IMPORTANCE_NORMAL = 1;
const PRIORITY_NORMAL = 0;
const SENSITIVITY_NONE = 0;
/** The icon of a new mail ([MS-OXOMSG] 2.2.1.10): what Outlook's own unsent .msg files have, not "unsent" (0x103). */
const ICON_NEW_MAIL = -1;
const CODE_PAGE_UTF8 = 65001;
const CODE_PAGE_WESTERN = 1252;
const LOCALE_EN_US = 1033;
/** Length of the search key of a message, [MS-OXCPRPT] 2.2.1.9. */
const SEARCH_KEY_SIZE = 16;

/** The properties of a mail that was begun and not sent. There is no body: the first text that is typed makes one. */
export function newMessageProperties(options: Pick<NewMessageOptions, "randomBytes">): PropValue[] {
  const searchKey = options.randomBytes(SEARCH_KEY_SIZE);
  if (searchKey.length !== SEARCH_KEY_SIZE) {
    throw new MapiError(
      "MAPI_E_INVALID_PARAMETER",
      `randomBytes(${SEARCH_KEY_SIZE}) gave ${searchKey.length} bytes.`,
    );
  }
  return [
    { tag: PR_ALTERNATE_RECIPIENT_ALLOWED, value: true },
    { tag: PR_IMPORTANCE, value: IMPORTANCE_NORMAL },
    { tag: PR_ORIGINATOR_DELIVERY_REPORT_REQUESTED, value: false },
    { tag: PR_PRIORITY, value: PRIORITY_NORMAL },
    { tag: PR_READ_RECEIPT_REQUESTED, value: false },
    { tag: PR_SENSITIVITY, value: SENSITIVITY_NONE },
    { tag: PR_DELETE_AFTER_SUBMIT, value: false },
    { tag: PR_MESSAGE_CLASS, value: "IPM.Note" },
    { tag: PR_MESSAGE_FLAGS, value: MSGFLAG_UNSENT | MSGFLAG_READ },
    { tag: PR_SUBJECT, value: "" },
    { tag: PR_ICON_INDEX, value: ICON_NEW_MAIL },
    { tag: PR_SEARCH_KEY, value: searchKey },
    { tag: PR_INTERNET_CPID, value: CODE_PAGE_UTF8 },
    { tag: PR_MESSAGE_LOCALE_ID, value: LOCALE_EN_US },
  ];
}

/**
 * Sets properties where one that cannot be set is an error and not a problem among others.
 * @throws MapiError the first problem that `setProps` reports.
 */
export function setEvery(target: IMAPIProp, values: readonly PropValue[]): void {
  const problem = target.setProps(values)[0];
  if (problem) throw new MapiError(problem.name, problem.message);
}

/**
 * Makes an empty message a new mail; also an embedded one, which the caller then saves.
 * @throws MapiError what `setProps` reports.
 */
export function fillNewMessage(message: IMessage, options: Pick<NewMessageOptions, "randomBytes">): void {
  setEvery(message, newMessageProperties(options));
}

/**
 * A new, unsent mail in a storage of its own, saved and committed: `toBytes` gives the file.
 * @throws MapiError MAPI_E_INVALID_PARAMETER for an unknown code page or a source of random bytes that gives too few.
 */
export function createNewMessage(options: NewMessageOptions): RootStorage {
  const storage = createStorage();
  const { unicode, now } = options;
  const open: OpenMessageOptions = {
    flags: unicode ? MAPI_UNICODE : 0,
    ...(unicode ? {} : { codePage: options.codePage ?? CODE_PAGE_WESTERN }),
    ...(now ? { now } : {}),
  };
  const message = openIMsgOnIStg(null, createAllocator(), storage, open);
  fillNewMessage(message, options);
  message.saveChanges(KEEP_OPEN_READWRITE);
  message.release();
  return storage;
}
