import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import {
  BODY_MESSAGES,
  decompressRtf,
  deencapsulateRtf,
  encapsulateHtml,
  encapsulateText,
} from "../../../src/core";
import { rtfToText, PR_RTF_COMPRESSED } from "../../../src/core";
import { bytesOf, corpusMessages, isLinear, latin1 } from "./support";

const FONTS =
  "{\\fonttbl{\\f0\\fswiss\\fcharset0 Arial;}{\\f1\\fcharset128 MS PGothic;}{\\f2\\fcharset204 Arial Cyr;}" +
  "{\\f3\\fcharset2 Symbol;}{\\f4\\fcharset1 Any;}{\\f5\\fcharset0\\cpg1253 Greek;}{\\f6\\fcharset134{\\*\\falt x}\\'cb\\'ce;}}";

/** The HTML in RTF with a usual header. */
const html = (body: string, header = "\\ansicpg1252\\fromhtml1 \\deff0"): string =>
  deencapsulateRtf(bytesOf(`{\\rtf1\\ansi${header}${FONTS}${body}}`)).content;

describe("HTML out of RTF [MS-OXRTFEX]", () => {
  it("tells HTML, text and real RTF by the header alone", () => {
    const kindOf = (rtf: string): string => deencapsulateRtf(bytesOf(rtf)).kind;
    assert.equal(kindOf("{\\rtf1\\ansi\\ansicpg1252\\fromhtml1 \\deff0{\\fonttbl}x}"), "html");
    assert.equal(kindOf("{\\rtf1\\ansi\\ansicpg1251\\fromtext \\deff0{\\fonttbl}x}"), "text");
    assert.equal(kindOf("{\\rtf1\\ansi\\a\\b\\c\\d\\e\\g\\h\\i\\j\\k\\l\\fromhtml1{\\fonttbl}x}"), "html");
    assert.equal(kindOf("{\\rtf1\\ansi{\\fonttbl}\\fromhtml1 x}"), "rtf");
    assert.equal(kindOf("{\\rtf1\\ansi text\\fromhtml1 x}"), "rtf");
    assert.equal(kindOf("{\\rtf1\\ansi\\fromhtml0 x}"), "rtf");
    assert.equal(kindOf("{\\rtf1\\ansi x}"), "rtf");
    assert.equal(kindOf(""), "rtf");
    assert.deepEqual(deencapsulateRtf(bytesOf("no RTF")).problems, [BODY_MESSAGES.notRtf]);
  });

  it("keeps htmltag groups and text, drops mhtmltag and unknown starred groups, and font, colour and style tables", () => {
    assert.equal(
      html(
        "{\\*\\htmltag64 <p>}{\\*\\mhtmltag84 <a href=x>}Hi{\\*\\unknown no}{\\colortbl;\\red1;}{\\stylesheet{\\s0 Normal;}}" +
          "{\\info{\\author A}}{\\pntext\\f3\\'b7\\tab}{\\pict ffd8}{\\*\\htmltag72 </p>}",
      ),
      "<p>Hi</p>",
    );
  });

  it("drops everything between htmlrtf and htmlrtf0, which groups save and restore", () => {
    assert.equal(html("a\\htmlrtf b\\htmlrtf0 c"), "ac");
    assert.equal(html("a{\\htmlrtf b}c"), "ac");
    assert.equal(html("a\\htmlrtf {b\\htmlrtf0 c}d\\htmlrtf0 e"), "ace");
    assert.equal(html("\\htmlrtf1 {\\b \\htmlrtf0 x\\htmlrtf }\\htmlrtf0 y"), "xy");
    assert.equal(html("a\\htmlrtf \\plain\\pard b\\par\\u65?\\'41{\\*\\htmltag64 <p>}\\htmlrtf0 c"), "ac");
  });

  it("counts font changes inside of htmlrtf", () => {
    assert.equal(html("\\htmlrtf\\f2\\htmlrtf0\\'cf"), "П");
    assert.equal(html("{\\htmlrtf\\f2\\htmlrtf0\\'cf}\\'cf"), "ПÏ");
  });

  it("leaves out line ends of the source and makes CR LF of par and line", () => {
    assert.equal(html("a\r\nb\\par c\\line\r\nd\\\r\ne\\tab f"), "ab\r\nc\r\nd\r\ne\tf");
    assert.equal(html("{\\*\\htmltag64 <p\\par x\\tab y>}"), "<p\r\nx\ty>");
  });

  it("makes entities of quotes, dashes and blanks, characters inside of tags", () => {
    const words = "\\lquote\\rquote\\ldblquote\\rdblquote\\bullet\\endash\\emdash\\~\\_";
    assert.equal(html(words), "&lsquo;&rsquo;&ldquo;&rdquo;&bull;&ndash;&mdash;&nbsp;&shy;");
    assert.equal(html(`{\\*\\htmltag64 ${words}}`), "‘’“”•–—\u00a0\u00ad");
    assert.equal(html("\\{\\}\\\\"), "{}\\");
  });

  it("reads bytes in the code page of the font, in tags in that of the document", () => {
    assert.equal(html("\\'e4"), "ä");
    assert.equal(html("\\f2 \\'e4"), "д");
    assert.equal(html("\\f5 \\'e1"), "α");
    assert.equal(html("\\f6 \\'c4\\'e3"), "你");
    assert.equal(html("\\f4 \\'e4", "\\ansicpg1251\\fromhtml1"), "д");
    assert.equal(html("\\f99 \\'e4", "\\ansicpg1251\\fromhtml1"), "д");
    assert.equal(html("\\f2{\\*\\htmltag84 \\'e4}"), "ä");
    assert.equal(html("\\'e4", "\\ansicpg1252\\fromhtml1\\deff2"), "д");
    assert.equal(html("\\f2\\plain\\'e4", "\\ansicpg1252\\fromhtml1\\deff5"), "δ");
    assert.equal(html("\\f3 \\'b7"), "\u00b7");
    assert.equal(html("{\\*\\htmltag64 \\'8a}", "\\mac\\fromhtml1"), "ä");
    assert.equal(html("\\f4\u00c3\u00a4\\'c3\\'a4", "\\ansicpg65001\\fromhtml1"), "ää");
  });

  it("collects the bytes of a character over tokens", () => {
    // U+8868 is 95 5C and U+30BD is 83 5C in Shift-JIS: the second byte is a backslash.
    for (const rtf of [
      "\\'95\\'5c",
      "\\'95\\\\",
      "\u0095\\\\",
      "\u0095\\'5c",
      "\\'95\\b\\'5c",
      "\\'95\r\n\\'5c",
    ]) {
      assert.equal(html(`\\f1 ${rtf}`), "表", rtf);
    }
    assert.equal(html("\\f1 \\'83A"), "ア");
    assert.equal(html("\\f1 \\'95\\htmlrtf x\\htmlrtf0\\'5c"), "表");
    assert.equal(html("{\\f1 \\'95}{\\f1 \\'5c}"), "表");
  });

  it("reads UTF-16 units, pairs of them, and skips what stands in for them", () => {
    assert.equal(html("\\u228?x"), "äx");
    assert.equal(html("\\u-10179?\\u-8704?"), "😀");
    assert.equal(html("\\u55357 ?\\u56832 ?"), "😀");
    assert.equal(html("\\uc0\\u228 x"), "äx");
    assert.equal(html("\\uc2\\u12354\\'82\\'a0x"), "あx");
    assert.equal(html("{\\uc2\\u228 ??}\\u228 ?x"), "ääx");
    assert.equal(html("\\u228{x}"), "äx");
    assert.equal(html("\\uc3\\u228 a\\'62\\b x"), "äx");
    assert.equal(html("\\u228\\{x"), "äx");
    assert.equal(html("{\\*\\htmltag84 \\u228?}"), "ä");
  });

  it("names the code pages it used, and what is wrong", () => {
    const read = (rtf: string): ReturnType<typeof deencapsulateRtf> => deencapsulateRtf(bytesOf(rtf));
    const header = `{\\rtf1\\ansi\\ansicpg1252\\fromhtml1${FONTS}`;
    assert.deepEqual(read(`${header}\\'e4\\f2\\'e4\\f1 a}`).codePagesUsed, [1252, 1251]);
    assert.deepEqual(read(`${header}x`).problems, [BODY_MESSAGES.rtfUnclosed]);
    assert.deepEqual(read(`${header}x}\r\n\0 `).problems, []);
    assert.deepEqual(read(`${header}x}y`).problems, [BODY_MESSAGES.rtfAfterEnd]);
    assert.deepEqual(read(`${header}x\\bin9 y}`).problems, [
      BODY_MESSAGES.rtfBinaryCut,
      BODY_MESSAGES.rtfUnclosed,
    ]);
    assert.deepEqual(read(`${header}\\f1\\'95\\par}`).problems, [BODY_MESSAGES.undecodable]);
    const unknown = read("{\\rtf1\\ansicpg12345\\fromhtml1 \\'e4}");
    assert.deepEqual([unknown.content, unknown.problems], ["ä", [BODY_MESSAGES.rtfUnknownCodePage]]);
  });

  it("gives text with characters for symbols, and no tags", () => {
    const { kind, content } = deencapsulateRtf(
      bytesOf(
        `{\\rtf1\\ansi\\ansicpg1251\\fromtext${FONTS}\\f4 \\'cf\\par\\tab\\bullet\\~{\\*\\htmltag <p>}\\htmlrtf x}`,
      ),
    );
    assert.deepEqual([kind, content], ["text", "П\r\n\t•\u00a0x"]);
  });
});

describe("hostile RTF", function () {
  this.timeout(60_000);
  const header = "{\\rtf1\\ansi\\ansicpg1252\\fromhtml1 ";

  it("survives a million groups, opened, closed, nested and starred", () => {
    const million = 1_000_000;
    assert.equal(deencapsulateRtf(bytesOf(`${header}${"{".repeat(million)}x`)).content, "x");
    assert.equal(
      deencapsulateRtf(bytesOf(`${header}${"{".repeat(million)}x${"}".repeat(million)}y}`)).content,
      "xy",
    );
    assert.equal(deencapsulateRtf(bytesOf(`${header}x${"}".repeat(million)}`)).content, "x");
    assert.equal(deencapsulateRtf(bytesOf(`${header}${"{\\*\\x".repeat(million)}`)).content, "");
    assert.equal(
      deencapsulateRtf(bytesOf(`${header}${"{\\*\\htmltag1 a".repeat(million)}`)).content.length,
      million,
    );
  });

  it("survives huge numbers", () => {
    assert.equal(html("\\uc2147483647\\u65 abc}{"), "A");
    assert.equal(html("a\\bin2147483647 xyz"), "a");
    assert.equal(html("\\f99999999999 a\\u99999999999 ?b"), "a\uffffb");
  });

  it("never fails", () => {
    const part = fc.constantFrom(
      ..."{ } \\ \\* \\' \\'83 \\u-9 \\uc9 \\bin3 \\htmlrtf \\htmlrtf0 {\\*\\htmltag {\\fonttbl \\f1 \\fcharset128 \\par a".split(
        " ",
      ),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 60 }), (parts) => {
        for (const start of ["", header, "{\\rtf1\\fromtext", "{\\rtf1 "]) {
          const rtf = bytesOf(start + parts.join(""));
          assert.equal(typeof deencapsulateRtf(rtf).content, "string");
          assert.equal(typeof rtfToText(rtf).text, "string");
        }
      }),
    );
  });

  it("takes ten times as long for ten times as much", () => {
    const inputs = [
      "{a}",
      "\\'e4",
      "\\f1\\'83\\f2 x",
      "\\u228?",
      "{\\*\\htmltag1 <b>}",
      "\\htmlrtf x\\htmlrtf0 y",
      "{",
    ];
    for (const input of inputs) {
      const make = (size: number) => {
        const rtf = bytesOf(header + FONTS + input.repeat(size));
        return () => void deencapsulateRtf(rtf);
      };
      assert.ok(isLinear(make, 4_000), input);
    }
  });
});

describe("HTML and text into RTF", () => {
  const crLf = (text: string): string => text.replace(/\r\n|[\r\n]/g, "\r\n");
  const htmlLike = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          "<p>",
          "</p>",
          "<b>",
          "</b>",
          '<a href="http://x/?a=1&b=2">',
          "</a>",
          "<br>",
          "<td>",
          "\r\n",
          "\n",
        ),
        fc.constantFrom(
          "&amp;",
          "&nbsp;",
          "{",
          "}",
          "\\",
          "\\'e4",
          "\t",
          "  ",
          "<style>p{}</style>",
          "<!-- } -->",
          "<",
        ),
        fc.string({ unit: "binary", maxLength: 8 }),
      ),
      { maxLength: 60 },
    )
    .map((parts) => parts.join(""));

  it("gives the same HTML back, with line ends as CR LF", () => {
    fc.assert(
      fc.property(htmlLike, (source) => {
        const rtf = encapsulateHtml(source);
        assert.ok(rtf.every((byte) => byte < 0x80));
        assert.deepEqual(deencapsulateRtf(rtf), {
          kind: "html",
          content: crLf(source),
          codePagesUsed: [],
          problems: [],
        });
      }),
      { numRuns: 500 },
    );
  });

  it("gives the same text back, with line ends as CR LF", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const rtf = encapsulateText(text);
        assert.ok(rtf.every((byte) => byte < 0x80));
        assert.deepEqual(deencapsulateRtf(rtf), {
          kind: "text",
          content: crLf(text),
          codePagesUsed: [],
          problems: [],
        });
      }),
    );
  });

  it("writes what readers without [MS-OXRTFEX] show as the text of the HTML", () => {
    const source =
      "<html><head><title>T</title><style>p{x}</style></head>\n<body>\n<p>Grüße &amp; <b>mehr</b>,\n   viel mehr</p>\n" +
      '<ul><li>eins</li><li>zwei</li></ul><a href="https://example.org/">hier</a><br>Ende 😀</body></html>';
    const shown = rtfToText(encapsulateHtml(source)).text;
    assert.equal(
      shown.trim(),
      "Grüße & mehr, viel mehr\r\n•\teins\r\n•\tzwei\r\nhier <https://example.org/>\r\nEnde 😀",
    );
  });

  it("numbers the tags as Outlook does", () => {
    const rtf = latin1(encapsulateHtml("<html><head></head><body><p>a</p><a>b</a></body></html>"));
    const numbers = [...rtf.matchAll(/htmltag(\d+)/g)].map(([, number]) => Number(number));
    assert.deepEqual(numbers, [19, 34, 41, 50, 64, 72, 84, 92, 58, 27]);
  });

  it("takes ten times as long for ten times as much", function () {
    this.timeout(60_000);
    for (const input of ["<b>x</b>", "<", "<a x='", '<a x="', "&", " \n", "<!--", "<style>", "</", "<a b="]) {
      const make = (size: number) => () => void encapsulateHtml(input.repeat(size));
      assert.ok(isLinear(make, 3_000), input);
    }
  });

  it("gives back the HTML and text of every message of the corpus", function () {
    const messages = corpusMessages();
    if (messages.length === 0) this.skip();
    let count = 0;
    for (const { name, source } of messages) {
      const stream = source.value(PR_RTF_COMPRESSED);
      if (!(stream instanceof Uint8Array)) continue;
      const { kind, content, problems } = deencapsulateRtf(decompressRtf(stream).rtf);
      assert.deepEqual(problems, [], name);
      if (kind === "rtf") continue;
      count++;
      const again = kind === "html" ? encapsulateHtml(content) : encapsulateText(content);
      assert.equal(deencapsulateRtf(again).content, crLf(content), name);
    }
    assert.ok(count > 90);
  });
});
