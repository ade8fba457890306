/**
 * Error codes of MAPI and of structured storage, and the one exception the core throws.
 * Values: [MS-OXCDATA] 2.4 and the MAPI headers.
 */

export const S_OK = 0x00000000;
export const MAPI_E_CALL_FAILED = 0x80004005;
export const MAPI_E_INTERFACE_NOT_SUPPORTED = 0x80004002;
export const MAPI_E_NO_ACCESS = 0x80070005;
export const MAPI_E_NOT_ENOUGH_MEMORY = 0x8007000e;
export const MAPI_E_INVALID_PARAMETER = 0x80070057;
export const MAPI_E_NO_SUPPORT = 0x80040102;
export const MAPI_E_BAD_CHARWIDTH = 0x80040103;
export const MAPI_E_STRING_TOO_LONG = 0x80040105;
export const MAPI_E_UNKNOWN_FLAGS = 0x80040106;
/** The documented name of MAPI_E_UNKNOWN_FLAGS in OpenIMsgSession; the same value. */
export const MAPI_E_INVALID_FLAGS = 0x80040106;
export const MAPI_E_INVALID_ENTRYID = 0x80040107;
export const MAPI_E_INVALID_OBJECT = 0x80040108;
export const MAPI_E_OBJECT_CHANGED = 0x80040109;
export const MAPI_E_OBJECT_DELETED = 0x8004010a;
export const MAPI_E_BUSY = 0x8004010b;
export const MAPI_E_NOT_ENOUGH_DISK = 0x8004010d;
export const MAPI_E_NOT_ENOUGH_RESOURCES = 0x8004010e;
export const MAPI_E_NOT_FOUND = 0x8004010f;
export const MAPI_E_VERSION = 0x80040110;
export const MAPI_E_DISK_ERROR = 0x80040116;
export const MAPI_E_TOO_COMPLEX = 0x80040117;
export const MAPI_E_BAD_COLUMN = 0x80040118;
export const MAPI_E_COMPUTED = 0x8004011a;
export const MAPI_E_CORRUPT_DATA = 0x8004011b;
export const MAPI_E_MISSING_REQUIRED_COLUMN = 0x80040202;
export const MAPI_E_BAD_VALUE = 0x80040301;
export const MAPI_E_INVALID_TYPE = 0x80040302;
export const MAPI_E_TYPE_NO_SUPPORT = 0x80040303;
export const MAPI_E_UNEXPECTED_TYPE = 0x80040304;
export const MAPI_E_TOO_BIG = 0x80040305;
export const MAPI_E_DECLINE_COPY = 0x80040306;
export const MAPI_E_UNEXPECTED_ID = 0x80040307;
export const MAPI_E_UNABLE_TO_COMPLETE = 0x80040400;
export const MAPI_E_COLLISION = 0x80040604;
export const MAPI_E_FOLDER_CYCLE = 0x8004060b;
export const MAPI_W_ERRORS_RETURNED = 0x00040380;
export const MAPI_W_PARTIAL_COMPLETION = 0x00040680;

export const STG_E_INVALIDFUNCTION = 0x80030001;
export const STG_E_FILENOTFOUND = 0x80030002;
export const STG_E_PATHNOTFOUND = 0x80030003;
export const STG_E_TOOMANYOPENFILES = 0x80030004;
export const STG_E_ACCESSDENIED = 0x80030005;
export const STG_E_INVALIDHANDLE = 0x80030006;
export const STG_E_INSUFFICIENTMEMORY = 0x80030008;
export const STG_E_INVALIDPOINTER = 0x80030009;
export const STG_E_DISKISWRITEPROTECTED = 0x80030013;
export const STG_E_SEEKERROR = 0x80030019;
export const STG_E_WRITEFAULT = 0x8003001d;
export const STG_E_READFAULT = 0x8003001e;
export const STG_E_SHAREVIOLATION = 0x80030020;
export const STG_E_LOCKVIOLATION = 0x80030021;
export const STG_E_FILEALREADYEXISTS = 0x80030050;
export const STG_E_INVALIDPARAMETER = 0x80030057;
export const STG_E_MEDIUMFULL = 0x80030070;
export const STG_E_ABNORMALAPIEXIT = 0x800300fa;
export const STG_E_INVALIDHEADER = 0x800300fb;
export const STG_E_INVALIDNAME = 0x800300fc;
export const STG_E_UNIMPLEMENTEDFUNCTION = 0x800300fe;
export const STG_E_INVALIDFLAG = 0x800300ff;
export const STG_E_INUSE = 0x80030100;
export const STG_E_NOTCURRENT = 0x80030101;
export const STG_E_REVERTED = 0x80030102;
export const STG_E_CANTSAVE = 0x80030103;
export const STG_E_OLDFORMAT = 0x80030104;
export const STG_E_OLDDLL = 0x80030105;
export const STG_E_DOCFILECORRUPT = 0x80030109;
export const STG_E_DOCFILETOOLARGE = 0x80030111;

/** Every code above by its name; MAPI_E_INVALID_FLAGS shares a value and is last on purpose. */
const CODES = {
  MAPI_E_CALL_FAILED,
  MAPI_E_INTERFACE_NOT_SUPPORTED,
  MAPI_E_NO_ACCESS,
  MAPI_E_NOT_ENOUGH_MEMORY,
  MAPI_E_INVALID_PARAMETER,
  MAPI_E_NO_SUPPORT,
  MAPI_E_BAD_CHARWIDTH,
  MAPI_E_STRING_TOO_LONG,
  MAPI_E_UNKNOWN_FLAGS,
  MAPI_E_INVALID_ENTRYID,
  MAPI_E_INVALID_OBJECT,
  MAPI_E_OBJECT_CHANGED,
  MAPI_E_OBJECT_DELETED,
  MAPI_E_BUSY,
  MAPI_E_NOT_ENOUGH_DISK,
  MAPI_E_NOT_ENOUGH_RESOURCES,
  MAPI_E_NOT_FOUND,
  MAPI_E_VERSION,
  MAPI_E_DISK_ERROR,
  MAPI_E_TOO_COMPLEX,
  MAPI_E_BAD_COLUMN,
  MAPI_E_COMPUTED,
  MAPI_E_CORRUPT_DATA,
  MAPI_E_MISSING_REQUIRED_COLUMN,
  MAPI_E_BAD_VALUE,
  MAPI_E_INVALID_TYPE,
  MAPI_E_TYPE_NO_SUPPORT,
  MAPI_E_UNEXPECTED_TYPE,
  MAPI_E_TOO_BIG,
  MAPI_E_DECLINE_COPY,
  MAPI_E_UNEXPECTED_ID,
  MAPI_E_UNABLE_TO_COMPLETE,
  MAPI_E_COLLISION,
  MAPI_E_FOLDER_CYCLE,
  STG_E_INVALIDFUNCTION,
  STG_E_FILENOTFOUND,
  STG_E_PATHNOTFOUND,
  STG_E_TOOMANYOPENFILES,
  STG_E_ACCESSDENIED,
  STG_E_INVALIDHANDLE,
  STG_E_INSUFFICIENTMEMORY,
  STG_E_INVALIDPOINTER,
  STG_E_DISKISWRITEPROTECTED,
  STG_E_SEEKERROR,
  STG_E_WRITEFAULT,
  STG_E_READFAULT,
  STG_E_SHAREVIOLATION,
  STG_E_LOCKVIOLATION,
  STG_E_FILEALREADYEXISTS,
  STG_E_INVALIDPARAMETER,
  STG_E_MEDIUMFULL,
  STG_E_ABNORMALAPIEXIT,
  STG_E_INVALIDHEADER,
  STG_E_INVALIDNAME,
  STG_E_UNIMPLEMENTEDFUNCTION,
  STG_E_INVALIDFLAG,
  STG_E_INUSE,
  STG_E_NOTCURRENT,
  STG_E_REVERTED,
  STG_E_CANTSAVE,
  STG_E_OLDFORMAT,
  STG_E_OLDDLL,
  STG_E_DOCFILECORRUPT,
  STG_E_DOCFILETOOLARGE,
  MAPI_E_INVALID_FLAGS,
} as const;

/** The name of an error code, as in the headers. */
export type MapiErrorName = keyof typeof CODES;

/**
 * The only exception the core throws: `code` is the field's own 32-bit code (unsigned), `name` its name in
 * the headers, `message` says what was wrong and where.
 */
export class MapiError extends Error {
  readonly code: number;
  override readonly name: MapiErrorName;

  constructor(name: MapiErrorName, message: string) {
    super(message);
    this.name = name;
    this.code = CODES[name];
  }
}

/** The name of an error code, or undefined when the core does not use it. */
export function errorNameOf(code: number): MapiErrorName | undefined {
  const unsigned = code >>> 0;
  for (const [name, value] of Object.entries(CODES)) {
    if (value === unsigned) return name as MapiErrorName;
  }
  return undefined;
}
