import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import * as pt from "../../../src/core/mapi/propertyTypes";
import { PROPERTY_TYPES } from "../../../src/core/mapi/propertyTypes";
import { convertValue } from "../../../src/core/mapi/valueConversion";
import { parseValue } from "../../../src/core/mapi/valueText";

function converted(from: number, to: number, value: unknown): unknown {
  const result = convertValue(from, to, value);
  assert.ok(result.ok, result.ok ? "" : result.message.message);
  return result.value;
}

function refusal(from: number, to: number, value: unknown): string {
  const result = convertValue(from, to, value);
  assert.ok(!result.ok);
  return result.message.code;
}

describe("values in another type", () => {
  it("converts numbers that fit", () => {
    assert.equal(converted(pt.PT_LONG, pt.PT_I2, 5), 5);
    assert.equal(converted(pt.PT_LONG, pt.PT_I8, -5), -5n);
    assert.equal(converted(pt.PT_I8, pt.PT_DOUBLE, 1n << 60n), 2 ** 60);
    assert.equal(converted(pt.PT_DOUBLE, pt.PT_LONG, 12), 12);
    assert.ok(Object.is(converted(pt.PT_DOUBLE, pt.PT_LONG, -0), 0));
    assert.equal(converted(pt.PT_CURRENCY, pt.PT_LONG, 120_000n), 12);
    assert.equal(converted(pt.PT_CURRENCY, pt.PT_LONG, 1_000_000n), 100);
    assert.equal(converted(pt.PT_CURRENCY, pt.PT_DOUBLE, 125_000n), 12.5);
    assert.equal(converted(pt.PT_DOUBLE, pt.PT_CURRENCY, 12.5), 125_000n);
    assert.equal(converted(pt.PT_DOUBLE, pt.PT_CURRENCY, 1e-7), 0n);
    assert.equal(converted(pt.PT_DOUBLE, pt.PT_CURRENCY, 0.1 + 0.2), 3000n);
    assert.equal(converted(pt.PT_DOUBLE, pt.PT_I8, -(2 ** 62)), -(1n << 62n));
    assert.equal(converted(pt.PT_DOUBLE, pt.PT_R4, 0.1), Math.fround(0.1));
    assert.equal(converted(pt.PT_ERROR, pt.PT_LONG, 0x8004010f), -2147221233);
    assert.equal(converted(pt.PT_LONG, pt.PT_ERROR, -2147221233), 0x8004010f);
  });

  it("refuses numbers that do not", () => {
    assert.equal(refusal(pt.PT_LONG, pt.PT_I2, 40_000), "outOfRange");
    assert.equal(refusal(pt.PT_DOUBLE, pt.PT_LONG, 1.5), "notInteger");
    assert.equal(refusal(pt.PT_DOUBLE, pt.PT_LONG, NaN), "notInteger");
    assert.equal(refusal(pt.PT_DOUBLE, pt.PT_I8, 1e300), "outOfRange");
    assert.equal(refusal(pt.PT_DOUBLE, pt.PT_R4, 1e300), "outOfRange");
    assert.equal(refusal(pt.PT_DOUBLE, pt.PT_CURRENCY, 1e300), "outOfRange");
    assert.equal(refusal(pt.PT_DOUBLE, pt.PT_CURRENCY, NaN), "notCurrency");
  });

  it("converts booleans, text, bytes and GUIDs", () => {
    assert.equal(converted(pt.PT_LONG, pt.PT_BOOLEAN, 7), true);
    assert.equal(converted(pt.PT_I8, pt.PT_BOOLEAN, 0n), false);
    assert.equal(converted(pt.PT_BOOLEAN, pt.PT_DOUBLE, true), 1);
    assert.equal(converted(pt.PT_STRING8, pt.PT_UNICODE, " as it is\0"), " as it is\0");
    assert.equal(converted(pt.PT_UNICODE, pt.PT_LONG, "0x10"), 16);
    assert.equal(refusal(pt.PT_UNICODE, pt.PT_LONG, "ten"), "notInteger");
    assert.equal(converted(pt.PT_SYSTIME, pt.PT_UNICODE, 0n), "1601-01-01T00:00:00.0000000Z");
    assert.deepEqual(converted(pt.PT_BINARY, pt.PT_SVREID, Uint8Array.of(1)), Uint8Array.of(1));
    const guid = "{00062008-0000-0000-C000-000000000046}";
    const bytes = converted(pt.PT_CLSID, pt.PT_BINARY, guid);
    assert.ok(bytes instanceof Uint8Array && bytes.length === 16);
    assert.equal(converted(pt.PT_BINARY, pt.PT_CLSID, bytes), guid);
    assert.equal(refusal(pt.PT_BINARY, pt.PT_CLSID, Uint8Array.of(1)), "noConversion");
    assert.equal(refusal(pt.PT_BINARY, pt.PT_LONG, Uint8Array.of(1)), "noConversion");
    assert.equal(refusal(pt.PT_OBJECT, pt.PT_LONG, null), "noConversion");
    assert.equal(refusal(pt.PT_LONG, 0x0999, 1), "noConversion");
  });

  it("converts times", () => {
    const noon = parseValue(pt.PT_SYSTIME, "2026-03-01T12:00:00Z");
    assert.ok(noon.ok);
    assert.equal(converted(pt.PT_SYSTIME, pt.PT_APPTIME, noon.value), 46082.5);
    assert.equal(converted(pt.PT_APPTIME, pt.PT_SYSTIME, 46082.5), noon.value);
    assert.equal(converted(pt.PT_SYSTIME, pt.PT_I8, (1n << 64n) - 1n), -1n);
    assert.equal(converted(pt.PT_I8, pt.PT_SYSTIME, -1n), (1n << 64n) - 1n);
    assert.equal(converted(pt.PT_APPTIME, pt.PT_DOUBLE, 1.25), 1.25);
    assert.equal(refusal(pt.PT_SYSTIME, pt.PT_LONG, 5n), "noConversion");
    assert.equal(refusal(pt.PT_LONG, pt.PT_SYSTIME, 5), "noConversion");
    assert.equal(refusal(pt.PT_LONG, pt.PT_APPTIME, 5), "noConversion");
    for (const days of [NaN, Infinity, -1e9, 1e300, -200_000]) {
      assert.equal(refusal(pt.PT_APPTIME, pt.PT_SYSTIME, days), "noConversion");
    }
    assert.equal(refusal(pt.PT_SYSTIME, pt.PT_APPTIME, (1n << 64n) - 1n), "outOfRange");
  });

  it("makes one value several and one of several single", () => {
    assert.deepEqual(converted(pt.PT_UNICODE, pt.PT_MV_UNICODE, "a"), ["a"]);
    assert.deepEqual(converted(pt.PT_LONG, pt.PT_MV_UNICODE, 5), ["5"]);
    assert.equal(converted(pt.PT_MV_UNICODE, pt.PT_UNICODE, ["a"]), "a");
    assert.deepEqual(converted(pt.PT_MV_UNICODE, pt.PT_MV_LONG, ["1", "2"]), [1, 2]);
    assert.equal(refusal(pt.PT_MV_UNICODE, pt.PT_UNICODE, ["a", "b"]), "notOneValue");
    assert.equal(refusal(pt.PT_MV_UNICODE, pt.PT_UNICODE, []), "notOneValue");
    const wrong = convertValue(pt.PT_MV_UNICODE, pt.PT_MV_LONG, ["1", "x"]);
    assert.ok(!wrong.ok && wrong.message.code === "elementWrong" && wrong.message.args[0] === 2);
  });

  it("never throws, and leaves the same type alone", () => {
    const types = [...PROPERTY_TYPES.keys(), 0x0999];
    const anything = fc.oneof(
      fc.anything(),
      fc.double(),
      fc.bigInt(),
      fc.string(),
      fc.uint8Array(),
      fc.array(fc.double()),
    );
    fc.assert(
      fc.property(fc.constantFrom(...types), fc.constantFrom(...types), anything, (from, to, value) => {
        const result = convertValue(from, to, value);
        if (!result.ok) assert.ok(result.message.message.length > 0);
      }),
      { numRuns: 5000 },
    );
    for (const type of PROPERTY_TYPES.keys()) {
      const value = pt.isMultiValued(type) ? [] : null;
      assert.deepEqual(convertValue(type, type, value), { ok: true, value });
    }
  });
});
