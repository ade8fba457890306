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

/**
 * The tag a string is stored under: in the width that the present record of its id has, else in that of the object.
 * Other types as they are.
 */
export function storedTag(present: PropertyRecord | undefined, tag: number, unicode: boolean): number {
  const type = propType(tag);
  if (!isStringType(type)) return tag >>> 0;
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

const BY_TAG = new WeakMap<readonly PropertyRecord[], ReadonlyMap<number, PropertyRecord>>();

/** The record of a tag in the baseline; the first of duplicates. */
function oldRecord(baseline: readonly PropertyRecord[], tag: number): PropertyRecord | undefined {
  let byTag = BY_TAG.get(baseline);
  if (!byTag) {
    // Of equal keys a map keeps the last: the first one when it is made from the end.
    byTag = new Map(baseline.map((record): [number, PropertyRecord] => [record.tag, record]).reverse());
    BY_TAG.set(baseline, byTag);
  }
  return byTag.get(tag);
}

/** The record of a value; undefined when the present one is it already. */
function recordOf(
  present: PropertyRecord | undefined,
  tag: number,
  value: unknown,
  { codePage, unicode, baseline }: RecordContext,
  newFlags: number,
): PropertyRecord | undefined {
  const target = storedTag(present, tag, unicode);
  if (present?.tag === target && holds(present, value, codePage)) return undefined;
  const old = oldRecord(baseline, target);
  const flags = present?.flags ?? old?.flags ?? newFlags;
  if (old?.flags === flags && holds(old, value, codePage)) return old;
  return makeRecord(target, value, codePage, flags);
}

/** Whether a record has a value, and this one. */
function holds(record: PropertyRecord, value: unknown, codePage: CodePage): boolean {
  if (!record.stored) return false;
  try {
    return sameValue(recordValue(record, codePage), value);
  } catch {
    return false;
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
  const record = recordOf(findRecord(records, tag), tag, value, context, newFlags);
  return record ? putRecord(records, record, context.baseline) : records;
}

/** Many values put into a list one after the other, at the cost of one look at the list. */
export class RecordDraft {
  #list: PropertyRecord[];
  /** Place of the first record of each id. */
  #places: Map<number, number>;
  /** The list as it was last taken, while it still is what was put. */
  #taken: readonly PropertyRecord[] | undefined;

  constructor(records: readonly PropertyRecord[]) {
    this.#taken = records;
    this.#list = [...records];
    this.#places = placesOf(records);
  }

  find(tag: number): PropertyRecord | undefined {
    const place = this.#places.get(propId(tag));
    return place === undefined ? undefined : this.#list[place];
  }

  /** As `putValue`. */
  put(tag: number, value: unknown, context: RecordContext): void {
    const record = recordOf(this.find(tag), tag, value, context, DEFAULT_FLAGS);
    if (!record) return;
    const id = propId(tag);
    const place = this.#places.get(id);
    const isNew = oldRecord(context.baseline, record.tag) !== record;
    if (place === undefined && isNew) {
      this.#places.set(id, this.#list.length);
      this.#list.push(record);
    } else if (place !== undefined && !this.#hasDuplicates) this.#list[place] = record;
    else {
      this.#list = [...putRecord(this.#list, record, context.baseline)];
      this.#places = placesOf(this.#list);
    }
    this.#taken = undefined;
  }

  get #hasDuplicates(): boolean {
    return this.#places.size !== this.#list.length;
  }

  /** The list with everything that was put; the very one given when nothing was. */
  get records(): readonly PropertyRecord[] {
    return (this.#taken ??= [...this.#list]);
  }
}

function placesOf(records: readonly PropertyRecord[]): Map<number, number> {
  const places = new Map<number, number>();
  records.forEach(({ tag }, i) => {
    if (!places.has(propId(tag))) places.set(propId(tag), i);
  });
  return places;
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

/** The first record of each id: the one that counts. */
export function firstById(records: readonly PropertyRecord[]): Map<number, PropertyRecord> {
  const first = new Map<number, PropertyRecord>();
  for (const record of records) if (!first.has(propId(record.tag))) first.set(propId(record.tag), record);
  return first;
}

/** Whether any of the records is text of this width. */
export function hasStrings(records: readonly PropertyRecord[], type: number): boolean {
  return records.some((record) => elementType(propType(record.tag)) === type);
}
