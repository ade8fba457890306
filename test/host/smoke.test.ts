import assert from "node:assert/strict";
import { describe, it } from "mocha";
import * as vscode from "vscode";
import { HOST_TESTS } from "./hostTests";

describe("the host that runs the tests", () => {
  it("has the API of VS Code, of a version this extension supports", () => {
    const [major = 0, minor = 0] = vscode.version.split(".").map(Number);
    assert.ok(major > 1 || (major === 1 && minor >= 101), vscode.version);
  });

  it("is the host that these tests were made for: with Node, or a web worker without", () => {
    const { importScripts, navigator } = globalThis as {
      importScripts?: unknown;
      navigator?: { platform?: string };
    };
    const hasNode = "process" in globalThis && "require" in globalThis;
    assert.equal(typeof importScripts === "function" && navigator !== undefined && !hasNode, HOST_TESTS.web);
  });

  it("has a folder open whose files can be written and read", async () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    assert.ok(folder);
    const file = vscode.Uri.joinPath(folder.uri, "smoke.bin");
    const bytes = Uint8Array.of(0, 1, 0xfe, 0xff);
    await vscode.workspace.fs.writeFile(file, bytes);
    assert.deepEqual(Uint8Array.from(await vscode.workspace.fs.readFile(file)), bytes);
    await vscode.workspace.fs.delete(file);
    await assert.rejects(async () => vscode.workspace.fs.stat(file));
  });
});
