/** The settings of 'New Message Session': what is chosen already when it asks. */
import * as vscode from "vscode";
import {
  ADDRESS_LIST_MESSAGES,
  codePage,
  isPresetId,
  type MailUser,
  parseAddressList,
  type PresetId,
} from "../core";

/** Code pages offered for an 8-bit message: those of Windows. */
export const CODE_PAGES = [
  1252, 1250, 1251, 1253, 1254, 1255, 1256, 1257, 1258, 874, 932, 936, 949, 950,
] as const;

/** A code page that is offered. */
export type OfferedCodePage = (typeof CODE_PAGES)[number];

const read = (name: string): unknown =>
  vscode.workspace.getConfiguration("msgSession.newMessage").get<unknown>(name);

/** The preset that is chosen already: `msgSession.newMessage.preset`. */
export function defaultPreset(): PresetId {
  const value = read("preset");
  return typeof value === "string" && isPresetId(value) ? value : "unsentMail";
}

/** Whether Unicode is chosen already: `msgSession.newMessage.format`. */
export const isUnicodeDefault = (): boolean => read("format") !== "8-bit";

/** The code page that is chosen already: `msgSession.newMessage.codePage`. */
export function defaultCodePage(): OfferedCodePage {
  const value = read("codePage");
  return CODE_PAGES.find((id) => id === value) ?? 1252;
}

/** A sender, or what is wrong with the setting. */
export type SenderSetting = { readonly sender?: MailUser; readonly problem?: string };

/** Who writes new messages: `msgSession.newMessage.sender`. Nobody when the setting is empty. */
export function defaultSender(): SenderSetting {
  const value = read("sender");
  if (typeof value !== "string" || value.trim() === "") return {};
  const entries = parseAddressList(value);
  const [entry] = entries;
  if (entry?.ok !== true || entries.length > 1) {
    const reason = entry?.ok === false ? vscode.l10n.t(ADDRESS_LIST_MESSAGES[entry.problem]) : "";
    return {
      problem: vscode.l10n
        .t("The setting msgSession.newMessage.sender is not one Name <address>. {0}", reason)
        .trim(),
    };
  }
  return { sender: { name: entry.name, address: entry.address } };
}

/** The sender as a message of a code page can hold it: by the address alone where the name has other characters. */
export function senderInPage(sender: MailUser, page: number | undefined): MailUser {
  if (page === undefined || (codePage(page)?.encode(sender.name).missing.length ?? 0) === 0) return sender;
  return { name: "", address: sender.address };
}
