import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { bestBody, type BodyForm, bodiesOf, syncBodies } from "../../../src/core";
import { corpusMessages } from "./support";

/** What every form should say: letters and digits, without targets of links and names of pictures. */
function essence(text: string): string {
  return text
    .replace(/<[^<>]*(?:https?|mailto|ftp):[^<>]*>|\[cid:[^\]]*\]/gi, "")
    .replace(/[^\p{L}\p{N}]+/gu, "");
}

const visible = (form: BodyForm): string => essence(form.text);

/** Messages whose forms do not say the same, and why; the differences are in the files. */
const EXCEPTIONS: readonly (readonly [file: RegExp, reason: string])[] = [
  [
    /#534 test/,
    "the program that wrote PR_BODY left entities and out pictures: its text is not that of the HTML",
  ],
];

/** Words that must be there. No body of the corpus has Cyrillic ones: other tests build them. */
const WORDS: readonly (readonly [file: string, words: readonly string[]])[] = [
  ["hiraoka/Hello +CJK.msg", ["Hello", "你好", "こんにちは", "안녕하세요"]],
  ["hiraoka/nonUnicodeCP932.msg", ["日本語", "本文"]],
  ["hiraoka/unicode1.msg", ["畑㵲応イ瑤㵨㠱"]],
  ["simple-java-mail/chinese message.msg", ["大家提前合理安排进房间入住吧", "迷你房"]],
  ["simple-java-mail/tst_unicode.msg", ["Char-å-Char", "Char-Æ-Char"]],
];

describe("bodies: the corpus of real files", function () {
  this.timeout(60_000);

  it("shows a body that is not blank for every message with text in it", function () {
    const messages = corpusMessages();
    if (messages.length === 0) this.skip();
    let shown = 0;
    for (const { name, source } of messages) {
      const bodies = bodiesOf(source);
      const best = bestBody(bodies);
      assert.equal(best === undefined, bodies.forms.length === 0, name);
      if (!best) continue;
      assert.deepEqual(best.form.problems, [], name);
      // Calendar items and mails with an attachment alone have nothing to see in any form.
      const isBlank = !/\S/.test(best.form.text);
      if (isBlank)
        assert.ok(
          bodies.forms.every(({ text }) => !/\S/.test(text)),
          name,
        );
      else shown++;
    }
    assert.ok(shown > 100, String(shown));
  });

  it("reads the same words in every form", function () {
    const messages = corpusMessages();
    if (messages.length === 0) this.skip();
    const seen = new Set<RegExp>();
    let compared = 0;
    for (const { name, source } of messages) {
      const bodies = bodiesOf(source);
      const best = bestBody(bodies);
      const exception = EXCEPTIONS.find(([file]) => file.test(name));
      for (const form of best ? bodies.forms : []) {
        if (form === best?.form) continue;
        compared++;
        const isSame = visible(form) === visible(best!.form);
        if (!isSame && exception) seen.add(exception[0]);
        else assert.ok(isSame, `${name}: ${form.source} and ${best!.form.source}`);
      }
    }
    assert.ok(compared > 250, String(compared));
    assert.equal(seen.size, EXCEPTIONS.length);
  });

  it("reads the words of every script in every form", function () {
    const messages = corpusMessages();
    if (messages.length === 0) this.skip();
    for (const [file, words] of WORDS) {
      const message = messages.find(({ name }) => name === file);
      if (!message) continue;
      for (const { source, text } of bodiesOf(message.source).forms) {
        for (const word of words) assert.ok(text.includes(word), `${file}: ${source}: ${word}`);
      }
    }
  });

  it("keeps every message in step when its own best body is written back", function () {
    const messages = corpusMessages();
    if (messages.length === 0) this.skip();
    for (const { name, source } of messages) {
      const best = bestBody(bodiesOf(source))?.form;
      if (!best || !/\S/.test(best.text)) continue;
      const edited =
        best.kind === "html" && best.html !== undefined
          ? ({ kind: "html", content: best.html } as const)
          : ({ kind: "text", content: best.text } as const);
      const { set } = syncBodies(edited, source);
      const values = new Map(set.map(({ tag, value }) => [tag, value]));
      const after = bodiesOf({ codePage: source.codePage, value: (tag) => values.get(tag) });
      assert.equal(bestBody(after)?.rule, "nativeBody", name);
      for (const form of after.forms) {
        assert.equal(visible(form), visible(best), `${name}: ${form.source}`);
        assert.deepEqual(form.problems, [], name);
      }
    }
  });
});
