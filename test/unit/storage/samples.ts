/** What the tests of the storage share: sample bytes, whole trees as plain values, the corpus. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { MapiError } from "../../../src/core/mapi/errors";
import { createStorage, walkStorage, type IStorage, type RootStorage } from "../../../src/core/storage";

/** Bytes that differ with the seed and from place to place. */
export function sampleBytes(length: number, seed = 1): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = seed * 2654435761 + 12345;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

/** A seeded source of numbers below a limit, the same on every run. */
export function numbersFrom(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x45d9f3b);
    mixed = (mixed ^ (mixed >>> 15)) >>> 0;
    return mixed % limit;
  };
}

/** Everything in a storage as one flat map: streams as their bytes, storages as their stat. */
export function contentsOf(storage: IStorage): Map<string, unknown> {
  const contents = new Map<string, unknown>([["", storage.stat()]]);
  walkStorage(storage, (names, element, holder) => {
    const key = names.join("/");
    const isStream = element.type === "stream";
    const value = isStream ? holder.openStream(element.name) : holder.openStorage(element.name).stat();
    contents.set(key, value);
  });
  return contents;
}

/** Demands the same elements, contents and stats, bytes compared as bytes. */
export function assertSameContents(actual: Map<string, unknown>, expected: Map<string, unknown>): void {
  assert.deepEqual([...actual.keys()], [...expected.keys()]);
  for (const [key, value] of expected) {
    const found = actual.get(key);
    if (value instanceof Uint8Array) {
      assert.ok(found instanceof Uint8Array && Buffer.compare(found, value) === 0, `stream ${key}`);
    } else {
      assert.deepEqual(found, value, `storage ${key}`);
    }
  }
}

/** Whether an error is the core's own, with this name. */
export function isMapiError(name: string): (error: unknown) => boolean {
  return (error) => error instanceof MapiError && error.name === name;
}

/** A file like a message: storages two deep, mini streams, a big stream and an empty one. */
export function sampleMessage(majorVersion: 3 | 4 = 3): RootStorage {
  const root = createStorage({ majorVersion });
  root.clsid = "{00020D0B-0000-0000-C000-000000000046}";
  for (let i = 0; i < 20; i++) {
    root.writeStream(
      `__substg1.0_${(0x37001f + i * 0x10000).toString(16).padStart(8, "0")}`,
      sampleBytes(i * 37, i),
    );
  }
  root.writeStream("__properties_version1.0", sampleBytes(640, 77));
  for (let i = 0; i < 3; i++) {
    const attachment = root.createStorage(`__attach_version1.0_#0000000${i}`);
    attachment.writeStream("__properties_version1.0", sampleBytes(88, 100 + i));
    attachment.writeStream("__substg1.0_37010102", sampleBytes(6000 + i * 5000, 200 + i));
    const inner = attachment.createStorage("__substg1.0_3701000D");
    inner.clsid = "{00020D0B-0000-0000-C000-000000000046}";
    inner.writeStream("__substg1.0_0037001F", sampleBytes(70, 300 + i));
    inner.writeStream("empty", new Uint8Array(0));
    inner.commit();
    attachment.commit();
  }
  root.commit();
  return root;
}

const CORPUS = process.env["MSG_CORPUS"] ?? path.resolve(process.cwd(), "../shared/corpus");

/** The real files of the corpus, read when asked for; none where it is missing. */
export function corpusFiles(): { readonly name: string; readonly read: () => Uint8Array }[] {
  const folder = path.join(CORPUS, "msg");
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(msg|oft)$/i.test(name))
    .sort()
    .map((name) => ({ name, read: () => new Uint8Array(readFileSync(path.join(folder, name))) }));
}
