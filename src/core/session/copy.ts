/** IMAPIProp::CopyTo for properties: values are copied, named ones by name, computed ones left to the target. */
import { isNamedId, propId, propTag, propType, PT_NULL, PT_UNSPECIFIED } from "../mapi/propertyTypes";
import { MapiError } from "../mapi/errors";
import { MAPI_CREATE } from "./constants";
import { PropObject } from "./propObject";
import type { AttachState, MessageState } from "./state";
import { idAt, idPlacesIn, withIds } from "./tagsInValues";
import type { IMAPIProp, NamedProperty, PropValue } from "./types";

/** Whether an exclusion list names a property: by tag, or by id when its type is PT_UNSPECIFIED. */
export function isExcluded(tag: number, exclude: readonly number[]): boolean {
  return exclude.some((other) =>
    propType(other) === PT_UNSPECIFIED ? propId(other) === propId(tag) : other >>> 0 === tag,
  );
}

/** Ids of named properties inside of a value. */
function idsIn({ tag, value }: PropValue): number[] {
  if (!(value instanceof Uint8Array)) return [];
  return idPlacesIn(propType(tag), value).map((at) => idAt(value, at));
}

/** Gives named properties of a source, and tags inside of their values, the ids that their names have in the target. */
export function mapNames(source: IMAPIProp, target: IMAPIProp, values: readonly PropValue[]): PropValue[] {
  const ids = values.flatMap((each) => [propId(each.tag), ...idsIn(each)]).filter(isNamedId);
  const names = source.getNamesFromIDs(ids);
  const wanted = names.filter((name): name is NamedProperty => name !== undefined);
  const mapped = target.getIDsFromNames(wanted, MAPI_CREATE);
  const idOf = new Map<number, number>();
  let next = 0;
  ids.forEach((id, i) => {
    if (names[i] !== undefined) idOf.set(id, propId(mapped[next++] ?? 0));
  });
  return values.flatMap(({ tag, value: given }) => {
    const value = given instanceof Uint8Array ? withIds(propType(tag), given, idOf) : given;
    if (!isNamedId(propId(tag))) return [{ tag, value }];
    const id = idOf.get(propId(tag));
    return id === undefined ? [] : [{ tag: propTag(propType(tag), id), value }];
  });
}

/**
 * Refuses what cannot be the target of a copy.
 * @throws MapiError MAPI_E_NO_ACCESS when an object is copied onto itself, MAPI_E_FOLDER_CYCLE into something in it.
 */
export function refuseCycle(source: IMAPIProp, target: IMAPIProp): void {
  if (source === target) throw new MapiError("MAPI_E_NO_ACCESS", "An object cannot be copied onto itself.");
  let outer: PropObject<MessageState | AttachState> | undefined =
    target instanceof PropObject ? target.container : undefined;
  for (; outer; outer = outer.container) {
    if (outer === source) {
      throw new MapiError("MAPI_E_FOLDER_CYCLE", "An object cannot be copied into something that is in it.");
    }
  }
}

/** @throws MapiError MAPI_E_INVALID_PARAMETER for a list of tags with one of type PT_NULL. */
function checkExcluded(exclude: readonly number[]): void {
  if (exclude.some((tag) => propType(tag) === PT_NULL))
    throw new MapiError("MAPI_E_INVALID_PARAMETER", "PT_NULL cannot be left out of a copy.");
}

/**
 * Copies the properties of an object. What the target computes itself is left out without a word.
 * @throws MapiError the first problem of any other kind.
 */
export function copyProperties(source: IMAPIProp, target: IMAPIProp, exclude: readonly number[]): void {
  checkExcluded(exclude);
  const values = source.getProps().filter(({ tag }) => !isExcluded(tag, exclude));
  const mapped = mapNames(source, target, values);
  if (mapped.length > 0) {
    const problem = target.setProps(mapped).find(({ name }) => name !== "MAPI_E_COMPUTED");
    if (problem) throw new MapiError(problem.name, problem.message);
  }
  copyObjectStreams(source, target, exclude);
}

/** Copies object properties that are streams: they have no value that could be set. */
function copyObjectStreams(source: IMAPIProp, target: IMAPIProp, exclude: readonly number[]): void {
  if (!(source instanceof PropObject && target instanceof PropObject)) return;
  for (const record of source.objectStreams()) {
    if (isExcluded(record.tag, exclude)) continue;
    const [mapped] = mapNames(source, target, [{ tag: record.tag, value: null }]);
    if (mapped) target.putObjectStream(mapped.tag, record);
  }
}
