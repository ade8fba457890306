/** What the page's tests share. */
import assert from "node:assert/strict";
import { after, afterEach } from "mocha";
import type { Page } from "playwright-core";
import type { PageMessage, RequestName } from "../../../src/protocol/messages";
import "./fakeHost.browser";
import { closeBrowser, openPage, type OpenPage, type PageOptions } from "./stubHost";

let current: OpenPage | undefined;

/** Opens a page that is closed after the test, which fails when the page had errors or sent malformed messages. */
export async function open(options: PageOptions = {}): Promise<Page> {
  current = await openPage(options);
  current.page.setDefaultTimeout(15_000);
  return current.page;
}

/** Call once in every suite. */
export function closeAfterwards(): void {
  afterEach(async () => {
    const opened = current;
    current = undefined;
    if (opened === undefined) return;
    const refused = await opened.page.evaluate(() => window.fakeHost.refused.length);
    await opened.close();
    assert.deepEqual(opened.errors, []);
    assert.equal(refused, 0, "the page sent a message that breaks the protocol");
  });
  after(() => closeBrowser());
}

/** The requests of a name that the page sent. */
export function sent(page: Page, name: RequestName): Promise<PageMessage["params"][]> {
  return page.evaluate(
    (wanted) =>
      window.fakeHost.requests.filter((request) => request.name === wanted).map((request) => request.params),
    name,
  );
}

/** Waits until as many requests of a name were sent. */
export async function waitForSent(page: Page, name: RequestName, count = 1): Promise<void> {
  await page.waitForFunction(
    ([wanted, least]) =>
      window.fakeHost.requests.filter((request) => request.name === wanted).length >= least,
    [name, count] as const,
  );
}

/** Selector of a row by its tag. */
export const rowOf = (tag: string): string => `.grid-row[data-tag="${tag}"]`;

/** The text of a row's value cell. */
export async function valueOf(page: Page, tag: string): Promise<string> {
  return (await page.textContent(`${rowOf(tag)} .col-value .cell-text`)) ?? "";
}

/** Waits for the text of a row's value cell. */
export async function waitForValue(page: Page, tag: string, value: string): Promise<void> {
  await page.waitForFunction(([selector, text]) => document.querySelector(selector)?.textContent === text, [
    `${rowOf(tag)} .col-value .cell-text`,
    value,
  ] as const);
}

/** The tag of the row at which the grid stands. */
export async function activeTag(page: Page): Promise<string | null> {
  return page.getAttribute('.grid-row[aria-selected="true"]', "data-tag");
}

/** What has the focus, in one word: a class, a pane or a role. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    const pane = element?.closest<HTMLElement>("[data-pane]")?.dataset["pane"];
    return element instanceof HTMLInputElement || element instanceof HTMLSelectElement
      ? element.className
      : (pane ?? "");
  });
}
