/** Foreign storages in a message: OLE objects and whatever else lies where an embedded message would be. */
import type { IStorage, RootStorage } from "../storage/types";
import { createStorage, walkStorage } from "../storage";
import { sameBytes } from "./propertyStream";

/** A copy of a storage that belongs to no file. */
export function copyOfStorage(storage: IStorage): RootStorage {
  const copy = createStorage();
  storage.copyTo(copy);
  copy.clsid = storage.clsid;
  copy.setStat(storage.stat());
  copy.commit();
  return copy;
}

/** A foreign storage (an OLE object, say): in the file, until that part of the file goes, then a copy. */
export class HeldStorage {
  storage: IStorage;

  /** @param held bytes the session holds for it; left out for one in the file */
  constructor(
    storage: IStorage,
    readonly held?: number,
  ) {
    this.storage = storage;
  }

  /** Takes a copy, because the storage in the file is about to be removed. */
  detach(): void {
    this.storage = copyOfStorage(this.storage);
  }
}

/** Bytes of all streams in a storage, at every depth. */
export function bytesOfStorage(storage: IStorage): number {
  let bytes = 0;
  walkStorage(storage, (_, element) => {
    bytes += element.size;
  });
  return bytes;
}

/** A copy of a storage as what an attachment holds, counted as held by the session. */
export function heldCopy(storage: IStorage): HeldStorage {
  const copy = copyOfStorage(storage);
  return new HeldStorage(copy, bytesOfStorage(copy));
}

/** Whether two storages hold the same elements with the same bytes and class ids. */
export function sameStorage(a: IStorage, b: IStorage): boolean {
  const pairs: [IStorage, IStorage][] = [[a, b]];
  for (let pair = pairs.pop(); pair; pair = pairs.pop()) {
    const [left, right] = pair;
    const elements = left.enumElements();
    if (left.clsid !== right.clsid || elements.length !== right.enumElements().length) return false;
    for (const { name, type } of elements) {
      if (right.elementType(name) !== type) return false;
      if (type === "storage") pairs.push([left.openStorage(name), right.openStorage(name)]);
      else if (!sameBytes(left.openStream(name), right.openStream(name))) return false;
    }
  }
  return true;
}
