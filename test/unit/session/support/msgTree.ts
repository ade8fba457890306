/** A message file as an independent reader sees it: the tree of the `cfb` package and property streams taken apart here. */
import * as CFB from "cfb";

/** A storage of the file. */
export interface Node {
  readonly clsid: string;
  readonly storages: Map<string, Node>;
  readonly streams: Map<string, Uint8Array>;
}

/** A property entry, 16 bytes. */
export interface Entry {
  readonly tag: number;
  readonly id: number;
  readonly type: number;
  readonly flags: number;
  /** Bytes 8 to 15. */
  readonly value: Buffer;
}

const STREAM = 2;

/** Reads a compound file into a tree of plain values. */
export function readTree(bytes: Uint8Array): Node {
  const file = CFB.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), { type: "buffer" });
  const rootPath = file.FullPaths[0] ?? "";
  const nodes = new Map<string, Node>();
  file.FileIndex.forEach((entry, i) => {
    const path = (file.FullPaths[i] ?? "").slice(rootPath.length).replace(/\/$/, "");
    if (entry.type === STREAM) {
      const content = (entry.content as Uint8Array | undefined) ?? [];
      parentOf(nodes, path).streams.set(nameOf(path), Uint8Array.from(content));
    } else if (entry.type === 1 || entry.type === 5) {
      const node: Node = { clsid: entry.clsid, storages: new Map(), streams: new Map() };
      nodes.set(path, node);
      if (path !== "") parentOf(nodes, path).storages.set(nameOf(path), node);
    }
  });
  const root = nodes.get("");
  if (!root) throw new Error("The compound file has no root.");
  return root;
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

function parentOf(nodes: Map<string, Node>, path: string): Node {
  const parent = nodes.get(path.slice(0, Math.max(0, path.lastIndexOf("/"))));
  if (!parent) throw new Error(`“${path}” comes before the storage it is in.`);
  return parent;
}

/** The entries of a property stream behind a header of this size; a short tail is left out. */
export function entriesOf(stream: Uint8Array, headerSize: number): Entry[] {
  const bytes = Buffer.from(stream);
  const entries: Entry[] = [];
  for (let at = headerSize; at + 16 <= bytes.length; at += 16) {
    const tag = bytes.readUInt32LE(at);
    entries.push({
      tag,
      id: tag >>> 16,
      type: tag & 0xffff,
      flags: bytes.readUInt32LE(at + 4),
      value: bytes.subarray(at + 8, at + 16),
    });
  }
  return entries;
}

/** Eight upper-case hex digits. */
export const hex = (value: number): string => (value >>> 0).toString(16).toUpperCase().padStart(8, "0");
