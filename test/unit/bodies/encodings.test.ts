import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  bodiesOf,
  type BodyForm,
  type CodePage,
  codePage,
  compressRtf,
  PR_BODY_A,
  PR_BODY_HTML_A,
  PR_HTML,
  PR_INTERNET_CPID,
  PR_RTF_COMPRESSED,
  supportedCodePages,
} from "../../../src/core";
import { bytesOf } from "./support";

/** Words of many scripts; each code page is tested with those it can hold. */
const WORDS = [
  "plain",
  "Grüße",
  "façade",
  "Žluťoučký kůň",
  "Привет мир",
  "Γειά σου",
  "İstanbul ığ",
  "שלום עולם",
  "مرحبا",
  "Šķīvis",
  "สวัสดี",
  "Tiếng",
  "日本語の本文",
  "カタカナ",
  "大家提前安排",
  "中文內容",
  "안녕하세요",
  "Þórr",
  "naïve œuvre €",
  "Ŝajnas ĉu",
];

/** Pages whose text changes state as it goes, or is no superset of ASCII: RTF cannot hold their bytes. */
const NOT_IN_RTF: ReadonlySet<number> = new Set([
  1200, 1201, 65000, 50220, 50221, 50222, 50225, 50227, 52936, 37, 500, 1047,
]);

const wordsOf = (page: CodePage): string[] => WORDS.filter((word) => page.encode(word).missing.length === 0);

const isAsciiBased = (page: CodePage): boolean =>
  page.decode(bytesOf("<p>\\'{}")) === "<p>\\'{}" && !NOT_IN_RTF.has(page.id);

function formOf(page: CodePage, values: Readonly<Record<number, unknown>>, stored?: Uint8Array): BodyForm {
  const { forms } = bodiesOf({
    codePage: page,
    value: (tag) => values[tag],
    ...(stored ? { storedBytes: () => stored } : {}),
  });
  const [form] = forms;
  assert.ok(form, `${page.id} has a form`);
  return form;
}

const hexBytes = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => `\\'${byte.toString(16).padStart(2, "0")}`).join("");

describe("bodies: encodings", () => {
  for (const id of supportedCodePages()) {
    const page = codePage(id);
    assert.ok(page);
    it(`code page ${id} is read right in every form of a body`, () => {
      const words = wordsOf(page);
      assert.ok(words.length > 0, "some word can be written in it");
      const text = words.join(" ");
      const { bytes } = page.encode(text);
      const html = `<html><body><p>${text}</p></body></html>`;
      const htmlBytes = page.encode(html).bytes;

      const binary = formOf(page, { [PR_HTML]: htmlBytes, [PR_INTERNET_CPID]: id });
      assert.equal(binary.text.trim(), text, "PR_HTML by PR_INTERNET_CPID");
      assert.equal(binary.codePageRule, "internetCodePage");

      if (id !== 1200 && id !== 1201) {
        const narrow = formOf(page, { [PR_BODY_A]: page.decode(bytes) }, bytes);
        assert.equal(narrow.text, text, "PR_BODY in the message's page");
        const narrowHtml = formOf(page, { [PR_BODY_HTML_A]: html, [PR_INTERNET_CPID]: id }, htmlBytes);
        assert.equal(narrowHtml.text.trim(), text, "PR_BODY_HTML by PR_INTERNET_CPID");
      }

      const override = bodiesOf(
        { codePage: codePage(1252) ?? page, value: (tag) => (tag === PR_HTML ? htmlBytes : undefined) },
        { codePage: page },
      ).forms[0];
      assert.equal(override?.text.trim(), text, "PR_HTML in the page that is chosen");
      assert.equal(override.codePageRule, "override");

      if (!isAsciiBased(page)) return;
      const rtf = `{\\rtf1\\ansi\\ansicpg${id}\\deff0{\\fonttbl{\\f0\\fnil\\fcharset1 A;}}\\f0 ${hexBytes(bytes)}\\par}`;
      const rich = formOf(page, { [PR_RTF_COMPRESSED]: compressRtf(bytesOf(rtf)) });
      assert.equal(rich.text.trim(), text, "RTF by \\ansicpg");
      const wrapped = `{\\rtf1\\ansi\\ansicpg${id}\\fromhtml1 \\deff0{\\fonttbl{\\f0\\fnil\\fcharset1 A;}}{\\*\\htmltag64 <p>}${hexBytes(bytes)}{\\*\\htmltag72 </p>}}`;
      const inside = formOf(page, { [PR_RTF_COMPRESSED]: compressRtf(bytesOf(wrapped)) });
      assert.equal(inside.kind, "html");
      assert.equal(inside.text.trim(), text, "HTML inside RTF by \\ansicpg");
    });
  }
});
