/**
 * The one text codec of property values: the text a person edits a value in, and back. For every value `v` of a type
 * `parseValue(type, formatValue(type, v))` is `v` again.
 *
 * | type | text |
 * |---|---|
 * | I2, LONG, I8 | decimal; read also in hexadecimal, 0xFFFF being -1 in 16 bits |
 * | R4, DOUBLE | the shortest decimal text that reads back as the same number; NaN, Infinity |
 * | CURRENCY | decimal with 4 places |
 * | APPTIME | local ISO, 2026-03-01T08:12:44, or the number of days where that would not be exact |
 * | SYSTIME | ISO in UTC with 7 decimals, 2026-03-01T08:12:44.1230000Z; read also with offsets, as none, as 0x ticks |
 * | BOOLEAN | true, false |
 * | ERROR | 0x8004010F; read also by name |
 * | CLSID | {XXXXXXXX-XXXX-XXXX-XXXX-XXXXXXXXXXXX} |
 * | STRING8, UNICODE | as it is |
 * | BINARY, SVREID, SRESTRICTION, ACTIONS | 01 A2 FF |
 * | NULL, OBJECT | empty |
 * | MV_* | one text a value: `formatElements`, `parseElements` |
 */
import { formatBinary, parseBinary } from "./binaryText";
import { formatAppTime, formatFileTime, parseAppTime, parseFileTime } from "./dateText";
import * as errorCodes from "./errors";
import { GUID_NULL, parseGuid } from "./guid";
import {
  formatCurrency,
  formatDouble,
  formatFloat,
  parseCurrency,
  parseDouble,
  parseInteger,
} from "./numberText";
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
  PT_NULL,
  PT_OBJECT,
  PT_R4,
  PT_SRESTRICTION,
  PT_STRING8,
  PT_SVREID,
  PT_SYSTIME,
  PT_UNICODE,
  elementType,
  hex8,
  isMultiValued,
} from "./propertyTypes";
import { invalid, valid } from "./valueTextError";
import type { ValueResult } from "./valueTextError";

/** How values of one type are written and read. */
interface TextForm {
  /** The text of a value, or undefined when the value is not of the type. */
  readonly format: (value: unknown) => string | undefined;
  readonly parse: (text: string) => ValueResult;
}

function ofNumber(format: (value: number) => string): TextForm["format"] {
  return (value) => (typeof value === "number" ? format(value) : undefined);
}

function ofBigInt(format: (value: bigint) => string): TextForm["format"] {
  return (value) => (typeof value === "bigint" ? format(value) : undefined);
}

function smallInteger(bits: 16 | 32): TextForm {
  return {
    format: ofNumber(String),
    parse: (text) => {
      const result = parseInteger(text, bits);
      return result.ok ? valid(Number(result.value)) : result;
    },
  };
}

const CODES_BY_NAME: ReadonlyMap<string, number> = new Map(
  Object.entries(errorCodes).flatMap(([name, code]): [string, number][] =>
    typeof code === "number" ? [[name, code]] : [],
  ),
);

/** "0x8004010F", "MAPI_E_NOT_FOUND", or both, the number first; decimal too. The code comes out unsigned. */
function parseErrorCode(text: string): ValueResult<number> {
  const trimmed = text.trim();
  const named = CODES_BY_NAME.get(trimmed.toUpperCase());
  if (named !== undefined) return valid(named);
  const digits = /^(0x[0-9a-f]+)\s+[A-Z_]+$/i.exec(trimmed)?.[1] ?? trimmed;
  if (/^\d{1,10}$/.test(digits) && Number(digits) <= 0xffffffff) return valid(Number(digits));
  const result = parseInteger(digits, 32);
  if (result.ok) return valid(Number(BigInt.asUintN(32, result.value)));
  return result.message.code === "outOfRange"
    ? invalid("outOfRange", "0x00000000", "0xFFFFFFFF")
    : invalid("notErrorCode");
}

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["yes", true],
  ["1", true],
  ["false", false],
  ["no", false],
  ["0", false],
]);

function parseBoolean(text: string): ValueResult<boolean> {
  const value = BOOLEANS.get(text.trim().toLowerCase());
  return value === undefined ? invalid("notBoolean") : valid(value);
}

function parseClsid(text: string): ValueResult<string> {
  const guid = text.length > 100 ? undefined : parseGuid(text);
  return guid === undefined ? invalid("notGuid", GUID_NULL) : valid(guid);
}

const TEXT: TextForm = { format: (value) => (typeof value === "string" ? value : undefined), parse: valid };
const BYTES: TextForm = {
  format: (value) => (value instanceof Uint8Array ? formatBinary(value) : undefined),
  parse: parseBinary,
};
const NOTHING: TextForm = {
  format: (value) => (value === null ? "" : undefined),
  parse: (text) => (text.trim() === "" ? valid(null) : invalid("noText")),
};

const FORMS: ReadonlyMap<number, TextForm> = new Map<number, TextForm>([
  [PT_NULL, NOTHING],
  [PT_OBJECT, NOTHING],
  [PT_I2, smallInteger(16)],
  [PT_LONG, smallInteger(32)],
  [
    PT_I8,
    {
      format: ofBigInt((value) => BigInt.asIntN(64, value).toString()),
      parse: (text) => parseInteger(text, 64),
    },
  ],
  [PT_R4, { format: ofNumber(formatFloat), parse: (text) => parseDouble(text, true) }],
  [PT_DOUBLE, { format: ofNumber(formatDouble), parse: (text) => parseDouble(text) }],
  [PT_CURRENCY, { format: ofBigInt(formatCurrency), parse: parseCurrency }],
  [PT_APPTIME, { format: ofNumber(formatAppTime), parse: parseAppTime }],
  [PT_SYSTIME, { format: ofBigInt(formatFileTime), parse: parseFileTime }],
  [PT_ERROR, { format: ofNumber((value) => `0x${hex8(value)}`), parse: parseErrorCode }],
  [
    PT_BOOLEAN,
    { format: (value) => (typeof value === "boolean" ? String(value) : undefined), parse: parseBoolean },
  ],
  [PT_CLSID, { format: TEXT.format, parse: parseClsid }],
  [PT_STRING8, TEXT],
  [PT_UNICODE, TEXT],
  [PT_BINARY, BYTES],
  [PT_SVREID, BYTES],
  [PT_SRESTRICTION, BYTES],
  [PT_ACTIONS, BYTES],
]);

/** The text of a value that is not of its type, or whose type has no text: by what it is. */
function formatAnything(value: unknown): string {
  if (value instanceof Uint8Array) return formatBinary(value);
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "boolean")
    return String(value);
  return "";
}

/**
 * The text a person edits a value in; see the table above. Of a multi-valued type, the texts of its values on a line
 * each. Never fails: a value that is not of the type is written as what it is.
 */
export function formatValue(type: number, value: unknown): string {
  if (isMultiValued(type) && Array.isArray(value)) return formatElements(type, value).join("\n");
  return FORMS.get(type)?.format(value) ?? formatAnything(value);
}

/**
 * The value of a text that a person typed, or what is wrong with it. Of a multi-valued type, a value a line, none of
 * an empty text; texts with line breaks in them need `parseElements`.
 */
export function parseValue(type: number, text: string): ValueResult {
  if (!PROPERTY_TYPES.has(type)) return invalid("noText");
  if (isMultiValued(type)) return parseElements(type, text === "" ? [] : text.split(/\r?\n/));
  return FORMS.get(type)?.parse(text) ?? invalid("noText");
}

/** The texts of the values of a multi-valued type, one each. */
export function formatElements(type: number, values: unknown): string[] {
  const list: readonly unknown[] = Array.isArray(values) ? values : [];
  return list.map((value) => formatValue(elementType(type), value));
}

/** The values of a multi-valued type out of a text each; an error names the first wrong one, counted from 1. */
export function parseElements(type: number, texts: readonly string[]): ValueResult<unknown[]> {
  const values: unknown[] = [];
  for (const [at, text] of texts.entries()) {
    const result = parseValue(elementType(type), text);
    if (!result.ok) return invalid("elementWrong", at + 1, result.message.message);
    values.push(result.value);
  }
  return valid(values);
}
