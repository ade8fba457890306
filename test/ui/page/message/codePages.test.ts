import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Page } from "playwright-core";
import {
  codePage,
  type CodePage,
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

/** RTF is ASCII around its bytes: pages that change what ASCII means cannot be in it. */
const NOT_IN_RTF: ReadonlySet<number> = new Set([...WIDE, 65000]);

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

const hex = (byte: number): string => `\\'${byte.toString(16).padStart(2, "0")}`;
const hexOf = (bytes: Uint8Array): string => Array.from(bytes, hex).join("");
/** Characters as `\uN`, with their bytes behind for readers that know no Unicode. */
const unicodeOf = (text: string, page: CodePage): string =>
  Array.from(text, (char) => {
    const { bytes } = page.encode(char);
    const unit = new Int16Array([char.charCodeAt(0)])[0] ?? 0;
    return `\\uc${bytes.length}\\u${unit}${hexOf(bytes)}`;
  }).join("");

/** Charsets of fonts that stand for a code page (RTF 1.9.1, font table). */
const CHARSETS: readonly (readonly [charset: number, page: number])[] = [
  ...([
    [0, 1252],
    [77, 10000],
    [86, 10081],
    [88, 10029],
    [89, 10007],
    [128, 932],
    [129, 949],
    [130, 1361],
  ] as const),
  ...([
    [134, 936],
    [136, 950],
    [161, 1253],
    [162, 1254],
    [163, 1258],
    [177, 1255],
    [178, 1256],
    [186, 1257],
  ] as const),
  ...([
    [204, 1251],
    [222, 874],
    [238, 1250],
    [254, 437],
  ] as const),
];

/** Plain RTF whose lines say the same, each by another rule: the document's page, the font's page and charset, Unicode. */
function richMail(id: number, text: string): { readonly mail: Uint8Array; readonly lines: number } {
  const page = codePage(id);
  assert.ok(page);
  const bytes = hexOf(page.encode(text).bytes);
  const [charset] = CHARSETS.find(([, of]) => of === id) ?? [];
  const document = id === 1252 ? 1251 : 1252;
  const fonts = `{\\fonttbl{\\f0\\fcharset1 A;}{\\f1\\cpg${id} B;}{\\f2\\fcharset${charset ?? 1} C;}}`;
  const escaped = unicodeOf(text, page);
  const lines = [
    ...(charset === undefined ? [] : [`\\f2 ${bytes}`]),
    `\\f1 ${bytes}`,
    // A character's bytes in tokens of their own, with a font that says another thing in between.
    `\\f1 ${bytes}{\\f0\\v x}`,
    `{\\f0\\b ${escaped}}`,
  ];
  const own = `{\\rtf1\\ansi\\ansicpg${document}\\deff0${fonts}${lines.map((line) => `${line}\\par`).join("\n")}}`;
  return { mail: rtfMail(id, own), lines: lines.length };
}

const rtfMail = (id: number, rtf: string): Uint8Array =>
  makeMail([...common(id), { tag: PR_RTF_COMPRESSED, value: compressRtf(new TextEncoder().encode(rtf)) }]);

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

  it("are all shown right as plain RTF: by the document, by the font, by its charset, and as Unicode", async () => {
    const page = await openMail(emptyMail());
    for (const id of supportedCodePages()) {
      if (NOT_IN_RTF.has(id)) continue;
      const text = wordsOf(id);
      const bytes = hexOf(codePage(id)?.encode(text).bytes ?? new Uint8Array());
      const plain = `{\\rtf1\\ansi\\ansicpg${id}\\deff0{\\fonttbl{\\f0\\fcharset1 A;}}\\f0 ${bytes}\\par}`;
      await shows(page, rtfMail(id, plain), text, `plain RTF in ${id}`);
      const { mail, lines } = richMail(id, text);
      await openAnother(page, mail);
      assert.equal((await paperText(page)).trim(), text.repeat(lines), `RTF by fonts in ${id}`);
    }
  });
});
