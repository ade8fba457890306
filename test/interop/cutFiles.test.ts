/** Files that were cut: the core finds at least what olefile (Python) finds in them. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import * as CFB from "cfb";
import { describe, it } from "mocha";
import { buildSamples } from "../../scripts/samples";
import { openStorage, walkStorage } from "../../src/core";
import { corpusFiles } from "../unit/session/support/corpus";
import { firstThatRuns, jsonLines, output, scriptOf } from "./programs";
import { sha256 } from "./reading";

/** By the place of the cut, hashes of streams by path. */
type Cuts = Readonly<Record<string, Readonly<Record<string, string>>>>;

const MAX_BYTES = 40_000;

function hashesOf(bytes: Uint8Array, recover: boolean): Map<string, string> {
  const hashes = new Map<string, string>();
  walkStorage(openStorage(bytes, { recover }), (names, element, holder) => {
    if (element.type === "stream") hashes.set(names.join("/"), sha256(holder.openStream(element.name)));
  });
  return hashes;
}

const laidOutByCfb = (bytes: Uint8Array): Uint8Array =>
  Uint8Array.from(CFB.write(CFB.read(bytes.slice(), { type: "array" }), { type: "buffer" }) as Buffer);

describe("files that were cut, beside olefile", () => {
  it("give at least what olefile finds in them, at every sector", function () {
    this.timeout("10m");
    const python = firstThatRuns(["python3", "/usr/bin/python3", "python"], ["-c", "import olefile"]);
    if (python === undefined) this.skip();
    const made = buildSamples()
      .filter(({ name, bytes }) => bytes.length < MAX_BYTES && !name.startsWith("Damaged"))
      .flatMap(({ bytes }) => [bytes, laidOutByCfb(bytes)]);
    const real = corpusFiles()
      .map(({ read }) => read())
      .filter(({ length }) => length < MAX_BYTES);
    const files = [...made, ...real];
    const folder = mkdtempSync(path.join(os.tmpdir(), "msg-session-cuts-"));
    try {
      const names = files.map((bytes, i) => {
        const name = path.join(folder, `${i}.msg`);
        writeFileSync(name, bytes);
        return name;
      });
      const found = jsonLines(output(python, [scriptOf("cutWithOlefile.py")], names.join("\n"))) as Cuts[];
      assert.equal(found.length, files.length);
      let streams = 0;
      files.forEach((bytes, i) => {
        const whole = hashesOf(bytes, false);
        for (const [cut, theirs] of Object.entries(found[i] ?? {})) {
          const ours = hashesOf(bytes.subarray(0, Number(cut)), true);
          for (const [name, hash] of Object.entries(theirs)) {
            // What olefile makes of sectors that are not there is nothing that was in the file.
            if (whole.get(name) !== hash) continue;
            assert.equal(ours.get(name), hash, `file ${i} cut at ${cut}: ${name}`);
            streams++;
          }
        }
      });
      assert.ok(streams > 1000, `${streams} streams compared`);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
