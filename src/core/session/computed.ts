/** What MAPI computes itself, and what it therefore does not let anybody set: [MS-OXCMSG] 2.2.1, [MS-OXOMSG] 2.2.1. */
import {
  PR_ACCESS,
  PR_ACCESS_LEVEL,
  PR_ATTACH_NUM,
  PR_ATTACH_SIZE,
  PR_CREATION_TIME,
  PR_DISPLAY_BCC,
  PR_DISPLAY_CC,
  PR_DISPLAY_NAME,
  PR_DISPLAY_TO,
  PR_HASATTACH,
  PR_LAST_MODIFICATION_TIME,
  PR_MESSAGE_SIZE,
  PR_NORMALIZED_SUBJECT,
  PR_OBJECT_TYPE,
  PR_RECIPIENT_TYPE,
  PR_RECORD_KEY,
  PR_STORE_SUPPORT_MASK,
} from "../mapi/tags";
import { isStringType, propId, propType } from "../mapi/propertyTypes";
import type { CodePage } from "../text/types";
import { MAPI_BCC, MAPI_CC, MAPI_TO } from "./constants";
import { recordValue } from "./propertyRecord";
import { findRecord, longOf, type PropertyState, type RecipientEntry } from "./state";

const idsOf = (...tags: readonly number[]): ReadonlySet<number> => new Set(tags.map(propId));

/** Ids of a message's computed properties. */
export const COMPUTED_OF_MESSAGE = idsOf(
  PR_CREATION_TIME,
  PR_LAST_MODIFICATION_TIME,
  PR_ACCESS,
  PR_ACCESS_LEVEL,
  PR_STORE_SUPPORT_MASK,
  PR_DISPLAY_TO,
  PR_DISPLAY_CC,
  PR_DISPLAY_BCC,
  PR_NORMALIZED_SUBJECT,
  PR_HASATTACH,
  PR_MESSAGE_SIZE,
);

/** Ids of an attachment's computed properties. */
export const COMPUTED_OF_ATTACHMENT = idsOf(
  PR_CREATION_TIME,
  PR_LAST_MODIFICATION_TIME,
  PR_ACCESS,
  PR_ACCESS_LEVEL,
  PR_STORE_SUPPORT_MASK,
  PR_ATTACH_NUM,
  PR_ATTACH_SIZE,
  PR_RECORD_KEY,
  PR_OBJECT_TYPE,
);

/** One to three letters, colon, blank: what counts as a prefix nobody set ([MS-OXOMSG] 2.2.1.9 names "RE: " and "FW: "). */
const PREFIX = /^[^\d\s\p{P}]{1,3}: /u;

/** Splits a subject. A prefix that was set, is not empty and leads the subject stays the prefix. */
export function splitSubject(
  subject: string,
  knownPrefix: string | undefined,
): { prefix: string; normalized: string } {
  if (knownPrefix && subject.startsWith(knownPrefix)) {
    return { prefix: knownPrefix, normalized: subject.slice(knownPrefix.length) };
  }
  const prefix = PREFIX.exec(subject)?.[0] ?? "";
  return { prefix, normalized: subject.slice(prefix.length) };
}

/** Bits of PR_RECIPIENT_TYPE beside the kind ([MS-OXOMSG] 2.2.3.1). */
const RECIPIENT_KIND = 0x0fffffff;

/** The kind of a recipient: MAPI_TO, MAPI_CC, MAPI_BCC, MAPI_ORIG; undefined when the row has none. */
export function recipientKind(entry: RecipientEntry): number | undefined {
  const type = longOf(entry.state.value.records, PR_RECIPIENT_TYPE);
  return type === undefined ? undefined : type & RECIPIENT_KIND;
}

/** The part of a row that the display lists are made of. */
interface DisplayedRow {
  readonly codePage: CodePage;
  readonly kind: number | undefined;
  readonly name: string;
}

const ROWS = new WeakMap<PropertyState, DisplayedRow>();

function displayedRow(entry: RecipientEntry, codePage: CodePage): DisplayedRow {
  const state = entry.state.value;
  const known = ROWS.get(state);
  if (known?.codePage === codePage) return known;
  const record = findRecord(state.records, PR_DISPLAY_NAME);
  const isText = record?.stored && isStringType(propType(record.tag));
  const value = isText ? recordValue(record, codePage) : "";
  const row = { codePage, kind: recipientKind(entry), name: typeof value === "string" ? value : "" };
  ROWS.set(state, row);
  return row;
}

/** The three display lists: tag of the list, kind of its recipients. */
const LISTS = [
  [PR_DISPLAY_TO, MAPI_TO],
  [PR_DISPLAY_CC, MAPI_CC],
  [PR_DISPLAY_BCC, MAPI_BCC],
] as const;

/** Display lists that were made already, in the order of LISTS. */
const MADE = new WeakMap<readonly RecipientEntry[], { codePage: CodePage; texts: readonly string[] }>();

function isBeginning(start: readonly RecipientEntry[], whole: readonly RecipientEntry[]): boolean {
  return start.length <= whole.length && start.every((entry, i) => entry === whole[i]);
}

function makeTexts(
  recipients: readonly RecipientEntry[],
  codePage: CodePage,
  before: readonly RecipientEntry[] | undefined,
): readonly string[] {
  const known = before && isBeginning(before, recipients) ? MADE.get(before) : undefined;
  const goesOn = known?.codePage === codePage;
  const texts: string[] = goesOn ? [...known.texts] : LISTS.map(() => "");
  for (let i = goesOn ? (before?.length ?? 0) : 0; i < recipients.length; i++) {
    const entry = recipients[i];
    const row = entry && displayedRow(entry, codePage);
    const at = LISTS.findIndex(([, kind]) => kind === row?.kind);
    if (!row || at < 0 || row.name === "") continue;
    const text = texts[at] ?? "";
    texts[at] = text === "" ? row.name : `${text}; ${row.name}`;
  }
  return texts;
}

/**
 * PR_DISPLAY_TO, _CC and _BCC of a list of recipients: names in row order, joined with "; ", rows without a name left
 * out ([MS-OXOMSG] 2.2.1.7).
 * @param before a list that this one may go on from
 */
export function displayLists(
  recipients: readonly RecipientEntry[],
  codePage: CodePage,
  before?: readonly RecipientEntry[],
): readonly (readonly [tag: number, text: string])[] {
  const known = MADE.get(recipients);
  const texts = known?.codePage === codePage ? known.texts : makeTexts(recipients, codePage, before);
  MADE.set(recipients, { codePage, texts });
  return LISTS.map(([tag], i) => [tag, texts[i] ?? ""]);
}

/** Whether two lists show the same names in the same places, so that no display list can differ. */
export function showSame(
  a: readonly RecipientEntry[],
  b: readonly RecipientEntry[],
  codePage: CodePage,
): boolean {
  if (a.length !== b.length) return false;
  return a.every((entry, i) => {
    const other = b[i];
    if (!other || other === entry) return other === entry;
    const [row, otherRow] = [displayedRow(entry, codePage), displayedRow(other, codePage)];
    return row.kind === otherRow.kind && row.name === otherRow.name;
  });
}
