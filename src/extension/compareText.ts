/** Messages as text in editors of their own, read-only: what VS Code's own diff compares. */
import * as vscode from "vscode";
import { loadDictionary } from "./dictionary";
import { type SourceId, titleOf } from "./messageSource";
import { messageOf } from "./msgDocument";
import type { Sessions } from "./sessions";

/** The scheme of the texts. */
export const TEXT_SCHEME = "msg-text";

/** The URI of a message's text. */
export function textUri({ uri, saved }: SourceId): vscode.Uri {
  const query = JSON.stringify({ uri: uri.toString(), saved });
  return vscode.Uri.from({ scheme: TEXT_SCHEME, path: `/${titleOf({ uri, saved })}.txt`, query });
}

/** The message whose text a URI stands for; undefined for one that `textUri` did not make. */
export function sourceOfText(text: vscode.Uri): SourceId | undefined {
  try {
    const query: unknown = JSON.parse(text.query);
    if (typeof query !== "object" || query === null || !("uri" in query) || !("saved" in query))
      return undefined;
    const { uri, saved } = query;
    if (typeof uri !== "string" || typeof saved !== "boolean") return undefined;
    return { uri: vscode.Uri.parse(uri, true), saved };
  } catch {
    return undefined;
  }
}

/** The texts, made when VS Code shows them and again when their message changes. */
export class MessageTexts implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions: vscode.Disposable[];

  constructor(
    private readonly sessions: Sessions,
    private readonly extensionUri: vscode.Uri,
  ) {
    const refresh = ({ uri }: { readonly uri: vscode.Uri }): void => this.refresh(uri);
    this.#subscriptions = [
      sessions.onDidOpen(refresh),
      sessions.onDidChange(refresh),
      sessions.onDidClose(refresh),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  private refresh(message: vscode.Uri): void {
    const key = message.toString();
    for (const { uri } of vscode.workspace.textDocuments) {
      if (uri.scheme === TEXT_SCHEME && sourceOfText(uri)?.uri.toString() === key) this.#changed.fire(uri);
    }
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const id = sourceOfText(uri);
    if (!id) return "";
    try {
      const { dumpOf } = await import("./exportCommands");
      return await dumpOf(this.sessions, await loadDictionary(this.extensionUri), id);
    } catch (error) {
      return `${messageOf(error)}\n`;
    }
  }
}
