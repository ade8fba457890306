// `npm run fuzz`: damages message files and works through them: open, list, edit, save.
//   --count <N>    how many; 200,000 where it is not given
//   --seed <N>     where to begin; the same seed makes the same files
// Files: the samples, and the corpus where it stands beside the project (only files under 200 KB).
import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { inProject, mustRun, option } from "./lib/process.mjs";

const MAX_FILE = 200_000;

async function messageFiles(folder) {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && /\.(msg|oft)$/i.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
  const sizes = await Promise.all(files.map((file) => stat(file)));
  return files.filter((_, i) => sizes[i].size < MAX_FILE);
}

const samples = await mkdtemp(path.join(os.tmpdir(), "msg-session-fuzz-"));
try {
  await mustRun(process.execPath, [inProject("scripts", "generate-samples.mjs"), samples], { quiet: true });
  const outfile = inProject("out", "fuzz", "run.cjs");
  await build({
    entryPoints: [inProject("test", "fuzz", "run.ts")],
    bundle: true,
    platform: "node",
    format: "cjs",
    outfile,
    logLevel: "warning",
  });
  const corpus = process.env.MSG_CORPUS ?? inProject("..", "shared", "corpus");
  const files = [...(await messageFiles(samples)), ...(await messageFiles(path.join(corpus, "msg")))];
  await mustRun(process.execPath, [outfile, option("count") ?? "200000", option("seed") ?? "1", ...files]);
} finally {
  await rm(samples, { recursive: true, force: true });
}
