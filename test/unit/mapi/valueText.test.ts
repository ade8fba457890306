import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { GUID_NULL, guidFromBytes } from "../../../src/core/mapi/guid";
import * as pt from "../../../src/core/mapi/propertyTypes";
import { PROPERTY_TYPES } from "../../../src/core/mapi/propertyTypes";
import { formatElements, formatValue, parseElements, parseValue } from "../../../src/core/mapi/valueText";
import { VALUE_TEXT_MESSAGES } from "../../../src/core/mapi/valueTextError";

function parsed(type: number, text: string): unknown {
  const result = parseValue(type, text);
  assert.ok(result.ok, result.ok ? "" : `${text}: ${result.message.message}`);
  return result.value;
}

function problem(type: number, text: string): [string, ...(string | number)[]] {
  const result = parseValue(type, text);
  assert.ok(!result.ok, `${text} was accepted`);
  assert.doesNotMatch(result.message.message, /\{\d\}|undefined/);
  return [result.message.code, ...result.message.args];
}

function same(actual: unknown, expected: unknown): boolean {
  if (actual instanceof Uint8Array && expected instanceof Uint8Array) {
    return actual.length === expected.length && actual.every((byte, at) => byte === expected[at]);
  }
  return Object.is(actual, expected);
}

const bits64 = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n });
const signed64 = fc.oneof(
  bits64.map((value) => BigInt.asIntN(64, value)),
  fc.bigInt({ min: -100_000n, max: 100_000n }),
  fc.constantFrom(-(1n << 63n), (1n << 63n) - 1n, 0n, -1n),
);
const bytes = fc.uint8Array({ maxLength: 200 });
const text = fc.string({ unit: "binary", maxLength: 60 });
const days = fc.oneof(
  fc.double(),
  fc.double({ min: -800_000, max: 3_000_000 }),
  fc.integer({ min: -657_434, max: 2_958_465 }),
  // Times to the second, as programs write them.
  fc
    .tuple(fc.integer({ min: -600_000, max: 2_900_000 }), fc.nat(86_399))
    .map(([day, second]) => (day < 0 ? day - second / 86_400 : day + second / 86_400)),
  fc.constantFrom(
    -0,
    0,
    -0.25,
    0.25,
    -1.25,
    0.999999999999,
    1e300,
    NaN,
    Infinity,
    -Infinity,
    Number.MIN_VALUE,
  ),
);

const DOMAINS: ReadonlyMap<number, fc.Arbitrary<unknown>> = new Map<number, fc.Arbitrary<unknown>>([
  [pt.PT_NULL, fc.constant(null)],
  [pt.PT_OBJECT, fc.constant(null)],
  [pt.PT_I2, fc.integer({ min: -32768, max: 32767 })],
  [pt.PT_LONG, fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })],
  [pt.PT_I8, signed64],
  [
    pt.PT_R4,
    fc.oneof(fc.float(), fc.constantFrom(-0, NaN, Infinity, -Infinity, 2 ** -149, -(2 ** -149), 2 ** -127)),
  ],
  [
    pt.PT_DOUBLE,
    fc.oneof(
      fc.double(),
      fc.constantFrom(-0, NaN, Infinity, -Infinity, Number.MIN_VALUE, -Number.MAX_VALUE, 1e21),
    ),
  ],
  [pt.PT_CURRENCY, signed64],
  [pt.PT_APPTIME, days],
  [pt.PT_SYSTIME, fc.oneof(bits64, fc.bigInt({ min: 120n * 10n ** 15n, max: 140n * 10n ** 15n }))],
  [pt.PT_ERROR, fc.integer({ min: 0, max: 0xffffffff })],
  [pt.PT_BOOLEAN, fc.boolean()],
  [pt.PT_CLSID, fc.uint8Array({ minLength: 16, maxLength: 16 }).map((value) => guidFromBytes(value))],
  [pt.PT_STRING8, text],
  [pt.PT_UNICODE, fc.oneof(text, fc.constantFrom("", "\ud800", "a\r\nb\0", " x "))],
  [pt.PT_BINARY, bytes],
  [pt.PT_SVREID, bytes],
  [pt.PT_SRESTRICTION, bytes],
  [pt.PT_ACTIONS, bytes],
]);

describe("text of values: every type", () => {
  for (const [type, domain] of DOMAINS) {
    it(`reads back what it writes: ${PROPERTY_TYPES.get(type)?.mapi ?? ""}`, () => {
      fc.assert(
        fc.property(domain, (value) => {
          const written = formatValue(type, value);
          assert.ok(same(parsed(type, written), value), written);
        }),
        { numRuns: 1000 },
      );
    });
  }

  it("covers every single-valued type that is stored", () => {
    const stored = [...PROPERTY_TYPES.keys()].filter(
      (type) => !pt.isMultiValued(type) && type !== pt.PT_UNSPECIFIED,
    );
    assert.deepEqual([...DOMAINS.keys()].sort(), stored.sort());
  });

  it("never throws, whatever is typed", () => {
    const types = [...PROPERTY_TYPES.keys(), 0x9999, 0x2000];
    const typed = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.stringMatching(/^[-+0-9a-fxTZ:. {}]{0,40}$/),
      fc.constantFrom(
        "0x",
        "-",
        "+",
        ".",
        "1e",
        "cb: 1 lpb:",
        "2026-02-30",
        "{}",
        "9".repeat(100_000),
        "0".repeat(70),
      ),
    );
    fc.assert(
      fc.property(fc.constantFrom(...types), typed, (type, value) => {
        const result = parseValue(type, value);
        if (result.ok) return;
        assert.ok(Object.hasOwn(VALUE_TEXT_MESSAGES, result.message.code));
        assert.ok(result.message.message.length > 0);
      }),
      { numRuns: 5000 },
    );
  });

  it("writes a value of the wrong kind as what it is", () => {
    assert.equal(formatValue(pt.PT_LONG, "text"), "text");
    assert.equal(formatValue(pt.PT_SYSTIME, 5), "5");
    assert.equal(formatValue(0x0999, Uint8Array.of(1, 255)), "01 FF");
    assert.equal(formatValue(0x1999, Uint8Array.of(1, 255)), "01 FF");
    assert.equal(formatValue(pt.PT_UNICODE, undefined), "");
    assert.equal(formatValue(pt.PT_BINARY, { a: 1 }), "");
  });
});

describe("text of values: numbers", () => {
  it("reads integers in decimal and hexadecimal, within their range", () => {
    assert.equal(parsed(pt.PT_I2, " 42 "), 42);
    assert.equal(parsed(pt.PT_I2, "-0x8000"), -32768);
    assert.equal(parsed(pt.PT_I2, "0xFFFF"), -1);
    assert.equal(parsed(pt.PT_I2, "+7"), 7);
    assert.ok(Object.is(parsed(pt.PT_LONG, "-0"), 0));
    assert.equal(parsed(pt.PT_LONG, "0x80000000"), -2147483648);
    assert.equal(parsed(pt.PT_LONG, "0x0000000000000001"), 1);
    assert.equal(parsed(pt.PT_I8, "0xFFFFFFFFFFFFFFFF"), -1n);
    assert.equal(parsed(pt.PT_I8, "9223372036854775807"), 9223372036854775807n);
    assert.deepEqual(problem(pt.PT_I2, "32768"), ["outOfRange", "-32768", "32767"]);
    assert.deepEqual(problem(pt.PT_I2, "0x10000"), ["outOfRange", "-32768", "32767"]);
    assert.deepEqual(problem(pt.PT_LONG, "2147483648"), ["outOfRange", "-2147483648", "2147483647"]);
    assert.equal(problem(pt.PT_I8, "9223372036854775808")[0], "outOfRange");
    for (const wrong of ["", "1.5", "1,000", "0x", "abc", "1 2", "--1"]) {
      assert.deepEqual(problem(pt.PT_LONG, wrong), ["notInteger"]);
    }
  });

  it("writes floats as short as they are exact", () => {
    assert.equal(formatValue(pt.PT_R4, Math.fround(0.1)), "0.1");
    assert.equal(formatValue(pt.PT_R4, Math.fround(3.4028234663852886e38)), "3.4028235e+38");
    assert.equal(formatValue(pt.PT_R4, 2 ** -149), "1e-45");
    assert.equal(formatValue(pt.PT_DOUBLE, 0.1), "0.1");
    assert.equal(formatValue(pt.PT_DOUBLE, -0), "-0");
    assert.equal(parsed(pt.PT_DOUBLE, ".5"), 0.5);
    assert.equal(parsed(pt.PT_DOUBLE, "1E3"), 1000);
    assert.equal(parsed(pt.PT_DOUBLE, "-inf"), -Infinity);
    assert.equal(parsed(pt.PT_R4, "3.14"), Math.fround(3.14));
    assert.equal(problem(pt.PT_R4, "1e39")[0], "outOfRange");
    assert.equal(problem(pt.PT_DOUBLE, "1e309")[0], "outOfRange");
    for (const wrong of ["", "1,5", "0x10", ".", "e5", "1e"])
      assert.deepEqual(problem(pt.PT_DOUBLE, wrong), ["notNumber"]);
  });

  it("keeps the four places of currency", () => {
    assert.equal(formatValue(pt.PT_CURRENCY, 123456n), "12.3456");
    assert.equal(formatValue(pt.PT_CURRENCY, -5n), "-0.0005");
    assert.equal(formatValue(pt.PT_CURRENCY, 0n), "0.0000");
    assert.equal(formatValue(pt.PT_CURRENCY, -(1n << 63n)), "-922337203685477.5808");
    assert.equal(parsed(pt.PT_CURRENCY, "12"), 120000n);
    assert.equal(parsed(pt.PT_CURRENCY, ".5"), 5000n);
    assert.equal(parsed(pt.PT_CURRENCY, "1.23450000"), 12345n);
    assert.equal(problem(pt.PT_CURRENCY, "922337203685477.5808")[0], "outOfRange");
    for (const wrong of ["", "-", ".", "1.23456", "1e3", "$5"]) {
      assert.deepEqual(problem(pt.PT_CURRENCY, wrong), ["notCurrency"]);
    }
  });

  it("reads booleans and error codes in words", () => {
    assert.equal(parsed(pt.PT_BOOLEAN, "Yes"), true);
    assert.equal(parsed(pt.PT_BOOLEAN, "0"), false);
    assert.deepEqual(problem(pt.PT_BOOLEAN, "2"), ["notBoolean"]);
    assert.equal(formatValue(pt.PT_ERROR, 0x8004010f), "0x8004010F");
    assert.equal(formatValue(pt.PT_ERROR, 0x8004010f | 0), "0x8004010F");
    assert.equal(parsed(pt.PT_ERROR, "mapi_e_not_found"), 0x8004010f);
    assert.equal(parsed(pt.PT_ERROR, "0x8004010F MAPI_E_NOT_FOUND"), 0x8004010f);
    assert.equal(parsed(pt.PT_ERROR, "-2147221233"), 0x8004010f);
    assert.equal(parsed(pt.PT_ERROR, "2147746063"), 0x8004010f);
    assert.deepEqual(problem(pt.PT_ERROR, "MAPI_E_NONSENSE"), ["notErrorCode"]);
    assert.deepEqual(problem(pt.PT_ERROR, "errorNameOf"), ["notErrorCode"]);
    assert.deepEqual(problem(pt.PT_ERROR, "0x100000000"), ["outOfRange", "0x00000000", "0xFFFFFFFF"]);
  });
});

describe("text of values: times", () => {
  it("writes the whole range of a FILETIME", () => {
    assert.equal(formatValue(pt.PT_SYSTIME, 0n), "1601-01-01T00:00:00.0000000Z");
    assert.equal(formatValue(pt.PT_SYSTIME, 0x0cb34557a3dd4000n), "4501-01-01T00:00:00.0000000Z");
    assert.equal(formatValue(pt.PT_SYSTIME, (1n << 63n) - 1n), "+30828-09-14T02:48:05.4775807Z");
    assert.equal(formatValue(pt.PT_SYSTIME, (1n << 64n) - 1n), "+60056-05-28T05:36:10.9551615Z");
    assert.equal(formatValue(pt.PT_SYSTIME, -1n), "+60056-05-28T05:36:10.9551615Z");
  });

  it("agrees with the calendar of the platform", () => {
    const moments = fc.date({
      min: new Date("1601-01-01T00:00:00Z"),
      max: new Date("9999-12-31T23:59:59.999Z"),
    });
    fc.assert(
      fc.property(
        moments.filter((moment) => !Number.isNaN(moment.getTime())),
        (moment) => {
          const ticks = (BigInt(moment.getTime()) + 11_644_473_600_000n) * 10_000n;
          const iso = moment.toISOString();
          assert.equal(formatValue(pt.PT_SYSTIME, ticks), iso.replace("Z", "0000Z"));
          assert.equal(parsed(pt.PT_SYSTIME, iso), ticks);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("reads zones, and the forms people write", () => {
    const at = parsed(pt.PT_SYSTIME, "2026-03-01T08:12:44.1230000Z");
    assert.equal(at, (BigInt(Date.UTC(2026, 2, 1, 8, 12, 44, 123)) + 11_644_473_600_000n) * 10_000n);
    for (const form of [
      "2026-03-01T08:12:44.123Z",
      "2026-03-01 08:12:44.123",
      "2026-03-01t08:12:44,123z",
      "2026-03-01T10:12:44.123+02:00",
      "2026-03-01T10:12:44.123 +0200",
      "2026-03-01T03:12:44.123-05",
      "2026-3-1 08:12:44.123000000000",
      "+2026-03-01T08:12:44.123Z",
    ]) {
      assert.equal(parsed(pt.PT_SYSTIME, form), at, form);
    }
    assert.equal(parsed(pt.PT_SYSTIME, "2026-03-01"), parsed(pt.PT_SYSTIME, "2026-03-01T00:00:00Z"));
    assert.equal(parsed(pt.PT_SYSTIME, "2026-03-01T08:12"), parsed(pt.PT_SYSTIME, "2026-03-01T08:12:00Z"));
    assert.equal(parsed(pt.PT_SYSTIME, "None"), 0n);
    assert.equal(parsed(pt.PT_SYSTIME, "0x0CB34557A3DD4000"), 0x0cb34557a3dd4000n);
    assert.equal(parsed(pt.PT_SYSTIME, "2024-02-29"), parsed(pt.PT_SYSTIME, "2024-02-28T23:00:00-01:00"));
  });

  it("says what is wrong with a time", () => {
    assert.deepEqual(problem(pt.PT_SYSTIME, "2026-02-29"), ["noSuchDate", "2026-02-29"]);
    assert.deepEqual(problem(pt.PT_SYSTIME, "2026-13-01T00:00Z"), ["noSuchDate", "2026-13-01"]);
    assert.deepEqual(problem(pt.PT_SYSTIME, "2026-00-10"), ["noSuchDate", "2026-00-10"]);
    assert.deepEqual(problem(pt.PT_SYSTIME, "2026-01-01T24:00:00Z"), ["noSuchTimeOfDay", "24:00:00"]);
    assert.deepEqual(problem(pt.PT_SYSTIME, "2026-01-01T23:59:60Z"), ["noSuchTimeOfDay", "23:59:60"]);
    assert.deepEqual(problem(pt.PT_SYSTIME, "2026-01-01T00:00:00.00000001Z"), ["tooManyDecimals"]);
    assert.deepEqual(problem(pt.PT_SYSTIME, "2026-01-01T00:00:00+24:00"), ["noSuchOffset", "+24:00"]);
    assert.equal(problem(pt.PT_SYSTIME, "1600-12-31")[0], "outOfRange");
    assert.equal(problem(pt.PT_SYSTIME, "1601-01-01T00:00:00+01:00")[0], "outOfRange");
    assert.equal(problem(pt.PT_SYSTIME, "+60056-05-28T05:36:10.9551616Z")[0], "outOfRange");
    for (const wrong of ["", "yesterday", "01/03/2026", "2026-03-01T08", "12:00", "0x10000000000000000"]) {
      assert.deepEqual(problem(pt.PT_SYSTIME, wrong), ["notTime"]);
    }
  });

  it("writes local times as dates where that is exact, as days where it is not", () => {
    assert.equal(formatValue(pt.PT_APPTIME, 0), "1899-12-30T00:00:00");
    assert.equal(formatValue(pt.PT_APPTIME, 1.5), "1899-12-31T12:00:00");
    assert.equal(formatValue(pt.PT_APPTIME, -1.25), "1899-12-29T06:00:00");
    assert.equal(formatValue(pt.PT_APPTIME, 25569), "1970-01-01T00:00:00");
    assert.equal(formatValue(pt.PT_APPTIME, 2958465), "9999-12-31T00:00:00");
    assert.equal(formatValue(pt.PT_APPTIME, 2958466), "2958466");
    assert.equal(formatValue(pt.PT_APPTIME, -657434), "0100-01-01T00:00:00");
    assert.equal(formatValue(pt.PT_APPTIME, -0.25), "-0.25");
    assert.equal(formatValue(pt.PT_APPTIME, 46082.342175925929), "2026-03-01T08:12:44");
    assert.equal(parsed(pt.PT_APPTIME, "2026-03-01"), 46082);
    assert.equal(parsed(pt.PT_APPTIME, "46082.5"), 46082.5);
    assert.deepEqual(problem(pt.PT_APPTIME, "2026-03-01T00:00:00Z"), ["zoneNotAllowed", "Z"]);
    assert.deepEqual(problem(pt.PT_APPTIME, "tomorrow"), ["notLocalTime"]);
    assert.equal(problem(pt.PT_APPTIME, "0099-12-31")[0], "outOfRange");
    assert.equal(problem(pt.PT_APPTIME, "1e400")[0], "outOfRange");
  });

  it("writes every whole second of a day as a date", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2_900_000 }), fc.nat(86_399), (day, second) => {
        assert.match(formatValue(pt.PT_APPTIME, day + second / 86_400), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("text of values: bytes, GUIDs, several values", () => {
  it("reads bytes in the forms people have them", () => {
    const wanted = Uint8Array.of(0x01, 0xa2, 0xff);
    assert.equal(formatValue(pt.PT_BINARY, wanted), "01 A2 FF");
    for (const form of [
      "01A2FF",
      "01 a2 ff",
      "0x01A2FF",
      "0x01, 0xA2, 0xFF",
      "0x01 0xA2 0xff,",
      "01\r\nA2\tFF ",
      "0 1A 2F F",
      "cb: 3 lpb: 01A2FF",
      " CB: 3  LPB: 01 A2 FF",
    ]) {
      assert.ok(same(parsed(pt.PT_BINARY, form), wanted), form);
    }
    assert.ok(same(parsed(pt.PT_BINARY, "  "), new Uint8Array()));
    assert.ok(same(parsed(pt.PT_BINARY, "cb: 0 lpb: "), new Uint8Array()));
    assert.ok(same(parsed(pt.PT_BINARY, "00 0x00"), new Uint8Array(2)));
  });

  it("says where bytes are wrong", () => {
    assert.deepEqual(problem(pt.PT_BINARY, "01 G2"), ["notHex", 4, "G"]);
    assert.deepEqual(problem(pt.PT_BINARY, "01 😀"), ["notHex", 4, "😀"]);
    assert.deepEqual(problem(pt.PT_BINARY, "01 A"), ["halfByte", 4]);
    assert.deepEqual(problem(pt.PT_BINARY, "0x1, 0x2"), ["halfByte", 3]);
    assert.deepEqual(problem(pt.PT_BINARY, "cb: 1 lpb: 0Z"), ["notHex", 13, "Z"]);
    assert.deepEqual(problem(pt.PT_BINARY, "cb: 4 lpb: 01A2FF"), ["countDiffers", 4, 3]);
    assert.deepEqual(problem(pt.PT_BINARY, "1x2"), ["notHex", 2, "x"]);
  });

  it("reads GUIDs with and without braces", () => {
    const guid = "{00062008-0000-0000-C000-000000000046}";
    assert.equal(parsed(pt.PT_CLSID, "00062008-0000-0000-c000-000000000046"), guid);
    assert.deepEqual(problem(pt.PT_CLSID, "{00062008}"), ["notGuid", GUID_NULL]);
  });

  it("has one text for each of several values", () => {
    assert.equal(formatValue(pt.PT_MV_LONG, [1, -2]), "1\n-2");
    assert.deepEqual(parsed(pt.PT_MV_LONG, "1\r\n-2"), [1, -2]);
    assert.deepEqual(parsed(pt.PT_MV_UNICODE, ""), []);
    assert.deepEqual(problem(pt.PT_MV_I2, "1\nx"), ["elementWrong", 2, VALUE_TEXT_MESSAGES.notInteger]);
    const values = ["a\nb", ""];
    assert.deepEqual(parseElements(pt.PT_MV_UNICODE, formatElements(pt.PT_MV_UNICODE, values)), {
      ok: true,
      value: values,
    });
    assert.deepEqual(formatElements(pt.PT_MV_UNICODE, null), []);
  });

  it("has no text for objects and types it does not know", () => {
    assert.deepEqual(problem(pt.PT_OBJECT, "x"), ["noText"]);
    assert.deepEqual(problem(0x9999, "x"), ["noText"]);
    assert.deepEqual(problem(pt.PT_UNSPECIFIED, "x"), ["noText"]);
  });
});
