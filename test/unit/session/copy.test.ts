/** IMAPIProp::CopyTo: between files, kinds of strings, with all sub-objects; and what it refuses. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  ATTACH_OLE,
  type IMessage,
  MAPI_CREATE,
  MAPI_E_NOT_FOUND,
  MAPI_MODIFY,
  MAPI_UNICODE,
  MODRECIP_ADD,
  PR_ATTACH_DATA_BIN,
  PR_ATTACH_DATA_OBJ,
  PR_ATTACH_METHOD,
  PR_BODY,
  PR_CREATION_TIME,
  PR_DISPLAY_NAME,
  PR_DISPLAY_TO,
  PR_HASATTACH,
  PR_MESSAGE_ATTACHMENTS,
  PR_MESSAGE_FLAGS,
  PR_MESSAGE_RECIPIENTS,
  PR_NORMALIZED_SUBJECT,
  PR_RECIPIENT_TYPE,
  PR_SUBJECT,
  PR_SUBJECT_A,
  propId,
  propTag,
  PT_LONG,
  PT_MV_UNICODE,
  PT_NULL,
  PT_UNSPECIFIED,
} from "../../../src/core";
import {
  column,
  create,
  embed,
  embedded,
  fails,
  get,
  NOW,
  type Opened,
  props,
  reopen,
  set,
} from "./support/open";

const SET = "{11111111-2222-3333-4444-555555555555}";

const named = (message: IMessage, name: string): number =>
  propId(message.getIDsFromNames([{ guid: SET, name }], MAPI_CREATE)[0]!);

/** A message with one of everything. */
function rich(flags = MAPI_UNICODE): Opened {
  const opened = create({ flags, codePage: 1252 });
  const { message } = opened;
  const id = named(message, "Colour");
  set(message, [PR_SUBJECT, "RE: x"], [PR_BODY, "body"], [PR_MESSAGE_FLAGS, 1], [propTag(PT_LONG, id), 5]);
  set(message, [propTag(PT_MV_UNICODE, 0x6801), ["a", "b"]]);
  const row = props([PR_DISPLAY_NAME, "Ann"], [PR_RECIPIENT_TYPE, 1], [propTag(PT_LONG, id), 6]);
  message.modifyRecipients(MODRECIP_ADD, [{ properties: row }]);
  const file = message.createAttach().attach;
  set(file, [PR_ATTACH_METHOD, 1], [PR_ATTACH_DATA_BIN, Uint8Array.of(1, 2)], [propTag(PT_LONG, id), 7]);
  file.saveChanges();
  const holder = message.createAttach().attach;
  const inner = embed(holder);
  set(inner, [PR_SUBJECT, "inner"], [propTag(PT_LONG, id), 8]);
  inner.modifyRecipients(MODRECIP_ADD, [{ properties: row }]);
  inner.saveChanges();
  holder.saveChanges();
  const ole = message.createAttach().attach;
  set(ole, [PR_ATTACH_METHOD, ATTACH_OLE]);
  const storage = ole.openProperty(PR_ATTACH_DATA_OBJ, MAPI_CREATE | MAPI_MODIFY);
  assert.ok("createStorage" in storage);
  storage.clsid = "{0003000C-0000-0000-C000-000000000046}";
  storage.writeStream("\u0001Ole10Native", Uint8Array.of(5, 6));
  const part = storage.createStorage("part");
  part.writeStream("deep", Uint8Array.of(7));
  part.commit();
  storage.commit();
  ole.saveChanges();
  return opened;
}

function checkRich(message: IMessage): void {
  const id = named(message, "Colour");
  assert.deepEqual(
    [PR_SUBJECT, PR_NORMALIZED_SUBJECT, PR_BODY, PR_DISPLAY_TO, PR_HASATTACH, PR_MESSAGE_FLAGS].map((tag) =>
      get(message, tag),
    ),
    ["RE: x", "x", "body", "Ann", true, 0x11],
  );
  assert.equal(get(message, propTag(PT_LONG, id)), 5);
  assert.deepEqual(get(message, propTag(PT_MV_UNICODE, 0x6801)), ["a", "b"]);
  assert.equal(column(message.getRecipientTable()[0], propTag(PT_LONG, id)), 6);
  assert.deepEqual(get(message.openAttach(0), PR_ATTACH_DATA_BIN), Uint8Array.of(1, 2));
  assert.equal(get(message.openAttach(0), propTag(PT_LONG, id)), 7);
  const inner = embedded(message.openAttach(1));
  assert.equal(get(inner, PR_SUBJECT), "inner");
  assert.equal(get(inner, propTag(PT_LONG, id)), 8);
  assert.equal(column(inner.getRecipientTable()[0], PR_DISPLAY_NAME), "Ann");
  const ole = message.openAttach(2).openProperty(PR_ATTACH_DATA_OBJ);
  assert.ok("openStream" in ole);
  assert.equal(ole.clsid, "{0003000C-0000-0000-C000-000000000046}");
  assert.deepEqual(ole.openStream("\u0001Ole10Native"), Uint8Array.of(5, 6));
  assert.deepEqual(ole.openStorage("part").openStream("deep"), Uint8Array.of(7));
}

describe("session: copyTo", () => {
  for (const [what, from, to] of [
    ["a Unicode message into a Unicode one", MAPI_UNICODE, MAPI_UNICODE],
    ["a Unicode message into an 8-bit one", MAPI_UNICODE, 0],
    ["an 8-bit message into a Unicode one", 0, MAPI_UNICODE],
  ] as const) {
    it(`copies ${what} of another file, names by name`, () => {
      const source = reopen(rich(from));
      const target = create({ flags: to, codePage: 1252 });
      named(target.message, "Another");
      source.message.copyTo(target.message);
      assert.equal(named(target.message, "Colour"), 0x8001);
      assert.equal(target.message.getPropList().includes(to === 0 ? PR_SUBJECT_A : PR_SUBJECT), true);
      const again = reopen(target).message;
      checkRich(again);
      checkRich(source.message);
      assert.notEqual(get(again, PR_CREATION_TIME), NOW);
    });
  }

  it("leaves out what is excluded: a tag, an id of any type, recipients, attachments, the object", () => {
    const source = rich();
    const copy = (...exclude: number[]): IMessage => {
      const target = create();
      source.message.copyTo(target.message, exclude);
      return reopen(target).message;
    };
    assert.equal(get(copy(PR_BODY), PR_BODY), MAPI_E_NOT_FOUND);
    assert.equal(get(copy(propTag(PT_LONG, propId(PR_BODY))), PR_BODY), "body");
    assert.equal(get(copy(propTag(PT_UNSPECIFIED, propId(PR_BODY))), PR_BODY), MAPI_E_NOT_FOUND);
    const bare = copy(PR_MESSAGE_RECIPIENTS, PR_MESSAGE_ATTACHMENTS);
    assert.equal(bare.getRecipientTable().length, 0);
    assert.equal(bare.getAttachmentTable().length, 0);
    assert.equal(get(bare, PR_MESSAGE_FLAGS), 1);
    fails("MAPI_E_INVALID_PARAMETER", () => copy(propTag(PT_NULL, propId(PR_BODY))));
    const target = create().message.createAttach().attach;
    source.message.openAttach(1).copyTo(target, [PR_ATTACH_DATA_OBJ]);
    fails("MAPI_E_NOT_FOUND", () => target.openProperty(PR_ATTACH_DATA_OBJ));
  });

  it("refuses an object onto itself and into what is in it", () => {
    const { message } = rich();
    const attach = message.openAttach(1);
    const inner = embedded(attach);
    const innerAttach = inner.createAttach().attach;
    fails("MAPI_E_NO_ACCESS", () => message.copyTo(message));
    fails("MAPI_E_NO_ACCESS", () => attach.copyTo(attach));
    for (const target of [inner, attach, innerAttach]) {
      fails("MAPI_E_FOLDER_CYCLE", () => message.copyTo(target));
    }
    fails("MAPI_E_FOLDER_CYCLE", () => attach.copyTo(innerAttach));
    fails("MAPI_E_FOLDER_CYCLE", () => attach.copyTo(inner));
    fails("MAPI_E_FOLDER_CYCLE", () => inner.copyTo(innerAttach));
  });

  it("copies what is inside outwards, and between attachments of one message", () => {
    const opened = rich();
    const { message } = opened;
    const { attach } = message.createAttach();
    message.openAttach(1).copyTo(attach);
    attach.saveChanges();
    embedded(message.openAttach(1)).copyTo(message);
    assert.equal(message.getRecipientTable().length, 2);
    const again = reopen(opened).message;
    assert.equal(get(again, PR_SUBJECT), "inner");
    assert.equal(get(embedded(again.openAttach(3)), PR_SUBJECT), "inner");
  });

  it("does nothing at all when a part of it fails", () => {
    const source = rich();
    const inner = embedded(source.message.openAttach(1));
    set(inner, [PR_BODY, "日本"]);
    inner.saveChanges();
    source.message.openAttach(1).saveChanges();
    const target = create({ flags: 0, codePage: 1252 });
    set(target.message, [PR_BODY, "mine"]);
    const list = target.message.getPropList();
    fails("MAPI_E_BAD_CHARWIDTH", () => source.message.copyTo(target.message));
    assert.deepEqual(target.message.getPropList(), list);
    assert.equal(get(target.message, PR_BODY), "mine");
    assert.deepEqual(target.message.getNamesFromIDs([0x8000]), [undefined]);
    assert.equal(target.message.createAttach().number, 0);
  });
});
