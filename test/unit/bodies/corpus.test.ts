import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { bestBody, type BodyForm, bodiesOf, htmlToText } from "../../../src/core";
import { corpusMessages } from "./support";

/** What every form should say: letters and digits, without marks of lists, targets of links and names of pictures. */
function essence(text: string): string {
  return text
    .replace(/<\s*(?:https?|mailto|cid|ftp):?[^<>]*>|\[[^\][]*\]/gi, "")
    .replace(/[^\p{L}\p{N}]+/gu, "");
}

const visible = (form: BodyForm): string =>
  essence(form.html === undefined ? form.text : htmlToText(form.html, { targets: false }));

/** Messages whose PR_BODY says something else than the other forms, and why. */
const EXCEPTIONS: readonly [RegExp, string][] = [
  [/#534 test_corrected|#534 test/, "PR_BODY was written by another program, with entities left in it"],
];

describe("bodies: the corpus of real files", function () {
  this.timeout(60_000);

  it("shows a body that is not blank for every message with text in it", function () {
    const messages = corpusMessages();
    if (messages.length === 0) this.skip();
    const blank: string[] = [];
    let shown = 0;
    for (const { name, source } of messages) {
      const bodies = bodiesOf(source);
      const best = bestBody(bodies);
      assert.equal(best === undefined, bodies.forms.length === 0, name);
      if (!best) continue;
      shown++;
      if (!/\S/.test(best.form.text)) blank.push(name);
      assert.deepEqual(best.form.problems, [], name);
      if (blank.includes(name)) assert.ok(bodies.forms.every(({ text }) => !/\S/.test(text)), name);
    }
    assert.ok(shown > 120, String(shown));
    console.log(blank);
  });

  it("reads the same words in every form", function () {
    const messages = corpusMessages();
    if (messages.length === 0) this.skip();
    const different: string[] = [];
    let compared = 0;
    for (const { name, source } of messages) {
      const forms = bodiesOf(source).forms;
      const best = bestBody(bodiesOf(source))?.form;
      if (!best) continue;
      for (const form of forms) {
        compared++;
        const [one, other] = [visible(form), visible(best)];
        if (one === other) continue;
        let i = 0;
        while (one[i] === other[i]) i++;
        different.push(`${name}: ${form.source} / ${best.source}: ${one.length} ${other.length} ${one.slice(i - 10, i + 30)} | ${other.slice(i - 10, i + 30)}`);
      }
    }
    console.log(different.join("\n"), compared, EXCEPTIONS.length);
  });
});
