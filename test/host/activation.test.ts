import assert from "node:assert/strict";
import { after, describe, it } from "mocha";
import * as vscode from "vscode";
import manifest from "../../package.json";
import texts from "../../package.nls.json";
import { VIEW_TYPE } from "../../src/extension/msgEditorProvider";
import { temporaryFile, until } from "./support/files";
import { mail } from "../support/mail";
import { EXTENSION_ID } from "./support/documents";

function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension(EXTENSION_ID);
  assert.ok(found, `${EXTENSION_ID} is not installed`);
  return found;
}

const activeTab = (): vscode.Tab | undefined => vscode.window.tabGroups.activeTabGroup.activeTab;

/** The tab with a file in our editor, as soon as it is there. */
async function tabOf(uri: vscode.Uri): Promise<vscode.TabInputCustom> {
  let found: vscode.TabInputCustom | undefined;
  await until(`the tab of ${uri.path}`, () => {
    const input = activeTab()?.input;
    if (input instanceof vscode.TabInputCustom && input.uri.toString() === uri.toString()) found = input;
    return found !== undefined;
  });
  assert.ok(found);
  return found;
}

/** Every %key% in a value, at any depth. */
function keysIn(value: unknown): string[] {
  if (typeof value === "string") return /^%.*%$/.test(value) ? [value.slice(1, -1)] : [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(keysIn) : [];
}

describe("the extension", () => {
  after(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("is installed and idle until a message is opened; opening one makes it active", async () => {
    assert.equal(extension().isActive, false);
    const file = await temporaryFile("first.msg", mail());
    await vscode.commands.executeCommand("vscode.open", file);
    const input = await tabOf(file);
    assert.equal(input.viewType, VIEW_TYPE);
    await until("the extension to be active", () => extension().isActive);
  });

  it("is the default editor of .msg and .oft files, in any case of their letters", async () => {
    for (const name of ["template.oft", "LOUD.MSG", "q?uote [1] #2 ünï.msg"]) {
      const file = await temporaryFile(name, mail());
      await vscode.commands.executeCommand("vscode.open", file);
      assert.equal((await tabOf(file)).viewType, VIEW_TYPE, name);
    }
  });

  it("opens by vscode.openWith a file of any name", async () => {
    const file = await temporaryFile("message.bin", mail());
    await vscode.commands.executeCommand("vscode.openWith", file, VIEW_TYPE);
    assert.equal((await tabOf(file)).viewType, VIEW_TYPE);
    assert.equal(activeTab()?.isDirty, false);
  });

  it("stays out of files that are no messages by their name", async () => {
    const file = await temporaryFile("message.txt", new TextEncoder().encode("msg"));
    await vscode.commands.executeCommand("vscode.open", file);
    await until("a text editor", () => activeTab()?.input instanceof vscode.TabInputText);
  });
});

describe("the manifest", () => {
  it("declares exactly the commands that the code registers", async () => {
    await extension().activate();
    // VS Code itself registers commands for each view, below the view's id.
    const views = Object.values(manifest.contributes.views).flatMap((list) => list.map(({ id }) => `${id}.`));
    const registered = (await vscode.commands.getCommands(true)).filter(
      (id) => id.startsWith("msgSession.") && !views.some((view) => id.startsWith(view)),
    );
    const declared = manifest.contributes.commands.map(({ command }) => command);
    assert.deepEqual(registered.sort(), declared.sort());
  });

  it("puts only its own commands into menus", () => {
    const declared = new Set(manifest.contributes.commands.map(({ command }) => command));
    const used = Object.values(manifest.contributes.menus).flatMap((items) =>
      items.map(({ command }) => command),
    );
    assert.ok(used.length > 0);
    for (const command of used) assert.ok(declared.has(command), command);
  });

  it("has a text for every key it uses, and no text that nothing uses", () => {
    assert.deepEqual([...new Set(keysIn(manifest))].sort(), Object.keys(texts).sort());
    for (const text of Object.values(texts)) assert.notEqual(text.trim(), "");
  });

  it("was read by VS Code as it is here", () => {
    const loaded: unknown = extension().packageJSON;
    assert.ok(typeof loaded === "object" && loaded !== null && "displayName" in loaded);
    assert.equal(loaded.displayName, texts.displayName);
  });

  it("names the editor by the view type of the code", () => {
    assert.deepEqual(
      manifest.contributes.customEditors.map(({ viewType }) => viewType),
      [VIEW_TYPE],
    );
  });

  it("points to bundles, icon and data that exist", async () => {
    const files = [
      manifest.main,
      manifest.browser,
      manifest.icon,
      ...manifest.contributes.languages.flatMap(({ icon }) => Object.values(icon)),
      ...manifest.contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.svg)),
      "dist/dictionary.json",
      "dist/webview/main.js",
      "dist/webview/main.css",
      "dist/webview/codicon.css",
      "dist/webview/codicon.ttf",
    ];
    for (const file of files) {
      const { size } = await vscode.workspace.fs.stat(vscode.Uri.joinPath(extension().extensionUri, file));
      assert.ok(size > 0, file);
    }
  });
});
