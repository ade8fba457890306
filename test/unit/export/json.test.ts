/** A message file as JSON and back: nothing is lost, and no document makes anything but a MapiError. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { before, describe, it } from "mocha";
import {
  createPropertyDictionary,
  exportJson,
  importJson,
  MapiError,
  openStorage,
  parsePropertyTables,
  type RootStorage,
} from "../../../src/core";
import tables from "../../../src/core/mapi/tables/dictionary.json";
import { buildSamples, type Sample } from "../../../scripts/samples";
import { mail, outlineOf, valueIn } from "../../support/mail";
import { corpusFiles } from "../session/support/corpus";
import { contentsOf, differences } from "../session/support/open";

const dictionary = createPropertyDictionary(parsePropertyTables(tables));

/** Opens a file, damaged or not; undefined for one that is no message. */
function openAny(bytes: Uint8Array): RootStorage | undefined {
  try {
    const storage = openStorage(bytes, { recover: true });
    return storage.elementType("__properties_version1.0") === "stream" ? storage : undefined;
  } catch (error) {
    if (error instanceof MapiError) return undefined;
    throw error;
  }
}

function assertRoundTrip(storage: RootStorage, name: string): void {
  const text = exportJson(storage, { dictionary });
  const back = openStorage(importJson(text).toBytes());
  assert.deepEqual(differences(contentsOf(storage), contentsOf(back)), [], name);
  assert.equal(back.majorVersion, storage.majorVersion);
  assert.equal(exportJson(back, { dictionary }), text, `${name}: the export of the import`);
}

const parsed = (bytes: Uint8Array): Record<string, unknown> =>
  JSON.parse(exportJson(openStorage(bytes))) as Record<string, unknown>;

describe("export: JSON", function () {
  this.timeout(120_000);
  let samples: Sample[] = [];
  before(() => (samples = buildSamples()));

  it("gives back every sample stream by stream", () => {
    for (const { name, bytes } of samples) {
      const storage = openAny(bytes);
      if (storage) assertRoundTrip(storage, name);
    }
  });

  it("gives back every file of the corpus stream by stream", function () {
    const files = corpusFiles();
    if (files.length === 0) this.skip();
    let count = 0;
    for (const { name, read } of files) {
      const storage = openAny(read());
      if (!storage) continue;
      assertRoundTrip(storage, name);
      count++;
    }
    assert.ok(count >= 100, String(count));
  });

  it("writes what a person reads, and only what cannot be told from it beside it", () => {
    const file = parsed(mail({ subject: "Größe" }));
    const message = file["message"] as { properties: Record<string, unknown>[] };
    const subject = message.properties.find(({ tag }) => tag === "0037001F");
    assert.deepEqual(subject, { tag: "0037001F", value: "Größe" });
    assert.equal(JSON.stringify(file).includes('"raw"'), false);
  });

  it("takes a value that was changed by hand, also where bytes stand beside it", () => {
    const text = exportJson(openStorage(mail()));
    assert.equal(
      valueIn(importJson(text.replace("Quarterly figures", "By hand")).toBytes(), 0x0037001f),
      "By hand",
    );
    const document = JSON.parse(text) as { message: { properties: Record<string, unknown>[] } };
    const subject = document.message.properties.find(({ tag }) => tag === "0037001F");
    assert.ok(subject);
    Object.assign(subject, { raw: "QQBCAA==", entry: "0600000000000000", value: "AB" });
    assert.equal(valueIn(importJson(JSON.stringify(document)).toBytes(), 0x0037001f), "AB");
    Object.assign(subject, { value: "CD" });
    assert.equal(valueIn(importJson(JSON.stringify(document)).toBytes(), 0x0037001f), "CD");
  });

  it("makes a message of as little as a person writes", () => {
    const storage = importJson(
      JSON.stringify({
        format: "msg-session/message",
        version: 1,
        message: {
          codePage: 1252,
          properties: [
            { tag: "0037001F", value: "New" },
            { tag: "0E060040", value: "2026-03-01T08:12:44Z" },
            { tag: "8000001F", value: "named" },
          ],
          recipients: [{ number: 0, properties: [{ tag: "3001001F", value: "Ann" }] }],
        },
        names: { list: [{ id: "8000", guid: "{00020329-0000-0000-C000-000000000046}", name: "Colour" }] },
      }),
    );
    const outline = outlineOf(storage.toBytes());
    assert.equal(outline.property("", 0x0037001f)?.value, "New");
    assert.equal(outline.message("").recipients.length, 1);
    assert.deepEqual(outline.nameOf(0x8000), {
      guid: "{00020329-0000-0000-C000-000000000046}",
      name: "Colour",
    });
  });

  it("says where a document is wrong", () => {
    const base = exportJson(openStorage(mail()));
    const wrong: [string, RegExp][] = [
      ["", /not JSON/],
      ["[]", /not an object/],
      ["{}", /no “format”/],
      [base.replace('"version": 1', '"version": 2'), /version 2/],
      [base.replace('"version": 1', '"version": "x"'), /version is not a whole number/],
      [base.replace('"codePage": 1252', '"codePage": 5'), /message\.codePage is not a code page/],
      [base.replace('"tag": "0037001F"', '"tag": "37"'), /message\.properties\[\d+\]\.tag is not 4 bytes/],
      [base.replace('"Quarterly figures"', "5"), /message\.properties\[\d+\]\.value is not text/],
      [base.replace('"number": 0', '"number": -1'), /number is not between/],
    ];
    for (const [text, pattern] of wrong) {
      assert.throws(
        () => importJson(text),
        (error) => error instanceof MapiError && pattern.test(error.message),
        `${String(pattern)}: ${text.slice(0, 60)}`,
      );
    }
  });

  it("refuses messages that are nested beyond the limit", () => {
    const open = '{"codePage":1252,"properties":[],"attachments":[{"number":0,"message":';
    const message = `${open.repeat(5000)}{"codePage":1252,"properties":[]}${"}]}".repeat(5000)}`;
    const text = `{"format":"msg-session/message","version":1,"message":${message}}`;
    assert.throws(
      () => importJson(text),
      (error) => error instanceof MapiError && error.name === "MAPI_E_TOO_COMPLEX",
    );
  });

  it("answers any document with a file or a MapiError", () => {
    const base = JSON.parse(exportJson(openStorage(mail()))) as object;
    const paths: string[][] = [];
    const collect = (value: unknown, path: string[]): void => {
      if (path.length > 0) paths.push(path);
      if (typeof value !== "object" || value === null) return;
      for (const [key, inner] of Object.entries(value)) collect(inner, [...path, key]);
    };
    collect(base, []);
    const change = fc.tuple(fc.constantFrom(...paths), fc.oneof(fc.jsonValue(), fc.constant(undefined)));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        const document: unknown = structuredClone(base);
        for (const [path, value] of changes) {
          let holder: unknown = document;
          for (const key of path.slice(0, -1))
            holder = typeof holder === "object" && holder !== null ? Reflect.get(holder, key) : undefined;
          const last = path.at(-1);
          if (typeof holder === "object" && holder !== null && last !== undefined)
            Reflect.set(holder, last, value);
        }
        try {
          openStorage(importJson(JSON.stringify(document)).toBytes());
        } catch (error) {
          assert.ok(error instanceof MapiError, String(error));
        }
      }),
      { numRuns: 400 },
    );
  });
});
