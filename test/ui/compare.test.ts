/** Comparing messages as a person does it: by command, by keyboard, side by side and as text. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { mail } from "../support/mail";
import { until, withVsCode } from "./harness";
import { MsgEditor } from "./support/msgEditor";

describe("comparing two messages", () => {
  it("shows what differs side by side, goes from difference to difference, and on to VS Code's own diff", async () => {
    const files = {
      "before.msg": mail({ subject: "Quarterly figures", body: "Hello\r\nthere\r\n" }),
      "after.msg": mail({ subject: "Yearly figures", body: "Hello\r\nyou\r\n" }),
    };
    await withVsCode({ files }, async (code) => {
      await MsgEditor.open(code, "after.msg");
      await code.runCommand("MSG Session: Compare Message with…");
      await code.answerFileDialog("before.msg");
      const page = code.webview();
      const subject = page.locator(".compare-row", { hasText: /^Subject/ }).first();
      await subject.waitFor({ timeout: 60_000 });
      assert.equal(await subject.locator(".compare-left").innerText(), "Quarterly figures");
      assert.equal(await subject.locator(".compare-right").innerText(), "Yearly figures");
      assert.equal(
        await subject.getAttribute("aria-label"),
        "Subject, changed, Quarterly figures, Yearly figures",
      );
      const names = async (): Promise<string[]> =>
        page.locator(".compare-property .compare-label").allInnerTexts();
      assert.equal((await names()).includes("Message class"), false, "only what differs is shown");

      // The focus is in the rows, on the first difference; F7 goes on to the next.
      const active = (): Promise<string> => page.locator(".compare-active .compare-label").innerText();
      const first = await active();
      await code.page.keyboard.press("F7");
      await until("the next difference", async () => (await active()) !== first);
      await code.page.keyboard.press("Shift+F7");
      await until("the first difference", async () => (await active()) === first);
      const line = page.locator(".compare-field", { hasText: "line 2" }).first();
      assert.equal(await line.locator(".compare-left").innerText(), "there");
      assert.equal(await line.locator(".compare-right").innerText(), "you");

      await code.screenshot("compare-dark");
      await code.setTheme("light");
      await code.screenshot("compare-light");
      await code.setTheme("hc-black");
      await code.screenshot("compare-high-contrast");
      await code.setTheme("dark");
      await page.locator('.compare-button[aria-label="Show the differences only"]').click();
      await until("all properties", async () => (await names()).includes("Message class"));
      await code.screenshot("compare-all");
      await code.page.setViewportSize({ width: 640, height: 800 });
      await code.screenshot("compare-narrow");
      await code.page.setViewportSize({ width: 1280, height: 800 });

      await code.reload();
      await subject.waitFor({ timeout: 60_000 });
      assert.equal(await subject.locator(".compare-right").innerText(), "Yearly figures");

      await page.locator('.compare-button[aria-label="Compare as text"]').click();
      const diff = code.page.locator(".monaco-diff-editor");
      await diff.waitFor({ timeout: 60_000 });
      await until("the texts", async () => (await diff.innerText()).includes("PidTagSubject"));
      await code.screenshot("compare-text");
    });
  });
});
