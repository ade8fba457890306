import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { PR_SUBJECT } from "../../src/core";
import { mail, valueIn } from "../support/mail";
import { withVsCode } from "./harness";
import { MsgEditor } from "./support/msgEditor";

const SUBJECT = "0037001F";

// Every browser test runs in a VS Code that has the packaged extension installed; here is that it is that one.
describe("the packaged extension", () => {
  it("is what VS Code has installed", async () => {
    await withVsCode({}, async (code) => {
      await code.runCommand("Extensions: Show Installed Extensions");
      const ours = code.page.locator(".extension-list-item", { hasText: "MSG Session" });
      await ours.first().waitFor();
      assert.doesNotMatch(code.page.url(), /extensionDevelopmentPath/);
    });
  });

  it("opens a message, edits it, saves it, and keeps unsaved edits over a reload", async () => {
    await withVsCode({ files: { "mail.msg": mail() } }, async (code) => {
      let editor = await MsgEditor.open(code, "mail.msg");
      await editor.setValue(SUBJECT, "By the packaged extension");
      await code.save();
      assert.equal(valueIn(await code.workspace.read("mail.msg"), PR_SUBJECT), "By the packaged extension");
      await editor.setValue(SUBJECT, "Not saved yet");
      await code.waitForDirty("mail.msg");
      await code.reload();
      await code.waitForDirty("mail.msg");
      editor = await MsgEditor.inView(code);
      await editor.find(SUBJECT);
      await editor.waitForValue(SUBJECT, "Not saved yet");
      await code.screenshot("packaged");
    });
  });
});
