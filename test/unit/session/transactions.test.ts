/** When something is saved, and what is dropped. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  createAllocator,
  createStorage,
  type IAttach,
  type IMessage,
  IMSG_NO_ISTG_COMMIT,
  KEEP_OPEN_READWRITE,
  MAPI_E_NOT_FOUND,
  MAPI_UNICODE,
  MessageOutline,
  openIMsgOnIStg,
  openStorage,
  PR_ATTACH_DATA_OBJ,
  PR_ATTACH_METHOD,
  PR_BODY,
  PR_CREATION_TIME,
  PR_DISPLAY_NAME,
  PR_LAST_MODIFICATION_TIME,
  PR_SUBJECT,
  trySave,
} from "../../../src/core";
import { failsEverywhere } from "./support/closed";
import { nested } from "./support/nested";
import { column, create, embed, embedded, fails, get, NOW, open, reopen, set } from "./support/open";

describe("session: transactions", () => {
  it("keeps everything in memory until the message is saved", () => {
    const bytes = nested();
    const { storage, message } = open(bytes);
    set(message, [PR_SUBJECT, "new"]);
    const attach = message.openAttach(0);
    const inner = embedded(attach);
    set(inner, [PR_SUBJECT, "changed"]);
    inner.saveChanges();
    assert.equal(get(embedded(attach), PR_SUBJECT), "changed");
    attach.saveChanges();
    assert.equal(storage.toBytes(), bytes);
    message.saveChanges(KEEP_OPEN_READWRITE);
    const again = open(storage.toBytes());
    assert.equal(get(again.message, PR_SUBJECT), "new");
    assert.equal(get(embedded(again.message.openAttach(0)), PR_SUBJECT), "changed");
  });

  it("drops what was not handed up: an embedded message, an attachment, a deletion", () => {
    const { message } = open(nested());
    const attach = message.openAttach(0);
    const inner = embedded(attach);
    set(inner, [PR_SUBJECT, "changed"]);
    inner.release();
    assert.equal(get(embedded(attach), PR_SUBJECT), "inner");
    set(attach, [PR_DISPLAY_NAME, "name"]);
    attach.release();
    assert.equal(get(message.openAttach(0), PR_DISPLAY_NAME), MAPI_E_NOT_FOUND);
    const fresh = message.createAttach();
    fresh.attach.release();
    fails("MAPI_E_NOT_FOUND", () => message.openAttach(fresh.number));
    assert.equal(message.createAttach().number, fresh.number);
  });

  it("brings a deleted attachment back when the message is released unsaved", () => {
    const storage = openStorage(nested());
    const message = openIMsgOnIStg(null, createAllocator(), storage);
    const attach = message.openAttach(0);
    message.deleteAttach(0);
    failsEverywhere(attach);
    assert.equal(message.getAttachmentTable().length, 0);
    message.release();
    const again = openIMsgOnIStg(null, createAllocator(), storage);
    assert.equal(get(embedded(again.openAttach(0)), PR_SUBJECT), "inner");
  });

  it("shows an attachment in the table after it and its message were saved", () => {
    const opened = create();
    const { message } = opened;
    const { attach, number } = message.createAttach();
    assert.equal(number, 0);
    assert.equal(message.getAttachmentTable().length, 0);
    attach.saveChanges(KEEP_OPEN_READWRITE);
    assert.equal(message.getAttachmentTable().length, 0);
    assert.equal(message.createAttach().number, 1);
    message.saveChanges(KEEP_OPEN_READWRITE);
    const rows = message.getAttachmentTable();
    assert.deepEqual(
      rows.map((row) => [row.number, column(row, PR_ATTACH_METHOD)]),
      [[0, 0]],
    );
    assert.equal(reopen(opened).message.getAttachmentTable().length, 1);
  });

  it("leaves the commit to the caller with IMSG_NO_ISTG_COMMIT", () => {
    const storage = createStorage();
    const empty = storage.toBytes();
    const message = openIMsgOnIStg(null, createAllocator(), storage, {
      flags: MAPI_UNICODE | IMSG_NO_ISTG_COMMIT,
    });
    set(message, [PR_SUBJECT, "kept"]);
    message.saveChanges();
    assert.deepEqual(storage.toBytes(), empty);
    storage.commit();
    assert.equal(get(open(storage.toBytes()).message, PR_SUBJECT), "kept");
  });

  it("keeps the changes of open objects over a save of what they are in", () => {
    const opened = open(nested());
    const { message } = opened;
    const attach = message.openAttach(0);
    const inner = embedded(attach);
    set(inner, [PR_SUBJECT, "pending"]);
    set(message, [PR_SUBJECT, "outer"]);
    message.saveChanges(KEEP_OPEN_READWRITE);
    assert.equal(get(inner, PR_SUBJECT), "pending");
    set(attach, [PR_DISPLAY_NAME, "pending too"]);
    message.saveChanges(KEEP_OPEN_READWRITE);
    assert.equal(get(attach, PR_DISPLAY_NAME), "pending too");
    inner.saveChanges(KEEP_OPEN_READWRITE);
    attach.saveChanges(KEEP_OPEN_READWRITE);
    const again = reopen(opened).message.openAttach(0);
    assert.equal(get(again, PR_DISPLAY_NAME), "pending too");
    assert.equal(get(embedded(again), PR_SUBJECT), "pending");
  });

  it("puts an embedded message in the place of another with MAPI_CREATE, and leaves nothing of the old one", () => {
    const opened = open(nested());
    const attach = opened.message.openAttach(0);
    const old = embedded(attach);
    const fresh = embed(attach);
    failsEverywhere(old);
    assert.equal(get(fresh, PR_SUBJECT), MAPI_E_NOT_FOUND);
    fresh.saveChanges();
    assert.equal(get(embedded(attach), PR_CREATION_TIME), NOW + 10n ** 12n + 10_000_000n);
    attach.saveChanges();
    const again = embedded(reopen(opened).message.openAttach(0));
    assert.equal(get(again, PR_SUBJECT), MAPI_E_NOT_FOUND);
    assert.equal(again.getAttachmentTable().length, 0);
  });

  it("has no object in an attachment whose new embedded message was never saved", () => {
    const opened = create();
    const { attach } = opened.message.createAttach();
    embed(attach).release();
    fails("MAPI_E_NOT_FOUND", () => attach.openProperty(PR_ATTACH_DATA_OBJ));
    attach.saveChanges();
    const again = reopen(opened).message.openAttach(0);
    fails("MAPI_E_NOT_FOUND", () => again.openProperty(PR_ATTACH_DATA_OBJ));
  });

  it("sets the time of the last change of what changed, and of nothing else", () => {
    const opened = open(nested());
    const { message } = opened;
    const time = (object: IMessage | IAttach): unknown => get(object, PR_LAST_MODIFICATION_TIME);
    const attach = message.openAttach(0);
    const inner = embedded(attach);
    const before = [time(message), time(attach), time(inner)];
    set(inner, [PR_SUBJECT, "x"]);
    inner.saveChanges(KEEP_OPEN_READWRITE);
    attach.saveChanges(KEEP_OPEN_READWRITE);
    message.saveChanges(KEEP_OPEN_READWRITE);
    assert.deepEqual([time(message), time(attach)], before.slice(0, 2));
    assert.ok((time(inner) as bigint) > (before[2] as bigint));
    message.modifyRecipients(0, []);
    message.saveChanges(KEEP_OPEN_READWRITE);
    assert.ok((time(message) as bigint) > (before[0] as bigint));
  });

  it("tries a save out, takes it back, and keeps what was edited meanwhile", () => {
    const { storage, message } = open(nested());
    const outline = new MessageOutline(message);
    outline.setProperty("", PR_SUBJECT, "first");
    const trial = trySave(message, storage);
    fails("MAPI_E_INVALID_PARAMETER", () => trySave(message, storage));
    outline.setProperty("", PR_BODY, "typed while it was written");
    trial.rollBack();
    assert.equal(get(message, PR_BODY), "typed while it was written");
    assert.equal(outline.property("", PR_SUBJECT)?.change, "added");
    const last = trySave(message, storage);
    assert.equal(outline.isChanged, false);
    const again = open(last.storage.toBytes()).message;
    assert.equal(get(again, PR_SUBJECT), "first");
    assert.equal(get(again, PR_BODY), "typed while it was written");
  });
});
