/**
 * A field of a form: one thing that a person changes, and all properties that depend on it. Tables of fields say what an
 * item of a class consists of; whoever edits writes through them, so that an item stays consistent.
 */
import type { NamedProperty, PropValue } from "../../session/types";
import type { RandomBytes } from "../identity";
import type { NamedValue } from "../namedValues";
import type { PropertyReader, PropertyRef } from "../propertyReader";
import type { StringWidth } from "../recipient";
import type { MessageTimeZone } from "../timeZone";

/**
 * What a field holds: a text, a number (of a choice, or a whole number), true or false, a moment as FILETIME, a list of
 * texts; undefined when it is empty.
 */
export type FieldValue = string | number | boolean | bigint | readonly string[] | undefined;

/**
 * What kind of value a field holds; `day` is a date without a zone, `lines` a text of many lines, `zone`
 * the name of a time zone.
 */
export type FieldKind =
  "text" | "lines" | "choice" | "check" | "time" | "day" | "number" | "list" | "addresses" | "zone";

/** What a field needs beside its message. */
export interface FieldContext {
  readonly reader: PropertyReader;
  readonly width: StringWidth;
  /** The time now, as FILETIME. */
  readonly now: bigint;
  readonly randomBytes: RandomBytes;
  /** The midnight at which the day of a moment begins where the person is. */
  readonly startOfDay: (time: bigint) => bigint;
  /** The moment that a date and time mean where the person is: their FILETIME, read as if it were local. */
  readonly utcOfLocal: (local: bigint) => bigint;
  /** What the clock shows at a moment where the person is: the other way round. */
  readonly localOfUtc: (utc: bigint) => bigint;
  /**
   * The time zone of a name, with the rules that are right when its clock shows these times, in milliseconds since 1970 as
   * if they were UTC; undefined for a name that nobody knows.
   */
  readonly zoneNamed: (name: string, clockTimes: readonly number[]) => MessageTimeZone | undefined;
}

/** The day where the person is, as tasks hold days: its date at midnight, without a zone. */
export function today({ now, utcOfLocal, startOfDay }: FieldContext): bigint {
  const midnight = startOfDay(now);
  // utcOfLocal takes the zone away from a local time; the difference at midnight puts it back.
  return midnight - (utcOfLocal(midnight) - midnight);
}

/** What writing a field changes. */
export interface FieldChange {
  readonly set?: readonly PropValue[];
  readonly named?: readonly NamedValue[];
  readonly remove?: readonly PropertyRef[];
}

/** Why a value is not taken, or a field not edited, as sentences; whoever shows them looks up a translation by them. */
export const FIELD_MESSAGES = {
  endBeforeStart: "The end is before the start.",
  needsTime: "A time is needed here.",
  recurring: "The times of a series stand in its recurrence pattern.",
  recurringZone: "A series keeps the time zone with which its recurrence pattern was made.",
  unknownZone: "No time zone of this name is known.",
  notPercent: "A number from 0 to 100 is needed.",
  notMinutes: "A number of minutes from 0 on is needed.",
  oneAddress: "This is more than one address.",
} as const;

/** A field. */
export interface ItemField {
  readonly id: string;
  readonly kind: FieldKind;
  /** The values of a choice, in order. */
  readonly choices?: readonly number[];
  /** A sentence of FIELD_MESSAGES why the field cannot be edited in this message. */
  readonly readOnly?: (reader: PropertyReader) => string | undefined;
  readonly read: (reader: PropertyReader) => FieldValue;
  /** @throws MapiError MAPI_E_INVALID_PARAMETER with a sentence of FIELD_MESSAGES or ADDRESS_LIST_MESSAGES. */
  readonly write: (value: FieldValue, context: FieldContext) => FieldChange;
}

/** A property of a field: its tag, or its name with its type. */
export type FieldProperty = number | { readonly name: NamedProperty; readonly type: number };

const refOf = (property: FieldProperty): PropertyRef =>
  typeof property === "number" ? property : property.name;

/** The change that gives properties one value; an empty one takes them away. */
export function setOrRemove(properties: readonly FieldProperty[], value: unknown): FieldChange {
  if (value === undefined || value === "" || (Array.isArray(value) && value.length === 0)) {
    return { remove: properties.map(refOf) };
  }
  return {
    set: properties.flatMap((tag) => (typeof tag === "number" ? [{ tag, value }] : [])),
    named: properties.flatMap((property) => (typeof property === "number" ? [] : [{ ...property, value }])),
  };
}

/** Several changes as one; later ones win. */
export function together(...changes: readonly FieldChange[]): FieldChange {
  return {
    set: changes.flatMap(({ set = [] }) => set),
    named: changes.flatMap(({ named = [] }) => named),
    remove: changes.flatMap(({ remove = [] }) => remove),
  };
}

const first = (property: FieldProperty): PropertyRef => refOf(property);

/** A field of text that is one property, or the same in several. */
export function textField(id: string, kind: "text" | "lines", ...properties: FieldProperty[]): ItemField {
  const [main = 0] = properties;
  return {
    id,
    kind,
    read: (reader) => reader.text(first(main)),
    write: (value) => setOrRemove(properties, typeof value === "string" ? value : undefined),
  };
}
