/** Takes pictures of the page into the folder named on the command line, to be looked at by a person. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { closeBrowser, openPage, type PageOptions } from "./stubHost";
import { THEMES, type ThemeName } from "./themes";

/** Only pictures whose names match, when given. */
const only = process.argv[3] ?? "";
const folder = process.argv[2] ?? "test-results/page";
mkdirSync(folder, { recursive: true });

const EDITS = `
  fakeHost.change("0", 0x0037001f, "Quarterly figures, corrected");
  fakeHost.receive({ type: "request", id: 900000, name: "addProperty", params: { object: "0", tag: 0x3008001f, values: ["x"], revision: 2 } });
  fakeHost.receive({ type: "request", id: 900001, name: "deleteProperties", params: { object: "0", tags: [0x00170003], revision: 3 } });
`;
const BANNERS = `
  fakeHost.banners = [
    { id: "damaged", severity: "warning", message: "The file was cut off after 41 of 96 sectors. 63 properties could be read; saving is off.",
      details: ["Sector 42 is not in the file.", "The stream __substg1.0_10090102 is shorter than its length."], actions: [{ id: "repair", label: "Save a repaired copy…" }] },
    { id: "draft", severity: "info", message: "This message was not sent yet.", actions: [] },
  ];
  fakeHost.readOnly = "The file is damaged; a repaired copy can be saved.";
`;

async function shot(
  name: string,
  options: PageOptions,
  act?: (open: Awaited<ReturnType<typeof openPage>>) => Promise<void>,
): Promise<void> {
  if (!new RegExp(only).test(name)) return;
  const open = await openPage(options);
  await open.page.waitForTimeout(200);
  await act?.(open);
  await open.page.waitForTimeout(250);
  await open.page.screenshot({ path: join(folder, `${name}.png`) });
  if (open.errors.length > 0) process.stdout.write(`${name}: ${open.errors.join("\n")}\n`);
  await open.close();
}

async function main(): Promise<void> {
  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    await shot(theme, { theme, prepare: EDITS }, async ({ page }) => {
      await page.focus(".grid");
      await page.keyboard.press("ArrowDown");
    });
  }
  await shot("dark-binary", { theme: "dark" }, async ({ page }) => {
    await page.click('[data-tag="10090102"]');
  });
  await shot("light-list", { theme: "light" }, async ({ page }) => {
    await page.click('[data-tag="8003101F"]');
  });
  await shot("light-text", { theme: "light" }, async ({ page }) => {
    await page.click('[data-tag="1000001F"]');
    await page.keyboard.press("Enter");
    await page.keyboard.type("x");
  });
  await shot("dark-error", { theme: "dark" }, async ({ page }) => {
    await page.click('[data-tag="0E070003"]');
    await page.keyboard.press("F2");
    await page.keyboard.type("not a number");
    await page.keyboard.press("Enter");
  });
  await shot("dark-menu", { theme: "dark" }, async ({ page }) => {
    await page.click('[data-tag="0C1A001F"]', { button: "right" });
  });
  await shot("light-add", { theme: "light" }, async ({ page }) => {
    await page.click(".add-button");
    await page.keyboard.type("sender");
    await page.waitForSelector(".combo-item");
    await page.keyboard.press("ArrowDown");
  });
  await shot("dark-banners", { theme: "dark", prepare: BANNERS }, async ({ page }) => {
    await page.click(".banner .link-button");
  });
  await shot("hc-black-banners", { theme: "hc-black", prepare: BANNERS });
  await shot("light-group", { theme: "light" }, async ({ page }) => {
    await page.click("#tree-0-r");
    await page.click(".add-button");
  });
  for (const theme of ["dark", "light", "hc-black"] as const) {
    for (const width of [520, 1300]) {
      const size = width < 600 ? "narrow" : "wide";
      await shot(`columns-${theme}-${size}`, { theme, width }, async ({ page }) => {
        for (const name of ["Canonical name", "Size", "Flags", "Area"]) {
          await page.click(".columns-button");
          await page.locator(".menu-item", { hasText: name }).click();
        }
        await page.click('[data-tag="0037001F"]');
        await page.keyboard.press("Shift+ArrowDown");
        await page.keyboard.press("Shift+ArrowDown");
      });
      await shot(`search-${theme}-${size}`, { theme, width }, async ({ page }) => {
        await page.focus(".filter-field");
        await page.keyboard.type("example.com");
        await page.click('.scope-button[title="Whole session"]');
        await page.waitForSelector(".results .table-row[data-index]");
        await page.focus(".results");
        await page.keyboard.press("ArrowDown");
      });
      await shot(`names-${theme}-${size}`, { theme, width }, async ({ page }) => {
        await page.click("#view-tab-names");
        await page.waitForSelector(".names .table-row[data-index]");
        await page.focus(".names");
      });
      await shot(`storage-${theme}-${size}`, { theme, width }, async ({ page }) => {
        await page.click("#view-tab-storage");
        await page.waitForSelector(".storage .table-row[data-index]");
        await page.focus(".storage");
        await page.keyboard.type("html");
      });
    }
  }
  const lists: readonly (readonly [string, number, readonly string[]])[] = [
    ["times", 0x68101040, ["2026-03-01T08:12:44.1230000Z", "1601-01-01T00:00:00.0000000Z"]],
    ["numbers", 0x68111003, ["17", "-1", "0"]],
    ["guids", 0x68121048, ["{00062008-0000-0000-C000-000000000046}", ""]],
    ["bytes", 0x68131102, ["00 11 22 33 44 55 66 77 88 99 AA BB CC DD EE FF 10", ""]],
    ["flags", 0x0e071003, ["17", "0"]],
  ];
  for (const theme of ["dark", "light", "hc-black"] as const) {
    for (const width of [520, 1300]) {
      const size = width < 600 ? "narrow" : "wide";
      for (const [name, tag, values] of lists) {
        await shot(`list-${name}-${theme}-${size}`, { theme, width }, async ({ page }) => {
          await page.evaluate(
            ([wanted, texts]) => {
              const { revision } = window.fakeHost;
              const params = { object: "0", tag: wanted, values: [...texts], revision };
              window.fakeHost.put("0", params.tag, params.values);
              window.fakeHost.reveal("0", wanted);
            },
            [tag, values] as const,
          );
          await page.waitForSelector(".list-row");
          await page.locator(".list-row").first().locator("input, textarea").first().focus();
        });
      }
      for (const [name, tag] of [
        ["times", "68281040"],
        ["flags", "0E071003"],
        ["bytes", "68290102"],
      ] as const) {
        await shot(`add-${name}-${theme}-${size}`, { theme, width }, async ({ page }) => {
          await page.click(".add-button");
          await page.keyboard.type(tag);
          await page.waitForSelector(
            ".added-value .time-editor, .added-value .flag-boxes, .added-value .hex-editor",
          );
          if (name !== "bytes") await page.click(".list-add");
        });
      }
      await shot(`flags-${theme}-${size}`, { theme, width }, async ({ page }) => {
        await page.click('[data-tag="0E070003"]');
        await page.keyboard.press("F2");
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press(" ");
      });
      await shot(`time-${theme}-${size}`, { theme, width }, async ({ page }) => {
        await page.click('[data-tag="00390040"]');
        await page.waitForSelector(".time-editor");
        await page.click(".time-field >> nth=1");
        await page.keyboard.press("End");
        await page.keyboard.press("Backspace");
      });
    }
  }
  await shot("compare-dark", { theme: "dark" }, async ({ page }) => {
    await page.click("#tree-0-r-0", { button: "right" });
    await page.locator(".menu-item", { hasText: "Select for compare" }).click();
    await page.click("#tree-0-r-1", { button: "right" });
    await page.locator(".menu-item", { hasText: "Compare with" }).click();
    await page.waitForSelector(".compared .table-row[data-index]");
  });
  await shot("narrow-dark", { theme: "dark", width: 420, height: 760 });
  await shot("narrow-light-tree", { theme: "light", width: 560, height: 760 }, async ({ page }) => {
    await page.click(".tree-toggle");
  });
  await shot("wide-light", { theme: "light", width: 1800, height: 1000 });
  await shot("dark-failure", {
    theme: "dark",
    prepare: `fakeHost.failure = { kind: "failure", title: "This is not a compound file.", details: ["The first 8 bytes are 50 4B 03 04 14 00 06 00: a ZIP archive.", "report.msg, 12,400 bytes"], actions: [{ id: "hex", label: "Open with another editor…" }, { id: "retry", label: "Try again" }] };`,
  });
  await closeBrowser();
}

void main();
