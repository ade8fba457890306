// What each code page does with texts: known strings, what it cannot hold, damaged bytes, any bytes at all.
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import {
  codePage,
  decodeUtf16le,
  decodeUtf8,
  encodeUtf16le,
  encodeUtf8,
  isAscii,
  supportedCodePages,
} from "../../../src/core/text/codePages";

const page = (id: number) => {
  const found = codePage(id);
  assert.ok(found, `page ${id}`);
  return found;
};
const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(" ", ""), "hex"));
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const asciiBytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "latin1"));

/** A text and its bytes in a page, in hexadecimal digits; true both ways. */
const KNOWN: readonly (readonly [page: number, text: string, hex: string])[] = [
  [437, "naïve ½ ▒", "6e618b766520ab20b1"],
  [850, "Größe ¿×", "4772 94 e1 65 20 a8 9e"],
  [852, "Žluťoučký", "a6 6c 75 9c 6f 75 9f 6b ec"],
  [866, "Привет", "8f e0 a8 a2 a5 e2"],
  [874, "ไทย", "e4 b7 c2"],
  [1250, "Łódź", "a3 f3 64 9f"],
  [1251, "Київ", "ca e8 bf e2"],
  [1252, "€ “naïve” …", "80 20 93 6e 61 ef 76 65 94 20 85"],
  [1253, "Αθήνα", "c1 e8 de ed e1"],
  [1254, "İstanbul ığş", "dd 73 74 61 6e 62 75 6c 20 fd f0 fe"],
  [1255, "שלום", "f9 ec e5 ed"],
  [1256, "سلام", "d3 e1 c7 e3"],
  [1257, "Žąsis", "de e0 73 69 73"],
  [1258, "Viê\u0323t", "56 69 ea f2 74"],
  [20866, "Привет", "f0 d2 c9 d7 c5 d4"],
  [21866, "Їжак", "b7 d6 c1 cb"],
  [28605, "€ Œuvre", "a4 20 bc 75 76 72 65"],
  [932, "日本語テスト", "93fa 967b 8cea 8365 8358 8367"],
  [932, "ｱ\\ｶ №①∵≒∪纊", "b1 5c b6 20 8782 8740 81e6 81e0 81be fa5c"],
  [51932, "日本語ｱ", "c6fc cbdc b8ec 8eb1"],
  [50220, "日本語テスト", "1b2442 467c 4b5c 386c 2546 2539 2548 1b2842"],
  [50220, "a日\nb", "61 1b2442 467c 1b2842 0a 62"],
  [50221, "ｱｲ日", "1b2849 31 32 1b2442 467c 1b2842"],
  [50222, "日ｱa", "1b2442 467c 1b2842 0e 31 0f 61"],
  [949, "한국어 똠 뷁", "c7d1 b1b9 beee 20 8c63 20 94ee"],
  [51949, "한국어", "c7d1 b1b9 beee"],
  [1361, "한국어 똠 뷁", "d065 8a82 b4e1 20 99b1 20 a6ca"],
  [1361, "ㅋㅋ ㅏㄳ 家、Ａ", "c441 c441 20 8461 8444 20 e03b d932 da51"],
  [50225, "한글a", "1b242943 0e 4751 315b 0f 61"],
  [936, "中文繁體€", "d6d0 cec4 b7b1 f377 80"],
  [936, "\ue000\ue234\ue4c6\ue766", "aaa1 f8a1 a140 a2ab"],
  [52936, "~中文", "7e7e 7e7b 5650 4e44 7e7d"],
  [950, "中文繁體", "a4a4 a4e5 c163 c5e9"],
  [950, "碁粧\ue000\ueeb8", "f9d6 f9db fa40 8140"],
  [54936, "中文繁體€", "d6d0 cec4 b7b1 f377 a2e3"],
  [54936, "é😀\u{20000}\u{10ffff}", "a8a6 9439fc36 95328236 e3329a35"],
  [54936, "\u0080ḿ\ue7c7", "81308130 a8bc 8135f437"],
  [65000, "A≢Α.", "41 2b 49 6d 49 44 6b 51 2d 2e"],
  [65000, "1 + 1 = 2", "3120 2b2d 2031 20 2b41 4430 2d 20 32"],
  [65000, "😀", "2b 32 44 33 65 41 41 2d"],
  [65001, "é€😀", "c3a9 e282ac f09f9880"],
  [1200, "A😀", "4100 3dd8 00de"],
  [1201, "A😀", "0041 d83d de00"],
];

describe("code pages: known texts", function () {
  this.timeout(60_000);

  for (const [id, text, hex] of KNOWN) {
    it(`${id}: ${JSON.stringify(text)}`, () => {
      const { bytes, missing } = page(id).encode(text);
      assert.deepEqual(missing, []);
      assert.equal(hexOf(bytes), hex.replaceAll(" ", ""));
      assert.equal(page(id).decode(bytesOf(hex)), text);
    });
  }

  it("1361 holds every syllable, and every symbol and hanja of 949 but the private ones", () => {
    const johab = page(1361);
    for (const [text, hex] of Object.entries({
      가: "8861",
      힣: "d3bd",
      伽: "e031",
      詰: "f9fe",
      "\u3000": "d931",
    })) {
      assert.equal(hexOf(johab.encode(text).bytes), hex);
    }
    for (let syllable = 0xac00; syllable <= 0xd7a3; syllable++) {
      assert.deepEqual(johab.encode(String.fromCharCode(syllable)).missing, []);
    }
    for (let row = 0xa1; row <= 0xfe; row++) {
      for (let cell = 0xa1; cell <= 0xfe; cell++) {
        const text = page(949).decode(Uint8Array.of(row, cell));
        if (/[\ufffd\ue000-\uf8ff]/u.test(text)) continue;
        const { bytes, missing } = johab.encode(text);
        assert.deepEqual(missing, [], text);
        assert.equal(johab.decode(bytes), text);
      }
    }
  });

  it("65000 reads the examples of RFC 2152, direct and optional characters, and what ends a base64 part", () => {
    const utf7 = page(65000);
    assert.equal(utf7.decode(asciiBytes("Hi Mom -+Jjo--!")), "Hi Mom -☺-!");
    assert.equal(utf7.decode(asciiBytes("+ZeVnLIqe-")), "日本語");
    assert.equal(utf7.decode(asciiBytes("Item 3 is +AKM-1.")), "Item 3 is £1.");
    assert.equal(utf7.decode(asciiBytes('!"#$%&*;<=>@[]^_`{|}')), '!"#$%&*;<=>@[]^_`{|}');
    assert.equal(utf7.decode(asciiBytes("+AOk.+AOk")), "é.é");
    assert.equal(utf7.decode(asciiBytes("a + b")), "a + b");
  });

  it("50220 makes half-width katakana full-width, voiced marks joined", () => {
    const { bytes, missing } = page(50220).encode("ｶﾞｯｺｳﾊﾟﾊﾞｳﾞｱﾞﾟ｡");
    assert.deepEqual(missing, []);
    assert.equal(page(50220).decode(bytes), "ガッコウパバヴア゛゜。");
    assert.equal(
      page(50220).decode(
        page(50220).encode(String.fromCharCode(...Array.from({ length: 63 }, (_, i) => 0xff61 + i))).bytes,
      ).length,
      63,
    );
  });

  it("the three ISO-2022-JP pages read each other, and single bytes of katakana", () => {
    for (const writer of [50220, 50221, 50222]) {
      for (const reader of [50220, 50221, 50222]) {
        assert.equal(page(reader).decode(page(writer).encode("日ア本\nｚ").bytes), "日ア本\nｚ");
      }
    }
    assert.equal(page(50222).decode(page(50221).encode("ｱ日ｲ").bytes), "ｱ日ｲ");
    assert.equal(page(50220).decode(Uint8Array.of(0xb1, 0x41)), "ｱA");
    assert.equal(page(50220).decode(asciiBytes("\x1b$@F|\x1b(J\\\x1b&@\x1b$BF|\x1b(B.")), "日\\日.");
  });
});

describe("code pages: what a page cannot hold", function () {
  this.timeout(60_000);

  const CASES: readonly (readonly [page: number, text: string, missing: string[]])[] = [
    [1252, "aЖbЖc日😀", ["Ж", "日", "😀"]],
    [1252, "¥₿", ["₿"]],
    [932, "¥‾〜−é", ["¥", "‾", "〜", "−", "é"]],
    [936, "😀한", ["😀", "한"]],
    [949, "é体", ["é", "体"]],
    [950, "é鿋", ["é", "鿋"]],
    [1361, "\u1100é", ["\u1100", "é"]],
    [20127, "naïve", ["ï"]],
    [51949, "뷁한", ["뷁"]],
    [51936, "體€中", ["體", "€"]],
    [50220, "é\u001b\ue000", ["é", "\u001b", "\ue000"]],
    [50225, "똠\u000e", ["똠", "\u000e"]],
    [52936, "體é€", ["體", "€"]],
    [54936, "a\ud800b\udc00", ["\ud800", "\udc00"]],
    [65001, "a\ud800\ud83d\ude00", ["\ud800"]],
    [28591, "€\u0080", ["€"]],
  ];
  for (const [id, text, missing] of CASES) {
    it(`${id} names ${JSON.stringify(missing)}`, () =>
      assert.deepEqual(page(id).encode(text).missing, missing));
  }

  it("bytes that are written without a complaint decode to the text", () => {
    const anyText = fc.string({ unit: "binary", maxLength: 40 });
    for (const id of supportedCodePages()) {
      fc.assert(
        fc.property(anyText, (text) => {
          const { bytes, missing } = page(id).encode(text);
          if (missing.length === 0) assert.equal(page(id).decode(bytes), text);
          for (const one of missing) assert.ok(text.includes(one));
          assert.equal(new Set(missing).size, missing.length);
        }),
        { numRuns: 60 },
      );
    }
  });

  it("each character that a page holds comes back alone and among others", () => {
    for (const id of supportedCodePages().filter((one) => one !== 50220)) {
      const held: string[] = [];
      for (let unit = 0; unit < 0x10000; unit++) {
        const text = String.fromCharCode(unit);
        if (page(id).encode(text).missing.length === 0) held.push(text);
      }
      assert.ok(held.length >= 125, `${id} holds ${held.length}`);
      fc.assert(
        fc.property(fc.array(fc.constantFrom(...held), { maxLength: 60 }), (characters) => {
          const text = characters.join("");
          const { bytes, missing } = page(id).encode(text);
          assert.deepEqual(missing, []);
          assert.equal(page(id).decode(bytes), text);
        }),
        { numRuns: 100 },
      );
    }
  });
});

describe("code pages: damaged bytes", function () {
  this.timeout(60_000);

  it("an ASCII byte after a lone lead byte is read as itself", () => {
    for (const id of [932, 936, 949, 950, 1361, 51932, 51949, 54936, 65001]) {
      for (const tail of ["<b>", "\r\n", '"', " x"]) {
        const damaged = Uint8Array.of(0x41, 0xe0, ...asciiBytes(tail), 0x42);
        // In 1361 and the Chinese pages some of these would be trail bytes: none is below 0x30.
        if (tail.charCodeAt(0) >= 0x30) continue;
        assert.equal(page(id).decode(damaged), `A\ufffd${tail}B`, String(id));
      }
    }
    assert.equal(page(949).decode(bytesOf("c7 5b 41")), "\ufffd[A");
    assert.equal(page(932).decode(bytesOf("85 41 93fa")), "\ufffdA日");
    assert.equal(page(950).decode(bytesOf("a4 3c 62 3e")), "\ufffd<b>");
  });

  it("a pair that is no character is one U+FFFD, a lead byte at the end, too", () => {
    assert.equal(page(932).decode(bytesOf("8580 93fa")), "\ufffd日");
    for (const id of [932, 936, 949, 950, 1361, 51932, 54936])
      assert.equal(page(id).decode(bytesOf("41 e0")), "A\ufffd");
    assert.equal(page(51932).decode(bytesOf("8fb0a1 c6fc")), "\ufffd日");
    assert.equal(page(54936).decode(bytesOf("8130 41")), "\ufffd0A");
    assert.equal(
      page(54936).decode(bytesOf("84318130 e3329a36 41")),
      `${page(54936).decode(bytesOf("84318130"))}\ufffd2\ufffd6A`,
    );
    assert.equal(page(50220).decode(asciiBytes("\x1b$BF\n\x1b(Bx\x1bz")), "\ufffd\nx\x1bz");
    assert.equal(page(50225).decode(asciiBytes("\x0eGQG\n\x0fx")), "한\ufffd\nx");
    assert.equal(page(52936).decode(asciiBytes("~{VPV\nx~")), "中\ufffd\nx~");
  });

  it("UTF-8: each longest beginning of a character is one U+FFFD, a byte order mark stays", () => {
    const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    const CASES = [
      "c3",
      "e282",
      "f09f98",
      "c0af",
      "eda080",
      "f4908080",
      "e28261",
      "ff41",
      "efbbbf41",
      "f08080",
      "80bf",
      "c3c3a9",
    ];
    for (const hex of CASES) assert.equal(decodeUtf8(bytesOf(hex)), decoder.decode(bytesOf(hex)), hex);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 30, min: 0x60 }), (bytes) => {
        assert.equal(decodeUtf8(bytes), decoder.decode(bytes));
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        assert.equal(hexOf(encodeUtf8(text).bytes), Buffer.from(text, "utf8").toString("hex"));
      }),
    );
  });

  it("UTF-16: lone surrogates stay, an odd byte at the end is ignored", () => {
    assert.equal(decodeUtf16le(bytesOf("00d8 4100 ff")), "\ud800A");
    assert.equal(hexOf(encodeUtf16le("\udfffA")), "ffdf4100");
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffff })), (units) => {
        const text = String.fromCharCode(...units);
        assert.equal(decodeUtf16le(encodeUtf16le(text)), text);
        assert.equal(page(1201).decode(page(1201).encode(text).bytes), text);
      }),
    );
  });

  it("no bytes make a page throw, and pages of one byte lose nothing of them", () => {
    const everyByte = Array.from({ length: 0x100 }, (_, byte) => Uint8Array.of(byte));
    const lossless = supportedCodePages().filter((id) =>
      everyByte.every((byte) => hexOf(page(id).encode(page(id).decode(byte)).bytes) === hexOf(byte)),
    );
    assert.equal(lossless.length, 46, String(lossless));
    const likely = fc.oneof(
      fc.integer({ min: 0, max: 0xff }),
      fc.constantFrom(0x1b, 0x24, 0x28, 0x42, 0x0e, 0x7e, 0x7b, 0x2b),
    );
    fc.assert(
      fc.property(fc.array(likely, { maxLength: 60 }), (values) => {
        const bytes = Uint8Array.from(values);
        for (const id of supportedCodePages()) {
          const text = page(id).decode(bytes);
          assert.ok(text.length <= bytes.length, String(id));
          if (lossless.includes(id))
            assert.equal(hexOf(page(id).encode(text).bytes), hexOf(bytes), String(id));
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("code pages: large texts", function () {
  this.timeout(60_000);

  it("isAscii looks at every byte", () => {
    assert.equal(isAscii(new Uint8Array(0)), true);
    assert.equal(isAscii(asciiBytes("x".repeat(70_000))), true);
    assert.equal(isAscii(asciiBytes(`${"x".repeat(70_000)}\x80`)), false);
  });

  // What is not linear would run into the time limit of the test.
  it("every page reads and writes half a million characters", () => {
    const size = 500_000;
    for (const id of supportedCodePages()) {
      const sample = ["日本語a", "한국어a", "中文a", "Жук a", "éa", "a"].find(
        (text) => page(id).encode(text).missing.length === 0,
      );
      assert.ok(sample);
      const text = sample.repeat(size / sample.length);
      const { bytes } = page(id).encode(text);
      assert.equal(page(id).decode(bytes), text);
    }
  });

  it("a text of missing characters names each once", () => {
    const text = Array.from({ length: 200_000 }, (_, index) =>
      String.fromCodePoint(0x10000 + (index % 50_000)),
    ).join("");
    assert.equal(page(1252).encode(text).missing.length, 50_000);
  });
});
