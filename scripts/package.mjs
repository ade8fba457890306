// `npm run package`: builds for production and packs msg-session-<version>.vsix.
//   --out <file>   another name
import { readFile, rm, stat } from "node:fs/promises";
import path from "node:path";
import { build } from "./build.mjs";
import { ensureDependencies } from "./lib/dependencies.mjs";
import { inProject, isMain, mustRun, option, root, say } from "./lib/process.mjs";

/** The only files that belong into the package. */
const ALLOWED = [
  /^(dist|l10n|media)\//,
  /^package\.json$/,
  /^package\.nls(\.[\w-]+)?\.json$/,
  /^(README|CHANGELOG)\.md$/,
  /^LICENSE(\.txt)?$/,
];
/** What the extension cannot do without. */
const REQUIRED = [
  "package.json",
  "dist/extension.js",
  "dist/web/extension.js",
  "dist/cli.js",
  "dist/webview/main.js",
  "dist/webview/compare.js",
  "dist/dictionary.json",
];

const isAllowed = (file) => ALLOWED.some((pattern) => pattern.test(file)) && !file.endsWith(".map");

/** Throws where the package would hold too much or too little. */
async function checkContents() {
  const { listFiles, PackageManager } = await import("@vscode/vsce");
  const files = await listFiles({ cwd: root, packageManager: PackageManager.None });
  const surplus = files.filter((file) => !isAllowed(file));
  const lacking = REQUIRED.filter((file) => !files.includes(file));
  const problems = [
    ...surplus.map((file) => `${file} does not belong into the package: see .vscodeignore`),
    ...lacking.map((file) => `${file} is missing`),
  ];
  if (problems.length > 0)
    throw new Error(`The package is not right:\n${problems.map((text) => `  ${text}`).join("\n")}`);
}

/**
 * Builds and packs the extension.
 * @param {string} [out] the file; msg-session-<version>.vsix in the project's folder where it is not given
 * @returns {Promise<string>} the absolute path of the .vsix
 */
export async function packageExtension(out) {
  const { name, version } = JSON.parse(await readFile(inProject("package.json"), "utf8"));
  const file = path.resolve(root, out ?? `${name}-${version}.vsix`);
  await ensureDependencies();
  await build();
  await checkContents();
  await rm(file, { force: true });
  const vsce = inProject("node_modules", "@vscode", "vsce", "vsce");
  await mustRun(process.execPath, [vsce, "package", "--no-dependencies", "--out", file]);
  return file;
}

if (isMain(import.meta.url)) {
  try {
    const file = await packageExtension(option("out"));
    const { size } = await stat(file);
    say(`${path.relative(root, file)}: ${(size / 1024).toFixed(0)} KB`);
  } catch (error) {
    say(error.message);
    process.exitCode = 1;
  }
}
