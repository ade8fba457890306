/** All structures, by the names they go by. */
import type { Layout } from "./layout";
import { businessCard, distributionListStream, reactionsHistory, reactionsSummary } from "./layouts/contacts";
import { conversationIndex } from "./layouts/conversationIndex";
import { encodedEntryId, entryId } from "./layouts/entryIds";
import { entryList, flatEntryList } from "./layouts/entryLists";
import {
  additionalRenEntryIdsEx,
  extendedFolderFlags,
  folderUserFields,
  propertyDefinitionStream,
  searchFolderDefinition,
  webViewPersistStream,
} from "./layouts/folders";
import {
  folderOrMessageId,
  guidValue,
  predecessorChangeList,
  reportTag,
  swappedToDo,
  taskAssigners,
  verbStream,
  xid,
} from "./layouts/mail";
import { freeBusy, globalObjectId, tombstone } from "./layouts/meeting";
import { nicknameCache, propertyValues, recipientRowStream } from "./layouts/properties";
import { appointmentRecurrencePattern, recurrencePattern } from "./layouts/recurrence";
import {
  extendedRuleAction,
  extendedRuleCondition,
  restriction,
  ruleAction,
  ruleCondition,
} from "./layouts/rules";
import { ace, acl, securityDescriptor, sid, transferredSecurityDescriptor } from "./layouts/security";
import { timeZone, timeZoneDefinition } from "./layouts/timeZones";

const LAYOUTS = {
  AccessControlEntry: ace,
  AccessControlList: acl,
  AdditionalRenEntryIdsEx: additionalRenEntryIdsEx,
  AppointmentRecurrencePattern: appointmentRecurrencePattern,
  BusinessCard: businessCard,
  ConversationIndex: conversationIndex,
  DistributionListStream: distributionListStream,
  EncodedEntryId: encodedEntryId,
  EntryId: entryId,
  EntryList: entryList,
  ExtendedFolderFlags: extendedFolderFlags,
  ExtendedRuleAction: extendedRuleAction,
  ExtendedRuleCondition: extendedRuleCondition,
  FlatEntryList: flatEntryList,
  FolderOrMessageId: folderOrMessageId,
  FolderUserFields: folderUserFields,
  FreeBusy: freeBusy,
  GlobalObjectId: globalObjectId,
  Guid: guidValue,
  NicknameCache: nicknameCache,
  PredecessorChangeList: predecessorChangeList,
  PropertyDefinitionStream: propertyDefinitionStream,
  PropertyValues: propertyValues,
  ReactionsHistory: reactionsHistory,
  ReactionsSummary: reactionsSummary,
  RecipientRowStream: recipientRowStream,
  RecurrencePattern: recurrencePattern,
  ReportTag: reportTag,
  Restriction: restriction,
  RuleAction: ruleAction,
  RuleCondition: ruleCondition,
  SearchFolderDefinition: searchFolderDefinition,
  SecurityDescriptor: securityDescriptor,
  Sid: sid,
  SwappedToDo: swappedToDo,
  TaskAssigners: taskAssigners,
  TimeZone: timeZone,
  TimeZoneDefinition: timeZoneDefinition,
  Tombstone: tombstone,
  TransferredSecurityDescriptor: transferredSecurityDescriptor,
  VerbStream: verbStream,
  WebViewPersistStream: webViewPersistStream,
  Xid: xid,
} as const satisfies Record<string, Layout>;

/** The name of a structure. */
export type StructureId = keyof typeof LAYOUTS;

/** The description of a structure. */
export function layoutOf(id: StructureId): Layout {
  return LAYOUTS[id];
}

function isStructureId(name: string): name is StructureId {
  return name in LAYOUTS;
}

/** The names of all structures. */
export const STRUCTURE_IDS: readonly StructureId[] = Object.keys(LAYOUTS).filter(isStructureId);
