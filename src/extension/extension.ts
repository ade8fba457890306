/** Entry of the extension, in the Node host and in the web worker host alike. Registers, and does nothing else. */
import * as vscode from "vscode";
import { MsgEditorProvider } from "./msgEditorProvider";
import { newMessageSession } from "./newMessageCommand";

export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel("MSG Session", { log: true });
  context.subscriptions.push(
    log,
    MsgEditorProvider.register(context, log),
    vscode.commands.registerCommand("msgSession.newMessage", newMessageSession),
  );
}
