/** What the extension does once a message is opened, or anything else is asked of it. Loaded when that happens. */
import * as vscode from "vscode";
import { MessageTexts } from "./compareText";
import type { Comparisons } from "./comparisons";
import { provideCodePages } from "./dataFiles";
import { followParents } from "./embedded";
import { registerLaterFeatures } from "./laterFeatures";
import type { Tools } from "./languageModelTools";
import { MsgEditorProvider, VIEW_TYPE } from "./msgEditorProvider";
import { MsgFileSystem } from "./msgFileSystem";
import { Preferences } from "./preferences";
import { Sessions } from "./sessions";
import { registerSessionCommands } from "./sessionsCommands";
import { registerSessionsView } from "./sessionsView";
import { registerStatusBar } from "./statusBar";
import { registerViewsCommands } from "./viewsCommands";

/** What VS Code's requests are passed on to. */
export interface Main {
  readonly editors: MsgEditorProvider;
  readonly files: MsgFileSystem;
  readonly texts: MessageTexts;
  readonly tools: () => Promise<Tools>;
  /** Goes on with a comparison after a reload of the window. */
  readonly restoreComparison: (panel: vscode.WebviewPanel, state: unknown) => Promise<void>;
}

/**
 * Starts it. The commands are registered anew, in the place of those that loaded this.
 * @param takeOver takes those out; called right before
 */
export async function start(context: vscode.ExtensionContext, takeOver: () => void): Promise<Main> {
  const { extensionUri, storageUri, globalState, workspaceState, subscriptions } = context;
  await provideCodePages(extensionUri);
  const log = vscode.window.createOutputChannel("MSG Session", { log: true });
  const sessions = new Sessions();
  const editors = new MsgEditorProvider(
    extensionUri,
    storageUri,
    log,
    sessions,
    new Preferences(globalState),
  );
  const files = new MsgFileSystem(sessions);
  const texts = new MessageTexts(sessions, extensionUri);
  let comparisonsLoading: Promise<Comparisons> | undefined;
  const comparisons = (): Promise<Comparisons> =>
    (comparisonsLoading ??= import("./comparisons").then(
      (module) => new module.Comparisons(sessions, extensionUri, workspaceState),
    ));
  takeOver();
  subscriptions.push(
    log,
    sessions,
    files,
    texts,
    registerSessionsView(sessions, extensionUri),
    registerSessionCommands(sessions),
    registerStatusBar(sessions),
    registerLaterFeatures(sessions, extensionUri, comparisons),
    registerViewsCommands(sessions),
    followParents(sessions, VIEW_TYPE, log),
  );
  const tools = async (): Promise<Tools> =>
    (await import("./languageModelTools")).createTools(sessions, extensionUri);
  const restoreComparison = async (panel: vscode.WebviewPanel, state: unknown): Promise<void> => {
    (await comparisons()).restore(panel, state);
  };
  return { editors, files, texts, tools, restoreComparison };
}
