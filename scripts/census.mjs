// `npm run census [-- <folder>]`: how much of the messages below a folder the tables know: names, meanings, structures.
// Without a folder it is the one the tests read: MSG_CORPUS, or ../shared/corpus.
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { inProject, isMain, say } from "./lib/process.mjs";

/** The census, from its TypeScript sources: bundled in memory. */
async function loadCensus() {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    absWorkingDir: inProject(),
    entryPoints: ["scripts/census/index.ts"],
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    write: false,
    logLevel: "warning",
  });
  const code = Buffer.from(outputFiles[0].contents).toString("base64");
  return import(`data:text/javascript;base64,${code}`);
}

async function main([folder = process.env["MSG_CORPUS"] ?? inProject("..", "shared", "corpus")]) {
  if (!existsSync(folder)) throw new Error("Usage: npm run census -- <folder with messages>");
  const names = (await readdir(folder, { recursive: true }))
    .filter((name) => /\.(msg|oft)$/i.test(name))
    .sort();
  const files = await Promise.all(
    names.map(async (name) => ({ name, bytes: new Uint8Array(await readFile(path.join(folder, name))) })),
  );
  const tables = JSON.parse(await readFile(inProject("src/core/mapi/tables/dictionary.json"), "utf8"));
  const { censusOf } = await loadCensus();
  console.log(censusOf(files, tables));
}

if (isMain(import.meta.url)) {
  await main(process.argv.slice(2)).catch((error) => {
    say(error.message);
    process.exitCode = 1;
  });
}
