/** Messages in messages for the tests. */
import { type IMessage, MAPI_TO, PR_BODY, PR_SUBJECT, setEvery } from "../../src/core";
import { addRecipients, attachFile, attachMessage, props, utf8 } from "../../scripts/samples/kit";
import { mail } from "./mail";

function fill(message: IMessage, subject: string, inside?: (message: IMessage) => void): void {
  setEvery(message, props([PR_SUBJECT, subject], [PR_BODY, `The body of ${subject}.\r\n`]));
  addRecipients(message, MAPI_TO, [{ name: "Ann", address: "ann@example.com" }]);
  attachFile(message, { fileName: "notes.txt", bytes: utf8(`notes of ${subject}`) });
  inside?.(message);
}

/** The bytes of a mail with the message "Middle" attached, which has the message "Inner" attached. */
export function nestedMail(): Uint8Array {
  const middle = (message: IMessage): void =>
    attachMessage(message, "Inner", (inner) => fill(inner, "Inner"));
  return mail({
    subject: "Outer",
    fill: (message) => attachMessage(message, "Middle", (embedded) => fill(embedded, "Middle", middle)),
  });
}
