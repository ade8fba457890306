/**
 * The one address resolver: who a sender or recipient is, and which internet address reaches them, out of everything a
 * message says ([MS-OXOMSG] 2.2.1, [MS-OXCDATA] 2.2.5). The X.500 name of an Exchange user is kept apart, and a guess is
 * marked as one.
 */
import { MapiError } from "../mapi/errors";
import {
  PR_ADDRTYPE,
  PR_DISPLAY_NAME,
  PR_EMAIL_ADDRESS,
  PR_ENTRYID,
  PR_RECIPIENT_DISPLAY_NAME,
  PR_RECEIVED_BY_ADDRTYPE,
  PR_RECEIVED_BY_EMAIL_ADDRESS,
  PR_RECEIVED_BY_ENTRYID,
  PR_RECEIVED_BY_NAME,
  PR_RECEIVED_BY_SEARCH_KEY,
  PR_SEARCH_KEY,
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
  PR_SMTP_ADDRESS,
} from "../mapi/tags";
import { decodeStructure } from "../structures/tree";
import { decodeOneOff, isOneOff } from "../structures/oneOff";
import { childOf, textOf } from "../structures/scope";
import type { PropertyReader } from "./propertyReader";
import { addressInField } from "./transportHeaders";

/** Where an internet address was found, in the order of trust. */
export type AddressRule =
  | "address"
  | "smtpProperty"
  | "entryId"
  | "originalAddress"
  | "headers"
  | "searchKey"
  | "untypedAddress"
  | "displayName";

/** Rules whose answer is likely, but said by nothing in the message. */
const GUESSES: ReadonlySet<AddressRule> = new Set<AddressRule>(["untypedAddress", "displayName"]);

/** Somebody a message speaks of. */
export interface ResolvedAddress {
  /** The display name; "" when there is none. */
  readonly name: string;
  /** user@host, or undefined when nothing in the message tells it. */
  readonly smtp: string | undefined;
  readonly rule: AddressRule | undefined;
  /** Whether `smtp` is only likely. */
  readonly isGuess: boolean;
  /** The X.500 name of an Exchange user ("/o=Org/ou=…/cn=ann"). */
  readonly x500: string | undefined;
  /** "SMTP", "EX", "FAX" …, upper case; "" when it is not said. */
  readonly addressType: string;
  /** The address as stored, of whatever type. */
  readonly address: string;
}

/** Everything a message can say of somebody. */
export interface AddressFacts {
  readonly name?: string | undefined;
  readonly addressType?: string | undefined;
  readonly address?: string | undefined;
  readonly smtp?: string | undefined;
  readonly entryId?: Uint8Array | undefined;
  readonly searchKey?: Uint8Array | undefined;
  readonly originalAddress?: string | undefined;
  readonly originalType?: string | undefined;
  /** The header field that names them: From or Sender. */
  readonly header?: string | undefined;
}

/** An address as people write it: no blanks, one "@" with something on both sides. */
const INTERNET_ADDRESS = /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"]+$/;
const X500 = /^\/(?:o|c)=/i;

/** The text when it is an internet address, without "smtp:" and brackets around it. */
function internetAddress(text: string | undefined): string | undefined {
  const bare = text
    ?.trim()
    .replace(/^smtp:/i, "")
    .replace(/^[<'"]+|[>'"]+$/g, "");
  return bare !== undefined && INTERNET_ADDRESS.test(bare) ? bare : undefined;
}

/** A typed address: of an SMTP one anything that stands there counts, as long as it is one word with an "@". */
function ofType(type: string | undefined, address: string | undefined): string | undefined {
  return type?.trim().toUpperCase() === "SMTP" ? internetAddress(address) : undefined;
}

/** What an entry id says: a one-off's type and address, or an address book entry's X.500 name. */
interface EntryIdFacts {
  readonly name?: string;
  readonly smtp?: string | undefined;
  readonly x500?: string;
}

function entryIdFacts(bytes: Uint8Array | undefined): EntryIdFacts {
  if (bytes === undefined) return {};
  if (isOneOff(bytes)) {
    try {
      const { displayName, addressType, address } = decodeOneOff(bytes);
      return { name: displayName, smtp: ofType(addressType, address) };
    } catch (error) {
      if (error instanceof MapiError) return {};
      throw error;
    }
  }
  const { root } = decodeStructure("EntryId", bytes, { codePage: 1252 });
  const x500 = textOf(childOf(root, "X500DN"));
  return x500 === "" ? {} : { x500 };
}

/** The address in a search key "SMTP:ANN@EXAMPLE.ORG" and NUL. */
function searchKeyAddress(bytes: Uint8Array | undefined): string | undefined {
  if (bytes === undefined || bytes.length > 2048) return undefined;
  const text = String.fromCharCode(...bytes).replace(/\0+$/, "");
  return /^smtp:/i.test(text) ? internetAddress(text) : undefined;
}

/** Who somebody is, by the ranked rule of trust. */
export function resolveAddress(facts: AddressFacts): ResolvedAddress {
  const type = facts.addressType?.trim().toUpperCase() ?? "";
  const entry = entryIdFacts(facts.entryId);
  const name = facts.name?.trim() ?? "";
  const untyped = type === "" || type === "SMTP" ? internetAddress(facts.address) : undefined;
  const candidates: readonly (readonly [AddressRule, string | undefined])[] = [
    ["address", ofType(type, facts.address)],
    ["smtpProperty", internetAddress(facts.smtp)],
    ["entryId", entry.smtp],
    ["originalAddress", ofType(facts.originalType, facts.originalAddress)],
    ["headers", facts.header === undefined ? undefined : addressInField(facts.header)],
    ["searchKey", searchKeyAddress(facts.searchKey)],
    ["untypedAddress", untyped ?? internetAddress(facts.address)],
    ["displayName", internetAddress(name)],
  ];
  const [rule, smtp] = candidates.find(([, address]) => address !== undefined) ?? [undefined, undefined];
  const address = facts.address?.trim() ?? "";
  const x500 = X500.test(address) ? address : entry.x500;
  return {
    name: name || entry.name || "",
    smtp,
    rule,
    isGuess: rule !== undefined && GUESSES.has(rule),
    x500,
    addressType: type,
    address,
  };
}

/** Tags of one party of a message. */
export interface PartyTags {
  readonly name: number;
  readonly type: number;
  readonly address: number;
  readonly entryId: number;
  readonly searchKey: number;
  readonly smtp: number;
}

/** The tags of every party ([MS-OXOMSG] 2.2.1.48 ff.). */
export const PARTY_TAGS = {
  /** Who sent the message. */
  sender: {
    name: PR_SENDER_NAME,
    type: PR_SENDER_ADDRTYPE,
    address: PR_SENDER_EMAIL_ADDRESS,
    entryId: PR_SENDER_ENTRYID,
    searchKey: PR_SENDER_SEARCH_KEY,
    smtp: PR_SENDER_SMTP_ADDRESS,
  },
  /** On whose behalf it was sent: "From". */
  from: {
    name: PR_SENT_REPRESENTING_NAME,
    type: PR_SENT_REPRESENTING_ADDRTYPE,
    address: PR_SENT_REPRESENTING_EMAIL_ADDRESS,
    entryId: PR_SENT_REPRESENTING_ENTRYID,
    searchKey: PR_SENT_REPRESENTING_SEARCH_KEY,
    smtp: PR_SENT_REPRESENTING_SMTP_ADDRESS,
  },
  /** In whose mailbox it arrived. */
  receivedBy: {
    name: PR_RECEIVED_BY_NAME,
    type: PR_RECEIVED_BY_ADDRTYPE,
    address: PR_RECEIVED_BY_EMAIL_ADDRESS,
    entryId: PR_RECEIVED_BY_ENTRYID,
    searchKey: PR_RECEIVED_BY_SEARCH_KEY,
    smtp: 0x5d07001f,
  },
} as const satisfies Record<string, PartyTags>;

/** A party of a message. */
export type Party = keyof typeof PARTY_TAGS;

/** A party of a message; undefined when the message says nothing of it. `header`: the field that names them. */
export function partyOf(reader: PropertyReader, party: Party, header?: string): ResolvedAddress | undefined {
  const tags = PARTY_TAGS[party];
  const resolved = resolveAddress({
    name: reader.text(tags.name),
    addressType: reader.text(tags.type),
    address: reader.text(tags.address),
    smtp: reader.text(tags.smtp),
    entryId: reader.bytes(tags.entryId),
    searchKey: reader.bytes(tags.searchKey),
    header,
  });
  const isKnown = resolved.name !== "" || resolved.smtp !== undefined || resolved.x500 !== undefined;
  return isKnown || resolved.address !== "" ? resolved : undefined;
}

/** The address a recipient had before it was resolved, and its type: seen in files, named by no document. */
const ORIGINAL_ADDRESS = 0x403e001f;
const ORIGINAL_TYPE = 0x403d001f;

/** The person of a recipient row. */
export function recipientOf(reader: PropertyReader): ResolvedAddress {
  return resolveAddress({
    name: reader.text(PR_DISPLAY_NAME) ?? reader.text(PR_RECIPIENT_DISPLAY_NAME),
    addressType: reader.text(PR_ADDRTYPE),
    address: reader.text(PR_EMAIL_ADDRESS),
    smtp: reader.text(PR_SMTP_ADDRESS),
    entryId: reader.bytes(PR_ENTRYID),
    searchKey: reader.bytes(PR_SEARCH_KEY),
    originalAddress: reader.text(ORIGINAL_ADDRESS),
    originalType: reader.text(ORIGINAL_TYPE),
  });
}

/** Whether two people are the same as far as a message tells: the same address, or the same name with none known. */
export function samePerson(a: ResolvedAddress, b: ResolvedAddress): boolean {
  const same = (x: string | undefined, y: string | undefined): boolean | undefined =>
    x === undefined || y === undefined || x === "" || y === ""
      ? undefined
      : x.toLowerCase() === y.toLowerCase();
  return same(a.smtp, b.smtp) ?? same(a.x500, b.x500) ?? a.name.toLowerCase() === b.name.toLowerCase();
}
