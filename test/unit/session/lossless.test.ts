/** What nobody knows is kept: reserved words, garbage, unknown streams and storages, duplicates, times; also over undo. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  ATTACH_OLE,
  type IMessage,
  type IStorage,
  KEEP_OPEN_READWRITE,
  MAPI_CREATE,
  MAPI_MODIFY,
  MessageOutline,
  MODRECIP_ADD,
  openStorage,
  PR_ATTACH_DATA_BIN,
  PR_ATTACH_DATA_OBJ,
  PR_ATTACH_METHOD,
  PR_BODY,
  PR_DISPLAY_BCC,
  PR_DISPLAY_NAME,
  PR_HASATTACH,
  PR_LAST_MODIFICATION_TIME,
  PR_MESSAGE_CLASS,
  PR_RECIPIENT_TYPE,
  PR_SUBJECT,
  PR_SUBJECT_A,
  propTag,
  PT_BINARY,
  PT_LONG,
  PT_MV_BINARY,
  rebaseSnapshot,
  type RootStorage,
  trySave,
} from "../../../src/core";
import { checkMsg } from "./support/checkMsg";
import { contentsOf, create, differences, embed, get, open, props, set } from "./support/open";
import { hex } from "./support/msgTree";

const PROPERTIES = "__properties_version1.0";
const recipient = (i: number): string => `__recip_version1.0_#${hex(i)}`;
const attachment = (i: number): string => `__attach_version1.0_#${hex(i)}`;

function addEmbedded(message: IMessage, subject: string, fill?: (inner: IMessage) => void): void {
  const { attach } = message.createAttach();
  const inner = embed(attach);
  set(inner, [PR_SUBJECT, subject]);
  fill?.(inner);
  inner.saveChanges();
  attach.saveChanges();
}

/** Gives every storage below one a time, state bits, and a stream and a storage that nobody knows. */
function mark(storage: IStorage, seed = 1): void {
  for (const { name, type } of storage.enumElements()) {
    if (type !== "storage") continue;
    const inner = storage.openStorage(name);
    mark(inner, seed + name.length);
    inner.setStat({ stateBits: seed, created: BigInt(seed) * 1000n, modified: BigInt(seed) * 2000n });
    if (name !== "__nameid_version1.0") {
      inner.writeStream("unknown", Uint8Array.of(seed, 2, 3));
      const more = inner.createStorage("More");
      more.writeStream("deep", Uint8Array.of(4));
      more.clsid = "{12345678-0000-0000-0000-000000000000}";
      more.commit();
    }
    inner.commit();
  }
}

/** A file with three recipients and four attachments, one three messages deep, full of things nobody knows. */
function odd(): RootStorage {
  const { storage, message } = create();
  set(message, [PR_SUBJECT, "odd"], [propTag(PT_MV_BINARY, 0x6801), [Uint8Array.of(1), Uint8Array.of(2)]]);
  const rows = ["A", "B", "C"].map((name) => ({
    properties: props([PR_DISPLAY_NAME, name], [PR_RECIPIENT_TYPE, 1]),
  }));
  message.modifyRecipients(MODRECIP_ADD, rows);
  addEmbedded(message, "one", (inner) => {
    inner.modifyRecipients(MODRECIP_ADD, rows);
    addEmbedded(inner, "two", (second) => addEmbedded(second, "three"));
  });
  const { attach } = message.createAttach();
  set(attach, [PR_ATTACH_METHOD, 1], [PR_ATTACH_DATA_BIN, Uint8Array.of(1, 2, 3)]);
  attach.saveChanges();
  const ole = message.createAttach().attach;
  set(ole, [PR_ATTACH_METHOD, ATTACH_OLE]);
  const object = ole.openProperty(PR_ATTACH_DATA_OBJ, MAPI_CREATE | MAPI_MODIFY);
  assert.ok("writeStream" in object);
  object.writeStream("\u0001CompObj", Uint8Array.of(1));
  object.commit();
  ole.saveChanges();
  addEmbedded(message, "last");
  message.saveChanges();
  mark(storage);
  storage.writeStream("Olk10SideProps_0001", Uint8Array.of(9));
  storage.setStat({ stateBits: 77, created: 5n, modified: 6n });
  storage.commit();
  return openStorage(storage.toBytes());
}

/** Edits of a part of the message, each by itself to be undone. */
const EDITS: Record<string, (outline: MessageOutline) => void> = {
  "deleting every recipient": (outline) => {
    for (const { address } of outline.message("").recipients) outline.deleteObject(address);
  },
  "deleting every attachment": (outline) => {
    for (const { address } of outline.message("").attachments) outline.deleteObject(address);
  },
  "deleting what is in the middle, and adding": (outline) => {
    const { recipients, attachments } = outline.message("");
    outline.deleteObject(recipients[1]!.address);
    outline.deleteObject(attachments[1]!.address);
    outline.addRecipient("", props([PR_DISPLAY_NAME, "Z"], [PR_RECIPIENT_TYPE, 3]));
    outline.addAttachment("", props([PR_ATTACH_METHOD, 1]));
  },
  "turning both lists round": (outline) => {
    const { recipients, attachments } = outline.message("");
    outline.reorderRecipients("", recipients.map(({ address }) => address).reverse());
    outline.reorderAttachments("", attachments.map(({ address }) => address).reverse());
  },
  "bytes in the place of an embedded message": (outline) => {
    const [first] = outline.message("").attachments;
    outline.setProperty(first!.address, PR_ATTACH_DATA_BIN, Uint8Array.of(1));
  },
  "bytes in the place of an OLE object": (outline) => {
    outline.setProperty(outline.message("").attachments[2]!.address, PR_ATTACH_DATA_BIN, Uint8Array.of(1));
  },
  "deleting an embedded message, not its attachment": (outline) => {
    outline.deleteProperties(outline.message("").attachments[0]!.address, [PR_ATTACH_DATA_OBJ]);
  },
  "edits at every depth": (outline) => {
    const inside = `${outline.message("").attachments[0]!.address}/m`;
    outline.setProperty(inside, PR_SUBJECT, "changed");
    outline.deleteObject(outline.message(inside).recipients[0]!.address);
    const second = `${outline.message(inside).attachments[0]!.address}/m`;
    outline.deleteProperties(second, [PR_SUBJECT]);
    const third = `${outline.message(second).attachments[0]!.address}/m`;
    outline.addRecipient(third, props([PR_DISPLAY_NAME, "Q"], [PR_RECIPIENT_TYPE, 1]));
    outline.deleteObject(outline.message(second).attachments[0]!.address);
  },
  "values of every place": (outline) => {
    outline.setProperty("", propTag(PT_MV_BINARY, 0x6801), [Uint8Array.of(7)]);
    outline.setProperty("", PR_BODY, "new");
    outline.setFlags("", PR_SUBJECT, 7);
    outline.deleteProperties("", [PR_MESSAGE_CLASS]);
    outline.setProperty("", propTag(PT_LONG, 0x6802), 1);
  },
};

/** Checks a file without the parts that the test planted. */
function check(storage: RootStorage): void {
  assert.deepEqual(checkMsg(storage.toBytes()), []);
}

describe("session: nothing is lost", () => {
  for (const [what, edit] of Object.entries(EDITS)) {
    it(`undoing ${what}, before and after a save, brings every byte, class id, time and state bit back`, () => {
      const storage = odd();
      const original = contentsOf(storage);
      const { message } = open(storage.toBytes());
      message.release();
      const opened = open(storage.toBytes());
      const outline = new MessageOutline(opened.message);
      const before = outline.snapshot();
      edit(outline);
      assert.ok(outline.changeCount() > 0);
      outline.restore(before);
      assert.equal(outline.changeCount(), 0);
      opened.message.saveChanges(KEEP_OPEN_READWRITE);
      assert.equal(opened.storage.toBytes(), storage.toBytes());
      edit(outline);
      const after = outline.snapshot();
      const first = trySave(opened.message, opened.storage);
      check(first.storage);
      const edited = contentsOf(first.storage);
      outline.restore(before);
      const second = trySave(opened.message, first.storage);
      assert.deepEqual(differences(original, contentsOf(second.storage)), []);
      outline.restore(after);
      const third = trySave(opened.message, second.storage);
      const newTimes = new Set(["__nameid_version1.0"]);
      assert.deepEqual(
        differences(edited, contentsOf(third.storage)).filter(
          (name) => !newTimes.has(name) && !/#[0-9A-F]{8}$/.test(name),
        ),
        [],
      );
      assert.equal(outline.isChanged, false);
      // The same in place, without a copy of the storage.
      outline.restore(before);
      opened.message.saveChanges(KEEP_OPEN_READWRITE);
      assert.deepEqual(differences(original, contentsOf(third.storage)), []);
    });
  }

  it("a reread of the saved file edits like the first", () => {
    for (const edit of Object.values(EDITS)) {
      const first = open(odd().toBytes());
      edit(new MessageOutline(first.message));
      first.message.saveChanges();
      check(first.storage);
      const second = open(first.storage.toBytes());
      const outline = new MessageOutline(second.message);
      outline.addRecipient("", props([PR_DISPLAY_NAME, "more"], [PR_RECIPIENT_TYPE, 2]));
      outline.setProperty("", PR_SUBJECT, "again");
      second.message.saveChanges();
      check(second.storage);
    }
  });

  it("an edit touches the streams of its object and nothing else", () => {
    const opened = open(odd().toBytes());
    const original = contentsOf(opened.storage);
    const outline = new MessageOutline(opened.message);
    const inside = `${outline.message("").attachments[0]!.address}/m`;
    const second = `${outline.message(inside).attachments[0]!.address}/m`;
    const third = `${outline.message(second).attachments[0]!.address}/m`;
    outline.setProperty(third, PR_SUBJECT, "innermost");
    opened.message.saveChanges();
    const deep = `${attachment(0)}/__substg1.0_3701000D`;
    const path = [deep, deep, deep].join("/");
    assert.deepEqual(differences(original, contentsOf(opened.storage)), [
      `${path}/__properties_version1.0`,
      `${path}/__substg1.0_0037001F`,
      `${path}/__substg1.0_0E1D001F`,
    ]);
  });

  it("garbage in entries and headers stays where nothing was edited", () => {
    const storage = odd();
    const stream = Buffer.from(storage.openStream(PROPERTIES));
    stream.writeUInt32LE(0xdeadbeef, 0);
    stream.writeUInt32LE(0xcafe, 28);
    const at = 32 + stream.subarray(32).indexOf(Buffer.from([0x03, 0x00, 0xf7, 0x0f]));
    stream.writeUInt32LE(0x77777777, at + 12);
    storage.writeStream(PROPERTIES, Buffer.concat([stream, Buffer.from([1, 2, 3, 4])]));
    storage.commit();
    const opened = open(storage.toBytes());
    const outline = new MessageOutline(opened.message);
    const before = outline.snapshot();
    outline.setProperty("", PR_BODY, "x");
    outline.deleteObject(outline.message("").recipients[0]!.address);
    const trial = trySave(opened.message, opened.storage);
    const written = Buffer.from(trial.storage.openStream(PROPERTIES));
    assert.equal(written.readUInt32LE(0), 0xdeadbeef);
    assert.equal(written.readUInt32LE(16), 2);
    assert.equal(written.readUInt32LE(28), 0xcafe);
    assert.equal(written.readUInt32LE(at + 12), 0x77777777);
    assert.deepEqual([...written.subarray(-4)], [1, 2, 3, 4]);
    outline.restore(before);
    const undone = trySave(opened.message, trial.storage);
    assert.deepEqual(
      Buffer.from(undone.storage.openStream(PROPERTIES)).equals(Buffer.from(storage.openStream(PROPERTIES))),
      true,
    );
  });

  it("duplicate and mixed-width entries stay until their property is edited", () => {
    const storage = odd();
    const stream = Buffer.from(storage.openStream(PROPERTIES));
    const at = 32 + stream.subarray(32).indexOf(Buffer.from([0x1f, 0x00, 0x37, 0x00]));
    const twice = Buffer.from(stream.subarray(at, at + 16));
    const eightBit = Buffer.from(twice);
    eightBit.writeUInt32LE(PR_SUBJECT_A, 0);
    eightBit.writeUInt32LE(4, 8);
    storage.writeStream(PROPERTIES, Buffer.concat([stream, twice, eightBit]));
    storage.writeStream("__substg1.0_0037001E", Buffer.from("odd"));
    storage.commit();
    const opened = open(storage.toBytes());
    const original = contentsOf(opened.storage);
    const outline = new MessageOutline(opened.message);
    const before = outline.snapshot();
    assert.equal(opened.message.getPropList().filter((tag) => tag >>> 16 === 0x37).length, 1);
    outline.setProperty("", PR_BODY, "x");
    const kept = trySave(opened.message, opened.storage);
    assert.equal(kept.storage.openStream(PROPERTIES).length, stream.length + 48);
    outline.setProperty("", PR_SUBJECT, "new");
    const edited = trySave(opened.message, kept.storage);
    check(edited.storage);
    outline.restore(before);
    const undone = trySave(opened.message, edited.storage);
    assert.deepEqual(differences(original, contentsOf(undone.storage)), []);
    outline.setProperty("", PR_SUBJECT, "x");
    outline.revertProperty("", PR_SUBJECT);
    assert.equal(outline.isChanged, false);
  });

  it("numbers with gaps, a wrong header and missing row ids stay until a list changes", () => {
    const storage = odd();
    storage.renameElement(recipient(2), recipient(7));
    storage.renameElement(attachment(3), attachment(0xff));
    const row = storage.openStorage(recipient(0));
    const entries = Buffer.from(row.openStream(PROPERTIES));
    row.writeStream(PROPERTIES, entries.subarray(0, 8));
    row.commit();
    const gone = storage.openStorage(recipient(1));
    gone.destroyElement(PROPERTIES);
    gone.commit();
    storage.commit();
    const opened = open(storage.toBytes());
    const original = contentsOf(opened.storage);
    const outline = new MessageOutline(opened.message);
    assert.deepEqual(
      outline.message("").recipients.map(({ rowId }) => rowId),
      [0, 1, 7],
    );
    const before = outline.snapshot();
    outline.setProperty("", PR_BODY, "x");
    const touched = trySave(opened.message, opened.storage);
    const changed = differences(original, contentsOf(touched.storage));
    assert.deepEqual(changed, [PROPERTIES, "__substg1.0_1000001F"]);
    outline.addRecipient("", props([PR_DISPLAY_NAME, "Z"]));
    const added = trySave(opened.message, touched.storage);
    const numbers = outline.message("").recipients.map(({ rowId }) => rowId);
    assert.deepEqual(numbers, [0, 1, 2, 3]);
    assert.equal(added.storage.elementType(recipient(3)), "storage");
    assert.equal(added.storage.elementType(recipient(7)), undefined);
    assert.equal(added.storage.elementType(attachment(0xff)), "storage");
    outline.deleteObject(outline.message("").recipients[0]!.address);
    outline.deleteObject(outline.message("").attachments[0]!.address);
    const less = trySave(opened.message, added.storage);
    assert.deepEqual(
      less.storage
        .enumElements()
        .map(({ name }) => name)
        .filter((name) => name.includes("#"))
        .sort(),
      [0, 1, 2].flatMap((i) => [attachment(i), recipient(i)]).sort(),
    );
    outline.restore(before);
    const undone = trySave(opened.message, less.storage);
    assert.deepEqual(differences(original, contentsOf(undone.storage)), []);
  });

  it("what is computed comes back as the file had it, or had it not", () => {
    const storage = odd();
    const opened = open(storage.toBytes());
    // A file without PR_DISPLAY_BCC, PR_HASATTACH and PR_LAST_MODIFICATION_TIME: other writers leave them out.
    for (const tag of [PR_DISPLAY_BCC, PR_HASATTACH, PR_LAST_MODIFICATION_TIME]) {
      opened.message.setPropFlags(tag, 6);
      assert.deepEqual(opened.message.deleteProps([tag]), []);
    }
    opened.message.saveChanges();
    const root = openStorage(opened.storage.toBytes());
    const stream = Buffer.from(root.openStream(PROPERTIES));
    const at = 32 + stream.subarray(32).indexOf(Buffer.from([0x40, 0x00, 0x08, 0x30]));
    root.writeStream(PROPERTIES, Buffer.concat([stream.subarray(0, at), stream.subarray(at + 16)]));
    root.commit();
    const bytes = root.toBytes();
    const again = open(bytes);
    const outline = new MessageOutline(again.message);
    const address = outline.addRecipient("", props([PR_DISPLAY_NAME, "Z"], [PR_RECIPIENT_TYPE, 3]));
    assert.equal(get(again.message, PR_DISPLAY_BCC), "Z");
    outline.deleteObject(address);
    const inside = outline.message("").attachments[0]!.address;
    outline.setProperty(inside, PR_DISPLAY_NAME, "x");
    outline.revertProperty(inside, PR_DISPLAY_NAME);
    outline.setProperty(`${inside}/m`, PR_BODY, "x");
    outline.deleteProperties(`${inside}/m`, [PR_BODY]);
    const row = outline.message(`${inside}/m`).recipients[0]!.address;
    outline.setProperty(row, propTag(PT_BINARY, 0x6801), Uint8Array.of(1));
    outline.deleteProperties(row, [propTag(PT_BINARY, 0x6801)]);
    assert.equal(outline.changeCount(), 0);
    again.message.saveChanges(KEEP_OPEN_READWRITE);
    assert.equal(again.storage.toBytes(), bytes);
  });

  it("a rebased snapshot of unsaved work shows only what was changed", () => {
    const bytes = odd().toBytes();
    const work = open(bytes);
    const workOutline = new MessageOutline(work.message);
    workOutline.setProperty("", PR_SUBJECT, "unsaved");
    workOutline.deleteObject(workOutline.message("").recipients[1]!.address);
    work.message.saveChanges(KEEP_OPEN_READWRITE);
    const backup = new MessageOutline(open(work.storage.toBytes()).message);
    const base = open(bytes);
    const outline = new MessageOutline(base.message);
    outline.restore(rebaseSnapshot(backup.snapshot(), outline.snapshot()));
    assert.equal(outline.message("").recipients.length, 2);
    assert.equal(
      outline.message("").attachments.every(({ change }) => change === undefined),
      true,
    );
    base.message.saveChanges(KEEP_OPEN_READWRITE);
    check(base.storage);
    assert.equal(get(base.message, PR_SUBJECT), "unsaved");
  });
});
