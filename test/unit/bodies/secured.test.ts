/** Messages whose text is inside their S/MIME attachment: what is signed is read, what is encrypted is not, nothing hangs. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import {
  attachmentProperties,
  bestBody,
  bodiesOfMessage,
  codePage,
  MessageOutline,
  PR_BODY,
  PR_MESSAGE_CLASS,
  securedParts,
} from "../../../src/core";
import { signedContent } from "../../../src/core/text/secured/ber";
import { mimeTexts } from "../../../src/core/text/secured/mime";
import { partNameOf } from "../../../src/core/text/secured/parts";
import { create } from "../session/support/open";
import { bytesOf, corpusMessages, isLinear, latin1 } from "./support";

const join = (...parts: readonly (Uint8Array | number)[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === "number" ? [part] : Array.from(part))));

/** An element with a length of its own, of as many bytes as it takes. */
function element(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  const inside = join(...content);
  const size: number[] = [];
  for (let rest = inside.length; rest > 0; rest >>>= 8) size.unshift(rest & 0xff);
  const length = inside.length < 0x80 ? [inside.length] : [0x80 | size.length, ...size];
  return join(tag, ...length, inside);
}

/** The same with an end in place of a length. */
const indefinite = (tag: number, ...content: readonly Uint8Array[]): Uint8Array =>
  join(tag, 0x80, ...content, 0, 0);

type Write = (tag: number, ...content: readonly Uint8Array[]) => Uint8Array;

const SIGNED = Uint8Array.of(0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 2);
const DATA = Uint8Array.of(0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 1);
const ENVELOPED = Uint8Array.of(0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 3);
const VERSION = Uint8Array.of(2, 1, 1);
const DIGESTS = Uint8Array.of(0x31, 0);

const signedBy = (write: Write, octets: Uint8Array, type = SIGNED): Uint8Array =>
  write(0x30, type, write(0xa0, write(0x30, VERSION, DIGESTS, write(0x30, DATA, write(0xa0, octets)))));

const ENTITY = [
  'Content-Type: multipart/mixed;\r\n\tboundary="--outer"',
  "",
  "a preamble that nobody sees",
  "----outer",
  'Content-Type: multipart/alternative; boundary=inner; x="a;b"',
  "",
  "--inner",
  "Content-Type: text/plain; charset=iso-8859-2",
  "Content-Transfer-Encoding: Quoted-Printable",
  "",
  "=AElu=BBou=E8k=FD k=F9=F2 =",
  "and the same line",
  "--innermost is no boundary",
  "--inner",
  'Content-Type: text/html; charset="windows-1251"',
  "Content-Transfer-Encoding: base64",
  "",
  Buffer.from("<p>\xcf\xf0\xe8\xe2\xe5\xf2</p>", "latin1").toString("base64").slice(0, 8),
  Buffer.from("<p>\xcf\xf0\xe8\xe2\xe5\xf2</p>", "latin1").toString("base64").slice(8),
  "--inner--",
  "----outer",
  "Content-Type: text/plain; name=notes.txt",
  "Content-Disposition: attachment; filename=notes.txt",
  "",
  "not the text",
  "----outer",
  "Content-Type: application/pkcs7-signature",
  "",
  "x",
  "----outer--",
  "an epilogue",
].join("\r\n");

/** A message of a class with one attachment. */
function messageWith(
  messageClass: string,
  data: Uint8Array,
  ...others: readonly Uint8Array[]
): MessageOutline {
  const { message } = create();
  const outline = new MessageOutline(message);
  outline.setProperty("", PR_MESSAGE_CLASS, messageClass);
  for (const bytes of [data, ...others]) {
    outline.addAttachment("", attachmentProperties({ fileName: "smime.p7m", bytes }));
  }
  return outline;
}

describe("bodies: inside S/MIME", () => {
  it("finds what is signed, with lengths, with ends, and in parts", () => {
    const text = bytesOf(ENTITY);
    const [one, two, three] = [text.subarray(0, 7), text.subarray(7, 500), text.subarray(500)];
    const parts = indefinite(0x24, element(4, one), element(0x24, element(4, two)), element(4, three));
    for (const [what, bytes] of Object.entries({
      lengths: signedBy(element, element(4, text)),
      ends: signedBy(indefinite, element(4, text)),
      "ends and parts": signedBy(indefinite, parts),
      "lengths and parts": signedBy(
        element,
        element(0x24, element(4, one), element(4, two), element(4, three)),
      ),
    })) {
      assert.equal(latin1(signedContent(bytes) ?? new Uint8Array()), ENTITY, what);
    }
    assert.equal(signedContent(signedBy(element, element(4, text), ENVELOPED)), undefined);
    assert.equal(signedContent(signedBy(element, element(0x0c, text))), undefined);
    assert.equal(signedContent(element(0x30, SIGNED)), undefined);
    assert.equal(signedContent(new Uint8Array()), undefined);
  });

  it("reads HTML and text with their charsets, in the clear and not", () => {
    for (const [messageClass, data] of [
      ["IPM.Note.SMIME", signedBy(indefinite, element(4, bytesOf(ENTITY)))],
      ["IPM.Note.SMIME.MultipartSigned", bytesOf(ENTITY)],
    ] as const) {
      const bodies = bodiesOfMessage(messageWith(messageClass, data), "");
      const best = bestBody(bodies);
      assert.equal(best?.rule, "secured");
      assert.deepEqual(
        bodies.forms.map(({ source, html, text, codePage: page, codePageRule }) => ({
          source,
          html,
          text,
          page,
          codePageRule,
        })),
        [
          {
            source: "HTML inside S/MIME",
            html: "<p>Привет</p>",
            text: "Привет",
            page: 1251,
            codePageRule: "mimeCharset",
          },
          {
            source: "text inside S/MIME",
            html: undefined,
            text: "Žluťoučký kůň and the same line\r\n--innermost is no boundary",
            page: 28592,
            codePageRule: "mimeCharset",
          },
        ].map((form) => ({
          ...form,
          text: form.source.startsWith("HTML") ? bodies.forms[0]?.text : form.text,
        })),
      );
      assert.match(bodies.forms[0]?.text ?? "", /^Привет\s*$/);
      assert.deepEqual(best.form.problems, []);
      const parts = securedParts(messageWith(messageClass, data), "").map(({ bytes, ...more }) => ({
        ...more,
        text: latin1(bytes()),
      }));
      assert.deepEqual(parts, [
        { name: "notes.txt", type: "text/plain", contentId: "", size: 12, text: "not the text" },
      ]);
      const chosen = codePage(1252);
      assert.ok(chosen);
      const other = bodiesOfMessage(messageWith(messageClass, data), "", { codePage: chosen });
      assert.equal(other.forms[0]?.html, "<p>Ïðèâåò</p>");
      assert.equal(other.forms[0].codePageRule, "override");
    }
  });

  it("names parts as their senders did: plainly, in encoded words, with a charset, in pieces", () => {
    const named = (...fields: readonly string[]): string | undefined => {
      const header = ["Content-Type: application/pdf", ...fields].join("\r\n");
      return mimeTexts(bytesOf(`${header}\r\n\r\nx`)).others.map(partNameOf)[0];
    };
    const inDisposition = (parameter: string): string | undefined =>
      named(`Content-Disposition: attachment; ${parameter}`);
    assert.equal(named(), "");
    assert.equal(inDisposition('filename="a \\"b\\".pdf"'), 'a "b".pdf');
    assert.equal(inDisposition("filename*=UTF-8'de'%C3%9Cbung%20'1'.pdf"), "Übung '1'.pdf");
    assert.equal(inDisposition("filename*0*=iso-8859-1''%DCb; filename*1=ung; filename*2=.pdf"), "Übung.pdf");
    assert.equal(inDisposition('filename="=?utf-8?B?w5xi?= =?utf-8?Q?ung=2Epdf?="'), "Übung.pdf");
    assert.equal(inDisposition('filename="=?no-charset?B?*?="'), "=?no-charset?B?*?=");
    const endless = "%41".repeat(300_000);
    for (const charset of ["utf-8", "x-nobody"]) {
      assert.equal(inDisposition(`filename*=${charset}''${endless}`), "A".repeat(1024));
    }
    assert.equal(named("Content-Disposition: inline", "Content-Id: <p@q>"), "");
    const [picture] = mimeTexts(
      bytesOf(
        "Content-Type: image/png; name=p.png\r\nContent-ID: <p@q>\r\nContent-Transfer-Encoding: base64\r\n\r\nAAEC\r\nAw==",
      ),
    ).others;
    assert.deepEqual(
      [picture && partNameOf(picture), picture?.contentId, picture?.size, Array.from(picture?.bytes() ?? [])],
      ["p.png", "p@q", 4, [0, 1, 2, 3]],
    );
  });

  it("reads no other message so: not one with a text, with more attachments, of another class, or encrypted", () => {
    const data = bytesOf(ENTITY);
    const forms = (outline: MessageOutline): string[] =>
      bodiesOfMessage(outline, "").forms.map(({ source }) => source);
    const withText = messageWith("IPM.Note.SMIME", data);
    withText.setProperty("", PR_BODY, "stored");
    assert.deepEqual(forms(withText), ["PR_BODY"]);
    assert.deepEqual(forms(messageWith("IPM.Note.SMIME", data, data)), []);
    assert.deepEqual(forms(messageWith("IPM.Note", data)), []);
    assert.deepEqual(
      forms(messageWith("IPM.Note.SMIME", signedBy(element, element(4, data), ENVELOPED))),
      [],
    );
    const deleted = messageWith("IPM.Note.SMIME", data);
    const [attachment] = deleted.message("").attachments;
    deleted.deleteObject(attachment?.address ?? "");
    assert.deepEqual(forms(deleted), []);
  });

  it("takes any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        signedContent(join(0x30, 0x80, SIGNED, bytes));
        mimeTexts(bytes);
        mimeTexts(
          join(bytesOf('Content-Type: multipart/x; boundary="b"\n\n--b\n'), bytes, bytesOf("\n--b\n"), bytes),
        );
      }),
    );
    const whole = signedBy(indefinite, indefinite(0x24, element(4, bytesOf(ENTITY))));
    for (let length = 0; length < whole.length; length++) signedContent(whole.subarray(0, length));
    for (let at = 0; at < 120; at++) {
      for (const value of [0, 0x80, 0xff])
        signedContent(Uint8Array.from(whole, (byte, i) => (i === at ? value : byte)));
    }
  });

  it("takes time in step with the size: nested, in parts, with boundaries everywhere", () => {
    const nested = (size: number): (() => void) => {
      const bytes = new Uint8Array(size).fill(0x30).map((_, i) => (i % 2 === 0 ? 0x24 : 0x80));
      return () => signedContent(signedBy(indefinite, bytes));
    };
    const boundaries = (size: number): (() => void) => {
      const bytes = bytesOf(`Content-Type: multipart/mixed; boundary=b\n\n${"--b\n=\n".repeat(size)}`);
      return () => mimeTexts(bytes);
    };
    assert.ok(isLinear(nested, 20_000), "nested");
    assert.ok(isLinear(boundaries, 10_000), "boundaries");
  });

  it("reads the signed messages of the corpus that store no text of their own", function () {
    const messages = corpusMessages();
    if (messages.length === 0) this.skip();
    const found = messages.flatMap(({ name, outline, address }) => {
      const best = bestBody(bodiesOfMessage(outline, address));
      return best?.rule === "secured" ? [{ name, text: best.form.text }] : [];
    });
    const opaque = found.find(({ name }) => name.includes("SMIME (signed and clear text)"));
    assert.match(opaque?.text ?? "", /\p{L}{3}/u);
    assert.ok(found.every(({ text }) => !text.includes("\ufffd")));
  });
});
