/** The public interfaces of the session: MAPI's IMAPIProp, IMessage, IAttach and IMsgSession, in TypeScript. */
import type { MapiErrorName } from "../mapi/errors";
import type { IStorage } from "../storage/types";

/** A property and its value. The value's form follows from the type word of the tag (see the README of the core). */
export interface PropValue {
  readonly tag: number;
  readonly value: unknown;
}

/** What identifies a named property: a property set and a number (MNID_ID), or a property set and a text (MNID_STRING). */
export type NamedProperty =
  { readonly guid: string; readonly id: number } | { readonly guid: string; readonly name: string };

/** Why one property of a call could not be handled while the call itself went on: SPropProblem. */
export interface PropProblem {
  /** Index in the array that was given. */
  readonly index: number;
  readonly tag: number;
  readonly code: number;
  readonly name: MapiErrorName;
  readonly message: string;
}

/** Counts the bytes that a session holds; see `createAllocator`. */
export interface IMalloc {
  /** Takes bytes. @throws MapiError MAPI_E_NOT_ENOUGH_MEMORY past the limit; nothing is taken then. */
  alloc(bytes: number): void;
  /** Gives bytes back. */
  free(bytes: number): void;
  /** Bytes taken and not yet given back. */
  readonly used: number;
  readonly limit: number;
}

/** A group of messages that are closed together; opaque, as LPMSGSESS. */
export interface IMsgSession {
  /** 0 or MAPI_UNICODE: the format of new messages in it. */
  readonly flags: number;
  readonly isOpen: boolean;
}

/** Every object with properties. Any call on an object that was closed throws MAPI_E_INVALID_OBJECT. */
export interface IMAPIProp {
  /** Tags in the order of the property stream. */
  getPropList(): number[];
  /**
   * Values in the order asked for; all of them (without PT_OBJECT) when no tags are given. One that is not there or
   * cannot be read comes back with type PT_ERROR and the error code as value. PT_UNSPECIFIED asks for the stored type.
   */
  getProps(tags?: readonly number[]): PropValue[];
  /**
   * Sets values. PT_NULL values and the errors `getProps` answers with are skipped. A value that cannot be set is a
   * problem; the others are set.
   * @throws MapiError MAPI_E_INVALID_PARAMETER for no values, PT_OBJECT or a multi-valued property without values.
   */
  setProps(values: readonly PropValue[]): PropProblem[];
  /** Deletes by id; the type does not matter. A mandatory or read-only one is a problem. */
  deleteProps(tags: readonly number[]): PropProblem[];
  /** PROPATTR_* bits; PROPATTR_NOT_PRESENT when the property is not there. */
  getPropFlags(tag: number): number;
  setPropFlags(tag: number, flags: number): void;
  getNamesFromIDs(ids: readonly number[]): (NamedProperty | undefined)[];
  /**
   * Tags of type PT_UNSPECIFIED for names; with MAPI_CREATE unknown names get the next free id, else type PT_ERROR.
   * @throws MapiError MAPI_E_TOO_BIG when all 32,767 ids are taken.
   */
  getIDsFromNames(names: readonly NamedProperty[], flags?: number): number[];
  /** The raw bytes of a string or binary property, the storage of an OLE object, or an embedded message. */
  openProperty(tag: number, flags?: number): Uint8Array | IStorage | IMessage;
  /** Copies properties and sub-objects; names are mapped by name. Computed properties are left out silently. */
  copyTo(target: IMAPIProp, exclude?: readonly number[]): void;
  saveChanges(flags?: number): void;
}

/** A row of the recipient table. */
export interface RecipientRow {
  readonly rowId: number;
  readonly properties: PropValue[];
}

/** A row of the attachment table. */
export interface AttachmentRow {
  readonly number: number;
  readonly properties: PropValue[];
}

/** A message, at the top of a file or embedded in an attachment. */
export interface IMessage extends IMAPIProp {
  getRecipientTable(): RecipientRow[];
  /**
   * MODRECIP_ADD appends rows, MODRECIP_MODIFY replaces and MODRECIP_REMOVE deletes those of the given row ids;
   * 0 replaces the whole list.
   */
  modifyRecipients(
    flags: number,
    rows: readonly { rowId?: number; properties: readonly PropValue[] }[],
  ): void;
  /** Rows of the attachments saved into the message. */
  getAttachmentTable(): AttachmentRow[];
  openAttach(number: number): IAttach;
  /** A new attachment; in the table after its own `saveChanges`, in the file after the message's. */
  createAttach(): { number: number; attach: IAttach };
  deleteAttach(number: number): void;
  /** Closes the message and everything opened in it, without saving. */
  release(): void;
}

/** An attachment. */
export interface IAttach extends IMAPIProp {
  /** PR_ATTACH_NUM; saving the message may change it when attachments were removed or moved. */
  readonly number: number;
  /** Closes the attachment and everything opened in it, without saving. */
  release(): void;
}
