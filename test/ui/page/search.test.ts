import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Page } from "playwright-core";
import { closeAfterwards, focused, open, rowOf, sent } from "./support";

const results = ".results .virtual-body .table-row";

async function typeFilter(page: Page, text: string): Promise<void> {
  await page.focus(".filter-field");
  await page.keyboard.type(text);
}

describe("page: search through the session", function () {
  this.timeout(30_000);
  closeAfterwards();

  it("counts what the whole session has while one object is filtered", async () => {
    const page = await open();
    await typeFilter(page, "example.com");
    await page.waitForFunction(
      () => document.querySelector(".session-count")?.textContent === "8 in 6 objects",
    );
    assert.equal(await page.textContent(".filter-count"), "2 of 90");
    assert.ok((await sent(page, "searchSession")).every((params) => "limit" in params && params.limit === 0));
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => document.querySelector(".session-count")?.textContent === "");
  });

  it("goes through all objects by keyboard alone and reveals the property", async () => {
    const page = await open();
    await typeFilter(page, "example.com");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("role")), "radio");
    await page.keyboard.press("ArrowRight");
    await page.waitForSelector(`${results}[aria-level="2"]`);
    assert.equal(await page.textContent("[role=status].sr-only"), "8 in 6 objects");
    await page.keyboard.press("Control+f");
    await page.keyboard.press("ArrowDown");
    assert.equal(await focused(page), "results");
    const labels = await page.locator(`${results}[aria-level="1"] .col-name .cell-text`).allTextContents();
    assert.deepEqual(labels, [
      "Quarterly figures",
      "Fwd: Figures",
      "Dora Dean",
      "Bob Baker",
      "Carol Cole",
      "Eve",
    ]);
    await page.keyboard.type("bob");
    await page.keyboard.press("ArrowDown");
    await page.waitForFunction(
      () => document.querySelector(".detail-title")?.textContent === "E-mail address",
    );
    await page.keyboard.press("Enter");
    await page.waitForSelector('#tree-0-r-0[aria-selected="true"]');
    await page.waitForSelector(`${rowOf("3003001F")}[aria-selected="true"]`);
    assert.equal(await focused(page), "grid");
    assert.equal(await page.getAttribute('.scope-button[aria-checked="true"]', "title"), "This object");
  });

  it("says what is not shown of very many, and when nothing matches", async () => {
    const page = await open({ count: 5_000 });
    await page.click('.scope-button[title="Whole session"]');
    assert.match((await page.textContent(".results-frame .empty-note")) ?? "", /^Type what to search/);
    await typeFilter(page, "property");
    await page.waitForFunction(() => document.querySelector(".search-note")?.textContent !== "");
    assert.equal(await page.textContent(".search-note"), "The first 2,000 of 5,000 are shown.");
    assert.ok((await page.locator(results).count()) < 80);
    await page.keyboard.type(" nowhere");
    await page.waitForFunction(
      () =>
        document.querySelector(".results-frame .empty-note")?.textContent ===
        "No property of the session matches.",
    );
  });

  it("follows changes of the session, and shows the grid again when an object is chosen", async () => {
    const page = await open();
    await page.click('.scope-button[title="Whole session"]');
    await typeFilter(page, "bob");
    await page.waitForSelector(`${results}[aria-level="2"]`);
    await page.evaluate(() => window.fakeHost.change("0-r-1", 0x3001001f, "Bobby"));
    await page.waitForFunction(() =>
      [...document.querySelectorAll(".results .col-value")].some((cell) => cell.textContent === "Bobby"),
    );
    await page.click("#tree-0-r-2");
    await page.waitForSelector(".grid");
    assert.equal(await page.locator(".results").count(), 0);
  });
});

describe("page: comparing objects", function () {
  this.timeout(30_000);
  closeAfterwards();

  async function compare(page: Page): Promise<void> {
    await page.focus(".tree");
    await page.keyboard.type("bob");
    await page.keyboard.press("Shift+F10");
    await page.keyboard.press("s");
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Shift+F10");
    await page.getByRole("menuitem", { name: "Compare with Bob Baker" }).waitFor();
    await page.keyboard.press("s");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.classList.contains("compared"));
  }

  it("shows only what differs, with both values side by side, by keyboard alone", async () => {
    const page = await open();
    await compare(page);
    const names = () => page.locator(".compared .virtual-body .col-name .cell-text").allTextContents();
    assert.deepEqual(await names(), ["Recipient type", "Display name", "E-mail address"]);
    assert.equal(await page.textContent(".compare-count"), "3 of 4 differ");
    assert.deepEqual(await page.locator('.compared .table-row[aria-rowindex="3"] .cell').allTextContents(), [
      "Display name, differs",
      "3001001F",
      "Bob Baker",
      "Carol Cole",
    ]);
    await page.locator(".compare-bar vscode-checkbox").focus();
    await page.keyboard.press("Space");
    assert.deepEqual(await names(), ["Recipient type", "Display name", "E-mail address", "Address type"]);
    await page.focus(".compared");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForSelector('#tree-0-r-0[aria-selected="true"]');
    await page.waitForSelector(`${rowOf("3001001F")}[aria-selected="true"]`);
  });

  it("swaps the sides and closes with Escape", async () => {
    const page = await open();
    await compare(page);
    await page.click('[aria-label="Swap the sides"]');
    await page.waitForFunction(
      () => document.querySelector(".compared .col-left .cell-text")?.textContent === "2",
    );
    await page.focus(".compared");
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => document.activeElement?.classList.contains("grid"));
    assert.equal(await page.locator(".compared").count(), 0);
  });

  it("is made a second time on the same page, by keyboard and by mouse", async () => {
    const page = await open();
    const leave = async (): Promise<void> => {
      await page.keyboard.press("Escape");
      await page.waitForFunction(() => document.activeElement?.classList.contains("grid"));
    };
    const title = (): Promise<string | null> => page.textContent(".compare-title");
    await compare(page);
    await leave();
    await compare(page);
    assert.match((await title()) ?? "", /Bob Baker.*Carol Cole/);
    await leave();
    await page.click("#tree-0-r-1", { button: "right" });
    await page.getByRole("menuitem", { name: "Select for compare" }).click();
    await page.click("#tree-0-r-2", { button: "right" });
    await page.getByRole("menuitem", { name: "Compare with Carol Cole" }).click();
    await page.waitForFunction(() => document.activeElement?.classList.contains("compared"));
    assert.match((await title()) ?? "", /Carol Cole.*Eve/);
    await page.click("#tree-0-r-0", { button: "right" });
    await page.getByRole("menuitem", { name: "Compare with Carol Cole" }).click();
    await page.waitForFunction(() => document.querySelector(".compare-title")?.textContent.includes("Bob"));
    assert.match((await title()) ?? "", /Carol Cole.*Bob Baker/);
  });

  it("ends when one of the objects goes", async () => {
    const page = await open();
    await compare(page);
    await page.evaluate(() => {
      window.fakeHost.receive({
        type: "request",
        id: 900_000,
        name: "deleteObject",
        params: { object: "0-r-0", revision: window.fakeHost.revision },
      });
    });
    await page.waitForFunction(() => document.querySelector(".compared") === null);
  });
});
