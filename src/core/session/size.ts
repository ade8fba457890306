/** Sizes of objects for PR_MESSAGE_SIZE and PR_ATTACH_SIZE, which are told and not stored: [MS-OXCMSG] 2.2.1.7, 2.2.2.5. */
import { storedSize } from "../mapi/values";
import type { PropertyRecord } from "./propertyRecord";
import { ENTRY_SIZE } from "./propertyStream";
import type { AttachState, MessageState } from "./state";

function sizeOfRecords(records: readonly PropertyRecord[]): number {
  return records.reduce((sum, { stored }) => {
    const streams = stored && stored.place !== "fixed" ? storedSize(stored) : 0;
    return sum + ENTRY_SIZE + streams;
  }, 0);
}

/** Bytes of an attachment's properties, with the message embedded in it. */
export function sizeOfAttachment(state: AttachState): number {
  const object = state.object.value;
  const embedded = object?.kind === "message" ? sizeOfMessage(object.message) : 0;
  return sizeOfRecords(state.records) + embedded;
}

/** Bytes of a message's properties, its recipients and attachments. */
export function sizeOfMessage(state: MessageState): number {
  const recipients = state.recipients.reduce(
    (sum, entry) => sum + sizeOfRecords(entry.state.value.records),
    0,
  );
  const attachments = state.attachments.reduce((sum, entry) => sum + sizeOfAttachment(entry.state.value), 0);
  return sizeOfRecords(state.records) + recipients + attachments;
}
