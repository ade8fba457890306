/** The extension's settings, each with the value that stands where the person's is none of those that are known. */
import * as vscode from "vscode";
import { isViewId, type ViewId } from "../protocol/views";

/** The view a message begins with: `msgSession.defaultView`. */
export function defaultView(uri: vscode.Uri): ViewId {
  const value = vscode.workspace.getConfiguration("msgSession", uri).get<unknown>("defaultView");
  return isViewId(value) ? value : "message";
}
