import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Page } from "playwright-core";
import {
  codePage,
  compressRtf,
  createAllocator,
  createStorage,
  encapsulateHtml,
  openIMsgOnIStg,
  PR_BODY,
  PR_HTML,
  PR_INTERNET_CPID,
  PR_MESSAGE_CLASS,
  PR_MESSAGE_FLAGS,
  PR_RTF_COMPRESSED,
  PR_SUBJECT,
  type PropValue,
  setEvery,
  supportedCodePages,
} from "../../../../src/core";
import { closeMailsAfterwards, openAnother, openMail, paperText } from "./mailPage";
import { emptyMail, makeMail } from "./mails";

/** Words of many scripts; each code page shows those that it can hold. */
const WORDS = [
  ...["plain", "Grüße", "façade", "Žluťoučký kůň", "Привет мир", "Γειά σου", "İstanbul ığ", "שלום עולם"],
  ...[
    "مرحبا",
    "Šķīvis",
    "สวัสดี",
    "日本語の本文",
    "カタカナ",
    "大家提前安排",
    "中文內容",
    "안녕하세요",
    "Þórr",
  ],
];

/** Pages of UTF-16, in which no 8-bit text is stored. */
const WIDE: ReadonlySet<number> = new Set([1200, 1201]);

function wordsOf(id: number): string {
  const page = codePage(id);
  assert.ok(page);
  return WORDS.filter((word) => page.encode(word).missing.length === 0).join(" ");
}

const common = (id: number): PropValue[] => [
  { tag: PR_MESSAGE_CLASS, value: "IPM.Note" },
  { tag: PR_SUBJECT, value: `Code page ${id}` },
  { tag: PR_MESSAGE_FLAGS, value: 1 },
];

/** An 8-bit message in a code page. */
function narrowMail(id: number, text: string): Uint8Array {
  const storage = createStorage();
  const message = openIMsgOnIStg(null, createAllocator(), storage, { flags: 0, codePage: id });
  setEvery(message, [...common(id), { tag: PR_BODY, value: text }]);
  message.saveChanges();
  return storage.toBytes();
}

function htmlMail(id: number, html: string): Uint8Array {
  const page = codePage(id);
  assert.ok(page);
  return makeMail([
    ...common(id),
    { tag: PR_HTML, value: page.encode(html).bytes },
    { tag: PR_INTERNET_CPID, value: id },
  ]);
}

const encapsulated = (id: number, html: string): Uint8Array =>
  makeMail([...common(id), { tag: PR_RTF_COMPRESSED, value: compressRtf(encapsulateHtml(html)) }]);

async function shows(page: Page, mail: Uint8Array, text: string, what: string): Promise<void> {
  await openAnother(page, mail);
  assert.equal((await paperText(page)).trim(), text, what);
}

describe("code pages in the Message view", function () {
  this.timeout(600_000);
  closeMailsAfterwards();

  it("are all shown right: as text, as HTML, and as HTML inside RTF", async () => {
    const page = await openMail(emptyMail());
    for (const id of supportedCodePages()) {
      const text = wordsOf(id);
      assert.notEqual(text, "", String(id));
      const html = `<html><body><p>${text}</p></body></html>`;
      await shows(page, htmlMail(id, html), text, `HTML in ${id}`);
      if (!WIDE.has(id)) await shows(page, narrowMail(id, text), text, `text in ${id}`);
      await shows(page, encapsulated(id, html), text, `HTML inside RTF, ${id}`);
    }
  });
});
