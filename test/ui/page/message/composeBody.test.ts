import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Page } from "playwright-core";
import {
  PR_ATTACH_CONTENT_ID,
  PR_ATTACHMENT_HIDDEN,
  PR_BODY,
  PR_HTML,
  PR_INTERNET_CPID,
  PR_RTF_COMPRESSED,
  compressRtf,
} from "../../../../src/core";
import { roundMark } from "../../../../scripts/samples/png";
import { intoText, labels, newItem, openComposer, stored, surface, waitForStored } from "./composePage";
import { closeMailsAfterwards, expectErrors } from "./mailPage";
import { makeMail } from "./mails";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

const htmlMail = (html: string): Uint8Array =>
  makeMail([
    { tag: PR_HTML, value: utf8(html) },
    { tag: PR_INTERNET_CPID, value: 65001 },
  ]);

const TABLE = `<html><head><style>td { color: navy }</style></head><body lang="en"><p>Before</p>
<table border="1" cellpadding="4"><tr><td bgcolor="#ffff00">one</td><td>two</td></tr></table></body></html>`;

const mode = (page: Page) => page.locator(".compose-mode");
const button = (page: Page, name: string) => page.locator(`.compose-button[aria-label="${name}"]`);
const bar = (page: Page) => page.locator(".compose-bar");

/** Selects the last word that was typed. */
async function selectWord(page: Page): Promise<void> {
  await page.keyboard.press("Control+Shift+ArrowLeft");
}

describe("the composer: the text", function () {
  this.timeout(90_000);
  closeMailsAfterwards();

  it("is written bold, italic, underlined, coloured, in lists, with a link and a picture", async () => {
    const page = await openComposer(newItem("unsentMail"));
    await intoText(page);
    for (const [key, word] of [
      ["b", "heavy"],
      ["i", "slanted"],
      ["u", "lined"],
    ] as const) {
      await page.keyboard.press(`Control+${key}`);
      await page.keyboard.type(word);
      await page.keyboard.press(`Control+${key}`);
      await page.keyboard.type(" ");
    }
    await page.keyboard.type("red");
    await selectWord(page);
    await page.locator(".compose-colour").evaluate((input: HTMLInputElement) => {
      input.value = "#ff0000";
      input.dispatchEvent(new Event("change"));
    });
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await button(page, "Bulleted list").click();
    await page.keyboard.type("first");
    await page.keyboard.press("Enter");
    await page.keyboard.type("second");
    assert.equal(await button(page, "Bulleted list").getAttribute("aria-pressed"), "true");
    await page.keyboard.press("Enter");
    await button(page, "Bulleted list").click();
    await button(page, "Numbered list").click();
    await page.keyboard.type("third");
    await page.keyboard.press("Enter");
    await button(page, "Numbered list").click();
    await page.keyboard.type("see here");
    await selectWord(page);
    await page.keyboard.press("Control+k");
    await page.locator(".compose-link").waitFor();
    await page.keyboard.type("javascript:alert(1)");
    await page.keyboard.press("Enter");
    await page.locator(".compose-link-form .field-error", { hasText: "https:" }).waitFor();
    await page.keyboard.press("Control+a");
    await page.keyboard.type("example.org/figures");
    await page.keyboard.press("Enter");
    await surface(page).locator("a", { hasText: "here" }).waitFor();
    await page.keyboard.press("ArrowRight");
    await page
      .locator(".compose-body input[type=file]")
      .setInputFiles({ name: "mark.png", mimeType: "image/png", buffer: Buffer.from(roundMark()) });
    await surface(page).locator("img[data-msg-cid]").waitFor();
    const html = await waitForStored(page, PR_HTML, /cid:/);
    assert.match(html, /<b>heavy<\/b>|font-weight: ?bold[^>]*>heavy/);
    assert.match(html, /<i>slanted<\/i>|font-style: ?italic[^>]*>slanted/);
    assert.match(html, /<u>lined<\/u>|underline[^>]*>lined/);
    assert.match(html, /color: ?(?:#ff0000|rgb\(255, 0, 0\))[^>]*>red/);
    assert.match(html, /<ul>\s*<li>.*first.*<\/li>\s*<li>.*second.*<\/li>\s*<\/ul>/s);
    assert.match(html, /<ol>\s*<li>.*third.*<\/li>\s*<\/ol>/s);
    assert.match(html, /<a href="https:\/\/example\.org\/figures">here<\/a>/);
    const [picture] = await page.evaluate(() =>
      window.mailHost.document.outline.message("").attachments.map(({ address }) => address),
    );
    assert.ok(picture !== undefined);
    const contentId = await stored(page, PR_ATTACH_CONTENT_ID, picture);
    assert.ok(contentId !== "" && html.includes(`cid:${contentId}`));
    assert.equal(await stored(page, PR_ATTACHMENT_HIDDEN, picture), "true");
    const text = await stored(page, PR_BODY);
    assert.match(text, /heavy slanted lined red/);
    assert.match(text, /see here <https:\/\/example\.org\/figures>/);
  });

  it("keeps tables, styles and the document around what is edited", async () => {
    const page = await openComposer(htmlMail(TABLE));
    await surface(page).locator("td").first().click();
    await page.keyboard.press("End");
    await page.keyboard.type(" more");
    const html = await waitForStored(page, PR_HTML, /one more/);
    assert.match(html, /<style>td \{ color: navy \}<\/style>/);
    assert.match(html, /<body lang="en">/);
    assert.match(
      html,
      /<table border="1" cellpadding="4">.*<td bgcolor="#ffff00">one more<\/td><td>two<\/td>/s,
    );
    assert.deepEqual(await labels(page), ["Change text"]);
  });

  it("keeps the direction of its document, and takes that of what is written where none is said", async () => {
    const page = await openComposer(htmlMail(`<html dir="rtl"><body><p>10:00</p></body></html>`));
    const direction = (): Promise<string> =>
      surface(page)
        .locator("body")
        .evaluate((body) => getComputedStyle(body).direction);
    assert.equal(await direction(), "rtl");
    await intoText(page);
    await page.keyboard.type(" more");
    assert.match(await waitForStored(page, PR_HTML, /more/), /<html dir="rtl">/);
    await page.locator("#compose-subject").fill("\u05e9\u05dc\u05d5\u05dd (Q3)");
    const subject = page.locator("#compose-subject");
    assert.equal(await subject.evaluate((input) => getComputedStyle(input).direction), "rtl");
  });

  it("without a direction of its own goes by its first letters", async () => {
    const page = await openComposer(
      htmlMail(`<html><body><p>\u05e9\u05dc\u05d5\u05dd Ann</p></body></html>`),
    );
    const body = surface(page).locator("body");
    assert.equal(await body.evaluate((element) => getComputedStyle(element).direction), "rtl");
  });

  it("goes from rich text to its source and back, and what was changed there is shown", async () => {
    const page = await openComposer(htmlMail(TABLE));
    await mode(page).selectOption("source");
    const area = page.locator("textarea.compose-text.source");
    await area.waitFor();
    assert.equal((await area.inputValue()).replace(/\r/g, ""), TABLE);
    await area.fill(TABLE.replace("two", "three<script>top.pwned = 1</script>"));
    await waitForStored(page, PR_HTML, /three<script>/);
    await mode(page).selectOption("rich");
    await surface(page).locator("td", { hasText: "three" }).waitFor();
    assert.equal(await surface(page).locator("script").count(), 0);
    assert.equal(await page.evaluate(() => "pwned" in window), false);
    // What the surface cannot hold is said before the first key, and nothing can be typed until then.
    await bar(page).filter({ hasText: "scripts, forms, comments" }).waitFor();
    assert.equal(await surface(page).locator("body").getAttribute("contenteditable"), "false");
    await bar(page).locator("vscode-button").click();
    await intoText(page);
    await page.keyboard.type("!");
    await page.waitForFunction(() => window.mailHost.labels.length === 2);
    assert.doesNotMatch(await stored(page, PR_HTML), /script/);
  });

  it("says what plain text loses, keeps it where that is refused, and changes to it where not", async () => {
    const page = await openComposer(
      htmlMail(TABLE.replace("Before", '<a href="https://example.org">Before</a>')),
    );
    await mode(page).selectOption("text");
    await bar(page).filter({ hasText: "formatting" }).filter({ hasText: "addresses of links" }).waitFor();
    await bar(page).locator("vscode-button", { hasText: "Keep" }).click();
    await bar(page).waitFor({ state: "hidden" });
    assert.deepEqual(await labels(page), []);
    assert.equal(await mode(page).inputValue(), "rich");
    await mode(page).selectOption("text");
    await bar(page).locator("vscode-button", { hasText: "Change to plain text" }).click();
    const text = await waitForStored(page, PR_BODY, /Before/);
    assert.match(text, /one\s+two/);
    assert.equal(await stored(page, PR_HTML), "");
    assert.equal(await mode(page).inputValue(), "text");
    await page.locator("textarea.compose-text").press("Control+End");
    await page.keyboard.type("\nand more");
    await waitForStored(page, PR_BODY, /and more$/);
  });

  it("of RTF says that the RTF is replaced before a key is taken", async () => {
    const rtf = String.raw`{\rtf1\ansi\deff0{\fonttbl{\f0 Arial;}}\f0 Only {\b RTF}\par}`;
    const page = await openComposer(makeMail([{ tag: PR_RTF_COMPRESSED, value: compressRtf(utf8(rtf)) }]));
    await bar(page).filter({ hasText: "The RTF is replaced" }).waitFor();
    assert.equal(await surface(page).locator("body").getAttribute("contenteditable"), "false");
    assert.match(await surface(page).locator("body").innerText(), /Only RTF/);
    await bar(page).locator("vscode-button").click();
    await intoText(page);
    await page.keyboard.type(" now");
    await waitForStored(page, PR_HTML, /now/);
    await waitForStored(page, PR_BODY, /Only RTF/);
    await page.keyboard.press("Control+z");
    await page.waitForFunction(() => window.mailHost.commands.includes("undo"));
    await waitForStored(page, PR_HTML, /^$/);
  });

  it("that was changed elsewhere meanwhile asks whose is to stay", async () => {
    for (const [choice, wanted] of [
      ["Keep mine", /mine more/],
      ["Take the other", /theirs/],
    ] as const) {
      const page = await openComposer(htmlMail("<p>first</p>"));
      await intoText(page);
      // In one go, so that what is typed cannot be written before the other change comes.
      await page.evaluate(() => {
        const frame = document.querySelector<HTMLIFrameElement>("iframe.compose-frame");
        const paragraph = frame?.contentDocument?.querySelector("p");
        paragraph?.append(" mine");
        paragraph?.dispatchEvent(new InputEvent("input", { bubbles: true }));
        window.mailHost.showHtml("<p>theirs</p>");
      });
      await bar(page).filter({ hasText: "changed elsewhere" }).waitFor();
      await page.keyboard.press("Control+End");
      await page.keyboard.type(" more");
      // Nothing is written before the choice, not even when the text is left.
      await page.locator("#compose-subject").focus();
      assert.match(await stored(page, PR_HTML), /theirs/);
      await bar(page).locator("vscode-button", { hasText: choice }).click();
      await waitForStored(page, PR_HTML, wanted);
      await surface(page).locator("body", { hasText: wanted }).waitFor();
    }
  });

  it("takes pasted HTML without what is active in it, and asks the network for nothing", async () => {
    // While the paste is only parsed, the browser already says what the policy would refuse.
    expectErrors(/^Executing inline event handler/);
    const page = await openComposer(newItem("unsentMail"));
    await intoText(page);
    await surface(page)
      .locator("body")
      .evaluate((body) => {
        const data = new DataTransfer();
        data.setData(
          "text/html",
          `<p onclick="top.pwned=1">pasted <b>bold</b><img src="https://example.invalid/a.png"><img src="//example.invalid/b.png"><script>top.pwned=1</script></p>`,
        );
        body.dispatchEvent(
          new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
        );
      });
    const html = await waitForStored(page, PR_HTML, /pasted/);
    assert.match(html, /<b>bold<\/b>/);
    assert.doesNotMatch(html, /onclick|script|example\.invalid/);
    await bar(page).filter({ hasText: "2 pictures were left out" }).waitFor();
    await bar(page).locator("vscode-button", { hasText: "Dismiss" }).click();
    await bar(page).waitFor({ state: "hidden" });
  });

  it("takes pasted pictures that need no network: copied in the text, in an address, or beside HTML that would load", async () => {
    const page = await openComposer(newItem("unsentMail"));
    await intoText(page);
    const mark = Buffer.from(roundMark()).toString("base64");
    const paste = (html: string, picture?: string): Promise<void> =>
      surface(page)
        .locator("body")
        .evaluate(
          (body, [text, base64]) => {
            const data = new DataTransfer();
            data.setData("text/html", text);
            if (base64 !== undefined) {
              const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
              data.items.add(new File([bytes], "image.png", { type: "image/png" }));
            }
            body.dispatchEvent(
              new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
            );
          },
          [html, picture] as const,
        );
    // As it comes from a word processor.
    await paste(`<p>one <img alt="mark" src="data:image/png;base64,${mark}"> more</p>`);
    const images = surface(page).locator("img[data-msg-cid]");
    await images.first().waitFor();
    assert.equal(await images.count(), 1);
    // A picture copied in a browser: its file, and HTML with its address.
    await paste(`<img src="https://example.invalid/mark.png">`, mark);
    await images.nth(1).waitFor();
    // The first one again, as it is copied in the surface.
    const own = await images.first().getAttribute("src");
    await paste(
      `<img src="${own ?? ""}"><img src="https://example.invalid/b.png"><img src="#0" data-msg-cid="x@y">`,
    );
    await images.nth(2).waitFor();
    assert.equal(await images.count(), 3);
    const html = await waitForStored(page, PR_HTML, /(?:cid:[^]*){3}/);
    assert.doesNotMatch(html, /example\.invalid|data:|blob:|data-msg-cid/);
    const ids = Array.from(html.matchAll(/cid:([^"]+)/g), ([, id]) => id);
    assert.equal(ids.length, 3);
    assert.equal(new Set(ids).size, 2);
    const attached = await page.evaluate(
      () => window.mailHost.document.outline.message("").attachments.length,
    );
    assert.equal(attached, 2);
  });
});
