/** msgconvert (Email::Outlook::Message, Perl) makes mails of what the core writes; Python's email package reads them. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { before, describe, it } from "mocha";
import { checkFiles, type Deviation, type Found } from "./checks";
import { NEW_ATTACHMENT, NEW_RECIPIENT, NEW_SUBJECT, readerFiles, type ReaderFile } from "./files";
import { firstThatRuns, jsonLines, output, scriptOf } from "./programs";
import { type Reading, readingOf, type Recipient, sha256 } from "./reading";

interface Mail {
  readonly error?: string;
  readonly subject: string;
  /** Header fields, decoded. */
  readonly from: string;
  readonly to: string;
  readonly cc: string;
  readonly body: string;
  readonly attachments: readonly {
    readonly name: string;
    readonly hash: string | null;
    readonly embedded: string | null;
  }[];
}

/** Files that Email::Outlook::Message 0.921 does not convert at all. */
const NOT_CONVERTED: readonly Deviation[] = [
  {
    files: /(contactAnsi|nonUnicodeCP932|voteNo|voteYes)\.msg$/,
    reason:
      "Perl has no encoding CP50220, the way this reader names the PR_INTERNET_CPID of these 8-bit files.",
  },
];

/** What it reads otherwise than it is. */
const DEVIATIONS: Record<"sender" | "attachments", readonly Deviation[]> = {
  sender: [
    {
      files: /issue127_test\.msg$/,
      reason: "The sender's name in the file is itself an encoded word; in a header it is decoded once more.",
    },
  ],
  attachments: [
    {
      files: /^aspose\/MSG file with RTF Formatting\.msg$/,
      reason: "The reader makes a file of its own of an OLE object's storage.",
    },
    {
      files: /^simple-java-mail\/(#486 TestInvalidSigned|#572 Nullpointer|S_MIME test message signed\.msg)/,
      reason:
        "A MIME entity of type multipart/signed goes into the mail as it is, where it is not the same bytes any more.",
    },
  ],
};

const LATIN_1 = 28591;

/**
 * What the core reads, as far as this reader can read it too: it takes the bytes of 8-bit strings for the characters of
 * their numbers, whatever code page the message names.
 */
const inLatin1 = (bytes: Uint8Array): Reading => readingOf(bytes, LATIN_1);

/** The same for what is in headers: where a message has those it came with, these count. */
function headersExpected(bytes: Uint8Array): Reading {
  const reading = inLatin1(bytes);
  return reading.hasHeaders ? readingOf(bytes) : reading;
}

const mailbox = ({ name, address }: { name: string; address: string }): string =>
  [name, ...(address === "" ? [] : [`<${address}>`])].join(" ").trim();

/** A list of names the way this reader writes it: each with the address of the first recipient of that name. */
function addressList(names: string, recipients: readonly Recipient[]): string {
  return names
    .split(/; */)
    .map((name) => {
      const user = recipients.find((recipient) => recipient.name === name);
      if (!user) return name;
      return `${name} <${user.smtp ?? (user.addressType === "SMTP" ? user.address : "")}>`;
    })
    .join(", ");
}

/** Mails end lines with one character here. */
const lineEnds = (text: string): string => text.replace(/\r\n?/g, "\n").trimEnd();

describe("msgconvert reads what the core writes", function () {
  let found: Found<ReaderFile, Mail>[] = [];

  before(function () {
    this.timeout("15m");
    const module = firstThatRuns(["perl"], ["-MEmail::Outlook::Message", "-e", "1"]);
    const python = firstThatRuns(["python3", "python"], ["-c", "import email.policy"]);
    if (module === undefined || python === undefined) this.skip();
    const files = readerFiles().filter(({ isHuge }) => !isHuge);
    const failures = new Map(
      files.map(({ file }) => {
        const result = spawnSync("msgconvert", ["--outfile", `${file}.eml`, file]);
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

  const converted = (): Found<ReaderFile, Mail>[] => found.filter(({ dump }) => dump.error === undefined);

  it("converts them", () => {
    checkFiles(found, (_, mail) => assert.equal(mail.error, undefined), NOT_CONVERTED);
  });

  it("finds the subject", () => {
    checkFiles(converted(), ({ bytes }, mail) =>
      assert.equal(mail.subject.trim(), headersExpected(bytes).subject.trim()),
    );
  });

  it("finds the sender", () => {
    checkFiles(
      converted(),
      ({ bytes }, mail) => assert.equal(mail.from, mailbox(headersExpected(bytes).sender)),
      DEVIATIONS.sender,
    );
  });

  it("finds the recipients, To and Cc", () => {
    checkFiles(converted(), ({ bytes }, mail) => {
      const { displayTo, displayCc, recipients } = headersExpected(bytes);
      assert.equal(mail.to, addressList(displayTo, recipients));
      assert.equal(mail.cc, addressList(displayCc, recipients));
    });
  });

  it("finds the text", () => {
    checkFiles(converted(), ({ bytes }, mail) =>
      assert.equal(lineEnds(mail.body), lineEnds(inLatin1(bytes).body)),
    );
  });

  it("finds the attachments", () => {
    checkFiles(
      converted(),
      ({ bytes }, mail) => {
        assert.deepEqual(
          mail.attachments.map(({ name, hash, embedded }) => ({
            name,
            hash: hash ?? undefined,
            embedded: embedded ?? undefined,
          })),
          inLatin1(bytes).attachments.map(({ fileName, hash, embedded }) => ({
            name: fileName,
            hash,
            embedded,
          })),
        );
      },
      DEVIATIONS.attachments,
    );
  });

  it("finds what was edited", () => {
    checkFiles(
      converted().filter(({ file }) => file.isEdited),
      (_, mail) => {
        assert.equal(mail.subject, NEW_SUBJECT);
        assert.ok(mail.to.endsWith(mailbox(NEW_RECIPIENT)), mail.to);
        const { name, hash } = mail.attachments.at(-1) ?? {};
        assert.deepEqual(
          { name, hash },
          { name: NEW_ATTACHMENT.fileName, hash: sha256(NEW_ATTACHMENT.bytes) },
        );
      },
    );
  });
});
