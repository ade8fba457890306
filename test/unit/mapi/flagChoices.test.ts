import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { flagChoices, parseFlagNames } from "../../../src/core/mapi/flagChoices";
import { describeFlags, type FlagTable } from "../../../src/core/mapi/flagNames";
import { typeChanges } from "../../../src/core/mapi/typeChanges";
import {
  PT_BINARY,
  PT_CLSID,
  PT_DOUBLE,
  PT_I2,
  PT_LONG,
  PT_MV_LONG,
  PT_R4,
  PT_STRING8,
  PT_SYSTIME,
  PT_UNICODE,
} from "../../../src/core/mapi/propertyTypes";

const FLAGS: FlagTable = {
  kind: "flags",
  values: [
    { name: "NONE", value: 0, kind: "flag" },
    { name: "READ", value: 1, kind: "flag" },
    { name: "UNSENT", value: 8, kind: "flag" },
    { name: "HIGHEST", value: 0x80000000, kind: "flag" },
  ],
};
const RECIPIENT: FlagTable = {
  kind: "mixed",
  values: [
    { name: "P1", value: 0x10000000, kind: "flag" },
    { name: "", value: 0xffff0000, kind: "clear" },
    { name: "ORIG", value: 0, kind: "value" },
    { name: "TO", value: 1, kind: "value" },
    { name: "CC", value: 2, kind: "value" },
  ],
};
const ENUM: FlagTable = {
  kind: "enum",
  values: [
    { name: "NORMAL", value: 0, kind: "value" },
    { name: "LOW", value: 0xffffffff, kind: "value" },
  ],
};
const DISPLAY: FlagTable = {
  kind: "mixed",
  values: [
    { name: "ROOM", value: 7, kind: "byte3" },
    { name: "USER", value: 0, kind: "byte4" },
  ],
};

describe("choices of numbers", () => {
  it("are check boxes for flags: no name of 0, none outside the width", () => {
    assert.deepEqual(flagChoices(FLAGS, 32).flags, [
      { name: "READ", mask: 1 },
      { name: "UNSENT", mask: 8 },
      { name: "HIGHEST", mask: 0x80000000 },
    ]);
    assert.deepEqual(
      flagChoices(FLAGS, 16).flags.map(({ name }) => name),
      ["READ", "UNSENT"],
    );
    assert.deepEqual(flagChoices(FLAGS, 32).parts, []);
  });

  it("are one list for an enumeration, in the width of the number", () => {
    assert.deepEqual(flagChoices(ENUM, 16), {
      flags: [],
      parts: [
        {
          mask: 0xffff,
          values: [
            { name: "NORMAL", value: 0 },
            { name: "LOW", value: 0xffff },
          ],
        },
      ],
    });
  });

  it("are both where a number has both, each in its own bits", () => {
    const { flags, parts } = flagChoices(RECIPIENT, 32);
    assert.deepEqual(flags, [{ name: "P1", mask: 0x10000000 }]);
    assert.deepEqual(
      parts.map(({ mask }) => mask),
      [0xffff],
    );
    assert.deepEqual(flagChoices(DISPLAY, 32).parts, [
      { mask: 0xff00, values: [{ name: "ROOM", value: 0x700 }] },
      { mask: 0xff, values: [{ name: "USER", value: 0 }] },
    ]);
  });

  it("never overlap", () => {
    for (const table of [FLAGS, RECIPIENT, ENUM, DISPLAY]) {
      const { flags, parts } = flagChoices(table, 32);
      const masks = [...flags, ...parts].map(({ mask }) => mask);
      masks.forEach((mask, at) =>
        masks.slice(at + 1).forEach((other) => assert.equal((mask & other) >>> 0, 0)),
      );
      for (const { mask, values } of parts)
        for (const { value } of values) assert.equal((value & ~mask) >>> 0, 0);
    }
  });
});

describe("names of flags that are typed", () => {
  it("read back what they were written from", () => {
    fc.assert(
      fc.property(fc.nat({ max: 0xffffffff }), (value) => {
        assert.equal(parseFlagNames(FLAGS, describeFlags(FLAGS, value)), value);
      }),
    );
  });

  it("are taken in any case, with numbers among them; other words are not", () => {
    assert.equal(parseFlagNames(FLAGS, "read | 0x10|8"), 0x19);
    assert.equal(parseFlagNames(DISPLAY, "room"), 0x700);
    assert.equal(parseFlagNames(FLAGS, "read | written"), undefined);
    assert.equal(parseFlagNames(FLAGS, ""), undefined);
    assert.equal(parseFlagNames(FLAGS, "9999999999"), undefined);
  });
});

describe("types a value can change to", () => {
  const types = (from: number, value: unknown): Map<number, boolean> =>
    new Map(typeChanges(from, value).map(({ type, lossy }) => [type, lossy]));

  it("are those it converts to, and say where not all of it comes along", () => {
    const double = types(PT_DOUBLE, 0.1);
    assert.equal(double.get(PT_UNICODE), false);
    assert.equal(double.get(PT_R4), true);
    assert.equal(double.has(PT_LONG), false);
    assert.equal(types(PT_LONG, 70_000).has(PT_I2), false);
    assert.equal(types(PT_LONG, 7).get(PT_I2), false);
    assert.equal(types(PT_LONG, 7).get(PT_MV_LONG), false);
    assert.equal(types(PT_UNICODE, "not a time").has(PT_SYSTIME), false);
    assert.equal(types(PT_BINARY, new Uint8Array(16)).get(PT_CLSID), false);
  });

  it("are not the same text in another width", () => {
    assert.equal(types(PT_STRING8, "a").has(PT_UNICODE), false);
    assert.equal(types(PT_UNICODE, "a").has(PT_STRING8), false);
  });
});
