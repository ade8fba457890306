/** The custom editor for .msg and .oft files. */
import * as vscode from "vscode";
import { loadDictionary } from "./dictionary";
import { homeInside } from "./embedded";
import { messageOf, MsgDocument } from "./msgDocument";
import { baseName, MSG_SCHEME } from "./msgFileSystemUris";
import { MsgPage } from "./msgPage";
import { isAwaited } from "./newMessages";
import { pageHtml, pageRoot } from "./pageHtml";
import { Preferences } from "./preferences";
import { PendingBackups } from "./pendingBackups";
import type { Sessions } from "./sessions";
import { slowly, unlessCancelled } from "./slowly";
import type { ActionId } from "./viewModel/page";

/** Id of the editor in the manifest. */
export const VIEW_TYPE = "msgSession.editor";
/** Id of the command that opens editors again that have lost their extension host (`reopenEditors.ts`). */
export const REOPEN_COMMAND = "msgSession.reopenEditors";

/** A file name as a glob that matches it alone. */
function literalGlob(name: string): string {
  return name.replace(/[[\]{}*?]/g, "[$&]");
}

/** VS Code's CustomEditorProvider over MsgDocument. */
export class MsgEditorProvider implements vscode.CustomEditorProvider<MsgDocument> {
  // Edits are fired as CustomDocumentEditEvent, which VS Code tells by their undo.
  readonly #changed = new vscode.EventEmitter<vscode.CustomDocumentContentChangeEvent<MsgDocument>>();
  readonly onDidChangeCustomDocument = this.#changed.event;
  /** Documents that came back from a backup of which VS Code does not know. */
  readonly #recovered = new WeakSet<MsgDocument>();
  readonly #pending: PendingBackups;

  constructor(
    private readonly extensionUri: vscode.Uri,
    storage: vscode.Uri | undefined,
    private readonly log: vscode.LogOutputChannel,
    private readonly sessions: Sessions,
    private readonly preferences: Preferences,
  ) {
    this.#pending = new PendingBackups(storage);
  }

  async openCustomDocument(
    uri: vscode.Uri,
    context: vscode.CustomDocumentOpenContext,
    token?: vscode.CancellationToken,
  ): Promise<MsgDocument> {
    const forgotten = context.backupId === undefined && !isAwaited(uri.toString());
    const found = forgotten ? await this.#pending.find(uri) : undefined;
    const home = await homeInside(this.sessions, uri, VIEW_TYPE);
    const open = (): Promise<MsgDocument> => MsgDocument.open(uri, context.backupId ?? found, home);
    const document = await slowly(
      vscode.l10n.t("Opening {0}…", baseName(uri)),
      (stop) => unlessCancelled(open(), stop, (late) => late.dispose()),
      token,
    );
    if (found !== undefined) this.#recovered.add(document);
    const subscriptions: vscode.Disposable[] = [document.onDidEdit((edit) => this.#changed.fire(edit))];
    // Messages inside others are told by those when something changes.
    if (uri.scheme !== "untitled" && uri.scheme !== MSG_SCHEME) subscriptions.push(...this.watch(document));
    document.onDidDispose(() => {
      subscriptions.forEach((subscription) => void subscription.dispose());
      this.forgetBackup(document);
    });
    this.sessions.add(document);
    return document;
  }

  private forgetBackup(document: MsgDocument): void {
    this.#pending
      .forget(document.uri)
      .catch((error: unknown) => this.log.error("forgetBackup", messageOf(error)));
  }

  private watch(document: MsgDocument): vscode.Disposable[] {
    const { uri } = document;
    const name = literalGlob(uri.path.slice(uri.path.lastIndexOf("/") + 1));
    const pattern = new vscode.RelativePattern(vscode.Uri.joinPath(uri, ".."), name);
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    const check = (): void => {
      document.checkDisk().catch((error: unknown) => this.log.error("checkDisk", messageOf(error)));
    };
    return [watcher, watcher.onDidChange(check), watcher.onDidCreate(check)];
  }

  async resolveCustomEditor(document: MsgDocument, panel: vscode.WebviewPanel): Promise<void> {
    const dictionary = await loadDictionary(this.extensionUri);
    panel.webview.options = {
      enableScripts: true,
      localResourceRoots: [pageRoot(this.extensionUri)],
      // For a page that has lost its extension host, the only way to anybody.
      enableCommandUris: [REOPEN_COMMAND],
    };
    const run = (id: ActionId): Promise<void> => this.runAction(document, id);
    const page = new MsgPage(document, panel, dictionary, run, this.log, this.preferences);
    const registration = this.sessions.addPage(document, page);
    panel.onDidDispose(() => {
      trusted.dispose();
      registration.dispose();
      page.dispose();
    });
    const load = (): void => void (panel.webview.html = pageHtml(panel.webview, this.extensionUri));
    load();
    // What the page may load is said in its document.
    const trusted = vscode.workspace.onDidGrantWorkspaceTrust(load);
    if (this.#recovered.delete(document)) this.#changed.fire({ document });
  }

  private async runAction(document: MsgDocument, id: ActionId): Promise<void> {
    switch (id) {
      case "overwrite":
        document.allowOverwrite(true);
        try {
          await vscode.commands.executeCommand("workbench.action.files.save");
        } finally {
          document.allowOverwrite(false);
        }
        return;
      case "revert":
        await vscode.commands.executeCommand("workbench.action.files.revert");
        return;
      case "saveAs":
        await vscode.commands.executeCommand("workbench.action.files.saveAs");
        return;
      case "reopen":
        await document.revert();
        return;
      case "manageTrust":
        await vscode.commands.executeCommand("workbench.trust.manage");
        return;
      case "openAsText":
        await vscode.commands.executeCommand("workbench.action.reopenWithEditor");
        return;
    }
  }

  async saveCustomDocument(document: MsgDocument, token?: vscode.CancellationToken): Promise<void> {
    const title = vscode.l10n.t("Saving {0}…", baseName(document.uri));
    await slowly(title, (stop) => document.save(stop), token);
    this.forgetBackup(document);
  }

  async saveCustomDocumentAs(document: MsgDocument, destination: vscode.Uri): Promise<void> {
    await document.saveAs(destination);
  }

  async revertCustomDocument(document: MsgDocument): Promise<void> {
    await document.revert();
    this.forgetBackup(document);
  }

  async backupCustomDocument(
    document: MsgDocument,
    context: vscode.CustomDocumentBackupContext,
  ): Promise<vscode.CustomDocumentBackup> {
    const backup = await document.backup(context.destination);
    await this.#pending.remember(document.uri, backup.id);
    return backup;
  }
}
