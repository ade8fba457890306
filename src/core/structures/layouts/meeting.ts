/** What identifies a meeting, free/busy tombstones and times: [MS-OXOCAL] 2.2.1.27, 2.2.12.5; [MS-OXOPFFB] 2.2.1.2. */
import { noSuchDay, notBefore } from "../checks";
import { clockText } from "../numbers";
import type { Peek } from "../layout";
import { array, bytes, choice, field, fileTime, rTime, sized, struct, text, u16, u32, u8 } from "../layout";

const PREFIX = [4, 0, 0, 0, 0x82, 0, 0xe0, 0, 0x74, 0xc5, 0xb7, 0x10, 0x1a, 0x82, 0xe0, 8];
const SIGNATURE = [0x76, 0x43, 0x61, 0x6c, 0x2d, 0x55, 0x69, 0x64];

const startsWith = (peek: Peek, start: readonly number[]): boolean =>
  start.every((byte, at) => peek.byte(at) === byte);

/** The UID of an iCalendar object ([MS-OXCICAL] 2.1.3.1.1.20.26). */
const iCalendarUid = struct(
  [
    field("Signature", bytes(SIGNATURE.length, SIGNATURE)),
    field("UidVersion", u32({ form: "hex", oneOf: [1] })),
    field("Uid", text("utf8", "nul"), { label: "iCalendar UID" }),
  ],
  (scope) => scope.text("Uid"),
);

/** [MS-OXOCAL] 2.2.1.27. */
export const globalObjectId = struct([
  field("ByteArrayId", bytes(PREFIX.length, PREFIX)),
  field("Year", u16({ bigEndian: true, min: 0, max: 4500 }), { label: "Year of the replaced occurrence" }),
  field("Month", u8({ flags: "flagGlobalObjectIdMonth", min: 0, max: 12 })),
  field("Day", u8({ min: 0, max: 31 }), {
    check: (scope) => noSuchDay(scope.number("Year"), scope.number("Month"), scope.number("Day")),
  }),
  field("CreationTime", fileTime()),
  field("X", bytes(8), { label: "Reserved" }),
  field("Size", u32()),
  field(
    "Data",
    sized(
      { of: "Size" },
      choice((_, peek) => (startsWith(peek, SIGNATURE) ? iCalendarUid : data)),
    ),
  ),
]);

const data = struct([field("Bytes", bytes("rest"))]);

/** The least a record takes. */
const RECORD_SIZE = 14;

/** [MS-OXOCAL] 2.2.12.5: meetings that a delegate already answered; the header's count is not kept in step. */
export const tombstone = struct([
  field("Identifier", u32({ form: "hex", oneOf: [0xbedeafcd] })),
  field("HeaderSize", u32({ form: "hex", oneOf: [0x14] })),
  field("Version", u32({ form: "hex", oneOf: [3] })),
  field("RecordsCount", u32(), {
    check: (scope) =>
      scope.count("Records") === scope.number("RecordsCount")
        ? undefined
        : `The header counts ${scope.number("RecordsCount")}, but there are ${scope.count("Records")}.`,
  }),
  field("RecordsSize", u32({ form: "hex" })),
  field(
    "Records",
    array(
      struct([
        field("StartTime", rTime()),
        field("EndTime", rTime(), { rule: notBefore("EndTime", "StartTime") }),
        field("GlobalObjectIdSize", u32({ form: "hex" })),
        field("GlobalObjectId", sized({ of: "GlobalObjectIdSize" }, globalObjectId)),
        field("UserNameSize", u16({ form: "hex" })),
        field("UserName", text("codePage", { of: "UserNameSize" })),
      ]),
      { more: ({ remaining = 0 }) => remaining >= RECORD_SIZE },
    ),
  ),
]);

const DAY = 24 * 60;
/** The most minutes that a month has; the last block may end with it. */
const MONTH = 31 * DAY;

/** Minutes of a month as its day and the time: "02 14:30"; what `ends` with a day is "02 24:00". */
function dayAndTime(minutes: number, ends: boolean): string {
  const days = Math.floor((ends && minutes > 0 ? minutes - 1 : minutes) / DAY);
  return `${(days + 1).toString().padStart(2, "0")} ${clockText(minutes - days * DAY)}`;
}

/** [MS-OXOPFFB] 2.2.1.2.2: the times of a month that are taken, in minutes since the month began in UTC. */
export const freeBusy = struct([
  field(
    "Blocks",
    array(
      struct(
        [
          field("Start", u16({ min: 0, max: MONTH })),
          field("End", u16({ min: 0, max: MONTH }), {
            rule: (scope) =>
              scope.number("End") < scope.number("Start") ? "The end lies before the start." : undefined,
          }),
        ],
        (scope) => `${dayAndTime(scope.number("Start"), false)} – ${dayAndTime(scope.number("End"), true)}`,
      ),
      "rest",
    ),
  ),
]);
