/** What a recipient with an internet address consists of: [MS-OXOMSG] 2.2.3, [MS-OXCMSG] 2.2.2, [MS-OXOABK] 2.2. */
import { MapiError } from "../mapi/errors";
import {
  PR_ADDRTYPE,
  PR_DISPLAY_NAME,
  PR_DISPLAY_TYPE,
  PR_EMAIL_ADDRESS,
  PR_ENTRYID,
  PR_OBJECT_TYPE,
  PR_RECIPIENT_DISPLAY_NAME,
  PR_RECIPIENT_ENTRYID,
  PR_RECIPIENT_FLAGS,
  PR_RECIPIENT_TYPE,
  PR_RECORD_KEY,
  PR_SEARCH_KEY,
  PR_SEND_INTERNET_ENCODING,
  PR_SEND_RICH_INFO,
  PR_SMTP_ADDRESS,
} from "../mapi/tags";
import type { PropValue } from "../session/types";
import {
  encodeOneOff,
  ONE_OFF_DONT_LOOKUP,
  ONE_OFF_NO_RICH_INFO,
  ONE_OFF_UNICODE,
} from "../structures/oneOff";
import { encodeUtf8 } from "../text/codePages";

/** Somebody with a name and an internet address. */
export interface MailUser {
  /** What is shown; the address when it is empty. */
  readonly name: string;
  /** user@host. */
  readonly address: string;
}

/** How strings of a message are written, for values that hold strings within. */
export interface StringWidth {
  readonly unicode: boolean;
  /** Code page of an 8-bit message; 1252 when left out. */
  readonly codePage?: number;
}

/** A recipient to be added. */
export interface RecipientOptions extends MailUser, StringWidth {
  /** MAPI_TO, MAPI_CC, MAPI_BCC (or MAPI_ORIG). */
  readonly kind: number;
}

const ADDRESS_TYPE = "SMTP";
const MAPI_MAILUSER = 6;
const DT_MAILUSER = 0;
/** Can be sent to; [MS-OXOCAL] 2.2.4.10.1. */
const RECIPIENT_SENDABLE = 1;

/** A part in quotes may hold anything: what matters stands outside. */
const QUOTED = /"(?:\\.|[^"\\])*"/g;
const CONTROL = /[\u0000-\u001f\u007f]/;

/**
 * The address without blanks around it.
 * @throws MapiError MAPI_E_INVALID_PARAMETER when it is empty or cannot be one address, with what is wrong in it.
 */
export function checkedAddress(address: string): string {
  const trimmed = address.trim();
  const outside = trimmed.replace(QUOTED, "");
  const reason = REASONS.find(([test]) => test(trimmed, outside))?.[1];
  if (reason === undefined) return trimmed;
  throw new MapiError("MAPI_E_INVALID_PARAMETER", reason);
}

const REASONS: readonly (readonly [(address: string, outside: string) => boolean, string])[] = [
  [(address) => address === "", "The recipient has no address. Type one, as name@example.com."],
  [(address) => CONTROL.test(address), "The address holds a line break or another control character."],
  [(_, outside) => /[<>]/.test(outside), "Type the address alone, without the angle brackets around it."],
  [(_, outside) => /[;,]/.test(outside), "This is more than one address. Add a recipient for each."],
  [(address) => encodeUtf8(address).missing.length > 0, "The address holds half a character."],
  [(_, outside) => /\s/.test(outside), "An address cannot hold a blank."],
];

/** The one-off entry id of a mail user. */
export function oneOffEntryId(user: MailUser, width: StringWidth): Uint8Array {
  const flags = width.unicode ? ONE_OFF_UNICODE | ONE_OFF_DONT_LOOKUP | ONE_OFF_NO_RICH_INFO : 0;
  const oneOff = {
    displayName: user.name,
    addressType: ADDRESS_TYPE,
    address: user.address,
    flags,
  };
  return encodeOneOff(oneOff, width.codePage);
}

/** The search key of a mail user, in UTF-8: type and address, ASCII letters in upper case, and a NUL ([MS-OXCMAIL] 2.1.3.1). */
export function addressSearchKey(address: string): Uint8Array {
  const upper = address.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
  return encodeUtf8(`${ADDRESS_TYPE}:${upper}\0`).bytes;
}

/**
 * The row of a recipient with an internet address, with everything Outlook needs to resolve it; without PR_ROWID, which
 * the session sets.
 * @throws MapiError MAPI_E_INVALID_PARAMETER as `checkedAddress`, MAPI_E_BAD_CHARWIDTH when an 8-bit message cannot hold
 * the name.
 */
export function recipientProperties(options: RecipientOptions): PropValue[] {
  const address = checkedAddress(options.address);
  const name = options.name.trim() === "" ? address : options.name.trim();
  const entryId = oneOffEntryId({ name, address }, options);
  return [
    { tag: PR_RECIPIENT_TYPE, value: options.kind },
    { tag: PR_OBJECT_TYPE, value: MAPI_MAILUSER },
    { tag: PR_DISPLAY_TYPE, value: DT_MAILUSER },
    { tag: PR_DISPLAY_NAME, value: name },
    { tag: PR_ADDRTYPE, value: ADDRESS_TYPE },
    { tag: PR_EMAIL_ADDRESS, value: address },
    { tag: PR_SMTP_ADDRESS, value: address },
    { tag: PR_ENTRYID, value: entryId },
    { tag: PR_RECORD_KEY, value: entryId },
    { tag: PR_SEARCH_KEY, value: addressSearchKey(address) },
    { tag: PR_SEND_RICH_INFO, value: false },
    { tag: PR_SEND_INTERNET_ENCODING, value: 0 },
    { tag: PR_RECIPIENT_DISPLAY_NAME, value: name },
    { tag: PR_RECIPIENT_ENTRYID, value: entryId },
    { tag: PR_RECIPIENT_FLAGS, value: RECIPIENT_SENDABLE },
  ];
}
