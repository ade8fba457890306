/** FILETIME values as people read them: local time with its zone. */

const TICKS_PER_MS = 10_000n;
const EPOCH_MS = 11_644_473_600_000n;
/** 4501-01-01, Outlook's "no date"; 0 is "not set". */
const NO_DATE = 0x0cb34557a3dd4000n;
/** Beyond this a JavaScript Date has no value. */
const MAX_DATE_MS = 8_640_000_000_000_000n;

const two = (value: number): string => String(value).padStart(2, "0");

function zoneOf(offsetMinutes: number): string {
  const minutes = Math.abs(offsetMinutes);
  const sign = offsetMinutes <= 0 ? "+" : "−";
  return `${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** Whether a time stands for none: 0, or the date that Outlook writes for "no date". */
export function isNoTime(ticks: bigint): boolean {
  return ticks === 0n || ticks === NO_DATE;
}

/** "2026-03-01 09:12:44.1230000 +01:00" in the zone of the machine; undefined beyond what a date can be. */
export function localTime(ticks: bigint): string | undefined {
  const ms = ticks / TICKS_PER_MS - EPOCH_MS;
  if (ms > MAX_DATE_MS) return undefined;
  const date = new Date(Number(ms));
  const day = `${String(date.getFullYear()).padStart(4, "0")}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  const fraction = (ticks % 10_000_000n).toString().padStart(7, "0");
  return `${day} ${time}${fraction === "0000000" ? "" : `.${fraction}`} ${zoneOf(date.getTimezoneOffset())}`;
}
