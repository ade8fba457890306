// What the browser tests share: one browser, the packaged extension, and one VS Code server with it installed for each
// way it is to run. Mocha's root hooks start and stop it; the tests find it in globalThis.uiSession (its type:
// test/ui/harness/session.ts).
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { packageExtension } from "../package.mjs";
import { root } from "./process.mjs";
import { installVsix, startBrowser, startServer } from "../vscode-server.mjs";

const SETTINGS = { "files.autoSave": "off", "workbench.editor.enablePreview": false };

class UiSession {
  browser;
  screenshotFolder = path.join(root, "test-results", "ui");
  #scratch;
  #vsix;
  #servers = new Map();

  async start() {
    this.#scratch = await mkdtemp(path.join(os.tmpdir(), "msg-session-ui-"));
    await mkdir(this.screenshotFolder, { recursive: true });
    this.browser = await startBrowser();
  }

  /** The server for a way of running: started at the first call, shared afterwards. */
  server({ settings = {}, workspaceTrust = false }) {
    const key = JSON.stringify([settings, workspaceTrust]);
    const started =
      this.#servers.get(key) ?? this.#startServer(this.#servers.size, { settings, workspaceTrust });
    this.#servers.set(key, started);
    return started;
  }

  async #startServer(number, { settings, workspaceTrust }) {
    const dataDir = path.join(this.#scratch, `server-${number}`);
    const extensionsDir = path.join(dataDir, "extensions");
    await mkdir(extensionsDir, { recursive: true });
    this.#vsix ??= packageExtension(path.join(this.#scratch, "msg-session.vsix"));
    await installVsix(await this.#vsix, extensionsDir);
    return startServer({ dataDir, extensionsDir, workspaceTrust, settings: { ...SETTINGS, ...settings } });
  }

  /** An empty folder that goes when the session ends. */
  temporaryFolder(prefix = "workspace-") {
    return mkdtemp(path.join(this.#scratch, prefix));
  }

  async stop() {
    await this.browser?.close();
    const servers = await Promise.allSettled(this.#servers.values());
    for (const { value } of servers) await value?.stop();
    await rm(this.#scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

const session = new UiSession();

/** A picture of every page that is open, for a test that failed. */
async function keepScreenshots(title) {
  const pages = session.browser?.contexts().flatMap((context) => context.pages()) ?? [];
  const name = title.replace(/[^\w]+/g, "-").slice(0, 100);
  for (const [index, page] of pages.entries()) {
    const file = path.join(session.screenshotFolder, `failed-${name}-${index}.png`);
    await page.screenshot({ path: file }).catch(() => undefined);
  }
}

/** Mocha's root hooks. */
export const mochaHooks = {
  async beforeAll() {
    this.timeout(10 * 60_000);
    globalThis.uiSession = session;
    await session.start();
  },
  async afterEach() {
    if (this.currentTest?.state === "failed") await keepScreenshots(this.currentTest.fullTitle());
  },
  async afterAll() {
    this.timeout(60_000);
    await session.stop();
  },
};
