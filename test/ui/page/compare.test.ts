import assert from "node:assert/strict";
import { after, afterEach, describe, it } from "mocha";
import type { Page } from "playwright-core";
import { violations } from "./axe";
import type {} from "./compareHost";
import { assertNothingHardCoded, pseudoLanguage } from "./hardCoded";
import { closeBrowser, type OpenPage, openPage, type PageOptions } from "./stubHost";
import { THEMES, type ThemeName } from "./themes";

/** Milliseconds in which the page has surely asked whether its host is there, and has waited for the answer. */
const NOTICED = 60_000;

describe("page: comparing two messages", () => {
  let opened: OpenPage | undefined;

  afterEach(async () => {
    await opened?.close();
    assert.deepEqual(opened?.errors ?? [], []);
    opened = undefined;
  });

  after(() => closeBrowser());

  async function open(options: PageOptions = {}): Promise<Page> {
    opened = await openPage({
      entry: "webview/compare/main.ts",
      host: "test/ui/page/compareHost.ts",
      waitFor: ".compare-row",
      ...options,
    });
    return opened.page;
  }

  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    it(`has no accessibility violations in ${theme}, wide and narrow`, async () => {
      const page = await open({ theme });
      assert.deepEqual(await violations(page), []);
      await page.setViewportSize({ width: 420, height: 700 });
      assert.deepEqual(await violations(page), []);
      // All properties, those that are the same among them.
      await page.locator('.compare-button[aria-pressed="true"]').click();
      await page.locator('.compare-row[aria-label^="Message class,"]').waitFor();
      assert.deepEqual(await violations(page), []);
    });
  }

  it("has no text of its own, shown or told to a screen reader", async () => {
    const page = await open({ prepare: pseudoLanguage("compareHost.strings") });
    await page.locator(".compare-row", { hasText: "Subject" }).first().click();
    await assertNothingHardCoded(page, "the differences");
    await page.locator('.compare-button[aria-pressed="true"]').click();
    await page.locator(".compare-row", { hasText: "Message class" }).first().waitFor();
    await assertNothingHardCoded(page, "everything");
  });

  it("keeps what it is about, so that VS Code can bring it back", async () => {
    const page = await open();
    assert.deepEqual(await page.evaluate(() => window.compareHost.state), {
      left: { uri: "git:/before.msg", saved: false },
      right: { uri: "file:///after.msg", saved: false },
    });
  });

  it("says when nobody is behind it any more, and is well when somebody is there again", async function () {
    this.timeout(4 * NOTICED);
    const page = await open();
    const swap = page.locator('.compare-button[aria-label="Swap the sides"]');
    const notice = page.locator(".compare-alone");
    await page.evaluate(() => (window.compareHost.isThere = false));
    await notice.getByRole("link", { name: "Open Again" }).waitFor({ timeout: NOTICED });
    assert.match(await notice.innerText(), /does not answer/);
    assert.equal(await notice.locator("a").getAttribute("href"), "command:msgSession.reopenEditors");
    assert.equal(await swap.isDisabled(), true);
    assert.deepEqual(await violations(page), []);
    await page.evaluate(() => (window.compareHost.isThere = true));
    await notice.locator("a").waitFor({ state: "detached", timeout: NOTICED });
    assert.equal(await swap.isDisabled(), false);
  });

  it("says so in the place of the messages when nobody was there from the start", async function () {
    this.timeout(2 * NOTICED);
    const page = await open({
      prepare: "window.compareHost.isThere = false;",
      waitFor: ".failure a",
    });
    assert.match(await page.locator(".failure").innerText(), /does not answer/);
    assert.deepEqual(await violations(page), []);
  });

  it("is walked through by keyboard alone: differences, folding, the clipboard", async () => {
    const page = await open();
    const active = page.locator(".compare-active .compare-label");
    assert.equal(await active.innerText(), "Subject");
    await page.keyboard.press("F7");
    assert.equal(await active.innerText(), "Conversation index");
    await page.keyboard.press("Home");
    assert.equal(await active.innerText(), "Message");
    await page.keyboard.press("ArrowLeft");
    const subject = page.locator('.compare-row[aria-label^="Subject,"]');
    await subject.waitFor({ state: "detached" });
    await page.keyboard.press("ArrowRight");
    await subject.waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ControlOrMeta+C");
    await page.waitForFunction(() => window.compareHost.said.some(({ type }) => type === "copy"));
    assert.deepEqual(
      await page.evaluate(() => window.compareHost.said.filter(({ type }) => type === "copy")),
      [{ type: "copy", text: "Subject\tQuarterly figures\tYearly figures" }],
    );
  });

  it("can be told apart with forced colours and without motion", async () => {
    const page = await open();
    await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
    const row = page.locator('.compare-row[aria-label^="Importance,"]');
    assert.match((await row.getAttribute("aria-label")) ?? "", /^Importance, added/);
    await page.screenshot({ path: "test-results/ui/compare-forced.png" });
    await page.emulateMedia({ forcedColors: "none" });
    await page.setViewportSize({ width: 420, height: 700 });
    await page.screenshot({ path: "test-results/ui/compare-420.png" });
  });
});
