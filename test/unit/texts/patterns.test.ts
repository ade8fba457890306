import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { patternOf, translated } from "../../../src/extension/textPatterns";

const BUNDLE = {
  "Code page {0} has no {1}.": "{1} fehlt in Codepage {0}.",
  "The text takes {0} bytes; the field has {1}.": "Der Text braucht {0} Bytes, das Feld hat {1}.",
  "The value does not fit the field.": "Der Wert passt nicht.",
  "Value {0}": "Wert {0}",
  "{0}: {1}": "{0}: {1}",
};

const filled = (text: string, args: readonly string[]): string =>
  text.replace(/\{(\d+)\}/g, (_, index) => args[Number(index)] ?? "");

describe("sentences of the core in another language", () => {
  it("are found whole, and by their pattern with what was put into them", () => {
    assert.equal(translated("The value does not fit the field.", BUNDLE), "Der Wert passt nicht.");
    assert.equal(translated("Code page 932 has no “ä”.", BUNDLE), "“ä” fehlt in Codepage 932.");
  });

  it("are translated inside one another", () => {
    const inner = "The value does not fit the field.";
    assert.equal(
      translated(`Code page 932 has no ${inner}.`, BUNDLE),
      "Der Wert passt nicht. fehlt in Codepage 932.",
    );
  });

  it("are translated with the words of the core in them, and never with the names of a mail", () => {
    const bundle = {
      "There is a {0} of the name {1}.": "{0} {1} besteht.",
      "Cut off: {0} due, {1} left.": "Abgeschnitten: {0} statt {1}.",
      "{0} bytes": "{0} Bytes",
      stream: "Strom",
      Delete: "Entfernen",
    };
    assert.equal(translated("There is a stream of the name Delete.", bundle), "Strom Delete besteht.");
    assert.equal(translated("Cut off: 20 bytes due, 3 left.", bundle), "Abgeschnitten: 20 Bytes statt 3.");
  });

  it("stay as they are where there is no translation, or hardly a pattern", () => {
    for (const text of ["Another sentence.", "a: b", "", "x".repeat(5000)])
      assert.equal(translated(text, BUNDLE), text);
    assert.equal(patternOf("{0}: {1}"), undefined);
    assert.equal(patternOf("No place for anything here."), undefined);
  });

  it("take whatever was put in as it is", () => {
    const key = "The text takes {0} bytes; the field has {1}.";
    const arg = fc
      .string({ unit: "binary", maxLength: 40 })
      .filter((text) => !text.includes("; the field has "));
    fc.assert(
      fc.property(arg, arg, (first, second) => {
        const args = [first, second];
        const isOwn = args.every((text) => translated(text, BUNDLE) === text);
        fc.pre(isOwn);
        assert.equal(translated(filled(key, args), BUNDLE), filled(BUNDLE[key], args));
      }),
    );
  });

  it("do not take long over hostile text", () => {
    const hostile = "Code page " + " has no ".repeat(120) + "x";
    assert.equal(translated(hostile, BUNDLE), hostile);
  });
});
