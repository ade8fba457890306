/** A .msg file in the editor: its session, its edits, its saves. VS Code's CustomDocument. */
import * as vscode from "vscode";
import {
  type Difference,
  MapiError,
  type MessageOutline,
  rebaseSnapshot,
  trySave,
  verifyBytes,
} from "../core";
import { coreText } from "./coreTexts";
import { isNotFound, RefusedError, writeVerified } from "./diskFile";
import { DiskHome, UntitledHome } from "./diskHome";
import { type DocumentHome, type HomeRead, type HomeState, NOWHERE } from "./documentHome";
import { MSG_SCHEME } from "./msgFileSystemUris";
import { stopIfCancelled } from "./slowly";
import { closeFile, failure, type OpenFile, type SessionFile } from "./sessionFile";

/** What a backup remembers beside the bytes. */
interface BackupInfo {
  /** Key of the state that the edits were made on (`HomeState`); "" for a new message. */
  readonly baseHash: string;
}

function isBackupInfo(value: unknown): value is BackupInfo {
  return (
    typeof value === "object" && value !== null && "baseHash" in value && typeof value.baseHash === "string"
  );
}

/** The document behind every editor of a .msg file. */
export class MsgDocument implements vscode.CustomDocument {
  /** Grows with everything that pages have to be told. */
  revision = 1;
  /** Somebody else changed the file on disk, and the person has to decide what becomes of the edits here. */
  hasConflict = false;
  /** Why nothing can be edited, whatever the file holds. */
  readOnly: string | undefined;

  readonly #changed = new vscode.EventEmitter<void>();
  /** Anything that pages show is different now. */
  readonly onDidChange = this.#changed.event;
  readonly #edited = new vscode.EventEmitter<vscode.CustomDocumentEditEvent<MsgDocument>>();
  /** A person's edit, with its undo and redo. */
  readonly onDidEdit = this.#edited.event;
  readonly #disposed = new vscode.EventEmitter<void>();
  readonly onDidDispose = this.#disposed.event;

  #file: SessionFile;
  /** The message in its home as it was read or written last. */
  #state: HomeState;
  /** The person said to write over what is on disk. */
  #overwrite = false;
  /** A new one for every time the file is read again: edits of an earlier one cannot be undone any more. */
  #generation = 0;
  #saving: Promise<void> = Promise.resolve();
  /** The content came from a backup alone, so that nothing tells how it differs from the file. */
  #isRestored = false;

  private constructor(
    readonly uri: vscode.Uri,
    private readonly home: DocumentHome,
    { file, state, readOnly }: HomeRead,
  ) {
    this.#file = file;
    this.#state = state;
    this.readOnly = readOnly;
  }

  /**
   * Opens a message, or the backup of one. Never fails: what is wrong is shown.
   * @param home where it is; a file, or for an untitled document none yet, when it is left out
   */
  static async open(
    uri: vscode.Uri,
    backupId: string | undefined,
    home: DocumentHome = uri.scheme === "untitled" ? new UntitledHome(uri) : new DiskHome(uri),
  ): Promise<MsgDocument> {
    try {
      if (backupId !== undefined) return await MsgDocument.openBackup(uri, vscode.Uri.parse(backupId), home);
      return new MsgDocument(uri, home, await home.read());
    } catch (error) {
      return new MsgDocument(uri, home, { file: failure(error), state: NOWHERE, readOnly: undefined });
    }
  }

  private static async openBackup(
    uri: vscode.Uri,
    backup: vscode.Uri,
    home: DocumentHome,
  ): Promise<MsgDocument> {
    const bytes = await vscode.workspace.fs.readFile(backup);
    const info: unknown = JSON.parse(
      new TextDecoder().decode(await vscode.workspace.fs.readFile(infoUri(backup))),
    );
    if (!isBackupInfo(info))
      throw new RefusedError(vscode.l10n.t("The backup of the unsaved changes is damaged."));
    const work = home.openBackup(bytes, info.baseHash);
    const base = await home.readAs(info.baseHash);
    if (base?.file.kind !== "open" || work.file.kind !== "open") {
      // The message is not the one the edits were made on: they stand alone, and saving has to ask.
      if (base) closeFile(base.file);
      const document = new MsgDocument(uri, home, { ...work, readOnly: undefined });
      document.#isRestored = true;
      await document.checkDisk();
      return document;
    }
    base.file.outline.restore(rebaseSnapshot(work.file.outline.snapshot(), base.file.outline.snapshot()));
    closeFile(work.file);
    return new MsgDocument(uri, home, base);
  }

  /** The open file, or the failure to open it. */
  get file(): SessionFile {
    return this.#file;
  }

  /** The message. @throws RefusedError when the file could not be opened. */
  get outline(): MessageOutline {
    return this.openFile().outline;
  }

  private openFile(): OpenFile {
    if (this.#file.kind === "open") return this.#file;
    throw new RefusedError(this.#file.title);
  }

  /** Whether it is a message in another one, and saved into that. */
  get isInside(): boolean {
    return this.uri.scheme === MSG_SCHEME;
  }

  /** Why nothing can be edited, or undefined. */
  get readOnlyReason(): string | undefined {
    if (this.#file.kind === "failed") return this.#file.title;
    if (this.#file.problems.length > 0) return vscode.l10n.t("The file is damaged.");
    return this.readOnly;
  }

  dispose(): void {
    closeFile(this.#file);
    this.#disposed.fire();
    for (const emitter of [this.#changed, this.#edited, this.#disposed]) emitter.dispose();
  }

  private announce(): void {
    this.revision++;
    this.#changed.fire();
  }

  // ---- edits -----------------------------------------------------------------------------------------------------

  /**
   * Does an edit and announces it to VS Code; one that changes nothing is not announced. When it fails everything is as
   * before.
   * @throws RefusedError when the document cannot be edited; MapiError when the value is not acceptable.
   */
  edit<T>(label: string, change: (outline: MessageOutline) => T): T {
    const { outline } = this.openFile();
    const reason = this.readOnlyReason;
    if (reason !== undefined) throw new RefusedError(reason);
    const before = outline.snapshot();
    let result: T;
    try {
      result = change(outline);
    } catch (error) {
      outline.restore(before);
      throw error;
    }
    const after = outline.snapshot();
    if (after.message === before.message && after.names === before.names) return result;
    const generation = this.#generation;
    const restore = (snapshot: typeof before) => (): void => {
      if (generation !== this.#generation) {
        throw new RefusedError(
          vscode.l10n.t("The file was read again since; this change cannot be undone any more."),
        );
      }
      this.outline.restore(snapshot);
      this.announce();
    };
    this.announce();
    this.#edited.fire({ document: this, label, undo: restore(before), redo: restore(after) });
    return result;
  }

  // ---- saving ----------------------------------------------------------------------------------------------------

  /** Writes the document over its file. @throws RefusedError with the reason; nothing is written or lost then. */
  save(token?: vscode.CancellationToken): Promise<void> {
    return this.exclusively(async () => {
      const reason = this.readOnlyReason;
      if (reason !== undefined) {
        throw new RefusedError(vscode.l10n.t("{0} Use “Save As…” to save a copy.", reason));
      }
      await this.refuseConflict();
      stopIfCancelled(token);
      const file = this.openFile();
      const trial = trySave(file.message, file.storage);
      try {
        const bytes = trial.storage.toBytes();
        refuseDifferences(verifyBytes(bytes, trial.storage));
        stopIfCancelled(token);
        this.#state = await this.home.write(file, trial, bytes);
      } catch (error) {
        trial.rollBack();
        throw error;
      }
      file.storage = trial.storage;
      this.#isRestored = false;
      this.#overwrite = false;
      this.hasConflict = false;
      this.announce();
    });
  }

  /** Writes a copy of the document as it stands. The document itself stays what and where it is. */
  saveAs(target: vscode.Uri): Promise<void> {
    return this.exclusively(async () => {
      await writeVerified(target, this.currentBytes());
    });
  }

  /** Writes what is needed to bring the unsaved state back. */
  async backup(destination: vscode.Uri): Promise<vscode.CustomDocumentBackup> {
    const remove = async (): Promise<void> => {
      for (const uri of [destination, infoUri(destination)]) {
        try {
          await vscode.workspace.fs.delete(uri);
        } catch (error) {
          if (!isNotFound(error)) throw error;
        }
      }
    };
    await this.exclusively(async () => {
      const info: BackupInfo = { baseHash: await this.#state.key() };
      await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(destination, ".."));
      await vscode.workspace.fs.writeFile(
        infoUri(destination),
        new TextEncoder().encode(JSON.stringify(info)),
      );
      await vscode.workspace.fs.writeFile(destination, this.currentBytes());
    });
    return { id: destination.toString(), delete: () => void remove().catch(() => undefined) };
  }

  /** The file as it would be saved now. @throws RefusedError when the check by the second reader fails. */
  currentBytes(): Uint8Array {
    const file = this.openFile();
    const trial = trySave(file.message, file.storage);
    try {
      const bytes = trial.storage.toBytes();
      refuseDifferences(verifyBytes(bytes, trial.storage));
      return bytes;
    } finally {
      trial.rollBack();
    }
  }

  /** Reads the file again and drops every unsaved edit. */
  revert(): Promise<void> {
    return this.exclusively(async () => this.replace(await this.home.read()));
  }

  private replace({ file, state, readOnly }: HomeRead): void {
    closeFile(this.#file);
    this.#file = file;
    this.#state = state;
    this.readOnly = readOnly;
    this.#generation++;
    this.#isRestored = false;
    this.#overwrite = false;
    this.hasConflict = false;
    this.announce();
  }

  /** One save, backup or revert at a time, in the order asked for. */
  private exclusively(task: () => Promise<void>): Promise<void> {
    const run = this.#saving.then(task);
    this.#saving = run.catch(() => undefined);
    return run;
  }

  // ---- the file on disk ------------------------------------------------------------------------------------------

  /** Whether a save may write over what somebody else wrote to disk. */
  allowOverwrite(allowed: boolean): void {
    this.#overwrite = allowed;
  }

  private async refuseConflict(): Promise<void> {
    // A file that was deleted is written again: there is nothing that could be lost.
    if (this.#overwrite || (await this.#state.compare()) !== "changed") return;
    this.hasConflict = true;
    this.announce();
    throw new RefusedError(
      this.isInside
        ? vscode.l10n.t(
            "The message around this one changed it since it was opened. Nothing was saved; the editor offers what can be done.",
          )
        : vscode.l10n.t(
            "The file was changed on disk since it was opened. Nothing was saved; the editor offers what can be done.",
          ),
    );
  }

  /**
   * Looks whether the file on disk is still the one that was opened, by content. An unedited document follows it; an
   * edited one asks the person.
   */
  async checkDisk(): Promise<void> {
    // Not while a save is under way, which changes both the file and what is known of it.
    await this.exclusively(async () => {
      const state = await this.#state.compare();
      if (state === "changed" && !this.isEdited()) {
        const read = await this.home.read();
        // Somebody may have begun to edit while the file was read.
        if (!this.isEdited()) {
          this.replace(read);
          return;
        }
        closeFile(read.file);
      }
      const hasConflict = state === "changed";
      if (hasConflict === this.hasConflict) return;
      this.hasConflict = hasConflict;
      this.announce();
    });
  }

  /** Whether there is anything that a save would bring into the file. */
  get hasChanges(): boolean {
    return this.isEdited();
  }

  private isEdited(): boolean {
    return this.#isRestored || (this.#file.kind === "open" && this.#file.outline.isChanged);
  }
}

function infoUri(backup: vscode.Uri): vscode.Uri {
  return backup.with({ path: `${backup.path}.json` });
}

/** Refuses bytes that the independent reader does not read as we do. */
function refuseDifferences(differences: readonly Difference[]): void {
  const first = differences[0];
  if (!first) return;
  throw new RefusedError(
    vscode.l10n.t(
      "The new file did not pass the check by a second reader ({0}: {1}). The old file was kept; nothing is lost in the editor.",
      first.path,
      coreText(first.message),
    ),
  );
}

/** What to tell a person of any error. */
export function messageOf(error: unknown): string {
  if (error instanceof MapiError) return coreText(error.message);
  return error instanceof Error ? error.message : String(error);
}
