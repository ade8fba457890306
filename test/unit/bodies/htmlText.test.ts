import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { decodeEntities, escapeHtml, htmlToText, textToHtml } from "../../../src/core";
import { withUtf8Charset } from "../../../src/core/text/htmlCharset";
import { htmlAttributes, htmlTokens } from "../../../src/core/text/htmlTokens";
import { isLinear } from "./support";

const text = (html: string): string => htmlToText(html).replaceAll("\r\n", "\n");

describe("HTML tokens", () => {
  const kinds = (html: string): string[] =>
    [...htmlTokens(html)].map((token) => `${token.kind}:${html.slice(token.start, token.end)}`);

  it("tells tags, text, raw content, comments and declarations", () => {
    assert.deepEqual(kinds('<!DOCTYPE x>a<p a=">">b</p><style>p>a{}</style><!-- <p> --><?x?>c'), [
      "other:<!DOCTYPE x>",
      "text:a",
      'start:<p a=">">',
      "text:b",
      "end:</p>",
      "start:<style>",
      "raw:p>a{}",
      "end:</style>",
      "other:<!-- <p> -->",
      "other:<?x?>",
      "text:c",
    ]);
  });

  it("is tolerant: quotes in bare values, unclosed quotes, tags, comments and raw elements hide nothing", () => {
    assert.deepEqual(kinds("<a b=it's>x"), ["start:<a b=it's>", "text:x"]);
    assert.deepEqual(kinds('<a b="x>y'), ['start:<a b="x>', "text:y"]);
    assert.deepEqual(kinds("1 < 2 <b"), ["text:1 < 2 <b"]);
    assert.deepEqual(kinds("<!-- x > y"), ["other:<!-- x >", "text: y"]);
    assert.deepEqual(kinds("<title>x"), ["start:<title>", "text:x"]);
    assert.deepEqual(kinds("<STYLE>x</Style >y"), ["start:<STYLE>", "raw:x", "end:</Style >", "text:y"]);
  });

  it("covers everything once, whatever it is", () => {
    const part = fc.constantFrom(
      ..."< > / ! - -- \" ' = a b script style </ <!-- --> <a <p> & ; \n".split(" "),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 80 }), (parts) => {
        const html = parts.join("");
        let at = 0;
        for (const token of htmlTokens(html)) {
          assert.equal(token.start, at);
          assert.ok(token.end > at);
          at = token.end;
        }
        assert.equal(at, html.length);
      }),
      { numRuns: 500 },
    );
  });

  it("reads attributes", () => {
    const html = `<IMG SRC=a.png alt="a &amp; b" title='"' x data-y = "1" src=second href="?a=1&copy=2">`;
    const [tag] = htmlTokens(html);
    assert.deepEqual(
      [...htmlAttributes(html, tag!)],
      [
        ["src", "a.png"],
        ["alt", "a & b"],
        ["title", '"'],
        ["x", ""],
        ["data-y", "1"],
        ["href", "?a=1&copy=2"],
      ],
    );
  });
});

describe("character references", () => {
  it("reads names, numbers and old numbers, and leaves what it does not know", () => {
    assert.equal(decodeEntities("&auml;&Auml;&euro;&lsquo;&hearts;&nbsp;&shy;"), "äÄ€‘♥\u00a0\u00ad");
    assert.equal(
      decodeEntities("&#228;&#xE4;&#x000000e4;&#128;&#150;&#55357;&#56832;&#128512;"),
      "äää€–😀😀",
    );
    assert.equal(
      decodeEntities("&auml &amp;lt; &#0; &#9999999; &unknown; & &; AT&T"),
      "ä &lt; \ufffd \ufffd &unknown; & &; AT&T",
    );
    assert.equal(decodeEntities("&euro x"), "&euro x");
  });

  it("gives back every text that was escaped, but for controls", () => {
    fc.assert(fc.property(fc.string(), (source) => assert.equal(decodeEntities(escapeHtml(source)), source)));
    assert.equal(
      escapeHtml(`<a b="c" d='e'>&\u0000\u0007\ud800`),
      "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;",
    );
  });
});

describe("HTML to text", () => {
  it("puts blocks on lines, paragraphs apart, and collapses blanks", () => {
    assert.equal(text("<p>a\n  b</p><p>c</p><div>d</div><div>e</div>f<br>g"), "a b\n\nc\n\nd\ne\nf\ng");
    assert.equal(
      text("<p class=MsoNormal>a</p><p class=MsoNormal>&nbsp;</p><p class=MsoNormal>b</p>"),
      "a\n\nb",
    );
    assert.equal(text("<div>a</div><div><br></div><div>b</div>"), "a\n\nb");
    assert.equal(text("a <b> b </b> c"), "a b c");
    assert.equal(text("<pre>a\n  b</pre>c"), "a\n  b\n\nc");
    assert.equal(text("<h1>T</h1>x<hr>y"), `T\n\nx\n${"_".repeat(32)}\ny`);
  });

  it("leaves out what is not shown, and keeps what is", () => {
    assert.equal(text("<head><title>T</title><style>x</style></head><script>y</script><!-- z -->a"), "a");
    assert.equal(
      text("<!--[if mso]>x<![endif]-->a<![if !mso]>b<![endif]><textarea>c &lt;</textarea>"),
      "abc <",
    );
    assert.equal(text("5 &lt; 6 &amp;amp; 7 < 8"), "5 < 6 &amp; 7 < 8");
  });

  it("shows tables, lists and quotes", () => {
    assert.equal(
      text("<table><tr><td><p>a</p></td><td><div>b</div></td></tr><tr><td>c<td>d</table>e"),
      "a\tb\nc\td\ne",
    );
    assert.equal(text("<ul><li>a<li>b<ol><li>c</li><li>d</ol></ul>e"), "* a\n* b\n  1. c\n  2. d\ne");
    assert.equal(
      text("a<blockquote>b<br>c<blockquote>d</blockquote></blockquote>e"),
      "a\n\n> b\n> c\n>\n> > d\n\ne",
    );
  });

  it("says where links lead and what pictures show", () => {
    assert.equal(text('<a href="https://x.org/a">there</a>!'), "there <https://x.org/a>!");
    assert.equal(text('<a href="https://x.org/">x.org</a> <a href="mailto:a@b.c">a@b.c</a>'), "x.org a@b.c");
    assert.equal(text('<a href="#x">y</a><a href="javascript:z()">w</a>'), "yw");
    assert.equal(
      text('<img alt="Logo" src="cid:1"><img src="cid:2@x"><img src="http://x/y">'),
      "[Logo][cid:2@x]",
    );
    assert.equal(htmlToText('<a href="https://x.org/a">there</a><img alt=L>', { targets: false }), "there");
  });

  it("takes ten times as long for ten times as much", function () {
    this.timeout(60_000);
    const inputs = [
      "<b>x</b>",
      "<a href=x>y",
      "<p>",
      "<td>x",
      "<blockquote>x",
      "<ul><li>x",
      " ",
      "&amp",
      "<pre>\n",
      "<br>",
    ];
    for (const input of [
      ...inputs,
      "<",
      "<a x='",
      "<!--",
      '<img alt="',
      "<style>",
      "&#",
      "<div><table><tr><td>",
    ]) {
      const make = (size: number) => () => void htmlToText(input.repeat(size));
      assert.ok(isLinear(make, 4_000), input);
    }
  });
});

describe("text to HTML", () => {
  it("escapes, links and quotes", () => {
    const body = (source: string): string => /<body>\r\n([^]*)\r\n<\/body>/.exec(textToHtml(source))![1]!;
    assert.equal(body("a <b> & 'c'"), "<div>a &lt;b&gt; &amp; &#39;c&#39;</div>");
    assert.equal(
      body("(see https://x.org/?a=1&b=2), mail a.b@c.de."),
      '<div>(see <a href="https://x.org/?a=1&amp;b=2">https://x.org/?a=1&amp;b=2</a>), mail <a href="mailto:a.b@c.de">a.b@c.de</a>.</div>',
    );
    assert.equal(body("www.x.org"), '<div><a href="http://www.x.org">www.x.org</a></div>');
    assert.match(
      body("> a\n>> b\nc"),
      /^<blockquote[^>]*><div>a<\/div>\r\n<blockquote[^>]*><div>b<\/div>\r\n<\/blockquote><\/blockquote><div>c<\/div>$/,
    );
    assert.doesNotMatch(body("javascript:alert(1) data:text/html,x"), /<a /);
  });

  it("comes back as the same text", () => {
    const line = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.constantFrom(
        "",
        "  indented",
        "a  b   c",
        "> quoted",
        "> > twice",
        "https://x.org/",
        "a@b.cd",
        "<http://x.org/a>",
      ),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const source = lines.map((one) =>
          one
            .replace(/[\u00a0\t]/g, " ")
            .replace(/^>.*/, "> q")
            .trimEnd(),
        );
        const expected = source.join("\n").replace(/^\n+|\n+$/g, "");
        assert.equal(text(textToHtml(source.join("\r\n"))), expected);
      }),
    );
  });

  it("takes ten times as long for ten times as much", function () {
    this.timeout(60_000);
    for (const input of ["a", "!", "(", "a@", "> ", "\n", "> a\n", "www.", " ", "@."]) {
      const make = (size: number) => () => void textToHtml(input.repeat(size));
      assert.ok(isLinear(make, 6_000), input);
    }
  });
});

describe("the charset HTML names", () => {
  it("becomes UTF-8 where there is one", () => {
    assert.equal(withUtf8Charset("<meta charset=gb2312>x"), "<meta charset=utf-8>x");
    assert.equal(
      withUtf8Charset(
        `<META http-equiv='Content-Type' content="text/html; charset=iso-8859-1"><meta name=charset=x>`,
      ),
      `<META http-equiv='Content-Type' content="text/html; charset=utf-8"><meta name=charset=x>`,
    );
    assert.equal(withUtf8Charset("<p>charset=x</p>"), "<p>charset=x</p>");
  });
});
