/** The named property map: ids and names, what is written, limits, damage. [MS-OXMSG] 2.2.3 */
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import {
  createStorage,
  type IMessage,
  KEEP_OPEN_READWRITE,
  MAPI_CREATE,
  MessageOutline,
  type NamedProperty,
  openStorage,
  propId,
  propTag,
  propType,
  PT_ERROR,
  PT_LONG,
  PT_UNSPECIFIED,
  trySave,
} from "../../../src/core";
import { nameCrc } from "../../../src/core/session/namedProperties";
import { plainCrc } from "./support/checkNames";
import { checkMsg } from "./support/checkMsg";
import { readTree } from "./support/msgTree";
import { contentsOf, create, differences, embed, fails, get, open, reopen, set } from "./support/open";

const SET = "{11111111-2222-3333-4444-555555555555}";
const PS_MAPI = "{00020328-0000-0000-C000-000000000046}";
const PS_PUBLIC_STRINGS = "{00020329-0000-0000-C000-000000000046}";
const PS_INTERNET_HEADERS = "{00020386-0000-0000-C000-000000000046}";

const idOf = (message: IMessage, name: NamedProperty, flags = MAPI_CREATE): number => {
  const [tag] = message.getIDsFromNames([name], flags);
  return propType(tag!) === PT_ERROR ? -1 : propId(tag!);
};

describe("session: named properties", () => {
  it("checksums names as [MS-OXMSG] 2.2.3.2 does", () => {
    assert.equal(nameCrc("ExchangeApplicationFlags"), 0x3499c20a);
    assert.equal(nameCrc("DetectedLanguage"), 0xdc1064a3);
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => nameCrc(text) === plainCrc(text)));
  });

  it("writes the specification's worked example: LID 0x811C of GUID 4 as id 0x8005", () => {
    const { storage, message } = create();
    const names: NamedProperty[] = [
      { guid: SET, id: 1 },
      { guid: "{22222222-2222-2222-2222-222222222222}", id: 2 },
      { guid: SET, id: 3 },
      { guid: SET, id: 4 },
      { guid: SET, id: 5 },
      { guid: "{22222222-2222-2222-2222-222222222222}", id: 0x811c },
    ];
    message.getIDsFromNames(names, MAPI_CREATE);
    message.saveChanges();
    const map = readTree(storage.toBytes()).storages.get("__nameid_version1.0")!;
    const hex = (name: string): string => Buffer.from(map.streams.get(name)!).toString("hex");
    assert.equal(hex("__substg1.0_00030102").slice(-16), "1c81000008000500");
    assert.ok(hex("__substg1.0_101D0102").includes("1c81000008000500"));
    assert.deepEqual(checkMsg(storage.toBytes()), []);
  });

  it("gives ids in order of first use and the same id every time", () => {
    const opened = create();
    const { message } = opened;
    assert.deepEqual(message.getIDsFromNames([{ guid: SET, id: 7 }]), [propTag(PT_ERROR, 0)]);
    const tags = message.getIDsFromNames(
      [
        { guid: SET, id: 7 },
        { guid: SET, name: "Seven" },
        { guid: SET.toLowerCase().slice(1, -1), id: 7 },
        { guid: PS_PUBLIC_STRINGS, name: "Keywords" },
        { guid: SET, name: "seven" },
        { guid: PS_INTERNET_HEADERS, name: "X-Spam" },
        { guid: PS_INTERNET_HEADERS, name: "x-spam" },
      ],
      MAPI_CREATE,
    );
    assert.deepEqual(
      tags.map((tag) => [propId(tag), propType(tag)]),
      [0x8000, 0x8001, 0x8000, 0x8002, 0x8003, 0x8004, 0x8004].map((id) => [id, PT_UNSPECIFIED]),
    );
    const again = reopen(opened).message;
    assert.deepEqual(
      again.getNamesFromIDs([0x8000, 0x8001, propTag(PT_LONG, 0x8002), 0x8004, 0x8005, 0x37]),
      [
        { guid: SET, id: 7 },
        { guid: SET, name: "Seven" },
        { guid: PS_PUBLIC_STRINGS, name: "Keywords" },
        { guid: PS_INTERNET_HEADERS, name: "x-spam" },
        undefined,
        { guid: PS_MAPI, id: 0x37 },
      ],
    );
    assert.equal(idOf(again, { guid: PS_INTERNET_HEADERS, name: "X-SPAM" }, 0), 0x8004);
    assert.equal(idOf(again, { guid: SET, name: "SEVEN" }, 0), -1);
    assert.equal(idOf(again, { guid: PS_MAPI, id: 0x1000 }, 0), 0x1000);
  });

  it("serves embedded messages too, and has no map of its own there", () => {
    const opened = create();
    const { attach } = opened.message.createAttach();
    const inner = embed(attach);
    const id = idOf(inner, { guid: SET, name: "inside" });
    set(inner, [propTag(PT_LONG, id), 5]);
    inner.saveChanges();
    attach.saveChanges();
    assert.equal(idOf(opened.message, { guid: SET, name: "inside" }, 0), id);
    reopen(opened);
  });

  it("any names come back under their ids (property)", () => {
    const guid = fc.constantFrom(SET, PS_PUBLIC_STRINGS, PS_MAPI, PS_INTERNET_HEADERS);
    const name: fc.Arbitrary<NamedProperty> = fc.oneof(
      fc.record({ guid, id: fc.integer({ min: 0x8000, max: 0xffffffff }) }),
      fc.record({ guid, name: fc.string({ unit: "binary", minLength: 1, maxLength: 20 }) }),
    );
    const usable = name.filter((each) => "id" in each || !each.name.endsWith("\0"));
    fc.assert(
      fc.property(
        fc.array(usable, { maxLength: 40 }),
        fc.array(usable, { maxLength: 40 }),
        (first, second) => {
          const opened = create();
          const tags = opened.message.getIDsFromNames(first, MAPI_CREATE);
          const again = reopen(opened);
          assert.deepEqual(again.message.getIDsFromNames(first), tags);
          const more = again.message.getIDsFromNames(second, MAPI_CREATE);
          const last = reopen(again).message;
          assert.deepEqual(last.getIDsFromNames([...first, ...second]), [...tags, ...more]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("refuses what is no name", () => {
    const { message } = create();
    fails("MAPI_E_INVALID_PARAMETER", () => message.getIDsFromNames([{ guid: "x", id: 1 }]));
    fails("MAPI_E_INVALID_PARAMETER", () => message.getIDsFromNames([{ guid: SET, id: -1 }]));
    fails("MAPI_E_INVALID_PARAMETER", () => message.getIDsFromNames([{ guid: SET, id: 0x100000000 }]));
    fails("MAPI_E_INVALID_PARAMETER", () => message.getIDsFromNames([{ guid: SET, name: "" }]));
  });

  it("is full with 32,767 names", () => {
    const opened = create();
    const names = Array.from({ length: 0x7fff }, (_, id) => ({ guid: SET, id }));
    opened.message.getIDsFromNames(names, MAPI_CREATE);
    fails("MAPI_E_TOO_BIG", () => opened.message.getIDsFromNames([{ guid: SET, name: "more" }], MAPI_CREATE));
    assert.equal(idOf(opened.message, { guid: SET, id: 0x7ffe }), 0xfffe);
    assert.equal(opened.message.getIDsFromNames([{ guid: SET, name: "more" }])[0], propTag(PT_ERROR, 0));
    const again = reopen(opened).message;
    assert.deepEqual(again.getNamesFromIDs([0xfffe]), [{ guid: SET, id: 0x7ffe }]);
  });

  it("an undo of new names after a save brings the old map back, byte for byte", () => {
    const { storage, message } = create();
    idOf(message, { guid: SET, name: "Odd" });
    message.saveChanges();
    const opened = open(storage.toBytes());
    const original = contentsOf(opened.storage);
    const outline = new MessageOutline(opened.message);
    const before = outline.snapshot();
    outline.tagOfName({ guid: SET, id: 99 }, PT_LONG);
    outline.tagOfName({ guid: "{99999999-2222-3333-4444-555555555555}", name: "x" }, PT_LONG);
    assert.equal(outline.isChanged, true);
    assert.equal(outline.changeCount(), 0);
    const trial = trySave(opened.message, opened.storage);
    assert.deepEqual(checkMsg(trial.storage.toBytes()), []);
    assert.notDeepEqual(differences(original, contentsOf(trial.storage)), []);
    outline.restore(before);
    const undone = trySave(opened.message, trial.storage);
    assert.deepEqual(differences(original, contentsOf(undone.storage)), []);
  });

  it("adds what a file lacks on the first change, and takes it away again with an undo", () => {
    const { storage, message } = create();
    set(message, [propTag(PT_LONG, 0x6801), 1]);
    const named = [
      { guid: PS_PUBLIC_STRINGS, id: 1 },
      { guid: PS_PUBLIC_STRINGS, name: "one" },
    ];
    message.getIDsFromNames(named, MAPI_CREATE);
    message.saveChanges();
    const withoutLookups = (root: ReturnType<typeof createStorage>): void => {
      const map = root.openStorage("__nameid_version1.0");
      const lookups = map.enumElements().filter(({ name }) => name.startsWith("__substg1.0_10"));
      assert.ok(lookups.length > 0);
      for (const { name } of lookups) map.destroyElement(name);
      map.commit();
    };
    for (const strip of [
      (root: ReturnType<typeof createStorage>): void => root.destroyElement("__nameid_version1.0"),
      (root: ReturnType<typeof createStorage>): void => {
        const map = root.openStorage("__nameid_version1.0");
        map.destroyElement("__substg1.0_00020102");
        map.commit();
      },
      withoutLookups,
    ]) {
      const root = openStorage(storage.toBytes());
      strip(root);
      root.commit();
      const opened = open(root.toBytes());
      const original = contentsOf(opened.storage);
      opened.message.saveChanges(KEEP_OPEN_READWRITE);
      assert.deepEqual(differences(original, contentsOf(opened.storage)), []);
      const outline = new MessageOutline(opened.message);
      const before = outline.snapshot();
      outline.setProperty("", propTag(PT_LONG, 0x6801), 2);
      const trial = trySave(opened.message, opened.storage);
      assert.deepEqual(checkMsg(trial.storage.toBytes()), []);
      outline.restore(before);
      const undone = trySave(opened.message, trial.storage);
      assert.deepEqual(differences(original, contentsOf(undone.storage)), []);
    }
  });

  it("reads a damaged map as far as it goes, and appends to it", () => {
    const { storage, message } = create();
    message.getIDsFromNames(
      [
        { guid: SET, name: "first" },
        { guid: SET, id: 2 },
        { guid: SET, id: 3 },
      ],
      MAPI_CREATE,
    );
    message.saveChanges();
    const root = openStorage(storage.toBytes());
    const map = root.openStorage("__nameid_version1.0");
    const entries = Buffer.from(map.openStream("__substg1.0_00030102"));
    const patches: ((copy: Buffer) => Buffer)[] = [
      (copy) => (copy.writeUInt32LE(0xfffffff0, 0), copy),
      (copy) => (copy.writeUInt16LE(0xffff, 4), copy),
      (copy) => (copy.writeUInt16LE(0xffff, 6), copy),
      (copy) => (copy.writeUInt16LE(0x1000, 6), copy),
      (copy) => copy.subarray(0, 21),
      () => Buffer.alloc(0),
      (copy) => (copy.writeUInt16LE(1, 4), copy),
    ];
    for (const patch of patches) {
      map.writeStream("__substg1.0_00030102", patch(Buffer.from(entries)));
      map.commit();
      root.commit();
      const opened = open(root.toBytes());
      const known = opened.message.getNamesFromIDs([0x8000, 0x8001, 0x8002, 0x9000]);
      assert.ok(known.every((name) => name === undefined || "guid" in name));
      const id = idOf(opened.message, { guid: SET, name: "appended" });
      set(opened.message, [propTag(PT_LONG, id), 4]);
      opened.message.saveChanges();
      const again = open(opened.storage.toBytes()).message;
      assert.deepEqual(again.getNamesFromIDs([id]), [{ guid: SET, name: "appended" }]);
      assert.equal(get(again, propTag(PT_LONG, id)), 4);
    }
  });
});
