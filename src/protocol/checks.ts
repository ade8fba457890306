/** The building blocks of the runtime checks: what a value is. `guards.ts` and the guards of each area put them together. */
import type { NamedPropertySpec } from "./viewModel";

/** Says whether a value is what it should be. */
export type Check = (value: unknown) => boolean;

const MAX_TEXT = 64 * 1024 * 1024;
const MAX_ITEMS = 100_000;

/** An object that is no list. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A text that is not longer than a message may be. */
export const text: Check = (value) => typeof value === "string" && value.length <= MAX_TEXT;

/** A whole number of 32 bits, unsigned. */
export const uint: Check = (value) =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 0xffffffff;

/** true or false. */
export const truth: Check = (value) => typeof value === "boolean";

/** The value, or nothing. */
export const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

/** A list of such values. */
export const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.length <= MAX_ITEMS && value.every(check);

/** An object with these fields and no others. */
export const shape =
  (fields: Readonly<Record<string, Check>>): Check =>
  (value) =>
    isRecord(value) &&
    Object.entries(fields).every(([name, check]) => check(value[name])) &&
    Object.keys(value).every((name) => name in fields);

/** Whether a value names a named property: a GUID with either a number or a text. */
export function isNamedPropertySpec(value: unknown): value is NamedPropertySpec {
  return (
    shape({ guid: text, id: optional(uint), name: optional(text) })(value) &&
    isRecord(value) &&
    (value["id"] === undefined) !== (value["name"] === undefined)
  );
}
