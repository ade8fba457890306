import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  createPropertyDictionary,
  decodeStructure,
  describeStructure,
  findNode,
  parsePropertyTables,
  PR_ATTACH_DATA_BIN,
  PR_CONVERSATION_INDEX,
  PR_ENTRYID,
  PR_REPORT_TAG,
  PR_SUBJECT,
  PSETID_ADDRESS,
  PSETID_APPOINTMENT,
  PSETID_COMMON,
  PSETID_MEETING,
  PSETID_MESSAGING,
  PSETID_TASK,
  PT_BINARY,
  PT_MV_BINARY,
  PT_UNICODE,
  setField,
  STRUCTURE_IDS,
  structureFlagTable,
  structureOfValue,
  structuresOf,
} from "../../../src/core";
import tables from "../../../src/core/mapi/tables/dictionary.json";

const names = createPropertyDictionary(parsePropertyTables(tables));
const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replace(/\s/g, ""), "hex"));

describe("structures: the properties that hold them", () => {
  it("knows tags", () => {
    assert.equal(structuresOf({ tag: PR_ENTRYID }), "EntryId");
    assert.equal(structuresOf({ tag: PR_CONVERSATION_INDEX }), "ConversationIndex");
    assert.equal(structuresOf({ tag: PR_REPORT_TAG }), "ReportTag");
    assert.equal(structuresOf({ tag: 0x004f0102 }), "FlatEntryList");
    assert.equal(structuresOf({ tag: 0x0e270102 }), "TransferredSecurityDescriptor");
    assert.equal(structuresOf({ tag: 0x36d81102 }), "EntryId");
    assert.equal(structuresOf({ tag: 0x674a0014 }), "FolderOrMessageId");
    assert.equal(structuresOf({ tag: 0x667900fd }), "RuleCondition");
    assert.equal(structuresOf({ tag: 0x668000fe }), "RuleAction");
    assert.equal(structuresOf({ tag: PR_SUBJECT }), undefined);
    assert.equal(structuresOf({ tag: PR_ATTACH_DATA_BIN }), undefined);
    assert.equal(structuresOf({ tag: 0x0fff001f }), undefined, "an entry id is no text");
  });

  it("knows named properties, by GUIDs in any form", () => {
    const expected: readonly (readonly [string, number, string])[] = [
      [PSETID_APPOINTMENT, 0x8216, "AppointmentRecurrencePattern"],
      [PSETID_APPOINTMENT, 0x8233, "TimeZone"],
      [PSETID_APPOINTMENT, 0x825e, "TimeZoneDefinition"],
      [PSETID_APPOINTMENT, 0x825f, "TimeZoneDefinition"],
      [PSETID_APPOINTMENT, 0x8260, "TimeZoneDefinition"],
      [PSETID_MEETING, 0x0003, "GlobalObjectId"],
      [PSETID_MEETING, 0x0023, "GlobalObjectId"],
      [PSETID_TASK, 0x8116, "RecurrencePattern"],
      [PSETID_TASK, 0x8117, "TaskAssigners"],
      [PSETID_COMMON, 0x8520, "VerbStream"],
      [PSETID_COMMON, 0x8540, "PropertyDefinitionStream"],
      [PSETID_COMMON, 0x8585, "EntryList"],
      [PSETID_ADDRESS, 0x8055, "EntryId"],
    ];
    for (const [guid, id, structure] of expected) assert.equal(structuresOf({ guid, id }), structure);
    const guid = PSETID_APPOINTMENT.slice(1, -1).toLowerCase();
    assert.equal(structuresOf({ guid, id: 0x8216 }), "AppointmentRecurrencePattern");
    assert.equal(structuresOf({ guid, id: 0x8216, type: PT_BINARY }), "AppointmentRecurrencePattern");
    assert.equal(structuresOf({ guid, id: 0x8216, type: PT_UNICODE }), undefined);
    assert.equal(structuresOf({ guid: PSETID_COMMON, id: 0x8216 }), undefined);
  });

  it("tells the two forms of reactions by their first byte", () => {
    const property = { guid: PSETID_MESSAGING, name: "ReactionsSummary" };
    assert.equal(structureOfValue(property, Uint8Array.of(0x76, 1)), "ReactionsSummary");
    assert.equal(structureOfValue(property, Uint8Array.of(0x5b)), "ReactionsHistory");
  });

  it("tells free/busy times and nicknames from what else has their ids", () => {
    for (const id of [0x6850, 0x6852, 0x6854, 0x6856])
      assert.equal(structuresOf({ tag: id * 0x10000 + PT_MV_BINARY }), "FreeBusy");
    assert.equal(structuresOf({ tag: 0x68500102 }), "Guid");
    assert.equal(structuresOf({ tag: 0x68540102 }), "EntryId");
    const roaming = { tag: 0x7c090102 };
    assert.equal(structureOfValue(roaming, bytesOf("0DF0ADBA 0A000000")), "NicknameCache");
    assert.equal(structureOfValue(roaming, bytesOf("0DF0ADBB 0A000000")), undefined);
    assert.equal(structureOfValue({ tag: 0x7c09001f }, bytesOf("0DF0ADBA")), undefined);
  });

  it("names only structures that there are", () => {
    for (let id = 0; id < 0x8000; id++) {
      const structure = structuresOf({ tag: id * 0x10000 + PT_BINARY });
      if (structure !== undefined) assert.ok(STRUCTURE_IDS.includes(structure));
    }
  });
});

describe("structures: names of flags", () => {
  const context = { codePage: 1252, names };

  it("come from the dictionary, and can be typed", () => {
    const tree = decodeStructure(
      "EntryId",
      bytesOf("00000000 812B1FA4BEA310199D6E00DD010F5402 00000190 4100 0000 5300 0000 6100 0000"),
      context,
    );
    const flags = findNode(tree.root, "OneOffFlags")!;
    assert.equal(flags.flagsTable, "flagOneOffEntryId");
    assert.equal(flags.display, "MAPI_UNICODE | MAPI_SEND_NO_RICH_INFO | OOP_DONT_LOOKUP (0x90010000)");
    const typed = setField(tree, "OneOffFlags", "MAPI_UNICODE | oop_dont_lookup");
    assert.ok(typed.ok);
    assert.equal(findNode(typed.tree.root, "OneOffFlags")?.value, 0x90000000);
    const wrong = setField(tree, "OneOffFlags", "MAPI_UNICODE | NO_SUCH");
    assert.ok(!wrong.ok);
    assert.match(wrong.message, /Not a whole number/);
  });

  it("are found by every key that layouts have", () => {
    for (const key of ["flagDOW", "0x39000003", `${PSETID_APPOINTMENT},0x8205`, "AccessMask"]) {
      assert.ok((structureFlagTable(key, names)?.values.length ?? 0) > 0, key);
    }
    assert.equal(structureFlagTable("flagDOW"), undefined, "without a dictionary");
    assert.equal(structureFlagTable("NoSuchTable", names), undefined);
  });

  it("name GUIDs and property tags", () => {
    const tree = decodeStructure("PropertyValues", bytesOf("0300FE0F 06000000"), context);
    assert.equal(findNode(tree.root, "Properties/0/PropTag")?.display, "PidTagObjectType (0x0FFE0003)");
    assert.match(findNode(tree.root, "Properties/0/Value")?.display ?? "", /^MAPI_MAILUSER/);
    const sd = decodeStructure("Sid", bytesOf("010100000000000512000000"), context);
    assert.match(findNode(sd.root, "IdentifierAuthority")?.display ?? "", /SECURITY_NT_AUTHORITY/);
    assert.equal(describeStructure(sd), "S-1-5-18");
  });
});

describe("structures: reactions, cards and lists", () => {
  const context = { codePage: 1252 };

  it("reads a summary of reactions", () => {
    const entry = (...parts: (string | number[])[]): Uint8Array =>
      Uint8Array.from(Buffer.concat(parts.map((part) => Buffer.from(part as string))));
    const bytes = entry(
      "v",
      [1],
      "👍=",
      [2, 0],
      "❤=",
      [1, 0],
      [0],
      [0],
      [0x80, 0x6a, 0xdb, 0x0c],
      "👍,Ann,ann@example.org,",
      [0],
    );
    const tree = decodeStructure("ReactionsSummary", bytes, context);
    assert.deepEqual(tree.problems, []);
    assert.equal(describeStructure(tree), "👍 2; ❤ 1");
    assert.equal(findNode(tree.root, "Reactions/0")?.display, "👍 Ann <ann@example.org>");
    const renamed = setField(tree, "Reactions/0/Name", "Bea");
    assert.ok(renamed.ok);
    const comma = setField(tree, "Reactions/0/Name", "Bea, Ann");
    assert.ok(!comma.ok);
    assert.match(comma.message, /ends at its first “,”/);
  });

  it("reads and changes blocks of free/busy times", () => {
    // The 2nd from 09:00 to 10:30, and the whole 31st: [MS-OXOPFFB] 2.2.1.2.2.
    const bytes = bytesOf("BC07 1608 C0A8 60AE");
    const tree = decodeStructure("FreeBusy", bytes, context);
    assert.deepEqual(tree.problems, []);
    assert.equal(findNode(tree.root, "Blocks/0")?.display, "02 09:00 – 02 10:30");
    assert.equal(findNode(tree.root, "Blocks/1")?.display, "31 00:00 – 31 24:00");
    assert.equal(describeStructure(tree), "2 blocks of time");
    const later = setField(tree, "Blocks/0/End", "2100");
    assert.ok(later.ok);
    assert.deepEqual(later.bytes, bytesOf("BC07 3408 C0A8 60AE"));
    const before = setField(tree, "Blocks/0/End", "1979");
    assert.ok(!before.ok);
    assert.match(before.message, /The end lies before the start\./);
    const reversed = decodeStructure("FreeBusy", bytesOf("BC07 BB07"), context);
    assert.deepEqual(
      reversed.problems.map(({ message }) => message),
      ["The end lies before the start."],
    );
    assert.ok(!setField(tree, "Blocks/1/End", "44641").ok);
    const cut = decodeStructure("FreeBusy", bytes.subarray(0, 6), context);
    assert.ok(cut.problems.length > 0);
  });

  it("reads a business card", () => {
    const bytes = bytesOf(
      "03 00 00 01 10 04 00 00 FFFFFF00 20 00000000 0130 00 02 08 00 0000 00000000 00000000 41004200",
    );
    const tree = decodeStructure("BusinessCard", bytes, context);
    assert.deepEqual(tree.problems, []);
    assert.equal(findNode(tree.root, "FieldInfo/0/TextPropertyId")?.value, 0x3001);
  });

  it("reads a stream of members of a contact group", () => {
    const member = "00000000 DCA740C8C042101AB4B908002B2FE182 01000000 00000000 2F00";
    const bytes = bytesOf(
      `0100 0000 00000000 00000000 01000000 1E000000 00000000 00000000 1E000000 ${member} 00000000 00000000 00000000 00000000`,
    );
    const tree = decodeStructure("DistributionListStream", bytes, context);
    assert.deepEqual(tree.problems, []);
    assert.equal(findNode(tree.root, "Entries/0/EntryId/X500DN")?.value, "/");
  });

  it("reads rule actions of both kinds of sizes", () => {
    const move = "01 00000000 00000000 01 0100 00 1500 01 0100000000000001 0000000000000000 00000000";
    const tree = decodeStructure("RuleAction", bytesOf(`0100 2400 ${move}`), context);
    assert.deepEqual(tree.problems, []);
    assert.equal(findNode(tree.root, "ActionBlocks/0/Action/ActionData/FolderEID/Ours")?.value, true);
  });
});
