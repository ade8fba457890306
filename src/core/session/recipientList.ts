/** IMessage::ModifyRecipients over the list of recipients: what rows are added, changed and removed. MAPI's IMessage. */
import { hex8, propId, propType, PT_ERROR, PT_NULL, PT_OBJECT } from "../mapi/propertyTypes";
import { MapiError } from "../mapi/errors";
import { PR_ROWID } from "../mapi/tags";
import type { CodePage } from "../text/types";
import { MODRECIP_ADD, MODRECIP_MODIFY, MODRECIP_REMOVE } from "./constants";
import type { NameMap } from "./namedProperties";
import { freeNumbers } from "./numbering";
import type { PropertyRecord } from "./propertyRecord";
import { sameRecords } from "./propertyStream";
import { checkId } from "./propValues";
import { putValue, type RecordContext, withoutId } from "./recordList";
import {
  checkCount,
  emptyRecipient,
  findRecord,
  Lazy,
  newKey,
  type PropertyState,
  type RecipientEntry,
} from "./state";
import type { PropValue } from "./types";

/** A row as it is given to `modifyRecipients`. */
export interface GivenRow {
  readonly rowId?: number;
  readonly properties: readonly PropValue[];
}

/** What the rows of a message share. */
export interface RowContext {
  readonly codePage: CodePage;
  readonly unicode: boolean;
  readonly names: NameMap;
  /** The recipients in the file. */
  readonly baseline: readonly RecipientEntry[];
}

/** The entry with other content; when that is what the file holds, with the very content of the file. */
export function withState(
  entry: RecipientEntry,
  state: PropertyState,
  baseline: RecipientEntry | undefined,
): RecipientEntry {
  if (state === entry.state.value) return entry;
  const isAsRead = baseline && sameRecords(baseline.state.value.records, state.records);
  return { ...entry, state: isAsRead ? baseline.state : Lazy.of(state) };
}

/** A row's state with exactly these properties (PR_ROWID apart); what is equal keeps its record and place. */
function rowState(
  state: PropertyState,
  baseline: readonly PropertyRecord[],
  rowId: number,
  properties: readonly PropValue[],
  { codePage, unicode, names }: RowContext,
): PropertyState {
  const context: RecordContext = { codePage, unicode, baseline };
  // Values that cannot be read came as PT_ERROR: they stay as they are.
  const kept = new Set([propId(PR_ROWID), ...properties.map(({ tag }) => propId(tag))]);
  let records: readonly PropertyRecord[] = state.records.filter(({ tag }) => kept.has(propId(tag)));
  if (!findRecord(records, PR_ROWID)) records = putValue(records, PR_ROWID, rowId, context);
  for (const { tag, value } of properties) {
    const type = propType(tag);
    if (type === PT_ERROR || propId(tag) === propId(PR_ROWID)) continue;
    if (type === PT_NULL || type === PT_OBJECT) {
      throw new MapiError("MAPI_E_INVALID_PARAMETER", `0x${hex8(tag)} cannot be a property of a recipient.`);
    }
    if (!findRecord(records, tag)) checkId(tag, names);
    records = putValue(records, tag >>> 0, value, context);
  }
  return sameRecords(records, state.records) ? state : { ...state, records };
}

function addRows(
  entries: readonly RecipientEntry[],
  rows: readonly GivenRow[],
  context: RowContext,
): RecipientEntry[] {
  checkCount(entries.length + rows.length, "recipients");
  const numbers = freeNumbers(
    entries.map((entry) => entry.number),
    rows.length,
  );
  const added = rows.map(({ properties }, i): RecipientEntry => {
    const number = numbers[i] ?? i;
    const state = rowState(emptyRecipient(), [], number, properties, context);
    return { key: newKey(), number, state: Lazy.of(state) };
  });
  return [...entries, ...added];
}

/** Finds the entries that rows name by their row ids. */
function rowFinder(entries: readonly RecipientEntry[]): (row: GivenRow) => RecipientEntry {
  const byNumber = new Map(entries.map((entry) => [entry.number, entry]));
  return (row) => {
    const rowId = row.rowId ?? row.properties.find(({ tag }) => tag === PR_ROWID)?.value;
    if (typeof rowId !== "number") {
      throw new MapiError(
        "MAPI_E_MISSING_REQUIRED_COLUMN",
        "A row to be modified or removed needs its row id.",
      );
    }
    const entry = byNumber.get(rowId >>> 0);
    if (!entry) throw new MapiError("MAPI_E_NOT_FOUND", `There is no recipient row ${rowId}.`);
    return entry;
  };
}

function modifyRows(
  entries: readonly RecipientEntry[],
  rows: readonly GivenRow[],
  context: RowContext,
): RecipientEntry[] {
  const find = rowFinder(entries);
  const baseline = new Map(context.baseline.map((entry) => [entry.key, entry]));
  const changed = new Map<number, RecipientEntry>();
  for (const row of rows) {
    const { key } = find(row);
    const entry = changed.get(key) ?? find(row);
    const old = baseline.get(key);
    const records = old?.state.value.records ?? [];
    const state = rowState(entry.state.value, records, entry.number, row.properties, context);
    changed.set(key, withState(entry, state, old));
  }
  return entries.map((entry) => changed.get(entry.key) ?? entry);
}

/**
 * The list after `modifyRecipients`: 0 replaces it, MODRECIP_ADD appends, MODRECIP_MODIFY replaces whole rows,
 * MODRECIP_REMOVE deletes rows.
 * @throws MapiError MAPI_E_UNKNOWN_FLAGS, MAPI_E_MISSING_REQUIRED_COLUMN for a row without its id, MAPI_E_NOT_FOUND for
 * an id that is not in the list, MAPI_E_TOO_BIG for more than 2,048 recipients, and as `encodeValue`.
 */
export function modifiedRecipients(
  flags: number,
  entries: readonly RecipientEntry[],
  rows: readonly GivenRow[],
  context: RowContext,
): readonly RecipientEntry[] {
  switch (flags) {
    case 0:
      return addRows([], rows, context);
    case MODRECIP_ADD:
      return addRows(entries, rows, context);
    case MODRECIP_MODIFY:
      return modifyRows(entries, rows, context);
    case MODRECIP_REMOVE: {
      const find = rowFinder(entries);
      const gone = new Set(rows.map((row) => find(row).key));
      return entries.filter((entry) => !gone.has(entry.key));
    }
    default:
      throw new MapiError(
        "MAPI_E_UNKNOWN_FLAGS",
        `modifyRecipients does not know the flags 0x${(flags >>> 0).toString(16)}.`,
      );
  }
}

/** The records of a recipient without the properties of some ids. */
export function withoutIds(
  records: readonly PropertyRecord[],
  tags: readonly number[],
): readonly PropertyRecord[] {
  return tags.reduce((left, tag) => withoutId(left, propId(tag)), records);
}
