/** Whole numbers as their two fields show them, and what choosing a name does to them. Pure. */
import type { NumberModel } from "../../src/protocol/editors";

/** What of a number's model its texts depend on. */
export type NumberSize = Pick<NumberModel, "bits" | "signed">;

const limit = (bits: number): bigint => 1n << BigInt(bits);

/** The bits of a typed number, unsigned; undefined while it is no number that fits. */
export function readWhole(text: string, { bits, signed }: NumberSize): bigint | undefined {
  const match = /^([+-]?)(0x[0-9a-f]{1,16}|\d{1,20})$/i.exec(text.trim());
  if (match === null) return undefined;
  const [, sign, digits = "0"] = match;
  const size = BigInt(digits);
  const value = sign === "-" ? -size : size;
  const most = /^0x/i.test(digits) || !signed ? limit(bits) - 1n : limit(bits - 1) - 1n;
  const least = signed ? -limit(bits - 1) : 0n;
  return value < least || value > most ? undefined : BigInt.asUintN(bits, value);
}

/** The digits of a number's bits. */
export function decimalText(raw: bigint, { bits, signed }: NumberSize): string {
  return (signed ? BigInt.asIntN(bits, raw) : raw).toString();
}

/** "0x00000011": all digits there are, so that bits have their place. */
export function hexText(raw: bigint, { bits }: Pick<NumberSize, "bits">): string {
  return `0x${raw
    .toString(16)
    .toUpperCase()
    .padStart(bits / 4, "0")}`;
}

/** "0x11": no more digits than needed. */
export const shortHex = (value: number | bigint): string => `0x${value.toString(16).toUpperCase()}`;

/** Whether all bits of a mask are set. */
export const hasFlag = (raw: bigint, mask: number): boolean => (raw & BigInt(mask)) === BigInt(mask);

/** The number with the bits of a mask set or cleared. */
export const withFlag = (raw: bigint, mask: number, set: boolean): bigint =>
  set ? raw | BigInt(mask) : raw & ~BigInt(mask);

/** The mask of a part of a number; of a number with more than 32 bits that is one whole part, all of its bits. */
export function partMask(part: NumberModel["parts"][number], model: NumberModel): bigint {
  return part.mask === 0xffffffff && model.bits > 32 ? limit(model.bits) - 1n : BigInt(part.mask);
}

/** The value of a part. */
export const partValue = (raw: bigint, mask: bigint): bigint => raw & mask;

/** The number with the value of a part replaced. */
export const withPart = (raw: bigint, mask: bigint, value: bigint): bigint => (raw & ~mask) | value;

/** A named value of a part of a number as wide as the number: the tables have 32 bits of it. */
export function inWidth(value: number, mask: bigint, bits: number): bigint {
  const wide =
    mask >> 32n !== 0n && value > 0x7fffffff ? BigInt.asUintN(bits, BigInt(value | 0)) : BigInt(value);
  return wide & mask;
}

/** Bits that no name of the model explains. */
export function otherBits(raw: bigint, model: NumberModel): bigint {
  const named = model.flags.reduce((all, { mask }) => all | BigInt(mask), 0n);
  const parts = model.parts.reduce((all, part) => all | partMask(part, model), 0n);
  return raw & ~(named | parts);
}
