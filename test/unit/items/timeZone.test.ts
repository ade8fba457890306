import assert from "node:assert/strict";
import { millisecondsOf, zoneOfDefinition, zoneOffset, zoneOfStruct } from "../../../src/core";

/** A SYSTEMTIME of a yearly change. */
const change = (month: number, weekday: number, which: number, hour: number): number[] =>
  [0, month, weekday, which, hour, 0, 0, 0].flatMap((word) => [word & 0xff, word >> 8]);
const long = (value: number): number[] =>
  [value, value >> 8, value >> 16, value >> 24].map((byte) => byte & 0xff);

function struct(bias: number, daylightBias: number, standard: number[], daylight: number[]): Uint8Array {
  return Uint8Array.from([
    ...long(bias),
    ...long(0),
    ...long(daylightBias),
    0,
    0,
    ...standard,
    0,
    0,
    ...daylight,
  ]);
}

const berlin = struct(-60, -60, change(10, 0, 5, 3), change(3, 0, 5, 2));
const sydney = struct(-600, -60, change(4, 0, 1, 3), change(10, 0, 1, 2));
const none = struct(-330, 0, change(0, 0, 0, 0), change(0, 0, 0, 0));

describe("time zones of appointments", () => {
  const cases = [
    ["northern summer begins on the last Sunday", berlin, "2026-03-29T00:59:59Z", 60],
    ["to the second", berlin, "2026-03-29T01:00:00Z", 120],
    ["northern summer ends", berlin, "2026-10-25T00:59:59Z", 120],
    ["to the second, too", berlin, "2026-10-25T01:00:00Z", 60],
    ["southern summer goes over the new year", sydney, "2026-01-01T00:00:00Z", 660],
    ["southern summer ends on the first Sunday of April", sydney, "2026-04-04T15:59:59Z", 660],
    ["at three in the morning there", sydney, "2026-04-04T16:00:00Z", 600],
    ["southern summer begins again", sydney, "2026-10-03T16:00:00Z", 660],
    ["a zone without summer time", none, "2026-07-01T00:00:00Z", 330],
  ] as const;
  for (const [name, bytes, at, offset] of cases) {
    it(`${name} (${at})`, () => {
      const zone = zoneOfStruct(bytes, "Zone");
      assert.ok(zone);
      assert.equal(zoneOffset(zone, Date.parse(at)), offset);
    });
  }

  it("reads a definition's name and the rule in effect", () => {
    const rule = (flags: number, bias: number): number[] => [
      2,
      1,
      0x3e,
      0,
      flags,
      0,
      0xd6,
      7,
      ...new Array<number>(14).fill(0),
      ...long(bias),
      ...long(0),
      ...long(-60),
      ...change(10, 0, 5, 3),
      ...change(3, 0, 5, 2),
    ];
    const key = Array.from("Zone", (char) => [char.charCodeAt(0), 0]).flat();
    const bytes = Uint8Array.from([
      2,
      1,
      6 + key.length,
      0,
      2,
      0,
      4,
      0,
      ...key,
      2,
      0,
      ...rule(0, 0),
      ...rule(2, -60),
    ]);
    const zone = zoneOfDefinition(bytes);
    assert.ok(zone);
    assert.equal(zone.name, "Zone");
    assert.equal(zoneOffset(zone, Date.parse("2026-01-05T09:00:00Z")), 60);
  });

  it("has no zone where the bytes end early, at any place", () => {
    for (let length = 0; length < 48; length++)
      assert.equal(zoneOfStruct(berlin.subarray(0, length), ""), undefined);
    assert.equal(zoneOfDefinition(new Uint8Array(3)), undefined);
  });

  it("turns file times into milliseconds", () => {
    assert.equal(millisecondsOf(116_444_736_000_000_000n), 0);
    assert.equal(millisecondsOf(0n), undefined);
    assert.equal(millisecondsOf(0x0cb3_4557_a3dd_4000n), undefined);
  });
});
