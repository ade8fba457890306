/**
 * A content whose names went on from those of a file, while the file's own names may have gone on too. Both maps only
 * ever grow at their end, so that what they began with is the same.
 */
import { propId, propTag, propType } from "../mapi/propertyTypes";
import { FIRST_NAMED_ID, nameKey, type NameMap } from "./namedProperties";
import { planNames } from "./nameTransfer";
import type { MessageSnapshot } from "./outlineViews";
import type { PropertyRecord } from "./propertyRecord";
import { holdsTags, withIds } from "./tagsInValues";
import {
  type AttachedObject,
  type AttachState,
  Lazy,
  type ListEntry,
  type MessageState,
  type PropertyState,
} from "./state";

/** How many names two maps have in common from the start on. */
function commonNames({ names: a }: NameMap, { names: b }: NameMap): number {
  const differs = a.findIndex((name, i) => {
    const other = b[i];
    return i >= b.length || (name && nameKey(name)) !== (other && nameKey(other));
  });
  return differs < 0 ? a.length : differs;
}

type Ids = ReadonlyMap<number, number>;

/** What is in a list with another id; the very list when nothing is. */
function mapped<T>(list: readonly T[], change: (element: T) => T): readonly T[] {
  const changed = list.map(change);
  return changed.every((element, i) => element === list[i]) ? list : changed;
}

/** A record with other ids in its value, where that holds tags. */
function movedValue(record: PropertyRecord, ids: Ids): PropertyRecord {
  const type = propType(record.tag);
  if (!holdsTags(type) || record.stored?.place !== "stream") return record;
  const { bytes } = record.stored.data;
  const changed = withIds(type, bytes, ids);
  if (changed === bytes) return record;
  return { ...record, stored: { place: "stream", data: { bytes: changed } }, held: changed.length };
}

function moveRecords(records: readonly PropertyRecord[], ids: Ids): readonly PropertyRecord[] {
  return mapped(records, (each) => {
    const record = movedValue(each, ids);
    const id = ids.get(propId(record.tag));
    return id === undefined ? record : { ...record, tag: propTag(propType(record.tag), id) };
  });
}

function moveEntries<T extends PropertyState>(
  entries: readonly ListEntry<T>[],
  move: (state: T) => T,
): readonly ListEntry<T>[] {
  return mapped(entries, (entry) => {
    const state = move(entry.state.value);
    return state === entry.state.value ? entry : { ...entry, state: Lazy.of(state) };
  });
}

function moveRecipient(state: PropertyState, ids: Ids): PropertyState {
  const records = moveRecords(state.records, ids);
  return records === state.records ? state : { ...state, records };
}

function moveAttachment(state: AttachState, ids: Ids): AttachState {
  const records = moveRecords(state.records, ids);
  const object = state.object.value;
  const before = object?.kind === "message" ? object.message : undefined;
  const message = before && moveMessage(before, ids);
  if (records === state.records && message === before) return state;
  const moved = message === before ? state.object : undefined;
  return {
    ...state,
    records,
    object: moved ?? Lazy.of<AttachedObject>(message && { kind: "message", message }),
  };
}

function moveMessage(state: MessageState, ids: Ids): MessageState {
  const records = moveRecords(state.records, ids);
  const recipients = moveEntries(state.recipients, (recipient) => moveRecipient(recipient, ids));
  const attachments = moveEntries(state.attachments, (attachment) => moveAttachment(attachment, ids));
  const isSame =
    records === state.records && recipients === state.recipients && attachments === state.attachments;
  return isSame ? state : { ...state, records, recipients, attachments };
}

/**
 * A content with the names of a file that it came from: as it is when either has only gone on from the other, else with
 * other ids for the names that only it has.
 * @param names the file's
 * @throws MapiError MAPI_E_TOO_BIG when the file has no room for them
 */
export function mergeNames(content: MessageSnapshot, names: NameMap): MessageSnapshot {
  const { message, names: own } = content;
  const common = commonNames(own, names);
  if (common === own.names.length) return { message, names };
  if (common === names.names.length) return content;
  const added = own.names.flatMap((name, i) => (i >= common && name ? [FIRST_NAMED_ID + i] : []));
  const plan = planNames(added, own, names);
  return { message: moveMessage(message, plan.ids), names: plan.names };
}
