/** IMAPIProp: every property type through save and reopen, read back by raw bytes too, and what each call answers. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import {
  changePropType,
  getAttribIMsgOnIStg,
  KEEP_OPEN_READONLY,
  MAPI_CREATE,
  IMSG_NO_ISTG_COMMIT,
  KEEP_OPEN_READWRITE,
  MAPI_E_CORRUPT_DATA,
  MAPI_E_NOT_FOUND,
  MAPI_MODIFY,
  mapStorageSCode,
  MapiError,
  PR_ACCESS,
  PR_ATTACH_METHOD,
  PR_ATTACH_NUM,
  PR_ATTACH_SIZE,
  PR_BODY,
  PR_DISPLAY_TO,
  PR_LAST_MODIFICATION_TIME,
  PR_MESSAGE_FLAGS,
  PR_MESSAGE_RECIPIENTS,
  PR_MESSAGE_SIZE,
  PR_SUBJECT,
  PR_SUBJECT_A,
  PROPATTR_NOT_PRESENT,
  PROPERTY_TYPES,
  propTag,
  PT_ACTIONS,
  PT_APPTIME,
  PT_BINARY,
  PT_BOOLEAN,
  PT_CLSID,
  PT_CURRENCY,
  PT_DOUBLE,
  PT_ERROR,
  PT_I2,
  PT_I8,
  PT_LONG,
  PT_MV_BINARY,
  PT_MV_I2,
  PT_MV_LONG,
  PT_MV_STRING8,
  PT_MV_UNICODE,
  PT_NULL,
  PT_OBJECT,
  PT_R4,
  PT_SRESTRICTION,
  PT_STRING8,
  PT_SVREID,
  PT_SYSTIME,
  PT_UNICODE,
  PT_UNSPECIFIED,
  sameValue,
  setAttribIMsgOnIStg,
} from "../../../src/core";
import { column, create, embed, embedded, fails, get, open, props, reopen, set } from "./support/open";
import { entriesOf, readTree } from "./support/msgTree";

const GUID = "{00112233-4455-6677-8899-AABBCCDDEEFF}";
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const TEXTS = ["", "a", "Zoë – 日本語 \u{1F600}", "\ud800 alone", "line\r\nbreak\t", "x".repeat(5000)];
const BYTES = [bytes(), bytes(0), bytes(0, 0), new Uint8Array(4095).fill(7), new Uint8Array(4096).fill(8)];

/** Values at the edges of every type, as they are set; they come back equal. */
const EXTREMES: ReadonlyMap<number, readonly unknown[]> = new Map<number, readonly unknown[]>([
  [PT_I2, [0, 1, -1, -0x8000, 0x7fff]],
  [PT_LONG, [0, -1, -0x80000000, 0x7fffffff]],
  [PT_R4, [0, -0, 1.5, -3.4028234663852886e38, Infinity, -Infinity, NaN]],
  [PT_DOUBLE, [0, -0, Number.MAX_VALUE, Number.MIN_VALUE, Infinity, NaN]],
  [PT_CURRENCY, [0n, -1n, (1n << 63n) - 1n, -(1n << 63n)]],
  [PT_APPTIME, [0, -1.25, 45000.5]],
  [PT_ERROR, [0, 0x80004005, 0xffffffff]],
  [PT_BOOLEAN, [true, false]],
  [PT_I8, [0n, -1n, (1n << 63n) - 1n, -(1n << 63n)]],
  [PT_UNICODE, TEXTS],
  [PT_SYSTIME, [0n, 1n, 0x0cb34557a3dd4000n, (1n << 64n) - 1n]],
  [PT_CLSID, [GUID, "{00000000-0000-0000-0000-000000000000}"]],
  [PT_SVREID, BYTES],
  [PT_SRESTRICTION, BYTES],
  [PT_ACTIONS, BYTES],
  [PT_BINARY, BYTES],
]);

/** Types that a Unicode message stores under their own tag. */
const TYPES = [...PROPERTY_TYPES.values()].filter(
  ({ place, code }) => place !== "none" && place !== "storage" && (code & 0xfff) !== PT_STRING8,
);

function samplesOf(code: number): readonly unknown[] {
  const single = EXTREMES.get(code & ~0x1000);
  assert.ok(single, `values of 0x${code.toString(16)}`);
  return (code & 0x1000) === 0 ? single : [[single[0]], single, [...single].reverse()];
}

describe("session: property values", () => {
  for (const { code, mapi } of TYPES) {
    it(`${mapi} goes through save and reopen on a message, a recipient, an attachment and an embedded message`, () => {
      const samples = samplesOf(code);
      const values = samples.map((value, i) => ({ tag: propTag(code, 0x6800 + i), value }));
      const opened = create();
      const { message } = opened;
      assert.deepEqual(message.setProps(values), []);
      message.modifyRecipients(0, [{ properties: values }]);
      const { attach } = message.createAttach();
      assert.deepEqual(attach.setProps(values), []);
      const inner = embed(attach);
      assert.deepEqual(inner.setProps(values), []);
      inner.saveChanges();
      attach.saveChanges();
      const again = reopen(opened);
      const attachAgain = again.message.openAttach(0);
      const [row] = again.message.getRecipientTable();
      for (const { tag, value } of values) {
        assert.ok(sameValue(get(again.message, tag), value), `message ${JSON.stringify(String(value))}`);
        assert.ok(sameValue(get(attachAgain, tag), value), "attachment");
        assert.ok(sameValue(get(embedded(attachAgain), tag), value), "embedded message");
        // A row takes no PT_ERROR: that is how a value that could not be read comes.
        assert.ok(sameValue(column(row, tag), code === PT_ERROR ? undefined : value), "recipient");
        assert.equal(again.message.getPropFlags(tag), 6);
      }
      // Fewer elements, another type, deletion: the checker finds what would be left over.
      for (const { tag, value } of values) {
        if (Array.isArray(value)) set(again.message, [tag, value.slice(0, 1)]);
      }
      const third = reopen(again);
      third.message.setProps(values.map(({ tag }) => ({ tag: changePropType(tag, PT_LONG), value: 7 })));
      const fourth = reopen(third);
      for (const { tag } of values) assert.equal(get(fourth.message, changePropType(tag, PT_LONG)), 7);
      fourth.message.deleteProps(values.map(({ tag }) => changePropType(tag, PT_UNSPECIFIED)));
      const last = reopen(fourth);
      for (const { tag } of values) assert.equal(get(last.message, tag), MAPI_E_NOT_FOUND);
    });
  }

  it("has the bytes of the specification", () => {
    const id = 0x6801;
    const rows: [type: number, value: unknown, entry: string | undefined, streams: Record<string, string>][] =
      [
        [PT_I2, -2, "feff000000000000", {}],
        [PT_LONG, -2, "feffffff00000000", {}],
        [PT_R4, 1.5, "0000c03f00000000", {}],
        [PT_DOUBLE, -1.25, "000000000000f4bf", {}],
        [PT_CURRENCY, 123456n, "40e2010000000000", {}],
        [PT_APPTIME, 1, "000000000000f03f", {}],
        [PT_ERROR, 0x80040102, "0201048000000000", {}],
        [PT_BOOLEAN, true, "0100000000000000", {}],
        [PT_I8, -2n, "feffffffffffffff", {}],
        [PT_SYSTIME, 0x0cb34557a3dd4000n, "0040dda35745b30c", {}],
        [PT_UNICODE, "Zoë", "0800000000000000", { "": "5a006f00eb00" }],
        [PT_CLSID, GUID, "1000000000000000", { "": "33221100554477668899aabbccddeeff" }],
        [PT_BINARY, bytes(1, 2), "0200000000000000", { "": "0102" }],
        [PT_MV_I2, [1, -1], "0400000000000000", { "": "0100ffff" }],
        [PT_MV_LONG, [1], "0400000000000000", { "": "01000000" }],
        [
          PT_MV_UNICODE,
          ["a", ""],
          "0800000000000000",
          {
            "": "0400000002000000",
            "-00000000": "61000000",
            "-00000001": "0000",
          },
        ],
        [
          PT_MV_BINARY,
          [bytes(5), bytes()],
          "1000000000000000",
          {
            "": "01000000000000000000000000000000",
            "-00000000": "05",
            "-00000001": "",
          },
        ],
      ];
    for (const [type, value, entry, streams] of rows) {
      const { storage, message } = create();
      set(message, [propTag(type, id), value]);
      message.saveChanges();
      const tree = readTree(storage.toBytes());
      const name = `__substg1.0_6801${type.toString(16).toUpperCase().padStart(4, "0")}`;
      const found = entriesOf(tree.streams.get("__properties_version1.0")!, 32).find(
        (each) => each.id === id,
      );
      assert.equal(found?.value.toString("hex"), entry, name);
      assert.equal(found?.type, type);
      for (const [suffix, hex] of Object.entries(streams)) {
        assert.equal(Buffer.from(tree.streams.get(name + suffix)!).toString("hex"), hex, name + suffix);
      }
    }
  });

  it("8-bit strings are stored in the code page, single and multi-valued", () => {
    const opened = create({ flags: 0, codePage: 932 });
    set(opened.message, [propTag(PT_STRING8, 0x6801), "日本"], [propTag(PT_MV_STRING8, 0x6802), ["日", "x"]]);
    opened.message.saveChanges(KEEP_OPEN_READWRITE);
    const tree = readTree(opened.storage.toBytes());
    const stream = (name: string): string => Buffer.from(tree.streams.get(name)!).toString("hex");
    assert.equal(stream("__substg1.0_6801001E"), "93fa967b");
    assert.equal(stream("__substg1.0_6802101E-00000000"), "93fa00");
    const again = reopen(opened);
    assert.equal(get(again.message, propTag(PT_UNICODE, 0x6801)), "日本");
    assert.deepEqual(get(again.message, propTag(PT_MV_UNICODE, 0x6802)), ["日", "x"]);
  });

  it("any values of any types come back, in the order they were set (property)", () => {
    const value = (code: number): fc.Arbitrary<unknown> => fc.constantFrom(...samplesOf(code));
    const property = fc
      .tuple(fc.constantFrom(...TYPES), fc.integer({ min: 0x6800, max: 0x6840 }))
      .chain(([{ code }, id]) => value(code).map((sample) => ({ tag: propTag(code, id), value: sample })));
    fc.assert(
      fc.property(fc.array(property, { minLength: 1, maxLength: 30 }), (values) => {
        const opened = create();
        assert.deepEqual(opened.message.setProps(values), []);
        const expected = new Map<number, (typeof values)[number]>();
        for (const each of values) expected.set(each.tag >>> 16, each);
        const again = reopen(opened);
        const list = again.message.getPropList().filter((tag) => tag >>> 16 >= 0x6800);
        assert.deepEqual(
          list,
          [...expected.values()].map(({ tag }) => tag),
        );
        for (const { tag, value: wanted } of expected.values())
          assert.ok(sameValue(get(again.message, tag), wanted));
      }),
      { numRuns: 60 },
    );
  });

  it("takes its own copy of bytes", () => {
    const { message } = create();
    const data = Buffer.from([1, 2, 3]);
    set(message, [propTag(PT_BINARY, 0x6801), data]);
    data[0] = 99;
    assert.deepEqual(get(message, propTag(PT_BINARY, 0x6801)), bytes(1, 2, 3));
  });
});

describe("session: IMAPIProp", () => {
  it("setProps: whole calls that are refused", () => {
    const { message } = create();
    fails("MAPI_E_INVALID_PARAMETER", () => message.setProps([]));
    fails("MAPI_E_INVALID_PARAMETER", () =>
      message.setProps(props([PR_BODY, "x"], [PR_MESSAGE_RECIPIENTS, null])),
    );
    fails("MAPI_E_INVALID_PARAMETER", () =>
      message.setProps(props([PR_BODY, "x"], [propTag(PT_MV_LONG, 0x6801), []])),
    );
    assert.equal(get(message, PR_BODY), MAPI_E_NOT_FOUND);
    assert.deepEqual(message.setProps(props([propTag(PT_NULL, 0x6801), null])), []);
    assert.deepEqual(message.setProps(props([propTag(PT_ERROR, 0x6801), MAPI_E_NOT_FOUND])), []);
    assert.deepEqual(message.getPropList(), []);
  });

  it("setProps: values that are problems, while the others are set", () => {
    const { message } = create();
    const rows: [tag: number, value: unknown, name: string][] = [
      [propTag(PT_LONG, 0x6801), "7", "MAPI_E_INVALID_PARAMETER"],
      [propTag(PT_LONG, 0x6801), 1.5, "MAPI_E_INVALID_PARAMETER"],
      [propTag(PT_LONG, 0x6801), 0x100000000, "MAPI_E_INVALID_PARAMETER"],
      [propTag(PT_I2, 0x6801), 0x10000, "MAPI_E_INVALID_PARAMETER"],
      [propTag(PT_I8, 0x6801), 1n << 63n, "MAPI_E_INVALID_PARAMETER"],
      [propTag(PT_I8, 0x6801), 5, "MAPI_E_INVALID_PARAMETER"],
      [propTag(PT_SYSTIME, 0x6801), -1n, "MAPI_E_INVALID_PARAMETER"],
      [propTag(PT_BOOLEAN, 0x6801), 1, "MAPI_E_INVALID_PARAMETER"],
      [propTag(PT_CLSID, 0x6801), "{no}", "MAPI_E_INVALID_PARAMETER"],
      [propTag(PT_BINARY, 0x6801), [1], "MAPI_E_INVALID_PARAMETER"],
      [propTag(PT_UNICODE, 0x6801), null, "MAPI_E_INVALID_PARAMETER"],
      [propTag(PT_MV_LONG, 0x6801), 5, "MAPI_E_INVALID_PARAMETER"],
      [propTag(PT_MV_LONG, 0x6801), [1, "2"], "MAPI_E_INVALID_PARAMETER"],
      [propTag(0x100b, 0x6801), [true], "MAPI_E_INVALID_TYPE"],
      [propTag(0x0099, 0x6801), 1, "MAPI_E_INVALID_TYPE"],
      [propTag(PT_UNSPECIFIED, 0x6801), 1, "MAPI_E_INVALID_TYPE"],
      [propTag(PT_LONG, 0), 1, "MAPI_E_INVALID_PARAMETER"],
      [propTag(PT_LONG, 0xffff), 1, "MAPI_E_INVALID_PARAMETER"],
      [propTag(PT_LONG, 0x8000), 1, "MAPI_E_UNEXPECTED_ID"],
      [PR_ACCESS, 1, "MAPI_E_COMPUTED"],
      [PR_DISPLAY_TO, "x", "MAPI_E_COMPUTED"],
      [PR_LAST_MODIFICATION_TIME, 1n, "MAPI_E_COMPUTED"],
    ];
    for (const [tag, value, name] of rows) {
      const problems = message.setProps(props([PR_BODY, "set"], [tag, value], [PR_MESSAGE_FLAGS, 1]));
      assert.deepEqual(
        problems.map((problem) => [problem.index, problem.tag, problem.name]),
        [[1, tag, name]],
        `${tag.toString(16)} ${String(value)}`,
      );
      assert.equal(problems[0]?.code, new MapiError(problems[0]!.name, "").code);
      assert.equal(get(message, PR_BODY), "set");
      assert.equal(get(message, PR_MESSAGE_FLAGS), 1);
      assert.deepEqual(message.deleteProps([PR_BODY, PR_MESSAGE_FLAGS]), []);
    }
    const { attach } = message.createAttach();
    assert.equal(attach.setProps(props([PR_ATTACH_NUM, 5]))[0]?.name, "MAPI_E_COMPUTED");
  });

  it("getProps: order, types, what is not there", () => {
    const { message } = create();
    const id = 0x6801;
    set(message, [propTag(PT_LONG, id), 5], [PR_SUBJECT, "RE: x"]);
    assert.deepEqual(
      message.getProps([PR_SUBJECT, PR_BODY, propTag(PT_UNSPECIFIED, id), propTag(PT_I2, id)]),
      [
        { tag: PR_SUBJECT, value: "RE: x" },
        { tag: changePropType(PR_BODY, PT_ERROR), value: MAPI_E_NOT_FOUND },
        { tag: propTag(PT_LONG, id), value: 5 },
        { tag: propTag(PT_ERROR, id), value: MAPI_E_NOT_FOUND },
      ],
    );
    assert.deepEqual(message.getProps([PR_SUBJECT_A]), [{ tag: PR_SUBJECT_A, value: "RE: x" }]);
    fails("MAPI_E_INVALID_PARAMETER", () => message.getProps([]));
    assert.equal(message.getProps().length, message.getPropList().length);
    assert.equal(get(message, PR_MESSAGE_SIZE), 16 * 4 + 10 + 2 + 8);
    const { attach } = message.createAttach();
    assert.equal(get(attach, PR_ATTACH_SIZE), 16 * 8 + 4);
  });

  it("keeps the width that strings have: 8-bit in an 8-bit message, Unicode in a Unicode one", () => {
    for (const flags of [0, IMSG_NO_ISTG_COMMIT]) {
      const { message } = create({ flags, codePage: 1252 });
      set(message, [PR_SUBJECT, "é"]);
      assert.ok(message.getPropList().includes(PR_SUBJECT_A));
      assert.ok(!message.getPropList().includes(PR_SUBJECT));
      assert.deepEqual(message.getProps([PR_SUBJECT]), [{ tag: PR_SUBJECT, value: "é" }]);
      const [problem] = message.setProps(props([PR_SUBJECT, "日本語日"]));
      assert.equal(problem?.name, "MAPI_E_BAD_CHARWIDTH");
      assert.match(problem.message, /1252.*“日” \(U\+65E5\).*“本” \(U\+672C\).*“語” \(U\+8A9E\)/);
      assert.equal(get(message, PR_SUBJECT), "é");
    }
    const { message } = create();
    set(message, [PR_SUBJECT_A, "日"]);
    assert.ok(message.getPropList().includes(PR_SUBJECT));
  });

  it("deleteProps: by id, not what is mandatory or computed", () => {
    const opened = create();
    const { attach } = opened.message.createAttach();
    set(attach, [propTag(PT_LONG, 0x6801), 1]);
    assert.deepEqual(attach.deleteProps([propTag(PT_UNICODE, 0x6801), propTag(PT_LONG, 0x6802)]), []);
    assert.equal(get(attach, propTag(PT_LONG, 0x6801)), MAPI_E_NOT_FOUND);
    assert.deepEqual(
      attach.deleteProps([PR_ATTACH_METHOD, PR_ATTACH_NUM]).map(({ name, index }) => [name, index]),
      [
        ["MAPI_E_NO_ACCESS", 0],
        ["MAPI_E_COMPUTED", 1],
      ],
    );
  });

  it("property flags are read, set, obeyed and saved", () => {
    const opened = create();
    const { message } = opened;
    set(message, [PR_BODY, "x"]);
    assert.deepEqual(getAttribIMsgOnIStg(message, [PR_BODY, PR_SUBJECT]), [6, PROPATTR_NOT_PRESENT]);
    assert.deepEqual(setAttribIMsgOnIStg(message, [PR_BODY], [2]), []);
    const problems = setAttribIMsgOnIStg(message, [PR_SUBJECT, PR_BODY, PR_BODY], [2, 8, -1]);
    assert.deepEqual(
      problems.map(({ index, name }) => [index, name]),
      [
        [0, "MAPI_E_NOT_FOUND"],
        [1, "MAPI_E_INVALID_PARAMETER"],
        [2, "MAPI_E_INVALID_PARAMETER"],
      ],
    );
    fails("MAPI_E_INVALID_PARAMETER", () => setAttribIMsgOnIStg(message, [PR_BODY], []));
    const again = reopen(opened).message;
    assert.equal(again.getPropFlags(PR_BODY), 2);
    assert.equal(again.setProps(props([PR_BODY, "y"]))[0]?.name, "MAPI_E_NO_ACCESS");
    assert.equal(again.deleteProps([PR_BODY])[0]?.name, "MAPI_E_NO_ACCESS");
    again.setPropFlags(PR_BODY, 7);
    assert.equal(again.deleteProps([PR_BODY])[0]?.name, "MAPI_E_NO_ACCESS");
    set(again, [PR_BODY, "y"]);
    assert.equal(again.getPropFlags(PR_BODY), 7);
    again.release();
    fails("MAPI_E_INVALID_OBJECT", () => setAttribIMsgOnIStg(again, [PR_BODY], [6]));
  });

  it("openProperty: the bytes of what has a stream", () => {
    const { message } = create();
    set(message, [PR_BODY, "ab"], [propTag(PT_BINARY, 0x6801), bytes(1)], [propTag(PT_LONG, 0x6802), 5]);
    assert.deepEqual(message.openProperty(PR_BODY), bytes(0x61, 0, 0x62, 0));
    assert.deepEqual(message.openProperty(propTag(PT_BINARY, 0x6801)), bytes(1));
    fails("MAPI_E_INVALID_PARAMETER", () => message.openProperty(changePropType(PR_BODY, PT_UNSPECIFIED)));
    fails("MAPI_E_NOT_FOUND", () => message.openProperty(PR_SUBJECT));
    fails("MAPI_E_NOT_FOUND", () => message.openProperty(changePropType(PR_BODY, PT_BINARY)));
    fails("MAPI_E_INTERFACE_NOT_SUPPORTED", () => message.openProperty(propTag(PT_LONG, 0x6802)));
    fails("MAPI_E_INTERFACE_NOT_SUPPORTED", () => message.openProperty(PR_MESSAGE_RECIPIENTS));
    fails("MAPI_E_NOT_FOUND", () => message.openProperty(propTag(PT_OBJECT, 0x6803)));
    fails("MAPI_E_NOT_FOUND", () => message.createAttach().attach.openProperty(propTag(PT_OBJECT, 0x6803)));
  });

  it("openProperty: MAPI_CREATE makes an empty value, and needs MAPI_MODIFY, which needs access", () => {
    const opened = create();
    const { message } = opened;
    const data = propTag(PT_BINARY, 0x6801);
    set(message, [PR_BODY, "old"]);
    for (const tag of [PR_BODY, PR_SUBJECT, data]) {
      fails("MAPI_E_INVALID_PARAMETER", () => message.openProperty(tag, MAPI_CREATE));
    }
    assert.equal(get(message, PR_BODY), "old");
    assert.deepEqual(message.openProperty(PR_BODY, MAPI_MODIFY), bytes(0x6f, 0, 0x6c, 0, 0x64, 0));
    for (const tag of [PR_BODY, data]) {
      assert.deepEqual(message.openProperty(tag, MAPI_CREATE | MAPI_MODIFY), bytes());
    }
    const create6802 = (): unknown =>
      message.openProperty(propTag(PT_LONG, 0x6802), MAPI_CREATE | MAPI_MODIFY);
    fails("MAPI_E_NOT_FOUND", create6802);
    fails("MAPI_E_COMPUTED", () => message.openProperty(PR_DISPLAY_TO, MAPI_CREATE | MAPI_MODIFY));
    const again = reopen(opened).message;
    assert.equal(get(again, PR_BODY), "");
    assert.deepEqual(get(again, data), bytes());
    again.saveChanges(KEEP_OPEN_READONLY);
    assert.deepEqual(again.openProperty(data), bytes());
    fails("MAPI_E_NO_ACCESS", () => again.openProperty(data, MAPI_MODIFY));
    fails("MAPI_E_NO_ACCESS", () => again.openProperty(data, MAPI_CREATE | MAPI_MODIFY));
  });

  it("sizes are computed, and so not set", () => {
    const { message } = create();
    const { attach } = message.createAttach();
    assert.equal(message.setProps(props([PR_MESSAGE_SIZE, 1]))[0]?.name, "MAPI_E_COMPUTED");
    assert.equal(attach.setProps(props([PR_ATTACH_SIZE, 1]))[0]?.name, "MAPI_E_COMPUTED");
  });

  it("a value that cannot be read is an error among the others", () => {
    const opened = create();
    set(opened.message, [PR_BODY, "x"], [PR_SUBJECT, "y"]);
    opened.message.saveChanges();
    opened.storage.destroyElement("__substg1.0_1000001F");
    opened.storage.commit();
    const { message } = open(opened.storage.toBytes());
    assert.deepEqual(message.getProps([PR_BODY, PR_SUBJECT]), [
      { tag: changePropType(PR_BODY, PT_ERROR), value: MAPI_E_CORRUPT_DATA },
      { tag: PR_SUBJECT, value: "y" },
    ]);
    set(message, [PR_BODY, "again"]);
    assert.equal(get(message, PR_BODY), "again");
  });

  it("maps the codes of structured storage", () => {
    assert.equal(mapStorageSCode(0), 0);
    assert.equal(mapStorageSCode(0x80030002), MAPI_E_NOT_FOUND);
    assert.equal(mapStorageSCode(-0x7ffcfffe), MAPI_E_NOT_FOUND);
    assert.equal(mapStorageSCode(0x80030109), MAPI_E_CORRUPT_DATA);
    assert.equal(mapStorageSCode(0x8003ffff), 0x80004005);
  });
});
