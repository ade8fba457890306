// Builds the extension into dist/: one bundle for each host, one for the page, and the data they read.
//   node scripts/build.mjs            minified, no source maps: what is packaged
//   node scripts/build.mjs --dev      readable, with source maps
//   node scripts/build.mjs --watch    as --dev, again at every change
//   node scripts/build.mjs --analyze  also prints what the bundles weigh, and with what
import { existsSync } from "node:fs";
import { cp, mkdir, readFile, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { bundleHost } from "./lib/host-bundle.mjs";
import { hasFlag, inProject, isMain, root, say } from "./lib/process.mjs";

/** The characters of the East Asian code pages are read as a file: see src/extension/dataFiles.ts. */
const WITHOUT_TABLE = {
  name: "without-table",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]doubleByte\.json$/ }, () => ({ contents: "{}", loader: "json" }));
  },
};

const EXTENSION = {
  bundle: true,
  format: "cjs",
  external: ["vscode"],
  entryPoints: ["src/extension/extension.ts"],
  plugins: [WITHOUT_TABLE],
};

/** The bundles. Those of the extension are divided in two when they are packaged; while they are worked on they are one
 * each, with source maps. The web worker host has no Node: there esbuild refuses an import of a built-in module by itself. */
const BUNDLES = [
  { ...EXTENSION, platform: "node", target: "node20", outfile: "dist/extension.js" },
  {
    ...EXTENSION,
    platform: "browser",
    target: "es2022",
    outfile: "dist/web/extension.js",
    define: { global: "globalThis" },
  },
  {
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node20",
    banner: { js: "#!/usr/bin/env node" },
    entryPoints: ["src/cli/main.ts"],
    outfile: "dist/cli.js",
  },
  {
    bundle: true,
    format: "iife",
    platform: "browser",
    target: "es2022",
    entryPoints: ["webview/main.ts"],
    outfile: "dist/webview/main.js",
    loader: { ".ttf": "file", ".svg": "dataurl" },
    assetNames: "[name]",
  },
  {
    bundle: true,
    format: "iife",
    platform: "browser",
    target: "es2022",
    entryPoints: ["webview/compare/main.ts"],
    outfile: "dist/webview/compare.js",
  },
];

/** The page's style sheet, where the page's code does not import it. */
const STYLE = {
  bundle: true,
  entryPoints: ["webview/main.css"],
  outfile: "dist/webview/main.css",
  loader: { ".ttf": "file", ".svg": "dataurl" },
  assetNames: "[name]",
};

/** Data that is read while the extension runs. */
const ASSETS = [
  { from: "src/core/mapi/tables/dictionary.json", to: "dist/dictionary.json" },
  { from: "src/core/text/tables/doubleByte.json", to: "dist/doubleByte.json" },
  { from: "node_modules/@vscode/codicons/dist/codicon.css", to: "dist/webview/codicon.css" },
  { from: "node_modules/@vscode/codicons/dist/codicon.ttf", to: "dist/webview/codicon.ttf" },
];

const common = (dev) => ({
  absWorkingDir: root,
  metafile: true,
  minify: !dev,
  sourcemap: dev ? "linked" : false,
  legalComments: dev ? "inline" : "linked",
  logLevel: "warning",
});

const isPresent = (file) => existsSync(inProject(file));

/** Says what cannot be built because its source is not there. */
function missing() {
  const entries = BUNDLES.filter(({ entryPoints }) => !isPresent(entryPoints[0])).map(
    ({ entryPoints, outfile }) => `${outfile}: its entry ${entryPoints[0]} does not exist`,
  );
  const assets = ASSETS.filter(({ from }) => !isPresent(from)).map(
    ({ from, to }) => `${to}: ${from} does not exist`,
  );
  return [...entries, ...assets];
}

async function copyAssets() {
  for (const { from, to } of ASSETS.filter((asset) => isPresent(asset.from))) {
    await mkdir(path.dirname(inProject(to)), { recursive: true });
    await cp(inProject(from), inProject(to));
  }
}

/** Removes what an earlier build left in dist/; the rest stays in place, for somebody may be running it. */
async function removeAllBut(outputs) {
  const wanted = new Set([...outputs, ...ASSETS.map(({ to }) => to)].map((file) => inProject(file)));
  const entries = await readdir(inProject("dist"), { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  for (const file of files.filter((name) => !wanted.has(name))) await rm(file);
}

/** The bundles whose source is there; the style sheet among them unless the page's code brings it. */
async function presentBundles() {
  const bundles = BUNDLES.filter(({ entryPoints }) => isPresent(entryPoints[0]));
  if (!isPresent("webview/main.css") || !isPresent("webview/main.ts")) return bundles;
  const imports = (await readFile(inProject("webview/main.ts"), "utf8")).includes("main.css");
  return imports ? bundles : [...bundles, STYLE];
}

async function extensionId() {
  const { publisher, name } = JSON.parse(await readFile(inProject("package.json"), "utf8"));
  return `${publisher}.${name}`;
}

/**
 * Builds everything once.
 * @param {{ dev?: boolean }} [options] dev: readable and with source maps
 * @returns {Promise<import("esbuild").Metafile[]>} what went into each bundle
 * @throws where a source file has an error, or (after building the rest) an entry does not exist
 */
export async function build({ dev = false } = {}) {
  const { build: bundle } = await import("esbuild");
  const results = [];
  for (const options of await presentBundles()) {
    const all = { ...common(dev), ...options };
    const isDivided = !dev && options.entryPoints === EXTENSION.entryPoints;
    results.push(await (isDivided ? bundleHost(all, await extensionId()) : bundle(all)));
  }
  await copyAssets();
  await removeAllBut(results.flatMap(({ metafile }) => Object.keys(metafile.outputs)));
  const gaps = missing();
  if (gaps.length > 0)
    throw new Error(`The build is incomplete:\n${gaps.map((gap) => `  ${gap}`).join("\n")}`);
  return results.map(({ metafile }) => metafile);
}

async function watch() {
  const { context } = await import("esbuild");
  await copyAssets();
  for (const gap of missing()) say(`not built: ${gap}`);
  for (const options of await presentBundles()) {
    const watched = await context({ ...common(true), ...options, logLevel: "info" });
    await watched.watch();
  }
}

const kilobytes = (bytes) => `${(bytes / 1024).toFixed(1)} KB`.padStart(11);

/** Prints the size of every file of dist/, and the heaviest inputs of each bundle. */
async function analyze(metafiles) {
  const files = await readdir(inProject("dist"), { recursive: true, withFileTypes: true });
  console.log(`${"size".padStart(11)} ${"gzip".padStart(11)}  file`);
  for (const file of files.filter((entry) => entry.isFile())) {
    const name = path.join(file.parentPath, file.name);
    const bytes = await readFile(name);
    console.log(
      `${kilobytes(bytes.length)} ${kilobytes(gzipSync(bytes).length)}  ${path.relative(root, name)}`,
    );
  }
  const { analyzeMetafile } = await import("esbuild");
  for (const metafile of metafiles)
    console.log((await analyzeMetafile(metafile)).split("\n").slice(0, 25).join("\n"));
}

async function main() {
  if (hasFlag("watch")) return watch();
  const metafiles = await build({ dev: hasFlag("dev") });
  if (hasFlag("analyze")) await analyze(metafiles);
}

if (isMain(import.meta.url)) {
  await main().catch((error) => {
    // esbuild has printed its own errors, with the lines they are in.
    if (!error.errors) say(error.message);
    process.exitCode = 1;
  });
}
