import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "mocha";
import * as vscode from "vscode";
import {
  PR_ATTACH_DATA_BIN,
  PR_ATTACH_LONG_FILENAME,
  PR_BODY,
  PR_HTML,
  PR_RTF_COMPRESSED,
  PR_SUBJECT,
  PR_TRANSPORT_MESSAGE_HEADERS,
  encapsulateHtml,
  compressRtf,
} from "../../src/core";
import type { MsgDocument } from "../../src/extension/msgDocument";
import { MsgFileSystem } from "../../src/extension/msgFileSystem";
import { insideUri, isInside, locate, outermost } from "../../src/extension/msgFileSystemUris";
import { Sessions } from "../../src/extension/sessions";
import { mail, outlineOf } from "../support/mail";
import { nestedMail } from "../support/nested";
import { changeSubject, type Edit, openDocument } from "./support/documents";
import { temporaryFile } from "./support/files";

let sessions: Sessions;
let system: MsgFileSystem;
let events: string[];

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const KINDS = {
  [vscode.FileChangeType.Changed]: "changed",
  [vscode.FileChangeType.Created]: "created",
  [vscode.FileChangeType.Deleted]: "deleted",
};
const WRITE = { create: false, overwrite: true };

beforeEach(() => {
  sessions = new Sessions();
  system = new MsgFileSystem(sessions);
  events = [];
  system.onDidChangeFile((changes) =>
    events.push(...changes.map(({ type, uri }) => `${KINDS[type]} ${uri.path}`)),
  );
});

afterEach(() => {
  for (const document of sessions.all) document.dispose();
  system.dispose();
  sessions.dispose();
});

async function open(bytes: Uint8Array): Promise<{ document: MsgDocument; edits: Edit[] }> {
  const opened = await openDocument(await temporaryFile("mail.msg", bytes));
  sessions.add(opened.document);
  return opened;
}

const at = ({ uri }: MsgDocument, path: string): vscode.Uri =>
  insideUri(uri, path === "" ? [] : path.split("/"));

const hasCode =
  (code: string, message = /./) =>
  (error: unknown): boolean =>
    error instanceof vscode.FileSystemError && error.code === code && message.test(error.message);

describe("URIs of what is in a session", () => {
  const file = vscode.Uri.file("/home/ann/a #1 ?%20é.msg");

  it("lead back to the document and the steps, also through VS Code's text form", () => {
    const uri = insideUri(file, ["attachments", "50% #?.txt"]);
    for (const same of [uri, vscode.Uri.parse(uri.toString())]) {
      const inside = locate(same);
      assert.equal(inside?.document.toString(), file.toString());
      assert.deepEqual(inside.steps, ["attachments", "50% #?.txt"]);
    }
    assert.ok(uri.path.endsWith("/50% #?.txt"));
  });

  it("nest to any depth, and know what they are inside of", () => {
    const middle = insideUri(file, ["attachments", "m.msg"]);
    const inner = insideUri(middle, ["attachments", "i.msg"]);
    const leaf = vscode.Uri.parse(insideUri(inner, ["body.txt"]).toString());
    assert.equal(locate(leaf)?.document.toString(), inner.toString());
    assert.equal(locate(inner)?.document.toString(), middle.toString());
    assert.equal(outermost(leaf).toString(), file.toString());
    assert.ok([inner, middle, file].every((around) => isInside(leaf, around)));
    assert.ok(!isInside(middle, inner));
    assert.ok(!isInside(file, file));
  });

  it("of other makes lead nowhere", () => {
    for (const uri of ["msg:/a.msg/b", "msg:/?file:///y", "file:///a?b", "msg:/a.msg//b?file:///y"]) {
      assert.equal(locate(vscode.Uri.parse(uri)), undefined, uri);
    }
  });
});

describe("the file system of open sessions", () => {
  it("lists bodies, properties and attachments, and reads them", async () => {
    const { document } = await open(
      mail({ more: [{ tag: PR_TRANSPORT_MESSAGE_HEADERS, value: "X-Test: 1\r\n" }] }),
    );
    assert.deepEqual(
      system.readDirectory(at(document, "")).map(([name]) => name),
      ["body.txt", "headers.txt", "properties.json", "attachments"],
    );
    assert.deepEqual(system.readDirectory(at(document, "attachments")), [
      ["notes.txt", vscode.FileType.File],
    ]);
    assert.equal(text(system.readFile(at(document, "attachments/notes.txt"))), "three words here");
    assert.equal(text(system.readFile(at(document, "body.txt"))), "Hello\r\nthere\r\n");
    assert.equal(text(system.readFile(at(document, "headers.txt"))), "X-Test: 1\r\n");
    const { size, type, permissions } = system.stat(at(document, "attachments/notes.txt"));
    assert.deepEqual([size, type, permissions], [16, vscode.FileType.File, undefined]);
  });

  it("shows embedded messages as files and as folders", async () => {
    const { document } = await open(nestedMail());
    assert.deepEqual(system.readDirectory(at(document, "attachments")), [
      ["notes.txt", vscode.FileType.File],
      ["Middle.msg", vscode.FileType.File],
      ["Middle", vscode.FileType.Directory],
    ]);
    const deep = "attachments/Middle/attachments/Inner/attachments/notes.txt";
    assert.equal(text(system.readFile(at(document, deep))), "notes of Inner");
    const middle = outlineOf(system.readFile(at(document, "attachments/Middle.msg")));
    assert.equal(middle.property("", PR_SUBJECT)?.value, "Middle");
  });

  it("writes an attachment as an edit that undoes, tells of it, and knows the content by its time", async () => {
    const { document, edits } = await open(mail());
    const uri = at(document, "attachments/notes.txt");
    const before = system.stat(uri);
    changeSubject(document, "Something else");
    assert.equal(system.stat(uri).mtime, before.mtime);
    assert.deepEqual(events, []);
    system.writeFile(uri, utf8("other words"), WRITE);
    assert.deepEqual(
      edits.map(({ label }) => label),
      ["Change Subject", "Change notes.txt"],
    );
    assert.ok(system.stat(uri).mtime > before.mtime);
    const [attachment] = document.outline.message("").attachments;
    assert.deepEqual(
      document.outline.storedBytes(attachment!.address, PR_ATTACH_DATA_BIN),
      utf8("other words"),
    );
    await edits[1]!.undo();
    assert.equal(text(system.readFile(uri)), "three words here");
    assert.deepEqual(events, [
      "changed /mail.msg/attachments/notes.txt",
      "changed /mail.msg/attachments/notes.txt",
    ]);
    system.writeFile(uri, utf8("three words here"), WRITE);
    assert.equal(edits.length, 2);
  });

  it("tells when a file goes and comes back", async () => {
    const { document, edits } = await open(mail());
    const uri = at(document, "attachments/notes.txt");
    system.readFile(uri);
    system.delete(uri);
    assert.throws(() => system.readFile(uri), hasCode("FileNotFound"));
    await edits[0]!.undo();
    assert.equal(text(system.readFile(uri)), "three words here");
    assert.deepEqual(events, [
      "deleted /mail.msg/attachments/notes.txt",
      "created /mail.msg/attachments/notes.txt",
    ]);
  });

  it("makes attachments of new files, and renames them", async () => {
    const { document } = await open(mail());
    system.writeFile(at(document, "attachments/new.csv"), utf8("a,b"), { create: true, overwrite: false });
    const [, added] = document.outline.message("").attachments;
    assert.equal(document.outline.property(added!.address, PR_ATTACH_LONG_FILENAME)?.value, "new.csv");
    system.rename(at(document, "attachments/new.csv"), at(document, "attachments/b.tsv"), {
      overwrite: false,
    });
    assert.equal(text(system.readFile(at(document, "attachments/b.tsv"))), "a,b");
    assert.throws(
      () =>
        system.rename(at(document, "attachments/b.tsv"), at(document, "attachments/notes.txt"), {
          overwrite: false,
        }),
      hasCode("FileExists"),
    );
    assert.throws(
      () => system.writeFile(at(document, "attachments/none.txt"), utf8("x"), WRITE),
      hasCode("FileNotFound"),
    );
    assert.throws(() => system.createDirectory(at(document, "attachments/folder")), hasCode("NoPermissions"));
  });

  it("keeps the bodies in step when one is written", async () => {
    const html = "<html><body><p>Old</p></body></html>";
    const { document, edits } = await open(
      mail({
        more: [
          { tag: PR_HTML, value: utf8(html) },
          { tag: PR_RTF_COMPRESSED, value: compressRtf(encapsulateHtml(html)) },
        ],
      }),
    );
    const uri = at(document, "body.html");
    assert.match(text(system.readFile(uri)), /<p>Old<\/p>/);
    system.writeFile(uri, utf8("<html><body><p>New – words</p></body></html>"), WRITE);
    assert.equal(edits.length, 1);
    assert.match(String(document.outline.property("", PR_BODY)?.value), /New – words/);
    assert.match(text(system.readFile(at(document, "body.rtf"))), /fromhtml1/);
    system.writeFile(at(document, "body.rtf"), utf8("{\\rtf1\\ansi Only {\\b rich} text\\par}"), WRITE);
    assert.match(String(document.outline.property("", PR_BODY)?.value), /Only rich text/);
    assert.throws(() => system.readFile(uri), hasCode("FileNotFound"));
    await edits[1]!.undo();
    assert.match(text(system.readFile(uri)), /New – words/);
  });

  it("refuses bytes that are no text, and changes nothing", async () => {
    const { document, edits } = await open(mail());
    for (const name of ["body.txt", "properties.json"]) {
      assert.throws(() => system.writeFile(at(document, name), Uint8Array.of(0xff, 0xfe, 0), WRITE), /UTF-8/);
    }
    assert.deepEqual(edits, []);
  });

  it("changes, adds and deletes properties through properties.json, as one edit", async () => {
    const { document, edits } = await open(mail({ more: [{ tag: 0x3004001f, value: "a comment" }] }));
    const uri = at(document, "properties.json");
    const json = JSON.parse(text(system.readFile(uri))) as { properties: { tag: string; value?: unknown }[] };
    const subject = json.properties.find(({ tag }) => tag === "0x0037001F");
    assert.equal(subject?.value, "Quarterly figures");
    subject.value = "From JSON";
    const properties = json.properties.filter(({ tag }) => tag !== "0x3004001F");
    const named = {
      tag: "0x8000101F",
      guid: "{00020329-0000-0000-C000-000000000046}",
      name: "Keywords",
      value: ["a", "b"],
    };
    system.writeFile(uri, utf8(JSON.stringify({ properties: [...properties, named] })), WRITE);
    assert.equal(edits.length, 1);
    const { outline } = document;
    assert.equal(outline.property("", PR_SUBJECT)?.value, "From JSON");
    assert.equal(outline.property("", 0x3004001f)?.change, "deleted");
    const keywords = outline.properties("").find(({ tag }) => {
      const name = outline.nameOf(tag >>> 16);
      return name !== undefined && "name" in name && name.name === "Keywords";
    });
    assert.deepEqual(keywords?.value, ["a", "b"]);
    assert.throws(
      () => system.writeFile(uri, utf8('{"properties":[{"tag":"0x0E070003","value":"many"}]}'), WRITE),
      /Entry 1/,
    );
    assert.throws(() => system.writeFile(uri, utf8("[]"), WRITE), /no list/);
    assert.throws(() => system.writeFile(uri, utf8("{"), WRITE), /not JSON/);
    assert.equal(edits.length, 1);
  });

  it("writes back properties.json unchanged without an edit", async () => {
    const { document, edits } = await open(mail());
    const uri = at(document, "properties.json");
    system.writeFile(uri, utf8(`${text(system.readFile(uri))}\n\n`), WRITE);
    assert.deepEqual(edits, []);
  });

  it("is read-only where the session is", async () => {
    const { document } = await open(mail());
    document.readOnly = "The file is write-protected.";
    const uri = at(document, "attachments/notes.txt");
    assert.equal(system.stat(uri).permissions, vscode.FilePermission.Readonly);
    assert.throws(() => system.writeFile(uri, utf8("x"), WRITE), hasCode("NoPermissions", /write-protected/));
  });

  it("says that a session is not open any more, by the name of its message", async () => {
    const { document } = await open(mail());
    const uri = at(document, "attachments/notes.txt");
    system.readFile(uri);
    document.dispose();
    for (const call of [
      () => system.stat(uri),
      () => system.readFile(uri),
      () => system.writeFile(uri, utf8("x"), WRITE),
    ]) {
      assert.throws(call, hasCode("Unavailable", /“notes\.txt”.*“mail\.msg”.*not open/));
    }
    assert.throws(() => system.stat(vscode.Uri.parse("msg:/x/y")), hasCode("FileNotFound"));
  });

  it("finds nothing where nothing is", async () => {
    const { document } = await open(mail());
    for (const path of [
      "nothing",
      "attachments/other.txt",
      "body.html",
      "attachments/notes.txt/x",
      "recipients",
    ]) {
      assert.throws(() => system.stat(at(document, path)), hasCode("FileNotFound"), path);
    }
    assert.throws(() => system.readDirectory(at(document, "body.txt")), hasCode("FileNotADirectory"));
    assert.throws(() => system.readFile(at(document, "attachments")), hasCode("FileIsADirectory"));
  });
});
