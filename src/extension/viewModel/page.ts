/** The model of a whole page: a session with its banners, or the failure to open one. */
import * as vscode from "vscode";
import type { Problem, PropertyDictionary } from "../../core";
import { coreText } from "../coreTexts";
import type { Banner, PageModel } from "../../protocol/viewModel";
import type { MsgDocument } from "../msgDocument";
import { headerOf, treeOf } from "./tree";

/** Most problems a banner lists. */
const MAX_PROBLEMS = 200;

/** Ids of the actions that banners and the failure page offer. */
export const ACTIONS = ["overwrite", "revert", "saveAs", "reopen", "openAsText", "manageTrust"] as const;

/** Id of an action. */
export type ActionId = (typeof ACTIONS)[number];

const action = (id: ActionId, label: string): { id: string; label: string } => ({ id, label });

function problemLine(problem: Problem): string {
  const where =
    problem.offset === undefined
      ? coreText(problem.object)
      : vscode.l10n.t(
          "{0}, offset 0x{1}",
          coreText(problem.object),
          problem.offset.toString(16).toUpperCase(),
        );
  return `${where}: ${coreText(problem.message)}`;
}

function damageBanner(problems: readonly Problem[]): Banner {
  const first = problems[0];
  const more = problems.length - MAX_PROBLEMS;
  return {
    id: "damage",
    severity: "warning",
    message: vscode.l10n.t(
      "The file is damaged: {0} What could be read is shown; saving over the file is off.",
      first ? coreText(first.message) : "",
    ),
    details: [
      ...problems.slice(0, MAX_PROBLEMS).map(problemLine),
      ...(more > 0 ? [vscode.l10n.t("… and {0} more.", more)] : []),
    ],
    actions: [action("saveAs", vscode.l10n.t("Save a repaired copy…"))],
  };
}

function conflictBanner({ isInside }: MsgDocument): Banner {
  const base = { id: "conflict", severity: "warning" } as const;
  const saveAs = action("saveAs", vscode.l10n.t("Save as…"));
  if (isInside) {
    return {
      ...base,
      message: vscode.l10n.t(
        "The message around this one changed it since it was opened here. Saving is off until you decide.",
      ),
      actions: [
        action("overwrite", vscode.l10n.t("Overwrite it there")),
        action("revert", vscode.l10n.t("Take it from there, drop the changes here")),
        saveAs,
      ],
    };
  }
  return {
    ...base,
    message: vscode.l10n.t(
      "The file was changed on disk since it was opened here. Saving is off until you decide.",
    ),
    actions: [
      action("overwrite", vscode.l10n.t("Overwrite the file")),
      action("revert", vscode.l10n.t("Read the file again, drop the changes here")),
      saveAs,
    ],
  };
}

function bannersOf(document: MsgDocument): Banner[] {
  const banners: Banner[] = [];
  if (document.file.kind === "open" && document.file.problems.length > 0) {
    banners.push(damageBanner(document.file.problems));
  }
  if (document.hasConflict) {
    banners.push(conflictBanner(document));
  }
  return banners;
}

/** What a page shows of a document. */
export function pageModelOf(document: MsgDocument, dictionary: PropertyDictionary): PageModel {
  const { file } = document;
  if (file.kind === "failed") {
    return {
      kind: "failure",
      title: file.title,
      details: file.details,
      actions: [
        action("reopen", vscode.l10n.t("Try again")),
        action("openAsText", vscode.l10n.t("Reopen with another editor…")),
      ],
    };
  }
  const readOnly = document.readOnlyReason;
  const context = { outline: file.outline, dictionary, editable: readOnly === undefined };
  const fileName = document.uri.path.slice(document.uri.path.lastIndexOf("/") + 1);
  return {
    kind: "session",
    header: headerOf(context, fileName, readOnly),
    tree: treeOf(context),
    banners: bannersOf(document),
  };
}
