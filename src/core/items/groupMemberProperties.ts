/** The members of a contact group: [MS-OXOCNTC] 2.2.2.2. */
import { crc32 } from "../mapi/crc";
import { MapiError } from "../mapi/errors";
import { PSETID_ADDRESS } from "../mapi/propertySets";
import { PT_LONG, PT_MV_BINARY } from "../mapi/propertyTypes";
import { namedIn, type NamedValue } from "./namedValues";
import { checkedAddress, type MailUser, oneOffEntryId, type StringWidth } from "./recipient";

const addressValue = namedIn(PSETID_ADDRESS);

/** What PidLidDistributionListMembers and its one-offs may hold in all, in bytes. */
export const MAX_GROUP_BYTES = 15_000;

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/**
 * The properties that give a contact group its members, every one a one-off: the members, the same one-offs again, and
 * the checksum over them, by which Outlook knows that the two lists belong together.
 * @throws MapiError MAPI_E_TOO_BIG for more than 15,000 bytes, MAPI_E_INVALID_PARAMETER for an address that is none.
 */
export function groupMemberProperties(members: readonly MailUser[], width: StringWidth): NamedValue[] {
  const ids = members.map(({ name, address }) => {
    const checked = checkedAddress(address);
    return oneOffEntryId({ name: name.trim() === "" ? checked : name.trim(), address: checked }, width);
  });
  const all = joined(ids);
  if (all.length >= MAX_GROUP_BYTES) {
    throw new MapiError("MAPI_E_TOO_BIG", `The members take ${all.length} bytes; a group holds 14,999.`);
  }
  const checksum = addressValue(0x804c, PT_LONG, crc32(all) | 0);
  if (ids.length === 0) return [checksum];
  return [checksum, addressValue(0x8055, PT_MV_BINARY, ids), addressValue(0x8054, PT_MV_BINARY, ids)];
}
