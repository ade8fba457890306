// What VS Code calls to run the tests in its extension host (`extensionTestsPath`): the Node host of a desktop or of a
// server, or the web worker host. The test files are found when the bundle is made (scripts/lib/bundle-tests.mjs).
import * as vscode from "vscode";
import { HOST_TESTS } from "./hostTests";
import { instance, runInstance } from "./mochaInHost";

/** The outcome of one test, as every suite of the project reports it. */
interface TestOutcome {
  readonly title: string;
  readonly state: "passed" | "failed" | "skipped";
  /** Milliseconds. */
  readonly duration: number;
  readonly message?: string;
  readonly stack?: string;
}

/** Marks the console lines by which a launcher that only sees the console follows the run. */
const MARKER = "MSG-SESSION-TEST";

function announce(event: object): void {
  // eslint-disable-next-line no-console -- the console is the channel here
  console.log(`${MARKER} ${JSON.stringify(event)}`);
}

/** A test's outcome as plain data; the stack is cut so that a console line stays short enough to arrive whole. */
function outcomeOf(test: Mocha.Runnable, state: TestOutcome["state"], error?: Error): TestOutcome {
  const base = { title: test.fullTitle(), state, duration: test.duration ?? 0 };
  if (error === undefined) return base;
  return { ...base, message: error.message.slice(0, 4000), stack: (error.stack ?? "").slice(0, 8000) };
}

/** The results file lies beside the tests: on this machine, or on the one that the web worker host is served from. */
function resultsUri(): vscode.Uri {
  const local = vscode.Uri.file(HOST_TESTS.resultsFile);
  const served = vscode.extensions.all.find(({ extensionUri }) => extensionUri.scheme === "vscode-remote");
  const remote = vscode.workspace.workspaceFolders?.[0]?.uri ?? served?.extensionUri;
  if (remote?.scheme !== "vscode-remote" || vscode.env.uiKind === vscode.UIKind.Desktop) return local;
  return local.with({ scheme: remote.scheme, authority: remote.authority });
}

async function writeResults(outcomes: readonly TestOutcome[]): Promise<void> {
  const text = JSON.stringify({ ended: true, outcomes }, undefined, 2);
  await vscode.workspace.fs.writeFile(resultsUri(), new TextEncoder().encode(text));
}

function runMocha(outcomes: TestOutcome[]): Promise<number> {
  const note = (outcome: TestOutcome): void => {
    outcomes.push(outcome);
    announce(outcome);
  };
  const collect = (runner: Mocha.Runner): void => {
    runner.on("pass", (test) => note(outcomeOf(test, "passed")));
    runner.on("pending", (test) => note(outcomeOf(test, "skipped")));
    runner.on("fail", (test, error: Error) => note(outcomeOf(test, "failed", error)));
  };
  instance.timeout(HOST_TESTS.timeout);
  if (HOST_TESTS.grep !== "") instance.grep(new RegExp(HOST_TESTS.grep));
  return new Promise((resolve) => collect(runInstance(resolve)));
}

/**
 * Runs all tests of this bundle.
 * @throws Error where a test failed, which makes VS Code end with a code other than 0
 */
export async function run(): Promise<void> {
  const outcomes: TestOutcome[] = [];
  const failures = await runMocha(outcomes);
  await writeResults(outcomes);
  announce({ ended: true, failures });
  if (failures > 0) throw new Error(`${failures} of ${outcomes.length} tests failed.`);
}
