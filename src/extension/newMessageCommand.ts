/** 'New Message Session': asks for the format and opens an untitled message. */
import * as vscode from "vscode";
import { VIEW_TYPE } from "./msgEditorProvider";
import { type NewMessageFormat, rememberFormat } from "./newMessages";

/** Code pages offered for an 8-bit message: those of Windows. */
const CODE_PAGES = [1252, 1250, 1251, 1253, 1254, 1255, 1256, 1257, 1258, 874, 932, 936, 949, 950] as const;

/** Languages of the code pages, for people who do not know them by number. */
function codePageLabel(id: (typeof CODE_PAGES)[number]): string {
  switch (id) {
    case 1252:
      return vscode.l10n.t("Western European");
    case 1250:
      return vscode.l10n.t("Central European");
    case 1251:
      return vscode.l10n.t("Cyrillic");
    case 1253:
      return vscode.l10n.t("Greek");
    case 1254:
      return vscode.l10n.t("Turkish");
    case 1255:
      return vscode.l10n.t("Hebrew");
    case 1256:
      return vscode.l10n.t("Arabic");
    case 1257:
      return vscode.l10n.t("Baltic");
    case 1258:
      return vscode.l10n.t("Vietnamese");
    case 874:
      return vscode.l10n.t("Thai");
    case 932:
      return vscode.l10n.t("Japanese");
    case 936:
      return vscode.l10n.t("Simplified Chinese");
    case 949:
      return vscode.l10n.t("Korean");
    case 950:
      return vscode.l10n.t("Traditional Chinese");
  }
}

async function askFormat(): Promise<NewMessageFormat | undefined> {
  const title = vscode.l10n.t("New Message Session");
  const formats = [
    {
      label: vscode.l10n.t("Unicode"),
      detail: vscode.l10n.t("Holds every character. Outlook 2003 and later."),
      unicode: true,
    },
    {
      label: vscode.l10n.t("8-bit"),
      detail: vscode.l10n.t("Text in one code page, as Outlook 97 to 2002 wrote it."),
      unicode: false,
    },
  ];
  const format = await vscode.window.showQuickPick(formats, {
    title,
    placeHolder: vscode.l10n.t("Format of the message"),
  });
  if (!format) return undefined;
  if (format.unicode) return { unicode: true };
  const pages = CODE_PAGES.map((id) => ({ label: codePageLabel(id), description: String(id), id }));
  const page = await vscode.window.showQuickPick(pages, {
    title,
    placeHolder: vscode.l10n.t("Code page of the text"),
    matchOnDescription: true,
  });
  return page && { unicode: false, codePage: page.id };
}

/** A name for an untitled message that no open editor has. */
function untitledUri(): vscode.Uri {
  const taken = new Set(
    vscode.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .flatMap((tab) => (tab.input instanceof vscode.TabInputCustom ? [tab.input.uri.path] : [])),
  );
  let number = 1;
  while (taken.has(`Untitled-${number}.msg`)) number++;
  return vscode.Uri.from({ scheme: "untitled", path: `Untitled-${number}.msg` });
}

/** Runs the command. Nothing is opened when the person cancels. */
export async function newMessageSession(): Promise<void> {
  const format = await askFormat();
  if (!format) return;
  const uri = untitledUri();
  rememberFormat(uri.toString(), format);
  await vscode.commands.executeCommand("vscode.openWith", uri, VIEW_TYPE);
}
