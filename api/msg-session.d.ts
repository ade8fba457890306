/**
 * What MSG Session offers to other extensions: Outlook messages opened from bytes, their properties read and edited, and
 * the bytes of the changed message. Nothing is read from disk, nothing written, nothing shown.
 *
 * Copy this file, and add "msg-session.msg-session" to the `extensionDependencies` of your manifest:
 *
 * ```ts
 * const extension = vscode.extensions.getExtension<MsgSessionApi>("msg-session.msg-session");
 * const api = await extension?.activate();
 * const session = await api?.openSession(await vscode.workspace.fs.readFile(uri));
 * ```
 *
 * Everything throws `Error`; those of the session carry the name of a MAPI code as `code`: "MAPI_E_NOT_FOUND".
 */

/** The interface, as `activate()` of the extension returns it. */
export interface MsgSessionApi {
  /** Grows by one with every change that is not an addition. */
  readonly version: 1;
  /**
   * Opens the bytes of a .msg or .oft file. A damaged file is opened with what can be recovered; `problems` says what is
   * wrong then. The bytes are copied.
   * @throws Error with the code STG_E_* or MAPI_E_CORRUPT_DATA when there is no message to be had
   */
  openSession(bytes: Uint8Array): Promise<MessageSession>;
}

/** A message that is open, with everything in it. Close it when it is not needed any more. */
export interface MessageSession {
  /** What is wrong in the file, one sentence each; empty for a sound one. */
  readonly problems: readonly string[];
  /** The message, its recipients and attachments, embedded messages with theirs; each before what is in it. */
  objects(): readonly MessageObject[];
  /** The properties of an object, in the order of the file. */
  properties(object: ObjectId): readonly MessageProperty[];
  /** One property; undefined where the object does not have it. */
  property(object: ObjectId, property: PropertyKey): MessageProperty | undefined;
  /**
   * Sets a property, adds it where it is not there. What follows from it follows: display lists, the normalized subject.
   * @throws Error with the code MAPI_E_INVALID_PARAMETER for a value that is not of the type, MAPI_E_COMPUTED,
   * MAPI_E_NO_ACCESS, MAPI_E_BAD_CHARWIDTH for text that the code page of an 8-bit message cannot hold
   */
  setProperty(object: ObjectId, property: PropertyKey, value: PropertyValue): void;
  /** Deletes a property; one that is not there is no error. */
  deleteProperty(object: ObjectId, property: PropertyKey): void;
  /** The whole message as text for people; the same on every machine. */
  toText(): string;
  /** The file as it stands now. What was not changed is in it byte for byte. */
  toBytes(): Uint8Array;
  /** Ends the session; every other call fails from now on. */
  close(): void;
}

/** Names an object as long as its session is open: "" is the message itself. */
export type ObjectId = string;

/** An object with properties. */
export interface MessageObject {
  readonly id: ObjectId;
  readonly kind: "message" | "recipient" | "attachment" | "embeddedMessage";
  /** The object it is in; undefined for the message itself. */
  readonly parent: ObjectId | undefined;
  /** For people: "Recipient 0, To: Ann <ann@example.com>". */
  readonly title: string;
}

/** A property's 32-bit tag, or its name in a property set with the type of its value. */
export type PropertyKey =
  | number
  | { readonly set: string; readonly id: number; readonly type: number }
  | { readonly set: string; readonly name: string; readonly type: number };

/**
 * A value, by the property's type: text of strings and of GUIDs ("{…}"), numbers, `bigint` for 64-bit integers, for
 * currency (in 1/10,000) and for times (100 ns since 1601-01-01 UTC), bytes, and arrays of these. `null` is an object.
 */
export type PropertyValue =
  string | number | bigint | boolean | null | Uint8Array | readonly (string | number | bigint | Uint8Array)[];

/** A property with its value. */
export interface MessageProperty {
  /** Id in the high 16 bits, type in the low ones. */
  readonly tag: number;
  /** The canonical name: "PidTagSubject"; the tag where nobody knows one. */
  readonly name: string;
  /** The set and the key of a named property. */
  readonly named?: { readonly set: string; readonly id?: number; readonly name?: string };
  /** PROPATTR_* bits: 1 mandatory, 2 readable, 4 writeable. */
  readonly flags: number;
  /** Undefined where the value cannot be read; `problem` says why. */
  readonly value: PropertyValue | undefined;
  readonly problem?: string;
}
