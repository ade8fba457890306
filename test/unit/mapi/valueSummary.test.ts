import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import * as pt from "../../../src/core/mapi/propertyTypes";
import { summarizeValue } from "../../../src/core/mapi/valueSummary";

describe("values in one line", () => {
  it("shows text without control characters", () => {
    assert.equal(summarizeValue(pt.PT_UNICODE, "one\r\ntwo\tthree\0\u2028", 100), "one two three  ");
  });

  it("cuts at a character", () => {
    assert.equal(summarizeValue(pt.PT_UNICODE, "abcdef", 6), "abcdef");
    assert.equal(summarizeValue(pt.PT_UNICODE, "abcdefg", 6), "abcde…");
    assert.equal(summarizeValue(pt.PT_UNICODE, "abcd😀fg", 6), "abcd…");
    assert.equal(summarizeValue(pt.PT_UNICODE, "abc", 1), "…");
    assert.equal(summarizeValue(pt.PT_UNICODE, "abc", 0), "");
  });

  it("counts bytes and shows the first", () => {
    assert.equal(summarizeValue(pt.PT_BINARY, Uint8Array.of(1, 220, 168), 100), "3 bytes  01 DC A8");
    assert.equal(summarizeValue(pt.PT_BINARY, new Uint8Array(0), 100), "0 bytes");
    assert.equal(summarizeValue(pt.PT_BINARY, new Uint8Array(1), 100), "1 byte  00");
    const long = summarizeValue(pt.PT_BINARY, new Uint8Array(1_000_000), 40);
    assert.match(long, /^1000000 bytes {2}(00 ?)+…$/);
    assert.equal(long.length, 40);
    assert.equal(
      summarizeValue(pt.PT_BINARY, Uint8Array.of(7), 40, (count) => `${count} Byte`),
      "1 Byte  07",
    );
  });

  it("joins several values", () => {
    assert.equal(summarizeValue(pt.PT_MV_UNICODE, ["Red", "Blue"], 100), "Red; Blue");
    assert.equal(summarizeValue(pt.PT_MV_LONG, [1, 2, 3], 5), "1; 2…");
    assert.equal(
      summarizeValue(pt.PT_MV_BINARY, [Uint8Array.of(1), new Uint8Array()], 100),
      "1 byte  01; 0 bytes",
    );
    assert.equal(summarizeValue(pt.PT_MV_LONG, [], 10), "");
  });

  it("shows numbers and times as they are edited, objects as nothing", () => {
    assert.equal(summarizeValue(pt.PT_SYSTIME, 0n, 100), "1601-01-01T00:00:00.0000000Z");
    assert.equal(summarizeValue(pt.PT_BOOLEAN, true, 100), "true");
    assert.equal(summarizeValue(pt.PT_OBJECT, null, 100), "");
  });

  it("never exceeds the length or breaks the line, whatever the value", () => {
    const values = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.uint8Array(),
      fc.array(fc.string()),
      fc.anything(),
    );
    const types = fc.constantFrom(pt.PT_UNICODE, pt.PT_BINARY, pt.PT_MV_UNICODE, pt.PT_LONG, 0x9999);
    fc.assert(
      fc.property(types, values, fc.nat(60), (type, value, length) => {
        const line = summarizeValue(type, value, length);
        assert.ok(line.length <= length);
        assert.doesNotMatch(line, /[\p{Cc}\u2028\u2029]/u);
        if (line.endsWith("…")) assert.doesNotMatch(line, /[\ud800-\udbff](?=…$)/);
      }),
      { numRuns: 2000 },
    );
  });

  // Reading all of the text each time would run into the time limit of the test.
  it("looks only at the beginning of long text", () => {
    const long = "x\r\n".repeat(10_000_000);
    const summary = summarizeValue(pt.PT_UNICODE, long, 100);
    for (let round = 0; round < 5000; round++) {
      assert.equal(summarizeValue(pt.PT_UNICODE, long, 100), summary);
    }
  });
});
