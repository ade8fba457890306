/** The fields of appointments and meetings: [MS-OXOCAL] 2.2.1. */
import { MapiError } from "../../mapi/errors";
import { PSETID_APPOINTMENT, PSETID_COMMON, PSETID_MEETING } from "../../mapi/propertySets";
import { PT_BOOLEAN, PT_LONG, PT_SYSTIME, PT_UNICODE } from "../../mapi/propertyTypes";
import { PR_END_DATE, PR_START_DATE } from "../../mapi/tags";
import { namedIn } from "../namedValues";
import type { PropertyReader } from "../propertyReader";
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

/** The midnight at which the last day of a span ends. */
function endOfDay(end: bigint, start: bigint, { startOfDay }: FieldContext): bigint {
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
      const { reader, startOfDay } = context;
      const flag = appointment(0x8215, PT_BOOLEAN, value === true);
      const start = startOf(reader);
      if (value !== true || start === undefined) return { named: [flag] };
      const end = endOfDay(endOf(reader) ?? start, start, context);
      const whole = span(reader, startOfDay(start), end);
      return { ...whole, named: [flag, ...(whole.named ?? [])] };
    },
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
