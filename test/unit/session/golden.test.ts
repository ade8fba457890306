/** Whole messages as text, compared with what was read and approved before: test/golden. */
import { describe, it } from "mocha";
import {
  ATTACH_OLE,
  MAPI_CREATE,
  MAPI_MODIFY,
  MessageOutline,
  PR_ATTACH_DATA_BIN,
  PR_ATTACH_DATA_OBJ,
  PR_ATTACH_LONG_FILENAME,
  PR_ATTACH_METHOD,
  PR_BODY,
  PR_DISPLAY_NAME,
  PR_EMAIL_ADDRESS,
  PR_MESSAGE_FLAGS,
  PR_RECIPIENT_TYPE,
  PR_SUBJECT,
  propTag,
  PT_APPTIME,
  PT_BOOLEAN,
  PT_CLSID,
  PT_CURRENCY,
  PT_DOUBLE,
  PT_ERROR,
  PT_I2,
  PT_I8,
  PT_LONG,
  PT_MV_BINARY,
  PT_MV_LONG,
  PT_MV_UNICODE,
  PT_R4,
  PT_SYSTIME,
} from "../../../src/core";
import { create, embed, type Opened, props, reopen, set } from "./support/open";
import { assertGolden, dump } from "./support/dump";

const SET = "{11111111-2222-3333-4444-555555555555}";

const MESSAGES: Record<string, () => Opened> = {
  "empty-message": () => create(),
  "mail-with-recipients": () => {
    const opened = create();
    set(opened.message, [PR_SUBJECT, "RE: Größe"], [PR_BODY, "Hello\r\nworld"], [PR_MESSAGE_FLAGS, 9]);
    opened.message.modifyRecipients(0, [
      {
        properties: props(
          [PR_DISPLAY_NAME, "Ann"],
          [PR_EMAIL_ADDRESS, "ann@example.com"],
          [PR_RECIPIENT_TYPE, 1],
        ),
      },
      { properties: props([PR_DISPLAY_NAME, "Bob"], [PR_RECIPIENT_TYPE, 2]) },
      { properties: props([PR_DISPLAY_NAME, "Cleo"], [PR_RECIPIENT_TYPE, 1]) },
    ]);
    const again = reopen(opened);
    const outline = new MessageOutline(again.message);
    outline.deleteObject(outline.message("").recipients[0]!.address);
    return again;
  },
  "every-type-and-names": () => {
    const opened = create();
    const { message } = opened;
    const [numeric, text] = message.getIDsFromNames(
      [
        { guid: SET, id: 0x8205 },
        { guid: SET, name: "Colour" },
      ],
      MAPI_CREATE,
    );
    set(
      message,
      [propTag(PT_I2, 0x6801), -2],
      [propTag(PT_LONG, 0x6802), -3],
      [propTag(PT_R4, 0x6803), 1.5],
      [propTag(PT_DOUBLE, 0x6804), -0.25],
      [propTag(PT_CURRENCY, 0x6805), 123456n],
      [propTag(PT_APPTIME, 0x6806), 45000.5],
      [propTag(PT_ERROR, 0x6807), 0x80040102],
      [propTag(PT_BOOLEAN, 0x6808), true],
      [propTag(PT_I8, 0x6809), -4n],
      [propTag(PT_SYSTIME, 0x680a), 134117966450000001n],
      [propTag(PT_CLSID, 0x680b), SET],
      [propTag(PT_MV_LONG, 0x680c), [1, -1]],
      [propTag(PT_MV_UNICODE, 0x680d), ["a", "", "ß"]],
      [propTag(PT_MV_BINARY, 0x680e), [Uint8Array.of(1, 2), new Uint8Array()]],
      [propTag(PT_LONG, numeric! >>> 16), 5],
      [propTag(PT_MV_UNICODE, text! >>> 16), ["red"]],
    );
    return opened;
  },
  "attachments-of-every-kind-8-bit": () => {
    const opened = create({ flags: 0, codePage: 932 });
    const { message } = opened;
    set(message, [PR_SUBJECT, "日本"]);
    const file = message.createAttach().attach;
    set(
      file,
      [PR_ATTACH_METHOD, 1],
      [PR_ATTACH_LONG_FILENAME, "a.txt"],
      [PR_ATTACH_DATA_BIN, Uint8Array.of(1, 2)],
    );
    file.saveChanges();
    const holder = message.createAttach().attach;
    const inner = embed(holder);
    set(inner, [PR_SUBJECT, "本"]);
    const deeper = inner.createAttach().attach;
    const innermost = embed(deeper);
    set(innermost, [PR_SUBJECT, "deepest"]);
    innermost.saveChanges();
    deeper.saveChanges();
    inner.saveChanges();
    holder.saveChanges();
    const ole = message.createAttach().attach;
    set(ole, [PR_ATTACH_METHOD, ATTACH_OLE]);
    ole.openProperty(PR_ATTACH_DATA_OBJ, MAPI_CREATE | MAPI_MODIFY);
    ole.saveChanges();
    return opened;
  },
};

describe("session: messages as text", () => {
  for (const [name, make] of Object.entries(MESSAGES)) {
    it(name, () => assertGolden(name, dump(reopen(make()).message)));
  }
});
