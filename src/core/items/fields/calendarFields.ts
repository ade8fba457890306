/** The fields of appointments and meetings: [MS-OXOCAL] 2.2.1. */
import { MapiError } from "../../mapi/errors";
import { PSETID_APPOINTMENT, PSETID_COMMON, PSETID_MEETING } from "../../mapi/propertySets";
import { PT_BINARY, PT_BOOLEAN, PT_LONG, PT_SYSTIME, PT_UNICODE } from "../../mapi/propertyTypes";
import { PR_END_DATE, PR_START_DATE } from "../../mapi/tags";
import { appointmentZone, ZONE_DESCRIPTION, ZONE_RECUR, ZONE_STRUCT } from "../appointmentZone";
import { namedIn, type NamedValue } from "../namedValues";
import type { PropertyReader } from "../propertyReader";
import { clockInZone, type MessageTimeZone, millisecondsOf, utcInZone } from "../timeZone";
import { timeZoneDefinition } from "../timeZoneRules";
import { timeZoneStruct } from "../timeZoneStruct";
import {
  FIELD_MESSAGES,
  type FieldChange,
  type FieldContext,
  type FieldValue,
  type ItemField,
} from "./field";

const appointment = namedIn(PSETID_APPOINTMENT);
const common = namedIn(PSETID_COMMON);
const meeting = namedIn(PSETID_MEETING);
const nameIn = (guid: string, id: number): { guid: string; id: number } => ({ guid, id });

const START = nameIn(PSETID_APPOINTMENT, 0x820d);
const END = nameIn(PSETID_APPOINTMENT, 0x820e);
const RECURRING = nameIn(PSETID_APPOINTMENT, 0x8223);
/** PidLidIsRecurring: the meeting of a request. */
const REQUEST_RECURRING = nameIn(PSETID_MEETING, 0x0005);
const ALL_DAY = nameIn(PSETID_APPOINTMENT, 0x8215);
const REMINDER_SET = nameIn(PSETID_COMMON, 0x8503);
const REMINDER_DELTA = nameIn(PSETID_COMMON, 0x8501);

const TICKS_PER_MINUTE = 600_000_000n;
const HALF_HOUR = 30n * TICKS_PER_MINUTE;
const DAY_AND_A_HALF = 36n * 60n * TICKS_PER_MINUTE;
/** PidLidReminderDelta that stands for the default ([MS-OXORMDR] 2.2.1.3). */
const DEFAULT_DELTA = 0x5ae980e1;
const DEFAULT_MINUTES = 15;

const invalid = (message: string): MapiError => new MapiError("MAPI_E_INVALID_PARAMETER", message);
const timeOf = (value: FieldValue): bigint => {
  if (typeof value === "bigint") return value;
  throw invalid(FIELD_MESSAGES.needsTime);
};

const startOf = (reader: PropertyReader): bigint | undefined =>
  reader.time(START) ?? reader.time(PR_START_DATE);
const endOf = (reader: PropertyReader): bigint | undefined => reader.time(END) ?? reader.time(PR_END_DATE);

function minutesBefore(reader: PropertyReader): number {
  const delta = reader.number(REMINDER_DELTA) ?? DEFAULT_MINUTES;
  return delta === DEFAULT_DELTA ? DEFAULT_MINUTES : delta;
}

const isRecurring = (reader: PropertyReader): string | undefined =>
  reader.boolean(RECURRING) === true ? FIELD_MESSAGES.recurring : undefined;

/** Everything that says when an appointment of its own is. @throws MapiError when it would end before it starts */
function span(reader: PropertyReader, start: bigint, end: bigint): FieldChange {
  if (end < start) throw invalid(FIELD_MESSAGES.endBeforeStart);
  const reminder =
    reader.boolean(REMINDER_SET) === true
      ? [
          common(0x8502, PT_SYSTIME, start),
          common(0x8560, PT_SYSTIME, start - BigInt(minutesBefore(reader)) * TICKS_PER_MINUTE),
        ]
      : [];
  return {
    set: [
      { tag: PR_START_DATE, value: start },
      { tag: PR_END_DATE, value: end },
    ],
    named: [
      appointment(0x820d, PT_SYSTIME, start),
      appointment(0x820e, PT_SYSTIME, end),
      appointment(0x8213, PT_LONG, Number((end - start) / TICKS_PER_MINUTE)),
      appointment(0x8235, PT_SYSTIME, start),
      appointment(0x8236, PT_SYSTIME, end),
      common(0x8516, PT_SYSTIME, start),
      common(0x8517, PT_SYSTIME, end),
      ...reminder,
    ],
  };
}

const TICKS_PER_DAY = 1440n * TICKS_PER_MINUTE;
const TICKS_PER_MS = 10_000n;
const EPOCH_MS = 11_644_473_600_000n;
const msOf = (ticks: bigint): number => Number(ticks / TICKS_PER_MS - EPOCH_MS);
/** A time that goes to where its milliseconds go; the ticks within a millisecond stay. */
function moved(ticks: bigint, to: (ms: number) => number): bigint {
  const ms = msOf(ticks);
  return ticks + BigInt(to(ms) - ms) * TICKS_PER_MS;
}

/** What the clock of a zone shows at a moment, as if it were UTC. */
const clockIn = (zone: MessageTimeZone, utc: bigint): bigint => moved(utc, (ms) => clockInZone(zone, ms));

/** The moment at which the clock of a zone shows a time. */
const momentIn = (zone: MessageTimeZone, clock: bigint): bigint => moved(clock, (ms) => utcInZone(zone, ms));

/** When a day begins in the zone of the appointment; where it has none, as it does where the person is. */
function dayStart({ reader, startOfDay }: FieldContext): (time: bigint) => bigint {
  const zone = appointmentZone(reader, "start");
  if (!zone) return startOfDay;
  return (time) => momentIn(zone, (clockIn(zone, time) / TICKS_PER_DAY) * TICKS_PER_DAY);
}

/** The values that name a zone; of those that only some appointments have, the ones that this one has. */
function zoneValues(reader: PropertyReader, zone: MessageTimeZone): NamedValue[] {
  const display = timeZoneDefinition(zone);
  const isThere = (name: typeof ZONE_RECUR): boolean => reader.value(name) !== undefined;
  return [
    appointment(0x825e, PT_BINARY, display),
    appointment(0x825f, PT_BINARY, display),
    ...(isThere(ZONE_RECUR) ? [appointment(ZONE_RECUR.id, PT_BINARY, timeZoneDefinition(zone, true))] : []),
    ...(isThere(ZONE_STRUCT) ? [appointment(ZONE_STRUCT.id, PT_BINARY, timeZoneStruct(zone))] : []),
    ...(isThere(ZONE_DESCRIPTION) ? [appointment(ZONE_DESCRIPTION.id, PT_UNICODE, zone.name)] : []),
  ];
}

/** Another zone: the clock shows the same times there, which are other moments. @throws MapiError for an unknown name */
function changeZone(value: FieldValue, { reader, localOfUtc, zoneNamed }: FieldContext): FieldChange {
  const clockOf = (which: "start" | "end", moment: bigint): bigint => {
    const zone = appointmentZone(reader, which);
    return zone ? clockIn(zone, moment) : localOfUtc(moment);
  };
  const dated = (ticks: bigint | undefined): bigint | undefined =>
    millisecondsOf(ticks) === undefined ? undefined : ticks;
  const [start, end] = [dated(startOf(reader)), dated(endOf(reader))];
  const from = start === undefined ? undefined : clockOf("start", start);
  const to = end === undefined ? from : clockOf("end", end);
  const shown = from === undefined || to === undefined ? [] : [from, to];
  const zone = typeof value === "string" ? zoneNamed(value.trim(), shown.map(msOf)) : undefined;
  if (!zone) throw invalid(FIELD_MESSAGES.unknownZone);
  const named = zoneValues(reader, zone);
  if (from === undefined || to === undefined) return { named };
  const times = span(reader, momentIn(zone, from), momentIn(zone, to));
  return { ...times, named: [...(times.named ?? []), ...named] };
}

/** The midnight at which the last day of a span ends. */
function endOfDay(end: bigint, start: bigint, startOfDay: (time: bigint) => bigint): bigint {
  const midnight = startOfDay(end);
  if (midnight === end && end > start) return end;
  return startOfDay(midnight + DAY_AND_A_HALF);
}

function reminder(reader: PropertyReader, isSet: boolean, minutes: number): FieldChange {
  const start = startOf(reader);
  return {
    named: [
      common(0x8503, PT_BOOLEAN, isSet),
      common(0x8501, PT_LONG, minutes),
      ...(start === undefined || !isSet
        ? []
        : [
            common(0x8502, PT_SYSTIME, start),
            common(0x8560, PT_SYSTIME, start - BigInt(minutes) * TICKS_PER_MINUTE),
          ]),
    ],
  };
}

/** The fields of an appointment; a start that moves takes the end along. */
export const CALENDAR_FIELDS: readonly ItemField[] = [
  {
    id: "start",
    kind: "time",
    readOnly: isRecurring,
    read: startOf,
    write: (value, { reader }) => {
      const start = timeOf(value);
      const length = (endOf(reader) ?? 0n) - (startOf(reader) ?? 0n);
      return span(reader, start, start + (length > 0n ? length : HALF_HOUR));
    },
  },
  {
    id: "end",
    kind: "time",
    readOnly: isRecurring,
    read: endOf,
    write: (value, { reader }) => {
      const end = timeOf(value);
      return span(reader, startOf(reader) ?? end, end);
    },
  },
  {
    id: "allDay",
    kind: "check",
    readOnly: isRecurring,
    read: (reader) => reader.boolean(ALL_DAY) === true,
    write: (value, context) => {
      const { reader } = context;
      const startOfDay = dayStart(context);
      const flag = appointment(0x8215, PT_BOOLEAN, value === true);
      const start = startOf(reader);
      if (value !== true || start === undefined) return { named: [flag] };
      const end = endOfDay(endOf(reader) ?? start, start, startOfDay);
      const whole = span(reader, startOfDay(start), end);
      return { ...whole, named: [flag, ...(whole.named ?? [])] };
    },
  },
  {
    id: "timeZone",
    kind: "zone",
    readOnly: (reader) =>
      reader.boolean(RECURRING) === true || reader.boolean(REQUEST_RECURRING) === true
        ? FIELD_MESSAGES.recurringZone
        : undefined,
    read: (reader) => appointmentZone(reader, "start")?.name,
    write: changeZone,
  },
  {
    id: "location",
    kind: "text",
    read: (reader) => reader.text(nameIn(PSETID_APPOINTMENT, 0x8208)),
    write: (value, { reader }) => {
      const place = typeof value === "string" ? value : "";
      const hasWhere = reader.value(nameIn(PSETID_MEETING, 0x0002)) !== undefined;
      return {
        named: [
          appointment(0x8208, PT_UNICODE, place),
          ...(hasWhere ? [meeting(0x0002, PT_UNICODE, place)] : []),
        ],
      };
    },
  },
  {
    id: "busyStatus",
    kind: "choice",
    choices: [0, 1, 2, 3, 4],
    read: (reader) => reader.number(nameIn(PSETID_APPOINTMENT, 0x8205)) ?? 2,
    write: (value) => ({ named: [appointment(0x8205, PT_LONG, Number(value))] }),
  },
  {
    id: "reminder",
    kind: "check",
    read: (reader) => reader.boolean(REMINDER_SET) === true,
    write: (value, { reader }) => reminder(reader, value === true, minutesBefore(reader)),
  },
  {
    id: "reminderMinutes",
    kind: "number",
    read: minutesBefore,
    write: (value, { reader }) => {
      const minutes = typeof value === "number" ? value : Number.NaN;
      if (!Number.isInteger(minutes) || minutes < 0) throw invalid(FIELD_MESSAGES.notMinutes);
      return reminder(reader, reader.boolean(REMINDER_SET) === true, minutes);
    },
  },
];
