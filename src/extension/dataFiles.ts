/** Data that lies beside the bundle and not in it. */
import * as vscode from "vscode";
import { type DoubleByteCharacters, provideDoubleByteCharacters } from "../core";

/** Reads a file of `dist` that holds JSON. */
export async function readData(extensionUri: vscode.Uri, name: string): Promise<unknown> {
  const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, "dist", name));
  return JSON.parse(new TextDecoder().decode(bytes));
}

function isDoubleByteCharacters(data: unknown): data is DoubleByteCharacters {
  if (typeof data !== "object" || data === null) return false;
  const pages = new Map<string, unknown>(Object.entries(data));
  return ["932", "936", "949", "950"].every((page) => typeof pages.get(page) === "string");
}

let providing: Promise<void> | undefined;

/** Gives the core the characters of the East Asian code pages, which any message may need. Read once. */
export function provideCodePages(extensionUri: vscode.Uri): Promise<void> {
  providing ??= provide(extensionUri);
  return providing;
}

async function provide(extensionUri: vscode.Uri): Promise<void> {
  const data = await readData(extensionUri, "doubleByte.json");
  if (!isDoubleByteCharacters(data)) throw new Error("dist/doubleByte.json is not what it should be.");
  provideDoubleByteCharacters(data);
}
