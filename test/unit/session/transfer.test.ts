/** Messages out into files of their own and in from files: nothing is lost, whatever names the other file has. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import {
  ATTACH_EMBEDDED_MSG,
  ATTACH_OLE,
  createAllocator,
  type IMAPIProp,
  type IMessage,
  type IStorage,
  KEEP_OPEN_READWRITE,
  MAPI_CREATE,
  MAPI_MODIFY,
  MAPI_UNICODE,
  MessageOutline,
  MODRECIP_ADD,
  openIMsgOnIStg,
  openStorage,
  PR_ATTACH_DATA_BIN,
  PR_ATTACH_DATA_OBJ,
  PR_ATTACH_METHOD,
  PR_BODY,
  PR_BODY_A,
  PR_DISPLAY_NAME,
  PR_MESSAGE_CODEPAGE,
  PR_RECIPIENT_TYPE,
  PR_STORE_SUPPORT_MASK,
  PR_SUBJECT,
  propId,
  propTag,
  PT_BINARY,
  PT_LONG,
  PT_MV_UNICODE,
  PT_UNICODE,
  type RootStorage,
  verifyBytes,
  walkStorage,
} from "../../../src/core";
import { checkMsg } from "./support/checkMsg";
import { corpusFiles } from "./support/corpus";
import { type Place, placesOf, printMessage } from "./support/messagePrint";
import { contentsOf, create, differences, embed, fails, get, open, props, set } from "./support/open";

const SETS = ["{11111111-2222-3333-4444-555555555555}", "{00062008-0000-0000-C000-000000000046}"];

/** Adds the address of what is where to a place. */
function addressOf(outline: MessageOutline, place: Place): string {
  return place.reduce((address, number) => {
    const attachment = outline.message(address).attachments.find((each) => each.number === number);
    assert.ok(attachment);
    return `${attachment.address}/m`;
  }, "");
}

function saved({ storage, message }: { storage: RootStorage; message: IMessage }): Uint8Array {
  message.saveChanges(KEEP_OPEN_READWRITE);
  const bytes = storage.toBytes();
  assert.deepEqual(verifyBytes(bytes, storage), []);
  return bytes;
}

/** The print without what a message needs only where it stands alone. */
function without(print: Map<string, string>, ...keys: string[]): [string, string][] {
  return [...print].filter(([key]) => !keys.includes(key)).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** A file that has names of its own, so that those of what comes in get other ids. */
function host(names = 3): ReturnType<typeof create> {
  const opened = create();
  set(opened.message, [PR_SUBJECT, "host"]);
  const own = Array.from({ length: names }, (_, i) => ({ guid: SETS[1]!, id: 0x8500 + i }));
  if (names > 0) opened.message.getIDsFromNames(own, MAPI_CREATE);
  opened.message.saveChanges(KEEP_OPEN_READWRITE);
  return opened;
}

/** Takes a message through: out of a file, into another, out of that, and compares what it consists of each time. */
function takeThrough(bytes: Uint8Array, place: Place): void {
  const outline = new MessageOutline(open(bytes).message);
  const out = outline.exportEmbedded(addressOf(outline, place));
  const original = printMessage(bytes, place);
  const exported = printMessage(out);
  const added = [...exported.keys()].filter((key) => !original.has(key));
  assert.deepEqual(
    added.filter((key) => key !== "/340D0003" && key !== "/3FFD0003"),
    [],
    "only the mask and the code page are added",
  );
  assert.deepEqual(without(exported, ...added), without(original));
  const target = host();
  const into = new MessageOutline(target.message);
  const address = into.addEmbeddedFile("", out);
  assert.equal(into.message("").attachments[0]?.object, "message");
  const again = saved(target);
  assert.deepEqual(without(printMessage(again, [0])), without(exported));
  const reopened = new MessageOutline(open(again).message);
  assert.deepEqual(reopened.message("").attachments.length, 1);
  assert.deepEqual(printMessage(into.exportEmbedded(`${address}/m`)), exported);
}

/** Puts streams and storages nobody knows into every storage. */
function strew(storage: IStorage): void {
  const storages: IStorage[] = [storage];
  walkStorage(storage, (_, element, holder) => {
    if (element.type === "storage") storages.push(holder.openStorage(element.name));
  });
  for (const each of storages.reverse()) {
    if (each.name !== "__nameid_version1.0") {
      each.writeStream("unknown", Uint8Array.of(7, each.name.length));
      const more = each.createStorage("More");
      more.clsid = "{12345678-0000-0000-0000-000000000000}";
      more.writeStream("deep", Uint8Array.of(4));
      more.commit();
    }
    each.commit();
  }
}

interface Plan {
  readonly texts: readonly string[];
  readonly names: readonly number[];
  readonly inner: readonly Plan[];
}

const plan = fc.letrec<{ plan: Plan }>((tie) => ({
  plan: fc.record({
    texts: fc.array(fc.string({ maxLength: 6 }), { maxLength: 3 }),
    names: fc.array(fc.nat({ max: 12 }), { maxLength: 6 }),
    inner: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.constant([]),
      fc.array(tie("plan"), { maxLength: 2 }),
    ),
  }),
})).plan;

const nameOf = (n: number): { guid: string; name: string } | { guid: string; id: number } =>
  n % 2 === 0
    ? { guid: SETS[n % 3 === 0 ? 0 : 1]!, name: `Name ${n}` }
    : { guid: SETS[n % 3 ? 0 : 1]!, id: n };

function setNamed(message: IMessage, object: IMAPIProp, { names, texts }: Plan): void {
  names.forEach((n, i) => {
    const id = propId(message.getIDsFromNames([nameOf(n)], MAPI_CREATE)[0]!);
    const values: [number, unknown][] = [
      [propTag(PT_LONG, id), n],
      [propTag(PT_UNICODE, id), `text ${n}`],
      [propTag(PT_MV_UNICODE, id), ["a", ...texts]],
      [propTag(PT_BINARY, id), Uint8Array.of(n, i)],
    ];
    set(object, values[n % values.length]!);
  });
}

/** Builds a message as planned. */
function build(message: IMessage, content: Plan): void {
  set(message, [PR_SUBJECT, content.texts.join(" ").replace(/\0/g, "")]);
  setNamed(message, message, content);
  const [n = 0] = content.names;
  const id = propId(message.getIDsFromNames([nameOf(n)], MAPI_CREATE)[0]!);
  for (let i = 0; i < content.names.length; i++) {
    const row = props([PR_DISPLAY_NAME, "Ann"], [PR_RECIPIENT_TYPE, 1], [propTag(PT_UNICODE, id), "row"]);
    message.modifyRecipients(MODRECIP_ADD, [{ properties: row }]);
  }
  for (const each of content.inner) {
    const { attach } = message.createAttach();
    setNamed(message, attach, content);
    const inner = embed(attach);
    build(inner, each);
    inner.saveChanges();
    attach.saveChanges();
  }
  const ole = message.createAttach().attach;
  set(ole, [PR_ATTACH_METHOD, ATTACH_OLE]);
  const object = ole.openProperty(PR_ATTACH_DATA_OBJ, MAPI_CREATE | MAPI_MODIFY);
  assert.ok("writeStream" in object);
  object.clsid = "{0003000C-0000-0000-C000-000000000046}";
  object.writeStream("\u0001Ole10Native", Uint8Array.of(1, 2));
  object.commit();
  ole.saveChanges();
}

describe("session: messages out and in", function () {
  this.timeout(240_000);

  it("loses nothing of messages made at random, whatever names are there", () => {
    fc.assert(
      fc.property(plan, (content) => {
        const file = create();
        build(file.message, { texts: ["top"], names: [11], inner: [content] });
        file.message.saveChanges();
        strew(file.storage);
        const bytes = file.storage.toBytes();
        for (const place of placesOf(bytes)) takeThrough(bytes, place);
      }),
      { numRuns: 40 },
    );
  });

  it("loses nothing of real files", function () {
    const files = corpusFiles();
    if (files.length === 0) this.skip();
    let count = 0;
    for (const { read } of files) {
      const bytes = read();
      let places: Place[];
      try {
        places = placesOf(bytes);
        open(bytes);
      } catch {
        continue;
      }
      for (const place of places) takeThrough(bytes, place);
      count += places.length;
      const whole = host();
      new MessageOutline(whole.message).addEmbeddedFile("", bytes);
      const again = saved(whole);
      const added = new Set(["/340D0003", "/3FFD0003"]);
      const original = printMessage(bytes);
      for (const key of original.keys()) added.delete(key);
      assert.deepEqual(without(printMessage(again, [0]), ...added), without(original));
    }
    assert.ok(count > 10, `${count} embedded messages`);
  });

  it("puts a file in the place of what an attachment holds, at any depth, and nothing else changes", () => {
    const source = create();
    build(source.message, { texts: ["the new one"], names: [1, 2, 3], inner: [] });
    const bytes = saved(source);
    const file = create();
    build(file.message, { texts: ["a"], names: [4], inner: [{ texts: ["b"], names: [5, 2], inner: [] }] });
    const { attach } = file.message.createAttach();
    set(attach, [PR_ATTACH_METHOD, 1], [PR_ATTACH_DATA_BIN, Uint8Array.of(1)]);
    attach.saveChanges();
    file.message.saveChanges();
    strew(file.storage);
    const before = file.storage.toBytes();
    for (const [place, kind] of [
      [[0], "message"],
      [[1], "storage"],
      [[2], "bytes"],
    ] as const) {
      const work = open(before);
      const outline = new MessageOutline(work.message);
      const unchanged = contentsOf(work.storage);
      const { address } = outline.message("").attachments[place[0]]!;
      outline.replaceEmbedded(kind === "message" ? `${address}/m` : address, bytes);
      assert.equal(outline.message("").attachments[place[0]]?.object, "message");
      assert.equal(outline.property(address, PR_ATTACH_METHOD)?.value, ATTACH_EMBEDDED_MSG);
      assert.equal(outline.property(address, PR_DISPLAY_NAME)?.value, "the new one");
      const after = saved(work);
      assert.deepEqual(without(printMessage(after, place)), without(printMessage(bytes)));
      const storageName = `__attach_version1.0_#0000000${place[0]}`;
      const changed = differences(unchanged, contentsOf(openStorage(after)));
      assert.deepEqual(
        changed.filter((name) => !name.startsWith(storageName) && !name.startsWith("__nameid")),
        ["__properties_version1.0"],
      );
      assert.deepEqual(
        checkMsg(after).filter((finding) => !/unknown|More/.test(finding)),
        [],
      );
    }
  });

  it("is one edit that can be undone, saved or not, and done again", () => {
    const source = create();
    build(source.message, { texts: ["in"], names: [1, 6], inner: [{ texts: ["x"], names: [7], inner: [] }] });
    source.message.saveChanges(KEEP_OPEN_READWRITE);
    strew(source.storage);
    const bytes = source.storage.toBytes();
    const file = open(saved(host(1)));
    const before = contentsOf(file.storage);
    const outline = new MessageOutline(file.message);
    const empty = outline.snapshot();
    const address = outline.addEmbeddedFile("", bytes);
    const full = outline.snapshot();
    const print = printMessage(saved(file), [0]);
    assert.deepEqual(without(print), without(printMessage(bytes)));
    outline.restore(empty);
    saved(file);
    assert.deepEqual(differences(before, contentsOf(file.storage)), []);
    outline.restore(full);
    assert.deepEqual(printMessage(saved(file), [0]), print);
    outline.setProperty(`${address}/m`, PR_SUBJECT, "changed");
    outline.deleteObject(address);
    saved(file);
    outline.restore(full);
    assert.deepEqual(printMessage(saved(file), [0]), print);
  });

  it("takes an open message with its unsaved edits, and leaves it as it is", () => {
    const source = create();
    build(source.message, { texts: ["was"], names: [1], inner: [] });
    source.message.saveChanges(KEEP_OPEN_READWRITE);
    set(source.message, [PR_SUBJECT, "is"]);
    const target = host();
    const outline = new MessageOutline(target.message);
    const address = outline.addEmbeddedFile("", source.message);
    assert.equal(outline.property(`${address}/m`, PR_SUBJECT)?.value, "is");
    assert.equal(outline.property(address, PR_DISPLAY_NAME)?.value, "is");
    assert.equal(new MessageOutline(source.message).isChanged, true);
    outline.addEmbeddedFile(`${address}/m`, target.message);
    const reopened = new MessageOutline(open(saved(target)).message);
    assert.equal(reopened.property(addressOf(reopened, [0, 1]), PR_SUBJECT)?.value, "host");
  });

  it("gives what stands alone its mask and its code page", () => {
    const parent = create({ flags: 0, codePage: 932 });
    const { attach } = parent.message.createAttach();
    const inner = embed(attach);
    set(inner, [PR_BODY, "日本"]);
    inner.saveChanges();
    attach.saveChanges();
    const outline = new MessageOutline(open(saved(parent)).message);
    const out = outline.exportEmbedded(outline.message("").attachments[0]!.address);
    const alone = open(out).message;
    assert.equal(get(alone, PR_MESSAGE_CODEPAGE), 932);
    assert.equal(get(alone, PR_BODY), "日本");
    const other = create({ flags: 0, codePage: 1251 });
    set(other.message, [PR_BODY, "Привет"]);
    saved(other);
    const plain = create({ flags: 0 });
    set(plain.message, [PR_BODY, "Grüße"]);
    const into = new MessageOutline(other.message);
    into.addEmbeddedFile("", saved(plain));
    const again = new MessageOutline(open(saved(other)).message);
    assert.equal(again.property(addressOf(again, [0]), PR_BODY_A)?.value, "Grüße");
    const bare = create();
    const holder = bare.message.createAttach().attach;
    embed(holder).saveChanges();
    holder.saveChanges();
    const bytes = saved(bare);
    const work = new MessageOutline(open(bytes).message);
    const at = addressOf(work, [0]);
    work.setFlags(at, PR_STORE_SUPPORT_MASK, 6);
    work.deleteProperties(at, [PR_STORE_SUPPORT_MASK]);
    assert.equal(get(open(work.exportEmbedded(at)).message, PR_STORE_SUPPORT_MASK), 0x00040e79);
  });

  it("keeps names that occur twice and ids without a name apart", () => {
    const source = create();
    const [id = 0] = source.message
      .getIDsFromNames([{ guid: SETS[0]!, name: "Twice" }], MAPI_CREATE)
      .map(propId);
    set(source.message, [propTag(PT_UNICODE, id), "first"]);
    source.message.saveChanges();
    const names = source.storage.openStorage("__nameid_version1.0");
    const entries = Buffer.from(names.openStream("__substg1.0_00030102"));
    const second = Buffer.from(entries);
    second.writeUInt16LE(1, 6);
    names.writeStream("__substg1.0_00030102", Uint8Array.from(Buffer.concat([entries, second])));
    names.commit();
    const stream = Buffer.from(source.storage.openStream("__properties_version1.0"));
    const own = Buffer.alloc(48);
    [0x80010003, 0x81230003, 0x8fff001f].forEach((tag, i) => {
      own.writeUInt32LE(tag, i * 16);
      own.writeUInt32LE(6, i * 16 + 4);
      own.writeUInt32LE(i < 2 ? 40 + i : 6, i * 16 + 8);
    });
    source.storage.writeStream("__properties_version1.0", Uint8Array.from(Buffer.concat([stream, own])));
    source.storage.writeStream("__substg1.0_8FFF001F", Uint8Array.from(Buffer.from("no", "utf16le")));
    source.storage.commit();
    const target = host(0x124);
    const outline = new MessageOutline(target.message);
    const at = `${outline.addEmbeddedFile("", source.storage.toBytes())}/m`;
    const named = outline.properties(at).filter(({ tag }) => propId(tag) >= 0x8000);
    assert.deepEqual(
      named.map(({ value }) => value),
      ["first", 40, 41, "no"],
    );
    const ids = named.map(({ tag }) => propId(tag));
    assert.deepEqual(
      ids.map((each) => outline.nameOf(each)),
      [{ guid: SETS[0]!, name: "Twice" }, { guid: SETS[0]!, name: "Twice" }, undefined, undefined],
    );
    assert.equal(ids[3], 0x8fff);
    const again = new MessageOutline(open(saved(target)).message);
    assert.deepEqual(
      again.properties(addressOf(again, [0])).filter(({ tag }) => propId(tag) >= 0x8000).length,
      4,
    );
  });

  it("refuses what cannot be taken in, and changes nothing", () => {
    const target = host();
    const outline = new MessageOutline(target.message);
    const address = outline.addAttachment("", props([PR_ATTACH_METHOD, 1]));
    outline.addRecipient("", props([PR_DISPLAY_NAME, "Ann"], [PR_RECIPIENT_TYPE, 1]));
    const before = outline.snapshot();
    const { recipients } = outline.message("");
    const good = saved(create());
    fails("STG_E_INVALIDHEADER", () => outline.addEmbeddedFile("", Uint8Array.of(1, 2, 3)));
    fails("MAPI_E_NO_SUPPORT", () => outline.replaceEmbedded(recipients[0]!.address, good));
    fails("MAPI_E_NO_SUPPORT", () => outline.replaceEmbedded("", good));
    fails("MAPI_E_NO_SUPPORT", () => outline.addEmbeddedFile(address, good));
    fails("MAPI_E_OBJECT_DELETED", () => outline.exportEmbedded(address));
    fails("MAPI_E_OBJECT_DELETED", () => outline.replaceEmbedded("/a999999", good));
    const foreign = openStorage(good);
    foreign.destroyElement("__properties_version1.0");
    foreign.commit();
    fails("MAPI_E_CORRUPT_DATA", () => outline.replaceEmbedded(address, foreign.toBytes()));
    const after = outline.snapshot();
    assert.equal(after.message, before.message);
    assert.equal(after.names, before.names);
  });

  it("stops at the depth that a message is followed to", () => {
    const bytes = saved(host());
    const outline = new MessageOutline(open(bytes).message);
    let at = "";
    for (let i = 0; i < 64; i++) at = `${outline.addEmbeddedFile(at, bytes)}/m`;
    fails("MAPI_E_TOO_COMPLEX", () => outline.addEmbeddedFile(at, bytes));
  });

  it("counts what came in, gives it back when it goes, and refuses what is too much", () => {
    const source = create();
    set(source.message, [PR_BODY, "x".repeat(10_000)]);
    const bytes = saved(source);
    const allocator = createAllocator({ limit: 40_000 });
    const storage = openStorage(saved(host(0)));
    const message = openIMsgOnIStg(null, allocator, storage, { flags: MAPI_UNICODE });
    const outline = new MessageOutline(message);
    const start = allocator.used;
    const address = outline.addEmbeddedFile("", bytes);
    assert.ok(allocator.used - start > 20_000);
    outline.setProperty(`${address}/m`, PR_SUBJECT, "still counted once");
    const used = allocator.used;
    assert.ok(used - start < 30_000);
    fails("MAPI_E_NOT_ENOUGH_MEMORY", () => outline.addEmbeddedFile("", bytes));
    assert.equal(allocator.used, used);
    message.release();
    assert.equal(allocator.used, 0);
  });
});
