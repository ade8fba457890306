/** What every `saveChanges` has in common: the access that is left, and the time of the last change. */
import { PR_LAST_MODIFICATION_TIME } from "../mapi/tags";
import { propId } from "../mapi/propertyTypes";
import { MapiError } from "../mapi/errors";
import { FORCE_SAVE, KEEP_OPEN_READONLY, KEEP_OPEN_READWRITE, PROPATTR_READABLE } from "./constants";
import { DEFAULT_CODE_PAGE } from "./codePageOf";
import type { Access } from "./propObject";
import type { PropertyRecord } from "./propertyRecord";
import { putRecord, putValue, sameRecordsBut } from "./recordList";

/** SPAMFILTER_ONSAVE and NON_EMS_XP_SAVE concern PST stores and are ignored. */
const IGNORED = 0x80 | 0x1000 | 0x8;
const KNOWN = KEEP_OPEN_READONLY | KEEP_OPEN_READWRITE | FORCE_SAVE | IGNORED;

/**
 * What may be done with an object after it was saved: no flag closes it.
 * @throws MapiError MAPI_E_UNKNOWN_FLAGS
 */
export function accessAfterSave(flags: number, access: Access): Access {
  if ((flags & ~KNOWN) !== 0) {
    throw new MapiError(
      "MAPI_E_UNKNOWN_FLAGS",
      `saveChanges does not know the flags 0x${(flags >>> 0).toString(16)}.`,
    );
  }
  if ((flags & KEEP_OPEN_READWRITE) !== 0) return access;
  return (flags & KEEP_OPEN_READONLY) !== 0 ? "readOnly" : "closed";
}

/**
 * PR_LAST_MODIFICATION_TIME set to now, when the properties differ from those saved before; put back to what the file
 * holds when nothing else differs from the file.
 */
export function touchModified(
  records: readonly PropertyRecord[],
  previous: readonly PropertyRecord[],
  baseline: readonly PropertyRecord[],
  now: bigint,
  alsoChanged = false,
): readonly PropertyRecord[] {
  const id = propId(PR_LAST_MODIFICATION_TIME);
  if (!alsoChanged && records === previous) return records;
  const old = baseline.find((record) => propId(record.tag) === id);
  if (!alsoChanged && old && sameRecordsBut(records, baseline, id)) return putRecord(records, old, baseline);
  const context = { codePage: DEFAULT_CODE_PAGE, unicode: true, baseline };
  return putValue(records, PR_LAST_MODIFICATION_TIME, now, context, PROPATTR_READABLE);
}
