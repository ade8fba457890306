/**
 * Which documents have unsaved changes in a backup. VS Code remembers that itself; but a window that goes down at the
 * wrong moment is restored from a state that was stored before the backup was made, with the editor marked as unsaved
 * and no backup named. What is written here brings the changes back then.
 */
import * as vscode from "vscode";
import { contentHash } from "./contentHash";

interface Pending {
  /** URI of the document. */
  readonly document: string;
  /** Id of its backup. */
  readonly backup: string;
}

function isPending(value: unknown): value is Pending {
  return (
    typeof value === "object" &&
    value !== null &&
    "document" in value &&
    typeof value.document === "string" &&
    "backup" in value &&
    typeof value.backup === "string"
  );
}

/** The backups of a workspace that no save, revert or closed editor has made needless. */
export class PendingBackups {
  #last: Promise<unknown> = Promise.resolve();

  /** @param storage The extension's folder for the workspace; without one, in a window with no folder, nothing is kept. */
  constructor(private readonly storage: vscode.Uri | undefined) {}

  /** Notes a document's newest backup. */
  remember(document: vscode.Uri, backup: string): Promise<void> {
    return this.inTurn(async () => {
      const file = await this.fileOf(document);
      if (!file) return;
      const pending: Pending = { document: document.toString(), backup };
      await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(file, ".."));
      await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(JSON.stringify(pending)));
    });
  }

  /** The document has no unsaved changes any more, or the person dropped them. */
  forget(document: vscode.Uri): Promise<void> {
    return this.inTurn(async () => {
      const file = await this.fileOf(document);
      if (!file) return;
      try {
        await vscode.workspace.fs.delete(file);
      } catch {
        // There was none.
      }
    });
  }

  /** The id of the document's backup; undefined when it has none that can be read. */
  async find(document: vscode.Uri): Promise<string | undefined> {
    await this.#last;
    const file = await this.fileOf(document);
    if (!file) return undefined;
    try {
      const pending: unknown = JSON.parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)));
      if (!isPending(pending) || pending.document !== document.toString()) return undefined;
      await vscode.workspace.fs.stat(vscode.Uri.parse(pending.backup));
      return pending.backup;
    } catch {
      return undefined;
    }
  }

  private async fileOf(document: vscode.Uri): Promise<vscode.Uri | undefined> {
    if (!this.storage) return undefined;
    const name = await contentHash(new TextEncoder().encode(document.toString()));
    return vscode.Uri.joinPath(this.storage, "pending", `${name}.json`);
  }

  private inTurn(task: () => Promise<void>): Promise<void> {
    const run = this.#last.then(task);
    this.#last = run.catch(() => undefined);
    return run;
  }
}
