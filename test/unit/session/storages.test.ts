/** OLE and custom storages of attachments: listed, read and changed stream by stream, kept byte for byte otherwise. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  ATTACH_EMBEDDED_MSG,
  ATTACH_OLE,
  type IAttach,
  type IStorage,
  KEEP_OPEN_READWRITE,
  MAPI_CREATE,
  MAPI_MODIFY,
  MessageOutline,
  type NamedProperty,
  openStorage,
  PR_ATTACH_DATA_BIN,
  PR_ATTACH_DATA_OBJ,
  PR_ATTACH_METHOD,
  PR_DISPLAY_NAME,
  PR_MESSAGE_ATTACHMENTS,
  PR_RECIPIENT_TYPE,
  PR_SUBJECT,
  propId,
  PS_PUBLIC_STRINGS,
  propTag,
  PT_OBJECT,
} from "../../../src/core";
import { checkMsg } from "./support/checkMsg";
import { corpusFiles } from "./support/corpus";
import { contentsOf, create, differences, fails, get, open, props, reopen, set } from "./support/open";

const PACKAGE = "{0003000C-0000-0000-C000-000000000046}";
const NATIVE = "\u0001Ole10Native";
const CUSTOM = propTag(PT_OBJECT, 0x6801);

function storageOf(attach: IAttach, flags = 0): IStorage {
  const storage = attach.openProperty(PR_ATTACH_DATA_OBJ, flags);
  assert.ok("writeStream" in storage);
  return storage;
}

/** A file with one OLE object, two storages deep. */
function withObject(): ReturnType<typeof create> {
  const opened = create();
  const { attach } = opened.message.createAttach();
  set(attach, [PR_ATTACH_METHOD, ATTACH_OLE]);
  const storage = storageOf(attach, MAPI_CREATE | MAPI_MODIFY);
  storage.clsid = PACKAGE;
  storage.writeStream(NATIVE, Uint8Array.of(1, 2, 3));
  storage.writeStream("\u0003ObjInfo", Uint8Array.of(4));
  const part = storage.createStorage("Part");
  part.clsid = "{00020820-0000-0000-C000-000000000046}";
  part.writeStream("deep", Uint8Array.of(5));
  part.commit();
  storage.setStat({ stateBits: 3 });
  storage.commit();
  attach.saveChanges();
  opened.message.saveChanges(KEEP_OPEN_READWRITE);
  return opened;
}

const BASE = "__attach_version1.0_#00000000/__substg1.0_3701000D";

describe("session: storages of attachments", () => {
  it("are opened as IStorage: the same object, changed by its commit, the attachment's save and the message's", () => {
    const { message } = open(withObject().storage.toBytes());
    const attach = message.openAttach(0);
    const storage = storageOf(attach);
    assert.equal(storageOf(attach), storage);
    assert.equal(storage.clsid, PACKAGE);
    storage.writeStream(NATIVE, Uint8Array.of(9));
    attach.saveChanges(KEEP_OPEN_READWRITE);
    assert.equal(new MessageOutline(message).isChanged, false, "not committed");
    storage.commit();
    attach.saveChanges(KEEP_OPEN_READWRITE);
    const outline = new MessageOutline(message);
    assert.equal(outline.isChanged, true);
    const { address } = outline.message("").attachments[0]!;
    assert.deepEqual(outline.readStorageStream(address, [NATIVE]), Uint8Array.of(9));
    storage.writeStream(NATIVE, Uint8Array.of(1, 2, 3));
    storage.commit();
    attach.saveChanges(KEEP_OPEN_READWRITE);
    assert.equal(outline.isChanged, false);
  });

  it("are listed with their class ids, and read", () => {
    const outline = new MessageOutline(open(withObject().storage.toBytes()).message);
    const { address, object } = outline.message("").attachments[0]!;
    assert.equal(object, "storage");
    assert.equal(outline.storageClass(address), PACKAGE);
    const listed = outline.storageElements(address);
    assert.deepEqual(
      listed.map(({ path, type, size, clsid }) => [path.join("/"), type, size, clsid]).sort(),
      [
        [NATIVE, "stream", 3, undefined],
        ["\u0003ObjInfo", "stream", 1, undefined],
        ["Part", "storage", 0, "{00020820-0000-0000-C000-000000000046}"],
        ["Part/deep", "stream", 1, undefined],
      ],
    );
    assert.deepEqual(outline.readStorageStream(address, ["Part", "deep"]), Uint8Array.of(5));
    assert.deepEqual(outline.storedBytes(address, PR_ATTACH_DATA_OBJ), undefined);
  });

  for (const [what, path, changed] of [
    ["a stream", [NATIVE], [`${BASE}/${NATIVE}`]],
    ["a stream in a storage in it", ["Part", "deep"], [`${BASE}/Part/deep`]],
    ["a new stream", ["Part", "new"], [`${BASE}/Part/new`]],
  ] as const) {
    it(`${what} is written, nothing else; undo brings it back`, () => {
      const bytes = withObject().storage.toBytes();
      const { storage, message } = open(bytes);
      const outline = new MessageOutline(message);
      const { address } = outline.message("").attachments[0]!;
      const start = outline.snapshot();
      outline.writeStorageStream(address, path, Uint8Array.of(7, 7));
      assert.equal(outline.message("").attachments[0]?.change, "changed");
      message.saveChanges(KEEP_OPEN_READWRITE);
      assert.deepEqual(checkMsg(storage.toBytes()), []);
      const different = differences(
        contentsOf(open(bytes).storage),
        contentsOf(openStorage(storage.toBytes())),
      );
      assert.deepEqual(
        different.filter((name) => !name.endsWith("__properties_version1.0")),
        changed,
      );
      const again = new MessageOutline(open(storage.toBytes()).message);
      const at = again.message("").attachments[0]!.address;
      assert.deepEqual(again.readStorageStream(at, path), Uint8Array.of(7, 7));
      assert.equal(again.storageClass(at), PACKAGE);
      outline.restore(start);
      message.saveChanges(KEEP_OPEN_READWRITE);
      assert.deepEqual(differences(contentsOf(open(bytes).storage), contentsOf(storage)), []);
    });
  }

  it("elements are deleted; the same bytes again are no change", () => {
    const { message } = open(withObject().storage.toBytes());
    const outline = new MessageOutline(message);
    const { address } = outline.message("").attachments[0]!;
    outline.writeStorageStream(address, [NATIVE], Uint8Array.of(1, 2, 3));
    assert.equal(outline.isChanged, false);
    outline.deleteStorageElement(address, ["Part"]);
    assert.deepEqual(
      outline.storageElements(address).map(({ path }) => path.join("/")),
      [NATIVE, "\u0003ObjInfo"],
    );
    fails("STG_E_FILENOTFOUND", () => outline.readStorageStream(address, ["Part", "deep"]));
    fails("STG_E_FILENOTFOUND", () => outline.writeStorageStream(address, ["No", "x"], Uint8Array.of(1)));
    fails("STG_E_INVALIDNAME", () => outline.writeStorageStream(address, ["a/b"], Uint8Array.of(1)));
    fails("MAPI_E_INVALID_PARAMETER", () => outline.writeStorageStream(address, [], Uint8Array.of(1)));
  });

  it("go out as a compound file and come in from one, in the place of anything", () => {
    const source = new MessageOutline(open(withObject().storage.toBytes()).message);
    const bytes = source.exportStorage(source.message("").attachments[0]!.address);
    const file = openStorage(bytes);
    assert.equal(file.clsid, PACKAGE);
    assert.equal(file.stat().created, 0n);
    assert.deepEqual(file.openStorage("Part").openStream("deep"), Uint8Array.of(5));
    const target = create();
    const outline = new MessageOutline(target.message);
    const data = outline.addAttachment(
      "",
      props([PR_ATTACH_METHOD, 1], [PR_ATTACH_DATA_BIN, Uint8Array.of(1)]),
    );
    const inner = outline.addEmbeddedMessage("", [], (message) => set(message, [PR_SUBJECT, "x"]));
    for (const address of [data, inner]) {
      outline.replaceStorage(address, bytes);
      assert.equal(outline.property(address, PR_ATTACH_METHOD)?.value, ATTACH_OLE);
    }
    fails("STG_E_INVALIDHEADER", () => outline.replaceStorage(data, Uint8Array.of(1)));
    const again = reopen(target).message;
    for (const number of [0, 1]) {
      const storage = storageOf(again.openAttach(number));
      assert.equal(storage.clsid, PACKAGE);
      assert.equal(storage.stat().stateBits, 3);
      assert.deepEqual(storage.openStream(NATIVE), Uint8Array.of(1, 2, 3));
    }
  });

  it("only attachments have", () => {
    const { message } = open(withObject().storage.toBytes());
    const outline = new MessageOutline(message);
    const recipient = outline.addRecipient("", props([PR_DISPLAY_NAME, "A"], [PR_RECIPIENT_TYPE, 1]));
    const empty = outline.addAttachment("", props([PR_ATTACH_METHOD, ATTACH_EMBEDDED_MSG]));
    fails("MAPI_E_NO_SUPPORT", () => outline.storageElements(""));
    fails("MAPI_E_NO_SUPPORT", () => outline.storageElements(recipient));
    fails("MAPI_E_OBJECT_DELETED", () => outline.storageElements(empty));
    fails("MAPI_E_NO_SUPPORT", () => outline.setObjectStream(recipient, CUSTOM, Uint8Array.of(1)));
  });

  it("of real files are listed and every stream is read", function () {
    const files = corpusFiles();
    if (files.length === 0) this.skip();
    let count = 0;
    for (const { read } of files) {
      let outline: MessageOutline;
      try {
        outline = new MessageOutline(open(read()).message);
      } catch {
        continue;
      }
      for (const { address, object } of outline.message("").attachments) {
        if (object !== "storage") continue;
        count++;
        for (const { path, type, size } of outline.storageElements(address)) {
          if (type === "stream") assert.equal(outline.readStorageStream(address, path).length, size);
        }
        const exported = openStorage(outline.exportStorage(address));
        assert.equal(exported.clsid, outline.storageClass(address));
      }
    }
    assert.ok(count > 0);
  });
});

/** A file of another writer: streams where object properties are, in the message and as what an attachment holds. */
function withStreams(custom = CUSTOM, names: readonly NamedProperty[] = []): Uint8Array {
  const { storage, message } = create();
  message.getIDsFromNames(names, MAPI_CREATE);
  const { attach } = message.createAttach();
  attach.saveChanges();
  message.saveChanges();
  const holder = storage.openStorage("__attach_version1.0_#00000000");
  for (const [each, tag] of [
    [holder, PR_ATTACH_DATA_OBJ],
    [storage, custom],
  ] as const) {
    const entry = Buffer.alloc(16);
    [tag, 6, 0xffffffff, 0].forEach((word, i) => entry.writeUInt32LE(word, i * 4));
    const stream = Buffer.from(each.openStream("__properties_version1.0"));
    each.writeStream("__properties_version1.0", Uint8Array.from(Buffer.concat([stream, entry])));
    const name = `__substg1.0_${tag.toString(16).toUpperCase().padStart(8, "0")}`;
    each.writeStream(name, Uint8Array.of(1, 2));
    each.commit();
  }
  storage.commit();
  return storage.toBytes();
}

describe("session: object properties that are streams", () => {
  it("are read, kept, changed and deleted with their stream", () => {
    const bytes = withStreams();
    const { storage, message } = open(bytes);
    assert.deepEqual(message.openProperty(CUSTOM), Uint8Array.of(1, 2));
    assert.deepEqual(message.openAttach(0).openProperty(PR_ATTACH_DATA_OBJ), Uint8Array.of(1, 2));
    assert.ok(message.getPropList().includes(CUSTOM));
    assert.equal(get(message, CUSTOM), null);
    const outline = new MessageOutline(message);
    const { address } = outline.message("").attachments[0]!;
    assert.deepEqual(outline.storedBytes(address, PR_ATTACH_DATA_OBJ), Uint8Array.of(1, 2));
    outline.setObjectStream("", CUSTOM, Uint8Array.of(3));
    assert.equal(outline.changeCount(), 1);
    outline.setObjectStream("", CUSTOM, Uint8Array.of(1, 2));
    assert.equal(outline.isChanged, false);
    outline.setObjectStream(address, PR_ATTACH_DATA_OBJ, Uint8Array.of(4));
    outline.deleteProperties("", [CUSTOM]);
    message.saveChanges(KEEP_OPEN_READWRITE);
    const last = open(storage.toBytes());
    assert.equal(last.storage.elementType("__substg1.0_6801000D"), undefined);
    assert.deepEqual(last.message.openAttach(0).openProperty(PR_ATTACH_DATA_OBJ), Uint8Array.of(4));
    const target = create();
    last.message.copyTo(target.message);
    target.message.saveChanges(KEEP_OPEN_READWRITE);
    assert.deepEqual(target.message.openAttach(0).openProperty(PR_ATTACH_DATA_OBJ), Uint8Array.of(4));
  });

  it("go along when their message is copied, unless they are left out", () => {
    const { message } = open(withStreams());
    const target = create();
    message.copyTo(target.message);
    target.message.saveChanges(KEEP_OPEN_READWRITE);
    const copy = open(target.storage.toBytes()).message;
    assert.deepEqual(copy.openProperty(CUSTOM), Uint8Array.of(1, 2));
    const less = create();
    message.copyTo(less.message, [CUSTOM, PR_MESSAGE_ATTACHMENTS]);
    assert.equal(less.message.getPropList().includes(CUSTOM), false);
  });

  it("get the id of their name in the copy", () => {
    const name = { guid: PS_PUBLIC_STRINGS, name: "object" };
    const { message } = open(withStreams(propTag(PT_OBJECT, 0x8000), [name]));
    const target = create();
    target.message.getIDsFromNames([{ guid: PS_PUBLIC_STRINGS, name: "other" }], MAPI_CREATE);
    message.copyTo(target.message);
    const [id = 0] = target.message.getIDsFromNames([name]);
    const tag = propTag(PT_OBJECT, propId(id));
    assert.notEqual(tag, propTag(PT_OBJECT, 0x8000));
    assert.deepEqual(target.message.openProperty(tag), Uint8Array.of(1, 2));
  });

  it("are not made anew, nor set in the place of a storage", () => {
    const outline = new MessageOutline(open(withObject().storage.toBytes()).message);
    const { address } = outline.message("").attachments[0]!;
    for (const [at, tag] of [
      [address, PR_ATTACH_DATA_OBJ],
      ["", PR_SUBJECT],
      ["", CUSTOM],
    ] as const) {
      fails("MAPI_E_NOT_FOUND", () => outline.setObjectStream(at, tag, Uint8Array.of(1)));
    }
    fails("MAPI_E_NOT_FOUND", () => create().message.openProperty(CUSTOM));
  });
});
