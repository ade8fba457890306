/** The fields that every message has: subject, importance, flag, categories … ([MS-OXCMSG] 2.2.1, [MS-OXOFLAG] 2.2.1). */
import { MapiError } from "../../mapi/errors";
import { PS_PUBLIC_STRINGS, PSETID_COMMON, PSETID_TASK } from "../../mapi/propertySets";
import {
  PT_BOOLEAN,
  PT_DOUBLE,
  PT_LONG,
  PT_MV_UNICODE,
  PT_SYSTIME,
  PT_UNICODE,
} from "../../mapi/propertyTypes";
import {
  PR_CLIENT_SUBMIT_TIME,
  PR_CONVERSATION_TOPIC,
  PR_FLAG_COMPLETE_TIME,
  PR_FLAG_STATUS,
  PR_FOLLOWUP_ICON,
  PR_IMPORTANCE,
  PR_MESSAGE_DELIVERY_TIME,
  PR_MESSAGE_FLAGS,
  PR_NORMALIZED_SUBJECT,
  PR_PRIORITY,
  PR_REPLY_RECIPIENT_ENTRIES,
  PR_REPLY_RECIPIENT_NAMES,
  PR_SENSITIVITY,
  PR_SUBJECT,
  PR_TODO_ITEM_FLAGS,
} from "../../mapi/tags";
import { splitSubject } from "../../session/computed";
import { MSGFLAG_READ, MSGFLAG_UNSENT } from "../../session/constants";
import { decodeOneOff, isOneOff } from "../../structures/oneOff";
import { parseAddressList } from "../addressList";
import { ADDRESS_LIST_MESSAGES } from "../addressSyntax";
import { formatAddressList } from "../addressText";
import { namedIn } from "../namedValues";
import type { PropertyReader } from "../propertyReader";
import { type MailUser, oneOffEntryId } from "../recipient";
import {
  type FieldChange,
  type FieldContext,
  type FieldValue,
  type ItemField,
  setOrRemove,
  today,
} from "./field";

const common = namedIn(PSETID_COMMON);
const task = namedIn(PSETID_TASK);
const commonName = (id: number): { guid: string; id: number } => ({ guid: PSETID_COMMON, id });
const taskName = (id: number): { guid: string; id: number } => ({ guid: PSETID_TASK, id });

const textOf = (value: FieldValue): string => (typeof value === "string" ? value : "");

/** The subject; the topic of a conversation that this message began follows it. */
export const subjectField: ItemField = {
  id: "subject",
  kind: "text",
  read: (reader) => reader.text(PR_SUBJECT),
  write: (value, { reader }) => {
    const subject = textOf(value);
    const before = reader.text(PR_NORMALIZED_SUBJECT) ?? "";
    const topic = reader.text(PR_CONVERSATION_TOPIC) ?? "";
    const { normalized } = splitSubject(subject, undefined);
    return {
      set: [
        { tag: PR_SUBJECT, value: subject },
        ...(topic === before ? [{ tag: PR_CONVERSATION_TOPIC, value: normalized }] : []),
      ],
    };
  },
};

const IMPORTANCE_NORMAL = 1;
const PRIVATE = 2;

const importance: ItemField = {
  id: "importance",
  kind: "choice",
  choices: [0, 1, 2],
  read: (reader) => reader.number(PR_IMPORTANCE) ?? IMPORTANCE_NORMAL,
  write: (value) => ({
    set: [
      { tag: PR_IMPORTANCE, value: Number(value) },
      { tag: PR_PRIORITY, value: Number(value) - IMPORTANCE_NORMAL },
    ],
  }),
};

const sensitivity: ItemField = {
  id: "sensitivity",
  kind: "choice",
  choices: [0, 1, 2, 3],
  read: (reader) => reader.number(PR_SENSITIVITY) ?? 0,
  write: (value) => ({
    set: [{ tag: PR_SENSITIVITY, value: Number(value) }],
    named: [common(0x8506, PT_BOOLEAN, Number(value) === PRIVATE)],
  }),
};

const FLAG_COMPLETE = 1;
const FLAGGED = 2;
const RED = 6;
const TODO_TIME_FLAGGED = 1;
const FOLLOW_UP = "Follow up";
const TASK_COMPLETE = 2;
const SUB_ORDINAL = "5555555";
const TICKS_PER_MINUTE = 600_000_000n;

/** What only a flagged message has ([MS-OXOFLAG] 2.2.1, 2.2.2). */
const FLAG_PROPERTIES = [
  PR_FLAG_STATUS,
  PR_FLAG_COMPLETE_TIME,
  PR_FOLLOWUP_ICON,
  PR_TODO_ITEM_FLAGS,
  commonName(0x8530),
  commonName(0x85a0),
  commonName(0x85a1),
  commonName(0x85a4),
  commonName(0x85c0),
  ...[0x8101, 0x8102, 0x8104, 0x8105, 0x810f, 0x811c].map(taskName),
];

function flagged({ now, reader }: FieldContext): FieldChange {
  return {
    set: [
      { tag: PR_FLAG_STATUS, value: FLAGGED },
      { tag: PR_FOLLOWUP_ICON, value: RED },
      { tag: PR_TODO_ITEM_FLAGS, value: TODO_TIME_FLAGGED },
    ],
    named: [
      common(0x8530, PT_UNICODE, FOLLOW_UP),
      common(0x85a0, PT_SYSTIME, now),
      common(0x85a1, PT_UNICODE, SUB_ORDINAL),
      common(0x85a4, PT_UNICODE, reader.text(PR_SUBJECT) ?? ""),
      common(0x85c0, PT_LONG, 1),
      task(0x8101, PT_LONG, 0),
      task(0x8102, PT_DOUBLE, 0),
      task(0x811c, PT_BOOLEAN, false),
    ],
    remove: [PR_FLAG_COMPLETE_TIME, taskName(0x810f)],
  };
}

function completed(context: FieldContext): FieldChange {
  const { now } = context;
  return {
    set: [
      { tag: PR_FLAG_STATUS, value: FLAG_COMPLETE },
      { tag: PR_FLAG_COMPLETE_TIME, value: (now / TICKS_PER_MINUTE) * TICKS_PER_MINUTE },
      { tag: PR_TODO_ITEM_FLAGS, value: TODO_TIME_FLAGGED },
    ],
    named: [
      task(0x8101, PT_LONG, TASK_COMPLETE),
      task(0x8102, PT_DOUBLE, 1),
      task(0x811c, PT_BOOLEAN, true),
      task(0x810f, PT_SYSTIME, today(context)),
    ],
    remove: [PR_FOLLOWUP_ICON],
  };
}

const flag: ItemField = {
  id: "flag",
  kind: "choice",
  choices: [0, FLAGGED, FLAG_COMPLETE],
  read: (reader) => reader.number(PR_FLAG_STATUS) ?? 0,
  write: (value, context) => {
    if (value === FLAGGED) return flagged(context);
    return value === FLAG_COMPLETE ? completed(context) : { remove: FLAG_PROPERTIES };
  },
};

const KEYWORDS = { name: { guid: PS_PUBLIC_STRINGS, name: "Keywords" }, type: PT_MV_UNICODE } as const;

/** Categories without blanks around them, each once. */
function distinct(values: readonly string[]): string[] {
  const trimmed = values.map((value) => value.trim()).filter((value) => value !== "");
  return trimmed.filter(
    (value, i) => trimmed.findIndex((other) => other.toLowerCase() === value.toLowerCase()) === i,
  );
}

const categories: ItemField = {
  id: "categories",
  kind: "list",
  read: (reader) => reader.texts(KEYWORDS.name),
  write: (value) => setOrRemove([KEYWORDS], Array.isArray(value) ? distinct(value as string[]) : []),
};

/** The people of a list of addresses. @throws MapiError with what is wrong in the first that is none. */
export function usersOf(text: string): MailUser[] {
  return parseAddressList(text).map((entry) => {
    if (entry.ok) return { name: entry.name, address: entry.address };
    throw new MapiError("MAPI_E_INVALID_PARAMETER", ADDRESS_LIST_MESSAGES[entry.problem]);
  });
}

/** A FlatEntryList: count, bytes that follow, then each entry with its size, padded to 4 bytes ([MS-OXCDATA] 2.3.3). */
function flatEntryList(entries: readonly Uint8Array[]): Uint8Array {
  const padded = (length: number): number => (length + 3) & ~3;
  const size = entries.reduce((sum, entry) => sum + 4 + padded(entry.length), 0);
  const bytes = new Uint8Array(8 + size);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, entries.length, true);
  view.setUint32(4, size, true);
  let at = 8;
  for (const entry of entries) {
    view.setUint32(at, entry.length, true);
    bytes.set(entry, at + 4);
    at += 4 + padded(entry.length);
  }
  return bytes;
}

/** The entry ids in a FlatEntryList; what is cut off is left out. */
function entriesOf(bytes: Uint8Array | undefined): Uint8Array[] {
  if (!bytes || bytes.length < 8) return [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: Uint8Array[] = [];
  for (let at = 8; at + 4 <= bytes.length && entries.length < view.getUint32(0, true);) {
    const size = view.getUint32(at, true);
    if (at + 4 + size > bytes.length) break;
    entries.push(bytes.subarray(at + 4, at + 4 + size));
    at += 4 + ((size + 3) & ~3);
  }
  return entries;
}

function replyTo(reader: PropertyReader): string | undefined {
  const users = entriesOf(reader.bytes(PR_REPLY_RECIPIENT_ENTRIES)).flatMap((entry) => {
    if (!isOneOff(entry)) return [];
    try {
      const { displayName, address } = decodeOneOff(entry);
      return [{ name: displayName, address }];
    } catch (error) {
      if (error instanceof MapiError) return [];
      throw error;
    }
  });
  return users.length > 0 ? formatAddressList(users) : reader.text(PR_REPLY_RECIPIENT_NAMES);
}

const replyToField: ItemField = {
  id: "replyTo",
  kind: "addresses",
  read: replyTo,
  write: (value, { width }) => {
    const users = usersOf(textOf(value));
    if (users.length === 0) return { remove: [PR_REPLY_RECIPIENT_ENTRIES, PR_REPLY_RECIPIENT_NAMES] };
    const named = users.map(({ name, address }) => ({ name: name === "" ? address : name, address }));
    return {
      set: [
        {
          tag: PR_REPLY_RECIPIENT_ENTRIES,
          value: flatEntryList(named.map((user) => oneOffEntryId(user, width))),
        },
        { tag: PR_REPLY_RECIPIENT_NAMES, value: named.map(({ name }) => name).join(";") },
      ],
    };
  },
};

const timeField = (id: string, tag: number): ItemField => ({
  id,
  kind: "time",
  read: (reader) => reader.time(tag),
  write: (value) => setOrRemove([tag], value),
});

const stateField = (id: string, bit: number, isSet: boolean): ItemField => ({
  id,
  kind: "check",
  read: (reader) => (((reader.number(PR_MESSAGE_FLAGS) ?? 0) & bit) !== 0) === isSet,
  write: (value, { reader, now }) => {
    const flags = reader.number(PR_MESSAGE_FLAGS) ?? 0;
    const wanted = (value === true) === isSet;
    // What was sent was sent at some time.
    const isSentNow = bit === MSGFLAG_UNSENT && !wanted && reader.time(PR_CLIENT_SUBMIT_TIME) === undefined;
    return {
      set: [
        { tag: PR_MESSAGE_FLAGS, value: wanted ? flags | bit : flags & ~bit },
        ...(isSentNow ? [{ tag: PR_CLIENT_SUBMIT_TIME, value: now }] : []),
      ],
    };
  },
});

/** The fields of every message but its subject. */
export const MAIL_FIELDS: readonly ItemField[] = [
  importance,
  sensitivity,
  flag,
  categories,
  replyToField,
  timeField("sent", PR_CLIENT_SUBMIT_TIME),
  timeField("received", PR_MESSAGE_DELIVERY_TIME),
  stateField("isRead", MSGFLAG_READ, true),
  stateField("isSent", MSGFLAG_UNSENT, false),
];
