/** What the dictionary says of properties. */
import type { FlagTable } from "./flagNames";

/** A property's name in a property set: a number, or a text ([MS-OXCDATA] 2.6.1). */
export type PropertyName =
  { readonly guid: string; readonly id: number } | { readonly guid: string; readonly name: string };

/** A property as people and specifications call it. */
export interface PropertyDescription {
  /** The name to show: "PidTagSubject"; else the MAPI name or an alias; else the number or the text itself. */
  readonly name: string;
  /** The name in words: "Client submit time". The same as `name` where nothing is known. */
  readonly words: string;
  /** The name of the MAPI headers for just this type: "PR_SUBJECT", of 8-bit text "PR_SUBJECT_A". */
  readonly mapiName?: string;
  /** Every further name. */
  readonly aliases: readonly string[];
  /** The type the tables have for it; the one that was asked about where they have none. */
  readonly type: number;
  /** The subject it belongs to: "Contact". */
  readonly area?: string;
  /** Where it is specified: "[MS-OXCMSG] 2.2.1.46". */
  readonly reference?: string;
  /** What it is for, in a few words. */
  readonly description?: string;
  /** The name of the property set: "PSETID_Common". */
  readonly setName?: string;
  /** Whether the tables have it. */
  readonly known: boolean;
  /** The tables have the id with another type: name and description may not fit. */
  readonly typeDiffers?: true;
  /** The meaning is inferred from files, not documented. */
  readonly guess?: true;
  /** A named property that a person or a program made up: the "user-defined field" of Outlook. */
  readonly userDefined?: true;
}

/** A property offered for what was typed. */
export type PropertySuggestion =
  | { readonly kind: "tag"; readonly tag: number; readonly description: PropertyDescription }
  | {
      readonly kind: "named";
      readonly named: PropertyName;
      readonly type: number;
      readonly description: PropertyDescription;
    };

/** A message class of the tables. */
export interface MessageClassInfo {
  /** The class that matched, as the tables spell it: "IPM.Schedule.Meeting.Request", "REPORT.*.NDR". */
  readonly prefix: string;
  /** The family: "mail", "mail-smime", "calendar", "calendar-exception", "meeting", "contact", "distlist", "task",
   * "task-request", "note", "journal", "post", "document", "report", "config", "sync", "message". */
  readonly kind: string;
  readonly note: string;
}

/** A GUID of the tables. */
export interface GuidInfo {
  readonly name: string;
  /** "propertySet", "class", "provider", "interface" or "other". */
  readonly kind: string;
}

/** A GUID with its name. */
export interface NamedGuid {
  readonly guid: string;
  readonly name: string;
}

/** An error code with its name. */
export interface NamedError {
  readonly code: number;
  readonly name: string;
}

/** Names, words and values of properties, out of the property tables. */
export interface PropertyDictionary {
  /** Describes a tag below 0x8000. Ids from 0x8000 up mean nothing without a file's own map: they are unknown. */
  describeTag(tag: number): PropertyDescription;
  /** Describes a named property; `type` says which type it was met with, if any. */
  describeNamed(named: PropertyName, type?: number): PropertyDescription;
  /** The name of a GUID in any of its text forms. */
  guidName(guid: string): string | undefined;
  guidInfo(guid: string): GuidInfo | undefined;
  /** Every GUID that has a name, in the order of the tables. */
  knownGuids(): readonly NamedGuid[];
  /** The GUID of a name, in any case. */
  guidOfName(name: string): string | undefined;
  /** The name of an error code: "MAPI_E_NOT_FOUND". */
  errorName(code: number): string | undefined;
  /** Every error code that has a name, in the order of the tables; codes unsigned. */
  knownErrors(): readonly NamedError[];
  /** The error code of a name, in any case; unsigned. */
  errorOfName(name: string): number | undefined;
  /** The name of a code page: "windows-1252". */
  codePageName(id: number): string | undefined;
  /** The named values of a property, whatever its type: those of a multi-valued one hold for each element. */
  flagsOf(property: number | PropertyName): FlagTable | undefined;
  /** The named values of a structure's field, by the field's name in the tables: "flagRecurFrequency". */
  structureFlags(field: string): FlagTable | undefined;
  /**
   * Properties whose names, words or numbers match what was typed, best first: names in any form, parts of them,
   * several words, "0037", "0x0037001F", "8208", DASL names of tags; last, words of
   * the description. A whole tag below 0x8000 is offered even
   * when no table has it.
   */
  findProperties(query: string, limit: number): PropertySuggestion[];
  /** The entry of a message class, by the longest prefix that ends at a dot; blanks and NULs around it are dropped. */
  messageClassOf(messageClass: string): MessageClassInfo | undefined;
}
