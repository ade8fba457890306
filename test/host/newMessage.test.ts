import assert from "node:assert/strict";
import { afterEach, describe, it } from "mocha";
import * as vscode from "vscode";
import {
  MAPI_TO,
  PR_BODY,
  PR_DISPLAY_TO,
  PR_MESSAGE_CLASS,
  PR_SUBJECT,
  PRESET_IDS,
  presetClass,
  propId,
  propType,
  PT_STRING8,
  PT_UNICODE,
} from "../../src/core";
import { type NewMessageFormat, rememberFormat } from "../../src/extension/newMessages";
import {
  defaultCodePage,
  defaultPreset,
  defaultSender,
  isUnicodeDefault,
  senderInPage,
} from "../../src/extension/newMessageSettings";
import { pageModelOf } from "../../src/extension/viewModel/page";
import { PROTOCOL_VERSION } from "../../src/protocol/messages";
import { TestPage } from "./support/fakePanel";
import { bytesOf, temporaryFolder } from "./support/files";
import { outlineOf } from "../support/mail";
import { changeSubject, dictionary, type OpenDocument, openDocument } from "./support/documents";

let number = 0;

async function newMessage(format?: NewMessageFormat): Promise<OpenDocument> {
  const uri = vscode.Uri.from({ scheme: "untitled", path: `Test-${++number}.msg` });
  if (format) rememberFormat(uri.toString(), format);
  return openDocument(uri);
}

describe("a new message", () => {
  it("is a Unicode mail that can be edited, with nothing to save yet", async () => {
    const { document } = await newMessage();
    const model = pageModelOf(document, dictionary);
    assert.ok(model.kind === "session");
    assert.equal(model.header.format, "Unicode");
    assert.equal(model.header.messageClass, "IPM.Note");
    assert.equal(model.header.changes, 0);
    assert.equal(model.header.readOnly, undefined);
    document.dispose();
  });

  it("is saved under a name, with what was filled in", async () => {
    const { document } = await newMessage({ unicode: true });
    const page = new TestPage(document);
    await page.get("ready", { version: PROTOCOL_VERSION });
    changeSubject(document, "Grüße – 春");
    await page.get("addRecipient", {
      object: "/recipients",
      recipientType: MAPI_TO,
      name: "Łucja",
      address: "lucja@example.com",
      revision: document.revision,
    });
    await page.get("addProperty", {
      object: "",
      tag: PR_BODY,
      values: ["First\nsecond"],
      revision: document.revision,
    });
    const target = vscode.Uri.joinPath(await temporaryFolder(), "new.msg");
    await document.saveAs(target);
    const saved = outlineOf(await bytesOf(target));
    assert.equal(saved.property("", PR_SUBJECT)?.value, "Grüße – 春");
    assert.equal(saved.property("", PR_BODY)?.value, "First\r\nsecond");
    assert.equal(saved.property("", PR_DISPLAY_TO)?.value, "Łucja");
    assert.equal(saved.message("").recipients.length, 1);
    assert.equal(saved.message("").unicode, true);
    page.dispose();
    document.dispose();
  });

  it("in an 8-bit code page holds what the page holds", async () => {
    const { document } = await newMessage({ unicode: false, codePage: 1251 });
    const model = pageModelOf(document, dictionary);
    assert.ok(model.kind === "session");
    assert.match(model.header.format, /8-bit.*1251/);
    changeSubject(document, "Привет");
    const page = new TestPage(document);
    await page.get("ready", { version: PROTOCOL_VERSION });
    await page.get("addRecipient", {
      object: "/recipients",
      recipientType: MAPI_TO,
      name: "Анна",
      address: "anna@example.com",
      revision: document.revision,
    });
    page.dispose();
    const target = vscode.Uri.joinPath(await temporaryFolder(), "eightbit.msg");
    await document.saveAs(target);
    const saved = outlineOf(await bytesOf(target));
    const subject = saved.property("", PR_SUBJECT);
    assert.equal(subject?.value, "Привет");
    assert.equal(propType(subject.tag), PT_STRING8);
    assert.equal(saved.property("", PR_DISPLAY_TO)?.value, "Анна");
    assert.equal(saved.message("").codePage.id, 1251);
    assert.ok(saved.properties("").every(({ tag }) => propType(tag) !== PT_UNICODE));
    document.dispose();
  });

  it("in an 8-bit code page refuses text that the page cannot hold, and names the characters", async () => {
    const { document, edits } = await newMessage({ unicode: false, codePage: 1252 });
    const page = new TestPage(document);
    await page.get("ready", { version: PROTOCOL_VERSION });
    const { rows } = await page.get("getRows", { object: "" });
    const subject = rows.find(({ tag }) => propId(tag) === propId(PR_SUBJECT));
    assert.ok(subject);
    const set = (text: string) =>
      page.refusal("setProperty", { object: "", tag: subject.tag, text, revision: document.revision });
    const error = await set("Größe 春 and Ж");
    assert.equal(error.code, "invalid");
    assert.match(error.message, /春/);
    assert.match(error.message, /Ж/);
    assert.doesNotMatch(error.message, /ö/);
    assert.deepEqual(edits, []);
    const recipient = await page.refusal("addRecipient", {
      object: "/recipients",
      recipientType: MAPI_TO,
      name: "春",
      address: "a@example.com",
      revision: document.revision,
    });
    assert.equal(recipient.code, "invalid");
    assert.match(recipient.message, /春/);
    page.dispose();
    document.dispose();
  });

  it("comes back from a backup", async () => {
    const { document } = await newMessage({ unicode: false, codePage: 1250 });
    changeSubject(document, "Žluťoučký");
    const backup = await document.backup(vscode.Uri.joinPath(await temporaryFolder(), "backup"));
    const again = await openDocument(document.uri, backup.id);
    assert.equal(again.document.outline.property("", PR_SUBJECT)?.value, "Žluťoučký");
    assert.equal(again.document.outline.message("").codePage.id, 1250);
    assert.equal(again.document.outline.property("", PR_MESSAGE_CLASS)?.value, "IPM.Note");
    assert.equal(again.document.readOnlyReason, undefined);
    again.document.dispose();
    document.dispose();
  });

  it("begins anew when it is reverted", async () => {
    const { document } = await newMessage({ unicode: false, codePage: 1250 });
    changeSubject(document, "Gone");
    await document.revert();
    assert.equal(document.outline.property("", PR_SUBJECT)?.value, "");
    assert.equal(document.outline.message("").codePage.id, 1250);
    document.dispose();
  });

  it("can be of every preset, in both formats, and is opened with nothing to save", async () => {
    for (const preset of PRESET_IDS) {
      for (const codePage of [undefined, 1250]) {
        const format = {
          preset,
          unicode: codePage === undefined,
          ...(codePage === undefined ? {} : { codePage }),
        };
        const { document } = await newMessage({
          ...format,
          sender: { name: "Zoë", address: "z@example.com" },
        });
        const model = pageModelOf(document, dictionary);
        assert.ok(model.kind === "session", preset);
        assert.equal(model.header.messageClass, presetClass(preset));
        assert.equal(model.header.changes, 0);
        const target = vscode.Uri.joinPath(await temporaryFolder(), `${preset}.msg`);
        await document.saveAs(target);
        const saved = outlineOf(await bytesOf(target));
        assert.equal(saved.property("", PR_MESSAGE_CLASS)?.value, presetClass(preset));
        document.dispose();
      }
    }
  });
});

describe("the settings of a new message", () => {
  const settings = (): vscode.WorkspaceConfiguration =>
    vscode.workspace.getConfiguration("msgSession.newMessage");
  const set = async (name: string, value: unknown): Promise<void> =>
    settings().update(name, value, vscode.ConfigurationTarget.Global);

  afterEach(async () => {
    for (const name of ["preset", "format", "codePage", "sender"]) await set(name, undefined);
  });

  it("are an unsent Unicode mail of nobody to begin with", () => {
    assert.equal(defaultPreset(), "unsentMail");
    assert.equal(isUnicodeDefault(), true);
    assert.equal(defaultCodePage(), 1252);
    assert.deepEqual(defaultSender(), {});
  });

  it("are what the person says", async () => {
    await set("preset", "task");
    await set("format", "8-bit");
    await set("codePage", 932);
    await set("sender", '"Weiß, Zoë" <zoe@example.com>');
    assert.equal(defaultPreset(), "task");
    assert.equal(isUnicodeDefault(), false);
    assert.equal(defaultCodePage(), 932);
    const { sender } = defaultSender();
    assert.deepEqual(sender, { name: "Weiß, Zoë", address: "zoe@example.com" });
    assert.deepEqual(senderInPage(sender, 1252), sender);
    assert.deepEqual(senderInPage(sender, 1251), { name: "", address: "zoe@example.com" });
  });

  it("that say nothing sound are left aside; a sender that is nobody is said", async () => {
    await set("preset", "toString");
    await set("codePage", 12);
    assert.equal(defaultPreset(), "unsentMail");
    assert.equal(defaultCodePage(), 1252);
    for (const sender of ["Zoë", "a@example.com; b@example.com", "zoe@"]) {
      await set("sender", sender);
      assert.equal(defaultSender().sender, undefined, sender);
      assert.match(defaultSender().problem ?? "", /msgSession\.newMessage\.sender/);
    }
  });
});
