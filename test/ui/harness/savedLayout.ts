import type { Page } from "playwright-core";

/** Where VS Code in a browser keeps the state of a window, and under which key the editors that are open. */
const DATABASE = "vscode-web-state-db-";
const STORE = "ItemTable";
const KEY = "memento/workbench.parts.editor";
/** Names in it the editors that are a panel with a page: those say what they were about in a state of their own. */
const PANEL = "workbench.editors.webviewInput";

/**
 * How many editors VS Code would open again after a reload: it writes down which are open every few seconds, while it is
 * idle. A panel counts once its state is written too, for without it nobody knows what it was about. 0 where VS Code has
 * not written yet.
 */
export function countOfSavedEditors(page: Page): Promise<number> {
  const count = async ([prefix, store, key, panel]: readonly [
    string,
    string,
    string,
    string,
  ]): Promise<number> => {
    const answerOf = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error("The request failed."));
      });
    const comesBack = (editor: { readonly id?: string; readonly value?: string }): boolean =>
      editor.id !== panel || (editor.value?.includes('"state":') ?? false);
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
          if (name === "editors" && Array.isArray(part)) editors += part.filter(comesBack).length;
          return part;
        });
      } finally {
        database.close();
      }
    }
    return editors;
  };
  return page.evaluate(count, [DATABASE, STORE, KEY, PANEL] as const);
}
