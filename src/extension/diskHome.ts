/** Messages in files, by whatever file system VS Code has them, and new ones that are in no file yet. */
import * as vscode from "vscode";
import type { TrialSave } from "../core";
import { contentHash } from "./contentHash";
import { isNotFound, readOnlyReason, writeVerified } from "./diskFile";
import { type DocumentHome, type HomeRead, type HomeState, NOWHERE } from "./documentHome";
import { newMessageFile } from "./newMessages";
import { type OpenFile, openBytes, refuseSize, SessionGroup, type SessionFile } from "./sessionFile";

/** A file's content by its hash. */
class FileState implements HomeState {
  constructor(
    private readonly uri: vscode.Uri,
    private readonly hash: string,
  ) {}

  key(): Promise<string> {
    return Promise.resolve(this.hash);
  }

  async compare(): Promise<"same" | "changed" | "deleted"> {
    // Nothing is known of a file that could not be read.
    if (this.hash === "") return "same";
    try {
      return (await contentHash(await vscode.workspace.fs.readFile(this.uri))) === this.hash
        ? "same"
        : "changed";
    } catch (error) {
      if (isNotFound(error)) return "deleted";
      throw error;
    }
  }
}

/** The home of a message in a file. */
export class DiskHome implements DocumentHome {
  readonly #group = new SessionGroup();

  constructor(private readonly uri: vscode.Uri) {}

  readOnlyReason(): Promise<string | undefined> {
    return readOnlyReason(this.uri);
  }

  /** A file that is too large is refused before it is read. */
  async read(): Promise<HomeRead> {
    const { size } = await vscode.workspace.fs.stat(this.uri);
    const refused = refuseSize(size);
    if (refused) return { file: refused, state: new FileState(this.uri, ""), readOnly: undefined };
    const bytes = await vscode.workspace.fs.readFile(this.uri);
    const state = new FileState(this.uri, await contentHash(bytes));
    return { file: openBytes(bytes, this.#group), state, readOnly: await this.readOnlyReason() };
  }

  async readAs(key: string): Promise<HomeRead | undefined> {
    if (key === "") return undefined;
    try {
      const bytes = await vscode.workspace.fs.readFile(this.uri);
      return (await contentHash(bytes)) === key ? await this.read() : undefined;
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  openBackup(bytes: Uint8Array, key: string): { file: SessionFile; state: HomeState } {
    return { file: openBytes(bytes, this.#group), state: new FileState(this.uri, key) };
  }

  async write(_file: OpenFile, _trial: TrialSave, bytes: Uint8Array): Promise<HomeState> {
    await writeVerified(this.uri, bytes);
    return new FileState(this.uri, await contentHash(bytes));
  }
}

/** The home of a new message: there is none before it is saved under a name. */
export class UntitledHome implements DocumentHome {
  readonly #group = new SessionGroup();

  constructor(private readonly uri: vscode.Uri) {}

  readOnlyReason(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  read(): Promise<HomeRead> {
    const file = newMessageFile(this.uri.toString(), this.#group);
    return Promise.resolve({ file, state: NOWHERE, readOnly: undefined });
  }

  readAs(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  openBackup(bytes: Uint8Array): { file: SessionFile; state: HomeState } {
    return { file: openBytes(bytes, this.#group), state: NOWHERE };
  }

  write(): Promise<HomeState> {
    return Promise.reject(new Error(vscode.l10n.t("The message has no file yet. Use “Save As…”.")));
  }
}
