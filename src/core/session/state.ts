/**
 * The content of messages as immutable values. An object of the session holds the state it works on; saving hands a
 * state to the parent; a state taken earlier can be put back (undo). Parts that were not looked at yet are read from
 * the storage when they are first asked for, and parts that did not change are the very same objects.
 */
import type { IStorage } from "../storage/types";
import { hex8 } from "../mapi/propertyTypes";
import { MapiError } from "../mapi/errors";
import { HeldStorage } from "./heldStorage";
import { ATTACH_EMBEDDED_MSG, MAX_EMBEDDING_DEPTH, MAX_SUB_OBJECTS } from "./constants";
import { materialize, OBJECT_IS_MESSAGE, objectKind, type PropertyRecord } from "./propertyRecord";
import {
  EMBEDDED_HEADER_SIZE,
  PROPERTY_STREAM,
  readPropertyStream,
  ROOT_HEADER_SIZE,
  SUB_OBJECT_HEADER_SIZE,
  substgName,
} from "./propertyStream";
import { PR_ATTACH_DATA_OBJ, PR_ATTACH_METHOD } from "../mapi/tags";

export const RECIPIENT_PREFIX = "__recip_version1.0_#";
export const ATTACHMENT_PREFIX = "__attach_version1.0_#";

/** A value that is computed once, when it is first asked for. */
export class Lazy<T> {
  #value: { readonly value: T } | undefined;
  #make: (() => T) | undefined;

  constructor(make: () => T) {
    this.#make = make;
  }

  /** A value that is there already. */
  static of<T>(value: T): Lazy<T> {
    const lazy = new Lazy(() => value);
    lazy.#value = { value };
    return lazy;
  }

  get value(): T {
    if (!this.#value) {
      const make = this.#make;
      if (!make) throw new MapiError("MAPI_E_CALL_FAILED", "A part of the message refers to itself.");
      this.#make = undefined;
      try {
        this.#value = { value: make() };
      } catch (error) {
        this.#make = make;
        throw error;
      }
    }
    return this.#value.value;
  }

  /** Whether the value was asked for already. */
  get isLoaded(): boolean {
    return this.#value !== undefined;
  }
}

/** Header and properties of any object. */
export interface PropertyState {
  /** The header of the property stream as it was read; the numbers in it are set when it is written. */
  readonly header: Uint8Array;
  readonly records: readonly PropertyRecord[];
  /** Bytes behind the last whole entry of the property stream. */
  readonly tail?: Uint8Array;
  /** The file has no property stream for the object. */
  readonly isMissing?: boolean;
}

/** What an attachment holds beside properties: an embedded message, a foreign storage, or nothing. */
export type AttachedObject =
  | { readonly kind: "message"; readonly message: MessageState }
  | { readonly kind: "storage"; readonly held: HeldStorage }
  | undefined;

/** An attachment's content. */
export interface AttachState extends PropertyState {
  readonly object: Lazy<AttachedObject>;
}

/** One recipient or attachment in its message's list. `key` names it as long as the message is open. */
export interface ListEntry<T> {
  readonly key: number;
  /** PR_ROWID or PR_ATTACH_NUM: the number in the storage's name. */
  readonly number: number;
  readonly state: Lazy<T>;
}

/** The entry of a key in a list, or undefined. */
export function entryOfKey<T>(
  list: readonly ListEntry<T>[] | undefined,
  key: number,
): ListEntry<T> | undefined {
  return list?.find((entry) => entry.key === key);
}

export type RecipientEntry = ListEntry<PropertyState>;
export type AttachEntry = ListEntry<AttachState>;

/**
 * The storage of a message that came from another file, with all that was in it, known or not: what the message is
 * written onto when it first comes into this file. Nobody changes it.
 */
export interface MessageSource {
  readonly storage: IStorage;
  /** The message's own properties in it. */
  readonly stream: PropertyState;
  /** Bytes the session holds for it. */
  readonly held: number;
}

/**
 * The lists a message was read with, empty ones for a new message. The object itself is what tells one message from
 * another: all states of a message share it.
 */
export interface MessageOrigin {
  readonly recipients: readonly RecipientEntry[];
  readonly attachments: readonly AttachEntry[];
  /** Only for a message that was brought in from another file. */
  readonly source?: MessageSource;
}

/** A message's content. */
export interface MessageState extends PropertyState {
  readonly recipients: readonly RecipientEntry[];
  readonly attachments: readonly AttachEntry[];
  readonly origin: MessageOrigin;
}

let lastKey = 0;

/** A key no other recipient or attachment has. */
export function newKey(): number {
  return ++lastKey;
}

/** Name of the storage of a recipient or attachment ([MS-OXMSG] 2.2.1, 2.2.2). */
export function subStorageName(prefix: string, number: number): string {
  return prefix + hex8(number);
}

/** The numbered storages of a prefix in order of number; damaged names are left alone. */
export function numberedStorages(storage: IStorage, prefix: string): { number: number; name: string }[] {
  const found: { number: number; name: string }[] = [];
  for (const { name, type } of storage.enumElements()) {
    if (type !== "storage" || name.length !== prefix.length + 8) continue;
    if (name.slice(0, prefix.length).toLowerCase() !== prefix) continue;
    const digits = name.slice(prefix.length);
    if (/^[0-9a-f]{8}$/i.test(digits)) found.push({ number: Number.parseInt(digits, 16), name });
  }
  return found.sort((a, b) => a.number - b.number);
}

/** The records of tag `tag`, whatever their type: properties are one by id. The first of duplicates counts. */
export function findRecord(records: readonly PropertyRecord[], tag: number): PropertyRecord | undefined {
  const id = tag >>> 16;
  return records.find((record) => record.tag >>> 16 === id);
}

/** A 32-bit value of a record, or undefined. */
export function longOf(records: readonly PropertyRecord[], tag: number): number | undefined {
  const record = records.find((candidate) => candidate.tag === tag >>> 0);
  if (record?.stored?.place !== "fixed") return undefined;
  const { bytes } = record.stored;
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getInt32(0, true);
}

/** The storage of what an attachment holds, and whether that is a message; undefined when it holds neither. */
export function attachedStorage(
  attachment: IStorage,
  records: readonly PropertyRecord[],
): { readonly content: IStorage; readonly isMessage: boolean } | undefined {
  const name = substgName(PR_ATTACH_DATA_OBJ);
  if (attachment.elementType(name) !== "storage") return undefined;
  const content = attachment.openStorage(name);
  const record = records.find((candidate) => candidate.tag === PR_ATTACH_DATA_OBJ);
  const isMessage =
    content.elementType(PROPERTY_STREAM) === "stream" ||
    (longOf(records, PR_ATTACH_METHOD) === ATTACH_EMBEDDED_MSG &&
      (!record || objectKind(record) === OBJECT_IS_MESSAGE));
  return { content, isMessage };
}

function readAttachedObject(storage: IStorage, state: PropertyState, depth: number): AttachedObject {
  const attached = attachedStorage(storage, state.records);
  if (!attached) return undefined;
  const { content, isMessage } = attached;
  // Beyond the depth a message is kept as a storage: it is still saved as it is, only not opened.
  if (!isMessage || depth >= MAX_EMBEDDING_DEPTH) return { kind: "storage", held: new HeldStorage(content) };
  return {
    kind: "message",
    message: readMessage(content, { headerSize: EMBEDDED_HEADER_SIZE, depth: depth + 1 }),
  };
}

function readAttachment(storage: IStorage, depth: number): AttachState {
  const stream = readPropertyStream(storage, SUB_OBJECT_HEADER_SIZE);
  return { ...stream, object: new Lazy(() => readAttachedObject(storage, stream, depth)) };
}

/** How a message is read. */
export interface ReadOptions {
  /** That of a file when left out. */
  readonly headerSize?: number;
  /** How many messages it is in. */
  readonly depth?: number;
  /** Bytes of the storage when it is one of its own, which the message is to bring along. */
  readonly bytesOfSource?: number;
}

/** Reads a message from its storage; recipients and attachments are read when asked for. */
export function readMessage(storage: IStorage, options: ReadOptions = {}): MessageState {
  const { headerSize = ROOT_HEADER_SIZE, depth = 0, bytesOfSource: held } = options;
  const entries = <T>(prefix: string, read: (child: IStorage) => T): ListEntry<T>[] =>
    numberedStorages(storage, prefix).map(({ number, name }) => ({
      key: newKey(),
      number,
      state: new Lazy(() => read(storage.openStorage(name))),
    }));
  const recipients = entries(RECIPIENT_PREFIX, (child) => readPropertyStream(child, SUB_OBJECT_HEADER_SIZE));
  const attachments = entries(ATTACHMENT_PREFIX, (child) => readAttachment(child, depth));
  const stream = readPropertyStream(storage, headerSize);
  const lists = { recipients, attachments };
  const origin = held === undefined ? lists : { ...lists, source: { storage, stream, held } };
  return { ...stream, ...lists, origin };
}

/** The content that a storage brought in from another file holds. */
export function messageOfSource(origin: MessageOrigin, { stream }: MessageSource): MessageState {
  const { recipients, attachments } = origin;
  return { ...stream, recipients, attachments, origin };
}

/** A message with nothing in it. */
export function emptyMessage(headerSize: number): MessageState {
  const origin: MessageOrigin = { recipients: [], attachments: [] };
  return { header: new Uint8Array(headerSize), records: [], ...origin, origin };
}

/** A recipient with nothing in it. */
export function emptyRecipient(): PropertyState {
  return { header: new Uint8Array(SUB_OBJECT_HEADER_SIZE), records: [] };
}

/** An attachment with nothing in it. */
export function emptyAttachment(): AttachState {
  return { ...emptyRecipient(), object: Lazy.of(undefined) };
}

/** Reads everything of a state that still lies in a storage, because that storage is about to go. */
export function materializeMessage(state: MessageState): void {
  state.records.forEach(materialize);
  for (const { state: recipient } of state.recipients) recipient.value.records.forEach(materialize);
  for (const { state: attachment } of state.attachments) materializeAttachment(attachment.value);
}

/** As `materializeMessage`, for an attachment. */
export function materializeAttachment(state: AttachState): void {
  state.records.forEach(materialize);
  const object = state.object.value;
  if (object?.kind === "message") materializeMessage(object.message);
  if (object?.kind === "storage") object.held.detach();
}

/** @throws MapiError MAPI_E_TOO_BIG when a message would have more recipients or attachments than it may. */
export function checkCount(count: number, what: string): void {
  if (count > MAX_SUB_OBJECTS) {
    throw new MapiError(
      "MAPI_E_TOO_BIG",
      `A message has at most ${MAX_SUB_OBJECTS} ${what}; this would be ${count}.`,
    );
  }
}
