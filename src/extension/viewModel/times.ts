/** FILETIME values as people read them: local time with its zone. */

import { formatValue, parseValue, PT_SYSTIME, type ValueResult } from "../../core";
import type { TimeTexts } from "../../protocol/editors";

const TICKS_PER_MS = 10_000n;
const TICKS_PER_SECOND = 10_000_000n;
const MAX_TICKS = (1n << 64n) - 1n;
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

const dateOfTicks = (ticks: bigint): Date => new Date(Number(ticks / TICKS_PER_MS - EPOCH_MS));

/** "2026-03-01T09:12:44.1230000" by the clock of the machine; every FILETIME has one. */
function localText(ticks: bigint): string {
  const date = dateOfTicks(ticks);
  const year = date.getFullYear();
  const years = year > 9999 ? `+${year}` : String(year).padStart(4, "0");
  const fraction = (ticks % TICKS_PER_SECOND).toString().padStart(7, "0");
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return `${years}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${time}.${fraction}`;
}

/** A FILETIME in each of the forms it is edited in. */
export function timeTexts(ticks: bigint): TimeTexts {
  return {
    utc: formatValue(PT_SYSTIME, ticks),
    local: localText(ticks),
    zone: zoneOf(dateOfTicks(ticks).getTimezoneOffset()),
    fileTime: `0x${ticks.toString(16).toUpperCase().padStart(16, "0")}`,
    isNone: isNoTime(ticks),
  };
}

/** The FILETIME of a moment of the machine's clock, given as if it were UTC. */
function fromLocal(wall: bigint): bigint {
  const read = dateOfTicks(wall);
  const [year, month, day] = [read.getUTCFullYear(), read.getUTCMonth(), read.getUTCDate()];
  const date = new Date(year, month, day, read.getUTCHours(), read.getUTCMinutes(), read.getUTCSeconds());
  return (BigInt(date.getTime()) + EPOCH_MS) * TICKS_PER_MS + (wall % TICKS_PER_SECOND);
}

/** Text that says by itself which moment it means: with a zone, as ticks, or none. */
const HAS_ZONE = /(?:Z|[+-]\d{2}(?::?\d{2})?)\s*$/i;
const isAbsolute = (text: string): boolean =>
  !/^\s*\+?\d{4,6}-/.test(text) || HAS_ZONE.test(text.replace(/^[^T ]*/i, ""));

/** A FILETIME out of typed text; `local` says that a text without a zone is by the machine's clock. */
export function readTime(text: string, local: boolean): ValueResult<bigint> {
  const result = parseValue(PT_SYSTIME, text.replaceAll("\u2212", "-"));
  if (!result.ok) return result;
  const ticks = typeof result.value === "bigint" ? result.value : 0n;
  if (!local || isAbsolute(text.trim())) return { ok: true, value: ticks };
  const moved = fromLocal(ticks);
  if (moved >= 0n && moved <= MAX_TICKS) return { ok: true, value: moved };
  const refused = parseValue(PT_SYSTIME, "1600-01-01");
  return refused.ok ? { ok: true, value: 0n } : refused;
}

/** The FILETIME of now. */
export function ticksNow(): bigint {
  return (BigInt(Date.now()) + EPOCH_MS) * TICKS_PER_MS;
}
