import assert from "node:assert/strict";
import { describe, it } from "mocha";
import * as vscode from "vscode";
import { PR_SUBJECT } from "../../src/core";
import type { PageModel } from "../../src/protocol/viewModel";
import { pageModelOf } from "../../src/extension/viewModel/page";
import { bytesOf, temporaryFile, temporaryFolder } from "./support/files";
import { mail, outlineOf } from "../support/mail";
import { changeSubject, dictionary, type OpenDocument, openDocument } from "./support/documents";

const text = (content: string): Uint8Array => new TextEncoder().encode(content);

/** The end-of-directory record of an empty zip archive. */
const ZIP = Uint8Array.of(0x50, 0x4b, 5, 6, ...new Array<number>(18).fill(0));

async function open(name: string, bytes: Uint8Array): Promise<OpenDocument & { model: PageModel }> {
  const opened = await openDocument(await temporaryFile(name, bytes));
  return { ...opened, model: pageModelOf(opened.document, dictionary) };
}

/** What stands in a sector of a compound file of 512-byte sectors. */
function overwrite(bytes: Uint8Array, from: number, count: number, value: number): Uint8Array {
  return bytes.slice().fill(value, from, from + count);
}

describe("a file that is no message", () => {
  const FOREIGN: readonly [string, Uint8Array, RegExp][] = [
    ["an empty file", new Uint8Array(), /empty|no bytes|0 bytes/i],
    ["a text", text("From: ann@example.com\r\nSubject: Hello\r\n\r\nHello"), /mail|text|e-?mail|MIME/i],
    ["a zip archive", ZIP, /zip/i],
    ["a few bytes of a compound file", mail().slice(0, 100), /./],
  ];
  for (const [what, bytes, reason] of FOREIGN) {
    it(`is refused with its reason and what can be done: ${what}`, async () => {
      const { document, model } = await open("foreign.msg", bytes);
      assert.ok(model.kind === "failure");
      assert.match([model.title, ...model.details].join("\n"), reason);
      assert.ok(model.title.endsWith("."), model.title);
      assert.deepEqual(
        model.actions.map(({ id }) => id),
        ["reopen", "openAsText"],
      );
      for (const line of [model.title, ...model.details]) assert.doesNotMatch(line, /undefined|\[object|NaN/);
      assert.throws(() => changeSubject(document, "No"));
      await assert.rejects(document.save());
      document.dispose();
    });
  }

  it("is read again when asked, as soon as it is one", async () => {
    const { document } = await open("later.msg", text("not yet"));
    assert.equal(document.file.kind, "failed");
    await vscode.workspace.fs.writeFile(document.uri, mail());
    await document.checkDisk();
    assert.equal(document.file.kind, "open");
    assert.equal(pageModelOf(document, dictionary).kind, "session");
    document.dispose();
  });

  it("says so when the file is not there", async () => {
    const { document } = await openDocument(vscode.Uri.joinPath(await temporaryFolder(), "nowhere.msg"));
    const model = pageModelOf(document, dictionary);
    assert.ok(model.kind === "failure");
    document.dispose();
  });

  it("shows a compound file without a message as one that cannot be opened", async () => {
    const { createStorage } = await import("../../src/core");
    const storage = createStorage();
    storage.writeStream("WordDocument", text("not a mail"));
    storage.commit();
    const { document, model } = await open("document.msg", storage.toBytes());
    assert.ok(model.kind === "failure", JSON.stringify(model));
    document.dispose();
  });
});

describe("a damaged message", () => {
  it("that was cut short shows what could be read, for reading only, and saves a repaired copy", async () => {
    const whole = mail({ body: "A long body.\r\n".repeat(3000) });
    const cut = whole.slice(0, Math.floor(whole.length * 0.9));
    const { document, model } = await open("cut.msg", cut);
    assert.ok(model.kind === "session", JSON.stringify(model));
    const [banner] = model.banners;
    assert.ok(banner, "no banner");
    assert.equal(banner.severity, "warning");
    assert.match(banner.message, /damaged/);
    assert.notDeepEqual(banner.details ?? [], []);
    assert.deepEqual(
      banner.actions.map(({ id }) => id),
      ["saveAs"],
    );
    assert.match(model.header.readOnly ?? "", /damaged/);
    assert.throws(() => changeSubject(document, "No"), /damaged/);
    await assert.rejects(document.save(), /damaged/);
    const target = vscode.Uri.joinPath(await temporaryFolder(), "repaired.msg");
    await document.saveAs(target);
    assert.equal(outlineOf(await bytesOf(target)).property("", PR_SUBJECT)?.value, "Quarterly figures");
    assert.deepEqual(await bytesOf(document.uri), cut);
    document.dispose();
  });

  it("never crashes the host, whatever byte is wrong", async () => {
    const whole = mail();
    const sectors = Math.floor(whole.length / 512);
    for (let sector = 0; sector < sectors; sector++) {
      for (const value of [0x00, 0xff]) {
        const { document, model } = await open("wrong.msg", overwrite(whole, sector * 512, 512, value));
        assert.doesNotMatch(JSON.stringify(model), /undefined is not|Cannot read|Maximum call/);
        document.dispose();
      }
    }
  }).timeout(120_000);
});
