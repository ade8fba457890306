/** Appointments and meetings ([MS-OXOCAL]): when, where, how often, who organises and what was answered. */
import * as vscode from "vscode";
import {
  appointmentZone,
  millisecondsOf,
  PR_MESSAGE_CLASS,
  PSETID_APPOINTMENT,
  PSETID_COMMON,
  PSETID_MEETING,
  type PropertyReader,
  zoneOffset,
} from "../../../../core";
import type { PanelValue } from "../../../../protocol/message";
import type { MessageContext } from "../context";
import {
  choice,
  described,
  field,
  firstOf,
  minutesText,
  type PanelField,
  type ReadValue,
  text,
  time,
  when,
} from "./fields";

const lid = (id: number): { guid: string; id: number } => ({ guid: PSETID_APPOINTMENT, id });
const common = (id: number): { guid: string; id: number } => ({ guid: PSETID_COMMON, id });

const START = [lid(0x820d), common(0x8516), 0x00600040] as const;
const END = [lid(0x820e), common(0x8517), 0x00610040] as const;
const ALL_DAY = lid(0x8215);
const LOCATION = lid(0x8208);
const RECURRENCE = lid(0x8216);
const RECURRENCE_TEXT = lid(0x8232);
const REMINDER_ON = common(0x8503);
const REMINDER_MINUTES = common(0x8501);
/** Stands for the 15 minutes that are set by default ([MS-OXORMDR] 2.2.1.3). */
const DEFAULT_REMINDER = 0x5ae980e1;
const DEFAULT_MINUTES = 15;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** A moment with the clock of the appointment's zone; of an all-day one the day there, `last` the one before its end. */
function moment(
  from: readonly Parameters<PropertyReader["time"]>[0][],
  display: "start" | "end",
  last: boolean,
): ReadValue {
  return ({ reader }): PanelValue | undefined => {
    const found = from.map((property) => millisecondsOf(reader.time(property)));
    const at = found.find((each) => each !== undefined);
    if (at === undefined) return undefined;
    const zone = appointmentZone(reader, display);
    const offset = zone ? zoneOffset(zone, at) : undefined;
    if (reader.boolean(ALL_DAY) === true) {
      // Without a zone the nearest midnight is meant.
      const local = at + (offset === undefined ? DAY_MS / 2 : offset * MINUTE_MS);
      const day = Math.floor(local / DAY_MS) * DAY_MS;
      return { kind: "day", time: last ? Math.max(day - DAY_MS, 0) : day };
    }
    return {
      kind: "time",
      time: at,
      ...(zone && offset !== undefined ? { zone: { name: zone.name, offset } } : {}),
    };
  };
}

/** The end of an all-day item that ends where it begins is the day itself. */
function end(context: MessageContext): PanelValue | undefined {
  const first = moment(START, "start", false)(context);
  const last = moment(END, "end", true)(context);
  return last?.kind === "day" && first?.kind === "day" && last.time < first.time ? first : last;
}

const reminder: ReadValue = ({ reader }) => {
  if (reader.boolean(REMINDER_ON) !== true) return undefined;
  const stored = reader.number(REMINDER_MINUTES) ?? DEFAULT_REMINDER;
  const minutes = stored === DEFAULT_REMINDER ? DEFAULT_MINUTES : stored;
  return { kind: "text", text: vscode.l10n.t("{0} before", minutesText(minutes)) };
};

const BUSY = {
  0: () => vscode.l10n.t("Free"),
  1: () => vscode.l10n.t("Tentative"),
  2: () => vscode.l10n.t("Busy"),
  3: () => vscode.l10n.t("Out of office"),
  4: () => vscode.l10n.t("Working elsewhere"),
};

const ANSWERS = {
  1: () => vscode.l10n.t("Organizer"),
  2: () => vscode.l10n.t("Tentative"),
  3: () => vscode.l10n.t("Accepted"),
  4: () => vscode.l10n.t("Declined"),
  5: () => vscode.l10n.t("Not answered yet"),
};

/** What a meeting message is about, by its class. */
const MEETING_CLASSES: readonly (readonly [RegExp, () => string])[] = [
  [/\.request$/i, () => vscode.l10n.t("Meeting request")],
  [/\.canceled$/i, () => vscode.l10n.t("The meeting is canceled")],
  [/\.resp\.pos$/i, () => vscode.l10n.t("Accepted")],
  [/\.resp\.neg$/i, () => vscode.l10n.t("Declined")],
  [/\.resp\.tent$/i, () => vscode.l10n.t("Tentatively accepted")],
  [/\.notification\.forward$/i, () => vscode.l10n.t("The meeting was forwarded")],
];

const meetingState: ReadValue = ({ reader, kind }) => {
  const messageClass = (reader.text(PR_MESSAGE_CLASS) ?? "").trim();
  const words = MEETING_CLASSES.find(([pattern]) => pattern.test(messageClass))?.[1]();
  if (words) return { kind: "text", text: words };
  const state = reader.number(lid(0x8217)) ?? 0;
  const isCanceled = (state & 4) !== 0;
  const isMeeting = (state & 1) !== 0;
  if (!isMeeting || kind === "meeting") return undefined;
  return {
    kind: "text",
    text: isCanceled ? vscode.l10n.t("Canceled meeting") : vscode.l10n.t("Meeting"),
  };
};

/** An appointment's panel. */
export const CALENDAR: readonly PanelField[] = [
  field(() => vscode.l10n.t("State"), meetingState),
  field(() => vscode.l10n.t("Start"), moment(START, "start", false)),
  field(() => vscode.l10n.t("End"), end),
  field(
    () => vscode.l10n.t("Duration"),
    when(ALL_DAY, () => vscode.l10n.t("All day")),
  ),
  field(() => vscode.l10n.t("Proposed start"), time(lid(0x8250))),
  field(() => vscode.l10n.t("Proposed end"), time(lid(0x8251))),
  field(() => vscode.l10n.t("Location"), text(LOCATION, { guid: PSETID_MEETING, id: 0x0002 })),
  field(() => vscode.l10n.t("Recurrence"), firstOf(described(RECURRENCE), text(RECURRENCE_TEXT))),
  field(
    () => vscode.l10n.t("Time zone"),
    ({ reader }) => {
      const name = appointmentZone(reader, "start")?.name.trim();
      return name ? { kind: "text", text: name } : undefined;
    },
  ),
  field(() => vscode.l10n.t("Shown as"), choice(lid(0x8205), BUSY)),
  field(() => vscode.l10n.t("Own answer"), choice(lid(0x8218), ANSWERS)),
  field(() => vscode.l10n.t("Answered"), time(lid(0x8220))),
  field(() => vscode.l10n.t("Reminder"), reminder),
  field(() => vscode.l10n.t("Online meeting"), text(lid(0x8248))),
];
