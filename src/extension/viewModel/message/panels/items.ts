/** Tasks, journal entries, notes, reports, posts; and what any message may have: a vote and reactions. */
import * as vscode from "vscode";
import {
  PSETID_COMMON,
  PSETID_LOG,
  PSETID_NOTE,
  PSETID_POST_RSS,
  PSETID_TASK,
  reactionsOf,
  voteChoices,
} from "../../../../core";
import {
  choice,
  day,
  described,
  field,
  firstOf,
  minutes,
  type PanelField,
  percent,
  type ReadValue,
  text,
  texts,
  time,
  when,
  work,
} from "./fields";

const task = (id: number): { guid: string; id: number } => ({ guid: PSETID_TASK, id });
const log = (id: number): { guid: string; id: number } => ({ guid: PSETID_LOG, id });
const rss = (id: number): { guid: string; id: number } => ({ guid: PSETID_POST_RSS, id });
const common = (id: number): { guid: string; id: number } => ({ guid: PSETID_COMMON, id });

const TASK_STATUS = {
  0: () => vscode.l10n.t("Not started"),
  1: () => vscode.l10n.t("In progress"),
  2: () => vscode.l10n.t("Complete"),
  3: () => vscode.l10n.t("Waiting for somebody else"),
  4: () => vscode.l10n.t("Deferred"),
};

const TASK_ACCEPTANCE = {
  1: () => vscode.l10n.t("Not answered yet"),
  2: () => vscode.l10n.t("Accepted"),
  3: () => vscode.l10n.t("Declined"),
};

/** A task's panel ([MS-OXOTASK]). */
export const TASK: readonly PanelField[] = [
  field(() => vscode.l10n.t("Status"), choice(task(0x8101), TASK_STATUS)),
  field(() => vscode.l10n.t("Done"), percent(task(0x8102))),
  field(() => vscode.l10n.t("Start"), firstOf(day(task(0x8104)), day(common(0x8516)))),
  field(() => vscode.l10n.t("Due"), firstOf(day(task(0x8105)), day(common(0x8517)))),
  field(() => vscode.l10n.t("Completed"), day(task(0x810f))),
  field(() => vscode.l10n.t("Recurrence"), described(task(0x8116))),
  field(() => vscode.l10n.t("Owner"), text(task(0x811f))),
  field(() => vscode.l10n.t("Assigned by"), text(task(0x8121))),
  field(() => vscode.l10n.t("Assignment"), choice(task(0x812a), TASK_ACCEPTANCE)),
  field(() => vscode.l10n.t("Work, estimated"), work(task(0x8111))),
  field(() => vscode.l10n.t("Work, done"), work(task(0x8110))),
  field(
    () => vscode.l10n.t("Team task"),
    when(task(0x8103), () => vscode.l10n.t("yes")),
  ),
  field(() => vscode.l10n.t("Reminder"), time(common(0x8502))),
  field(() => vscode.l10n.t("Companies"), texts(common(0x8539))),
  field(() => vscode.l10n.t("Contacts"), texts(common(0x853a))),
  field(() => vscode.l10n.t("Mileage"), text(common(0x8534))),
  field(() => vscode.l10n.t("Billing"), text(common(0x8535))),
];

/** A journal entry's panel ([MS-OXOJRNL]). */
export const JOURNAL: readonly PanelField[] = [
  field(() => vscode.l10n.t("Kind"), text(log(0x8712), log(0x8700))),
  field(() => vscode.l10n.t("Start"), time(log(0x8706), common(0x8516))),
  field(() => vscode.l10n.t("End"), time(log(0x8708), common(0x8517))),
  field(() => vscode.l10n.t("Duration"), minutes(log(0x8707))),
  field(() => vscode.l10n.t("Companies"), texts(common(0x8539))),
  field(() => vscode.l10n.t("Contacts"), texts(common(0x853a))),
];

const NOTE_COLORS = {
  0: () => vscode.l10n.t("Blue"),
  1: () => vscode.l10n.t("Green"),
  2: () => vscode.l10n.t("Pink"),
  3: () => vscode.l10n.t("Yellow"),
  4: () => vscode.l10n.t("White"),
};

/** A sticky note's panel ([MS-OXONOTE]). */
export const NOTE: readonly PanelField[] = [
  field(() => vscode.l10n.t("Color"), choice({ guid: PSETID_NOTE, id: 0x8b00 }, NOTE_COLORS)),
];

/** A report's panel ([MS-OXOMSG] 2.2.2). */
export const REPORT: readonly PanelField[] = [
  field(() => vscode.l10n.t("Original subject"), text(0x0049001f)),
  field(() => vscode.l10n.t("Original sender"), text(0x005a001f, 0x004d001f)),
  field(() => vscode.l10n.t("Sent"), time(0x004e0040)),
  field(() => vscode.l10n.t("Delivered"), time(0x00550040)),
  field(() => vscode.l10n.t("Original To"), text(0x0074001f)),
  field(() => vscode.l10n.t("Original Cc"), text(0x0073001f)),
  field(() => vscode.l10n.t("Report of"), time(0x00320040)),
  field(() => vscode.l10n.t("Report"), text(0x1001001f)),
  field(() => vscode.l10n.t("Reported by"), text(0x6820001f)),
];

/** A post's panel ([MS-OXOPOST], [MS-OXORSS]). */
export const POST: readonly PanelField[] = [
  field(() => vscode.l10n.t("Conversation"), text(0x0070001f)),
  field(() => vscode.l10n.t("Feed"), text(rss(0x8904))),
  field(() => vscode.l10n.t("Address of the feed"), text(rss(0x8900))),
  field(() => vscode.l10n.t("Address of the item"), text(rss(0x8901))),
];

const votes: ReadValue = ({ reader, view }) => {
  const items = voteChoices(reader, view.codePage.id);
  return items.length === 0 ? undefined : { kind: "list", items };
};

/** Emoji of the kinds that older files name in words. */
const REACTIONS: Readonly<Record<string, string>> = {
  like: "👍",
  heart: "❤️",
  celebrate: "🎉",
  laugh: "😆",
  surprised: "😲",
  sad: "😢",
};

const reactions: ReadValue = ({ reader }) => {
  const items = reactionsOf(reader).map(({ kind, name, address }) =>
    [REACTIONS[kind.toLowerCase()] ?? kind, name || address].filter(Boolean).join(" "),
  );
  return items.length === 0 ? undefined : { kind: "list", items };
};

/** What any message may carry beside its text. */
export const ANY: readonly PanelField[] = [
  field(() => vscode.l10n.t("Vote"), votes),
  field(() => vscode.l10n.t("Voted"), text(common(0x8524))),
  field(() => vscode.l10n.t("Reactions"), reactions),
];
