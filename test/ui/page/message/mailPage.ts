/** Opens the Message view over a real file, with the real host's models behind it. */
import { after, afterEach } from "mocha";
import assert from "node:assert/strict";
import type { Frame, Page } from "playwright-core";
import "../mailHost.browser";
import { closeBrowser, openPage, type OpenPage, type PageOptions } from "../stubHost";

let current: OpenPage | undefined;
let expected: RegExp | undefined;

/** Says which errors a test provokes on purpose. */
export function expectErrors(pattern: RegExp): void {
  expected = pattern;
}

/** Opens a file in the Message view. */
export async function openMail(bytes: Uint8Array, options: Omit<PageOptions, "host"> = {}): Promise<Page> {
  const base64 = Buffer.from(bytes).toString("base64");
  current = await openPage({
    ...options,
    host: "test/ui/page/mailHost.ts",
    prepare: `${options.prepare ?? ""};mailHost.open("${base64}")`,
    waitFor: options.waitFor ?? ".message-subject",
  });
  current.page.setDefaultTimeout(30_000);
  await printed(current.page);
  return current.page;
}

/** Opens another file in the page that is open. */
export async function openAnother(page: Page, bytes: Uint8Array): Promise<void> {
  await page.evaluate((base64) => window.mailHost.open(base64), Buffer.from(bytes).toString("base64"));
  await printed(page);
}

/** Gives the open message another HTML body. */
export async function showHtml(page: Page, html: string): Promise<void> {
  await page.evaluate((text) => window.mailHost.showHtml(text), html);
  await printed(page);
}

/** Gives the open message another body: RTF a character a byte, HTML inside RTF, or text. */
export async function showBody(
  page: Page,
  form: "showRtf" | "showEncapsulated" | "showText",
  body: string,
): Promise<void> {
  await page.evaluate(([name, content]) => window.mailHost[name](content), [form, body] as const);
  await printed(page);
}

/** Waits until what was asked for last is on the paper, or the composer is there in its place. */
export async function printed(page: Page): Promise<void> {
  await page.waitForSelector('.paper-place[aria-busy="false"], .composer', { state: "attached" });
}

/** The frame of the mail. */
export async function mailFrame(page: Page): Promise<Frame> {
  const element = await page.waitForSelector("iframe.mail-frame");
  const frame = await element.contentFrame();
  assert.ok(frame, "there is no frame with the mail");
  return frame;
}

/** The text on the paper, as the page itself reads it: the frame runs no script of anybody's. */
export function paperText(page: Page, { without = ":not(*)" } = {}): Promise<string> {
  return page.evaluate((leftOut) => {
    const source = document.querySelector<HTMLElement>(".mail-source:not([hidden])");
    if (source) return source.textContent;
    const frame = document.querySelector<HTMLIFrameElement>("iframe.mail-frame");
    const mail = frame?.contentDocument?.querySelector(".mail")?.cloneNode(true) as Element | undefined;
    for (const element of mail?.querySelectorAll(leftOut) ?? []) element.remove();
    return mail?.textContent ?? "";
  }, without);
}

/** Call once in every suite: closes pages, which must not have had errors. */
export function closeMailsAfterwards(): void {
  afterEach(async () => {
    const opened = current;
    current = undefined;
    if (opened === undefined) return;
    const errors = opened.errors.filter((error) => expected?.test(error) !== true);
    expected = undefined;
    const refused = await opened.page.evaluate(() => window.mailHost.refused.length);
    await opened.close();
    assert.deepEqual(errors, []);
    assert.equal(refused, 0, "the page sent a message that breaks the protocol");
  });
  after(() => closeBrowser());
}
