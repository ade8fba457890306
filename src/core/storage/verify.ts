/** The second opinion: bytes just laid out, read by the independent `cfb` package and compared with what was committed. */
import * as CFB from "cfb";
import { parseGuid } from "../mapi/guid";
import type { StreamContent } from "./content";
import { committedStateOf } from "./rootStorage";
import { walkState, type StorageState } from "./state";
import type { RootStorage } from "./types";

/** One thing in which the bytes are not what the root holds. */
export interface Difference {
  /** Names from the root down, joined by "/"; empty for the root itself. */
  readonly path: string;
  readonly message: string;
}

/** What is expected at one path: a storage when there is no content. */
interface Expected {
  readonly content?: StreamContent;
  readonly state?: StorageState;
}

/** What `cfb` makes of a directory entry. */
type Entry = CFB.CFB$Entry;

const STORAGE_TYPES: readonly number[] = [1, 5];
const STREAM_TYPE = 2;

function expectedOf(state: StorageState): Map<string, Expected> {
  const expected = new Map<string, Expected>([["", { state }]]);
  walkState(state, (path, element) => {
    const key = path.join("/");
    expected.set(key, element.type === "stream" ? { content: element.content } : { state: element.state });
  });
  return expected;
}

/** Node's Buffer when the host has one: `cfb` joins Buffers fast, but other arrays number by number. */
interface BufferMaker {
  from(buffer: ArrayBufferLike, offset: number, length: number): Uint8Array;
}

function isBufferMaker(value: unknown): value is BufferMaker {
  return typeof value === "function" && "from" in value && typeof value.from === "function";
}

function parse(bytes: Uint8Array): CFB.CFB$Container {
  const maker: unknown = Reflect.get(globalThis, "Buffer");
  const { buffer, byteOffset, byteLength } = bytes;
  if (isBufferMaker(maker)) return CFB.read(maker.from(buffer, byteOffset, byteLength), { type: "buffer" });
  return CFB.read(bytes, { type: "array" });
}

/** Where the contents differ, as a sentence; undefined when they are equal. */
function contentDifference(entry: Entry, content: StreamContent): string | undefined {
  if (entry.type !== STREAM_TYPE) return "It is no stream.";
  // The type says that there always is a content; a stream of size 0 has none.
  const found = (entry.content as CFB.CFB$Blob | undefined) ?? [];
  if (found.length !== content.size) return `It has ${found.length} bytes instead of ${content.size}.`;
  const wanted = content.bytes();
  for (let i = 0; i < wanted.length; i++) {
    if (wanted[i] !== found[i]) return `It differs from byte ${i} on.`;
  }
  return undefined;
}

/** The class id out of the 32 digits that `cfb` gives in the order of the bytes. */
function clsidOf(entry: Entry): string | undefined {
  const digits = entry.clsid.replace(/^(..)(..)(..)(..)(..)(..)(..)(..)/, "$4$3$2$1$6$5$8$7");
  return parseGuid(digits);
}

function storageDifference(entry: Entry, { stat }: StorageState): string | undefined {
  if (!STORAGE_TYPES.includes(entry.type)) return "It is no storage.";
  const clsid = clsidOf(entry);
  if (clsid !== stat.clsid) return `Its class id is ${clsid ?? "unreadable"} instead of ${stat.clsid}.`;
  const stateBits = entry.state >>> 0;
  if (stateBits !== stat.stateBits) return `Its state bits are ${stateBits} instead of ${stat.stateBits}.`;
  return undefined;
}

function entryDifference(entry: Entry, expected: Expected): string | undefined {
  if (expected.content) return contentDifference(entry, expected.content);
  return expected.state && storageDifference(entry, expected.state);
}

function compare(container: CFB.CFB$Container, state: StorageState): Difference[] {
  const expected = expectedOf(state);
  const differences: Difference[] = [];
  const root = container.FullPaths[0] ?? "";
  container.FileIndex.forEach((entry, i) => {
    if (entry.type === 0) return;
    const full = container.FullPaths[i] ?? "";
    const path = full.slice(root.length).replace(/\/$/, "");
    const wanted = expected.get(path);
    expected.delete(path);
    const message = wanted ? entryDifference(entry, wanted) : "It is there, but should not be.";
    if (message !== undefined) differences.push({ path, message });
  });
  for (const path of expected.keys()) differences.push({ path, message: "It is missing." });
  return differences;
}

/**
 * Parses `bytes` with `cfb` and compares every storage and stream, its contents, class id and state bits with what
 * `root` has committed. An empty list means that they are equal; what `cfb` cannot read at all is a difference too.
 * To be called before the bytes replace a file.
 */
export function verifyBytes(bytes: Uint8Array, root: RootStorage): Difference[] {
  const state = committedStateOf(root);
  try {
    return compare(parse(bytes), state);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [{ path: "", message: `The new file cannot be read back: ${reason}` }];
  }
}
