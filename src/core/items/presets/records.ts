/** Tasks, sticky notes and journal entries: [MS-OXOTASK] 2.2.2, [MS-OXONOTE] 2.2.1, [MS-OXOJRNL] 2.2.1. */
import { PSETID_LOG, PSETID_NOTE, PSETID_TASK } from "../../mapi/propertySets";
import { PT_BOOLEAN, PT_DOUBLE, PT_LONG, PT_SYSTIME, PT_UNICODE } from "../../mapi/propertyTypes";
import { namedIn } from "../namedValues";
import { common, FLAGS_READ, type Preset, SIDE_EFFECTS_MENU, SIDE_EFFECTS_OPENED } from "./preset";

const ICON_TASK = 0x500;
/** 0x300 and the colour. */
const ICON_YELLOW_NOTE = 0x303;
const ICON_PHONE_CALL = 0x60a;

const taskValue = namedIn(PSETID_TASK);
const noteValue = namedIn(PSETID_NOTE);
const logValue = namedIn(PSETID_LOG);

/** PidLidTaskOrdinal of a task that nobody has put into an order. */
const NO_ORDINAL = 0x7fffffff;
/** PidLidTaskState: not assigned to anybody. */
const NOT_ASSIGNED = 1;
/** PidLidToDoSubOrdinal of a task that nobody has put into an order ([MS-OXOFLAG] 2.2.1.10). */
const SUB_ORDINAL = "5555555";

/** A task of one's own, not begun, without dates. */
export const task: Preset = {
  messageClass: "IPM.Task",
  flags: FLAGS_READ,
  icon: ICON_TASK,
  sideEffects: SIDE_EFFECTS_OPENED,
  isDelivered: true,
  hasSender: false,
  content: ({ now, sender }) => ({
    named: [
      taskValue(0x8101, PT_LONG, 0),
      taskValue(0x8102, PT_DOUBLE, 0),
      taskValue(0x8103, PT_BOOLEAN, false),
      taskValue(0x8110, PT_LONG, 0),
      taskValue(0x8111, PT_LONG, 0),
      taskValue(0x8112, PT_LONG, 1),
      taskValue(0x8113, PT_LONG, NOT_ASSIGNED),
      taskValue(0x811a, PT_LONG, 0),
      taskValue(0x811c, PT_BOOLEAN, false),
      taskValue(0x811e, PT_BOOLEAN, true),
      taskValue(0x811f, PT_UNICODE, sender?.name ?? ""),
      taskValue(0x8121, PT_UNICODE, ""),
      taskValue(0x8123, PT_LONG, NO_ORDINAL),
      taskValue(0x8124, PT_BOOLEAN, false),
      taskValue(0x8126, PT_BOOLEAN, false),
      taskValue(0x8127, PT_UNICODE, ""),
      taskValue(0x8129, PT_LONG, 0),
      taskValue(0x812a, PT_LONG, 0),
      taskValue(0x812c, PT_BOOLEAN, false),
      common(0x85a0, PT_SYSTIME, now),
      common(0x85a1, PT_UNICODE, SUB_ORDINAL),
    ],
  }),
};

const YELLOW = 3;

/** A yellow note of Outlook's size. */
export const stickyNote: Preset = {
  messageClass: "IPM.StickyNote",
  flags: FLAGS_READ,
  icon: ICON_YELLOW_NOTE,
  sideEffects: SIDE_EFFECTS_MENU,
  isDelivered: true,
  hasSender: false,
  content: () => ({
    named: [
      noteValue(0x8b00, PT_LONG, YELLOW),
      noteValue(0x8b02, PT_LONG, 200),
      noteValue(0x8b03, PT_LONG, 166),
      noteValue(0x8b04, PT_LONG, 80),
      noteValue(0x8b05, PT_LONG, 80),
    ],
  }),
};

const PHONE_CALL = "Phone call";

/** A phone call that begins now. */
export const journalEntry: Preset = {
  messageClass: "IPM.Activity",
  flags: FLAGS_READ,
  icon: ICON_PHONE_CALL,
  sideEffects: SIDE_EFFECTS_MENU,
  isDelivered: true,
  hasSender: false,
  content: ({ now }) => ({
    named: [
      logValue(0x8700, PT_UNICODE, PHONE_CALL),
      logValue(0x8706, PT_SYSTIME, now),
      logValue(0x8707, PT_LONG, 0),
      logValue(0x8708, PT_SYSTIME, now),
      logValue(0x870c, PT_LONG, 0),
      logValue(0x870e, PT_BOOLEAN, false),
      logValue(0x870f, PT_BOOLEAN, false),
      logValue(0x8710, PT_BOOLEAN, false),
      logValue(0x8711, PT_BOOLEAN, false),
      logValue(0x8712, PT_UNICODE, PHONE_CALL),
      common(0x8516, PT_SYSTIME, now),
      common(0x8517, PT_SYSTIME, now),
    ],
  }),
};
