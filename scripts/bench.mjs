// `npm run bench`: the core beside @kenjiuno/msgreader and plain cfb, in one run, as ratios with the median of several;
// the page with 10,000 properties in a browser, and the extension in VS Code beside VS Code's own editors, in
// milliseconds. Prints tables and writes them to bench/results.md, each part into a section of its own. Times depend on
// the machine; the ratios are what counts.
//   --only corpus,objects,large,page,vscode    some of it
//   --size <MB>                    size of the large attachment; 400 where it is not given
import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { tableOf, writeResults } from "./lib/bench-results.mjs";
import { measureVsCode } from "./lib/bench-vscode.mjs";
import { inProject, mustRun, option, say } from "./lib/process.mjs";

const out = inProject("out", "bench");
const corpus = path.join(process.env.MSG_CORPUS ?? inProject("..", "shared", "corpus"), "msg");

/** @param {{ packages?: "external", external?: string[] }} [options] what is taken from node_modules, or the host, as it is */
async function bundle(name, options = {}) {
  await build({
    ...options,
    entryPoints: [inProject("test", "bench", `${name}.ts`)],
    bundle: true,
    platform: "node",
    format: "cjs",
    outfile: path.join(out, `${name}.cjs`),
    logLevel: "warning",
  });
  return path.join(out, `${name}.cjs`);
}

/** Every message file below a folder. */
async function messageFiles(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.(msg|oft)$/i.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
}

/** The page in a browser. */
async function measurePage() {
  const script = await bundle("page", { packages: "external" });
  const rows = JSON.parse(await mustRun(process.execPath, [script], { quiet: true }));
  const table = tableOf(
    ["what", "median", "wanted"],
    rows.map(({ what, value, limit }) => [what, value, limit]),
  );
  await writeResults("The page", "10,000 properties in Chromium.", table);
}

/** The core in Node. */
async function measureCore(chosen) {
  const tasks = await bundle("tasks");
  const fixtures = await bundle("fixtures");
  const temp = await mkdtemp(path.join(os.tmpdir(), "msg-session-bench-"));
  const rows = [];

  const measure = async (task, runs, files) => {
    say(`  ${task}`);
    const output = await mustRun(process.execPath, [tasks, task, String(runs), ...files], {
      quiet: true,
    });
    return JSON.parse(output);
  };
  /** Several tasks in turn, three times: what else the machine does meets all of them. The median of each. */
  const measureInTurn = async (tasks, runs, files) => {
    const results = tasks.map(() => []);
    for (let round = 0; round < 3; round++) {
      for (const [i, task] of tasks.entries()) results[i].push(await measure(task, runs, files));
    }
    const median = (values) => values.sort((a, b) => a - b)[1];
    const medianOf = (rounds, key) => median(rounds.map((measured) => measured[key]));
    return results.map((rounds) =>
      Object.fromEntries(["ms", "first", "ratio", "peak"].map((key) => [key, medianOf(rounds, key)])),
    );
  };
  const add = (what, value, base, limit) =>
    rows.push({ what, value: value.toFixed(2), base, limit: limit === undefined ? "" : `at most ${limit}` });

  if (chosen.includes("corpus") && existsSync(corpus)) {
    const files = await messageFiles(corpus);
    const [ours, theirs, container] = await measureInTurn(
      ["corpus msg-session", "corpus msgreader", "corpus cfb"],
      // The code of all is compiled after some passes over the corpus; the first is shown apart.
      40,
      files,
    );
    const base = `msgreader, ${theirs.ms.toFixed(0)} ms`;
    add("open the corpus and decode every property, time", ours.ms / theirs.ms, base, 0.5);
    add(
      "the same for the first time in a process",
      ours.first / theirs.first,
      `msgreader, ${theirs.first.toFixed(0)} ms`,
    );
    add(
      "the same beside parsing the containers alone, time",
      ours.ms / container.ms,
      `cfb, ${container.ms.toFixed(0)} ms`,
    );
    add("the same, peak memory", ours.peak / theirs.peak, "msgreader");
  }
  if (chosen.includes("objects")) {
    const files = [];
    for (const count of [256, 2048]) {
      const file = path.join(temp, `${count}.msg`);
      await mustRun(process.execPath, [fixtures, "objects", String(count), file], { quiet: true });
      files.push(file);
    }
    const [small, big] = files;
    const [listSmall, editSmall] = await measureInTurn(["list msg-session", "edit msg-session"], 9, [small]);
    const [listBig, editBig] = await measureInTurn(["list msg-session", "edit msg-session"], 5, [big]);
    const [theirs, container] = await measureInTurn(["list msgreader", "list cfb"], 3, [big]);
    add(
      "2,048 recipients and attachments: open and list, time",
      listBig.ms / theirs.ms,
      `msgreader, ${theirs.ms.toFixed(0)} ms`,
    );
    add("the same", listBig.ms / container.ms, `cfb, ${container.ms.toFixed(0)} ms`);
    add("2,048 instead of 256: open and list, time", listBig.ms / listSmall.ms, "256 of each", 8.8);
    add("2,048 instead of 256: open, list, edit, save, time", editBig.ms / editSmall.ms, "256 of each", 8.8);
  }
  if (chosen.includes("large")) {
    const size = Number(option("size") ?? 400);
    const file = path.join(temp, "large.msg");
    await mustRun(process.execPath, [fixtures, "large", String(size), file], { quiet: true });
    const bytes = size * 1024 * 1024;
    const [open, copy, attachment, save, verified] = await measureInTurn(
      [
        "read, open and list msg-session",
        "copy bytes",
        "attachment msg-session",
        "save msg-session",
        "save verified msg-session",
      ],
      5,
      [file],
    );
    const single = await measure("read, open and list msg-session", 1, [file]);
    const singleSave = await measure("save verified msg-session", 1, [file]);
    add(
      `${size} MB attachment: read, open and list, time`,
      open.ratio,
      `reading the file, ${(open.ms / open.ratio).toFixed(0)} ms`,
      1.1,
    );
    add(
      "open and read the attachment, time",
      attachment.ms / copy.ms,
      `copying it, ${copy.ms.toFixed(0)} ms`,
    );
    add("change the subject and save, not checked, time", save.ms / copy.ms, "copying it", 2);
    add("the same, checked by the second reader, time", verified.ms / copy.ms, "copying it", 6);
    add("peak memory when open, added to the process", single.peak / bytes, "the file", 1.1);
    add("peak memory while saving, checked, added to the process", singleSave.peak / bytes, "the file", 3.3);
  }
  await rm(temp, { recursive: true, force: true });

  const table = tableOf(
    ["what", "ratio", "beside", "wanted"],
    rows.map(({ what, value, base, limit }) => [what, value, base, limit]),
  );
  await writeResults("The core", "Ratios of medians, measured side by side in one run.", table);
}

const CORE = ["corpus", "objects", "large"];
const chosen = option("only")?.split(",") ?? [...CORE, "page", "vscode"];
if (chosen.some((part) => CORE.includes(part))) await measureCore(chosen);
if (chosen.includes("page")) await measurePage();
if (chosen.includes("vscode")) {
  const words =
    "The packaged code in VS Code's own extension host; a message with its property grid beside VS Code's built-in editors, all in one run.";
  await writeResults("The extension in VS Code", words, await measureVsCode(bundle));
}
