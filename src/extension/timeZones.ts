/** The time zones that an appointment can be given: those of Windows, and those of the tz database that the host knows. */
import { type MessageTimeZone, UTC_ZONE, utcInZone, type ZoneClock, zoneOfClock, zoneOffset } from "../core";
import type { ComposeZone } from "../protocol/compose";
import { WINDOWS_ZONES, windowsZoneName } from "./localTimeZone";

const MINUTE_MS = 60_000;
const HOUR = 60;
/** Years over which a rule has to be right: first what lies ahead, then the year itself, where rules change after it. */
const SPANS = [5, 1];

const isUtc = (name: string): boolean => /^(?:Etc\/)?(?:UTC|GMT|UCT)$/i.test(name);

/** A clock by the tables of the host; undefined for a zone that they do not have. */
function clockOf(id: string): ZoneClock["offsetAt"] | undefined {
  try {
    const format = new Intl.DateTimeFormat("en-US", {
      timeZone: id,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    return (utcMs) => {
      const found: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
      for (const { type, value } of format.formatToParts(utcMs)) found[type] = Number(value);
      const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = found;
      const shown = Date.UTC(year, month - 1, day, hour, minute, second);
      return Math.round((shown - Math.floor(utcMs / 1000) * 1000) / MINUTE_MS);
    };
  } catch {
    return undefined;
  }
}

const idsOf = (windowsName: string): readonly string[] => WINDOWS_ZONES[windowsName]?.split(" ") ?? [];

/** The zones that the host knows and that no name of Windows stands for. */
function otherZones(): string[] {
  return Intl.supportedValuesOf("timeZone").filter((id) => windowsZoneName(id) === id && !isUtc(id));
}

const two = (value: number): string => String(value).padStart(2, "0");

/** "UTC+05:30". */
function offsetText(offset: number): string {
  const minutes = Math.abs(offset);
  return `UTC${offset < 0 ? "-" : "+"}${two(Math.floor(minutes / HOUR))}:${two(minutes % HOUR)}`;
}

/** What the clock shows without summer time, in minutes from UTC. */
function standardOffset(ids: readonly string[]): number {
  const year = new Date().getUTCFullYear();
  for (const id of ids) {
    const offsetAt = clockOf(id);
    if (offsetAt) return Math.min(offsetAt(Date.UTC(year, 0, 1)), offsetAt(Date.UTC(year, 6, 1)));
  }
  return 0;
}

const cityOf = (id: string): string => id.slice(id.lastIndexOf("/") + 1).replaceAll("_", " ");

function madeChoices(): readonly ComposeZone[] {
  const known = Object.keys(WINDOWS_ZONES).map((name) => {
    const ids = idsOf(name);
    const cities = [...new Set(ids.map(cityOf))].join(", ");
    return { name, offset: standardOffset(ids), cities };
  });
  const others = otherZones().map((name) => ({ name, offset: standardOffset([name]), cities: "" }));
  return [{ name: UTC_ZONE.name, offset: 0, cities: "" }, ...known, ...others]
    .sort((a, b) => a.offset - b.offset)
    .map(({ name, offset, cities }) => ({
      name,
      description: cities === "" ? offsetText(offset) : `${offsetText(offset)} ${cities}`,
    }));
}

let choices: readonly ComposeZone[] | undefined;

/** All zones from west to east, those that Windows names first. */
export const zoneChoices = (): readonly ComposeZone[] => (choices ??= madeChoices());

/**
 * The zone of a name of Windows or of the tz database, with rules that are right when its clock shows the given times, in
 * milliseconds since 1970 as if they were UTC; undefined for a name that is neither.
 */
export function zoneNamed(name: string, clockTimes: readonly number[]): MessageTimeZone | undefined {
  if (isUtc(name)) return UTC_ZONE;
  const wanted = name.toLowerCase();
  const known = zoneChoices().find((choice) => choice.name.toLowerCase() === wanted)?.name;
  const ids = known === undefined || !Object.hasOwn(WINDOWS_ZONES, known) ? [known ?? name] : idsOf(known);
  const offsetAt = ids.map(clockOf).find((clock) => clock !== undefined);
  // An offset such as "+01:00" is a clock to the host, and no zone.
  if (!offsetAt || /^[+-]/.test(name)) return undefined;
  const clock: ZoneClock = { name: known ?? windowsZoneName(name), offsetAt };
  const year = new Date(clockTimes[0] ?? Date.now()).getUTCFullYear();
  const isRight = (zone: MessageTimeZone): boolean =>
    clockTimes.every((time) => {
      const utc = utcInZone(zone, time);
      return zoneOffset(zone, utc) === offsetAt(utc);
    });
  for (const years of SPANS) {
    const zone = zoneOfClock(clock, year, years);
    if (isRight(zone)) return zone;
  }
  const [first = Date.now()] = clockTimes;
  const standing = offsetAt(first - offsetAt(first) * MINUTE_MS);
  return zoneOfClock({ name: clock.name, offsetAt: () => standing }, year, 1);
}
