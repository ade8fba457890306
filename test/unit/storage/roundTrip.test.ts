import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import {
  createStorage,
  foldName,
  openStorage,
  verifyBytes,
  walkStorage,
  type IStorage,
} from "../../../src/core/storage";
import { committedStateOf } from "../../../src/core/storage/rootStorage";
import { writeCompoundFile } from "../../../src/core/storage/writer";
import { assertSameContents, contentsOf, sampleBytes } from "./samples";
import { checkStructure } from "./structure";

/** A storage or stream to be made; streams by their size. */
type Plan =
  | { readonly name: string; readonly size: number }
  | { readonly name: string; readonly inner: readonly Plan[] };

const SIZES = [0, 1, 63, 64, 65, 511, 512, 513, 1024, 4095, 4096, 4097, 4608, 5120, 8192, 12288, 12289];

const LETTERS = [
  "a",
  "A",
  "b",
  "B",
  "z",
  "Z",
  "0",
  "9",
  "_",
  "#",
  ".",
  " ",
  "\u0005",
  "\u00e9",
  "\u00c9",
  "\u03c3",
  "\u4e2d",
];

const names = fc
  .array(fc.constantFrom(...LETTERS, "\ud83d\ude00"), { minLength: 1, maxLength: 31 })
  .map((letters) => letters.join("").slice(0, 31));

const { tree } = fc.letrec<{ tree: Plan[]; node: Plan }>((tie) => ({
  tree: fc.uniqueArray(tie("node"), {
    maxLength: 9,
    selector: (plan) => foldName(plan.name),
    depthIdentifier: "tree",
  }),
  node: fc.oneof(
    { depthSize: "small", depthIdentifier: "tree", maxDepth: 5 },
    fc.record({ name: names, size: fc.oneof(fc.constantFrom(...SIZES), fc.nat(20000)) }),
    fc.record({ name: names, inner: tie("tree") }),
  ),
}));

function build(storage: IStorage, plans: readonly Plan[], seed = 1): void {
  plans.forEach((plan, i) => {
    if ("size" in plan) {
      storage.writeStream(plan.name, sampleBytes(plan.size, seed * 31 + i));
      return;
    }
    const inner = storage.createStorage(plan.name);
    inner.clsid = `{0000000${i}-0000-0000-C000-000000000046}`;
    inner.setStat({
      stateBits: 0xf0000000 + seed,
      created: 0x1d00000000000000n + BigInt(i),
      modified: 2n ** 64n - 1n,
    });
    build(inner, plan.inner, seed + i + 7);
    inner.commit();
  });
}

describe("storage: what is written is read again", function () {
  this.timeout(120000);
  for (const majorVersion of [3, 4] as const) {
    it(`any tree of storages and streams, version ${majorVersion}`, () => {
      fc.assert(
        fc.property(tree, (plans) => {
          const root = createStorage({ majorVersion });
          build(root, plans);
          root.commit();
          const written = root.toBytes();
          assert.deepEqual(checkStructure(written).faults, []);
          assert.deepEqual(verifyBytes(written, root), []);
          const again = openStorage(written);
          assert.equal(again.majorVersion, majorVersion);
          assertSameContents(contentsOf(again), contentsOf(root));
        }),
        { numRuns: 200 },
      );
    });

    it(`every size around the limits, version ${majorVersion}`, () => {
      for (const size of SIZES) {
        const root = createStorage({ majorVersion });
        root.writeStream("first", sampleBytes(100));
        root.writeStream("stream", sampleBytes(size, size));
        root.writeStream("last", sampleBytes(5000));
        root.commit();
        const written = root.toBytes();
        assert.deepEqual(checkStructure(written).faults, [], `${size}`);
        assert.equal(Buffer.compare(openStorage(written).openStream("STREAM"), sampleBytes(size, size)), 0);
      }
    });

    it(`an empty file, version ${majorVersion}`, () => {
      const root = createStorage({ majorVersion });
      const written = root.toBytes();
      assert.deepEqual(checkStructure(written).faults, []);
      assert.deepEqual(verifyBytes(written, root), []);
      const again = openStorage(written);
      assert.deepEqual(again.enumElements(), []);
      assert.equal(again.stat().created, 0n);
      assert.ok(again.stat().modified > 0x1d0000000000000n);
      assert.equal(written.length, 3 * (majorVersion === 3 ? 512 : 4096));
    });
  }

  it("writes the same state twice to the same bytes, and keeps the order of elements", () => {
    const root = createStorage();
    for (const name of ["zebra", "ant", "Bee", "a", "longer name"]) root.writeStream(name, sampleBytes(10));
    root.commit();
    const written = root.toBytes();
    assert.deepEqual(root.toBytes(), written);
    const again = openStorage(written);
    assert.deepEqual(again.enumElements(), root.enumElements());
    again.writeStream("new one", sampleBytes(3));
    again.commit();
    const order = openStorage(again.toBytes())
      .enumElements()
      .map(({ name }) => name);
    assert.deepEqual(order, ["zebra", "ant", "Bee", "a", "longer name", "new one"]);
  });

  it("20,000 siblings", () => {
    const root = createStorage();
    for (let i = 0; i < 20000; i++) root.writeStream(`stream ${i}`, sampleBytes(i % 50, i));
    root.commit();
    const written = root.toBytes();
    const { faults, deepest } = checkStructure(written);
    assert.deepEqual(faults, []);
    assert.ok(deepest <= 15);
    const again = openStorage(written);
    assert.equal(again.enumElements().length, 20000);
    for (let i = 0; i < 20000; i += 777) {
      assert.equal(Buffer.compare(again.openStream(`STREAM ${i}`), sampleBytes(i % 50, i)), 0);
    }
  });

  it("2,048 storages, each committed by itself, then the root", () => {
    const root = createStorage();
    for (let i = 0; i < 2048; i++) {
      const recipient = root.createStorage(`__recip_version1.0_#${i.toString(16).padStart(8, "0")}`);
      recipient.writeStream("__properties_version1.0", sampleBytes(72, i));
      recipient.commit();
    }
    root.commit();
    const written = root.toBytes();
    assert.deepEqual(checkStructure(written).faults, []);
    assert.deepEqual(verifyBytes(written, root), []);
    let streams = 0;
    walkStorage(openStorage(written), (_, { type }) => (streams += type === "stream" ? 1 : 0));
    assert.equal(streams, 2048);
  });

  it("files whose FAT needs DIFAT sectors", () => {
    for (const size of [6.6e6, 7.1e6, 16e6, 80e6]) {
      const root = createStorage();
      const data = sampleBytes(65536, 5);
      const big = new Uint8Array(size);
      for (let at = 0; at < size; at += data.length)
        big.set(data.subarray(0, Math.min(data.length, size - at)), at);
      root.writeStream("small", data.subarray(0, 100));
      root.writeStream("big", big);
      root.commit();
      const written = root.toBytes();
      const { faults, difatSectors, fatSectors } = checkStructure(written);
      assert.deepEqual(faults, []);
      assert.equal(difatSectors, Math.ceil(Math.max(0, fatSectors - 109) / 127));
      assert.equal(difatSectors > 0, size > 7e6);
      assert.deepEqual(verifyBytes(written, root), []);
      assert.equal(Buffer.compare(openStorage(written).openStream("big"), big), 0);
    }
  });

  it("keeps the range lock sector of a huge version 4 file free, wherever it falls", () => {
    const root = createStorage({ majorVersion: 4 });
    for (let i = 0; i < 200; i++) root.writeStream(`small ${i}`, sampleBytes(1500 + i, i));
    for (let i = 0; i < 4; i++) root.writeStream(`big ${i}`, sampleBytes(30000 + i * 4096, i));
    root.commit();
    const state = committedStateOf(root);
    const settings = { majorVersion: 4, minorVersion: 0x3e, transactionSignature: 0 } as const;
    const sectors = writeCompoundFile(state, settings).length / 4096 - 1;
    for (let lock = 0; lock <= sectors + 1; lock++) {
      const written = writeCompoundFile(state, settings, (lock + 1) * 4096 + 0xf00);
      const isThere = lock < sectors;
      assert.equal(written.length / 4096 - 1, isThere ? sectors + 1 : sectors);
      assert.deepEqual(checkStructure(written, isThere ? lock : undefined).faults, [], `sector ${lock}`);
      assert.deepEqual(verifyBytes(written, root), []);
      assertSameContents(contentsOf(openStorage(written)), contentsOf(root));
    }
  });

  it("reads a stream that lies in one run as a view, not a copy", () => {
    const root = createStorage();
    root.writeStream("big", sampleBytes(100000));
    root.writeStream("mini", sampleBytes(1000));
    root.commit();
    const written = root.toBytes();
    const again = openStorage(written);
    assert.equal(again.openStream("big").buffer, written.buffer);
    assert.equal(again.openStream("mini").buffer, written.buffer);
  });

  it("refuses a version 3 file of 2 GiB before it takes any memory", () => {
    const root = createStorage();
    const quarter = new Uint8Array(2 ** 20);
    // One array stands for 2,100 streams: the file would be 2.2 GB, the test needs 1 MB.
    for (let i = 0; i < 2100; i++) root.writeStream(`stream ${i}`, quarter);
    root.commit();
    assert.throws(() => root.toBytes(), { name: "STG_E_DOCFILETOOLARGE" });
  });
});
