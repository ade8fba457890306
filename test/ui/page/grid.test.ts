import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Page } from "playwright-core";
import { closeAfterwards, open, rowOf, sent, waitForSent } from "./support";
import { gridCommand, type KeyPress } from "../../../webview/grid/keyboard";
import {
  COLUMNS,
  DEFAULT_COLUMNS,
  drawnColumns,
  moveColumn,
  readColumns,
  resizeColumn,
  storedColumns,
  toggleColumn,
} from "../../../webview/grid/columnModel";
import { RowSelection } from "../../../webview/grid/rowSelection";

const ids = (columns: readonly { readonly id: string }[]): string => columns.map(({ id }) => id).join(" ");

describe("page logic: columns", () => {
  it("shows the four that matter first, and the others when asked to", () => {
    assert.equal(ids(drawnColumns(DEFAULT_COLUMNS, "all")), "name tag type value");
    assert.equal(ids(drawnColumns(toggleColumn(DEFAULT_COLUMNS, "size"), "all")), "name tag type size value");
    assert.equal(ids(drawnColumns(DEFAULT_COLUMNS, "noType")), "name tag value");
    assert.equal(ids(drawnColumns(toggleColumn(DEFAULT_COLUMNS, "size"), "compact")), "name value");
    assert.equal(toggleColumn(DEFAULT_COLUMNS, "value").find(({ id }) => id === "value")?.shown, true);
  });

  it("moves a column past hidden ones, and not out of the grid", () => {
    const moved = moveColumn(DEFAULT_COLUMNS, "tag", -1);
    assert.equal(ids(drawnColumns(moved, "all")), "tag name type value");
    assert.equal(moveColumn(moved, "tag", -1), moved);
    assert.equal(ids(drawnColumns(moveColumn(DEFAULT_COLUMNS, "type", 1), "all")), "name tag value type");
    assert.equal(moved.length, COLUMNS.length);
  });

  it("reads what was stored, whatever it is, with every column once", () => {
    const wide = resizeColumn(moveColumn(DEFAULT_COLUMNS, "tag", -1), "tag", 30);
    assert.deepEqual(readColumns(storedColumns(wide)), wide);
    for (const stored of [
      undefined,
      3,
      {},
      "name",
      [],
      [null, 5, { id: "x" }, { id: "tag" }, { id: "tag", width: -4 }],
    ]) {
      const columns = readColumns(stored);
      assert.deepEqual([...columns].map(({ id }) => id).sort(), [...COLUMNS].sort());
      assert.ok(columns.every(({ id, width }) => id === "value" || (width >= 48 && width <= 1200)));
    }
    assert.ok(readColumns([{ id: "name", shown: false, width: 100 }])[0]?.shown);
  });
});

describe("page logic: choosing rows", () => {
  const order = [10, 20, 30, 40, 50];
  const chosen = (selection: RowSelection, active: number): number[] =>
    order.filter((tag) => selection.has(tag, active));

  it("chooses the active row alone, ranges both ways, single rows, all", () => {
    const selection = new RowSelection();
    selection.single(20);
    assert.deepEqual(chosen(selection, 20), [20]);
    selection.extend(order, 20, 40);
    assert.deepEqual(chosen(selection, 40), [20, 30, 40]);
    selection.extend(order, 40, 10);
    assert.deepEqual(chosen(selection, 10), [10, 20]);
    selection.toggle(50, 10);
    assert.deepEqual(chosen(selection, 50), [10, 20, 50]);
    selection.toggle(20, 50);
    assert.deepEqual(chosen(selection, 20), [10, 50]);
    selection.keep((tag) => tag !== 10);
    assert.deepEqual(chosen(selection, 50), [50]);
    assert.equal(selection.isMany, false);
    selection.all(order);
    assert.deepEqual(chosen(selection, 50), order);
    selection.single(30);
    assert.deepEqual(chosen(selection, 30), [30]);
  });

  it("has a key for each", () => {
    const press = (key: string, extra: Partial<KeyPress> = {}) =>
      gridCommand({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...extra });
    assert.deepEqual(press("ArrowDown", { shiftKey: true }), { kind: "move", to: "down", choose: "extend" });
    assert.deepEqual(press("ArrowDown", { ctrlKey: true }), { kind: "move", to: "down", choose: "keep" });
    assert.deepEqual(press("End", { ctrlKey: true, shiftKey: true }), {
      kind: "move",
      to: "last",
      choose: "extend",
    });
    assert.deepEqual(press("End", { ctrlKey: true }), { kind: "move", to: "last" });
    assert.deepEqual(press("a", { ctrlKey: true }), { kind: "selectAll" });
    assert.deepEqual(press(" ", { ctrlKey: true }), { kind: "toggle" });
    assert.deepEqual(press("Escape"), { kind: "single" });
  });
});

async function headings(page: Page): Promise<string[]> {
  return page.locator(".head-label").allTextContents();
}

async function selectedTags(page: Page): Promise<(string | null)[]> {
  return page
    .locator('.grid-row[aria-selected="true"]')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute("data-tag")));
}

describe("page: the grid's columns", function () {
  this.timeout(30_000);
  closeAfterwards();

  it("are shown and hidden by keys, keep their order, and come back in the next document", async () => {
    const page = await open();
    await page.focus(".grid");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Shift+F10");
    await page.waitForSelector('.menu [role="menuitemcheckbox"]');
    await page.keyboard.press("c");
    assert.equal(
      await page.evaluate(() => document.activeElement?.querySelector(".menu-label")?.textContent),
      "Canonical name",
    );
    await page.keyboard.press("Enter");
    assert.deepEqual(await headings(page), ["Name", "Canonical name", "Tag", "Type", "Value"]);
    assert.equal(await page.getAttribute(".grid", "aria-colcount"), "5");
    assert.equal(await page.textContent(`${rowOf("0037001F")} .col-canonicalName`), "PidTagSubject");
    await page.focus(".head-cell.col-type");
    await page.keyboard.press("Control+Shift+ArrowLeft");
    assert.deepEqual(await headings(page), ["Name", "Canonical name", "Type", "Tag", "Value"]);
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Type");
    assert.equal(await page.getAttribute(`${rowOf("0037001F")} .col-type`, "aria-colindex"), "3");
    await waitForSent(page, "saveColumns");
    // Another document: nothing stored by its own page.
    await page.evaluate(() => {
      sessionStorage.removeItem("state");
    });
    await page.reload();
    await page.waitForSelector(".grid-row[data-tag]");
    assert.deepEqual(await headings(page), ["Name", "Canonical name", "Type", "Tag", "Value"]);
    await page.click(".head-cell.col-tag", { button: "right" });
    await page.getByText("Reset the columns").click();
    assert.deepEqual(await headings(page), ["Name", "Tag", "Type", "Value"]);
  });

  it("show what they say, sort by it, and scroll sideways when there is no room", async () => {
    const page = await open({ width: 1000 });
    for (const name of ["MAPI name", "Property set", "Size", "Flags", "Area"]) {
      await page.click(".columns-button");
      await page.locator(".menu-item", { hasText: name }).click();
    }
    const row = rowOf("8003101F");
    assert.equal(await page.textContent(`${row} .col-set`), "PS_PUBLIC_STRINGS Keywords");
    assert.equal(await page.textContent(`${rowOf("0037001F")} .col-mapiName`), "PR_SUBJECT");
    assert.equal(await page.textContent(`${rowOf("0037001F")} .col-flags`), "RW");
    assert.equal(await page.getAttribute(`${rowOf("0037001F")} .col-flags`, "title"), "Readable, Writeable");
    assert.equal(await page.textContent(`${rowOf("0037001F")} .col-area`), "General message");
    await page.focus(".head-cell.col-size");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    assert.equal(await page.getAttribute('.grid-row[aria-rowindex="2"]', "data-tag"), "10090102");
    const { width, room } = await page.$eval(".grid", (grid) => ({
      width: grid.scrollWidth,
      room: grid.clientWidth,
    }));
    assert.ok(width > room);
    const head = await page.locator(".head-cell.col-value").boundingBox();
    const cell = await page.locator('.grid-row[aria-rowindex="2"] .col-value').boundingBox();
    assert.deepEqual([head?.x, head?.width], [cell?.x, cell?.width]);
  });
});

describe("page: choosing many rows", function () {
  this.timeout(30_000);
  closeAfterwards();

  it("extends by Shift, goes back to one, chooses all", async () => {
    const page = await open();
    await page.focus(".grid");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Shift+ArrowDown");
    await page.keyboard.press("Shift+ArrowDown");
    assert.deepEqual(await selectedTags(page), ["0037001F", "003D001F", "0E1D001F"]);
    assert.equal(await page.textContent("[role=status].sr-only"), "3 properties selected");
    await page.keyboard.press("Control+ArrowDown");
    await page.keyboard.press("Control+ArrowDown");
    await page.keyboard.press("Control+Space");
    assert.deepEqual(await selectedTags(page), ["0037001F", "003D001F", "0E1D001F", "00390040"]);
    await page.keyboard.press("Escape");
    assert.deepEqual(await selectedTags(page), ["00390040"]);
    await page.keyboard.press("Control+a");
    const all = await page.locator(".virtual-body .grid-row").count();
    assert.equal((await selectedTags(page)).length, all);
    assert.equal(await page.textContent("[role=status].sr-only"), "90 properties selected");
  });

  it("by the mouse, and deletes them in one edit that leaves the others", async () => {
    const page = await open();
    await page.click(rowOf("0037001F"));
    await page.click(rowOf("0E070003"), { modifiers: ["Shift"] });
    await page.click(rowOf("0E1D001F"), { modifiers: ["ControlOrMeta"] });
    assert.deepEqual(await selectedTags(page), ["0037001F", "003D001F", "0E070003"]);
    await page.click(rowOf("003D001F"), { button: "right" });
    assert.deepEqual(await selectedTags(page), ["0037001F", "003D001F", "0E070003"]);
    await page.locator(".menu-item", { hasText: "Delete 3 properties" }).click();
    // The deleted ones go to the end of the stream's order.
    await page.waitForSelector('.grid-row[data-tag="0E1D001F"][aria-rowindex="3"]');
    assert.deepEqual(
      (await sent(page, "deleteProperties")).map((params) => "tags" in params && params.tags),
      [[0x0037001f, 0x003d001f, 0x0e070003]],
    );
    assert.equal(await page.getAttribute(rowOf("0E1D001F"), "data-change"), null);
  });

  it("copies values and rows of all that are chosen, in the order shown", async () => {
    const page = await open();
    await page.click(rowOf("001A001F"));
    await page.keyboard.press("Shift+ArrowDown");
    await page.keyboard.press("Control+c");
    await page.waitForFunction(() => window.fakeHost.copied === "IPM.Note\nQuarterly figures");
    await page.keyboard.press("Shift+F10");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Copy as…");
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: "JSON" }).waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => window.fakeHost.copied === "json 001A001F\njson 0037001F");
    assert.equal(await page.textContent("[role=status].sr-only"), "2 copied");
    assert.equal(await page.getAttribute(".grid-row[data-active]", "data-tag"), "0037001F");
  });
});
