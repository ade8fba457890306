// Starting the VS Code server and naming its pages.
import { createWriteStream } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { ensureVsCodeServer } from "./install-server.mjs";
import { freePort, mustRun, startGroup, stopGroup, waitFor } from "./process.mjs";

/** Settings that keep VS Code quiet and the same from run to run. */
export const QUIET_SETTINGS = {
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "files.simpleDialog.enable": true,
  "git.enabled": false,
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "window.commandCenter": false,
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "chat.disableAIFeatures": true,
};

/** Writes the machine settings of the server whose data folder is `dataDir`. */
async function writeSettings(dataDir, settings) {
  const folder = path.join(dataDir, "data", "Machine");
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, "settings.json"), JSON.stringify(settings, undefined, 2));
}

const answers = (address) =>
  fetch(address, { signal: AbortSignal.timeout(2000) }).then(
    (response) => response.ok,
    () => false,
  );

/**
 * Installs a packaged extension into a folder of extensions.
 * @param {string} vsix the .vsix file
 * @param {string} extensionsDir the folder, to be given to `startServer`
 */
export async function installVsix(vsix, extensionsDir) {
  const { node, main } = await ensureVsCodeServer();
  await mustRun(
    node,
    [
      main,
      "--accept-server-license-terms",
      "--install-extension",
      vsix,
      "--extensions-dir",
      extensionsDir,
      "--force",
    ],
    { quiet: true },
  );
}

/**
 * @typedef {object} Server
 * @property {number} port the TCP port on 127.0.0.1
 * @property {(file: string) => string} uri the vscode-remote: URI of an absolute path, as payloads want it
 * @property {(folder: string, payload?: [string, string][]) => string} url the address of the workbench with an
 *   absolute folder (or a .code-workspace file) open
 * @property {string} log the file that holds what the server printed
 * @property {() => Promise<void>} stop ends the server with all that it started
 */

/**
 * Starts a VS Code server and waits until it answers.
 * @param {object} options
 * @param {string} options.dataDir a folder for the server's data
 * @param {number} [options.port] the TCP port; a free one where it is not given
 * @param {string} [options.extensionsDir] the folder of installed extensions
 * @param {Record<string, unknown>} [options.settings] machine settings beside QUIET_SETTINGS
 * @param {boolean} [options.workspaceTrust] whether folders have to be trusted, as on a desktop
 * @returns {Promise<Server>}
 */
export async function startServer({
  dataDir,
  port: wanted,
  extensionsDir,
  settings = {},
  workspaceTrust = false,
}) {
  const { node, main } = await ensureVsCodeServer();
  await writeSettings(dataDir, { ...QUIET_SETTINGS, ...settings });
  const port = wanted ?? (await freePort());
  const args = [
    ...[main, "--host", "127.0.0.1", "--port", String(port), "--without-connection-token"],
    ...["--accept-server-license-terms", "--server-data-dir", dataDir, "--telemetry-level", "off"],
    "--enable-smoke-test-driver",
    ...(workspaceTrust ? [] : ["--disable-workspace-trust"]),
    ...["--extensions-dir", extensionsDir ?? path.join(dataDir, "extensions")],
  ];
  const log = path.join(dataDir, "server.log");
  const child = startGroup(node, args);
  const sink = createWriteStream(log);
  child.stdout.pipe(sink, { end: false });
  child.stderr.pipe(sink, { end: false });
  const stopOnExit = () => {
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // It has ended already.
    }
  };
  process.once("exit", stopOnExit);
  const stop = async () => {
    process.removeListener("exit", stopOnExit);
    await stopGroup(child);
    sink.end();
  };
  const address = `http://127.0.0.1:${port}/`;
  const ready = async () => {
    if (child.exitCode !== null)
      throw new Error(`The VS Code server ended with code ${child.exitCode}: see ${log}`);
    return answers(address);
  };
  try {
    await waitFor(ready, `the VS Code server (see ${log})`, 60_000);
  } catch (error) {
    await stop();
    throw error;
  }
  const url = (folder, payload = []) => {
    const query = new URLSearchParams({
      [folder.endsWith(".code-workspace") ? "workspace" : "folder"]: folder,
      payload: JSON.stringify([["skipWelcome", "true"], ...payload]),
    });
    return `${address}?${query}`;
  };
  return { port, uri: (file) => `vscode-remote://127.0.0.1:${port}${file}`, url, log, stop };
}
