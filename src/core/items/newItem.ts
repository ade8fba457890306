/** New items by preset: a mail, an appointment, a contact … with the properties that Outlook itself sets. */
import {
  PR_ALTERNATE_RECIPIENT_ALLOWED,
  PR_CLIENT_SUBMIT_TIME,
  PR_CONVERSATION_INDEX,
  PR_CONVERSATION_INDEX_TRACKING,
  PR_DELETE_AFTER_SUBMIT,
  PR_ICON_INDEX,
  PR_IMPORTANCE,
  PR_INTERNET_CPID,
  PR_MESSAGE_CLASS,
  PR_MESSAGE_DELIVERY_TIME,
  PR_MESSAGE_FLAGS,
  PR_MESSAGE_LOCALE_ID,
  PR_ORIGINATOR_DELIVERY_REPORT_REQUESTED,
  PR_PRIORITY,
  PR_READ_RECEIPT_REQUESTED,
  PR_SEARCH_KEY,
  PR_SENSITIVITY,
  PR_SUBJECT,
} from "../mapi/tags";
import { fileTimeNow } from "../session/fileContext";
import type { IMessage, PropValue } from "../session/types";
import type { RootStorage } from "../storage/types";
import { conversationIndex, type RandomBytes, takeRandom } from "./identity";
import { setEvery, setNamed } from "./namedValues";
import { newStorage } from "./newStorage";
import { senderProperties } from "./parties";
import { appointment, meetingRequest } from "./presets/calendar";
import { post, receivedMail, unsentMail } from "./presets/mail";
import { contact, distributionList } from "./presets/people";
import { commonValues, type Preset } from "./presets/preset";
import { journalEntry, stickyNote, task } from "./presets/records";
import type { MailUser, StringWidth } from "./recipient";
import type { MessageTimeZone } from "./timeZone";
import { UTC_ZONE } from "./timeZoneRules";

const PRESETS = {
  unsentMail,
  receivedMail,
  post,
  appointment,
  meetingRequest,
  contact,
  task,
  stickyNote,
  journalEntry,
  distributionList,
} as const satisfies Record<string, Preset>;

/** A kind of item that can be begun. */
export type PresetId = keyof typeof PRESETS;

/** All presets, in the order in which they are offered. */
export const PRESET_IDS: readonly PresetId[] = [
  "unsentMail",
  "receivedMail",
  "post",
  "appointment",
  "meetingRequest",
  "contact",
  "task",
  "stickyNote",
  "journalEntry",
  "distributionList",
];

/** Whether a text is the id of a preset. */
export function isPresetId(id: string): id is PresetId {
  return Object.hasOwn(PRESETS, id);
}

/** The message class of a preset's items. */
export const presetClass = (preset: PresetId): string => PRESETS[preset].messageClass;

/** How an item is filled. */
export interface FillItemOptions {
  readonly preset: PresetId;
  /** Who writes the item. Without it the item names nobody. */
  readonly sender?: MailUser | undefined;
  /** The zone in which the times of an appointment are shown; UTC when left out. */
  readonly timeZone?: MessageTimeZone | undefined;
  /** The clock, as FILETIME. */
  readonly now: () => bigint;
  /** Random bytes: the caller's, because the core reaches for no source of chance of its own. */
  readonly randomBytes: RandomBytes;
}

const IMPORTANCE_NORMAL = 1;
const PRIORITY_NORMAL = 0;
const SENSITIVITY_NONE = 0;
const CODE_PAGE_UTF8 = 65001;
const LOCALE_EN_US = 1033;
/** Length of the search key of a message, [MS-OXCPRPT] 2.2.1.9. */
const SEARCH_KEY_SIZE = 16;

/** What every item has, in the order of Outlook's files. There is no body: the first text that is typed makes one. */
export function itemProperties({ messageClass, flags, icon }: Preset, randomBytes: RandomBytes): PropValue[] {
  return [
    { tag: PR_ALTERNATE_RECIPIENT_ALLOWED, value: true },
    { tag: PR_IMPORTANCE, value: IMPORTANCE_NORMAL },
    { tag: PR_ORIGINATOR_DELIVERY_REPORT_REQUESTED, value: false },
    { tag: PR_PRIORITY, value: PRIORITY_NORMAL },
    { tag: PR_READ_RECEIPT_REQUESTED, value: false },
    { tag: PR_SENSITIVITY, value: SENSITIVITY_NONE },
    { tag: PR_DELETE_AFTER_SUBMIT, value: false },
    { tag: PR_MESSAGE_CLASS, value: messageClass },
    { tag: PR_MESSAGE_FLAGS, value: flags },
    { tag: PR_SUBJECT, value: "" },
    { tag: PR_ICON_INDEX, value: icon },
    { tag: PR_SEARCH_KEY, value: takeRandom(randomBytes, SEARCH_KEY_SIZE) },
    { tag: PR_INTERNET_CPID, value: CODE_PAGE_UTF8 },
    { tag: PR_MESSAGE_LOCALE_ID, value: LOCALE_EN_US },
  ];
}

/** When an item that is no draft came to be. */
const deliveryTimes = (now: bigint): PropValue[] => [
  { tag: PR_CLIENT_SUBMIT_TIME, value: now },
  { tag: PR_MESSAGE_DELIVERY_TIME, value: now },
];

/** The conversation that an item begins; its topic comes with its subject. */
const conversation = (now: bigint, randomBytes: RandomBytes): PropValue[] => [
  { tag: PR_CONVERSATION_INDEX, value: conversationIndex(now, randomBytes) },
  { tag: PR_CONVERSATION_INDEX_TRACKING, value: true },
];

/**
 * Makes an empty message an item of a preset; also an embedded one, which the caller then saves.
 * @param width how strings within binary values are written: as those of the message
 * @throws MapiError what `setProps` reports; MAPI_E_INVALID_PARAMETER for a sender without an address.
 */
export function fillItem(message: IMessage, options: FillItemOptions, width: StringWidth): void {
  const { sender, randomBytes, timeZone = UTC_ZONE } = options;
  const preset: Preset = PRESETS[options.preset];
  const now = options.now();
  const { properties = [], named = [] } = preset.content({ now, sender, width, timeZone, randomBytes });
  setEvery(message, [
    ...itemProperties(preset, randomBytes),
    ...conversation(now, randomBytes),
    ...(preset.isDelivered ? deliveryTimes(now) : []),
    ...(preset.hasSender && sender ? senderProperties(sender, width) : []),
    ...properties,
  ]);
  setNamed(message, [...commonValues(now, preset.sideEffects), ...named]);
}

/** How a new item is made. */
export interface NewItemOptions extends Omit<FillItemOptions, "now">, StringWidth {
  /** The clock, as FILETIME; the system's when left out. */
  readonly now?: (() => bigint) | undefined;
}

/**
 * A new item in a storage of its own, saved and committed: `toBytes` gives the file.
 * @throws MapiError MAPI_E_INVALID_PARAMETER for an unknown code page, a source of random bytes that gives too few or a
 * sender without an address; MAPI_E_BAD_CHARWIDTH for a sender's name that the code page cannot hold.
 */
export function createItem(options: NewItemOptions): RootStorage {
  const { preset, sender, timeZone, randomBytes, now = fileTimeNow } = options;
  return newStorage(options, (message, width) =>
    fillItem(message, { preset, sender, timeZone, now, randomBytes }, width),
  );
}
