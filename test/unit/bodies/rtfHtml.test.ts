import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { htmlToText, rtfToHtml, rtfToText } from "../../../src/core";
import { toBase64 } from "../../../src/core/text/rtf/pictures";
import { htmlAttributes, htmlTokens } from "../../../src/core/text/htmlTokens";
import { bytesOf, isLinear } from "./support";

const HEADER =
  "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset2 Symbol;}{\\f2\\fcharset2 Wingdings;}}" +
  "{\\colortbl;\\red255\\green0\\blue0;\\red0\\green0\\blue255;}\\pard ";
const html = (body: string): string => rtfToHtml(bytesOf(`${HEADER}${body}}`)).html;
const text = (body: string): string => rtfToText(bytesOf(`${HEADER}${body}}`)).text.replaceAll("\r\n", "\n");

/** Elements without the styles that every text has. */
const plain = (body: string): string =>
  html(body)
    .replace(/ style="margin:0px 0px 0px 0px;white-space:pre-wrap"/g, "")
    .replace(/<span style="font-family:'Arial';font-size:12pt">((?:[^<]|<br>)*)<\/span>/g, "$1");

const PNG = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");

describe("real RTF to HTML", () => {
  it("shows paragraphs, breaks and characters", () => {
    assert.equal(
      plain("a\\par b\\line c\\tab d\\emdash\\~\\_\\-\\u228?\\'e4\\par"),
      "<p>a</p><p>b<br>c\td—\u00a0\u2011\u00adää</p>",
    );
    assert.equal(plain("a\\par\\par b"), "<p>a</p><p><br></p><p>b</p>");
    assert.equal(plain("<script>&\"'"), "<p>&lt;script&gt;&amp;&quot;&#39;</p>");
  });

  it("shows bold, italic, underline, strike, raised and lowered text", () => {
    const inner = (body: string): string =>
      /<p[^>]*>(.*)<\/p>/.exec(html(body))![1]!.replace(/ style="[^"]*"/g, "");
    assert.equal(
      inner("\\b a\\b0\\i b\\i0\\ul c\\ulnone\\strike d"),
      "<span><b>a</b></span><span><i>b</i></span><span><u>c</u></span><span><s>d</s></span>",
    );
    assert.equal(
      inner("a{\\super b}{\\sub c}{\\b\\plain d}"),
      "<span>a</span><span><sup>b</sup></span><span><sub>c</sub></span><span>d</span>",
    );
    assert.equal(inner("a{\\v hidden}b"), "<span>ab</span>");
  });

  it("shows colours, highlight, fonts and sizes", () => {
    assert.match(
      html("\\cf1\\fs48 x"),
      /<span style="font-family:'Arial';font-size:24pt;color:#ff0000">x<\/span>/,
    );
    assert.match(html("\\highlight2 x"), /background-color:#0000ff"/);
    assert.doesNotMatch(html("\\cf0\\cf9\\highlight0 x"), /color:/);
    assert.match(html("\\caps x"), /text-transform:uppercase/);
    assert.equal(html("\\f1 \\'61\\u-3913?\\f2 J\\'fc").replace(/<[^>]*>/g, ""), "α•☺✓");
  });

  it("shows alignment, indents and direction", () => {
    assert.match(
      html("\\qc\\li720\\fi-360\\sa150 x\\par"),
      /<p style="margin:0px 0px 10px 48px;text-indent:-24px;text-align:center;white-space:pre-wrap">/,
    );
    assert.match(html("\\rtlpar\\qj x"), /text-align:justify;direction:rtl/);
    assert.equal(plain("\\qc x\\par\\pard y\\par").match(/text-align/g)!.length, 1);
  });

  it("shows the marks of lists, and makes them where they are missing", () => {
    assert.equal(text("{\\pntext\\f1\\'b7\\tab}a\\par{\\listtext 2.\\tab}b\\par"), "·\ta\n2.\tb\n");
    assert.equal(
      plain(
        "{\\*\\pn\\pnlvlbody\\pndec\\pnstart3{\\pntxta )}}a\\par b\\par\\pard c\\par{\\*\\pn\\pnlvlblt}d\\par",
      ),
      "<p>3)\ta</p><p>4)\tb</p><p>c</p><p>•\td</p>",
    );
  });

  it("shows tables, with merged and coloured cells, and tables in cells", () => {
    const rows = html(
      "\\trowd\\clcbpat1\\cellx1500\\clmgf\\cellx3000\\clmrg\\cellx4500\\intbl a\\cell b\\cell\\cell\\row\\pard c\\par",
    );
    assert.match(rows, /<table[^>]*><tr><td[^>]*background-color:#ff0000"><p/);
    assert.match(rows, /<td colspan="2" style="[^"]*width:200px">/);
    assert.equal(htmlToText(rows).replaceAll("\r\n", "\n"), "a\tb\nc");
    const nested = html(
      "\\trowd\\cellx9000\\intbl\\itap1 a\\par\\itap2 b\\nestcell c\\nestcell{\\*\\nesttableprops\\trowd\\cellx1\\cellx2\\nestrow}{\\nonesttables\\par}\\itap1\\cell\\row\\pard",
    );
    assert.equal(nested.match(/<table/g)!.length, 2);
    assert.ok(nested.indexOf("<table", 10) < nested.indexOf("</td>"));
    assert.equal(text("\\trowd\\intbl a\\cell b\\cell\\row c"), "a\tb\nc");
  });

  it("shows PNG and JPEG pictures, and a placeholder for others", () => {
    const hex = PNG.toString("hex");
    const source = `data:image/png;base64,${PNG.toString("base64")}`;
    assert.ok(
      html(`{\\pict\\pngblip\\picwgoal1500\\pichgoal750 ${hex.slice(0, 9)}\r\n${hex.slice(9)}}`).includes(
        `src="${source}" width="100" height="50"`,
      ),
    );
    assert.ok(
      html(
        `{\\*\\shppict{\\pict\\pngblip\\bin16 ${PNG.toString("latin1")}}}{\\nonshppict{\\pict 00}}`,
      ).includes(`src="${source}"`),
    );
    assert.ok(html("{\\pict\\jpegblip ffd8ffe0}").includes("data:image/jpeg;base64,/9j/4A=="));
    assert.ok(html("{\\pict\\wmetafile8 0100}").includes("<span>[picture]</span>"));
    assert.ok(html("{\\pict\\pngblip 3c7363726970743e}").includes("[picture]"));
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) =>
        assert.equal(toBase64(bytes), Buffer.from(bytes).toString("base64")),
      ),
    );
  });

  it("links to the web and to mail alone", () => {
    const field = (target: string): string =>
      `{\\field{\\*\\fldinst{HYPERLINK "${target}"}}{\\fldrslt{\\ul x}}}y`;
    assert.match(
      html(field("https://a.org/?b=1&c")),
      /<a href="https:\/\/a.org\/\?b=1&amp;c"><span[^>]*><u>x<\/u><\/span><\/a><span[^>]*>y/,
    );
    for (const target of [
      "javascript:alert(1)",
      "file:///c:/x",
      "data:text/html,x",
      "\\\\\\\\host\\\\x",
      " vbscript:x",
    ]) {
      assert.doesNotMatch(html(field(target)), /<a |script:|data:/, target);
    }
    assert.equal(text(field("https://a.org/")), "x <https://a.org/>y");
    assert.match(html('{\\field{\\*\\fldinst HYPERLINK \\\\l "b"}{\\fldrslt x}}'), /^<p[^>]*><span[^>]*>x/);
  });

  it("marks the places of attachments in order", () => {
    const { html: out, attachments } = rtfToHtml(bytesOf(`${HEADER}a{\\objattph  }b\\objattph\\'20c}`), {
      attachmentText: "<att>",
    });
    assert.equal(attachments, 2);
    assert.equal(
      out.replace(/ style="[^"]*"/g, ""),
      '<p><span>a</span><span data-attachment="0">&lt;att&gt;</span><span>b</span><span data-attachment="1">&lt;att&gt;</span><span>c</span></p>',
    );
  });

  it("shows the text of shapes and objects once", () => {
    assert.equal(
      text("{\\shp{\\*\\shpinst{\\sp{\\sn n}{\\sv v}}{\\shptxt in\\par}}{\\shprslt out}}x"),
      "in\nx",
    );
    assert.equal(
      text("{\\object\\objemb{\\*\\objclass c}{\\*\\objdata 00}{\\result r}}{\\header h}{\\*\\unknown u}"),
      "r",
    );
  });

  it("is built of nothing but its own elements, attributes and styles, whatever the RTF holds", () => {
    const part = fc.constantFrom(
      ...(
        "{ } \\par \\cell \\row \\nestcell \\nestrow \\itap2 \\itap99 \\intbl \\pard \\trowd \\cellx-9 \\cellx99999999 \\clcbpat1 \\b \\fs-5 " +
        "\\fs99999999 \\f5 \\cf1 \\li-99999999 {\\field {\\*\\fldinst {\\fldrslt {\\pict {\\pntext {\\*\\pn ffd8ff \\'3c\"> <img " +
        'onerror=x HYPERLINK "https://x"onclick=y" \\objattph {\\fonttbl \\f5 \\fcharset2 \'}</style>;'
      ).split(" "),
    );
    const attributes = new Set([
      "style",
      "href",
      "src",
      "alt",
      "width",
      "height",
      "colspan",
      "data-attachment",
    ]);
    const tags = /^(?:p|br|b|i|u|s|sub|sup|span|a|img|table|tr|td)$/;
    const css =
      /^[a-z-]+:(?:[a-z0-9#.% -]+|'[\p{L}\p{N} _-]+')(?:;[a-z-]+:(?:[a-z0-9#.% -]+|'[\p{L}\p{N} _-]+'))*$/u;
    fc.assert(
      fc.property(fc.array(part, { maxLength: 80 }), (parts) => {
        const out = rtfToHtml(bytesOf(HEADER + parts.join(""))).html;
        const open: string[] = [];
        for (const token of htmlTokens(out)) {
          if (token.kind === "text") continue;
          assert.match(token.name, tags);
          if (token.kind === "end") {
            assert.equal(open.pop(), token.name);
            continue;
          }
          if (token.name !== "br" && token.name !== "img") open.push(token.name);
          for (const [name, value] of htmlAttributes(out, token)) {
            assert.ok(attributes.has(name), name);
            if (name === "style") assert.match(value, css);
            if (name === "href") assert.match(value, /^(?:https?|mailto|ftp|tel|news):/);
            if (name === "src") assert.match(value, /^data:image\/(?:png|jpeg);base64,[A-Za-z0-9+/=]*$/);
          }
        }
        assert.deepEqual(open, []);
      }),
      { numRuns: 500 },
    );
  });

  it("takes ten times as long for ten times as much", function () {
    this.timeout(90_000);
    const inputs = [
      "{\\b x}",
      "\\par",
      "\\itap8 x\\par\\itap1 x\\par",
      "{\\field{\\*\\fldinst HYPERLINK x}{\\fldrslt y}}",
      "{\\pict 00}",
      "\\cell",
    ];
    for (const input of [
      ...inputs,
      "\\trowd\\cellx1\\intbl x\\cell\\row",
      "{\\field",
      "{\\f1 x",
      "\\objattph ",
    ]) {
      const make = (size: number) => {
        const rtf = bytesOf(HEADER + input.repeat(size));
        return () => {
          rtfToHtml(rtf);
          rtfToText(rtf);
        };
      };
      assert.ok(isLinear(make, 1_000), input);
    }
  });

  it("keeps its size within bounds", function () {
    this.timeout(20_000);
    const rtf = bytesOf(HEADER + "{\\b\\cf1 x}".repeat(400_000));
    assert.ok(rtfToHtml(rtf).html.length < 100_000 * 200 + 400_000 * 30);
  });
});
