import assert from "node:assert/strict";
import * as CFB from "cfb";
import { afterEach, beforeEach, describe, it } from "mocha";
import * as vscode from "vscode";
import { PR_BODY, PR_SUBJECT, PR_TRANSPORT_MESSAGE_HEADERS } from "../../src/core";
import { RefusedError } from "../../src/extension/diskFile";
import { EmbeddedHome } from "../../src/extension/embeddedHome";
import { followParents } from "../../src/extension/embedded";
import { MsgDocument } from "../../src/extension/msgDocument";
import { attachmentUri } from "../../src/extension/msgFileSystemPaths";
import { Sessions } from "../../src/extension/sessions";
import { outlineOf } from "../support/mail";
import { nestedMail } from "../support/nested";
import { changeSubject, type Edit, openDocument } from "./support/documents";
import { bytesOf, temporaryFile, until } from "./support/files";

const log = vscode.window.createOutputChannel("MSG Session tests: embedded", { log: true });
let sessions: Sessions;
let following: vscode.Disposable;
const edits = new Map<MsgDocument, Edit[]>();

beforeEach(() => {
  sessions = new Sessions();
  following = followParents(sessions, "msgSession.editor", log);
});

afterEach(() => {
  for (const document of [...sessions.all].reverse()) document.dispose();
  following.dispose();
  sessions.dispose();
  edits.clear();
});

async function openFile(bytes: Uint8Array): Promise<MsgDocument> {
  const { document, edits: announced } = await openDocument(await temporaryFile("outer.msg", bytes));
  edits.set(document, announced);
  sessions.add(document);
  return document;
}

function embeddedIn(parent: MsgDocument): string {
  const found = parent.outline.message("").attachments.find(({ object }) => object === "message");
  assert.ok(found);
  return found.address;
}

async function openChild(parent: MsgDocument): Promise<MsgDocument> {
  const uri = attachmentUri(parent, embeddedIn(parent));
  assert.ok(uri);
  const child = await MsgDocument.open(uri, undefined, new EmbeddedHome(sessions, uri));
  const announced: Edit[] = [];
  child.onDidEdit((edit) => announced.push(edit));
  edits.set(child, announced);
  sessions.add(child);
  return child;
}

/** Three open levels. */
async function openThree(): Promise<{ outer: MsgDocument; middle: MsgDocument; inner: MsgDocument }> {
  const outer = await openFile(nestedMail());
  const middle = await openChild(outer);
  const inner = await openChild(middle);
  return { outer, middle, inner };
}

const subjectOf = ({ outline }: MsgDocument, address = ""): unknown =>
  outline.property(address, PR_SUBJECT)?.value;

const lastEdit = (document: MsgDocument): Edit => {
  const edit = edits.get(document)?.at(-1);
  assert.ok(edit);
  return edit;
};

/** The streams of a file by their paths as the independent reader `cfb` finds them, as text that can be compared. */
function streamsOf(bytes: Uint8Array): Map<string, string> {
  const { FileIndex, FullPaths } = CFB.read(bytes.slice(), { type: "array" });
  return new Map(
    FileIndex.flatMap((entry, i): [string, string][] => {
      const path = FullPaths[i] ?? "";
      return entry.type === 2 ? [[path, entry.size === 0 ? "" : String(Array.from(entry.content))]] : [];
    }),
  );
}

/** A text as a stream of type PtypString has it, in the form of `streamsOf`. */
const unicodeBytes = (text: string): string =>
  String(Array.from(text).flatMap((letter) => [letter.charCodeAt(0) & 0xff, letter.charCodeAt(0) >> 8]));

describe("an embedded message in an editor of its own", () => {
  it("is opened in the session of the message it is in, which counts for both", async () => {
    const outer = await openFile(nestedMail());
    assert.ok(outer.file.kind === "open");
    const before = outer.file.allocator.used;
    const middle = await openChild(outer);
    assert.ok(middle.file.kind === "open");
    assert.equal(subjectOf(middle), "Middle");
    assert.equal(middle.file.allocator, outer.file.allocator);
    assert.ok(outer.file.allocator.used > before);
    middle.dispose();
    assert.equal(outer.file.allocator.used, before);
  });

  it("saves from the innermost into the file, through each message around it", async () => {
    const bytes = nestedMail();
    const { outer, middle, inner } = await openThree();
    changeSubject(inner, "Changed inside");
    assert.deepEqual(
      [inner, middle, outer].map(({ hasChanges }) => hasChanges),
      [true, false, false],
    );
    await inner.save();
    assert.deepEqual(
      [inner, middle, outer].map(({ hasChanges }) => hasChanges),
      [false, true, false],
    );
    await middle.save();
    assert.deepEqual(
      [inner, middle, outer].map(({ hasChanges }) => hasChanges),
      [false, false, true],
    );
    assert.deepEqual(await bytesOf(outer.uri), bytes);
    await outer.save();
    assert.deepEqual(
      [inner, middle, outer].map(({ hasChanges }) => hasChanges),
      [false, false, false],
    );
    const saved = outlineOf(await bytesOf(outer.uri));
    const middleAt = `${saved.message("").attachments[1]!.address}/m`;
    const innerAt = `${saved.message(middleAt).attachments[1]!.address}/m`;
    assert.equal(saved.property(innerAt, PR_SUBJECT)?.value, "Changed inside");
    assert.equal(saved.property(innerAt, PR_BODY)?.value, "The body of Inner.\r\n");
    assert.equal(saved.property(middleAt, PR_SUBJECT)?.value, "Middle");
  });

  it("changes the streams of the edit and of the times, and not one byte of any other", async () => {
    const before = streamsOf(nestedMail());
    const { outer, middle, inner } = await openThree();
    changeSubject(inner, "Changed inside");
    for (const document of [inner, middle, outer]) await document.save();
    const after = streamsOf(await bytesOf(outer.uri));
    assert.deepEqual([...after.keys()].sort(), [...before.keys()].sort());
    const changed = [...after]
      .filter(([path, content]) => before.get(path) !== content)
      .map(([path]) => path);
    const subjects = changed.filter((path) => /_0037001F$/i.test(path));
    assert.deepEqual(
      subjects.map((path) => after.get(path)),
      [unicodeBytes("Changed inside")],
    );
    const level = /__attach_version1\.0_#0000000[0-9A-F]\/__substg1\.0_3701000D\//gi;
    for (const path of changed) {
      const depth = path.match(level)?.length ?? 0;
      const name = path.slice(path.lastIndexOf("/") + 1);
      const isSubject = depth === 2 && /_(0037|0E1D|3001)001F$/.test(name);
      const isName = depth === 1 && /_3001001F$/.test(name);
      assert.ok(name === "__properties_version1.0" || isSubject || isName, path);
    }
  });

  it("has an undo of its own, and its save is one edit of its parent that undoes", async () => {
    const { outer, middle } = await openThree();
    changeSubject(middle, "First");
    changeSubject(middle, "Second");
    await middle.save();
    assert.deepEqual(
      edits.get(outer)?.map(({ label }) => label),
      ["Save Middle.msg"],
    );
    assert.equal(subjectOf(outer, `${embeddedIn(outer)}/m`), "Second");
    await outer.save();
    await middle.checkDisk();
    await lastEdit(middle).undo();
    assert.equal(subjectOf(middle), "First");
    await middle.save();
    assert.equal(subjectOf(outer, `${embeddedIn(outer)}/m`), "First");
  });

  it("follows its parent while it has no edits of its own", async () => {
    const { outer, middle } = await openThree();
    changeSubject(middle, "Saved");
    await middle.save();
    await lastEdit(outer).undo();
    await until("the child to follow", () => subjectOf(middle) === "Middle");
    assert.equal(middle.hasConflict, false);
    await lastEdit(outer).redo();
    await until("the child to follow again", () => subjectOf(middle) === "Saved");
  });

  it("says so when its parent changed the message under edits of its own, and asks before it saves", async () => {
    const { outer, middle } = await openThree();
    const at = `${embeddedIn(outer)}/m`;
    changeSubject(middle, "Mine");
    outer.edit("Change", (outline) => outline.setProperty(at, PR_SUBJECT, "Theirs"));
    await until("the conflict", () => middle.hasConflict);
    assert.equal(subjectOf(middle), "Mine");
    await assert.rejects(middle.save(), RefusedError);
    assert.equal(subjectOf(outer, at), "Theirs");
    middle.allowOverwrite(true);
    await middle.save();
    assert.equal(subjectOf(outer, at), "Mine");
    assert.equal(middle.hasConflict, false);
  });

  it("goes on when its parent is read again, and knows when nothing changed there", async () => {
    const { outer, middle } = await openThree();
    changeSubject(middle, "Mine");
    await outer.revert();
    await middle.checkDisk();
    assert.equal(middle.hasConflict, false);
    assert.equal(subjectOf(middle), "Mine");
    await middle.save();
    assert.equal(subjectOf(outer, `${embeddedIn(outer)}/m`), "Mine");
    await outer.save();
    assert.equal(subjectOf(outer, `${embeddedIn(outer)}/m`), "Mine");
  });

  it("is saved as what it is when its parent does not have it any more: not into it, but as a file", async () => {
    const { outer, middle } = await openThree();
    changeSubject(middle, "Mine");
    const address = embeddedIn(outer);
    outer.edit("Delete", (outline) => outline.deleteObject(address));
    await middle.checkDisk();
    await assert.rejects(middle.save(), /not in “outer\.msg” any more/);
    assert.equal(middle.hasChanges, true);
    const target = await temporaryFile("out.msg", new Uint8Array());
    await middle.saveAs(target);
    assert.equal(outlineOf(await bytesOf(target)).property("", PR_SUBJECT)?.value, "Mine");
    await lastEdit(outer).undo();
    await middle.save();
    assert.equal(subjectOf(outer, `${address}/m`), "Mine");
  });

  it("keeps its content when its parent is closed, and saves when that is open again", async () => {
    const { outer, middle } = await openThree();
    changeSubject(middle, "Mine");
    const { uri } = outer;
    outer.dispose();
    assert.equal(subjectOf(middle), "Mine");
    await assert.rejects(middle.save(), /“outer\.msg”, which is not open/);
    const { document: again } = await openDocument(uri);
    sessions.add(again);
    await middle.save();
    assert.equal(subjectOf(again, `${embeddedIn(again)}/m`), "Mine");
  });

  it("cannot be edited where its parent cannot", async () => {
    const outer = await openFile(nestedMail());
    outer.readOnly = "The file is write-protected.";
    const middle = await openChild(outer);
    assert.match(middle.readOnlyReason ?? "", /write-protected/);
    assert.throws(() => changeSubject(middle, "No"), RefusedError);
  });

  it("comes back from a backup with its changes, onto the message it was made on", async () => {
    const { outer, middle } = await openThree();
    changeSubject(middle, "Not saved");
    const destination = vscode.Uri.joinPath(outer.uri, "..", "backup");
    const { id } = await middle.backup(destination);
    const { uri } = middle;
    middle.dispose();
    const restored = await MsgDocument.open(uri, id, new EmbeddedHome(sessions, uri));
    sessions.add(restored);
    assert.equal(subjectOf(restored), "Not saved");
    assert.equal(restored.hasConflict, false);
    await restored.save();
    assert.equal(subjectOf(outer, `${embeddedIn(outer)}/m`), "Not saved");
  });

  it("says so when the message of a backup was changed meanwhile", async () => {
    const { outer, middle } = await openThree();
    changeSubject(middle, "Not saved");
    const { id } = await middle.backup(vscode.Uri.joinPath(outer.uri, "..", "backup"));
    const { uri } = middle;
    middle.dispose();
    const at = `${embeddedIn(outer)}/m`;
    outer.edit("Change", (outline) =>
      outline.setProperty(at, PR_TRANSPORT_MESSAGE_HEADERS, "X-Other: 1\r\n"),
    );
    const restored = await MsgDocument.open(uri, id, new EmbeddedHome(sessions, uri));
    sessions.add(restored);
    assert.equal(subjectOf(restored), "Not saved");
    assert.equal(restored.hasConflict, true);
    await assert.rejects(restored.save(), RefusedError);
  });
});
