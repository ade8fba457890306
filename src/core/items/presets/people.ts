/** Contacts and contact groups: [MS-OXOCNTC] 2.2.1, 2.2.2. */
import { PSETID_ADDRESS } from "../../mapi/propertySets";
import { PT_BOOLEAN, PT_LONG, PT_MV_LONG, PT_UNICODE } from "../../mapi/propertyTypes";
import {
  PR_DISPLAY_NAME,
  PR_DISPLAY_NAME_PREFIX,
  PR_GENERATION,
  PR_GIVEN_NAME,
  PR_MIDDLE_NAME,
  PR_SURNAME,
} from "../../mapi/tags";
import { namedIn } from "../namedValues";
import { FLAGS_READ, type Preset, SIDE_EFFECTS_CONTACT } from "./preset";

const ICON_CONTACT = 0x200;
const ICON_GROUP = 0x202;

const addressValue = namedIn(PSETID_ADDRESS);

/** PidLidFileUnderId: "last, first middle". */
const FILE_UNDER_LAST_FIRST = 0x8017;
/** PidLidFileUnderId: a text of its own. */
const FILE_UNDER_CUSTOM = -1;
/** The ways of filing that Outlook offers of a contact: last first, with the company, company, both ways round. */
const FILE_UNDER_LIST: readonly number[] = [FILE_UNDER_LAST_FIRST, 0x8037, 0x3a16, 0x8019, 0x8018];
/** The fields that the form shows: three e-mail addresses. */
const SHOWN_FIELDS: readonly number[] = [0x8080, 0x8090, 0x80a0];

/** Somebody in an address book; the names are still empty. */
export const contact: Preset = {
  messageClass: "IPM.Contact",
  flags: FLAGS_READ,
  icon: ICON_CONTACT,
  sideEffects: SIDE_EFFECTS_CONTACT,
  isDelivered: true,
  hasSender: false,
  content: () => ({
    properties: [
      PR_DISPLAY_NAME,
      PR_DISPLAY_NAME_PREFIX,
      PR_GIVEN_NAME,
      PR_MIDDLE_NAME,
      PR_SURNAME,
      PR_GENERATION,
    ].map((tag) => ({ tag, value: "" })),
    named: [
      addressValue(0x8005, PT_UNICODE, ""),
      addressValue(0x8006, PT_LONG, FILE_UNDER_LAST_FIRST),
      addressValue(0x8007, PT_MV_LONG, SHOWN_FIELDS),
      addressValue(0x8015, PT_BOOLEAN, false),
      addressValue(0x8022, PT_LONG, 0),
      addressValue(0x8025, PT_BOOLEAN, false),
      addressValue(0x8026, PT_MV_LONG, FILE_UNDER_LIST),
      addressValue(0x8029, PT_LONG, 0),
    ],
  }),
};

/** A contact group without members; `groupMemberProperties` gives it some. */
export const distributionList: Preset = {
  messageClass: "IPM.DistList",
  flags: FLAGS_READ,
  icon: ICON_GROUP,
  sideEffects: SIDE_EFFECTS_CONTACT,
  isDelivered: true,
  hasSender: false,
  content: () => ({
    properties: [{ tag: PR_DISPLAY_NAME, value: "" }],
    named: [
      addressValue(0x8005, PT_UNICODE, ""),
      addressValue(0x8006, PT_LONG, FILE_UNDER_CUSTOM),
      addressValue(0x8025, PT_BOOLEAN, false),
      addressValue(0x8029, PT_LONG, 0),
      addressValue(0x804c, PT_LONG, 0),
      addressValue(0x8053, PT_UNICODE, ""),
    ],
  }),
};
