/** The people of the samples, all invented, and what says in a message who got it. */
import {
  addressSearchKey,
  oneOffEntryId,
  PR_RECEIVED_BY_ADDRTYPE,
  PR_RECEIVED_BY_EMAIL_ADDRESS,
  PR_RECEIVED_BY_ENTRYID,
  PR_RECEIVED_BY_NAME,
  PR_RECEIVED_BY_SEARCH_KEY,
  type PropValue,
  type StringWidth,
} from "../../src/core";
import { type Person, props } from "./kit";

export const ANNA: Person = { name: "Anna Lindqvist", address: "anna.lindqvist@example.com" };
export const MARCO: Person = { name: "Marco Bianchi", address: "marco.bianchi@example.com" };
export const PRIYA: Person = { name: "Priya Nair", address: "priya.nair@example.net" };
export const TOMAS: Person = { name: "Tomáš Dvořák", address: "tomas.dvorak@example.org" };
export const KATHARINA: Person = { name: "Katharina Vogel", address: "katharina.vogel@example.de" };
export const JUERGEN: Person = { name: "Jürgen Weiß", address: "juergen.weiss@example.de" };
export const SATO: Person = { name: "佐藤 由美", address: "sato@example.jp" };
export const TANAKA: Person = { name: "田中 健一", address: "tanaka@example.jp" };

const UNICODE: StringWidth = { unicode: true };

/** Whose mailbox a message came into. */
export function receivedBy(person: Person, width = UNICODE): PropValue[] {
  return props(
    [PR_RECEIVED_BY_NAME, person.name],
    [PR_RECEIVED_BY_ADDRTYPE, "SMTP"],
    [PR_RECEIVED_BY_EMAIL_ADDRESS, person.address],
    [PR_RECEIVED_BY_ENTRYID, oneOffEntryId(person, width)],
    [PR_RECEIVED_BY_SEARCH_KEY, addressSearchKey(person.address)],
  );
}
