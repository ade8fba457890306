/** Properties in the forms that people take them away in. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  COPY_FORMATS,
  copyProperties,
  type CopyFormat,
  createPropertyDictionary,
  csvCell,
  MAPI_CREATE,
  MessageOutline,
  parsePropertyTables,
  propTag,
  PT_BINARY,
  PT_LONG,
  PT_MV_UNICODE,
  PT_SYSTIME,
  PT_UNICODE,
} from "../../../src/core";
import * as protocol from "../../../src/protocol/export";
import tables from "../../../src/core/mapi/tables/dictionary.json";
import { corpusFiles } from "../session/support/corpus";
import { create, set } from "../session/support/open";
import { outlineOf } from "../../support/mail";

const dictionary = createPropertyDictionary(parsePropertyTables(tables));
const SUBJECT = 0x0037001f;

function outline(...values: [tag: number, value: unknown][]): MessageOutline {
  const { message } = create();
  set(message, ...values);
  return new MessageOutline(message);
}

const copy = (from: MessageOutline, format: CopyFormat, ...tags: number[]): string =>
  copyProperties(from, dictionary, "", tags, format);

describe("export: forms of properties", () => {
  it("are the same in the protocol and in the core", () => {
    assert.deepEqual([...protocol.COPY_FORMATS], [...COPY_FORMATS]);
  });

  it("gives name, tag and value, a line for each property", () => {
    const mail = outline([SUBJECT, "Hello"], [0x00170003, 2]);
    assert.equal(copy(mail, "name", SUBJECT, 0x00170003), "PidTagSubject\nPidTagImportance");
    assert.equal(copy(mail, "tag", SUBJECT), "0x0037001F");
    assert.equal(copy(mail, "value", SUBJECT, 0x00170003), "Hello\n2");
    assert.equal(copy(mail, "text", 0x00170003), "PidTagImportance 00170003 PT_LONG: 2 IMPORTANCE_HIGH");
  });

  it("gives JSON: one property an object, several a list", () => {
    const mail = outline([SUBJECT, "Hello"], [0x00170003, 2]);
    assert.deepEqual(JSON.parse(copy(mail, "json", SUBJECT)), {
      tag: "0037001F",
      name: "PidTagSubject",
      type: "PT_UNICODE",
      flags: 6,
      value: "Hello",
    });
    assert.equal((JSON.parse(copy(mail, "json", SUBJECT, 0x00170003)) as unknown[]).length, 2);
  });

  it("quotes cells of CSV and lets none of them run as a formula", () => {
    assert.equal(csvCell("plain"), "plain");
    assert.equal(csvCell('a "b", c'), '"a ""b"", c"');
    assert.equal(csvCell("two\nlines"), '"two\nlines"');
    for (const text of ["=1+1", "+cmd", "-x", "@SUM(A1)", "\t=1", "\r=1", "|calc"])
      assert.match(csvCell(text), /^"?'/, JSON.stringify(text));
    for (const text of ["-5", "+1", "-1.5e+10", "12"]) assert.equal(csvCell(text), text);
    const rows = copy(outline([SUBJECT, '=HYPERLINK("x")']), "csv", SUBJECT).split("\r\n");
    assert.equal(rows[0], "Name,MAPI name,Tag,Type,Named property,Flags,Value");
    assert.equal(rows[1], `PidTagSubject,PR_SUBJECT,0037001F,PT_UNICODE,,6,"'=HYPERLINK(""x"")"`);
  });

  it("gives constants of C++", () => {
    const text = copy(
      outline([SUBJECT, 'a"\\é\u0001😀??='], [0x00710102, Uint8Array.of(1, 255)]),
      "cpp",
      SUBJECT,
      0x00710102,
    );
    assert.equal(
      text,
      [
        "#define PR_SUBJECT PROP_TAG(PT_UNICODE, 0x0037)",
        "SPropValue subject = {};",
        "subject.ulPropTag = PR_SUBJECT;",
        'subject.Value.lpszW = const_cast<LPWSTR>(L"a\\"\\\\\\u00E9\\001\\U0001F600\\?\\?=");',
        "",
        "#define PR_CONVERSATION_INDEX PROP_TAG(PT_BINARY, 0x0071)",
        "BYTE conversationIndexBytes[] = { 0x01, 0xFF };",
        "SPropValue conversationIndex = {};",
        "conversationIndex.ulPropTag = PR_CONVERSATION_INDEX;",
        "conversationIndex.Value.bin = { sizeof(conversationIndexBytes), conversationIndexBytes };",
        "",
      ].join("\n"),
    );
  });

  it("gives constants of C#", () => {
    const text = copy(
      outline([SUBJECT, "Grüße\n"], [propTag(PT_SYSTIME, 0x0039), 134117966450000001n]),
      "csharp",
      SUBJECT,
      propTag(PT_SYSTIME, 0x0039),
    );
    assert.equal(
      text,
      [
        "public const uint PR_SUBJECT = 0x0037001F; // PT_UNICODE",
        'public static readonly string SubjectValue = "Grüße\\n";',
        "",
        "public const uint PR_CLIENT_SUBMIT_TIME = 0x00390040; // PT_SYSTIME",
        "public static readonly DateTime ClientSubmitTimeValue = DateTime.FromFileTimeUtc(134117966450000001L);",
        "",
      ].join("\n"),
    );
  });

  it("names named properties by set and key", () => {
    const { message } = create();
    const [byId = 0, byName = 0] = message.getIDsFromNames(
      [
        { guid: "{00062008-0000-0000-C000-000000000046}", id: 0x8501 },
        { guid: "{00020329-0000-0000-C000-000000000046}", name: "*/ evil\n#include" },
      ],
      MAPI_CREATE,
    );
    const [delta, evil] = [propTag(PT_LONG, byId >>> 16), propTag(PT_MV_UNICODE, byName >>> 16)];
    set(message, [delta, 15], [evil, ["a", "b"]]);
    const named = new MessageOutline(message);
    assert.match(
      copy(named, "cpp", delta),
      /MAPINAMEID \w+ = \{ &\w+_Set, MNID_ID, \{ \.lID = 0x8501 \} \};/,
    );
    assert.match(copy(named, "csharp", delta), /public const int \w+ = 0x8501;/);
    // What the mail calls a property ends no comment and begins no line.
    for (const format of ["cpp", "csharp"] as const)
      for (const line of copy(named, format, evil).split("\n")) assert.doesNotMatch(line, /^\s*#include/);
    assert.match(copy(named, "csharp", evil), /string\[\] \w+Value = \{ "a", "b" \};/);
  });

  it("leaves out tags that are not there, and writes long values as a comment", () => {
    const mail = outline([SUBJECT, "x".repeat(5000)], [propTag(PT_BINARY, 0x6801), new Uint8Array(5000)]);
    assert.equal(copy(mail, "name", propTag(PT_UNICODE, 0x1234), SUBJECT), "PidTagSubject");
    assert.match(copy(mail, "cpp", SUBJECT), /^#define .*\n\/\/ "x{199}\n$/);
    assert.match(copy(mail, "csharp", propTag(PT_BINARY, 0x6801)), /\/\/ 5000 bytes: 00 00/);
  });

  it("gives every property of the corpus in every form", function () {
    const files = corpusFiles();
    if (files.length === 0) this.skip();
    this.timeout(60_000);
    for (const { name, read } of files) {
      const from = outlineOf(read());
      const tags = from.properties("").map(({ tag }) => tag);
      for (const format of COPY_FORMATS)
        assert.notEqual(copy(from, format, ...tags), "", `${name} ${format}`);
    }
  });
});
