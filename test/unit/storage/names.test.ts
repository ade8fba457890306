import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { compareNames, foldName } from "../../../src/core/storage";
import { layOutSiblings } from "../../../src/core/storage/siblingTree";

describe("storage: names", () => {
  it("come shorter first, then by upper-cased unit", () => {
    const sorted = [
      "Z",
      "aa",
      "AB",
      "__substg1.0_0037001F",
      "__substg1.0_1000001F",
      "__properties_version1.0",
      "__recip_version1.0_#00000000",
      "__recip_version1.0_#0000000A",
      "__attach_version1.0_#00000000",
    ];
    const shuffled = [...sorted].reverse().sort(compareNames);
    assert.deepEqual(shuffled, sorted);
  });

  it("are the same whatever the case, also beyond ASCII", () => {
    for (const [a, b] of [
      ["__SUBSTG1.0_0037001f", "__substg1.0_0037001F"],
      ["\u00e9t\u00e9", "\u00c9T\u00c9"],
      ["\u03c3\u03c2", "\u03a3\u03a3"],
      ["\u0436", "\u0416"],
      ["\u1f80", "\u1f88"],
      ["\u01c6", "\u01c4"],
    ] as const) {
      assert.equal(compareNames(a, b), 0, `${a} ${b}`);
      assert.equal(foldName(a), foldName(b));
    }
  });

  it("keep what has no single capital: sharp s, ligatures, surrogates, letters newer than Unicode 5.0", () => {
    for (const name of [
      "\u00df",
      "\ufb01",
      "\u0149",
      "\ud801\udc28",
      "\ud83d\ude00",
      "\u0250",
      "\u0371",
      "\uab70",
      "\u10d0",
    ]) {
      assert.equal(foldName(name), name);
    }
    assert.notEqual(compareNames("\u00df", "SS"), 0);
  });

  it("fold every letter as the engine's own Unicode does, where that is one to one and old enough", () => {
    let same = 0;
    for (let unit = 0; unit < 0x10000; unit++) {
      const letter = String.fromCharCode(unit);
      const folded = foldName(letter);
      assert.equal(folded.length, 1);
      if (folded === letter) continue;
      assert.ok(letter.toUpperCase() === folded || letter.toUpperCase().length > 1, unit.toString(16));
      same++;
    }
    assert.equal(same, 865 + 26);
  });
});

describe("storage: sibling trees", () => {
  it("are in order, balanced and properly coloured for every number of siblings", () => {
    for (let count = 0; count <= 600; count++) {
      const { top, nodes } = layOutSiblings(count);
      const order: number[] = [];
      let deepest = 0;
      const visit = (at: number, level: number, parentRed: boolean): number => {
        const node = nodes[at];
        if (!node) return 0;
        assert.ok(node.black || !parentRed, "red under red");
        deepest = Math.max(deepest, level);
        const left = visit(node.left, level + 1, !node.black);
        order.push(at);
        assert.equal(visit(node.right, level + 1, !node.black), left, "black height");
        return left + (node.black ? 1 : 0);
      };
      visit(top, 1, true);
      assert.deepEqual(
        order,
        Array.from({ length: count }, (_, i) => i),
      );
      assert.equal(deepest, count === 0 ? 0 : Math.floor(Math.log2(count)) + 1);
    }
  });
});
