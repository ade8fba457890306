/** Entry of the program `msg-session`: the process around `run`. */
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { createPropertyDictionary, parsePropertyTables, type PropertyDictionary } from "../core";
import { version } from "../../package.json";
import { run } from "./run";

/** A compound file of version 3 ends at 2 GiB; what is larger is not read. */
const MAX_BYTES = 2 * 1024 ** 3;

async function readInput(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
  return new Uint8Array(Buffer.concat(chunks));
}

async function read(file: string): Promise<Uint8Array> {
  if (file === "-") return readInput();
  const { size } = await stat(file);
  if (size > MAX_BYTES)
    throw new Error(`The file has ${size} bytes; an Outlook message has at most ${MAX_BYTES}.`);
  return new Uint8Array(await readFile(file));
}

/** The tables lie beside the program. */
async function dictionary(): Promise<PropertyDictionary> {
  const tables: unknown = JSON.parse(await readFile(path.join(__dirname, "dictionary.json"), "utf8"));
  return createPropertyDictionary(parsePropertyTables(tables));
}

// Who closes the pipe early (head, a pager) has seen enough: that is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

run(process.argv.slice(2), {
  read,
  dictionary,
  version,
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
}).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(`msg-session: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
