/** Messages that are not on disk: in a file system of another extension, as in a virtual workspace. */
import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "mocha";
import * as vscode from "vscode";
import { PR_ATTACH_DATA_BIN, PR_SUBJECT } from "../../src/core";
import { VIEW_TYPE } from "../../src/extension/msgEditorProvider";
import { insideUri } from "../../src/extension/msgFileSystemUris";
import { mail, outlineOf } from "../support/mail";
import { nestedMail } from "../support/nested";
import { MemoryFileSystem, until } from "./support/files";

const { fs } = vscode.workspace;
const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);
const utf8 = (value: string): Uint8Array => new TextEncoder().encode(value);

/** The tab of a message in our editor. */
const tabOf = (uri: vscode.Uri): vscode.Tab | undefined =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .find(
      ({ input }) =>
        input instanceof vscode.TabInputCustom &&
        input.viewType === VIEW_TYPE &&
        input.uri.toString() === uri.toString(),
    );

/** Opens a message by its name, as from the Explorer by a double click, and waits until its session is open. */
async function openMessage(uri: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand("vscode.open", uri, { preview: false });
  await until(`the editor of ${uri.path}`, () => tabOf(uri) !== undefined);
  await until(`the session of ${uri.path}`, () =>
    Promise.resolve(fs.stat(insideUri(uri, []))).then(
      () => true,
      () => false,
    ),
  );
}

/** Saves what is in front. */
async function save(uri: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand("vscode.openWith", uri, VIEW_TYPE);
  await until("unsaved changes", () => tabOf(uri)?.isDirty === true);
  await vscode.commands.executeCommand("workbench.action.files.save");
  await until("no unsaved changes", () => tabOf(uri)?.isDirty === false);
}

describe("a message in another file system", () => {
  let writable: MemoryFileSystem;
  let readOnly: MemoryFileSystem;

  before(async () => {
    writable = await MemoryFileSystem.register("msgvirtual");
    readOnly = await MemoryFileSystem.register("msgvirtual-readonly", true);
  });

  afterEach(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  after(() => {
    writable.dispose();
    readOnly.dispose();
  });

  it("is opened in the editor, edited through its files, and saved there", async () => {
    const uri = writable.put("/mail.msg", { bytes: mail() });
    await openMessage(uri);
    const notes = insideUri(uri, ["attachments", "notes.txt"]);
    assert.equal(text(await fs.readFile(notes)), "three words here");
    await fs.writeFile(notes, utf8("four words are here"));
    await fs.writeFile(insideUri(uri, ["attachments", "new.txt"]), utf8("another"));
    assert.deepEqual(
      writable.files.get("/mail.msg")?.bytes,
      mail(),
      "Nothing is written before it is saved.",
    );
    await save(uri);

    const saved = outlineOf(writable.files.get("/mail.msg")!.bytes);
    assert.equal(saved.property("", PR_SUBJECT)?.value, "Quarterly figures");
    assert.deepEqual(
      saved
        .message("")
        .attachments.map(({ address }) => text(saved.storedBytes(address, PR_ATTACH_DATA_BIN)))
        .sort(),
      ["another", "four words are here"],
    );
  });

  it("has its embedded messages in editors of their own, saved through it", async () => {
    const uri = writable.put("/outer.msg", { bytes: nestedMail() });
    await openMessage(uri);
    const middle = insideUri(uri, ["attachments", "Middle.msg"]);
    await openMessage(middle);
    await fs.writeFile(insideUri(middle, ["body.txt"]), utf8("Written inside\r\n"));
    await save(middle);
    await save(uri);
    const saved = writable.files.get("/outer.msg")!.bytes;
    await openMessage(writable.put("/again.msg", { bytes: saved }));
    const again = insideUri(vscode.Uri.from({ scheme: writable.scheme, path: "/again.msg" }), [
      "attachments",
      "Middle.msg",
    ]);
    await openMessage(again);
    assert.equal(text(await fs.readFile(insideUri(again, ["body.txt"]))), "Written inside\r\n");
  });

  it("that cannot be written is shown, and so are its files, all of them read-only", async () => {
    const uri = readOnly.put("/mail.msg", { bytes: mail() });
    await openMessage(uri);
    const notes = insideUri(uri, ["attachments", "notes.txt"]);
    assert.equal((await fs.stat(notes)).permissions, vscode.FilePermission.Readonly);
    await assert.rejects(async () => fs.writeFile(notes, utf8("no")));
    assert.equal(text(await fs.readFile(notes)), "three words here");
    assert.equal(tabOf(uri)?.isDirty, false);
    assert.deepEqual(readOnly.files.get("/mail.msg")?.bytes, mail());
  });
});
