import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { FrameLocator } from "playwright-core";
import {
  compressRtf,
  encapsulateHtml,
  MAPI_TO,
  PR_BODY,
  PR_HTML,
  PR_INTERNET_CPID,
  PR_MESSAGE_FLAGS,
  PR_RTF_COMPRESSED,
  PR_SUBJECT,
  recipientProperties,
} from "../../src/core";
import { until, type VsCodePage, withVsCode } from "./harness";
import { makeMail } from "./page/message/mails";
import { startRecorder } from "./page/message/recorder";
import { vectors } from "./page/message/vectors";
import type { Vector } from "./page/message/vectors/kit";
import { rtfVectors } from "./page/message/vectors/rtf";
import { textVectors } from "./page/message/vectors/text";

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

/** Markup that takes the rest of its document with it: such vectors have a mail of their own, whose end is not seen. */
const SWALLOWS = /^(?:mutation|nested|load: (?:frameset|template|noscript|applet)|sheet: (?:a |svg))/;

const rtfMail = (subject: string, rtf: Uint8Array): Uint8Array =>
  makeMail([
    { tag: PR_SUBJECT, value: subject },
    { tag: PR_MESSAGE_FLAGS, value: 1 },
    { tag: PR_RTF_COMPRESSED, value: compressRtf(rtf) },
  ]);

const around = (content: string): string => `<p>first words</p>${content}<p>last words</p>`;

/** Every hostile vector against a server, in a mail for each form of the body. */
function hostileMails(server: URL): Readonly<Record<string, Uint8Array>> {
  const all = vectors(server);
  const htmlOf = (chosen: readonly Vector[]): string =>
    chosen.map(({ html }) => `<div>${html}</div>`).join("\n");
  const contained = all.filter(({ name }) => !SWALLOWS.test(name));
  assert.ok(contained.length >= 300, String(contained.length));
  const html = around(htmlOf(contained));
  const rtf = rtfVectors(server).map(({ body }) => body);
  const text = textVectors(server).map(({ body }) => body);
  return {
    "html.msg": htmlMail("Hostile HTML", html),
    "markup.msg": htmlMail(
      "Hostile markup",
      `<p>first words</p>${htmlOf(all.filter(({ name }) => SWALLOWS.test(name)))}`,
    ),
    "encapsulated.msg": rtfMail("Hostile HTML in RTF", encapsulateHtml(html)),
    "rtf.msg": rtfMail(
      "Hostile RTF",
      Buffer.from(`{\\rtf1\\ansi first words\\par\n${rtf.join("\n")}\nlast words\\par}`, "latin1"),
    ),
    "text.msg": makeMail([
      { tag: PR_SUBJECT, value: "Hostile text" },
      { tag: PR_BODY, value: `first words\n${text.join("\n").replaceAll("\u0000", "")}\nlast words` },
    ]),
  };
}

const ACTIVE =
  "script,iframe,object,embed,form,link,meta,svg,math,video,audio,[onerror],[onload],[onclick],[src^=http],[href^=http]";

describe("the Message view", () => {
  it("shows hostile mails in every form without one request and without one script", async function () {
    this.timeout(300_000);
    const server = await startRecorder();
    const files = hostileMails(server.url);
    await withVsCode({ files, settings: SETTINGS }, async (code) => {
      for (const name of Object.keys(files)) {
        const frame = await openMessage(code, name);
        const text = await mailText(frame);
        assert.match(text, /first words/, name);
        if (name !== "markup.msg") assert.match(text, /last words\s*$/, name);
        if (!/^(?:rtf|text)/.test(name)) {
          await frame.locator('[data-bar="blocked"]').waitFor();
          await frame.locator('[data-bar="removed"]').waitFor();
        }
        assert.equal(await frame.locator("body").evaluate(() => "pwned" in window), false, name);
        const active = await frame
          .locator("iframe.mail-frame")
          .evaluate(
            (element, selector) =>
              (element as HTMLIFrameElement).contentDocument?.body.querySelectorAll(selector).length,
            ACTIVE,
          );
        assert.equal(active, 0, name);
        await code.screenshot(`message-hostile-${name.replace(".msg", "")}`);
        assert.deepEqual(server.hits, [], name);
      }
    });
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
