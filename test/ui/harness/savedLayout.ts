import type { Page } from "playwright-core";

/** Where VS Code in a browser keeps the state of a window, and under which key the editors that are open. */
const DATABASE = "vscode-web-state-db-";
const STORE = "ItemTable";
const KEY = "memento/workbench.parts.editor";

/**
 * How many editors VS Code would open again after a reload: it writes down which are open every few seconds, while it is
 * idle. 0 where it has not written yet.
 */
export function countOfSavedEditors(page: Page): Promise<number> {
  const count = async ([prefix, store, key]: readonly [string, string, string]): Promise<number> => {
    const answerOf = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error("The request failed."));
      });
    let editors = 0;
    for (const { name = "" } of await indexedDB.databases()) {
      if (!name.startsWith(prefix)) continue;
      const database = await answerOf(indexedDB.open(name));
      try {
        if (!database.objectStoreNames.contains(store)) continue;
        const value: unknown = await answerOf(database.transaction(store).objectStore(store).get(key));
        if (typeof value !== "string") continue;
        // Every group has a list of its editors, somewhere in the grid of groups.
        JSON.parse(value, (name, part: unknown) => {
          if (name === "editors" && Array.isArray(part)) editors += part.length;
          return part;
        });
      } finally {
        database.close();
      }
    }
    return editors;
  };
  return page.evaluate(count, [DATABASE, STORE, KEY] as const);
}
