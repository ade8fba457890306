import assert from "node:assert/strict";
import * as CFB from "cfb";
import { describe, it } from "mocha";
import { openStorage, verifyBytes } from "../../../src/core/storage";
import { assertSameContents, contentsOf, corpusFiles } from "./samples";
import { checkStructure } from "./structure";

/** Every stream as `cfb` reads it, by its path below the root. */
function streamsByCfb(bytes: Uint8Array): Map<string, Uint8Array> {
  const container = CFB.read(Buffer.from(bytes), { type: "buffer" });
  const root = container.FullPaths[0]!;
  const streams = new Map<string, Uint8Array>();
  container.FileIndex.forEach((entry, i) => {
    if (entry.type !== 2) return;
    const content = entry.size === 0 ? [] : entry.content;
    streams.set(container.FullPaths[i]!.slice(root.length), Uint8Array.from(content));
  });
  return streams;
}

describe("storage: the corpus of real files", function () {
  this.timeout(60000);
  const files = corpusFiles();

  it("reads every stream as cfb does", function () {
    if (files.length === 0) this.skip();
    for (const { name, read } of files) {
      const bytes = read();
      const ours = [...contentsOf(openStorage(bytes))].filter(([, value]) => value instanceof Uint8Array);
      const theirs = streamsByCfb(bytes);
      assert.deepEqual(ours.map(([key]) => key).sort(), [...theirs.keys()].sort(), name);
      for (const [key, value] of ours)
        assert.equal(Buffer.compare(value as Uint8Array, theirs.get(key)!), 0, `${name}: ${key}`);
    }
  });

  it("gives the very same bytes back when nothing was changed", function () {
    if (files.length === 0) this.skip();
    for (const { read } of files) {
      const bytes = read();
      const root = openStorage(bytes);
      root.commit();
      assert.equal(root.toBytes(), bytes);
    }
  });

  it("lays every file out anew without losing anything", function () {
    if (files.length === 0) this.skip();
    for (const { name, read } of files) {
      const bytes = read();
      const root = openStorage(bytes);
      const before = contentsOf(root);
      root.writeStream("for a moment", new Uint8Array(3));
      root.commit();
      root.destroyElement("for a moment");
      root.commit();
      const written = root.toBytes();
      assert.notEqual(written, bytes);
      assert.deepEqual(checkStructure(written).faults, [], name);
      assert.deepEqual(verifyBytes(written, root), [], name);
      assertSameContents(contentsOf(openStorage(written)), before);
      assert.deepEqual(written.subarray(24, 26), bytes.subarray(24, 26), `${name}: minor version`);
      assert.deepEqual(written.subarray(52, 56), bytes.subarray(52, 56), `${name}: transaction signature`);
    }
  });

  it("recovers sound files without a problem, and the same bytes", function () {
    if (files.length === 0) this.skip();
    for (const { name, read } of files) {
      const bytes = read();
      const root = openStorage(bytes, { recover: true });
      assert.deepEqual(root.problems, [], name);
      assert.equal(root.toBytes(), bytes);
    }
  });
});
