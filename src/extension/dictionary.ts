/** The property dictionary, read from the extension's files when the first message is opened. */
import * as vscode from "vscode";
import { createPropertyDictionary, parsePropertyTables, type PropertyDictionary } from "../core";

let loading: Promise<PropertyDictionary> | undefined;

/** The dictionary; the same one every time. */
export function loadDictionary(extensionUri: vscode.Uri): Promise<PropertyDictionary> {
  loading ??= read(extensionUri);
  return loading;
}

async function read(extensionUri: vscode.Uri): Promise<PropertyDictionary> {
  const bytes = await vscode.workspace.fs.readFile(
    vscode.Uri.joinPath(extensionUri, "dist", "dictionary.json"),
  );
  return createPropertyDictionary(parsePropertyTables(JSON.parse(new TextDecoder().decode(bytes))));
}
