/** What the outline of a message shows: views of its objects and properties, and how they differ from the file. */
import { MapiError } from "../mapi/errors";
import { storedSize } from "../mapi/values";
import type { CodePage } from "../text/types";
import type { CodePageRule } from "./codePageOf";
import type { NameMap } from "./namedProperties";
import { type PropertyRecord, recordValue } from "./propertyRecord";
import { firstById } from "./recordList";
import type { AttachState, ListEntry, MessageState, PropertyState } from "./state";

/**
 * Where an object is: "" for the top message, "/r7" for a recipient, "/a3" for an attachment, "/a3/m" for the message
 * embedded in it, and so on. Valid as long as the message is open, whatever is added, removed or saved.
 */
export type ObjectAddress = string;

/** How something differs from the file. */
export type Change = "added" | "changed" | "deleted";

/** One property of an object, as it stands. */
export interface PropertyView {
  readonly tag: number;
  readonly flags: number;
  /** The value; undefined when it cannot be read. */
  readonly value: unknown;
  /** Why the value cannot be read. */
  readonly problem: string | undefined;
  readonly change: Change | undefined;
  /** Bytes of the value as stored: of its streams, or of its property entry; undefined where it has none. */
  readonly size: number | undefined;
}

/** A recipient in a message's list. */
export interface RecipientView {
  readonly address: ObjectAddress;
  readonly rowId: number;
  /** MAPI_TO, MAPI_CC, MAPI_BCC …; undefined when the row does not say. */
  readonly recipientKind: number | undefined;
  readonly change: Change | undefined;
}

/** An attachment in a message's list. */
export interface AttachmentView {
  readonly address: ObjectAddress;
  readonly number: number;
  /** What it holds beside properties. */
  readonly object: "message" | "storage" | undefined;
  readonly change: Change | undefined;
  /** Why the attachment cannot be read. */
  readonly problem: string | undefined;
}

/** A message, at the top or embedded. */
export interface MessageView {
  readonly address: ObjectAddress;
  readonly recipients: readonly RecipientView[];
  readonly attachments: readonly AttachmentView[];
  readonly unicode: boolean;
  readonly codePage: CodePage;
  readonly codePageRule: CodePageRule;
}

/** The whole content of a message at one moment; opaque. Taking one costs nothing. */
export interface MessageSnapshot {
  readonly message: MessageState;
  readonly names: NameMap;
}

/** A record as a view. */
export function viewOf(record: PropertyRecord, codePage: CodePage, change: Change | undefined): PropertyView {
  const { tag, flags } = record;
  try {
    const size = record.stored && storedSize(record.stored);
    return { tag, flags, change, size, value: recordValue(record, codePage), problem: undefined };
  } catch (error) {
    if (!(error instanceof MapiError)) throw error;
    return { tag, flags, change, size: undefined, value: undefined, problem: error.message };
  }
}

/** Records of an object with those only the file has behind them, in order, one an id, each with how it differs. */
export function diffRecords(
  current: readonly PropertyRecord[],
  baseline: readonly PropertyRecord[] | undefined,
): { record: PropertyRecord; change: Change | undefined }[] {
  const present = firstById(current);
  if (current === baseline) return Array.from(present.values(), (record) => ({ record, change: undefined }));
  const old = firstById(baseline ?? []);
  const changeOf = (id: number, record: PropertyRecord): Change | undefined => {
    const before = old.get(id);
    if (!before) return "added";
    return before === record ? undefined : "changed";
  };
  const rows = [...present].map(([id, record]) => ({ record, change: changeOf(id, record) }));
  const deleted = [...old].filter(([id]) => !present.has(id));
  return [...rows, ...deleted.map(([, record]) => ({ record, change: "deleted" as const }))];
}

/** How an entry differs from that of its key in the file. */
export function entryChange<T>(
  entry: ListEntry<T>,
  old: ReadonlyMap<number, ListEntry<T>>,
): Change | undefined {
  const before = old.get(entry.key);
  if (!before) return "added";
  return before.state === entry.state ? undefined : "changed";
}

/** Entries by their key. */
export const byKey = <T>(entries: readonly ListEntry<T>[] | undefined): ReadonlyMap<number, ListEntry<T>> =>
  new Map((entries ?? []).map((entry) => [entry.key, entry]));

/** What an attachment holds, or why that cannot be told. */
export function attachedKind(
  entry: MessageState["attachments"][number],
): Pick<AttachmentView, "object" | "problem"> {
  try {
    return { object: entry.state.value.object.value?.kind, problem: undefined };
  } catch (error) {
    if (!(error instanceof MapiError)) throw error;
    return { object: undefined, problem: error.message };
  }
}

function countRecords(current: PropertyState, baseline: PropertyState | undefined): number {
  if (current.records === baseline?.records) return 0;
  return diffRecords(current.records, baseline?.records).filter(({ change }) => change !== undefined).length;
}

/** Changes of a list: one for each element that came or went, those inside elements that stayed, one for another order. */
function countList<T>(
  current: readonly ListEntry<T>[],
  baseline: readonly ListEntry<T>[] | undefined,
  inside: (state: T, old: T) => number,
): number {
  if (current === baseline) return 0;
  const old = byKey(baseline);
  const present = byKey(current);
  const stayed = (baseline ?? []).filter((entry) => present.has(entry.key));
  const removed = (baseline?.length ?? 0) - stayed.length;
  const order = current.filter((entry) => old.has(entry.key));
  const moved = order.some((entry, i) => entry.key !== stayed[i]?.key) ? 1 : 0;
  return current.reduce((sum, entry) => {
    const before = old.get(entry.key);
    if (!before) return sum + 1;
    return before.state === entry.state ? sum : sum + inside(entry.state.value, before.state.value);
  }, removed + moved);
}

function countObject(current: AttachState, old: AttachState): number {
  if (current.object === old.object) return 0;
  const object = current.object.value;
  const before = old.object.value;
  if (object?.kind !== "message") return 1;
  const isSame = before?.kind === "message" && before.message.origin === object.message.origin;
  return countChanges(object.message, isSame ? before.message : undefined);
}

/** Number of properties, recipients and attachments that differ, at every depth. */
export function countChanges(current: MessageState, baseline: MessageState | undefined): number {
  if (current === baseline) return 0;
  return (
    countRecords(current, baseline) +
    countList(current.recipients, baseline?.recipients, countRecords) +
    countList(
      current.attachments,
      baseline?.attachments,
      (state, old) => countRecords(state, old) + countObject(state, old),
    )
  );
}
