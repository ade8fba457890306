import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Page } from "playwright-core";
import { violations } from "./axe";
import { closeAfterwards, open, sent, waitForSent } from "./support";
import { THEMES, type ThemeName } from "./themes";
import { TYPED } from "./typedValues";

const ERROR = ".detail .field-error:not(:empty)";
const row = (number: number): string => `.list-row:nth-child(${number})`;

/** Opens the page at a multi-valued property of these values. */
async function openList(tag: number, values: readonly string[], theme: ThemeName = "dark"): Promise<Page> {
  const page = await open({ theme });
  await page.evaluate(
    ([wanted, texts]) => {
      window.fakeHost.put("0", wanted, texts);
      window.fakeHost.reveal("0", wanted);
    },
    [tag, values] as const,
  );
  await page.waitForFunction(
    (count) => document.querySelectorAll(".list-row").length === count,
    values.length,
  );
  return page;
}

async function retype(page: Page, selector: string, text: string): Promise<void> {
  await page.click(selector);
  await page.keyboard.press("Control+a");
  if (text === "") await page.keyboard.press("Delete");
  else await page.keyboard.type(text);
}

const apply = (page: Page): Promise<void> => page.keyboard.press("Control+Enter");

/** The values that were written last. */
async function written(page: Page, count: number): Promise<unknown> {
  await waitForSent(page, "setValues", count);
  return Reflect.get((await sent(page, "setValues")).at(-1) ?? {}, "values") as unknown;
}

const textIn = (page: Page, selector: string): Promise<string> =>
  page.locator(selector).evaluate((field) => String(Reflect.get(field, "value")));

describe("page: lists of values", function () {
  this.timeout(90_000);
  closeAfterwards();

  for (const { name, tag, field, right, wrong, extreme } of TYPED) {
    it(`takes right and extreme ${name} as one of several, and says which one is wrong`, async () => {
      const first = name === "GUIDs" ? "{00020329-0000-0000-C000-000000000046}" : "1";
      const page = await openList(tag, [first, first, first]);
      const second = `${row(2)} ${field} >> nth=0`;
      await retype(page, second, right);
      await apply(page);
      assert.deepEqual(await written(page, 1), [first, right, first]);
      await retype(page, second, wrong);
      await apply(page);
      await page.waitForSelector(ERROR);
      await page.waitForSelector(`${row(2)} [aria-invalid="true"], ${row(2)} .invalid`);
      assert.equal(await page.locator(`${row(1)} .invalid, ${row(3)} .invalid`).count(), 0);
      const asked = (await sent(page, "setValues")).length;
      await retype(page, second, extreme);
      await apply(page);
      assert.deepEqual(await written(page, asked + 1), [first, extreme, first]);
    });
  }

  it("edits a number of a list in hexadecimal too", async () => {
    const page = await openList(0x68211003, ["17", "-1"]);
    assert.equal(await textIn(page, `${row(2)} .number-field >> nth=1`), "0xFFFFFFFF");
    await retype(page, `${row(1)} .number-field >> nth=1`, "1f");
    assert.equal(await textIn(page, `${row(1)} .number-field >> nth=0`), "31");
    await apply(page);
    assert.deepEqual(await written(page, 1), ["0x1f", "-1"]);
  });

  it("has check boxes and named values for the numbers of a list, by keyboard alone", async () => {
    const page = await openList(0x0e071003, ["17", "0"]);
    const box = page.locator(`${row(2)} .flag-boxes vscode-checkbox`, { hasText: "MSGFLAG_UNSENT" });
    await box.focus();
    await page.keyboard.press(" ");
    assert.equal(await textIn(page, `${row(2)} .number-field >> nth=0`), "8");
    await retype(page, `${row(1)} .number-field >> nth=0`, "msgflag_read");
    await apply(page);
    assert.deepEqual(await written(page, 1), ["msgflag_read", "8"]);
  });

  it("shows each time of a list in UTC and by the local clock, and takes the whole range", async () => {
    const page = await openList(0x68281040, ["2026-03-01T08:12:44.1230000Z", "1601-01-01T00:00:00.0000000Z"]);
    const utc = (number: number): string => `${row(number)} .time-field >> nth=1`;
    await page.waitForFunction(() =>
      [...document.querySelectorAll(".time-note")].every((note) => note.textContent.includes("FILETIME")),
    );
    assert.match(await page.innerText(`${row(2)} .time-note`), /Stands for none/);
    // What was only shown is no change.
    assert.equal(await page.isVisible(".detail-buttons"), false);
    for (const wrong of ["tomorrow", "1600-12-31T23:59:59Z"]) {
      await retype(page, utc(2), wrong);
      await page.waitForSelector(ERROR);
      await apply(page);
      await page.waitForSelector(`${row(2)} .time-field.invalid`);
      assert.equal(await page.locator(`${row(1)} .time-field.invalid`).count(), 0);
    }
    assert.deepEqual(await sent(page, "setValues"), []);
    await retype(page, utc(2), "0xFFFFFFFFFFFFFFFF");
    await retype(page, utc(1), "1601-01-01T00:00:00.0000001Z");
    await apply(page);
    assert.deepEqual(await written(page, 1), [
      "1601-01-01T00:00:00.0000001Z",
      "+60056-05-28T05:36:10.9551615Z",
    ]);
    await page.click(".list-add");
    await apply(page);
    await page.waitForSelector(`${row(3)} .time-field.invalid`);
    await page.click(`${row(3)} .time-foot vscode-button >> nth=2`);
    await page.waitForFunction(() =>
      document.querySelectorAll(".time-note")[2]?.textContent.includes("0x0CB3"),
    );
    await page.focus(`${row(3)} .time-field >> nth=1`);
    await apply(page);
    const values = await written(page, 3);
    assert.ok(Array.isArray(values) && values[2] === "4501-01-01T00:00:00.0000000Z", String(values));
  });

  it("finds a GUID of a list by its name", async () => {
    const page = await openList(0x68271048, ["{00062008-0000-0000-C000-000000000046}"]);
    await page.click(".list-add");
    await page.keyboard.type("psetid_task");
    await page.waitForSelector(".combo-item");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await apply(page);
    assert.deepEqual(await written(page, 1), [
      "{00062008-0000-0000-C000-000000000046}",
      "{00062003-0000-0000-C000-000000000046}",
    ]);
  });

  it("edits the bytes of each value with the text beside them", async () => {
    const page = await openList(0x68291102, ["00 41 42", ""]);
    assert.match((await page.textContent(`${row(1)} .dump-ascii`)) ?? "", /AB/);
    await page.focus(`${row(2)} .hex-sink`);
    await page.keyboard.type("zz");
    assert.match(await page.innerText(`${row(2)} .hex-size`), /^0 /);
    await page.keyboard.type("ff00");
    await page.focus(`${row(1)} .hex-sink`);
    await page.keyboard.press("End");
    await page.keyboard.press("Backspace");
    await apply(page);
    const values = await written(page, 1);
    assert.ok(Array.isArray(values) && values[1] === "FF 00", String(values));
    assert.notEqual(values[0], "00 41 42");
  });

  it("gives texts with several lines more than one, and keeps their breaks", async () => {
    const page = await openList(0x682a101f, ["one\r\ntwo", "", "x".repeat(100_000)]);
    await page.click(`${row(1)} textarea`);
    await page.keyboard.press("Control+End");
    await page.keyboard.press("Enter");
    await page.keyboard.type("three");
    await apply(page);
    assert.deepEqual(await written(page, 1), ["one\r\ntwo\r\nthree", "", "x".repeat(100_000)]);
  });

  it("moves and removes values with what was typed in them; their fields are named anew", async () => {
    const page = await openList(0x68211003, ["1", "2", "3"]);
    await retype(page, `${row(3)} .number-field >> nth=0`, "33");
    await page.click('[aria-label="Move value 3 up"]');
    assert.equal(
      await page.getAttribute(`${row(2)} .number-field >> nth=0`, "aria-label"),
      "Value 2, Decimal",
    );
    await page.click('[aria-label="Remove value 1"]');
    await page.focus(`${row(1)} .number-field >> nth=0`);
    await apply(page);
    assert.deepEqual(await written(page, 1), ["33", "2"]);
  });

  it("makes the editors of a long list as it is scrolled, and writes the others as they are", async () => {
    const values = Array.from({ length: 300 }, (_, index) => String(index));
    const page = await openList(0x68211003, values);
    assert.ok((await page.locator(".list-row .number-editor").count()) < 100);
    await page.locator(row(300)).scrollIntoViewIfNeeded();
    await retype(page, `${row(300)} .number-field >> nth=0`, "-300");
    await apply(page);
    assert.deepEqual(await written(page, 1), [...values.slice(0, 299), "-300"]);
  });

  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    it(`passes axe with every kind of value in a list, ${theme}`, async () => {
      const page = await openList(0x68281040, ["2026-03-01T08:12:44.1230000Z"], theme);
      assert.deepEqual(await violations(page), []);
      for (const [tag, text] of [
        [0x0e071003, "17"],
        [0x68271048, "{00062008-0000-0000-C000-000000000046}"],
        [0x68291102, "00 41 42"],
        [0x682a101f, "one\r\ntwo"],
      ] as const) {
        await page.evaluate(
          ([wanted, value]) => {
            window.fakeHost.put("0", wanted, [value, value]);
            window.fakeHost.reveal("0", wanted);
          },
          [tag, text] as const,
        );
        await page.waitForFunction(
          (wanted) => document.querySelector(".detail-title")?.textContent === wanted,
          tag.toString(16).toUpperCase().padStart(8, "0"),
        );
        await page.waitForSelector(row(2));
        assert.deepEqual(await violations(page), [], tag.toString(16));
      }
    });
  }
});
