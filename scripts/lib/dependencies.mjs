// The packages of the project, brought where they are missing, so that a fresh clone needs no step before the first.
import { existsSync, readFileSync } from "node:fs";
import { inProject, npm, say } from "./process.mjs";

const readJson = (file) => JSON.parse(readFileSync(file, "utf8"));

/** True where every direct dependency is installed in the version that the lock file names. */
function areInstalled() {
  if (!existsSync(inProject("package-lock.json"))) return false;
  const { packages } = readJson(inProject("package-lock.json"));
  const { dependencies = {}, devDependencies = {} } = readJson(inProject("package.json"));
  return Object.keys({ ...dependencies, ...devDependencies }).every((name) => {
    const manifest = inProject("node_modules", name, "package.json");
    return existsSync(manifest) && readJson(manifest).version === packages[`node_modules/${name}`]?.version;
  });
}

/** Runs `npm ci` where the packages are not, or not all, there. */
export async function ensureDependencies() {
  if (areInstalled()) return;
  say("Installing the project's packages (npm ci) …");
  await npm(["ci", "--no-audit", "--no-fund"], { quiet: true });
}
