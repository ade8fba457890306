/** What makes it feel at home: the status bar, editors that are only looked at, comparing what is not saved yet. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { mail } from "../support/mail";
import { until, type VsCodePage, withVsCode } from "./harness";
import { MsgEditor } from "./support/msgEditor";

const SUBJECT = "0037001F";

const statusItem = (code: VsCodePage) =>
  code.page.locator("[id='msg-session.msg-session.msgSession.format']");

/** Waits until the status bar says this of the message in front; undefined: nothing. */
async function waitForStatus(code: VsCodePage, wanted: RegExp | undefined): Promise<void> {
  let last: string | undefined;
  const shows = async (): Promise<boolean> => {
    const item = statusItem(code);
    last = (await item.isVisible())
      ? await item.innerText({ timeout: 1000 }).catch(() => undefined)
      : undefined;
    return wanted === undefined ? last === undefined : last !== undefined && wanted.test(last);
  };
  await until(`${String(wanted)} in the status bar`, shows).catch((error: unknown) => {
    throw new Error(`${String(error)} It is "${String(last)}".`);
  });
}

/** Clicks a file in the Explorer once, which only looks at it. */
async function lookAt(code: VsCodePage, name: string): Promise<void> {
  await code.page.locator(".explorer-folders-view .monaco-list-row", { hasText: name }).first().click();
  await code.page.locator(".explorer-folders-view .monaco-list-row.selected", { hasText: name }).waitFor();
}

describe("manners", () => {
  it("tells kind, format and count of the message in front, and compares it with what is saved", async () => {
    const files = {
      "one.msg": mail(),
      "two.msg": mail({ unicode: false, codePage: 1251 }),
      "text.txt": "text",
    };
    await withVsCode({ files }, async (code) => {
      const one = await MsgEditor.open(code, "one.msg");
      await waitForStatus(code, /^IPM\.Note · Unicode · \d+ properties$/);
      const count = parseInt(/(\d+) properties/.exec(await statusItem(code).innerText())?.[1] ?? "", 10);
      await one.choose("00170003");
      await code.page.keyboard.press("Delete");
      await waitForStatus(code, new RegExp(` · ${count - 1} properties$`));
      await MsgEditor.open(code, "two.msg");
      await waitForStatus(code, /^IPM\.Note · 8-bit, 1251 · \d+ properties$/);
      await code.openAnyFile("text.txt");
      await waitForStatus(code, undefined);
      await code.tab("one.msg").click();
      await waitForStatus(code, /Unicode/);
      await statusItem(code).click();
      await code.quickInput.row("Message class").waitFor();
      await code.screenshot("manners-format");
      await code.page.keyboard.press("Escape");

      const again = await MsgEditor.inView(code);
      await again.setValue(SUBJECT, "Not saved yet");
      await code.waitForDirty("one.msg");
      await code.runCommand("MSG Session: Compare Message with Saved");
      const page = code.webview();
      const subject = page.locator(".compare-row", { hasText: /^Subject/ }).first();
      await subject.waitFor({ timeout: 60_000 });
      assert.equal(await subject.locator(".compare-left").innerText(), "Quarterly figures");
      assert.equal(await subject.locator(".compare-right").innerText(), "Not saved yet");
      await page
        .locator(".compare-row", { hasText: /^Importance/ })
        .first()
        .waitFor();
      await page.getByText("with unsaved changes").waitFor();
      await code.screenshot("manners-compare-saved");
      // It follows the message: when it is saved nothing differs any more.
      await code.tab("one.msg").click();
      await (await MsgEditor.inView(code)).choose(SUBJECT);
      await code.save();
      await code.page.locator(".tabs-container .tab", { hasText: "↔" }).first().click();
      await until(
        "no difference",
        async () => (await page.locator(".compare-property").count()) === 0,
        60_000,
      );
      await code.screenshot("manners-compare-same");
    });
  });

  it("keeps a message open that was only looked at, when something in it is opened", async () => {
    const files = { "mail.msg": mail(), "other.txt": "text" };
    const settings = { "workbench.editor.enablePreview": true };
    await withVsCode({ files, settings }, async (code) => {
      await MsgEditor.open(code, "mail.msg");
      await code.closeEditor();
      await lookAt(code, "mail.msg");
      const editor = await MsgEditor.inView(code);
      assert.equal(await code.page.locator(".tab .monaco-icon-label.italic").count(), 1);
      await editor.treeRow("notes.txt").click();
      await editor.treeRow("notes.txt").click({ button: "right" });
      await editor.frame.locator(".menu-item", { hasText: /^Open/ }).first().click();
      await code.tab("notes.txt").waitFor();
      await lookAt(code, "other.txt");
      await code.tab("other.txt").waitFor();
      assert.ok((await code.tabNames()).includes("mail.msg"), String(await code.tabNames()));
      await code.screenshot("manners-preview");
    });
  });
});
