/** The extension host ends while messages are open, as in a crash, and VS Code starts another. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { PR_SUBJECT } from "../../src/core";
import { mail, valueIn } from "../support/mail";
import { nestedMail } from "../support/nested";
import { until, withVsCode } from "./harness";
import { canFindProcesses, crashExtensionHost, waitForBackups } from "./support/extensionHost";
import { MsgEditor } from "./support/msgEditor";
import { SessionsView } from "./support/sessionsView";

const SUBJECT = "0037001F";
/** Settings that no other test has: so the server, and the extension host on it, are this test's own. */
const OWN_SERVER = { settings: { "files.hotExit": "onExitAndWindowClose" } };

describe("a restart of the extension host", () => {
  it("is noticed by the editors, which lock, and brings everything back, unsaved changes too", async function () {
    this.timeout(300_000);
    if (!(await canFindProcesses())) return this.skip();
    const files = { "outer.msg": nestedMail(), "mail.msg": mail() };
    await withVsCode({ files, server: OWN_SERVER }, async (code) => {
      const outer = await MsgEditor.open(code, "outer.msg");
      await outer.setValue(SUBJECT, "Not saved yet");
      await code.waitForDirty("outer.msg");
      const view = new SessionsView(code);
      await view.show();
      await view.press("Middle", "Open");
      await code.tab("Middle.msg").waitFor();
      const inside = await MsgEditor.inView(code);
      await inside.setValue(SUBJECT, "Inside, not saved yet");
      await code.waitForDirty("Middle.msg");
      await view.toggleFolders();
      const front = await MsgEditor.open(code, "mail.msg");
      await waitForBackups(code, 2);
      await crashExtensionHost(code);

      // The page in front hears nothing any more, says so and lets nothing be edited.
      await front.row(SUBJECT).locator(".col-name").click();
      const bar = front.banners.filter({ hasText: "does not answer" });
      await bar.waitFor({ timeout: 60_000 });
      assert.match(await front.header(), /Read-only/);
      await code.page.keyboard.press("F2");
      assert.equal(await front.cellInput.count(), 0);
      await code.screenshot("restart-noticed");

      await bar.getByRole("link", { name: "Open Again" }).click();
      const again = async (name: string, subject: string): Promise<MsgEditor> => {
        await code.tab(name).click();
        const editor = await MsgEditor.inView(code);
        await editor.find(SUBJECT);
        await editor.waitForValue(SUBJECT, subject);
        return editor;
      };
      await until("the editors to be opened again", async () => (await view.labels()).length > 0, 60_000);
      await again("mail.msg", "Quarterly figures");
      const back = await again("outer.msg", "Not saved yet");
      assert.equal(await code.tabIsDirty("outer.msg"), true);
      await again("Middle.msg", "Inside, not saved yet");
      assert.equal(await code.tabIsDirty("Middle.msg"), true);
      assert.deepEqual([...(await code.tabNames())].sort(), ["Middle.msg", "mail.msg", "outer.msg"]);
      await code.screenshot("restart-back");
      await code.tab("outer.msg").click();
      await back.choose(SUBJECT);
      await code.save();
      assert.equal(valueIn(await code.workspace.read("outer.msg"), PR_SUBJECT), "Not saved yet");
    });
  });

  it("is noticed by a comparison, which is opened again with its messages and follows them", async function () {
    this.timeout(300_000);
    if (!(await canFindProcesses())) return this.skip();
    const files = { "before.msg": mail({ subject: "Before" }), "after.msg": mail({ subject: "After" }) };
    await withVsCode({ files, server: OWN_SERVER }, async (code) => {
      await MsgEditor.open(code, "after.msg");
      await code.runCommand("MSG Session: Compare Message with…");
      await code.answerFileDialog("before.msg");
      const rows = code.webview().locator(".compare-row", { hasText: /^Subject/ });
      await rows.first().waitFor({ timeout: 60_000 });
      await crashExtensionHost(code);
      const notice = code.webview().locator(".compare-alone");
      const link = notice.getByRole("link", { name: "Open Again" });
      await link.waitFor({ timeout: 60_000 });
      await code.screenshot("restart-comparison");
      await link.click();
      await notice.locator("a").waitFor({ state: "detached", timeout: 60_000 });
      await rows.first().waitFor({ timeout: 60_000 });
      assert.equal(await rows.first().locator(".compare-left").innerText(), "Before");
      assert.equal((await code.tabNames()).length, 2);
      // There is somebody behind it: the sides change places.
      await code.webview().locator('.compare-button[aria-label="Swap the sides"]').click();
      await until("the sides the other way round", async () => {
        const left = rows.first().locator(".compare-left");
        return (await left.innerText()) === "After";
      });
      await code.screenshot("restart-comparison-back");
    });
  });
});
