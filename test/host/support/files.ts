/** Files for the tests: a folder of their own in the workspace, and file systems that behave as a test needs it. */
import assert from "node:assert/strict";
import * as vscode from "vscode";

let folders = 0;

/** A new, empty folder in the workspace. */
export async function temporaryFolder(): Promise<vscode.Uri> {
  const workspace = vscode.workspace.workspaceFolders?.[0];
  assert.ok(workspace, "The tests run with a folder open.");
  const folder = vscode.Uri.joinPath(workspace.uri, `test-${Date.now().toString(36)}-${++folders}`);
  await vscode.workspace.fs.createDirectory(folder);
  return folder;
}

/** Writes a file into a new folder. */
export async function temporaryFile(name: string, bytes: Uint8Array): Promise<vscode.Uri> {
  const file = vscode.Uri.joinPath(await temporaryFolder(), name);
  await vscode.workspace.fs.writeFile(file, bytes);
  return file;
}

/** What a file holds, as plain bytes. */
export async function bytesOf(file: vscode.Uri): Promise<Uint8Array> {
  return Uint8Array.from(await vscode.workspace.fs.readFile(file));
}

/** Asks until the answer is true; throws with the name of what was waited for. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  timeout = 20_000,
): Promise<void> {
  const end = Date.now() + timeout;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`Waited ${timeout / 1000} s in vain for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** One file of a MemoryFileSystem. */
export interface MemoryFile {
  bytes: Uint8Array;
  /** The size that `stat` tells, where it is not the true one. */
  size?: number;
  permissions?: vscode.FilePermission;
  /** Writing fails with this. */
  writeError?: Error;
  /** Only so many bytes of a write arrive. */
  shortWrite?: number;
}

/** A file system in memory under a scheme of its own. */
export class MemoryFileSystem implements vscode.FileSystemProvider {
  readonly files = new Map<string, MemoryFile>();
  /** Paths of the files that were read, in order. */
  readonly reads: string[] = [];
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;
  #registration: vscode.Disposable | undefined;

  private constructor(readonly scheme: string) {}

  /** Registers a file system and waits until VS Code knows it. */
  static async register(scheme: string, isReadonly = false): Promise<MemoryFileSystem> {
    const system = new MemoryFileSystem(scheme);
    system.#registration = vscode.workspace.registerFileSystemProvider(scheme, system, {
      isCaseSensitive: true,
      isReadonly,
    });
    await until(
      `the file system ${scheme}`,
      () => vscode.workspace.fs.isWritableFileSystem(scheme) === !isReadonly,
    );
    return system;
  }

  dispose(): void {
    this.#registration?.dispose();
  }

  /** Puts a file there, past VS Code. */
  put(path: string, file: MemoryFile): vscode.Uri {
    this.files.set(path, file);
    return vscode.Uri.from({ scheme: this.scheme, path });
  }

  private find(uri: vscode.Uri): MemoryFile {
    const file = this.files.get(uri.path);
    if (!file) throw vscode.FileSystemError.FileNotFound(uri);
    return file;
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    if (uri.path === "/") return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    const { bytes, size, permissions } = this.find(uri);
    const stat = { type: vscode.FileType.File, ctime: 1, mtime: Date.now(), size: size ?? bytes.length };
    return permissions === undefined ? stat : { ...stat, permissions };
  }

  readDirectory(): [string, vscode.FileType][] {
    return [...this.files.keys()].map((path) => [path.slice(1), vscode.FileType.File]);
  }

  createDirectory(): void {
    // Every folder is there.
  }

  readFile(uri: vscode.Uri): Uint8Array {
    this.reads.push(uri.path);
    return this.find(uri).bytes;
  }

  writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const old = this.files.get(uri.path);
    // Not thrown at once: VS Code's queue of writes would stand still for this file.
    if (old?.writeError) return Promise.reject(old.writeError);
    const bytes = old?.shortWrite === undefined ? content.slice() : content.slice(0, old.shortWrite);
    this.files.set(uri.path, { ...old, bytes });
    return Promise.resolve();
  }

  delete(uri: vscode.Uri): void {
    this.find(uri);
    this.files.delete(uri.path);
  }

  rename(from: vscode.Uri, to: vscode.Uri): void {
    this.files.set(to.path, this.find(from));
    this.files.delete(from.path);
  }
}
