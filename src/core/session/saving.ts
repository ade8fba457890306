/** What every `saveChanges` has in common: the access that is left, and the time of the last change. */
import { PR_LAST_MODIFICATION_TIME } from "../mapi/tags";
import { propId } from "../mapi/propertyTypes";
import { MapiError } from "../mapi/errors";
import { FORCE_SAVE, KEEP_OPEN_READONLY, KEEP_OPEN_READWRITE, PROPATTR_READABLE } from "./constants";
import { DEFAULT_CODE_PAGE } from "./codePageOf";
import type { Access } from "./propObject";
import type { PropertyRecord } from "./propertyRecord";
import { putValue, revertId, sameRecordsBut } from "./recordList";

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

/** What `touchModified` compares. */
export interface SavedBefore {
  /** The records last saved into the owner. */
  readonly saved: readonly PropertyRecord[];
  /** The records in the file; none for an object that is not in it. */
  readonly baseline: readonly PropertyRecord[];
  /** Something of the object itself beside its properties differs from the file. */
  readonly alsoChanged: boolean;
}

/**
 * PR_LAST_MODIFICATION_TIME set to now when the properties differ from those saved before; as the file has it, or has
 * it not, when nothing else differs from the file.
 */
export function touchModified(
  records: readonly PropertyRecord[],
  { saved, baseline, alsoChanged }: SavedBefore,
  now: bigint,
): readonly PropertyRecord[] {
  const id = propId(PR_LAST_MODIFICATION_TIME);
  if (!alsoChanged && sameRecordsBut(records, baseline, id)) return revertId(records, id, baseline);
  if (!alsoChanged && records === saved) return records;
  const context = { codePage: DEFAULT_CODE_PAGE, unicode: true, baseline };
  return putValue(records, PR_LAST_MODIFICATION_TIME, now, context, PROPATTR_READABLE);
}
