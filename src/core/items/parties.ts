/** Who sent a message: the address families of the sender and of whom the sender stands for ([MS-OXOMSG] 2.2.1.48 ff.). */
import {
  PR_SENDER_ADDRTYPE,
  PR_SENDER_EMAIL_ADDRESS,
  PR_SENDER_ENTRYID,
  PR_SENDER_NAME,
  PR_SENDER_SEARCH_KEY,
  PR_SENDER_SMTP_ADDRESS,
  PR_SENT_REPRESENTING_ADDRTYPE,
  PR_SENT_REPRESENTING_EMAIL_ADDRESS,
  PR_SENT_REPRESENTING_ENTRYID,
  PR_SENT_REPRESENTING_NAME,
  PR_SENT_REPRESENTING_SEARCH_KEY,
  PR_SENT_REPRESENTING_SMTP_ADDRESS,
} from "../mapi/tags";
import type { PropValue } from "../session/types";
import {
  addressSearchKey,
  checkedAddress,
  type MailUser,
  oneOffEntryId,
  type StringWidth,
} from "./recipient";

/** The tags of one party of a message. */
interface PartyTags {
  readonly name: number;
  readonly type: number;
  readonly address: number;
  readonly entryId: number;
  readonly searchKey: number;
  readonly smtp: number;
}

const SENDER: PartyTags = {
  name: PR_SENDER_NAME,
  type: PR_SENDER_ADDRTYPE,
  address: PR_SENDER_EMAIL_ADDRESS,
  entryId: PR_SENDER_ENTRYID,
  searchKey: PR_SENDER_SEARCH_KEY,
  smtp: PR_SENDER_SMTP_ADDRESS,
};

const REPRESENTED: PartyTags = {
  name: PR_SENT_REPRESENTING_NAME,
  type: PR_SENT_REPRESENTING_ADDRTYPE,
  address: PR_SENT_REPRESENTING_EMAIL_ADDRESS,
  entryId: PR_SENT_REPRESENTING_ENTRYID,
  searchKey: PR_SENT_REPRESENTING_SEARCH_KEY,
  smtp: PR_SENT_REPRESENTING_SMTP_ADDRESS,
};

function partyProperties(user: MailUser, tags: PartyTags, width: StringWidth): PropValue[] {
  const address = checkedAddress(user.address);
  const name = user.name.trim() === "" ? address : user.name.trim();
  return [
    { tag: tags.name, value: name },
    { tag: tags.type, value: "SMTP" },
    { tag: tags.address, value: address },
    { tag: tags.entryId, value: oneOffEntryId({ name, address }, width) },
    { tag: tags.searchKey, value: addressSearchKey(address) },
    { tag: tags.smtp, value: address },
  ];
}

/**
 * Who wrote and sent a message: the same person as sender and as the one it is sent for.
 * @throws MapiError MAPI_E_INVALID_PARAMETER for an address that is none, MAPI_E_BAD_CHARWIDTH for a name that an 8-bit
 * message cannot hold.
 */
export function senderProperties(user: MailUser, width: StringWidth): PropValue[] {
  return [...partyProperties(user, SENDER, width), ...partyProperties(user, REPRESENTED, width)];
}
