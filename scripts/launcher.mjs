#!/usr/bin/env node
// An executable that takes VS Code's own arguments and runs the VS Code server with a headless Chromium instead of a
// desktop window, so that `runTests({ vscodeExecutablePath })` of @vscode/test-electron drives either.
//   --extensionDevelopmentPath=…  --extensionTestsPath=…  --user-data-dir=…  --extensions-dir=…  [folder]
// and of its own: --web-host=publisher.name runs that extension in the web worker host; it may be given again.
// It prints what the page's console says and ends with the tests' own exit code. MSG_TEST_TIMEOUT (seconds) limits the run.
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { inProject, say } from "./lib/process.mjs";
import { startBrowser, startServer } from "./vscode-server.mjs";

const MARKER = "MSG-SESSION-TEST ";
const TIMEOUT = Number(process.env.MSG_TEST_TIMEOUT ?? 600) * 1000;

/** VS Code's arguments: all values of each option by its name, the others in their order. */
function parse(args) {
  const options = new Map();
  const folders = [];
  for (const arg of args) {
    const [, name, value] = /^--([^=]+)(?:=(.*))?$/s.exec(arg) ?? [];
    if (name === undefined) folders.push(path.resolve(arg));
    else options.set(name, [...(options.get(name) ?? []), value ?? "true"]);
  }
  return { options, folder: folders[0] };
}

/** The person's settings of a desktop VS Code lie in its data folder; here they become the machine's. */
async function readSettings(dataDir) {
  const file = path.join(dataDir, "User", "settings.json");
  return existsSync(file) ? JSON.parse(await readFile(file, "utf8")) : {};
}

const SIGNS = { passed: "  ✔", failed: "  ✖", skipped: "  -" };

function printEvent(event) {
  if (event.state === undefined) return;
  console.log(
    `${SIGNS[event.state]} ${event.title}${event.state === "passed" ? ` (${Math.round(event.duration)} ms)` : ""}`,
  );
  if (event.state === "failed") console.log(`${event.stack || event.message}`.replace(/^/gm, "      "));
}

/** What VS Code itself says in a place without network, extension gallery, accounts or chat. */
const NOISE = new RegExp(
  [
    "%c *(INFO|TRACE|DEBUG|WARN)",
    "open-vsx|vscode-cdn|net::ERR_|Failed to load resource|bad HTTP response code",
    "ServiceWorker|same-origin iframe|sandbox attribute",
    "chat|copilot|gallery|telemetry|authentication provider|Canceled: Canceled",
  ].join("|"),
  "i",
);

/** Prints a console message: a test's event as such, the rest as it is. Gives the event, where it is one. */
function onConsole(text) {
  const at = text.indexOf(MARKER);
  if (at < 0) {
    if (process.env.MSG_TEST_VERBOSE === "1" || !NOISE.test(text)) console.log(text);
    return undefined;
  }
  const json = text.slice(at + MARKER.length);
  try {
    const event = JSON.parse(json.slice(0, json.lastIndexOf("}") + 1));
    printEvent(event);
    return event;
  } catch {
    console.log(text);
    return undefined;
  }
}

/** Opens the workbench and waits for the tests' end. Gives the exit code. */
async function runInPage(browser, address, pageErrors) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  let finish;
  const finished = new Promise((resolve) => (finish = resolve));
  page.on("console", (message) => {
    const event = onConsole(message.text());
    // VS Code tells the exit code itself a moment later; this is for the case that it cannot.
    if (event?.ended) setTimeout(() => finish(event.failures > 0 ? 1 : 0), 10_000).unref();
  });
  page.on("pageerror", (error) => pageErrors.push(String(error)));
  page.on("crash", () => finish(3));
  await page.exposeFunction("codeAutomationExit", (code) => finish(code));
  await page.goto(address);
  const timer = setTimeout(async () => {
    say(`The tests did not end within ${TIMEOUT / 1000} s.`);
    await mkdir(inProject("test-results"), { recursive: true });
    await page.screenshot({ path: inProject("test-results", "host-timeout.png") }).catch(() => undefined);
    finish(2);
  }, TIMEOUT);
  const code = await finished;
  clearTimeout(timer);
  return code;
}

async function main() {
  const { options, folder } = parse(process.argv.slice(2));
  const scratch = await mkdtemp(path.join(os.tmpdir(), "msg-session-vscode-"));
  const [dataDir = scratch] = options.get("user-data-dir") ?? [];
  const [extensionsDir] = options.get("extensions-dir") ?? [];
  const webHosts = (options.get("web-host") ?? []).map((id) => [id, ["web"]]);
  const settings = {
    ...(await readSettings(dataDir)),
    ...(webHosts.length > 0 ? { "remote.extensionKind": Object.fromEntries(webHosts) } : {}),
  };
  const server = await startServer({ dataDir, extensionsDir, settings });
  const pageErrors = [];
  let browser;
  try {
    browser = await startBrowser();
    // VS Code in a browser knows one of each.
    const payload = ["extensionDevelopmentPath", "extensionTestsPath"].flatMap((name) =>
      (options.get(name) ?? []).slice(0, 1).map((file) => [name, server.uri(path.resolve(file))]),
    );
    return await runInPage(browser, server.url(folder ?? scratch, payload), pageErrors);
  } finally {
    for (const error of process.env.MSG_TEST_VERBOSE === "1" ? pageErrors : []) say(`page error: ${error}`);
    await browser?.close();
    await server.stop();
    await rm(scratch, { recursive: true, force: true });
  }
}

process.once("SIGINT", () => process.exit(130));
process.once("SIGTERM", () => process.exit(143));
process.exitCode = await main().catch((error) => {
  say(error.stack ?? String(error));
  return 4;
});
