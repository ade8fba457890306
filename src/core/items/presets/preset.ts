/** What every preset is made of, and what Outlook puts into items of every class. */
import { PT_BOOLEAN, PT_LONG, PT_SYSTIME, PT_UNICODE } from "../../mapi/propertyTypes";
import { PSETID_COMMON } from "../../mapi/propertySets";
import type { PropValue } from "../../session/types";
import type { RandomBytes } from "../identity";
import { namedIn, type NamedValue } from "../namedValues";
import type { MailUser, StringWidth } from "../recipient";
import type { MessageTimeZone } from "../timeZone";

/** What a preset can use. */
export interface PresetContext {
  /** The time at which the item is made, as FILETIME. */
  readonly now: bigint;
  /** Who writes the item, where that is known. */
  readonly sender?: MailUser | undefined;
  readonly width: StringWidth;
  /** The zone in which the times of an appointment are shown. */
  readonly timeZone: MessageTimeZone;
  readonly randomBytes: RandomBytes;
}

/** What a class adds to the properties of every item. */
export interface PresetContent {
  readonly properties?: readonly PropValue[];
  readonly named?: readonly NamedValue[];
}

/** A kind of item that can be begun. */
export interface Preset {
  /** PR_MESSAGE_CLASS. */
  readonly messageClass: string;
  /** PR_MESSAGE_FLAGS. */
  readonly flags: number;
  /** PR_ICON_INDEX ([MS-OXOMSG] 2.2.1.10). */
  readonly icon: number;
  /** PidLidSideEffects ([MS-OXCMSG] 2.2.1.16): what has to be opened before it is moved, deleted … */
  readonly sideEffects: number;
  /** Whether the item counts as sent and delivered when it is made, as everything does that is not a draft. */
  readonly isDelivered: boolean;
  /** Whether whom it is from is part of it. */
  readonly hasSender: boolean;
  readonly content: (context: PresetContext) => PresetContent;
}

/** PR_MESSAGE_FLAGS of an item that is there, and was read. */
export const FLAGS_READ = 0x1;
/** PR_MESSAGE_FLAGS of an item that is being written. */
export const FLAGS_DRAFT = 0x9;

/** Moving, copying and deleting open the item first ([MS-OXCMSG] 2.2.1.16), as calendar items and tasks have it. */
export const SIDE_EFFECTS_OPENED = 0x171;
/** The item comes into the default folder of its kind, with a menu of its own: notes, journal entries. */
export const SIDE_EFFECTS_MENU = 0x110;
/** Opened for moving, copying and deleting: contacts and their groups. */
export const SIDE_EFFECTS_CONTACT = 0x51;
/** What a meeting request has: opened, and what was done to it cannot be undone. */
export const SIDE_EFFECTS_REQUEST = 0x1c61;

/** The version of Outlook that an item names: 16.0, in number and in words. */
const OUTLOOK_VERSION = 0x28e93;
const OUTLOOK_VERSION_NAME = "16.0";

/** Values of PSETID_Common. */
export const common = namedIn(PSETID_COMMON);

/** The named properties of every item Outlook makes ([MS-OXCMSG] 2.2.1, [MS-OXORMDR] 2.2.1). */
export function commonValues(now: bigint, sideEffects: number): NamedValue[] {
  return [
    common(0x8501, PT_LONG, 0),
    common(0x8503, PT_BOOLEAN, false),
    common(0x8506, PT_BOOLEAN, false),
    common(0x850e, PT_BOOLEAN, false),
    common(0x8510, PT_LONG, sideEffects),
    common(0x8518, PT_LONG, 0),
    common(0x8552, PT_LONG, OUTLOOK_VERSION),
    common(0x8554, PT_UNICODE, OUTLOOK_VERSION_NAME),
    common(0x85bf, PT_SYSTIME, now),
  ];
}
