// Every page over all its bytes against iconv-lite. Where Microsoft's mapping, which the core follows, is known
// to be another, the difference is listed here, and nothing but it is let pass.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import path from "node:path";
import iconv from "iconv-lite";
import { describe, it } from "mocha";
import { codePage, supportedCodePages } from "../../../src/core/text/codePages";

const page = (id: number) => {
  const found = codePage(id);
  assert.ok(found, `page ${id}`);
  return found;
};
const decode = (id: number, ...bytes: number[]): string => page(id).decode(Uint8Array.from(bytes));
const hex = (value: number): string => value.toString(16);
const oracle = (name: string, ...bytes: number[]): string => iconv.decode(Buffer.from(bytes), name);
const isPrivate = (text: string): boolean => /^[\ue000-\uf8ff]$/u.test(text);

const SINGLE_BYTE: Record<number, string> = {
  720: "cp720",
  874: "windows874",
  10000: "macroman",
  10007: "maccyrillic",
  10029: "maccenteuro",
  10079: "maciceland",
  10081: "macturkish",
  20866: "koi8r",
  21866: "koi8u",
  38598: "iso88598",
};
for (const id of [437, 737, 775, 850, 852, 855, 857, 858, 860, 861, 862, 863, 864, 865, 866, 869]) {
  SINGLE_BYTE[id] = `cp${id}`;
}
for (let id = 1250; id <= 1258; id++) SINGLE_BYTE[id] = `windows${id}`;
for (const part of [1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 15]) SINGLE_BYTE[28590 + part] = `iso8859${part}`;

/** Bytes for which iconv-lite has a character and Microsoft another. */
const SINGLE_DIFFERENCES: Record<string, string> = {
  // IBM's Arabic percent sign; on Windows every byte below 0x80 is ASCII.
  "864:25": "%",
};

/** What Microsoft makes of bytes without a character, beyond the controls 80 … 9F: byte by byte. */
const PRIVATE_USE: Record<number, Record<number, number>> = {
  857: { 0xd5: 0x20ac, 0xe7: 0xf8bc, 0xf2: 0xf8bd },
  864: { 0xa6: 0xf8be, 0xa7: 0xf8bf, 0xff: 0xf8c0 },
  874: { 0xdb: 0xf8c1, 0xde: 0xf8c4, 0xfc: 0xf8c5, 0xff: 0xf8c8 },
  1253: { 0xaa: 0xf8f9, 0xd2: 0xf8fa, 0xff: 0xf8fb },
  1255: { 0xd9: 0xf88d, 0xdf: 0xf893, 0xfb: 0xf894, 0xff: 0xf896 },
  1257: { 0xa1: 0xf8fc, 0xa5: 0xf8fd },
  10000: { 0xf0: 0xf8ff },
  28593: { 0xa5: 0xf7f5, 0xf0: 0xf7fb },
  28596: { 0xa1: 0xf7c8, 0xff: 0xf7f4 },
  28597: { 0xae: 0xf7c5, 0xd2: 0xf7c6, 0xff: 0xf7c7 },
  28598: { 0xa1: 0xf79c, 0xbf: 0xf79d, 0xde: 0xf7bc, 0xfb: 0xf7bd, 0xff: 0xf7c1 },
};

describe("code pages of one byte against iconv-lite", function () {
  this.timeout(60_000);

  for (const [id, name] of Object.entries(SINGLE_BYTE)) {
    it(`${id}: each byte, and back`, () => {
      for (let byte = 0; byte < 0x100; byte++) {
        const ours = decode(Number(id), byte);
        const theirs = SINGLE_DIFFERENCES[`${id}:${hex(byte)}`] ?? oracle(name, byte);
        if (theirs !== "\ufffd") assert.equal(ours, theirs, `byte ${hex(byte)}`);
        else if (byte < 0xa0) assert.equal(ours, String.fromCharCode(byte), `control ${hex(byte)}`);
        else assert.ok(isPrivate(ours) || ours === "€", `byte ${hex(byte)} is ${ours}`);
        assert.deepEqual(page(Number(id)).encode(ours), { bytes: Uint8Array.of(byte), missing: [] });
      }
    });
  }

  it("gives undefined bytes the characters that Microsoft gives them", () => {
    for (const [id, bytes] of Object.entries(PRIVATE_USE)) {
      for (const [byte, unit] of Object.entries(bytes)) {
        assert.equal(decode(Number(id), Number(byte)), String.fromCharCode(unit), `${id} ${byte}`);
      }
    }
    assert.equal(decode(1252, 0x81, 0x8d, 0x8f, 0x90, 0x9d), "\x81\x8d\x8f\x90\x9d");
    assert.equal(decode(28591, 0x80, 0x92, 0xff), "\x80\x92\xff");
  });

  it("20127 knows no byte above 0x7F, and writes none", () => {
    for (let byte = 0x80; byte < 0x100; byte++) assert.equal(decode(20127, byte), "\ufffd");
    assert.deepEqual(page(20127).encode("aé\u0080").missing, ["é", "\u0080"]);
  });
});

interface Pairs {
  readonly id: number;
  readonly name: string;
  readonly leads: readonly [number, number];
  /** Characters that Microsoft has where iconv-lite has none or another: by code, told by a rule. */
  readonly expected: (code: number, theirs: string) => string;
  readonly singles: Record<number, number>;
}

const unit = (value: number): string => String.fromCharCode(value);
const inEuc = (code: number): boolean => (code & 0xff) >= 0xa1;

/** User-defined characters of 949: rows C9 and FE. */
function private949(code: number, theirs: string): string {
  const lead = code >> 8;
  if (!inEuc(code) || code % 256 === 0xff || (lead !== 0xc9 && lead !== 0xfe)) return theirs;
  return unit((lead === 0xc9 ? 0xe000 : 0xe05e) + (code & 0xff) - 0xa1);
}

/** Place of a trail byte of Big5 in its row of 157. */
const big5Place = (code: number): number => (code & 0xff) - ((code & 0xff) < 0x80 ? 0x40 : 0x62);
const isBig5 = (code: number): boolean => {
  const trail = code & 0xff;
  return (trail >= 0x40 && trail <= 0x7e) || (trail >= 0xa1 && trail <= 0xfe);
};

/** User-defined areas of 950: FA40 … FEFE, 8E40 … A0FE, 8140 … 8DFE, C6A1 … C8FE. */
function private950(code: number, theirs: string): string {
  const lead = code >> 8;
  if (!isBig5(code)) return theirs;
  if (lead >= 0xfa && lead <= 0xfe) return unit(0xe000 + (lead - 0xfa) * 157 + big5Place(code));
  if (lead >= 0x8e && lead <= 0xa0) return unit(0xe311 + (lead - 0x8e) * 157 + big5Place(code));
  if (lead >= 0x81 && lead <= 0x8d) return unit(0xeeb8 + (lead - 0x81) * 157 + big5Place(code));
  if (lead === 0xc6 && inEuc(code)) return unit(0xf6b1 + big5Place(code) - 63);
  if (lead === 0xc7 || lead === 0xc8) return unit(0xf70f + (lead - 0xc7) * 157 + big5Place(code));
  return theirs;
}

/** 936 is GB 18030's two bytes with the private-use characters that Unicode has replaced since. */
function private936(code: number, theirs: string): string {
  if (theirs !== "\ufffd") return theirs;
  const lead = code >> 8;
  const trail = code & 0xff;
  const place = trail - (trail < 0x80 ? 0x40 : 0x41);
  if (trail === 0x7f || trail < 0x40 || trail === 0xff || lead < 0xa1) return theirs;
  if (lead >= 0xaa && lead <= 0xaf && inEuc(code)) return unit(0xe000 + (lead - 0xaa) * 94 + trail - 0xa1);
  if (lead >= 0xf8 && inEuc(code)) return unit(0xe234 + (lead - 0xf8) * 94 + trail - 0xa1);
  if (lead <= 0xa7 && !inEuc(code)) return unit(0xe4c6 + (lead - 0xa1) * 96 + place);
  const gb = oracle("gb18030", lead, trail);
  return isPrivate(gb) ? gb : "replaced";
}

/** User-defined characters of 932, F040 … F9FC; iconv-lite ends at F940. */
function private932(code: number, theirs: string): string {
  const trail = code & 0xff;
  if (code < 0xf040 || code > 0xf9fc || trail < 0x40 || trail === 0x7f || trail > 0xfc) return theirs;
  return unit(0xe000 + ((code >> 8) - 0xf0) * 188 + trail - (trail < 0x80 ? 0x40 : 0x41));
}

const PAIRS: readonly Pairs[] = [
  {
    id: 932,
    name: "cp932",
    leads: [0x81, 0xfc],
    expected: private932,
    singles: { 0x80: 0x80, 0xa0: 0xf8f0, 0xfd: 0xf8f1, 0xfe: 0xf8f2, 0xff: 0xf8f3 },
  },
  {
    id: 936,
    name: "cp936",
    leads: [0x81, 0xfe],
    expected: private936,
    singles: { 0x80: 0x20ac, 0xff: 0xf8f5 },
  },
  {
    id: 949,
    name: "cp949",
    leads: [0x81, 0xfe],
    expected: private949,
    singles: { 0x80: 0x80, 0xff: 0xf8f7 },
  },
  {
    id: 950,
    name: "cp950",
    leads: [0x81, 0xfe],
    expected: private950,
    singles: { 0x80: 0x80, 0xff: 0xf8f8 },
  },
  // iconv-lite follows the Encoding Standard: A3A0 is U+3000 there, and nothing can be written as E5E5.
  {
    id: 54936,
    name: "gb18030",
    leads: [0x81, 0xfe],
    expected: (code, theirs) => (code === 0xa3a0 ? "\ue5e5" : theirs),
    singles: { 0x80: 0x20ac },
  },
];

/** The characters that a page has twice and that Microsoft writes otherwise than iconv-lite. */
const WRITTEN: Record<string, number> = {
  "950:═": 0xf9f9,
  "950:╞": 0xf9e9,
  "950:╪": 0xf9ea,
  "950:╡": 0xf9eb,
  "950:十": 0xa451,
  "950:卅": 0xa4ca,
};

describe("code pages of two bytes against iconv-lite", function () {
  this.timeout(60_000);

  for (const { id, name, leads, expected, singles } of PAIRS) {
    const isLead = (byte: number): boolean =>
      byte >= leads[0] && byte <= leads[1] && !(id === 932 && byte >= 0xa0 && byte <= 0xdf);

    it(`${id}: each single byte`, () => {
      for (let byte = 0; byte < 0x100; byte++) {
        const theirs = isLead(byte) ? "\ufffd" : oracle(name, byte);
        const single = singles[byte];
        assert.equal(decode(id, byte), single === undefined ? theirs : unit(single), hex(byte));
      }
    });

    it(`${id}: each pair of bytes, and back`, () => {
      const replaced = new Set<string>();
      for (let lead = leads[0]; lead <= leads[1]; lead++) {
        if (!isLead(lead)) continue;
        for (let trail = 0; trail < 0x100; trail++) {
          const code = lead * 256 + trail;
          const bytes = oracle(name, lead, trail);
          const theirs = expected(code, bytes.length === 1 ? bytes : "\ufffd");
          const ours = decode(id, lead, trail);
          if (theirs === "replaced") {
            assert.ok(isPrivate(ours) && !replaced.has(ours), `${hex(code)} is ${ours}`);
            replaced.add(ours);
          } else if (theirs === "\ufffd") {
            assert.equal(ours, trail < 0x80 ? `\ufffd${unit(trail)}` : "\ufffd", hex(code));
            continue;
          } else {
            assert.equal(ours, theirs, hex(code));
          }
          const written = page(id).encode(ours);
          assert.deepEqual(written.missing, [], hex(code));
          assert.equal(page(id).decode(written.bytes), ours, hex(code));
          const rule = WRITTEN[`${id}:${ours}`];
          const they = iconv.encode(ours, name).toString("hex");
          if (rule !== undefined) assert.equal(Buffer.from(written.bytes).toString("hex"), hex(rule));
          else if (they !== "3f" && ours !== "\ue5e5")
            assert.equal(Buffer.from(written.bytes).toString("hex"), they, hex(code));
        }
      }
      if (id === 936) assert.equal(replaced.size, 82);
    });
  }

  it("54936: each character of the basic plane, and samples of the others", () => {
    const gb = page(54936);
    for (let codePoint = 0; codePoint < 0x110000; codePoint += codePoint < 0x10000 ? 1 : 97) {
      if (codePoint >= 0xd800 && codePoint <= 0xdfff) continue;
      const text = String.fromCodePoint(codePoint);
      const { bytes, missing } = gb.encode(text);
      assert.deepEqual(missing, [], hex(codePoint));
      assert.equal(gb.decode(bytes), text, hex(codePoint));
      const they = iconv.encode(text, "gb18030").toString("hex");
      // U+E5E5 as above; U+E7C7 has four bytes since 2005, which iconv-lite reads, too.
      if (codePoint !== 0xe5e5) assert.equal(Buffer.from(bytes).toString("hex"), they, hex(codePoint));
    }
  });

  it("51932: each pair of bytes", () => {
    for (let lead = 0xa1; lead < 0xff; lead++) {
      for (let trail = 0xa1; trail < 0xff; trail++) {
        const theirs = oracle("eucjp", lead, trail).replace(/^\ufffd+$/u, "\ufffd");
        const ours = decode(51932, lead, trail);
        // Both have what they know in the same cells; NEC's and IBM's rows are in one or the other alone.
        if (theirs !== "\ufffd" && ours !== "\ufffd") assert.equal(ours, theirs, hex(lead * 256 + trail));
        if (lead < 0xad || (lead >= 0xb0 && lead < 0xf5)) assert.equal(ours, theirs, hex(lead * 256 + trail));
      }
    }
    for (let kana = 0xa1; kana <= 0xdf; kana++)
      assert.equal(decode(51932, 0x8e, kana), oracle("eucjp", 0x8e, kana));
  });

  it("65000 and 65001 read what iconv-lite writes, and the other way round", () => {
    const NAMES = [
      [65000, "utf7"],
      [65001, "utf8"],
    ] as const;
    const texts = ["a+b~c\\d", "Grüße – 日本語 😀", "\u0000\u0001", "+-+", "A≢Α."];
    for (const text of texts) {
      for (const [id, name] of NAMES) {
        assert.equal(page(id).decode(iconv.encode(text, name)), text);
        assert.equal(iconv.decode(Buffer.from(page(id).encode(text).bytes), name), text);
      }
    }
  });
});

describe("tables of the code pages", function () {
  this.timeout(60_000);

  const root = process.cwd();

  it("are what the generator makes of iconv-lite", () => {
    execFileSync(process.execPath, [path.join(root, "scripts", "generate-codepages.mjs"), "--check"]);
  });

  it("are small", () => {
    const sizes = ["singleByte", "doubleByte", "gb18030"].map(
      (name) => statSync(path.join(root, "src/core/text/tables", `${name}.json`)).size,
    );
    assert.ok(sizes.reduce((sum, size) => sum + size) < 80_000, String(sizes));
  });

  it("cover every page that Outlook names", () => {
    const asked = [
      437, 720, 737, 775, 850, 852, 855, 857, 858, 860, 861, 862, 863, 864, 865, 866, 869, 874, 932, 936, 949,
      950, 1200, 1201, 1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258, 1361, 10000, 10007, 20127, 20866,
      21866, 28591, 28592, 28593, 28594, 28595, 28596, 28597, 28598, 28599, 28603, 28605, 38598, 50220, 50221,
      50222, 50225, 51932, 51949, 52936, 54936, 65000, 65001,
    ];
    for (const id of asked) assert.equal(codePage(id)?.id, id);
    const supported = supportedCodePages();
    assert.deepEqual(
      [...supported].sort((one, other) => one - other),
      supported,
    );
    assert.equal(codePage(37), undefined);
    assert.equal(codePage(932), codePage(932));
  });
});
