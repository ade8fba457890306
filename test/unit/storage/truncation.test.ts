import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { MapiError } from "../../../src/core/mapi/errors";
import { createStorage, openStorage, verifyBytes, type RootStorage } from "../../../src/core/storage";
import { contentsOf, corpusFiles, sampleBytes, sampleMessage } from "./samples";
import { checkStructure } from "./structure";

/** Opens a file as it is, or undefined when it is refused as it should be. */
function openPlain(bytes: Uint8Array): RootStorage | undefined {
  try {
    return openStorage(bytes);
  } catch (error) {
    assert.ok(error instanceof MapiError, String(error));
    return undefined;
  }
}

/** Whether the problems name a stream; past a thousand they are only counted. */
function isListed({ problems }: RootStorage, name: string): boolean {
  return problems.length > 1000 || problems.some(({ object, lossy }) => lossy && object === name);
}

/**
 * What a cut file must give back: each stream as far as it lies before the cut, whole where it lies there wholly, never
 * anything that was not in the file.
 * @returns how many streams came back whole
 */
function checkCut(whole: Map<string, unknown>, bytes: Uint8Array, cut: number, what: string): number {
  const part = bytes.subarray(0, cut);
  const plain = openPlain(part);
  if (plain)
    assert.deepEqual([...contentsOf(plain).keys()], [...whole.keys()], `${what}: accepted, but not whole`);
  const root = openStorage(part, { recover: true });
  const found = contentsOf(root);
  assert.ok(plain !== undefined || root.problems.length > 0, what);
  let complete = 0;
  for (const [name, value] of found) {
    const original = whole.get(name);
    if (!(value instanceof Uint8Array) || !(original instanceof Uint8Array)) continue;
    const prefix = original.subarray(0, value.length);
    assert.ok(Buffer.compare(value, prefix) === 0, `${what}: "${name}" holds what it never held`);
    if (value.length === original.length) complete++;
    else assert.ok(isListed(root, name), `${what}: "${name}"`);
  }
  return complete;
}

describe("storage: files that were cut", function () {
  this.timeout(120000);

  for (const majorVersion of [3, 4] as const) {
    it(`give what lies before the cut, wherever it is, version ${majorVersion}`, () => {
      const sample = sampleMessage(majorVersion);
      const bytes = sample.toBytes();
      const whole = contentsOf(sample);
      const streams = [...whole.values()].filter((value) => value instanceof Uint8Array);
      const step = majorVersion === 3 ? 128 : 1024;
      let before = 0;
      for (let cut = bytes.length % step || step; cut <= bytes.length; cut += step) {
        if (cut < 512) continue;
        const complete = checkCut(whole, bytes, cut, `cut at ${cut}`);
        assert.ok(complete >= before, `cut at ${cut}: a longer file gave less`);
        before = complete;
      }
      assert.equal(before, streams.length);
    });
  }

  it("lose only the end of the last stream when its end is missing, as the tables come first", () => {
    const root = createStorage();
    root.writeStream("small", sampleBytes(100));
    root.writeStream("first", sampleBytes(50000));
    root.writeStream("last", sampleBytes(50000));
    root.commit();
    const bytes = root.toBytes();
    const recovered = openStorage(bytes.subarray(0, bytes.length - 20480), { recover: true });
    assert.deepEqual(
      recovered.problems.map(({ object }) => object),
      ["last"],
    );
    assert.ok(recovered.problems[0]!.lossy);
    assert.equal(recovered.openStream("last").length, 98 * 512 - 20480);
    assert.equal(Buffer.compare(recovered.openStream("first"), sampleBytes(50000)), 0);
    const written = recovered.toBytes();
    assert.deepEqual(checkStructure(written).faults, []);
    assert.deepEqual(verifyBytes(written, recovered), []);
    assert.deepEqual(openStorage(written).problems, []);
  });

  it("from the corpus, at ten places each", function () {
    const files = corpusFiles();
    if (files.length === 0) this.skip();
    for (const { name, read } of files) {
      const bytes = read();
      const whole = contentsOf(openStorage(bytes));
      for (let i = 1; i <= 10; i++) {
        const cut = Math.max(512, Math.floor((bytes.length * i) / 10) - (i % 3) * 100);
        checkCut(whole, bytes, cut, `${name} cut at ${cut}`);
      }
    }
  });
});
