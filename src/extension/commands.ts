/** Commands whose failures are told. */
import * as vscode from "vscode";
import { messageOf } from "./msgDocument";

/** Registers a command; what goes wrong in it is said in a message. */
export function registerCommand(id: string, run: (...args: never[]) => Promise<unknown>): vscode.Disposable {
  return vscode.commands.registerCommand(id, async (...args: never[]) => {
    try {
      await run(...args);
    } catch (error) {
      void vscode.window.showErrorMessage(messageOf(error));
    }
  });
}
