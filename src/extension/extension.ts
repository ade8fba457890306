/** Entry of the extension, in the Node host and in the web worker host alike. Registers, and does nothing else. */
import * as vscode from "vscode";
import type { MsgSessionApi } from "../../api/msg-session";
import { createApi } from "./api";
import { provideCodePages } from "./dataFiles";
import { followParents } from "./embedded";
import { registerLaterFeatures } from "./laterFeatures";
import { MsgEditorProvider, VIEW_TYPE } from "./msgEditorProvider";
import { registerMsgFileSystem } from "./msgFileSystem";
import { Sessions } from "./sessions";
import { registerSessionCommands } from "./sessionsCommands";
import { registerSessionsView } from "./sessionsView";
import { registerViewsCommands } from "./viewsCommands";
import { registerStatusBar } from "./statusBar";

export async function activate(context: vscode.ExtensionContext): Promise<MsgSessionApi> {
  await provideCodePages(context.extensionUri);
  const log = vscode.window.createOutputChannel("MSG Session", { log: true });
  const sessions = new Sessions();
  context.subscriptions.push(
    log,
    sessions,
    MsgEditorProvider.register(context, log, sessions),
    registerSessionsView(sessions, context.extensionUri),
    registerSessionCommands(sessions),
    registerStatusBar(sessions),
    registerMsgFileSystem(sessions),
    registerLaterFeatures(sessions, context.extensionUri),
    registerViewsCommands(sessions),
    followParents(sessions, VIEW_TYPE, log),
  );
  return createApi(context.extensionUri);
}
