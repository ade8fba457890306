/** Values that tell an item from every other: conversation index, global object id, message id. */
import { MapiError } from "../mapi/errors";

/** A source of bytes that nothing else has; the core reaches for no source of chance of its own. */
export type RandomBytes = (count: number) => Uint8Array;

/**
 * So many random bytes.
 * @throws MapiError MAPI_E_INVALID_PARAMETER when the source gives fewer or more.
 */
export function takeRandom(randomBytes: RandomBytes, count: number): Uint8Array {
  const bytes = randomBytes(count);
  if (bytes.length === count) return bytes;
  throw new MapiError("MAPI_E_INVALID_PARAMETER", `randomBytes(${count}) gave ${bytes.length} bytes.`);
}

const GUID_SIZE = 16;
/** The bytes of a FILETIME that a conversation index holds: the six upper ones. */
const INDEX_TIME_SIZE = 6;

/** The index of the first message of a conversation, 22 bytes: the six upper bytes of the time, a GUID ([MS-OXOMSG] 2.2.1.3). */
export function conversationIndex(now: bigint, randomBytes: RandomBytes): Uint8Array {
  const bytes = new Uint8Array(INDEX_TIME_SIZE + GUID_SIZE);
  new DataView(bytes.buffer).setBigUint64(0, now);
  bytes.set(takeRandom(randomBytes, GUID_SIZE), INDEX_TIME_SIZE);
  return bytes;
}

const GLOBAL_ID_PREFIX: readonly number[] = [
  0x04, 0x00, 0x00, 0x00, 0x82, 0x00, 0xe0, 0x00, 0x74, 0xc5, 0xb7, 0x10, 0x1a, 0x82, 0xe0, 0x08,
];
const CREATED_OFFSET = 20;
const SIZE_OFFSET = 36;
const DATA_OFFSET = 40;

/**
 * The global object id of a meeting, PidLidGlobalObjectId and PidLidCleanGlobalObjectId of a new one, 56 bytes
 * ([MS-OXOCAL] 2.2.1.27): 16 fixed bytes, 4 for the date of an exception (0), the time of creation, 8 zeros, the size of
 * the data, 16 random bytes.
 */
export function globalObjectId(created: bigint, randomBytes: RandomBytes): Uint8Array {
  const bytes = new Uint8Array(DATA_OFFSET + GUID_SIZE);
  const view = new DataView(bytes.buffer);
  bytes.set(GLOBAL_ID_PREFIX);
  view.setBigUint64(CREATED_OFFSET, created, true);
  view.setUint32(SIZE_OFFSET, GUID_SIZE, true);
  bytes.set(takeRandom(randomBytes, GUID_SIZE), DATA_OFFSET);
  return bytes;
}

/** A message id for a mail from an address: random hex digits at the address's host (RFC 5322, 3.6.4). */
export function internetMessageId(address: string, randomBytes: RandomBytes): string {
  const digits = Array.from(takeRandom(randomBytes, GUID_SIZE), (byte) => byte.toString(16).padStart(2, "0"));
  const host = address.slice(address.lastIndexOf("@") + 1);
  return `<${digits.join("")}@${host === "" ? "localhost" : host}>`;
}
