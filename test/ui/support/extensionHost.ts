/** The extension host as a process, to be ended as a crash would end it. */
import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { until, type VsCodePage } from "../harness";

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** Every process of the machine. */
async function processes(): Promise<Process[]> {
  const { stdout } = await promisify(execFile)("ps", ["-axww", "-o", "pid=,ppid=,args="], {
    maxBuffer: 1 << 24,
  });
  return stdout.split("\n").flatMap((line) => {
    const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return command === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
  });
}

const portOf = (code: VsCodePage): string => ` --port ${new URL(code.page.url()).port} `;

/** The extension hosts below the server that a page came from: that of the page alone, where the server has no other. */
async function hostsOf(code: VsCodePage): Promise<Process[]> {
  const all = await processes();
  const port = portOf(code);
  const below = new Set(all.filter(({ command }) => command.includes(port)).map(({ pid }) => pid));
  // Parents do not have to come before their children in the list.
  for (let size = -1; size !== below.size;) {
    size = below.size;
    for (const { pid, parent } of all) if (below.has(parent)) below.add(pid);
  }
  return all.filter(({ pid, command }) => below.has(pid) && command.includes("--type=extensionHost"));
}

/** Whether this machine can show its processes. */
export const canFindProcesses = (): Promise<boolean> =>
  processes().then(
    (all) => all.length > 0,
    () => false,
  );

/**
 * Ends the extension host of a VS Code at once, as a crash would, and waits until VS Code has started another. The server
 * has to be the test's own.
 */
export async function crashExtensionHost(code: VsCodePage): Promise<void> {
  const hosts = await hostsOf(code);
  if (hosts.length !== 1) throw new Error(`There are ${hosts.length} extension hosts.`);
  for (const { pid } of hosts) process.kill(pid, "SIGKILL");
  const ended = new Set(hosts.map(({ pid }) => pid));
  await until(
    "another extension host",
    async () => (await hostsOf(code)).some(({ pid }) => !ended.has(pid)),
    60_000,
  );
}

/** Waits until so many documents have a backup on disk: VS Code makes them a moment after each change. */
export async function waitForBackups(code: VsCodePage, count: number): Promise<void> {
  const port = portOf(code);
  const server = (await processes()).find(({ command }) => command.includes(port));
  const [, folder] = / --server-data-dir (\S+)/.exec(server?.command ?? "") ?? [];
  if (folder === undefined) throw new Error("The data of the server was not found.");
  const pending = path.join("msg-session.msg-session", "pending");
  await until(`${count} backups`, async () => {
    // Files come and go while the folder is read.
    const files = await readdir(folder, { recursive: true }).catch(() => []);
    return files.filter((file) => file.includes(pending) && file.endsWith(".json")).length === count;
  });
}
