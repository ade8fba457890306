import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { PR_ATTACH_MIME_TAG, PR_DISPLAY_NAME, PR_SUBJECT } from "../../src/core";
import { mail, outlineOf, valueIn } from "../support/mail";
import { withVsCode } from "./harness";
import { MsgEditor } from "./support/msgEditor";

const SUBJECT = "0037001F";
const DISPLAY_NAME = "3001001F";

describe("editing a message", () => {
  it("changes the subject by the keyboard, undoes, does again, saves, and finds it after opening again", async () => {
    await withVsCode({ files: { "mail.msg": mail() } }, async (code) => {
      let editor = await MsgEditor.open(code, "mail.msg");
      await editor.find(SUBJECT);
      await editor.waitForValue(SUBJECT, "Quarterly figures");
      assert.match(await editor.header(), /Quarterly figures[\s\S]*IPM\.Note[\s\S]*Unicode[\s\S]*no changes/);

      await editor.setValue(SUBJECT, "Figures of the year");
      await code.waitForDirty("mail.msg");
      assert.equal(await editor.changeOf(SUBJECT), "changed");
      assert.match(
        await editor.header(),
        /Figures of the year[\s\S]*1 change|Figures of the year[\s\S]*\d changes/,
      );
      await code.screenshot("editing-changed");

      await code.page.keyboard.press("ControlOrMeta+Z");
      await editor.waitForValue(SUBJECT, "Quarterly figures");
      await code.waitForDirty("mail.msg", false);
      await code.page.keyboard.press("ControlOrMeta+Shift+Z");
      await editor.waitForValue(SUBJECT, "Figures of the year");
      await code.waitForDirty("mail.msg");

      await code.save();
      assert.equal(valueIn(await code.workspace.read("mail.msg"), PR_SUBJECT), "Figures of the year");
      await editor.waitForChange(SUBJECT, null);
      await code.closeEditor();
      editor = await MsgEditor.open(code, "mail.msg");
      await editor.find(SUBJECT);
      await editor.waitForValue(SUBJECT, "Figures of the year");
    });
  });

  it("changes a recipient and an attachment", async () => {
    await withVsCode({ files: { "mail.msg": mail() } }, async (code) => {
      const editor = await MsgEditor.open(code, "mail.msg");
      await editor.chooseObject("Ann");
      await editor.setValue(DISPLAY_NAME, "Ann Other");
      await editor.treeRow("Ann Other").waitFor();
      await code.screenshot("editing-recipient");
      await editor.chooseObject("notes.txt");
      await editor.setValue("370E001F", "text/markdown");
      await code.save();
      const saved = outlineOf(await code.workspace.read("mail.msg"));
      const [recipient] = saved.message("").recipients;
      const [attachment] = saved.message("").attachments;
      assert.equal(saved.property(recipient!.address, PR_DISPLAY_NAME)?.value, "Ann Other");
      assert.equal(saved.property(attachment!.address, PR_ATTACH_MIME_TAG)?.value, "text/markdown");
      assert.equal(saved.property("", PR_SUBJECT)?.value, "Quarterly figures");
    });
  });

  it("undoes what is typed into a field in the field alone, not in the document", async () => {
    await withVsCode({ files: { "mail.msg": mail() } }, async (code) => {
      const editor = await MsgEditor.open(code, "mail.msg");
      await editor.setValue(SUBJECT, "Changed once");
      await editor.choose(SUBJECT);
      await code.page.keyboard.press("F2");
      await editor.cellInput.waitFor();
      await code.page.keyboard.press("End");
      await code.page.keyboard.type(" and again");
      assert.equal(await editor.cellInput.inputValue(), "Changed once and again");
      await code.page.keyboard.press("ControlOrMeta+Z");
      assert.equal(await editor.cellInput.inputValue(), "Changed once");
      assert.equal(await code.tabIsDirty("mail.msg"), true);
      await code.page.keyboard.press("Escape");
      await editor.waitForValue(SUBJECT, "Changed once");
      await code.page.keyboard.press("ControlOrMeta+Z");
      await editor.waitForValue(SUBJECT, "Quarterly figures");
      await code.waitForDirty("mail.msg", false);
    });
  });

  it("shows at the cell why a value is refused, and writes nothing", async () => {
    await withVsCode({ files: { "mail.msg": mail() } }, async (code) => {
      const editor = await MsgEditor.open(code, "mail.msg");
      const IMPORTANCE = "00170003";
      await editor.typeInto(IMPORTANCE, "high");
      await code.page.keyboard.press("Enter");
      await editor.cellError.waitFor();
      assert.match(await editor.cellError.innerText(), /Not a whole number/);
      await code.screenshot("editing-refused");
      assert.equal(await editor.cellInput.inputValue(), "high");
      assert.equal(await code.tabIsDirty("mail.msg"), false);
      await code.page.keyboard.press("Escape");
      await editor.cellError.waitFor({ state: "detached" });
      assert.match(await editor.valueOf(editor.row(IMPORTANCE)), /^1/);
      assert.equal(await code.tabIsDirty("mail.msg"), false);
      await editor.typeInto(IMPORTANCE, "2");
      await code.page.keyboard.press("Enter");
      await editor.waitForChange(IMPORTANCE, "changed");
    });
  });
});
