/** A structure in one line, for the cells of a grid. */
import { formatFileTime } from "../mapi/dateText";
import { formatBinary } from "../mapi/binaryText";
import { clockText, RTIME_NO_END, rTimeText } from "./numbers";
import type { StructureId } from "./registry";
import { childOf, elementsOf, numberOf, textOf } from "./scope";
import { findNode } from "./tree";
import type { StructureNode, StructureTree } from "./types";

type Describe = (root: StructureNode) => string;

/** Most names of a list that are written out. */
const MAX_LISTED = 5;
const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const WHICH = ["", "first", "second", "third", "fourth", "last"];
const WORKDAYS = 0x3e;
const EVERY_DAY = 0x7f;
const DAY = 1440;

const count = (number: number, one: string, many = `${one}s`): string =>
  number === 1 ? `1 ${one}` : `${number} ${many}`;
const listed = (items: readonly string[]): string =>
  items.slice(0, MAX_LISTED).join("; ") + (items.length > MAX_LISTED ? "; …" : "");
const num = (node: StructureNode | undefined, name: string): number => numberOf(childOf(node, name));
const str = (node: StructureNode | undefined, name: string): string => textOf(childOf(node, name));
const dateOf = (node: StructureNode | undefined, name: string): string =>
  rTimeText(num(node, name)).slice(0, 10);

function dayNames(mask: number): string {
  if (mask === EVERY_DAY) return "every day";
  if (mask === WORKDAYS) return "weekdays";
  return DAYS.filter((_, at) => (mask & (1 << at)) !== 0).join(", ");
}

/** "Weekly", "Every 2 weeks". */
const every = (period: number, adverb: string, unit: string): string =>
  period === 1 ? adverb : `Every ${period} ${unit}`;

function rhythm(node: StructureNode): string {
  const period = num(node, "Period");
  const yearly = num(node, "RecurFrequency") === 0x200d;
  const months = yearly ? every(period / 12, "Yearly", "years") : every(period, "Monthly", "months");
  const days = dayNames(num(node, "WeekRecurrencePattern"));
  switch (num(node, "PatternType")) {
    case 0:
      return every(period / DAY, "Daily", "days");
    case 1:
      return `${every(period, "Weekly", "weeks")} on ${days}`;
    case 3:
    case 0xb:
      return `${months} on the ${WHICH[num(node, "N")] ?? ""} ${days}`;
    default:
      return `${months} on day ${num(node, "DayOfMonth")}`;
  }
}

function range(node: StructureNode): string {
  const start = `from ${dateOf(node, "StartDate")}`;
  const end = num(node, "EndType");
  if (end === 0x2022) return `${start}, ${count(num(node, "OccurrenceCount"), "time")}`;
  const endless = end === 0x2023 || end === 0xffffffff || num(node, "EndDate") === RTIME_NO_END;
  return endless ? `${start}, without end` : `${start} to ${dateOf(node, "EndDate")}`;
}

/** "Weekly on Friday, from 2023-01-06, 52 times, 1 exception, 2 deleted". */
function recurrence(node: StructureNode): string {
  const modified = num(node, "ModifiedInstanceCount");
  const deleted = num(node, "DeletedInstanceCount") - modified;
  return [
    rhythm(node),
    range(node),
    ...(modified > 0 ? [count(modified, "exception")] : []),
    ...(deleted > 0 ? [`${deleted} deleted`] : []),
  ].join(", ");
}

function appointment(root: StructureNode): string {
  const pattern = childOf(root, "RecurrencePattern");
  if (pattern === undefined || childOf(root, "EndTimeOffset") === undefined) return "Recurrence, cut off";
  const start = clockText(num(root, "StartTimeOffset"));
  return `${recurrence(pattern)}, ${start} to ${clockText(num(root, "EndTimeOffset"))}`;
}

const person = (name: string, address: string): string =>
  name === "" || name === address ? address : `${name} <${address}>`;

/** Addresses of a contact ([MS-OXOCNTC] 2.2.1.2.5). */
const ADDRESSES = ["e-mail 1", "e-mail 2", "e-mail 3", "fax 1", "fax 2", "fax 3"];

/** Entry ids by a field that only one kind has. */
const ENTRY_IDS: readonly (readonly [string, Describe])[] = [
  ["OneOffFlags", (root) => `One-off: ${person(str(root, "DisplayName"), str(root, "EmailAddress"))}`],
  ["X500DN", (root) => `Address book: ${str(root, "X500DN")}`],
  ["EmbeddedEntryId", (root) => `Member: ${entryId(childOf(root, "EmbeddedEntryId"))}`],
  ["DLLFileName", (root) => `Store: ${storeName(root)}`],
  ["NodeId", (root) => `Item of a personal store: ${childOf(root, "NodeId")?.display ?? ""}`],
  ["FolderType", (root) => `Exchange folder ${counterOf(root, "GlobalCounter")}`],
  ["MessageType", (root) => `Exchange message ${counterOf(root, "MessageGlobalCounter")}`],
  ["Index", (root) => `Contact: ${ADDRESSES[num(root, "Index")] ?? childOf(root, "Index")?.display ?? ""}`],
  ["FolderUID", () => "Folder of contacts"],
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

function entryId(root: StructureNode | undefined): string {
  if (root === undefined) return "Entry ID, cut off";
  const found = ENTRY_IDS.find(([name]) => childOf(root, name) !== undefined);
  if (found !== undefined) return found[1](root);
  const provider = childOf(root, "ProviderUID");
  return provider === undefined ? "Entry ID, cut off" : `Entry ID of ${provider.display}`;
}

const named =
  (array: string, one: string, many?: string): Describe =>
  (root) => {
    const elements = elementsOf(childOf(root, array));
    const names = elements.map((element) => element.display).filter((name) => name !== "");
    return names.length === 0 ? count(elements.length, one, many) : listed(names);
  };

function entryIds(array: string): Describe {
  return (root) => {
    const elements = elementsOf(childOf(root, array));
    const ids = elements.map((element) => entryId(childOf(element, "EntryId") ?? element));
    return ids.length === 0 ? "No entries" : listed(ids);
  };
}

function conversation(root: StructureNode): string {
  const time = childOf(root, "HeaderTime")?.value;
  const header = typeof time === "bigint" ? formatFileTime(time).slice(0, 19).replace("T", " ") : "cut off";
  const replies = elementsOf(childOf(root, "ResponseLevels")).length;
  return replies === 0 ? `Header ${header}` : `Header ${header} + ${count(replies, "reply", "replies")}`;
}

function globalId(root: StructureNode): string {
  const [year, month, day] = ["Year", "Month", "Day"].map((name) => num(root, name));
  const occurrence = year === 0 ? "" : `, occurrence of ${year ?? 0}-${two(month ?? 0)}-${two(day ?? 0)}`;
  const uid = textOf(findNode(root, "Data/Uid"));
  if (uid !== "") return `iCalendar ${uid}${occurrence}`;
  const created = childOf(root, "CreationTime")?.value;
  const time =
    typeof created === "bigint" && created > 0n ? `, created ${formatFileTime(created).slice(0, 10)}` : "";
  return `Meeting ${hexOf(childOf(root, "Data") ?? root, "Bytes").replaceAll(" ", "")}${time}${occurrence}`;
}

const two = (value: number): string => value.toString().padStart(2, "0");

/** A bias as an offset from UTC: 300 minutes are "UTC-05:00". */
function utcOffset(bias: number): string {
  return `UTC${bias > 0 ? "-" : "+"}${clockText(Math.abs(bias))}`;
}

function zone(root: StructureNode): string {
  const daylight = num(childOf(root, "DaylightDate"), "Month") === 0 ? "" : `, daylight saving time`;
  return `${utcOffset(num(root, "Bias") + num(root, "StandardBias"))}${daylight}`;
}

const zoneDefinition: Describe = (root) =>
  `${str(root, "KeyName")}, ${count(elementsOf(childOf(root, "TZRules")).length, "rule")}`;

function votes(root: StructureNode): string {
  const options = elementsOf(childOf(root, "VoteOptions"));
  const extras = elementsOf(childOf(root, "VoteOptionExtras"));
  const names = options.flatMap((option, at) =>
    num(option, "VerbType") === 4 ? [str(extras[at], "DisplayName") || str(option, "DisplayName")] : [],
  );
  return names.length === 0 ? `${count(options.length, "action")}, no voting` : `Voting: ${listed(names)}`;
}

const owner: Describe = (root) => {
  const sid = str(findNode(root, "Parts/OwnerSid"), "TextualSid");
  return sid === "" ? "" : `Owner ${sid}`;
};

const DESCRIPTIONS: Partial<Record<StructureId, Describe>> = {
  AppointmentRecurrencePattern: appointment,
  ConversationIndex: conversation,
  EntryId: entryId,
  EntryList: entryIds("EntryIds"),
  FlatEntryList: entryIds("Entries"),
  FolderUserFields: (root) =>
    named("FieldDefinitions", "field")(childOf(root, "FolderUserFieldsUnicode") ?? root),
  GlobalObjectId: globalId,
  Guid: (root) => childOf(root, "Guid")?.display ?? "",
  NicknameCache: (root) => count(elementsOf(childOf(root, "Rows")).length, "recipient"),
  PredecessorChangeList: (root) => count(elementsOf(childOf(root, "SizedXids")).length, "change"),
  PropertyDefinitionStream: named("FieldDefinitions", "field"),
  ReactionsHistory: (root) => str(root, "Json"),
  ReactionsSummary: named("Counts", "reaction"),
  RecipientRowStream: (root) => count(elementsOf(childOf(root, "Rows")).length, "recipient"),
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
  Tombstone: (root) => count(elementsOf(childOf(root, "Records")).length, "meeting"),
  TransferredSecurityDescriptor: (root) => owner(childOf(root, "SecurityDescriptor") ?? root),
  VerbStream: votes,
  Xid: (root) => `${str(root, "NamespaceGuid")} ${hexOf(root, "LocalId").replaceAll(" ", "")}`,
};

/**
 * A structure in one line: "Weekly on Friday, from 2023-01-06, 52 times", "One-off: Ann <ann@example.org>". "" where
 * there is nothing to say but the fields themselves. English, as the terms of the field are.
 */
export function describeStructure(tree: StructureTree): string {
  if (tree.root.cut === true && (tree.root.children?.length ?? 0) < 2) return "";
  const text = DESCRIPTIONS[tree.id]?.(tree.root) ?? tree.root.display;
  return text.trim();
}
