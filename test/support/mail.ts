/** Messages for the tests: built through the core and read back by it. */
import {
  createAllocator,
  type IMessage,
  MAPI_TO,
  MessageOutline,
  openIMsgOnIStg,
  openStorage,
  type PropValue,
  PR_BODY,
  PR_SUBJECT,
  setEvery,
} from "../../src/core";
import { addRecipients, attachFile, makeSample, props, utf8 } from "../../scripts/samples/kit";

/** How the mail of the tests is made. */
export interface MailOptions {
  readonly subject?: string;
  readonly body?: string;
  readonly unicode?: boolean;
  readonly codePage?: number;
  readonly more?: readonly PropValue[];
  /** Writes more into it. */
  readonly fill?: (message: IMessage) => void;
}

/** The bytes of a small mail: one recipient, one attachment. */
export function mail(options: MailOptions = {}): Uint8Array {
  const { subject = "Quarterly figures", body = "Hello\r\nthere\r\n", unicode = true, codePage } = options;
  const width = { unicode, ...(codePage === undefined ? {} : { codePage }) };
  return makeSample({ name: "mail.msg", seed: 77, ...width }, (message) => {
    setEvery(message, [...props([PR_SUBJECT, subject], [PR_BODY, body]), ...(options.more ?? [])]);
    addRecipients(message, MAPI_TO, [{ name: "Ann", address: "ann@example.com" }], width);
    attachFile(message, { fileName: "notes.txt", bytes: utf8("three words here") });
    options.fill?.(message);
  }).bytes;
}

/** The message in the bytes of a sound file, as the core reads it. */
export function outlineOf(bytes: Uint8Array): MessageOutline {
  return new MessageOutline(openIMsgOnIStg(null, createAllocator(), openStorage(bytes)));
}

/** The value of a property of the message, or of an object in it. */
export function valueIn(bytes: Uint8Array, tag: number, address = ""): unknown {
  return outlineOf(bytes).property(address, tag)?.value;
}
