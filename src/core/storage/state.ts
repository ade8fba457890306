/** The committed state of a storage: plain data, never changed once made, shared freely between states. */
import { GUID_NULL } from "../mapi/guid";
import type { StreamContent } from "./content";
import type { StorageStat } from "./types";

/** A stream as an element of a storage. */
export interface StreamElement {
  readonly type: "stream";
  readonly name: string;
  readonly content: StreamContent;
}

/** A storage as an element of a storage. */
export interface StorageElement {
  readonly type: "storage";
  readonly name: string;
  /** Stays the same over renames and commits: the identity of the storage within its parent. */
  readonly id: number;
  readonly state: StorageState;
}

/** An element, kept in its storage under its folded name. */
export type Element = StreamElement | StorageElement;

/** Everything a storage holds, as of one commit. */
export interface StorageState {
  readonly stat: StorageStat;
  /** By folded name, in the order of the file. */
  readonly elements: ReadonlyMap<string, Element>;
}

/** The state of a storage with nothing in it. */
export function emptyState(created: bigint, modified: bigint): StorageState {
  return { stat: { clsid: GUID_NULL, stateBits: 0, created, modified }, elements: new Map() };
}

let lastId = 0;

/** A new identity for a storage element. */
export function nextId(): number {
  return ++lastId;
}

/** 100-ns ticks between 1601-01-01 and 1970-01-01. */
const UNIX_EPOCH_TICKS = 116444736000000000n;

/** The present time as FILETIME: 100 ns since 1601-01-01 UTC. */
export function now(): bigint {
  return BigInt(Date.now()) * 10000n + UNIX_EPOCH_TICKS;
}

/**
 * Visits every element below a storage, each storage before what is in it, without recursion.
 * @param visit gets the names from the root down, the last one the element's own
 */
export function walkState(
  state: StorageState,
  visit: (path: readonly string[], element: Element) => void,
): void {
  const stack: { readonly path: readonly string[]; readonly state: StorageState }[] = [{ path: [], state }];
  for (let top = stack.pop(); top; top = stack.pop()) {
    const inner: typeof stack = [];
    for (const element of top.state.elements.values()) {
      const path = [...top.path, element.name];
      visit(path, element);
      if (element.type === "storage") inner.push({ path, state: element.state });
    }
    stack.push(...inner.reverse());
  }
}
