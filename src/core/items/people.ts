/** Who is in a contact group, who voted and who reacted: lists of people inside binary values. */
import { PSETID_ADDRESS, PSETID_COMMON, PSETID_MESSAGING } from "../mapi/propertySets";
import { childOf, elementsOf, numberOf, textOf } from "../structures/scope";
import { decodeStructure } from "../structures/tree";
import type { StructureNode } from "../structures/types";
import { resolveAddress, type ResolvedAddress } from "./addresses";
import type { PropertyReader } from "./propertyReader";

const MEMBERS = { guid: PSETID_ADDRESS, id: 0x8055 };
const ONE_OFF_MEMBERS = { guid: PSETID_ADDRESS, id: 0x8054 };
const MEMBER_STREAM = { guid: PSETID_ADDRESS, id: 0x8064 };
const VERB_STREAM = { guid: PSETID_COMMON, id: 0x8520 };
const VOTE = 4;
/** Most members that are read. */
const MAX_MEMBERS = 10_000;
const WINDOWS_1252 = { codePage: 1252 };

/** The innermost entry id of a wrapped one. */
function embedded(bytes: Uint8Array): Uint8Array {
  const { root } = decodeStructure("EntryId", bytes, WINDOWS_1252);
  const inner = childOf(root, "EmbeddedEntryId");
  return inner ? bytes.subarray(inner.offset, inner.offset + inner.length) : bytes;
}

const person = (oneOff: Uint8Array | undefined, entryId: Uint8Array | undefined): ResolvedAddress => {
  const fromOneOff = resolveAddress({ entryId: oneOff });
  const known = fromOneOff.smtp !== undefined || fromOneOff.name !== "";
  return known || entryId === undefined ? fromOneOff : resolveAddress({ entryId: embedded(entryId) });
};

function bytesOf(whole: Uint8Array, node: StructureNode | undefined): Uint8Array | undefined {
  return node && whole.subarray(node.offset, node.offset + node.length);
}

/** The members of a contact group ([MS-OXOCNTC] 2.2.2): of its stream where it has one, for the lists may be cut then. */
export function groupMembers(reader: PropertyReader): readonly ResolvedAddress[] {
  const stream = reader.bytes(MEMBER_STREAM);
  if (stream !== undefined) {
    const { root } = decodeStructure("DistributionListStream", stream, WINDOWS_1252);
    const entries = elementsOf(childOf(root, "Entries")).slice(0, MAX_MEMBERS);
    const members = entries.map((entry) =>
      person(bytesOf(stream, childOf(entry, "OneOff")), bytesOf(stream, childOf(entry, "EntryId"))),
    );
    if (members.length > 0) return members;
  }
  const oneOffs = reader.blobs(ONE_OFF_MEMBERS);
  const entryIds = reader.blobs(MEMBERS);
  const count = Math.min(Math.max(oneOffs.length, entryIds.length), MAX_MEMBERS);
  return Array.from({ length: count }, (_, at) => person(oneOffs[at], entryIds[at]));
}

/** The choices of a vote ([MS-OXOMSG] 2.2.1.74), in order. */
export function voteChoices(reader: PropertyReader, codePage: number): readonly string[] {
  const bytes = reader.bytes(VERB_STREAM);
  if (bytes === undefined) return [];
  const { root } = decodeStructure("VerbStream", bytes, { codePage });
  const extras = elementsOf(childOf(root, "VoteOptionExtras"));
  return elementsOf(childOf(root, "VoteOptions")).flatMap((option, at) => {
    if (numberOf(childOf(option, "VerbType")) !== VOTE) return [];
    const name = textOf(childOf(extras[at], "DisplayName")) || textOf(childOf(option, "DisplayName"));
    return name === "" ? [] : [name];
  });
}

/** One reaction to a message. */
export interface Reaction {
  /** An emoji, or the kind in a word. */
  readonly kind: string;
  readonly name: string;
  readonly address: string;
}

const SUMMARY = { guid: PSETID_MESSAGING, name: "ReactionsSummary" };
const HISTORY = { guid: PSETID_MESSAGING, name: "ReactionsHistory" };
const SUMMARY_MAGIC = 0x76;

function reactionsOfSummary(bytes: Uint8Array): Reaction[] {
  const { root } = decodeStructure("ReactionsSummary", bytes, WINDOWS_1252);
  return elementsOf(childOf(root, "Reactions")).flatMap((each) => {
    const kind = textOf(childOf(each, "Emoji"));
    const name = textOf(childOf(each, "Name"));
    return kind === "" ? [] : [{ kind, name, address: textOf(childOf(each, "Address")) }];
  });
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;
const stringIn = (record: Record<string, unknown>, key: string): string => {
  const value = record[key];
  return typeof value === "string" ? value : "";
};

function reactionsOfJson(bytes: Uint8Array): Reaction[] {
  const { root } = decodeStructure("ReactionsHistory", bytes, WINDOWS_1252);
  let parsed: unknown;
  try {
    parsed = JSON.parse(textOf(childOf(root, "Json")).replace(/\0+$/, ""));
  } catch {
    return [];
  }
  if (!Array.isArray(parsed)) return [];
  return parsed.slice(0, MAX_MEMBERS).flatMap((each: unknown) => {
    if (!isRecord(each)) return [];
    const kind = stringIn(each, "Type");
    return kind === "" ? [] : [{ kind, name: stringIn(each, "Name"), address: stringIn(each, "Email") }];
  });
}

/** Who reacted to a message, and how; reactions that were taken back are in the history alone and not counted. */
export function reactionsOf(reader: PropertyReader): readonly Reaction[] {
  const summary = reader.bytes(SUMMARY);
  if (summary !== undefined && summary[0] === SUMMARY_MAGIC) return reactionsOfSummary(summary);
  const json = summary ?? reader.bytes(HISTORY);
  return json === undefined ? [] : reactionsOfJson(json);
}
