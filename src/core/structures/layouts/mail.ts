/** Voting, report tags, change lists, to-do data: structures of mail and tasks. */
import { array, bytes, field, guid, rTime, sized, struct, text, u16, u32, u8 } from "../layout";
import type { Field } from "../layout";
import { notBefore } from "../checks";
import { RTIME_NONE } from "../numbers";
import type { Scope } from "../scope";
import { entryId } from "./entryIds";

/** A count in a byte and text of that many characters. */
function counted(name: string, count: string, encoding: "codePage" | "utf16"): readonly Field[] {
  const unit = encoding === "utf16" ? 2 : 1;
  return [field(count, u8()), field(name, text(encoding, { of: count, unit }))];
}

/** [MS-OXOMSG] 2.2.1.74.1. */
const voteOption = struct(
  [
    field("VerbType", u32({ form: "hex", flags: "VerbType", oneOf: [4, 0, 1, 2, 3] })),
    ...counted("DisplayName", "DisplayNameCount", "codePage"),
    ...counted("MsgClsName", "MsgClsNameCount", "codePage"),
    ...counted("Internal1String", "Internal1StringCount", "codePage"),
    ...counted("DisplayNameRepeat", "DisplayNameCountRepeat", "codePage"),
    field("Internal2", u32({ form: "hex" })),
    field("Internal3", u8({ form: "hex" })),
    field("UseUSHeaders", u32({ form: "boolean" })),
    field("Internal4", u32({ form: "hex", initial: 1 })),
    field("SendBehavior", u32({ form: "hex", flags: "SendBehavior", initial: 1, oneOf: [0, 1, 2] })),
    field("Internal5", u32({ form: "hex", initial: 2 })),
    field("ID", u32({ form: "hex", flags: "VerbId", initial: 1 })),
    field("Internal6", u32({ form: "hex", initial: 0xffffffff })),
  ],
  (scope) => scope.text("DisplayName"),
);

/** [MS-OXOMSG] 2.2.1.74.2: the names once more, in Unicode. */
const voteOptionExtras = struct(
  [
    ...counted("DisplayName", "DisplayNameCount", "utf16"),
    ...counted("DisplayNameRepeat", "DisplayNameCountRepeat", "utf16"),
  ],
  (scope) => scope.text("DisplayName"),
);

/** [MS-OXOMSG] 2.2.1.74. */
export const verbStream = struct([
  field("Version", u16({ form: "hex", oneOf: [0x0102] })),
  field("Count", u32()),
  field("VoteOptions", array(voteOption, { of: "Count" })),
  field("Version2", u16({ form: "hex", oneOf: [0x0104] })),
  field(
    "VoteOptionExtras",
    array(voteOptionExtras, (scope) => scope.count("VoteOptions")),
  ),
]);

const WITHOUT_SEARCH_FOLDER = 0x00010001;
const COOKIE = [0x50, 0x43, 0x44, 0x46, 0x45, 0x42, 0x30, 0x39, 0];

/** A size and an entry id, which is not there when the size is 0. */
function sizedEntryId(name: string, when: Field["when"] = () => true): readonly Field[] {
  return [
    field(`${name}Size`, u32({ form: "hex" }), { when }),
    field(name, sized({ of: `${name}Size` }, entryId), {
      when: (scope, peek) => when(scope, peek) && scope.number(`${name}Size`) > 0,
    }),
  ];
}

/** [MS-OXOMSG] 2.2.2.22. */
export const reportTag = struct([
  field("Cookie", bytes(COOKIE.length, COOKIE)),
  field(
    "Version",
    u32({ form: "hex", flags: "flagReportTagVersion", oneOf: [0x00020001, WITHOUT_SEARCH_FOLDER] }),
  ),
  ...sizedEntryId("StoreEntryId"),
  ...sizedEntryId("FolderEntryId"),
  ...sizedEntryId("MessageEntryId"),
  ...sizedEntryId("SearchFolderEntryId", (scope) => scope.number("Version") !== WITHOUT_SEARCH_FOLDER),
  field("MessageSearchKeySize", u32({ form: "hex" })),
  field("MessageSearchKey", bytes({ of: "MessageSearchKeySize" })),
  field("ANSITextSize", u32({ form: "hex" }), { label: "Text size" }),
  field("ANSIText", text("codePage", { of: "ANSITextSize" }, { terminated: true }), { label: "Text" }),
]);

/** [MS-OXCFXICS] 2.2.2.2: who made a change, and a counter. */
export const xid = struct([
  field("NamespaceGuid", guid()),
  field("LocalId", bytes("rest"), {
    check: (scope) => (scope.bytes("LocalId") === 0 ? "A counter has at least one byte." : undefined),
  }),
]);

/** [MS-OXCFXICS] 2.2.2.3. */
export const predecessorChangeList = struct([
  field(
    "SizedXids",
    array(
      struct([field("XidSize", u8({ min: 17, max: 24 })), field("Xid", sized({ of: "XidSize" }, xid))]),
      "rest",
    ),
  ),
]);

const TITLE_SIZE = 512;

/** A task without a start is due at any time. */
function checkDue(scope: Scope): string | undefined {
  return scope.number("StartDate") >= RTIME_NONE ? undefined : notBefore("DueDate", "StartDate")(scope);
}

/** [MS-OXOFLAG] 2.2.1.10: what a flagged message had before it was sent. */
export const swappedToDo = struct([
  field("Version", u32({ form: "hex", oneOf: [1] })),
  field("Flags", u32({ form: "hex", flags: "flagToDoSwapFlag", mask: 0xf9 })),
  field("ToDoItemFlags", u32({ form: "hex", flags: "0x0E2B0003" })),
  field("FlagTo", text("utf16", TITLE_SIZE, { padded: true, maxLength: 255 })),
  field("StartDate", rTime()),
  field("DueDate", rTime(), { rule: checkDue }),
  field("Reminder", rTime()),
  field("ReminderSet", u32({ form: "boolean" })),
]);

/** [MS-OXOTASK] 2.2.2.2.24. */
export const taskAssigners = struct([
  field("AssignersCount", u32()),
  field(
    "TaskAssigners",
    array(
      struct([
        field("TaskAssignerSize", u32({ form: "hex" })),
        field(
          "Assigner",
          sized(
            { of: "TaskAssignerSize" },
            struct([
              field("EntryIdSize", u32({ form: "hex" })),
              field("EntryId", sized({ of: "EntryIdSize" }, entryId), {
                when: (scope) => scope.number("EntryIdSize") > 0,
              }),
              field("AssignerName", text("codePage", "nul")),
              field("AssignerNameUnicode", text("utf16", "nul")),
            ]),
          ),
        ),
      ]),
      { of: "AssignersCount" },
    ),
  ),
]);

/** [MS-OXCDATA] 2.2.1.1 and 2.2.1.2: a folder or message id, 8 bytes. */
export const folderOrMessageId = struct([
  field("ReplicaId", u16({ form: "hex" })),
  field("GlobalCounter", bytes(6)),
]);

/** A GUID alone. */
export const guidValue = struct([field("Guid", guid())]);
