/** Fields of structures with texts that they take and refuse: what the tests of validity go through. */
import type { StructureId } from "../../../src/core/structures";

/** A field: texts that it takes, the widest it takes among them, and texts that it refuses with the reason. */
export interface Case {
  readonly path: string;
  readonly takes: readonly string[];
  readonly refuses: readonly (readonly [string, RegExp])[];
}

/** A structure: its bytes, and what its fields take. */
export interface Subject {
  readonly name: string;
  readonly id: StructureId;
  readonly hex: string;
  readonly fields: readonly Case[];
}

/** Why a text that is no number is refused. */
export const NUMBER = /whole number/;
/** Why a number is refused that is too small or too large. */
export const RANGE = /out of range|Allowed are/;
/** Why a text is refused that is no date and time. */
export const TIME = /Not a date and time/;
/** Why a text is refused that is too long. */
export const LONG = /Too long/;

const SYSTEM_TIME: readonly (readonly [string, number, number])[] = [
  ["Month", 0, 12],
  ["DayOfWeek", 0, 6],
  ["Hour", 0, 23],
  ["Minute", 0, 59],
  ["Second", 0, 59],
  ["Milliseconds", 0, 999],
];

/** A field for a number from `low` to `high`. */
export const ranged = (path: string, low: number, high: number): Case => ({
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
/** A field for minutes from UTC. */
export const bias = (path: string): Case => ({
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
/** The fields of a moment at which the clocks change: a SYSTEMTIME. */
export const transition = (path: string): readonly Case[] => [
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
/** A field for a GUID. */
export const guid = (path: string): Case => ({
  path,
  takes: ["{FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF}", "00062008-0000-0000-c000-000000000046"],
  refuses: [
    ["{00062008", /Not a GUID/],
    ["", /Not a GUID/],
  ],
});
/** A field for a short text in the code page. */
export const byteText = (path: string): Case => ({
  path,
  takes: ["", "Ä€", "x".repeat(255)],
  refuses: [
    ["x".repeat(256), LONG],
    ["緑", /has no/],
  ],
});
