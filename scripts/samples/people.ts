/** The people of the samples, all invented, and what says in a message who wrote it and who got it. */
import {
  addressSearchKey,
  oneOffEntryId,
  PR_RECEIVED_BY_ADDRTYPE,
  PR_RECEIVED_BY_EMAIL_ADDRESS,
  PR_RECEIVED_BY_ENTRYID,
  PR_RECEIVED_BY_NAME,
  PR_RECEIVED_BY_SEARCH_KEY,
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

/** Name, type, address, entry id and search key of somebody, under the five tags given. */
function party(
  person: Person,
  tags: readonly [name: number, type: number, address: number, entryId: number, searchKey: number],
  width: StringWidth,
): PropValue[] {
  const [name, type, address, entryId, searchKey] = tags;
  return props(
    [name, person.name],
    [type, "SMTP"],
    [address, person.address],
    [entryId, oneOffEntryId(person, width)],
    [searchKey, addressSearchKey(person.address)],
  );
}

/** Who sent a message: the sender and who is represented, here always the same. */
export function sentBy(person: Person, width = UNICODE): PropValue[] {
  return [
    ...party(
      person,
      [PR_SENDER_NAME, PR_SENDER_ADDRTYPE, PR_SENDER_EMAIL_ADDRESS, PR_SENDER_ENTRYID, PR_SENDER_SEARCH_KEY],
      width,
    ),
    ...party(
      person,
      [
        PR_SENT_REPRESENTING_NAME,
        PR_SENT_REPRESENTING_ADDRTYPE,
        PR_SENT_REPRESENTING_EMAIL_ADDRESS,
        PR_SENT_REPRESENTING_ENTRYID,
        PR_SENT_REPRESENTING_SEARCH_KEY,
      ],
      width,
    ),
    ...props([PR_SENDER_SMTP_ADDRESS, person.address], [PR_SENT_REPRESENTING_SMTP_ADDRESS, person.address]),
  ];
}

/** Whose mailbox a message came into. */
export function receivedBy(person: Person, width = UNICODE): PropValue[] {
  return party(
    person,
    [
      PR_RECEIVED_BY_NAME,
      PR_RECEIVED_BY_ADDRTYPE,
      PR_RECEIVED_BY_EMAIL_ADDRESS,
      PR_RECEIVED_BY_ENTRYID,
      PR_RECEIVED_BY_SEARCH_KEY,
    ],
    width,
  );
}
