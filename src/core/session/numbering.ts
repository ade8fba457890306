/**
 * The numbers of recipients and attachments: in their storages' names, in PR_ROWID, and in PR_ATTACH_NUM and
 * PR_RECORD_KEY of attachments ([MS-OXMSG] 2.2.1, 2.2.2; [MS-OXCMSG] 2.2.2.6).
 */
import { PR_ATTACH_NUM, PR_RECORD_KEY, PR_ROWID } from "../mapi/tags";
import { codePage } from "../text/codePages";
import type { CodePage } from "../text/types";
import { MapiError } from "../mapi/errors";
import { DEFAULT_FLAGS, makeRecord, type PropertyRecord } from "./propertyRecord";
import { PROPATTR_READABLE } from "./constants";
import { EMBEDDED_HEADER_SIZE } from "./propertyStream";
import {
  type AttachedObject,
  type AttachEntry,
  emptyMessage,
  Lazy,
  type ListEntry,
  type MessageState,
  type RecipientEntry,
} from "./state";

/** Numbers 0 … n-1 for a list that lost or moved elements; the numbers it has when it did not. */
function numberEntries<T>(before: readonly ListEntry<T>[], after: readonly ListEntry<T>[]): ListEntry<T>[] {
  const kept = new Set(after.map((entry) => entry.key));
  const stays = before.every((entry, i) => kept.has(entry.key) && after[i]?.key === entry.key);
  if (!stays) return after.map((entry, number) => (entry.number === number ? entry : { ...entry, number }));
  let next = before.reduce((highest, entry) => Math.max(highest, entry.number + 1), 0);
  return after.map((entry, i) => {
    const old = before[i];
    const number = old ? old.number : next++;
    return entry.number === number ? entry : { ...entry, number };
  });
}

const latin: CodePage = (() => {
  const page = codePage(1252);
  if (!page) throw new MapiError("MAPI_E_CALL_FAILED", "Code page 1252 is missing.");
  return page;
})();

/** The records with those of the given ids set to values, keeping place and flags; an equal value keeps its record. */
function withNumber(
  records: readonly PropertyRecord[],
  values: readonly [number, unknown, number][],
): readonly PropertyRecord[] {
  let changed = records;
  for (const [tag, value, flags] of values) {
    const at = changed.findIndex((record) => record.tag === tag);
    const record = makeRecord(tag, value, latin, changed[at]?.flags ?? flags);
    const old = changed[at];
    if (!old) changed = [...changed, record];
    else if (!sameNumber(old, record)) {
      changed = changed.map((candidate, i) => (i === at ? record : candidate));
    }
  }
  return changed;
}

function sameNumber(a: PropertyRecord, b: PropertyRecord): boolean {
  const bytesOf = (record: PropertyRecord): Uint8Array =>
    record.stored?.place === "stream" ? record.stored.data.bytes : record.entry.subarray(0, 4);
  const [left, right] = [bytesOf(a), bytesOf(b)];
  return left.length === right.length && left.every((byte, i) => byte === right[i]);
}

function attachNumberBytes(number: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, number, true);
  return bytes;
}

/** A recipient entry with PR_ROWID as its number says. */
function renumberRecipient(entry: RecipientEntry): RecipientEntry {
  const state = entry.state.value;
  const records = withNumber(state.records, [[PR_ROWID, entry.number, DEFAULT_FLAGS]]);
  return records === state.records ? entry : { ...entry, state: Lazy.of({ ...state, records }) };
}

/** An attachment entry with PR_ATTACH_NUM and PR_RECORD_KEY as its number says. */
function renumberAttachment(entry: AttachEntry): AttachEntry {
  const state = entry.state.value;
  const records = withNumber(state.records, [
    [PR_ATTACH_NUM, entry.number, PROPATTR_READABLE],
    [PR_RECORD_KEY, attachNumberBytes(entry.number), PROPATTR_READABLE],
  ]);
  return records === state.records ? entry : { ...entry, state: Lazy.of({ ...state, records }) };
}

/** Maps the entries that are new, changed or moved; the same array when none is. */
function mapChanged<T>(
  before: readonly ListEntry<T>[],
  after: readonly ListEntry<T>[],
  map: (entry: ListEntry<T>, previous: ListEntry<T> | undefined) => ListEntry<T>,
): readonly ListEntry<T>[] {
  if (before === after) return after;
  const old = new Map(before.map((entry) => [entry.key, entry]));
  const mapped = numberEntries(before, after).map((entry) => {
    const previous = old.get(entry.key);
    const same = previous?.state === entry.state && previous.number === entry.number;
    return same ? entry : map(entry, previous);
  });
  return mapped.every((entry, i) => entry === after[i]) && mapped.length === after.length ? after : mapped;
}

/** Numbers the lists of a message embedded in an attachment that changed. */
function numberEmbedded(entry: AttachEntry, previous: AttachEntry | undefined): AttachEntry {
  const state = entry.state.value;
  if (previous?.state.value.object === state.object) return entry;
  const object = state.object.value;
  if (object?.kind !== "message") return entry;
  const old: AttachedObject = previous?.state.value.object.value;
  const message = numberMessage(
    old?.kind === "message" ? old.message : emptyMessage(EMBEDDED_HEADER_SIZE),
    object.message,
  );
  if (message === object.message) return entry;
  return {
    ...entry,
    state: Lazy.of({ ...state, object: Lazy.of<AttachedObject>({ kind: "message", message }) }),
  };
}

/**
 * The message with its lists, at every depth, numbered for saving: as they are when elements were only added or changed
 * since `before`, from 0 on when one was removed or moved.
 */
export function numberMessage(before: MessageState, after: MessageState): MessageState {
  if (before === after) return after;
  const recipients = mapChanged(before.recipients, after.recipients, renumberRecipient);
  const attachments = mapChanged(before.attachments, after.attachments, (entry, previous) =>
    renumberAttachment(numberEmbedded(entry, previous)),
  );
  if (recipients === after.recipients && attachments === after.attachments) return after;
  return { ...after, recipients, attachments };
}
