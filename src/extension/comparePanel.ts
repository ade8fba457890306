/** The page that shows two messages side by side, and what it asks for. */
import * as vscode from "vscode";
import type { ComparedSide } from "../core";
import { COMPARE_STRINGS } from "../protocol/compareStrings";
import type {
  CompareModel,
  CompareSideModel,
  CompareState,
  CompareStateSide,
  CompareStringKey,
} from "../protocol/compare";
import { isComparePageMessage, isCompareState } from "../protocol/compareGuards";
import { compareModelOf } from "./compareModel";
import { textUri } from "./compareText";
import { loadDictionary } from "./dictionary";
import { inSteps } from "./inSteps";
import { type MessageSource, openSource, type SourceId, titleOf } from "./messageSource";
import { messageOf } from "./msgDocument";
import { REOPEN_COMMAND } from "./msgEditorProvider";
import { pageHtml, pageRoot } from "./pageHtml";
import type { Sessions } from "./sessions";
import { slowly, stopIfCancelled, unlessCancelled } from "./slowly";

/** Type of the panel. */
export const COMPARE_VIEW = "msgSession.compare";

/** Two messages; the left one is the one before. */
export interface ComparePair {
  readonly left: SourceId;
  readonly right: SourceId;
}

function strings(): Record<CompareStringKey, string> {
  const texts: Record<string, string> = {};
  for (const [key, english] of Object.entries(COMPARE_STRINGS)) texts[key] = vscode.l10n.t(english);
  return texts;
}

/** What distinguishes a side from another of the same name. */
function descriptionOf(sessions: Sessions, { uri, saved }: SourceId): string {
  if (uri.scheme === "git") return vscode.l10n.t("version in Git");
  if (saved) return vscode.l10n.t("as saved");
  const document = sessions.get(uri);
  if (document?.file.kind === "open" && document.outline.isChanged)
    return vscode.l10n.t("with unsaved changes");
  // The folder in the workspace; nothing for a file that lies directly in it.
  const path = vscode.workspace.asRelativePath(uri);
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** Reads and compares two messages; what keeps them from being compared is the answer then. */
export async function comparePair(
  sessions: Sessions,
  extensionUri: vscode.Uri,
  { left, right }: ComparePair,
  stop?: vscode.CancellationToken,
): Promise<CompareModel> {
  const opened: MessageSource[] = [];
  const open = async (id: SourceId): Promise<ComparedSide & { readonly model: CompareSideModel }> => {
    stopIfCancelled(stop);
    const source = await unlessCancelled(openSource(sessions, id), stop, (late) => late.close());
    opened.push(source);
    const { outline, storage } = source;
    return { outline, storage, model: { title: titleOf(id), description: descriptionOf(sessions, id) } };
  };
  try {
    const dictionary = await loadDictionary(extensionUri);
    const sides = [await open(left), await open(right)] as const;
    return await inSteps(compareModelOf(dictionary, ...sides), stop);
  } catch (error) {
    return {
      kind: "failure",
      title: vscode.l10n.t("The messages could not be compared."),
      details: [
        error instanceof vscode.CancellationError ? vscode.l10n.t("It was called off.") : messageOf(error),
      ],
    };
  } finally {
    for (const source of opened) source.close();
  }
}

/** What VS Code keeps of a comparison. */
export function stateOf({ left, right }: ComparePair): CompareState {
  const side = ({ uri, saved }: SourceId): CompareStateSide => ({ uri: uri.toString(), saved });
  return { left: side(left), right: side(right) };
}

/** What the panel of a comparison is called. */
export const titleOfPair = ({ left, right }: ComparePair): string =>
  vscode.l10n.t("{0} ↔ {1}", titleOf(left), titleOf(right));

/** The messages that a page was about before the window was loaded anew. */
export function pairOfState(state: unknown): ComparePair | undefined {
  if (!isCompareState(state)) return undefined;
  const side = ({ uri, saved }: CompareStateSide): SourceId => ({ uri: vscode.Uri.parse(uri), saved });
  return { left: side(state.left), right: side(state.right) };
}

/** Opens VS Code's own diff on the texts of two messages. */
export async function compareAsText({ left, right }: ComparePair): Promise<void> {
  const title = vscode.l10n.t("{0} ↔ {1} (text)", titleOf(left), titleOf(right));
  await vscode.commands.executeCommand("vscode.diff", textUri(left), textUri(right), title);
}

/** A panel with a comparison that follows its messages. */
export class ComparePanel {
  #pair: ComparePair;
  #isReady = false;
  /** The look at the messages that is under way or was the last; a later one calls it off. */
  #round = new vscode.CancellationTokenSource();

  constructor(
    private readonly panel: vscode.WebviewPanel,
    private readonly sessions: Sessions,
    private readonly extensionUri: vscode.Uri,
    pair: ComparePair,
    /** Is told when the panel is about its messages the other way round. */
    private readonly onDidSwap: (pair: ComparePair) => void = () => undefined,
  ) {
    this.#pair = pair;
    const follow = ({ uri }: { readonly uri: vscode.Uri }): void => {
      const concerns = [this.#pair.left, this.#pair.right].some(
        (side) => side.uri.toString() === uri.toString(),
      );
      if (concerns) void this.show();
    };
    const subscriptions = [
      sessions.onDidChange(follow),
      sessions.onDidOpen(follow),
      sessions.onDidClose(follow),
      panel.webview.onDidReceiveMessage((message: unknown) => void this.receive(message)),
      panel.onDidChangeViewState(() => {
        // A hidden page is thrown away: it says that it is ready when it comes back.
        if (!panel.visible) this.#isReady = false;
      }),
    ];
    panel.onDidDispose(() => {
      this.#round.cancel();
      subscriptions.forEach((subscription) => void subscription.dispose());
    });
    panel.webview.options = {
      enableScripts: true,
      localResourceRoots: [pageRoot(extensionUri)],
      // For a page that has lost its extension host, the only way to anybody.
      enableCommandUris: [REOPEN_COMMAND],
    };
    panel.webview.html = pageHtml(panel.webview, extensionUri, "compare");
  }

  private async show(): Promise<void> {
    if (!this.#isReady) return;
    this.#round.cancel();
    const round = (this.#round = new vscode.CancellationTokenSource());
    const { left, right } = this.#pair;
    const model = await slowly(
      vscode.l10n.t("Comparing {0} and {1}…", titleOf(left), titleOf(right)),
      (stop) => comparePair(this.sessions, this.extensionUri, { left, right }, stop),
      round.token,
    );
    if (round.token.isCancellationRequested) return;
    const state = stateOf(this.#pair);
    await this.panel.webview.postMessage({ type: "model", model, strings: strings(), state });
  }

  private async receive(message: unknown): Promise<void> {
    if (!isComparePageMessage(message)) return;
    switch (message.type) {
      case "ready":
        this.#isReady = true;
        await this.show();
        return;
      case "swap":
        this.#pair = { left: this.#pair.right, right: this.#pair.left };
        this.onDidSwap(this.#pair);
        await this.show();
        return;
      case "compareAsText":
        await compareAsText(this.#pair);
        return;
      case "ping":
        await this.panel.webview.postMessage({ type: "pong" });
        return;
      case "copy":
        await vscode.env.clipboard.writeText(message.text);
        return;
    }
  }
}
