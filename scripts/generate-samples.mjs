// Builds the sample messages through the core. The same bytes every time.
//   node scripts/generate-samples.mjs [folder, default samples]
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { inProject, isMain, say } from "./lib/process.mjs";

/** The samples, from their TypeScript sources: bundled in memory and run. */
export async function buildSamples() {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    absWorkingDir: inProject(),
    entryPoints: ["scripts/samples/index.ts"],
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    write: false,
    logLevel: "warning",
  });
  const code = Buffer.from(outputFiles[0].contents).toString("base64");
  const module = await import(`data:text/javascript;base64,${code}`);
  return module.buildSamples();
}

async function main() {
  const folder = path.resolve(process.argv[2] ?? inProject("samples"));
  await mkdir(folder, { recursive: true });
  const samples = await buildSamples();
  for (const { name, bytes } of samples) await writeFile(path.join(folder, name), bytes);
  say(`${samples.length} samples in ${folder}`);
}

if (isMain(import.meta.url)) await main();
