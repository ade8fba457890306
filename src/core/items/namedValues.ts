/** Named properties set by their names: what item classes are mostly made of ([MS-OXPROPS] 1.3.2). */
import { MapiError } from "../mapi/errors";
import { propId, propTag } from "../mapi/propertyTypes";
import { MAPI_CREATE } from "../session/constants";
import type { IMAPIProp, NamedProperty, PropValue } from "../session/types";

/** A named property to be set: its name, its property type and its value. */
export interface NamedValue {
  readonly name: NamedProperty;
  /** PT_*; PT_UNICODE for text, which an 8-bit message stores in its code page. */
  readonly type: number;
  readonly value: unknown;
}

/**
 * Sets properties where one that cannot be set is an error and not a problem among others.
 * @throws MapiError the first problem that `setProps` reports.
 */
export function setEvery(target: IMAPIProp, values: readonly PropValue[]): void {
  const problem = target.setProps(values)[0];
  if (problem) throw new MapiError(problem.name, problem.message);
}

/**
 * Sets named properties, with ids for the names that have none yet.
 * @throws MapiError the first problem that `setProps` reports.
 */
export function setNamed(target: IMAPIProp, values: readonly NamedValue[]): void {
  const names = values.map(({ name }) => name);
  const tags = target.getIDsFromNames(names, MAPI_CREATE);
  setEvery(
    target,
    values.map(({ type, value }, i) => ({ tag: propTag(type, propId(tags[i] ?? 0)), value })),
  );
}

/** Makes values of one property set, by their numbers. */
export const namedIn =
  (guid: string) =>
  (id: number, type: number, value: unknown): NamedValue => ({ name: { guid, id }, type, value });
