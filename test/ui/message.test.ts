import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { FrameLocator } from "playwright-core";
import {
  MAPI_TO,
  PR_HTML,
  PR_INTERNET_CPID,
  PR_MESSAGE_FLAGS,
  PR_SUBJECT,
  recipientProperties,
} from "../../src/core";
import { until, type VsCodePage, withVsCode } from "./harness";
import { makeMail } from "./page/message/mails";
import { startRecorder } from "./page/message/recorder";
import { vectors } from "./page/message/vectors";

const SETTINGS = { "msgSession.defaultView": "message" };

const htmlMail = (subject: string, html: string): Uint8Array =>
  makeMail(
    [
      { tag: PR_SUBJECT, value: subject },
      { tag: PR_MESSAGE_FLAGS, value: 1 },
      { tag: PR_HTML, value: new TextEncoder().encode(html) },
      { tag: PR_INTERNET_CPID, value: 65001 },
    ],
    (outline) => {
      const ann = { kind: MAPI_TO, name: "Ann Ash", address: "ann@example.org", unicode: true };
      outline.addRecipient("", recipientProperties(ann));
    },
  );

/** Opens a file in the Message view and waits for its text. */
async function openMessage(code: VsCodePage, name: string): Promise<FrameLocator> {
  const frame = await code.openFile(name);
  await frame.locator('.paper-place[aria-busy="false"]').waitFor({ timeout: 60_000, state: "attached" });
  return frame;
}

const mailText = (frame: FrameLocator): Promise<string> =>
  frame
    .locator("iframe.mail-frame")
    .evaluate((element) => (element as HTMLIFrameElement).contentDocument?.body.textContent ?? "");

/** Vectors that leave the rest of a document as it is, so that many fit into one mail. */
const CONTAINED =
  /^(?:load: (?:img|image|picture|video|audio|track|table|svg image|vml|beacon|style sheet|script src)|css: |script: a,|handler: img)/;

describe("the Message view", () => {
  it("shows a hostile mail without one request and without one script", async () => {
    const server = await startRecorder();
    const hostile = vectors(server.url).filter(({ name }) => CONTAINED.test(name));
    assert.ok(hostile.length > 120, String(hostile.length));
    const html = `<p>first words</p>${hostile.map((vector) => `<div>${vector.html}</div>`).join("\n")}<p>last words</p>`;
    await withVsCode(
      { files: { "hostile.msg": htmlMail("Hostile", html) }, settings: SETTINGS },
      async (code) => {
        const frame = await openMessage(code, "hostile.msg");
        const text = await mailText(frame);
        assert.match(text, /first words[\s\S]*last words/);
        await frame.locator('[data-bar="blocked"]').waitFor();
        await frame.locator('[data-bar="removed"]').waitFor();
        const pwned = await frame.locator("body").evaluate(() => "pwned" in window);
        assert.equal(pwned, false);
        const active = await frame
          .locator("iframe.mail-frame")
          .evaluate(
            (element) =>
              (element as HTMLIFrameElement).contentDocument?.body.querySelectorAll(
                "script,iframe,object,embed,form,link,meta,svg,math,video,audio,[onerror],[onload],[src^=http]",
              ).length,
          );
        assert.equal(active, 0);
        await code.screenshot("message-hostile");
        assert.deepEqual(server.hits, []);
      },
    );
    await server.close();
  });

  it("reads a mail, hands keys on from its text, and goes to the properties and back", async () => {
    const html = `<html><body><h1>Quarterly figures</h1><p>See <a href="https://example.org/report">example.org</a>.</p></body></html>`;
    await withVsCode(
      { files: { "mail.msg": htmlMail("Figures", html) }, settings: SETTINGS },
      async (code) => {
        const frame = await openMessage(code, "mail.msg");
        assert.match(await mailText(frame), /Quarterly figures/);
        assert.equal(await frame.locator(".message-subject").textContent(), "Figures");
        await frame.locator(".people-row .person", { hasText: "Ann Ash" }).waitFor();
        await code.screenshot("message-mail");
        await frame.locator("iframe.mail-frame").focus();
        await code.page.keyboard.press("F1");
        await code.quickInput.input.waitFor();
        await code.page.keyboard.press("Escape");
        await frame.locator("#view-tab-properties").click();
        await frame.locator('.grid-row[data-tag="0037001F"]').waitFor();
        await frame.locator("#view-tab-message").click();
        await until("the text again", async () => (await mailText(frame)).includes("Quarterly figures"));
      },
    );
  });
});
