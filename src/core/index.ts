/**
 * The session core: MAPI's IMessage on IStorage for Outlook .msg files. All of its public API; see `architecture` in
 * CONTRIBUTING.md. Everything throws `MapiError` and nothing else.
 */
export * from "./mapi/errors";
export * from "./mapi/propertyTypes";
export * from "./mapi/propertySets";
export * from "./mapi/tags";
export { GUID_NULL, guidFromBytes, guidToBytes, parseGuid } from "./mapi/guid";
export { crc32 } from "./mapi/crc";
export { sameValue } from "./mapi/values";
export * from "./session/constants";
export { createAllocator } from "./session/allocator";
export { getAttribIMsgOnIStg, mapStorageSCode, setAttribIMsgOnIStg } from "./session/attributes";
export {
  closeIMsgSession,
  type EmbeddedSession,
  type OpenEmbeddedOptions,
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
  type ElementPath,
  type GivenMessage,
  MessageOutline,
  type MessageSnapshot,
  type MessageView,
  type ObjectAddress,
  type PropertyView,
  type RecipientView,
  type StorageElementView,
} from "./session/outline";
export type { ListedName, NameMapProblem, NameMapReport } from "./session/nameMapReport";
export { rebaseSnapshot } from "./session/rebase";
export type { CodePageRule } from "./session/codePageOf";
export * from "./storage";
export { codePage, supportedCodePages } from "./text/codePages";
export { type DoubleByteCharacters, provideDoubleByteCharacters } from "./text/codepages/eastAsian";
export type { CodePage } from "./text/types";
export * from "./text/bodies";
export { BODY_MESSAGES } from "./text/bodiesMessages";
export { bodiesOfMessage } from "./text/secured/forms";
export { type SecuredPart, securedParts } from "./text/secured/parts";
export { type BodySource, bodySourceOf, bodySourceOfOutline } from "./text/bodiesSource";
export { applyBodies, type BodyUpdate, type EditedBody, syncBodies, syncRtf } from "./text/bodiesSync";
export type { BodyCodePageRule } from "./text/htmlCodePage";
export { decodeEntities, escapeHtml } from "./text/htmlEntities";
export { htmlToText, type HtmlTextOptions, textToHtml } from "./text/htmlText";
export { compressRtf, type DecompressedRtf, decompressRtf } from "./text/rtf/compressed";
export { type DeencapsulatedRtf, deencapsulateRtf, type RtfContentKind } from "./text/rtf/deencapsulate";
export { encapsulateHtml, encapsulateText } from "./text/rtf/encapsulate";
export { type RtfHtml, type RtfHtmlOptions, rtfToHtml } from "./text/rtf/toHtml";
export { type RtfText, rtfToText } from "./text/rtf/toText";
export { createPropertyDictionary } from "./mapi/dictionary";
export { parsePropertyTables, type PropertyTables } from "./mapi/dictionaryTables";
export type * from "./mapi/dictionaryTypes";
export { formatElements, formatValue, parseElements, parseValue } from "./mapi/valueText";
export { convertValue } from "./mapi/valueConversion";
export { type TypeChange, typeChanges } from "./mapi/typeChanges";
export { summarizeValue } from "./mapi/valueSummary";
export { VALUE_TEXT_MESSAGES, type ValueResult, type ValueTextError } from "./mapi/valueTextError";
export { describeFlags, type FlagTable } from "./mapi/flagNames";
export {
  type FlagBit,
  type FlagChoices,
  flagChoices,
  type FlagPart,
  parseFlagNames,
} from "./mapi/flagChoices";
export {
  type AddressEntry,
  parseAddressList,
  type ParsedAddress,
  type UnclearAddress,
} from "./items/addressList";
export { ADDRESS_LIST_MESSAGES, type AddressProblem } from "./items/addressSyntax";
export { formatAddress, formatAddressList } from "./items/addressText";
export { groupMemberProperties, MAX_GROUP_BYTES } from "./items/groupMemberProperties";
export { conversationIndex, globalObjectId, internetMessageId, type RandomBytes } from "./items/identity";
export { namedIn, type NamedValue, setEvery, setNamed } from "./items/namedValues";
export {
  createItem,
  fillItem,
  type FillItemOptions,
  isPresetId,
  type NewItemOptions,
  PRESET_IDS,
  presetClass,
  type PresetId,
} from "./items/newItem";
export * from "./items/newMessage";
export { senderProperties } from "./items/parties";
export * from "./items/recipient";
export * from "./items/attachment";
export { FIELD_MESSAGES, type FieldKind, type FieldValue, type ItemField } from "./items/fields/field";
export {
  changeField,
  type FieldEnvironment,
  formFields,
  messageFields,
  senderFields,
} from "./items/fields/itemFields";
export * from "./items/addresses";
export { groupMembers, type Reaction, reactionsOf, voteChoices } from "./items/people";
export {
  lazyReaderOf,
  propertyReader,
  type PropertyReader,
  type PropertyRef,
  readerOf,
} from "./items/propertyReader";
export {
  clockInZone,
  type MessageTimeZone,
  millisecondsOf,
  utcInZone,
  zoneOfDefinition,
  zoneOffset,
  zoneOfStruct,
} from "./items/timeZone";
export { appointmentZone } from "./items/appointmentZone";
export { timeZoneStruct } from "./items/timeZoneStruct";
export { timeZoneDefinition, UTC_ZONE, type ZoneClock, zoneOfClock } from "./items/timeZoneRules";
export { addressInField, headerField } from "./items/transportHeaders";
export { extensionOf, safeFileName, shortFileName } from "./items/fileName";
export { mimeTypeOf } from "./items/mimeTypes";
export * from "./structures";
export { finish, type Steps } from "./steps";
export { exportJson, exportJsonSteps, type JsonExportOptions, messageFileJson } from "./export/exportJson";
export { importJson, importJsonSteps } from "./export/importJson";
export * from "./export/jsonFormat";
export { csvCell, COPY_FORMATS, copyProperties, type CopyFormat } from "./export/copyForms";
export {
  meaningOf,
  namedPropertyText,
  type NamedView,
  namedView,
  namedViews,
  structureIn,
  typeName,
  valuesIn,
} from "./export/describeProperty";
export {
  attachmentTitle,
  dumpText,
  type DumpOptions,
  dumpTextSteps,
  recipientTitle,
} from "./export/dumpText";
export { sha256 } from "./export/sha256";
export { type UnexplainedElement, unexplainedElements } from "./export/unexplained";
export { compareMessages, compareMessagesSteps, countDifferences } from "./compare/compare";
export type * from "./compare/types";
