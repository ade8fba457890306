/** Fields of a structure that only go together are changed in one step. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { decodeStructure, findNode, setField, type StructureTree } from "../../../src/core/structures";

/** Weekly on Thursday, every second week, 2010-10-28 to 2011-06-30. */
const WEEKLY = `04300430 0B20 0100 0000 C0210000 02000000 00000000 10000000 21200000 12000000 00000000
  00000000 00000000 80F4D80C A056DE0C`;

const weekly = (): StructureTree =>
  decodeStructure("RecurrencePattern", Buffer.from(WEEKLY.replace(/\s/g, ""), "hex"), { codePage: 1252 });

function change(tree: StructureTree, path: string, value: number): StructureTree {
  const result = setField(tree, path, String(value));
  assert.ok(result.ok, result.ok ? "" : `${path} = ${value}: ${result.message}`);
  return result.tree;
}

const valuesOf = (tree: StructureTree): unknown[] =>
  ["RecurFrequency", "PatternType", "Period"].map((name) => findNode(tree.root, name)?.value);

const DAILY = 0x200a;
const WEEKS = 0x200b;
const MONTHLY = 0x200c;
const YEARLY = 0x200d;

describe("structures: fields that go together", () => {
  it("a type that the frequency does not allow brings its own frequency, and the period goes on counting the same", () => {
    const tree = weekly();
    assert.deepEqual(valuesOf(tree), [WEEKS, 1, 2]);
    assert.deepEqual(valuesOf(change(tree, "PatternType", 0)), [DAILY, 0, 2 * 1440]);
    const monthly = change(tree, "PatternType", 3);
    assert.deepEqual(valuesOf(monthly), [MONTHLY, 3, 2]);
    assert.deepEqual(monthly.problems, []);
    assert.equal(findNode(monthly.root, "N")?.value, 1);
    assert.deepEqual(valuesOf(change(change(tree, "PatternType", 0), "PatternType", 1)), [DAILY, 1, 2]);
  });

  it("a frequency that does not allow the type brings the plainest one of its own", () => {
    const tree = weekly();
    assert.deepEqual(valuesOf(change(tree, "RecurFrequency", DAILY)), [DAILY, 1, 2]);
    assert.deepEqual(valuesOf(change(tree, "RecurFrequency", MONTHLY)), [MONTHLY, 2, 2]);
    const yearly = change(tree, "RecurFrequency", YEARLY);
    assert.deepEqual(valuesOf(yearly), [YEARLY, 2, 24]);
    assert.deepEqual(valuesOf(change(yearly, "RecurFrequency", MONTHLY)), [MONTHLY, 2, 2]);
    assert.deepEqual(valuesOf(change(yearly, "RecurFrequency", WEEKS)), [WEEKS, 1, 2]);
  });

  it("any change of type or frequency after any other leaves a recurrence in which nothing is wrong", () => {
    const step = fc.oneof(
      fc.constantFrom(DAILY, WEEKS, MONTHLY, YEARLY).map((value) => ["RecurFrequency", value] as const),
      fc.constantFrom(0, 1, 2, 3, 4, 0xa, 0xb, 0xc).map((value) => ["PatternType", value] as const),
      fc.integer({ min: 1, max: 999 }).map((value) => ["Period", value] as const),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 6 }), (steps) => {
        let tree = weekly();
        for (const [path, value] of steps) {
          if (path === "Period") {
            const result = setField(tree, path, String(value));
            tree = result.ok ? result.tree : tree;
          } else {
            tree = change(tree, path, value);
            assert.equal(findNode(tree.root, path)?.value, value);
          }
          assert.deepEqual(tree.problems, []);
        }
      }),
      { numRuns: 200 },
    );
  });
});
