/**
 * The `msg:` file system: what is in the open sessions, as files and folders. What is written here is an edit of the
 * session: it undoes there, and is saved with the message. See `msgFileSystemUris.ts` for its URIs.
 */
import * as vscode from "vscode";
import { messageOf, type MsgDocument } from "./msgDocument";
import { type Entry, entryAt, type FileEntry } from "./msgFileSystemEntries";
import { baseName, locate } from "./msgFileSystemUris";
import type { Sessions } from "./sessions";

/** A file as VS Code was last told of it. */
interface KnownFile {
  readonly uri: vscode.Uri;
  readonly document: MsgDocument;
  /** Revision of the document at which the bytes were compared. */
  readonly revision: number;
  /** Undefined when the file is gone. */
  readonly bytes: Uint8Array | undefined;
  /** What the bytes were made from, for files that are costly to make. */
  readonly origin: object | undefined;
  readonly mtime: number;
}

/** A file that is there. */
type PresentFile = KnownFile & { readonly bytes: Uint8Array };

const { FileSystemError } = vscode;

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a === b || (a.length === b.length && a.every((byte, i) => byte === b[i]));
}

/** The folder a URI is in, and its name there. */
function parentOf(uri: vscode.Uri): vscode.Uri {
  return uri.with({ path: uri.path.slice(0, uri.path.lastIndexOf("/")) });
}

/** The provider. */
export class MsgFileSystem implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;
  readonly #known = new Map<string, KnownFile>();
  readonly #subscriptions: vscode.Disposable[];

  constructor(private readonly sessions: Sessions) {
    this.#subscriptions = [
      sessions.onDidChange((document) => this.tell(document)),
      sessions.onDidClose((document) => this.forget(document)),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  // ---- where things are ------------------------------------------------------------------------------------------

  /** @throws FileSystemError Unavailable when the session of a URI is not open */
  private session(uri: vscode.Uri): { document: MsgDocument; steps: readonly string[] } {
    const inside = locate(uri);
    if (!inside) throw FileSystemError.FileNotFound(uri);
    const document = this.sessions.get(inside.document);
    if (document?.file.kind === "open") return { document, steps: inside.steps };
    throw FileSystemError.Unavailable(
      vscode.l10n.t(
        "“{0}” is in the message “{1}”, which is not open. Open that message, then try again.",
        baseName(uri),
        baseName(inside.document),
      ),
    );
  }

  private find(uri: vscode.Uri): { document: MsgDocument; entry: Entry } {
    const { document, steps } = this.session(uri);
    const entry = entryAt(document, steps);
    if (!entry) throw FileSystemError.FileNotFound(uri);
    return { document, entry };
  }

  private file(uri: vscode.Uri): { document: MsgDocument; entry: FileEntry } {
    const { document, entry } = this.find(uri);
    if (entry.kind === "folder") throw FileSystemError.FileIsADirectory(uri);
    return { document, entry };
  }

  /** A file's bytes, with a time that changes when they do, and only then. */
  private content(uri: vscode.Uri, document: MsgDocument, entry: FileEntry): PresentFile {
    const key = uri.toString();
    const before = this.#known.get(key);
    const { revision } = document;
    const old = before?.document === document ? before.bytes : undefined;
    if (before && old && before.revision === revision) return { ...before, bytes: old };
    const origin = entry.origin?.();
    const bytes = old && origin !== undefined && origin === before?.origin ? old : entry.read();
    const isSame = old !== undefined && sameBytes(old, bytes);
    const mtime = before && isSame ? before.mtime : Math.max(Date.now(), (before?.mtime ?? 0) + 1);
    const known = { uri, document, revision, bytes: isSame ? old : bytes, origin, mtime };
    this.#known.set(key, known);
    return known;
  }

  // ---- changes ---------------------------------------------------------------------------------------------------

  /** Tells VS Code of the files it knows that are different now. */
  private tell(document: MsgDocument): void {
    const events: vscode.FileChangeEvent[] = [];
    for (const [key, before] of this.#known) {
      if (before.document !== document || before.revision === document.revision) continue;
      const after = this.look(before);
      if (after?.mtime === before.mtime) continue;
      if (!after) this.#known.set(key, { ...before, bytes: undefined, revision: document.revision });
      if (before.bytes && !after) events.push({ type: vscode.FileChangeType.Deleted, uri: before.uri });
      else if (after) {
        const type = before.bytes ? vscode.FileChangeType.Changed : vscode.FileChangeType.Created;
        events.push({ type, uri: before.uri });
      }
    }
    if (events.length > 0) this.#changed.fire(events);
  }

  private look({ uri, document }: KnownFile): KnownFile | undefined {
    try {
      const { entry } = this.file(uri);
      return this.content(uri, document, entry);
    } catch {
      // It is not there any more, or not readable in this state of the message.
      return undefined;
    }
  }

  private forget(document: MsgDocument): void {
    for (const [key, { document: other }] of this.#known) if (other === document) this.#known.delete(key);
  }

  // ---- FileSystemProvider ----------------------------------------------------------------------------------------

  watch(): vscode.Disposable {
    // Changes are told of whatever VS Code has seen, watched or not.
    return new vscode.Disposable(() => undefined);
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    const { document, entry } = this.find(uri);
    const isReadOnly = document.readOnlyReason !== undefined;
    if (entry.kind === "folder") {
      const times = { ctime: 0, mtime: document.revision, size: 0 };
      return { type: vscode.FileType.Directory, ...times, ...readOnly(isReadOnly) };
    }
    const { mtime, bytes } = this.content(uri, document, entry);
    return {
      type: vscode.FileType.File,
      ctime: 0,
      mtime,
      size: bytes.length,
      ...readOnly(isReadOnly || entry.write === undefined),
    };
  }

  readDirectory(uri: vscode.Uri): [string, vscode.FileType][] {
    const { entry } = this.find(uri);
    if (entry.kind === "file") throw FileSystemError.FileNotADirectory(uri);
    return entry.list();
  }

  readFile(uri: vscode.Uri): Uint8Array {
    const { document, entry } = this.file(uri);
    return this.content(uri, document, entry).bytes;
  }

  writeFile(uri: vscode.Uri, content: Uint8Array, options: { create: boolean; overwrite: boolean }): void {
    const { document, steps } = this.session(uri);
    const entry = entryAt(document, steps);
    if (entry?.kind === "folder") throw FileSystemError.FileIsADirectory(uri);
    if (!entry) {
      if (!options.create) throw FileSystemError.FileNotFound(uri);
      this.createFile(uri, content);
      return;
    }
    if (options.create && !options.overwrite) throw FileSystemError.FileExists(uri);
    if (sameBytes(this.content(uri, document, entry).bytes, content)) return;
    edit(uri, () => {
      if (!entry.write) throw FileSystemError.NoPermissions(uri);
      entry.write(content);
    });
  }

  private createFile(uri: vscode.Uri, content: Uint8Array): void {
    const { entry } = this.find(parentOf(uri));
    edit(uri, () => {
      if (entry.kind === "file" || !entry.create) throw FileSystemError.NoPermissions(uri);
      entry.create(baseName(uri), content);
    });
    this.#changed.fire([{ type: vscode.FileChangeType.Created, uri }]);
  }

  createDirectory(uri: vscode.Uri): void {
    throw FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): void {
    const { entry } = this.file(uri);
    edit(uri, () => {
      if (!entry.remove) throw FileSystemError.NoPermissions(uri);
      entry.remove();
    });
  }

  rename(from: vscode.Uri, to: vscode.Uri, options: { overwrite: boolean }): void {
    const { entry } = this.file(from);
    const source = locate(from);
    const target = locate(to);
    const isBeside =
      source?.document.toString() === target?.document.toString() &&
      parentOf(from).toString() === parentOf(to).toString();
    if (!isBeside || !entry.rename) throw FileSystemError.NoPermissions(to);
    if (!options.overwrite && target && entryAt(this.session(to).document, target.steps)) {
      throw FileSystemError.FileExists(to);
    }
    edit(from, () => entry.rename?.(baseName(to)));
  }
}

const readOnly = (isReadOnly: boolean): Pick<vscode.FileStat, "permissions"> =>
  isReadOnly ? { permissions: vscode.FilePermission.Readonly } : {};

/** Does an edit; what is wrong with it comes out as VS Code shows errors of files. */
function edit(uri: vscode.Uri, change: () => void): void {
  try {
    change();
  } catch (error) {
    if (error instanceof FileSystemError) throw error;
    throw FileSystemError.NoPermissions(`${baseName(uri)}: ${messageOf(error)}`);
  }
}
