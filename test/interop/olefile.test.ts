/** olefile (Python) reads what the core writes: every storage and stream, class ids, times, and sound directory trees. */
import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import { checkFiles, type Found } from "./checks";
import { readerFiles, type ReaderFile } from "./files";
import { firstThatRuns, jsonLines, output, scriptOf } from "./programs";
import { byPath, entriesOf, type Entry } from "./reading";

interface Tree {
  readonly path: string;
  readonly count: number;
  readonly height: number;
  readonly sorted: boolean;
}

interface Dump {
  readonly error?: string;
  readonly entries: Entry[];
  readonly trees: Tree[];
  readonly issues: string[];
}

/**
 * What olefile is unsure of and is right: [MS-CFB] 2.2 lets the header of a file written in transactions hold their
 * number, some of Outlook's own files do, and the core keeps it.
 */
const RIGHT_ALL_THE_SAME = ["incorrect OLE header (transaction_signature_number>0)"];

/** The most that a red-black tree of so many entries can be high. */
const maxHeight = (count: number): number => Math.ceil(2 * Math.log2(count + 1));

describe("olefile reads what the core writes", function () {
  let found: Found<ReaderFile, Dump>[] = [];

  before(function () {
    this.timeout("10m");
    const python = firstThatRuns(["python3", "/usr/bin/python3", "python"], ["-c", "import olefile"]);
    if (python === undefined) this.skip();
    const files = readerFiles();
    const paths = files.map(({ file }) => file).join("\n");
    const dumps = jsonLines(output(python, [scriptOf("readWithOlefile.py")], paths));
    assert.equal(dumps.length, files.length);
    found = files.map((file, i) => ({ file, dump: dumps[i] as Dump }));
  });

  it("opens them without a defect", () => {
    checkFiles(found, (_, dump) => {
      assert.equal(dump.error, undefined);
      assert.deepEqual(
        dump.issues.filter((issue) => !RIGHT_ALL_THE_SAME.includes(issue)),
        [],
      );
    });
  });

  it("finds the same storages and streams, bytes, class ids and times", () => {
    checkFiles(found, (file, dump) =>
      assert.deepEqual([...dump.entries].sort(byPath), entriesOf(file.bytes)),
    );
  });

  it("finds balanced directory trees in the order of names", () => {
    checkFiles(found, (_, dump) => {
      for (const { path, count, height, sorted } of dump.trees) {
        assert.ok(sorted, `the names in “${path}” are not in order`);
        assert.ok(height <= maxHeight(count), `“${path}”: ${count} entries in a tree ${height} high`);
      }
    });
  });
});
