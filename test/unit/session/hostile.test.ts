/** Messages that lie: nothing crashes or hangs, what is there is read, and what is wrong is said in words. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import {
  createStorage,
  type IMessage,
  type IStorage,
  KEEP_OPEN_READWRITE,
  MapiError,
  MessageOutline,
  openStorage,
  PR_ATTACH_DATA_OBJ,
  PR_BODY,
  PR_DISPLAY_NAME,
  PR_RECIPIENT_TYPE,
  PR_SUBJECT,
  propTag,
  PT_LONG,
  PT_MV_UNICODE,
  type RootStorage,
  trySave,
  walkStorage,
} from "../../../src/core";
import { checkMsg } from "./support/checkMsg";
import { create, embed, fails, get, open, props, set } from "./support/open";

const PROPERTIES = "__properties_version1.0";

/** A property entry. */
function entry(tag: number, flags: number, ...value: [number, number]): Buffer {
  const bytes = Buffer.alloc(16);
  [tag, flags, ...value].forEach((word, i) => bytes.writeUInt32LE(word >>> 0, i * 4));
  return bytes;
}

/** A file with these streams in its root; the property stream gets a header of zeros. */
function file(
  entries: Buffer[],
  streams: Record<string, Buffer> = {},
  header = Buffer.alloc(32),
): RootStorage {
  const root = createStorage();
  root.writeStream(PROPERTIES, Buffer.concat([header, ...entries]));
  for (const [name, bytes] of Object.entries(streams)) root.writeStream(name, bytes);
  root.commit();
  return root;
}

function storageIn(parent: IStorage, name: string, streams: Record<string, Buffer>): IStorage {
  const storage = parent.createStorage(name);
  for (const [stream, bytes] of Object.entries(streams)) storage.writeStream(stream, bytes);
  return storage;
}

/** Looks at everything a message shows; whatever it throws must be a MapiError. */
function lookAt(message: IMessage): string[] {
  const outline = new MessageOutline(message);
  const problems: string[] = [];
  const visit = (address: string): void => {
    const view = outline.message(address);
    const objects = [address, ...view.recipients, ...view.attachments].map((each) =>
      typeof each === "string" ? each : each.address,
    );
    for (const object of objects) {
      for (const property of outline.properties(object)) {
        if (property.problem !== undefined) problems.push(property.problem);
        outline.storedBytes(object, property.tag);
      }
    }
    for (const each of view.attachments) {
      if (each.problem !== undefined) problems.push(each.problem);
      if (each.object === "message") visit(`${each.address}/m`);
    }
  };
  visit("");
  message.getProps();
  message.getRecipientTable();
  message.getAttachmentTable();
  outline.changeCount();
  return problems;
}

/** Edits, saves and reads again. */
function work(root: RootStorage): void {
  const { storage, message } = open(root.toBytes());
  lookAt(message);
  const outline = new MessageOutline(message);
  const before = outline.snapshot();
  outline.setProperty("", PR_BODY, "x");
  outline.addRecipient("", props([PR_DISPLAY_NAME, "Z"], [PR_RECIPIENT_TYPE, 1]));
  outline.addAttachment("", []);
  for (const { address } of outline.message("").attachments) {
    try {
      outline.setProperty(address, PR_DISPLAY_NAME, "x");
    } catch (error) {
      assert.ok(error instanceof MapiError);
    }
  }
  const [first] = outline.message("").recipients;
  outline.deleteObject(first!.address);
  const trial = trySave(message, storage);
  const again = open(trial.storage.toBytes());
  assert.equal(get(again.message, PR_BODY), "x");
  lookAt(again.message);
  outline.restore(before);
  trySave(message, trial.storage);
}

describe("session: hostile files", () => {
  const cases: Record<string, { root: () => RootStorage; problems?: RegExp[] }> = {
    "an empty property stream": { root: () => file([], {}, Buffer.alloc(0)) },
    "half a header": { root: () => file([], {}, Buffer.alloc(17, 0xff)) },
    "a header only": { root: () => file([]) },
    "counts of four billion": { root: () => file([], {}, Buffer.alloc(32, 0xff)) },
    "a short tail": { root: () => file([Buffer.alloc(15, 0xff)]) },
    "a string without its stream": {
      root: () => file([entry(PR_SUBJECT, 6, 10, 0)]),
      problems: [/The stream __substg1\.0_0037001F is missing\./],
    },
    "a size of four billion": {
      root: () =>
        file([entry(PR_SUBJECT, 6, 0xffffffff, 0)], { "__substg1.0_0037001F": Buffer.from("a\0b") }),
    },
    "a stream where a storage should be, and the other way round": {
      root: () => {
        const root = file([entry(PR_SUBJECT, 6, 10, 0)], {
          "__attach_version1.0_#00000000": Buffer.alloc(5),
        });
        root.createStorage("__substg1.0_0037001F");
        root.createStorage("__substg1.0_1000001F");
        root.writeStream("__recip_version1.0_#00000000", Buffer.alloc(5));
        for (const number of [1, 2]) {
          storageIn(root, `__recip_version1.0_#0000000${number}`, { [PROPERTIES]: Buffer.alloc(8) }).commit();
        }
        root.commit();
        return root;
      },
      problems: [/missing/],
    },
    "types that do not exist": {
      root: () =>
        file([entry(0x68010099, 6, 1, 2), entry(0x6802ffff, 6, 1, 2), entry(0x68030000, 6, 0, 0)], {
          "__substg1.0_68010099": Buffer.from([1]),
        }),
      problems: [
        /0x0099 is not a property type/,
        /0xFFFF is not a property type/,
        /0x0000 is not a property type/,
      ],
    },
    "a GUID of five bytes": {
      root: () => file([entry(0x68010048, 6, 16, 0)], { "__substg1.0_68010048": Buffer.alloc(5) }),
      problems: [/A GUID has 16 bytes; the stream holds 5\./],
    },
    "a length stream that lies": {
      root: () =>
        file([entry(propTag(PT_MV_UNICODE, 0x6801), 6, 4, 0)], {
          "__substg1.0_6801101F": Buffer.alloc(4000, 0xff),
          "__substg1.0_6801101F-00000000": Buffer.from("a\0"),
          "__substg1.0_6801101F-00000002": Buffer.from("b\0"),
        }),
    },
    "the same entry 100,000 times, of a property with many values": {
      root: () => {
        const streams: Record<string, Buffer> = { "__substg1.0_6801101F": Buffer.alloc(4) };
        for (let i = 0; i < 500; i++) {
          streams[`__substg1.0_6801101F-${i.toString(16).padStart(8, "0")}`] = Buffer.from("a\0");
        }
        return file(new Array<Buffer>(100_000).fill(entry(0x6801101f, 6, 4, 0)), streams);
      },
    },
    "numbers at the end of what fits": {
      root: () => {
        const root = file([]);
        for (const number of ["FFFFFFFF", "7FFFFFFF", "80000000"]) {
          storageIn(root, `__recip_version1.0_#${number}`, { [PROPERTIES]: Buffer.alloc(8) }).commit();
          storageIn(root, `__attach_version1.0_#${number}`, { [PROPERTIES]: Buffer.alloc(8) }).commit();
        }
        storageIn(root, "__recip_version1.0_#XYZ", {}).commit();
        storageIn(root, "__recip_version1.0_#-0000001", {}).commit();
        root.commit();
        return root;
      },
    },
    "attachments whose method lies": {
      root: () => {
        const root = file([]);
        const methods = [0, 1, 2, 5, 6, 99, 0xffffffff];
        methods.forEach((method, i) => {
          const attach = storageIn(root, `__attach_version1.0_#0000000${i}`, {
            [PROPERTIES]: Buffer.concat([
              Buffer.alloc(8),
              entry(0x37050003, 7, method, 0),
              ...(i % 2 ? [entry(PR_ATTACH_DATA_OBJ, 6, 0xffffffff, i)] : []),
            ]),
          });
          if (i > 2) {
            const object = attach.createStorage("__substg1.0_3701000D");
            if (i > 4) object.writeStream(PROPERTIES, Buffer.alloc(i));
            object.commit();
          }
          attach.commit();
        });
        root.commit();
        return root;
      },
    },
    "recipients and attachments that are empty storages": {
      root: () => {
        const root = file([]);
        root.createStorage("__recip_version1.0_#00000000").commit();
        root.createStorage("__attach_version1.0_#00000000").commit();
        root.commit();
        return root;
      },
    },
    "a name map of noise": {
      root: () => {
        const root = file([entry(0x80000003, 6, 1, 0)]);
        const noise = Buffer.from(Array.from({ length: 999 }, (_, i) => (i * 37) % 256));
        storageIn(root, "__nameid_version1.0", {
          "__substg1.0_00020102": noise,
          "__substg1.0_00030102": noise,
          "__substg1.0_00040102": noise,
          "__substg1.0_10000102": noise,
        }).commit();
        root.commit();
        return root;
      },
    },
  };
  for (const [what, { root, problems = [] }] of Object.entries(cases)) {
    it(`reads, edits and saves with ${what}`, () => {
      const bytes = root().toBytes();
      const { storage, message } = open(bytes);
      const found = lookAt(message);
      for (const problem of problems) {
        assert.ok(
          found.some((text) => problem.test(text)),
          `${String(problem)} in ${JSON.stringify(found)}`,
        );
      }
      message.saveChanges(KEEP_OPEN_READWRITE);
      assert.equal(storage.toBytes(), bytes);
      work(root());
    });
  }

  it("messages in each other 100 deep: 64 are opened, the rest is kept as it is", () => {
    const root = file([]);
    let parent: IStorage = root;
    const chain: IStorage[] = [];
    for (let depth = 0; depth < 100; depth++) {
      const attach = storageIn(parent, "__attach_version1.0_#00000000", {
        [PROPERTIES]: Buffer.concat([
          Buffer.alloc(8),
          entry(0x37050003, 7, 5, 0),
          entry(PR_ATTACH_DATA_OBJ, 6, 0xffffffff, 1),
        ]),
      });
      const inner = storageIn(attach, "__substg1.0_3701000D", { [PROPERTIES]: Buffer.alloc(24) });
      chain.push(attach, inner);
      parent = inner;
    }
    for (const storage of chain.reverse()) storage.commit();
    root.commit();
    const { storage, message } = open(root.toBytes());
    const outline = new MessageOutline(message);
    let address = "";
    let depth = 0;
    for (;;) {
      const [attach] = outline.message(address).attachments;
      if (attach?.object !== "message") break;
      address = `${attach.address}/m`;
      depth++;
    }
    assert.equal(depth, 64);
    const [deepest] = outline.message(address).attachments;
    assert.equal(deepest?.object, "storage");
    fails("MAPI_E_TOO_COMPLEX", () =>
      outline.addEmbeddedMessage(address, [], (inner) => set(inner, [PR_SUBJECT, "too deep"])),
    );
    outline.setProperty(address, PR_SUBJECT, "innermost");
    outline.setProperty("", PR_SUBJECT, "outermost");
    const { storage: saved } = trySave(message, storage);
    let streams = 0;
    walkStorage(openStorage(saved.toBytes()), (_, { type }) => {
      if (type === "stream") streams++;
    });
    assert.ok(streams > 201);
    const again = open(saved.toBytes()).message;
    const target = create();
    again.copyTo(target.message);
    target.message.saveChanges();
    lookAt(open(target.storage.toBytes()).message);
  });

  it("more recipients than there may be are read, kept and edited, not added to", () => {
    const root = file([]);
    for (let i = 0; i < 2100; i++) {
      storageIn(root, `__recip_version1.0_#${i.toString(16).padStart(8, "0")}`, {
        [PROPERTIES]: Buffer.concat([Buffer.alloc(8), entry(PR_RECIPIENT_TYPE, 6, 1, 0)]),
      }).commit();
    }
    root.commit();
    const { storage, message } = open(root.toBytes());
    const outline = new MessageOutline(message);
    assert.equal(outline.message("").recipients.length, 2100);
    outline.setProperty("", PR_BODY, "x");
    fails("MAPI_E_TOO_BIG", () => outline.addRecipient("", props([PR_DISPLAY_NAME, "Z"])));
    const { storage: saved } = trySave(message, storage);
    assert.equal(open(saved.toBytes()).message.getRecipientTable().length, 2100);
  });

  it("any damage within the streams of a sound file (property)", () => {
    const { storage, message } = create();
    set(message, [PR_SUBJECT, "s"], [propTag(PT_MV_UNICODE, 0x6801), ["a", "b"]]);
    message.getIDsFromNames([{ guid: "{11111111-2222-3333-4444-555555555555}", name: "n" }], 2);
    message.modifyRecipients(0, [{ properties: props([PR_DISPLAY_NAME, "A"], [PR_RECIPIENT_TYPE, 1]) }]);
    const { attach } = message.createAttach();
    const inner = embed(attach);
    set(inner, [PR_SUBJECT, "inner"], [propTag(PT_LONG, 0x6801), 3]);
    inner.saveChanges();
    attach.saveChanges();
    message.saveChanges();
    const bytes = storage.toBytes();
    assert.deepEqual(checkMsg(bytes), []);
    const paths: string[][] = [];
    walkStorage(storage, (names, { type, size }) => {
      if (type === "stream" && size > 0) paths.push([...names]);
    });
    const damage = fc.record({
      path: fc.constantFrom(...paths),
      at: fc.nat(),
      value: fc.constantFrom(0, 1, 0x0d, 0x1e, 0x1f, 0x7f, 0x80, 0xff),
      cut: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 6 }), (wounds) => {
        const root = openStorage(bytes);
        for (const { path, at, value, cut } of wounds) {
          const chain: IStorage[] = [root];
          for (const name of path.slice(0, -1)) chain.push(chain.at(-1)!.openStorage(name));
          const stream = Uint8Array.from(chain.at(-1)!.openStream(path.at(-1)!));
          if (stream.length === 0) continue;
          stream[at % stream.length] = value;
          chain.at(-1)!.writeStream(path.at(-1)!, cut ? stream.subarray(0, at % stream.length) : stream);
          for (const each of chain.reverse()) each.commit();
        }
        work(root);
      }),
      { numRuns: 150 },
    );
  });
});
