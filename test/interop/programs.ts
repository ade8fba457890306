/** Runs the readers, which are programs of other people that may or may not be there. */
import { spawnSync } from "node:child_process";
import path from "node:path";

/** A folder's programs for readers lie beside the tests; the bundle lies elsewhere. */
export const scriptOf = (name: string): string => path.resolve(process.cwd(), "test/interop", name);

/** What a program printed. @throws Error with what it complained of when it failed. */
export function output(command: string, args: readonly string[], input = ""): Buffer {
  const result = spawnSync(command, args, {
    input,
    maxBuffer: 1 << 30,
    env: { ...process.env, LC_ALL: "C.UTF-8" },
  });
  if (result.error) throw result.error;
  if (result.status === 0) return result.stdout;
  throw new Error(`${command} ended with ${String(result.status)}: ${result.stderr.toString().slice(-4000)}`);
}

/** The first of some commands that runs with these arguments and succeeds; undefined when none does. */
export function firstThatRuns(commands: readonly string[], args: readonly string[]): string | undefined {
  return commands.find((command) => spawnSync(command, args, { stdio: "ignore" }).status === 0);
}

/** The lines of a program's output, each a JSON value. */
export function jsonLines(bytes: Buffer): unknown[] {
  return bytes
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line): unknown => JSON.parse(line));
}
