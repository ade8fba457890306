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
  "dist/main.js",
  "dist/later.js",
  "dist/web/extension.js",
  "dist/web/main.js",
  "dist/web/later.js",
  "dist/cli.js",
  "dist/webview/main.js",
  "dist/webview/compare.js",
  "dist/dictionary.json",
  "dist/doubleByte.json",
];

/** Most bytes of what is loaded when a message is opened, and of the package: nobody should wait for an extension. */
const KB = 1024;
export const SIZE_LIMITS = [
  { what: "host bundle (Node)", files: ["dist/extension.js", "dist/main.js"], limit: 500 * KB },
  { what: "host bundle (web)", files: ["dist/web/extension.js", "dist/web/main.js"], limit: 500 * KB },
  { what: "page bundle", files: ["dist/webview/main.js"], limit: 500 * KB },
  { what: "page bundle (compare)", files: ["dist/webview/compare.js"], limit: 500 * KB },
];
export const PACKAGE_LIMIT = 1.5 * KB * KB;

const isAllowed = (file) => ALLOWED.some((pattern) => pattern.test(file)) && !file.endsWith(".map");

/** The bytes of files of the project; none where one is missing. */
export async function bytesOf(files) {
  const sizes = await Promise.all(
    files.map((file) =>
      stat(inProject(file)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Throws where the package would hold too much or too little. */
async function checkContents() {
  const { listFiles, PackageManager } = await import("@vscode/vsce");
  const files = await listFiles({ cwd: root, packageManager: PackageManager.None });
  const surplus = files.filter((file) => !isAllowed(file));
  const lacking = REQUIRED.filter((file) => !files.includes(file));
  const sizes = await Promise.all(
    SIZE_LIMITS.map(async (each) => ({ ...each, size: await bytesOf(each.files) })),
  );
  const problems = [
    ...sizes
      .filter(({ size, limit }) => size > limit)
      .map(({ what, files, size, limit }) => `${what}: ${files.join(" + ")} has ${size} bytes of ${limit}`),
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
  const { size } = await stat(file);
  if (size > PACKAGE_LIMIT) throw new Error(`${file} has ${size} bytes; it may have ${PACKAGE_LIMIT}.`);
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
