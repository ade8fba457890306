/** The status bar's word on the message in front: its class, how its text is stored, how many properties it has. */
import * as vscode from "vscode";
import {
  type MessageOutline,
  PR_INTERNET_CPID,
  PR_MESSAGE_CLASS,
  PR_MESSAGE_CODEPAGE,
  PR_STORE_SUPPORT_MASK,
} from "../core";
import type { MsgDocument } from "./msgDocument";
import { textOf } from "./msgFileSystemNames";
import type { Sessions } from "./sessions";
import { activeDocument } from "./sessionsView";
import { sizeText } from "./viewModel/tree";

/** Id of the command behind the item. */
const SHOW_FORMAT = "msgSession.showFormat";

/** Most characters of a message class that are shown. */
const MAX_CLASS = 40;

/** A text of the mail in the status bar, where "$(" would make an icon. */
const plain = (text: string): string => text.replaceAll("$(", "$ (").slice(0, MAX_CLASS);

const classOf = (outline: MessageOutline): string => textOf(outline, "", PR_MESSAGE_CLASS) || "IPM.Note";

function formatOf(outline: MessageOutline): string {
  const { unicode, codePage } = outline.message("");
  return unicode ? vscode.l10n.t("Unicode") : vscode.l10n.t("8-bit, {0}", codePage.id);
}

const countOf = (outline: MessageOutline): number =>
  outline.properties("").filter(({ change }) => change !== "deleted").length;

/** A line of what the item tells when it is clicked; one with a tag leads to that property. */
interface FormatItem extends vscode.QuickPickItem {
  readonly tag?: number;
}

function itemsOf({ file, outline }: MsgDocument): FormatItem[] {
  const { unicode, codePage, recipients, attachments } = outline.message("");
  const mask = outline.property("", PR_STORE_SUPPORT_MASK) ? { tag: PR_STORE_SUPPORT_MASK } : {};
  const page = [PR_MESSAGE_CODEPAGE, PR_INTERNET_CPID].find((tag) => outline.property("", tag));
  const held = file.kind === "open" ? file.allocator.used : 0;
  return [
    { label: vscode.l10n.t("Message class"), description: classOf(outline), tag: PR_MESSAGE_CLASS },
    {
      label: vscode.l10n.t("Text"),
      description: unicode
        ? vscode.l10n.t("Unicode: every character can be stored")
        : vscode.l10n.t("8-bit: only the characters of its code page can be stored"),
      ...mask,
    },
    {
      label: vscode.l10n.t("Code page of 8-bit text"),
      description: String(codePage.id),
      ...(page === undefined ? {} : { tag: page }),
    },
    {
      label: vscode.l10n.t("Contents"),
      description: vscode.l10n.t(
        "Properties: {0}, recipients: {1}, attachments: {2}",
        countOf(outline),
        recipients.length,
        attachments.length,
      ),
    },
    { label: vscode.l10n.t("Held in memory by the session"), description: sizeText(held) },
  ];
}

async function showFormat(sessions: Sessions): Promise<void> {
  const document = activeDocument(sessions);
  if (document?.file.kind !== "open") return;
  const chosen = await vscode.window.showQuickPick(itemsOf(document), {
    title: vscode.l10n.t("Format of the message"),
    placeHolder: vscode.l10n.t("Choose a line to go to its property"),
  });
  if (chosen?.tag !== undefined) sessions.pagesOf(document)[0]?.reveal("", chosen.tag);
}

/** Registers the item; it is there while a message is in front. */
export function registerStatusBar(sessions: Sessions): vscode.Disposable {
  let item: vscode.StatusBarItem | undefined;
  const update = (): void => {
    const document = activeDocument(sessions);
    if (document?.file.kind !== "open") {
      item?.hide();
      return;
    }
    item ??= createItem();
    const { outline } = document;
    const parts = [plain(classOf(outline)), formatOf(outline)];
    item.text = [...parts, vscode.l10n.t("{0} properties", countOf(outline))].join(" · ");
    item.show();
  };
  return vscode.Disposable.from(
    new vscode.Disposable(() => item?.dispose()),
    vscode.commands.registerCommand(SHOW_FORMAT, () => showFormat(sessions)),
    vscode.window.tabGroups.onDidChangeTabs(update),
    vscode.window.tabGroups.onDidChangeTabGroups(update),
    sessions.onDidOpen(update),
    sessions.onDidChange(update),
    sessions.onDidClose(update),
  );
}

function createItem(): vscode.StatusBarItem {
  const item = vscode.window.createStatusBarItem("msgSession.format", vscode.StatusBarAlignment.Right, 90);
  item.name = vscode.l10n.t("Outlook Message");
  item.tooltip = vscode.l10n.t("Format of the message");
  item.command = SHOW_FORMAT;
  return item;
}
