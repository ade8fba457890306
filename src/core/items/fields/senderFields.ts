/** Who a message is from, and who sent it for them: [MS-OXOMSG] 2.2.1.48 to 2.2.1.59. */
import { MapiError } from "../../mapi/errors";
import { partyOf, PARTY_TAGS, samePerson } from "../addresses";
import { formatAddress } from "../addressText";
import { partyProperties } from "../parties";
import type { PropertyReader } from "../propertyReader";
import type { MailUser } from "../recipient";
import {
  FIELD_MESSAGES,
  type FieldChange,
  type FieldContext,
  type FieldValue,
  type ItemField,
  together,
} from "./field";
import { usersOf } from "./mailFields";

type SenderParty = "sender" | "from";

const PARTS = ["name", "type", "address", "entryId", "searchKey", "smtp"] as const;

/** What servers note of a party beside who it is: its simple name, flags and SID. All of it is wrong about anybody else. */
const NOTES: Readonly<Record<SenderParty, readonly number[]>> = {
  sender: [0x4030001f, 0x40190003, 0x0e4d0102],
  from: [0x4031001f, 0x401a0003, 0x0e4e0102],
};

function shown(reader: PropertyReader, party: SenderParty): string | undefined {
  const person = partyOf(reader, party);
  if (person === undefined) return undefined;
  const { name, smtp, address } = person;
  return smtp === undefined ? name || address : formatAddress({ name, address: smtp });
}

/** Whether somebody else sent the message than the one it is from. */
function isOnBehalf(reader: PropertyReader): boolean {
  const [sender, from] = [partyOf(reader, "sender"), partyOf(reader, "from")];
  return sender !== undefined && from !== undefined && !samePerson(sender, from);
}

function change(user: MailUser | undefined, party: SenderParty, { width }: FieldContext): FieldChange {
  if (user === undefined) return { remove: [...Object.values(PARTY_TAGS[party]), ...NOTES[party]] };
  return { set: partyProperties(user, party, width), remove: NOTES[party] };
}

/** The one address of a field; undefined when it is empty. @throws MapiError when there are several, or it is none */
function userOf(value: FieldValue): MailUser | undefined {
  const [user, ...others] = usersOf(typeof value === "string" ? value : "");
  if (others.length === 0) return user;
  throw new MapiError("MAPI_E_INVALID_PARAMETER", FIELD_MESSAGES.oneAddress);
}

/** Who the message is from; who sends it is the same, unless somebody else is said to. */
const from: ItemField = {
  id: "from",
  kind: "addresses",
  read: (reader) => shown(reader, "from") ?? shown(reader, "sender"),
  write: (value, context) => {
    const user = userOf(value);
    const own = change(user, "from", context);
    return isOnBehalf(context.reader) ? own : together(own, change(user, "sender", context));
  },
};

/** Who sends it on behalf of the other; empty where that is the same person. */
const sender: ItemField = {
  id: "sender",
  kind: "addresses",
  read: (reader) => (isOnBehalf(reader) ? shown(reader, "sender") : undefined),
  write: (value, context) => {
    const { reader } = context;
    const user = userOf(value);
    if (user !== undefined) {
      const hasFrom = partyOf(reader, "from") !== undefined;
      const own = change(user, "sender", context);
      return hasFrom ? own : together(own, change(user, "from", context));
    }
    // Nobody else sends it: the sender is again who it is from, with all that is written of them.
    return {
      set: PARTS.flatMap((part) => {
        const found = reader.value(PARTY_TAGS.from[part]);
        return found === undefined ? [] : [{ tag: PARTY_TAGS.sender[part], value: found }];
      }),
      remove: [...Object.values(PARTY_TAGS.sender), ...NOTES.sender],
    };
  },
};

/** The fields, in the order of a head of a mail. */
export const SENDER_FIELDS: readonly ItemField[] = [from, sender];
