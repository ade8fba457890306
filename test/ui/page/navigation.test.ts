import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { activeTag, closeAfterwards, focused, open, rowOf, sent, waitForSent } from "./support";

const SUBJECT = "0037001F";

describe("page: navigation", function () {
  this.timeout(30_000);
  closeAfterwards();

  it("moves through the grid by keys and tells the active row", async () => {
    const page = await open();
    await page.focus(".grid");
    await page.keyboard.press("ArrowDown");
    assert.equal(await activeTag(page), SUBJECT);
    const described = await page.getAttribute(".grid", "aria-activedescendant");
    assert.equal(await page.getAttribute(`#${described ?? ""}`, "data-tag"), SUBJECT);
    await page.keyboard.press("End");
    assert.equal(await page.getAttribute('.grid-row[aria-selected="true"]', "aria-rowindex"), "91");
    await page.keyboard.press("PageUp");
    const index = Number(await page.getAttribute('.grid-row[aria-selected="true"]', "aria-rowindex"));
    assert.ok(index < 85 && index > 50);
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowUp");
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("role")), "columnheader");
    await page.keyboard.press("ArrowDown");
    assert.equal(await focused(page), "grid");
  });

  it("shows the detail of the active row, also while keys repeat", async () => {
    const page = await open();
    await page.focus(".grid");
    for (let step = 0; step < 12; step++) await page.keyboard.press("ArrowDown");
    const name = await page.textContent('.grid-row[aria-selected="true"] .col-name .cell-text');
    await page.waitForFunction((text) => document.querySelector(".detail-title")?.textContent === text, name);
  });

  it("keeps few rows in the document and never shows a blank view", async () => {
    const page = await open({ count: 10_000 });
    assert.equal(await page.getAttribute(".grid", "aria-rowcount"), "10001");
    for (const top of [0, 5_000, 100_000, 219_999, 110_011, 40]) {
      const result = await page.evaluate((scrollTop) => {
        const grid = document.querySelector<HTMLElement>(".grid");
        if (grid === null) throw new Error("no grid");
        grid.scrollTop = scrollTop;
        grid.dispatchEvent(new Event("scroll"));
        const box = grid.getBoundingClientRect();
        const rows = [...grid.querySelectorAll(".virtual-body .grid-row")].map((row) =>
          row.getBoundingClientRect(),
        );
        const holes = [];
        for (let y = box.top + 30; y < box.bottom - 4; y += 11) {
          if (!rows.some((row) => row.top <= y && row.bottom > y)) holes.push(y);
        }
        return { holes, count: rows.length };
      }, top);
      assert.deepEqual(result.holes, []);
      assert.ok(result.count < 80, `${result.count} rows`);
    }
    await page.focus(".grid");
    await page.keyboard.press("End");
    assert.equal(await page.getAttribute('.grid-row[aria-selected="true"]', "aria-rowindex"), "10001");
  });

  it("keeps the active row in the document wherever one scrolls", async () => {
    const page = await open({ count: 10_000 });
    await page.click(".virtual-body .grid-row");
    await page.evaluate(() => document.querySelector(".grid")?.scrollTo(0, 100_000));
    await page.waitForTimeout(100);
    const id = (await page.getAttribute(".grid", "aria-activedescendant")) ?? "";
    assert.equal(await page.locator(`#${id}`).count(), 1);
  });

  it("filters while one types, counts, announces, clears", async () => {
    const page = await open({ count: 10_000 });
    await page.focus(".grid");
    await page.keyboard.press("/");
    assert.equal(await focused(page), "filter");
    await page.keyboard.type('name:"number 777"');
    assert.equal(await page.textContent(".filter-count"), "11 of 10,000");
    assert.equal(await page.textContent("[role=status].sr-only"), "11 properties match");
    await page.keyboard.press("ArrowDown");
    assert.equal(await focused(page), "grid");
    await page.keyboard.press("Control+f");
    await page.keyboard.press("Escape");
    assert.equal(await page.textContent(".filter-count"), "10,000 of 10,000");
    await page.keyboard.type("type:binary");
    assert.equal(await page.textContent(".empty-note"), "No property matches the filter.");
  });

  it("sorts by a click and by Enter, and comes back to the stream's order", async () => {
    const page = await open();
    const first = () => page.getAttribute('.grid-row[aria-rowindex="2"]', "data-tag");
    const before = await first();
    await page.click(".head-cell.col-tag");
    assert.equal(await page.getAttribute(".head-cell.col-tag", "aria-sort"), "ascending");
    assert.equal(await first(), "00020003");
    await page.focus(".head-cell.col-tag");
    await page.keyboard.press("Enter");
    assert.equal(await page.getAttribute(".head-cell.col-tag", "aria-sort"), "descending");
    await page.keyboard.press("Enter");
    assert.equal(await page.getAttribute(".head-cell.col-tag", "aria-sort"), "none");
    assert.equal(await first(), before);
  });

  it("sizes columns by keys and by dragging, panes by keys", async () => {
    const page = await open();
    const width = async () => (await page.locator(".head-cell.col-name").boundingBox())?.width ?? 0;
    const before = await width();
    await page.focus(".head-cell.col-name");
    await page.keyboard.press("Shift+ArrowRight");
    assert.equal(await width(), before + 16);
    const handle = await page.locator(".head-cell.col-name .column-handle").boundingBox();
    assert.ok(handle !== null);
    await page.mouse.move(handle.x + 3, handle.y + 8);
    await page.mouse.down();
    await page.mouse.move(handle.x + 43, handle.y + 8, { steps: 4 });
    await page.mouse.up();
    assert.equal(await width(), before + 56);
    assert.equal(await page.getAttribute(".head-cell.col-name", "aria-sort"), "none");
    const tree = async () => (await page.locator(".tree-pane").boundingBox())?.width ?? 0;
    const treeBefore = await tree();
    await page.focus(".splitter.vertical");
    await page.keyboard.press("ArrowRight");
    assert.equal(await tree(), treeBefore + 10);
    assert.equal(await page.getAttribute(".splitter.vertical", "aria-valuenow"), String(treeBefore + 10));
  });

  it("goes round the panes with F6", async () => {
    const page = await open();
    await page.focus(".tree");
    const seen: string[] = [];
    for (let step = 0; step < 5; step++) {
      await page.keyboard.press("F6");
      seen.push(await focused(page));
    }
    assert.deepEqual(seen, ["filter", "grid", "detail", "header", "tree"]);
    await page.keyboard.press("Shift+F6");
    assert.equal(await focused(page), "header");
  });

  it("walks the tree by keys and shows what is chosen", async () => {
    const page = await open();
    await page.focus(".tree");
    await page.keyboard.press("ArrowDown");
    await page.waitForSelector(".child-row");
    assert.equal(await page.locator(".child-row").count(), 3);
    await page.keyboard.press("ArrowRight");
    await page.waitForSelector(rowOf("3001001F"));
    assert.equal(await page.textContent('.tree-row[aria-selected="true"] .node-label'), "Bob Baker");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    assert.equal(await page.getAttribute("#tree-0-r", "aria-expanded"), "false");
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowRight");
    assert.equal(await page.getAttribute("#tree-0-a-1", "aria-expanded"), "true");
    await page.keyboard.press("Home");
    await page.keyboard.type("fw");
    assert.equal(await page.textContent('.tree-row[aria-selected="true"] .node-label'), "Fwd: Figures");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.classList.contains("grid"));
  });

  it("deletes and adds recipients and attachments", async () => {
    const page = await open();
    await page.click("#tree-0-r-2");
    await page.keyboard.press("Delete");
    await page.waitForFunction(() => document.getElementById("tree-0-r-2") === null);
    assert.equal(await page.getAttribute("#tree-0-r", "aria-selected"), "true");
    await page.click(".add-button");
    await page.keyboard.type("Frank");
    await page.keyboard.press("Tab");
    await page.keyboard.type("nowhere");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".form-panel .field-error:not(:empty)");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("frank@example.com");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#child-new-1");
    await page.click("#tree-0-a");
    await page.click(".add-button");
    await page.waitForSelector('#tree-new-2[aria-selected="true"]');
    await page.waitForSelector(rowOf("3707001F"));
    assert.deepEqual(
      (await sent(page, "deleteObject")).map((params) => "object" in params && params.object),
      ["0-r-2"],
    );
  });

  it("opens menus by mouse and key, walks them, and gives the focus back", async () => {
    const page = await open();
    await page.click(rowOf(SUBJECT), { button: "right" });
    assert.equal(await page.textContent(".menu-item:focus .menu-label"), "Edit value");
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".menu").count(), 0);
    assert.equal(await focused(page), "grid");
    await page.keyboard.press("Shift+F10");
    await page.keyboard.press("ArrowUp");
    assert.equal(await page.textContent(".menu-item:focus .menu-label"), "Delete property");
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowDown");
    assert.equal(await page.getAttribute(".menu-item:focus", "aria-disabled"), "true");
    for (let step = 0; step < 3; step++) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForFunction(
      () => window.fakeHost.copied === "PidTagSubject" || window.fakeHost.copied === "0037001F",
    );
    await page.click("#tree-0-a-0", { button: "right" });
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await waitForSent(page, "deleteObject");
  });

  it("comes back to where one was", async () => {
    const page = await open();
    await page.click("#tree-0-a-1 .twistie");
    await page.click(rowOf("0C1A001F"));
    await page.click(".head-cell.col-name");
    await page.click(".filter-field");
    await page.keyboard.type("sender");
    await page.waitForTimeout(150);
    await page.reload();
    await page.waitForSelector(".grid-row[data-tag]");
    assert.equal(await page.getAttribute("#tree-0-a-1", "aria-expanded"), "true");
    assert.equal(await activeTag(page), "0C1A001F");
    assert.equal(await page.textContent(".filter-count"), "3 of 90");
    assert.equal(await page.getAttribute(".head-cell.col-name", "aria-sort"), "ascending");
    const stored = await page.evaluate(() => JSON.stringify(window.storedState));
    assert.equal(stored.includes("ann@example.com"), false, "the mail's data must not be stored");
  });

  it("goes where the host points, past a filter and into embedded messages", async () => {
    const page = await open();
    await page.click(".filter-field");
    await page.keyboard.type("nothing at all");
    await page.evaluate(() => window.fakeHost.reveal("0-a-1-m", 0x0c1a001f));
    await page.waitForSelector(`${rowOf("0C1A001F")}[aria-selected="true"]`);
    assert.equal(await page.getAttribute("#tree-0-a-1-m", "aria-selected"), "true");
    await page.waitForFunction(() => document.activeElement?.classList.contains("grid"));
  });

  it("stacks in a narrow window", async () => {
    const page = await open({ width: 420, height: 760 });
    assert.equal(await page.isVisible(".tree"), false);
    const grid = await page.locator(".grid").boundingBox();
    const detail = await page.locator(".detail").boundingBox();
    assert.ok(grid !== null && detail !== null && detail.y >= grid.y + grid.height && grid.width === 420);
    assert.equal(await page.isVisible(".head-cell.col-type"), false);
    await page.click(".tree-toggle");
    assert.equal(await focused(page), "tree");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    assert.equal(await page.isVisible(".tree"), false);
    assert.match((await page.textContent(".tree-toggle")) ?? "", /Recipients/);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 420);
  });

  it("folds the detail pane and remembers it", async () => {
    const page = await open();
    await page.click('[data-action="collapse"]');
    assert.equal(await page.isVisible(".detail-body"), false);
    await page.click(rowOf("1000001F"));
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.localName === "vscode-text-area");
    assert.equal(await page.isVisible(".detail-body"), true);
  });
});
