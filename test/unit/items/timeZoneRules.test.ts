import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  CENTRAL_EUROPE,
  timeZoneDefinition as sampleDefinition,
  TZRULE_EFFECTIVE,
} from "../../../scripts/samples/calendarBytes";
import { timeZoneDefinition, UTC_ZONE, zoneOfClock, zoneOfDefinition, zoneOffset } from "../../../src/core";
import { windowsZoneName } from "../../../src/extension/localTimeZone";

const HOUR_MS = 3_600_000;

/** What the clocks of a zone of the tz database show, by Node's own tables. */
function offsetIn(timeZone: string): (utcMs: number) => number {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    ...{ year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" },
  });
  return (utcMs) => {
    const parts = new Map(format.formatToParts(utcMs).map(({ type, value }) => [type, Number(value)]));
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = [
      "year",
      "month",
      "day",
      "hour",
      "minute",
    ].map((type) => parts.get(type as Intl.DateTimeFormatPartTypes));
    return (Date.UTC(year, month - 1, day, hour, minute) - utcMs) / 60_000;
  };
}

/** Zones with summer time in the north and the south, at odd hours, without it, and with half hours. */
const ZONES = [
  "Europe/Berlin",
  "Europe/London",
  "America/New_York",
  "America/St_Johns",
  "Australia/Sydney",
  "Australia/Lord_Howe",
  "Pacific/Auckland",
  "Asia/Kolkata",
  "Asia/Tokyo",
  "Africa/Johannesburg",
];

describe("time zones written into appointments", () => {
  for (const zone of ZONES) {
    it(`follow the clocks of ${zone} through five years`, function () {
      this.timeout(60_000);
      const offsetAt = offsetIn(zone);
      const written = timeZoneDefinition(zoneOfClock({ name: windowsZoneName(zone), offsetAt }, 2026));
      const read = zoneOfDefinition(written);
      assert.ok(read);
      assert.equal(read.name, windowsZoneName(zone));
      // Every seven hours: no two days are looked at at the same time.
      for (let at = Date.UTC(2026, 0, 2); at < Date.UTC(2030, 11, 30); at += 7 * HOUR_MS)
        assert.equal(zoneOffset(read, at), offsetAt(at), new Date(at).toISOString());
    });
  }

  it("are the bytes that Outlook writes for the same zone", () => {
    const berlin = zoneOfClock({ name: CENTRAL_EUROPE.name, offsetAt: offsetIn("Europe/Berlin") }, 2026);
    assert.deepEqual(timeZoneDefinition(berlin), sampleDefinition(CENTRAL_EUROPE, TZRULE_EFFECTIVE));
  });

  it("of UTC say that nothing ever changes", () => {
    const read = zoneOfDefinition(timeZoneDefinition(UTC_ZONE));
    assert.equal(read?.name, "UTC");
    assert.equal(zoneOffset(read, Date.UTC(2026, 6, 1)), 0);
  });

  it("of a clock that follows no rule are those of a standing one", () => {
    const once = Date.UTC(2027, 4, 1);
    const zone = zoneOfClock({ name: "Once", offsetAt: (at) => (at < once ? 60 : 120) }, 2026);
    assert.equal(zoneOffset(zone, Date.UTC(2026, 6, 1)), 60);
    const name = "x".repeat(400);
    assert.equal(zoneOfDefinition(timeZoneDefinition({ ...zone, name }))?.name.length, 260);
  });
});
