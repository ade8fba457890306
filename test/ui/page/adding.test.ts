import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Page } from "playwright-core";
import { violations } from "./axe";
import { closeAfterwards, open, rowOf, sent, waitForSent } from "./support";
import { THEMES, type ThemeName } from "./themes";
import { TYPED } from "./typedValues";

const VALUE = ".added-value";
const ERROR = ".form-panel .field-error:not(:empty)";
const MV = 0x1000;
const row = (number: number): string => `${VALUE} .list-row:nth-child(${number})`;
const hex = (tag: number): string => tag.toString(16).toUpperCase().padStart(8, "0");

/** Opens the form and names the property by its tag; the editor of its type is there then. */
async function openForm(tag: number, field: string, theme: ThemeName = "dark"): Promise<Page> {
  const page = await open({ theme });
  await page.click(".add-button");
  await page.keyboard.type(`0x${hex(tag)}`);
  await page.waitForSelector(`${VALUE} ${field}`);
  return page;
}

async function retype(page: Page, selector: string, text: string): Promise<void> {
  await page.click(selector);
  await page.keyboard.press("Control+a");
  await page.keyboard.type(text);
}

const submit = (page: Page): Promise<void> => page.click('.form-buttons [appearance="primary"]');

/** What was sent the last of so many times. */
async function added(page: Page, count: number): Promise<{ tag: unknown; values: unknown; named: unknown }> {
  await waitForSent(page, "addProperty", count);
  const params = (await sent(page, "addProperty")).at(-1) ?? {};
  const part = (name: string): unknown => Reflect.get(params, name);
  return { tag: part("tag"), values: part("values"), named: part("named") };
}

/** The row of the property, at which the grid stands after it was added. */
const arrived = (page: Page, tag: number): Promise<unknown> =>
  page.waitForSelector(`${rowOf(hex(tag))}[data-change="added"][aria-selected="true"]`);

describe("page: adding properties of each type", function () {
  this.timeout(90_000);
  closeAfterwards();

  for (const { name, tag, field, right, wrong, extreme } of TYPED) {
    it(`adds several ${name}, says which one is wrong, and keeps what was typed`, async () => {
      const page = await openForm(tag, field);
      await retype(page, `${row(1)} ${field} >> nth=0`, right);
      await page.click(`${VALUE} .list-add`);
      await retype(page, `${row(2)} ${field} >> nth=0`, wrong);
      await submit(page);
      await page.waitForSelector(ERROR);
      await page.waitForSelector(`${row(2)} [aria-invalid="true"], ${row(2)} .invalid`);
      assert.equal(await page.locator(`${row(1)} [aria-invalid="true"], ${row(1)} .invalid`).count(), 0);
      const refused = (await sent(page, "addProperty")).length;
      await retype(page, `${row(2)} ${field} >> nth=0`, extreme);
      await submit(page);
      assert.deepEqual(await added(page, refused + 1), { tag, values: [right, extreme], named: undefined });
      await arrived(page, tag);
    });

    it(`adds a single value of ${name}`, async () => {
      const page = await openForm(tag & ~MV, field);
      await retype(page, `${VALUE} ${field} >> nth=0`, wrong);
      await submit(page);
      await page.waitForSelector(ERROR);
      await page.waitForSelector(`${VALUE} [aria-invalid="true"], ${VALUE} .invalid`);
      const refused = (await sent(page, "addProperty")).length;
      await retype(page, `${VALUE} ${field} >> nth=0`, extreme);
      await page.keyboard.press("Enter");
      assert.deepEqual((await added(page, refused + 1)).values, [extreme]);
      await arrived(page, tag & ~MV);
    });
  }

  it("shows a time in UTC and by the local clock, refuses what is none, and takes the whole range", async () => {
    const page = await openForm(0x68281040, ".time-editor");
    const utc = (number: number): string => `${row(number)} .time-field >> nth=1`;
    await retype(page, utc(1), "2026-03-01T08:12:44.1230000Z");
    await page.waitForFunction(
      (selector) => document.querySelector(selector)?.textContent.includes("FILETIME"),
      `${row(1)} .time-note`,
    );
    await page.click(`${VALUE} .list-add`);
    for (const wrong of ["tomorrow", "1600-12-31T23:59:59Z"]) {
      await retype(page, utc(2), wrong);
      await submit(page);
      await page.waitForSelector(ERROR);
      await page.waitForSelector(`${row(2)} .time-field.invalid`);
      assert.equal(await page.locator(`${row(1)} .time-field.invalid`).count(), 0);
    }
    assert.deepEqual(await sent(page, "addProperty"), []);
    await retype(page, utc(2), "0xFFFFFFFFFFFFFFFF");
    await submit(page);
    assert.deepEqual((await added(page, 1)).values, [
      "2026-03-01T08:12:44.1230000Z",
      "+60056-05-28T05:36:10.9551615Z",
    ]);
    await arrived(page, 0x68281040);
  });

  it("finds a GUID by its name and moves and removes values, by keyboard alone", async () => {
    const page = await open();
    await page.focus(".grid");
    await page.keyboard.press("Insert");
    await page.keyboard.type("0x68271048");
    await page.waitForSelector(`${VALUE} .named-editor`);
    const tabTo = async (selector: string): Promise<void> => {
      for (let presses = 0; presses < 40; presses++) {
        if ((await page.locator(`${selector}:focus`).count()) > 0) return;
        await page.keyboard.press("Tab");
      }
      assert.fail(`${selector} is not reached`);
    };
    await tabTo(`${row(1)} .named-editor input`);
    await page.keyboard.type("psetid_task");
    // A slow page lists what it finds for the text's beginning before.
    await page
      .locator(".combo-item")
      .first()
      .filter({ hasText: /psetid_task/i })
      .waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await tabTo(`${VALUE} .list-add`);
    await page.keyboard.press("Enter");
    await page.waitForSelector(`${row(2)} .named-editor input:focus`);
    await page.keyboard.type("{00020329-0000-0000-c000-000000000046}");
    await tabTo(`${VALUE} [aria-label="Move value 2 up"]`);
    await page.keyboard.press("Enter");
    await page.waitForFunction(
      (selector) => document.querySelector<HTMLInputElement>(selector)?.value.startsWith("{00020329"),
      `${row(1)} .named-editor input`,
    );
    await submit(page);
    assert.deepEqual((await added(page, 1)).values, [
      "{00020329-0000-0000-c000-000000000046}",
      "{00062003-0000-0000-C000-000000000046}",
    ]);
    await arrived(page, 0x68271048);
  });

  it("has the named values of the property that is added: flags, an enumeration, one by its set and number", async () => {
    const page = await openForm(0x0e071003, ".flag-boxes");
    await page.locator(`${row(1)} .flag-boxes vscode-checkbox`, { hasText: "MSGFLAG_UNSENT" }).click();
    await submit(page);
    assert.deepEqual((await added(page, 1)).values, ["8"]);
    await arrived(page, 0x0e071003);
    await page.click(".add-button");
    await page.keyboard.type("0x66660003");
    await page.waitForSelector(`${VALUE} .number-editor`);
    assert.equal(await page.locator(`${VALUE} .value-select`).count(), 0);
    await page.click(".form-panel vscode-checkbox");
    await page.click(".form-field.wide vscode-text-field");
    await page.keyboard.type("{00062002-0000-0000-C000-000000000046}");
    await page.keyboard.press("Tab");
    await page.keyboard.type("0x8205");
    await page.keyboard.press("Tab");
    await page.waitForSelector(`${VALUE} .value-select`);
    await page.selectOption(`${VALUE} .value-select`, { label: "olTentative" });
    await submit(page);
    assert.deepEqual(await added(page, 2), {
      tag: 3,
      named: { guid: "{00062002-0000-0000-C000-000000000046}", id: 0x8205 },
      values: ["1"],
    });
  });

  it("takes bytes digit by digit with the text beside them", async () => {
    const page = await openForm(0x68291102, ".hex-editor");
    await page.focus(`${row(1)} .hex-sink`);
    await page.keyboard.type("zz4142");
    await page.waitForFunction(
      (selector) => document.querySelector(selector)?.textContent.includes("AB"),
      `${row(1)} .dump-ascii`,
    );
    await page.click(`${VALUE} .list-add`);
    await submit(page);
    assert.deepEqual((await added(page, 1)).values, ["41 42", ""]);
    await arrived(page, 0x68291102);
  });

  it("keeps a text when the type becomes another one, and the caret in the field", async () => {
    const page = await openForm(0x6830001f, ".value-line");
    await retype(page, `${VALUE} .value-line`, "12");
    await page.fill("#add-property-name", "0x68301003");
    await page.waitForSelector(`${row(1)} .number-editor`);
    assert.equal(
      await page
        .locator(`${row(1)} .number-field >> nth=1`)
        .evaluate((field) => String(Reflect.get(field, "value"))),
      "0x0000000C",
    );
    await submit(page);
    assert.deepEqual(await added(page, 1), { tag: 0x68301003, values: ["12"], named: undefined });
  });

  it("says at the name that the object has the property already", async () => {
    const page = await openForm(0x0037001f, ".value-line");
    await submit(page);
    await page.waitForSelector(ERROR);
    assert.equal(await page.getAttribute("#add-property-name", "aria-invalid"), "true");
  });

  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    it(`passes axe with the editor of each type, ${theme}`, async () => {
      const page = await openForm(0x68281040, ".time-editor", theme);
      for (const [tag, field] of [
        [0x0e070003, ".flag-boxes"],
        [0x68271048, ".named-editor"],
        [0x68291102, ".hex-editor"],
        [0x6831000b, ".value-boolean"],
      ] as const) {
        assert.deepEqual(await violations(page), []);
        await page.fill("#add-property-name", hex(tag));
        await page.waitForSelector(`${VALUE} ${field}`);
      }
      assert.deepEqual(await violations(page), []);
    });
  }
});
