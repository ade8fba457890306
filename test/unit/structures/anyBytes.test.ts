/** Whatever bytes there are: a tree comes out, every byte is in it, and it is written back as it was. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import {
  decodeStructure,
  describeStructure,
  encodeStructure,
  setField,
  STRUCTURE_IDS,
  type StructureId,
  type StructureNode,
  type StructureTree,
  walkStructure,
} from "../../../src/core/structures";
import { smartViewSamples } from "./smartView";

const context = { codePage: 932 };

function checkPlaces(node: StructureNode, end: number): void {
  assert.ok(node.offset >= 0 && node.length >= 0 && node.offset + node.length <= end, node.name);
  const names = (node.children ?? []).map(({ name }) => name);
  assert.equal(new Set(names).size, names.length, `${node.name}: ${names.join(", ")}`);
  for (const child of node.children ?? []) checkPlaces(child, end);
}

function checkTree(id: StructureId, bytes: Uint8Array): StructureTree {
  const tree = decodeStructure(id, bytes, context);
  checkPlaces(tree.root, bytes.length);
  const end = Math.max(0, ...[...walkStructure(tree.root)].map(({ node }) => node.offset + node.length));
  assert.equal(end, bytes.length, "every byte is in the tree");
  assert.equal(
    Buffer.compare(encodeStructure(tree), bytes),
    0,
    `${id} ${Buffer.from(bytes).toString("hex")}`,
  );
  assert.equal(typeof describeStructure(tree), "string");
  return tree;
}

/** Small numbers are more often counts, types and lengths than any byte is. */
const plausibleBytes = fc
  .array(
    fc.oneof(
      { arbitrary: fc.constant(0), weight: 4 },
      { arbitrary: fc.integer({ min: 0, max: 16 }), weight: 3 },
      { arbitrary: fc.integer({ min: 0, max: 255 }), weight: 2 },
    ),
    { maxLength: 300 },
  )
  .map((values) => Uint8Array.from(values));

describe("structures: any bytes", function () {
  this.timeout(120_000);

  for (const id of STRUCTURE_IDS) {
    it(`reads and writes back whatever is taken for ${id}`, () => {
      fc.assert(
        fc.property(plausibleBytes, (bytes) => void checkTree(id, bytes)),
        { numRuns: 100 },
      );
    });
  }

  it("reads damaged samples, and changes them without a fault", function () {
    const samples = smartViewSamples().filter(({ bytes }) => bytes.length > 0 && bytes.length < 2000);
    if (samples.length === 0) this.skip();
    const damage = fc.record({
      sample: fc.constantFrom(...samples),
      changes: fc.array(fc.tuple(fc.nat(), fc.oneof(fc.constant(0xff), fc.integer({ min: 0, max: 255 }))), {
        minLength: 1,
        maxLength: 4,
      }),
      cut: fc.option(fc.nat(), { freq: 3 }),
      field: fc.nat(),
      text: fc.oneof(
        fc.constantFrom("0", "1", "255", "0xFFFFFFFF", "-1", "true", "2024-01-01", "00 01 02", ""),
        fc.string({ maxLength: 20 }),
      ),
    });
    fc.assert(
      fc.property(damage, ({ sample, changes, cut, field, text }) => {
        const whole = Uint8Array.from(sample.bytes);
        for (const [at, byte] of changes) whole[at % whole.length] = byte;
        const bytes = cut === null ? whole : whole.subarray(0, cut % whole.length);
        const tree = checkTree(sample.id, bytes);
        const editable = [...walkStructure(tree.root)].filter(({ node }) => node.editable);
        const chosen = editable[field % Math.max(editable.length, 1)];
        if (chosen === undefined) return;
        const result = setField(tree, chosen.path, text);
        if (!result.ok) {
          assert.match(result.message, /\.$/);
          return;
        }
        checkTree(sample.id, result.bytes);
        const serious = (of: StructureTree): number =>
          of.problems.filter(({ advisory }) => advisory !== true).length;
        assert.ok(serious(result.tree) <= serious(tree));
      }),
      { numRuns: 1000 },
    );
  });

  it("comes to an end with large values that announce as much as they can", () => {
    for (const id of STRUCTURE_IDS) {
      for (const byte of [0, 1, 0xff]) {
        const bytes = new Uint8Array(300_000).fill(byte);
        assert.equal(Buffer.compare(encodeStructure(decodeStructure(id, bytes, context)), bytes), 0, id);
      }
    }
  });

  it("follows nested restrictions only so far", () => {
    const not = Uint8Array.of(2, 0, 0, 0);
    const bytes = new Uint8Array(4 * 5000);
    for (let at = 0; at < bytes.length; at += 4) bytes.set(not, at);
    const tree = checkTree("Restriction", bytes);
    assert.ok(tree.problems.some(({ message }) => message === "Nested too deeply."));
  });
});
