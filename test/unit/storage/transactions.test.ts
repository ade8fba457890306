import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { MapiError } from "../../../src/core/mapi/errors";
import { createStorage, openStorage, type IStorage, type RootStorage } from "../../../src/core/storage";
import { isMapiError, sampleBytes, sampleMessage } from "./samples";

const names = (storage: IStorage): string[] => storage.enumElements().map(({ name }) => name);
const reopened = (root: RootStorage): RootStorage => openStorage(root.toBytes());

describe("storage: transactions", () => {
  it("shows a change to its own reader at once, to the bytes only after commit", () => {
    const root = createStorage();
    root.writeStream("a", sampleBytes(10));
    assert.deepEqual(names(root), ["a"]);
    assert.deepEqual(names(reopened(root)), []);
    root.commit();
    assert.deepEqual(names(reopened(root)), ["a"]);
  });

  it("hands a storage's changes to its parent at its commit, to the bytes at the root's", () => {
    const root = createStorage();
    const inner = root.createStorage("inner");
    inner.writeStream("a", sampleBytes(10));
    root.commit();
    assert.deepEqual(names(reopened(root).openStorage("inner")), []);
    inner.commit();
    assert.deepEqual(names(reopened(root).openStorage("inner")), [], "committed after the root's commit");
    root.commit();
    assert.deepEqual(names(reopened(root).openStorage("inner")), ["a"]);
  });

  it("needs every commit on the way up", () => {
    const root = createStorage();
    const middle = root.createStorage("middle");
    const inner = middle.createStorage("inner");
    inner.writeStream("a", sampleBytes(1));
    inner.commit();
    root.commit();
    assert.deepEqual(names(reopened(root).openStorage("middle")), []);
    middle.commit();
    root.commit();
    assert.deepEqual(names(reopened(root).openStorage("middle").openStorage("inner")), ["a"]);
  });

  it("drops everything since the last commit on revert", () => {
    const root = sampleMessage();
    const before = names(root);
    root.writeStream("new", sampleBytes(1));
    root.destroyElement("__properties_version1.0");
    root.clsid = "{00000000-0000-0000-C000-000000000001}";
    root.setStat({ stateBits: 7 });
    root.revert();
    assert.deepEqual(names(root), before);
    assert.equal(root.clsid, "{00020D0B-0000-0000-C000-000000000046}");
    assert.equal(root.stat().stateBits, 0);
  });

  it("takes back what inner storages committed when the outer one reverts", () => {
    const root = sampleMessage();
    const attachment = root.openStorage("__attach_version1.0_#00000001");
    const inner = attachment.openStorage("__substg1.0_3701000D");
    inner.writeStream("more", sampleBytes(1));
    inner.commit();
    attachment.commit();
    root.revert();
    assert.equal(inner.elementType("more"), undefined);
    assert.equal(root.openStorage("__attach_version1.0_#00000001"), attachment);
    root.commit();
    assert.equal(
      reopened(root)
        .openStorage("__attach_version1.0_#00000001")
        .openStorage("__substg1.0_3701000D")
        .elementType("more"),
      undefined,
    );
  });

  it("ends a storage whose creation is taken back or whose element is destroyed, and all in it", () => {
    const root = sampleMessage();
    const created = root.createStorage("created");
    const below = created.createStorage("below");
    root.revert();
    assert.throws(() => created.enumElements(), isMapiError("STG_E_REVERTED"));
    assert.throws(() => below.writeStream("a", sampleBytes(1)), isMapiError("STG_E_REVERTED"));
    const attachment = root.openStorage("__attach_version1.0_#00000000");
    const inner = attachment.openStorage("__substg1.0_3701000D");
    root.destroyElement("__ATTACH_version1.0_#00000000");
    for (const storage of [attachment, inner]) {
      assert.throws(() => storage.openStream("x"), isMapiError("STG_E_REVERTED"));
      assert.throws(() => storage.commit(), isMapiError("STG_E_REVERTED"));
      assert.throws(() => storage.revert(), isMapiError("STG_E_REVERTED"));
      assert.throws(() => storage.stat(), isMapiError("STG_E_REVERTED"));
      assert.throws(() => storage.clsid, isMapiError("STG_E_REVERTED"));
    }
    root.revert();
    const back = root.openStorage("__attach_version1.0_#00000000");
    assert.equal(back.openStorage("__substg1.0_3701000D").elementType("empty"), "stream");
  });

  it("opens the same object each time, also after rename and commit", () => {
    const root = createStorage();
    const inner = root.createStorage("Inner");
    assert.equal(root.openStorage("INNER"), inner);
    root.commit();
    root.renameElement("inner", "other");
    assert.equal(inner.name, "other");
    assert.equal(root.openStorage("Other"), inner);
    assert.throws(() => root.openStorage("inner"), isMapiError("STG_E_FILENOTFOUND"));
    root.revert();
    assert.equal(inner.name, "Inner");
    assert.equal(root.openStorage("inner"), inner);
  });

  it("renames in place and keeps what is in the element", () => {
    const root = createStorage();
    for (const name of ["a", "b", "c"]) root.writeStream(name, sampleBytes(5));
    root.renameElement("B", "renamed");
    root.renameElement("c", "C");
    assert.deepEqual(names(root), ["a", "renamed", "C"]);
    assert.deepEqual(root.openStream("RENAMED"), sampleBytes(5));
    assert.throws(() => root.renameElement("a", "c"), isMapiError("STG_E_FILEALREADYEXISTS"));
    assert.throws(() => root.renameElement("none", "d"), isMapiError("STG_E_FILENOTFOUND"));
    assert.throws(() => root.renameElement("a", "x/y"), isMapiError("STG_E_INVALIDNAME"));
  });

  it("replaces a stream, and takes equal bytes for no change", () => {
    const opened = reopened(sampleMessage());
    const bytes = opened.toBytes();
    opened.writeStream("__properties_version1.0", sampleBytes(640, 77));
    opened.setStat({ modified: opened.stat().modified });
    opened.clsid = opened.clsid.toLowerCase();
    opened.openStorage("__attach_version1.0_#00000000").commit();
    opened.commit();
    assert.equal(opened.toBytes(), bytes);
    opened.writeStream("__PROPERTIES_version1.0", sampleBytes(640, 78));
    opened.commit();
    assert.notEqual(opened.toBytes(), bytes);
    assert.deepEqual(reopened(opened).openStream("__properties_version1.0"), sampleBytes(640, 78));
    assert.deepEqual(names(opened), names(reopened(sampleMessage())));
  });

  it("gives the opened bytes as long as nothing is committed", () => {
    const opened = reopened(sampleMessage());
    const bytes = opened.toBytes();
    opened.writeStream("new", sampleBytes(1));
    assert.equal(opened.toBytes(), bytes);
    opened.revert();
    opened.commit();
    assert.equal(opened.toBytes(), bytes);
  });

  it("keeps class ids, state bits and times of storages", () => {
    const root = createStorage();
    const inner = root.createStorage("inner");
    inner.clsid = "0006f046-0000-0000-c000-000000000046";
    inner.setStat({ stateBits: 0xfffffffe, created: 1n, modified: 2n ** 64n - 1n });
    inner.commit();
    root.setStat({ created: 5n });
    root.commit();
    const again = reopened(root);
    assert.deepEqual(again.openStorage("inner").stat(), {
      clsid: "{0006F046-0000-0000-C000-000000000046}",
      stateBits: 0xfffffffe,
      created: 1n,
      modified: 2n ** 64n - 1n,
    });
    assert.equal(again.stat().created, 5n);
    assert.throws(() => inner.setStat({ stateBits: -1 }), isMapiError("STG_E_INVALIDPARAMETER"));
    assert.throws(() => inner.setStat({ created: 2n ** 64n }), isMapiError("STG_E_INVALIDPARAMETER"));
    assert.throws(() => (inner.clsid = "no id"), isMapiError("STG_E_INVALIDPARAMETER"));
  });

  it("copies deeply, merges storages of one name and keeps the target's others", () => {
    const source = sampleMessage();
    const target = createStorage();
    target.writeStream("own", sampleBytes(3));
    const open = target.createStorage("__attach_version1.0_#00000000");
    open.writeStream("own too", sampleBytes(4));
    open.commit();
    source.copyTo(target);
    target.commit();
    const again = reopened(target);
    assert.equal(again.clsid, source.clsid);
    assert.deepEqual(again.openStream("own"), sampleBytes(3));
    const merged = again.openStorage("__attach_version1.0_#00000000");
    assert.deepEqual(merged.openStream("own too"), sampleBytes(4));
    assert.equal(merged.openStorage("__substg1.0_3701000D").clsid, "{00020D0B-0000-0000-C000-000000000046}");
    assert.deepEqual(merged.stat(), source.openStorage("__attach_version1.0_#00000000").stat());
    const copied = again.openStorage("__attach_version1.0_#00000001").openStream("__substg1.0_37010102");
    assert.deepEqual(copied, sampleBytes(11000, 201));
  });

  it("keeps a copy apart from its source, and refuses a copy into itself", () => {
    const root = sampleMessage();
    const attachment = root.openStorage("__attach_version1.0_#00000000");
    const copy = root.createStorage("copy");
    attachment.copyTo(copy);
    copy.openStorage("__substg1.0_3701000D").destroyElement("empty");
    assert.equal(attachment.openStorage("__substg1.0_3701000D").elementType("empty"), "stream");
    attachment.copyTo(attachment);
    const inner = attachment.openStorage("__substg1.0_3701000D");
    assert.throws(() => attachment.copyTo(inner), isMapiError("STG_E_ACCESSDENIED"));
    assert.throws(() => root.copyTo(inner), isMapiError("STG_E_ACCESSDENIED"));
    inner.copyTo(root);
    assert.equal(root.elementType("empty"), "stream");
  });

  it("says what a name is that is not what was asked for", () => {
    const root = sampleMessage();
    assert.throws(() => root.openStream("none"), isMapiError("STG_E_FILENOTFOUND"));
    assert.throws(() => root.openStorage("__properties_version1.0"), isMapiError("STG_E_FILENOTFOUND"));
    assert.throws(() => root.openStream("__attach_version1.0_#00000000"), isMapiError("STG_E_FILENOTFOUND"));
    assert.throws(() => root.destroyElement("none"), isMapiError("STG_E_FILENOTFOUND"));
    assert.throws(
      () => root.createStorage("__properties_VERSION1.0"),
      isMapiError("STG_E_FILEALREADYEXISTS"),
    );
    const write = (): void => root.writeStream("__attach_version1.0_#00000000", sampleBytes(1));
    assert.throws(write, isMapiError("STG_E_FILEALREADYEXISTS"));
    for (const name of ["", "a/b", "a\\b", "a:b", "a!b", "a\0b", "x".repeat(32)]) {
      assert.throws(() => root.writeStream(name, sampleBytes(1)), isMapiError("STG_E_INVALIDNAME"));
      assert.throws(() => root.createStorage(name), isMapiError("STG_E_INVALIDNAME"));
      assert.throws(() => root.openStream(name), isMapiError("STG_E_INVALIDNAME"));
    }
  });

  it("clones the last commit; neither sees what is done in the other", () => {
    const opened = reopened(sampleMessage());
    const bytes = opened.toBytes();
    opened.writeStream("pending", sampleBytes(1));
    const clone = opened.clone();
    assert.equal(clone.elementType("pending"), undefined);
    assert.equal(clone.toBytes(), bytes);
    const inner = clone.openStorage("__attach_version1.0_#00000000");
    assert.notEqual(inner, opened.openStorage("__attach_version1.0_#00000000"));
    inner.writeStream("tried", sampleBytes(2));
    inner.commit();
    clone.commit();
    assert.equal(reopened(clone).openStorage(inner.name).elementType("tried"), "stream");
    assert.equal(opened.openStorage(inner.name).elementType("tried"), undefined);
    opened.commit();
    assert.notEqual(opened.toBytes(), bytes);
    assert.equal(reopened(clone).elementType("pending"), undefined);
    assert.equal(opened.clone().elementType("pending"), "stream");
  });

  it("bounds how deep storages are nested", () => {
    const root = createStorage();
    const chain: IStorage[] = [root];
    const deeper = (): void => void chain.push(chain.at(-1)!.createStorage("deeper"));
    for (let i = 0; i < 256; i++) deeper();
    assert.throws(deeper, isMapiError("STG_E_INVALIDPARAMETER"));
    for (const storage of chain.reverse()) storage.commit();
    assert.equal(reopened(root).elementType("deeper"), "storage");
  });
});

/** What a storage holds, as a plain value: the model the implementation is held against. */
interface Model {
  working: Map<string, Uint8Array | Model>;
  committed: Map<string, Uint8Array | Snapshot>;
}
type Snapshot = Map<string, Uint8Array | Snapshot>;

const emptyModel = (): Model => ({ working: new Map(), committed: new Map() });

function modelOf(snapshot: Snapshot): Model {
  const working = Array.from(snapshot, ([name, value]) => {
    return [name, value instanceof Uint8Array ? value : modelOf(value)] as const;
  });
  return { working: new Map(working), committed: snapshot };
}

function commitModel(model: Model): void {
  const taken = Array.from(model.working, ([name, value]) => {
    return [name, value instanceof Uint8Array ? value : value.committed] as const;
  });
  model.committed = new Map(taken);
}

/** Revert keeps the models of storages that stay, as the objects stay the same. */
function revertModel(model: Model, to: Snapshot): void {
  const old = model.working;
  model.committed = to;
  model.working = new Map();
  for (const [name, value] of to) {
    const kept = old.get(name);
    if (value instanceof Uint8Array) model.working.set(name, value);
    else if (kept && !(kept instanceof Uint8Array)) {
      revertModel(kept, value);
      model.working.set(name, kept);
    } else model.working.set(name, modelOf(value));
  }
}

function snapshotOf(storage: IStorage): Snapshot {
  const elements = storage.enumElements().map(({ name, type }) => {
    return [
      name,
      type === "stream" ? storage.openStream(name) : snapshotOf(storage.openStorage(name)),
    ] as const;
  });
  return new Map(elements);
}

type Step = readonly [
  path: readonly string[],
  action: "stream" | "storage" | "destroy" | "commit" | "revert",
  name: string,
];

describe("storage: transactions against a model", () => {
  const name = fc.constantFrom("A", "B", "C");
  const action = fc.constantFrom("stream", "storage", "destroy", "commit", "commit", "revert");
  const step = fc.tuple(fc.array(name, { maxLength: 3 }), action, name) as fc.Arbitrary<Step>;

  it("any sequence of steps leaves the file that the model says", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const root = createStorage();
        const model = emptyModel();
        steps.forEach(([path, what, target], i) => apply(root, model, path, what, target, i));
        assert.deepEqual(snapshotOf(openStorage(root.toBytes())), model.committed);
      }),
      { numRuns: 500 },
    );
  });

  function apply(
    root: IStorage,
    model: Model,
    path: readonly string[],
    what: Step[1],
    target: string,
    i: number,
  ): void {
    let storage = root;
    let at = model;
    for (const part of path) {
      const next = at.working.get(part);
      if (!next || next instanceof Uint8Array) return;
      at = next;
      storage = storage.openStorage(part);
    }
    const existing = at.working.get(target);
    const actions: Record<Step[1], () => void> = {
      stream: () => {
        if (existing && !(existing instanceof Uint8Array)) return;
        storage.writeStream(target, sampleBytes(i * 3, i));
        at.working.set(target, sampleBytes(i * 3, i));
      },
      storage: () => {
        if (existing) return;
        storage.createStorage(target);
        at.working.set(target, emptyModel());
      },
      destroy: () => {
        if (!existing) return;
        storage.destroyElement(target);
        at.working.delete(target);
      },
      commit: () => {
        storage.commit();
        commitModel(at);
      },
      revert: () => {
        storage.revert();
        revertModel(at, at.committed);
      },
    };
    actions[what]();
    assert.deepEqual(names(storage).sort(), [...at.working.keys()].sort());
  }

  it("gives many elements new names at once, also each other's", () => {
    const root = createStorage();
    for (const name of ["a", "b", "c"]) {
      root.createStorage(name).writeStream("name", new TextEncoder().encode(name));
      root.openStorage(name).commit();
    }
    const a = root.openStorage("a");
    root.renameElements([
      { from: "a", to: "b" },
      { from: "b", to: "c" },
      { from: "c", to: "a" },
    ]);
    assert.equal(a.name, "b");
    assert.deepEqual(
      root.enumElements().map(({ name }) => name),
      ["b", "c", "a"],
    );
    assert.equal(new TextDecoder().decode(root.openStorage("a").openStream("name")), "c");
    for (const renames of [
      [
        { from: "a", to: "x" },
        { from: "b", to: "X" },
      ],
      [{ from: "a", to: "b" }],
      [{ from: "missing", to: "x" }],
    ]) {
      assert.throws(() => root.renameElements(renames), MapiError);
    }
    assert.equal(root.elementType("x"), undefined);
  });
});
