/** Changing the time zone of an appointment: the clock shows the same, which are other moments. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  appointmentZone,
  changeField,
  createItem,
  FIELD_MESSAGES,
  formFields,
  type FieldEnvironment,
  MapiError,
  type MessageOutline,
  namedIn,
  PR_END_DATE,
  PR_START_DATE,
  type PresetId,
  PSETID_APPOINTMENT,
  PSETID_COMMON,
  PT_BINARY,
  PT_BOOLEAN,
  PT_UNICODE,
  readerOf,
  timeZoneDefinition,
  timeZoneStruct,
  utcInZone,
  type MessageTimeZone,
  zoneOffset,
  zoneOfDefinition,
  zoneOfStruct,
} from "../../../src/core";
import { randomSource, utc } from "../../../scripts/samples/kit";
import {
  fileTimeOfMs,
  localOfUtc,
  msOfFileTime,
  startOfDay,
  utcOfLocal,
} from "../../../src/extension/fileTimes";
import { zoneChoices, zoneNamed } from "../../../src/extension/timeZones";
import { outlineOf } from "../../support/mail";

const NOW = utc(2026, 3, 12, 8, 15);
const ENVIRONMENT: FieldEnvironment = {
  now: NOW,
  randomBytes: randomSource(9),
  startOfDay,
  utcOfLocal,
  localOfUtc,
  zoneNamed,
};

const named = (id: number): { guid: string; id: number } => ({ guid: PSETID_APPOINTMENT, id });
const appointment = namedIn(PSETID_APPOINTMENT);

/** A zone that is known. */
function known(name: string, ...times: number[]): MessageTimeZone {
  const zone = zoneNamed(name, times);
  assert.ok(zone, name);
  return zone;
}

const BERLIN = known("W. Europe Standard Time", Date.UTC(2026, 2, 1));

function item(timeZone: MessageTimeZone, preset: PresetId = "appointment"): MessageOutline {
  const storage = createItem({
    preset,
    unicode: true,
    timeZone,
    now: () => NOW,
    randomBytes: randomSource(7),
  });
  return outlineOf(storage.toBytes());
}

const change = (outline: MessageOutline, field: string, value: string | bigint | boolean): void =>
  changeField(outline, "", field, value, ENVIRONMENT);

function put(outline: MessageOutline, id: number, type: number, value: unknown): void {
  const { name } = appointment(id, type, value);
  outline.setProperty("", outline.tagOfName(name, type), value);
}

/** What start and end are in UTC. */
function span(outline: MessageOutline): string[] {
  const reader = readerOf(outline, "");
  return [PR_START_DATE, PR_END_DATE].map((tag) =>
    new Date(msOfFileTime(reader.time(tag) ?? 0n)).toISOString().slice(0, 16),
  );
}

describe("the time zone of an appointment", () => {
  it("that is changed keeps what the clock shows, on both sides of the change to summer time", () => {
    const outline = item(BERLIN);
    // 23:30 on Saturday to 04:00 on Sunday, over the night in which Berlin's clock leaves out an hour.
    change(outline, "start", utc(2026, 3, 28, 22, 30));
    change(outline, "end", utc(2026, 3, 29, 2, 0));
    change(outline, "timeZone", "Tokyo Standard Time");
    assert.deepEqual(span(outline), ["2026-03-28T14:30", "2026-03-28T19:00"]);
    const reader = readerOf(outline, "");
    assert.equal(appointmentZone(reader, "start")?.name, "Tokyo Standard Time");
    assert.equal(appointmentZone(reader, "end")?.name, "Tokyo Standard Time");
    assert.equal(reader.number(named(0x8213)), 270, "it lasts longer: no hour is left out there");
    change(outline, "timeZone", "Eastern Standard Time");
    assert.deepEqual(
      span(outline),
      ["2026-03-29T03:30", "2026-03-29T08:00"],
      "summer time since three weeks",
    );
    change(outline, "timeZone", BERLIN.name);
    assert.deepEqual(span(outline), ["2026-03-28T22:30", "2026-03-29T02:00"]);
    assert.deepEqual(readerOf(outline, "").bytes(named(0x825e)), timeZoneDefinition(BERLIN));
  });

  it("takes reminder and every other time along", () => {
    const outline = item(BERLIN, "meetingRequest");
    change(outline, "start", utc(2026, 7, 1, 8, 0));
    change(outline, "timeZone", "GMT Standard Time");
    const reader = readerOf(outline, "");
    const start = utc(2026, 7, 1, 9, 0);
    for (const id of [0x820d, 0x8235]) assert.equal(reader.time(named(id)), start);
    for (const id of [0x8502, 0x8516]) assert.equal(reader.time({ guid: PSETID_COMMON, id }), start);
    assert.equal(reader.time({ guid: PSETID_COMMON, id: 0x8560 }), utc(2026, 7, 1, 8, 45));
  });

  it("is undone whole", () => {
    const outline = item(BERLIN);
    const [before, start] = [outline.snapshot(), outline.property("", PR_START_DATE)?.value];
    const names = outline.snapshot().names;
    change(outline, "timeZone", "Asia/Kathmandu");
    assert.notEqual(outline.snapshot().message, before.message);
    assert.equal(appointmentZone(readerOf(outline, ""), "start")?.name, "Nepal Standard Time");
    outline.restore(before);
    assert.equal(outline.snapshot().message, before.message);
    assert.equal(outline.snapshot().names, names);
    assert.equal(outline.property("", PR_START_DATE)?.value, start);
  });

  it("is the same in the properties that only some appointments have", () => {
    const outline = item(BERLIN);
    for (const id of [0x8233, 0x8234, 0x8260])
      assert.equal(readerOf(outline, "").value(named(id)), undefined);
    put(outline, 0x8233, PT_BINARY, timeZoneStruct(BERLIN));
    put(outline, 0x8234, PT_UNICODE, "(UTC+01:00) Amsterdam, Berlin");
    put(outline, 0x8260, PT_BINARY, timeZoneDefinition(BERLIN, true));
    change(outline, "timeZone", "AUS Eastern Standard Time");
    const reader = readerOf(outline, "");
    const sydney = known("AUS Eastern Standard Time", Date.UTC(2026, 2, 12));
    assert.deepEqual(zoneOfStruct(reader.bytes(named(0x8233)), sydney.name), sydney);
    assert.equal(reader.text(named(0x8234)), sydney.name);
    assert.deepEqual(zoneOfDefinition(reader.bytes(named(0x8260))), sydney);
    const flagsAt = 4 + 6 + 2 * sydney.name.length + 4;
    assert.equal(reader.bytes(named(0x8260))?.[flagsAt], 3, "the rule in effect, and that of the series");
    assert.equal(reader.bytes(named(0x825e))?.[flagsAt], 2);
  });

  it("of an all-day one keeps its days", () => {
    const outline = item(BERLIN);
    change(outline, "start", utc(2026, 10, 25, 9, 0));
    change(outline, "allDay", true);
    assert.deepEqual(span(outline), ["2026-10-24T22:00", "2026-10-25T23:00"], "a day of 25 hours in Berlin");
    change(outline, "timeZone", "Tokyo Standard Time");
    assert.deepEqual(span(outline), ["2026-10-24T15:00", "2026-10-25T15:00"]);
  });

  it("that it does not have is that of the person before", () => {
    const outline = item(BERLIN);
    for (const id of [0x825e, 0x825f]) {
      outline.deleteProperties("", [outline.tagOfName(named(id), PT_BINARY)]);
    }
    assert.equal(appointmentZone(readerOf(outline, ""), "start"), undefined);
    const start = utcOfLocal(utc(2026, 5, 4, 9, 30));
    change(outline, "start", start);
    change(outline, "timeZone", "Tokyo Standard Time");
    assert.equal(span(outline)[0], "2026-05-04T00:30");
  });

  it("is not changed to one that nobody knows, and not in a series", () => {
    const outline = item(BERLIN);
    const before = outline.snapshot().message;
    for (const name of ["Nowhere Standard Time", "", "+01:00", "constructor", "x".repeat(9999)]) {
      const isUnknown = (error: unknown): boolean =>
        error instanceof MapiError && error.message.includes(FIELD_MESSAGES.unknownZone);
      assert.throws(() => change(outline, "timeZone", name), isUnknown, name.slice(0, 30));
    }
    assert.equal(outline.snapshot().message, before);
    put(outline, 0x8223, PT_BOOLEAN, true);
    assert.throws(() => change(outline, "timeZone", "UTC"), MapiError);
    const field = formFields("IPM.Appointment").find(({ id }) => id === "timeZone");
    assert.equal(field?.readOnly?.(readerOf(outline, "")), FIELD_MESSAGES.recurringZone);
  });
});

describe("the time zones to choose from", () => {
  it("are all known, each once, those of Windows and those that the host knows beside them", function () {
    this.timeout(120_000);
    const names = zoneChoices().map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
    for (const name of ["UTC", "W. Europe Standard Time", "Tokyo Standard Time", "Indian/Maldives"]) {
      assert.ok(names.includes(name), name);
    }
    const berlin = zoneChoices().find(({ name }) => name === "W. Europe Standard Time");
    assert.match(berlin?.description ?? "", /^UTC\+01:00 Berlin, Amsterdam, Vienna/);
    assert.match(
      zoneChoices().find(({ name }) => name === "Newfoundland Standard Time")?.description ?? "",
      /^UTC-03:30 /,
    );
  });

  it("have rules that are right at the time of the appointment, also where they were others then", () => {
    // In the United States summer time began in April until 2006.
    const cases = [
      [2006, 2, 20, -300],
      [2006, 9, 30, -300],
      [2007, 2, 20, -240],
      [2026, 2, 20, -240],
    ] as const;
    for (const [year, month, day, offset] of cases) {
      const clock = Date.UTC(year, month, day, 12);
      const zone = known("Eastern Standard Time", clock, clock);
      assert.equal(zoneOffset(zone, utcInZone(zone, clock)), offset, new Date(clock).toISOString());
    }
    // Russia stayed in summer time in 2011 and left it in 2014: no yearly rule says that.
    const moscow = Date.UTC(2012, 0, 15, 12);
    assert.equal(zoneOffset(known("Russian Standard Time", moscow), moscow), 240);
  });

  it("know which moment a clock means when it leaves out an hour and when one comes twice", () => {
    const at = (...clock: readonly [number, number, number, number, number]): string =>
      new Date(utcInZone(BERLIN, Date.UTC(...clock))).toISOString().slice(0, 16);
    assert.equal(at(2026, 2, 29, 1, 59), "2026-03-29T00:59");
    assert.equal(at(2026, 2, 29, 2, 30), "2026-03-29T01:30");
    assert.equal(at(2026, 2, 29, 3, 0), "2026-03-29T01:00");
    assert.equal(at(2026, 9, 25, 2, 30), "2026-10-25T00:30");
    assert.equal(at(2026, 9, 25, 3, 0), "2026-10-25T02:00");
    const there = fileTimeOfMs(Date.UTC(2026, 6, 1, 9));
    assert.equal(utcOfLocal(localOfUtc(there)), there);
  });
});
