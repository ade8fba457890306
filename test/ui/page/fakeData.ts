/** A plausible message with recipients, attachments and an embedded message, for pages without an extension. */
import type { EditorKind, NodeKind } from "../../../src/protocol/viewModel";

/** A property as the stubbed host keeps it: its edit text (or texts). */
export interface FakeProperty {
  readonly tag: number;
  readonly name: string;
  readonly canonicalName: string;
  readonly mapiName: string;
  readonly namedAs: string;
  readonly flags: number;
  readonly values: readonly string[];
  readonly readOnly?: string;
  readonly problem?: string;
  /** Meaning that is shown instead of the text. */
  readonly meaning?: string;
}

/** An object as the stubbed host keeps it. */
export interface FakeObject {
  readonly id: string;
  readonly kind: NodeKind;
  readonly label: string;
  readonly description?: string;
  readonly icon: string;
  readonly badge?: string;
  readonly problem?: string;
  readonly properties: FakeProperty[];
  readonly children: FakeObject[];
}

/** Types by code: their name and the editor that fits. */
export const TYPES: Readonly<Record<number, { readonly label: string; readonly editor: EditorKind }>> = {
  0x0002: { label: "PT_SHORT", editor: "line" },
  0x0003: { label: "PT_LONG", editor: "line" },
  0x0004: { label: "PT_R4", editor: "line" },
  0x0005: { label: "PT_DOUBLE", editor: "line" },
  0x0006: { label: "PT_CURRENCY", editor: "line" },
  0x0007: { label: "PT_APPTIME", editor: "line" },
  0x000a: { label: "PT_ERROR", editor: "line" },
  0x000b: { label: "PT_BOOLEAN", editor: "boolean" },
  0x000d: { label: "PT_OBJECT", editor: "none" },
  0x0014: { label: "PT_I8", editor: "line" },
  0x001e: { label: "PT_STRING8", editor: "line" },
  0x001f: { label: "PT_UNICODE", editor: "line" },
  0x0040: { label: "PT_SYSTIME", editor: "line" },
  0x0048: { label: "PT_CLSID", editor: "line" },
  0x0102: { label: "PT_BINARY", editor: "hex" },
  ...Object.fromEntries(
    (
      [
        [0x1002, "PT_MV_I2"],
        [0x1003, "PT_MV_LONG"],
        [0x1004, "PT_MV_R4"],
        [0x1005, "PT_MV_DOUBLE"],
        [0x1006, "PT_MV_CURRENCY"],
        [0x1007, "PT_MV_APPTIME"],
        [0x1014, "PT_MV_I8"],
        [0x101e, "PT_MV_STRING8"],
        [0x101f, "PT_MV_UNICODE"],
        [0x1040, "PT_MV_SYSTIME"],
        [0x1048, "PT_MV_CLSID"],
        [0x1102, "PT_MV_BINARY"],
      ] as const
    ).map(([type, label]) => [type, { label, editor: "list" as const }]),
  ),
};

type Extra = Partial<Omit<FakeProperty, "tag" | "name" | "canonicalName" | "mapiName">>;

function property(
  tag: number,
  name: string,
  canonicalName: string,
  mapiName: string,
  value: string | readonly string[],
  extra: Extra = {},
): FakeProperty {
  const values = typeof value === "string" ? [value] : value;
  return { tag, name, canonicalName, mapiName, namedAs: "", flags: 6, values, ...extra };
}

const LONG_BODY = [
  "Dear all,",
  "",
  "the figures for the quarter are attached. Two remarks:",
  "the northern region is counted with the old boundaries, and the currency is not converted.",
  "",
  "Kind regards",
  "Ann",
].join("\r\n");

const hexOf = (length: number, seed: number): string =>
  Array.from({ length }, (_, index) =>
    ((index * 37 + seed) & 0xff).toString(16).toUpperCase().padStart(2, "0"),
  ).join(" ");

function messageProperties(subject: string): FakeProperty[] {
  const known = [
    property(0x001a001f, "Message class", "PidTagMessageClass", "PR_MESSAGE_CLASS", "IPM.Note"),
    property(0x0037001f, "Subject", "PidTagSubject", "PR_SUBJECT", subject),
    property(0x003d001f, "Subject prefix", "PidTagSubjectPrefix", "PR_SUBJECT_PREFIX", ""),
    property(0x0e1d001f, "Normalized subject", "PidTagNormalizedSubject", "PR_NORMALIZED_SUBJECT", subject),
    property(0x0e070003, "Message flags", "PidTagMessageFlags", "PR_MESSAGE_FLAGS", "17", {
      meaning: "0x11  Read, HasAttach",
    }),
    property(
      0x00390040,
      "Client submit time",
      "PidTagClientSubmitTime",
      "PR_CLIENT_SUBMIT_TIME",
      "2026-03-01T08:12:44.1230000Z",
      {
        meaning: "2026-03-01 09:12:44.1230000 +01:00",
      },
    ),
    property(
      0x0e060040,
      "Message delivery time",
      "PidTagMessageDeliveryTime",
      "PR_MESSAGE_DELIVERY_TIME",
      "2026-03-01T08:12:51.0000000Z",
      {
        meaning: "2026-03-01 09:12:51.0000000 +01:00",
      },
    ),
    property(
      0x00710102,
      "Conversation index",
      "PidTagConversationIndex",
      "PR_CONVERSATION_INDEX",
      hexOf(22, 1),
      {
        meaning: "22 bytes  Conversation index, 2026-03-01",
      },
    ),
    property(0x00260003, "Priority", "PidTagPriority", "PR_PRIORITY", "0", { meaning: "0  Normal" }),
    property(0x00170003, "Importance", "PidTagImportance", "PR_IMPORTANCE", "1", { meaning: "1  Normal" }),
    property(0x00360003, "Sensitivity", "PidTagSensitivity", "PR_SENSITIVITY", "0", { meaning: "0  None" }),
    property(0x0e1b000b, "Has attachments", "PidTagHasAttachments", "PR_HASATTACH", "true"),
    property(
      0x0029000b,
      "Read receipt requested",
      "PidTagReadReceiptRequested",
      "PR_READ_RECEIPT_REQUESTED",
      "false",
    ),
    property(0x1000001f, "Body", "PidTagBody", "PR_BODY", LONG_BODY),
    property(0x10090102, "Compressed RTF body", "PidTagRtfCompressed", "PR_RTF_COMPRESSED", hexOf(6000, 9)),
    property(0x0c1a001f, "Sender name", "PidTagSenderName", "PR_SENDER_NAME", "Ann Archer"),
    property(
      0x0c1f001f,
      "Sender e-mail address",
      "PidTagSenderEmailAddress",
      "PR_SENDER_EMAIL_ADDRESS",
      "ann@example.com",
    ),
    property(0x0c190102, "Sender entry identifier", "PidTagSenderEntryId", "PR_SENDER_ENTRYID", hexOf(48, 3)),
    property(0x0e04001f, "Display to", "PidTagDisplayTo", "PR_DISPLAY_TO", "Bob Baker; Carol \u202egnp.exe"),
    property(
      0x1035001f,
      "Internet message identifier",
      "PidTagInternetMessageId",
      "PR_INTERNET_MESSAGE_ID",
      "<4711@example.com>",
    ),
    property(0x3fde0003, "Internet code page", "PidTagInternetCodepage", "PR_INTERNET_CPID", "65001", {
      meaning: "65001  utf-8",
    }),
    property(0x340d0003, "Store support mask", "PidTagStoreSupportMask", "PR_STORE_SUPPORT_MASK", "262144", {
      meaning: "0x00040000  Unicode",
      readOnly: "The format of the file decides this value.",
    }),
    property(0x8003101f, "Keywords", "PidNameKeywords", "", ["Finance", "Quarter", "Grün"], {
      namedAs: "PS_PUBLIC_STRINGS Keywords",
    }),
    property(0x80051003, "Sniff lengths", "", "", ["3", "5", "8"], { namedAs: "PSETID_Common 0x8599" }),
    property(0x8006000b, "Reminder set", "PidLidReminderSet", "", "false", {
      namedAs: "PSETID_Common 0x8503",
    }),
    property(0x80070040, "Reminder time", "PidLidReminderTime", "", "2026-03-02T07:00:00.0000000Z", {
      namedAs: "PSETID_Common 0x8502",
      problem: "The stored time lies before 1601.",
    }),
    property(0x80080048, "Global object", "", "", "{00062008-0000-0000-C000-000000000046}", {
      namedAs: "PSETID_Meeting 0x0023",
    }),
    property(0x00300014, "Change number", "PidTagChangeNumber", "PR_CHANGE_NUM", "123456789012"),
    property(0x3701000d, "Nested object", "PidTagAttachDataObject", "PR_ATTACH_DATA_OBJ", ""),
    property(0x00020003, "Line\u0007feed\ntest", "", "", "1"),
  ];
  const rest = Array.from({ length: 60 }, (_, index) =>
    property(0x66000003 + index * 0x10000, `Provider value ${index + 1}`, "", "", String(index * 7)),
  );
  return [...known, ...rest];
}

const recipientProperties = (name: string, address: string, kind: number): FakeProperty[] => [
  property(0x0c150003, "Recipient type", "PidTagRecipientType", "PR_RECIPIENT_TYPE", String(kind)),
  property(0x3001001f, "Display name", "PidTagDisplayName", "PR_DISPLAY_NAME", name),
  property(0x3003001f, "E-mail address", "PidTagEmailAddress", "PR_EMAIL_ADDRESS", address),
  property(0x3002001f, "Address type", "PidTagAddressType", "PR_ADDRTYPE", "SMTP"),
];

/** A recipient. */
export function recipient(id: string, kind: number, name: string, address: string): FakeObject {
  return {
    id,
    kind: "recipient",
    label: name,
    description: address,
    icon: "account",
    badge: ["", "To", "Cc", "Bcc"][kind] ?? "To",
    properties: recipientProperties(name, address, kind),
    children: [],
  };
}

/** An attachment. */
export function attachment(id: string, name: string, size: string, children: FakeObject[] = []): FakeObject {
  return {
    id,
    kind: "attachment",
    label: name,
    description: size,
    icon: children.length > 0 ? "mail" : "file",
    properties: [
      property(
        0x3707001f,
        "Attach long filename",
        "PidTagAttachLongFilename",
        "PR_ATTACH_LONG_FILENAME",
        name,
      ),
      property(0x37050003, "Attach method", "PidTagAttachMethod", "PR_ATTACH_METHOD", "1", {
        meaning: "1  By value",
      }),
      property(0x37010102, "Attach data", "PidTagAttachDataBinary", "PR_ATTACH_DATA_BIN", hexOf(300, 4)),
    ],
    children,
  };
}

const group = (id: string, kind: "recipients" | "attachments", children: FakeObject[]): FakeObject => ({
  id,
  kind,
  label: kind === "recipients" ? "Recipients" : "Attachments",
  description: String(children.length),
  icon: kind === "recipients" ? "organization" : "files",
  properties: [],
  children,
});

function message(
  id: string,
  subject: string,
  recipients: FakeObject[],
  attachments: FakeObject[],
): FakeObject {
  return {
    id,
    kind: id === "0" ? "message" : "embeddedMessage",
    label: subject,
    icon: "mail",
    properties: messageProperties(subject),
    children: [group(`${id}-r`, "recipients", recipients), group(`${id}-a`, "attachments", attachments)],
  };
}

/** The message with everything in it. */
export function sampleMessage(): FakeObject {
  const embedded = message(
    "0-a-1-m",
    "Fwd: Figures",
    [recipient("0-a-1-m-r-0", 1, "Dora Dean", "dora@example.com")],
    [],
  );
  return message(
    "0",
    "Quarterly figures",
    [
      recipient("0-r-0", 1, "Bob Baker", "bob@example.com"),
      recipient("0-r-1", 2, "Carol Cole", "carol@example.com"),
      {
        ...recipient("0-r-2", 3, "Eve", "eve@example.com"),
        problem: "The recipient has no entry identifier.",
      },
    ],
    [
      attachment("0-a-0", "a long name of a spreadsheet for the quarter.xlsx", "12 KB"),
      attachment("0-a-1", "Fwd: Figures", "34 KB", [embedded]),
    ],
  );
}

/** A message with very many properties. */
export function largeMessage(count: number): FakeObject {
  const base = sampleMessage();
  const properties = Array.from({ length: count }, (_, index) =>
    property(
      (index * 0x10000 + 0x1f) >>> 0,
      `Property number ${index}`,
      `PidTagNumber${index}`,
      `PR_NUMBER_${index}`,
      `value ${index}`,
    ),
  );
  return { ...base, properties };
}
