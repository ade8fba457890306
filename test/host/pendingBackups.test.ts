import assert from "node:assert/strict";
import { describe, it } from "mocha";
import * as vscode from "vscode";
import { PR_SUBJECT } from "../../src/core";
import type { MsgDocument } from "../../src/extension/msgDocument";
import { MsgEditorProvider } from "../../src/extension/msgEditorProvider";
import { Sessions } from "../../src/extension/sessions";
import { mail } from "../support/mail";
import { changeSubject, EXTENSION_ID } from "./support/documents";
import { FakePanel, MemoryMemento } from "./support/fakePanel";
import { Preferences } from "../../src/extension/preferences";
import { temporaryFile, temporaryFolder, until } from "./support/files";

const log = vscode.window.createOutputChannel("MSG Session tests: backups", { log: true });

/** A window: a provider of its own over the storage of the workspace. */
function newWindow(storage: vscode.Uri | undefined): MsgEditorProvider {
  const extension = vscode.extensions.getExtension(EXTENSION_ID);
  assert.ok(extension);
  return new MsgEditorProvider(
    extension.extensionUri,
    storage,
    log,
    new Sessions(),
    new Preferences(new MemoryMemento()),
  );
}

const open = (provider: MsgEditorProvider, uri: vscode.Uri): Promise<MsgDocument> =>
  provider.openCustomDocument(uri, { backupId: undefined, untitledDocumentData: undefined });

const subjectOf = (document: MsgDocument): unknown => document.outline.property("", PR_SUBJECT)?.value;

/** A file with unsaved changes that were backed up, and the window that has it open. */
async function backedUp(): Promise<{
  storage: vscode.Uri;
  file: vscode.Uri;
  provider: MsgEditorProvider;
  document: MsgDocument;
}> {
  const storage = await temporaryFolder();
  const file = await temporaryFile("pending.msg", mail());
  const provider = newWindow(storage);
  const document = await open(provider, file);
  changeSubject(document, "Not saved yet");
  const destination = vscode.Uri.joinPath(storage, "backups", "1");
  await provider.backupCustomDocument(document, { destination });
  return { storage, file, provider, document };
}

/** What another window finds when it opens the file and VS Code names no backup. */
async function subjectInNextWindow(storage: vscode.Uri | undefined, file: vscode.Uri): Promise<unknown> {
  const document = await open(newWindow(storage), file);
  const subject = subjectOf(document);
  document.dispose();
  return subject;
}

describe("backups that VS Code has forgotten", () => {
  it("bring the unsaved changes back, and VS Code hears that there are some", async () => {
    const { storage, file } = await backedUp();
    const provider = newWindow(storage);
    const changed: MsgDocument[] = [];
    provider.onDidChangeCustomDocument((event) => changed.push(event.document));
    const document = await open(provider, file);
    assert.equal(subjectOf(document), "Not saved yet");
    await provider.resolveCustomEditor(document, new FakePanel());
    assert.deepEqual(changed, [document]);
    await provider.resolveCustomEditor(document, new FakePanel());
    assert.equal(changed.length, 1);
    document.dispose();
  });

  for (const [how, end] of [
    ["saved", ({ provider, document }) => provider.saveCustomDocument(document)],
    ["reverted", ({ provider, document }) => provider.revertCustomDocument(document)],
    [
      "closed",
      ({ document }) => {
        document.dispose();
        return Promise.resolve();
      },
    ],
  ] satisfies [string, (opened: Awaited<ReturnType<typeof backedUp>>) => Promise<void>][]) {
    it(`are not used after the document was ${how}`, async () => {
      const opened = await backedUp();
      await end(opened);
      const folder = vscode.Uri.joinPath(opened.storage, "pending");
      await until(
        "the note to be gone",
        async () => (await vscode.workspace.fs.readDirectory(folder)).length === 0,
      );
      await vscode.workspace.fs.writeFile(opened.file, mail({ subject: "In the file" }));
      assert.equal(await subjectInNextWindow(opened.storage, opened.file), "In the file");
    });
  }

  it("are not used when the backup is gone, or there is no workspace", async () => {
    const { storage, file } = await backedUp();
    assert.notEqual(await subjectInNextWindow(undefined, file), "Not saved yet");
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(storage, "backups", "1"));
    assert.notEqual(await subjectInNextWindow(storage, file), "Not saved yet");
  });
});
