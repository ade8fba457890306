/** Lists of property records with one value set or removed; the lists themselves never change. */
import {
  changePropType,
  isStringType,
  propId,
  propType,
  PT_STRING8,
  PT_UNICODE,
  elementType,
  isMultiValued,
  MV_FLAG,
} from "../mapi/propertyTypes";
import { sameValue } from "../mapi/values";
import type { CodePage } from "../text/types";
import { DEFAULT_FLAGS, makeRecord, type PropertyRecord, recordValue } from "./propertyRecord";
import { findRecord } from "./state";

/** How values are written into a list. */
export interface RecordContext {
  readonly codePage: CodePage;
  /** Type of new strings. */
  readonly unicode: boolean;
  /** The records last saved: an equal value gets its old record back, byte for byte and in its place. */
  readonly baseline: readonly PropertyRecord[];
}

/** The tag a string is stored under: in the width it has already, else in that of the object. Other types as they are. */
export function storedTag(records: readonly PropertyRecord[], tag: number, unicode: boolean): number {
  const type = propType(tag);
  if (!isStringType(type)) return tag >>> 0;
  const present = findRecord(records, tag);
  const presentType = present ? propType(present.tag) : 0;
  if (present && isStringType(presentType) && isMultiValued(presentType) === isMultiValued(type))
    return present.tag;
  const width = unicode ? PT_UNICODE : PT_STRING8;
  return changePropType(tag, isMultiValued(type) ? width | MV_FLAG : width);
}

/** Whether a type is the same as another but for the width of its strings. */
export function sameTypeButWidth(a: number, b: number): boolean {
  return a === b || (isStringType(a) && isStringType(b) && isMultiValued(a) === isMultiValued(b));
}

function baselineRecord(
  context: RecordContext,
  tag: number,
  value: unknown,
  flags: number,
): PropertyRecord | undefined {
  const old = context.baseline.find((record) => record.tag === tag);
  if (!old?.stored || old.flags !== flags) return undefined;
  try {
    return sameValue(recordValue(old, context.codePage), value) ? old : undefined;
  } catch {
    return undefined;
  }
}

/** Where a record that was in the baseline belongs among the present ones: behind its nearest predecessor there. */
function placeOf(
  records: readonly PropertyRecord[],
  baseline: readonly PropertyRecord[],
  record: PropertyRecord,
): number {
  const index = baseline.indexOf(record);
  if (index < 0) return records.length;
  const before = new Set(baseline.slice(0, index).map((candidate) => propId(candidate.tag)));
  for (let i = records.length - 1; i >= 0; i--) {
    const candidate = records[i];
    if (candidate && before.has(propId(candidate.tag))) return i + 1;
  }
  return 0;
}

/**
 * The list with a value set: in the place of the property of the same id, else at the end. The same list when the
 * value is there already.
 * @throws MapiError as `encodeValue`.
 */
export function putValue(
  records: readonly PropertyRecord[],
  tag: number,
  value: unknown,
  context: RecordContext,
  newFlags = DEFAULT_FLAGS,
): readonly PropertyRecord[] {
  const target = storedTag(records, tag, context.unicode);
  const present = findRecord(records, target);
  const flags = present?.flags ?? context.baseline.find((old) => old.tag === target)?.flags ?? newFlags;
  if (present?.tag === target && present.stored && isEqual(present, value, context.codePage)) return records;
  const record =
    baselineRecord(context, target, value, flags) ?? makeRecord(target, value, context.codePage, flags);
  return putRecord(records, record, context.baseline);
}

function isEqual(record: PropertyRecord, value: unknown, codePage: CodePage): boolean {
  try {
    return sameValue(recordValue(record, codePage), value);
  } catch {
    return false;
  }
}

/**
 * The list with a record in the place of the one of its id, else where the baseline had it, else at the end. Further
 * records of the id, which only a damaged file has, go.
 */
export function putRecord(
  records: readonly PropertyRecord[],
  record: PropertyRecord,
  baseline: readonly PropertyRecord[] = [],
): readonly PropertyRecord[] {
  const id = propId(record.tag);
  const at = records.findIndex((candidate) => propId(candidate.tag) === id);
  if (at < 0) {
    const place = placeOf(records, baseline, record);
    return [...records.slice(0, place), record, ...records.slice(place)];
  }
  if (records[at] === record) return records;
  return records.flatMap((candidate, i) => {
    if (i === at) return [record];
    return propId(candidate.tag) === id ? [] : [candidate];
  });
}

/** The list with the properties of an id as the baseline has them, duplicates included; without them when it has none. */
export function revertId(
  records: readonly PropertyRecord[],
  id: number,
  baseline: readonly PropertyRecord[],
): readonly PropertyRecord[] {
  const old = baseline.filter((record) => propId(record.tag) === id);
  const present = records.filter((record) => propId(record.tag) === id);
  if (old.length === present.length && old.every((record, i) => record === present[i])) return records;
  const others = withoutId(records, id);
  return old.reduce<readonly PropertyRecord[]>((list, record) => {
    const place = placeOf(list, baseline, record);
    return [...list.slice(0, place), record, ...list.slice(place)];
  }, others);
}

/** The list without the properties of an id; the same list when there is none. */
export function withoutId(records: readonly PropertyRecord[], id: number): readonly PropertyRecord[] {
  return records.some((record) => propId(record.tag) === id)
    ? records.filter((record) => propId(record.tag) !== id)
    : records;
}

/** Whether two lists hold the same records, those of one id apart. */
export function sameRecordsBut(
  a: readonly PropertyRecord[],
  b: readonly PropertyRecord[],
  id: number,
): boolean {
  if (a === b) return true;
  const left = withoutId(a, id);
  const right = withoutId(b, id);
  return left.length === right.length && left.every((record, i) => record === right[i]);
}

/** Whether any of the records is text of this width. */
export function hasStrings(records: readonly PropertyRecord[], type: number): boolean {
  return records.some((record) => elementType(propType(record.tag)) === type);
}
