/** The tree of a session's objects and the header of the page. */
import * as vscode from "vscode";
import {
  type AttachmentView,
  MAPI_BCC,
  MAPI_CC,
  MAPI_ORIG,
  MAPI_TO,
  type MessageOutline,
  PR_ATTACH_DATA_BIN,
  PR_ATTACH_FILENAME,
  PR_ATTACH_LONG_FILENAME,
  PR_DISPLAY_NAME,
  PR_EMAIL_ADDRESS,
  PR_MESSAGE_CLASS,
  PR_SMTP_ADDRESS,
  PR_SUBJECT,
  type PropertyDictionary,
  type RecipientView,
} from "../../core";
import { coreText } from "../coreTexts";
import type { HeaderModel, TreeNode } from "../../protocol/viewModel";

/** What the tree is made with. */
export interface TreeContext {
  readonly outline: MessageOutline;
  readonly dictionary: PropertyDictionary;
  readonly editable: boolean;
}

/** Codicons for the families of message classes; "mail" for any other. */
const CLASS_ICONS: Readonly<Record<string, string>> = {
  mail: "mail",
  "mail-smime": "shield",
  calendar: "calendar",
  "calendar-exception": "calendar",
  meeting: "calendar",
  contact: "account",
  distlist: "organization",
  task: "tasklist",
  "task-request": "tasklist",
  note: "note",
  journal: "notebook",
  post: "comment",
  document: "file",
  report: "info",
};

function text(outline: MessageOutline, address: string, ...tags: readonly number[]): string {
  for (const tag of tags) {
    const value = outline.property(address, tag);
    if (value && value.change !== "deleted" && typeof value.value === "string" && value.value !== "")
      return value.value;
  }
  return "";
}

/** "12 KB", in the units people know. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return vscode.l10n.t("{0} B", bytes);
  const units = ["KB", "MB", "GB"];
  let size = bytes / 1024;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${size < 10 ? size.toFixed(1) : Math.round(size).toString()} ${units[unit] ?? ""}`;
}

function kindText(kind: number | undefined): string {
  switch (kind) {
    case MAPI_ORIG:
      return vscode.l10n.t("From");
    case MAPI_TO:
      return vscode.l10n.t("To");
    case MAPI_CC:
      return vscode.l10n.t("Cc");
    case MAPI_BCC:
      return vscode.l10n.t("Bcc");
    default:
      return "";
  }
}

function recipientNode(context: TreeContext, view: RecipientView): TreeNode {
  const address = text(context.outline, view.address, PR_SMTP_ADDRESS, PR_EMAIL_ADDRESS);
  const name = text(context.outline, view.address, PR_DISPLAY_NAME);
  const badge = kindText(view.recipientKind);
  const label = name || address || vscode.l10n.t("Recipient {0}", view.rowId + 1);
  return {
    id: view.address,
    kind: "recipient",
    label,
    ...(address !== "" && address !== label ? { description: address } : {}),
    icon: "account",
    ...(badge === "" ? {} : { badge }),
    ...(view.change ? { change: view.change } : {}),
    hasProperties: true,
    canDelete: context.editable,
    children: [],
  };
}

function attachmentNode(context: TreeContext, view: AttachmentView): TreeNode {
  const { outline } = context;
  const name =
    view.problem === undefined
      ? text(outline, view.address, PR_ATTACH_LONG_FILENAME, PR_ATTACH_FILENAME, PR_DISPLAY_NAME)
      : "";
  const size =
    view.problem === undefined ? outline.storedBytes(view.address, PR_ATTACH_DATA_BIN)?.length : undefined;
  const isMessage = view.object === "message";
  return {
    id: view.address,
    kind: "attachment",
    label: name || vscode.l10n.t("Attachment {0}", view.number + 1),
    ...(size === undefined ? {} : { description: sizeText(size) }),
    icon: isMessage ? "mail" : view.object === "storage" ? "package" : "file",
    ...(view.change ? { change: view.change } : {}),
    ...(view.problem === undefined ? {} : { problem: coreText(view.problem) }),
    hasProperties: view.problem === undefined,
    canDelete: context.editable,
    children: isMessage ? [messageNode(context, `${view.address}/m`, "embeddedMessage")] : [],
  };
}

function messageNode(context: TreeContext, address: string, kind: "message" | "embeddedMessage"): TreeNode {
  const { outline } = context;
  const view = outline.message(address);
  const recipients = view.recipients.map((recipient) => recipientNode(context, recipient));
  const attachments = view.attachments.map((attachment) => attachmentNode(context, attachment));
  const messageClass = text(outline, address, PR_MESSAGE_CLASS);
  const group = (
    id: string,
    groupKind: "recipients" | "attachments",
    label: string,
    icon: string,
    children: readonly TreeNode[],
  ): TreeNode => ({
    id,
    kind: groupKind,
    label,
    description: children.length.toLocaleString(),
    icon,
    hasProperties: false,
    canDelete: false,
    children,
  });
  return {
    id: address,
    kind,
    label:
      kind === "message"
        ? vscode.l10n.t("Message")
        : text(outline, address, PR_SUBJECT) || vscode.l10n.t("Message"),
    icon: iconOfClass(context.dictionary, messageClass),
    hasProperties: true,
    canDelete: false,
    children: [
      group(`${address}/recipients`, "recipients", vscode.l10n.t("Recipients"), "organization", recipients),
      group(`${address}/attachments`, "attachments", vscode.l10n.t("Attachments"), "files", attachments),
    ],
  };
}

/** The address of the message a group node belongs to; undefined for any other id. */
export function messageOfGroup(id: string): string | undefined {
  return /^(.*)\/(?:recipients|attachments)$/.exec(id)?.[1];
}

/** The codicon of a message class. */
export function iconOfClass(dictionary: PropertyDictionary, messageClass: string): string {
  return CLASS_ICONS[dictionary.messageClassOf(messageClass)?.kind ?? "mail"] ?? "mail";
}

/** The tree of the whole session. */
export function treeOf(context: TreeContext): TreeNode {
  return messageNode(context, "", "message");
}

/** The header of the page. `fileName` is the title of a message without a subject. */
export function headerOf(context: TreeContext, fileName: string, readOnly: string | undefined): HeaderModel {
  const { outline, dictionary } = context;
  const view = outline.message("");
  const messageClass = text(outline, "", PR_MESSAGE_CLASS);
  const page = dictionary.codePageName(view.codePage.id);
  return {
    icon: iconOfClass(dictionary, messageClass),
    title: text(outline, "", PR_SUBJECT) || fileName,
    messageClass: messageClass || "IPM.Note",
    format: view.unicode
      ? vscode.l10n.t("Unicode")
      : vscode.l10n.t("8-bit, {0}", page ? `${page} (${view.codePage.id})` : String(view.codePage.id)),
    changes: outline.changeCount(),
    propertyCount: outline.properties("").length,
    ...(readOnly === undefined ? {} : { readOnly }),
  };
}
