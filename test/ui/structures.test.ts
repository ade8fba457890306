import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { PR_CLIENT_SUBMIT_TIME, PR_CONVERSATION_INDEX, PR_MESSAGE_FLAGS } from "../../src/core";
import { mail, valueIn } from "../support/mail";
import { type VsCodePage, withVsCode } from "./harness";
import { MsgEditor } from "./support/msgEditor";

const INDEX = "00710102";
const FLAGS = "0E070003";
const TIME = "00390040";
const BYTES = Uint8Array.from([
  1,
  0xdc,
  0xa9,
  0x53,
  0x2e,
  0x77,
  ...Array.from({ length: 16 }, (_, at) => at),
]);

const message = (): Uint8Array =>
  mail({
    more: [
      { tag: PR_CONVERSATION_INDEX, value: BYTES },
      { tag: PR_CLIENT_SUBMIT_TIME, value: 134_167_104_000_000_001n },
    ],
  });

/** Goes to a property and into its editor in the detail pane. */
async function openDetail(editor: MsgEditor, tag: string, part: string): Promise<void> {
  await editor.choose(tag);
  await editor.detail.locator(part).first().waitFor();
}

async function headerTime(editor: MsgEditor): Promise<string> {
  return editor.detail.locator('.field-row[data-path="HeaderTime"] .field-value').innerText();
}

async function takePictures(code: VsCodePage, editor: MsgEditor, name: string): Promise<void> {
  for (const theme of ["dark", "light", "hc-black"] as const) {
    await code.setTheme(theme);
    await code.screenshot(`${name}-${theme}`);
  }
  await editor.detail.waitFor();
}

describe("structures in VS Code", () => {
  it("are edited field by field by the keyboard, saved, found again, and undone", async () => {
    await withVsCode({ files: { "mail.msg": message() } }, async (code) => {
      let editor = await MsgEditor.open(code, "mail.msg");
      await openDetail(editor, INDEX, ".field-row[data-path]");
      const before = await headerTime(editor);
      await code.page.keyboard.press("Enter");
      await code.page.keyboard.press("ArrowDown");
      await code.page.keyboard.press("F2");
      await editor.detail.locator(".cell-input").waitFor();
      await code.page.keyboard.press("ControlOrMeta+A");
      await code.page.keyboard.type("2027-05-06T07:08:00Z");
      await code.page.keyboard.press("Enter");
      await editor.detail
        .locator('.field-row[data-path="HeaderTime"]', { hasText: /2027-05-06T07:0[78]/ })
        .waitFor();
      await code.waitForDirty("mail.msg");
      await takePictures(code, editor, "editors-structure");
      await code.page.keyboard.press("ControlOrMeta+Z");
      await editor.detail.locator('.field-row[data-path="HeaderTime"]', { hasText: before }).waitFor();
      await code.waitForDirty("mail.msg", false);
      await code.page.keyboard.press("ControlOrMeta+Shift+Z");
      await code.waitForDirty("mail.msg");
      await code.save();
      const saved = valueIn(await code.workspace.read("mail.msg"), PR_CONVERSATION_INDEX);
      assert.ok(saved instanceof Uint8Array);
      assert.deepEqual(saved.subarray(6), BYTES.subarray(6));
      assert.notDeepEqual(saved.subarray(0, 6), BYTES.subarray(0, 6));
      await code.closeEditor();
      editor = await MsgEditor.open(code, "mail.msg");
      await openDetail(editor, INDEX, ".field-row[data-path]");
      assert.match(await headerTime(editor), /^2027-05-06T07:0[78]/);
    });
  });

  it("stand beside flags as check boxes and times in two zones", async () => {
    await withVsCode({ files: { "mail.msg": message() } }, async (code) => {
      const editor = await MsgEditor.open(code, "mail.msg");
      await openDetail(editor, FLAGS, ".flag-boxes");
      const box = editor.detail.locator(".flag-boxes vscode-checkbox", { hasText: "MSGFLAG_FROMME" });
      await box.click();
      await takePictures(code, editor, "editors-flags");
      await code.page.keyboard.press("ControlOrMeta+Enter");
      await code.waitForDirty("mail.msg");
      await openDetail(editor, TIME, ".time-editor");
      await editor.detail.locator(".time-field input").first().click();
      await code.page.keyboard.press("End");
      await code.page.keyboard.type("9");
      await editor.detail.locator(".field-error:not(:empty)").waitFor();
      await takePictures(code, editor, "editors-time");
      await code.page.keyboard.press("Escape");
      await code.save();
      const flags = valueIn(await code.workspace.read("mail.msg"), PR_MESSAGE_FLAGS);
      assert.ok(typeof flags === "number" && (flags & 0x20) !== 0);
    });
  });
});
