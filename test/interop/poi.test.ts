/** Apache POI (Java, HSMF) reads what the core writes: texts, recipients, attachments, embedded messages, fixed values. */
import assert from "node:assert/strict";
import path from "node:path";
import { before, describe, it } from "mocha";
import { propId, PROPERTY_TYPES, propType } from "../../src/core";
import { checkFiles, type Deviation, type Found } from "./checks";
import { readerFiles, type ReaderFile } from "./files";
import { firstThatRuns, jsonLines, output, scriptOf } from "./programs";
import { fixedValuesOf, readingOf } from "./reading";

interface PoiAttachment {
  readonly longName: string | null;
  readonly shortName: string | null;
  readonly hash: string | null;
  readonly embedded: string | null;
}

interface Dump {
  readonly error?: string;
  readonly messageClass: string | null;
  readonly subject: string | null;
  readonly displayTo: string | null;
  readonly body: string | null;
  readonly recipients: readonly { readonly name: string | null; readonly address: string | null }[];
  readonly attachments: readonly PoiAttachment[];
  readonly fixed: readonly { readonly id: number; readonly type: number; readonly bytes: string }[];
}

/** Where Debian puts Java libraries; elsewhere the folder must be told. */
const JARS = process.env.POI_JARS ?? "/usr/share/java";
const CLASS_PATH = ["poi", "poi-scratchpad", "commons-codec", "commons-collections4", "commons-math3"]
  .map((name) => path.join(JARS, `${name}.jar`))
  .join(path.delimiter);

/** Deviations of POI 4.0.1. */
const DEVIATIONS: Record<"texts" | "recipients" | "attachments" | "fixed", readonly Deviation[]> = {
  texts: [],
  recipients: [],
  attachments: [],
  fixed: [],
};

/** POI leaves the NUL in a string that a foreign writer has ended with one. */
const plain = (text: string | null): string => (text ?? "").replace(/\0+$/, "");

describe("Apache POI reads what the core writes", function () {
  let found: Found<ReaderFile, Dump>[] = [];

  before(function () {
    this.timeout("10m");
    const script = scriptOf("ReadWithPoi.java");
    const args = ["-cp", CLASS_PATH, script];
    if (firstThatRuns(["java"], args) === undefined) this.skip();
    const files = readerFiles().filter(({ isHuge }) => !isHuge);
    const dumps = jsonLines(output("java", args, `${files.map(({ file }) => file).join("\n")}\n`));
    assert.equal(dumps.length, files.length);
    found = files.map((file, i) => ({ file, dump: dumps[i] as Dump }));
  });

  it("opens them", () => {
    checkFiles(found, (_, dump) => assert.equal(dump.error, undefined));
  });

  it("reads class, subject, list of names and body", () => {
    checkFiles(
      found,
      ({ bytes }, dump) => {
        const { messageClass, subject, displayTo, body } = readingOf(bytes);
        assert.deepEqual(
          {
            messageClass: plain(dump.messageClass),
            subject: plain(dump.subject),
            displayTo: plain(dump.displayTo),
            body: plain(dump.body),
          },
          { messageClass, subject, displayTo, body },
        );
      },
      DEVIATIONS.texts,
    );
  });

  it("reads names and addresses of recipients", () => {
    checkFiles(
      found,
      ({ bytes }, dump) => {
        assert.deepEqual(
          dump.recipients.map(({ name, address }) => ({ name: plain(name), address: plain(address) })),
          readingOf(bytes).recipients.map(({ name, address }) => ({ name, address })),
        );
      },
      DEVIATIONS.recipients,
    );
  });

  it("reads names, bytes and embedded messages of attachments", () => {
    checkFiles(
      found,
      ({ bytes }, dump) => {
        assert.deepEqual(
          dump.attachments.map(({ longName, shortName, hash, embedded }) => ({
            name: plain(longName) || plain(shortName),
            hash: hash ?? undefined,
            embedded: embedded === null ? undefined : plain(embedded),
          })),
          readingOf(bytes).attachments.map(({ fileName, hash, embedded }) => ({
            name: fileName,
            hash,
            embedded,
          })),
        );
      },
      DEVIATIONS.attachments,
    );
  });

  it("reads the values of properties of fixed size", () => {
    checkFiles(
      found,
      ({ bytes }, dump) => {
        const own = fixedValuesOf(bytes);
        assert.ok(dump.fixed.length > 3);
        for (const { id, type, bytes: raw } of dump.fixed) {
          const size = PROPERTY_TYPES.get(type)?.size ?? 0;
          const expected = own.find(({ tag }) => propId(tag) === id && propType(tag) === type);
          assert.equal(raw.slice(0, size * 2), expected?.bytes, `property 0x${id.toString(16)}`);
        }
      },
      DEVIATIONS.fixed,
    );
  });
});
