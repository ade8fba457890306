/** Opening, saving and comparing messages in tests. */
import assert from "node:assert/strict";
import {
  type AttachmentRow,
  createAllocator,
  createStorage,
  type IMessage,
  type IMAPIProp,
  type IStorage,
  KEEP_OPEN_READWRITE,
  MAPI_CREATE,
  MAPI_MODIFY,
  MAPI_UNICODE,
  MapiError,
  openIMsgOnIStg,
  openStorage,
  type OpenMessageOptions,
  PR_ATTACH_DATA_OBJ,
  propId,
  type PropValue,
  type RootStorage,
  walkStorage,
} from "../../../../src/core";
import { checkMsg } from "./checkMsg";

/** 2026-01-02 03:04:05 UTC as FILETIME. */
export const NOW = 134117966450000000n;

/** A clock that goes on by a second at every look. */
export function clock(start = NOW): () => bigint {
  let time = start;
  return () => (time += 10_000_000n);
}

/** A message and the storage it is in. */
export interface Opened {
  readonly storage: RootStorage;
  readonly message: IMessage;
}

/** A new message in a new storage. */
export function create(options: OpenMessageOptions = {}): Opened {
  const storage = createStorage();
  const message = openIMsgOnIStg(null, createAllocator(), storage, {
    flags: MAPI_UNICODE,
    now: clock(),
    ...options,
  });
  return { storage, message };
}

/** A message opened from the bytes of a file. */
export function open(bytes: Uint8Array, options: OpenMessageOptions = {}): Opened {
  const storage = openStorage(bytes);
  const message = openIMsgOnIStg(null, createAllocator(), storage, {
    now: clock(NOW + 10n ** 12n),
    ...options,
  });
  return { storage, message };
}

/** Saves a message, checks its file, and opens that again. */
export function reopen({ storage, message }: Opened, options: OpenMessageOptions = {}): Opened {
  message.saveChanges(KEEP_OPEN_READWRITE);
  const bytes = storage.toBytes();
  assert.deepEqual(checkMsg(bytes), []);
  message.release();
  return open(bytes, options);
}

/** Whether an error is the core's own, with this name. */
export function isMapiError(name: string): (error: unknown) => boolean {
  return (error) => error instanceof MapiError && error.name === name;
}

/** Demands that a call throws a MapiError of this name. */
export function fails(name: string, call: () => unknown): void {
  assert.throws(call, isMapiError(name), `${name} is expected`);
}

/** The value of one property; the error value when there is none. */
export function get(object: IMAPIProp, tag: number): unknown {
  return object.getProps([tag])[0]?.value;
}

/** Sets properties and demands that there is no problem. */
export function set(object: IMAPIProp, ...values: [tag: number, value: unknown][]): void {
  assert.deepEqual(object.setProps(values.map(([tag, value]) => ({ tag, value }))), []);
}

/** Properties as pairs, for rows. */
export function props(...values: [tag: number, value: unknown][]): PropValue[] {
  return values.map(([tag, value]) => ({ tag, value }));
}

/** A property of a row of a table. */
export function column(row: AttachmentRow | { properties: PropValue[] } | undefined, tag: number): unknown {
  return row?.properties.find((value) => propId(value.tag) === propId(tag))?.value;
}

/** The message embedded in an attachment. */
export function embedded(attach: IMAPIProp, flags = 0): IMessage {
  const message = attach.openProperty(PR_ATTACH_DATA_OBJ, flags);
  assert.ok("getRecipientTable" in message);
  return message;
}

/** A new message in an attachment. */
export function embed(attach: IMAPIProp): IMessage {
  return embedded(attach, MAPI_CREATE | MAPI_MODIFY);
}

/** Everything in a storage as one flat map: streams as hex text, storages as their class id, state bits and times. */
export function contentsOf(storage: IStorage): Map<string, string> {
  const text = (part: IStorage): string => {
    const { clsid, stateBits, created, modified } = part.stat();
    return `${clsid} ${stateBits} ${created} ${modified}`;
  };
  const contents: [string, string][] = [["", text(storage)]];
  walkStorage(storage, (names, element, holder) => {
    const isStream = element.type === "stream";
    const value = isStream
      ? Buffer.from(holder.openStream(element.name)).toString("hex")
      : text(holder.openStorage(element.name));
    contents.push([names.join("/"), value]);
  });
  return new Map(contents.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Names of the elements that differ between two contents. */
export function differences(a: Map<string, string>, b: Map<string, string>): string[] {
  return [...new Set([...a.keys(), ...b.keys()])].filter((name) => a.get(name) !== b.get(name)).sort();
}
