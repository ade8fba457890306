/**
 * The numbers of recipients and attachments: in their storages' names, in PR_ROWID, in PR_ATTACH_NUM and PR_RECORD_KEY
 * of attachments, and in the header of their message ([MS-OXMSG] 2.2.1, 2.2.2, 2.4.1; [MS-OXCMSG] 2.2.2.6). They follow
 * from the content and from what the message was read with alone, so that undoing an edit gives back the old numbers.
 */
import { PR_ATTACH_NUM, PR_RECORD_KEY, PR_ROWID } from "../mapi/tags";
import { PROPATTR_READABLE } from "./constants";
import { DEFAULT_CODE_PAGE } from "./codePageOf";
import { DEFAULT_FLAGS, makeRecord, type PropertyRecord } from "./propertyRecord";
import { sameBytes } from "./propertyStream";
import { putRecord } from "./recordList";
import {
  type AttachedObject,
  type AttachEntry,
  findRecord,
  Lazy,
  type ListEntry,
  type MessageState,
  type PropertyState,
  type RecipientEntry,
} from "./state";

/** The highest number that PR_ROWID and PR_ATTACH_NUM can hold. */
const MAX_NUMBER = 0x7fffffff;

/** One more than the highest number in use. */
function nextNumber(entries: readonly ListEntry<unknown>[]): number {
  return entries.reduce((highest, entry) => Math.max(highest, entry.number + 1), 0);
}

/** Numbers that are not in use: behind all others, or the lowest ones when there is no room behind them. */
export function freeNumbers(used: readonly number[], count: number): number[] {
  const next = used.reduce((highest, number) => Math.max(highest, number + 1), 0);
  if (next + count - 1 <= MAX_NUMBER) return Array.from({ length: count }, (_, i) => next + i);
  const taken = new Set(used);
  const free: number[] = [];
  for (let number = 0; free.length < count; number++) if (!taken.has(number)) free.push(number);
  return free;
}

/** The numbers that the entries are to have: those they were read with while none came, went or moved, else 0 … n-1. */
function numbersOf(origin: readonly ListEntry<unknown>[], entries: readonly ListEntry<unknown>[]): number[] {
  const isAddedTo = entries.length > origin.length;
  const stays = origin.every(
    (entry, i) => entry.key === entries[i]?.key && (!isAddedTo || entry.number === i),
  );
  return entries.map((_, i) => (stays ? (origin[i]?.number ?? i) : i));
}

type NumberProperty = readonly [tag: number, value: unknown, newFlags: number];

/** The records with those that hold a number set; one that holds it already stays as it is. */
function withNumbers(
  records: readonly PropertyRecord[],
  values: readonly NumberProperty[],
): readonly PropertyRecord[] {
  return values.reduce((changed, [tag, value, newFlags]) => {
    const old = findRecord(changed, tag);
    const record = makeRecord(tag, value, DEFAULT_CODE_PAGE, old?.flags ?? newFlags);
    return old?.tag === tag && sameNumber(old, record) ? changed : putRecord(changed, record);
  }, records);
}

function sameNumber(a: PropertyRecord, b: PropertyRecord): boolean {
  const bytesOf = ({ stored, entry }: PropertyRecord): Uint8Array =>
    stored?.place === "stream" ? stored.data.bytes : entry.subarray(0, 4);
  return sameBytes(bytesOf(a), bytesOf(b));
}

/** PR_RECORD_KEY of an attachment: its number as four bytes. */
export function attachRecordKey(number: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, number, true);
  return bytes;
}

const recipientNumbers = (number: number): NumberProperty[] => [[PR_ROWID, number, DEFAULT_FLAGS]];

const attachmentNumbers = (number: number): NumberProperty[] => [
  [PR_ATTACH_NUM, number, PROPATTR_READABLE],
  [PR_RECORD_KEY, attachRecordKey(number), PROPATTR_READABLE],
];

/** The list numbered; entries that are as they were read are not looked into. The same list when nothing changes. */
function numberList<T extends PropertyState>(
  origin: readonly ListEntry<T>[],
  entries: readonly ListEntry<T>[],
  numberProperties: (number: number) => NumberProperty[],
  numberInside: (state: T) => T,
): readonly ListEntry<T>[] {
  if (origin === entries) return entries;
  const read = new Map(origin.map((entry) => [entry.key, entry]));
  const numbers = numbersOf(origin, entries);
  const numbered = entries.map((entry, i) => {
    const number = numbers[i] ?? i;
    const old = read.get(entry.key);
    if (old?.state === entry.state && old.number === number) return entry.number === number ? entry : old;
    const state = numberInside(entry.state.value);
    const records = withNumbers(state.records, numberProperties(number));
    const isSame = state === entry.state.value && records === state.records;
    if (isSame && entry.number === number) return entry;
    return { key: entry.key, number, state: isSame ? entry.state : Lazy.of({ ...state, records }) };
  });
  return numbered.every((entry, i) => entry === entries[i]) ? entries : numbered;
}

/** An attachment's content with the lists of the message embedded in it numbered. */
function numberEmbedded(state: AttachEntry["state"]["value"]): AttachEntry["state"]["value"] {
  const object = state.object.value;
  if (object?.kind !== "message") return state;
  const message = numberMessage(object.message);
  if (message === object.message) return state;
  return { ...state, object: Lazy.of<AttachedObject>({ kind: "message", message }) };
}

/**
 * The message with its lists, at every depth, numbered for saving: as they were read while elements were only changed
 * since, from 0 on without a gap when one was added, removed or moved.
 */
export function numberMessage(state: MessageState): MessageState {
  const recipients: readonly RecipientEntry[] = numberList(
    state.origin.recipients,
    state.recipients,
    recipientNumbers,
    (recipient) => recipient,
  );
  const attachments: readonly AttachEntry[] = numberList(
    state.origin.attachments,
    state.attachments,
    attachmentNumbers,
    numberEmbedded,
  );
  if (recipients === state.recipients && attachments === state.attachments) return state;
  return { ...state, recipients, attachments };
}

const sameNumbers = (a: readonly ListEntry<unknown>[], b: readonly ListEntry<unknown>[]): boolean =>
  a === b ||
  (a.length === b.length && a.every((entry, i) => entry.key === b[i]?.key && entry.number === b[i].number));

/** The header to be written for a numbered message: as it was read while its lists have the same elements. */
export function headerOf(state: MessageState): Uint8Array {
  const { recipients, attachments, origin } = state;
  if (sameNumbers(recipients, origin.recipients) && sameNumbers(attachments, origin.attachments))
    return state.header;
  const header = new Uint8Array(state.header);
  const view = new DataView(header.buffer);
  view.setUint32(8, nextNumber(recipients), true);
  view.setUint32(12, nextNumber(attachments), true);
  view.setUint32(16, recipients.length, true);
  view.setUint32(20, attachments.length, true);
  return header;
}
