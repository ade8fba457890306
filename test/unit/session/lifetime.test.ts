/** Lifetimes: what is open, and what closes what. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  closeIMsgSession,
  createAllocator,
  createStorage,
  FORCE_SAVE,
  KEEP_OPEN_READONLY,
  KEEP_OPEN_READWRITE,
  MAPI_CREATE,
  MAPI_E_NOT_FOUND,
  MAPI_MODIFY,
  MAPI_UNICODE,
  openIMsgOnIStg,
  openIMsgSession,
  openStorage,
  PR_ATTACH_DATA_OBJ,
  PR_DISPLAY_NAME,
  PR_SUBJECT,
} from "../../../src/core";
import { failsEverywhere } from "./support/closed";
import { nested } from "./support/nested";
import { create, embedded, fails, get, open, props, set } from "./support/open";

describe("session: lifetimes", () => {
  it("closing a session closes its messages, attachments and embedded messages, and nothing of another", () => {
    const bytes = nested();
    const allocator = createAllocator();
    const session = openIMsgSession(allocator);
    const released: number[] = [];
    const messages = [0, 1].map((i) =>
      openIMsgOnIStg(session, allocator, openStorage(bytes), { onRelease: () => void released.push(i) }),
    );
    const alone = openIMsgOnIStg(null, allocator, openStorage(bytes), {
      onRelease: () => void released.push(9),
    });
    const attach = messages[0]!.openAttach(0);
    const inner = embedded(attach);
    const innerAttach = inner.openAttach(0);
    messages[1]!.release();
    assert.deepEqual(released, [1]);
    assert.equal(session.isOpen, true);
    closeIMsgSession(session);
    closeIMsgSession(session);
    assert.equal(session.isOpen, false);
    assert.deepEqual(released, [1, 0]);
    for (const object of [...messages, attach, inner, innerAttach]) failsEverywhere(object);
    messages.forEach((message) => message.release());
    assert.deepEqual(released, [1, 0]);
    assert.equal(get(alone, PR_SUBJECT), MAPI_E_NOT_FOUND);
    fails("MAPI_E_INVALID_OBJECT", () => openIMsgOnIStg(session, allocator, createStorage()));
    alone.release();
    assert.deepEqual(released, [1, 0, 9]);
    assert.equal(allocator.used, 0);
  });

  it("gives the storage back once, and does not touch it afterwards", () => {
    const storage = openStorage(nested());
    let releases = 0;
    const message = openIMsgOnIStg(null, createAllocator(), storage, {
      onRelease: (given) => {
        releases++;
        assert.equal(given, storage);
      },
    });
    set(message, [PR_SUBJECT, "dropped"]);
    message.release();
    message.release();
    assert.equal(releases, 1);
    assert.equal(get(open(storage.toBytes()).message, PR_SUBJECT), MAPI_E_NOT_FOUND);
  });

  it("closes every message when an onRelease throws", () => {
    const allocator = createAllocator();
    const session = openIMsgSession(allocator);
    const messages = [0, 1].map(() =>
      openIMsgOnIStg(session, allocator, createStorage(), {
        onRelease: () => {
          throw new Error("not mine");
        },
      }),
    );
    assert.throws(() => closeIMsgSession(session), /not mine/);
    messages.forEach(failsEverywhere);
  });

  it("releasing a message closes its attachments; saving one without flags closes it and what is in it", () => {
    const { message } = open(nested());
    const attach = message.openAttach(0);
    const inner = embedded(attach);
    const innerAttach = inner.openAttach(0);
    inner.release();
    failsEverywhere(inner);
    failsEverywhere(innerAttach);
    const again = embedded(attach);
    assert.notEqual(again, inner);
    assert.equal(get(again, PR_SUBJECT), "inner");
    attach.saveChanges();
    failsEverywhere(attach);
    failsEverywhere(again);
    const reopened = message.openAttach(0);
    const third = embedded(reopened);
    assert.equal(get(third, PR_SUBJECT), "inner");
    reopened.release();
    reopened.release();
    failsEverywhere(third);
    const last = message.openAttach(0);
    message.release();
    failsEverywhere(last);
  });

  it("opens a sub-object that is open as the same object", () => {
    const { message } = open(nested());
    const attach = message.openAttach(0);
    assert.equal(message.openAttach(0), attach);
    assert.equal(
      attach.openProperty(PR_ATTACH_DATA_OBJ),
      attach.openProperty(PR_ATTACH_DATA_OBJ, MAPI_MODIFY),
    );
    const { attach: fresh, number } = message.createAttach();
    assert.equal(fresh.number, number);
    fresh.saveChanges(KEEP_OPEN_READWRITE);
    assert.equal(message.openAttach(number), fresh);
  });

  it("saved for reading only, takes no change, nor does what is in it", () => {
    const { message } = open(nested());
    const attach = message.openAttach(0);
    message.saveChanges(KEEP_OPEN_READONLY);
    assert.equal(get(message, PR_SUBJECT), MAPI_E_NOT_FOUND);
    for (const call of [
      () => message.setProps(props([PR_SUBJECT, "x"])),
      () => message.deleteProps([PR_SUBJECT]),
      () => message.modifyRecipients(0, []),
      () => message.createAttach(),
      () => message.deleteAttach(0),
      () => message.saveChanges(),
      () => attach.setProps(props([PR_DISPLAY_NAME, "x"])),
      () => attach.openProperty(PR_ATTACH_DATA_OBJ, MAPI_CREATE | MAPI_MODIFY),
      () => embedded(attach).setProps(props([PR_SUBJECT, "x"])),
    ]) {
      fails("MAPI_E_NO_ACCESS", call);
    }
    assert.equal(message.getRecipientTable().length, 1);
  });

  it("refuses what it does not know", () => {
    const allocator = createAllocator();
    fails("MAPI_E_INVALID_FLAGS", () => openIMsgSession(allocator, 2));
    fails("MAPI_E_INVALID_FLAGS", () => openIMsgOnIStg(null, allocator, createStorage(), { flags: 0x40 }));
    fails("MAPI_E_INVALID_PARAMETER", () => openIMsgSession(null as never));
    fails("MAPI_E_INVALID_PARAMETER", () => openIMsgOnIStg(null, undefined as never, createStorage()));
    fails("MAPI_E_INVALID_PARAMETER", () => openIMsgOnIStg(null, allocator, null as never));
    fails("MAPI_E_INVALID_PARAMETER", () =>
      openIMsgOnIStg(null, allocator, createStorage(), { codePage: 4711 }),
    );
    fails("MAPI_E_INVALID_PARAMETER", () =>
      openIMsgOnIStg({ flags: 0, isOpen: true }, allocator, createStorage()),
    );
    fails("MAPI_E_INVALID_PARAMETER", () => createAllocator({ limit: -1 }));
    fails("MAPI_E_INVALID_PARAMETER", () => allocator.alloc(Number.NaN));
    const foreign = createStorage();
    foreign.writeStream("WordDocument", Uint8Array.of(1));
    fails("MAPI_E_CORRUPT_DATA", () => openIMsgOnIStg(null, allocator, foreign));
    const headless = createStorage();
    headless.createStorage("__nameid_version1.0");
    fails("MAPI_E_CORRUPT_DATA", () => openIMsgOnIStg(null, allocator, headless));
    const { message } = create();
    fails("MAPI_E_UNKNOWN_FLAGS", () => message.saveChanges(0x40));
    fails("MAPI_E_UNKNOWN_FLAGS", () => message.modifyRecipients(0x40, []));
    const { attach } = message.createAttach();
    fails("MAPI_E_UNKNOWN_FLAGS", () => attach.saveChanges(0x40));
    fails("MAPI_E_INVALID_PARAMETER", () => attach.openProperty(PR_ATTACH_DATA_OBJ, MAPI_CREATE));
    fails("MAPI_E_NOT_FOUND", () => attach.openProperty(PR_ATTACH_DATA_OBJ));
    fails("MAPI_E_NOT_FOUND", () => message.openAttach(5));
    fails("MAPI_E_NOT_FOUND", () => message.deleteAttach(5));
    message.saveChanges(FORCE_SAVE);
    failsEverywhere(message);
    assert.equal(openIMsgSession(allocator, MAPI_UNICODE).flags, MAPI_UNICODE);
  });
});
