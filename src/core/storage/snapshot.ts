/** A storage as it is at one moment: read from whatever becomes of the storage, compared with it, and put back. */
import { StorageObject } from "./storageObject";
import type { Element, StorageState } from "./state";
import type { IStorage } from "./types";

/** What a storage held when the snapshot was taken. Nothing is copied: contents are shared with the storage. */
export interface StorageSnapshot {
  readonly state: StorageState;
}

/** What a storage holds now, of storages in it what they have committed; undefined for one that is not of a compound file. */
export function takeSnapshot(storage: IStorage): StorageSnapshot | undefined {
  return storage instanceof StorageObject ? { state: storage.presentState } : undefined;
}

/** A storage that holds what was there then, whatever is done to the other one. It belongs to no file. */
export function storageOfSnapshot({ state }: StorageSnapshot, name: string): IStorage {
  return new StorageObject(name, state, undefined, 0);
}

function sameElement(a: Element, b: Element | undefined): boolean {
  if (a === b) return true;
  if (a.type === "stream") return b?.type === "stream" && a.name === b.name && a.content === b.content;
  return b?.type === "storage" && a.name === b.name && a.id === b.id && a.state === b.state;
}

/**
 * Whether the elements that `isMeant` names are the very same in both: an element that was written since counts as
 * another one, whatever its bytes.
 */
export function sameSnapshot(
  { state: a }: StorageSnapshot,
  { state: b }: StorageSnapshot,
  isMeant: (name: string) => boolean,
): boolean {
  if (a === b) return true;
  const meant = Array.from(a.elements).filter(([, { name }]) => isMeant(name));
  const others = Array.from(b.elements.values()).filter(({ name }) => isMeant(name));
  return (
    meant.length === others.length &&
    meant.every(([folded, element]) => sameElement(element, b.elements.get(folded)))
  );
}

/** Puts the elements that `isMeant` names back to what they were; the others stay as they are. Not committed. */
export function putSnapshotBack(
  storage: IStorage,
  { state }: StorageSnapshot,
  isMeant: (name: string) => boolean,
): void {
  if (storage instanceof StorageObject) storage.putBack(state, isMeant);
}
