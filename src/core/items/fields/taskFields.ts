/** The fields of tasks: [MS-OXOTASK] 2.2.2. Status, percentage, completion and its date always say the same. */
import { MapiError } from "../../mapi/errors";
import { PSETID_COMMON, PSETID_TASK } from "../../mapi/propertySets";
import { PT_BOOLEAN, PT_DOUBLE, PT_LONG, PT_SYSTIME, PT_UNICODE } from "../../mapi/propertyTypes";
import { namedIn } from "../namedValues";
import {
  FIELD_MESSAGES,
  type FieldChange,
  type FieldContext,
  type ItemField,
  textField,
  today,
} from "./field";

const task = namedIn(PSETID_TASK);
const common = namedIn(PSETID_COMMON);
const taskName = (id: number): { guid: string; id: number } => ({ guid: PSETID_TASK, id });

const NOT_STARTED = 0;
const IN_PROGRESS = 1;
const COMPLETE = 2;
const DATE_COMPLETED = taskName(0x810f);

function progress(status: number, percent: number, context: FieldContext): FieldChange {
  const isComplete = status === COMPLETE;
  return {
    named: [
      task(0x8101, PT_LONG, status),
      task(0x8102, PT_DOUBLE, percent),
      task(0x811c, PT_BOOLEAN, isComplete),
      task(0x8115, PT_SYSTIME, context.now),
      ...(isComplete
        ? [task(0x810f, PT_SYSTIME, context.reader.time(DATE_COMPLETED) ?? today(context))]
        : []),
    ],
    ...(isComplete ? {} : { remove: [DATE_COMPLETED] }),
  };
}

/** A day of a task, with the moment of it that calendars show. */
const dayField = (id: string, day: number, moment: number): ItemField => ({
  id,
  kind: "day",
  read: (reader) => reader.time(taskName(day)),
  write: (value, { utcOfLocal }) =>
    typeof value === "bigint"
      ? { named: [task(day, PT_SYSTIME, value), common(moment, PT_SYSTIME, utcOfLocal(value))] }
      : { remove: [taskName(day), { guid: PSETID_COMMON, id: moment }] },
});

/** The fields of a task. */
export const TASK_FIELDS: readonly ItemField[] = [
  {
    id: "taskStatus",
    kind: "choice",
    choices: [NOT_STARTED, IN_PROGRESS, COMPLETE, 3, 4],
    read: (reader) => reader.number(taskName(0x8101)) ?? NOT_STARTED,
    write: (value, context) => {
      const status = Number(value);
      const percent = Number(context.reader.value(taskName(0x8102)) ?? 0);
      if (status === COMPLETE) return progress(status, 1, context);
      if (status === NOT_STARTED) return progress(status, 0, context);
      return progress(status, percent >= 1 ? 0 : percent, context);
    },
  },
  {
    id: "percentComplete",
    kind: "number",
    read: (reader) => Math.round(Number(reader.value(taskName(0x8102)) ?? 0) * 100),
    write: (value, context) => {
      const percent = typeof value === "number" ? value : Number.NaN;
      if (!(percent >= 0 && percent <= 100)) {
        throw new MapiError("MAPI_E_INVALID_PARAMETER", FIELD_MESSAGES.notPercent);
      }
      const before = context.reader.number(taskName(0x8101)) ?? NOT_STARTED;
      if (percent === 100) return progress(COMPLETE, 1, context);
      const isMoved = before === COMPLETE || (before === NOT_STARTED && percent > 0);
      return progress(isMoved ? (percent > 0 ? IN_PROGRESS : NOT_STARTED) : before, percent / 100, context);
    },
  },
  dayField("taskStart", 0x8104, 0x8516),
  dayField("taskDue", 0x8105, 0x8517),
  {
    id: "taskCompleted",
    kind: "day",
    read: (reader) => reader.time(DATE_COMPLETED),
    write: (value, context) => {
      if (typeof value !== "bigint") return progress(IN_PROGRESS, 0, context);
      const done = progress(COMPLETE, 1, context);
      return { ...done, named: [...(done.named ?? []), task(0x810f, PT_SYSTIME, value)] };
    },
  },
  textField("taskOwner", "text", { name: taskName(0x811f), type: PT_UNICODE }),
];
