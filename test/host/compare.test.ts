/** Comparing in VS Code: what is read, the page's rows, the texts of VS Code's own diff. */
import assert from "node:assert/strict";
import { after, describe, it } from "mocha";
import * as vscode from "vscode";
import { gitVersion } from "../../src/extension/compareCommands";
import { compareAsText, comparePair, ComparePanel, pairOfState } from "../../src/extension/comparePanel";
import { Comparisons } from "../../src/extension/comparisons";
import { messageUri } from "../../src/extension/exportCommands";
import { sourceOfText, TEXT_SCHEME, textUri } from "../../src/extension/compareText";
import { Sessions } from "../../src/extension/sessions";
import type { CompareModel } from "../../src/protocol/compare";
import { isComparePageMessage } from "../../src/protocol/compareGuards";
import { mail } from "../support/mail";
import { changeSubject, EXTENSION_ID, extensionUri, openDocument } from "./support/documents";
import { FakePanel, MemoryMemento } from "./support/fakePanel";
import { temporaryFile, temporaryFolder, until } from "./support/files";

/** Rows that differ, as "label: left -> right". */
function changedRows(model: CompareModel): string[] {
  if (model.kind === "failure") throw new Error(model.details.join("\n"));
  return model.rows
    .filter(({ state, kind }) => state !== "same" && kind !== "object")
    .map(({ label, left, right }) => `${label}: ${left ?? "-"} -> ${right ?? "-"}`);
}

const saved = (uri: vscode.Uri) => ({ uri, saved: true });
const asIs = (uri: vscode.Uri) => ({ uri, saved: false });

describe("comparing messages", () => {
  after(() => vscode.commands.executeCommand("workbench.action.closeAllEditors"));

  it("tells two files apart, property by property", async () => {
    const sessions = new Sessions();
    const left = await temporaryFile("a.msg", mail({ subject: "One" }));
    const right = await temporaryFile("b.msg", mail({ subject: "Two" }));
    const model = await comparePair(sessions, extensionUri(), { left: asIs(left), right: asIs(right) });
    assert.ok(changedRows(model).includes("Subject: One -> Two"), changedRows(model).join("\n"));
    assert.ok(model.kind === "comparison" && model.left.title === "a.msg" && model.right.title === "b.msg");
    sessions.dispose();
  });

  it("compares the open message with what was saved, and follows it", async () => {
    const sessions = new Sessions();
    const uri = await temporaryFile("mail.msg", mail());
    const { document } = await openDocument(uri);
    sessions.add(document);
    const pair = { left: saved(uri), right: asIs(uri) };
    const same = await comparePair(sessions, extensionUri(), pair);
    assert.deepEqual(changedRows(same), []);
    const fake = new FakePanel();
    const models: CompareModel[] = [];
    fake.webview.postMessage = (message: unknown) => {
      models.push((structuredClone(message) as { model: CompareModel }).model);
      return Promise.resolve(true);
    };
    const panel = new ComparePanel(fake, sessions, extensionUri(), pair);
    assert.ok(panel);
    fake.webview.said.fire({ type: "ready" });
    await until("the first comparison", () => models.length === 1);
    changeSubject(document, "Edited");
    await until("the comparison after the edit", () => models.length === 2);
    assert.ok(changedRows(models[1]!).includes("Subject: Quarterly figures -> Edited"));
    fake.webview.said.fire({ type: "swap" });
    await until("the comparison the other way round", () => models.length === 3);
    assert.ok(changedRows(models[2]!).includes("Subject: Edited -> Quarterly figures"));
    fake.webview.said.fire({ type: "copy", text: "row" });
    await until("the clipboard", async () => (await vscode.env.clipboard.readText()) === "row");
    fake.dispose();
    document.dispose();
    sessions.dispose();
  });

  it("says why messages cannot be compared", async () => {
    const sessions = new Sessions();
    const left = await temporaryFile("a.msg", mail());
    const right = await temporaryFile("b.msg", new TextEncoder().encode("no message"));
    const model = await comparePair(sessions, extensionUri(), { left: asIs(left), right: asIs(right) });
    assert.ok(model.kind === "failure");
    assert.match(model.details.join(), /not an Outlook message/);
    sessions.dispose();
  });

  it("hears from the page what it knows, and nothing else", () => {
    for (const message of [
      { type: "ready" },
      { type: "swap" },
      { type: "compareAsText" },
      { type: "copy", text: "a" },
    ])
      assert.equal(isComparePageMessage(message), true, message.type);
    for (const message of [
      undefined,
      "ready",
      {},
      { type: "open" },
      { type: "ready", more: 1 },
      { type: "copy" },
    ])
      assert.equal(isComparePageMessage(message), false, JSON.stringify(message));
  });

  it("opens the texts of two messages in VS Code's own diff, read-only", async () => {
    const left = await temporaryFile("a.msg", mail({ subject: "One" }));
    const right = await temporaryFile("b.msg", mail({ subject: "Two" }));
    await vscode.extensions.getExtension(EXTENSION_ID)?.activate();
    await compareAsText({ left: asIs(left), right: asIs(right) });
    const texts = (): vscode.TextDocument[] =>
      vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === TEXT_SCHEME);
    await until("both texts", () => texts().length === 2);
    const found = texts().map((each) => /PidTagSubject .*: (".*")/.exec(each.getText())?.[1]);
    assert.deepEqual(found.sort(), ['"One"', '"Two"']);
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    assert.ok(input instanceof vscode.TabInputTextDiff);
    assert.equal(input.original.toString(), textUri(asIs(left)).toString());
  });

  it("says so when it was called off", async () => {
    const sessions = new Sessions();
    const file = asIs(await temporaryFile("a.msg", mail()));
    const source = new vscode.CancellationTokenSource();
    source.cancel();
    const model = await comparePair(sessions, extensionUri(), { left: file, right: file }, source.token);
    assert.deepEqual(model, {
      kind: "failure",
      title: "The messages could not be compared.",
      details: ["It was called off."],
    });
    sessions.dispose();
  });

  it("goes on after a reload with what the page kept, and closes a panel that kept nothing", async () => {
    const sessions = new Sessions();
    const left = await temporaryFile("a.msg", mail({ subject: "One" }));
    const right = await temporaryFile("b.msg", mail({ subject: "Two" }));
    const fake = new FakePanel();
    const said: { model: CompareModel; state: unknown }[] = [];
    fake.webview.postMessage = (message: unknown) => {
      said.push(structuredClone(message) as { model: CompareModel; state: unknown });
      return Promise.resolve(true);
    };
    const kept = {
      left: { uri: left.toString(), saved: false },
      right: { uri: right.toString(), saved: true },
    };
    const memento = new MemoryMemento();
    const comparisons = new Comparisons(sessions, extensionUri(), memento);
    assert.equal(comparisons.restore(fake, kept), true);
    fake.webview.said.fire({ type: "ready" });
    await until("the comparison", () => said.length === 1);
    assert.ok(changedRows(said[0]!.model).includes("Subject: One -> Two"));
    assert.deepEqual(said[0]!.state, kept);

    // The window is loaded anew before VS Code wrote down what the page kept: the panel is known by its title then.
    fake.webview.said.fire({ type: "swap" });
    await until("the comparison the other way round", () => said.length === 2);
    assert.equal(fake.title, "b.msg ↔ a.msg");
    const next = new Comparisons(sessions, extensionUri(), memento);
    const back = new FakePanel();
    back.title = fake.title;
    back.webview.postMessage = (message: unknown) => fake.webview.postMessage(message);
    assert.equal(next.restore(back, undefined), true);
    back.webview.said.fire({ type: "ready" });
    await until("the comparison that came back", () => said.length === 3);
    assert.deepEqual(said[2]!.state, { left: kept.right, right: kept.left });
    back.dispose();
    fake.dispose();
    const third = new FakePanel();
    third.title = back.title;
    assert.equal(new Comparisons(sessions, extensionUri(), memento).restore(third, undefined), false);

    const other = new FakePanel();
    let closed = false;
    other.onDidDispose(() => (closed = true));
    assert.equal(comparisons.restore(other, undefined), false);
    assert.equal(closed, true);
    for (const state of [null, {}, { left: kept.left }, { left: 1, right: 2 }, { ...kept, more: 1 }])
      assert.equal(pairOfState(state), undefined, JSON.stringify(state));
    sessions.dispose();
  });

  it("takes from Source Control the file that was changed, and nothing that is no message", () => {
    const sessions = new Sessions();
    const resourceUri = vscode.Uri.parse("file:///a.msg");
    assert.equal(messageUri(sessions, { resourceUri }).toString(), resourceUri.toString());
    assert.throws(
      () => messageUri(sessions, { resourceUri: vscode.Uri.parse("file:///a.ts") }),
      /a\.ts is not a message/,
    );
    sessions.dispose();
  });

  it("makes nothing of a text's URI that is not its own", () => {
    const odd = (query: string): vscode.Uri =>
      vscode.Uri.from({ scheme: TEXT_SCHEME, path: "/a.txt", query });
    for (const query of ["", "{", "[]", '{"uri":1,"saved":true}', '{"uri":"file:///a"}'])
      assert.equal(sourceOfText(odd(query)), undefined, query);
    const id = { uri: vscode.Uri.parse("file:///a.msg"), saved: true };
    assert.equal(sourceOfText(textUri(id))?.uri.toString(), id.uri.toString());
  });

  it("says so where Git has no version", async () => {
    const sessions = new Sessions();
    const folder = await temporaryFolder();
    await assert.rejects(gitVersion(sessions, vscode.Uri.joinPath(folder, "none.msg")), /Git has no version/);
    sessions.dispose();
  });
});
