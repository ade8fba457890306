/** A message as text: readable, the same on every machine, made for `git diff`. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { before, describe, it } from "mocha";
import {
  createPropertyDictionary,
  createStorage,
  dumpText,
  MessageOutline,
  openStorage,
  parsePropertyTables,
  PR_BODY,
  PR_SUBJECT,
  unexplainedElements,
} from "../../../src/core";
import { sha256 } from "../../../src/core/export/sha256";
import { decodeBase64, encodeBase64 } from "../../../src/core/export/base64";
import tables from "../../../src/core/mapi/tables/dictionary.json";
import { buildSamples, type Sample } from "../../../scripts/samples";
import { mail, outlineOf } from "../../support/mail";
import { corpusFiles } from "../session/support/corpus";
import { assertGolden } from "../session/support/dump";
import { create, set } from "../session/support/open";

const dictionary = createPropertyDictionary(parsePropertyTables(tables));

const dumpOf = (bytes: Uint8Array): string =>
  dumpText(outlineOf(bytes), { dictionary, storage: openStorage(bytes) });

describe("export: text", function () {
  this.timeout(60_000);
  let samples: Sample[] = [];
  before(() => (samples = buildSamples()));

  const sample = (start: string): Uint8Array => {
    const found = samples.find(({ name }) => name.startsWith(start));
    assert.ok(found, start);
    return found.bytes;
  };

  for (const [golden, start] of [
    ["dump-meeting", "Weekly"],
    ["dump-forwarded", "FW"],
    ["dump-every-type", "Every property type.msg"],
    ["dump-japanese", "Japanese"],
  ] as const) {
    it(`of ${start} is as it was approved`, () => assertGolden(golden, dumpOf(sample(start))));
  }

  it("differs in the lines of what differs alone", () => {
    const lines = (text: string): string[] => text.split("\n");
    const a = lines(dumpOf(mail({ body: "one\r\ntwo\r\nthree" })));
    const b = lines(dumpOf(mail({ body: "one\r\n2\r\nthree" })));
    assert.deepEqual(
      a.filter((line) => !b.includes(line)),
      ["    | two"],
    );
    assert.deepEqual(
      b.filter((line) => !a.includes(line)),
      ["    | 2"],
    );
  });

  it("is in the order of tags, whatever the order of the file", () => {
    const dump = (...order: [number, unknown][]): string => {
      const { message } = create();
      set(message, ...order);
      return dumpText(new MessageOutline(message), { dictionary });
    };
    assert.equal(dump([PR_BODY, "b"], [PR_SUBJECT, "s"]), dump([PR_SUBJECT, "s"], [PR_BODY, "b"]));
  });

  it("shows what would act on a terminal, and does not let it", () => {
    const { message } = create();
    set(message, [PR_SUBJECT, "\u001b[2J\u202eevil"], [PR_BODY, "a\r\n\u009b31m\nb"]);
    const text = dumpText(new MessageOutline(message), { dictionary });
    assert.match(text, /\\u001b\[2J\\u202eevil/);
    assert.match(text, /3 lines, lines end in CRLF and LF/);

    assert.doesNotMatch(text, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  });

  it("tells of streams and storages that are not part of the message", () => {
    const storage = openStorage(mail());
    storage.writeStream("Strange", Uint8Array.of(1, 2, 3));
    storage.createStorage("Box").writeStream("inside", new Uint8Array(300));
    storage.openStorage("Box").commit();
    storage.commit();
    const text = dumpOf(storage.toBytes());
    assert.match(text, /\nOther elements\n(?:.*\n)*? {2}"Strange": 3 bytes: 01 02 03\n/);
    assert.match(text, / {2}"Box\/inside": 300 bytes, SHA-256 [0-9a-f]{64}\n/);
    assert.deepEqual(unexplainedElements(openStorage(mail())), []);
  });

  it("is told for every file of the corpus, and twice the same", function () {
    const files = corpusFiles();
    if (files.length === 0) this.skip();
    for (const { name, read } of files) {
      const bytes = read();
      const text = dumpOf(bytes);
      assert.equal(text, dumpOf(bytes), name);
      assert.match(text, /^Outlook message, .*\n\nMessage, /, name);
      // Lines of bodies end as they do in the mail.
      assert.doesNotMatch(text.replace(/^ *\|.*\n/gm, ""), /[ \t]\n/, `${name}: blanks at the end of a line`);
    }
  });

  it("does not lose itself in storages that are nested without end", () => {
    const root = createStorage();
    let storage: ReturnType<typeof root.createStorage> = root;
    const chain = [storage];
    for (let depth = 0; depth < 250; depth++) chain.push((storage = storage.createStorage("Deep")));
    for (const each of chain.reverse()) each.commit();
    assert.equal(unexplainedElements(root).length, 250);
  });
});

describe("export: digests and Base64", () => {
  it("SHA-256 is what the platform's is", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        assert.equal(sha256(bytes), createHash("sha256").update(bytes).digest("hex"));
      }),
    );
    const long = new Uint8Array(100_003).fill(7);
    assert.equal(sha256(long), createHash("sha256").update(long).digest("hex"));
  });

  it("Base64 is what the platform's is, both ways, and refuses anything else", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20_000 }), (bytes) => {
        const text = encodeBase64(bytes);
        assert.equal(text, Buffer.from(bytes).toString("base64"));
        assert.deepEqual(decodeBase64(text), bytes);
      }),
    );
    for (const text of ["A", "AA", "AAA", "A===", "AA=A", "====", "AAAé", "AA A"])
      assert.equal(decodeBase64(text), undefined, text);
  });
});
