import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Locator, Page } from "playwright-core";
import {
  PR_DISPLAY_CC,
  PR_DISPLAY_TO,
  PR_EMAIL_ADDRESS,
  PR_SENDER_EMAIL_ADDRESS,
  PR_SENDER_NAME,
  PR_SENT_REPRESENTING_EMAIL_ADDRESS,
  PR_SENT_REPRESENTING_NAME,
} from "../../../../src/core";
import {
  BCC,
  CC,
  chipsOf,
  fieldOf,
  labels,
  newItem,
  openComposer,
  openOptions,
  stored,
  TO,
  waitForChips,
  waitForStored,
} from "./composePage";
import { closeMailsAfterwards } from "./mailPage";

const PASTED =
  'Ann Ash <ann@example.org>; "Boe, Bob" <bob@example.org>,\r\ncy@example.org; nobody at all; dee@example.org';

/** Opens a draft with three people in To. */
async function withThree(): Promise<Page> {
  const page = await openComposer(newItem("unsentMail"));
  await page.locator("#compose-kind-1").focus();
  await page.keyboard.insertText("Ann <ann@example.org>; Bob <bob@example.org>; Cy <cy@example.org>");
  await page.keyboard.press("Enter");
  await waitForChips(page, TO, ["Ann", "Bob", "Cy"]);
  return page;
}

/** Drags with the mouse; a browser hears of what is dragged over it from the second move on. */
async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  await from.hover();
  await page.mouse.down();
  await to.hover();
  await to.hover({ position: { x: 4, y: 4 } });
  await page.mouse.up();
}

const focusedLabel = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => document.activeElement?.textContent || document.activeElement?.id);

describe("the composer: people", function () {
  this.timeout(90_000);
  closeMailsAfterwards();

  it("takes addresses as they are typed, ended by Enter, a semicolon, a comma or by leaving", async () => {
    const page = await openComposer(newItem("unsentMail"));
    await page.locator("#compose-kind-1").focus();
    await page.keyboard.type("Ann Ash <ann@example.org>");
    await page.keyboard.press("Enter");
    await waitForChips(page, TO, ["Ann Ash"]);
    await page.keyboard.type("bob@example.org;");
    await waitForChips(page, TO, ["Ann Ash", "bob@example.org"]);
    await page.keyboard.type('"Cole, Cy" <cy@example.org>,');
    await waitForChips(page, TO, ["Ann Ash", "bob@example.org", "Cole, Cy"]);
    await page.keyboard.type("dee@example.org");
    await page.keyboard.press("Tab");
    await waitForChips(page, TO, ["Ann Ash", "bob@example.org", "Cole, Cy", "dee@example.org"]);
    assert.equal(await stored(page, PR_DISPLAY_TO), "Ann Ash; bob@example.org; Cole, Cy; dee@example.org");
  });

  it("takes a pasted list, and keeps what is no address in the field with the reason", async () => {
    const page = await openComposer(newItem("unsentMail"));
    await page.locator("#compose-kind-2").focus();
    await page.keyboard.insertText(PASTED);
    await page.keyboard.press("Enter");
    await waitForChips(page, CC, ["Ann Ash", "Boe, Bob", "cy@example.org", "dee@example.org"]);
    assert.equal(await page.inputValue("#compose-kind-2"), "nobody at all");
    assert.equal(await page.getAttribute("#compose-kind-2", "aria-invalid"), "true");
    assert.match((await page.textContent("#compose-kind-2-error")) ?? "", /nobody at all/);
    assert.deepEqual(await labels(page), ["Add 4 recipients"]);
    await page.keyboard.press("Control+a");
    await page.keyboard.type("eve@example.org");
    await page.keyboard.press("Enter");
    await waitForChips(page, CC, [
      "Ann Ash",
      "Boe, Bob",
      "cy@example.org",
      "dee@example.org",
      "eve@example.org",
    ]);
    assert.equal(await page.isVisible("#compose-kind-2-error"), false);
  });

  it("takes rows of a table as they are pasted, at once, with what was typed before", async () => {
    const page = await openComposer(newItem("unsentMail"));
    await page.locator("#compose-kind-1").focus();
    await page.keyboard.type("zoe@example.org; ");
    await page.locator("#compose-kind-1").evaluate((input) => {
      const data = new DataTransfer();
      data.setData("text/plain", "Lee, Ann\tann@example.com\r\nnobody\r\nBob\tbob@example.com\r\n");
      input.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
      );
    });
    await waitForChips(page, TO, ["zoe@example.org", "Lee, Ann", "Bob"]);
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>("#compose-kind-1")?.value === "nobody",
    );
    assert.match((await page.textContent("#compose-kind-1-error")) ?? "", /nobody/);
  });

  it("leaves room for the text with hundreds of people, and shows the field behind them", async () => {
    const page = await openComposer(newItem("unsentMail"));
    const field = page.locator("#compose-kind-1");
    await field.focus();
    const people = Array.from({ length: 300 }, (_, i) => `person${i}@example.org`);
    await field.fill(people.join("; "));
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelectorAll(".compose-chip").length === 300);
    const places = await field.evaluate((input) => {
      const box = input.closest(".compose-box")?.getBoundingClientRect();
      const own = input.getBoundingClientRect();
      return {
        height: box?.height ?? 0,
        below: own.bottom - (box?.bottom ?? 0),
        above: (box?.top ?? 0) - own.top,
      };
    });
    assert.ok(places.height > 0 && places.height <= 165, `as high as ${places.height}`);
    assert.ok(places.below <= 1 && places.above <= 1, "the field is in sight");
  });

  it("is all keys: goes through chips, changes places and kinds, edits and removes", async () => {
    const page = await withThree();
    await page.keyboard.press("Backspace");
    assert.equal(await focusedLabel(page), "Cy");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    assert.equal(await focusedLabel(page), "Ann");
    // Without a modifier the arrows only go about.
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Alt+ArrowRight");
    await waitForChips(page, TO, ["Bob", "Ann", "Cy"]);
    assert.equal(await focusedLabel(page), "Ann");
    await page.keyboard.press("Alt+ArrowDown");
    await waitForChips(page, TO, ["Bob", "Cy"]);
    await waitForChips(page, CC, ["Ann"]);
    assert.equal(await stored(page, PR_DISPLAY_CC), "Ann");
    await chipsOf(page, CC).first().focus();
    await page.keyboard.press("Alt+ArrowDown");
    await waitForChips(page, BCC, ["Ann"]);
    await chipsOf(page, TO).first().focus();
    await page.keyboard.press("F2");
    await page.keyboard.insertText("Bea <bea@example.org>");
    await page.keyboard.press("Enter");
    await waitForChips(page, TO, ["Bea", "Cy"]);
    const object = (await chipsOf(page, TO).first().getAttribute("data-object")) ?? "";
    assert.equal(await stored(page, PR_EMAIL_ADDRESS, object), "bea@example.org");
    await chipsOf(page, TO).last().focus();
    await page.keyboard.press("Delete");
    await waitForChips(page, TO, ["Bea"]);
    assert.equal(await stored(page, PR_DISPLAY_TO), "Bea");
    assert.equal(await page.evaluate(() => window.mailHost.labels.length), 6);
  });

  it("offers the same in the menu of a chip, and leaves a change that is no address", async () => {
    const page = await withThree();
    await chipsOf(page, TO).nth(1).click({ button: "right" });
    await page.locator(".menu-item", { hasText: "Move to Bcc" }).click();
    await waitForChips(page, BCC, ["Bob"]);
    await chipsOf(page, TO).first().click({ button: "right" });
    await page.locator(".menu-item", { hasText: "Move right" }).click();
    await waitForChips(page, TO, ["Cy", "Ann"]);
    await chipsOf(page, TO).first().dblclick();
    await page.keyboard.insertText("no address");
    await page.keyboard.press("Enter");
    await page.locator("#compose-kind-1-error", { hasText: "." }).waitFor();
    await page.keyboard.press("Escape");
    await waitForChips(page, TO, ["Cy", "Ann"]);
    await chipsOf(page, TO).first().click({ button: "right" });
    await page.locator(".menu-item", { hasText: "Remove" }).click();
    await waitForChips(page, TO, ["Ann"]);
  });

  it("moves a chip that is dragged to another field, or before another chip", async () => {
    const page = await withThree();
    await drag(page, chipsOf(page, TO).nth(2), chipsOf(page, TO).nth(0));
    await waitForChips(page, TO, ["Cy", "Ann", "Bob"]);
    await drag(page, chipsOf(page, TO).nth(1), page.locator("#compose-kind-2"));
    await waitForChips(page, CC, ["Ann"]);
    await waitForChips(page, TO, ["Cy", "Bob"]);
  });

  it("says who it is from, for whom another sends it, and writes both parties whole", async () => {
    const page = await openComposer(newItem("unsentMail"));
    await fieldOf(page, "from").focus();
    await page.keyboard.insertText("Chief <chief@example.org>");
    await page.keyboard.press("Tab");
    await waitForStored(page, PR_SENT_REPRESENTING_EMAIL_ADDRESS, /^chief@example\.org$/);
    assert.equal(await stored(page, PR_SENDER_EMAIL_ADDRESS), "chief@example.org");
    await openOptions(page);
    await fieldOf(page, "sender").focus();
    await page.keyboard.insertText("Ann Ash <ann@example.org>");
    await page.keyboard.press("Enter");
    await waitForStored(page, PR_SENDER_NAME, /^Ann Ash$/);
    assert.equal(await stored(page, PR_SENT_REPRESENTING_NAME), "Chief");
    await fieldOf(page, "from").focus();
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText("a@example.org; b@example.org");
    await page.keyboard.press("Tab");
    await page.locator("#compose-field-from-error", { hasText: "more than one" }).waitFor();
    // What is not taken keeps the composer open.
    await page.locator(".compose-top vscode-button", { hasText: "Done" }).click();
    await page.waitForFunction(() => document.activeElement?.id === "compose-field-from");
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText("Chief <chief@example.org>");
    await page.keyboard.press("Enter");
    await page.locator("#compose-field-from-error").waitFor({ state: "hidden" });
    await page.locator(".compose-top vscode-button", { hasText: "Done" }).click();
    const who = page.locator(".who-line .who");
    await who.waitFor();
    const line = (await who.innerText()).replace(/\s+/g, " ");
    assert.equal(line, "Ann Ash ann@example.org on behalf of Chief chief@example.org");
  });
});
