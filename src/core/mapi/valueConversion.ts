/** Values of one property type as values of another: for changing the type of a property that has a value. */
import { fileTimeOfAppTime } from "./dateText";
import { guidFromBytes, guidToBytes } from "./guid";
import {
  PROPERTY_TYPES,
  PT_ACTIONS,
  PT_APPTIME,
  PT_BINARY,
  PT_BOOLEAN,
  PT_CLSID,
  PT_CURRENCY,
  PT_DOUBLE,
  PT_ERROR,
  PT_I2,
  PT_I8,
  PT_LONG,
  PT_R4,
  PT_SRESTRICTION,
  PT_STRING8,
  PT_SVREID,
  PT_SYSTIME,
  PT_UNICODE,
  elementType,
  isMultiValued,
} from "./propertyTypes";
import { formatValue, parseValue } from "./valueText";
import { invalid, valid } from "./valueTextError";
import type { ValueResult } from "./valueTextError";

/** Types whose values convert into each other without a rule of their own for each pair. */
type Family = "number" | "text" | "bytes" | "boolean" | "time" | "localTime" | "guid";

const FAMILIES: ReadonlyMap<number, Family> = new Map<number, Family>([
  [PT_I2, "number"],
  [PT_LONG, "number"],
  [PT_I8, "number"],
  [PT_R4, "number"],
  [PT_DOUBLE, "number"],
  [PT_CURRENCY, "number"],
  [PT_ERROR, "number"],
  [PT_STRING8, "text"],
  [PT_UNICODE, "text"],
  [PT_BINARY, "bytes"],
  [PT_SVREID, "bytes"],
  [PT_SRESTRICTION, "bytes"],
  [PT_ACTIONS, "bytes"],
  [PT_BOOLEAN, "boolean"],
  [PT_SYSTIME, "time"],
  [PT_APPTIME, "localTime"],
  [PT_CLSID, "guid"],
]);

const INTEGER_TYPES: readonly number[] = [PT_I2, PT_LONG, PT_I8, PT_ERROR];

/** The name of a type in messages: "PT_LONG". */
function typeName(type: number): string {
  return PROPERTY_TYPES.get(type)?.mapi ?? `0x${type.toString(16).toUpperCase().padStart(4, "0")}`;
}

/** A number's plain decimal text; of an error code the signed number it is. */
function decimalText(type: number, value: unknown): string {
  if (type === PT_ERROR && typeof value === "number") return String(value | 0);
  const text = formatValue(type, value);
  return type === PT_CURRENCY ? text.replace(/\.?0+$/, "") : text;
}

/** The digits of a double in a form that the target reads: no exponent for whole numbers, four places for currency. */
function digitsFor(to: number, value: number): string {
  const takesDigits = to === PT_CURRENCY || INTEGER_TYPES.includes(to);
  if (takesDigits && Number.isInteger(value)) return BigInt(value).toString();
  return to === PT_CURRENCY && Number.isFinite(value) ? value.toFixed(4) : formatValue(PT_DOUBLE, value);
}

/** Numbers go through their text, so that a value that does not fit is refused with the range that does. */
function toNumber(from: number, to: number, value: unknown): ValueResult {
  const isFloat = from === PT_DOUBLE || from === PT_R4;
  return parseValue(
    to,
    isFloat && typeof value === "number" ? digitsFor(to, value) : decimalText(from, value),
  );
}

/** Turns a value of one type into one of another; undefined where there is no way for this pair or this value. */
type Convert = (from: number, to: number, value: unknown) => ValueResult | undefined;

/** Only the raw 64 bits of an integer stand for a time, and the other way round. */
function rawTime(from: number, to: number, value: unknown): ValueResult | undefined {
  if (typeof value !== "bigint") return undefined;
  if (to === PT_I8) return valid(BigInt.asIntN(64, value));
  return from === PT_I8 ? valid(BigInt.asUintN(64, value)) : undefined;
}

/** Only a double holds the same days as a local time. */
function rawDays(from: number, to: number, value: unknown): ValueResult | undefined {
  return from === PT_DOUBLE || to === PT_DOUBLE ? valid(value) : undefined;
}

function localTimeToTime(_from: number, _to: number, value: unknown): ValueResult | undefined {
  const ticks = typeof value === "number" ? fileTimeOfAppTime(value) : undefined;
  return ticks === undefined ? undefined : valid(ticks);
}

function guidToBinary(_from: number, _to: number, value: unknown): ValueResult | undefined {
  const bytes = typeof value === "string" ? guidToBytes(value) : undefined;
  return bytes === undefined ? undefined : valid(bytes);
}

function binaryToGuid(_from: number, _to: number, value: unknown): ValueResult | undefined {
  return value instanceof Uint8Array && value.length === 16 ? valid(guidFromBytes(value)) : undefined;
}

/** Rules between families; to and from `text` the text codec is the rule. */
const RULES: ReadonlyMap<string, Convert> = new Map<string, Convert>([
  ["number>number", toNumber],
  ["number>boolean", (_from, _to, value) => valid(value !== 0 && value !== 0n)],
  ["boolean>number", (_from, to, value) => parseValue(to, value === true ? "1" : "0")],
  ["bytes>bytes", (_from, _to, value) => valid(value)],
  ["time>number", rawTime],
  ["number>time", rawTime],
  ["localTime>number", rawDays],
  ["number>localTime", rawDays],
  ["time>localTime", (_from, to, value) => parseValue(to, formatValue(PT_SYSTIME, value).replace(/Z$/, ""))],
  ["localTime>time", localTimeToTime],
  ["guid>bytes", guidToBinary],
  ["bytes>guid", binaryToGuid],
]);

function convertSingle(from: number, to: number, value: unknown): ValueResult {
  if (from === to) return valid(value);
  const source = FAMILIES.get(from);
  const target = FAMILIES.get(to);
  if (source === undefined || target === undefined) return invalid("noConversion", typeName(to));
  if (source === "text" || target === "text") return parseValue(to, formatValue(from, value));
  return RULES.get(`${source}>${target}`)?.(from, to, value) ?? invalid("noConversion", typeName(to));
}

/** Converts each of several values; an error names the first that fails, counted from 1. */
function convertEach(from: number, to: number, values: readonly unknown[]): ValueResult<unknown[]> {
  const converted: unknown[] = [];
  for (const [at, value] of values.entries()) {
    const result = convertSingle(from, to, value);
    if (!result.ok) return invalid("elementWrong", at + 1, result.message.message);
    converted.push(result.value);
  }
  return valid(converted);
}

/**
 * A value of one type as value of another, where there is a way: between numbers that fit (rounded to a 32-bit float,
 * and to the four places of currency), numbers and booleans, anything and its edit text, binary types and a GUID, times of both kinds (the digits of the
 * clock stay), times and their raw number. A single value becomes multi-valued as its only element, a multi-valued
 * one single-valued when it has one element. Everything else is refused with the reason.
 */
export function convertValue(fromType: number, toType: number, value: unknown): ValueResult {
  if (!PROPERTY_TYPES.has(toType)) return invalid("noConversion", typeName(toType));
  const from = elementType(fromType);
  const to = elementType(toType);
  if (!isMultiValued(fromType)) {
    return isMultiValued(toType) ? convertEach(from, to, [value]) : convertSingle(from, to, value);
  }
  const values: readonly unknown[] = Array.isArray(value) ? value : [];
  if (isMultiValued(toType)) return convertEach(from, to, values);
  return values.length === 1 ? convertSingle(from, to, values[0]) : invalid("notOneValue", values.length);
}
