// Runs one suite of bundled tests in this process and writes the outcome of every test to a file.
//   node run-mocha.mjs <plan.json>
// The plan: { files, resultsFile, timeout, grep?, reporter?, setup? }; setup is a module that exports mochaHooks.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import Mocha from "mocha";

const plan = JSON.parse(await readFile(process.argv[2], "utf8"));
const outcomes = [];

const outcomeOf = (test, state, error) => ({
  title: test.fullTitle(),
  state,
  duration: test.duration ?? 0,
  ...(error ? { message: String(error.message ?? error), stack: String(error.stack ?? "") } : {}),
});

/** Prints as the chosen reporter of mocha does, and collects. A hook that fails counts as a failure of its own. */
class Collector extends Mocha.reporters[plan.reporter ?? "Dot"] {
  constructor(runner, options) {
    super(runner, options);
    runner.on("pass", (test) => outcomes.push(outcomeOf(test, "passed")));
    runner.on("pending", (test) => outcomes.push(outcomeOf(test, "skipped")));
    runner.on("fail", (test, error) => outcomes.push(outcomeOf(test, "failed", error)));
  }
}

const setup = plan.setup ? await import(pathToFileURL(plan.setup)) : {};
const mocha = new Mocha({
  ui: "bdd",
  reporter: Collector,
  timeout: plan.timeout,
  slow: plan.timeout,
  rootHooks: setup.mochaHooks ?? {},
  ...(plan.grep ? { grep: new RegExp(plan.grep) } : {}),
});
for (const file of plan.files) mocha.addFile(file);

await mocha.loadFilesAsync();
const failures = await new Promise((resolve) => mocha.run(resolve));
await mkdir(path.dirname(plan.resultsFile), { recursive: true });
await writeFile(plan.resultsFile, JSON.stringify({ ended: true, outcomes }, undefined, 2));
// Something a test has left open must not hold the run.
process.exit(failures > 0 ? 1 : 0);
