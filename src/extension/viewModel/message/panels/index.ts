/** The panel of an item: one table of fields for each family of message classes; a class that has none reads as mail. */
import * as vscode from "vscode";
import { lazyReaderOf, type MessageOutline } from "../../../../core";
import type { MessagePanel } from "../../../../protocol/message";
import { type MessageContext, messageContext } from "../context";
import { CALENDAR } from "./calendar";
import { CONTACT, DISTRIBUTION_LIST } from "./contact";
import { type PanelField, rowsOf } from "./fields";
import { ANY, JOURNAL, NOTE, POST, REPORT, TASK } from "./items";

/** What a family of items is called, and what its panel lists. */
interface ItemKind {
  readonly name: () => string;
  readonly fields: readonly PanelField[];
}

const MAIL: ItemKind = { name: () => vscode.l10n.t("Mail"), fields: [] };
const APPOINTMENT: ItemKind = { name: () => vscode.l10n.t("Appointment"), fields: CALENDAR };

const KINDS: Readonly<Record<string, ItemKind>> = {
  calendar: APPOINTMENT,
  "calendar-exception": { name: () => vscode.l10n.t("Exception of a series"), fields: CALENDAR },
  meeting: { name: () => vscode.l10n.t("Meeting"), fields: CALENDAR },
  contact: { name: () => vscode.l10n.t("Contact"), fields: CONTACT },
  distlist: { name: () => vscode.l10n.t("Contact group"), fields: DISTRIBUTION_LIST },
  task: { name: () => vscode.l10n.t("Task"), fields: TASK },
  "task-request": { name: () => vscode.l10n.t("Task request"), fields: TASK },
  note: { name: () => vscode.l10n.t("Note"), fields: NOTE },
  journal: { name: () => vscode.l10n.t("Journal entry"), fields: JOURNAL },
  report: { name: () => vscode.l10n.t("Report"), fields: REPORT },
  post: { name: () => vscode.l10n.t("Post"), fields: POST },
};

/** What an item is called: "Mail", "Appointment" … */
export function kindText({ kind }: MessageContext): string {
  return (KINDS[kind] ?? MAIL).name();
}

const PR_ATTACHMENT_CONTACTPHOTO = 0x7fff000b;

/** The attachment with the picture of a contact. */
function pictureOf(outline: MessageOutline, { view }: MessageContext): string | undefined {
  return view.attachments.find(
    ({ address, problem }) =>
      problem === undefined && lazyReaderOf(outline, address).boolean(PR_ATTACHMENT_CONTACTPHOTO) === true,
  )?.address;
}

/** The message whose fields count: of a task request, the task embedded in it ([MS-OXOTASK] 3.1.4.9). */
function subjectMatter(context: MessageContext): MessageContext {
  if (context.kind !== "task-request") return context;
  const inner = context.view.attachments.find(({ object }) => object === "message");
  if (!inner) return context;
  return messageContext(context.outline, context.dictionary, `${inner.address}/m`, context.codePage);
}

/** The panel of an item; undefined when it has nothing to list. */
export function messagePanel(context: MessageContext): MessagePanel | undefined {
  const kind = KINDS[context.kind] ?? MAIL;
  const rows = [...rowsOf(subjectMatter(context), kind.fields), ...rowsOf(context, ANY)];
  const picture = context.kind === "contact" ? pictureOf(context.outline, context) : undefined;
  if (rows.length === 0 && picture === undefined) return undefined;
  return { title: kind.name(), rows, ...(picture === undefined ? {} : { picture }) };
}
