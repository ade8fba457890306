/** The least that is a new mail: [MS-OXMSG] 2.4, [MS-OXCMSG] 2.2.1. */
import type { IMessage } from "../session/types";
import type { RootStorage } from "../storage/types";
import type { RandomBytes } from "./identity";
import { setEvery } from "./namedValues";
import { newStorage } from "./newStorage";
import { itemProperties } from "./newItem";
import { unsentMail } from "./presets/mail";

/** How a new message is made. */
export interface NewMessageOptions {
  /** Unicode strings; false makes an 8-bit message. */
  readonly unicode: boolean;
  /** Code page of an 8-bit message's strings; 1252 when left out. A Unicode message has none. */
  readonly codePage?: number;
  /** The clock, as FILETIME; the system's when left out. */
  readonly now?: () => bigint;
  /** Random bytes for the search key: the caller's, because the core reaches for no source of chance of its own. */
  readonly randomBytes: RandomBytes;
}

/**
 * Makes an empty message a new mail; also an embedded one, which the caller then saves.
 * @throws MapiError what `setProps` reports.
 */
export function fillNewMessage(message: IMessage, options: Pick<NewMessageOptions, "randomBytes">): void {
  setEvery(message, itemProperties(unsentMail, options.randomBytes));
}

/**
 * The least that is a new, unsent mail, in a storage of its own, saved and committed: `toBytes` gives the file.
 * `createItem` makes one as Outlook saves it.
 * @throws MapiError MAPI_E_INVALID_PARAMETER for an unknown code page or a source of random bytes that gives too few.
 */
export function createNewMessage(options: NewMessageOptions): RootStorage {
  return newStorage(options, (message) => fillNewMessage(message, options));
}
