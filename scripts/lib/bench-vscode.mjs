// The extension inside VS Code: how long it takes to be active, what its parts weigh, and how long a message takes to be
// drawn beside what VS Code shows with its own editors.
import { mkdir, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "../build.mjs";
import { bytesOf, packageExtension, PACKAGE_LIMIT, SIZE_LIMITS } from "../package.mjs";
import { startBrowser, startServer } from "../vscode-server.mjs";
import { tableOf } from "./bench-results.mjs";
import { inProject } from "./process.mjs";
import { mochaHooks } from "./ui-session.mjs";

const ACTIVATION_LIMIT = 50;
const WINDOWS = 5;

const kilobytes = (bytes) => `${(bytes / 1024).toFixed(0)} KB`;
const milliseconds = (value) => `${value.toFixed(0)} ms`;
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** What opening a message loads, what is loaded later, the page, and the whole package. */
async function sizes(temp) {
  const vsix = await packageExtension(path.join(temp, "msg-session.vsix"));
  const bundles = SIZE_LIMITS.map(async ({ what, files, limit }) => [
    `${what}: ${files.join(" + ")}`,
    kilobytes(await bytesOf(files)),
    `at most ${kilobytes(limit)}`,
  ]);
  const others = ["dist/later.js", "dist/dictionary.json", "dist/doubleByte.json"].map(async (file) => [
    file,
    kilobytes(await bytesOf([file])),
    "",
  ]);
  const { size } = await stat(vsix);
  return [
    ...(await Promise.all([...bundles, ...others])),
    ["the package (.vsix)", kilobytes(size), `at most ${kilobytes(PACKAGE_LIMIT)}`],
  ];
}

/** One window: VS Code runs the measuring script in the extension host, as it runs tests. */
async function activationIn(browser, server, script, workspace) {
  const result = `${script}.result.json`;
  await rm(result, { force: true });
  const page = await browser.newPage();
  try {
    const ended = new Promise((resolve) => page.exposeFunction("codeAutomationExit", resolve));
    const payload = [
      ["extensionDevelopmentPath", server.uri(inProject())],
      ["extensionTestsPath", server.uri(script)],
    ];
    await page.goto(server.url(workspace, payload));
    const code = await ended;
    if (code !== 0) throw new Error(`The measuring of the activation ended with ${code}.`);
    return JSON.parse(await readFile(result, "utf8"));
  } finally {
    await page.close();
  }
}

async function activation(bundle, temp) {
  const script = await bundle("activation", { external: ["vscode"] });
  const server = await startServer({ dataDir: path.join(temp, "server") });
  const browser = await startBrowser();
  const workspace = path.join(temp, "workspace");
  await mkdir(workspace);
  const results = [];
  try {
    for (let window = 0; window < WINDOWS; window++)
      results.push(await activationIn(browser, server, script, workspace));
  } finally {
    await browser.close();
    await server.stop();
  }
  return [
    [
      "activate() and the loading of its code, own time",
      milliseconds(median(results.map(({ own }) => own))),
      `at most ${milliseconds(ACTIVATION_LIMIT)}`,
    ],
    ["the same, until VS Code has it", milliseconds(median(results.map(({ elapsed }) => elapsed))), ""],
    ["active before a message is opened", results.some(({ wasActive }) => wasActive) ? "yes" : "no", "no"],
  ];
}

/** The opening of files, in the browser that the browser tests use. */
async function openings(bundle) {
  const script = await bundle("vscode", { packages: "external" });
  const test = { timeout: () => undefined };
  await mochaHooks.beforeAll.call(test);
  try {
    const { default: module } = await import(pathToFileURL(script));
    return (await module.measureOpenings()).map(({ what, first, again }) => [
      what,
      milliseconds(first),
      milliseconds(again),
    ]);
  } finally {
    await mochaHooks.afterAll.call(test);
  }
}

/**
 * Measures all of it.
 * @param {(name: string, options: object) => Promise<string>} bundle makes a script of test/bench
 * @returns {Promise<string>} tables in Markdown
 */
export async function measureVsCode(bundle) {
  const temp = await mkdtemp(path.join(os.tmpdir(), "msg-session-bench-"));
  try {
    await build();
    const weights = await sizes(temp);
    const starts = await activation(bundle, temp);
    const times = await openings(bundle);
    return [
      tableOf(["what", "value", "wanted"], [...starts, ...weights]),
      tableOf(["from choosing a file to seeing it", "first in a window", "again"], times),
    ].join("\n\n");
  } finally {
    await rm(temp, { recursive: true, force: true });
  }
}
