/** Commands on open sessions and on what is in them. */
import * as vscode from "vscode";
import { registerCommand } from "./commands";
import type { MsgDocument } from "./msgDocument";
import { attachmentUri } from "./msgFileSystemPaths";
import { baseName } from "./msgFileSystemUris";
import { VIEW_TYPE } from "./msgEditorProvider";
import type { Sessions } from "./sessions";
import { attachFiles, attachNewMessage, pickMessages, readFiles, replaceMessage } from "./sessionsEdits";
import { isSession, messageOfElement, type SessionElement } from "./sessionsTree";
import { closeSession, tabsOf } from "./sessionsTabs";
import { activeDocument } from "./sessionsView";

/** Shows an object of a document in its editor. */
async function reveal(sessions: Sessions, document: MsgDocument, object: string): Promise<void> {
  if (sessions.pagesOf(document).length === 0) {
    await vscode.commands.executeCommand("vscode.openWith", document.uri, VIEW_TYPE);
  }
  sessions.pagesOf(document)[0]?.reveal(object);
}

/** In an untrusted workspace nothing out of a mail is opened unasked. */
async function mayOpen(name: string): Promise<boolean> {
  if (vscode.workspace.isTrusted) return true;
  const open = vscode.l10n.t("Open");
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t("Open the attachment “{0}” in Restricted Mode?", name),
    {
      modal: true,
      detail: vscode.l10n.t("It comes from a mail. VS Code shows it in an editor; nothing in it is run."),
    },
    open,
  );
  return answer === open;
}

/** Keeps the editor of a message that is only looked at: the next one in its place would close the session. */
async function keepOpen(document: vscode.Uri): Promise<void> {
  const looked = tabsOf(document).find(({ isPreview }) => isPreview);
  if (!looked) return;
  const options = { viewColumn: looked.group.viewColumn, preview: false, preserveFocus: true };
  await vscode.commands.executeCommand("vscode.openWith", document, VIEW_TYPE, options);
}

/** Opens an attachment, or the message that is attached, in an editor of its own. */
export async function openAttachment(
  sessions: Sessions,
  document: vscode.Uri,
  address: string,
): Promise<void> {
  const found = sessions.get(document);
  const uri = found && attachmentUri(found, address.replace(/\/m$/, ""));
  if (!uri) {
    throw new Error(vscode.l10n.t("The attachment is not there any more, or its message is not open."));
  }
  if (!(await mayOpen(baseName(uri)))) return;
  await keepOpen(document);
  await vscode.commands.executeCommand("vscode.open", uri);
}

async function saveAttachmentAs(document: MsgDocument, address: string): Promise<void> {
  const { saveAttachment } = await import("./attachmentsSaving");
  await saveAttachment(document, address.replace(/\/m$/, ""));
}

async function addAttachments(document: MsgDocument, message: string): Promise<void> {
  const chosen = await vscode.window.showOpenDialog({
    title: vscode.l10n.t("Add Attachments"),
    openLabel: vscode.l10n.t("Attach"),
    canSelectMany: true,
  });
  if (chosen) await attachFiles(document, message, () => readFiles(document, chosen));
}

/** Adds a message to a message: one from a file, or a new one, which is opened. */
async function addMessage(sessions: Sessions, document: MsgDocument, message: string): Promise<void> {
  const fromFile = {
    label: vscode.l10n.t("Message Files…"),
    iconPath: new vscode.ThemeIcon("folder-opened"),
  };
  const isNew = { label: vscode.l10n.t("New Message"), iconPath: new vscode.ThemeIcon("mail") };
  const choice = await vscode.window.showQuickPick([fromFile, isNew], {
    title: vscode.l10n.t("Add a message to “{0}”", baseName(document.uri)),
  });
  if (choice === isNew) {
    await openAttachment(sessions, document.uri, attachNewMessage(document, message));
  } else if (choice === fromFile) {
    const title = vscode.l10n.t("Add Messages");
    await attachFiles(document, message, () => pickMessages(document, title, vscode.l10n.t("Attach"), true));
  }
}

async function replaceBy(document: MsgDocument, address: string): Promise<void> {
  const title = vscode.l10n.t("Replace by a Message File");
  const [file] = await pickMessages(document, title, vscode.l10n.t("Replace"), false);
  if (file) replaceMessage(document, address, file);
}

/** The session that files are added to: the only one, or the one the person chooses. */
async function chooseSession(sessions: Sessions): Promise<MsgDocument | undefined> {
  const open = sessions.all.filter(({ readOnlyReason }) => readOnlyReason === undefined);
  if (open.length <= 1) return open[0];
  const items = open.map((document) => ({
    label: baseName(document.uri),
    description: vscode.workspace.asRelativePath(document.uri.path),
    document,
  }));
  const placeHolder = vscode.l10n.t("The message to attach the files to");
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.document;
}

async function addToSession(sessions: Sessions, uris: readonly vscode.Uri[]): Promise<void> {
  const document = await chooseSession(sessions);
  if (!document) return;
  const own = document.uri.toString();
  await attachFiles(document, "", () =>
    readFiles(
      document,
      uris.filter((uri) => uri.toString() !== own),
    ),
  );
}

function deleteObject(document: MsgDocument, { id, kind }: { id: string; kind: string }): void {
  const label = kind === "recipient" ? vscode.l10n.t("Delete recipient") : vscode.l10n.t("Delete attachment");
  document.edit(label, (outline) => outline.deleteObject(id));
}

/** The object of a node as its page knows it. */
const objectOf = (element: SessionElement): string => (isSession(element) ? "" : (element.node?.id ?? ""));

/** Registers the commands. */
export function registerSessionCommands(sessions: Sessions): vscode.Disposable {
  return vscode.Disposable.from(
    registerCommand("msgSession.revealInEditor", async (element: SessionElement) => {
      await reveal(sessions, element.document, objectOf(element));
    }),
    registerCommand("msgSession.closeSession", async (element?: SessionElement) => {
      const document = element?.document ?? activeDocument(sessions);
      if (document) await closeSession(document.uri);
    }),
    registerCommand(
      "msgSession.openAttachment",
      async (at: SessionElement | vscode.Uri, address?: string) => {
        if (at instanceof vscode.Uri) await openAttachment(sessions, at, address ?? "");
        else await openAttachment(sessions, at.document.uri, objectOf(at));
      },
    ),
    registerCommand(
      "msgSession.saveAttachmentAs",
      async (at: SessionElement | vscode.Uri, address?: string) => {
        const document = at instanceof vscode.Uri ? sessions.get(at) : at.document;
        const object = at instanceof vscode.Uri ? (address ?? "") : objectOf(at);
        if (document) await saveAttachmentAs(document, object);
      },
    ),
    registerCommand("msgSession.addMessage", async (element: SessionElement) => {
      const { document, message } = messageOfElement(element);
      await addMessage(sessions, document, message);
    }),
    registerCommand("msgSession.replaceMessage", async (element: SessionElement) => {
      await replaceBy(element.document, objectOf(element));
    }),
    registerCommand("msgSession.addToSession", async (uri: vscode.Uri, uris?: readonly vscode.Uri[]) => {
      await addToSession(sessions, uris ?? [uri]);
    }),
    registerCommand("msgSession.addAttachments", async (element: SessionElement) => {
      const { document, message } = messageOfElement(element);
      await addAttachments(document, message);
    }),
    registerCommand("msgSession.deleteObject", ({ document, node }: SessionElement) => {
      if (node) deleteObject(document, node);
      return Promise.resolve();
    }),
  );
}
