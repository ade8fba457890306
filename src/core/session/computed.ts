/** What MAPI computes itself, and what it therefore does not let anybody set: [MS-OXCMSG] 2.2.1, [MS-OXOMSG] 2.2.1. */
import {
  PR_ACCESS,
  PR_ACCESS_LEVEL,
  PR_ATTACH_NUM,
  PR_CREATION_TIME,
  PR_DISPLAY_BCC,
  PR_DISPLAY_CC,
  PR_DISPLAY_NAME,
  PR_DISPLAY_TO,
  PR_HASATTACH,
  PR_LAST_MODIFICATION_TIME,
  PR_NORMALIZED_SUBJECT,
  PR_OBJECT_TYPE,
  PR_RECIPIENT_TYPE,
  PR_RECORD_KEY,
  PR_STORE_SUPPORT_MASK,
} from "../mapi/tags";
import { propId } from "../mapi/propertyTypes";
import type { CodePage } from "../text/types";
import { MAPI_BCC, MAPI_CC, MAPI_TO } from "./constants";
import { recordValue } from "./propertyRecord";
import { findRecord, longOf, type RecipientEntry } from "./state";

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
);

/** Ids of an attachment's computed properties. */
export const COMPUTED_OF_ATTACHMENT = idsOf(
  PR_CREATION_TIME,
  PR_LAST_MODIFICATION_TIME,
  PR_ACCESS,
  PR_ACCESS_LEVEL,
  PR_STORE_SUPPORT_MASK,
  PR_ATTACH_NUM,
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

function displayNameOf(entry: RecipientEntry, codePage: CodePage): string {
  const record = findRecord(entry.state.value.records, PR_DISPLAY_NAME);
  const value = record?.stored ? recordValue(record, codePage) : undefined;
  return typeof value === "string" ? value : "";
}

/** The three display lists: tag of the list, kind of its recipients. */
const LISTS = [
  [PR_DISPLAY_TO, MAPI_TO],
  [PR_DISPLAY_CC, MAPI_CC],
  [PR_DISPLAY_BCC, MAPI_BCC],
] as const;

/** PR_DISPLAY_TO, _CC and _BCC of a list of recipients: names in row order, joined with "; ". */
export function displayLists(
  recipients: readonly RecipientEntry[],
  codePage: CodePage,
): readonly (readonly [number, string])[] {
  const rows = recipients.map((entry) => ({
    kind: recipientKind(entry),
    name: displayNameOf(entry, codePage),
  }));
  return LISTS.map(([tag, kind]) => [
    tag,
    rows
      .filter((row) => row.kind === kind)
      .map((row) => row.name)
      .join("; "),
  ]);
}
