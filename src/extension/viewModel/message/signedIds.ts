/** How a part of what is signed is told from the objects of a session; what is said of it is loaded when there is one. */
import { PR_MESSAGE_CLASS } from "../../../core";
import type { MessageContext } from "./context";

/** The id of a part: that of the message with the place of the part; no object of a session has such a one. */
export const SIGNED_ID = /^([^?]*)\?signed=(\d{1,4})$/;

/** Whether a message is of a class that may hold such parts. */
export const mayBeSigned = ({ reader }: MessageContext): boolean =>
  /^ipm\.note\.(?:smime|secure)/i.test(reader.text(PR_MESSAGE_CLASS) ?? "");
