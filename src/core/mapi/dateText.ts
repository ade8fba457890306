/**
 * Dates and times as people write them: ISO 8601, proleptic Gregorian, to 100 ns.
 * PtypTime ([MS-OXCDATA] 2.11.1) is a FILETIME: 100 ns since 1601-01-01 UTC, unsigned, 64 bits.
 * PtypFloatingTime is a double: days since 1899-12-30, local; its fraction is the time of day and counts forward
 * from the whole day also where the number is negative.
 */
import { formatDouble, parseDouble } from "./numberText";
import { invalid, valid } from "./valueTextError";
import type { ValueResult } from "./valueTextError";

const TICKS_PER_SECOND = 10_000_000n;
const TICKS_PER_DAY = 86_400n * TICKS_PER_SECOND;
const MAX_TICKS = (1n << 64n) - 1n;
/** Days from 1601-01-01 and from 1899-12-30 to 1970-01-01. */
const DAYS_1601_TO_1970 = 134_774;
const DAYS_1899_TO_1970 = 25_569;
/** Years that a PtypFloatingTime is written as a date in: those of the VARIANT date. */
const FIRST_LOCAL_YEAR = 100;
const LAST_LOCAL_YEAR = 9999;
/** Days in 400 years, after which the calendar repeats. */
const ERA_DAYS = 146_097;

interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Days from 1970-01-01 of a date; years start in March, so that the leap day is the last. */
function daysOfDate({ year, month, day }: CivilDate): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * ERA_DAYS + dayOfEra - 719_468;
}

/** The date of a number of days from 1970-01-01. */
function dateOfDays(days: number): CivilDate {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / ERA_DAYS);
  const dayOfEra = shifted - era * ERA_DAYS;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  };
}

const two = (value: number | bigint): string => value.toString().padStart(2, "0");

/** "2026-03-01"; years after 9999 in the expanded form, "+30828-09-14". */
function dateText({ year, month, day }: CivilDate): string {
  const years = year > 9999 ? `+${year}` : year.toString().padStart(4, "0");
  return `${years}-${two(month)}-${two(day)}`;
}

/** "08:12:44", with `decimals` digits after the seconds. */
function timeText(ticks: bigint, decimals: number): string {
  const seconds = ticks / TICKS_PER_SECOND;
  const fraction = (ticks % TICKS_PER_SECOND).toString().padStart(7, "0").slice(0, decimals);
  const clock = `${two(seconds / 3600n)}:${two((seconds / 60n) % 60n)}:${two(seconds % 60n)}`;
  return decimals === 0 ? clock : `${clock}.${fraction}`;
}

/** A FILETIME as "2026-03-01T08:12:44.1230000Z"; 0 is "1601-01-01T00:00:00.0000000Z". */
export function formatFileTime(ticks: bigint): string {
  const raw = BigInt.asUintN(64, ticks);
  const date = dateOfDays(Number(raw / TICKS_PER_DAY) - DAYS_1601_TO_1970);
  return `${dateText(date)}T${timeText(raw % TICKS_PER_DAY, 7)}Z`;
}

/** A date and time that was typed. */
interface Moment {
  /** Days from 1970-01-01. */
  readonly days: number;
  readonly year: number;
  /** 100 ns since midnight. */
  readonly ticks: bigint;
  /** "Z", "+02:00"; "" where none was given. */
  readonly zone: string;
}

const MOMENT =
  /^(\+?\d{4,6})-(\d{1,2})-(\d{1,2})(?:[T ]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/** Reads an ISO date with an optional time and zone; undefined where the text has no such form. */
function parseMoment(text: string): ValueResult<Moment> | undefined {
  const match = text.length > 64 ? null : MOMENT.exec(text);
  if (match === null) return undefined;
  const [, years = "", months, days, hours = "0", minutes = "0", seconds = "0", decimals = "", zone = ""] =
    match;
  const date = { year: Number(years), month: Number(months), day: Number(days) };
  const dayCount = daysOfDate(date);
  const back = dateOfDays(dayCount);
  if (back.month !== date.month || back.day !== date.day)
    return invalid("noSuchDate", text.split(/[T ]/i)[0] ?? text);
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) {
    return invalid("noSuchTimeOfDay", `${two(Number(hours))}:${minutes}:${two(Number(seconds))}`);
  }
  const significant = decimals.replace(/0+$/, "");
  if (significant.length > 7) return invalid("tooManyDecimals");
  const whole = BigInt(Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds));
  const ticks = whole * TICKS_PER_SECOND + BigInt(significant.padEnd(7, "0"));
  return valid({ days: dayCount, year: date.year, ticks, zone: zone.toUpperCase() });
}

/** Minutes east of UTC of "Z", "+02", "+0200", "+02:00"; no zone counts as UTC. */
function offsetMinutes(zone: string): ValueResult<number> {
  if (zone === "" || zone === "Z") return valid(0);
  const digits = zone.slice(1).replace(":", "").padEnd(4, "0");
  const hours = Number(digits.slice(0, 2));
  const minutes = Number(digits.slice(2));
  if (hours > 23 || minutes > 59) return invalid("noSuchOffset", zone);
  return valid((zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes));
}

/**
 * A FILETIME out of ISO text with Z or an offset, 0 to 7 decimals; a date alone is its midnight, and a text without
 * a zone is in UTC. "none" is 0, and "0x01DCA8…" are the raw ticks.
 */
export function parseFileTime(text: string): ValueResult<bigint> {
  const trimmed = text.trim();
  if (trimmed.toLowerCase() === "none") return valid(0n);
  if (/^0x0*[0-9a-f]{1,16}$/i.test(trimmed)) return valid(BigInt(trimmed));
  const moment = parseMoment(trimmed);
  if (moment === undefined) return invalid("notTime");
  if (!moment.ok) return moment;
  const offset = offsetMinutes(moment.value.zone);
  if (!offset.ok) return offset;
  const { days, ticks } = moment.value;
  const value =
    BigInt(days + DAYS_1601_TO_1970) * TICKS_PER_DAY + ticks - BigInt(offset.value * 60) * TICKS_PER_SECOND;
  return value < 0n || value > MAX_TICKS
    ? invalid("outOfRange", "1601-01-01", formatFileTime(MAX_TICKS))
    : valid(value);
}

/** The PtypFloatingTime of a date and a time of day. */
function floatingTime(days: number, ticks: bigint): number {
  const whole = days + DAYS_1899_TO_1970;
  const fraction = Number(ticks) / Number(TICKS_PER_DAY);
  return whole < 0 ? whole - fraction : whole + fraction;
}

/** The time of day of a fraction of a day, rounded to `decimals` decimals of a second. */
function roundedTicks(fraction: number, decimals: number): bigint {
  const scale = 10 ** decimals;
  return BigInt(Math.round(fraction * 86_400 * scale)) * (TICKS_PER_SECOND / BigInt(scale));
}

/**
 * A PtypFloatingTime as local ISO text, "2026-03-01T08:12:44", with 3 or 7 decimals where it takes them; the number
 * itself where no such text reads back as exactly the same number.
 */
export function formatAppTime(value: number): string {
  const whole = Math.trunc(value);
  const date = Math.abs(whole) < 4_000_000 ? dateOfDays(whole - DAYS_1899_TO_1970) : undefined;
  if (date === undefined || date.year < FIRST_LOCAL_YEAR || date.year > LAST_LOCAL_YEAR)
    return formatDouble(value);
  for (const decimals of [0, 3, 7]) {
    const ticks = roundedTicks(Math.abs(value - whole), decimals);
    const same = Object.is(floatingTime(whole - DAYS_1899_TO_1970, ticks), value);
    if (same && ticks < TICKS_PER_DAY) return `${dateText(date)}T${timeText(ticks, decimals)}`;
  }
  return formatDouble(value);
}

/** A PtypFloatingTime out of local ISO text, without a zone, or out of a number of days. */
export function parseAppTime(text: string): ValueResult<number> {
  const trimmed = text.trim();
  const moment = parseMoment(trimmed);
  if (moment === undefined) {
    const number = parseDouble(trimmed);
    return number.ok || number.message.code === "outOfRange" ? number : invalid("notLocalTime");
  }
  if (!moment.ok) return moment;
  const { zone, year, days, ticks } = moment.value;
  if (zone !== "") return invalid("zoneNotAllowed", zone);
  if (year < FIRST_LOCAL_YEAR || year > LAST_LOCAL_YEAR)
    return invalid("outOfRange", "0100-01-01", "9999-12-31");
  return valid(floatingTime(days, ticks));
}

/** The FILETIME of a PtypFloatingTime, its clock read as UTC; undefined before 1601, after the last one, or of NaN. */
export function fileTimeOfAppTime(value: number): bigint | undefined {
  const whole = Math.trunc(value);
  if (!(Math.abs(whole) < 100_000_000)) return undefined;
  const days = BigInt(whole - DAYS_1899_TO_1970 + DAYS_1601_TO_1970);
  const ticks = days * TICKS_PER_DAY + roundedTicks(Math.abs(value - whole), 7);
  return ticks < 0n || ticks > MAX_TICKS ? undefined : ticks;
}
