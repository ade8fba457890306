import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { PS_PUBLIC_STRINGS, PT_MV_UNICODE } from "../../src/core";
import { setNamed } from "../../scripts/samples/kit";
import { mail } from "../support/mail";
import { until, withVsCode } from "./harness";
import { MsgEditor } from "./support/msgEditor";

const KEYWORDS = { guid: PS_PUBLIC_STRINGS, name: "Keywords" } as const;
const RECIPIENT_DISPLAY_NAME = "5FF6001F";

function namedMail(): Uint8Array {
  return mail({
    fill: (message) => setNamed(message, [{ name: KEYWORDS, type: PT_MV_UNICODE, value: ["red", "blue"] }]),
  });
}

describe("looking into a file", () => {
  it("searches the whole session, shows names and storages, by keyboard alone", async () => {
    const settings = { "msgSession.defaultView": "properties" };
    await withVsCode({ files: { "mail.msg": namedMail() }, settings }, async (code) => {
      const { frame } = await MsgEditor.open(code, "mail.msg");
      const { keyboard } = code.page;
      const pictures = async (name: string): Promise<void> => {
        await code.screenshot(`inspect-${name}-dark`);
        await code.setTheme("light");
        await code.screenshot(`inspect-${name}-light`);
        await code.setTheme("dark");
      };

      await frame.locator(".filter-field input").focus();
      await keyboard.type("name:display value:ann");
      await keyboard.press("Tab");
      await keyboard.press("Tab");
      await frame.locator('.scope-button[aria-checked="true"]:focus').waitFor();
      await keyboard.press("ArrowRight");
      const results = frame.locator(".results .virtual-body .table-row");
      await results.filter({ hasText: "Recipient display name" }).waitFor();
      await pictures("search");
      await frame.locator(".results").focus();
      await keyboard.press("End");
      await frame.locator('.results .table-row[aria-selected="true"][aria-level="2"]').waitFor();
      await keyboard.press("Enter");
      await frame.locator(`.grid-row[data-tag="${RECIPIENT_DISPLAY_NAME}"][aria-selected="true"]`).waitFor();
      await frame.locator('.tree-row[aria-selected="true"]', { hasText: "Ann" }).waitFor();

      await frame.locator('[role="tab"][aria-selected="true"]').focus();
      await keyboard.press("End");
      await frame.locator(".names .table-row", { hasText: "Keywords" }).first().waitFor();
      await frame.locator(".names").focus();
      await keyboard.type("key");
      await frame.locator(".names-detail h2", { hasText: "Keywords" }).waitFor();
      assert.equal(await frame.locator("#view-names [role=status].view-count").innerText(), "1 of 1");
      await pictures("names");

      await frame.locator('[role="tab"][aria-selected="true"]').focus();
      await keyboard.press("ArrowLeft");
      await frame.locator("#view-storage:not([hidden]) .table-row[data-index]").first().waitFor();
      await frame.locator(".storage").focus();
      await keyboard.type("subject");
      const dump = frame.locator(".hex-window .dump-ascii");
      await until("the bytes of the subject", async () =>
        (
          await dump
            .first()
            .innerText({ timeout: 1000 })
            .catch(() => "")
        ).startsWith("Q.u.a.r."),
      );
      await keyboard.press("Enter");
      await until("the focus on the bytes", () =>
        frame.locator('[data-pane="hex"]').evaluate((pane) => pane.contains(document.activeElement)),
      );
      await pictures("storage");
    });
  });
});
