/** The people of a message: sender, 'on behalf of', recipients with their answers. */
import * as vscode from "vscode";
import {
  type AddressRule,
  describeFlags,
  headerField,
  MAPI_BCC,
  MAPI_CC,
  MAPI_TO,
  partyOf,
  PR_REPLY_RECIPIENT_ENTRIES,
  PR_REPLY_RECIPIENT_NAMES,
  PR_TRANSPORT_MESSAGE_HEADERS,
  type PropertyReader,
  readerOf,
  recipientOf,
  type ResolvedAddress,
  resolveAddress,
  decodeStructure,
  walkStructure,
  samePerson,
} from "../../../core";
import type { MessageModel, MessagePerson, PeopleList } from "../../../protocol/message";
import type { MessageContext } from "./context";

const PR_RECIPIENT_TRACKSTATUS = 0x5fff0003;
const PR_RECIPIENT_FLAGS = 0x5ffd0003;
const RECIPIENT_ORGANIZER = 2;
const PR_NDR_REASON_CODE = 0x0c040003;
const PR_NDR_DIAG_CODE = 0x0c050003;
const PR_NDR_STATUS_CODE = 0x0c200003;
const PR_SUPPLEMENTARY_INFO = 0x0c1b001f;
/** Bits above the recipient type: resend marks. */
const TYPE_MASK = 0x0fffffff;

/** Where an address was found, in words; nothing to say of one that simply stands there. */
function originText(rule: AddressRule | undefined): string | undefined {
  switch (rule) {
    case undefined:
    case "address":
      return undefined;
    case "smtpProperty":
      return vscode.l10n.t("from the property for the SMTP address");
    case "entryId":
      return vscode.l10n.t("from the entry ID");
    case "originalAddress":
      return vscode.l10n.t("from the address before it was resolved");
    case "headers":
      return vscode.l10n.t("from the Internet headers");
    case "searchKey":
      return vscode.l10n.t("from the search key");
    case "untypedAddress":
      return vscode.l10n.t("a guess: the address has no type that says so");
    case "displayName":
      return vscode.l10n.t("a guess: the display name looks like an address");
  }
}

/** Somebody as a chip shows them. */
export function personModel(
  person: ResolvedAddress,
  more: Pick<MessagePerson, "status" | "object"> = {},
): MessagePerson {
  const { smtp, x500, isGuess } = person;
  const origin = originText(person.rule);
  const other = person.address === x500 ? "" : person.address;
  return {
    name: person.name || smtp || other || x500 || vscode.l10n.t("(no name)"),
    ...(smtp === undefined ? {} : { address: smtp }),
    isGuess,
    ...(origin === undefined ? {} : { origin }),
    ...(x500 === undefined ? {} : { x500 }),
    ...more,
  };
}

function trackText(status: number | undefined): string | undefined {
  switch (status) {
    case 1:
      return vscode.l10n.t("organizer");
    case 2:
      return vscode.l10n.t("tentative");
    case 3:
      return vscode.l10n.t("accepted");
    case 4:
      return vscode.l10n.t("declined");
    case 5:
      return vscode.l10n.t("has not answered");
    default:
      return undefined;
  }
}

/** Why a message did not reach a recipient, as a report says. */
function failureText({ dictionary }: MessageContext, row: PropertyReader): string | undefined {
  const codes = [PR_NDR_REASON_CODE, PR_NDR_DIAG_CODE].flatMap((tag) => {
    const value = row.number(tag);
    const table = dictionary.flagsOf(tag);
    return value === undefined || !table ? [] : [describeFlags(table, value)];
  });
  const status = row.number(PR_NDR_STATUS_CODE);
  const text = row.text(PR_SUPPLEMENTARY_INFO);
  const parts = [...codes, ...(status === undefined ? [] : [String(status)]), ...(text ? [text.trim()] : [])];
  return parts.length === 0 ? undefined : parts.join(" · ");
}

function statusOf(context: MessageContext, row: PropertyReader): string | undefined {
  const isOrganizer = ((row.number(PR_RECIPIENT_FLAGS) ?? 0) & RECIPIENT_ORGANIZER) !== 0;
  const track = trackText(isOrganizer ? 1 : row.number(PR_RECIPIENT_TRACKSTATUS));
  return track ?? (context.kind === "report" ? failureText(context, row) : undefined);
}

const MEETINGS: ReadonlySet<string> = new Set(["calendar", "calendar-exception", "meeting"]);

function listLabel(kind: number, isMeeting: boolean): Pick<PeopleList, "id" | "label"> {
  switch (kind) {
    case MAPI_TO:
      return { id: "to", label: isMeeting ? vscode.l10n.t("Required") : vscode.l10n.t("To") };
    case MAPI_CC:
      return { id: "cc", label: isMeeting ? vscode.l10n.t("Optional") : vscode.l10n.t("Cc") };
    case MAPI_BCC:
      return { id: "bcc", label: isMeeting ? vscode.l10n.t("Resources") : vscode.l10n.t("Bcc") };
    default:
      return { id: "other", label: vscode.l10n.t("Others") };
  }
}

/** The recipients by kind, in the order of the rows; kinds that nobody is of are left out. */
export function recipientLists(context: MessageContext): PeopleList[] {
  const { outline, view, codePage } = context;
  const rows = view.recipients.map(({ address, recipientKind }) => {
    const row = readerOf(outline, address, codePage);
    const status = statusOf(context, row);
    const more = { object: address, ...(status === undefined ? {} : { status }) };
    return { kind: (recipientKind ?? 0) & TYPE_MASK, person: personModel(recipientOf(row), more) };
  });
  const isMeeting = MEETINGS.has(context.kind);
  const kinds = [MAPI_TO, MAPI_CC, MAPI_BCC];
  const isOther = (kind: number): boolean => !kinds.includes(kind);
  const groups = [
    ...kinds.map((kind) => ({ kind, of: rows.filter((row) => row.kind === kind) })),
    { kind: 0, of: rows.filter((row) => isOther(row.kind)) },
  ];
  return groups
    .filter(({ of }) => of.length > 0)
    .map(({ kind, of }) => ({ ...listLabel(kind, isMeeting), people: of.map(({ person }) => person) }));
}

/** Items that are nobody's mail: who made them is no sender. */
const WITHOUT_SENDER: ReadonlySet<string> = new Set(["contact", "distlist", "task", "note", "journal"]);

/** Who sent it, and on whose behalf. */
export function senders({ reader, kind }: MessageContext): Pick<MessageModel, "from" | "sender"> {
  if (WITHOUT_SENDER.has(kind)) return {};
  const headers = reader.text(PR_TRANSPORT_MESSAGE_HEADERS) ?? "";
  const fromField = headerField(headers, "From");
  const sender = partyOf(reader, "sender", headerField(headers, "Sender") ?? fromField);
  const from = partyOf(reader, "from", fromField);
  const shown = from ?? sender;
  if (shown === undefined) return {};
  const isOther = from !== undefined && sender !== undefined && !samePerson(from, sender);
  return { from: personModel(shown), ...(isOther ? { sender: personModel(sender) } : {}) };
}

/** Who answers go to, where that is said. */
export function replyTo({ reader }: MessageContext): MessagePerson[] {
  const bytes = reader.bytes(PR_REPLY_RECIPIENT_ENTRIES);
  const names = (reader.text(PR_REPLY_RECIPIENT_NAMES) ?? "").split(";").map((name) => name.trim());
  if (bytes === undefined) return [];
  const { root } = decodeStructure("FlatEntryList", bytes, { codePage: 1252 });
  const entries = [...walkStructure(root)].filter(({ path }) => /^Entries\/\d+\/EntryId$/.test(path));
  return entries.map(({ node }, at) => {
    const entryId = bytes.subarray(node.offset, node.offset + node.length);
    return personModel(resolveAddress({ entryId, name: names[at] }));
  });
}
