/** Sessions and lifetimes: what is open, what closes what, what the allocator counts, and when something is saved. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  closeIMsgSession,
  createAllocator,
  createStorage,
  FORCE_SAVE,
  type IAttach,
  type IMessage,
  IMSG_NO_ISTG_COMMIT,
  KEEP_OPEN_READONLY,
  KEEP_OPEN_READWRITE,
  MAPI_CREATE,
  MAPI_E_NOT_FOUND,
  MAPI_MODIFY,
  MAPI_UNICODE,
  MessageOutline,
  MODRECIP_ADD,
  openIMsgOnIStg,
  openIMsgSession,
  openStorage,
  PR_ATTACH_DATA_BIN,
  PR_ATTACH_DATA_OBJ,
  PR_ATTACH_METHOD,
  PR_BODY,
  PR_CREATION_TIME,
  PR_DISPLAY_NAME,
  PR_LAST_MODIFICATION_TIME,
  PR_RECIPIENT_TYPE,
  PR_SUBJECT,
  PS_PUBLIC_STRINGS,
  trySave,
} from "../../../src/core";
import { sameStorage } from "../../../src/core/session/heldStorage";
import { checkMsg } from "./support/checkMsg";
import { column, create, embed, embedded, fails, get, NOW, open, props, reopen, set } from "./support/open";

/** A saved message with one attachment that holds a message with an attachment of its own. */
function nested(): Uint8Array {
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

/** Every call of the interfaces. */
const PROP_CALLS: Record<string, (object: IMessage | IAttach) => unknown> = {
  getPropList: (object) => object.getPropList(),
  getProps: (object) => object.getProps(),
  setProps: (object) => object.setProps(props([PR_BODY, "x"])),
  deleteProps: (object) => object.deleteProps([PR_BODY]),
  getPropFlags: (object) => object.getPropFlags(PR_BODY),
  setPropFlags: (object) => object.setPropFlags(PR_SUBJECT, 6),
  getNamesFromIDs: (object) => object.getNamesFromIDs([0x8000]),
  getIDsFromNames: (object) => object.getIDsFromNames([]),
  openProperty: (object) => object.openProperty(PR_SUBJECT),
  copyTo: (object) => object.copyTo(create().message),
  saveChanges: (object) => object.saveChanges(KEEP_OPEN_READWRITE),
};
const MESSAGE_CALLS: Record<string, (message: IMessage) => unknown> = {
  ...PROP_CALLS,
  getRecipientTable: (message) => message.getRecipientTable(),
  modifyRecipients: (message) => message.modifyRecipients(0, []),
  getAttachmentTable: (message) => message.getAttachmentTable(),
  openAttach: (message) => message.openAttach(0),
  createAttach: (message) => message.createAttach(),
  deleteAttach: (message) => message.deleteAttach(0),
};

function failsEverywhere(object: IMessage | IAttach): void {
  const calls: Record<string, (object: never) => unknown> =
    "openAttach" in object ? MESSAGE_CALLS : PROP_CALLS;
  for (const [name, call] of Object.entries(calls)) {
    fails("MAPI_E_INVALID_OBJECT", () => {
      call(object as never);
      throw new Error(name);
    });
  }
}

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

  describe("when somebody else changed the message in its storage", () => {
    /** A message with an attachment that is opened twice on one storage, and saved by the other one. */
    function changedByAnother(change: (other: IMessage) => void) {
      const before = nested();
      const storage = openStorage(before);
      const message = openIMsgOnIStg(null, createAllocator(), storage, { now });
      const other = openIMsgOnIStg(null, createAllocator(), storage, { now });
      change(other);
      other.saveChanges();
      return { before, storage, message };
    }
    const now = () => NOW;
    const subjectIn = (bytes: Uint8Array) => get(open(bytes).message, PR_SUBJECT);

    it("refuses to save a change, keeps it, and still reads what was there", () => {
      const { storage, message } = changedByAnother((other) => {
        set(other, [PR_SUBJECT, "theirs"]);
        other.deleteAttach(0);
      });
      const theirs = storage.toBytes();
      set(message, [PR_SUBJECT, "ours"]);
      fails("MAPI_E_OBJECT_CHANGED", () => message.saveChanges(KEEP_OPEN_READWRITE));
      assert.deepEqual(storage.toBytes(), theirs);
      assert.equal(subjectIn(theirs), "theirs");
      assert.equal(get(message, PR_SUBJECT), "ours");
      assert.equal(get(embedded(message.openAttach(0)), PR_SUBJECT), "inner");
    });

    it("saves over it with FORCE_SAVE: the file is then as if the other had not been", () => {
      const { before, storage, message } = changedByAnother((other) => {
        set(other, [PR_SUBJECT, "theirs"], [PR_BODY, "their body"]);
        other.deleteAttach(0);
        other.getIDsFromNames([{ guid: PS_PUBLIC_STRINGS, name: "Theirs" }], MAPI_CREATE);
      });
      set(message, [PR_SUBJECT, "ours"]);
      message.saveChanges(FORCE_SAVE);
      const { message: saved } = open(storage.toBytes());
      assert.equal(get(saved, PR_SUBJECT), "ours");
      assert.equal(get(saved, PR_BODY), MAPI_E_NOT_FOUND);
      assert.equal(get(embedded(saved.openAttach(0)), PR_SUBJECT), "inner");
      assert.deepEqual(checkMsg(storage.toBytes()), []);
      const alone = openStorage(before);
      const single = openIMsgOnIStg(null, createAllocator(), alone, { now });
      set(single, [PR_SUBJECT, "ours"]);
      single.saveChanges();
      assert.ok(sameStorage(storage, alone));
    });

    it("saves on when the other only closed, or changed what is no part of the message", () => {
      const { storage, message } = changedByAnother(() => undefined);
      storage.writeStream("Olk10SideProps_0001", Uint8Array.of(1, 2, 3));
      set(message, [PR_SUBJECT, "ours"]);
      message.saveChanges(KEEP_OPEN_READWRITE);
      set(message, [PR_SUBJECT, "ours again"]);
      message.saveChanges();
      assert.equal(subjectIn(storage.toBytes()), "ours again");
      assert.deepEqual(storage.openStream("Olk10SideProps_0001"), Uint8Array.of(1, 2, 3));
    });

    it("closes without a word when it has nothing to save itself", () => {
      const { storage, message } = changedByAnother((other) => {
        set(other, [PR_SUBJECT, "theirs"]);
      });
      message.saveChanges();
      assert.equal(subjectIn(storage.toBytes()), "theirs");
    });

    it("notices that the caller took an uncommitted save back", () => {
      const storage = openStorage(nested());
      const message = openIMsgOnIStg(null, createAllocator(), storage, { flags: IMSG_NO_ISTG_COMMIT });
      set(message, [PR_SUBJECT, "first"]);
      message.saveChanges(KEEP_OPEN_READWRITE);
      storage.revert();
      set(message, [PR_BODY, "second"]);
      fails("MAPI_E_OBJECT_CHANGED", () => message.saveChanges(KEEP_OPEN_READWRITE));
      message.saveChanges(FORCE_SAVE);
      storage.commit();
      const { message: saved } = open(storage.toBytes());
      assert.deepEqual([get(saved, PR_SUBJECT), get(saved, PR_BODY)], ["first", "second"]);
    });
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
