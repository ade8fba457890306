/** What the structures of addresses, of conversations, of changes and of access take and refuse. */
import { encodeOneOff, ONE_OFF_UNICODE } from "../../../src/core/structures";
import { byteText, guid, LONG, NUMBER, RANGE, ranged, type Subject, TIME } from "./validityKit";

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const ONE_OFF = hexOf(
  encodeOneOff({ displayName: "A", addressType: "SMTP", address: "a@b", flags: ONE_OFF_UNICODE }),
);
const OPTION = `04000000 03596573 0849504D2E4E6F7465 00 03596573 00000000 00 00000000 01000000 02000000 02000000
  01000000 FFFFFFFF`;

/** Structures of addresses, of conversations, of changes and of access. */
export const OTHER_SUBJECTS: readonly Subject[] = [
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
