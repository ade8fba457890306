/** A sample appointment that recurs every week: [MS-OXOCAL]. */
import {
  MAPI_CC,
  MAPI_TO,
  PR_BODY,
  PR_END_DATE,
  PR_ICON_INDEX,
  PR_MESSAGE_CLASS,
  PR_MESSAGE_FLAGS,
  PR_OWNER_APPT_ID,
  PR_START_DATE,
  PR_SUBJECT,
  PSETID_APPOINTMENT,
  PSETID_COMMON,
  PSETID_MEETING,
  PT_BINARY,
  PT_BOOLEAN,
  PT_LONG,
  PT_SYSTIME,
  PT_UNICODE,
  globalObjectId,
  namedIn,
  type NamedValue,
  senderProperties,
  setEvery,
  setNamed,
} from "../../src/core";
import {
  CENTRAL_EUROPE,
  timeZoneDefinition,
  timeZoneStruct,
  TZRULE_EFFECTIVE,
  TZRULE_RECUR_AND_EFFECTIVE,
  weeklyRecurrence,
} from "./calendarBytes";
import { addRecipients, MADE, makeSample, props, type Sample, utc } from "./kit";
import { ANNA, MARCO, PRIYA, TOMAS } from "./people";
import { lines } from "./received";

const MSGFLAG_READ = 1;
const ICON_RECURRING_MEETING = 0x403;
const BUSY = 2;
const MEETING = 1;
const RESPONSE_ORGANIZED = 1;
const RECURS_WEEKLY = 2;
const TUESDAY = 2;

/** 10:00 to 10:45 in central Europe, from Tuesday, 7 April 2026 (summer time), twelve times; the third was called off. */
const START = utc(2026, 4, 7, 8, 0);
const END = utc(2026, 4, 7, 8, 45);
const SERIES = {
  firstDay: utc(2026, 4, 7),
  weekday: TUESDAY,
  count: 12,
  deleted: [2],
  startMinute: 600,
  endMinute: 645,
};
/** The clip dates are the midnights of the first and last day. */
const CLIP_START = utc(2026, 4, 6, 22, 0);
const CLIP_END = utc(2026, 6, 22, 22, 0);
const REMINDER_MINUTES = 15;
const REMINDER = utc(2026, 4, 7, 7, 45);
const LOCATION = "Room Lisbon, 2nd floor";

const appointment = namedIn(PSETID_APPOINTMENT);
const common = namedIn(PSETID_COMMON);
const meeting = namedIn(PSETID_MEETING);

function values(randomBytes: (count: number) => Uint8Array): NamedValue[] {
  const identity = globalObjectId(MADE, randomBytes);
  return [
    appointment(0x8201, PT_LONG, 0),
    appointment(0x8205, PT_LONG, BUSY),
    appointment(0x8208, PT_UNICODE, LOCATION),
    appointment(0x820d, PT_SYSTIME, START),
    appointment(0x820e, PT_SYSTIME, END),
    appointment(0x8213, PT_LONG, 45),
    appointment(0x8214, PT_LONG, 0),
    appointment(0x8215, PT_BOOLEAN, false),
    appointment(0x8216, PT_BINARY, weeklyRecurrence(SERIES)),
    appointment(0x8217, PT_LONG, MEETING),
    appointment(0x8218, PT_LONG, RESPONSE_ORGANIZED),
    appointment(0x8223, PT_BOOLEAN, true),
    appointment(0x8231, PT_LONG, RECURS_WEEKLY),
    appointment(0x8232, PT_UNICODE, "every Tuesday from 10:00 to 10:45"),
    appointment(0x8233, PT_BINARY, timeZoneStruct(CENTRAL_EUROPE)),
    appointment(0x8234, PT_UNICODE, "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna"),
    appointment(0x8235, PT_SYSTIME, CLIP_START),
    appointment(0x8236, PT_SYSTIME, CLIP_END),
    appointment(0x8238, PT_UNICODE, `${MARCO.name}; ${TOMAS.name}; ${PRIYA.name}`),
    appointment(0x823b, PT_UNICODE, `${MARCO.name}; ${TOMAS.name}`),
    appointment(0x823c, PT_UNICODE, PRIYA.name),
    appointment(0x825e, PT_BINARY, timeZoneDefinition(CENTRAL_EUROPE, TZRULE_EFFECTIVE)),
    appointment(0x825f, PT_BINARY, timeZoneDefinition(CENTRAL_EUROPE, TZRULE_EFFECTIVE)),
    appointment(0x8260, PT_BINARY, timeZoneDefinition(CENTRAL_EUROPE, TZRULE_RECUR_AND_EFFECTIVE)),
    common(0x8501, PT_LONG, REMINDER_MINUTES),
    common(0x8502, PT_SYSTIME, START),
    common(0x8503, PT_BOOLEAN, true),
    common(0x8506, PT_BOOLEAN, false),
    common(0x8516, PT_SYSTIME, START),
    common(0x8517, PT_SYSTIME, END),
    common(0x8552, PT_LONG, 0x25f57),
    common(0x8554, PT_UNICODE, "16.0"),
    common(0x8560, PT_SYSTIME, REMINDER),
    meeting(0x0002, PT_UNICODE, LOCATION),
    meeting(0x0003, PT_BINARY, identity),
    meeting(0x0005, PT_BOOLEAN, true),
    meeting(0x0023, PT_BINARY, identity),
  ];
}

/** A meeting of a team once a week, as its organizer has it in the calendar. */
export const teamMeeting = (): Sample =>
  makeSample({ name: "Weekly team meeting.msg", seed: 8 }, (message, randomBytes) => {
    setEvery(message, [
      ...props(
        [PR_MESSAGE_CLASS, "IPM.Appointment"],
        [PR_MESSAGE_FLAGS, MSGFLAG_READ],
        [PR_ICON_INDEX, ICON_RECURRING_MEETING],
        [PR_SUBJECT, "Weekly team meeting"],
        [PR_START_DATE, START],
        [PR_END_DATE, END],
        [PR_OWNER_APPT_ID, 1_302_041_677],
        [PR_BODY, lines("What is new, what is next, who needs help.")],
      ),
      ...senderProperties(ANNA, { unicode: true }),
    ]);
    setNamed(message, values(randomBytes));
    addRecipients(message, MAPI_TO, [MARCO, TOMAS]);
    addRecipients(message, MAPI_CC, [PRIYA]);
  });
