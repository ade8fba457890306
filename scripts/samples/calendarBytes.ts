/** The binary values of a recurring appointment: [MS-OXOCAL] 2.2.1.44, 2.2.1.39, 2.2.1.41. */
import { join } from "./kit";

const TICKS_PER_MINUTE = 600_000_000n;

/** Little-endian integers one behind the other: pairs of width in bytes (1, 2, 4) and value. */
function integers(...fields: readonly (readonly [width: 1 | 2 | 4, value: number])[]): Uint8Array {
  const bytes = new Uint8Array(fields.reduce((sum, [width]) => sum + width, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [width, value] of fields) {
    if (width === 1) view.setUint8(at, value & 0xff);
    else if (width === 2) view.setUint16(at, value & 0xffff, true);
    else view.setUint32(at, value >>> 0, true);
    at += width;
  }
  return bytes;
}

/** Minutes since 1601: the dates of recurrences. */
export const minutesOf = (fileTime: bigint): number => Number(fileTime / TICKS_PER_MINUTE);

const MINUTES_PER_DAY = 1440;
const MINUTES_PER_WEEK = 7 * MINUTES_PER_DAY;
const WEEKLY = 0x200b;
const PATTERN_WEEK = 1;
const END_AFTER_COUNT = 0x2022;
const MONDAY = 1;

/** An appointment once a week, given in local time as FILETIME of midnights and minutes of the day. */
export interface WeeklySeries {
  readonly firstDay: bigint;
  /** 0 Sunday to 6 Saturday. */
  readonly weekday: number;
  readonly count: number;
  /** Occurrences that were deleted, counted from 0. */
  readonly deleted: readonly number[];
  readonly startMinute: number;
  readonly endMinute: number;
}

/** PidLidAppointmentRecur of a weekly series. */
export function weeklyRecurrence(series: WeeklySeries): Uint8Array {
  const first = minutesOf(series.firstDay);
  const weekStart = first - ((series.weekday - MONDAY + 7) % 7) * MINUTES_PER_DAY;
  const day = (index: number): number => first + index * MINUTES_PER_WEEK;
  return integers(
    [2, 0x3004],
    [2, 0x3004],
    [2, WEEKLY],
    [2, PATTERN_WEEK],
    [2, 0],
    [4, weekStart % MINUTES_PER_WEEK],
    [4, 1],
    [4, 0],
    [4, 1 << series.weekday],
    [4, END_AFTER_COUNT],
    [4, series.count],
    [4, MONDAY],
    [4, series.deleted.length],
    ...series.deleted.map((index) => [4, day(index)] as const),
    [4, 0],
    [4, first],
    [4, day(series.count - 1)],
    [4, 0x3006],
    [4, 0x3009],
    [4, series.startMinute],
    [4, series.endMinute],
    [2, 0],
    [4, 0],
    [4, 0],
  );
}

/** When a zone changes its time every year: the `week`th (5: last) Sunday of a month at an hour. */
export interface Change {
  readonly month: number;
  readonly week: number;
  readonly hour: number;
}

/** A time zone. UTC = local time + bias, in minutes. */
export interface Zone {
  /** Its key in the registry of Windows. */
  readonly name: string;
  readonly bias: number;
  readonly daylightBias: number;
  readonly toStandard: Change;
  readonly toDaylight: Change;
}

export const CENTRAL_EUROPE: Zone = {
  name: "W. Europe Standard Time",
  bias: -60,
  daylightBias: -60,
  toStandard: { month: 10, week: 5, hour: 3 },
  toDaylight: { month: 3, week: 5, hour: 2 },
};

/** A SYSTEMTIME of a yearly rule. */
const systemTime = ({ month, week, hour }: Change): Uint8Array =>
  integers([2, 0], [2, month], [2, 0], [2, week], [2, hour], [2, 0], [2, 0], [2, 0]);

/** PidLidTimeZoneStruct. */
export function timeZoneStruct(zone: Zone): Uint8Array {
  return join(
    integers([4, zone.bias], [4, 0], [4, zone.daylightBias], [2, 0]),
    systemTime(zone.toStandard),
    integers([2, 0]),
    systemTime(zone.toDaylight),
  );
}

/** Flags of the one rule of a zone definition. */
export const TZRULE_EFFECTIVE = 2;
export const TZRULE_RECUR_AND_EFFECTIVE = 3;

/** A time zone definition, PidLidAppointmentTimeZoneDefinition*. */
export function timeZoneDefinition(zone: Zone, flags: number): Uint8Array {
  const name = join(...Array.from(zone.name, (char) => integers([2, char.charCodeAt(0)])));
  return join(
    integers([1, 2], [1, 1], [2, 6 + name.length], [2, 2], [2, zone.name.length]),
    name,
    integers([2, 1], [1, 2], [1, 1], [2, 0x3e], [2, flags], [2, 1601]),
    new Uint8Array(14),
    integers([4, zone.bias], [4, 0], [4, zone.daylightBias]),
    systemTime(zone.toStandard),
    systemTime(zone.toDaylight),
  );
}
