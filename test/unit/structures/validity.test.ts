/** What each structure takes and refuses at its fields: right, extreme and wrong values. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  decodeStructure,
  encodeStructure,
  findNode,
  insertElement,
  setField,
  type StructureTree,
  walkStructure,
} from "../../../src/core/structures";
import { smartViewSamples } from "./smartView";
import { CALENDAR_SUBJECTS } from "./validityCalendar";
import type { Subject } from "./validityKit";
import { OTHER_SUBJECTS } from "./validityOthers";

const context = { codePage: 1252 };

const SUBJECTS: readonly Subject[] = [...CALENDAR_SUBJECTS, ...OTHER_SUBJECTS];

function treeOf({ id, hex }: Subject): StructureTree {
  return decodeStructure(id, Uint8Array.from(Buffer.from(hex.replace(/\s/g, ""), "hex")), context);
}

const serious = (tree: StructureTree): readonly string[] =>
  tree.problems.filter(({ advisory }) => advisory !== true).map(({ path, message }) => `${path}: ${message}`);

describe("structures: what is valid", () => {
  for (const subject of SUBJECTS) {
    it(`takes right and extreme values in ${subject.name}, and refuses wrong ones at the field`, () => {
      const tree = treeOf(subject);
      assert.deepEqual(tree.problems, []);
      for (const { path, takes, refuses } of subject.fields) {
        assert.ok(findNode(tree.root, path) !== undefined, path);
        for (const text of takes) {
          const result = setField(tree, path, text);
          assert.ok(result.ok, `${path} = ${text.slice(0, 40)}: ${result.ok ? "" : result.message}`);
          assert.deepEqual(serious(result.tree), [], `${path} = ${text.slice(0, 40)}`);
          assert.equal(findNode(result.tree.root, path)?.problem, undefined, path);
          assert.deepEqual(encodeStructure(result.tree), result.bytes);
          const shown = findNode(result.tree.root, path)?.text ?? "";
          const again = setField(result.tree, path, shown);
          assert.ok(again.ok && again.bytes === result.bytes, `${path} takes back ${shown.slice(0, 40)}`);
        }
        for (const [text, reason] of refuses) {
          const result = setField(tree, path, text);
          assert.ok(!result.ok, `${path} took ${text.slice(0, 40)}`);
          assert.match(result.message, reason, `${path} = ${text.slice(0, 40)}`);
        }
      }
    });
  }

  it("takes a new part whose values say nothing yet", () => {
    const [pattern] = SUBJECTS;
    const added = insertElement(treeOf(pattern!), "DeletedInstanceDates");
    assert.ok(added.ok);
    assert.deepEqual(added.tree.problems, []);
    const block = insertElement(treeOf(SUBJECTS.find(({ id }) => id === "FreeBusy")!), "Blocks");
    assert.ok(block.ok);
    assert.deepEqual(block.tree.problems, []);
  });

  it("has no more than 15 parts in a SID", () => {
    let tree = treeOf(SUBJECTS.find(({ id }) => id === "Sid")!);
    for (let count = 2; count < 15; count++) {
      const result = insertElement(tree, "SubAuthorities");
      assert.ok(result.ok);
      tree = result.tree;
    }
    const result = insertElement(tree, "SubAuthorities");
    assert.ok(!result.ok);
    assert.match(result.message, /out of range/);
  });

  it("lets a structure that is wrong be put right, field by field", () => {
    const reversed = decodeStructure("FreeBusy", Uint8Array.of(0x16, 8, 0xbc, 7), context);
    assert.deepEqual(serious(reversed), ["Blocks/0/End: The end lies before the start."]);
    const result = setField(reversed, "Blocks/0/End", "2100");
    assert.ok(result.ok);
    assert.deepEqual(result.tree.problems, []);
  });

  /** Texts that no field, one kind of field or every field may take. */
  const HOSTILE = [
    "",
    "0",
    "-1",
    "4294967296",
    "0x7FFFFFFFFFFFFFFF",
    "none",
    "\0",
    "true",
    "FF",
    "\ud800",
    "9".repeat(400),
  ];

  it("takes into any field of any sample a text that leaves the structure as valid as it was, or refuses it", function () {
    const samples = smartViewSamples().filter(({ bytes }) => bytes.length <= 2048);
    if (samples.length === 0) this.skip();
    let tried = 0;
    let refused = 0;
    for (const { name, id, bytes } of samples) {
      const tree = decodeStructure(id, bytes, context);
      const editable = [...walkStructure(tree.root)].filter(
        ({ node }) => node.editable && node.text !== undefined,
      );
      for (const { path } of editable.slice(0, 40)) {
        for (const text of HOSTILE) {
          tried++;
          const result = setField(tree, path, text);
          if (!result.ok) {
            refused++;
            assert.notEqual(result.message, "", name);
            continue;
          }
          assert.ok(serious(result.tree).length <= serious(tree).length, `${name} ${path} ${text}`);
          assert.deepEqual(encodeStructure(result.tree), result.bytes, `${name} ${path} ${text}`);
        }
      }
    }
    assert.ok(refused > 1000 && refused < tried, `${refused} of ${tried}`);
  });
});
