/** Flags of MAPI's calls and the tags the session itself computes or reads: MAPI headers, [MS-OXCMSG], [MS-OXMSG]. */

export const MAPI_UNICODE = 0x80000000;
export const IMSG_NO_ISTG_COMMIT = 0x00000001;
export const MAPI_MODIFY = 0x00000001;
export const MAPI_CREATE = 0x00000002;
export const MAPI_DEFERRED_ERRORS = 0x00000008;
export const MAPI_BEST_ACCESS = 0x00000010;
export const KEEP_OPEN_READONLY = 0x00000001;
export const KEEP_OPEN_READWRITE = 0x00000002;
export const FORCE_SAVE = 0x00000004;
export const MODRECIP_ADD = 0x00000002;
export const MODRECIP_MODIFY = 0x00000004;
export const MODRECIP_REMOVE = 0x00000008;

export const PROPATTR_MANDATORY = 0x00000001;
export const PROPATTR_READABLE = 0x00000002;
export const PROPATTR_WRITEABLE = 0x00000004;
export const PROPATTR_NOT_PRESENT = 0x00000008;

/** The one bit of PR_STORE_SUPPORT_MASK that means something in a .msg: its strings are Unicode ([MS-OXMSG] 2.1.1.1). */
export const STORE_UNICODE_OK = 0x00040000;
/** What Outlook writes as PR_STORE_SUPPORT_MASK of a Unicode message. */
export const OUTLOOK_STORE_SUPPORT_MASK = 0x00040e79;

export const MSGFLAG_READ = 0x0001;
export const MSGFLAG_UNSENT = 0x0008;
export const MSGFLAG_HASATTACH = 0x0010;

export const MAPI_ORIG = 0;
export const MAPI_TO = 1;
export const MAPI_CC = 2;
export const MAPI_BCC = 3;

export const NO_ATTACHMENT = 0;
export const ATTACH_BY_VALUE = 1;
export const ATTACH_BY_REFERENCE = 2;
export const ATTACH_BY_REF_RESOLVE = 3;
export const ATTACH_BY_REF_ONLY = 4;
export const ATTACH_EMBEDDED_MSG = 5;
export const ATTACH_OLE = 6;
export const ATTACH_BY_WEBREFERENCE = 7;

/** Class id of the root of a .msg ([MS-OXMSG] 2.2.3, known from every file by Outlook). */
export const CLSID_MAIL_MESSAGE = "{00020D0B-0000-0000-C000-000000000046}";

/** At most as many recipient, and as many attachment, storages are allowed in a message ([MS-OXMSG] 2.2.1, 2.2.2). */
export const MAX_SUB_OBJECTS = 2048;
/** Messages inside messages are followed to this depth; deeper ones are kept, not opened. */
export const MAX_EMBEDDING_DEPTH = 64;
