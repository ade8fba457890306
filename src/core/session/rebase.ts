/**
 * Puts the content of one message onto another that it came from: what is equal becomes the very same records and list
 * entries, so that the rest is known as changes. For bringing unsaved work back onto the file it was made on.
 */
import { PR_ATTACH_NUM, PR_RECORD_KEY, PR_ROWID } from "../mapi/tags";
import type { StoredValue } from "../mapi/values";
import { sameStorage } from "./heldStorage";
import type { MessageSnapshot } from "./outlineViews";
import { sameBytes } from "./propertyStream";
import type { PropertyRecord } from "./propertyRecord";
import {
  type AttachedObject,
  type AttachEntry,
  type AttachState,
  Lazy,
  type ListEntry,
  type MessageState,
  type PropertyState,
} from "./state";

/** Numbers of list entries say nothing of what an entry is. */
const NUMBERS: ReadonlySet<number> = new Set([PR_ROWID, PR_ATTACH_NUM, PR_RECORD_KEY]);
/** Bytes at each end of a stream that a signature looks at. */
const SIGNATURE_BYTES = 32;

function sameStored(a: StoredValue | undefined, b: StoredValue | undefined): boolean {
  if (a === b) return true;
  if (a?.place === "fixed" && b?.place === "fixed") return sameBytes(a.bytes, b.bytes);
  if (a?.place === "stream" && b?.place === "stream") return sameBytes(a.data.bytes, b.data.bytes);
  if (a?.place !== "streams" || b?.place !== "streams" || a.items.length !== b.items.length) return false;
  return (
    sameBytes(a.lengths.bytes, b.lengths.bytes) &&
    a.items.every((item, i) => sameBytes(item.bytes, b.items[i]?.bytes ?? new Uint8Array()))
  );
}

function sameRecord(a: PropertyRecord, b: PropertyRecord): boolean {
  return (
    a.tag === b.tag && a.flags === b.flags && sameBytes(a.entry, b.entry) && sameStored(a.stored, b.stored)
  );
}

/** The records, with those of the base where they are equal; the base's own list when all are, in the same order. */
function rebaseRecords(
  records: readonly PropertyRecord[],
  base: readonly PropertyRecord[],
): readonly PropertyRecord[] {
  const old = new Map(base.map((record) => [record.tag, record]));
  const mapped = records.map((record) => {
    const same = old.get(record.tag);
    return same && sameRecord(record, same) ? same : record;
  });
  return mapped.length === base.length && mapped.every((record, i) => record === base[i]) ? base : mapped;
}

/** A short text that equal states share: tags, sizes and the ends of their streams. */
function signatureOf(state: PropertyState): string {
  return state.records
    .filter((record) => !NUMBERS.has(record.tag))
    .map(({ tag, entry, stored }) => {
      if (stored?.place !== "stream") return `${tag}:${entry.join()}`;
      const { bytes } = stored.data;
      return `${tag}:${bytes.length}:${bytes.subarray(0, SIGNATURE_BYTES).join()}:${bytes.subarray(-SIGNATURE_BYTES).join()}`;
    })
    .join(";");
}

/** Which entry of the base each entry came from: the equal one, else the one of the same number that nobody else has. */
function matchEntries<T extends PropertyState>(
  entries: readonly ListEntry<T>[],
  base: readonly ListEntry<T>[],
): Map<ListEntry<T>, ListEntry<T>> {
  const matches = new Map<ListEntry<T>, ListEntry<T>>();
  const bySignature = new Map<string, ListEntry<T>[]>();
  for (const entry of base) {
    const signature = signatureOf(entry.state.value);
    bySignature.set(signature, [...(bySignature.get(signature) ?? []), entry]);
  }
  for (const entry of entries) {
    const match = bySignature.get(signatureOf(entry.state.value))?.shift();
    if (match) matches.set(entry, match);
  }
  const taken = new Set(matches.values());
  const byNumber = new Map(base.filter((entry) => !taken.has(entry)).map((entry) => [entry.number, entry]));
  for (const entry of entries) {
    const match = matches.has(entry) ? undefined : byNumber.get(entry.number);
    if (match) matches.set(entry, match);
  }
  return matches;
}

function rebaseList<T extends PropertyState>(
  entries: readonly ListEntry<T>[],
  base: readonly ListEntry<T>[],
  rebase: (state: T, old: T) => T,
): readonly ListEntry<T>[] {
  const matches = matchEntries(entries, base);
  const mapped = entries.map((entry) => {
    const old = matches.get(entry);
    if (!old) return entry;
    const state = rebase(entry.state.value, old.state.value);
    if (state === old.state.value && entry.number === old.number) return old;
    return {
      key: old.key,
      number: entry.number,
      state: state === old.state.value ? old.state : Lazy.of(state),
    };
  });
  return mapped.length === base.length && mapped.every((entry, i) => entry === base[i]) ? base : mapped;
}

function rebaseRecipient(state: PropertyState, old: PropertyState): PropertyState {
  const records = rebaseRecords(state.records, old.records);
  return records === old.records ? old : { ...state, records };
}

function rebaseAttachment(state: AttachState, old: AttachState): AttachState {
  const records = rebaseRecords(state.records, old.records);
  const object = state.object.value;
  const before = old.object.value;
  let rebased: Lazy<AttachedObject> = state.object;
  if (object?.kind === "message" && before?.kind === "message") {
    const message = rebaseMessage(object.message, before.message);
    rebased = message === before.message ? old.object : Lazy.of<AttachedObject>({ kind: "message", message });
  } else if (object?.kind === "storage" && before?.kind === "storage") {
    if (sameStorage(object.held.storage, before.held.storage)) rebased = old.object;
  } else if (object === undefined && before === undefined) rebased = old.object;
  return records === old.records && rebased === old.object ? old : { ...state, records, object: rebased };
}

function rebaseMessage(state: MessageState, base: MessageState): MessageState {
  const records = rebaseRecords(state.records, base.records);
  const recipients = rebaseList(state.recipients, base.recipients, rebaseRecipient);
  const attachments: readonly AttachEntry[] = rebaseList(
    state.attachments,
    base.attachments,
    rebaseAttachment,
  );
  if (records === base.records && recipients === base.recipients && attachments === base.attachments)
    return base;
  return { ...base, records, recipients, attachments };
}

/** The content of `work` as a content of the message that `base` was taken from. */
export function rebaseSnapshot(work: MessageSnapshot, base: MessageSnapshot): MessageSnapshot {
  const sameNames = work.names.names.length === base.names.names.length;
  return { message: rebaseMessage(work.message, base.message), names: sameNames ? base.names : work.names };
}
