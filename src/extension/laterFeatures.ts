/** Features whose code is loaded when they are first used: what opening a message needs stays small. */
import * as vscode from "vscode";
import { registerCommand } from "./commands";
import type { Comparisons } from "./comparisons";
import { REOPEN_COMMAND, VIEW_TYPE } from "./msgEditorProvider";
import type { Sessions } from "./sessions";

const exporting = (): Promise<typeof import("./exportCommands")> => import("./exportCommands");
const comparing = (): Promise<typeof import("./compareCommands")> => import("./compareCommands");

function exportCommands(sessions: Sessions, extensionUri: vscode.Uri): vscode.Disposable[] {
  const exportAs = async (uri: unknown, kind: "json" | "text"): Promise<void> =>
    (await exporting()).exportMessage(sessions, extensionUri, uri, kind);
  return [
    registerCommand("msgSession.exportJson", (uri: unknown) => exportAs(uri, "json")),
    registerCommand("msgSession.exportText", (uri: unknown) => exportAs(uri, "text")),
    registerCommand("msgSession.newFromJson", async (uri: unknown) => (await exporting()).newFromJson(uri)),
  ];
}

function compareCommands(sessions: Sessions, comparisons: () => Promise<Comparisons>): vscode.Disposable[] {
  return [
    registerCommand("msgSession.compareWith", async (uri: unknown, all: unknown) =>
      (await comparing()).compareWith(await comparisons(), uri, all),
    ),
    registerCommand("msgSession.compareWithSaved", async (uri: unknown) =>
      (await comparing()).compareWithSaved(await comparisons(), uri),
    ),
    registerCommand("msgSession.compareWithGit", async (uri: unknown) =>
      (await comparing()).compareWithGit(await comparisons(), uri),
    ),
    registerCommand("msgSession.compareAsText", async (uri: unknown, all: unknown) =>
      (await comparing()).compareTexts(sessions, uri, all),
    ),
  ];
}

/** Registers the features. */
export function registerLaterFeatures(
  sessions: Sessions,
  extensionUri: vscode.Uri,
  comparisons: () => Promise<Comparisons>,
): vscode.Disposable {
  return vscode.Disposable.from(
    registerCommand("msgSession.newMessage", async (args: unknown) =>
      (await import("./newMessageCommand")).newMessageSession(args),
    ),
    registerCommand(REOPEN_COMMAND, async () =>
      (await import("./reopenEditors")).reopenEditors(sessions, await comparisons(), VIEW_TYPE),
    ),
    ...exportCommands(sessions, extensionUri),
    ...compareCommands(sessions, comparisons),
  );
}
