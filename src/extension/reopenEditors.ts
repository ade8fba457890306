/**
 * Editors that have lost their extension host: when VS Code ends it and starts another, what was open stays in view, with
 * nothing behind it. Here such editors are closed and opened again; what was unsaved comes back from its backup.
 */
import * as vscode from "vscode";
import type { Comparisons } from "./comparisons";
import { depthOf } from "./msgFileSystemUris";
import type { Sessions } from "./sessions";

/** Milliseconds that VS Code has to open a document whose editor was brought to the front. */
const OPENING = 3000;

/** The tabs of one document. */
interface Editors {
  readonly uri: vscode.Uri;
  readonly tabs: readonly vscode.Tab[];
}

/** The editors of messages that nobody here has opened, those of messages before those of what is in them. */
function editorsWithout(sessions: Sessions, viewType: string): Editors[] {
  const found = new Map<string, Editors>();
  for (const tab of vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs)) {
    const { input } = tab;
    if (!(input instanceof vscode.TabInputCustom) || input.viewType !== viewType) continue;
    const { uri } = input;
    if (sessions.get(uri)) continue;
    const key = uri.toString();
    found.set(key, { uri, tabs: [...(found.get(key)?.tabs ?? []), tab] });
  }
  return [...found.values()].sort((a, b) => depthOf(a.uri) - depthOf(b.uri));
}

/** Whether the document is opened within a while. */
function isOpened(sessions: Sessions, uri: vscode.Uri): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (opened: boolean): void => {
      clearTimeout(timer);
      listening.dispose();
      resolve(opened);
    };
    const timer = setTimeout(() => end(false), OPENING);
    const listening = sessions.onDidOpen((document) => {
      if (document.uri.toString() === uri.toString()) end(true);
    });
    if (sessions.get(uri)) end(true);
  });
}

/** Closes the editors of a document, and opens them where they were. */
async function reopen(sessions: Sessions, { uri, tabs }: Editors, viewType: string): Promise<void> {
  const show = (column: vscode.ViewColumn): Thenable<unknown> =>
    vscode.commands.executeCommand("vscode.openWith", uri, viewType, column);
  const columns = tabs.map(({ group }) => group.viewColumn);
  // An editor that was in the background is only opened when it comes to the front: then nothing is wrong with it.
  const [first = vscode.ViewColumn.Active] = columns;
  void show(first).then(undefined, () => undefined);
  if (await isOpened(sessions, uri)) return;
  for (const column of columns) {
    await show(column);
    // Saving would ask who is not there any more. The backup stays for the document that is opened then.
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  }
  for (const column of columns) await show(column);
}

/** Opens all editors again that have nothing behind them, and then the comparisons. */
export async function reopenEditors(
  sessions: Sessions,
  comparisons: Comparisons,
  viewType: string,
): Promise<void> {
  const front = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const lost = editorsWithout(sessions, viewType);
  for (const editors of lost) await reopen(sessions, editors, viewType);
  if (lost.length > 0 && front instanceof vscode.TabInputCustom)
    await vscode.commands.executeCommand("vscode.openWith", front.uri, front.viewType);
  await comparisons.reopen();
}
