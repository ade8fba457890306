// A whole VS Code server and workbench from the npm registry, for machines that no desktop VS Code can be
// downloaded to. The package code-server carries it; its own post-install script insists on one Node version, so
// everything that script does that is needed here is done here, with a Node that also comes as a package.
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { withLock } from "./lock.mjs";
import { inProject, mustRun, npm, run, say } from "./process.mjs";

const CODE_SERVER = "4.139.1";
const NODE = "24.21.0";

/** Modules with native code, built from source. The first two are needed to start, the others to watch and copy files. */
const NATIVE_MODULES = [
  "@vscode/spdlog",
  "@vscode/native-watchdog",
  "@parcel/watcher",
  "@vscode/fs-copyfile",
];

const folder = inProject(".vscode-test", "server");
const marker = path.join(folder, "installed.json");
const vscode = path.join(folder, "node_modules", "code-server", "lib", "vscode");

const platform = process.platform === "win32" ? "win" : process.platform;
const nodePackage = `node-${platform}-${process.arch}`;
const nodeHome = path.join(folder, "node_modules", nodePackage);

/** Where the installed server is. */
const installation = {
  /** Node for the server, of the version it was made for. */
  node: path.join(nodeHome, "bin", process.platform === "win32" ? "node.exe" : "node"),
  /** The server's entry point. */
  main: path.join(vscode, "out", "server-main.js"),
};

/** npm's own node-gyp: beside the npm that runs this, in the global folder, or beside Node. */
async function findNodeGyp() {
  const { output } = await run("npm", ["root", "-g"], { quiet: true, shell: process.platform === "win32" });
  const globalRoot = output.trim().split("\n").at(-1) ?? "";
  const npmHomes = [
    process.env.npm_execpath && path.resolve(path.dirname(process.env.npm_execpath), ".."),
    globalRoot && path.join(globalRoot, "npm"),
    path.resolve(path.dirname(process.execPath), "../lib/node_modules/npm"),
    path.resolve(path.dirname(process.execPath), "node_modules/npm"),
  ];
  const found = npmHomes
    .filter(Boolean)
    .map((home) => path.join(home, "node_modules", "node-gyp", "bin", "node-gyp.js"))
    .find((file) => existsSync(file));
  if (found) return found;
  throw new Error("npm's own node-gyp was not found: the VS Code server's native modules cannot be built.");
}

async function buildNativeModule(name, nodeGyp) {
  say(`  building ${name}`);
  // npm hands its settings on in the environment, where a "nodedir" would win over the one named here.
  const inherited = Object.entries(process.env).filter(([key]) => !/^npm_config_nodedir$/i.test(key));
  const env = {
    ...Object.fromEntries(inherited),
    PATH: `${path.dirname(installation.node)}${path.delimiter}${process.env.PATH ?? ""}`,
  };
  await mustRun(installation.node, [nodeGyp, "rebuild", `--nodedir=${nodeHome}`], {
    cwd: path.join(vscode, "node_modules", ...name.split("/")),
    env,
    quiet: true,
  });
}

const nativeModuleStep = (name) => ({
  key: `native:${name}`,
  what: undefined,
  work: async () => buildNativeModule(name, await findNodeGyp()),
});

const install = (args, cwd) =>
  npm(["install", "--ignore-scripts", "--no-audit", "--no-fund", ...args], { cwd, quiet: true });

/** What has to be done, in order. Each step that is through is noted in the marker file and not done again. */
const steps = [
  {
    key: "packages",
    what: `code-server ${CODE_SERVER} and Node ${NODE} (about 400 MB)`,
    work: async () => {
      await writeFile(path.join(folder, "package.json"), `${JSON.stringify({ private: true })}\n`);
      await install([`code-server@${CODE_SERVER}`, `${nodePackage}@${NODE}`], folder);
    },
  },
  { key: "vscode", what: "the packages of VS Code", work: () => install(["--omit=dev"], vscode) },
  {
    key: "extensions",
    what: "the packages of its built-in extensions",
    work: () => install(["--omit=dev"], path.join(vscode, "extensions")),
  },
  ...NATIVE_MODULES.map(nativeModuleStep),
];

const versions = `code-server ${CODE_SERVER}, ${nodePackage} ${NODE}`;

async function readMarker() {
  try {
    const noted = JSON.parse(await readFile(marker, "utf8"));
    return noted.versions === versions && Array.isArray(noted.done) ? noted.done : [];
  } catch {
    return [];
  }
}

const isComplete = (done) =>
  steps.every((step) => done.includes(step.key)) &&
  existsSync(installation.main) &&
  existsSync(installation.node);

async function installMissing() {
  let done = await readMarker();
  if (isComplete(done)) return;
  if (!existsSync(installation.main)) done = [];
  if (done.length === 0) await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  say("Installing the VS Code server into .vscode-test/server (once; about a minute and a half):");
  for (const step of steps) {
    if (done.includes(step.key)) continue;
    if (step.what) say(`  installing ${step.what}`);
    await step.work();
    done = [...done, step.key];
    await writeFile(marker, `${JSON.stringify({ versions, done }, undefined, 2)}\n`);
  }
  say("  the VS Code server is ready.");
}

/**
 * Installs the VS Code server into .vscode-test/server, or does what is left of it after an interruption, or nothing
 * where it is complete. Two processes at once wait for each other.
 * @returns {Promise<{ node: string, main: string }>} the paths of its Node and of its entry point
 * @throws where a package cannot be had or a native module not be built (a C++ compiler and Python are needed)
 */
export async function ensureVsCodeServer() {
  if (isComplete(await readMarker())) return installation;
  await mkdir(path.dirname(folder), { recursive: true });
  await withLock(`${folder}.lock`, "the installation of the VS Code server", installMissing);
  return installation;
}
