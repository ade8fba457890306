/** Moments and days as people read them, in the language of the page and the zone of the machine. */

type Style = Intl.DateTimeFormatOptions;

const MOMENT: Style = { dateStyle: "full", timeStyle: "short" };
const SHORT: Style = { dateStyle: "medium", timeStyle: "short" };
const DAY: Style = { dateStyle: "full", timeZone: "UTC" };
const MINUTE_MS = 60_000;

function format(style: Style, time: number): string {
  try {
    return new Intl.DateTimeFormat(document.documentElement.lang || undefined, style).format(time);
  } catch {
    return new Date(time).toISOString();
  }
}

/** "Sunday, 1 March 2026 at 09:12". */
export const momentText = (time: number): string => format(MOMENT, time);
/** "1 Mar 2026, 09:12". */
export const shortMomentText = (time: number): string => format(SHORT, time);
/** "Sunday, 1 March 2026". */
export const dayText = (time: number): string => format(DAY, time);

/** What a clock shows `offset` minutes from UTC, when that is not what the clock here shows. */
export function otherClockText(time: number, offset: number): string | undefined {
  if (-new Date(time).getTimezoneOffset() === offset) return undefined;
  return format({ ...MOMENT, timeZone: "UTC" }, time + offset * MINUTE_MS);
}
