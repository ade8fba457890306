/** Entry of the extension, in the Node host and in the web worker host alike. Registers, and does nothing else. */
import * as vscode from "vscode";
import type { MsgSessionApi } from "../../api/msg-session";
import { createApi } from "./api";
import { registerCompareCommands } from "./compareCommands";
import { followParents } from "./embedded";
import { registerExportCommands } from "./exportCommands";
import { registerLanguageModelTools } from "./languageModelTools";
import { MsgEditorProvider, VIEW_TYPE } from "./msgEditorProvider";
import { registerMsgFileSystem } from "./msgFileSystem";
import { newMessageSession } from "./newMessageCommand";
import { Sessions } from "./sessions";
import { registerSessionCommands } from "./sessionsCommands";
import { registerSessionsView } from "./sessionsView";
import { registerStatusBar } from "./statusBar";

export function activate(context: vscode.ExtensionContext): MsgSessionApi {
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
    registerExportCommands(sessions, context.extensionUri),
    registerCompareCommands(sessions, context.extensionUri),
    registerLanguageModelTools(sessions, context.extensionUri),
    followParents(sessions, VIEW_TYPE, log),
    vscode.commands.registerCommand("msgSession.newMessage", newMessageSession),
  );
  return createApi(context.extensionUri);
}
