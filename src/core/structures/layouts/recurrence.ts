/** Recurrences: [MS-OXOCAL] 2.2.1.44. */
import { PSETID_APPOINTMENT } from "../../mapi/propertySets";
import type { Field } from "../layout";
import { array, bytes, field, rTime, sized, struct, text, u16, u32 } from "../layout";
import { notBefore } from "../checks";
import { RTIME_NO_END, RTIME_NONE, rTimeText } from "../numbers";
import { childOf, elementsOf, numberOf } from "../scope";
import type { Scope } from "../scope";
import type { Scalar, StructureNode } from "../types";

const DAY = 1440;
/** Days in 6 weeks of clock time are more than any appointment that recurs takes. */
const MAX_DAY_MINUTES = 60 * DAY;
const WEEK = 1;
const NTH: ReadonlySet<number> = new Set([3, 0xb]);
const MONTHLY: ReadonlySet<number> = new Set([2, 4, 0xa, 0xc]);

const type = (scope: Scope): number => scope.number("PatternType");
const day = rTime({ multipleOf: DAY });

/** Types of patterns by frequency. */
const TYPES: ReadonlyMap<number, readonly number[]> = new Map([
  [0x200a, [0, 1]],
  [0x200b, [1]],
  [0x200c, [2, 3, 4, 0xa, 0xb, 0xc]],
  [0x200d, [2, 3, 4, 0xa, 0xb, 0xc]],
]);

function checkType(scope: Scope): string | undefined {
  const fits = TYPES.get(scope.number("RecurFrequency"))?.includes(type(scope)) ?? true;
  return fits ? undefined : "The type of the pattern does not go with its frequency.";
}

const DAILY = 0x200a;
const MONTHLY_FREQUENCY = 0x200c;
const YEARLY = 0x200d;
/** Most days, weeks, months or years from one occurrence to the next. */
const MAX_PERIOD = 999;

/** The frequency that a type of pattern says by itself. */
const frequencyOf = (patternType: number): number =>
  patternType === 0 ? DAILY : patternType === WEEK ? 0x200b : MONTHLY_FREQUENCY;

/** What the period counts one of: minutes of a day, months of a year, else weeks, months, or the week of working days. */
const unitOf = (frequency: number, patternType: number): number =>
  patternType === 0 ? DAY : frequency === YEARLY ? 12 : 1;

/** Frequency, type and period of a pattern that is given another frequency or type: they only go together. */
function together(scope: Scope, frequency: number, patternType: number): Readonly<Record<string, number>> {
  const before = unitOf(scope.number("RecurFrequency"), type(scope));
  const after = unitOf(frequency, patternType);
  const count = Math.min(Math.max(Math.floor(scope.number("Period") / before), 1), MAX_PERIOD);
  const period = before === after ? {} : { Period: count * after };
  return { RecurFrequency: frequency, PatternType: patternType, ...period };
}

/** A frequency keeps the type where that goes with it, and else gets the plainest one. */
function alongFrequency(value: Scalar, scope: Scope): Readonly<Record<string, number>> {
  const frequency = Number(value);
  const types = TYPES.get(frequency) ?? [];
  return together(scope, frequency, types.includes(type(scope)) ? type(scope) : (types[0] ?? type(scope)));
}

/** A type keeps the frequency where it goes with that, and else brings its own. */
function alongType(value: Scalar, scope: Scope): Readonly<Record<string, number>> {
  const patternType = Number(value);
  const frequency = scope.number("RecurFrequency");
  const fits = TYPES.get(frequency)?.includes(patternType) ?? true;
  return together(scope, fits ? frequency : frequencyOf(patternType), patternType);
}

/** Months of a year, and minutes of a day where days are counted. */
function checkPeriod(scope: Scope): string | undefined {
  const period = scope.number("Period");
  if (type(scope) === 0 && period % DAY !== 0) return `${period} minutes are not whole days.`;
  const yearly = scope.number("RecurFrequency") === YEARLY;
  return yearly && period % 12 !== 0 ? `${period} months are not whole years.` : undefined;
}

/** The day of a time. */
const dayOf = (minutes: number): number => minutes - (minutes % DAY);

/** What is wrong with the original day of an occurrence; 0 is one that is new and not said yet. */
function outside(minutes: number, pattern: (name: string) => number): string | undefined {
  const within = dayOf(minutes) >= dayOf(pattern("StartDate")) && minutes < pattern("EndDate") + DAY;
  return minutes === 0 || within ? undefined : `${rTimeText(minutes)} lies outside of the recurrence.`;
}

function checkDeleted(scope: Scope): string | undefined {
  const dates = elementsOf(scope.node("DeletedInstanceDates")).map(numberOf);
  return dates
    .map((date) => outside(date, (name) => scope.number(name)))
    .find((wrong) => wrong !== undefined);
}

function checkOriginal(scope: Scope): string | undefined {
  const pattern = scope.node("RecurrencePattern");
  return outside(scope.number("OriginalStartDate"), (name) => numberOf(childOf(pattern, name)));
}

const ENDS_AFTER = 0x2022;
const NEVER_ENDS: ReadonlySet<number> = new Set([0x2023, 0xffffffff]);

function checkOccurrences(scope: Scope): string | undefined {
  const none = scope.number("EndType") === ENDS_AFTER && scope.number("OccurrenceCount") === 0;
  return none ? "A recurrence that ends after a number of occurrences has at least one." : undefined;
}

function checkEnd(scope: Scope): string | undefined {
  const endless = scope.number("EndDate") >= RTIME_NO_END;
  return endless && !NEVER_ENDS.has(scope.number("EndType"))
    ? "By its end type the recurrence ends."
    : undefined;
}

/** [MS-OXOCAL] 2.2.1.44.1. */
export const recurrencePattern = struct([
  field("ReaderVersion", u16({ form: "hex", oneOf: [0x3004] })),
  field("WriterVersion", u16({ form: "hex", oneOf: [0x3004] })),
  field(
    "RecurFrequency",
    u16({ form: "hex", flags: "flagRecurFrequency", oneOf: [0x200a, 0x200b, 0x200c, 0x200d] }),
    { along: alongFrequency },
  ),
  field(
    "PatternType",
    u16({ form: "hex", flags: "flagPatternType", oneOf: [0, 1, 2, 3, 4, 0xa, 0xb, 0xc] }),
    { check: checkType, along: alongType },
  ),
  field(
    "CalendarType",
    u16({
      form: "hex",
      flags: "flagCalendarType",
      oneOf: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0xa, 0xb, 0xc, 0xe, 0xf, 0x10, 0x14],
    }),
  ),
  field("FirstDateTime", u32()),
  field("Period", u32({ min: 1, max: 999 * DAY }), { check: checkPeriod }),
  field("SlidingFlag", u32({ form: "boolean" })),
  field(
    "WeekRecurrencePattern",
    u32({ form: "hex", flags: "flagDOW", mask: 0x7f, min: 1, max: 0x7f, initial: 2 }),
    {
      label: "Days of week",
      when: (scope) => type(scope) === WEEK || NTH.has(type(scope)),
    },
  ),
  field("DayOfMonth", u32({ min: 1, max: 31 }), { when: (scope) => MONTHLY.has(type(scope)) }),
  field("N", u32({ form: "hex", flags: "flagN", oneOf: [1, 2, 3, 4, 5] }), {
    label: "Which one in the month",
    when: (scope) => NTH.has(type(scope)),
  }),
  field("EndType", u32({ form: "hex", flags: "flagEndType", oneOf: [0x2021, 0x2022, 0x2023, 0xffffffff] })),
  field("OccurrenceCount", u32(), { check: checkOccurrences }),
  field("FirstDOW", u32({ flags: "flagFirstDOW", min: 0, max: 6 }), { label: "First day of week" }),
  field("DeletedInstanceCount", u32()),
  field("DeletedInstanceDates", array(day, { of: "DeletedInstanceCount" }), { rule: checkDeleted }),
  field("ModifiedInstanceCount", u32(), {
    check: (scope) =>
      scope.number("ModifiedInstanceCount") > scope.number("DeletedInstanceCount")
        ? "More occurrences are modified than deleted; a modified one counts as both."
        : undefined,
  }),
  field("ModifiedInstanceDates", array(day, { of: "ModifiedInstanceCount" })),
  field("StartDate", day),
  field("EndDate", rTime({ multipleOf: DAY, also: [RTIME_NO_END, RTIME_NONE] }), {
    rule: notBefore("EndDate", "StartDate"),
    check: checkEnd,
  }),
]);

const SUBJECT = 0x0001;
const LOCATION = 0x0010;
const property = (id: string): string => `${PSETID_APPOINTMENT},${id}`;
const overridden =
  (mask: number) =>
  (scope: Scope): boolean =>
    scope.any("OverrideFlags", mask);

/** Two lengths and 8-bit text. */
const ansiText = (name: string, flag: number): readonly Field[] => [
  field(`${name}Length`, u16(), { when: overridden(flag), derive: (scope) => scope.bytes(name) + 1 }),
  field(`${name}Length2`, u16(), { when: overridden(flag) }),
  field(name, text("codePage", { of: `${name}Length2` }, { maxLength: 0xfffe }), { when: overridden(flag) }),
];

/** [MS-OXOCAL] 2.2.1.44.2. */
const exceptionInfo = struct([
  field("StartDateTime", rTime()),
  field("EndDateTime", rTime(), { rule: notBefore("EndDateTime", "StartDateTime") }),
  field("OriginalStartDate", rTime(), { check: checkOriginal }),
  field("OverrideFlags", u16({ form: "hex", flags: "flagOverrideFlags", mask: 0x03ff })),
  ...ansiText("Subject", SUBJECT),
  field("MeetingType", u32({ form: "hex", flags: property("0x8217") }), { when: overridden(0x2) }),
  field("ReminderDelta", u32(), { when: overridden(0x4) }),
  field("ReminderSet", u32({ form: "boolean" }), { when: overridden(0x8) }),
  ...ansiText("Location", LOCATION),
  field("BusyStatus", u32({ flags: property("0x8205"), min: 0, max: 4 }), { when: overridden(0x20) }),
  field("Attachment", u32({ form: "boolean" }), { when: overridden(0x40) }),
  field("SubType", u32({ form: "boolean" }), { label: "All-day", when: overridden(0x80) }),
  field("AppointmentColor", u32({ flags: property("0x8214"), min: 0, max: 10 }), { when: overridden(0x100) }),
]);

/** The exception that an extended one goes on with. */
function exceptionOf(scope: Scope): StructureNode | undefined {
  return elementsOf(scope.node("ExceptionInfo"))[scope.index];
}

const extended =
  (mask: number) =>
  (scope: Scope): boolean => {
    const flags = childOf(exceptionOf(scope), "OverrideFlags")?.value;
    return typeof flags === "number" && (flags & mask) !== 0;
  };

const hasText = extended(SUBJECT | LOCATION);

/** A date that the exception has too. */
const sameDate = (name: string): Field =>
  field(name, rTime(), { when: hasText, derive: (scope) => childOf(exceptionOf(scope), name)?.value });

const wideText = (name: string, flag: number): readonly Field[] => [
  field(`${name}Length`, u16(), { when: extended(flag) }),
  field(name, text("utf16", { of: `${name}Length`, unit: 2 }), { when: extended(flag) }),
];

const reservedBlock = (name: string, when: (scope: Scope) => boolean = () => true): readonly Field[] => [
  field(`${name}Size`, u32({ form: "hex" }), { when }),
  field(name, bytes({ of: `${name}Size` }), {
    when: (scope) => when(scope) && scope.number(`${name}Size`) > 0,
  }),
];

const hasHighlight = (scope: Scope): boolean => scope.number("WriterVersion2") >= 0x3009;

/** [MS-OXOCAL] 2.2.1.44.4 and 2.2.1.44.3. */
const extendedException = struct([
  field("ChangeHighlightSize", u32(), { when: hasHighlight }),
  field(
    "ChangeHighlight",
    sized(
      { of: "ChangeHighlightSize" },
      struct([
        field("ChangeHighlightValue", u32({ form: "hex", flags: property("0x8204") })),
        field("Reserved", bytes("rest"), { when: (_, { remaining = 0 }) => remaining > 0 }),
      ]),
    ),
    { when: hasHighlight },
  ),
  ...reservedBlock("ReservedBlockEE1"),
  sameDate("StartDateTime"),
  sameDate("EndDateTime"),
  sameDate("OriginalStartDate"),
  ...wideText("WideCharSubject", SUBJECT),
  ...wideText("WideCharLocation", LOCATION),
  ...reservedBlock("ReservedBlockEE2", hasText),
]);

function checkExceptions(scope: Scope): string | undefined {
  const modified = numberOf(childOf(scope.node("RecurrencePattern"), "ModifiedInstanceCount"));
  const count = scope.number("ExceptionCount");
  return count === modified ? undefined : `${count} exceptions for ${modified} modified occurrences.`;
}

/** [MS-OXOCAL] 2.2.1.44.5. */
export const appointmentRecurrencePattern = struct([
  field("RecurrencePattern", recurrencePattern),
  field("ReaderVersion2", u32({ form: "hex", oneOf: [0x3006] })),
  field("WriterVersion2", u32({ form: "hex", oneOf: [0x3009, 0x3008, 0x3007, 0x3006] })),
  field("StartTimeOffset", u32({ form: "minutes", max: DAY - 1, min: 0 })),
  field("EndTimeOffset", u32({ form: "minutes", max: MAX_DAY_MINUTES, min: 0 }), {
    rule: notBefore("EndTimeOffset", "StartTimeOffset"),
  }),
  field("ExceptionCount", u16(), { check: checkExceptions }),
  field("ExceptionInfo", array(exceptionInfo, { of: "ExceptionCount" })),
  ...reservedBlock("ReservedBlock1"),
  field(
    "ExtendedException",
    array(extendedException, (scope) => scope.count("ExceptionInfo")),
  ),
  ...reservedBlock("ReservedBlock2"),
]);
