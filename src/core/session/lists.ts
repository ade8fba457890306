/** Lists of recipients and attachments with something changed in them; the lists themselves never change. */
import { MapiError } from "../mapi/errors";
import { sameRecords } from "./propertyStream";
import type { ListEntry, MessageState } from "./state";

/** The list with one element replaced. */
export function replaced<T>(list: readonly T[], element: T, other: T): T[] {
  const copy = [...list];
  copy[list.indexOf(element)] = other;
  return copy;
}

/**
 * The list in the order of the keys.
 * @throws MapiError MAPI_E_INVALID_PARAMETER when they do not name each element once
 */
export function reordered<T>(list: readonly ListEntry<T>[], keys: readonly number[]): ListEntry<T>[] {
  const entries = new Map(list.map((entry) => [entry.key, entry]));
  const order = keys.flatMap((key) => entries.get(key) ?? []);
  if (order.length !== list.length || keys.length !== list.length || new Set(keys).size !== list.length) {
    throw new MapiError("MAPI_E_INVALID_PARAMETER", "A new order must name each element of the list once.");
  }
  return order;
}

/** The list, or the very one before or in the file when its elements are the same. */
export function asBefore<T>(
  list: readonly ListEntry<T>[],
  before: readonly ListEntry<T>[],
  baseline: readonly ListEntry<T>[] | undefined,
): readonly ListEntry<T>[] {
  if (list.length === before.length && list.every((entry, i) => entry === before[i])) return before;
  const isAsRead =
    baseline?.length === list.length &&
    list.every((entry, i) => entry.key === baseline[i]?.key && entry.state === baseline[i].state);
  return isAsRead ? baseline : list;
}

/** Whether two contents of a message are the same; their lists are compared as `asBefore` leaves them. */
export const sameMessage = (a: MessageState, b: MessageState): boolean =>
  sameRecords(a.records, b.records) && a.recipients === b.recipients && a.attachments === b.attachments;

/** Whether recipients and attachments differ in no more than what is embedded in them. */
export function sameOwnLists(a: MessageState, b: MessageState): boolean {
  if (a.recipients !== b.recipients || a.attachments.length !== b.attachments.length) return false;
  return a.attachments.every((entry, i) => {
    const other = b.attachments[i];
    if (other?.key !== entry.key) return false;
    return other.state === entry.state || sameRecords(entry.state.value.records, other.state.value.records);
  });
}
