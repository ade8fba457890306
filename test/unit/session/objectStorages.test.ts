/** Object properties with a storage, anywhere but in the data of an attachment: the storage goes and comes with them. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  type IStorage,
  KEEP_OPEN_READWRITE,
  MessageOutline,
  PR_DISPLAY_NAME,
  PR_RECIPIENT_TYPE,
  propTag,
  PT_LONG,
  PT_OBJECT,
} from "../../../src/core";
import { checkMsg } from "./support/checkMsg";
import { contentsOf, create, differences, embed, open, props, reopen } from "./support/open";

const CUSTOM = propTag(PT_OBJECT, 0x6801);
const NAME = "__substg1.0_6801000D";
const CLASS = "{00020820-0000-0000-C000-000000000046}";
const PROPERTIES = "__properties_version1.0";
const RECIPIENT = "__recip_version1.0_#00000000";
const ATTACHMENT = "__attach_version1.0_#00000000";

/** Gives an object of a file an object property, with a storage two deep. */
function addObject(holder: IStorage): void {
  const entry = Buffer.alloc(16);
  [CUSTOM, 6, 0xffffffff, 4].forEach((word, i) => entry.writeUInt32LE(word, i * 4));
  const stream = Buffer.from(holder.openStream(PROPERTIES));
  holder.writeStream(PROPERTIES, Uint8Array.from(Buffer.concat([stream, entry])));
  const object = holder.createStorage(NAME);
  object.clsid = CLASS;
  object.setStat({ stateBits: 5 });
  object.writeStream("data", Uint8Array.of(1, 2, 3));
  const part = object.createStorage("part");
  part.writeStream("deep", Uint8Array.of(4));
  part.commit();
  object.commit();
}

/** A message, a recipient, an attachment and an embedded message, each with such a property. */
function withObjects(): Uint8Array {
  const { storage, message } = create();
  message.modifyRecipients(0, [{ properties: props([PR_DISPLAY_NAME, "Ann"], [PR_RECIPIENT_TYPE, 1]) }]);
  const { attach } = message.createAttach();
  embed(attach).saveChanges();
  attach.saveChanges();
  message.saveChanges();
  const recipient = storage.openStorage(RECIPIENT);
  const attachment = storage.openStorage(ATTACHMENT);
  const inner = attachment.openStorage("__substg1.0_3701000D");
  for (const each of [inner, attachment, recipient, storage]) {
    addObject(each);
    each.commit();
  }
  return storage.toBytes();
}

/** Names of the storages of such properties that a file has. */
const objectsIn = (contents: Map<string, string>): string[] =>
  [...contents.keys()].filter((name) => name.includes(NAME));

describe("session: object properties with a storage", () => {
  const places = (outline: MessageOutline): string[] => {
    const { recipients, attachments } = outline.message("");
    const attachment = attachments[0]?.address ?? "";
    return ["", recipients[0]?.address ?? "", attachment, `${attachment}/m`];
  };

  it("take their storage with them, and an undo after the save brings every byte back", () => {
    const bytes = withObjects();
    assert.deepEqual(checkMsg(bytes), []);
    const { storage, message } = open(bytes);
    const original = contentsOf(storage);
    assert.equal(objectsIn(original).length, 16);
    const outline = new MessageOutline(message);
    const before = outline.snapshot();
    for (const address of places(outline)) outline.deleteProperties(address, [CUSTOM]);
    const after = outline.snapshot();
    for (const round of ["first", "again"]) {
      message.saveChanges(KEEP_OPEN_READWRITE);
      assert.deepEqual(objectsIn(contentsOf(storage)), [], round);
      assert.deepEqual(checkMsg(storage.toBytes()), [], round);
      outline.restore(before);
      message.saveChanges(KEEP_OPEN_READWRITE);
      assert.deepEqual(differences(original, contentsOf(storage)), [], round);
      outline.restore(after);
    }
  });

  it("keep it with other flags, also when they come back with those", () => {
    const { storage, message } = open(withObjects());
    const original = objectsIn(contentsOf(storage));
    const outline = new MessageOutline(message);
    for (const address of places(outline)) outline.setFlags(address, CUSTOM, 2);
    const flagged = outline.snapshot();
    message.saveChanges(KEEP_OPEN_READWRITE);
    assert.deepEqual(objectsIn(contentsOf(storage)), original);
    for (const address of places(outline)) outline.setFlags(address, CUSTOM, 6);
    for (const address of places(outline)) outline.deleteProperties(address, [CUSTOM]);
    message.saveChanges(KEEP_OPEN_READWRITE);
    assert.deepEqual(objectsIn(contentsOf(storage)), []);
    outline.restore(flagged);
    const last = reopen({ storage, message });
    assert.deepEqual(objectsIn(contentsOf(last.storage)), original);
    assert.equal(last.storage.openStorage(NAME).clsid, CLASS);
    assert.equal(last.message.getPropFlags(CUSTOM), 2);
  });

  it("lose it to a value of another type", () => {
    const opened = open(withObjects());
    opened.message.setProps([{ tag: propTag(PT_LONG, 0x6801), value: 7 }]);
    const { storage } = reopen(opened);
    assert.equal(storage.elementType(NAME), undefined);
    assert.equal(storage.openStorage(RECIPIENT).elementType(NAME), "storage");
  });
});
