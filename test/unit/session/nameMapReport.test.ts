/** The named property map as it is shown: entries, lookup streams, what does not agree. [MS-OXMSG] 2.2.3 */
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { type IStorage, MAPI_CREATE, MessageOutline, openStorage } from "../../../src/core";
import { inspectNameMap, type NameMapReport } from "../../../src/core/session/nameMapReport";
import {
  ENTRY_STREAM,
  GUID_STREAM,
  NAMEID_STORAGE,
  readNameMap,
  STRING_STREAM,
} from "../../../src/core/session/namedProperties";
import { create, open } from "./support/open";

const SET = "{11111111-2222-3333-4444-555555555555}";
const NAMES = [
  { guid: SET, id: 0x8501 },
  { guid: SET, id: 0x8502 },
  { guid: SET, name: "Keywords" },
] as const;

/** The bytes of a message with three named properties. */
function sound(): Uint8Array {
  const { storage, message } = create();
  message.getIDsFromNames([...NAMES], MAPI_CREATE);
  message.saveChanges();
  return storage.toBytes();
}

/** The map after its storage was changed. */
function damaged(change: (map: IStorage) => void): NameMapReport {
  const root = openStorage(sound());
  const map = root.openStorage(NAMEID_STORAGE);
  change(map);
  map.commit();
  root.commit();
  return inspectNameMap(readNameMap(openStorage(root.toBytes())));
}

const isLookup = (name: string): boolean => /_10[01][0-9A-F]0102$/.test(name);

/** Replaces a stream by a changed copy of it. */
function rewrite(map: IStorage, name: string, change: (bytes: Uint8Array) => Uint8Array): void {
  map.writeStream(name, change(map.openStream(name).slice()));
}

/** The kinds of all problems, those of the names first. */
const kindsOf = ({ names, problems }: NameMapReport): string[] =>
  [...names.flatMap((name) => name.problems), ...problems].map(({ kind }) => kind);

describe("session: the named property map, listed", () => {
  it("has every name with its id and lookup stream, and nothing to say of a sound file", () => {
    const report = new MessageOutline(open(sound()).message).nameMap();
    assert.deepEqual(
      report.names.map(({ id, name }) => [id, name]),
      NAMES.map((name, index) => [0x8000 + index, name]),
    );
    const streams = new Set(
      openStorage(sound())
        .openStorage(NAMEID_STORAGE)
        .enumElements()
        .map(({ name }) => name),
    );
    for (const { bucket } of report.names) assert.ok(streams.has(bucket ?? ""), bucket);
    assert.deepEqual(kindsOf(report), []);
  });

  it("has names that were added since the last save", () => {
    const { message } = open(sound());
    message.getIDsFromNames([{ guid: SET, name: "New" }], MAPI_CREATE);
    const added = new MessageOutline(message).nameMap().names.at(-1);
    assert.deepEqual([added?.id, added?.name], [0x8003, { guid: SET, name: "New" }]);
  });

  it("says which entries stand elsewhere than their number says", () => {
    const report = damaged((map) =>
      rewrite(map, ENTRY_STREAM, (bytes) =>
        Uint8Array.from([...bytes.subarray(8, 16), ...bytes.subarray(0, 8), ...bytes.subarray(16)]),
      ),
    );
    assert.deepEqual(
      report.names.flatMap(({ problems }) => problems),
      [
        { kind: "outOfPlace", id: 0x8001, position: 0 },
        { kind: "outOfPlace", id: 0x8000, position: 1 },
      ],
    );
    assert.deepEqual(report.problems, []);
  });

  it("says which names and ids come twice", () => {
    const report = damaged((map) =>
      rewrite(map, ENTRY_STREAM, (bytes) => {
        // The second entry becomes a copy of the first, its number included.
        bytes.copyWithin(8, 0, 8);
        return bytes;
      }),
    );
    const kinds = report.names[1]?.problems.map(({ kind }) => kind) ?? [];
    for (const kind of ["outOfPlace", "sameId", "sameName"] as const) assert.ok(kinds.includes(kind), kind);
    // What the lookup streams say of 0x8001 agrees with no entry any more.
    assert.ok(report.problems.some((problem) => problem.kind === "strayRecord" && problem.id === 0x8001));
  });

  it("says which entries name nothing", () => {
    const report = damaged((map) => rewrite(map, STRING_STREAM, () => new Uint8Array()));
    assert.deepEqual(
      report.names.map(({ name }) => name === undefined),
      [false, false, true],
    );
    assert.equal(report.names[2]?.bucket, undefined);
    assert.deepEqual(report.names[2]?.problems, [{ kind: "nameless", id: 0x8002 }]);
    const guidless = damaged((map) => rewrite(map, GUID_STREAM, () => new Uint8Array()));
    assert.deepEqual(
      guidless.names.map(({ problems }) => problems[0]?.kind),
      ["nameless", "nameless", "nameless"],
    );
  });

  it("says what the lookup streams do not have, have too much, or that there are none", () => {
    const bucket = inspectNameMap(readNameMap(openStorage(sound()))).names[0]?.bucket ?? "";
    const missing = damaged((map) => rewrite(map, bucket, (bytes) => bytes.slice(8)));
    assert.deepEqual(missing.names[0]?.problems, [{ kind: "notInBucket", id: 0x8000, stream: bucket }]);
    const stray = damaged((map) =>
      rewrite(map, bucket, (bytes) => Uint8Array.from([...bytes, 1, 0, 0, 0, 6, 0, 9, 0])),
    );
    assert.deepEqual(stray.problems, [{ kind: "strayRecord", id: 0x8009, stream: bucket }]);
    const none = damaged((map) => {
      for (const { name } of map.enumElements().filter((element) => isLookup(element.name)))
        map.destroyElement(name);
    });
    assert.deepEqual(kindsOf(none), ["noBuckets"]);
  });

  it("says which streams end with a part of a record", () => {
    const report = damaged((map) => {
      rewrite(map, ENTRY_STREAM, (bytes) => Uint8Array.from([...bytes, 1, 2, 3]));
      rewrite(map, GUID_STREAM, (bytes) => Uint8Array.from([...bytes, 4]));
    });
    assert.equal(report.names.length, 3);
    assert.deepEqual(
      new Set(report.problems),
      new Set([
        { kind: "cutStream", stream: ENTRY_STREAM, rest: 3 },
        { kind: "cutStream", stream: GUID_STREAM, rest: 1 },
      ]),
    );
  });

  it("lists any bytes, entry by entry", () => {
    const bytes = fc.uint8Array({ maxLength: 100 });
    fc.assert(
      fc.property(bytes, bytes, bytes, bytes, (guids, entries, strings, lookup) => {
        const report = damaged((map) => {
          map.writeStream(GUID_STREAM, guids.slice());
          map.writeStream(ENTRY_STREAM, entries.slice());
          map.writeStream(STRING_STREAM, strings.slice());
          map.writeStream("__substg1.0_10050102", lookup.slice());
        });
        assert.equal(report.names.length, Math.floor(entries.length / 8));
        for (const { id } of report.names) assert.ok(id >= 0x8000 && id <= 0x17fff);
      }),
      { numRuns: 60 },
    );
  });
});
