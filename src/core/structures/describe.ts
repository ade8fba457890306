/** A structure in one line, for the cells of a grid. */
import { formatFileTime } from "../mapi/dateText";
import { formatBinary } from "../mapi/binaryText";
import { clockText, RTIME_NO_END, rTimeText } from "./numbers";
import type { StructureId } from "./registry";
import { childOf, elementsOf, numberOf, textOf } from "./scope";
import { findNode } from "./tree";
import type { StructureNode, StructureTree } from "./types";

/** Says a text in a language: its {0}, {1} … stand for `args`. */
export type Say = (text: string, ...args: (string | number)[]) => string;

/** Says it as it is written. */
const inEnglish: Say = (text, ...args) =>
  text.replace(/\{(\d+)\}/g, (all, index) => String(args[Number(index)] ?? all));

type Describe = (root: StructureNode, say: Say) => string;
/** What there are so many of. */
type Counted = (number: number, say: Say) => string;

/** Most names of a list that are written out. */
const MAX_LISTED = 5;
const DAYS: readonly ((say: Say) => string)[] = [
  (say) => say("Sunday"),
  (say) => say("Monday"),
  (say) => say("Tuesday"),
  (say) => say("Wednesday"),
  (say) => say("Thursday"),
  (say) => say("Friday"),
  (say) => say("Saturday"),
];
const WHICH: readonly ((say: Say) => string)[] = [
  () => "",
  (say) => say("first"),
  (say) => say("second"),
  (say) => say("third"),
  (say) => say("fourth"),
  (say) => say("last"),
];
const WORKDAYS = 0x3e;
const EVERY_DAY = 0x7f;
const DAY = 1440;

const COUNTED = {
  actions: (number, say) => (number === 1 ? say("1 action") : say("{0} actions", number)),
  blocks: (number, say) => (number === 1 ? say("1 block of time") : say("{0} blocks of time", number)),
  changes: (number, say) => (number === 1 ? say("1 change") : say("{0} changes", number)),
  exceptions: (number, say) => (number === 1 ? say("1 exception") : say("{0} exceptions", number)),
  fields: (number, say) => (number === 1 ? say("1 field") : say("{0} fields", number)),
  meetings: (number, say) => (number === 1 ? say("1 meeting") : say("{0} meetings", number)),
  reactions: (number, say) => (number === 1 ? say("1 reaction") : say("{0} reactions", number)),
  recipients: (number, say) => (number === 1 ? say("1 recipient") : say("{0} recipients", number)),
  rules: (number, say) => (number === 1 ? say("1 rule") : say("{0} rules", number)),
} satisfies Record<string, Counted>;

const listed = (items: readonly string[]): string =>
  items.slice(0, MAX_LISTED).join("; ") + (items.length > MAX_LISTED ? "; …" : "");
const num = (node: StructureNode | undefined, name: string): number => numberOf(childOf(node, name));
const str = (node: StructureNode | undefined, name: string): string => textOf(childOf(node, name));
const dateOf = (node: StructureNode | undefined, name: string): string =>
  rTimeText(num(node, name)).slice(0, 10);

function dayNames(mask: number, say: Say): string {
  if (mask === EVERY_DAY) return say("every day");
  if (mask === WORKDAYS) return say("weekdays");
  const days = DAYS.filter((_, at) => (mask & (1 << at)) !== 0);
  return days.map((day) => day(say)).join(say(", "));
}

/** "Monthly", "Every 2 years". */
function months(node: StructureNode, say: Say): string {
  const period = num(node, "Period");
  if (num(node, "RecurFrequency") !== 0x200d)
    return period === 1 ? say("Monthly") : say("Every {0} months", period);
  return period === 12 ? say("Yearly") : say("Every {0} years", period / 12);
}

function rhythm(node: StructureNode, say: Say): string {
  const period = num(node, "Period");
  const days = dayNames(num(node, "WeekRecurrencePattern"), say);
  switch (num(node, "PatternType")) {
    case 0:
      return period === DAY ? say("Daily") : say("Every {0} days", period / DAY);
    case 1:
      return period === 1 ? say("Weekly on {0}", days) : say("Every {0} weeks on {1}", period, days);
    case 3:
    case 0xb:
      return say("{0} on the {1} {2}", months(node, say), WHICH[num(node, "N")]?.(say) ?? "", days);
    default:
      return say("{0} on day {1}", months(node, say), num(node, "DayOfMonth"));
  }
}

function range(node: StructureNode, say: Say): string {
  const start = dateOf(node, "StartDate");
  const end = num(node, "EndType");
  const occurrences = num(node, "OccurrenceCount");
  if (end === 0x2022)
    return occurrences === 1
      ? say("from {0}, 1 time", start)
      : say("from {0}, {1} times", start, occurrences);
  const endless = end === 0x2023 || end === 0xffffffff || num(node, "EndDate") === RTIME_NO_END;
  return endless
    ? say("from {0}, without end", start)
    : say("from {0} to {1}", start, dateOf(node, "EndDate"));
}

/** "Weekly on Friday, from 2023-01-06, 52 times, 1 exception, 2 deleted". */
function recurrence(node: StructureNode, say: Say): string {
  const modified = num(node, "ModifiedInstanceCount");
  const deleted = num(node, "DeletedInstanceCount") - modified;
  return [
    rhythm(node, say),
    range(node, say),
    ...(modified > 0 ? [COUNTED.exceptions(modified, say)] : []),
    ...(deleted > 0 ? [say("{0} deleted", deleted)] : []),
  ].join(say(", "));
}

const appointment: Describe = (root, say) => {
  const pattern = childOf(root, "RecurrencePattern");
  if (pattern === undefined || childOf(root, "EndTimeOffset") === undefined)
    return say("Recurrence, cut off");
  const [start, end] = ["StartTimeOffset", "EndTimeOffset"].map((name) => clockText(num(root, name)));
  return say("{0}, {1} to {2}", recurrence(pattern, say), start ?? "", end ?? "");
};

const person = (name: string, address: string): string =>
  name === "" || name === address ? address : `${name} <${address}>`;

/** Addresses of a contact ([MS-OXOCNTC] 2.2.1.2.5). */
const ADDRESSES: readonly Describe[] = [
  (_, say) => say("e-mail {0}", 1),
  (_, say) => say("e-mail {0}", 2),
  (_, say) => say("e-mail {0}", 3),
  (_, say) => say("fax {0}", 1),
  (_, say) => say("fax {0}", 2),
  (_, say) => say("fax {0}", 3),
];

const contact: Describe = (root, say) => {
  const index = ADDRESSES[num(root, "Index")]?.(root, say) ?? childOf(root, "Index")?.display ?? "";
  return say("Contact: {0}", index);
};

/** Entry ids by a field that only one kind has. */
const ENTRY_IDS: readonly (readonly [string, Describe])[] = [
  [
    "OneOffFlags",
    (root, say) => say("One-off: {0}", person(str(root, "DisplayName"), str(root, "EmailAddress"))),
  ],
  ["X500DN", (root, say) => say("Address book: {0}", str(root, "X500DN"))],
  ["EmbeddedEntryId", (root, say) => say("Member: {0}", entryId(childOf(root, "EmbeddedEntryId"), say))],
  ["DLLFileName", (root, say) => say("Store: {0}", storeName(root))],
  ["NodeId", (root, say) => say("Item of a personal store: {0}", childOf(root, "NodeId")?.display ?? "")],
  ["FolderType", (root, say) => say("Exchange folder {0}", counterOf(root, "GlobalCounter"))],
  ["MessageType", (root, say) => say("Exchange message {0}", counterOf(root, "MessageGlobalCounter"))],
  ["Index", contact],
  ["FolderUID", (_, say) => say("Folder of contacts")],
];

const hexOf = (root: StructureNode, name: string): string => {
  const value = childOf(root, name)?.value;
  return value instanceof Uint8Array ? formatBinary(value) : "";
};

const counterOf = (root: StructureNode, name: string): string => hexOf(root, name).replaceAll(" ", "");

function storeName(root: StructureNode): string {
  const store = childOf(root, "Store");
  const names = ["Path", "AnsiPath", "MailboxDN", "ServerShortname"].map((name) => str(store, name));
  return names.find((name) => name !== "") ?? str(root, "DLLFileName");
}

function entryId(root: StructureNode | undefined, say: Say): string {
  if (root === undefined) return say("Entry ID, cut off");
  const found = ENTRY_IDS.find(([name]) => childOf(root, name) !== undefined);
  if (found !== undefined) return found[1](root, say);
  const provider = childOf(root, "ProviderUID");
  return provider === undefined ? say("Entry ID, cut off") : say("Entry ID of {0}", provider.display);
}

const named =
  (array: string, counted: Counted): Describe =>
  (root, say) => {
    const elements = elementsOf(childOf(root, array));
    const names = elements.map((element) => element.display).filter((name) => name !== "");
    return names.length === 0 ? counted(elements.length, say) : listed(names);
  };

const counting =
  (array: string, counted: Counted): Describe =>
  (root, say) =>
    counted(elementsOf(childOf(root, array)).length, say);

function entryIds(array: string): Describe {
  return (root, say) => {
    const elements = elementsOf(childOf(root, array));
    const ids = elements.map((element) => entryId(childOf(element, "EntryId") ?? element, say));
    return ids.length === 0 ? say("No entries") : listed(ids);
  };
}

const conversation: Describe = (root, say) => {
  const time = childOf(root, "HeaderTime")?.value;
  const header =
    typeof time === "bigint" ? formatFileTime(time).slice(0, 19).replace("T", " ") : say("cut off");
  const replies = elementsOf(childOf(root, "ResponseLevels")).length;
  if (replies === 0) return say("Header {0}", header);
  return replies === 1
    ? say("Header {0} + 1 reply", header)
    : say("Header {0} + {1} replies", header, replies);
};

const globalId: Describe = (root, say) => {
  const [year, month, day] = ["Year", "Month", "Day"].map((name) => num(root, name));
  const date = `${year ?? 0}-${two(month ?? 0)}-${two(day ?? 0)}`;
  const occurrence = year === 0 ? [] : [say("occurrence of {0}", date)];
  const uid = textOf(findNode(root, "Data/Uid"));
  if (uid !== "") return [say("iCalendar {0}", uid), ...occurrence].join(say(", "));
  const created = childOf(root, "CreationTime")?.value;
  const isDated = typeof created === "bigint" && created > 0n;
  const time = isDated ? [say("created {0}", formatFileTime(created).slice(0, 10))] : [];
  const id = hexOf(childOf(root, "Data") ?? root, "Bytes").replaceAll(" ", "");
  return [say("Meeting {0}", id), ...time, ...occurrence].join(say(", "));
};

const two = (value: number): string => value.toString().padStart(2, "0");

/** A bias as an offset from UTC: 300 minutes are "UTC-05:00". */
function utcOffset(bias: number): string {
  return `UTC${bias > 0 ? "-" : "+"}${clockText(Math.abs(bias))}`;
}

const zone: Describe = (root, say) => {
  const offset = utcOffset(num(root, "Bias") + num(root, "StandardBias"));
  const hasDaylight = num(childOf(root, "DaylightDate"), "Month") !== 0;
  return hasDaylight ? say("{0}, daylight saving time", offset) : offset;
};

const zoneDefinition: Describe = (root, say) => {
  const rules = COUNTED.rules(elementsOf(childOf(root, "TZRules")).length, say);
  return [str(root, "KeyName"), rules].join(say(", "));
};

const votes: Describe = (root, say) => {
  const options = elementsOf(childOf(root, "VoteOptions"));
  const extras = elementsOf(childOf(root, "VoteOptionExtras"));
  const names = options.flatMap((option, at) =>
    num(option, "VerbType") === 4 ? [str(extras[at], "DisplayName") || str(option, "DisplayName")] : [],
  );
  return names.length === 0
    ? say("{0}, no voting", COUNTED.actions(options.length, say))
    : say("Voting: {0}", listed(names));
};

const owner: Describe = (root, say) => {
  const sid = str(findNode(root, "Parts/OwnerSid"), "TextualSid");
  return sid === "" ? "" : say("Owner {0}", sid);
};

const DESCRIPTIONS: Partial<Record<StructureId, Describe>> = {
  AppointmentRecurrencePattern: appointment,
  ConversationIndex: conversation,
  EntryId: entryId,
  EntryList: entryIds("EntryIds"),
  FlatEntryList: entryIds("Entries"),
  FolderUserFields: (root, say) =>
    named("FieldDefinitions", COUNTED.fields)(childOf(root, "FolderUserFieldsUnicode") ?? root, say),
  FreeBusy: counting("Blocks", COUNTED.blocks),
  GlobalObjectId: globalId,
  Guid: (root) => childOf(root, "Guid")?.display ?? "",
  NicknameCache: counting("Rows", COUNTED.recipients),
  PredecessorChangeList: counting("SizedXids", COUNTED.changes),
  PropertyDefinitionStream: named("FieldDefinitions", COUNTED.fields),
  ReactionsHistory: (root) => str(root, "Json"),
  ReactionsSummary: named("Counts", COUNTED.reactions),
  RecipientRowStream: counting("Rows", COUNTED.recipients),
  RecurrencePattern: recurrence,
  ReportTag: (root) => str(root, "ANSIText"),
  SearchFolderDefinition: (root) => str(root, "TextSearch") || str(root, "FolderList1"),
  SecurityDescriptor: owner,
  Sid: (root) => str(root, "TextualSid"),
  SwappedToDo: (root) => str(root, "FlagTo"),
  TaskAssigners: (root) =>
    listed(
      elementsOf(childOf(root, "TaskAssigners")).map((each) =>
        str(childOf(each, "Assigner"), "AssignerNameUnicode"),
      ),
    ),
  TimeZone: zone,
  TimeZoneDefinition: zoneDefinition,
  Tombstone: counting("Records", COUNTED.meetings),
  TransferredSecurityDescriptor: (root, say) => owner(childOf(root, "SecurityDescriptor") ?? root, say),
  VerbStream: votes,
  Xid: (root) => `${str(root, "NamespaceGuid")} ${hexOf(root, "LocalId").replaceAll(" ", "")}`,
};

/**
 * A structure in one line: "Weekly on Friday, from 2023-01-06, 52 times", "One-off: Ann <ann@example.org>". "" where
 * there is nothing to say but the fields themselves.
 * @param say the language; English when left out
 */
export function describeStructure(tree: StructureTree, say: Say = inEnglish): string {
  if (tree.root.cut === true && (tree.root.children?.length ?? 0) < 2) return "";
  const text = DESCRIPTIONS[tree.id]?.(tree.root, say) ?? tree.root.display;
  return text.trim();
}
