import assert from "node:assert/strict";
import { describe, it } from "mocha";
import * as vscode from "vscode";
import { MAPI_CC, PR_BODY, PR_DISPLAY_NAME, PR_SUBJECT, recipientProperties } from "../../src/core";
import { RefusedError } from "../../src/extension/diskFile";
import { bytesOf, temporaryFile, temporaryFolder } from "./support/files";
import { mail, outlineOf, valueIn } from "../support/mail";
import { changeSubject, openDocument } from "./support/documents";

describe("a document: edits", () => {
  it("edits, undoes, does again, and saves what can be read back", async () => {
    const file = await temporaryFile("edit.msg", mail());
    const { document, edits } = await openDocument(file);
    const subject = (): unknown => document.outline.property("", PR_SUBJECT)?.value;

    changeSubject(document, "One");
    changeSubject(document, "Two – with a dash and 🍀");
    assert.deepEqual(
      edits.map(({ label }) => label),
      ["Change Subject", "Change Subject"],
    );
    assert.equal(subject(), "Two – with a dash and 🍀");
    await edits[1]!.undo();
    assert.equal(subject(), "One");
    await edits[0]!.undo();
    assert.equal(subject(), "Quarterly figures");
    assert.equal(document.outline.isChanged, false);
    await edits[0]!.redo();
    await edits[1]!.redo();
    assert.equal(subject(), "Two – with a dash and 🍀");
    assert.equal(valueIn(await bytesOf(file), PR_SUBJECT), "Quarterly figures");

    await document.save();
    assert.equal(document.outline.isChanged, false);
    const saved = await bytesOf(file);
    assert.equal(valueIn(saved, PR_SUBJECT), "Two – with a dash and 🍀");
    assert.equal(valueIn(saved, PR_BODY), "Hello\r\nthere\r\n");
    document.dispose();
  });

  it("goes on undoing after a save, and saves that too", async () => {
    const file = await temporaryFile("undo-after-save.msg", mail());
    const { document, edits } = await openDocument(file);
    changeSubject(document, "Saved");
    await document.save();
    await edits[0]!.undo();
    assert.equal(document.outline.isChanged, true);
    await document.save();
    assert.equal(valueIn(await bytesOf(file), PR_SUBJECT), "Quarterly figures");
    document.dispose();
  });

  it("does not announce an edit that changes nothing, and keeps the revision", async () => {
    const { document, edits } = await openDocument(await temporaryFile("same.msg", mail()));
    const { revision } = document;
    changeSubject(document, "Quarterly figures");
    assert.deepEqual(edits, []);
    assert.equal(document.revision, revision);
    document.dispose();
  });

  it("leaves everything as it was when an edit fails half way", async () => {
    const { document, edits } = await openDocument(await temporaryFile("half.msg", mail()));
    assert.throws(
      () =>
        document.edit("Fails", (outline) => {
          outline.setProperty("", PR_SUBJECT, "half done");
          throw new Error("stop");
        }),
      /stop/,
    );
    assert.equal(document.outline.property("", PR_SUBJECT)?.value, "Quarterly figures");
    assert.deepEqual(edits, []);
    document.dispose();
  });

  it("saves a document without changes byte for byte as it was", async () => {
    const bytes = mail();
    const file = await temporaryFile("same.msg", bytes);
    const { document } = await openDocument(file);
    await document.save();
    assert.deepEqual(await bytesOf(file), bytes);
    document.dispose();
  });

  it("saves a change that was undone byte for byte as it was", async () => {
    const bytes = mail();
    const file = await temporaryFile("undone.msg", bytes);
    const { document, edits } = await openDocument(file);
    changeSubject(document, "Something else");
    const [recipient] = document.outline.message("").recipients;
    document.edit("Delete", (outline) => outline.deleteObject(recipient!.address));
    await edits[1]!.undo();
    await edits[0]!.undo();
    await document.save();
    assert.deepEqual(await bytesOf(file), bytes);
    document.dispose();
  });

  it("edits recipients and attachments, adds and deletes them", async () => {
    const file = await temporaryFile("objects.msg", mail());
    const { document } = await openDocument(file);
    const { recipients, attachments } = document.outline.message("");
    document.edit("Rename", (outline) => {
      outline.setProperty(recipients[0]!.address, PR_DISPLAY_NAME, "Ann Other");
    });
    document.edit("Delete", (outline) => outline.deleteObject(attachments[0]!.address));
    document.edit("Add", (outline) =>
      outline.addRecipient(
        "",
        recipientProperties({ kind: MAPI_CC, name: "Bob", address: "bob@example.com", unicode: true }),
      ),
    );
    await document.save();
    const saved = outlineOf(await bytesOf(file));
    const names = saved
      .message("")
      .recipients.map(({ address }) => saved.property(address, PR_DISPLAY_NAME)?.value);
    assert.deepEqual(names, ["Ann Other", "Bob"]);
    assert.deepEqual(saved.message("").attachments, []);
    document.dispose();
  });
});

describe("a document: other ways to save", () => {
  it("saves as a copy and stays what and where it is", async () => {
    const file = await temporaryFile("source.msg", mail());
    const before = await bytesOf(file);
    const target = vscode.Uri.joinPath(await temporaryFolder(), "copy.msg");
    const { document } = await openDocument(file);
    changeSubject(document, "In the copy");
    await document.saveAs(target);
    assert.equal(valueIn(await bytesOf(target), PR_SUBJECT), "In the copy");
    assert.deepEqual(await bytesOf(file), before);
    assert.equal(document.outline.isChanged, true);
    assert.equal(document.outline.property("", PR_SUBJECT)?.change, "changed");
    document.dispose();
  });

  it("reverts to the file and refuses to undo what was before", async () => {
    const file = await temporaryFile("revert.msg", mail());
    const { document, edits } = await openDocument(file);
    changeSubject(document, "Dropped");
    const { revision } = document;
    await document.revert();
    assert.equal(document.outline.property("", PR_SUBJECT)?.value, "Quarterly figures");
    assert.ok(document.revision > revision);
    assert.throws(() => edits[0]!.undo(), RefusedError);
    changeSubject(document, "After the revert");
    await document.save();
    assert.equal(valueIn(await bytesOf(file), PR_SUBJECT), "After the revert");
    document.dispose();
  });

  it("does saves that overlap one after the other", async () => {
    const file = await temporaryFile("overlap.msg", mail());
    const { document } = await openDocument(file);
    changeSubject(document, "First");
    const first = document.save();
    changeSubject(document, "Second");
    await Promise.all([
      first,
      document.save(),
      document.saveAs(file.with({ path: `${file.path}.copy.msg` })),
    ]);
    assert.equal(valueIn(await bytesOf(file), PR_SUBJECT), "Second");
    assert.equal(document.hasConflict, false);
    document.dispose();
  });

  it("keeps an edit that comes while a save is under way", async () => {
    const file = await temporaryFile("meanwhile.msg", mail());
    const { document } = await openDocument(file);
    changeSubject(document, "Saved");
    const saving = document.save();
    await Promise.resolve();
    changeSubject(document, "Typed meanwhile");
    await saving;
    assert.equal(document.outline.property("", PR_SUBJECT)?.value, "Typed meanwhile");
    await document.save();
    assert.equal(valueIn(await bytesOf(file), PR_SUBJECT), "Typed meanwhile");
    assert.equal(document.outline.isChanged, false);
    document.dispose();
  });
});

describe("a document: backups", () => {
  it("comes back from a backup with its changes, and saves them", async () => {
    const file = await temporaryFile("backup.msg", mail());
    const { document } = await openDocument(file);
    changeSubject(document, "Not saved yet");
    const destination = vscode.Uri.joinPath(await temporaryFolder(), "deeper", "backup");
    const backup = await document.backup(destination);
    document.dispose();

    const again = await openDocument(file, backup.id);
    assert.equal(again.document.outline.property("", PR_SUBJECT)?.value, "Not saved yet");
    assert.equal(again.document.hasConflict, false);
    await again.document.save();
    assert.equal(valueIn(await bytesOf(file), PR_SUBJECT), "Not saved yet");
    again.document.dispose();
  });

  it("takes its backup away when asked to", async () => {
    const { document } = await openDocument(await temporaryFile("gone.msg", mail()));
    const folder = await temporaryFolder();
    const backup = await document.backup(vscode.Uri.joinPath(folder, "backup"));
    assert.equal((await vscode.workspace.fs.readDirectory(folder)).length, 2);
    backup.delete();
    for (let left = 2; left > 0;) left = (await vscode.workspace.fs.readDirectory(folder)).length;
    backup.delete();
    document.dispose();
  });

  it("keeps the changes of a backup whose file was changed meanwhile, and asks before it saves", async () => {
    const file = await temporaryFile("backup.msg", mail());
    const { document } = await openDocument(file);
    changeSubject(document, "Not saved yet");
    const backup = await document.backup(vscode.Uri.joinPath(await temporaryFolder(), "backup"));
    document.dispose();
    await vscode.workspace.fs.writeFile(file, mail({ subject: "By another program" }));

    const again = await openDocument(file, backup.id);
    assert.equal(again.document.outline.property("", PR_SUBJECT)?.value, "Not saved yet");
    assert.equal(again.document.hasConflict, true);
    await assert.rejects(again.document.save(), /changed on disk/);
    assert.equal(valueIn(await bytesOf(file), PR_SUBJECT), "By another program");
    await vscode.workspace.fs.writeFile(file, mail({ subject: "By another program, again" }));
    await again.document.checkDisk();
    assert.equal(again.document.outline.property("", PR_SUBJECT)?.value, "Not saved yet");
    assert.equal(again.document.hasConflict, true);
    again.document.allowOverwrite(true);
    await again.document.save();
    assert.equal(valueIn(await bytesOf(file), PR_SUBJECT), "Not saved yet");
    again.document.dispose();
  });

  it("keeps the changes of a backup when the file changes after the reload", async () => {
    const file = await temporaryFile("backup.msg", mail());
    const { document } = await openDocument(file);
    changeSubject(document, "Not saved yet");
    const backup = await document.backup(vscode.Uri.joinPath(await temporaryFolder(), "backup"));
    document.dispose();
    const again = await openDocument(file, backup.id);
    await vscode.workspace.fs.writeFile(file, mail({ subject: "By another program" }));
    await again.document.checkDisk();
    assert.equal(again.document.outline.property("", PR_SUBJECT)?.value, "Not saved yet");
    assert.equal(again.document.hasConflict, true);
    again.document.dispose();
  });

  it("brings the changes back when the file itself is gone", async () => {
    const file = await temporaryFile("backup.msg", mail());
    const { document } = await openDocument(file);
    changeSubject(document, "All that is left");
    const backup = await document.backup(vscode.Uri.joinPath(await temporaryFolder(), "backup"));
    document.dispose();
    await vscode.workspace.fs.delete(file);
    const again = await openDocument(file, backup.id);
    assert.equal(again.document.hasConflict, false);
    await again.document.save();
    assert.equal(valueIn(await bytesOf(file), PR_SUBJECT), "All that is left");
    again.document.dispose();
  });

  it("says so when a backup is damaged", async () => {
    const file = await temporaryFile("backup.msg", mail());
    const { document } = await openDocument(file);
    const destination = vscode.Uri.joinPath(await temporaryFolder(), "backup");
    const backup = await document.backup(destination);
    document.dispose();
    await vscode.workspace.fs.writeFile(
      destination.with({ path: `${destination.path}.json` }),
      new TextEncoder().encode("[]"),
    );
    const again = await openDocument(file, backup.id);
    assert.ok(again.document.file.kind === "failed");
    assert.match(again.document.file.details.join("\n"), /backup of the unsaved changes is damaged/);
    again.document.dispose();
  });
});
