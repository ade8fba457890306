/** What the structures of the calendar and of tasks take and refuse. */
import { bias, type Case, LONG, NUMBER, RANGE, ranged, type Subject, TIME, transition } from "./validityKit";

/** Weekly on Thursday, every second week, 2010-10-28 to 2011-06-30; 2011-02-17 deleted. */
const PATTERN = `04300430 0B20 0100 0000 C0210000 02000000 00000000 10000000 21200000 12000000 00000000
  01000000 806ADB0C`;
const DATES = "80F4D80C A056DE0C";
const ZONE_DATES = "0000 0B00 0000 0100 0200 0000 0000 0000";

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
    takes: ["0", "2", "3", "0xC"],
    refuses: [["5", /none of the values/]],
  },
  {
    path: `${at}RecurFrequency`,
    takes: ["0x200A", "0x200C", "0x200D"],
    refuses: [["0x2000", /none of the values/]],
  },
  { path: `${at}EndType`, takes: ["0x2022", "0x2023"], refuses: [["0x2024", /none of the values/]] },
  { path: `${at}OccurrenceCount`, takes: ["0", "4294967295"], refuses: [["4294967296", RANGE]] },
  ranged(`${at}FirstDOW`, 0, 6),
];

/** Structures of the calendar and of tasks. */
export const CALENDAR_SUBJECTS: readonly Subject[] = [
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
];
