/** Property values as JSON, and back; the table stands in `jsonFormat.ts`. */
import {
  elementType,
  isMultiValued,
  PROPERTY_TYPES,
  PT_ACTIONS,
  PT_APPTIME,
  PT_BINARY,
  PT_BOOLEAN,
  PT_DOUBLE,
  PT_I2,
  PT_LONG,
  PT_R4,
  PT_SRESTRICTION,
  PT_SVREID,
} from "../mapi/propertyTypes";
import { formatValue, parseValue } from "../mapi/valueText";
import { finish, mapInSteps, type Steps } from "../steps";
import { base64Steps } from "./base64";
import type { JsonReader } from "./jsonReader";

const BINARY: ReadonlySet<number> = new Set([PT_BINARY, PT_SVREID, PT_SRESTRICTION, PT_ACTIONS]);
const REAL: ReadonlySet<number> = new Set([PT_R4, PT_DOUBLE, PT_APPTIME]);
const INTEGER: ReadonlySet<number> = new Set([PT_I2, PT_LONG]);
const SPECIAL: ReadonlyMap<string, number> = new Map([
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["-Infinity", Number.NEGATIVE_INFINITY],
  ["-0", -0],
]);

function realToJson(value: number): number | string {
  if (Number.isFinite(value) && !Object.is(value, -0)) return value;
  return Object.is(value, -0) ? "-0" : String(value);
}

/** As `valueToJson`, in steps. */
export function* valueToJsonSteps(type: number, value: unknown): Steps<unknown> {
  if (isMultiValued(type) && Array.isArray(value)) {
    const elements: readonly unknown[] = value;
    return yield* mapInSteps(elements, (element) => valueToJsonSteps(elementType(type), element));
  }
  if (value instanceof Uint8Array) return yield* base64Steps(value);
  if (typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number" && REAL.has(type)) return realToJson(value);
  if (typeof value === "number" && INTEGER.has(type)) return value;
  return formatValue(type, value);
}

/** A value as JSON has it. */
export const valueToJson = (type: number, value: unknown): unknown => finish(valueToJsonSteps(type, value));

function realFromJson(json: JsonReader): number {
  const { value } = json;
  if (typeof value === "number") return value;
  const special = SPECIAL.get(json.text());
  return special ?? json.fail("is not a number, “NaN”, “Infinity”, “-Infinity” or “-0”");
}

function* singleFromJson(type: number, json: JsonReader): Steps<unknown> {
  if (BINARY.has(type)) return yield* json.base64();
  if (REAL.has(type)) return realFromJson(json);
  if (INTEGER.has(type)) return json.integer(-0x80000000, 0xffffffff);
  if (type === PT_BOOLEAN) return json.boolean();
  const result = parseValue(type, json.text());
  return result.ok ? result.value : json.fail(`is not acceptable: ${result.message.message}`);
}

/**
 * The value that JSON stands for, in steps.
 * @throws MapiError MAPI_E_CORRUPT_DATA with the place in the document
 */
export function* valueFromJson(type: number, json: JsonReader): Steps<unknown> {
  if (!PROPERTY_TYPES.has(type)) return json.fail("cannot be there: the type of the property is not known");
  if (!isMultiValued(type)) return yield* singleFromJson(type, json);
  return yield* mapInSteps(json.list(), (element) => singleFromJson(elementType(type), element));
}
