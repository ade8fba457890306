/** The tabs of sessions: which belong to which, and how they are closed together. */
import * as vscode from "vscode";
import { depthOf, isInside } from "./msgFileSystemUris";

/** The URI a tab shows, of whatever kind its editor is. */
export function uriOfTab({ input }: vscode.Tab): vscode.Uri | undefined {
  const hasUri =
    input instanceof vscode.TabInputText ||
    input instanceof vscode.TabInputCustom ||
    input instanceof vscode.TabInputNotebook;
  return hasUri ? input.uri : undefined;
}

/** The tabs of what is in a document's session, those of the innermost first. */
export function tabsInside(document: vscode.Uri): vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .flatMap((tab) => {
      const uri = uriOfTab(tab);
      return uri && isInside(uri, document) ? [{ tab, depth: depthOf(uri) }] : [];
    })
    .sort((a, b) => b.depth - a.depth)
    .map(({ tab }) => tab);
}

/** The tabs of a document itself. */
export function tabsOf(document: vscode.Uri): vscode.Tab[] {
  const key = document.toString();
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter((tab) => uriOfTab(tab)?.toString() === key);
}

/**
 * Closes a session: the editors of everything in it, inside out, so that what is saved on the way reaches the file.
 * VS Code asks for each with unsaved changes.
 * @returns false when the person called it off
 */
export async function closeSession(document: vscode.Uri): Promise<boolean> {
  const closed = new Set<vscode.Tab>();
  const next = (): vscode.Tab | undefined =>
    [...tabsInside(document), ...tabsOf(document)].find((tab) => !closed.has(tab));
  for (let tab = next(); tab !== undefined; tab = next()) {
    if (!(await vscode.window.tabGroups.close(tab))) return false;
    closed.add(tab);
  }
  return true;
}
