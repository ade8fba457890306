/** Appointments and meeting requests: [MS-OXOCAL] 2.2.1, 2.2.4, 2.2.6. */
import { PSETID_APPOINTMENT, PSETID_MEETING } from "../../mapi/propertySets";
import { PT_BINARY, PT_BOOLEAN, PT_LONG, PT_SYSTIME, PT_UNICODE } from "../../mapi/propertyTypes";
import {
  PR_END_DATE,
  PR_OWNER_APPT_ID,
  PR_REPLY_REQUESTED,
  PR_RESPONSE_REQUESTED,
  PR_START_DATE,
} from "../../mapi/tags";
import { globalObjectId, takeRandom } from "../identity";
import { timeZoneDefinition } from "../timeZoneRules";
import { namedIn, type NamedValue } from "../namedValues";
import {
  common,
  FLAGS_READ,
  type Preset,
  type PresetContext,
  SIDE_EFFECTS_OPENED,
  SIDE_EFFECTS_REQUEST,
} from "./preset";

const ICON_APPOINTMENT = 0x400;
const ICON_MEETING_REQUEST = 0x404;

const TICKS_PER_MINUTE = 600_000_000n;
const HALF_HOUR_MINUTES = 30;
const HALF_HOUR = TICKS_PER_MINUTE * BigInt(HALF_HOUR_MINUTES);
const REMINDER_MINUTES = 15;
const REMINDER = TICKS_PER_MINUTE * BigInt(REMINDER_MINUTES);

const BUSY = 2;
const TENTATIVE = 1;
/** PidLidAppointmentStateFlags: a meeting, received. */
const STATE_RECEIVED_MEETING = 3;
const RESPONSE_NONE = 0;
const RESPONSE_NOT_RESPONDED = 5;
/** PidLidMeetingType: a first request. */
const MEETING_REQUEST = 1;
const CALENDAR_CLASS = "IPM.Appointment";

const appointmentValue = namedIn(PSETID_APPOINTMENT);
const meetingValue = namedIn(PSETID_MEETING);

/** The next full half hour: when a new appointment starts. */
const nextHalfHour = (now: bigint): bigint => (now / HALF_HOUR + 1n) * HALF_HOUR;

/** What tells an appointment of its own from a meeting that was asked for. */
interface Role {
  readonly state: number;
  readonly response: number;
  readonly busy: number;
}

/** Start, end and what follows from them; everything else as a new item of Outlook has it. */
function calendarValues(context: PresetContext, start: bigint, role: Role): NamedValue[] {
  const end = start + HALF_HOUR;
  const identity = globalObjectId(context.now, context.randomBytes);
  const zone = timeZoneDefinition(context.timeZone);
  return [
    appointmentValue(0x8200, PT_BOOLEAN, false),
    appointmentValue(0x8201, PT_LONG, 0),
    appointmentValue(0x8205, PT_LONG, role.busy),
    appointmentValue(0x8207, PT_LONG, 0),
    appointmentValue(0x8208, PT_UNICODE, ""),
    appointmentValue(0x820d, PT_SYSTIME, start),
    appointmentValue(0x820e, PT_SYSTIME, end),
    appointmentValue(0x8213, PT_LONG, HALF_HOUR_MINUTES),
    appointmentValue(0x8214, PT_LONG, 0),
    appointmentValue(0x8215, PT_BOOLEAN, false),
    appointmentValue(0x8217, PT_LONG, role.state),
    appointmentValue(0x8218, PT_LONG, role.response),
    appointmentValue(0x8223, PT_BOOLEAN, false),
    appointmentValue(0x8224, PT_LONG, role.state === 0 ? -1 : BUSY),
    appointmentValue(0x8229, PT_BOOLEAN, role.state !== 0),
    appointmentValue(0x8231, PT_LONG, 0),
    appointmentValue(0x8232, PT_UNICODE, ""),
    appointmentValue(0x8235, PT_SYSTIME, start),
    appointmentValue(0x8236, PT_SYSTIME, end),
    appointmentValue(0x823a, PT_BOOLEAN, false),
    appointmentValue(0x8257, PT_BOOLEAN, false),
    appointmentValue(0x8259, PT_LONG, 0),
    appointmentValue(0x825a, PT_BOOLEAN, false),
    appointmentValue(0x825e, PT_BINARY, zone),
    appointmentValue(0x825f, PT_BINARY, zone),
    common(0x8501, PT_LONG, REMINDER_MINUTES),
    common(0x8502, PT_SYSTIME, start),
    common(0x8503, PT_BOOLEAN, true),
    common(0x8516, PT_SYSTIME, start),
    common(0x8517, PT_SYSTIME, end),
    common(0x8560, PT_SYSTIME, start - REMINDER),
    meetingValue(0x0003, PT_BINARY, identity),
    meetingValue(0x0005, PT_BOOLEAN, false),
    meetingValue(0x000a, PT_BOOLEAN, false),
    meetingValue(0x0023, PT_BINARY, identity),
  ];
}

const dates = (start: bigint): { tag: number; value: unknown }[] => [
  { tag: PR_START_DATE, value: start },
  { tag: PR_END_DATE, value: start + HALF_HOUR },
  { tag: PR_RESPONSE_REQUESTED, value: true },
  { tag: PR_REPLY_REQUESTED, value: true },
];

/** Half an hour in a calendar, from the next full half hour on, with a reminder. */
export const appointment: Preset = {
  messageClass: CALENDAR_CLASS,
  flags: FLAGS_READ,
  icon: ICON_APPOINTMENT,
  sideEffects: SIDE_EFFECTS_OPENED,
  isDelivered: true,
  hasSender: true,
  content: (context) => {
    const start = nextHalfHour(context.now);
    const role = { state: 0, response: RESPONSE_NONE, busy: BUSY };
    return { properties: dates(start), named: calendarValues(context, start, role) };
  },
};

/** A request as it lies in the inbox of somebody who is invited; the sender is the organizer. */
export const meetingRequest: Preset = {
  messageClass: "IPM.Schedule.Meeting.Request",
  flags: FLAGS_READ,
  icon: ICON_MEETING_REQUEST,
  sideEffects: SIDE_EFFECTS_REQUEST,
  isDelivered: true,
  hasSender: true,
  content: (context) => {
    const start = nextHalfHour(context.now);
    const role = { state: STATE_RECEIVED_MEETING, response: RESPONSE_NOT_RESPONDED, busy: TENTATIVE };
    const id = takeRandom(context.randomBytes, 4);
    return {
      properties: [
        ...dates(start),
        { tag: PR_OWNER_APPT_ID, value: new DataView(id.buffer, id.byteOffset).getInt32(0, true) },
      ],
      named: [
        ...calendarValues(context, start, role),
        meetingValue(0x0001, PT_SYSTIME, context.now),
        meetingValue(0x0002, PT_UNICODE, ""),
        meetingValue(0x0024, PT_UNICODE, CALENDAR_CLASS),
        meetingValue(0x0026, PT_LONG, MEETING_REQUEST),
      ],
    };
  },
};
