/** What is wrong with the text of a value: a code to translate by, and plain English. */

/**
 * Every message, by code; {0}, {1} stand for the arguments. Translations take the same arguments.
 */
export const VALUE_TEXT_MESSAGES = {
  notInteger: "Not a whole number. Write digits like 42, or hexadecimal like 0x2A.",
  outOfRange: "Allowed are {0} to {1}.",
  notNumber: "Not a number. Write digits like 12.5 or 1e-7, or NaN, Infinity, -Infinity.",
  notCurrency: "Not an amount. Write digits with up to 4 decimals, like 12.3456.",
  notBoolean: "Write true or false.",
  notTime: "Not a date and time. Write it like 2026-03-01T08:12:44Z, or none.",
  notLocalTime:
    "Not a date and time. Write it like 2026-03-01T08:12:44, without a zone, or as a number of days.",
  noSuchDate: "There is no such date: {0}.",
  noSuchTimeOfDay: "There is no such time of day: {0}. Allowed are 00:00:00 to 23:59:59.",
  noSuchOffset: "There is no such offset from UTC: {0}.",
  tooManyDecimals: "Seconds have at most 7 decimals.",
  zoneNotAllowed: "This time is local: leave out {0}.",
  notErrorCode: "Not an error code. Write it like 0x8004010F or MAPI_E_NOT_FOUND.",
  notGuid: "Not a GUID. Write it like {0}.",
  notHex: 'Not a hexadecimal digit at position {0}: "{1}". Write pairs like 01 A2 FF.',
  halfByte: "Half a byte at position {0}. Every byte has two hexadecimal digits.",
  countDiffers: "{0} bytes are announced, but {1} are there.",
  noText: "A value of this type cannot be written as text.",
  noConversion: "A value of this type cannot become one of type {0}.",
  notOneValue: "There are {0} values; only a single one can become single-valued.",
  elementWrong: "Value {0}: {1}",
} as const;

/** What went wrong, for looking up a translation. */
export type ValueTextCode = keyof typeof VALUE_TEXT_MESSAGES;

/** An error of a text that a person typed. */
export interface ValueTextError {
  readonly code: ValueTextCode;
  readonly args: readonly (string | number)[];
  /** The English text with the arguments in place. */
  readonly message: string;
}

/** A value, or what is wrong. */
export type ValueResult<T = unknown> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: ValueTextError };

/** A result that holds a value. */
export function valid<T>(value: T): ValueResult<T> {
  return { ok: true, value };
}

/** A result that says what is wrong. */
export function invalid(
  code: ValueTextCode,
  ...args: (string | number)[]
): { ok: false; message: ValueTextError } {
  const template: string = VALUE_TEXT_MESSAGES[code];
  const message = template.replace(/\{(\d)\}/g, (place, at: string) => String(args[Number(at)] ?? place));
  return { ok: false, message: { code, args, message } };
}
