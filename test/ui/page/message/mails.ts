/** Messages that tests of the Message view are about, written with the core. */
import {
  createAllocator,
  createStorage,
  MAPI_UNICODE,
  MessageOutline,
  openIMsgOnIStg,
  openIMsgSession,
  PR_MESSAGE_CLASS,
  PR_MESSAGE_FLAGS,
  PR_SUBJECT,
  type PropValue,
} from "../../../../src/core";

/** Writes a message: `fill` gives it recipients and attachments. */
export function makeMail(
  properties: readonly PropValue[],
  fill: (outline: MessageOutline) => void = () => undefined,
): Uint8Array {
  const storage = createStorage();
  const allocator = createAllocator();
  const session = openIMsgSession(allocator, MAPI_UNICODE);
  const message = openIMsgOnIStg(session, allocator, storage, { flags: MAPI_UNICODE });
  message.setProps([{ tag: PR_MESSAGE_CLASS, value: "IPM.Note" }, ...properties]);
  fill(new MessageOutline(message));
  message.saveChanges();
  return storage.toBytes();
}

/** A message with nothing but a subject. */
export const emptyMail = (): Uint8Array =>
  makeMail([
    { tag: PR_SUBJECT, value: "Hostile" },
    { tag: PR_MESSAGE_FLAGS, value: 1 },
  ]);
