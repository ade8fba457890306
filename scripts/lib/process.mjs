// What every script needs: where the project is, how to say something, how to run a program and to end it
// with everything it started. Node built-ins only: these run before anything is installed.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

/** A path inside the project. */
export const inProject = (...parts) => path.join(root, ...parts);

/** One line of progress. It goes to stderr, so that a script's stdout stays what was asked for. */
export const say = (text) => process.stderr.write(`${text}\n`);

/** True for the script that was started, false where it is imported. */
export const isMain = (moduleUrl) =>
  process.argv[1] !== undefined && path.resolve(process.argv[1]) === fileURLToPath(moduleUrl);

/** Reads `--name value` and `--name=value`; undefined where the option is missing. */
export function option(name, args = process.argv.slice(2)) {
  const flag = `--${name}`;
  const at = args.findIndex((arg) => arg === flag || arg.startsWith(`${flag}=`));
  if (at < 0) return undefined;
  const [, value] = args[at].split(/=(.*)/s);
  return value ?? args[at + 1];
}

/** True where the bare switch `--name` is among the arguments. */
export const hasFlag = (name, args = process.argv.slice(2)) => args.includes(`--${name}`);

/**
 * Runs a program to its end.
 * @param {string} command the program
 * @param {string[]} args its arguments
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean, timeout?: number, shell?: boolean }} [options]
 *   quiet keeps the output back (it is still returned); timeout in milliseconds ends the program
 * @returns {Promise<{ code: number, output: string }>} the exit code (-1: not started or ended by a signal)
 *   and what it printed on both streams
 */
export function run(command, args, options = {}) {
  const { cwd = root, env = process.env, quiet = false, timeout, shell = false } = options;
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, shell, stdio: ["ignore", "pipe", "pipe"] });
    const chunks = [];
    const timer = timeout === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), timeout);
    const collect = (chunk, stream) => {
      chunks.push(chunk);
      if (!quiet) stream.write(chunk);
    };
    child.stdout.on("data", (chunk) => collect(chunk, process.stdout));
    child.stderr.on("data", (chunk) => collect(chunk, process.stderr));
    const finish = (code) => {
      clearTimeout(timer);
      resolve({ code, output: Buffer.concat(chunks).toString("utf8") });
    };
    child.on("error", (error) => {
      chunks.push(Buffer.from(`${error.message}\n`));
      finish(-1);
    });
    child.on("close", (code) => finish(code ?? -1));
  });
}

/** As `run`, but a failure throws an error that carries the end of the output. */
export async function mustRun(command, args, options = {}) {
  const { code, output } = await run(command, args, options);
  if (code === 0) return output;
  const tail = options.quiet ? `\n${output.trimEnd().split("\n").slice(-30).join("\n")}` : "";
  throw new Error(`${[path.basename(command), ...args].join(" ")} failed (exit code ${code}).${tail}`);
}

const onWindows = process.platform === "win32";

/** Runs npm: the one that started this script where there is one, else the one on PATH. */
export function npm(args, options = {}) {
  const fromEnvironment = process.env.npm_execpath;
  if (fromEnvironment?.endsWith("npm-cli.js")) {
    return mustRun(process.execPath, [fromEnvironment, ...args], options);
  }
  return mustRun("npm", args, { ...options, shell: onWindows });
}

/** A TCP port that nothing listens on at this moment. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Starts a long-lived program in a process group of its own, so that all of it can be ended. */
export const startGroup = (command, args, options = {}) =>
  spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], detached: !onWindows, ...options });

/** Sends a signal to a program from `startGroup` and to everything it started. */
function signalGroup(child, signal) {
  try {
    if (onWindows) child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // It has ended already.
  }
}

/** Ends a program from `startGroup` with its group: asked first, forced after five seconds. */
export async function stopGroup(child) {
  if (child.pid === undefined) return;
  const ended = child.exitCode !== null || child.signalCode !== null;
  const exit = ended ? Promise.resolve() : new Promise((resolve) => child.once("exit", resolve));
  signalGroup(child, "SIGTERM");
  const forced = setTimeout(() => signalGroup(child, "SIGKILL"), 5000);
  await exit;
  clearTimeout(forced);
  signalGroup(child, "SIGKILL");
}

/** Asks `condition` until it gives something true; throws what it was waiting for after `timeout` milliseconds. */
export async function waitFor(condition, what, timeout = 30_000, interval = 100) {
  const end = Date.now() + timeout;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > end) throw new Error(`Waited ${timeout / 1000} s in vain for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, interval));
  }
}
