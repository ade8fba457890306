/** A file cut at any sector: whatever is left of its streams is there as messages and properties, and can be saved. */
import assert from "node:assert/strict";
import * as CFB from "cfb";
import { describe, it } from "mocha";
import { buildSamples } from "../../../scripts/samples";
import {
  createStorage,
  IMSG_NO_ISTG_COMMIT,
  type IStorage,
  MAPI_UNICODE,
  MapiError,
  MessageOutline,
  MODRECIP_ADD,
  openIMsgOnIStg,
  createAllocator,
  openStorage,
  PR_ATTACH_DATA_BIN,
  PR_ATTACH_METHOD,
  PR_BODY,
  PR_DISPLAY_NAME,
  PR_RECIPIENT_TYPE,
  PR_SUBJECT,
  propTag,
  PT_LONG,
  PT_MV_LONG,
  type RootStorage,
  trySave,
  verifyBytes,
  walkStorage,
} from "../../../src/core";
import { checkMsg } from "./support/checkMsg";
import { corpusFiles } from "./support/corpus";
import { clock, embed, fails, props, set } from "./support/open";
import { hex } from "./support/msgTree";

const PROPERTIES = "__properties_version1.0";

function bigMessage(majorVersion: 3 | 4): Uint8Array {
  const storage = createStorage({ majorVersion });
  const message = openIMsgOnIStg(null, createAllocator(), storage, { flags: MAPI_UNICODE, now: clock() });
  set(message, [PR_SUBJECT, "cut"], [PR_BODY, "long ".repeat(1500)]);
  set(message, [propTag(PT_MV_LONG, 0x6801), Array.from({ length: 2000 }, (_, i) => i)]);
  for (let i = 0; i < 4; i++) {
    const row = props(
      [PR_DISPLAY_NAME, `Person ${i}`],
      [PR_RECIPIENT_TYPE, 1],
      [propTag(PT_LONG, 0x6802), i],
    );
    message.modifyRecipients(MODRECIP_ADD, [{ properties: row }]);
    const { attach } = message.createAttach();
    if (i % 2 === 0) {
      set(attach, [PR_ATTACH_METHOD, 1], [PR_ATTACH_DATA_BIN, new Uint8Array(3000 + i * 4000).fill(i + 1)]);
    } else {
      const inner = embed(attach);
      set(inner, [PR_SUBJECT, `inner ${i}`], [PR_BODY, "deep ".repeat(1000)]);
      inner.saveChanges();
    }
    attach.saveChanges();
  }
  message.saveChanges();
  return storage.toBytes();
}

/** The same content as `cfb` lays it out: directory and FAT where it likes. */
function laidOutByCfb(bytes: Uint8Array): Uint8Array {
  const file = CFB.read(bytes.slice(), { type: "array" });
  return Uint8Array.from(CFB.write(file, { type: "buffer" }) as Buffer);
}

/** Streams by path. */
function streamsOf(storage: IStorage): Map<string, Uint8Array> {
  const streams = new Map<string, Uint8Array>();
  walkStorage(storage, (path, element, holder) => {
    if (element.type === "stream") streams.set(path.join("/"), holder.openStream(element.name));
  });
  return streams;
}

/** The bytes of every value of a message as the outline shows it, by the path of its stream, fixed ones by object and tag. */
function valuesOf(outline: MessageOutline): Map<string, string> {
  const values = new Map<string, string>();
  const list = (address: string, path: string): void => {
    for (const { tag, value } of outline.properties(address)) {
      const bytes = outline.storedBytes(address, tag);
      const text = bytes ? Buffer.from(bytes).toString("hex") : JSON.stringify(value);
      values.set(`${path}__substg1.0_${hex(tag)}`, text);
    }
  };
  const visit = (address: string, path: string): void => {
    list(address, path);
    const { recipients, attachments } = outline.message(address);
    for (const each of recipients) list(each.address, `${path}__recip_version1.0_#${hex(each.rowId)}/`);
    for (const each of attachments) {
      const at = `${path}__attach_version1.0_#${hex(each.number)}/`;
      list(each.address, at);
      if (each.object === "message") visit(`${each.address}/m`, `${at}__substg1.0_3701000D/`);
    }
  };
  visit("", "");
  return values;
}

const isVariable = (name: string): boolean =>
  /__substg1\.0_[0-9A-F]{8}$/.test(name) && !name.includes("__nameid");
const same = (a: Uint8Array | undefined, b: Uint8Array): boolean => !!a && Buffer.compare(a, b) === 0;

/** Checks one cut; how many values came back. */
function checkCut(
  bytes: Uint8Array,
  cut: number,
  streams: Map<string, Uint8Array>,
  values: Map<string, string>,
): number {
  let root: RootStorage;
  try {
    root = openStorage(bytes.subarray(0, cut), { recover: true });
  } catch (error) {
    assert.ok(error instanceof MapiError);
    assert.ok(cut < 1024, `cut at ${cut}: ${error.message}`);
    return 0;
  }
  const found = streamsOf(root);
  if (![...found.keys()].some((path) => /^__(?:substg|recip|attach|prop)/.test(path))) {
    assert.ok(root.problems.length > 0);
    return 0;
  }
  const message = openIMsgOnIStg(null, createAllocator(), root, { flags: IMSG_NO_ISTG_COMMIT });
  const outline = new MessageOutline(message);
  const present = valuesOf(outline);
  let count = 0;
  for (const [path, content] of streams) {
    if (!same(found.get(path), content)) continue;
    const elements = [...streams].filter(([name]) => name.startsWith(`${path}-`));
    if (elements.some(([name, element]) => !same(found.get(name), element))) continue;
    if (isVariable(path)) {
      assert.equal(present.get(path), values.get(path), `cut at ${cut}: ${path}`);
      count++;
    } else if (path.endsWith(PROPERTIES)) {
      const object = path.slice(0, -PROPERTIES.length);
      for (const [key, value] of values) {
        const isOwn = key.startsWith(object) && !key.slice(object.length).includes("/");
        if (!isOwn || streams.has(key)) continue;
        assert.equal(present.get(key), value, `cut at ${cut}: ${key}`);
        count++;
      }
    }
  }
  // A copy of what is left is a sound file, and a message that anybody opens.
  const { storage } = trySave(message, root);
  const copy = storage.toBytes();
  assert.deepEqual(verifyBytes(copy, storage), []);
  const again = new MessageOutline(openIMsgOnIStg(null, createAllocator(), openStorage(copy)));
  assert.deepEqual(valuesOf(again), present);
  // Values may be lost; what holds the message together may not be wrong.
  const broken =
    /no property stream|no whole entries|shorter than|in the header|an id occurs twice|storage is missing/;
  assert.deepEqual(
    checkMsg(copy).filter((finding) => broken.test(finding)),
    [],
    `cut at ${cut}`,
  );
  return count;
}

function checkAllCuts(bytes: Uint8Array, sector: number): void {
  const root = openStorage(bytes);
  const streams = streamsOf(root);
  const values = valuesOf(new MessageOutline(openIMsgOnIStg(null, createAllocator(), root)));
  let last = 0;
  let least = Number.POSITIVE_INFINITY;
  const cuts: number[] = [];
  for (let cut = 512; cut < bytes.length; cut += sector) cuts.push(cut);
  for (const cut of [...cuts, bytes.length]) {
    last = checkCut(bytes, cut, streams, values);
    least = Math.min(least, last);
  }
  assert.equal(last, values.size, "the whole file gives everything");
  assert.equal(least, 0);
}

describe("session: files that were cut", function () {
  this.timeout(240_000);

  for (const [what, make, sector] of [
    ["as the core lays them out", () => bigMessage(3), 512],
    ["of version 4", () => bigMessage(4), 4096],
    ["as cfb lays them out", () => laidOutByCfb(bigMessage(3)), 512],
  ] as const) {
    it(`have what is left in them as properties: ${what}`, () => checkAllCuts(make(), sector));
  }

  it("have what is left in them as properties: every kind of sample, in either layout", () => {
    const samples = buildSamples().filter(
      ({ name, bytes }) => bytes.length < 60_000 && !name.startsWith("Damaged"),
    );
    assert.ok(samples.length > 5);
    for (const { bytes } of samples) {
      for (const each of [bytes, laidOutByCfb(bytes)]) {
        const step = 512 * Math.ceil(each.length / 512 / 12);
        checkAllCuts(each, step);
      }
    }
  });

  it("have what is left in them as properties: real files", function () {
    const files = corpusFiles()
      .map(({ read }) => read())
      .filter(({ length }) => length < 80_000);
    if (files.length === 0) this.skip();
    for (const bytes of files.filter((_, i) => i % 4 === 0)) {
      checkAllCuts(bytes, 512 * Math.ceil(bytes.length / 512 / 16));
    }
  });

  it("are no message when nothing of one is left", () => {
    const bytes = bigMessage(3);
    const whole = openStorage(bytes);
    for (const { name } of whole.enumElements()) whole.destroyElement(name);
    whole.commit();
    const file = whole.toBytes();
    const damaged = Uint8Array.from(file);
    damaged[76] = 0x77;
    const root = openStorage(damaged, { recover: true });
    assert.ok(root.problems.length > 0);
    fails("MAPI_E_CORRUPT_DATA", () => openIMsgOnIStg(null, createAllocator(), root));
  });
});
