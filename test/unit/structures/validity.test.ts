/** What each structure takes and refuses at its fields: right, extreme and wrong values. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  decodeStructure,
  encodeOneOff,
  encodeStructure,
  findNode,
  insertElement,
  ONE_OFF_UNICODE,
  setField,
  type StructureId,
  type StructureTree,
  walkStructure,
} from "../../../src/core/structures";
import { smartViewSamples } from "./smartView";

const context = { codePage: 1252 };

/** A field: texts that it takes, the widest it takes among them, and texts that it refuses with the reason. */
interface Case {
  readonly path: string;
  readonly takes: readonly string[];
  readonly refuses: readonly (readonly [string, RegExp])[];
}

/** A structure: its bytes, and what its fields take. */
interface Subject {
  readonly name: string;
  readonly id: StructureId;
  readonly hex: string;
  readonly fields: readonly Case[];
}

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

/** Weekly on Thursday, every second week, 2010-10-28 to 2011-06-30; 2011-02-17 deleted. */
const PATTERN = `04300430 0B20 0100 0000 C0210000 02000000 00000000 10000000 21200000 12000000 00000000
  01000000 806ADB0C`;
const DATES = "80F4D80C A056DE0C";
const NUMBER = /whole number/;
const RANGE = /out of range|Allowed are/;
const TIME = /Not a date and time/;
const LONG = /Too long/;
const SYSTEM_TIME: readonly (readonly [string, number, number])[] = [
  ["Month", 0, 12],
  ["DayOfWeek", 0, 6],
  ["Hour", 0, 23],
  ["Minute", 0, 59],
  ["Second", 0, 59],
  ["Milliseconds", 0, 999],
];

const ranged = (path: string, low: number, high: number): Case => ({
  path,
  takes: [String(low), String(high), `0x${high.toString(16)}`],
  refuses: [
    [String(low - 1), RANGE],
    [String(high + 1), RANGE],
    ["two", NUMBER],
    ["", NUMBER],
    ["1.5", NUMBER],
  ],
});
const bias = (path: string): Case => ({
  path,
  takes: ["-1440", "1440", "0", "-60"],
  refuses: [
    ["-1441", RANGE],
    ["1441", RANGE],
    ["0x7FFFFFFF", RANGE],
    ["99999999999999999999", RANGE],
    ["+01:00", NUMBER],
  ],
});
const transition = (path: string): readonly Case[] => [
  ...SYSTEM_TIME.map(([name, low, high]) => ranged(`${path}/${name}`, low, high)),
  {
    path: `${path}/Day`,
    takes: ["1", "5"],
    refuses: [
      ["0", /5 for the last/],
      ["6", /5 for the last/],
      ["32", RANGE],
    ],
  },
];
const guid = (path: string): Case => ({
  path,
  takes: ["{FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF}", "00062008-0000-0000-c000-000000000046"],
  refuses: [
    ["{00062008", /Not a GUID/],
    ["", /Not a GUID/],
  ],
});
const byteText = (path: string): Case => ({
  path,
  takes: ["", "Ä€", "x".repeat(255)],
  refuses: [
    ["x".repeat(256), LONG],
    ["緑", /has no/],
  ],
});

const ZONE_DATES = "0000 0B00 0000 0100 0200 0000 0000 0000";
const ONE_OFF = hexOf(
  encodeOneOff({ displayName: "A", addressType: "SMTP", address: "a@b", flags: ONE_OFF_UNICODE }),
);
const OPTION = `04000000 03596573 0849504D2E4E6F7465 00 03596573 00000000 00 00000000 01000000 02000000 02000000
  01000000 FFFFFFFF`;
const GLOBAL_ID = `040000008200E00074C5B7101A82E008 07DB0202 F0DB09F532E5CA01 0000000000000000 10000000
  E73C73F73F1C3941BDD6450F640703F3`;

const PATTERN_FIELDS = (at: string): readonly Case[] => [
  {
    path: `${at}Period`,
    takes: ["1", "99", "1438560"],
    refuses: [
      ["0", RANGE],
      ["1438561", RANGE],
      ["-1", RANGE],
      ["two", NUMBER],
    ],
  },
  {
    path: `${at}StartDate`,
    takes: ["2010-10-27", "2011-02-17", "1601-01-01"],
    refuses: [
      ["2011-07-01", /EndDate: It lies before StartDate|outside of the recurrence/],
      ["2011-02-18", /2011-02-17T00:00 lies outside of the recurrence/],
      ["2011-02-30", /Not a date/],
      ["2010-10-28T10:00", /holds a day/],
    ],
  },
  {
    path: `${at}EndDate`,
    takes: ["2011-02-17", "4500-08-30"],
    refuses: [
      ["2010-10-27", /outside of the recurrence|before StartDate/],
      ["2011-02-16", /outside of the recurrence/],
      ["no end", /By its end type the recurrence ends/],
      ["none", /By its end type the recurrence ends/],
      ["4501-01-01", /Dates end on 4500-12-31/],
    ],
  },
  {
    path: `${at}DeletedInstanceDates/0`,
    takes: ["2010-10-28", "2011-06-30"],
    refuses: [
      ["2010-10-27", /outside of the recurrence/],
      ["2011-07-01", /outside of the recurrence/],
      ["2011-02-17T00:01", /holds a day/],
    ],
  },
  {
    path: `${at}WeekRecurrencePattern`,
    takes: ["1", "0x7F"],
    refuses: [
      ["0", RANGE],
      ["0x80", /no meaning/],
    ],
  },
  {
    path: `${at}PatternType`,
    takes: [],
    refuses: [
      ["3", /does not go with its frequency/],
      ["5", /none of the values/],
    ],
  },
  { path: `${at}RecurFrequency`, takes: ["0x200A", "0x200D"], refuses: [["0x2000", /none of the values/]] },
  { path: `${at}EndType`, takes: ["0x2022", "0x2023"], refuses: [["0x2024", /none of the values/]] },
  { path: `${at}OccurrenceCount`, takes: ["0", "4294967295"], refuses: [["4294967296", RANGE]] },
  ranged(`${at}FirstDOW`, 0, 6),
];

const SUBJECTS: readonly Subject[] = [
  {
    name: "a recurrence",
    id: "RecurrencePattern",
    hex: `${PATTERN} 00000000 ${DATES}`,
    fields: PATTERN_FIELDS(""),
  },
  {
    name: "the recurrence of an appointment",
    id: "AppointmentRecurrencePattern",
    hex: `${PATTERN} 01000000 806ADB0C ${DATES} 06300000 09300000 66030000 A2030000 0100
      E66DDB0C 226EDB0C E66DDB0C 0200 01000000 00000000 04000000 00000000 00000000 00000000`,
    fields: [
      ...PATTERN_FIELDS("RecurrencePattern/"),
      {
        path: "StartTimeOffset",
        takes: ["0", "14:30", "15:30"],
        refuses: [
          ["15:31", /EndTimeOffset: It lies before StartTimeOffset/],
          ["24:00", RANGE],
          ["14:61", NUMBER],
        ],
      },
      {
        path: "EndTimeOffset",
        takes: ["14:30", "86400"],
        refuses: [
          ["14:29", /lies before StartTimeOffset/],
          ["86401", RANGE],
        ],
      },
      {
        path: "ExceptionInfo/0/EndDateTime",
        takes: ["2011-02-17T14:30", "2011-02-18T00:00"],
        refuses: [
          ["2011-02-17T14:29", /lies before StartDateTime/],
          ["2011-02-17T15:30:30", /leave out the seconds/],
        ],
      },
      {
        path: "ExceptionInfo/0/OriginalStartDate",
        takes: ["2010-10-28T00:00", "2011-06-30T23:59"],
        refuses: [
          ["2010-10-27T23:59", /outside of the recurrence/],
          ["2011-07-01T00:00", /outside of the recurrence/],
        ],
      },
      { path: "ExceptionInfo/0/OverrideFlags", takes: ["0", "0x3FF"], refuses: [["0x400", /no meaning/]] },
      { path: "ReaderVersion2", takes: [], refuses: [["0x3005", /none of the values/]] },
    ],
  },
  {
    name: "a time zone",
    id: "TimeZone",
    hex: `2C010000 00000000 C4FFFFFF 0000 ${ZONE_DATES} 0000 ${ZONE_DATES}`,
    fields: [
      bias("Bias"),
      bias("StandardBias"),
      bias("DaylightBias"),
      ...transition("StandardDate"),
      ...transition("DaylightDate"),
    ],
  },
  {
    name: "the definition of a time zone",
    id: "TimeZoneDefinition",
    hex: `0201 0C00 0200 0300 550054004300 0100 0201 3E00 0200 D707 0000000000000000000000000000
      2C010000 00000000 C4FFFFFF ${ZONE_DATES} ${ZONE_DATES}`,
    fields: [
      {
        path: "KeyName",
        takes: ["", "Zeit – 緑", "x".repeat(260)],
        refuses: [["x".repeat(261), LONG]],
      },
      bias("TZRules/0/Bias"),
      { path: "TZRules/0/TZRuleFlags", takes: ["0", "3"], refuses: [["4", /no meaning/]] },
      { path: "TZRules/0/Year", takes: ["0", "65535"], refuses: [["65536", RANGE]] },
      { path: "TZRules/0/MajorVersion", takes: [], refuses: [["1", /none of the values/]] },
      ...transition("TZRules/0/DaylightDate"),
    ],
  },
  {
    name: "a time zone whose change has a date",
    id: "TimeZone",
    hex: `00000000 00000000 00000000 0000 DC07 0200 0000 0100 0200 0000 0000 0000 0000 ${ZONE_DATES}`,
    fields: [
      {
        path: "StandardDate/Day",
        takes: ["1", "29"],
        refuses: [
          ["0", /A date has a day/],
          ["30", /Month 2 of 2012 has no day 30/],
        ],
      },
    ],
  },
  {
    name: "a conversation index",
    id: "ConversationIndex",
    hex: "01CAE55B20E5 FEE284D557D84277BAB585FBD4BB2BE9 00006F3E 90",
    fields: [
      {
        path: "HeaderTime",
        takes: ["1829-05-06", "2057-09-06T23:40:07"],
        refuses: [
          ["1700-01-01", /from 1829/],
          ["2057-09-06T23:40:08", /to 2057-09-06/],
          ["1829-05-05T23:50:03", /from 1829-05-05/],
          ["soon", TIME],
        ],
      },
      guid("ThreadGuid"),
      ranged("ResponseLevels/0/Delta/DeltaCode", 0, 1),
      ranged("ResponseLevels/0/Delta/TimeDelta", 0, 0x7fffffff),
      ranged("ResponseLevels/0/Level/Random", 0, 15),
      ranged("ResponseLevels/0/Level/ResponseLevelCount", 0, 15),
      { path: "ResponseLevels/0/Time", takes: [], refuses: [["2021-07-27", /computed/]] },
    ],
  },
  {
    name: "a one-off entry id",
    id: "EntryId",
    hex: ONE_OFF,
    fields: [
      {
        path: "DisplayName",
        takes: ["", "緑 \u{1f600}", "x".repeat(5000)],
        refuses: [["A\0B", /cannot hold one/]],
      },
      { path: "AddressType", takes: ["EX", ""], refuses: [["\0", /cannot hold one/]] },
      { path: "EmailAddress", takes: ["c@d.org"], refuses: [["\0", /cannot hold one/]] },
      { path: "OneOffFlags", takes: ["0x80010000", "0"], refuses: [["many", NUMBER]] },
    ],
  },
  {
    name: "an address book entry id",
    id: "EntryId",
    hex: "00000000 DCA740C8C042101AB4B908002B2FE182 01000000 00000000 2F6F3D6100",
    fields: [
      { path: "X500DN", takes: ["/o=Ä", ""], refuses: [["/o=緑", /has no/]] },
      { path: "Type", takes: ["DT_DISTLIST", "0x100"], refuses: [["DT_NOTHING", NUMBER]] },
      { path: "Flags", takes: ["0", "255"], refuses: [["256", RANGE]] },
    ],
  },
  {
    name: "a global object id",
    id: "GlobalObjectId",
    hex: GLOBAL_ID,
    fields: [
      { path: "ByteArrayId", takes: [], refuses: [["00".repeat(16), /has to be 04 00/]] },
      { path: "Year", takes: ["0", "4500"], refuses: [["4501", RANGE]] },
      { path: "Month", takes: ["0", "12"], refuses: [["13", RANGE]] },
      {
        path: "Day",
        takes: ["0", "28"],
        refuses: [
          ["29", /Month 2 of 2011 has no day 29/],
          ["32", RANGE],
        ],
      },
      {
        path: "CreationTime",
        takes: ["0xFFFFFFFFFFFFFFFF", "1601-01-01"],
        refuses: [["1600-12-31", /1601/]],
      },
      { path: "X", takes: ["FF".repeat(8)], refuses: [["FF".repeat(7), /has 8 bytes/]] },
      { path: "Data/Bytes", takes: ["", "01"], refuses: [["0", /Half a byte/]] },
      { path: "Size", takes: [], refuses: [["15", /follows from others/]] },
    ],
  },
  {
    name: "voting options",
    id: "VerbStream",
    hex: `0201 01000000 ${OPTION} 0401 03590065007300 03590065007300`,
    fields: [
      byteText("VoteOptions/0/DisplayName"),
      byteText("VoteOptions/0/MsgClsName"),
      {
        path: "VoteOptionExtras/0/DisplayName",
        takes: ["緑", "x".repeat(255)],
        refuses: [["x".repeat(256), LONG]],
      },
      { path: "VoteOptions/0/VerbType", takes: ["0", "4"], refuses: [["5", /none of the values/]] },
      { path: "VoteOptions/0/SendBehavior", takes: ["0", "2"], refuses: [["3", /none of the values/]] },
      {
        path: "VoteOptions/0/UseUSHeaders",
        takes: ["true", "false"],
        refuses: [
          ["2", /true/],
          ["yes", NUMBER],
        ],
      },
      { path: "Count", takes: [], refuses: [["2", /follows from others/]] },
      { path: "VoteOptions/0/DisplayNameCount", takes: [], refuses: [["2", /follows from others/]] },
      { path: "Version", takes: [], refuses: [["0x0103", /none of the values/]] },
    ],
  },
  {
    name: "a report tag",
    id: "ReportTag",
    hex: `504344464542303900 01000200 00000000 00000000 00000000 00000000 10000000
      0E866555BC88F2E4AB665769B02770F9 03000000 486900`,
    fields: [
      { path: "Cookie", takes: [], refuses: [["00".repeat(9), /has to be 50 43/]] },
      { path: "Version", takes: ["0x00010001"], refuses: [["3", /none of the values/]] },
      {
        path: "MessageSearchKey",
        takes: ["", "01 02 03"],
        refuses: [["1", /Half a byte/]],
      },
      {
        path: "ANSIText",
        takes: ["", "Ä"],
        refuses: [
          ["a\0b", /cannot hold one/],
          ["緑", /has no/],
        ],
      },
    ],
  },
  {
    name: "free/busy times",
    id: "FreeBusy",
    hex: "BC07 1608 C0A8 60AE",
    fields: [
      {
        path: "Blocks/0/End",
        takes: ["1980", "44640"],
        refuses: [
          ["1979", /end lies before the start/],
          ["44641", RANGE],
        ],
      },
      {
        path: "Blocks/0/Start",
        takes: ["0", "2070"],
        refuses: [
          ["2071", /end lies before the start/],
          ["-1", RANGE],
        ],
      },
    ],
  },
  {
    name: "a SID",
    id: "Sid",
    hex: "0102 000000000005 20000000 20020000",
    fields: [
      {
        path: "SubAuthorities/0",
        takes: ["0", "4294967295"],
        refuses: [
          ["4294967296", RANGE],
          ["S-1", NUMBER],
        ],
      },
      { path: "IdentifierAuthority", takes: ["0", "281474976710655"], refuses: [["281474976710656", RANGE]] },
      { path: "SubAuthorityCount", takes: [], refuses: [["16", /follows from others/]] },
      { path: "TextualSid", takes: [], refuses: [["S-1-5-18", /computed/]] },
    ],
  },
  {
    name: "a list of access rights",
    id: "AccessControlList",
    hex: "02 00 1C00 0100 0000 00 00 1400 000F1F00 0101 000000000005 12000000",
    fields: [
      { path: "AclRevision", takes: ["4"], refuses: [["3", /none of the values/]] },
      { path: "Aces/0/Body/Mask", takes: ["0", "0xFFFFFFFF"], refuses: [["0x100000000", RANGE]] },
      { path: "AceCount", takes: [], refuses: [["2", /follows from others/]] },
    ],
  },
  {
    name: "what made a change",
    id: "Xid",
    hex: "00112233445566778899AABBCCDDEEFF 000000000001",
    fields: [
      guid("NamespaceGuid"),
      {
        path: "LocalId",
        takes: ["01", "FF".repeat(8)],
        refuses: [
          ["", /at least one byte/],
          ["1", /Half a byte/],
        ],
      },
    ],
  },
  {
    name: "a list of changes",
    id: "PredecessorChangeList",
    hex: "16 00112233445566778899AABBCCDDEEFF 000000000001",
    fields: [
      {
        path: "SizedXids/0/Xid/LocalId",
        takes: ["01", "FF".repeat(8)],
        refuses: [
          ["", RANGE],
          ["FF".repeat(9), RANGE],
        ],
      },
    ],
  },
  {
    name: "flags of a folder",
    id: "ExtendedFolderFlags",
    hex: "01 04 00001000 05 04 0D000C00",
    fields: [
      {
        path: "SubProperties/0/Data/ExtendedFlags",
        takes: ["0", "0xFFFFFFFF"],
        refuses: [
          ["0x1FFFFFFFF", RANGE],
          ["NO_SUCH_FLAG", NUMBER],
        ],
      },
    ],
  },
  {
    name: "what a flagged message had",
    id: "SwappedToDo",
    hex: `01000000 F9000000 08000000 ${"00".repeat(512)} 40F9D80C 40F9D80C E080E95A 00000000`,
    fields: [
      { path: "Flags", takes: ["0", "0xF9"], refuses: [["2", /no meaning/]] },
      { path: "FlagTo", takes: ["", "緑", "x".repeat(255)], refuses: [["x".repeat(256), LONG]] },
      {
        path: "DueDate",
        takes: ["4500-12-31T23:58", "none"],
        refuses: [
          ["2010-01-01", /lies before StartDate/],
          ["soon", TIME],
        ],
      },
      {
        path: "StartDate",
        takes: ["none", "1601-01-01"],
        refuses: [["4000-01-01", /DueDate: It lies before StartDate/]],
      },
      { path: "ReminderSet", takes: ["true"], refuses: [["2", /true/]] },
    ],
  },
  {
    name: "answered meetings",
    id: "Tombstone",
    hex: `CDAFDEBE 14000000 03000000 01000000 44000000 40F9D80C 40F9D80C 38000000 ${GLOBAL_ID} 0100 41`,
    fields: [
      {
        path: "Records/0/EndTime",
        takes: ["2400-01-01"],
        refuses: [["1999-01-01", /lies before StartTime/]],
      },
      { path: "Records/0/GlobalObjectId/Day", takes: ["1"], refuses: [["30", /has no day 30/]] },
      {
        path: "Records/0/UserName",
        takes: ["", "Ä"],
        refuses: [
          ["緑", /has no/],
          ["x".repeat(65_536), LONG],
        ],
      },
      { path: "RecordsCount", takes: [], refuses: [["2", /counts 2/]] },
    ],
  },
  {
    name: "those who assigned a task",
    id: "TaskAssigners",
    hex: "01000000 0C000000 00000000 416E6E00 41000000",
    fields: [
      {
        path: "TaskAssigners/0/Assigner/AssignerName",
        takes: ["", "Ä", "x".repeat(5000)],
        refuses: [
          ["緑", /has no/],
          ["\0", /cannot hold one/],
        ],
      },
      { path: "AssignersCount", takes: [], refuses: [["2", /follows from others/]] },
    ],
  },
  {
    name: "a home page",
    id: "WebViewPersistStream",
    hex: `02000000 01000000 00000000 ${"00".repeat(28)} 04000000 41000000`,
    fields: [
      { path: "WebViews/0/Url", takes: ["", "https://example.org/緑"], refuses: [["\0", /cannot hold one/]] },
      { path: "WebViews/0/Unused", takes: ["FF".repeat(28)], refuses: [["FF", /has 28 bytes/]] },
    ],
  },
  {
    name: "a list of entry ids",
    id: "FlatEntryList",
    hex: (() => {
      const size = ONE_OFF.length / 2;
      const padded = ONE_OFF + "00".repeat((4 - (size % 4)) % 4);
      const number = (value: number): string => Buffer.from(Uint32Array.of(value).buffer).toString("hex");
      return `01000000 ${number(4 + padded.length / 2)} ${number(size)} ${padded}`;
    })(),
    fields: [
      { path: "Entries/0/EntryId/DisplayName", takes: ["", "Anna"], refuses: [["\0", /cannot hold one/]] },
      { path: "EntryCount", takes: [], refuses: [["2", /follows from others/]] },
    ],
  },
];

function treeOf({ id, hex }: Subject): StructureTree {
  return decodeStructure(id, Uint8Array.from(Buffer.from(hex.replace(/\s/g, ""), "hex")), context);
}

const serious = (tree: StructureTree): readonly string[] =>
  tree.problems.filter(({ advisory }) => advisory !== true).map(({ path, message }) => `${path}: ${message}`);

describe("structures: what is valid", () => {
  for (const subject of SUBJECTS) {
    it(`takes right and extreme values in ${subject.name}, and refuses wrong ones at the field`, () => {
      const tree = treeOf(subject);
      assert.deepEqual(tree.problems, []);
      for (const { path, takes, refuses } of subject.fields) {
        assert.ok(findNode(tree.root, path) !== undefined, path);
        for (const text of takes) {
          const result = setField(tree, path, text);
          assert.ok(result.ok, `${path} = ${text.slice(0, 40)}: ${result.ok ? "" : result.message}`);
          assert.deepEqual(serious(result.tree), [], `${path} = ${text.slice(0, 40)}`);
          assert.equal(findNode(result.tree.root, path)?.problem, undefined, path);
          assert.deepEqual(encodeStructure(result.tree), result.bytes);
          const shown = findNode(result.tree.root, path)?.text ?? "";
          const again = setField(result.tree, path, shown);
          assert.ok(again.ok && again.bytes === result.bytes, `${path} takes back ${shown.slice(0, 40)}`);
        }
        for (const [text, reason] of refuses) {
          const result = setField(tree, path, text);
          assert.ok(!result.ok, `${path} took ${text.slice(0, 40)}`);
          assert.match(result.message, reason, `${path} = ${text.slice(0, 40)}`);
        }
      }
    });
  }

  it("takes a new part whose values say nothing yet", () => {
    const [pattern] = SUBJECTS;
    const added = insertElement(treeOf(pattern!), "DeletedInstanceDates");
    assert.ok(added.ok);
    assert.deepEqual(added.tree.problems, []);
    const block = insertElement(treeOf(SUBJECTS.find(({ id }) => id === "FreeBusy")!), "Blocks");
    assert.ok(block.ok);
    assert.deepEqual(block.tree.problems, []);
  });

  it("has no more than 15 parts in a SID", () => {
    let tree = treeOf(SUBJECTS.find(({ id }) => id === "Sid")!);
    for (let count = 2; count < 15; count++) {
      const result = insertElement(tree, "SubAuthorities");
      assert.ok(result.ok);
      tree = result.tree;
    }
    const result = insertElement(tree, "SubAuthorities");
    assert.ok(!result.ok);
    assert.match(result.message, /out of range/);
  });

  it("lets a structure that is wrong be put right, field by field", () => {
    const reversed = decodeStructure("FreeBusy", Uint8Array.of(0x16, 8, 0xbc, 7), context);
    assert.deepEqual(serious(reversed), ["Blocks/0/End: The end lies before the start."]);
    const result = setField(reversed, "Blocks/0/End", "2100");
    assert.ok(result.ok);
    assert.deepEqual(result.tree.problems, []);
  });

  /** Texts that no field, one kind of field or every field may take. */
  const HOSTILE = [
    "",
    "0",
    "-1",
    "4294967296",
    "0x7FFFFFFFFFFFFFFF",
    "none",
    "\0",
    "true",
    "FF",
    "\ud800",
    "9".repeat(400),
  ];

  it("takes into any field of any sample a text that leaves the structure as valid as it was, or refuses it", function () {
    const samples = smartViewSamples().filter(({ bytes }) => bytes.length <= 2048);
    if (samples.length === 0) this.skip();
    let tried = 0;
    let refused = 0;
    for (const { name, id, bytes } of samples) {
      const tree = decodeStructure(id, bytes, context);
      const editable = [...walkStructure(tree.root)].filter(
        ({ node }) => node.editable && node.text !== undefined,
      );
      for (const { path } of editable.slice(0, 40)) {
        for (const text of HOSTILE) {
          tried++;
          const result = setField(tree, path, text);
          if (!result.ok) {
            refused++;
            assert.notEqual(result.message, "", name);
            continue;
          }
          assert.ok(serious(result.tree).length <= serious(tree).length, `${name} ${path} ${text}`);
          assert.deepEqual(encodeStructure(result.tree), result.bytes, `${name} ${path} ${text}`);
        }
      }
    }
    assert.ok(refused > 1000 && refused < tried, `${refused} of ${tried}`);
  });
});
