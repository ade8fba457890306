// Bundles test files, found by pattern and never listed by hand.
import { cp, mkdir, readFile, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { inProject, root } from "./process.mjs";

/** Packages that tests get from node_modules while they run. */
const EXTERNAL = ["mocha", "fast-check", "cfb", "iconv-lite", "playwright-core", "axe-core", "esbuild"];

/** The test files below a folder of the project, in a fixed order, with forward slashes. */
export async function testFiles(folder) {
  const entries = await readdir(inProject(folder), { recursive: true }).catch(() => []);
  return entries
    .map((entry) => path.posix.join(folder, entry.split(path.sep).join("/")))
    .filter((file) => file.endsWith(".test.ts"))
    .sort();
}

const common = {
  absWorkingDir: root,
  bundle: true,
  format: "cjs",
  sourcemap: "inline",
  logLevel: "warning",
  loader: { ".bin": "binary" },
};

/**
 * Bundles each test file of a folder for Node.
 * @param {string} folder the tests, as test/unit
 * @param {string} outdir where the bundles go, in the same tree; emptied first
 * @returns {Promise<string[]>} the bundles
 */
export async function bundleForNode(folder, outdir) {
  const { build } = await import("esbuild");
  await rm(inProject(outdir), { recursive: true, force: true });
  const files = await testFiles(folder);
  if (files.length === 0) return [];
  await build({
    ...common,
    platform: "node",
    target: "node20",
    external: EXTERNAL,
    entryPoints: files,
    outbase: folder,
    outdir,
    // A bundle lies elsewhere than its source; tests that want their own folder ask for this one.
    define: { "import.meta.url": JSON.stringify(`file://${inProject(folder)}/`) },
  });
  return files.map((file) => inProject(outdir, path.relative(folder, file).replace(/\.ts$/, ".js")));
}

/**
 * Modules that differ inside VS Code: mocha is its browser build, the plan of the run is written into the bundle, and
 * assert in the web worker host is a package.
 */
const hostModules = (plan) => ({
  name: "host-modules",
  setup({ onResolve, onLoad }) {
    const mocha = inProject("scripts/lib/mocha-in-host.mjs");
    onResolve({ filter: /^mocha$|\/mochaInHost$/ }, () => ({ path: mocha }));
    onResolve({ filter: /\/hostTests$/ }, () => ({ path: "host-tests", namespace: "made" }));
    onLoad({ filter: /^host-tests$/, namespace: "made" }, () => ({
      contents: `export const HOST_TESTS = ${JSON.stringify(plan)};`,
    }));
    // mocha.js would take the module.exports of the whole bundle for its own; without one it sets globals.
    onLoad({ filter: /[\\/]mocha[\\/]mocha\.js$/ }, async (file) => ({
      contents: `var exports, module, define;\n${await readFile(file.path, "utf8")}`,
    }));
    if (!plan.web) return;
    const assert = inProject("node_modules/assert/build/assert.js");
    onResolve({ filter: /^(node:)?assert\/strict$/ }, () => ({ path: assert, suffix: "?strict" }));
    onLoad({ filter: /[\\/]assert\.js$/ }, (file) =>
      file.suffix === "?strict"
        ? { contents: `module.exports = require("assert/").strict;`, resolveDir: root }
        : undefined,
    );
  },
});

const runsInWebHost = (file) => !file.endsWith(".node.test.ts");

/**
 * Bundles test/host for a kind of extension host into one module that exports run().
 * A file named *.node.test.ts is for the Node host alone.
 * @param {object} options
 * @param {boolean} options.web for the web worker host
 * @param {string} options.outfile the bundle
 * @param {string} options.resultsFile the file that the run writes its results to
 * @param {string} [options.grep] a pattern for the titles of the tests to run
 * @param {string} [options.folder] the tests
 * @returns {Promise<number>} how many test files there are
 */
export async function bundleForHost({ web, outfile, resultsFile, grep = "", folder = "test/host" }) {
  const { build } = await import("esbuild");
  const all = await testFiles(folder);
  const files = web ? all.filter(runsInWebHost) : all;
  const imports = files.map((file) => `import ${JSON.stringify(inProject(file))};`).join("\n");
  await build({
    ...common,
    platform: web ? "browser" : "node",
    target: "es2022",
    external: ["vscode", ...(web ? [] : ["esbuild"])],
    stdin: {
      contents: `export { run } from ${JSON.stringify(inProject("test/host/index.ts"))};\n${imports}`,
      resolveDir: root,
    },
    outfile,
    plugins: [hostModules({ resultsFile, grep, timeout: 30_000, web })],
    define: web ? { global: "globalThis" } : {},
    inject: web ? [inProject("scripts/lib/process-in-host.mjs")] : [],
  });
  return files.length;
}

/** The extension that shows how others use this one; the tests load it beside it. */
const EXAMPLE = "test/example-extension";

/**
 * Bundles the example extension for both hosts, as its manifest says.
 * @param {string} folder the absolute path of a folder for it; emptied first
 * @returns {Promise<string>} the id of the extension
 */
export async function bundleExample(folder) {
  const { build } = await import("esbuild");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, "package.json");
  await cp(inProject(EXAMPLE, "package.json"), file);
  const { publisher, name, main, browser } = JSON.parse(await readFile(file, "utf8"));
  for (const [platform, outfile] of [
    ["node", main],
    ["browser", browser],
  ]) {
    await build({
      ...common,
      platform,
      target: "es2022",
      external: ["vscode"],
      entryPoints: [`${EXAMPLE}/extension.ts`],
      outfile: path.join(folder, outfile),
    });
  }
  return `${publisher}.${name}`;
}
