/** Taking away: properties onto the clipboard, messages as JSON and text, sessions from JSON. */
import assert from "node:assert/strict";
import { after, describe, it } from "mocha";
import * as vscode from "vscode";
import { importJson, PR_SUBJECT, type Steps } from "../../src/core";
import { exportedText, exportMessage, newSessionFromJson } from "../../src/extension/exportCommands";
import { inSteps } from "../../src/extension/inSteps";
import { VIEW_TYPE } from "../../src/extension/msgEditorProvider";
import { isAwaited, untitledUri } from "../../src/extension/newMessages";
import { Sessions } from "../../src/extension/sessions";
import { mail, valueIn } from "../support/mail";
import { answer } from "./support/dialogs";
import { changeSubject, dictionary, extensionUri, openDocument } from "./support/documents";
import { TestPage } from "./support/fakePanel";
import { bytesOf, temporaryFile, until } from "./support/files";

const SUBJECT = PR_SUBJECT;

describe("taking away", () => {
  after(() => vscode.commands.executeCommand("workbench.action.closeAllEditors"));

  it("puts properties on the clipboard in the form asked for", async () => {
    const { document } = await openDocument(await temporaryFile("mail.msg", mail()));
    const page = new TestPage(document);
    const copied = await page.get("copyProperties", {
      object: "",
      tags: [SUBJECT, 0x12345678],
      format: "cpp",
    });
    assert.deepEqual(copied, { copied: 1 });
    assert.match(
      await vscode.env.clipboard.readText(),
      /^#define PR_SUBJECT PROP_TAG\(PT_UNICODE, 0x0037\)\n/,
    );
    await page.get("copyProperties", { object: "", tags: [SUBJECT], format: "value" });
    assert.equal(await vscode.env.clipboard.readText(), "Quarterly figures");
    const gone = await page.refusal("copyProperties", { object: "", tags: [0x12345678], format: "name" });
    assert.equal(gone.code, "notFound");
    page.dispose();
    document.dispose();
  });

  it("exports a file, and an open message with its unsaved changes", async () => {
    const uri = await temporaryFile("mail.msg", mail());
    const sessions = new Sessions();
    assert.match(await exportedText(sessions, dictionary, uri, "text"), /PT_UNICODE: "Quarterly figures"/);
    const { document } = await openDocument(uri);
    sessions.add(document);
    changeSubject(document, "Not saved");
    assert.match(await exportedText(sessions, dictionary, uri, "text"), /PT_UNICODE: "Not saved"/);
    const bytes = importJson(await exportedText(sessions, dictionary, uri, "json")).toBytes();
    assert.equal(valueIn(bytes, SUBJECT), "Not saved");
    document.dispose();
    sessions.dispose();
  });

  it("says why a file cannot be exported", async () => {
    const uri = await temporaryFile("no.msg", new TextEncoder().encode("no message"));
    const sessions = new Sessions();
    await assert.rejects(exportedText(sessions, dictionary, uri, "json"), /not an Outlook message/);
    sessions.dispose();
  });

  it("opens the message that JSON stands for, untitled", async () => {
    const sessions = new Sessions();
    const source = await temporaryFile("mail.msg", mail({ subject: "Out of JSON" }));
    const json = await exportedText(sessions, dictionary, source, "json");
    const uri = await temporaryFile("mail.json", new TextEncoder().encode(json));
    await newSessionFromJson(uri);
    const find = (): vscode.Uri | undefined => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return input instanceof vscode.TabInputCustom && input.viewType === VIEW_TYPE ? input.uri : undefined;
    };
    await until("the untitled editor", () => find()?.scheme === "untitled");
    sessions.dispose();
    const { document } = await openDocument(find() ?? uri);
    assert.equal(document.outline.property("", SUBJECT)?.value, "Out of JSON");
    document.dispose();
  });

  it("writes nothing and opens nothing when it is called off", async () => {
    const sessions = new Sessions();
    const source = await temporaryFile("mail.msg", mail());
    const json = await exportedText(sessions, dictionary, source, "json");
    const from = await temporaryFile("mail.json", new TextEncoder().encode(json));
    const stopped = new vscode.CancellationTokenSource();
    stopped.cancel();
    const there = new TextEncoder().encode("there before");
    const target = await temporaryFile("target.txt", there);
    const dialog = answer("showSaveDialog", target);
    try {
      for (const kind of ["json", "text"] as const) {
        await assert.rejects(
          exportedText(sessions, dictionary, source, kind, stopped.token),
          vscode.CancellationError,
        );
        await exportMessage(sessions, extensionUri(), source, kind, stopped.token);
        assert.deepEqual(await bytesOf(target), there);
      }
      await exportMessage(sessions, extensionUri(), source, "text");
      assert.notDeepEqual(await bytesOf(target), there);
    } finally {
      dialog.restore();
    }
    assert.equal(dialog.asked.length, 3);
    const next = untitledUri().toString();
    const wasAwaited = isAwaited(next);
    await newSessionFromJson(from, stopped.token);
    assert.equal(isAwaited(next), wasAwaited);
    assert.equal(untitledUri().toString(), next);
    sessions.dispose();
  });

  it("lets everything else go on while it works, and is called off in the middle of it", async () => {
    const endless = function* (): Steps<never> {
      for (;;) yield;
    };
    const stop = new vscode.CancellationTokenSource();
    const running = inSteps(endless(), stop.token);
    setTimeout(() => stop.cancel(), 0);
    await assert.rejects(running, vscode.CancellationError);
    const short = function* (): Steps<number> {
      yield;
      return 7;
    };
    assert.equal(await inSteps(short(), undefined), 7);
  });

  it("tells the text of a message that is edited meanwhile as it stands then", async () => {
    const sessions = new Sessions();
    const { document } = await openDocument(await temporaryFile("edited.msg", mail()));
    sessions.add(document);
    let looks = 0;
    const editing = new Proxy(dictionary, {
      get: (target, name) => {
        if (looks++ === 0) changeSubject(document, "Edited meanwhile");
        return Reflect.get(target, name) as unknown;
      },
    });
    const text = await exportedText(sessions, editing, document.uri, "text");
    assert.match(text, /PT_UNICODE: "Edited meanwhile"/);
    assert.doesNotMatch(text, /PidTagSubject 0037001F PT_UNICODE: "Quarterly figures"/);
    assert.ok(looks > 1);
    document.dispose();
    sessions.dispose();
  });

  it("refuses JSON that is no message", async () => {
    const uri = await temporaryFile("odd.json", new TextEncoder().encode('{"format":"other"}'));
    await assert.rejects(newSessionFromJson(uri), /format is not msg-session\/message/);
  });
});
