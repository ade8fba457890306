import assert from "node:assert/strict";
import { describe, it } from "mocha";
import * as vscode from "vscode";
import { slowly, stopIfCancelled, unlessCancelled } from "../../src/extension/slowly";
import { pickFile } from "../../src/extension/valueFiles";
import { mail } from "../support/mail";
import { answer } from "./support/dialogs";
import { changeSubject, openDocument } from "./support/documents";
import { bytesOf, temporaryFile } from "./support/files";

describe("what takes long", () => {
  it("gives its result, or its error", async () => {
    assert.equal(await slowly("Test", () => Promise.resolve(7)), 7);
    await assert.rejects(
      slowly("Test", () => Promise.reject(new Error("wrong"))),
      /wrong/,
    );
  });

  it("shows progress that goes when it is done", async () => {
    let finish: (value: string) => void = () => undefined;
    const work = new Promise<string>((resolve) => (finish = resolve));
    const running = slowly("Test", () => work, undefined, 0);
    setTimeout(() => finish("done"), 50);
    assert.equal(await running, "done");
  });

  it("is called off by VS Code’s own token, and what comes too late is discarded", async () => {
    const source = new vscode.CancellationTokenSource();
    let finish: (value: string) => void = () => undefined;
    const work = new Promise<string>((resolve) => (finish = resolve));
    const discarded: string[] = [];
    const running = slowly(
      "Test",
      (token) => unlessCancelled(work, token, (late) => discarded.push(late)),
      source.token,
    );
    source.cancel();
    await assert.rejects(running, vscode.CancellationError);
    finish("late");
    await work;
    await Promise.resolve();
    assert.deepEqual(discarded, ["late"]);
    assert.throws(() => stopIfCancelled(source.token), vscode.CancellationError);
  });

  it("gives no value when reading its file is called off", async () => {
    const file = await temporaryFile("value.bin", new Uint8Array([1, 2, 3]));
    const dialog = answer("showOpenDialog", [file]);
    const source = new vscode.CancellationTokenSource();
    try {
      const picking = pickFile("Test", source.token);
      source.cancel();
      assert.equal(await picking, undefined);
      const picked = await pickFile("Test");
      assert.deepEqual(picked && Array.from(picked.bytes), [1, 2, 3]);
    } finally {
      dialog.restore();
    }
  });

  it("leaves the file and the edits as they are when a save is called off", async () => {
    const bytes = mail();
    const { document } = await openDocument(await temporaryFile("stopped.msg", bytes));
    changeSubject(document, "Not yet");
    const source = new vscode.CancellationTokenSource();
    source.cancel();
    await assert.rejects(document.save(source.token), vscode.CancellationError);
    assert.deepEqual(await bytesOf(document.uri), bytes);
    assert.equal(document.hasChanges, true);
    await document.save();
    assert.equal(document.hasChanges, false);
    document.dispose();
  });
});
