/** GetAttribIMsgOnIStg, SetAttribIMsgOnIStg and MapStorageSCode of the MAPI headers. */
import * as codes from "../mapi/errors";
import type { IMAPIProp, PropProblem } from "./types";

/** The flags (PROPATTR_*) of properties, in the order of the tags; PROPATTR_NOT_PRESENT for one that is not there. */
export function getAttribIMsgOnIStg(object: IMAPIProp, tags: readonly number[]): number[] {
  return tags.map((tag) => object.getPropFlags(tag));
}

/**
 * Changes the flags of properties; both arrays run in parallel. What cannot be changed is a problem.
 * @throws MapiError MAPI_E_INVALID_PARAMETER when the arrays differ in length.
 */
export function setAttribIMsgOnIStg(
  object: IMAPIProp,
  tags: readonly number[],
  attributes: readonly number[],
): PropProblem[] {
  if (tags.length !== attributes.length) {
    throw new codes.MapiError(
      "MAPI_E_INVALID_PARAMETER",
      `${tags.length} tags, but ${attributes.length} sets of flags.`,
    );
  }
  return tags.flatMap((tag, index) => {
    try {
      object.setPropFlags(tag, attributes[index] ?? 0);
      return [];
    } catch (error) {
      if (!(error instanceof codes.MapiError) || error.name === "MAPI_E_INVALID_OBJECT") throw error;
      return [{ index, tag, code: error.code, name: error.name, message: error.message }];
    }
  });
}

const MAPI_OF_STORAGE: ReadonlyMap<number, number> = new Map([
  [codes.S_OK, codes.S_OK],
  [codes.STG_E_FILENOTFOUND, codes.MAPI_E_NOT_FOUND],
  [codes.STG_E_PATHNOTFOUND, codes.MAPI_E_NOT_FOUND],
  [codes.STG_E_TOOMANYOPENFILES, codes.MAPI_E_NOT_ENOUGH_RESOURCES],
  [codes.STG_E_ACCESSDENIED, codes.MAPI_E_NO_ACCESS],
  [codes.STG_E_DISKISWRITEPROTECTED, codes.MAPI_E_NO_ACCESS],
  [codes.STG_E_SHAREVIOLATION, codes.MAPI_E_NO_ACCESS],
  [codes.STG_E_LOCKVIOLATION, codes.MAPI_E_NO_ACCESS],
  [codes.STG_E_INVALIDHANDLE, codes.MAPI_E_INVALID_PARAMETER],
  [codes.STG_E_INVALIDPOINTER, codes.MAPI_E_INVALID_PARAMETER],
  [codes.STG_E_INVALIDPARAMETER, codes.MAPI_E_INVALID_PARAMETER],
  [codes.STG_E_INVALIDNAME, codes.MAPI_E_INVALID_PARAMETER],
  [codes.STG_E_INVALIDFLAG, codes.MAPI_E_UNKNOWN_FLAGS],
  [codes.STG_E_INSUFFICIENTMEMORY, codes.MAPI_E_NOT_ENOUGH_MEMORY],
  [codes.STG_E_SEEKERROR, codes.MAPI_E_DISK_ERROR],
  [codes.STG_E_WRITEFAULT, codes.MAPI_E_DISK_ERROR],
  [codes.STG_E_READFAULT, codes.MAPI_E_DISK_ERROR],
  [codes.STG_E_MEDIUMFULL, codes.MAPI_E_NOT_ENOUGH_DISK],
  [codes.STG_E_FILEALREADYEXISTS, codes.MAPI_E_COLLISION],
  [codes.STG_E_INVALIDHEADER, codes.MAPI_E_CORRUPT_DATA],
  [codes.STG_E_DOCFILECORRUPT, codes.MAPI_E_CORRUPT_DATA],
  [codes.STG_E_OLDFORMAT, codes.MAPI_E_CORRUPT_DATA],
  [codes.STG_E_ABNORMALAPIEXIT, codes.MAPI_E_CORRUPT_DATA],
  [codes.STG_E_OLDDLL, codes.MAPI_E_VERSION],
  [codes.STG_E_INUSE, codes.MAPI_E_BUSY],
  [codes.STG_E_NOTCURRENT, codes.MAPI_E_OBJECT_CHANGED],
  [codes.STG_E_REVERTED, codes.MAPI_E_OBJECT_DELETED],
  [codes.STG_E_CANTSAVE, codes.MAPI_E_UNABLE_TO_COMPLETE],
  [codes.STG_E_UNIMPLEMENTEDFUNCTION, codes.MAPI_E_NO_SUPPORT],
  [codes.STG_E_INVALIDFUNCTION, codes.MAPI_E_NO_SUPPORT],
  [codes.STG_E_DOCFILETOOLARGE, codes.MAPI_E_TOO_BIG],
]);

/** The MAPI code for a code of structured storage; MAPI_E_CALL_FAILED for one without a partner. */
export function mapStorageSCode(code: number): number {
  return MAPI_OF_STORAGE.get(code >>> 0) ?? codes.MAPI_E_CALL_FAILED;
}
