/** The property dictionary, read from the extension's files when the first message is opened. */
import type * as vscode from "vscode";
import { createPropertyDictionary, parsePropertyTables, type PropertyDictionary } from "../core";
import { readData } from "./dataFiles";

let loading: Promise<PropertyDictionary> | undefined;

/** The dictionary; the same one every time. */
export function loadDictionary(extensionUri: vscode.Uri): Promise<PropertyDictionary> {
  loading ??= read(extensionUri);
  return loading;
}

async function read(extensionUri: vscode.Uri): Promise<PropertyDictionary> {
  return createPropertyDictionary(parsePropertyTables(await readData(extensionUri, "dictionary.json")));
}
