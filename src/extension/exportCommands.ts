/** 'Export as JSON…', 'Export as Text…' and 'New Session from JSON…'. Loaded when one of them is used. */
import * as vscode from "vscode";
import { dumpTextSteps, exportJsonSteps, importJsonSteps, type PropertyDictionary } from "../core";
import { loadDictionary } from "./dictionary";
import { RefusedError } from "./diskFile";
import { inSteps } from "./inSteps";
import { isMessageFile, openSource, openStorageOf, type SourceId, titleOf } from "./messageSource";
import { VIEW_TYPE } from "./msgEditorProvider";
import { rememberContent, untitledUri } from "./newMessages";
import type { Sessions } from "./sessions";
import { activeDocument } from "./sessionsView";
import { readUnlessCancelled, slowlyOr, stopIfCancelled, unlessCancelled } from "./slowly";
import { besides } from "./valueFiles";

/** Files above this are not read as JSON: none that was exported is larger. */
const MAX_JSON_BYTES = 512 * 1024 * 1024;

/** What a message can be exported as. */
export type ExportKind = "json" | "text";

/** The text of an export. @throws RefusedError, MapiError, CancellationError when `stop` called it off */
export async function exportedText(
  sessions: Sessions,
  dictionary: PropertyDictionary,
  uri: vscode.Uri,
  kind: ExportKind,
  stop?: vscode.CancellationToken,
): Promise<string> {
  stopIfCancelled(stop);
  if (kind === "text") return dumpOf(sessions, dictionary, { uri, saved: false }, stop);
  const storage = await unlessCancelled(openStorageOf(sessions, uri), stop);
  return inSteps(exportJsonSteps(storage, { dictionary }), stop);
}

/**
 * The dump of a message as text; of one that is edited meanwhile, as it stands after that.
 * @throws RefusedError, MapiError, CancellationError when `stop` called it off
 */
export async function dumpOf(
  sessions: Sessions,
  dictionary: PropertyDictionary,
  id: SourceId,
  stop?: vscode.CancellationToken,
): Promise<string> {
  for (;;) {
    const source = await unlessCancelled(openSource(sessions, id), stop, (late) => late.close());
    const { outline, storage } = source;
    try {
      const text = await inSteps(dumpTextSteps(outline, { dictionary, storage }), stop);
      if (!source.hasChanged()) return text;
    } catch (error) {
      // Half of the text may be of a message that is not there any more: then it is made again.
      if (error instanceof vscode.CancellationError || !source.hasChanged()) throw error;
    } finally {
      source.close();
    }
  }
}

/** What Source Control gives a command: a file that was changed. */
function isResourceState(value: unknown): value is { readonly resourceUri: vscode.Uri } {
  return (
    typeof value === "object" &&
    value !== null &&
    "resourceUri" in value &&
    value.resourceUri instanceof vscode.Uri
  );
}

/** The message a command is about: what it was called on, else the editor in front. */
export function messageUri(sessions: Sessions, uri: unknown): vscode.Uri {
  const given = isResourceState(uri) ? uri.resourceUri : uri;
  const found = given instanceof vscode.Uri ? given : activeDocument(sessions)?.uri;
  if (found && !isMessageFile(found) && !sessions.get(found))
    throw new RefusedError(vscode.l10n.t("{0} is not a message.", titleOf({ uri: found, saved: false })));
  if (found) return found;
  throw new RefusedError(vscode.l10n.t("Open a message first, or run the command on one in the Explorer."));
}

/**
 * Exports a message to a file that the person chooses. Nothing is written when it is called off before it was written.
 * @param outer calls it off, as the person can
 * @throws RefusedError, MapiError
 */
export async function exportMessage(
  sessions: Sessions,
  extensionUri: vscode.Uri,
  given: unknown,
  kind: ExportKind,
  outer?: vscode.CancellationToken,
): Promise<void> {
  const uri = messageUri(sessions, given);
  const stem = titleOf({ uri, saved: false }).replace(/\.(?:msg|oft)$/i, "");
  const extension = kind === "json" ? "json" : "txt";
  const target = await vscode.window.showSaveDialog({
    title: kind === "json" ? vscode.l10n.t("Export as JSON") : vscode.l10n.t("Export as Text"),
    saveLabel: vscode.l10n.t("Export"),
    defaultUri: besides(uri, `${stem}.${extension}`),
    filters: kind === "json" ? { JSON: ["json"] } : { [vscode.l10n.t("Text")]: ["txt"] },
  });
  if (!target) return;
  const write = async (stop: vscode.CancellationToken): Promise<void> => {
    const text = await exportedText(sessions, await loadDictionary(extensionUri), uri, kind, stop);
    stopIfCancelled(stop);
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  };
  const title = vscode.l10n.t("Exporting {0}…", titleOf({ uri, saved: false }));
  await slowlyOr(title, write, undefined, outer);
}

/**
 * Opens the message that JSON stands for, untitled, as nothing that was saved yet; nothing when it is called off.
 * @param outer calls it off, as the person can
 * @throws MapiError, RefusedError
 */
export async function newSessionFromJson(
  source: vscode.Uri,
  outer?: vscode.CancellationToken,
): Promise<void> {
  const { size } = await vscode.workspace.fs.stat(source);
  if (size > MAX_JSON_BYTES)
    throw new RefusedError(vscode.l10n.t("The file is too large to be the export of a message."));
  const uri = untitledUri();
  const read = async (stop: vscode.CancellationToken): Promise<boolean> => {
    const text = new TextDecoder().decode(await readUnlessCancelled(source, stop));
    const storage = await inSteps(importJsonSteps(text), stop);
    rememberContent(uri.toString(), storage.toBytes());
    return true;
  };
  const title = vscode.l10n.t("Reading {0}…", titleOf({ uri: source, saved: false }));
  if (await slowlyOr(title, read, false, outer))
    await vscode.commands.executeCommand("vscode.openWith", uri, VIEW_TYPE);
}

async function chooseJson(): Promise<vscode.Uri | undefined> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t("New Session from JSON"),
      openLabel: vscode.l10n.t("Open"),
      filters: { JSON: ["json"] },
      canSelectMany: false,
    })) ?? [];
  return uri;
}

/** Opens the message that JSON stands for: of the file that is given, else of one that the person chooses. */
export async function newFromJson(given: unknown): Promise<void> {
  const uri = given instanceof vscode.Uri ? given : await chooseJson();
  if (uri) await newSessionFromJson(uri);
}
