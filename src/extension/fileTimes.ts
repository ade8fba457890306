/** FILETIME and the clock of the extension host: where the person is, as far as the host knows. */

const TICKS_PER_MS = 10_000n;
const EPOCH_MS = 11_644_473_600_000n;
const MS_PER_MINUTE = 60_000;

/** Milliseconds since 1970 of a FILETIME. */
export const msOfFileTime = (time: bigint): number => Number(time / TICKS_PER_MS - EPOCH_MS);

/** The FILETIME of milliseconds since 1970. */
export const fileTimeOfMs = (ms: number): bigint => (BigInt(Math.round(ms)) + EPOCH_MS) * TICKS_PER_MS;

/** The time now. */
export const fileTimeNow = (): bigint => fileTimeOfMs(Date.now());

/** The midnight at which the day of a moment began here. */
export function startOfDay(time: bigint): bigint {
  const date = new Date(msOfFileTime(time));
  return fileTimeOfMs(new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime());
}

/** What the clock shows here at a moment, held as if it were UTC. */
export function localOfUtc(utc: bigint): bigint {
  const offset = -new Date(msOfFileTime(utc)).getTimezoneOffset();
  return utc + BigInt(Math.round(offset * MS_PER_MINUTE)) * TICKS_PER_MS;
}

/** The moment that a date and time, held as if they were UTC, mean here. */
export function utcOfLocal(local: bigint): bigint {
  const ms = msOfFileTime(local);
  const wall = new Date(ms);
  const here = new Date(
    wall.getUTCFullYear(),
    wall.getUTCMonth(),
    wall.getUTCDate(),
    wall.getUTCHours(),
    wall.getUTCMinutes(),
  ).getTime();
  // What the minutes leave over is the same in every zone.
  return local + fileTimeOfMs(here) - fileTimeOfMs(Math.floor(ms / MS_PER_MINUTE) * MS_PER_MINUTE);
}
