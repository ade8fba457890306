import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { createStorage, openStorage, verifyBytes } from "../../../src/core/storage";
import { isMapiError, sampleBytes, sampleMessage } from "./samples";

describe("storage: the second opinion", () => {
  it("finds nothing to object to in sound bytes", () => {
    for (const version of [3, 4] as const) {
      const root = sampleMessage(version);
      assert.deepEqual(verifyBytes(root.toBytes(), root), []);
      root.writeStream("not committed", sampleBytes(5));
      assert.deepEqual(verifyBytes(root.toBytes(), root), []);
    }
  });

  it("sees every byte of every stream that is not what it should be", () => {
    const root = createStorage();
    root.writeStream("mini", sampleBytes(300));
    root.writeStream("big", sampleBytes(5000));
    root.commit();
    const written = root.toBytes();
    for (const name of ["mini", "big"]) {
      const view = openStorage(written).openStream(name);
      for (const at of [0, 100, view.length - 1]) {
        const bad = written.slice();
        const offset = view.byteOffset - written.byteOffset + at;
        bad[offset]! ^= 1;
        assert.deepEqual(verifyBytes(bad, root), [{ path: name, message: `It differs from byte ${at} on.` }]);
      }
    }
  });

  it("sees elements that are missing, too many, of another size or another kind", () => {
    const held = sampleMessage();
    const change = (edit: (root: ReturnType<typeof sampleMessage>) => void): string[] => {
      const other = sampleMessage();
      edit(other);
      other.commit();
      return verifyBytes(other.toBytes(), held).map(({ path }) => path);
    };
    assert.deepEqual(
      change((root) => root.destroyElement("__properties_version1.0")),
      ["__properties_version1.0"],
    );
    assert.deepEqual(
      change((root) => root.writeStream("more", sampleBytes(1))),
      ["more"],
    );
    assert.deepEqual(
      change((root) => root.writeStream("__properties_version1.0", sampleBytes(1))),
      ["__properties_version1.0"],
    );
    assert.deepEqual(
      change((root) => {
        root.destroyElement("__properties_version1.0");
        root.createStorage("__properties_version1.0");
      }),
      ["__properties_version1.0"],
    );
    assert.deepEqual(
      change((root) => {
        const attachment = root.openStorage("__attach_version1.0_#00000002");
        attachment.openStorage("__substg1.0_3701000D").writeStream("empty", sampleBytes(1));
        attachment.openStorage("__substg1.0_3701000D").commit();
        attachment.commit();
      }),
      ["__attach_version1.0_#00000002/__substg1.0_3701000D/empty"],
    );
    assert.deepEqual(
      change((root) => (root.clsid = "{00020D0B-0000-0000-C000-000000000047}")),
      [""],
    );
    assert.deepEqual(
      change((root) => root.setStat({ stateBits: 1 })),
      [""],
    );
  });

  it("turns whatever cfb throws into a difference", () => {
    const root = sampleMessage();
    const written = root.toBytes();
    for (const bytes of [
      new Uint8Array(0),
      sampleBytes(2000),
      written.subarray(0, 1024),
      written.subarray(0, 600),
    ]) {
      assert.notDeepEqual(verifyBytes(bytes, root), []);
    }
  });

  it("asks for a root of its own making", () => {
    const root = sampleMessage();
    const foreign = Object.create(null) as typeof root;
    assert.throws(() => verifyBytes(root.toBytes(), foreign), isMapiError("STG_E_INVALIDPARAMETER"));
  });

  it("takes the slash at the end of a stream's own name for what it is", () => {
    const root = createStorage();
    root.writeStream("abc", sampleBytes(10));
    root.commit();
    const bytes = root.toBytes().slice();
    const at = Buffer.from(bytes).indexOf(Buffer.from("abc", "utf16le"));
    bytes[at + 4] = "/".charCodeAt(0);
    const damaged = openStorage(bytes, { recover: true });
    damaged.writeStream("another", sampleBytes(10));
    damaged.commit();
    assert.deepEqual(verifyBytes(damaged.toBytes(), damaged), []);
  });

  it("changes nothing in a file that came as a Buffer, whose slices are views", () => {
    const file = Buffer.from(sampleMessage(3).toBytes());
    const before = Buffer.from(file);
    const root = openStorage(file);
    assert.deepEqual(verifyBytes(file, root), []);
    assert.deepEqual(verifyBytes(root.toBytes(), root), []);
    assert.equal(file.compare(before), 0);
  });
});
