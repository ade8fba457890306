/** The requests about attachments as a page makes them: each one edit, refused before anything is read where it does not fit. */
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "mocha";
import * as vscode from "vscode";
import {
  PR_ATTACH_CONTENT_ID,
  PR_ATTACH_DATA_BIN,
  PR_ATTACH_EXTENSION,
  PR_ATTACH_FLAGS,
  PR_ATTACH_LONG_FILENAME,
  PR_ATTACHMENT_HIDDEN,
  PR_SUBJECT,
} from "../../src/core";
import { readFiles } from "../../src/extension/attachmentsFiles";
import { Uploads } from "../../src/extension/attachmentsUploads";
import { uniqueNames, writeFiles } from "../../src/extension/attachmentsSaving";
import { attachFiles } from "../../src/extension/sessionsEdits";
import { PROTOCOL_VERSION } from "../../src/protocol/messages";
import { forwardedThread } from "../../scripts/samples/mails";
import { answer } from "./support/dialogs";
import { type OpenDocument, openDocument } from "./support/documents";
import { TestPage } from "./support/fakePanel";
import { temporaryFile, temporaryFolder, until } from "./support/files";

let number = 0;
let at: OpenDocument;
let page: TestPage;

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

async function upload(...files: readonly { name: string; bytes: Uint8Array }[]): Promise<readonly string[]> {
  const { upload } = await page.get("beginUpload", {
    files: files.map(({ name, bytes: { length } }) => ({ name, size: length })),
  });
  for (const [file, each] of files.entries()) {
    const half = Math.ceil(each.bytes.length / 2);
    for (const part of [each.bytes.slice(0, half), each.bytes.slice(half)]) {
      await page.get("sendChunk", { upload, file, bytes: part });
    }
  }
  return (await page.get("finishUpload", { upload, message: "" })).objects;
}

const value = (object: string, tag: number): unknown => at.document.outline.property(object, tag)?.value;
const names = (): unknown[] =>
  at.document.outline.message("").attachments.map(({ address }) => value(address, PR_ATTACH_LONG_FILENAME));

async function undoes(task: () => Promise<unknown>): Promise<void> {
  const before = at.document.outline.snapshot();
  const edits = at.edits.length;
  await task();
  assert.equal(at.edits.length, edits + 1, "one edit");
  const after = at.document.outline.snapshot();
  await at.edits[edits]?.undo();
  assert.equal(at.document.outline.snapshot().message, before.message);
  await at.edits[edits]?.redo();
  assert.equal(at.document.outline.snapshot().message, after.message);
}

describe("the requests about attachments", () => {
  beforeEach(async () => {
    at = await openDocument(vscode.Uri.from({ scheme: "untitled", path: `Attach-${++number}.msg` }));
    page = new TestPage(at.document);
    await page.get("ready", { version: PROTOCOL_VERSION });
  });

  afterEach(() => {
    page.dispose();
    at.document.dispose();
  });

  it("take files in pieces, several as one edit, a .msg as the message it is", async () => {
    await undoes(() =>
      upload(
        { name: "a.txt", bytes: bytes("first") },
        { name: "empty.bin", bytes: new Uint8Array() },
        { name: "inner.msg", bytes: forwardedThread().bytes },
        { name: "broken.msg", bytes: bytes("no compound file") },
      ),
    );
    const { attachments } = at.document.outline.message("");
    assert.deepEqual(
      attachments.map(({ object }) => object),
      [undefined, undefined, "message", undefined],
    );
    assert.deepEqual(value(attachments[0]!.address, PR_ATTACH_DATA_BIN), bytes("first"));
    assert.equal(value(`${attachments[2]!.address}/m`, PR_SUBJECT), "FW: Hotel in Lisbon");
  });

  it("leave the message as it was when files on their way are called off, and end with the page", async () => {
    const stop = new vscode.CancellationTokenSource();
    const closing: (() => void)[] = [];
    const context = { document: at.document, onClose: (task: () => void) => void closing.push(task) };
    const uploads = new Uploads(context, stop.token);
    const id = uploads.begin([{ name: "a.txt", size: 4 }]);
    assert.equal(uploads.take(id, 0, bytes("ab")), true);
    stop.cancel();
    await until("the page to be told", () => !uploads.take(id, 0, new Uint8Array()));
    assert.deepEqual(uploads.finish(id), []);
    assert.equal(at.edits.length, 0);

    const other = new Uploads(context);
    const open = other.begin([{ name: "b.txt", size: 4 }]);
    for (const close of closing) close();
    assert.throws(() => other.take(open, 0, bytes("b")), /not being sent any more/);
  });

  it("refuse what does not fit before a byte of it is sent, and more bytes than were announced", async () => {
    const huge = await page.refusal("beginUpload", { files: [{ name: "huge.iso", size: 3 * 1024 ** 3 }] });
    assert.equal(huge.code, "invalid");
    assert.match(huge.message, /huge\.iso/);
    const { upload: id } = await page.get("beginUpload", { files: [{ name: "a", size: 2 }] });
    const more = await page.refusal("sendChunk", { upload: id, file: 0, bytes: bytes("abc") });
    assert.equal(more.code, "invalid");
    assert.equal((await page.refusal("finishUpload", { upload: id, message: "" })).code, "notFound");
    const { upload: cut } = await page.get("beginUpload", { files: [{ name: "a", size: 2 }] });
    assert.equal((await page.refusal("finishUpload", { upload: cut, message: "" })).code, "invalid");
    assert.equal(at.edits.length, 0);
  });

  it("take files of the workspace by URI, and refuse folders and what is no file", async () => {
    const file = await temporaryFile("ümlaut.txt", bytes("by uri"));
    const attach = (uri: string) =>
      page.ask("attachUris", { message: "", uris: [uri], revision: at.document.revision });
    assert.ok((await attach(file.toString())).ok);
    assert.deepEqual(names(), ["ümlaut.txt"]);
    for (const uri of [vscode.Uri.joinPath(file, "..").toString(), `${file.toString()}.none`]) {
      const answer = await attach(uri);
      assert.ok(!answer.ok && answer.error.code === "invalid");
    }
  });

  it("attach nothing of several files when reading them is called off", async () => {
    const { document } = at;
    const files = [await temporaryFile("a.txt", bytes("a")), await temporaryFile("b.txt", bytes("b"))];
    const before = document.outline.snapshot();
    const stop = new vscode.CancellationTokenSource();
    const attaching = attachFiles(document, "", () => readFiles(document, files, stop.token));
    stop.cancel();
    await attaching;
    assert.deepEqual(await readFiles(document, files, stop.token), []);
    assert.equal(at.edits.length, 0);
    assert.equal(document.outline.snapshot().message, before.message);
    await undoes(() => attachFiles(document, "", () => readFiles(document, files)));
    assert.deepEqual(names(), ["a.txt", "b.txt"]);
  });

  it("rename, move, show in the text and hide, each undone as one", async () => {
    const [a, b] = (await upload(
      { name: "a.txt", bytes: bytes("a") },
      { name: "b.txt", bytes: bytes("b") },
    )) as [string, string];
    const { document } = at;
    await undoes(() =>
      page.get("renameAttachment", { object: a, name: "../x/new.png", revision: document.revision }),
    );
    assert.deepEqual(names(), [".._x_new.png", "b.txt"]);
    assert.equal(value(a, PR_ATTACH_EXTENSION), ".png");
    await undoes(() => page.get("moveAttachment", { object: b, index: 0, revision: document.revision }));
    assert.deepEqual(names(), ["b.txt", ".._x_new.png"]);
    await undoes(() =>
      page.get("setAttachmentInline", { object: a, inline: true, revision: document.revision }),
    );
    assert.match(String(value(a, PR_ATTACH_CONTENT_ID)), /@/);
    assert.equal(value(a, PR_ATTACH_FLAGS), 4);
    assert.equal(value(a, PR_ATTACHMENT_HIDDEN), true);
    await undoes(() =>
      page.get("setAttachmentInline", { object: a, inline: false, revision: document.revision }),
    );
    assert.equal(value(a, PR_ATTACH_FLAGS), 0);
    await undoes(() =>
      page.get("setAttachmentHidden", { object: b, hidden: true, revision: document.revision }),
    );
    const stale = await page.refusal("renameAttachment", { object: a, name: "z", revision: 0 });
    assert.equal(stale.code, "stale");
    const empty = await page.refusal("renameAttachment", {
      object: a,
      name: " ",
      revision: document.revision,
    });
    assert.equal(empty.code, "invalid");
  });
});

describe("attachments that are saved", () => {
  const HOSTILE = ["../../evil.txt", "C:\\Windows\\evil.exe", "con.txt", "a\u202etxt.exe", "a.txt", "A.TXT"];
  const SAFE = [".._.._evil.txt", "C__Windows_evil.exe", "_con.txt", "atxt.exe", "a.txt", "A (2).TXT"];
  let folder: vscode.Uri;

  /** A message whose attachments call themselves so; their names are written past everything that makes names safe. */
  async function openWith(attached: readonly string[]): Promise<string[]> {
    at = await openDocument(vscode.Uri.from({ scheme: "untitled", path: `Save-${++number}.msg` }));
    page = new TestPage(at.document);
    await page.get("ready", { version: PROTOCOL_VERSION });
    folder = await temporaryFolder();
    const objects = await upload(...attached.map((name) => ({ name: "x.bin", bytes: bytes(name) })));
    at.document.edit("Names", (outline) => {
      for (const [i, object] of objects.entries())
        outline.setProperty(object, PR_ATTACH_LONG_FILENAME, attached[i] ?? "");
    });
    return [...objects];
  }

  const saved = async (): Promise<string[]> =>
    (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name).sort();
  const textIn = async (name: string): Promise<string> =>
    new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, name)));

  afterEach(() => {
    page.dispose();
    at.document.dispose();
  });

  it("one by one are proposed under a safe name beside the message, and are their bytes", async () => {
    const [first] = await openWith(HOSTILE);
    assert.ok(first !== undefined);
    const dialog = answer("showSaveDialog", vscode.Uri.joinPath(folder, "chosen.txt"));
    try {
      assert.equal((await page.get("saveAttachment", { object: first })).saved, 1);
    } finally {
      dialog.restore();
    }
    const [{ defaultUri }] = dialog.asked as [vscode.SaveDialogOptions];
    assert.equal(defaultUri?.path.slice(defaultUri.path.lastIndexOf("/") + 1), SAFE[0]);
    assert.equal(await textIn("chosen.txt"), HOSTILE[0]);
    const called = answer("showSaveDialog", undefined);
    try {
      assert.equal((await page.get("saveAttachment", { object: first })).saved, 0);
    } finally {
      called.restore();
    }
  });

  it("all at once come into the folder and nowhere else, under names that differ", async () => {
    await openWith(HOSTILE);
    const around = (await vscode.workspace.fs.readDirectory(vscode.Uri.joinPath(folder, ".."))).length;
    const dialog = answer("showOpenDialog", [folder]);
    try {
      assert.equal((await page.get("saveAllAttachments", { message: "" })).saved, HOSTILE.length);
    } finally {
      dialog.restore();
    }
    assert.deepEqual(await saved(), [...SAFE].sort());
    for (const [i, name] of SAFE.entries()) assert.equal(await textIn(name), HOSTILE[i]);
    assert.equal((await vscode.workspace.fs.readDirectory(vscode.Uri.joinPath(folder, ".."))).length, around);
  });

  it("all at once are called off between two files, and say how many were written", async () => {
    await openWith(["a.txt", "b.txt", "c.txt"]);
    const { outline } = at.document;
    const files = outline
      .message("")
      .attachments.map(({ address }, i) => ({ object: address, name: `${i}.txt` }));
    const source = new vscode.CancellationTokenSource();
    let asked = 0;
    // Called off while the second file is written.
    const stop: vscode.CancellationToken = {
      get isCancellationRequested() {
        return ++asked > 2;
      },
      onCancellationRequested: source.token.onCancellationRequested,
    };
    assert.equal(await writeFiles(outline, folder, files, stop), 2);
    assert.deepEqual(await saved(), ["0.txt", "1.txt"]);
    assert.equal(await writeFiles(outline, folder, files, source.token), 3);
    assert.deepEqual(await saved(), ["0.txt", "1.txt", "2.txt"]);
    source.dispose();
  });

  it("all at once leave files that are there alone, unless the person says to overwrite them", async () => {
    await openWith(["a.txt", "b.txt"]);
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, "A.txt"), bytes("there before"));
    const dialog = answer("showOpenDialog", [folder]);
    try {
      for (const [reply, count] of [
        [undefined, 0],
        ["Keep Both", 2],
      ] as const) {
        const question = answer("showWarningMessage", reply);
        try {
          assert.equal((await page.get("saveAllAttachments", { message: "" })).saved, count);
        } finally {
          question.restore();
        }
        assert.equal(question.asked.length, 1);
      }
    } finally {
      dialog.restore();
    }
    assert.equal(await textIn("A.txt"), "there before");
    assert.equal(await textIn("a (2).txt"), "a.txt");
    assert.equal(await textIn("b.txt"), "b.txt");
  });
});

describe("names of saved attachments", () => {
  it("are numbered where they meet, in any case of letters", () => {
    assert.deepEqual(uniqueNames(["a.txt", "A.txt", "a (2).txt", "b"], ["B"]), [
      "a.txt",
      "A (2).txt",
      "a (2) (2).txt",
      "b (2)",
    ]);
  });
});
