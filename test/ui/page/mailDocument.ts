/** A message that can be edited, in the browser: what the extension's document is to its handlers, with an undo of its own. */
import * as vscode from "vscode";
import { type MessageOutline, openStorage } from "../../../src/core";
import type { EditableDocument } from "../../../src/extension/requestContext";
import { openOnStorage, type OpenFile, SessionGroup } from "../../../src/extension/sessionFile";

interface Step {
  readonly undo: () => void;
  readonly redo: () => void;
}

/** The document. */
export class MailDocument implements EditableDocument {
  readonly uri = vscode.Uri.parse("file:///mail.msg");
  readonly file: OpenFile;
  revision = 1;
  /** Labels of the edits that were made. */
  readonly labels: string[] = [];
  readonly #steps: Step[] = [];
  #done = 0;

  constructor(
    bytes: Uint8Array,
    private readonly changed: () => void,
  ) {
    this.file = openOnStorage(openStorage(bytes, { recover: true }), new SessionGroup());
  }

  get outline(): MessageOutline {
    return this.file.outline;
  }

  /** One edit, with its undo; one that changes nothing is none. */
  edit<T>(label: string, change: (outline: MessageOutline) => T): T {
    const { outline } = this;
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
    this.labels.push(label);
    const step = { undo: () => outline.restore(before), redo: () => outline.restore(after) };
    this.#steps.splice(this.#done++, Infinity, step);
    this.announce();
    return result;
  }

  /** Undo and redo, as VS Code runs them. */
  run(command: string): void {
    if (command === "undo" && this.#done > 0) this.#steps[--this.#done]?.undo();
    else if (command === "redo" && this.#done < this.#steps.length) this.#steps[this.#done++]?.redo();
    else return;
    this.announce();
  }

  announce(): void {
    this.revision++;
    this.changed();
  }
}
