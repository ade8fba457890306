import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Page } from "playwright-core";
import { filterNames } from "../../../webview/names/model";
import { filteredItems, foldedAtFirst, visibleItems } from "../../../webview/storage/model";
import { firstView } from "../../../webview/views/firstView";
import { sortItems } from "../../../webview/ui/tableView";
import { violations } from "./axe";
import { LARGE_STREAM, sampleNames, sampleStorage } from "./fakeViews";
import { closeAfterwards, focused, open, rowOf, sent, waitForSent } from "./support";
import { THEMES, type ThemeName } from "./themes";

describe("page logic: views", () => {
  it("begin with the one shown last, else the one that is set, else Properties", () => {
    assert.equal(firstView(["message", "properties"], undefined, "message"), "message");
    assert.equal(firstView(["properties", "names"], undefined, "message"), "properties");
    assert.equal(firstView(["message", "properties", "names"], "names", "message"), "names");
    assert.equal(firstView(["properties"], "storage", "message"), "properties");
  });

  it("show storages unfolded or folded, filter them with what they are in", () => {
    const { elements } = sampleStorage(1);
    const names = (items: readonly { readonly row: { readonly meaning: string } }[]): string[] =>
      items.map(({ row }) => row.meaning);
    assert.equal(visibleItems(elements, new Set()).length, elements.length);
    assert.deepEqual(names(visibleItems(elements, foldedAtFirst(elements))), [
      "",
      "Named property map",
      "Properties",
      "Subject",
      "HTML body",
      "Body",
      "Recipient 1",
    ]);
    assert.deepEqual(names(filteredItems(elements, "display")), ["", "Recipient 1", "Display name"]);
    assert.deepEqual(names(filteredItems(elements, "nowhere")), []);
    assert.deepEqual(names(visibleItems(elements, new Set([0]))), [""]);
  });

  it("filter names by every word, and sort tables both ways", () => {
    const { names } = sampleNames();
    const ids = (rows: readonly { readonly id: number }[]): string =>
      rows.map(({ id }) => id.toString(16)).join(" ");
    assert.equal(ids(filterNames(names, "common 85", false)), "8005 8006");
    assert.equal(ids(filterNames(names, "", true)), "8009");
    assert.equal(ids(filterNames(names, "00020329 key", false)), "8003");
    const columns = [{ id: "uses", label: "", track: "", draw: () => undefined, sortKey: uses }];
    assert.equal(
      ids(sortItems(names, columns, { column: "uses", descending: false })),
      "8009 8005 8006 8003",
    );
    assert.equal(ids(sortItems(names, columns, { column: "uses", descending: true })), "8003 8005 8006 8009");
    assert.equal(sortItems(names, columns, { column: "id", descending: true }), names);
  });
});

const uses = ({ useCount }: { readonly useCount: number }): number => useCount;

async function goTo(page: Page, view: string): Promise<void> {
  await page.click(`#view-tab-${view}`);
  await page.waitForSelector(`#view-${view}:not([hidden]) .table-row[data-index]`);
}

describe("page: the views", function () {
  this.timeout(60_000);
  closeAfterwards();

  it("are shown by the commands of VS Code, with the focus in them; unwritten text stays with its reason", async () => {
    const page = await open();
    const show = (view: "storage" | "names" | "properties"): Promise<void> =>
      page.evaluate((wanted) => window.fakeHost.command({ kind: "showView", view: wanted }), view);
    for (const view of ["storage", "names", "properties"] as const) {
      await show(view);
      await page.waitForSelector(`#view-${view}:not([hidden])`);
      await page.waitForFunction(
        (wanted) => document.activeElement?.closest(`#view-${wanted}`) !== null,
        view,
      );
    }
    await page.click(rowOf("0E070003"));
    await page.keyboard.type("many");
    await show("names");
    await page.waitForSelector(".cell-error");
    assert.equal(await page.isVisible("#view-names"), false);
    assert.equal(await focused(page), "cell-input");
  });

  it("copy what is chosen in the form a command of VS Code asks for, and say when nothing can be", async () => {
    const page = await open();
    await page.click(rowOf("0037001F"));
    await page.keyboard.press("Shift+ArrowDown");
    await page.evaluate(() => window.fakeHost.command({ kind: "copy", format: "csharp" }));
    await page.waitForFunction(() => window.fakeHost.copied === "csharp 0037001F\ncsharp 003D001F");
    await goTo(page, "names");
    await page.evaluate(() => window.fakeHost.command({ kind: "copy", format: "json" }));
    await page.waitForSelector(".banner");
    assert.match(await page.innerText(".banner"), /Properties view/);
    assert.equal((await sent(page, "copyProperties")).length, 1);
  });

  it("are switched by keyboard alone, remembered, and keep what they show", async () => {
    const page = await open();
    await page.click(rowOf("0037001F"));
    await page.focus("#view-tab-properties");
    await page.keyboard.press("ArrowRight");
    await page.waitForSelector("#view-storage:not([hidden])");
    assert.equal(await page.getAttribute("#view-tab-storage", "aria-selected"), "true");
    assert.equal(await page.evaluate(() => document.activeElement?.id), "view-tab-storage");
    assert.equal(await page.isVisible(".grid"), false);
    await page.keyboard.press("End");
    await page.waitForSelector(".names .table-row[data-index]");
    await page.waitForFunction(() => JSON.stringify(window.storedState).includes('"view":"names"'));
    await page.reload();
    await page.waitForSelector(".names .table-row[data-index]");
    await page.focus("#view-tab-names");
    await page.keyboard.press("ArrowLeft");
    await page.waitForSelector("#view-storage:not([hidden])");
    await page.keyboard.press("ArrowLeft");
    await page.waitForSelector(`${rowOf("0037001F")}[aria-selected="true"]`);
  });

  it("are not left while a value is refused", async () => {
    const page = await open();
    await page.click(rowOf("0E070003"));
    await page.keyboard.press("F2");
    await page.keyboard.type("nothing");
    await page.click("#view-tab-names");
    await page.waitForSelector(".cell-error");
    assert.equal(await page.isVisible(".grid"), true);
    await page.keyboard.press("Escape");
    await goTo(page, "names");
  });

  it("list the named properties, say what does not agree, and go where a name is used", async () => {
    const page = await open();
    await goTo(page, "names");
    assert.match(await page.locator(".names-problems").innerText(), /^2 things in the map do not agree\./);
    assert.equal(await page.textContent("#view-names .view-count"), "4 of 4");
    await page.keyboard.press("F6");
    await page.focus(".names");
    await page.keyboard.type("rem");
    await page.waitForFunction(() =>
      document.querySelector(".names-detail h2")?.textContent.startsWith("Reminder set"),
    );
    await page.keyboard.press("Control+f");
    await page.keyboard.type("keywords");
    await page.keyboard.press("ArrowDown");
    assert.equal(await focused(page), "names");
    assert.equal(await page.locator(".use-list button").count(), 2);
    await page.locator(".use-list button", { hasText: "Fwd: Figures" }).focus();
    await page.keyboard.press("Enter");
    await page.waitForSelector('#tree-0-a-1-m[aria-selected="true"]');
    await page.waitForSelector(`${rowOf("8003101F")}[aria-selected="true"]`);
    assert.equal(await page.getAttribute("#view-tab-properties", "aria-selected"), "true");
  });

  it("show only unused names, and that they are", async () => {
    const page = await open();
    await goTo(page, "names");
    await page.locator("#view-names vscode-checkbox").focus();
    await page.keyboard.press("Space");
    assert.equal(await page.textContent("#view-names .view-count"), "1 of 4");
    assert.match(await page.locator(".names-detail").innerText(), /No object has this property/);
    assert.match(await page.locator(".names .col-name .control-char").innerText(), /202E/);
  });

  it("show the file's storages and the bytes of a stream, window by window, by keyboard alone", async () => {
    const page = await open();
    await goTo(page, "storage");
    assert.equal(await page.getAttribute(".storage", "role"), "treegrid");
    assert.equal(
      await page.textContent(".storage-facts"),
      `Version 3, sectors of 512 bytes, 3 storages, 7 streams, ${(LARGE_STREAM + 1_367).toLocaleString("en")} bytes in streams`,
    );
    await page.focus(".storage");
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction(
      () => document.querySelector(".storage-detail h2")?.textContent === "Display name",
    );
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    assert.match(await page.locator(".storage-about").innerText(), /0x00000001/);
    await page.keyboard.type("html");
    await page.waitForFunction(() => document.querySelector(".hex-window .dump-ascii")?.textContent !== "");
    assert.match((await page.textContent(".hex-window .dump-row")) ?? "", /^000000.*20 21 22 23/);
    await page.keyboard.press("Enter");
    assert.equal(await focused(page), "hex");
    await page.keyboard.press("End");
    const last = (LARGE_STREAM - 1).toString(16).toUpperCase().slice(0, -1).padStart(5, "0");
    await page.waitForFunction((offset) => {
      const rows = [...document.querySelectorAll(".hex-window .dump-row")];
      const row = rows.find((candidate) => candidate.querySelector(".dump-offset")?.textContent === offset);
      return row?.querySelector(".dump-ascii")?.textContent.length === 1;
    }, `${last}0`);
    const asked = await sent(page, "readStream");
    assert.ok(asked.length >= 2 && asked.length <= 24, `${asked.length} windows`);
    await page.click('[aria-label="Save stream as…"]');
    await waitForSent(page, "saveStreamAs");
  });

  it("show a stream of 2 GB from its beginning to its end", async () => {
    const page = await open({ prepare: "fakeHost.largeStream = 2 ** 31 - 1;" });
    await goTo(page, "storage");
    await page.focus(".storage");
    await page.keyboard.type("html");
    await page.keyboard.press("Enter");
    await page.keyboard.press("End");
    await page.waitForFunction(() => {
      const rows = [...document.querySelectorAll(".hex-window .dump-row")];
      const row = rows.find((one) => one.querySelector(".dump-offset")?.textContent === "7FFFFFF0");
      return row?.querySelector(".dump-ascii")?.textContent.length === 15;
    });
    await page.keyboard.press("Home");
    await page.waitForFunction(
      () => document.querySelector(".hex-window .dump-row .dump-offset")?.textContent === "00000000",
    );
  });

  for (const width of [1300, 520]) {
    it(`end the headings of numbers where the numbers end, each row on one line, ${width} px wide`, async () => {
      const page = await open({ width });
      await goTo(page, "storage");
      const ends = (selector: string): Promise<readonly number[]> =>
        page.locator(selector).evaluateAll((cells) =>
          cells
            .filter((cell) => cell.textContent !== "" && cell.getClientRects().length > 0)
            .map((cell) => {
              const range = document.createRange();
              range.selectNodeContents(cell);
              return Math.round(range.getBoundingClientRect().right);
            }),
        );
      for (const column of width > 700 ? ["size", "sector"] : ["size"]) {
        const all = await ends(`.storage .col-${column}`);
        assert.ok(all.length > 2 && new Set(all).size === 1, `${column}: ${all.join(" ")}`);
      }
      const heights = await page
        .locator(".storage .table-row[data-index] .cell:visible")
        .evaluateAll((cells) => cells.map((cell) => cell.getBoundingClientRect().height));
      assert.deepEqual([...new Set(heights)], [22]);
      const filter = await page.locator("#view-storage .filter-field").boundingBox();
      const facts = await page.locator(".storage-facts").boundingBox();
      assert.ok(filter && facts && filter.x + filter.width <= facts.x && filter.width > 150);
    });
  }

  it("say that unsaved changes are not in the file, and follow a save", async () => {
    const page = await open();
    await goTo(page, "storage");
    assert.equal(await page.textContent("#view-storage .view-note"), "");
    await page.evaluate(() => window.fakeHost.change("0", 0x0037001f, "Other"));
    await page.waitForFunction(() => document.querySelector("#view-storage .view-note")?.textContent !== "");
    await page.evaluate(() => {
      window.fakeHost.save();
      window.fakeHost.update();
    });
    await page.waitForFunction(() => document.querySelector("#view-storage .view-note")?.textContent === "");
  });

  it("read as tables to a screen reader", async () => {
    const page = await open();
    await goTo(page, "names");
    const names = await page.locator("#view-names").ariaSnapshot();
    assert.match(names, /grid "Named properties of the file"/);
    assert.match(names, /columnheader "Property set"/);
    assert.match(names, /row "8006 Reminder set 0x8503 PSETID_Common PidLidReminderSet 101E 1"/);
    await goTo(page, "storage");
    const storage = await page.locator("#view-storage").ariaSnapshot();
    assert.match(storage, /treegrid "Storages and streams of the file"/);
    assert.match(storage, /row "__substg1.0_0037001F Subject 34 mini 31"/);
    assert.match(await page.locator(".header").ariaSnapshot(), /tab "Storage" \[selected\]/);
  });

  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    it(`have no accessibility violations in ${theme}`, async () => {
      const page = await open({ theme });
      await page.focus(".filter-field");
      await page.keyboard.type("bob");
      await page.click('.scope-button[title="Whole session"]');
      await page.waitForSelector(".results .table-row[data-index]");
      assert.deepEqual(await violations(page), []);
      await goTo(page, "names");
      assert.deepEqual(await violations(page), []);
      await goTo(page, "storage");
      await page.focus(".storage");
      await page.keyboard.type("html");
      await page.waitForSelector(".hex-window .dump-row");
      assert.deepEqual(await violations(page), []);
    });
  }
});
