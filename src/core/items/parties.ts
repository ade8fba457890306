/** Who sent a message: the address families of the sender and of whom the sender stands for ([MS-OXOMSG] 2.2.1.48 ff.). */
import type { PropValue } from "../session/types";
import { type Party, PARTY_TAGS } from "./addresses";
import {
  addressSearchKey,
  checkedAddress,
  type MailUser,
  oneOffEntryId,
  type StringWidth,
} from "./recipient";

/**
 * A person with an internet address as one party of a message.
 * @throws MapiError MAPI_E_INVALID_PARAMETER for an address that is none, MAPI_E_BAD_CHARWIDTH for a name that an 8-bit
 * message cannot hold.
 */
export function partyProperties(user: MailUser, party: Party, width: StringWidth): PropValue[] {
  const tags = PARTY_TAGS[party];
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
 * @throws MapiError as `partyProperties`
 */
export function senderProperties(user: MailUser, width: StringWidth): PropValue[] {
  return [...partyProperties(user, "sender", width), ...partyProperties(user, "from", width)];
}
