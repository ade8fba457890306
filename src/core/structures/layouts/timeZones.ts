/** Time zones: [MS-OXOCAL] 2.2.1.39 and 2.2.1.41. */
import type { Layout } from "../layout";
import { noSuchDay } from "../checks";
import { array, bytes, field, i32, struct, text, u16, u8 } from "../layout";
import type { Scope } from "../scope";

const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const WHICH = ["", "first", "second", "third", "fourth", "last"];
/** Minutes of a day: no zone is further from UTC. */
const MAX_BIAS = 1440;

const two = (value: number): string => value.toString().padStart(2, "0");

/** "last Sunday of month 10, 02:00"; with a year, that date. */
function transition(scope: Scope): string {
  const month = scope.number("Month");
  if (month === 0) return "none";
  const clock = `${two(scope.number("Hour"))}:${two(scope.number("Minute"))}`;
  const year = scope.number("Year");
  if (year > 0) return `${year}-${two(month)}-${two(scope.number("Day"))} ${clock}`;
  const which = WHICH[scope.number("Day")] ?? "";
  return `${which} ${WEEKDAYS[scope.number("DayOfWeek")] ?? ""} of month ${month}, ${clock}`;
}

/** A day of a month of a year, or which of the weekdays of every year's month: 5 is the last. */
function checkDay(scope: Scope): string | undefined {
  const [year, month, day] = [scope.number("Year"), scope.number("Month"), scope.number("Day")];
  if (month === 0) return undefined;
  if (year > 0) return day === 0 ? "A date has a day." : noSuchDay(year, month, day);
  return day >= 1 && day <= 5
    ? undefined
    : "Without a year it is 1 to 4 for the first to the fourth, 5 for the last.";
}

/** [MS-DTYP] 2.3.13. */
const systemTime: Layout = struct(
  [
    field("Year", u16({ min: 0, max: 30827 })),
    field("Month", u16({ min: 0, max: 12 })),
    field("DayOfWeek", u16({ flags: "flagFirstDOW", min: 0, max: 6 })),
    field("Day", u16({ min: 0, max: 31 }), { check: checkDay }),
    field("Hour", u16({ min: 0, max: 23 })),
    field("Minute", u16({ min: 0, max: 59 })),
    field("Second", u16({ min: 0, max: 59 })),
    field("Milliseconds", u16({ min: 0, max: 999 })),
  ],
  transition,
);

const bias = i32({ min: -MAX_BIAS, max: MAX_BIAS, initial: 0 });

/** [MS-OXOCAL] 2.2.1.39. */
export const timeZone = struct([
  field("Bias", bias),
  field("StandardBias", bias),
  field("DaylightBias", bias),
  field("StandardYear", u16()),
  field("StandardDate", systemTime),
  field("DaylightYear", u16()),
  field("DaylightDate", systemTime),
]);

const RULE_SIZE = 0x3e;

/** [MS-OXOCAL] 2.2.1.41.1. */
const rule = struct([
  field("MajorVersion", u8({ form: "hex", oneOf: [2] })),
  field("MinorVersion", u8({ form: "hex", oneOf: [1] })),
  field("Reserved", u16({ form: "hex", oneOf: [RULE_SIZE] })),
  field("TZRuleFlags", u16({ form: "hex", flags: "flagTZRule", mask: 0x3 }), { label: "Rule flags" }),
  field("Year", u16()),
  field("X", bytes(14), { label: "Unused" }),
  field("Bias", bias),
  field("StandardBias", bias),
  field("DaylightBias", bias),
  field("StandardDate", systemTime),
  field("DaylightDate", systemTime),
]);

/** Reserved and the length of the key name. */
const HEADER_REST = 6;

/** [MS-OXOCAL] 2.2.1.41. */
export const timeZoneDefinition = struct([
  field("MajorVersion", u8({ form: "hex", oneOf: [2] })),
  field("MinorVersion", u8({ form: "hex", oneOf: [1] })),
  field("HeaderSize", u16({ form: "hex" }), { derive: (scope) => HEADER_REST + scope.bytes("KeyName") }),
  field("Reserved", u16({ form: "hex", oneOf: [2] })),
  field("KeyNameLength", u16()),
  field("KeyName", text("utf16", { of: "KeyNameLength", unit: 2 }, { maxLength: 260 })),
  field("RuleCount", u16({ min: 1, max: 1024 })),
  field("TZRules", array(rule, { of: "RuleCount" }), { label: "Rules" }),
]);
