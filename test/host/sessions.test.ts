import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "mocha";
import * as vscode from "vscode";
import { PR_ATTACH_LONG_FILENAME, PR_DISPLAY_NAME, PR_SUBJECT } from "../../src/core";
import type { MsgDocument } from "../../src/extension/msgDocument";
import { attachmentUri } from "../../src/extension/msgFileSystemPaths";
import { Sessions } from "../../src/extension/sessions";
import { SessionDragAndDrop, urisOfList } from "../../src/extension/sessionsDragAndDrop";
import { attach } from "../../src/extension/attachmentsEdits";
import { attachNewMessage, replaceMessage } from "../../src/extension/sessionsEdits";
import { decorationOf, messageOfElement, type SessionElement } from "../../src/extension/sessionsTree";
import { SessionsViewData } from "../../src/extension/sessionsView";
import { mail, outlineOf } from "../support/mail";
import { nestedMail } from "../support/nested";
import { changeSubject, EXTENSION_ID, openDocument } from "./support/documents";
import { bytesOf, temporaryFile } from "./support/files";

let sessions: Sessions;
let view: SessionsViewData;
let opened: MsgDocument[];

async function open(name: string, bytes: Uint8Array): Promise<MsgDocument> {
  const { document } = await openDocument(await temporaryFile(name, bytes));
  sessions.add(document);
  opened.push(document);
  return document;
}

/** A text of a tree item, which is never one of VS Code's richer kinds here. */
function plain(text: unknown): string {
  assert.ok(typeof text === "string");
  return text;
}

/** The labels of the whole view, each with its depth as blanks and its description behind "|". */
async function drawn(parent?: SessionElement, depth = 0): Promise<string[]> {
  const lines: string[] = [];
  for (const element of await view.getChildren(parent)) {
    const { label, description } = await view.getTreeItem(element);
    lines.push(`${"  ".repeat(depth)}${plain(label)} | ${plain(description)}`);
    lines.push(...(await drawn(element, depth + 1)));
  }
  return lines;
}

/** The element with this label. */
async function find(label: string, parent?: SessionElement): Promise<SessionElement> {
  const search = async (under?: SessionElement): Promise<SessionElement | undefined> => {
    for (const element of await view.getChildren(under)) {
      if ((await view.getTreeItem(element)).label === label) return element;
      const found = await search(element);
      if (found) return found;
    }
    return undefined;
  };
  const found = await search(parent);
  assert.ok(found, `There is no ${label}.`);
  return found;
}

async function decoration(element: SessionElement): Promise<vscode.FileDecoration | undefined> {
  const { resourceUri } = await view.getTreeItem(element);
  assert.ok(resourceUri);
  return decorationOf(resourceUri);
}

beforeEach(() => {
  sessions = new Sessions();
  opened = [];
  const extension = vscode.extensions.getExtension(EXTENSION_ID);
  assert.ok(extension);
  view = new SessionsViewData(sessions, extension.extensionUri);
});

afterEach(() => {
  for (const document of opened) document.dispose();
  view.dispose();
  sessions.dispose();
});

describe("the registry of open sessions", () => {
  it("knows what is open, and tells of what is opened, changed and closed", async () => {
    const events: string[] = [];
    const name = ({ uri }: MsgDocument): string => uri.path.slice(uri.path.lastIndexOf("/") + 1);
    sessions.onDidOpen((document) => events.push(`open ${name(document)}`));
    sessions.onDidChange((document) => events.push(`change ${name(document)}`));
    sessions.onDidClose((document) => events.push(`close ${name(document)}`));
    const a = await open("a.msg", mail());
    const b = await open("b.msg", mail());
    changeSubject(a, "Other");
    assert.deepEqual(sessions.all, [a, b]);
    assert.equal(sessions.get(a.uri), a);
    a.dispose();
    assert.deepEqual(sessions.all, [b]);
    assert.equal(sessions.get(a.uri), undefined);
    assert.deepEqual(events, ["open a.msg", "open b.msg", "change a.msg", "close a.msg"]);
  });

  it("keeps the newer of two documents of one file when the older one is let go", async () => {
    const older = await open("same.msg", mail());
    const { document: newer } = await openDocument(older.uri);
    sessions.add(newer);
    older.dispose();
    assert.equal(sessions.get(newer.uri), newer);
    newer.dispose();
    assert.deepEqual(sessions.all, []);
  });

  it("has the pages of a document, the newest first, until they are closed", async () => {
    const document = await open("pages.msg", mail());
    const quiet = { isActive: false, reveal: () => undefined, run: () => undefined };
    const [first, second] = [{ ...quiet }, { ...quiet }];
    const registration = sessions.addPage(document, first);
    sessions.addPage(document, second);
    assert.deepEqual(sessions.pagesOf(document), [second, first]);
    registration.dispose();
    assert.deepEqual(sessions.pagesOf(document), [second]);
    document.dispose();
    assert.deepEqual(sessions.pagesOf(document), []);
  });
});

describe("the view of open sessions", () => {
  it("shows sessions with recipients, attachments and attached messages, and the memory held", async () => {
    const document = await open("outer.msg", nestedMail());
    assert.ok(document.file.kind === "open");
    const lines = (await drawn()).map((line) => line.replace(/\d[\d.,]* (B|KB)/, "N"));
    assert.deepEqual(lines, [
      "outer.msg | N held",
      "  Recipients | 1",
      "    Ann | To · ann@example.com",
      "  Attachments | 2",
      "    notes.txt | N",
      "    Middle | ",
      "      Recipients | 1",
      "        Ann | To · ann@example.com",
      "      Attachments | 2",
      "        notes.txt | N",
      "        Inner | ",
      "          Recipients | 1",
      "            Ann | To · ann@example.com",
      "          Attachments | 1",
      "            notes.txt | N",
    ]);
    const { tooltip } = await view.getTreeItem(await find("outer.msg"));
    assert.match(plain(tooltip), new RegExp(document.file.allocator.used.toLocaleString()));
  });

  it("marks what is unsaved, changed and added, and takes the marks away again", async () => {
    const document = await open("marks.msg", mail());
    assert.equal(await decoration(await find("marks.msg")), undefined);
    const [attachment] = document.outline.message("").attachments;
    document.edit("Rename", (outline) =>
      outline.setProperty(attachment!.address, PR_ATTACH_LONG_FILENAME, "other.txt"),
    );
    assert.equal((await decoration(await find("marks.msg")))?.badge, "●");
    assert.equal((await decoration(await find("other.txt")))?.badge, "M");
    document.edit("Add", (outline) => outline.addRecipient("", [{ tag: PR_DISPLAY_NAME, value: "Bob" }]));
    assert.equal((await decoration(await find("Bob")))?.badge, "A");
    await document.save();
    for (const label of ["marks.msg", "other.txt", "Bob"]) {
      assert.equal(await decoration(await find(label)), undefined, label);
    }
  });

  it("says what cannot be edited and what cannot be read", async () => {
    const locked = await open("locked.msg", mail());
    locked.readOnly = "The file is write-protected.";
    await open("broken.msg", new TextEncoder().encode("no message"));
    const lines = await drawn();
    assert.match(lines[0]!, /^locked\.msg \| read-only · .* held$/);
    assert.equal(lines.at(-1), "broken.msg | not readable");
    const item = await view.getTreeItem(await find("locked.msg"));
    assert.equal(item.contextValue, "session");
    assert.match(plain(item.tooltip), /write-protected/);
  });

  it("tells VS Code to draw anew when something changes", async () => {
    const document = await open("redraw.msg", mail());
    let redrawn = 0;
    view.onDidChangeTreeData(() => redrawn++);
    changeSubject(document, "Other");
    assert.equal(redrawn, 1);
  });

  it("drags attachments out as files, and takes files in as attachments of what they are dropped on", async () => {
    const document = await open("drag.msg", nestedMail());
    const controller = new SessionDragAndDrop();
    const out = new vscode.DataTransfer();
    controller.handleDrag([await find("notes.txt"), await find("Ann")], out);
    const uris = urisOfList(await out.get("text/uri-list")!.asString());
    const [notes] = document.outline.message("").attachments;
    assert.deepEqual(uris.map(String), [attachmentUri(document, notes!.address)?.toString()]);

    const files = [
      await temporaryFile("new.txt", Uint8Array.of(1)),
      await temporaryFile("b.bin", Uint8Array.of(2)),
    ];
    const list = new vscode.DataTransfer();
    list.set("text/uri-list", new vscode.DataTransferItem(files.map(String).join("\r\n")));
    const middle = await find("Middle");
    await controller.handleDrop(middle, list);
    const { message } = messageOfElement(middle);
    assert.deepEqual(
      (await drawn(await find("Middle"))).filter((line) => /new\.txt|b\.bin/.test(line)),
      ["  new.txt | 1 B", "  b.bin | 1 B"],
    );
    assert.equal(document.outline.message(message).attachments.length, 4);
    assert.equal(document.outline.message("").attachments.length, 2);
  });

  it("leaves an attachment where it is that is dropped on its own message", async () => {
    const document = await open("self.msg", mail());
    const controller = new SessionDragAndDrop();
    const data = new vscode.DataTransfer();
    controller.handleDrag([await find("notes.txt")], data);
    await controller.handleDrop(await find("self.msg"), data);
    assert.equal(document.outline.message("").attachments.length, 1);
    assert.equal(document.hasChanges, false);
  });
});

describe("what the view puts into a session", () => {
  const subjectOf = (document: MsgDocument, attachment: string): unknown =>
    document.outline.property(`${attachment}/m`, PR_SUBJECT)?.value;

  it("attaches messages as messages, and other files as files, in one edit", async () => {
    const { document, edits } = await openDocument(await temporaryFile("into.msg", mail()));
    opened.push(document);
    const [message, broken, plainFile] = attach(document, "", [
      { name: "other.msg", bytes: mail({ subject: "Other" }) },
      { name: "broken.msg", bytes: new TextEncoder().encode("no message") },
      { name: "a.txt", bytes: Uint8Array.of(65) },
    ]);
    assert.equal(edits.length, 1);
    assert.equal(subjectOf(document, message!), "Other");
    const kinds = document.outline.message("").attachments.map(({ object }) => object);
    assert.deepEqual(kinds, [undefined, "message", undefined, undefined]);
    for (const [address, name] of [
      [broken!, "broken.msg"],
      [plainFile!, "a.txt"],
    ] as const) {
      assert.equal(document.outline.property(address, PR_ATTACH_LONG_FILENAME)?.value, name);
    }
    await edits[0]!.undo();
    assert.equal(document.hasChanges, false);
  });

  it("adds a new message, in the format of the one around it, and replaces one", async () => {
    const { document, edits } = await openDocument(
      await temporaryFile("narrow.msg", mail({ unicode: false, codePage: 1251 })),
    );
    opened.push(document);
    const address = attachNewMessage(document, "");
    const inside = document.outline.message(`${address}/m`);
    assert.deepEqual([inside.unicode, inside.codePage.id], [false, 1251]);
    replaceMessage(document, address, { name: "other.msg", bytes: mail({ subject: "Other" }) });
    assert.equal(subjectOf(document, address), "Other");
    assert.deepEqual(
      edits.map(({ label }) => label),
      ["Add a new message", "Replace by other.msg"],
    );
    const read = outlineOf(await saved(document));
    assert.equal(read.property(`${read.message("").attachments[1]!.address}/m`, PR_SUBJECT)?.value, "Other");
  });
});

async function saved(document: MsgDocument): Promise<Uint8Array> {
  await document.save();
  return bytesOf(document.uri);
}

describe("names of attachments", () => {
  const uriOf = (document: MsgDocument, index: number): string => {
    const address = document.outline.message("").attachments[index]?.address;
    const path = address === undefined ? undefined : attachmentUri(document, address)?.path;
    return path?.slice(path.lastIndexOf("/") + 1) ?? "";
  };
  const rename = (document: MsgDocument, index: number, name: string): void => {
    const { address } = document.outline.message("").attachments[index]!;
    document.edit("Rename", (outline) => outline.setProperty(address, PR_ATTACH_LONG_FILENAME, name));
  };

  it("are safe, whatever the mail says", async () => {
    const document = await open("safe.msg", mail());
    const NAMES = ["../../etc/passwd", "a\\b:c*?.txt", "con", "x!", "photo\u202egpj.exe", "  ", "!"];
    for (const name of NAMES) {
      rename(document, 0, name);
      const file = uriOf(document, 0);
      assert.doesNotMatch(file, /[\\/:*?"<>|\u0000-\u001f\u202a-\u202e]|!$|^\.\.?$|^$/, name);
    }
  });

  it("are numbered where they are alike, and never given to another attachment", async () => {
    const document = await open("same.msg", mail());
    document.edit("Add", (outline) => {
      outline.addAttachment("", [{ tag: PR_ATTACH_LONG_FILENAME, value: "NOTES.txt" }]);
      outline.addAttachment("", [{ tag: PR_ATTACH_LONG_FILENAME, value: "notes.txt" }]);
    });
    assert.deepEqual(
      [0, 1, 2].map((i) => uriOf(document, i)),
      ["notes.txt", "NOTES (2).txt", "notes (3).txt"],
    );
    document.edit("Delete", (outline) => outline.deleteObject(outline.message("").attachments[0]!.address));
    assert.deepEqual(
      [0, 1].map((i) => uriOf(document, i)),
      ["NOTES (2).txt", "notes (3).txt"],
    );
    document.edit("Add", (outline) =>
      outline.addAttachment("", [{ tag: PR_ATTACH_LONG_FILENAME, value: "notes.txt" }]),
    );
    assert.equal(uriOf(document, 2), "notes (4).txt");
    rename(document, 0, "else.txt");
    rename(document, 0, "NOTES.txt");
    assert.equal(uriOf(document, 0), "NOTES (2).txt");
  });
});
