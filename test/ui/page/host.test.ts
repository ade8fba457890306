import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { violations } from "./axe";
import { closeAfterwards, open, rowOf, sent, valueOf, waitForSent, waitForValue } from "./support";
import { THEMES, type ThemeName } from "./themes";

const SUBJECT = "0037001F";
const BANNERS = `fakeHost.banners = [
  { id: "d", severity: "warning", message: "The file was cut off.", details: ["Sector 42", "Sector 43"], actions: [{ id: "repair", label: "Save a repaired copy…" }] },
  { id: "e", severity: "error", message: "The stream is damaged.", actions: [] },
];`;

describe("page: host", function () {
  this.timeout(60_000);
  closeAfterwards();

  it("shows banners with details and actions, and leaves the focus where it is", async () => {
    const page = await open({ prepare: BANNERS });
    assert.equal(await page.locator(".banner[role=status]").count(), 1);
    assert.equal(await page.locator(".banner[role=alert]").count(), 1);
    assert.equal(await page.isVisible(".banner-details"), false);
    await page.click(".banner .link-button");
    assert.equal(await page.isVisible(".banner-details"), true);
    await page.evaluate(() => window.fakeHost.update());
    await page.waitForTimeout(50);
    assert.equal(await page.isVisible(".banner-details"), true);
    await page.click(".banner vscode-button");
    await waitForSent(page, "action");
    assert.deepEqual(await sent(page, "action"), [{ id: "repair" }]);
  });

  it("shows why a file cannot be opened, and the session once it can", async () => {
    const page = await open({
      prepare: `fakeHost.failure = { kind: "failure", title: "This is not a compound file.", details: ["A ZIP archive."], actions: [{ id: "retry", label: "Try again" }] };`,
    });
    assert.equal(await page.textContent(".failure-title"), "This is not a compound file.");
    await page.click(".failure vscode-button");
    await waitForSent(page, "action");
    await page.evaluate(() => {
      window.fakeHost.failure = undefined;
      window.fakeHost.update();
    });
    await page.waitForSelector(rowOf(SUBJECT));
  });

  it("allows nothing to be changed when the session is read-only", async () => {
    const page = await open({ prepare: `fakeHost.readOnly = "The file is damaged.";` });
    assert.match((await page.getAttribute(".header-lock", "title")) ?? "", /damaged/);
    await page.click(rowOf(SUBJECT));
    await page.keyboard.press("Delete");
    await page.keyboard.type("x");
    await page.keyboard.press("F2");
    assert.equal(await page.locator(".cell-input").count(), 0);
    await page.keyboard.press("Escape");
    await page.focus(".grid");
    await page.keyboard.press("Insert");
    assert.equal(await page.locator(".form-panel").count(), 0);
    await page.click(rowOf(SUBJECT), { button: "right" });
    assert.equal(await page.locator('.menu-item[aria-disabled="true"]').count(), 4);
    const edits = await page.evaluate(() =>
      window.fakeHost.requests.filter((request) => "revision" in request.params),
    );
    assert.deepEqual(edits, []);
  });

  it("says when nobody answers, locks itself, and unlocks with the next answer", async () => {
    const page = await open();
    await page.evaluate(() => {
      window.fakeHost.silent = true;
    });
    await page.click(rowOf(SUBJECT));
    await page.keyboard.type("Lost");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".banner.error", { timeout: 4_000 });
    assert.match((await page.textContent(".banner.error")) ?? "", /does not answer/);
    assert.match((await page.textContent(".header")) ?? "", /Read-only/);
    await page.evaluate(() => {
      window.fakeHost.silent = false;
      window.fakeHost.update();
    });
    await page.waitForFunction(() => document.querySelector(".banner") === null);
    assert.equal(await page.locator(".header-lock").count(), 0);
  });

  it("keeps the text when an edit is never answered", async () => {
    const page = await open();
    await page.evaluate(() => {
      window.fakeHost.silent = true;
    });
    await page.click(rowOf(SUBJECT));
    await page.keyboard.type("Kept");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".cell-error", { timeout: 13_000 });
    assert.equal(await page.inputValue(".cell-input"), "Kept");
  });

  it("sends edits one after the other, each with the newest revision", async () => {
    const page = await open({ prepare: "fakeHost.delay = 60;" });
    await page.click(rowOf(SUBJECT));
    await page.keyboard.type("First");
    await page.keyboard.press("Tab");
    await page.waitForSelector(`${rowOf("003D001F")} .cell-input`);
    await page.keyboard.type("Second");
    await page.keyboard.press("Enter");
    await waitForSent(page, "setProperty", 2);
    const revisions = (await sent(page, "setProperty")).map(
      (params) => "revision" in params && params.revision,
    );
    assert.deepEqual(revisions, [1, 2]);
    await waitForValue(page, "003D001F", "Second");
  });

  it("catches up after a stale edit, so that it can be tried again", async () => {
    const page = await open();
    await page.evaluate(() => {
      window.fakeHost.revision = 7;
    });
    await page.click(rowOf(SUBJECT));
    await page.keyboard.type("Again");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".cell-error");
    await waitForSent(page, "ready", 2);
    await page.waitForTimeout(100);
    await page.keyboard.press("Enter");
    await waitForValue(page, SUBJECT, "Again");
  });

  it("tells of a failure that belongs to no field and lets it be dismissed", async () => {
    const page = await open();
    await page.evaluate(() => {
      window.fakeHost.revision = 9;
    });
    await page.click(rowOf(SUBJECT));
    await page.keyboard.press("Delete");
    await page.waitForSelector(".banner.error");
    await page.click(".banner.error vscode-button");
    assert.equal(await page.locator(".banner").count(), 0);
  });

  it("shows hostile text as text", async () => {
    const page = await open({
      prepare: `fakeHost.change("0", 0x0037001f, "<img src=x onerror=alert(1)>\\u202egpj.exe");`,
    });
    assert.equal(await valueOf(page, SUBJECT), "<img src=x onerror=alert(1)>\\u202Egpj.exe");
    assert.equal(await page.locator("img").count(), 0);
  });

  it("writes what is being typed before VS Code saves", async () => {
    const page = await open();
    await page.click(rowOf(SUBJECT));
    await page.keyboard.type("Saved");
    await page.keyboard.press("Control+s");
    await waitForValue(page, SUBJECT, "Saved");
  });

  it("lists what changed, going to the object where it did", async () => {
    const page = await open();
    await page.evaluate(() => window.fakeHost.change("0-r-1", 0x3001001f, "Carola"));
    await page.click(".header .link-button");
    await page.waitForSelector('#tree-0-r-1[aria-selected="true"]');
    await page.waitForFunction(() => document.querySelector(".filter-count")?.textContent === "1 of 4");
  });

  it("stays at an object while its text is refused", async () => {
    const page = await open();
    await page.click(rowOf("0E070003"));
    await page.keyboard.type("none");
    await page.click("#tree-0-r");
    await page.waitForSelector(".cell-error");
    assert.equal(await page.inputValue(".cell-input"), "none");
    assert.equal(await page.getAttribute("#tree-0", "aria-selected"), "true");
    assert.equal(await page.evaluate(() => document.activeElement?.className), "cell-input");
  });

  it("tells while it waits, and shows the session when it comes late", async () => {
    const page = await open({ prepare: "fakeHost.delay = 900;" });
    assert.equal(await page.locator(".loading").count(), 0);
    assert.equal(await valueOf(page, SUBJECT), "Quarterly figures");
  });

  it("has no accessibility violations when narrow, read-only or failed", async () => {
    const narrow = await open({ width: 420, theme: "light", prepare: `fakeHost.readOnly = "Damaged.";` });
    await narrow.click(".tree-toggle");
    assert.deepEqual(await violations(narrow), []);
    await narrow.evaluate(() => {
      window.fakeHost.failure = {
        kind: "failure",
        title: "This is not a compound file.",
        details: ["A ZIP archive."],
        actions: [{ id: "retry", label: "Try again" }],
      };
      window.fakeHost.update();
    });
    await narrow.waitForSelector(".failure");
    assert.deepEqual(await violations(narrow), []);
  });

  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    it(`has no accessibility violations in ${theme}`, async () => {
      const page = await open({
        theme,
        prepare: `${BANNERS} fakeHost.change("0", 0x0037001f, "Changed");`,
      });
      assert.deepEqual(await violations(page), []);
      await page.click(rowOf("0E070003"));
      await page.keyboard.type("wrong");
      await page.keyboard.press("Enter");
      await page.waitForSelector(".cell-error");
      assert.deepEqual(await violations(page), [], "an open editor with an error");
      await page.keyboard.press("Escape");
      await page.click(rowOf("00710102"));
      await page.waitForSelector(".hex-dump");
      assert.deepEqual(await violations(page), [], "bytes");
      await page.click(rowOf("00710102"), { button: "right" });
      assert.deepEqual(await violations(page), [], "a menu");
      await page.keyboard.press("Escape");
      await page.click(".add-button");
      await page.keyboard.type("sender");
      await page.waitForSelector(".combo-item");
      await page.keyboard.press("ArrowDown");
      assert.deepEqual(await violations(page), [], "adding a property");
      await page.keyboard.press("Escape");
      await page.click("#tree-0-r");
      await page.click(".add-button");
      assert.deepEqual(await violations(page), [], "adding a recipient");
      await page.click("#tree-0");
      await page.click(rowOf("8003101F"));
      await page.waitForSelector(".list-row");
      assert.deepEqual(await violations(page), [], "a list of values");
    });
  }
});
