/** A compound file as a list: sizes, places, class ids, damaged files. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { createStorage, openStorage, StorageListing } from "../../../src/core/storage";
import type { RootStorage } from "../../../src/core/storage";
import { isMapiError, sampleBytes } from "./samples";

const CLASS_ID = "{00020D0B-0000-0000-C000-000000000046}";
/** Below this many bytes a stream lies in the mini stream. */
const CUTOFF = 4096;
const SIZES = { empty: 0, one: 1, small: 100, lastMini: CUTOFF - 1, firstRegular: CUTOFF, large: 70_001 };

function sample(): RootStorage {
  const root = createStorage();
  const inner = root.createStorage("inner");
  inner.clsid = CLASS_ID;
  inner.setStat({ stateBits: 5, created: 0n, modified: 134_117_966_450_000_000n });
  Object.entries(SIZES).forEach(([name, size], seed) => inner.writeStream(name, sampleBytes(size, seed)));
  inner.createStorage("deep").writeStream("leaf", sampleBytes(9));
  for (const storage of [inner.openStorage("deep"), inner, root]) storage.commit();
  return root;
}

const named = (listing: StorageListing, wanted: string) => {
  const found = listing.elements.find(({ name }) => name === wanted);
  assert.ok(found, wanted);
  return found;
};

describe("storage: the list of a compound file", () => {
  const bytes = sample().toBytes();
  const listing = StorageListing.of(openStorage(bytes));

  it("has the root first and each storage before what is in it", () => {
    assert.equal(listing.elements[0]?.parent, undefined);
    listing.elements.forEach(({ id, parent }, index) => {
      assert.equal(id, index);
      assert.ok(index === 0 || (parent !== undefined && parent < id));
    });
    assert.equal(named(listing, "leaf").parent, named(listing, "deep").id);
    assert.equal(listing.elements.length, Object.keys(SIZES).length + 4);
    assert.equal(listing.sectorSize, 512);
  });

  it("reads the streams of a storage that is in memory anyway, and keeps no second copy of them", () => {
    const held = sample();
    const written = held.toBytes();
    const both = StorageListing.of(openStorage(written), held);
    assert.deepEqual(both.elements, StorageListing.of(openStorage(written)).elements);
    Object.entries(SIZES).forEach(([name, size], seed) => {
      const { id } = named(both, name);
      const content = both.bytes(id);
      assert.deepEqual(content, sampleBytes(size, seed), name);
      assert.notEqual(content.buffer, written.buffer, name);
      assert.deepEqual(both.read(id, 1, 60), sampleBytes(size, seed).slice(1, 60), name);
    });
    // What is changed since is not in the file.
    held.openStorage("inner").writeStream("one", sampleBytes(50));
    held.openStorage("inner").writeStream("added", sampleBytes(50));
    assert.deepEqual(both.bytes(named(both, "one").id), sampleBytes(1, 1));
  });

  it("tells sizes, and where each stream lies: in sectors of the file or of the mini stream", () => {
    Object.entries(SIZES).forEach(([name, size], seed) => {
      const { place, size: told, stat } = named(listing, name);
      assert.equal(told, size, name);
      assert.equal(stat, undefined);
      if (size === 0) return;
      assert.ok(place?.offset !== undefined, name);
      assert.equal(place.mini, size < CUTOFF, name);
      assert.ok(place.pieces >= 1);
      if (!place.mini) assert.equal(place.offset, (place.firstSector + 1) * 512, name);
      const there = bytes.subarray(place.offset, place.offset + Math.min(size, 64));
      assert.deepEqual(there, sampleBytes(size, seed).subarray(0, 64), name);
    });
    assert.equal(named(listing, "empty").place?.offset, undefined);
  });

  it("tells class id, state bits and times of storages", () => {
    assert.deepEqual(named(listing, "inner").stat, {
      clsid: CLASS_ID,
      stateBits: 5,
      created: 0n,
      modified: 134_117_966_450_000_000n,
    });
    assert.equal(named(listing, "inner").place, undefined);
    assert.equal(named(listing, "inner").size, 0);
  });

  it("reads any window of a stream, cut to what there is", () => {
    const { id } = named(listing, "large");
    const whole = sampleBytes(SIZES.large, Object.keys(SIZES).indexOf("large"));
    assert.deepEqual(listing.bytes(id), whole);
    assert.deepEqual(listing.read(id, 510, 1030), whole.subarray(510, 1030));
    assert.deepEqual(listing.read(id, SIZES.large - 3, SIZES.large + 99), whole.subarray(-3));
    assert.deepEqual(listing.read(id, -5, 2), whole.subarray(0, 2));
    assert.equal(listing.read(id, SIZES.large, SIZES.large + 1).length, 0);
    assert.equal(listing.read(id, 9, 4).length, 0);
    assert.equal(listing.read(named(listing, "empty").id, 0, 100).length, 0);
  });

  it("refuses to read what is no stream", () => {
    for (const id of [-1, 0, named(listing, "inner").id, listing.elements.length, 0.5, Number.NaN]) {
      assert.throws(() => listing.read(id, 0, 1), isMapiError("STG_E_FILENOTFOUND"));
      assert.throws(() => listing.bytes(id), isMapiError("STG_E_FILENOTFOUND"));
    }
  });

  it("gives streams that no file holds yet without a place, as of the last commit", () => {
    const root = createStorage();
    root.writeStream("new", sampleBytes(10));
    root.commit();
    root.writeStream("later", sampleBytes(10));
    const fresh = StorageListing.of(root);
    assert.equal(named(fresh, "new").place, undefined);
    assert.equal(
      fresh.elements.some(({ name }) => name === "later"),
      false,
    );
    assert.deepEqual(fresh.bytes(named(fresh, "new").id), sampleBytes(10));
  });

  it("lists what is left of files that were cut anywhere", () => {
    for (let end = bytes.length - 512; end > 512; end -= 1024) {
      const left = openStorageOf(bytes.subarray(0, end));
      if (left === undefined) continue;
      const list = StorageListing.of(left);
      for (const { id, type, size } of list.elements) {
        if (type === "stream") assert.ok(list.read(id, 0, 0xffffffff).length <= size);
      }
    }
    const most = openStorageOf(bytes.subarray(0, bytes.length - 512));
    assert.ok(most !== undefined && most.problems.length > 0);
  });
});

/** The storage that recovery makes of a damaged file; undefined where it finds none. */
function openStorageOf(cut: Uint8Array): RootStorage | undefined {
  try {
    return openStorage(cut, { recover: true });
  } catch (error) {
    assert.ok(isMapiError("STG_E_INVALIDHEADER")(error) || String(error).startsWith("STG_E"), String(error));
    return undefined;
  }
}
