/** Mails and posts: [MS-OXOMSG], [MS-OXOPOST]. */
import { PR_INTERNET_MESSAGE_ID } from "../../mapi/tags";
import { internetMessageId } from "../identity";
import { FLAGS_DRAFT, FLAGS_READ, type Preset } from "./preset";

/** The icon of a new mail: what Outlook's own unsent .msg files have, not "unsent" (0x103). */
const ICON_NEW_MAIL = -1;
const ICON_READ_MAIL = 0x100;
const ICON_POST = 1;

/** A draft that Outlook opens to be written on and sent. */
export const unsentMail: Preset = {
  messageClass: "IPM.Note",
  flags: FLAGS_DRAFT,
  icon: ICON_NEW_MAIL,
  sideEffects: 0,
  isDelivered: false,
  hasSender: true,
  content: () => ({}),
};

/** A mail that arrived and was read. */
export const receivedMail: Preset = {
  messageClass: "IPM.Note",
  flags: FLAGS_READ,
  icon: ICON_READ_MAIL,
  sideEffects: 0,
  isDelivered: true,
  hasSender: true,
  content: ({ sender, randomBytes }) => ({
    properties: [
      { tag: PR_INTERNET_MESSAGE_ID, value: internetMessageId(sender?.address ?? "", randomBytes) },
    ],
  }),
};

/** A post in a folder ([MS-OXOPOST] 2.2). */
export const post: Preset = {
  messageClass: "IPM.Post",
  flags: FLAGS_READ,
  icon: ICON_POST,
  sideEffects: 0,
  isDelivered: true,
  hasSender: true,
  content: () => ({}),
};
