/** gsf (libgsf, GNOME) reads what the core writes: the same streams with the same bytes. */
import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import { checkFiles, type Found } from "./checks";
import { readerFiles, type ReaderFile } from "./files";
import { firstThatRuns, output } from "./programs";
import { entriesOf, sha256 } from "./reading";

interface Dump {
  /** Paths of streams with their sizes, sorted. */
  readonly streams: readonly string[];
  /** Paths of storages, sorted. */
  readonly storages: readonly string[];
}

/** A line of `gsf list`: type, for storages a time, size, name. */
const LINE = /^([df])\s+(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)?\s+(\d+) (.+)$/;
const ROOT = "*root*";

function list(gsf: string, file: string): Dump {
  const rows = output(gsf, ["list", file])
    .toString("utf8")
    .split("\n")
    .flatMap((line) => {
      const match = LINE.exec(line);
      return match ? [{ type: match[1], size: match[2], name: match[3] }] : [];
    })
    .filter(({ name }) => name !== ROOT);
  return {
    streams: rows
      .filter(({ type }) => type === "f")
      .map(({ name, size }) => `${String(name)} ${String(size)}`)
      .sort(),
    storages: rows
      .filter(({ type }) => type === "d")
      .map(({ name }) => String(name))
      .sort(),
  };
}

/** How many streams are asked for at once: command lines are limited. */
const BATCH = 500;

/** What `gsf cat` prints of the streams, one behind the other. */
function content(gsf: string, file: string, names: readonly string[]): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < names.length; at += BATCH) {
    parts.push(output(gsf, ["cat", file, ...names.slice(at, at + BATCH)]));
  }
  return Buffer.concat(parts);
}

describe("gsf reads what the core writes", function () {
  let gsf = "";
  let found: Found<ReaderFile, Dump>[] = [];

  before(function () {
    this.timeout("10m");
    const program = firstThatRuns(["gsf"], ["--version"]);
    if (program === undefined) this.skip();
    gsf = program;
    found = readerFiles().map((file) => ({ file, dump: list(gsf, file.file) }));
  });

  it("lists the same storages and streams with their sizes", () => {
    checkFiles(found, (file, dump) => {
      const entries = entriesOf(file.bytes).filter(({ path }) => path !== "");
      const paths = (type: string): string[] =>
        entries
          .filter((entry) => entry.type === type)
          .map(({ path, size }) => (type === "stream" ? `${path} ${size}` : path))
          .sort();
      assert.deepEqual(dump.storages, paths("storage"));
      assert.deepEqual(dump.streams, paths("stream"));
    });
  });

  it("reads the same bytes in every stream", function () {
    this.timeout("10m");
    checkFiles(found, (file) => {
      const streams = entriesOf(file.bytes).filter(({ type }) => type === "stream");
      const bytes = content(
        gsf,
        file.file,
        streams.map(({ path }) => path),
      );
      let at = 0;
      const differing = streams.filter(({ size, hash }) => sha256(bytes.subarray(at, (at += size))) !== hash);
      assert.deepEqual(
        differing.map(({ path }) => path),
        [],
      );
      assert.equal(at, bytes.length);
    });
  });
});
