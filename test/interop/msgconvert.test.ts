/** msgconvert (Email::Outlook::Message, Perl) makes mails of what the core writes; Python's email package reads them. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { before, describe, it } from "mocha";
import { checkFiles, type Deviation, type Found } from "./checks";
import { NEW_ATTACHMENT, NEW_RECIPIENT, NEW_SUBJECT, readerFiles, type ReaderFile } from "./files";
import { firstThatRuns, jsonLines, output, scriptOf } from "./programs";
import { readingOf, sha256 } from "./reading";

interface MailUser {
  readonly name: string;
  readonly address: string;
}

interface Mail {
  readonly error?: string;
  readonly subject: string;
  readonly from: readonly MailUser[];
  readonly to: readonly MailUser[];
  readonly cc: readonly MailUser[];
  readonly body: string;
  readonly attachments: readonly {
    readonly name: string;
    readonly hash: string | null;
    readonly embedded: string | null;
  }[];
}

/** Deviations of Email::Outlook::Message 0.921. */
const DEVIATIONS: Record<"convert" | "subject" | "people" | "body" | "attachments", readonly Deviation[]> = {
  convert: [],
  subject: [],
  people: [],
  body: [],
  attachments: [],
};

/** Mails end lines with one character here. */
const lineEnds = (text: string): string => text.replace(/\r\n?/g, "\n").trimEnd();

describe("msgconvert reads what the core writes", function () {
  let found: Found<ReaderFile, Mail>[] = [];

  before(function () {
    this.timeout("15m");
    const msgconvert = firstThatRuns(["msgconvert"], ["--help"]);
    const python = firstThatRuns(["python3", "python"], ["-c", "import email.policy"]);
    if (msgconvert === undefined || python === undefined) this.skip();
    const files = readerFiles().filter(({ isHuge }) => !isHuge);
    const failures = new Map(
      files.map(({ file }) => {
        const result = spawnSync(msgconvert, ["--outfile", `${file}.eml`, file]);
        return [file, result.status === 0 ? undefined : result.stderr.toString().slice(-500)];
      }),
    );
    const mails = jsonLines(
      output(python, [scriptOf("readMails.py")], files.map(({ file }) => `${file}.eml`).join("\n")),
    );
    assert.equal(mails.length, files.length);
    found = files.map((file, i) => {
      const error = failures.get(file.file);
      const mail = mails[i] as Mail;
      return { file, dump: error === undefined ? mail : { ...mail, error } };
    });
  });

  it("converts them", () => {
    checkFiles(found, (_, mail) => assert.equal(mail.error, undefined), DEVIATIONS.convert);
  });

  it("finds the subject", () => {
    checkFiles(
      found,
      ({ bytes }, mail) => assert.equal(mail.subject.trim(), readingOf(bytes).subject.trim()),
      DEVIATIONS.subject,
    );
  });
});
