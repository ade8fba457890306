import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { type RtfToken, RtfTokenizer } from "../../../src/core/text/rtf/tokenizer";
import { bytesOf } from "./support";

function tokensOf(rtf: string): RtfToken[] {
  const tokenizer = new RtfTokenizer(bytesOf(rtf));
  const tokens: RtfToken[] = [];
  for (let token = tokenizer.next(); token; token = tokenizer.next()) tokens.push(token);
  return tokens;
}

const word = (name: string, value?: number): RtfToken => ({ kind: "word", name, value });

describe("RTF tokens", () => {
  it("splits words, numbers, symbols, hex bytes, groups and text", () => {
    assert.deepEqual(tokensOf("{\\rtf1\\b0 a\\'e4\\~\\u-10179?}"), [
      { kind: "open" },
      word("rtf", 1),
      word("b", 0),
      { kind: "text", start: 10, end: 11 },
      { kind: "hex", byte: 0xe4 },
      { kind: "symbol", byte: 0x7e },
      word("u", -10179),
      { kind: "text", start: 25, end: 26 },
      { kind: "close" },
    ]);
  });

  it("swallows one space after a word, and none after a symbol", () => {
    assert.deepEqual(tokensOf("\\b  x"), [word("b"), { kind: "text", start: 3, end: 5 }]);
    assert.deepEqual(tokensOf("\\~ x"), [
      { kind: "symbol", byte: 0x7e },
      { kind: "text", start: 2, end: 4 },
    ]);
  });

  it("leaves out line ends, and takes a minus without digits for text", () => {
    assert.deepEqual(tokensOf("\r\na\r\nb").length, 2);
    assert.deepEqual(tokensOf("\\b-x"), [word("b"), { kind: "text", start: 2, end: 4 }]);
  });

  it("skips binary data, whatever is in it", () => {
    assert.deepEqual(tokensOf("\\bin3 {\\}x"), [
      { kind: "binary", start: 6, end: 9, cut: false },
      { kind: "text", start: 9, end: 10 },
    ]);
    assert.deepEqual(tokensOf("\\bin2147483647 ab"), [{ kind: "binary", start: 15, end: 17, cut: true }]);
    assert.deepEqual(tokensOf("\\bin-5 ab")[0], { kind: "binary", start: 7, end: 7, cut: false });
  });

  it("bounds words and numbers", () => {
    const [long] = tokensOf(`\\${"a".repeat(100_000)}5 x`);
    assert.ok(long?.kind === "word" && long.name.length <= 33 && long.value === 5);
    assert.deepEqual(tokensOf(`\\b${"9".repeat(1000)} `), [word("b", 0x7fffffff)]);
    assert.deepEqual(tokensOf(`\\b-${"9".repeat(1000)} `), [word("b", -0x80000000)]);
  });

  it("ends whatever the bytes are, and takes each of them once", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...Array.from("{}\\'*abu-019 \r\n\u0000\u00ff"))), (parts) => {
        const tokens = tokensOf(parts.join(""));
        assert.ok(tokens.length <= parts.length);
      }),
    );
    assert.deepEqual(tokensOf("\\"), []);
    assert.deepEqual(tokensOf("\\'"), [{ kind: "symbol", byte: 0x27 }]);
    assert.deepEqual(tokensOf("\\'g1")[0], { kind: "symbol", byte: 0x27 });
  });
});
