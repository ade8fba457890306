/** What all samples are built with: a clock that stands still, numbers that only look random, shorthands of the core. */
import {
  attachmentProperties,
  createAllocator,
  createStorage,
  type FileToAttach,
  fillNewMessage,
  type IAttach,
  type IMessage,
  type IStorage,
  KEEP_OPEN_READWRITE,
  MAPI_CREATE,
  MAPI_MODIFY,
  MAPI_UNICODE,
  MapiError,
  MODRECIP_ADD,
  openIMsgOnIStg,
  type PropValue,
  PR_ATTACH_DATA_OBJ,
  PR_ATTACH_METHOD,
  PR_DISPLAY_NAME,
  ATTACH_EMBEDDED_MSG,
  recipientProperties,
  type RootStorage,
  setEvery,
  walkStorage,
} from "../../src/core";

export { type NamedValue, setNamed } from "../../src/core";

/** A file of the samples. */
export interface Sample {
  /** File name. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

const TICKS_PER_MS = 10_000n;
const EPOCH_MS = 11_644_473_600_000n;

/** A moment in UTC as FILETIME. */
export function utc(year: number, month: number, day: number, hour = 0, minute = 0, second = 0): bigint {
  return (BigInt(Date.UTC(year, month - 1, day, hour, minute, second)) + EPOCH_MS) * TICKS_PER_MS;
}

/** A FILETIME as the Date header of a mail has it, in UTC. */
export function mailDate(fileTime: bigint): string {
  return new Date(Number(fileTime / TICKS_PER_MS - EPOCH_MS)).toUTCString().replace("GMT", "+0000");
}

/** When all samples were made. */
export const MADE = utc(2026, 3, 12, 8, 15);

/** Bytes that are the same every time and look random: xorshift32 from a seed. */
export function randomSource(seed: number): (count: number) => Uint8Array {
  let state = seed >>> 0 || 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state;
  };
  return (count) => Uint8Array.from({ length: count }, () => next() >>> 24);
}

const encoder = new TextEncoder();

/** The UTF-8 bytes of a text. */
export const utf8 = (text: string): Uint8Array => encoder.encode(text);

/** Puts bytes one behind the other. */
export function join(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** Shorthand for a list of properties: pairs of tag and value. */
export const props = (...pairs: readonly (readonly [number, unknown])[]): PropValue[] =>
  pairs.map(([tag, value]) => ({ tag, value }));

/** Somebody who writes or gets a mail. */
export interface Person {
  readonly name: string;
  readonly address: string;
}

/** Adds recipients of a kind. */
export function addRecipients(
  message: IMessage,
  kind: number,
  people: readonly Person[],
  width: { unicode: boolean; codePage?: number } = { unicode: true },
): void {
  const rows = people.map((person) => ({ properties: recipientProperties({ ...person, kind, ...width }) }));
  message.modifyRecipients(MODRECIP_ADD, rows);
}

/** Attaches a file, with more properties than every attached file has. */
export function attachFile(message: IMessage, file: FileToAttach, more: readonly PropValue[] = []): void {
  const { attach } = message.createAttach();
  setEvery(attach, [...attachmentProperties(file), ...more]);
  attach.saveChanges();
}

/** Attaches a message that `fill` writes. */
export function attachMessage(
  message: IMessage,
  title: string,
  fill: (embedded: IMessage) => void,
  more: readonly PropValue[] = [],
): void {
  const { attach } = message.createAttach();
  setEvery(attach, [...props([PR_ATTACH_METHOD, ATTACH_EMBEDDED_MSG], [PR_DISPLAY_NAME, title]), ...more]);
  const embedded = openEmbedded(attach);
  fill(embedded);
  embedded.saveChanges();
  attach.saveChanges();
}

function openEmbedded(attach: IAttach): IMessage {
  const object = attach.openProperty(PR_ATTACH_DATA_OBJ, MAPI_CREATE | MAPI_MODIFY);
  if (!("getRecipientTable" in object)) {
    throw new MapiError("MAPI_E_CALL_FAILED", "A new embedded message is no message.");
  }
  return object;
}

/** How a sample is made. */
export interface SampleOptions {
  readonly name: string;
  /** Tells its random bytes from those of other samples. */
  readonly seed: number;
  readonly unicode?: boolean;
  readonly codePage?: number;
  /** Class id of the root, where it is not that of a message. */
  readonly clsid?: string;
  /** Whether the message begins as a new mail; else it begins empty. */
  readonly isMail?: boolean;
}

/** Gives every storage of a file the same times. */
function settleTimes(root: RootStorage): void {
  const storages: IStorage[] = [];
  walkStorage(root, (_, element, holder) => {
    if (element.type === "storage") storages.push(holder.openStorage(element.name));
  });
  for (const storage of storages.reverse()) {
    storage.setStat({ created: MADE, modified: MADE });
    storage.commit();
  }
  root.setStat({ modified: MADE });
  root.commit();
}

/** Builds a sample: a message that `fill` writes, saved, with nothing in it that differs from one run to the next. */
export function makeSample(
  options: SampleOptions,
  fill: (message: IMessage, randomBytes: (count: number) => Uint8Array) => void,
): Sample {
  const { name, seed, unicode = true, codePage, clsid, isMail = true } = options;
  const storage = createStorage();
  if (clsid !== undefined) storage.clsid = clsid;
  const randomBytes = randomSource(seed);
  const message = openIMsgOnIStg(null, createAllocator(), storage, {
    flags: unicode ? MAPI_UNICODE : 0,
    now: () => MADE,
    ...(codePage === undefined ? {} : { codePage }),
  });
  if (isMail) fillNewMessage(message, { randomBytes });
  fill(message, randomBytes);
  message.saveChanges(KEEP_OPEN_READWRITE);
  message.release();
  settleTimes(storage);
  return { name, bytes: storage.toBytes() };
}
