/** Commands on open sessions and on what is in them. */
import * as vscode from "vscode";
import { messageOf, type MsgDocument } from "./msgDocument";
import { attachmentUri } from "./msgFileSystemPaths";
import { baseName } from "./msgFileSystemUris";
import { VIEW_TYPE } from "./msgEditorProvider";
import type { Sessions } from "./sessions";
import { attachFiles } from "./sessionsEdits";
import { isSession, messageOfElement, type SessionElement } from "./sessionsTree";
import { closeSession } from "./sessionsTabs";
import { activeDocument } from "./sessionsView";
import { besides } from "./valueFiles";

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
  if (await mayOpen(baseName(uri))) await vscode.commands.executeCommand("vscode.open", uri);
}

async function saveAttachmentAs(document: MsgDocument, address: string): Promise<void> {
  const uri = attachmentUri(document, address);
  if (!uri) return;
  const target = await vscode.window.showSaveDialog({ defaultUri: besides(document.uri, baseName(uri)) });
  if (target) await vscode.workspace.fs.copy(uri, target, { overwrite: true });
}

async function addAttachments(document: MsgDocument, message: string): Promise<void> {
  const chosen = await vscode.window.showOpenDialog({
    title: vscode.l10n.t("Add Attachments"),
    openLabel: vscode.l10n.t("Attach"),
    canSelectMany: true,
  });
  if (!chosen) return;
  const files = chosen.map(async (uri) => ({
    name: baseName(uri),
    bytes: await vscode.workspace.fs.readFile(uri),
  }));
  await attachFiles(document, message, await Promise.all(files));
}

function deleteObject(document: MsgDocument, { id, kind }: { id: string; kind: string }): void {
  const label = kind === "recipient" ? vscode.l10n.t("Delete recipient") : vscode.l10n.t("Delete attachment");
  document.edit(label, (outline) => outline.deleteObject(id));
}

/** The object of a node as its page knows it. */
const objectOf = (element: SessionElement): string => (isSession(element) ? "" : (element.node?.id ?? ""));

/** Registers the commands. */
export function registerSessionCommands(sessions: Sessions): vscode.Disposable {
  const command = (id: string, run: (...args: never[]) => Promise<unknown>): vscode.Disposable =>
    vscode.commands.registerCommand(id, async (...args: never[]) => {
      try {
        await run(...args);
      } catch (error) {
        void vscode.window.showErrorMessage(messageOf(error));
      }
    });
  return vscode.Disposable.from(
    command("msgSession.revealInEditor", async (element: SessionElement) => {
      await reveal(sessions, element.document, objectOf(element));
    }),
    command("msgSession.closeSession", async (element?: SessionElement) => {
      const document = element?.document ?? activeDocument(sessions);
      if (document) await closeSession(document.uri);
    }),
    command("msgSession.openAttachment", async (at: SessionElement | vscode.Uri, address?: string) => {
      if (at instanceof vscode.Uri) await openAttachment(sessions, at, address ?? "");
      else await openAttachment(sessions, at.document.uri, objectOf(at));
    }),
    command("msgSession.saveAttachmentAs", async ({ document, node }: SessionElement) => {
      if (node) await saveAttachmentAs(document, node.id);
    }),
    command("msgSession.addAttachments", async (element: SessionElement) => {
      const { document, message } = messageOfElement(element);
      await addAttachments(document, message);
    }),
    command("msgSession.deleteObject", ({ document, node }: SessionElement) => {
      if (node) deleteObject(document, node);
      return Promise.resolve();
    }),
  );
}
