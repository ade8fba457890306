/** A webview panel without a page: the test says what the page would say and hears what it would hear. */
import assert from "node:assert/strict";
import * as vscode from "vscode";
import type {
  HostMessage,
  RequestError,
  RequestName,
  Requests,
  UpdateEvent,
} from "../../../src/protocol/messages";
import { isHostMessage } from "../../../src/protocol/guards";
import type { MsgDocument } from "../../../src/extension/msgDocument";
import { MsgPage } from "../../../src/extension/msgPage";
import { Preferences } from "../../../src/extension/preferences";
import type { ActionId } from "../../../src/extension/viewModel/page";
import { until } from "./files";
import { dictionary } from "./documents";

class FakeWebview implements vscode.Webview {
  options: vscode.WebviewOptions = {};
  html = "";
  readonly cspSource = "test:";
  readonly heard: HostMessage[] = [];
  readonly said = new vscode.EventEmitter<unknown>();
  readonly onDidReceiveMessage = this.said.event;

  postMessage(message: unknown): Thenable<boolean> {
    // What goes to the page must survive the way: it is copied as VS Code copies it.
    const copy: unknown = structuredClone(message);
    assert.ok(isHostMessage(copy), JSON.stringify(message));
    this.heard.push(copy);
    return Promise.resolve(true);
  }

  asWebviewUri(uri: vscode.Uri): vscode.Uri {
    return uri;
  }
}

/** The panel. */
export class FakePanel implements vscode.WebviewPanel {
  readonly viewType = "test";
  title = "test";
  readonly webview = new FakeWebview();
  readonly options = {};
  readonly viewColumn = vscode.ViewColumn.One;
  readonly active = true;
  visible = true;
  readonly shown = new vscode.EventEmitter<vscode.WebviewPanelOnDidChangeViewStateEvent>();
  readonly onDidChangeViewState = this.shown.event;
  readonly #disposed = new vscode.EventEmitter<void>();
  readonly onDidDispose = this.#disposed.event;

  reveal(): void {
    this.show(true);
  }

  /** Brings the panel to the front, or hides it. */
  show(visible: boolean): void {
    this.visible = visible;
    this.shown.fire({ webviewPanel: this });
  }

  dispose(): void {
    this.#disposed.fire();
  }
}

/** VS Code's memento, in memory. */
export class MemoryMemento implements vscode.Memento {
  readonly #values = new Map<string, unknown>();

  keys(): readonly string[] {
    return [...this.#values.keys()];
  }

  get<T>(key: string, fallback?: T): T | undefined {
    // The contract of Memento: what was stored under a key comes back as it was asked for.
    return (this.#values.get(key) as T | undefined) ?? fallback;
  }

  update(key: string, value: unknown): Thenable<void> {
    this.#values.set(key, structuredClone(value));
    return Promise.resolve();
  }
}

/** What a request came to. */
export type Answer<K extends RequestName> =
  | { readonly ok: true; readonly result: Requests[K]["result"] }
  | { readonly ok: false; readonly error: RequestError };

/** A page of a document: the real host side, with the test in the webview's place. */
export class TestPage {
  readonly panel = new FakePanel();
  readonly actions: ActionId[] = [];
  readonly page: MsgPage;
  readonly #log: vscode.LogOutputChannel;
  #nextId = 1;

  constructor(
    readonly document: MsgDocument,
    readonly preferences = new Preferences(new MemoryMemento()),
  ) {
    this.#log = vscode.window.createOutputChannel("MSG Session tests", { log: true });
    this.page = new MsgPage(
      document,
      this.panel,
      dictionary,
      (id) => {
        this.actions.push(id);
        return Promise.resolve();
      },
      this.#log,
      this.preferences,
    );
  }

  dispose(): void {
    this.page.dispose();
    this.#log.dispose();
  }

  /** All that the page heard, in order. */
  get heard(): readonly HostMessage[] {
    return this.panel.webview.heard;
  }

  /** The updates that the page heard. */
  get updates(): readonly UpdateEvent[] {
    return this.heard.filter((message) => message.type === "update");
  }

  /** Says anything at all. */
  say(message: unknown): void {
    this.panel.webview.said.fire(message);
  }

  /** Sends a request and waits for its answer. */
  async ask<K extends RequestName>(name: K, params: Requests[K]["params"]): Promise<Answer<K>> {
    const id = this.#nextId++;
    this.say({ type: "request", id, name, params });
    let answer: HostMessage | undefined;
    await until(`the answer to ${name}`, () => {
      answer = this.heard.find((message) => message.type === "response" && message.id === id);
      return answer !== undefined;
    });
    assert.ok(answer?.type === "response");
    // Sent by the host's typed handler of this name.
    return answer.ok ? { ok: true, result: answer.result as Requests[K]["result"] } : answer;
  }

  /** Sends a request that has to succeed. */
  async get<K extends RequestName>(name: K, params: Requests[K]["params"]): Promise<Requests[K]["result"]> {
    const answer = await this.ask(name, params);
    if (!answer.ok) throw new Error(`${name} failed: ${answer.error.code}: ${answer.error.message}`);
    return answer.result;
  }

  /** Sends a request that has to fail. */
  async refusal<K extends RequestName>(name: K, params: Requests[K]["params"]): Promise<RequestError> {
    const answer = await this.ask(name, params);
    assert.ok(!answer.ok, `${name} was expected to fail`);
    return answer.error;
  }
}
