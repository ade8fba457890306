import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { describe, it } from "mocha";
import { PR_SUBJECT } from "../../src/core";
import { mail, outlineOf, valueIn } from "../support/mail";
import { until, withVsCode } from "./harness";
import { MsgEditor } from "./support/msgEditor";

const SUBJECT = "0037001F";
const HOT_EXIT = { "files.autoSave": "off", "files.hotExit": "onExitAndWindowClose" };

describe("the file of a message", () => {
  it("keeps unsaved edits over a reload of the window", async () => {
    await withVsCode({ files: { "mail.msg": mail() }, settings: HOT_EXIT }, async (code) => {
      const before = await code.workspace.read("mail.msg");
      await (await MsgEditor.open(code, "mail.msg")).setValue(SUBJECT, "Not saved yet");
      await code.waitForDirty("mail.msg");
      await code.reload();
      await code.waitForDirty("mail.msg");
      assert.deepEqual(await code.workspace.read("mail.msg"), before);
      const editor = await MsgEditor.inView(code);
      await editor.find(SUBJECT);
      await editor.waitForValue(SUBJECT, "Not saved yet");
      await editor.waitForChange(SUBJECT, "changed");
      await code.screenshot("files-after-reload");
      await editor.choose(SUBJECT);
      await code.save();
      assert.equal(valueIn(await code.workspace.read("mail.msg"), PR_SUBJECT), "Not saved yet");
    });
  });

  it("is followed when another program changes it while nothing is edited", async () => {
    await withVsCode({ files: { "mail.msg": mail() } }, async (code) => {
      const editor = await MsgEditor.open(code, "mail.msg");
      await editor.find(SUBJECT);
      await code.workspace.write("mail.msg", mail({ subject: "By another program" }));
      await editor.waitForValue(SUBJECT, "By another program");
      assert.equal(await editor.banners.count(), 0);
      assert.equal(await code.tabIsDirty("mail.msg"), false);
    });
  });

  it("is not overwritten when it was changed meanwhile: the bar says so, and overwrites when told", async () => {
    await withVsCode({ files: { "mail.msg": mail() } }, async (code) => {
      const editor = await MsgEditor.open(code, "mail.msg");
      await editor.setValue(SUBJECT, "Ours");
      const theirs = mail({ subject: "Theirs" });
      await code.workspace.write("mail.msg", theirs);
      await editor.banners.filter({ hasText: "changed on disk" }).waitFor();
      await code.screenshot("files-conflict");
      await editor.choose(SUBJECT);
      await code.page.keyboard.press("ControlOrMeta+S");
      await code.waitForNotification(/changed on disk/);
      assert.deepEqual(await code.workspace.read("mail.msg"), theirs);
      assert.equal(await code.tabIsDirty("mail.msg"), true);
      await editor.button("Overwrite the file").click();
      await code.waitForDirty("mail.msg", false);
      assert.equal(valueIn(await code.workspace.read("mail.msg"), PR_SUBJECT), "Ours");
      await editor.banners.first().waitFor({ state: "detached" });
    });
  });

  it("is read again when the person drops the changes made here", async () => {
    await withVsCode({ files: { "mail.msg": mail() } }, async (code) => {
      const editor = await MsgEditor.open(code, "mail.msg");
      await editor.setValue(SUBJECT, "Ours");
      await code.workspace.write("mail.msg", mail({ subject: "Theirs" }));
      await editor.button("Read the file again").click();
      await editor.waitForValue(SUBJECT, "Theirs");
      await code.waitForDirty("mail.msg", false);
      await editor.banners.first().waitFor({ state: "detached" });
    });
  });

  it("is written again when it was deleted meanwhile", async () => {
    await withVsCode({ files: { "mail.msg": mail(), "other.msg": mail() } }, async (code) => {
      const editor = await MsgEditor.open(code, "mail.msg");
      await editor.setValue(SUBJECT, "Still here");
      await rm(code.workspace.path("mail.msg"));
      await code.page.locator('.tab.dirty[data-resource-name="mail.msg"]').waitFor();
      await code.save();
      assert.equal(valueIn(await code.workspace.read("mail.msg"), PR_SUBJECT), "Still here");
    });
  });
});

describe("a file that is not sound", () => {
  it("that is damaged is shown for reading only, with what is wrong, and saved as a repaired copy", async () => {
    const whole = mail({ body: "A long body.\r\n".repeat(3000) });
    const cut = whole.slice(0, Math.floor(whole.length * 0.9));
    await withVsCode({ files: { "cut.msg": cut } }, async (code) => {
      const editor = await MsgEditor.open(code, "cut.msg");
      await editor.banners.filter({ hasText: "damaged" }).waitFor();
      await editor.frame.locator(".banner .link-button").click();
      await editor.frame.locator(".banner-details li").first().waitFor();
      await code.screenshot("files-damaged");
      assert.match(await editor.header(), /Read-only/);
      await editor.choose(SUBJECT);
      await code.page.keyboard.press("F2");
      await code.page.keyboard.type("x");
      await code.page.keyboard.press("Delete");
      assert.equal(await editor.cellInput.count(), 0);
      assert.equal(await editor.changeOf(SUBJECT), null);
      await editor.button("Save a repaired copy").click();
      await code.answerFileDialog("repaired.msg");
      await until("the repaired copy", async () => (await code.tabNames()).includes("repaired.msg"));
      const repaired = outlineOf(await code.workspace.read("repaired.msg"));
      assert.equal(repaired.property("", PR_SUBJECT)?.value, "Quarterly figures");
      assert.deepEqual(await code.workspace.read("cut.msg"), cut);
    });
  });

  it("that is no message says what it is and what can be done; the actions work", async () => {
    await withVsCode({ files: { "text.msg": "Just a text.\n" } }, async (code) => {
      const frame = await code.openFile("text.msg");
      const failure = frame.locator(".failure");
      await failure.waitFor();
      assert.match(await failure.innerText(), /not an Outlook message/);
      assert.match(await failure.innerText(), /plain text/);
      await code.screenshot("files-no-message");
      await failure.locator("vscode-button", { hasText: "Reopen with another editor" }).click();
      await code.quickInput.pick("Text Editor");
      await code.page.locator(".editor-instance .monaco-editor .view-line", { hasText: "Just" }).waitFor();
    });
  });

  it("that becomes a message is shown as one by 'Try again'", async () => {
    await withVsCode({ files: { "later.msg": "" } }, async (code) => {
      const frame = await code.openFile("later.msg");
      await frame.locator(".failure").waitFor();
      await frame.locator("vscode-button", { hasText: "Try again" }).click();
      await frame.locator(".failure").waitFor();
      await code.workspace.write("later.msg", mail());
      // By itself, when VS Code hears of the change, or by the button: whichever comes first.
      const button = frame.locator("vscode-button", { hasText: "Try again" });
      await button.click({ timeout: 2000 }).catch(() => undefined);
      const editor = await MsgEditor.inView(code);
      await editor.find(SUBJECT);
      await editor.waitForValue(SUBJECT, "Quarterly figures");
    });
  });
});
