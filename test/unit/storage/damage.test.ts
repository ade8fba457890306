import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { MapiError } from "../../../src/core/mapi/errors";
import {
  createStorage,
  openStorage,
  verifyBytes,
  type Problem,
  type RootStorage,
} from "../../../src/core/storage";
import { assertSameContents, contentsOf, isMapiError, sampleBytes, sampleMessage } from "./samples";
import { checkStructure, type RawEntry, type StructureReport } from "./structure";

/** A sound file, and what is needed to break it at a certain place. */
interface Patient {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly report: StructureReport;
  readonly entry: (name: string) => RawEntry;
  readonly idOf: (name: string) => number;
}

function patientOf(root: RootStorage): Patient {
  const bytes = root.toBytes();
  const report = checkStructure(bytes);
  assert.deepEqual(report.faults, []);
  const idOf = (name: string): number => report.entries.findIndex((entry) => entry.name === name);
  return {
    bytes,
    view: new DataView(bytes.buffer),
    report,
    idOf,
    entry: (name) => report.entries[idOf(name)]!,
  };
}

/** Three big streams, small ones, a storage with something in it. */
function sampleRoot(majorVersion: 3 | 4 = 3): RootStorage {
  const root = createStorage({ majorVersion });
  for (const [i, name] of ["big a", "big b", "big c"].entries())
    root.writeStream(name, sampleBytes(20000, i));
  for (let i = 0; i < 12; i++) root.writeStream(`small ${i}`, sampleBytes(100 + i * 30, 50 + i));
  const inner = root.createStorage("storage");
  for (let i = 0; i < 6; i++) inner.writeStream(`inner ${i}`, sampleBytes(200, 90 + i));
  inner.commit();
  root.commit();
  return root;
}

/** Demands that plain opening refuses the file, naming the object, and gives what recovery makes of it. */
function recoverRefused(bytes: Uint8Array, code: string, object?: string): RootStorage {
  assert.throws(
    () => openStorage(bytes),
    (error) =>
      error instanceof MapiError &&
      error.name === code &&
      (object === undefined || error.message.includes(object)),
  );
  const root = openStorage(bytes, { recover: true });
  assert.ok(root.problems.length > 0);
  for (const problem of root.problems) assertProblem(problem, bytes.length);
  const written = root.toBytes();
  assert.deepEqual(checkStructure(written).faults, []);
  assert.deepEqual(verifyBytes(written, root), []);
  assertSameContents(contentsOf(openStorage(written)), contentsOf(root));
  return root;
}

function assertProblem(problem: Problem, length: number): void {
  assert.ok(
    problem.code >= 0x80030000 && problem.object.length > 0 && problem.message.endsWith("."),
    problem.message,
  );
  if (problem.offset !== undefined)
    assert.ok(problem.offset >= 0 && Number.isSafeInteger(problem.offset), `${length}`);
}

/** Demands that everything but the named elements is as it was. */
function assertAllBut(root: RootStorage, whole: RootStorage, ...lost: string[]): void {
  const found = contentsOf(root);
  for (const [name, value] of contentsOf(whole)) {
    if (lost.includes(name)) continue;
    const there = found.get(name);
    if (value instanceof Uint8Array)
      assert.ok(there instanceof Uint8Array && Buffer.compare(there, value) === 0, name);
    else assert.ok(found.has(name), name);
  }
}

describe("storage: files that are no compound files", () => {
  const text = (value: string): Uint8Array => Uint8Array.from(value, (letter) => letter.charCodeAt(0));
  const cases: readonly (readonly [string, Uint8Array, RegExp])[] = [
    ["an empty file", new Uint8Array(0), /empty/],
    ["a ZIP archive", text("PK\u0003\u0004rest"), /ZIP/],
    ["an internet message", text("Received: from a\r\n by b\r\nSubject: x\r\n\r\nbody"), /\.eml/],
    ["an internet message from a mailbox", text("From a@b Mon Jan 1\nReturn-Path: <a>\n"), /\.eml/],
    ["a PDF document", text("%PDF-1.7\n"), /PDF/],
    ["a TNEF file", Uint8Array.of(0x78, 0x9f, 0x3e, 0x22, 1, 0), /TNEF/],
    ["a data file", text("!BDN...."), /\.pst/],
    ["plain text", text("hello there\n"), /plain text/],
    ["zeros", new Uint8Array(5000), /zeros/],
    ["something unknown", sampleBytes(700), /none of a known kind/],
  ];
  for (const [what, bytes, expected] of cases) {
    it(`${what} is refused and named, recovered or not`, () => {
      for (const recover of [false, true]) {
        assert.throws(
          () => openStorage(bytes, { recover }),
          (error) =>
            error instanceof MapiError &&
            error.name === "STG_E_INVALIDHEADER" &&
            expected.test(error.message),
        );
      }
    });
  }

  it("the beta format is called old, a header cut short damaged", () => {
    const beta = Uint8Array.of(0x0e, 0x11, 0xfc, 0x0d, 0xd0, 0xcf, 0x11, 0x0e);
    assert.throws(() => openStorage(beta), isMapiError("STG_E_OLDFORMAT"));
    const cut = sampleRoot().toBytes().subarray(0, 300);
    for (const recover of [false, true])
      assert.throws(() => openStorage(cut, { recover }), isMapiError("STG_E_DOCFILECORRUPT"));
  });
});

describe("storage: oddities of real writers are no damage", function () {
  this.timeout(20000);
  const open = (change: (patient: Patient) => Uint8Array | undefined, version: 3 | 4 = 3): void => {
    const whole = sampleRoot(version);
    const patient = patientOf(whole);
    const bytes = change(patient) ?? patient.bytes;
    assertSameContents(contentsOf(openStorage(bytes)), contentsOf(whole));
    assert.deepEqual(openStorage(bytes, { recover: true }).problems, []);
  };

  it("other minor versions, header class id, reserved bytes, counts", () =>
    open(({ view, bytes }) => {
      view.setUint16(24, 0x3b, true);
      bytes.fill(0xaa, 8, 24);
      bytes.fill(0x55, 34, 40);
      view.setUint32(40, 3, true);
      view.setUint32(44, 7, true);
      return undefined;
    }));

  it("a FAT whose tail is not free", () =>
    open(({ view, bytes, report }) => {
      const count = bytes.length / 512 - 1;
      for (let sector = count; sector % 128 !== 0; sector++)
        view.setUint32(report.fatOffset(sector), 0xfffffffe, true);
      return undefined;
    }));

  it("all-red trees, a red top", () =>
    open(({ bytes, report }) => {
      for (const entry of report.entries) bytes[entry.offset + 67] = 0;
      return undefined;
    }));

  it("sibling trees that are one long chain", () => {
    const root = createStorage();
    const count = 30000;
    for (let i = 0; i < count; i++) root.writeStream(`${i}`.padStart(6, "0"), sampleBytes(i % 3, i));
    root.commit();
    const bytes = root.toBytes();
    const view = new DataView(bytes.buffer);
    const entries = checkStructure(bytes).entries;
    const used = entries.map((entry, id) => ({ ...entry, id })).filter(({ type }) => type === 2);
    used.forEach(({ offset }, i) => {
      view.setUint32(offset + 68, 0xffffffff, true);
      view.setUint32(offset + 72, used[i + 1]?.id ?? 0xffffffff, true);
    });
    view.setUint32(entries[0]!.offset + 76, used[0]!.id, true);
    assert.equal(openStorage(bytes).enumElements().length, count);
  });

  it("a last sector that is not filled up", () =>
    open(({ bytes }) => {
      const trailing = 20000 % 512;
      return bytes.subarray(0, bytes.length - 512 + trailing);
    }));

  it("bytes behind the last sector", () =>
    open(({ bytes }) => {
      const longer = sampleBytes(bytes.length + 100000);
      longer.set(bytes);
      return longer;
    }));

  it("garbage in the high half of sizes and in streams' class ids and times, version 3", () =>
    open(({ view, bytes, report }) => {
      for (const { offset, type } of report.entries) {
        if (type !== 0) view.setUint32(offset + 124, 0xdeadbeef, true);
        if (type === 2) bytes.fill(0x77, offset + 80, offset + 116);
      }
      return undefined;
    }));

  it("garbage in unused bytes: tails of sectors, unused entries' names", () =>
    open(({ bytes, report }) => {
      for (const { offset, type } of report.entries) if (type === 0) bytes.fill(0x41, offset, offset + 40);
      bytes.fill(0x99, bytes.length - 512 + (20000 % 512));
      return undefined;
    }));

  it("chains longer than their streams", () =>
    open(({ view, entry }) => {
      view.setUint32(entry("big a").offset + 120, 20000, true);
      return undefined;
    }));

  it("an empty stream that starts anywhere", () => {
    const root = createStorage();
    root.writeStream("empty", new Uint8Array(0));
    root.commit();
    const { bytes, view, entry } = patientOf(root);
    view.setUint32(entry("empty").offset + 116, 0, true);
    assert.deepEqual(openStorage(bytes).openStream("empty"), new Uint8Array(0));
  });
});

describe("storage: damage is refused, and recovered as far as it goes", function () {
  this.timeout(20000);
  it("version and sector shift that do not fit: the one that the directory fits is taken", () => {
    for (const version of [3, 4] as const) {
      for (const [offset, value] of [
        [26, version === 3 ? 4 : 3],
        [30, version === 3 ? 12 : 9],
        [26, 9],
        [30, 77],
      ] as const) {
        const whole = sampleRoot(version);
        const { bytes, view } = patientOf(whole);
        view.setUint16(offset, value, true);
        const root = recoverRefused(bytes, "STG_E_INVALIDHEADER", "header");
        assert.equal(root.majorVersion, version);
        assertSameContents(contentsOf(root), contentsOf(whole));
        assert.ok(root.problems.every(({ lossy }) => !lossy));
      }
    }
  });

  it("an old version, a wrong byte order, mini shift or cutoff", () => {
    for (const [offset, value, code] of [
      [26, 2, "STG_E_OLDFORMAT"],
      [28, 0xfeff, "STG_E_INVALIDHEADER"],
      [32, 7, "STG_E_INVALIDHEADER"],
      [56, 512, "STG_E_INVALIDHEADER"],
    ] as const) {
      const whole = sampleRoot();
      const { bytes, view } = patientOf(whole);
      view.setUint16(offset, value, true);
      assertSameContents(contentsOf(recoverRefused(bytes, code, "header")), contentsOf(whole));
    }
  });

  it("a chain that runs in a circle gives what comes before", () => {
    const whole = sampleRoot();
    const { bytes, view, report, entry } = patientOf(whole);
    const { first } = entry("big b");
    view.setUint32(report.fatOffset(first + 9), first + 3, true);
    const root = recoverRefused(bytes, "STG_E_DOCFILECORRUPT", "big b");
    assert.deepEqual(root.openStream("big b"), whole.openStream("big b").subarray(0, 10 * 512));
    assertAllBut(root, whole, "big b");
  });

  it("a chain that runs into another's leaves that other whole", () => {
    const whole = sampleRoot();
    const { bytes, view, report, entry } = patientOf(whole);
    view.setUint32(report.fatOffset(entry("big a").first + 9), entry("big b").first, true);
    const root = recoverRefused(bytes, "STG_E_DOCFILECORRUPT", "big a");
    assert.deepEqual(root.openStream("big a").subarray(0, 5120), whole.openStream("big a").subarray(0, 5120));
    assert.equal(root.openStream("big a").length, 20000);
    assertAllBut(root, whole, "big a");
  });

  it("a mini chain that runs in a circle, one that is cut", () => {
    for (const next of [(first: number) => first, () => 0xfffffffe, () => 0xffffffff, () => 999999]) {
      const whole = sampleRoot();
      const { bytes, view, report, entry } = patientOf(whole);
      const { first } = entry("small 9");
      const [miniFat] = [...report.owners].find(([, owner]) => owner === "mini FAT")!;
      view.setUint32((miniFat + 1) * 512 + (first + 1) * 4, next(first), true);
      const root = recoverRefused(bytes, "STG_E_DOCFILECORRUPT", "small 9");
      assert.deepEqual(root.openStream("small 9"), whole.openStream("small 9").subarray(0, 128));
      assertAllBut(root, whole, "small 9");
    }
  });

  it("a size that is too large gives what the chain has", () => {
    const whole = sampleRoot();
    const { bytes, view, entry } = patientOf(whole);
    view.setUint32(entry("big c").offset + 120, 0x7fffffff, true);
    const root = recoverRefused(bytes, "STG_E_DOCFILECORRUPT", "big c");
    assert.deepEqual(root.openStream("big c").subarray(0, 20000), whole.openStream("big c"));
    assertAllBut(root, whole, "big c");
  });

  it("a size on the wrong side of the limit finds the other table", () => {
    const whole = sampleRoot();
    const { bytes, view, entry } = patientOf(whole);
    view.setUint32(entry("small 5").offset + 120, 70000, true);
    const root = recoverRefused(bytes, "STG_E_DOCFILECORRUPT", "small 5");
    const { length } = whole.openStream("small 5");
    assert.deepEqual(root.openStream("small 5").subarray(0, length), whole.openStream("small 5"));
    assertAllBut(root, whole, "small 5");
  });

  it("a size of the mini stream that is too small loses nothing", () => {
    const whole = sampleRoot();
    const { bytes, view, entry } = patientOf(whole);
    view.setUint32(entry("Root Entry").offset + 120, 128, true);
    assertSameContents(contentsOf(recoverRefused(bytes, "STG_E_DOCFILECORRUPT")), contentsOf(whole));
  });

  it("a link of a sibling tree that leads nowhere: what it led to is put back", () => {
    for (const [name, field] of [
      ["Root Entry", 76],
      ["storage", 76],
      ["small 5", 68],
      ["small 5", 72],
    ] as const) {
      for (const target of [0xfffffff0, 5000, 0]) {
        const whole = sampleRoot();
        const { bytes, view, entry } = patientOf(whole);
        if (view.getUint32(entry(name).offset + field, true) === 0xffffffff) continue;
        view.setUint32(entry(name).offset + field, target, true);
        assertSameContents(
          contentsOf(recoverRefused(bytes, "STG_E_DOCFILECORRUPT", "directory entry")),
          contentsOf(whole),
        );
      }
    }
  });

  it("a link that was erased: entries that nothing leads to are not dropped silently", () => {
    const whole = sampleRoot();
    const { bytes, view, entry, report } = patientOf(whole);
    const inner = report.entries[entry("storage").child]!;
    view.setUint32(inner.offset + 68, 0xffffffff, true);
    const root = recoverRefused(bytes, "STG_E_DOCFILECORRUPT", "belongs to no storage");
    assertSameContents(contentsOf(root), contentsOf(whole));
  });

  it("sibling trees that loop", () => {
    const whole = sampleRoot();
    const { bytes, view, entry, idOf } = patientOf(whole);
    view.setUint32(entry("small 0").offset + 68, idOf("storage"), true);
    view.setUint32(entry("inner 0").offset + 68, idOf("inner 0"), true);
    assertAllBut(recoverRefused(bytes, "STG_E_DOCFILECORRUPT", "directory entry"), whole);
  });

  it("a name that cannot be, an unknown type, two of one name", () => {
    const breaks: readonly ((patient: Patient) => void)[] = [
      ({ view, entry }) => view.setUint16(entry("small 3").offset + 64, 77, true),
      ({ view, entry }) => view.setUint16(entry("small 3").offset + 64, 600, true),
      ({ view, entry }) => view.setUint16(entry("small 3").offset, 0, true),
      ({ bytes, entry }) => (bytes[entry("small 3").offset + 66] = 4),
      ({ view, entry }) => view.setUint16(entry("small 3").offset + 12, 0x34, true),
    ];
    for (const damage of breaks) {
      const whole = sampleRoot();
      const patient = patientOf(whole);
      damage(patient);
      const root = recoverRefused(patient.bytes, "STG_E_DOCFILECORRUPT", "directory entry");
      assertAllBut(root, whole, "small 3", "small 4");
    }
  });

  it("a first entry that is not the root", () => {
    const whole = sampleRoot();
    const { bytes, entry } = patientOf(whole);
    bytes[entry("Root Entry").offset + 66] = 1;
    assertAllBut(recoverRefused(bytes, "STG_E_DOCFILECORRUPT", "directory entry 0"), whole);
  });

  it("a directory chain that is broken, ends early or has lost its start", () => {
    const breaks: readonly ((patient: Patient, sectors: readonly number[]) => void)[] = [
      ({ view, report }, sectors) => view.setUint32(report.fatOffset(sectors[1]!), 0xfffffff0, true),
      ({ view, report }, sectors) => view.setUint32(report.fatOffset(sectors[1]!), 0xfffffffe, true),
      ({ view, report }, sectors) => view.setUint32(report.fatOffset(sectors[1]!), sectors[0]!, true),
      ({ view, report }, sectors) => view.setUint32(report.fatOffset(sectors[0]!), 0xfffffffe, true),
      ({ view }) => view.setUint32(48, 0xfffffffe, true),
      ({ view }) => view.setUint32(48, 123456, true),
    ];
    for (const damage of breaks) {
      const whole = sampleMessage();
      const patient = patientOf(whole);
      const sectors = [...patient.report.owners]
        .filter(([, owner]) => owner === "directory")
        .map(([sector]) => sector);
      assert.ok(sectors.length > 4);
      damage(patient, sectors);
      const root = recoverRefused(patient.bytes, "STG_E_DOCFILECORRUPT", "director");
      assertSameContents(contentsOf(root), contentsOf(whole));
    }
  });

  it("a compound file that is an attachment's data is not taken for lost parts of the directory", () => {
    const whole = createStorage();
    whole.writeStream("attached file", sampleMessage().toBytes());
    for (let i = 0; i < 20; i++) whole.writeStream(`other ${i}`, sampleBytes(i));
    whole.commit();
    const patient = patientOf(whole);
    const sectors = [...patient.report.owners]
      .filter(([, owner]) => owner === "directory")
      .map(([sector]) => sector);
    patient.view.setUint32(patient.report.fatOffset(sectors[1]!), 0xfffffff0, true);
    assertSameContents(contentsOf(recoverRefused(patient.bytes, "STG_E_DOCFILECORRUPT")), contentsOf(whole));
  });

  it("FAT sectors that are not where the header says", () => {
    for (const value of [0xffffffff, 0x00ffffff, 0]) {
      const whole = sampleRoot();
      const { bytes, view } = patientOf(whole);
      const kept = view.getUint32(76, true);
      if (kept === value) continue;
      view.setUint32(76, value, true);
      assertSameContents(contentsOf(recoverRefused(bytes, "STG_E_DOCFILECORRUPT")), contentsOf(whole));
    }
  });

  it("a FAT that is gone: sectors that follow each other are read on", () => {
    const whole = sampleRoot();
    const { bytes, view } = patientOf(whole);
    const fat = view.getUint32(76, true);
    bytes.fill(0xab, (fat + 1) * 512, (fat + 2) * 512);
    view.setUint32(76, 0xffffffff, true);
    const root = recoverRefused(bytes, "STG_E_DOCFILECORRUPT");
    assert.ok(root.problems.some(({ object, lossy }) => object === "FAT" && lossy));
    assert.deepEqual(root.openStream("big a"), whole.openStream("big a"));
  });

  it("a DIFAT that is broken", () => {
    const whole = createStorage();
    whole.writeStream("small", sampleBytes(100));
    whole.writeStream("big", new Uint8Array(9e6).fill(7));
    whole.writeStream("last", sampleBytes(5000));
    whole.commit();
    for (const value of [0xfffffffe, 0x00ffffff, 5]) {
      const { bytes, view } = patientOf(whole);
      view.setUint32(68, value, true);
      const root = recoverRefused(bytes, "STG_E_DOCFILECORRUPT");
      assertAllBut(root, whole);
    }
  });

  it("storages nested without end", () => {
    const whole = sampleMessage();
    const { bytes, view, idOf, entry } = patientOf(whole);
    view.setUint32(entry("__substg1.0_3701000D").offset + 76, idOf("__attach_version1.0_#00000000"), true);
    recoverRefused(bytes, "STG_E_DOCFILECORRUPT", "directory entry");
  });
});
