/** Restricted Mode: a folder that nobody has trusted. Mail can be looked at; the network and attachments are kept shut. */
import assert from "node:assert/strict";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, it } from "mocha";
import { PR_HTML, PR_MESSAGE_FLAGS } from "../../src/core";
import { mail } from "../support/mail";
import { utf8 } from "../../scripts/samples/kit";
import { until, withVsCode } from "./harness";

describe("a message in Restricted Mode", () => {
  let server: http.Server;
  let asked = 0;

  before(async () => {
    server = http.createServer((_, response) => {
      asked++;
      response.writeHead(200, { "content-type": "image/svg+xml" });
      response.end('<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>');
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });

  after(() => new Promise<void>((resolve) => void server.close(() => resolve())));

  it("fetches nothing, asks before an attachment is opened, and does both as usual once the folder is trusted", async () => {
    const { port } = server.address() as AddressInfo;
    const html = `<p>Look</p><img width="80" height="80" src="http://127.0.0.1:${port}/picture.svg">`;
    const more = [
      { tag: PR_HTML, value: utf8(html) },
      // Read, and no draft, which would be opened for writing.
      { tag: PR_MESSAGE_FLAGS, value: 1 },
    ];
    const files = { "mail.msg": mail({ more }) };
    const settings = { "msgSession.defaultView": "message" };
    const trust = {
      "security.workspace.trust.enabled": true,
      "security.workspace.trust.startupPrompt": "never",
      "msgSession.defaultView": "message",
    };
    await withVsCode({ files, settings, server: { settings: trust, workspaceTrust: true } }, async (code) => {
      const page = await code.openFile("mail.msg");
      const bar = page.locator(".paper-bars", { hasText: "1 remote item was not loaded." });
      await bar.waitFor();
      assert.match(await bar.innerText(), /In Restricted Mode nothing is fetched from the network/);
      assert.equal(await page.getByText("Load remote images").count(), 0);
      await code.screenshot("restricted");

      // The page cannot fetch anything even if it wants to: its policy says so.
      const refused = await page.locator("body").evaluate(
        (_, address) =>
          new Promise<boolean>((resolve) => {
            const image = new Image();
            image.onload = () => resolve(false);
            image.onerror = () => resolve(true);
            image.src = address;
          }),
        `http://127.0.0.1:${port}/forced.svg`,
      );
      assert.equal(refused, true);
      assert.equal(asked, 0);

      await page.locator(".attachment-main", { hasText: "notes.txt" }).click();
      await until("the question", async () =>
        (await code.dialogText().catch(() => "")).includes("in Restricted Mode?"),
      );
      await code.screenshot("restricted-attachment");
      await code.answerDialog("Cancel");
      assert.deepEqual(await code.tabNames(), ["mail.msg"]);

      await page.getByText("Manage Workspace Trust").click();
      await code.page.getByRole("button", { name: "Trust", exact: true }).first().click();
      // VS Code shows its editor of trust over the others.
      const modal = code.page.locator(".monaco-modal-editor-block");
      await modal.locator(".codicon-close").first().click();
      await modal.waitFor({ state: "detached" });
      const load = page.getByText("Load remote images");
      await load.waitFor();
      await load.click();
      await until("the picture to be asked for", () => asked > 0);
      await code.screenshot("trusted");
    });
  });
});
