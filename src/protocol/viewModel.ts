/**
 * What the page draws. The host makes these models from the session; the page holds no truth of its own.
 * Every text in them is ready for a person to read (localised by the host), every text from the mail is plain text.
 */

import type { NumberModel, StructureModel, ValueExtras } from "./editors";

/** Names one object of a session to the host; opaque to the page. */
export type ObjectId = string;

/** How something differs from the state last saved. */
export type ChangeKind = "added" | "changed" | "deleted";

/** What a node of the object tree stands for. */
export type NodeKind =
  "message" | "recipients" | "recipient" | "attachments" | "attachment" | "embeddedMessage" | "storage";

/** One node of the tree of the session's objects. */
export interface TreeNode {
  readonly id: ObjectId;
  readonly kind: NodeKind;
  readonly label: string;
  /** Said behind the label, dimmed: an address, a size, a count. */
  readonly description?: string;
  /** Name of a codicon, without "codicon-". */
  readonly icon: string;
  /** For a recipient: "To", "Cc", "Bcc" …, localised. */
  readonly badge?: string;
  readonly change?: ChangeKind;
  /** What is wrong with the object, one sentence. */
  readonly problem?: string;
  /** Whether the object itself has properties that `getRows` lists (groups have none). */
  readonly hasProperties: boolean;
  readonly canDelete: boolean;
  readonly children: readonly TreeNode[];
}

/** The one-line header of the page. */
export interface HeaderModel {
  readonly icon: string;
  readonly title: string;
  /** "IPM.Note". */
  readonly messageClass: string;
  /** "Unicode", or "8-bit, Windows-1252 (1252)". */
  readonly format: string;
  /** Number of properties, recipients and attachments that differ from the file. */
  readonly changes: number;
  readonly propertyCount: number;
  /** Why nothing can be edited, or undefined when everything can. */
  readonly readOnly?: string;
}

/** A bar above the page that says something about the session, with the actions that fit. */
export interface Banner {
  readonly id: string;
  readonly severity: "info" | "warning" | "error";
  readonly message: string;
  /** More, shown when asked for: one line each. */
  readonly details?: readonly string[];
  readonly actions: readonly { readonly id: string; readonly label: string }[];
}

/** Which editor fits a value. `none`: it can only be looked at. */
export type EditorKind = "line" | "text" | "boolean" | "hex" | "list" | "none";

/** One row of the property grid. */
export interface PropertyRow {
  /** The 32-bit tag, unsigned; unique in its object. */
  readonly tag: number;
  /** The name in words ("Client submit time"), or the named property's name, or the tag when unknown. */
  readonly name: string;
  /** "PidTagClientSubmitTime". */
  readonly canonicalName: string;
  /** "PR_CLIENT_SUBMIT_TIME", or "" when it has none. */
  readonly mapiName: string;
  /** Property set and id or name of a named property: "PSETID_Appointment 0x8205"; "" for a tagged one. */
  readonly namedAs: string;
  /** Eight upper-case hex digits. */
  readonly tagText: string;
  /** "PT_UNICODE". */
  readonly typeText: string;
  /** One line that shows the value or its meaning; cut when long. */
  readonly value: string;
  /** The text an in-place editor starts with; undefined when the value is too large or too rich for a cell. */
  readonly editText?: string;
  readonly editor: EditorKind;
  /** Names of the values a number can have, for the editor in the cell. */
  readonly choices?: NumberModel;
  /** Why the value cannot be edited, when it cannot. */
  readonly readOnly?: string;
  /** What is wrong with the stored value, one sentence. */
  readonly problem?: string;
  readonly change?: ChangeKind;
  /** Bytes the value has as stored; undefined where it has none. */
  readonly size?: number;
  /** PROPATTR_* bits. */
  readonly flags?: number;
  /** The subject it belongs to: "Contact". */
  readonly area?: string;
}

/** Everything about one property, for the detail pane. */
export interface PropertyDetail {
  readonly object: ObjectId;
  readonly tag: number;
  readonly name: string;
  /** Facts in order: canonical name, MAPI name, other names, property set, tag, type, area, defining document. */
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  /** What the property is, one sentence. */
  readonly description?: string;
  readonly flags: number;
  readonly editor: EditorKind;
  readonly readOnly?: string;
  readonly problem?: string;
  /** The whole value as edit text (editors line, text, boolean, hex). */
  readonly text?: string;
  /** Each value of a multi-valued property as edit text (editor list). */
  readonly values?: readonly string[];
  /** The bytes as stored, at most `MAX_DETAIL_BYTES`. */
  readonly bytes?: Uint8Array;
  /** Number of bytes there are. */
  readonly byteLength?: number;
  /** What the editor of its type needs. */
  readonly extras?: ValueExtras;
  /** The fields of the value, or of each of several values, where its layout is known. */
  readonly structures?: readonly StructureModel[];
  /** "PT_LONG". */
  readonly typeText?: string;
  /** The types the value can change to; `lossy`: not all of it would come along. */
  readonly types?: readonly { readonly type: number; readonly label: string; readonly lossy: boolean }[];
  /** Further readings of the value, one line each: local time, meaning of a number. */
  readonly readings: readonly { readonly label: string; readonly value: string }[];
}

/** Bytes of a value that are sent to the page at the most; more are shown after 'Save value as…'. */
export const MAX_DETAIL_BYTES = 256 * 1024;

/** A property that can be added, as a suggestion while a name is typed. */
export interface PropertySuggestion {
  readonly name: string;
  readonly canonicalName: string;
  readonly mapiName: string;
  /** The tag for a tagged property; 0 for a named one. */
  readonly tag: number;
  readonly named?: NamedPropertySpec;
  /** Property type code. */
  readonly type: number;
  readonly typeText: string;
  /** "0037001F", or "PSETID_Appointment 0x8208". */
  readonly where: string;
}

/** The name of a named property: a set and a number, or a set and a text. */
export interface NamedPropertySpec {
  readonly guid: string;
  readonly id?: number;
  readonly name?: string;
}

/** A property type that a new property can have. */
export interface TypeChoice {
  readonly type: number;
  readonly label: string;
  readonly editor: EditorKind;
}

/** The state of a page that has a session behind it. */
export interface SessionModel {
  readonly kind: "session";
  readonly header: HeaderModel;
  readonly tree: TreeNode;
  readonly banners: readonly Banner[];
}

/** The state of a page whose file could not be opened. */
export interface FailureModel {
  readonly kind: "failure";
  /** What is wrong, one sentence. */
  readonly title: string;
  /** Where, and what it means: a line each. */
  readonly details: readonly string[];
  readonly actions: readonly { readonly id: string; readonly label: string }[];
}

/** What a page shows. */
export type PageModel = SessionModel | FailureModel;
