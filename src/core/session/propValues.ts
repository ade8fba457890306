/**
 * What `getProps` answers and `setProps` takes: values of records, failed values, problems, tags that cannot be properties.
 */
import {
  changePropType,
  hex8,
  isMultiValued,
  isNamedId,
  PROPERTY_TYPES,
  propId,
  propType,
  PT_BINARY,
  PT_ERROR,
  PT_NULL,
  PT_OBJECT,
  PT_STRING8,
  PT_UNICODE,
} from "../mapi/propertyTypes";
import {
  MAPI_E_BAD_CHARWIDTH,
  MAPI_E_CORRUPT_DATA,
  MAPI_E_INVALID_TYPE,
  MAPI_E_NOT_ENOUGH_MEMORY,
  MAPI_E_NOT_FOUND,
  MapiError,
} from "../mapi/errors";
import {
  PR_MESSAGE_CODEPAGE,
  PR_MESSAGE_LOCALE_ID,
  PR_STORE_SUPPORT_MASK,
  PR_TRANSPORT_MESSAGE_HEADERS,
} from "../mapi/tags";
import type { CodePage } from "../text/types";
import { MAPI_CREATE, MAPI_MODIFY, STORE_UNICODE_OK } from "./constants";
import { type NameMap, nameOfId } from "./namedProperties";
import { type PropertyRecord, recordValue } from "./propertyRecord";
import { hasStrings } from "./recordList";
import { longOf } from "./state";
import type { PropProblem, PropValue } from "./types";

/** What a property that is opened as a stream is before anything is written. */
export const EMPTY_VALUES: ReadonlyMap<number, unknown> = new Map<number, unknown>([
  [PT_STRING8, ""],
  [PT_UNICODE, ""],
  [PT_BINARY, new Uint8Array()],
]);

/** @throws MapiError MAPI_E_INVALID_PARAMETER for MAPI_CREATE without MAPI_MODIFY. */
export function checkAccessFlags(flags: number): void {
  if ((flags & MAPI_CREATE) !== 0 && (flags & MAPI_MODIFY) === 0) {
    throw new MapiError("MAPI_E_INVALID_PARAMETER", "MAPI_CREATE needs MAPI_MODIFY beside it.");
  }
}

/** Codes that `getProps` answers with; a value of type PT_ERROR that holds one is an answer, not a value to store. */
const ANSWERS = new Set([
  MAPI_E_NOT_FOUND,
  MAPI_E_NOT_ENOUGH_MEMORY,
  MAPI_E_BAD_CHARWIDTH,
  MAPI_E_CORRUPT_DATA,
  MAPI_E_INVALID_TYPE,
]);

/** Whether `setProps` passes over a value: PT_NULL, or an error that `getProps` answered with. */
export function isSkipped({ tag, value }: PropValue): boolean {
  const type = propType(tag);
  if (type === PT_NULL) return true;
  return type === PT_ERROR && typeof value === "number" && ANSWERS.has(value >>> 0);
}

/** Whether the strings of an object are Unicode; undefined when nothing in it tells. [MS-OXMSG] 2.1.1.1 */
export function unicodeOf(records: readonly PropertyRecord[]): boolean | undefined {
  const mask = longOf(records, PR_STORE_SUPPORT_MASK);
  if (mask !== undefined && (mask & STORE_UNICODE_OK) !== 0) return true;
  if (hasStrings(records, PT_UNICODE)) return true;
  return hasStrings(records, PT_STRING8) ? false : undefined;
}

/** Tags that the code page or the width of strings can depend on. */
export const DECIDING = new Set(
  [PR_MESSAGE_CODEPAGE, PR_MESSAGE_LOCALE_ID, PR_STORE_SUPPORT_MASK, PR_TRANSPORT_MESSAGE_HEADERS].map(
    propId,
  ),
);

/** A failed value as `getProps` answers it. */
export function failed(tag: number, code: number): PropValue {
  return { tag: changePropType(tag, PT_ERROR), value: code };
}

/**
 * The values of records, in order; duplicates, objects and multi-valued properties without values left out, unreadable
 * ones as PT_ERROR.
 */
export function valuesOf(records: readonly PropertyRecord[], codePage: CodePage): PropValue[] {
  const seen = new Set<number>();
  return records.flatMap((record) => {
    const id = propId(record.tag);
    if (seen.has(id) || propType(record.tag) === PT_OBJECT) return [];
    seen.add(id);
    const answer = valueOf(record, record.tag, codePage);
    const hasNone = isMultiValued(propType(record.tag)) && answer.value === MAPI_E_NOT_FOUND;
    return hasNone ? [] : [answer];
  });
}

/** The value of a record as `getProps` answers it; a multi-valued one without values is not there. */
export function valueOf(record: PropertyRecord, tag: number, codePage: CodePage): PropValue {
  try {
    const value = recordValue(record, codePage);
    return Array.isArray(value) && value.length === 0 ? failed(tag, MAPI_E_NOT_FOUND) : { tag, value };
  } catch (error) {
    if (error instanceof MapiError) return failed(record.tag, error.code);
    throw error;
  }
}

/**
 * Checks that an id can be that of a property: not 0 or 0xFFFF, and with a name when it is one of the named.
 * @throws MapiError MAPI_E_INVALID_PARAMETER, MAPI_E_UNEXPECTED_ID
 */
export function checkId(tag: number, names: NameMap): void {
  const id = propId(tag);
  if (id === 0 || id === 0xffff) {
    throw new MapiError("MAPI_E_INVALID_PARAMETER", `0x${hex8(tag)} is not the tag of a property.`);
  }
  if (isNamedId(id) && !nameOfId(names, id)) {
    throw new MapiError(
      "MAPI_E_UNEXPECTED_ID",
      `0x${hex8(tag)} has no name in this file. Get an id from its name first.`,
    );
  }
}

/** @throws MapiError MAPI_E_INVALID_TYPE for a tag whose type is none. */
export function checkType(tag: number): void {
  if (PROPERTY_TYPES.has(propType(tag))) return;
  throw new MapiError(
    "MAPI_E_INVALID_TYPE",
    `0x${hex8(tag)}: 0x${hex8(propType(tag)).slice(4)} is not a property type.`,
  );
}

/** @throws MapiError MAPI_E_INVALID_PARAMETER for what `setProps` cannot even try: nothing, an object, a list without values. */
export function checkValues(values: readonly PropValue[]): void {
  if (values.length === 0) throw new MapiError("MAPI_E_INVALID_PARAMETER", "No properties were given.");
  for (const { tag, value } of values) {
    if (propType(tag) === PT_OBJECT) {
      throw new MapiError("MAPI_E_INVALID_PARAMETER", `0x${hex8(tag)}: an object is opened, not set.`);
    }
    if (isMultiValued(propType(tag)) && Array.isArray(value) && value.length === 0) {
      throw new MapiError(
        "MAPI_E_INVALID_PARAMETER",
        `0x${hex8(tag)}: a multi-valued property needs a value.`,
      );
    }
  }
}

/**
 * Does something for each tag; what fails becomes a problem, except that memory runs out.
 * @param apply answers whether it did something
 * @returns the problems, and the ids for which something was done
 */
export function applyEach(
  tags: readonly number[],
  apply: (tag: number, index: number) => boolean,
): { readonly problems: PropProblem[]; readonly changed: ReadonlySet<number> } {
  const problems: PropProblem[] = [];
  const changed = new Set<number>();
  tags.forEach((tag, index) => {
    try {
      if (apply(tag >>> 0, index)) changed.add(propId(tag));
    } catch (error) {
      if (!(error instanceof MapiError) || error.name === "MAPI_E_NOT_ENOUGH_MEMORY") throw error;
      const { code, name, message } = error;
      problems.push({ index, tag: tag >>> 0, code, name, message });
    }
  });
  return { problems, changed };
}
