/** Time zones written into appointments ([MS-OXOCAL] 2.2.1.41): the rules of a clock that only tells its offset. */
import { type MessageTimeZone, type Transition, zoneOffset } from "./timeZone";

/** A clock somewhere. */
export interface ZoneClock {
  /** The name under which Windows knows the zone: "W. Europe Standard Time". */
  readonly name: string;
  /** Minutes to add to UTC for its time at a moment, in milliseconds since 1970. */
  readonly offsetAt: (utcMs: number) => number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const DAYS_OF_WEEK = 7;
const LAST_WEEK = 5;
/** Years over which a rule has to be right. */
const YEARS = 5;

const NEVER: Transition = { year: 0, month: 0, dayOfWeek: 0, day: 0, minutes: 0 };

/** Coordinated Universal Time, which changes never. */
export const UTC_ZONE: MessageTimeZone = {
  name: "UTC",
  rule: { bias: 0, standardBias: 0, daylightBias: 0, standard: NEVER, daylight: NEVER },
};

/** A change of a clock: when, and the offsets before and after it. */
interface Change {
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

/** The changes of a clock in a year, to the minute. */
function changesIn({ offsetAt }: ZoneClock, year: number): Change[] {
  const changes: Change[] = [];
  const end = Date.UTC(year + 1, 0, 1);
  for (let day = Date.UTC(year, 0, 1); day < end; day += DAY_MS) {
    const [before, after] = [offsetAt(day), offsetAt(day + DAY_MS)];
    if (before === after) continue;
    let [from, to] = [day, day + DAY_MS];
    while (to - from > MINUTE_MS) {
      const middle = from + Math.floor((to - from) / 2 / MINUTE_MS) * MINUTE_MS;
      if (offsetAt(middle) === before) from = middle;
      else to = middle;
    }
    changes.push({ at: to, before, after });
  }
  return changes;
}

/** The yearly rules that a change can be an instance of: "the fourth Sunday", and "the last" where it is that too. */
function rulesOf({ at, before }: Change): Transition[] {
  const local = new Date(at + before * MINUTE_MS);
  const [year, month, date] = [local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate()];
  const isLast = date + DAYS_OF_WEEK > new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const which = Math.ceil(date / DAYS_OF_WEEK);
  const minutes = local.getUTCHours() * 60 + local.getUTCMinutes();
  return [...(isLast ? [LAST_WEEK] : []), ...(which < LAST_WEEK ? [which] : [])].map((day) => ({
    year: 0,
    month: month + 1,
    dayOfWeek: local.getUTCDay(),
    day,
    minutes,
  }));
}

const fixed = (name: string, offset: number): MessageTimeZone => ({
  name,
  rule: { bias: -offset, standardBias: 0, daylightBias: 0, standard: NEVER, daylight: NEVER },
});

/** How many of the changes of a clock a zone gets right, before and after each. */
function score(zone: MessageTimeZone, changes: readonly Change[]): number {
  return changes.filter(
    ({ at, before, after }) => zoneOffset(zone, at - MINUTE_MS) === before && zoneOffset(zone, at) === after,
  ).length;
}

/**
 * The zone of a clock with the yearly rule that it follows from a year on. A clock that follows none, as where summer time
 * is decided year by year, gets the rule that is right most often.
 * @param years for how many years the rule has to be right
 */
export function zoneOfClock(clock: ZoneClock, year: number, years = YEARS): MessageTimeZone {
  const ahead = Array.from({ length: years }, (_, i) => changesIn(clock, year + i)).flat();
  const toDaylight = ahead.find(({ before, after }) => after > before);
  const toStandard = ahead.find(({ before, after }) => after < before);
  const standing = fixed(clock.name, clock.offsetAt(Date.UTC(year, 0, 1)));
  if (!toDaylight || !toStandard) return standing;
  const [standardOffset, daylightOffset] = [toStandard.after, toStandard.before];
  const candidates = rulesOf(toStandard).flatMap((standard) =>
    rulesOf(toDaylight).map((daylight): MessageTimeZone => {
      const daylightBias = standardOffset - daylightOffset;
      return {
        name: clock.name,
        rule: { bias: -standardOffset, standardBias: 0, daylightBias, standard, daylight },
      };
    }),
  );
  return candidates.reduce(
    (best, each) => (score(each, ahead) > score(best, ahead) ? each : best),
    candidates[0] ?? standing,
  );
}

const MAJOR = 2;
const MINOR = 1;
/** Length of a TZRule behind its own head. */
const RULE_SIZE = 0x3e;
const RULE_BYTES = 4 + RULE_SIZE;
const EFFECTIVE = 2;
/** The rule is the one of PidLidTimeZoneStruct. */
const RECURRING = 1;
/** The year from which a rule holds that holds always. */
const EVER = 1601;
/** Characters of a key name, [MS-OXOCAL] 2.2.1.41. */
const MAX_NAME = 260;

/** Writes a change as a SYSTEMTIME: 16 bytes. */
export function putTransition(
  view: DataView,
  at: number,
  { year, month, dayOfWeek, day, minutes }: Transition,
): void {
  const words = [year, month, dayOfWeek, day, Math.floor(minutes / 60), minutes % 60, 0, 0];
  for (const [i, word] of words.entries()) view.setUint16(at + 2 * i, word, true);
}

/**
 * A PidLidAppointmentTimeZoneDefinitionStartDisplay or …EndDisplay value with one rule, in effect always: version 2.1, the
 * length of the header, 2, the key name in UTF-16, the number of rules; then the rule: version 2.1, 0x3E, its flags and
 * year, 14 bytes, three biases, and the two changes as SYSTEMTIME.
 * @param ofSeries for PidLidAppointmentTimeZoneDefinitionRecur
 */
export function timeZoneDefinition({ name, rule }: MessageTimeZone, ofSeries = false): Uint8Array {
  const key = name.slice(0, MAX_NAME);
  const header = 6 + 2 * key.length;
  const bytes = new Uint8Array(4 + header + RULE_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, MAJOR);
  view.setUint8(1, MINOR);
  view.setUint16(2, header, true);
  view.setUint16(4, 2, true);
  view.setUint16(6, key.length, true);
  for (let i = 0; i < key.length; i++) view.setUint16(8 + 2 * i, key.charCodeAt(i), true);
  view.setUint16(2 + header, 1, true);
  const at = 4 + header;
  view.setUint8(at, MAJOR);
  view.setUint8(at + 1, MINOR);
  view.setUint16(at + 2, RULE_SIZE, true);
  view.setUint16(at + 4, ofSeries ? EFFECTIVE | RECURRING : EFFECTIVE, true);
  view.setUint16(at + 6, EVER, true);
  view.setInt32(at + 22, rule.bias, true);
  view.setInt32(at + 26, rule.standardBias, true);
  view.setInt32(at + 30, rule.daylightBias, true);
  putTransition(view, at + 34, rule.standard);
  putTransition(view, at + 50, rule.daylight);
  return bytes;
}
