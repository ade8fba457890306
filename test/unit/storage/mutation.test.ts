import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { MapiError } from "../../../src/core/mapi/errors";
import { createStorage, openStorage, walkStorage } from "../../../src/core/storage";
import { contentsOf, corpusFiles, numbersFrom, sampleBytes, sampleMessage } from "./samples";
import { checkStructure } from "./structure";

/** Numbers that break things: special sectors, signs, limits. */
const NASTY = [
  0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffa, 0xfffffffc, 0xfffffffd,
];
const NASTY_ENDS = [0xfffffffe, 0xffffffff];

/** Reads everything, plainly and recovering; anything but MapiError is a fault. Returns whether it was accepted. */
function readAll(bytes: Uint8Array, what: string): boolean {
  let accepted = false;
  for (const recover of [false, true]) {
    try {
      const root = openStorage(bytes, { recover });
      let total = 0;
      walkStorage(root, (_, { name, type }, holder) => {
        if (type === "stream") total += holder.openStream(name).length;
      });
      // Broken chains may share sectors, but only so many: a small file never turns into a huge one.
      assert.ok(total <= bytes.length * 4, `${what}: ${total} bytes out of ${bytes.length}`);
      if (recover && root.problems.length > 0) {
        const written = root.toBytes();
        assert.deepEqual(
          checkStructure(written).faults.filter((fault) => !fault.startsWith("name at")),
          [],
          what,
        );
        assert.equal(contentsOf(openStorage(written)).size, contentsOf(root).size, what);
      }
      accepted ||= !recover;
    } catch (error) {
      assert.ok(
        error instanceof MapiError,
        `${what}: ${error instanceof Error ? (error.stack ?? "") : String(error)}`,
      );
      if (recover)
        assert.ok(
          ["STG_E_INVALIDHEADER", "STG_E_OLDFORMAT", "STG_E_DOCFILECORRUPT"].includes(error.name),
          what,
        );
    }
  }
  return accepted;
}

/** Changes a few bytes or numbers, mostly where the structures are. */
function mutate(bytes: Uint8Array, structures: readonly number[], seed: number): Uint8Array {
  const below = numbersFrom(seed);
  const mutated = bytes.slice();
  const view = new DataView(mutated.buffer);
  const changes = 1 + below(6);
  const values = [...NASTY, ...NASTY_ENDS, below(200), below(mutated.length)];
  for (let i = 0; i < changes; i++) {
    const place = below(4) === 0 ? below(mutated.length) : structures[below(structures.length)]!;
    if (below(2) === 0) mutated[place] = below(256);
    else view.setUint32(Math.min(place & ~3, mutated.length - 4), values[below(values.length)]!, true);
  }
  return below(10) === 0 ? mutated.subarray(0, below(mutated.length)) : mutated;
}

/** Offsets of the bytes that are not stream data: the header, the tables, the directory. */
function structureOffsets(bytes: Uint8Array): number[] {
  const size = 2 ** new DataView(bytes.buffer, bytes.byteOffset).getUint16(30, true);
  const offsets = Array.from({ length: 512 - 8 }, (_, i) => i + 8);
  for (const [sector, owner] of checkStructure(bytes).owners) {
    if (!["FAT", "DIFAT", "directory", "mini FAT"].includes(owner)) continue;
    for (let at = 0; at < size; at++) offsets.push((sector + 1) * size + at);
  }
  return offsets;
}

describe("storage: hostile files", function () {
  this.timeout(300000);

  it("thousands of mutations of made files end in MapiError or in contents", () => {
    const small = createStorage();
    small.writeStream("mini", sampleBytes(500));
    small.writeStream("big", sampleBytes(9000));
    small.createStorage("storage");
    small.commit();
    const sources = [sampleMessage(3), sampleMessage(4), small].map((root) => root.toBytes());
    let refused = 0;
    for (const [i, bytes] of sources.entries()) {
      const structures = structureOffsets(bytes);
      for (let seed = 0; seed < 1000; seed++) {
        if (!readAll(mutate(bytes, structures, seed * 3 + i), `file ${i}, seed ${seed}`)) refused++;
      }
    }
    assert.ok(refused > 700);
  });

  it("mutations of small files of the corpus do too", function () {
    const files = corpusFiles().slice(0, 40);
    if (files.length === 0) this.skip();
    for (const { name, read } of files) {
      const bytes = read();
      if (bytes.length > 100000) continue;
      const all = Array.from({ length: Math.min(bytes.length, 20000) }, (_, i) => i);
      for (let seed = 0; seed < 40; seed++) readAll(mutate(bytes, all, seed), `${name}, seed ${seed}`);
    }
  });

  it("extreme counts and sector numbers in every field of the header", () => {
    const bytes = sampleMessage().toBytes();
    for (let offset = 24; offset < 120; offset += 2) {
      for (const value of [...NASTY, ...NASTY_ENDS]) {
        const mutated = bytes.slice();
        new DataView(mutated.buffer).setUint32(offset, value, true);
        readAll(mutated, `${value} at ${offset}`);
      }
    }
  });

  it("thousands of streams that share one long broken chain take no more time than one", () => {
    const root = createStorage();
    root.writeStream("big", new Uint8Array(4e6));
    for (let i = 0; i < 8000; i++) root.writeStream(`stream ${i}`, new Uint8Array(0));
    root.commit();
    const bytes = root.toBytes();
    const view = new DataView(bytes.buffer);
    const { entries } = checkStructure(bytes);
    const { first } = entries.find(({ name }) => name === "big")!;
    for (const { offset, type } of entries) {
      if (type !== 2) continue;
      view.setUint32(offset + 116, first, true);
      view.setUint32(offset + 120, 0x7fffffff, true);
    }
    assert.equal(readAll(bytes, "shared chain"), false);
  });

  it("a directory made of one entry over and over", () => {
    const root = createStorage();
    for (let i = 0; i < 3000; i++) root.createStorage(`storage ${i}`);
    root.commit();
    const bytes = root.toBytes();
    const view = new DataView(bytes.buffer);
    const { entries } = checkStructure(bytes);
    entries.forEach(({ offset }, id) => {
      view.setUint32(offset + 68, (id + 1) % entries.length, true);
      view.setUint32(offset + 72, (id + 7) % entries.length, true);
      view.setUint32(offset + 76, (id + 2) % entries.length, true);
    });
    assert.equal(readAll(bytes, "tangled directory"), false);
  });

  it("storages nested as deep as there are entries", () => {
    const root = createStorage();
    for (let i = 0; i < 3000; i++) root.createStorage(`s${i}`);
    root.commit();
    const bytes = root.toBytes();
    const view = new DataView(bytes.buffer);
    checkStructure(bytes).entries.forEach(({ offset, type }, id, { length }) => {
      if (type === 0) return;
      for (const at of [68, 72]) view.setUint32(offset + at, 0xffffffff, true);
      view.setUint32(offset + 76, id + 1 < Math.min(length, 3001) ? id + 1 : 0xffffffff, true);
    });
    assert.equal(readAll(bytes, "deep"), false);
  });
});
