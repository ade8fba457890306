/**
 * The session core: MAPI's IMessage on IStorage for Outlook .msg files. All of its public API; see `architecture` in
 * CONTRIBUTING.md. Everything throws `MapiError` and nothing else.
 */
export * from "./mapi/errors";
export * from "./mapi/propertyTypes";
export * from "./mapi/propertySets";
export * from "./mapi/tags";
export { GUID_NULL, guidFromBytes, guidToBytes, parseGuid } from "./mapi/guid";
export { sameValue } from "./mapi/values";
export * from "./session/constants";
export { createAllocator } from "./session/allocator";
export { getAttribIMsgOnIStg, mapStorageSCode, setAttribIMsgOnIStg } from "./session/attributes";
export {
  closeIMsgSession,
  openIMsgOnIStg,
  openIMsgSession,
  type OpenMessageOptions,
  type TrialSave,
  trySave,
} from "./session/session";
export type * from "./session/types";
export {
  type AttachmentView,
  type Change,
  MessageOutline,
  type MessageSnapshot,
  type MessageView,
  type ObjectAddress,
  type PropertyView,
  type RecipientView,
} from "./session/outline";
export { rebaseSnapshot } from "./session/rebase";
export type { CodePageRule } from "./session/codePageOf";
export * from "./storage";
export { codePage, supportedCodePages } from "./text/codePages";
export type { CodePage } from "./text/types";
export { createPropertyDictionary } from "./mapi/dictionary";
export { parsePropertyTables, type PropertyTables } from "./mapi/dictionaryTables";
export type * from "./mapi/dictionaryTypes";
export { formatElements, formatValue, parseElements, parseValue } from "./mapi/valueText";
export { convertValue } from "./mapi/valueConversion";
export { summarizeValue } from "./mapi/valueSummary";
export { VALUE_TEXT_MESSAGES, type ValueResult, type ValueTextError } from "./mapi/valueTextError";
export { describeFlags, type FlagTable } from "./mapi/flagNames";
export * from "./items/newMessage";
export * from "./items/recipient";
export * from "./items/attachment";
export { extensionOf, safeFileName, shortFileName } from "./items/fileName";
export { mimeTypeOf } from "./items/mimeTypes";
export * from "./structures";
