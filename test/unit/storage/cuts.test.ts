/** A file cut at any sector gives back every stream that lies wholly before the cut, in sectors that can be reached. */
import assert from "node:assert/strict";
import * as CFB from "cfb";
import { describe, it } from "mocha";
import { openStorage } from "../../../src/core/storage";
import { contentsOf, corpusFiles, sampleMessage } from "./samples";
import { reachOf } from "./reach";

const same = (a: unknown, b: Uint8Array): boolean => a instanceof Uint8Array && Buffer.compare(a, b) === 0;

/** Cuts a file at every sector; how many streams came back in all. */
function checkEveryCut(bytes: Uint8Array, what: string): number {
  const reach = [...reachOf(bytes)];
  const whole = contentsOf(openStorage(bytes));
  const streams = [...whole].filter(([, value]) => value instanceof Uint8Array);
  assert.deepEqual(reach.map(([name]) => name).sort(), streams.map(([name]) => name).sort(), what);
  assert.ok(
    reach.every(([name, { content, need }]) => need <= bytes.length && same(whole.get(name), content)),
    what,
  );
  const sectorSize = 2 ** (bytes[30] ?? 9);
  let count = 0;
  for (let cut = sectorSize; cut <= bytes.length; cut += sectorSize) {
    const due = reach.filter(([, { need }]) => need <= cut);
    if (due.length === 0) continue;
    const found = contentsOf(openStorage(bytes.subarray(0, cut), { recover: true }));
    for (const [name, { content }] of due) {
      assert.ok(same(found.get(name), content), `${what}, cut at ${cut} of ${bytes.length}: ${name}`);
    }
    count += due.length;
  }
  return count;
}

const laidOutByCfb = (bytes: Uint8Array): Uint8Array =>
  Uint8Array.from(CFB.write(CFB.read(bytes.slice(), { type: "array" }), { type: "buffer" }) as Buffer);

/** Large enough to have parts of everything, small enough to be cut at every sector. */
const MAX_BYTES = 100_000;

describe("storage: files that were cut at every sector", function () {
  this.timeout(240_000);

  for (const [what, make] of [
    ["version 3", () => sampleMessage(3).toBytes()],
    ["version 4", () => sampleMessage(4).toBytes()],
    ["laid out by cfb", () => laidOutByCfb(sampleMessage(3).toBytes())],
  ] as const) {
    it(`give every stream that can be reached: ${what}`, () => {
      assert.ok(checkEveryCut(make(), what) > 50);
    });
  }

  it("give every stream that can be reached: real files", function () {
    const files = corpusFiles().filter(({ read }) => read().length <= MAX_BYTES);
    if (files.length === 0) this.skip();
    let count = 0;
    for (const { name, read } of files) count += checkEveryCut(read(), name);
    assert.ok(count > 1000, `${count} streams`);
  });
});
