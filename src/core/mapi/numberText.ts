/** Numbers as people write them: integers, floating point, currency ([MS-OXCDATA] 2.11.1). */
import { invalid, valid } from "./valueTextError";
import type { ValueResult } from "./valueTextError";

const CURRENCY_SCALE = 10_000n;
/** Digits enough for any 64-bit number; what is longer is out of range, and is not worth converting. */
const MAX_DIGITS = 20;

/**
 * A signed integer of `bits` bits out of decimal or hexadecimal text. Hexadecimal without a minus may use all the
 * bits: 0xFFFF is -1 in 16 bits.
 */
export function parseInteger(text: string, bits: 16 | 32 | 64): ValueResult<bigint> {
  const match = /^([+-]?)(?:0x([0-9a-f]+)|(\d+))$/i.exec(text.trim());
  if (match === null) return invalid("notInteger");
  const min = -(1n << BigInt(bits - 1));
  const max = -min - 1n;
  const hex = match[2];
  const digits = (hex ?? match[3] ?? "").replace(/^0+(?=.)/, "");
  if (digits.length > MAX_DIGITS) return invalid("outOfRange", min.toString(), max.toString());
  const size = BigInt(hex === undefined ? digits : `0x${digits}`);
  if (hex !== undefined && match[1] === "" && size >> BigInt(bits) === 0n)
    return valid(BigInt.asIntN(bits, size));
  const value = match[1] === "-" ? -size : size;
  return value < min || value > max ? invalid("outOfRange", min.toString(), max.toString()) : valid(value);
}

/** The shortest decimal text that reads back as the same 64-bit float; -0 keeps its sign. */
export function formatDouble(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

/** The shortest decimal text that rounds to the same 32-bit float. */
export function formatFloat(value: number): string {
  const single = Math.fround(value);
  if (!Number.isFinite(single) || single === 0) return formatDouble(single);
  for (let digits = 1; digits < 9; digits++) {
    const text = Number(single.toPrecision(digits));
    if (Math.fround(text) === single) return formatDouble(text);
  }
  return formatDouble(Number(single.toPrecision(9)));
}

/** A floating point number; text of a finite number too large for the type is an error, not Infinity. */
export function parseDouble(text: string, single = false): ValueResult<number> {
  const trimmed = text.trim();
  const special = /^([+-]?)(nan|inf(?:inity)?|∞)$/i.exec(trimmed);
  if (special !== null) {
    const size = special[2]?.toLowerCase() === "nan" ? NaN : Infinity;
    return valid(special[1] === "-" ? -size : size);
  }
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(trimmed)) return invalid("notNumber");
  const value = single ? Math.fround(Number(trimmed)) : Number(trimmed);
  if (Number.isFinite(value)) return valid(value);
  const limit = single ? "3.4028235e+38" : "1.7976931348623157e+308";
  return invalid("outOfRange", `-${limit}`, limit);
}

/** An amount with its four decimals, out of ten-thousandths (64 bits, signed): 123456n reads "12.3456". */
export function formatCurrency(value: bigint): string {
  const raw = BigInt.asIntN(64, value);
  const size = raw < 0n ? -raw : raw;
  const decimals = (size % CURRENCY_SCALE).toString().padStart(4, "0");
  return `${raw < 0n ? "-" : ""}${size / CURRENCY_SCALE}.${decimals}`;
}

/** Ten-thousandths out of an amount with up to four decimals; further zeros are let pass. */
export function parseCurrency(text: string): ValueResult<bigint> {
  const match = /^([+-]?)(\d*)(?:\.(\d{0,4})0*)?$/.exec(text.trim());
  if (match === null || `${match[2] ?? ""}${match[3] ?? ""}` === "") return invalid("notCurrency");
  const limits = ["-922337203685477.5808", "922337203685477.5807"];
  const whole = (match[2] ?? "").replace(/^0+/, "");
  if (whole.length > MAX_DIGITS) return invalid("outOfRange", ...limits);
  const size = BigInt(whole + (match[3] ?? "").padEnd(4, "0"));
  const value = match[1] === "-" ? -size : size;
  return BigInt.asIntN(64, value) === value ? valid(value) : invalid("outOfRange", ...limits);
}
