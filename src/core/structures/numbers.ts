/** Whole numbers in structures: their bytes, their texts, and what they may be. */
import { formatFileTime, parseFileTime } from "../mapi/dateText";
import { hex8 } from "../mapi/propertyTypes";
import type { NumberLayout } from "./layout";
import { flagText, parseFlagText } from "./names";
import type { StructureContext } from "./types";

/** Minutes that stand for "no date" ([MS-OXOCAL] 2.2.1.44.1). */
export const RTIME_NONE = 0x5ae980e0;
/** Minutes that stand for "no end". */
export const RTIME_NO_END = 0x5ae980df;
const TICKS_PER_MINUTE = 600_000_000n;
const MINUTE_WORDS: ReadonlyMap<number, string> = new Map([
  [RTIME_NONE, "none"],
  [RTIME_NO_END, "no end"],
]);
/** The top byte of the times that 6 bytes can hold ([MS-OXOMSG] 2.2.1.3). */
const TIME48_TOP = 0x01n;

/** A value, or a sentence on what is wrong. */
export type Outcome<T> = { readonly value: T } | { readonly message: string };

/** Minutes since 1601 as "2011-02-17T14:30", "none" or "no end". */
export function rTimeText(minutes: number): string {
  return (
    MINUTE_WORDS.get(minutes) ??
    formatFileTime(BigInt(minutes) * TICKS_PER_MINUTE).slice(0, "0000-00-00T00:00".length)
  );
}

/** Minutes of a day as "14:30". */
export function clockText(minutes: number): string {
  const hours = Math.trunc(minutes / 60);
  return `${hours.toString().padStart(2, "0")}:${(minutes % 60).toString().padStart(2, "0")}`;
}

function hexOf(layout: NumberLayout, value: number | bigint): string {
  const digits = BigInt.asUintN(layout.size * 8, BigInt(value))
    .toString(16)
    .toUpperCase();
  return `0x${digits.padStart(layout.size * 2, "0")}`;
}

/** The number in the bytes of a field. */
export function readNumber(layout: NumberLayout, bytes: Uint8Array): number | bigint | boolean {
  let raw = 0n;
  for (let at = 0; at < bytes.length; at++) {
    raw = raw * 256n + BigInt(bytes[layout.bigEndian === true ? at : bytes.length - 1 - at] ?? 0);
  }
  if (layout.form === "fileTime48") return raw << 16n;
  if (layout.form === "boolean" && raw <= 1n) return raw === 1n;
  const value = layout.signed === true ? BigInt.asIntN(layout.size * 8, raw) : raw;
  return layout.size > 6 ? value : Number(value);
}

/** The bytes of a number. */
export function writeNumber(layout: NumberLayout, value: number | bigint | boolean): Uint8Array {
  const whole = layout.form === "fileTime48" ? BigInt(value) >> 16n : BigInt(value);
  let raw = BigInt.asUintN(layout.size * 8, whole);
  const bytes = new Uint8Array(layout.size);
  for (let at = 0; at < bytes.length; at++) {
    bytes[layout.bigEndian === true ? bytes.length - 1 - at : at] = Number(raw & 0xffn);
    raw >>= 8n;
  }
  return bytes;
}

function tagText(tag: number, context: StructureContext): string {
  const described = context.names?.describeTag(tag);
  return described?.known === true ? `${described.name} (0x${hex8(tag)})` : `0x${hex8(tag)}`;
}

/** The value as people read it. */
export function showNumber(
  layout: NumberLayout,
  value: number | bigint | boolean,
  context: StructureContext,
): string {
  if (typeof value === "boolean") return String(value);
  if (layout.form === "fileTime" || layout.form === "fileTime48") return formatFileTime(BigInt(value));
  const named = typeof value === "number" ? flagText(layout.flags, value, context.names) : undefined;
  if (named !== undefined) return `${named} (${hexOf(layout, value)})`;
  if (layout.form === "rTime") return rTimeText(Number(value));
  if (layout.form === "minutes") return clockText(Number(value));
  if (layout.form === "tag") return tagText(Number(value), context);
  if (layout.form === "error") return `0x${hex8(Number(value))}`;
  if (layout.form === "hex" || layout.flags !== undefined || typeof value === "bigint")
    return hexOf(layout, value);
  return String(value);
}

/** The text that `parseNumber` takes for the value. */
export function numberText(layout: NumberLayout, value: number | bigint | boolean): string {
  if (typeof value === "boolean") return String(value);
  if (layout.form === "rTime") return rTimeText(Number(value));
  if (layout.form === "minutes") return clockText(Number(value));
  if (layout.form === "fileTime" || layout.form === "fileTime48") return formatFileTime(BigInt(value));
  const plain = (layout.form ?? "decimal") === "decimal";
  return plain && typeof value === "number" ? String(value) : hexOf(layout, value);
}

function parseMinutes(text: string): Outcome<number> | undefined {
  for (const [minutes, word] of MINUTE_WORDS) if (text.toLowerCase() === word) return { value: minutes };
  if (/^(?:0x[0-9a-f]+|\d+)$/i.test(text)) return undefined;
  const time = parseFileTime(text);
  if (!time.ok) return { message: "Not a date and time. Write it like 2026-03-01T08:12, or none." };
  if (time.value % TICKS_PER_MINUTE !== 0n)
    return { message: "The field holds whole minutes: leave out the seconds." };
  const minutes = time.value / TICKS_PER_MINUTE;
  if (minutes >= BigInt(RTIME_NO_END)) return { message: "Dates end on 4500-12-31." };
  return { value: Number(minutes) };
}

function parseClock(text: string): Outcome<number> | undefined {
  const [, hours, minutes] = /^(\d{1,4}):([0-5]\d)$/.exec(text) ?? [];
  return hours === undefined ? undefined : { value: Number(hours) * 60 + Number(minutes) };
}

function parseBoolean(text: string): Outcome<boolean> | undefined {
  if (/^true$/i.test(text)) return { value: true };
  return /^false$/i.test(text) ? { value: false } : undefined;
}

function parseTime(layout: NumberLayout, text: string): Outcome<bigint> {
  const time = parseFileTime(text);
  if (!time.ok) return { message: time.message.message };
  if (layout.form === "fileTime") return time;
  const kept = (time.value >> 16n) << 16n;
  return kept >> 56n === TIME48_TOP
    ? { value: kept }
    : { message: "The field holds times from 1829-05-05 to 2057-09-06 alone." };
}

/** Forms that are written in words, tried before digits. */
const WORDS: Partial<Record<string, (text: string) => Outcome<number | boolean> | undefined>> = {
  rTime: parseMinutes,
  minutes: parseClock,
  boolean: parseBoolean,
};

function range(layout: NumberLayout): readonly [bigint, bigint] {
  const bits = BigInt(layout.size * 8);
  return layout.signed === true ? [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n] : [0n, (1n << bits) - 1n];
}

/** A number out of what was typed: digits, hexadecimal, a date, names of flags. */
export function parseNumber(
  layout: NumberLayout,
  typed: string,
  context: StructureContext,
): Outcome<number | bigint | boolean> {
  const text = typed.trim();
  if (layout.form === "fileTime" || layout.form === "fileTime48") return parseTime(layout, text);
  const word = WORDS[layout.form ?? ""]?.(text);
  if (word !== undefined) return word;
  const digits = /^([+-]?)(0x[0-9a-f]{1,16}|\d{1,20})$/i.exec(text);
  if (digits === null) {
    const flags = layout.flags === undefined ? undefined : parseFlagText(layout.flags, text, context.names);
    if (flags !== undefined) return { value: flags };
    return { message: "Not a whole number. Write digits like 42, or hexadecimal like 0x2A." };
  }
  const size = BigInt(digits[2] ?? "0");
  const raw = digits[1] === "-" ? -size : size;
  const [min, max] = range(layout);
  const folded = layout.signed === true && /^0x/i.test(text) ? BigInt.asIntN(layout.size * 8, raw) : raw;
  if (folded < min || folded > max || (folded !== raw && raw >> BigInt(layout.size * 8) !== 0n)) {
    return { message: `Allowed are ${min} to ${max}.` };
  }
  return { value: layout.size > 6 ? folded : Number(folded) };
}

/** What is wrong with a value by the field's own rules; undefined when nothing is. */
export function checkNumber(layout: NumberLayout, value: number | bigint | boolean): string | undefined {
  if (layout.form === "fileTime48" && BigInt(value) >> 56n !== TIME48_TOP)
    return "The first byte has to be 0x01.";
  if (typeof value !== "number") {
    return layout.form === "boolean" && typeof value !== "boolean" ? "Write true or false." : undefined;
  }
  if (layout.form === "boolean") return `${hexOf(layout, value)} is neither true nor false.`;
  const { oneOf, mask, multipleOf, also } = layout;
  if (also?.includes(value) === true) return undefined;
  if (oneOf !== undefined && !oneOf.includes(value)) {
    const allowed = oneOf.map((each) => numberText(layout, each)).join(", ");
    return `${numberText(layout, value)} is none of the values there are: ${allowed}.`;
  }
  if (mask !== undefined && (value & ~mask) !== 0) {
    return `The bits ${hexOf(layout, (value & ~mask) >>> 0)} have no meaning; allowed are those of ${hexOf(layout, mask)}.`;
  }
  const min = layout.min ?? value;
  const max = layout.max ?? value;
  if (value < min || value > max) {
    const { size, min: low = 0, max: high = 2 ** (size * 8) - 1 } = layout;
    const allowed = [low, high].map((bound) => numberText(layout, bound)).join(" to ");
    return `${numberText(layout, value)} is out of range: allowed are ${allowed}.`;
  }
  if (multipleOf !== undefined && value % multipleOf !== 0) {
    return layout.form === "rTime"
      ? "The field holds a day: leave out the time."
      : `${value} is not a multiple of ${multipleOf}.`;
  }
  return undefined;
}
