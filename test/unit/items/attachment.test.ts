/** An attached file's properties, its names made safe and short, and its content type. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import {
  attachmentProperties,
  extensionOf,
  mimeTypeOf,
  PR_ATTACH_DATA_BIN,
  PR_ATTACH_EXTENSION,
  PR_ATTACH_FILENAME,
  PR_ATTACH_LONG_FILENAME,
  PR_ATTACH_METHOD,
  PR_ATTACH_MIME_TAG,
  PR_ATTACHMENT_HIDDEN,
  PR_DISPLAY_NAME,
  PR_RENDERING_POSITION,
  safeFileName,
  shortFileName,
} from "../../../src/core";

function attached(fileName: string, mimeType?: string) {
  const bytes = Uint8Array.of(1, 2, 3);
  const values = attachmentProperties({ fileName, bytes, ...(mimeType === undefined ? {} : { mimeType }) });
  return (tag: number): unknown => values.find((value) => value.tag === tag)?.value;
}

describe("an attached file", () => {
  it("has the properties Outlook gives one", () => {
    const value = attached("Quarterly report.docx");
    assert.equal(value(PR_ATTACH_METHOD), 1);
    assert.equal(value(PR_RENDERING_POSITION), -1);
    assert.equal(value(PR_ATTACH_LONG_FILENAME), "Quarterly report.docx");
    assert.equal(value(PR_DISPLAY_NAME), "Quarterly report.docx");
    assert.equal(value(PR_ATTACH_FILENAME), "QUARTE~1.DOC");
    assert.equal(value(PR_ATTACH_EXTENSION), ".docx");
    assert.equal(
      value(PR_ATTACH_MIME_TAG),
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    );
    assert.equal(value(PR_ATTACHMENT_HIDDEN), false);
    assert.deepEqual(value(PR_ATTACH_DATA_BIN), Uint8Array.of(1, 2, 3));
  });

  it("without an extension has none, and no content type", () => {
    const value = attached("README");
    assert.equal(value(PR_ATTACH_EXTENSION), undefined);
    assert.equal(value(PR_ATTACH_MIME_TAG), undefined);
  });

  it("has the content type it is given", () => {
    assert.equal(attached("a.txt", "text/x-log")(PR_ATTACH_MIME_TAG), "text/x-log");
  });
});

describe("a safe file name", () => {
  const cases: readonly [string, string][] = [
    ["plan.txt", "plan.txt"],
    ["../../etc/passwd", ".._.._etc_passwd"],
    ["C:\\Users\\me\\plan.txt", "C__Users_me_plan.txt"],
    ["a\u0000b\nc.txt", "a_b_c.txt"],
    ["  plan.txt. . ", "plan.txt"],
    ["invoice\u202Excod.exe", "invoicexcod.exe"],
    ["CON", "_CON"],
    ["nul.txt", "_nul.txt"],
    ["console.txt", "console.txt"],
    ["", "attachment"],
    ["///", "attachment"],
    ["...", "attachment"],
    ["Übersicht März.pdf", "Übersicht März.pdf"],
  ];
  for (const [given, expected] of cases) {
    it(`of ${JSON.stringify(given)} is ${expected}`, () => assert.equal(safeFileName(given), expected));
  }

  it("of a long one keeps its extension", () => {
    const name = safeFileName(`${"x".repeat(400)}.docx`);
    assert.equal(name.length, 255);
    assert.ok(name.endsWith("x.docx"));
  });

  it("of a long one does not part a character", () => {
    const name = safeFileName(`${"x".repeat(249)}${"🐎".repeat(20)}.docx`);
    assert.ok(name.length <= 255);
    assert.doesNotMatch(name, /[\ud800-\udbff](?![\udc00-\udfff])/);
  });

  // A walk that is not linear would run into the time limit of the test.
  it("of one that is absurdly long is shortened too", () => {
    assert.equal(safeFileName(`a${". ".repeat(500_000)}`), "a");
    assert.ok(safeFileName(`a${". ".repeat(500_000)}b`).length <= 255);
  });

  it("is one name whatever is given, and stays as it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (given) => {
        const name = safeFileName(given);
        assert.ok(name.length > 0 && name.length <= 255);
        assert.doesNotMatch(name, /[\\/:*?"<>|\u0000-\u001f\u202a-\u202e]/);
        assert.equal(safeFileName(name), name);
      }),
    );
  });
});

describe("a short file name", () => {
  const cases: readonly [string, string][] = [
    ["plan.txt", "plan.txt"],
    ["thumbsup", "thumbsup"],
    ["OUTER 1.pdf", "OUTER1~1.PDF"],
    ["delivery_note_98908.pdf", "DELIVE~1.PDF"],
    ["photo.jpeg", "PHOTO~1.JPE"],
    ["a+b=c.final.txt", "A_B_CF~1.TXT"],
  ];
  for (const [given, expected] of cases) {
    it(`of ${given} is ${expected}`, () => assert.equal(shortFileName(given), expected));
  }

  it("of a name without ASCII letters tells names apart", () => {
    const [one, other] = [shortFileName("案内.txt"), shortFileName("地図.txt")];
    assert.match(one, /^[0-9A-F]{4}~1\.TXT$/);
    assert.notEqual(one, other);
  });

  it("has at most eight characters and three, all ASCII, whatever is given", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1 }), (given) => {
        assert.match(shortFileName(safeFileName(given)), /^[\x21-\x7e]{1,8}(?:\.[\x21-\x7e]{1,3})?$/);
      }),
    );
  });
});

describe("an extension and its content type", () => {
  it("is what follows the last dot, with it", () => {
    assert.equal(extensionOf("a.tar.gz"), ".gz");
    assert.equal(extensionOf(".gitignore"), "");
    assert.equal(extensionOf("name."), "");
    assert.equal(extensionOf("name"), "");
  });

  it("is found in any case, with or without its dot", () => {
    assert.equal(mimeTypeOf(".PNG"), "image/png");
    assert.equal(mimeTypeOf("png"), "image/png");
    assert.equal(mimeTypeOf(".qwx"), undefined);
    assert.equal(mimeTypeOf(""), undefined);
  });
});
