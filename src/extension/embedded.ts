/**
 * Editors of embedded messages beside those of the messages they are in: a child follows its parent, and does not
 * outlive it.
 */
import * as vscode from "vscode";
import { DiskHome } from "./diskHome";
import type { DocumentHome } from "./documentHome";
import { EmbeddedHome, isEmbedded } from "./embeddedHome";
import { messageOf, type MsgDocument } from "./msgDocument";
import { baseName, locate, MSG_SCHEME } from "./msgFileSystemUris";
import type { Sessions } from "./sessions";
import { tabsInside, uriOfTab } from "./sessionsTabs";

/**
 * The home of a document inside another one. A parent that is not open yet, as after a restart of the window, is opened
 * first.
 * @param viewType id of the editor of messages
 */
export async function homeInside(
  sessions: Sessions,
  uri: vscode.Uri,
  viewType: string,
): Promise<DocumentHome | undefined> {
  const parent = uri.scheme === MSG_SCHEME ? locate(uri)?.document : undefined;
  if (!parent) return undefined;
  if (!sessions.get(parent)) await openBehind(parent, viewType);
  const isMessage = !sessions.get(parent) || isEmbedded(sessions, uri);
  return isMessage ? new EmbeddedHome(sessions, uri) : new DiskHome(uri);
}

/** Opens a message in its editor; an untitled one that was closed is no more. */
async function openAgain(uri: vscode.Uri, viewType: string): Promise<void> {
  if (uri.scheme === "untitled") return;
  await vscode.commands.executeCommand("vscode.openWith", uri, viewType);
}

/** As `openAgain`, and puts in front again what was there before. */
async function openBehind(uri: vscode.Uri, viewType: string): Promise<void> {
  const front = vscode.window.tabGroups.activeTabGroup.activeTab;
  await openAgain(uri, viewType);
  const before = front && uriOfTab(front);
  if (!before || before.toString() === uri.toString()) return;
  const { input, group } = front;
  const show =
    input instanceof vscode.TabInputCustom
      ? vscode.commands.executeCommand("vscode.openWith", before, input.viewType, group.viewColumn)
      : vscode.commands.executeCommand("vscode.open", before, group.viewColumn);
  // Not awaited: it may be the very editor that waits for its parent now.
  show.then(undefined, () => undefined);
}

/** The open documents right inside a document. */
function childrenOf(sessions: Sessions, { uri }: MsgDocument): MsgDocument[] {
  const key = uri.toString();
  return sessions.all.filter((other) => locate(other.uri)?.document.toString() === key);
}

/** Brings the editors in front one by one, and closes them without saving. */
async function closeUnsaved(tabs: readonly vscode.Tab[], viewType: string): Promise<void> {
  for (const tab of tabs) {
    const uri = uriOfTab(tab);
    if (!uri) continue;
    if (tab.input instanceof vscode.TabInputCustom) {
      await vscode.commands.executeCommand("vscode.openWith", uri, viewType, tab.group.viewColumn);
    } else await vscode.window.showTextDocument(uri, { viewColumn: tab.group.viewColumn });
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  }
}

/** Saves the editors into the message they are in, and closes them. */
async function saveAndClose(tabs: readonly vscode.Tab[]): Promise<void> {
  for (const tab of tabs) {
    const uri = uriOfTab(tab);
    if (uri && (await vscode.workspace.save(uri))) await vscode.window.tabGroups.close(tab);
  }
}

/** What becomes of unsaved editors inside a message that was closed: the person says. */
async function askForUnsaved(
  parent: vscode.Uri,
  tabs: readonly vscode.Tab[],
  viewType: string,
): Promise<void> {
  const save = vscode.l10n.t("Save");
  const dontSave = vscode.l10n.t("Don't Save");
  const names = tabs.map(({ label }) => `“${label}”`).join(", ");
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      "{0} has unsaved changes, and the message “{1}” around it was closed.",
      names,
      baseName(parent),
    ),
    {
      modal: true,
      detail: vscode.l10n.t(
        "Save opens “{0}” again and puts the changes into it. Cancel opens it again and keeps the editors.",
        baseName(parent),
      ),
    },
    save,
    dontSave,
  );
  if (answer === dontSave) return closeUnsaved(tabs, viewType);
  await openAgain(parent, viewType);
  if (answer === save) await saveAndClose(tabs);
}

/** Closes what was open inside a message that was closed. */
async function closeInside(sessions: Sessions, { uri }: MsgDocument, viewType: string): Promise<void> {
  // VS Code opened the message anew in the same breath.
  if (sessions.get(uri)) return;
  const tabs = tabsInside(uri);
  await vscode.window.tabGroups.close(
    tabs.filter(({ isDirty }) => !isDirty),
    true,
  );
  const unsaved = tabs.filter(({ isDirty }) => isDirty);
  // An untitled message does not come back: its children stay, and can be saved as files.
  if (unsaved.length > 0 && uri.scheme !== "untitled") await askForUnsaved(uri, unsaved, viewType);
}

/** Keeps children in step with their parents. */
export function followParents(
  sessions: Sessions,
  viewType: string,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const failed = (error: unknown): void => log.error("embedded", messageOf(error));
  const check = (parent: MsgDocument): void => {
    for (const child of childrenOf(sessions, parent)) child.checkDisk().catch(failed);
  };
  return vscode.Disposable.from(
    sessions.onDidOpen(check),
    sessions.onDidChange(check),
    sessions.onDidClose((parent) => void closeInside(sessions, parent, viewType).catch(failed)),
  );
}
