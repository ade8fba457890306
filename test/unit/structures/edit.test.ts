import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  decodeStructure,
  describeStructure,
  encodeOneOff,
  encodeStructure,
  findNode,
  insertElement,
  ONE_OFF_UNICODE,
  removeElement,
  setField,
  type StructureId,
  type StructureTree,
} from "../../../src/core/structures";

const context = { codePage: 1252 };
const bytesOf = (...hex: string[]): Uint8Array =>
  Uint8Array.from(Buffer.from(hex.join("").replace(/\s/g, ""), "hex"));
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex").toUpperCase();
const decode = (id: StructureId, ...hex: string[]): StructureTree =>
  decodeStructure(id, bytesOf(...hex), context);

function set(tree: StructureTree, path: string, text: string): StructureTree {
  const result = setField(tree, path, text);
  assert.ok(result.ok, result.ok ? "" : `${path}: ${result.message}`);
  assert.deepEqual(result.tree.bytes, result.bytes);
  assert.deepEqual(encodeStructure(result.tree), result.bytes);
  return result.tree;
}

function refusal(tree: StructureTree, path: string, text: string): string {
  const result = setField(tree, path, text);
  assert.ok(!result.ok, `${path} took ${text}`);
  return result.message;
}

const value = (tree: StructureTree, path: string): unknown => findNode(tree.root, path)?.value;

/** Weekly on Thursday, every second week, 2010-10-28 to 2011-06-30; 2011-02-17 deleted. */
const PATTERN = `04 30 04 30 0B 20 01 00 00 00 C0 21 00 00 02 00 00 00 00 00 00 00 10 00 00 00 21 20 00 00
  12 00 00 00 00 00 00 00 01 00 00 00 80 6A DB 0C`;
const DATES = "80F4D80C A056DE0C";
const NO_MODIFIED = "00000000";

describe("structures: recurrence patterns", () => {
  const pattern = (): StructureTree => decode("RecurrencePattern", PATTERN, NO_MODIFIED, DATES);

  it("changes a field in place", () => {
    const tree = set(pattern(), "Period", "3");
    assert.equal(tree.bytes.length, pattern().bytes.length);
    assert.equal(value(tree, "Period"), 3);
    assert.equal(
      describeStructure(tree),
      "Every 3 weeks on Thursday, from 2010-10-28 to 2011-06-30, 1 deleted",
    );
  });

  it("adds and takes away the parts that the pattern's type asks for", () => {
    const monthly = set(pattern(), "PatternType", "3");
    assert.equal(value(monthly, "RecurFrequency"), 0x200c);
    assert.equal(value(monthly, "WeekRecurrencePattern"), 0x10);
    assert.equal(value(monthly, "N"), 1);
    assert.equal(monthly.bytes.length, pattern().bytes.length + 4);
    const byDay = set(monthly, "PatternType", "2");
    assert.equal(findNode(byDay.root, "N"), undefined);
    assert.equal(value(byDay, "DayOfMonth"), 1);
    const daily = set(set(byDay, "RecurFrequency", "0x200A"), "PatternType", "0");
    assert.equal(daily.bytes.length, pattern().bytes.length - 4);
  });

  it("takes dates in words", () => {
    assert.equal(value(set(pattern(), "EndDate", "2011-07-14"), "EndDate"), 0x0cdea560);
    const endless = set(pattern(), "EndType", "0x2023");
    assert.equal(value(set(endless, "EndDate", "no end"), "EndDate"), 0x5ae980df);
  });

  it("refuses what is out of range, at the field", () => {
    assert.match(refusal(pattern(), "RecurFrequency", "0x2000"), /none of the values/);
    assert.match(refusal(pattern(), "FirstDOW", "7"), /out of range: allowed are 0 to 6/);
    assert.match(refusal(pattern(), "StartDate", "2011-07-14T10:00"), /holds a day/);
    assert.match(refusal(pattern(), "StartDate", "2011-02-30"), /Not a date/);
    assert.match(refusal(pattern(), "WeekRecurrencePattern", "0x80"), /no meaning/);
    assert.match(refusal(pattern(), "Period", "4294967296"), /Allowed are 0 to 4294967295/);
    assert.match(refusal(pattern(), "Period", "-1"), /Allowed/);
    assert.match(refusal(pattern(), "Period", "two"), /Not a whole number/);
    assert.match(refusal(pattern(), "DeletedInstanceCount", "2"), /follows from others/);
    assert.match(refusal(pattern(), "DeletedInstanceDates", "2"), /no value of its own/);
    assert.match(refusal(pattern(), "NoSuchField", "2"), /no such field/);
  });

  it("adds and removes dates, and their count follows", () => {
    const added = insertElement(pattern(), "DeletedInstanceDates");
    assert.ok(added.ok);
    assert.equal(value(added.tree, "DeletedInstanceCount"), 2);
    const dated = set(added.tree, "DeletedInstanceDates/1", "2011-03-03");
    assert.equal(
      hexOf(dated.bytes),
      hexOf(
        bytesOf(PATTERN.replace("01 00 00 00 80 6A", "02 00 00 00 80 6A"), "40B9DB0C", NO_MODIFIED, DATES),
      ),
    );
    const removed = removeElement(dated, "DeletedInstanceDates/0");
    assert.ok(removed.ok);
    assert.equal(value(removed.tree, "DeletedInstanceCount"), 1);
    assert.equal(value(removed.tree, "DeletedInstanceDates/0"), 0x0cdbb940);
    assert.ok(!insertElement(pattern(), "Period").ok);
    assert.ok(!removeElement(pattern(), "Period").ok);
  });
});

describe("structures: appointment recurrences", () => {
  /** One exception on 2011-02-17, 14:30 to 15:30, that changes the meeting's type. */
  const appointment = (): StructureTree =>
    decode(
      "AppointmentRecurrencePattern",
      PATTERN,
      "01000000 806ADB0C",
      DATES,
      "06300000 09300000 66030000 A2030000 0100",
      "E66DDB0C 226EDB0C E66DDB0C 0200 01000000",
      "00000000",
      "04000000 00000000 00000000",
      "00000000",
    );

  it("is read without a problem", () => {
    assert.deepEqual(appointment().problems, []);
    assert.equal(
      describeStructure(appointment()),
      "Every 2 weeks on Thursday, from 2010-10-28 to 2011-06-30, 1 exception, 14:30 to 15:30",
    );
  });

  it("gives an exception a subject and a place when its flags say so", () => {
    const flagged = set(appointment(), "ExceptionInfo/0/OverrideFlags", "0x13");
    assert.equal(value(flagged, "ExceptionInfo/0/Subject"), "");
    assert.equal(value(flagged, "ExceptionInfo/0/SubjectLength"), 1);
    assert.equal(value(flagged, "ExtendedException/0/StartDateTime"), 0x0cdb6de6);
    const named = set(flagged, "ExceptionInfo/0/Subject", "Bücher");
    assert.equal(value(named, "ExceptionInfo/0/SubjectLength"), 7);
    assert.equal(value(named, "ExceptionInfo/0/SubjectLength2"), 6);
    const wide = set(named, "ExtendedException/0/WideCharSubject", "Bücher 読む");
    assert.equal(value(wide, "ExtendedException/0/WideCharSubjectLength"), 9);
    assert.deepEqual(wide.problems, []);
    assert.match(refusal(named, "ExceptionInfo/0/Subject", "読む"), /Code page 1252 has no “読”, “む”/);
    assert.deepEqual(set(wide, "ExceptionInfo/0/OverrideFlags", "0x2").bytes, appointment().bytes);
  });

  it("keeps the dates of an extended exception in step", () => {
    const flagged = set(appointment(), "ExceptionInfo/0/OverrideFlags", "0x3");
    const moved = set(flagged, "ExceptionInfo/0/EndDateTime", "2011-02-17T16:00");
    assert.equal(value(moved, "ExtendedException/0/EndDateTime"), 0x0cdb6e40);
    assert.match(
      refusal(moved, "ExtendedException/0/EndDateTime", "2011-02-17T16:30"),
      /follows from others/,
    );
  });

  it("takes clock times", () => {
    assert.equal(value(set(appointment(), "StartTimeOffset", "09:05"), "StartTimeOffset"), 545);
    assert.match(
      refusal(appointment(), "StartTimeOffset", "24:00"),
      /out of range: allowed are 00:00 to 23:59/,
    );
  });
});

const EASTERN = `0201 3000 0200 1500 45006100730074006500720 06E0020005300740061006E0064006100720064002000540069006D006500
  0100 0201 3E00 0200 D707 0000000000000000000000000000 2C010000 00000000 C4FFFFFF
  00000B00000001000200000000000000 00000300000002000200000000000000`;

describe("structures: fields that disagree", () => {
  const tree = decode("RecurrencePattern", PATTERN, NO_MODIFIED, DATES);

  it("is said, and lets the next change put it right", () => {
    const monthly = decode("RecurrencePattern", PATTERN.replace("0B 20", "0C 20"), NO_MODIFIED, DATES);
    assert.deepEqual(
      monthly.problems.map(({ path, message, advisory }) => [path, message, advisory]),
      [["PatternType", "The type of the pattern does not go with its frequency.", true]],
    );
    assert.deepEqual(set(monthly, "PatternType", "2").problems, []);
    assert.deepEqual(set(monthly, "RecurFrequency", "0x200B").problems, []);
    const more = insertElement(tree, "ModifiedInstanceDates");
    assert.ok(more.ok);
    const another = insertElement(more.tree, "ModifiedInstanceDates");
    assert.ok(another.ok);
    assert.match(another.tree.problems[0]?.message ?? "", /More occurrences are modified/);
  });
});

describe("structures: time zones", () => {
  const definition = (): StructureTree => decode("TimeZoneDefinition", EASTERN);

  it("changes the key name, and the lengths follow", () => {
    assert.deepEqual(definition().problems, []);
    const tree = set(definition(), "KeyName", "UTC");
    assert.equal(value(tree, "HeaderSize"), 12);
    assert.equal(value(tree, "KeyNameLength"), 3);
    assert.equal(describeStructure(tree), "UTC, 1 rule");
    assert.match(refusal(definition(), "KeyName", "x".repeat(261)), /Too long: 261 characters/);
  });

  it("changes rules within their ranges", () => {
    assert.equal(value(set(definition(), "TZRules/0/Bias", "-60"), "TZRules/0/Bias"), -60);
    assert.equal(value(set(definition(), "TZRules/0/Bias", "0xFFFFFFC4"), "TZRules/0/Bias"), -60);
    assert.match(refusal(definition(), "TZRules/0/Bias", "1441"), /-1440 to 1440/);
    assert.match(refusal(definition(), "TZRules/0/StandardDate/Month", "13"), /0 to 12/);
    assert.equal(
      findNode(definition().root, "TZRules/0/StandardDate")?.display,
      "first Sunday of month 11, 02:00",
    );
    const added = insertElement(definition(), "TZRules", 0);
    assert.ok(added.ok);
    assert.equal(value(added.tree, "RuleCount"), 2);
    assert.equal(value(added.tree, "TZRules/1/Bias"), 300);
    assert.ok(!removeElement(definition(), "TZRules/0").ok, "a definition has a rule");
  });

  it("reads and changes the older structure", () => {
    const zone = decode(
      "TimeZone",
      "2C010000 00000000 C4FFFFFF 0000 00000B00000001000200000000000000 0000 00000300000002000200000000000000",
    );
    assert.equal(describeStructure(zone), "UTC-05:00, daylight saving time");
    assert.equal(describeStructure(set(zone, "Bias", "-330")), "UTC+05:30, daylight saving time");
  });
});

describe("structures: identities", () => {
  it("changes the header and the replies of a conversation index", () => {
    const index = decode("ConversationIndex", "01CAE55B20E5 FEE284D557D84277BAB585FBD4BB2BE9 00006F3E 90");
    assert.equal(describeStructure(index), "Header 2010-04-26 16:11:29 + 1 reply");
    const moved = set(index, "HeaderTime", "2021-07-27T22:20:15");
    assert.equal(describeStructure(moved), "Header 2021-07-27 22:20:14 + 1 reply");
    assert.match(refusal(index, "HeaderTime", "1700-01-01"), /from 1829/);
    const random = set(index, "ResponseLevels/0/Level/Random", "5");
    assert.equal(hexOf(random.bytes).slice(-10), "00006F3E50");
    assert.match(refusal(index, "ResponseLevels/0/Level/Random", "16"), /0 to 15/);
    const far = set(index, "ResponseLevels/0/Delta/DeltaCode", "1");
    assert.equal(hexOf(far.bytes).slice(-10), "80006F3E90");
    assert.match(refusal(index, "ResponseLevels/0/Time", "2021-07-27"), /computed/);
    const replied = insertElement(index, "ResponseLevels");
    assert.ok(replied.ok);
    assert.equal(replied.bytes.length, 32);
  });

  it("changes a one-off entry id, in both widths", () => {
    const bytes = encodeOneOff({
      displayName: "Ann",
      addressType: "SMTP",
      address: "ann@example.org",
      flags: ONE_OFF_UNICODE,
    });
    const tree = decodeStructure("EntryId", bytes, context);
    assert.equal(describeStructure(tree), "One-off: Ann <ann@example.org>");
    const renamed = set(tree, "DisplayName", "Ann Ōta");
    assert.equal(describeStructure(renamed), "One-off: Ann Ōta <ann@example.org>");
    assert.match(refusal(renamed, "OneOffFlags", "0"), /Code page 1252 has no “Ō”/);
    const narrow = set(tree, "OneOffFlags", "0");
    assert.deepEqual(
      narrow.bytes,
      encodeOneOff({ displayName: "Ann", addressType: "SMTP", address: "ann@example.org", flags: 0 }),
    );
    assert.match(refusal(tree, "DisplayName", "A\0B"), /cannot hold one/);
    assert.match(refusal(tree, "ProviderUID", "none"), /Not a GUID/);
  });

  it("changes an address book entry id", () => {
    const tree = decode("EntryId", "00000000 DCA740C8C042101AB4B908002B2FE182 01000000 00000000 2F6F3D6100");
    assert.equal(describeStructure(set(tree, "X500DN", "/o=b/cn=c")), "Address book: /o=b/cn=c");
    assert.equal(value(set(tree, "Type", "DT_DISTLIST"), "Type"), 1);
  });

  it("changes entry ids within others, and the lengths around follow", () => {
    const oneOff = encodeOneOff({ displayName: "A", addressType: "SMTP", address: "a@b", flags: 0 });
    const member = decodeStructure(
      "EntryId",
      bytesOf("00000000 C091ADD3519DCF11A4A900AA0047FAA4 00", hexOf(oneOff)),
      context,
    );
    assert.equal(describeStructure(member), "Member: One-off: A <a@b>");
    assert.equal(
      describeStructure(set(member, "EmbeddedEntryId/EmailAddress", "c@d.org")),
      "Member: One-off: A <c@d.org>",
    );
    const list = decodeStructure(
      "FlatEntryList",
      bytesOf("02000000 50000000", "23000000", hexOf(oneOff), "00", "23000000", hexOf(oneOff), "00"),
      context,
    );
    assert.deepEqual(list.problems, []);
    const longer = set(list, "Entries/0/EntryId/DisplayName", "Anna");
    assert.equal(value(longer, "Entries/0/EntryIdSize"), 0x26);
    assert.equal(findNode(longer.root, "Entries/0/Padding")?.length, 2);
    assert.equal(value(longer, "EntriesSize"), 0x54);
    assert.deepEqual(longer.problems, []);
  });

  it("changes entry ids behind a table of their lengths", () => {
    const oneOff = hexOf(encodeOneOff({ displayName: "A", addressType: "SMTP", address: "a@b", flags: 0 }));
    const list = decode("EntryList", "02000000 00000000 23000000 00000000 23000000 11111111", oneOff, oneOff);
    assert.deepEqual(list.problems, []);
    const longer = set(list, "EntryIds/0/DisplayName", "Anna");
    assert.equal(value(longer, "EntryLengths/0/EntryLength"), 0x26);
    assert.equal(value(longer, "EntryLengths/1/EntryLength"), 0x23);
    assert.equal(value(longer, "EntryLengths/1/EntryLengthPad"), 0x11111111);
    assert.match(refusal(list, "EntryLengths/0/EntryLength", "5"), /\.$/);
  });

  it("changes a global object id", () => {
    const tree = decode(
      "GlobalObjectId",
      "040000008200E00074C5B7101A82E008 00000000 F0DB09F532E5CA01 0000000000000000 10000000 E73C73F73F1C3941BDD6450F640703F3",
    );
    const dated = set(set(set(tree, "Year", "2011"), "Month", "9"), "Day", "21");
    assert.equal(hexOf(dated.bytes.subarray(16, 20)), "07DB0915");
    assert.match(describeStructure(dated), /occurrence of 2011-09-21$/);
    assert.equal(value(set(tree, "Data/Bytes", "01 02"), "Size"), 2);
    assert.match(refusal(tree, "Month", "13"), /0 to 12/);
    assert.match(refusal(tree, "ByteArrayId", "00".repeat(16)), /has to be 04 00/);
    assert.match(refusal(tree, "CreationTime", "soon"), /Not a date and time/);
  });

  it("reads the iCalendar UID in a global object id", () => {
    const tree = decode(
      "GlobalObjectId",
      "040000008200E00074C5B7101A82E008 00000000 0000000000000000 0000000000000000 0F000000",
      "7643616C2D556964 01000000 313200",
    );
    assert.deepEqual(tree.problems, []);
    assert.equal(describeStructure(tree), "iCalendar 12");
    assert.equal(value(set(tree, "Data/Uid", "1234"), "Size"), 17);
  });
});

describe("structures: voting and report tags", () => {
  const option =
    "04000000 03596573 0849504D2E4E6F7465 00 03596573 00000000 00 00000000 01000000 02000000 02000000 01000000 FFFFFFFF";
  const verbs = (): StructureTree =>
    decode("VerbStream", "0201 01000000", option, "0401 03590065007300 03590065007300");

  it("renames an option", () => {
    assert.deepEqual(verbs().problems, []);
    assert.equal(describeStructure(verbs()), "Voting: Yes");
    const ansi = set(verbs(), "VoteOptions/0/DisplayName", "Maybe");
    assert.equal(value(ansi, "VoteOptions/0/DisplayNameCount"), 5);
    const wide = set(ansi, "VoteOptionExtras/0/DisplayName", "Maybe");
    assert.equal(describeStructure(wide), "Voting: Maybe");
    assert.match(refusal(verbs(), "VoteOptions/0/DisplayName", "x".repeat(256)), /at most 255/);
    assert.match(refusal(verbs(), "VoteOptions/0/VerbType", "5"), /none of the values/);
    assert.equal(
      value(set(verbs(), "VoteOptions/0/UseUSHeaders", "true"), "VoteOptions/0/UseUSHeaders"),
      true,
    );
  });

  it("adds an option to both lists", () => {
    const added = insertElement(verbs(), "VoteOptions");
    assert.ok(added.ok);
    assert.equal(value(added.tree, "Count"), 2);
    assert.equal(value(added.tree, "VoteOptionExtras/1/DisplayName"), "");
    assert.deepEqual(added.tree.problems, []);
    const removed = removeElement(added.tree, "VoteOptions/1");
    assert.ok(removed.ok);
    assert.deepEqual(removed.bytes, verbs().bytes);
  });

  it("changes a report tag", () => {
    const tag = decode(
      "ReportTag",
      "504344464542303900 01000200 00000000 00000000 00000000 00000000 10000000 0E866555BC88F2E4AB665769B02770F9 03000000 486900",
    );
    assert.equal(describeStructure(tag), "Hi");
    assert.equal(value(set(tag, "ANSIText", "Hello"), "ANSITextSize"), 6);
    const older = set(tag, "Version", "0x00010001");
    assert.equal(older.bytes.length, tag.bytes.length - 4);
    assert.match(refusal(tag, "Version", "3"), /none of the values/);
    assert.equal(value(set(tag, "MessageSearchKey", "01 02 03"), "MessageSearchKeySize"), 3);
    assert.match(refusal(tag, "MessageSearchKey", "0"), /Half a byte/);
  });
});

describe("structures: what is damaged", () => {
  it("stays as it is around a change", () => {
    const cut = decode("TimeZoneDefinition", EASTERN.slice(0, -10));
    assert.match(cut.problems[0]?.message ?? "", /Cut off: 2 bytes due, 1 left/);
    assert.deepEqual(encodeStructure(cut), cut.bytes);
    const changed = set(cut, "TZRules/0/Bias", "60");
    assert.equal(changed.bytes.length, cut.bytes.length);
    assert.equal(changed.problems.length, cut.problems.length);
  });

  it("names what is left over, and keeps it", () => {
    const tree = decode("Sid", "010100000000000512000000 1234");
    assert.equal(tree.leftover?.offset, 12);
    assert.match(tree.problems[0]?.message ?? "", /2 bytes are left over/);
    const changed = set(tree, "SubAuthorities/0", "19");
    assert.equal(hexOf(changed.bytes), "0101000000000005130000001234");
    assert.equal(describeStructure(changed), "S-1-5-19");
    assert.match(refusal(tree, "Leftover", "00"), /belong to no field|left over/);
  });

  it("says what contradicts, lets it be, and lets it be put right", () => {
    const tree = decode("TimeZoneDefinition", EASTERN.replace("3000", "3100"));
    assert.deepEqual(
      tree.problems.map(({ path, message }) => [path, message]),
      [["HeaderSize", "The field says 0x0031, but it should be 0x0030."]],
    );
    assert.deepEqual(encodeStructure(tree), tree.bytes);
    assert.equal(value(set(tree, "TZRules/0/Bias", "0"), "HeaderSize"), 0x31);
    assert.deepEqual(set(tree, "HeaderSize", "0x30").problems, []);
  });

  it("keeps text that its code page cannot give back, until it is changed", () => {
    const tree = decodeStructure(
      "EntryId",
      bytesOf("00000000 DCA740C8C042101AB4B908002B2FE182 01000000 00000000 2FFF0000"),
      { codePage: 932 },
    );
    assert.deepEqual(encodeStructure(tree), tree.bytes);
    assert.equal(hexOf(set(tree, "X500DN", "/").bytes).slice(-6), "2F0000");
  });
});
