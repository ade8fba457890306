import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  PR_COMMENT,
  PR_DISPLAY_NAME,
  PR_DISPLAY_TO,
  PR_EMAIL_ADDRESS,
  PR_SUBJECT,
  propType,
  PT_STRING8,
} from "../../src/core";
import { outlineOf } from "../support/mail";
import { until, type VsCodePage, withVsCode } from "./harness";
import { MsgEditor } from "./support/msgEditor";

async function begin(code: VsCodePage, ...answers: readonly string[]): Promise<MsgEditor> {
  await code.runCommand("MSG Session: New Message Session");
  for (const answer of answers) await code.quickInput.pick(answer);
  await code.tab("Untitled-1.msg").waitFor();
  return MsgEditor.inView(code);
}

async function addRecipient(editor: MsgEditor, name: string, address: string): Promise<void> {
  await editor.chooseObject("Recipients");
  await editor.button("Add recipient").click();
  await editor.field("Display name").fill(name);
  await editor.field("E-mail address").fill(address);
  await editor.code.page.keyboard.press("Enter");
}

describe("a new message", () => {
  it("in Unicode is filled in, saved under a name, and goes on under it", async () => {
    await withVsCode({}, async (code) => {
      const editor = await begin(code, "Unsent Mail", "Unicode");
      assert.match(await editor.header(), /IPM\.Note[\s\S]*Unicode/);
      await code.screenshot("new-empty");
      await editor.setValue("0037001F", "Grüße – 春");
      await code.waitForDirty("Untitled-1.msg");
      await addRecipient(editor, "Łucja", "lucja@example.com");
      await editor.treeRow("Łucja").waitFor();

      await editor.chooseObject("Message");
      await editor.button("Add").click();
      const name = editor.frame.locator('input[aria-label="Name or tag"]');
      await name.fill("comment");
      const suggestion = editor.frame.locator(".combo-item", { hasText: "PidTagComment" }).first();
      await suggestion.waitFor();
      await code.screenshot("new-add-property");
      await suggestion.click();
      await editor.field("Value").fill("made by hand");
      await code.page.keyboard.press("Enter");
      await editor.row("3004001F").waitFor();

      await code.saveAs("made.msg");
      await code.waitForDirty("made.msg", false);
      const saved = outlineOf(await code.workspace.read("made.msg"));
      assert.equal(saved.property("", PR_SUBJECT)?.value, "Grüße – 春");
      assert.equal(saved.property("", PR_COMMENT)?.value, "made by hand");
      assert.equal(saved.property("", PR_DISPLAY_TO)?.value, "Łucja");
      const [recipient] = saved.message("").recipients;
      assert.equal(saved.property(recipient!.address, PR_EMAIL_ADDRESS)?.value, "lucja@example.com");
      assert.deepEqual(await code.tabNames(), ["made.msg"]);
      const again = await MsgEditor.inView(code);
      await again.setValue("0037001F", "Second save");
      await code.save();
      assert.equal(
        outlineOf(await code.workspace.read("made.msg")).property("", PR_SUBJECT)?.value,
        "Second save",
      );
    });
  });

  it("in 8-bit text takes what its code page holds and refuses the rest by name", async () => {
    await withVsCode({}, async (code) => {
      const editor = await begin(code, "Unsent Mail", "8-bit", "Cyrillic");
      assert.match(await editor.header(), /8-bit[\s\S]*1251/);
      const SUBJECT = "0037001E";
      await editor.typeInto(SUBJECT, "Привет 春");
      await code.page.keyboard.press("Enter");
      await editor.cellError.waitFor();
      assert.match(await editor.cellError.innerText(), /春/);
      await code.screenshot("new-8bit-refused");
      await code.page.keyboard.press("Escape");
      await editor.setValue(SUBJECT, "Привет");
      await addRecipient(editor, "Анна", "anna@example.com");
      await editor.treeRow("Анна").waitFor();
      await code.saveAs("eightbit.msg");
      const saved = outlineOf(await code.workspace.read("eightbit.msg"));
      const subject = saved.property("", PR_SUBJECT);
      assert.equal(subject?.value, "Привет");
      assert.equal(propType(subject.tag), PT_STRING8);
      const [recipient] = saved.message("").recipients;
      assert.equal(saved.property(recipient!.address, PR_DISPLAY_NAME)?.value, "Анна");
      assert.equal(saved.message("").codePage.id, 1251);
    });
  });

  it("is offered by File: New File…, and begins nothing when it is called off", async () => {
    await withVsCode({}, async (code) => {
      // Before VS Code has read what the extension contributes, a text file is all there is to create.
      const isRead = () => code.offersCommand("MSG Session: New Message Session");
      await until("the extension's commands", isRead, 60_000);
      const dialog = code.page.locator(".monaco-dialog-box");
      const row = code.quickInput.row("Outlook Message");
      // Early after the start VS Code's own command fails: its list is made a little later.
      const isListed = async (): Promise<boolean> => {
        await code.runCommand("Create: New File...");
        await dialog.or(row).first().waitFor();
        if (await row.isVisible()) return true;
        await code.answerDialog("OK");
        return false;
      };
      await until("the kinds of new files", isListed, 60_000);
      await code.screenshot("new-file-list");
      await code.quickInput.pick("Outlook Message");
      await code.quickInput.row("Unsent Mail").waitFor();
      await code.page.keyboard.press("Enter");
      await code.quickInput.row("Unicode").waitFor();
      await code.screenshot("new-message-format");
      await code.page.keyboard.press("Escape");
      await code.quickInput.row("Unicode").waitFor({ state: "hidden" });
      assert.deepEqual(await code.tabNames(), []);
    });
  });
});
