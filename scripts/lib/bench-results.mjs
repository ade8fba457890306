// bench/results.md: a section for each part of `npm run bench`, so that a part can be measured alone.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import os from "node:os";
import { inProject } from "./process.mjs";

const HEAD = "# Results of `npm run bench`";
const file = inProject("bench", "results.md");

/** A table in Markdown: the titles of its columns, and its rows as cells. */
export const tableOf = (titles, rows) =>
  [titles, titles.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

/** The machine in one sentence: times depend on it. */
export const machine = () =>
  `Node ${process.version} on ${os.platform()} ${os.arch()}, ${os.cpus().length} cores.`;

/** The text of the results with one section put in or replaced; the other sections stay as they are. */
export function withSection(text, title, body) {
  const sections = text
    .split(/^(?=## )/m)
    .filter((part) => part.startsWith("## ") && part.split("\n", 1)[0] !== `## ${title}`);
  return (
    [HEAD, ...[...sections, `## ${title}\n\n${body}`].sort().map((part) => part.trim())].join("\n\n") + "\n"
  );
}

/** Writes a section of bench/results.md and prints its table. */
export async function writeResults(title, words, table) {
  process.stdout.write(`${table}\n`);
  await mkdir(inProject("bench"), { recursive: true });
  const before = await readFile(file, "utf8").catch(() => "");
  await writeFile(file, withSection(before, title, `${words} ${machine()}\n\n${table}`));
}
