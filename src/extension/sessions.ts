/**
 * The open sessions: every message that has an editor, with the pages that show it. Whoever wants to know what is open
 * asks here; nothing is opened, read or kept for it.
 */
import * as vscode from "vscode";
import type { PageCommand } from "../protocol/views";
import type { MsgDocument } from "./msgDocument";

/** A page that can show an object. */
export interface SessionPage {
  /** Whether the person is at this page. */
  readonly isActive: boolean;
  /** Brings the page to the front and shows the object (and property) in it. */
  reveal(object: string, tag?: number): void;
  /** Does what only the page can. */
  run(command: PageCommand): void;
}

/** Context key: at least one session is open. */
const HAS_SESSIONS = "msgSession.hasSessions";

/** The registry. Documents come in the order in which they were opened. */
export class Sessions implements vscode.Disposable {
  readonly #documents = new Map<string, MsgDocument>();
  readonly #pages = new Map<MsgDocument, SessionPage[]>();
  readonly #opened = new vscode.EventEmitter<MsgDocument>();
  readonly #changed = new vscode.EventEmitter<MsgDocument>();
  readonly #closed = new vscode.EventEmitter<MsgDocument>();

  /** A message was opened in an editor. */
  readonly onDidOpen = this.#opened.event;
  /** Anything about an open message is different now: its content, what counts as saved, whether it can be edited. */
  readonly onDidChange = this.#changed.event;
  /** The last editor of a message was closed; its document is not to be used any more. */
  readonly onDidClose = this.#closed.event;

  dispose(): void {
    this.#documents.clear();
    this.#pages.clear();
    for (const emitter of [this.#opened, this.#changed, this.#closed]) emitter.dispose();
  }

  /** Every open message, in the order of opening. */
  get all(): readonly MsgDocument[] {
    return [...this.#documents.values()];
  }

  /** The open message of a URI. */
  get(uri: vscode.Uri): MsgDocument | undefined {
    return this.#documents.get(uri.toString());
  }

  /** Registers a document until it is disposed of. */
  add(document: MsgDocument): void {
    const key = document.uri.toString();
    const changes = document.onDidChange(() => this.#changed.fire(document));
    this.#documents.set(key, document);
    document.onDidDispose(() => {
      changes.dispose();
      this.#pages.delete(document);
      // VS Code may have opened the file anew before it let go of the document before.
      if (this.#documents.get(key) === document) this.#documents.delete(key);
      this.tellContext();
      this.#closed.fire(document);
    });
    this.tellContext();
    this.#opened.fire(document);
  }

  /** Registers a page of a document; disposing of the result takes it out again. The last one shown comes first. */
  addPage(document: MsgDocument, page: SessionPage): vscode.Disposable {
    this.#pages.set(document, [page, ...this.pagesOf(document)]);
    return new vscode.Disposable(() => {
      const others = this.pagesOf(document).filter((other) => other !== page);
      if (others.length > 0) this.#pages.set(document, others);
      else this.#pages.delete(document);
    });
  }

  /** The pages of a document. */
  pagesOf(document: MsgDocument): readonly SessionPage[] {
    return this.#pages.get(document) ?? [];
  }

  private tellContext(): void {
    void vscode.commands.executeCommand("setContext", HAS_SESSIONS, this.#documents.size > 0);
  }
}
