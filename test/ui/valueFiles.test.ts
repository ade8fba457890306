import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { PR_ATTACH_DATA_BIN, PR_ATTACH_LONG_FILENAME, PR_BODY } from "../../src/core";
import { mail, outlineOf, valueIn } from "../support/mail";
import { until, withVsCode } from "./harness";
import { MsgEditor } from "./support/msgEditor";

const DATA = "37010102";
const bytes = Uint8Array.from({ length: 5000 }, (_, i) => i * 7);

describe("values and files", () => {
  it("adds a file as an attachment and saves an attachment's data as a file", async () => {
    await withVsCode({ files: { "mail.msg": mail(), "Zażółć.bin": bytes } }, async (code) => {
      const editor = await MsgEditor.open(code, "mail.msg");
      await editor.chooseObject("Attachments");
      await editor.button("Add attachment").click();
      await code.answerFileDialog("Zażółć.bin");
      await editor.treeRow("Zażółć.bin").waitFor();
      await editor.chooseObject("Zażółć.bin");
      await editor.choose(DATA);
      await editor.detail.locator('[data-action="save"]').click();
      await code.answerFileDialog("copy.bin");
      const isWritten = async (): Promise<boolean> => {
        const copy = await code.workspace.read("copy.bin").catch(() => undefined);
        return copy !== undefined && Buffer.compare(copy, bytes) === 0;
      };
      await until("the copy of the attachment", isWritten);
      await editor.choose(DATA);
      await code.save();
      const saved = outlineOf(await code.workspace.read("mail.msg"));
      const added = saved.message("").attachments.at(-1);
      assert.equal(saved.property(added!.address, PR_ATTACH_LONG_FILENAME)?.value, "Zażółć.bin");
      assert.deepEqual(saved.property(added!.address, PR_ATTACH_DATA_BIN)?.value, bytes);
    });
  });

  it("loads a text from a file, and refuses one that is no text", async () => {
    const files = { "mail.msg": mail(), "body.txt": "Zeile 1\r\nZeile 2 – 春\r\n", "no-text.bin": bytes };
    await withVsCode({ files }, async (code) => {
      const editor = await MsgEditor.open(code, "mail.msg");
      await editor.choose("1000001F");
      await editor.detail.locator('[data-action="load"]').click();
      await code.answerFileDialog("no-text.bin");
      await editor.banners.filter({ hasText: "not text in UTF-8" }).waitFor();
      assert.equal(await code.tabIsDirty("mail.msg"), false);
      await editor.detail.locator('[data-action="load"]').click();
      await code.answerFileDialog("body.txt");
      await code.waitForDirty("mail.msg");
      await editor.choose("1000001F");
      await code.save();
      assert.equal(valueIn(await code.workspace.read("mail.msg"), PR_BODY), "Zeile 1\r\nZeile 2 – 春\r\n");
    });
  });

  it("copies a value by the keyboard and from the menu", async () => {
    await withVsCode({ files: { "mail.msg": mail() } }, async (code) => {
      const clipboard = (): Promise<string> => code.page.evaluate("navigator.clipboard.readText()");
      const editor = await MsgEditor.open(code, "mail.msg");
      await editor.choose("0037001F");
      await code.page.keyboard.press("ControlOrMeta+C");
      await until("the value in the clipboard", async () => (await clipboard()) === "Quarterly figures");
      await editor.row("0037001F").locator(".col-name").click({ button: "right" });
      await editor.frame.locator(".menu-item", { hasText: "Copy tag" }).click();
      await until("the tag in the clipboard", async () => (await clipboard()) === "0037001F");
    });
  });
});
