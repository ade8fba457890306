/**
 * How long the extension takes to be active, measured in its own host: VS Code runs `run()` as it runs tests, and the
 * result is written beside this script. Its own time is the processor time of the host's thread: what else the machine
 * does, and what VS Code is waited for, is not the extension's.
 */
import { writeFileSync } from "node:fs";
import * as vscode from "vscode";

const ID = "msg-session.msg-session";

/** Another editor is opened first: it must not wake the extension. */
async function openSomethingElse(): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ content: "Not a message." });
  await vscode.window.showTextDocument(document);
}

/** Processor time of this thread so far, in milliseconds. VS Code's Node has it; the types of an older Node do not. */
function threadTime(): number {
  const { user, system } = (
    process as typeof process & { threadCpuUsage(): NodeJS.CpuUsage }
  ).threadCpuUsage();
  return (user + system) / 1000;
}

/** Called by VS Code. */
export async function run(): Promise<void> {
  await openSomethingElse();
  const extension = vscode.extensions.getExtension(ID);
  if (!extension) throw new Error(`${ID} is not installed.`);
  const wasActive = extension.isActive;
  const before = threadTime();
  const start = performance.now();
  await extension.activate();
  const elapsed = performance.now() - start;
  const own = threadTime() - before;
  writeFileSync(`${__filename}.result.json`, JSON.stringify({ wasActive, own, elapsed }));
}
