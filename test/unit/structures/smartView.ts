/** Pairs of bytes and what MFCMAPI's Smart View says of them, with the facts that can be looked up in our trees. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { StructureId } from "../../../src/core/structures";

const FOLDER = path.join(
  process.env.MSG_CORPUS ?? path.resolve(process.cwd(), "../shared/corpus"),
  "smartview",
);

/** Parsers by their name in MFCMAPI; ENCODEENTRYID turns bytes into text and reads no structure. */
const STRUCTURES: Readonly<Record<string, StructureId>> = {
  ACECONTAINER: "AccessControlEntry",
  ACEFB: "AccessControlEntry",
  ACEMESSAGE: "AccessControlEntry",
  ACL: "AccessControlList",
  ADDITIONALRENENTRYIDSEX: "AdditionalRenEntryIdsEx",
  APPOINTMENTRECURRENCEPATTERN: "AppointmentRecurrencePattern",
  CONVERSATIONINDEX: "ConversationIndex",
  DECODEENTRYID: "EncodedEntryId",
  ENTRYID: "EntryId",
  ENTRYLIST: "EntryList",
  EXTENDEDFOLDERFLAGS: "ExtendedFolderFlags",
  EXTENDEDRULEACTION: "ExtendedRuleAction",
  EXTENDEDRULECONDITION: "ExtendedRuleCondition",
  FBSECURITYDESCRIPTOR: "TransferredSecurityDescriptor",
  FLATENTRYLIST: "FlatEntryList",
  FOLDERUSERFIELDS: "FolderUserFields",
  GLOBALOBJECTID: "GlobalObjectId",
  NICKNAMECACHE: "NicknameCache",
  NTSD: "TransferredSecurityDescriptor",
  PCL: "PredecessorChangeList",
  PROPERTIES: "PropertyValues",
  PROPERTYDEFINITIONSTREAM: "PropertyDefinitionStream",
  RECIPIENTROWSTREAM: "RecipientRowStream",
  RECURRENCEPATTERN: "RecurrencePattern",
  REPORTTAG: "ReportTag",
  RESTRICTION: "Restriction",
  RULECONDITION: "RuleCondition",
  SEARCHFOLDERDEFINITION: "SearchFolderDefinition",
  SECURITYDESCRIPTOR: "SecurityDescriptor",
  SID: "Sid",
  SWAPPEDTODO: "SwappedToDo",
  TASKASSIGNERS: "TaskAssigners",
  TIMEZONE: "TimeZone",
  TIMEZONEDEFINITION: "TimeZoneDefinition",
  TOMBSTONE: "Tombstone",
  VERBSTREAM: "VerbStream",
  WEBVIEWPERSISTSTREAM: "WebViewPersistStream",
  XID: "Xid",
};

/** A pair. */
export interface SmartViewSample {
  readonly name: string;
  readonly id: StructureId;
  readonly bytes: Uint8Array;
  /** MFCMAPI's text. */
  readonly text: string;
}

function readText(file: string): string {
  const bytes = readFileSync(file);
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe;
  return bytes.toString(wide ? "utf16le" : "utf8").replace(/^\uFEFF/, "");
}

/** All pairs; none where the corpus is not there. */
export function smartViewSamples(): SmartViewSample[] {
  const folder = path.join(FOLDER, "in");
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((file) => {
    const name = file.replace(/\.hex$/, "");
    const id = STRUCTURES[name.replace(/-\d+$/, "")];
    if (id === undefined) return [];
    const digits = readText(path.join(folder, file)).replace(/[^0-9a-f]/gi, "");
    const bytes = Uint8Array.from(Buffer.from(digits, "hex"));
    return [{ name, id, bytes, text: readText(path.join(FOLDER, "out", `${name}.txt`)) }];
  });
}

/** Something MFCMAPI shows, in a form that does not depend on how it is written. */
export interface Fact {
  readonly kind: "number" | "guid" | "bytes" | "time" | "text";
  readonly value: bigint | string;
  readonly line: string;
  /** Where the line starts in the text. */
  readonly at: number;
}

const TIME = /(\d{2}):(\d{2}):(\d{2})\.(\d{3}) (AM|PM) (\d{1,2})\/(\d{1,2})\/(\d{4})/g;

/** MFCMAPI's time as "2011-02-17T14:30:00.000". */
function isoTime(match: RegExpMatchArray): string {
  const [, hour = "", minute = "", second = "", ms = "", half = "", month = "", day = "", year = ""] = match;
  const hours = (Number(hour) % 12) + (half === "PM" ? 12 : 0);
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return `${date}T${hours.toString().padStart(2, "0")}:${minute}:${second}.${ms}`;
}

/** Fields of MFCMAPI whose text is data, and not a name of its own. */
const TEXT_LINE =
  /^\s*(?:\|\s*)*(?:sz\w+(?: \(\w+\))?|X500DN|DLLFileName|ServerShortname|MailboxDN|DN|FQDN|Subject|Location|WideChar\w+|DisplayName\w*|MsgClsName|Internal1String|NmidName|FieldName|Name|PropString|Textual SID|wszFlagTo)\s*[:=] (?!0x|cb: )(.*)$/;

/** Notes of MFCMAPI on properties; they come from its tables and not from the bytes. */
const NOTE =
  /^\s*(?:\|\s*)*(?:Name: (?:PR|ptag)|Other Matches|AltPropString|User:|Flags: (?!0x)|: \(|= Pid|= PR)/;

/** What a text stands for: values of properties are written as text, whatever their type. */
function textFacts(data: string, line: string, at: number): Fact[] {
  const isValue = line.includes("PropString");
  if (isValue && /^-?\d+$/.test(data))
    return [{ kind: "number", value: BigInt.asUintN(32, BigInt(data)), line, at }];
  if (isValue && /^(True|False)$/.test(data))
    return [{ kind: "number", value: data === "True" ? 1n : 0n, line, at }];
  const error = /^Err: (0x[0-9A-F]+)/.exec(data)?.[1];
  if (error !== undefined) return [{ kind: "number", value: BigInt(error), line, at }];
  if (isValue && data.search(TIME) === 0) return [];
  const text = data
    .trim()
    .replace(/^"(.*)"$/, "$1")
    .replace(/^1: /, "")
    .replace(/\.{20,}$/, "");
  return [{ kind: "text", value: text, line, at }];
}

/** The facts in a text of MFCMAPI. */
export function factsOf(text: string): Fact[] {
  const facts: Fact[] = [];
  let next = 0;
  for (const raw of text.split("\n")) {
    const at = next;
    next += raw.length + 1;
    const line = raw.replace(/\r$/, "");
    if (NOTE.test(line) || line.includes("Unparsed data size")) continue;
    const bytes = /cb: \d+ lpb: ([0-9A-F]+)/.exec(line)?.[1];
    if (bytes !== undefined) facts.push({ kind: "bytes", value: bytes, line, at });
    for (const [guid] of line.matchAll(/(?<=[:=] )\{[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}\}/g)) {
      facts.push({ kind: "guid", value: guid, line, at });
    }
    for (const match of line.matchAll(TIME)) facts.push({ kind: "time", value: isoTime(match), line, at });
    const data = TEXT_LINE.exec(line)?.[1];
    if (data !== undefined) facts.push(...textFacts(data, line, at));
    // What stands behind the first number repeats it, or names its bits.
    const number = /[:=] ?(0x[0-9A-F]+)/.exec(line)?.[1] ?? /^\s*(0x[0-9A-F]+) =/.exec(line)?.[1];
    if (number !== undefined) facts.push({ kind: "number", value: BigInt(number), line, at });
  }
  return facts;
}
