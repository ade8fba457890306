import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { tenThousand } from "../../scripts/samples/propertyTypes";
import { mail, outlineOf } from "../support/mail";
import { until, withVsCode } from "./harness";
import { MsgEditor } from "./support/msgEditor";

const SUBJECT = "0037001F";

describe("the views of a message", () => {
  it("side by side stay in step", async () => {
    const viewport = { width: 1920, height: 900 };
    await withVsCode({ files: { "mail.msg": mail() }, viewport }, async (code) => {
      const left = await MsgEditor.open(code, "mail.msg");
      await code.runCommand("View: Split Editor");
      await until(
        "two editors",
        async () => (await code.page.locator("iframe.webview.ready:visible").count()) === 2,
      );
      const right = await MsgEditor.inView(code, 1);
      await left.find(SUBJECT);
      await right.find(SUBJECT);
      await left.setValue(SUBJECT, "From the left");
      await right.waitForValue(SUBJECT, "From the left");
      await right.setValue(SUBJECT, "From the right");
      await left.waitForValue(SUBJECT, "From the right");
      await code.screenshot("views-split");
      await left.choose(SUBJECT);
      await code.page.keyboard.press("ControlOrMeta+Z");
      await right.waitForValue(SUBJECT, "From the left");
      await left.waitForValue(SUBJECT, "From the left");
      await right.chooseObject("Ann");
      await code.page.keyboard.press("Delete");
      await left.treeRow("Ann").waitFor({ state: "detached" });
      await code.save();
      assert.equal(outlineOf(await code.workspace.read("mail.msg")).message("").recipients.length, 0);
    });
  });

  it("keeps what was chosen and filtered while another tab is in front", async () => {
    await withVsCode({ files: { "one.msg": mail(), "two.msg": mail({ subject: "Two" }) } }, async (code) => {
      const one = await MsgEditor.open(code, "one.msg");
      await one.chooseObject("Ann");
      await one.filter("display");
      await one.row("3001001F").locator(".col-name").click();
      await one.detail.locator("h2", { hasText: "Display name" }).waitFor();
      await code.openFile("two.msg");
      const two = await MsgEditor.inView(code);
      await two.find(SUBJECT);
      await two.waitForValue(SUBJECT, "Two");
      await code.tab("one.msg").click();
      const back = await MsgEditor.inView(code);
      await back.frame.locator('.grid-row[data-tag="3001001F"][aria-selected="true"]').waitFor();
      assert.equal(await back.frame.locator(".filter-field input").inputValue(), "display");
      assert.equal(await back.treeRow("Ann").getAttribute("aria-selected"), "true");
      await back.detail.locator("h2", { hasText: "Display name" }).waitFor();
    });
  });

  it("are shown, and what is chosen is copied, by commands of the palette", async () => {
    await withVsCode({ files: { "mail.msg": mail() } }, async (code) => {
      const editor = await MsgEditor.open(code, "mail.msg");
      for (const view of ["Storage", "Names", "Message", "Properties"]) {
        await code.runCommand(`MSG Session: Show ${view}`);
        await editor.frame.locator(`#view-tab-${view.toLowerCase()}[aria-selected="true"]`).waitFor();
      }
      await editor.choose(SUBJECT);
      await code.runCommand("MSG Session: Copy Properties As…");
      await code.quickInput.pick("C# constant");
      await editor.frame
        .locator('[aria-live="polite"]', { hasText: "1 copied" })
        .waitFor({ state: "attached" });
    });
  });

  it("shows ten thousand properties, scrolls and filters them", async () => {
    const sample = tenThousand();
    await withVsCode({ files: { "many.msg": sample.bytes } }, async (code) => {
      const editor = await MsgEditor.open(code, "many.msg");
      const count = editor.frame.locator(".filter-count");
      await count.filter({ hasText: /^10,0\d\d of 10,0\d\d$/ }).waitFor();
      assert.ok((await editor.frame.locator(".grid-row[data-tag]").count()) < 100);
      await editor.frame.locator(".grid-row[data-tag]").first().locator(".col-name").click();
      await code.page.keyboard.press("End");
      await editor.rowNamed("Measurement 10000").waitFor();
      await code.screenshot("views-ten-thousand");
      await code.page.keyboard.press("Home");
      await editor.rowNamed("Measurement 10000").waitFor({ state: "detached" });
      await editor.filter('"measurement 0777"');
      await count.filter({ hasText: /^10 of / }).waitFor();
      assert.equal(await editor.frame.locator(".grid-row[data-tag]").count(), 10);
      await editor.filter("nothing at all");
      await editor.frame.locator(".empty-note", { hasText: "No property matches" }).waitFor();
    });
  });
});
