/** Compares messages: two files, a file with its saved state, with Git's version. Loaded when one of it is used. */
import * as vscode from "vscode";
import { compareAsText, type ComparePair } from "./comparePanel";
import type { Comparisons } from "./comparisons";
import { RefusedError } from "./diskFile";
import { messageUri } from "./exportCommands";
import { isMessageFile, type SourceId } from "./messageSource";
import type { Sessions } from "./sessions";

/** The version of a file in Git, as VS Code's own Git reads it. */
function gitUri(uri: vscode.Uri, ref: string): vscode.Uri {
  return uri.with({ scheme: "git", query: JSON.stringify({ path: uri.fsPath, ref }) });
}

/** The file on disk that a version of Git is of. */
function fileOfGit(uri: vscode.Uri): vscode.Uri {
  return uri.scheme === "git" ? uri.with({ scheme: "file", query: "", path: uri.path }) : uri;
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

/** The version of a message that Git has: the one that is open beside it, as in Source Control, else the last commit's. */
export async function gitVersion(sessions: Sessions, uri: vscode.Uri): Promise<vscode.Uri> {
  const open = sessions.all.find(
    (document) => document.uri.scheme === "git" && document.uri.path === uri.path,
  );
  const version = open?.uri ?? gitUri(uri, "HEAD");
  if (await exists(version)) return version;
  throw new RefusedError(vscode.l10n.t("Git has no version of this message."));
}

const asIs = (uri: vscode.Uri): SourceId => ({ uri, saved: false });

/** The message to compare with: one that is open, or a file. */
async function chooseOther(sessions: Sessions, uri: vscode.Uri): Promise<vscode.Uri | undefined> {
  const browse = { label: vscode.l10n.t("Choose a file…"), uri: undefined };
  const open = sessions.all
    .filter((document) => document.uri.toString() !== uri.toString())
    .map((document) => ({
      label: document.uri.path.slice(document.uri.path.lastIndexOf("/") + 1),
      description: vscode.workspace.asRelativePath(document.uri),
      uri: document.uri,
    }));
  const choice =
    open.length === 0
      ? browse
      : await vscode.window.showQuickPick([...open, browse], {
          title: vscode.l10n.t("Compare Message with"),
          placeHolder: vscode.l10n.t("An open message, or a file"),
        });
  if (!choice) return undefined;
  if (choice.uri) return choice.uri;
  const [file] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t("Compare Message with"),
      openLabel: vscode.l10n.t("Compare"),
      filters: { [vscode.l10n.t("Outlook messages")]: ["msg", "oft"] },
      canSelectMany: false,
    })) ?? [];
  return file;
}

/** The two messages of a command that was called on two files, or on one to be compared with another. */
async function pairOf(sessions: Sessions, first: unknown, all: unknown): Promise<ComparePair | undefined> {
  const chosen = Array.isArray(all)
    ? all.filter((each): each is vscode.Uri => each instanceof vscode.Uri)
    : [];
  const [a, b] = chosen.filter(isMessageFile);
  if (chosen.length === 2 && a && b) return { left: asIs(a), right: asIs(b) };
  const uri = messageUri(sessions, first);
  const other = await chooseOther(sessions, uri);
  return other && { left: asIs(other), right: asIs(uri) };
}

function savedPair(sessions: Sessions, given: unknown): ComparePair {
  const uri = messageUri(sessions, given);
  if (uri.scheme === "untitled") throw new RefusedError(vscode.l10n.t("The message was not saved yet."));
  return { left: { uri, saved: true }, right: asIs(uri) };
}

async function gitPair(sessions: Sessions, given: unknown): Promise<ComparePair> {
  const uri = fileOfGit(messageUri(sessions, given));
  return { left: asIs(await gitVersion(sessions, uri)), right: asIs(uri) };
}

/** Compares two files that are given, or a message with one that the person chooses. */
export async function compareWith(comparisons: Comparisons, uri: unknown, all: unknown): Promise<void> {
  const pair = await pairOf(comparisons.sessions, uri, all);
  if (pair) comparisons.open(pair);
}

/** As `compareWith`, in VS Code's own diff. */
export async function compareTexts(sessions: Sessions, uri: unknown, all: unknown): Promise<void> {
  const pair = await pairOf(sessions, uri, all);
  if (pair) await compareAsText(pair);
}

/** Compares a message with its file. @throws RefusedError where it has none */
export function compareWithSaved(comparisons: Comparisons, uri: unknown): void {
  comparisons.open(savedPair(comparisons.sessions, uri));
}

/** Compares a message with its version in Git. @throws RefusedError where there is none */
export async function compareWithGit(comparisons: Comparisons, uri: unknown): Promise<void> {
  comparisons.open(await gitPair(comparisons.sessions, uri));
}
