/** Which property holds which structure. */
import { parseGuid } from "../mapi/guid";
import {
  PSETID_ADDRESS,
  PSETID_APPOINTMENT,
  PSETID_COMMON,
  PSETID_MEETING,
  PSETID_MESSAGING,
  PSETID_SHARING,
  PSETID_TASK,
} from "../mapi/propertySets";
import {
  elementType,
  isMultiValued,
  propId,
  propType,
  PT_ACTIONS,
  PT_BINARY,
  PT_I8,
  PT_SRESTRICTION,
  PT_UNSPECIFIED,
} from "../mapi/propertyTypes";
import type { StructureId } from "./registry";

/** A property: its tag, or its name with the type where that is known. */
export type StructureKey =
  | { readonly tag: number }
  | { readonly guid: string; readonly id: number; readonly type?: number }
  | { readonly guid: string; readonly name: string; readonly type?: number };

/** Property ids in hex, by the structure in their value; multi-valued ones hold it in each. */
const TAGS: readonly (readonly [StructureId, string])[] = [
  [
    "EntryId",
    "003F 0041 0043 0045 0046 004C 005B 005E 0C19 0E09 0E0A 0E2C 0FFB 0FFF 1012 300F 3010 35E0 35E2 35E3 35E4 35E5 35E6 " +
      "35E7 35FF 3611 3612 3616 36D0 36D1 36D2 36D3 36D4 36D5 36D6 36D7 36D8 36E4 3A12 3A53 3D06 3D07 3E01 3E06 3E0A 3FF0 " +
      "3FF3 3FF4 3FF9 3FFB 5FF7 6610 6619 661B 661E 661F 6620 6622 6626 6628 6629 6630 6631 663B 663C 6646 6651 6652 665E " +
      "6665 6670 667A 668A 668B 668C 684C 684E 6854 6891 6904 7005",
  ],
  ["FlatEntryList", "004F 103B 103D"],
  ["ReportTag", "0031"],
  ["ConversationIndex", "0071"],
  ["SwappedToDo", "0E2D"],
  ["TransferredSecurityDescriptor", "0E27 0E84 0F00 3D21 3D22"],
  ["Sid", "0E4D 0E4E 0E4F 0E50 0E51 0E52 0E53 0E54 0E55 0E56 0E57 0E58 0E59"],
  ["ExtendedRuleAction", "0E99"],
  ["ExtendedRuleCondition", "0E9A"],
  ["Guid", "3018 3019 6850 6890"],
  ["Xid", "65E0 65E1 65E2 6655 7D02"],
  ["PredecessorChangeList", "65E3"],
  ["RuleAction", "65EF"],
  ["RuleCondition", "65F0"],
  ["AdditionalRenEntryIdsEx", "36D9"],
  ["ExtendedFolderFlags", "36DA"],
  ["WebViewPersistStream", "36DF"],
  ["FolderUserFields", "36E3"],
  ["SearchFolderDefinition", "6845"],
  ["Tombstone", "686A"],
];

/** Of these only the multi-valued ones hold free/busy times: other properties have the same ids. */
const FREE_BUSY: ReadonlySet<number> = new Set([0x6850, 0x6852, 0x6854, 0x6856]);

/** PR_ROAMING_BINARYSTREAM: a stream of Outlook's settings; which one its first bytes say. */
const ROAMING_BINARY = 0x7c09;
/** The first bytes of the nickname cache. */
const NICKNAMES_MAGIC = [0x0d, 0xf0, 0xad, 0xba];

/** Ids of properties that are 64-bit numbers, or rules. */
const NUMBERS: ReadonlySet<number> = new Set([0x6748, 0x6749, 0x674a, 0x674d]);

/** Named properties: the set, and ids in hex or names, by structure. */
const NAMED: readonly (readonly [StructureId, string, string])[] = [
  ["AppointmentRecurrencePattern", PSETID_APPOINTMENT, "8216"],
  ["TimeZone", PSETID_APPOINTMENT, "8233"],
  ["TimeZoneDefinition", PSETID_APPOINTMENT, "825E 825F 8260"],
  ["EntryId", PSETID_APPOINTMENT, "820C 8237"],
  ["RecipientRowStream", PSETID_APPOINTMENT, "823D 825D 8261"],
  ["GlobalObjectId", PSETID_MEETING, "0003 0023"],
  ["RecurrencePattern", PSETID_TASK, "8116"],
  ["TaskAssigners", PSETID_TASK, "8117"],
  ["VerbStream", PSETID_COMMON, "8520"],
  ["PropertyDefinitionStream", PSETID_COMMON, "8540"],
  ["EntryList", PSETID_COMMON, "8585"],
  ["EntryId", PSETID_COMMON, "859C 85BD 85C6 85C7"],
  ["Guid", PSETID_COMMON, "8519"],
  ["BusinessCard", PSETID_ADDRESS, "8040"],
  [
    "EntryId",
    PSETID_ADDRESS,
    "804D 804E 8054 8055 8085 8095 80A5 80B1 80B5 80C1 80C5 80D1 80D5 80E2 BirthdayContactEntryId",
  ],
  ["DistributionListStream", PSETID_ADDRESS, "8064"],
  ["EntryId", PSETID_SHARING, "8A09 8A15 8A29 8A2D 8A2E 8A5C"],
  ["Guid", PSETID_SHARING, "8A01 8A1C"],
  ["ReactionsSummary", PSETID_MESSAGING, "ReactionsSummary"],
  ["ReactionsHistory", PSETID_MESSAGING, "ReactionsHistory OwnerReactionHistory"],
];

const byId: ReadonlyMap<number, StructureId> = new Map(
  TAGS.flatMap(([id, ids]) =>
    ids.split(" ").map((digits): [number, StructureId] => [Number.parseInt(digits, 16), id]),
  ),
);

const namedKey = (guid: string, key: string): string => `${guid} ${key.toLowerCase()}`;

const byName: ReadonlyMap<string, StructureId> = new Map(
  NAMED.flatMap(([id, guid, keys]) =>
    keys.split(" ").map((key): [string, StructureId] => [namedKey(guid, key), id]),
  ),
);

const BINARY: ReadonlySet<number> = new Set([PT_BINARY, PT_UNSPECIFIED]);

function structureOfTag(tag: number): StructureId | undefined {
  const type = propType(tag);
  if (type === PT_SRESTRICTION) return "RuleCondition";
  if (type === PT_ACTIONS) return "RuleAction";
  if (type === PT_I8 && NUMBERS.has(propId(tag))) return "FolderOrMessageId";
  if (isMultiValued(type) && FREE_BUSY.has(propId(tag)))
    return elementType(type) === PT_BINARY ? "FreeBusy" : undefined;
  return BINARY.has(elementType(type)) ? byId.get(propId(tag)) : undefined;
}

/**
 * The structure in a property's value, or in each value of a multi-valued one; undefined where none is known. Of
 * PT_I8 properties with folder and message ids it is the structure of the 8 bytes, little-endian.
 */
export function structuresOf(property: StructureKey): StructureId | undefined {
  if ("tag" in property) return structureOfTag(property.tag);
  if (property.type !== undefined && !BINARY.has(elementType(property.type))) return undefined;
  const guid = parseGuid(property.guid) ?? property.guid;
  const key = "name" in property ? property.name : (property.id & 0xffff).toString(16).padStart(4, "0");
  return byName.get(namedKey(guid, key));
}

/** The first byte of reactions in the compact form; others are JSON. */
const REACTIONS_MAGIC = 0x76;

/** The structure of just these bytes: some properties hold one or another. */
export function structureOfValue(property: StructureKey, bytes: Uint8Array): StructureId | undefined {
  if ("tag" in property && propId(property.tag) === ROAMING_BINARY && propType(property.tag) === PT_BINARY)
    return NICKNAMES_MAGIC.every((byte, at) => bytes[at] === byte) ? "NicknameCache" : undefined;
  const id = structuresOf(property);
  return id === "ReactionsSummary" && bytes[0] !== REACTIONS_MAGIC ? "ReactionsHistory" : id;
}
