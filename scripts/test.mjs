// `npm test`: brings what is missing, checks the sources, builds, and runs every suite.
//   --only lint,unit,interop,host,host-web,ui   some of it (lint: all checks of the sources)
//   --grep <pattern>                            tests whose title matches; the checks are left out
// The last line is always `N passed, N failed, N skipped`; the exit code is 0 where nothing failed.
import { mkdir } from "node:fs/promises";
import { ensureDependencies } from "./lib/dependencies.mjs";
import { withLock } from "./lib/lock.mjs";
import { hasFlag, inProject, option, say } from "./lib/process.mjs";

const bin = (...parts) => inProject("node_modules", ...parts);
const tsc = (project) => [`typecheck ${project}`, [bin("typescript", "bin", "tsc"), "-p", project]];

/** The checks of the sources: a title, and what Node is to run. */
const CHECKS = [
  ["lint", [bin("eslint", "bin", "eslint.js"), "."]],
  ["format", [bin("prettier", "bin", "prettier.cjs"), "--check", "--log-level", "warn", "."]],
  ["texts", [inProject("scripts", "texts.mjs")]],
  ...[
    "tsconfig.json",
    "src/extension/tsconfig.json",
    "src/cli/tsconfig.json",
    "webview/tsconfig.json",
    "test/tsconfig.json",
  ].map(tsc),
];

const MINUTE = 60_000;
const NODE_SUITES = {
  unit: { folder: "test/unit", timeout: 30_000, limit: 15 * MINUTE },
  interop: { folder: "test/interop", timeout: 3 * MINUTE, limit: 20 * MINUTE, reporter: "Spec" },
  ui: {
    folder: "test/ui",
    timeout: 3 * MINUTE,
    limit: 40 * MINUTE,
    reporter: "Spec",
    setup: inProject("scripts/lib/ui-session.mjs"),
  },
};
const HOST_SUITES = { host: { web: false }, "host-web": { web: true } };

/** In the order in which they run: what fails fast comes first. */
const ORDER = ["lint", "unit", "interop", "host", "host-web", "ui"];
const NEEDS_BUILD = ["host", "host-web", "ui"];

function chosenSuites() {
  const only = option("only")?.split(",");
  const unknown = only?.filter((name) => !ORDER.includes(name)) ?? [];
  if (unknown.length > 0)
    throw new Error(`No such suite: ${unknown.join(", ")}. There are: ${ORDER.join(", ")}.`);
  if (only) return ORDER.filter((name) => only.includes(name));
  return option("grep") ? ORDER.filter((name) => name !== "lint") : ORDER;
}

const failed = (title, error) => [
  { title, state: "failed", duration: 0, message: error.stack ?? String(error) },
];

/** An old build must not be tested in the place of the one that failed. */
const notRun = () => Promise.reject(new Error("Not run: the build failed."));

/** A suite's files in out/ are its own: a second run of the same suite waits for the first. */
async function exclusively(name, work) {
  await mkdir(inProject("out"), { recursive: true });
  return withLock(inProject("out", `${name}.lock`), `another run of ${name}`, work);
}

/** Runs `work` and measures it; an error is a failure like any other. */
async function row(name, work) {
  say(`\n── ${name} ${"─".repeat(Math.max(2, 70 - name.length))}`);
  const start = Date.now();
  const outcomes = await exclusively(name, work).catch((error) => failed(name, error));
  const count = (state) => outcomes.filter((outcome) => outcome.state === state).length;
  return {
    name,
    outcomes,
    seconds: (Date.now() - start) / 1000,
    passed: count("passed"),
    failed: count("failed"),
    skipped: count("skipped"),
  };
}

async function runChecks(suites) {
  const outcomes = [];
  for (const [title, args] of CHECKS) {
    say(`  ${title}`);
    outcomes.push(...(await suites.runCheck(title, args)));
  }
  return outcomes;
}

function works(suites, grep) {
  const inNode = Object.entries(NODE_SUITES).map(([suite, options]) => [
    suite,
    () => suites.runInNode({ suite, ...options }, grep),
  ]);
  const inHost = Object.entries(HOST_SUITES).map(([suite, options]) => [
    suite,
    () => suites.runInHost({ suite, ...options }, grep),
  ]);
  return { lint: () => runChecks(suites), ...Object.fromEntries([...inNode, ...inHost]) };
}

function printFailures(rows) {
  const all = rows.flatMap(({ name, outcomes }) =>
    outcomes.filter(({ state }) => state === "failed").map((outcome) => ({ name, ...outcome })),
  );
  if (all.length > 0) console.log("\nFailures:");
  for (const { name, title, message = "", stack = "" } of all) {
    const text = stack.includes(message) ? stack : `${message}\n${stack}`;
    console.log(`\n  [${name}] ${title}\n${text.trimEnd().replace(/^/gm, "    ")}`);
  }
}

function printSummary(rows) {
  const width = Math.max(...rows.map(({ name }) => name.length));
  console.log(`\n${"".padEnd(width)}  passed  failed  skipped  seconds`);
  for (const { name, passed, failed, skipped, seconds } of rows) {
    const numbers = [String(passed).padStart(6), String(failed).padStart(6), String(skipped).padStart(7)];
    console.log(`${name.padEnd(width)}  ${numbers.join("  ")}  ${seconds.toFixed(1).padStart(7)}`);
  }
}

/** Prints what failed, the table, and the closing line. */
function finish(rows) {
  printFailures(rows);
  if (rows.length > 0) printSummary(rows);
  const sum = (key) => rows.reduce((total, entry) => total + entry[key], 0);
  process.exitCode = sum("failed") > 0 ? 1 : 0;
  console.log(`\n${sum("passed")} passed, ${sum("failed")} failed, ${sum("skipped")} skipped`);
}

async function main() {
  const chosen = chosenSuites();
  const rows = [];
  try {
    await ensureDependencies();
    const suites = await import("./lib/suites.mjs");
    const work = works(suites, option("grep"));
    const needsBuild = chosen.some((name) => NEEDS_BUILD.includes(name)) && !hasFlag("no-build");
    if (needsBuild) rows.push(await row("build", suites.buildExtension));
    const isBuilt = rows.every((entry) => entry.failed === 0);
    for (const name of chosen) {
      const canRun = isBuilt || !NEEDS_BUILD.includes(name);
      rows.push(await row(name, canRun ? work[name] : notRun));
    }
  } catch (error) {
    rows.push(await row("preparation", () => Promise.reject(error)));
  }
  finish(rows);
}

await main().catch((error) => {
  say(error.message);
  process.exitCode = 2;
});
