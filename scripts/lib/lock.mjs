// A lock between processes: a folder can be made by one of them only.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { say } from "./process.mjs";

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
};

async function holderOf(folder) {
  const text = await readFile(path.join(folder, "pid"), "utf8").catch(() => "");
  return Number.parseInt(text, 10);
}

/** Makes the lock folder; false where another living process holds it. A dead holder's lock is removed. */
async function tryAcquire(folder) {
  try {
    await mkdir(folder);
    await writeFile(path.join(folder, "pid"), String(process.pid));
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
  const holder = await holderOf(folder);
  // A holder that has not written its number yet gets a second to do so.
  if (Number.isNaN(holder)) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    if (Number.isNaN(await holderOf(folder))) await rm(folder, { recursive: true, force: true });
    return false;
  }
  if (!isAlive(holder)) await rm(folder, { recursive: true, force: true });
  return false;
}

/**
 * Runs `work` while no other process runs its own under the same lock.
 * @param {string} folder the lock; its parent must exist
 * @param {string} what said once when somebody else has to be waited for
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 * @template T
 */
export async function withLock(folder, what, work) {
  let said = false;
  while (!(await tryAcquire(folder))) {
    if (!said) say(`Another process is at it: waiting for ${what} …`);
    said = true;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  try {
    return await work();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
