import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Page } from "playwright-core";
import {
  bestBody,
  bodiesOfMessage,
  createAllocator,
  MAPI_UNICODE,
  MessageOutline,
  openIMsgOnIStg,
  openIMsgSession,
  openStorage,
} from "../../../../src/core";
import { corpusFiles } from "../../../unit/session/support/corpus";
import { closeMailsAfterwards, openAnother, openMail, paperText } from "./mailPage";
import { emptyMail } from "./mails";

const files = corpusFiles();

function outlineOf(bytes: Uint8Array): MessageOutline {
  const allocator = createAllocator();
  const session = openIMsgSession(allocator, MAPI_UNICODE);
  return new MessageOutline(openIMsgOnIStg(session, allocator, openStorage(bytes, { recover: true })));
}

/** Letters and digits alone, without addresses of links and names of pictures: the paper does not write those out. */
const letters = (text: string): string =>
  text
    .replace(/<[^<>]*(?:https?|mailto|ftp):[^<>]*>|\[(?:cid:)?[^[\]\s]*\]/gi, "")
    .replace(/[^\p{L}\p{N}]+/gu, "");

/** The letters on the paper, without the names of attachments at their places in RTF: no body holds those. */
async function shownText(page: Page): Promise<string> {
  return letters(await paperText(page, { without: ".attachment-place" }));
}

/** Words that stand in the text of these files; who cannot read the file right does not find them. */
const WORDS: readonly (readonly [string, readonly string[]])[] = [
  ["hiraoka/Hello +CJK.msg", ["Hello", "你好", "こんにちは", "안녕하세요"]],
  ["hiraoka/nonUnicodeCP932.msg", ["日本語", "本文"]],
  ["simple-java-mail/chinese message.msg", ["大家提前合理安排进房间入住吧", "迷你房"]],
  // Signed in one piece: there is no text but in its attachment.
  [
    "simple-java-mail/SMIME (signed and clear text).msg",
    ["Alessandro Gasparini", "Chief Technology Officer"],
  ],
  ["simple-java-mail/tst_unicode.msg", ["Char-å-Char", "Char-Æ-Char"]],
];

describe("messages of the corpus in the Message view", function () {
  this.timeout(600_000);
  closeMailsAfterwards();

  it("show a body wherever they have one in any form", async function () {
    if (files.length === 0) this.skip();
    const page = await openMail(emptyMail());
    let shown = 0;
    for (const { name, read } of files) {
      const bytes = read();
      const best = bestBody(bodiesOfMessage(outlineOf(bytes), ""));
      await openAnother(page, bytes);
      const form = await page.locator(".body-origin").textContent();
      const text = await shownText(page);
      if (best === undefined) {
        // There may still be internet headers to read; that there is no text is said.
        if (form !== "PR_TRANSPORT_MESSAGE_HEADERS") assert.equal(text, "", name);
        else await page.locator('[data-bar="noBody"]').waitFor();
        continue;
      }
      assert.equal(form, best.form.source, name);
      const wanted = letters(best.form.text);
      // What is hidden by the mail's own styles, and placeholders of pictures, may differ; the text may not.
      assert.ok(
        wanted === "" || text.includes(wanted.slice(0, 40)) || wanted.includes(text.slice(0, 40)),
        name,
      );
      if (wanted !== "") assert.notEqual(text, "", name);
      if (wanted !== "") shown++;
    }
    assert.ok(shown > 70, `${shown} of ${files.length} files have text`);
  });

  it("are read in their own scripts", async function () {
    if (files.length === 0) this.skip();
    const page = await openMail(emptyMail());
    for (const [name, words] of WORDS) {
      const file = files.find((each) => each.name === name);
      if (file === undefined) continue;
      await openAnother(page, file.read());
      const text = await paperText(page);
      for (const word of words) assert.ok(text.includes(word), `${name}: ${word}`);
    }
  });
});
