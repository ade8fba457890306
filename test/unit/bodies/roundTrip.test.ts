/** The body edited in every form, saved and undone: all forms say the same, and after the undo every byte is back. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  applyBodies,
  bestBody,
  bodiesOf,
  bodySourceOfOutline,
  type BodySource,
  type BodyUpdate,
  compressRtf,
  encapsulateHtml,
  encapsulateText,
  KEEP_OPEN_READWRITE,
  MessageOutline,
  PR_BODY,
  PR_HTML,
  PR_INTERNET_CPID,
  PR_MSG_EDITOR_FORMAT,
  PR_NATIVE_BODY_INFO,
  PR_RTF_COMPRESSED,
  PR_RTF_IN_SYNC,
  PR_RTF_SYNC_BODY_CRC,
  PR_SUBJECT,
  type PropValue,
  syncBodies,
  syncRtf,
  trySave,
} from "../../../src/core";
import { checkMsg, newFindings } from "../session/support/checkMsg";
import { corpusFiles } from "../session/support/corpus";
import { contentsOf, create, differences, isMapiError, open } from "../session/support/open";
import { bytesOf } from "./support";

const NEW_WORDS = "Changed words, and ünd";
const NEW_HTML = "<html><body><p>Changed <b>words</b>, and &uuml;nd</p></body></html>";
const NEW_RTF = String.raw`{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}}\f0 Changed {\b words}, and \'fcnd\par}`;

/** An edit in each form: as a person makes it in the composer or in the file of the form. */
const EDITS: Readonly<Record<string, (current: BodySource) => BodyUpdate>> = {
  text: (current) => syncBodies({ kind: "text", content: NEW_WORDS }, current),
  HTML: (current) => syncBodies({ kind: "html", content: NEW_HTML }, current),
  "plain RTF": (current) => syncRtf(bytesOf(NEW_RTF), current),
  "RTF that holds HTML": (current) => syncRtf(encapsulateHtml(NEW_HTML), current),
  "RTF that holds text": (current) => syncRtf(encapsulateText(NEW_WORDS), current),
};

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const OLD_HTML = "<html><body><p>Old <i>words</i></p></body></html>";
const OLD_RTF = bytesOf(String.raw`{\rtf1\ansi\deff0{\fonttbl{\f0 Arial;}}\f0 Old {\i words}\par}`);

const html = { tag: PR_HTML, value: utf8(OLD_HTML) };
const utf8Page = { tag: PR_INTERNET_CPID, value: 65001 };
const text = { tag: PR_BODY, value: "Old words" };
const rtf = { tag: PR_RTF_COMPRESSED, value: compressRtf(OLD_RTF) };
const native = (value: number): PropValue => ({ tag: PR_NATIVE_BODY_INFO, value });

/** Messages in every form a body can be stored in. */
const STORED: Readonly<Record<string, readonly PropValue[]>> = {
  nothing: [],
  text: [text, native(1)],
  HTML: [html, utf8Page],
  "HTML in another code page, and text": [
    text,
    { tag: PR_HTML, value: bytesOf("<p>Old w\u00f6rds</p>") },
    { tag: PR_INTERNET_CPID, value: 1252 },
    { tag: PR_MSG_EDITOR_FORMAT, value: 2 },
  ],
  "plain RTF": [rtf, native(2), { tag: PR_MSG_EDITOR_FORMAT, value: 3 }],
  "RTF not compressed, with its text": [
    text,
    { tag: PR_RTF_COMPRESSED, value: OLD_RTF },
    { tag: PR_RTF_SYNC_BODY_CRC, value: 7 },
  ],
  "RTF that holds HTML, and all others": [
    text,
    html,
    utf8Page,
    { tag: PR_RTF_COMPRESSED, value: compressRtf(encapsulateHtml(OLD_HTML)) },
    { tag: PR_RTF_IN_SYNC, value: true },
    native(3),
  ],
  "RTF that holds text": [
    { tag: PR_RTF_COMPRESSED, value: compressRtf(encapsulateText("Old words")) },
    { tag: PR_RTF_IN_SYNC, value: true },
  ],
  "RTF that is broken": [text, { tag: PR_RTF_COMPRESSED, value: Uint8Array.of(1, 2, 3) }],
};

function fileWith(properties: readonly PropValue[], unicode: boolean): Uint8Array {
  const { storage, message } = create(unicode ? {} : { flags: 0, codePage: 1252 });
  assert.deepEqual(message.setProps([{ tag: PR_SUBJECT, value: "Words" }, ...properties]), []);
  message.saveChanges();
  return Uint8Array.from(storage.toBytes());
}

const words = (shown: string): string => shown.replace(/\s+/g, " ").trim();

/** Every form says what was written, and nothing is wrong with any. */
function checkForms(outline: MessageOutline, what: string): void {
  const bodies = bodiesOf(bodySourceOfOutline(outline, ""));
  assert.ok(bestBody(bodies), what);
  for (const form of bodies.forms) {
    assert.equal(words(form.text), NEW_WORDS, `${what}: ${form.source}`);
    assert.deepEqual(form.problems, [], `${what}: ${form.source}`);
  }
}

/**
 * Edits, undoes and saves; then edits, saves, undoes and saves again: before the first save the file is the same byte for
 * byte, after it every stream and storage is.
 */
function editAndUndo(
  bytes: Uint8Array,
  edit: (current: BodySource) => BodyUpdate,
  check: (outline: MessageOutline, when: string) => void,
  what: string,
): void {
  const { storage, message } = open(bytes);
  const outline = new MessageOutline(message);
  const before = outline.snapshot();
  const original = contentsOf(storage);
  const change = (): void => {
    applyBodies(outline, "", edit(bodySourceOfOutline(outline, "")));
  };
  change();
  check(outline, `${what}: edited`);
  outline.restore(before);
  assert.equal(outline.changeCount(), 0, what);
  message.saveChanges(KEEP_OPEN_READWRITE);
  assert.ok(Buffer.from(storage.toBytes()).equals(bytes), `${what}: the bytes after undo`);

  change();
  const edited = trySave(message, storage).storage;
  const saved = edited.toBytes();
  assert.deepEqual(newFindings(checkMsg(bytes), checkMsg(saved)), [], what);
  const reread = open(saved).message;
  check(new MessageOutline(reread), `${what}: saved and read again`);
  reread.release();
  outline.restore(before);
  const undone = trySave(message, edited).storage;
  assert.deepEqual(differences(original, contentsOf(undone)), [], `${what}: undone after a save`);
  message.release();
}

describe("bodies: edited and undone", function () {
  this.timeout(240_000);

  for (const [form, edit] of Object.entries(EDITS)) {
    it(`as ${form}: all forms say the same, and an undo brings every byte back, whatever was stored`, () => {
      for (const [stored, properties] of Object.entries(STORED)) {
        for (const unicode of [true, false]) {
          const what = `${stored}${unicode ? "" : ", 8-bit"}, edited as ${form}`;
          editAndUndo(fileWith(properties, unicode), edit, checkForms, what);
        }
      }
    });
  }

  it("in the messages of the corpus, each in another form: the same holds", function () {
    const files = corpusFiles();
    if (files.length === 0) this.skip();
    const edits = Object.entries(EDITS);
    for (const [i, { name, read }] of files.entries()) {
      const [form, edit] = edits[i % edits.length]!;
      const bytes = read();
      let opened;
      try {
        opened = open(bytes);
      } catch (error) {
        // Damaged files are opened with a recovery alone, and that is no undo to the damage.
        assert.ok(
          isMapiError("STG_E_DOCFILECORRUPT")(error) || isMapiError("MAPI_E_CORRUPT_DATA")(error),
          name,
        );
        continue;
      }
      const { unicode, codePage } = new MessageOutline(opened.message).message("");
      const isWhole = unicode || codePage.encode(NEW_WORDS).missing.length === 0;
      editAndUndo(bytes, edit, isWhole ? checkForms : () => undefined, `${name}, edited as ${form}`);
      opened.message.release();
    }
  });

  it("emptied: no form is left, and an undo brings every byte back", () => {
    for (const [stored, properties] of Object.entries(STORED)) {
      const empty = (outline: MessageOutline, when: string): void => {
        assert.deepEqual(bodiesOf(bodySourceOfOutline(outline, "")).forms, [], when);
      };
      editAndUndo(
        fileWith(properties, true),
        (current) => syncBodies({ kind: "html", content: "" }, current),
        empty,
        stored,
      );
    }
  });

  it("as RTF in an 8-bit message says which characters its text cannot hold, and keeps them in the RTF", () => {
    const { message } = open(fileWith(STORED["plain RTF"] ?? [], false));
    const outline = new MessageOutline(message);
    const update = syncRtf(
      bytesOf(String.raw`{\rtf1\ansi\uc1 a\u26149?\par}`),
      bodySourceOfOutline(outline, ""),
    );
    assert.equal(update.losses.length, 1);
    applyBodies(outline, "", update);
    const forms = new Map(
      bodiesOf(bodySourceOfOutline(outline, "")).forms.map(({ source, text: shown }) => [
        source,
        words(shown),
      ]),
    );
    assert.equal(forms.get("PR_RTF_COMPRESSED"), "a春");
    assert.equal(forms.get("PR_BODY"), "a?");
  });
});
