/** Which streams of two files differ, as olefile (Python) reads them. */
import { spawnSync } from "node:child_process";
import path from "node:path";

interface Entry {
  readonly path: string;
  readonly type: string;
  readonly hash: string;
}

/** The Python that has olefile; undefined where there is none. */
export function pythonWithOlefile(): string | undefined {
  return ["python3", "/usr/bin/python3", "python"].find(
    (command) => spawnSync(command, ["-c", "import olefile"], { stdio: "ignore" }).status === 0,
  );
}

function streamsOf(python: string, file: string): Map<string, string> {
  const script = path.resolve(process.cwd(), "test/interop/readWithOlefile.py");
  const { stdout, stderr, status } = spawnSync(python, [script], { input: file, maxBuffer: 1 << 28 });
  const read = JSON.parse(stdout.toString("utf8") || "{}") as { error?: string; entries?: Entry[] };
  if (status !== 0 || !read.entries) throw new Error(`${file}: ${read.error ?? stderr.toString()}`);
  return new Map(
    read.entries.filter(({ type }) => type === "stream").map((entry) => [entry.path, entry.hash]),
  );
}

/** Paths of the streams that are in only one of the files or not byte for byte the same, in order. */
export function differentStreams(python: string, one: string, other: string): string[] {
  const [a, b] = [streamsOf(python, one), streamsOf(python, other)];
  const paths = new Set([...a.keys(), ...b.keys()]);
  return [...paths].filter((stream) => a.get(stream) !== b.get(stream)).sort();
}
