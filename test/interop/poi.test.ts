/** Apache POI (Java, HSMF) reads what the core writes: texts, recipients, attachments, embedded messages, fixed values. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";
import { before, describe, it } from "mocha";
import { propId, PROPERTY_TYPES, propType, PT_CLSID } from "../../src/core";
import { checkFiles, type Deviation, type Found } from "./checks";
import {
  NEW_ATTACHMENT,
  NEW_INNER_SUBJECT,
  NEW_RECIPIENT,
  NEW_SUBJECT,
  readerFiles,
  type ReaderFile,
} from "./files";
import { firstThatRuns, jsonLines, output, scriptOf } from "./programs";
import { fixedValuesOf, readingOf, sha256, tagsOf } from "./reading";

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
const DEVIATIONS: Record<"texts" | "attachments", readonly Deviation[]> = {
  texts: [
    {
      files: /nonUnicodeCP932/,
      reason: "POI decodes an 8-bit body with PR_INTERNET_CPID, here 50220; it is in the locale's page, 932.",
    },
  ],
  attachments: [
    {
      files: /^Japanese, 8-bit/,
      reason:
        "POI uses the message's code page for the message and its recipients, and 1252 for attachments.",
    },
  ],
};

/**
 * POI takes the value of a GUID property to lie in the property stream, 16 bytes long; it lies in a stream of its own
 * ([MS-OXMSG] 2.1.3), and all entries behind it are read 8 bytes too late. Its fixed values are compared where there is
 * no GUID.
 */
const hasGuid = ({ bytes }: ReaderFile): boolean => tagsOf(bytes).some((tag) => propType(tag) === PT_CLSID);

/** POI leaves the NUL in a string that a foreign writer has ended with one. */
const plain = (text: string | null): string => (text ?? "").replace(/\0+$/, "");

describe("Apache POI reads what the core writes", function () {
  let found: Found<ReaderFile, Dump>[] = [];

  before(function () {
    this.timeout("10m");
    const java = firstThatRuns(["java"], ["-version"]);
    if (java === undefined || !CLASS_PATH.split(path.delimiter).every((jar) => existsSync(jar))) this.skip();
    const args = ["-cp", CLASS_PATH, scriptOf("ReadWithPoi.java")];
    const files = readerFiles().filter(({ isHuge }) => !isHuge);
    const dumps = jsonLines(output(java, args, `${files.map(({ file }) => file).join("\n")}\n`));
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
    checkFiles(found, ({ bytes }, dump) => {
      assert.deepEqual(
        dump.recipients.map(({ name, address }) => ({ name: plain(name), address: plain(address) })),
        readingOf(bytes).recipients.map(({ name, address }) => ({ name, address })),
      );
    });
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

  it("reads what was edited", () => {
    checkFiles(
      found.filter(({ file }) => file.isEdited),
      (_, dump) => {
        assert.equal(dump.subject, NEW_SUBJECT);
        assert.deepEqual(dump.recipients.at(-1), NEW_RECIPIENT);
        const { longName, hash } = dump.attachments.at(-1) ?? {};
        assert.deepEqual(
          { longName, hash },
          { longName: NEW_ATTACHMENT.fileName, hash: sha256(NEW_ATTACHMENT.bytes) },
        );
        for (const { embedded } of dump.attachments)
          assert.ok(embedded === null || embedded === NEW_INNER_SUBJECT);
      },
    );
  });

  it("reads the values of properties of fixed size", () => {
    checkFiles(
      found.filter(({ file }) => !hasGuid(file)),
      ({ bytes }, dump) => {
        const own = fixedValuesOf(bytes);
        assert.ok(dump.fixed.length > 3);
        for (const { id, type, bytes: raw } of dump.fixed) {
          const size = PROPERTY_TYPES.get(type)?.size ?? 0;
          const expected = own.find(({ tag }) => propId(tag) === id && propType(tag) === type);
          assert.equal(raw.slice(0, size * 2), expected?.bytes, `property 0x${id.toString(16)}`);
        }
      },
    );
  });
});
