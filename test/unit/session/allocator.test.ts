/** What the allocator counts, and what happens when memory runs out. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  createAllocator,
  createStorage,
  KEEP_OPEN_READWRITE,
  MAPI_E_NOT_FOUND,
  MAPI_UNICODE,
  MessageOutline,
  MODRECIP_ADD,
  openIMsgOnIStg,
  openStorage,
  PR_ATTACH_DATA_BIN,
  PR_BODY,
  PR_DISPLAY_NAME,
  PR_RECIPIENT_TYPE,
  PR_SUBJECT,
} from "../../../src/core";
import { nested } from "./support/nested";
import { fails, get, props, set } from "./support/open";

describe("session: the allocator", () => {
  it("takes what is set and gives back what is replaced, deleted, released and closed", () => {
    const allocator = createAllocator();
    const storage = createStorage();
    const message = openIMsgOnIStg(null, allocator, storage, { flags: MAPI_UNICODE });
    const body = "x".repeat(1000);
    set(message, [PR_BODY, body]);
    const once = allocator.used;
    assert.equal(once, 2000);
    for (let i = 0; i < 50; i++) set(message, [PR_BODY, String(i % 10).repeat(1000)]);
    assert.equal(allocator.used, once);
    const { attach } = message.createAttach();
    const empty = allocator.used;
    set(attach, [PR_ATTACH_DATA_BIN, new Uint8Array(5000)]);
    assert.equal(allocator.used, empty + 5000);
    attach.saveChanges(KEEP_OPEN_READWRITE);
    const saved = allocator.used;
    set(attach, [PR_ATTACH_DATA_BIN, new Uint8Array(100)]);
    assert.equal(allocator.used, saved + 100);
    attach.saveChanges(KEEP_OPEN_READWRITE);
    assert.equal(allocator.used, saved - 4900);
    message.deleteAttach(0);
    message.deleteProps([PR_BODY]);
    // PR_MESSAGE_FLAGS came with the attachment, for its MSGFLAG_HASATTACH, and stays.
    assert.equal(allocator.used, 8);
    set(message, [PR_BODY, body]);
    message.saveChanges(KEEP_OPEN_READWRITE);
    message.release();
    assert.equal(allocator.used, 0);
    const again = openIMsgOnIStg(null, allocator, storage);
    const opened = allocator.used;
    assert.ok(opened > 0 && opened < 500);
    assert.equal(get(again, PR_BODY), body);
    assert.equal(allocator.used, opened);
    set(again, [PR_BODY, "y"]);
    again.release();
    assert.equal(allocator.used, 0);
  });

  it("counts recipients, embedded messages, OLE objects and names, and snapshots that come back", () => {
    const allocator = createAllocator();
    const storage = openStorage(nested());
    const message = openIMsgOnIStg(null, allocator, storage);
    const outline = new MessageOutline(message);
    const before = outline.snapshot();
    const start = allocator.used;
    const grown = (): number => allocator.used - start;
    outline.addRecipient("", props([PR_DISPLAY_NAME, "n".repeat(500)]));
    assert.ok(grown() >= 1000);
    const [inside] = outline.message("").attachments;
    outline.setProperty(`${inside!.address}/m`, PR_BODY, "b".repeat(500));
    assert.ok(grown() >= 2000);
    outline.tagOfName({ guid: "{11111111-2222-3333-4444-555555555555}", name: "n".repeat(500) }, 3);
    assert.ok(grown() >= 3000);
    const all = grown();
    const after = outline.snapshot();
    outline.restore(before);
    assert.equal(grown(), 0);
    outline.restore(after);
    assert.equal(grown(), all);
    outline.deleteObject(inside!.address);
    assert.ok(grown() <= all - 1000);
    message.release();
    assert.equal(allocator.used, 0);
  });

  it("refuses the whole call when memory runs out, and leaves everything as it was", () => {
    const allocator = createAllocator({ limit: 4000 });
    const message = openIMsgOnIStg(null, allocator, createStorage(), { flags: MAPI_UNICODE });
    set(message, [PR_SUBJECT, "before"]);
    const used = allocator.used;
    const list = message.getPropList();
    fails("MAPI_E_NOT_ENOUGH_MEMORY", () =>
      message.setProps(props([PR_SUBJECT, "after"], [PR_DISPLAY_NAME, "x"], [PR_BODY, "x".repeat(5000)])),
    );
    assert.equal(get(message, PR_SUBJECT), "before");
    assert.deepEqual(message.getPropList(), list);
    fails("MAPI_E_NOT_ENOUGH_MEMORY", () =>
      message.modifyRecipients(MODRECIP_ADD, [
        { properties: props([PR_DISPLAY_NAME, "short"], [PR_RECIPIENT_TYPE, 1]) },
        { properties: props([PR_DISPLAY_NAME, "l".repeat(3000)], [PR_RECIPIENT_TYPE, 1]) },
      ]),
    );
    assert.deepEqual(message.getRecipientTable(), []);
    const outline = new MessageOutline(message);
    fails("MAPI_E_NOT_ENOUGH_MEMORY", () =>
      outline.addAttachment("", props([PR_ATTACH_DATA_BIN, new Uint8Array(6000)])),
    );
    assert.equal(outline.message("").attachments.length, 0);
    assert.equal(allocator.used, used);
    const room = openIMsgOnIStg(null, createAllocator(), createStorage(), { flags: MAPI_UNICODE });
    set(room, [PR_BODY, "x".repeat(5000)]);
    fails("MAPI_E_NOT_ENOUGH_MEMORY", () => room.copyTo(message));
    assert.equal(get(message, PR_BODY), MAPI_E_NOT_FOUND);
    assert.equal(allocator.used, used);
    message.release();
    assert.equal(allocator.used, 0);
    const tight = createAllocator({ limit: 10 });
    fails("MAPI_E_NOT_ENOUGH_MEMORY", () => openIMsgOnIStg(null, tight, openStorage(nested())));
    fails("MAPI_E_NOT_ENOUGH_MEMORY", () =>
      openIMsgOnIStg(null, createAllocator({ limit: 4 }), createStorage(), { codePage: 932 }),
    );
    assert.equal(tight.used, 0);
  });
});
