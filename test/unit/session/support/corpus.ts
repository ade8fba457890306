/** The real files of the corpus; none where it is missing. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const CORPUS = path.join(process.env["MSG_CORPUS"] ?? path.resolve(process.cwd(), "../shared/corpus"), "msg");

/** A file of the corpus, read when asked for. */
export interface CorpusFile {
  readonly name: string;
  readonly read: () => Uint8Array;
}

/** All message files, in order of their names. */
export function corpusFiles(): CorpusFile[] {
  if (!existsSync(CORPUS)) return [];
  return readdirSync(CORPUS, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(msg|oft)$/i.test(name))
    .sort()
    .map((name) => ({ name, read: () => new Uint8Array(readFileSync(path.join(CORPUS, name))) }));
}
