/** Entry of the extension, in the Node host and in the web worker host alike. Registers, and loads nothing else. */
import type * as vscode from "vscode";
import type { MsgSessionApi } from "../../api/msg-session";
import { createApi } from "./api";
import { registerShell } from "./shell";

export function activate(context: vscode.ExtensionContext): MsgSessionApi {
  registerShell(context);
  return createApi(context.extensionUri);
}
