// `npm start`: builds the extension, makes the sample messages, and opens VS Code on them.
//   --server        in the browser, through a VS Code server, even where a desktop VS Code is at hand
//   --port <n>      the server's port
//   --check         starts the server, sees that its page answers, and ends
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { build } from "./build.mjs";
import { ensureDependencies } from "./lib/dependencies.mjs";
import { hasFlag, inProject, mustRun, option, root, run, say } from "./lib/process.mjs";
import { startServer } from "./lib/serve.mjs";

const onWindows = process.platform === "win32";

/** A desktop VS Code needs a desktop. */
const hasDesktop = () =>
  process.platform !== "linux" || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);

async function installedVsCode() {
  const { code } = await run("code", ["--version"], { quiet: true, shell: onWindows, timeout: 20_000 });
  return code === 0 ? "code" : undefined;
}

/** A VS Code of the project's own, downloaded once; undefined where the network does not give it. */
async function downloadedVsCode() {
  const { downloadAndUnzipVSCode, SilentReporter } = (await import("@vscode/test-electron")).default;
  say("Looking for a desktop VS Code to download …");
  try {
    return await downloadAndUnzipVSCode({ version: "stable", timeout: 5000, reporter: new SilentReporter() });
  } catch {
    return undefined;
  }
}

/** The program of a desktop VS Code, undefined where there is none for this machine. */
async function desktopVsCode() {
  if (hasFlag("server") || hasFlag("check") || !hasDesktop()) return undefined;
  return (await installedVsCode()) ?? (await downloadedVsCode());
}

async function makeSamples() {
  await mustRun(process.execPath, [inProject("scripts", "generate-samples.mjs")]);
  return inProject("samples");
}

function openDesktop(program, folder) {
  say(`Opening VS Code (${program}) on ${folder}`);
  const args = [`--extensionDevelopmentPath=${root}`, "--disable-workspace-trust", folder];
  const child = spawn(program, args, { stdio: "ignore", detached: true, shell: onWindows });
  child.on("error", (error) => say(`VS Code did not start: ${error.message}`));
  child.unref();
}

/** Throws unless the address gives VS Code's page. */
async function checkPage(address) {
  const response = await fetch(address);
  const text = await response.text();
  if (!response.ok || !text.includes("workbench"))
    throw new Error(`${address} answers ${response.status} without VS Code's page.`);
  say("VS Code answers.");
}

const interrupted = () =>
  new Promise((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });

async function openServer(folder) {
  const dataDir = inProject(".vscode-test", hasFlag("check") ? "check-data" : "start-data");
  await mkdir(dataDir, { recursive: true });
  const port = option("port");
  const server = await startServer({ dataDir, ...(port === undefined ? {} : { port: Number(port) }) });
  try {
    const address = server.url(folder, [["extensionDevelopmentPath", server.uri(root)]]);
    if (hasFlag("check")) return await checkPage(address);
    console.log(`\nVS Code with MSG Session (Ctrl+C ends it):\n\n  ${address}\n`);
    await interrupted();
  } finally {
    await server.stop();
  }
}

async function main() {
  await ensureDependencies();
  await build({ dev: true });
  const hasSamples = existsSync(inProject("scripts", "generate-samples.mjs"));
  const folder = hasSamples ? await makeSamples() : root;
  const program = await desktopVsCode();
  if (program !== undefined) return openDesktop(program, folder);
  await openServer(folder);
}

try {
  await main();
} catch (error) {
  say(error.message);
  process.exitCode = 1;
}
