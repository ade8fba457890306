/**
 * The JSON form of a message file, lossless: what a person or a program reads stands in plain fields, and where the file
 * holds other bytes than would follow from them, those bytes stand beside them. An import writes the very streams the
 * export was made of. `docs/message.schema.json` is the same as a JSON schema.
 *
 * Values by property type:
 * | type | in JSON |
 * |---|---|
 * | I2, LONG, R4, DOUBLE, APPTIME | a number; "NaN", "Infinity", "-Infinity" and "-0" as text |
 * | I8 | decimal text, because JSON numbers are not exact beyond 2^53 |
 * | CURRENCY | decimal text with 4 places |
 * | SYSTIME | text in UTC with 7 decimals: "2026-03-01T08:12:44.1230000Z" |
 * | BOOLEAN | true or false |
 * | ERROR | "0x8004010F" |
 * | CLSID | "{XXXXXXXX-XXXX-XXXX-XXXX-XXXXXXXXXXXX}" |
 * | STRING8, UNICODE | text |
 * | BINARY, SVREID, SRESTRICTION, ACTIONS | Base64 |
 * | MV_* | an array of the above |
 *
 * `entry`, `raw`, `sizeDifference` and `reserved` hold what the value does not say: garbage in unused bytes, text that its code page
 * cannot give back, and the like. `entry` and `raw` count as long as they stand for the `value` beside them; a value that
 * was changed by hand replaces them.
 */

/** What `format` says. */
export const JSON_FORMAT = "msg-session/message";
/** Grows with every change that an older import would not understand. */
export const JSON_VERSION = 1;

/** What a directory entry says of a storage; what is left out is zero ([MS-CFB] 2.6.1). */
export interface StorageJson {
  /** Class id with braces. */
  readonly clsid?: string;
  readonly stateBits?: number;
  /** Times as SYSTIME values. */
  readonly created?: string;
  readonly modified?: string;
  /** Everything in the storage that the message format does not explain, storages before what is in them. */
  readonly extra?: readonly ElementJson[];
}

/** A stream or storage that no other field speaks of. */
export interface ElementJson extends Omit<StorageJson, "extra"> {
  /** The names from the storage of the field down; the last one is the element's own. */
  readonly path: readonly string[];
  /** The bytes of a stream in Base64; a storage has none. */
  readonly data?: string;
}

/** The bytes of a property's streams: of its one stream, or of a length stream and a stream an element. */
export type RawJson = string | { readonly lengths: string; readonly items: readonly string[] };

/** One entry of a property stream with its value ([MS-OXMSG] 2.4.2). */
export interface PropertyJson {
  /** Eight hex digits: id and type. */
  readonly tag: string;
  /** The canonical name; for people, not read. */
  readonly name?: string;
  /** PROPATTR_* bits; 6 (readable and writeable) where it is left out. */
  readonly flags?: number;
  /** See the table above; not there where there is none or it cannot be read. */
  readonly value?: unknown;
  /** The 8 value bytes of the entry in hex, where they are not those that follow from the value. */
  readonly entry?: string;
  /** The bytes of the streams, where they are not those that follow from the value. */
  readonly raw?: RawJson;
  /** The entry's size field less the one that follows from the value. */
  readonly sizeDifference?: number;
  /** The reserved word behind the size, where it is not zero. */
  readonly reserved?: number;
}

/** A storage with a property stream. */
export interface PropertiesJson extends StorageJson {
  /** The header of the property stream in hex; a new one is made where it is left out ([MS-OXMSG] 2.4.1). */
  readonly header?: string;
  /** In the order of the property stream; left out where there is none. */
  readonly properties?: readonly PropertyJson[];
  /** Bytes behind the last whole entry, in Base64. */
  readonly tail?: string;
}

/** A recipient: its number is that of its storage. */
export interface RecipientJson extends PropertiesJson {
  readonly number: number;
  /** The name of the storage, where it is written otherwise than it should be. */
  readonly storage?: string;
}

/** An attachment, with the message or the foreign storage in it. */
export interface AttachmentJson extends RecipientJson {
  readonly message?: MessageJson;
  /** What PR_ATTACH_DATA_OBJ holds when it is no message: an OLE object. */
  readonly object?: StorageJson;
}

/** A message, at the top or embedded. */
export interface MessageJson extends PropertiesJson {
  /** The Windows code page of the values of type STRING8. */
  readonly codePage: number;
  readonly recipients?: readonly RecipientJson[];
  readonly attachments?: readonly AttachmentJson[];
}

/** The name of one property id. */
export type NameJson =
  | { readonly id: string; readonly guid: string; readonly number: number }
  | { readonly id: string; readonly guid: string; readonly name: string };

/** The map of named properties ([MS-OXMSG] 2.2.3). */
export interface NamesJson extends StorageJson {
  /** Ids in hex from "8000" on, without a gap where no `streams` are given. */
  readonly list: readonly NameJson[];
  /** The streams of the map by name in Base64, where they are not those that follow from the list. */
  readonly streams?: Readonly<Record<string, string>>;
}

/** The whole file. */
export interface FileJson {
  readonly format: typeof JSON_FORMAT;
  readonly version: typeof JSON_VERSION;
  /** Version of the compound file: 3 or 4. */
  readonly compoundFile: 3 | 4;
  readonly message: MessageJson;
  /** Left out where the file has no map. */
  readonly names?: NamesJson;
}
