/** Going through everything a storage holds. */
import type { ElementInfo, IStorage } from "./types";

/**
 * Visits every element below a storage, each storage before what is in it, in the order of the file and without
 * recursion. Storages are opened on the way: what they show is what their own readers see.
 * @param visit gets the names from the storage down, the last one the element's own
 */
export function walkStorage(
  storage: IStorage,
  visit: (path: readonly string[], element: ElementInfo, holder: IStorage) => void,
): void {
  const pending: { readonly path: readonly string[]; readonly storage: IStorage }[] = [{ path: [], storage }];
  for (let top = pending.pop(); top; top = pending.pop()) {
    const inner: typeof pending = [];
    for (const element of top.storage.enumElements()) {
      const path = [...top.path, element.name];
      visit(path, element, top.storage);
      if (element.type === "storage") inner.push({ path, storage: top.storage.openStorage(element.name) });
    }
    pending.push(...inner.reverse());
  }
}
