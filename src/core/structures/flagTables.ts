/** Named values that only fields of structures have and that the property tables do not list. */
import type { FlagTable } from "../mapi/flagNames";

const bits = (values: Record<string, number>): FlagTable => ({
  kind: "flags",
  values: Object.entries(values).map(([name, value]) => ({ name, value, kind: "flag" })),
});

const one = (values: Record<string, number>): FlagTable => ({
  kind: "enum",
  values: Object.entries(values).map(([name, value]) => ({ name, value, kind: "value" })),
});

/** Access mask of messages, of containers and of free/busy data ([MS-OXCPERM] 2.2, [MS-DTYP] 2.4.3). */
const ACCESS = bits({
  fsdrightReadBody: 0x1,
  fsdrightWriteBody: 0x2,
  fsdrightAppendMsg: 0x4,
  fsdrightReadProperty: 0x8,
  fsdrightWriteProperty: 0x10,
  fsdrightExecute: 0x20,
  fsdrightReadAttributes: 0x80,
  fsdrightWriteAttributes: 0x100,
  fsdrightWriteOwnProperty: 0x200,
  fsdrightDeleteOwnItem: 0x400,
  fsdrightViewItem: 0x800,
  fsdrightDelete: 0x10000,
  fsdrightReadControl: 0x20000,
  fsdrightWriteSD: 0x40000,
  fsdrightWriteOwner: 0x80000,
  fsdrightSynchronize: 0x100000,
});

/** Control word of a security descriptor ([MS-DTYP] 2.4.6). */
const CONTROL = bits({
  SE_OWNER_DEFAULTED: 0x1,
  SE_GROUP_DEFAULTED: 0x2,
  SE_DACL_PRESENT: 0x4,
  SE_DACL_DEFAULTED: 0x8,
  SE_SACL_PRESENT: 0x10,
  SE_SACL_DEFAULTED: 0x20,
  SE_DACL_AUTO_INHERIT_REQ: 0x100,
  SE_SACL_AUTO_INHERIT_REQ: 0x200,
  SE_DACL_AUTO_INHERITED: 0x400,
  SE_SACL_AUTO_INHERITED: 0x800,
  SE_DACL_PROTECTED: 0x1000,
  SE_SACL_PROTECTED: 0x2000,
  SE_RM_CONTROL_VALID: 0x4000,
  SE_SELF_RELATIVE: 0x8000,
});

/** Flags of a search folder definition ([MS-OXOSRCH] 2.2.1.2.1). */
const SEARCH = bits({
  SFST_NUMERIC: 0x1,
  SFST_TEXT: 0x2,
  SFST_BINARY: 0x4,
  SFST_MRES: 0x8,
  SFST_FILTERSTREAM: 0x10,
  SFST_FOLDERLIST_NAMES: 0x20,
  SFST_FOLDERLIST: 0x40,
});

/** What a wrapped store id is opened with ([MS-OXCDATA] 2.2.4.3). */
const STORE = bits({
  OPENSTORE_USE_ADMIN_PRIVILEGE: 0x1,
  OPENSTORE_PUBLIC: 0x2,
  OPENSTORE_HOME_LOGON: 0x4,
  OPENSTORE_TAKE_OWNERSHIP: 0x8,
});

/** Ids of verbs ([MS-OXOMSG] 2.2.1.74). */
const VERB_ID = one({
  NOTEIVERB_OPEN: 0,
  NOTEIVERB_REPLYTOSENDER: 102,
  NOTEIVERB_REPLYTOALL: 103,
  NOTEIVERB_FORWARD: 104,
  NOTEIVERB_REPLYTOFOLDER: 108,
});

/** What a verb does ([MS-OXOMSG] 2.2.1.74.1). */
const VERB_TYPE = one({ Reply: 0, ReplyAll: 1, Forward: 2, ReplyToFolder: 3, Vote: 4 });

/** How a vote is sent ([MS-OXOMSG] 2.2.1.74.1). */
const SEND_BEHAVIOR = one({ Automatic: 1, AskForEditing: 2 });

/** What an address book entry is ([MS-OXCDATA] 2.2.5.2). */
const ADDRESS_TYPE = one({
  DT_MAILUSER: 0,
  DT_DISTLIST: 1,
  DT_FORUM: 2,
  DT_AGENT: 3,
  DT_ORGANIZATION: 4,
  DT_PRIVATE_DISTLIST: 5,
  DT_REMOTE_MAILUSER: 6,
  DT_CONTAINER: 0x100,
  DT_TEMPLATE: 0x101,
  DT_ADDRESS_TEMPLATE: 0x102,
  DT_SEARCH: 0x200,
});

/** Where the picture of a business card is ([MS-OXOCNTC] 2.2.1.7.1). */
const CARD_TEMPLATE = one({ Left: 0, Right: 1, Top: 2, Bottom: 3, None: 4, Background: 5 });

/** Who issued a SID ([MS-DTYP] 2.4.1.1). */
const AUTHORITY = one({
  SECURITY_NULL_SID_AUTHORITY: 0,
  SECURITY_WORLD_SID_AUTHORITY: 1,
  SECURITY_LOCAL_SID_AUTHORITY: 2,
  SECURITY_CREATOR_SID_AUTHORITY: 3,
  SECURITY_NON_UNIQUE_AUTHORITY: 4,
  SECURITY_NT_AUTHORITY: 5,
});

/** Parts of an object ACE that are there ([MS-DTYP] 2.4.4.3). */
const ACE_OBJECT = bits({ ACE_OBJECT_TYPE_PRESENT: 1, ACE_INHERITED_OBJECT_TYPE_PRESENT: 2 });

/** Tables by their key in a node's `flagsTable`. */
export const LOCAL_FLAG_TABLES: ReadonlyMap<string, FlagTable> = new Map([
  ["AccessMask", ACCESS],
  ["SecurityControl", CONTROL],
  ["SearchFolderFlags", SEARCH],
  ["StoreType", STORE],
  ["VerbId", VERB_ID],
  ["VerbType", VERB_TYPE],
  ["SendBehavior", SEND_BEHAVIOR],
  ["AddressType", ADDRESS_TYPE],
  ["CardTemplate", CARD_TEMPLATE],
  ["SidAuthority", AUTHORITY],
  ["ObjectAceFlags", ACE_OBJECT],
]);
