/** The second opinion: bytes just laid out, read by the independent `cfb` package and compared with what was committed. */
import * as CFB from "cfb";
import { parseGuid } from "../mapi/guid";
import { FileContent, firstDifference, type StreamContent } from "./content";
import { MINI_STREAM_CUTOFF, plainView, sectorSizeOf } from "./format";
import { committedStateOf, openStorage } from "./rootStorage";
import { walkState, type StorageState } from "./state";
import type { RootStorage } from "./types";
import { DirectoryLinks } from "./verifyDirectory";

/** One thing in which the bytes are not what the root holds. */
export interface Difference {
  /** Names from the root down, joined by "/"; empty for the root itself. */
  readonly path: string;
  readonly message: string;
}

/** What is expected at one path: a stream's content or a storage's state. */
type Expected = { readonly content: StreamContent } | { readonly state: StorageState };

/** What `cfb` makes of a directory entry. */
type Entry = CFB.CFB$Entry;

/** The bytes to be judged, and how `cfb` is shown them. */
interface Evidence {
  readonly bytes: Uint8Array;
  readonly sectorSize: number;
  readonly links: DirectoryLinks;
}

const STORAGE_TYPES: readonly number[] = [1, 5];
const STREAM_TYPE = 2;

function expectedOf(state: StorageState): Map<string, Expected> {
  const expected = new Map<string, Expected>([["", { state }]]);
  walkState(state, (path, element) => {
    const value = element.type === "stream" ? { content: element.content } : { state: element.state };
    expected.set(path.join("/"), value);
  });
  return expected;
}

/** Marks the sectors of all streams outside the mini stream, as this folder's own reader finds them. */
function markStreamSectors(state: StorageState, bytes: Uint8Array, sectorSize: number): Uint8Array {
  const marks = new Uint8Array(Math.ceil(bytes.length / sectorSize));
  walkState(state, (_, element) => {
    if (element.type === "storage" || !(element.content instanceof FileContent)) return;
    const { size, pieces } = element.content;
    if (size < MINI_STREAM_CUTOFF) return;
    for (let i = 0; i + 1 < pieces.length; i += 2) {
      const first = (pieces[i] ?? 0) / sectorSize;
      marks.fill(1, first, first + Math.ceil((pieces[i + 1] ?? 0) / sectorSize));
    }
  });
  return marks;
}

/**
 * The file as it is given to `cfb`, which takes it apart with `slice`. `cfb` joins the sectors of a stream number by
 * number, which no memory survives when an attachment is large. So a sector of a large stream is handed out as one
 * number, its place in the file counted in sectors. The content `cfb` puts together is then the list of the sectors it
 * followed, whose bytes are compared where they are. A sector that is marked but is not a stream's makes `cfb` fail or
 * differ, never agree. Sectors of the directory come without links: see `verifyDirectory.ts`.
 */
function feedOf({ bytes, sectorSize, links }: Evidence, marks: Uint8Array): Uint8Array {
  const slice = (start = 0, end = bytes.length): Uint8Array | number[] => {
    const place = start / sectorSize;
    return marks[place] === 1
      ? [place]
      : links.withoutLinks(new Uint8Array(bytes.subarray(start, end)), place);
  };
  return Object.defineProperty(bytes.subarray(), "slice", { value: slice });
}

const differsAt = (byte: number): string => `It differs from byte ${byte} on.`;

function smallDifference(found: CFB.CFB$Blob, content: StreamContent): string | undefined {
  if (found.length !== content.size) return `It has ${found.length} bytes instead of ${content.size}.`;
  const at = firstDifference(content.bytes(), Uint8Array.from(found));
  return at < 0 ? undefined : differsAt(at);
}

/** How many places from `start` on follow each other in the file. */
function runFrom(places: CFB.CFB$Blob, start: number): number {
  let last = start;
  while (last + 1 < places.length && (places[last + 1] ?? 0) === (places[last] ?? 0) + 1) last++;
  return last - start + 1;
}

/** Compares a stream with the sectors that `cfb` found for it. */
function largeDifference(
  places: CFB.CFB$Blob,
  content: StreamContent,
  evidence: Evidence,
): string | undefined {
  const { bytes, sectorSize } = evidence;
  const count = Math.ceil(content.size / sectorSize);
  if (places.length !== count) return `Its chain has not the ${count} sectors of its ${content.size} bytes.`;
  const wanted = content.bytes();
  for (let i = 0; i < count;) {
    const run = runFrom(places, i);
    const from = i * sectorSize;
    const length = Math.min(run * sectorSize, content.size - from);
    const start = (places[i] ?? 0) * sectorSize;
    const found = bytes.subarray(start, start + length);
    const at = firstDifference(wanted.subarray(from, from + found.length), found);
    if (at >= 0 || found.length < length) return differsAt(from + (at >= 0 ? at : found.length));
    i += run;
  }
  return undefined;
}

function contentDifference(entry: Entry, content: StreamContent, evidence: Evidence): string | undefined {
  if (entry.type !== STREAM_TYPE) return "It is no stream.";
  if (entry.size !== content.size) return `It has ${entry.size} bytes instead of ${content.size}.`;
  // The type says that there always is a content; a stream of size 0 has none.
  const found = (entry.content as CFB.CFB$Blob | undefined) ?? [];
  if (content.size < MINI_STREAM_CUTOFF) return smallDifference(found, content);
  return largeDifference(found, content, evidence);
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

function compare(container: CFB.CFB$Container, state: StorageState, evidence: Evidence): Difference[] {
  const expected = expectedOf(state);
  const differences: Difference[] = [];
  const differ = (entry: Entry, wanted: Expected): string | undefined =>
    "content" in wanted
      ? contentDifference(entry, wanted.content, evidence)
      : storageDifference(entry, wanted.state);
  const paths = evidence.links.paths();
  if (!paths) return [{ path: "", message: "The links of its directory lead astray." }];
  if (container.FileIndex.length !== evidence.links.count) {
    return [{ path: "", message: "Its directory has not as many entries as it should have." }];
  }
  container.FileIndex.forEach((entry, id) => {
    if (entry.type === 0) return;
    const path = paths.get(id);
    if (path === undefined || (id > 0 && entry.name !== evidence.links.nameOf(id))) {
      differences.push({ path: entry.name, message: "No storage leads to it." });
      return;
    }
    const wanted = expected.get(path);
    expected.delete(path);
    const message = wanted ? differ(entry, wanted) : "It is there, but should not be.";
    if (message !== undefined) differences.push({ path, message });
  });
  for (const path of expected.keys()) differences.push({ path, message: "It is missing." });
  return differences;
}

/**
 * Parses the bytes with `cfb` and compares every storage and stream, its contents, class id and state bits with what
 * `root` has committed. An empty list means that they are equal; what cannot be read at all is a difference too.
 * To be called before the bytes replace a file.
 */
export function verifyBytes(written: Uint8Array, root: RootStorage): Difference[] {
  const state = committedStateOf(root);
  const bytes = plainView(written);
  try {
    const opened = openStorage(bytes);
    const sectorSize = sectorSizeOf(opened.majorVersion);
    const evidence = { bytes, sectorSize, links: new DirectoryLinks(bytes, sectorSize) };
    const marks = markStreamSectors(committedStateOf(opened), bytes, sectorSize);
    return compare(CFB.read(feedOf(evidence, marks), { type: "array" }), state, evidence);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [{ path: "", message: `The new file cannot be read back: ${reason}` }];
  }
}
