/** A message in a message, for tests of what is open and saved. */
import {
  MODRECIP_ADD,
  PR_ATTACH_DATA_BIN,
  PR_ATTACH_METHOD,
  PR_DISPLAY_NAME,
  PR_RECIPIENT_TYPE,
  PR_SUBJECT,
} from "../../../../src/core";
import { create, embed, props, set } from "./open";

/** A saved message with one attachment that holds a message with an attachment of its own. */
export function nested(): Uint8Array {
  const { storage, message } = create();
  const { attach } = message.createAttach();
  const inner = embed(attach);
  set(inner, [PR_SUBJECT, "inner"]);
  const { attach: innerAttach } = inner.createAttach();
  set(innerAttach, [PR_ATTACH_METHOD, 1], [PR_ATTACH_DATA_BIN, Uint8Array.of(9)]);
  innerAttach.saveChanges();
  inner.saveChanges();
  attach.saveChanges();
  message.modifyRecipients(MODRECIP_ADD, [
    { properties: props([PR_DISPLAY_NAME, "A"], [PR_RECIPIENT_TYPE, 1]) },
  ]);
  message.saveChanges();
  return storage.toBytes();
}
