import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  PR_CLIENT_SUBMIT_TIME,
  PR_IMPORTANCE,
  PR_READ_RECEIPT_REQUESTED,
  PR_SEARCH_KEY,
  PS_PUBLIC_STRINGS,
  PT_MV_UNICODE,
} from "../../src/core";
import { setNamed } from "../../scripts/samples/kit";
import { mail, outlineOf, valueIn } from "../support/mail";
import { withVsCode } from "./harness";
import { MsgEditor } from "./support/msgEditor";

const READ_RECEIPT = "0029000B";
const SUBMIT_TIME = "00390040";
const SEARCH_KEY = "300B0102";
const IMPORTANCE = "00170003";

const KEYWORDS = { guid: PS_PUBLIC_STRINGS, name: "Keywords" } as const;

function richMail(): Uint8Array {
  return mail({
    more: [{ tag: PR_CLIENT_SUBMIT_TIME, value: 134_170_000_000_000_000n }],
    fill: (message) => {
      setNamed(message, [{ name: KEYWORDS, type: PT_MV_UNICODE, value: ["red", "blue"] }]);
    },
  });
}

describe("values of every kind", () => {
  it("changes a boolean and a date in their cells", async () => {
    await withVsCode({ files: { "mail.msg": richMail() } }, async (code) => {
      const editor = await MsgEditor.open(code, "mail.msg");
      await editor.choose(READ_RECEIPT);
      await code.page.keyboard.press("F2");
      await editor.cellInput.waitFor();
      await editor.cellInput.selectOption("true");
      await code.page.keyboard.press("Enter");
      await editor.waitForValue(READ_RECEIPT, "true");
      await editor.typeInto(SUBMIT_TIME, "2026-03-01T08:12:44.1234567Z");
      await code.page.keyboard.press("Enter");
      await editor.waitForChange(SUBMIT_TIME, "changed");
      assert.match(
        await editor.valueOf(editor.row(SUBMIT_TIME)),
        /^2026-03-01 \d\d:12:44\.1234567 [+−]\d\d:\d\d$/,
      );
      await code.save();
      const saved = await code.workspace.read("mail.msg");
      assert.equal(valueIn(saved, PR_READ_RECEIPT_REQUESTED), true);
      // 2026-03-01T08:12:44.1234567Z in 100 ns since 1601.
      assert.equal(valueIn(saved, PR_CLIENT_SUBMIT_TIME), 134_168_263_641_234_567n);
    });
  });

  it("changes bytes in the detail pane digit by digit, and takes nothing that is no digit", async () => {
    await withVsCode({ files: { "mail.msg": richMail() } }, async (code) => {
      const editor = await MsgEditor.open(code, "mail.msg");
      await editor.choose(SEARCH_KEY);
      const { keyboard } = code.page;
      await keyboard.press("Enter");
      await editor.detail.locator(".hex-editor.focused").waitFor();
      await keyboard.press("ControlOrMeta+A");
      await keyboard.press("Delete");
      await keyboard.type("01g02xff");
      await editor.detail.locator(".byte.hex[data-byte='2']", { hasText: "FF" }).waitFor();
      assert.equal(await code.tabIsDirty("mail.msg"), false);
      await code.screenshot("properties-hex");
      await keyboard.press("ControlOrMeta+Enter");
      await editor.waitForChange(SEARCH_KEY, "changed");
      await code.save();
      assert.deepEqual(
        valueIn(await code.workspace.read("mail.msg"), PR_SEARCH_KEY),
        Uint8Array.of(1, 2, 255),
      );
    });
  });

  it("changes the values of a list: one, a new one, one less", async () => {
    await withVsCode({ files: { "mail.msg": richMail() } }, async (code) => {
      const editor = await MsgEditor.open(code, "mail.msg");
      await editor.filter("Keywords");
      await editor.rowNamed("Keywords").locator(".col-name").click();
      const value = (number: number) =>
        editor.detail
          .locator(".list-field")
          .nth(number - 1)
          .locator("input");
      await value(2).fill("green");
      await editor.button("Add a value").click();
      await value(3).fill("grün – 緑");
      await editor.detail.locator('vscode-button[aria-label="Remove value 1"]').click();
      await code.screenshot("properties-list");
      await editor.button("Apply").click();
      await code.waitForDirty("mail.msg");
      await code.save();
      const saved = outlineOf(await code.workspace.read("mail.msg"));
      const keywords = saved.properties("").find(({ tag }) => (tag & 0xffff) === PT_MV_UNICODE);
      assert.deepEqual(keywords?.value, ["green", "grün – 緑"]);
    });
  });

  it("changes a text of many lines in the detail pane and keeps its line ends", async () => {
    await withVsCode({ files: { "mail.msg": richMail() } }, async (code) => {
      const editor = await MsgEditor.open(code, "mail.msg");
      await editor.choose("1000001F");
      await code.page.keyboard.press("Enter");
      const area = editor.detail.locator("vscode-text-area textarea");
      assert.equal(await area.inputValue(), "Hello\nthere\n");
      await code.page.keyboard.press("ControlOrMeta+Home");
      await code.page.keyboard.type("First line");
      await code.page.keyboard.press("Enter");
      await code.screenshot("properties-text");
      await code.page.keyboard.press("ControlOrMeta+Enter");
      await editor.waitForChange("1000001F", "changed");
      await code.save();
      assert.equal(
        outlineOf(await code.workspace.read("mail.msg")).property("", 0x1000001f)?.value,
        "First line\r\nHello\r\nthere\r\n",
      );
    });
  });

  it("deletes a property, shows it as deleted, and puts it back", async () => {
    await withVsCode({ files: { "mail.msg": richMail() } }, async (code) => {
      const editor = await MsgEditor.open(code, "mail.msg");
      await editor.choose(IMPORTANCE);
      await code.page.keyboard.press("Delete");
      await editor.waitForChange(IMPORTANCE, "deleted");
      await code.waitForDirty("mail.msg");
      await code.screenshot("properties-deleted");
      await editor.row(IMPORTANCE).hover();
      await editor.row(IMPORTANCE).locator('button[title="Revert to the saved value"]').click();
      await editor.waitForChange(IMPORTANCE, null);
      await editor.choose(IMPORTANCE);
      await code.page.keyboard.press("Delete");
      await editor.waitForChange(IMPORTANCE, "deleted");
      await code.save();
      await editor.row(IMPORTANCE).waitFor({ state: "detached" });
      assert.equal(valueIn(await code.workspace.read("mail.msg"), PR_IMPORTANCE), undefined);
    });
  });

  it("deletes a recipient; undo brings it back", async () => {
    await withVsCode({ files: { "mail.msg": richMail() } }, async (code) => {
      const editor = await MsgEditor.open(code, "mail.msg");
      await editor.chooseObject("Ann");
      await code.page.keyboard.press("Delete");
      await editor.treeRow("Ann").waitFor({ state: "detached" });
      await code.waitForDirty("mail.msg");
      await code.page.keyboard.press("ControlOrMeta+Z");
      await editor.treeRow("Ann").waitFor();
      await code.waitForDirty("mail.msg", false);
    });
  });
});
