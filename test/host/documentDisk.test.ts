import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import * as vscode from "vscode";
import { PR_SUBJECT } from "../../src/core";
import { RefusedError } from "../../src/extension/diskFile";
import { besides, safeFileName } from "../../src/extension/valueFiles";
import { bytesOf, MemoryFileSystem, temporaryFile, temporaryFolder } from "./support/files";
import { mail, valueIn } from "../support/mail";
import { changeSubject, openDocument } from "./support/documents";

const subjectOf = ({
  outline,
}: {
  outline: { property(a: string, t: number): { value: unknown } | undefined };
}) => outline.property("", PR_SUBJECT)?.value;

describe("a document: its file changes on disk", () => {
  it("follows the file while nothing is edited", async () => {
    const file = await temporaryFile("clean.msg", mail());
    const { document } = await openDocument(file);
    await vscode.workspace.fs.writeFile(file, mail({ subject: "By another program" }));
    await document.checkDisk();
    assert.equal(subjectOf(document), "By another program");
    assert.equal(document.hasConflict, false);
    changeSubject(document, "And by us");
    await document.save();
    assert.equal(valueIn(await bytesOf(file), PR_SUBJECT), "And by us");
    document.dispose();
  });

  it("tells of the conflict while it is edited, and refuses to save with the reason", async () => {
    const file = await temporaryFile("conflict.msg", mail());
    const { document } = await openDocument(file);
    changeSubject(document, "Ours");
    const theirs = mail({ subject: "Theirs" });
    await vscode.workspace.fs.writeFile(file, theirs);
    await document.checkDisk();
    assert.equal(document.hasConflict, true);
    assert.equal(subjectOf(document), "Ours");
    await assert.rejects(
      document.save(),
      (error) => error instanceof RefusedError && /disk/.test(error.message),
    );
    assert.deepEqual(await bytesOf(file), theirs);
    assert.equal(document.outline.isChanged, true);
    document.allowOverwrite(true);
    await document.save();
    assert.equal(document.hasConflict, false);
    assert.equal(valueIn(await bytesOf(file), PR_SUBJECT), "Ours");
    // The leave to write over the file was for that one time.
    changeSubject(document, "Ours again");
    await vscode.workspace.fs.writeFile(file, theirs);
    await assert.rejects(document.save(), RefusedError);
    document.dispose();
  });

  it("finds a change that nobody has told it of when it saves", async () => {
    const file = await temporaryFile("unseen.msg", mail());
    const { document } = await openDocument(file);
    changeSubject(document, "Ours");
    await vscode.workspace.fs.writeFile(file, mail({ subject: "Theirs" }));
    await assert.rejects(document.save(), RefusedError);
    assert.equal(document.hasConflict, true);
    await document.revert();
    assert.equal(document.hasConflict, false);
    assert.equal(subjectOf(document), "Theirs");
    document.dispose();
  });

  it("takes a file that was written again with the same content for unchanged", async () => {
    const bytes = mail();
    const file = await temporaryFile("touched.msg", bytes);
    const { document } = await openDocument(file);
    changeSubject(document, "Ours");
    await vscode.workspace.fs.writeFile(file, bytes);
    await document.checkDisk();
    assert.equal(document.hasConflict, false);
    await document.save();
    assert.equal(valueIn(await bytesOf(file), PR_SUBJECT), "Ours");
    document.dispose();
  });

  it("forgets the conflict when the file goes back to what it was", async () => {
    const bytes = mail();
    const file = await temporaryFile("back.msg", bytes);
    const { document } = await openDocument(file);
    changeSubject(document, "Ours");
    await vscode.workspace.fs.writeFile(file, mail({ subject: "Theirs" }));
    await document.checkDisk();
    assert.equal(document.hasConflict, true);
    await vscode.workspace.fs.writeFile(file, bytes);
    await document.checkDisk();
    assert.equal(document.hasConflict, false);
    document.dispose();
  });

  it("writes a file that was deleted again", async () => {
    const file = await temporaryFile("deleted.msg", mail());
    const { document } = await openDocument(file);
    changeSubject(document, "Still here");
    await vscode.workspace.fs.delete(file);
    await document.checkDisk();
    assert.equal(document.hasConflict, false);
    assert.equal(subjectOf(document), "Still here");
    await document.save();
    assert.equal(valueIn(await bytesOf(file), PR_SUBJECT), "Still here");
    document.dispose();
  });

  it("does not take its own save for a change by others", async () => {
    const file = await temporaryFile("own.msg", mail());
    const { document, edits } = await openDocument(file);
    for (let i = 0; i < 5; i++) {
      changeSubject(document, `Number ${i}`);
      await Promise.all([document.save(), document.checkDisk(), document.checkDisk()]);
    }
    assert.equal(document.hasConflict, false);
    await edits.at(-1)!.undo();
    assert.equal(subjectOf(document), "Number 3");
    document.dispose();
  });

  it("looks at the disk while a save begins without losing what can be undone", async () => {
    const file = await temporaryFile("race.msg", mail());
    const { document, edits } = await openDocument(file);
    for (let i = 0; i < 5; i++) {
      changeSubject(document, `Number ${i}`);
      await Promise.all([document.checkDisk(), document.save()]);
    }
    await edits.at(-1)!.undo();
    assert.equal(subjectOf(document), "Number 3");
    document.dispose();
  });
});

describe("a document: where it cannot be written", () => {
  let writable: MemoryFileSystem;
  let readOnly: MemoryFileSystem;

  before(async () => {
    writable = await MemoryFileSystem.register("msgtest");
    readOnly = await MemoryFileSystem.register("msgtest-readonly", true);
  });

  after(() => {
    writable.dispose();
    readOnly.dispose();
  });

  it("reads a write-protected file, refuses edits with the reason, and saves a copy", async () => {
    const file = writable.put("/protected.msg", {
      bytes: mail(),
      permissions: vscode.FilePermission.Readonly,
    });
    const { document, edits } = await openDocument(file);
    assert.match(document.readOnlyReason ?? "", /write-protected/);
    assert.throws(() => changeSubject(document, "No"), RefusedError);
    assert.deepEqual(edits, []);
    await assert.rejects(document.save(), /write-protected.*Save As/);
    const target = vscode.Uri.joinPath(await temporaryFolder(), "copy.msg");
    await document.saveAs(target);
    assert.deepEqual(await bytesOf(target), mail());
    document.dispose();
  });

  it("reads from a read-only file system, names it, and saves a copy", async () => {
    const file = readOnly.put("/a.msg", { bytes: mail() });
    const { document } = await openDocument(file);
    assert.match(document.readOnlyReason ?? "", /msgtest-readonly.*read-only/);
    assert.throws(() => changeSubject(document, "No"), RefusedError);
    const target = vscode.Uri.joinPath(await temporaryFolder(), "copy.msg");
    await document.saveAs(target);
    assert.equal(valueIn(await bytesOf(target), PR_SUBJECT), "Quarterly figures");
    document.dispose();
  });

  it("shows a version from Git for reading only", async function () {
    const git = await MemoryFileSystem.register("git", true).catch(() => undefined);
    // Where VS Code's own Git has the scheme, its files are those of real repositories.
    if (git === undefined) return this.skip();
    const { document } = await openDocument(git.put("/a.msg", { bytes: mail() }));
    assert.match(document.readOnlyReason ?? "", /Git/);
    assert.equal(subjectOf(document), "Quarterly figures");
    document.dispose();
    git.dispose();
  });

  it("keeps everything in the editor when writing fails", async () => {
    const uri = writable.put("/locked.msg", {
      bytes: mail(),
      writeError: new Error("The file is locked."),
    });
    const { document } = await openDocument(uri);
    changeSubject(document, "Ours");
    await assert.rejects(document.save(), /locked/);
    assert.equal(document.outline.isChanged, true);
    assert.equal(subjectOf(document), "Ours");
    delete writable.files.get(uri.path)!.writeError;
    await document.save();
    assert.equal(valueIn(await bytesOf(uri), PR_SUBJECT), "Ours");
    assert.equal(document.outline.isChanged, false);
    document.dispose();
  });

  it("notices when not everything was written", async () => {
    const uri = writable.put("/short.msg", { bytes: mail(), shortWrite: 1000 });
    const { document } = await openDocument(uri);
    changeSubject(document, "Ours");
    await assert.rejects(document.save(), /not what was written/);
    assert.equal(document.outline.isChanged, true);
    delete writable.files.get(uri.path)!.shortWrite;
    document.allowOverwrite(true);
    await document.save();
    assert.equal(valueIn(await bytesOf(uri), PR_SUBJECT), "Ours");
    document.dispose();
  });

  it("refuses a file of three gigabytes without reading it", async () => {
    const uri = writable.put("/huge.msg", { bytes: mail(), size: 3 * 1024 ** 3 });
    const { document } = await openDocument(uri);
    assert.ok(document.file.kind === "failed");
    assert.match(document.file.title, /too large: 3\.0 GB/);
    assert.ok(!writable.reads.includes("/huge.msg"));
    document.dispose();
  });

  it("opens a file whose size is told wrong", async () => {
    const uri = writable.put("/zero.msg", { bytes: mail(), size: 0 });
    const { document } = await openDocument(uri);
    assert.equal(subjectOf(document), "Quarterly figures");
    document.dispose();
  });
});

describe("files beside a message", () => {
  it("are offered in its folder, and in the workspace where that cannot be written", async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder);
    const file = await temporaryFile("beside.msg", mail());
    assert.equal(besides(file, "a.txt").toString(), vscode.Uri.joinPath(file, "..", "a.txt").toString());
    const elsewhere = vscode.Uri.joinPath(folder, "a.txt").toString();
    const git = vscode.Uri.from({ scheme: "git-or-other", path: "/x/y.msg", query: '{"ref":"~"}' });
    assert.equal(besides(git, "a.txt").toString(), elsewhere);
    const untitled = vscode.Uri.from({ scheme: "untitled", path: "Untitled-1.msg" });
    assert.equal(besides(untitled, "a.txt").toString(), elsewhere);
  });

  it("have names that are names and nothing more", () => {
    assert.equal(safeFileName("../../etc/passwd", "x"), "_.._etc_passwd");
    assert.equal(safeFileName("a\0b\nc:d|e.txt", "x"), "a_b_c_d_e.txt");
    assert.equal(safeFileName("...", "value.bin"), "value.bin");
    assert.equal(safeFileName("x".repeat(500), "x").length, 120);
  });
});
