// The suites of tests: how each is bundled, run, and its results read.
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { bundleExample, bundleForHost, bundleForNode } from "./bundle-tests.mjs";
import { inProject, run } from "./process.mjs";

/**
 * @typedef {object} Outcome one test's, or one check's
 * @property {string} title
 * @property {"passed" | "failed" | "skipped"} state
 * @property {number} duration milliseconds
 * @property {string} [message]
 * @property {string} [stack]
 */

const resultsFileOf = (suite) => inProject("out", "test-results", `${suite}.json`);

const failure = (title, message) => [{ title, state: "failed", duration: 0, message }];

/** What a run has written; a run that has written nothing, or that failed with nothing to show for it, is a failure. */
async function readOutcomes(suite, code) {
  const text = await readFile(resultsFileOf(suite), "utf8").catch(() => undefined);
  if (text === undefined)
    return failure(`${suite}: the run`, `It ended with code ${code} and left no results.`);
  const { outcomes } = JSON.parse(text);
  if (code === 0 || outcomes.some(({ state }) => state === "failed")) return outcomes;
  return [...outcomes, ...failure(`${suite}: the run`, `It ended with code ${code}.`)];
}

async function prepareResults(suite) {
  await mkdir(inProject("out", "test-results"), { recursive: true });
  await rm(resultsFileOf(suite), { force: true });
}

/**
 * Runs the tests of a folder in Node.
 * @param {{ suite: string, folder: string, timeout: number, limit: number, reporter?: string, setup?: string }} options
 *   timeout: of one test; limit: of the whole run; both in milliseconds
 * @param {string} [grep]
 * @returns {Promise<Outcome[]>}
 */
export async function runInNode({ suite, folder, timeout, limit, reporter, setup }, grep) {
  await prepareResults(suite);
  const files = await bundleForNode(folder, `out/${suite}`);
  if (files.length === 0) return [];
  const planFile = inProject("out", `${suite}.plan.json`);
  const plan = { files, resultsFile: resultsFileOf(suite), timeout, grep, reporter, setup };
  await writeFile(planFile, JSON.stringify(plan));
  const args = ["--enable-source-maps", inProject("scripts/lib/run-mocha.mjs"), planFile];
  const { code } = await run(process.execPath, args, { timeout: limit });
  return readOutcomes(suite, code);
}

/** The VS Code to run in: VSCODE_PATH's, a desktop one on Windows, else the server behind the launcher. */
async function vscodeExecutable({ downloadAndUnzipVSCode }) {
  if (process.env.VSCODE_PATH) return process.env.VSCODE_PATH;
  if (process.platform === "win32") return downloadAndUnzipVSCode();
  return inProject("scripts", "launcher.mjs");
}

async function extensionId() {
  const { publisher, name } = JSON.parse(await readFile(inProject("package.json"), "utf8"));
  return `${publisher}.${name}`;
}

/**
 * Runs test/host inside VS Code: in the Node extension host, or in the web worker one.
 * @param {{ suite: string, web: boolean }} options
 * @param {string} [grep]
 * @returns {Promise<Outcome[]>}
 */
export async function runInHost({ suite, web }, grep) {
  await prepareResults(suite);
  const outfile = inProject("out", suite, "index.js");
  const files = await bundleForHost({ web, outfile, resultsFile: resultsFileOf(suite), grep });
  if (files === 0) return [];
  const electron = (await import("@vscode/test-electron")).default;
  const executable = await vscodeExecutable(electron);
  const scratch = await mkdtemp(path.join(os.tmpdir(), "msg-session-host-"));
  const workspace = path.join(scratch, "workspace");
  const ids = [await extensionId(), await bundleExample(path.join(scratch, "extensions", "example"))];
  await mkdir(path.join(scratch, "user", "User"), { recursive: true });
  await mkdir(workspace);
  const settings = {
    "files.autoSave": "off",
    "files.simpleDialog.enable": true,
    "extensions.autoUpdate": false,
  };
  await writeFile(path.join(scratch, "user", "User", "settings.json"), JSON.stringify(settings));
  try {
    const code = await electron
      .runTests({
        vscodeExecutablePath: executable,
        extensionDevelopmentPath: inProject(),
        extensionTestsPath: outfile,
        launchArgs: [
          workspace,
          `--user-data-dir=${path.join(scratch, "user")}`,
          `--extensions-dir=${path.join(scratch, "extensions")}`,
          ...(web ? ids.map((id) => `--web-host=${id}`) : []),
        ],
      })
      .catch((error) => error.code ?? -1);
    return await readOutcomes(suite, code);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/**
 * A check that is a program: passed where it ends with 0. What it printed is shown where it does not.
 * @returns {Promise<Outcome[]>}
 */
export async function runCheck(title, args) {
  const start = Date.now();
  const { code, output } = await run(process.execPath, args, { quiet: true });
  const duration = Date.now() - start;
  if (code === 0) return [{ title, state: "passed", duration }];
  return [{ title, state: "failed", duration, message: output.trimEnd() || `exit code ${code}` }];
}

/** The browser suites need the extension built; the build is a check as the others are. */
export const buildExtension = () => runCheck("build", [inProject("scripts/build.mjs")]);
