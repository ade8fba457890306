import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Page } from "playwright-core";
import { visibleText } from "../../../webview/visibleText";
import { activeTag, closeAfterwards, open, rowOf, sent, valueOf, waitForSent, waitForValue } from "./support";

const SUBJECT = "0037001F";
const RECEIPT = "0029000B";
const BYTES = "10090102";
const FLAGS = "0E070003";
const IMPORTANCE = "00170003";
const TIME = "00390040";
const GUID = "80080048";
const LARGE = "00300014";

const DECIMAL = ".number-field >> nth=0";
const HEX = ".number-field >> nth=1";
const LOCAL = ".time-field >> nth=0";
const UTC = ".time-field >> nth=1";
const ERROR = ".detail .field-error:not(:empty)";

/** Puts the grid on a property and waits until its editor is there. */
async function choose(page: Page, tag: string, editor: string): Promise<void> {
  await page.click(`${rowOf(tag)} .col-name`);
  await page.waitForSelector(`.detail ${editor}`);
}

/** What is in a field of the toolkit. */
function textIn(page: Page, selector: string): Promise<string> {
  return page.locator(selector).evaluate((field) => String(Reflect.get(field, "value")));
}

async function retype(page: Page, selector: string, text: string): Promise<void> {
  await page.click(selector);
  await page.keyboard.press("Control+a");
  await page.keyboard.type(text);
}

const apply = (page: Page): Promise<void> => page.keyboard.press("Control+Enter");
const texts = async (page: Page): Promise<unknown[]> =>
  (await sent(page, "setProperty")).map((params) => Reflect.get(params, "text") as unknown);

/** Adds a property that the sample does not have, and goes to it. */
async function add(page: Page, tag: number, values: readonly string[]): Promise<string> {
  await page.evaluate(
    ([wanted, list]) => {
      const { revision } = window.fakeHost;
      const params = { object: "0", tag: wanted, values: [...list], revision };
      window.fakeHost.receive({ type: "request", id: 900_000, name: "addProperty", params });
    },
    [tag, values] as const,
  );
  const text = tag.toString(16).toUpperCase().padStart(8, "0");
  await page.evaluate((wanted) => window.fakeHost.reveal("0", wanted), tag);
  await page.waitForSelector(`${rowOf(text)}[aria-selected="true"]`);
  return text;
}

describe("page: editors of numbers", function () {
  this.timeout(60_000);
  closeAfterwards();

  it("shows flags as check boxes that follow both numbers, and keeps bits without a name", async () => {
    const page = await open({ prepare: 'fakeHost.change("0", 0x0e070003, "1073741841");' });
    await choose(page, FLAGS, ".flag-boxes");
    assert.equal(await textIn(page, HEX), "0x40000011");
    assert.match(await page.innerText(".other-bits"), /0x40000000/);
    const box = page.locator(".flag-boxes vscode-checkbox", { hasText: "MSGFLAG_UNSENT" });
    await box.click();
    assert.equal(await textIn(page, HEX), "0x40000019");
    assert.equal(await textIn(page, DECIMAL), "1073741849");
    await retype(page, HEX, "0x40000003");
    assert.equal(await box.evaluate((element) => Reflect.get(element, "checked") as unknown), false);
    await box.focus();
    await page.keyboard.press(" ");
    await apply(page);
    await waitForValue(page, FLAGS, "1073741835");
  });

  it("refuses a number that does not fit below its field, and takes the widest that does", async () => {
    const page = await open();
    await choose(page, FLAGS, ".flag-boxes");
    for (const wrong of ["many", "4294967296", "-2147483649", "0x1FFFFFFFF", ""]) {
      await retype(page, DECIMAL, wrong);
      if (wrong === "") await page.keyboard.press("Delete");
      await apply(page);
      await page.waitForSelector(ERROR);
      assert.match(await page.innerText(ERROR), /whole number|Allowed/, wrong);
    }
    await retype(page, HEX, "ffffffff");
    assert.equal(await textIn(page, DECIMAL), "-1");
    await apply(page);
    await waitForValue(page, FLAGS, "0xffffffff");
    assert.equal(await activeTag(page), FLAGS);
  });

  it("offers the values of an enumeration in the cell: by arrow, by click, by name, as any number", async () => {
    const page = await open();
    await page.click(rowOf(IMPORTANCE));
    await page.keyboard.press("F2");
    assert.deepEqual(await page.locator(".choice-item .choice-name").allInnerTexts(), [
      "IMPORTANCE_LOW",
      "IMPORTANCE_NORMAL",
      "IMPORTANCE_HIGH",
    ]);
    const selected = page.locator('.choice-item[aria-selected="true"] .choice-name');
    assert.equal(await selected.innerText(), "IMPORTANCE_NORMAL");
    await page.keyboard.press("ArrowDown");
    assert.equal(await page.inputValue(".cell-input"), "2");
    await page.keyboard.press("Enter");
    await waitForValue(page, IMPORTANCE, "2");
    assert.equal(await page.locator(".choice-list").count(), 0);
    await page.keyboard.press("F2");
    await page.click(".choice-item >> nth=0");
    await waitForValue(page, IMPORTANCE, "0");
    await page.keyboard.type("importance_normal");
    await page.keyboard.press("Enter");
    await waitForValue(page, IMPORTANCE, "0x1");
    await page.keyboard.type("7");
    assert.equal(await selected.count(), 0);
    await page.keyboard.press("Enter");
    await waitForValue(page, IMPORTANCE, "7");
    await page.waitForFunction(() => document.querySelector(".value-select")?.textContent.includes("0x7"));
    await page.keyboard.press("F2");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("importance_none");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".cell-error");
  });

  it("checks flags in the cell by keyboard alone: arrows, blank, Enter; always also as a number or by name", async () => {
    const page = await open();
    await page.click(rowOf(FLAGS));
    await page.keyboard.press("Enter");
    const set = page.locator('.choice-item[aria-selected="true"] .choice-name');
    assert.deepEqual(await set.allInnerTexts(), ["MSGFLAG_READ", "MSGFLAG_HASATTACH"]);
    assert.equal(await page.getAttribute(".choice-list", "aria-multiselectable"), "true");
    await page.keyboard.press("ArrowDown");
    const active = await page.getAttribute(".cell-input", "aria-activedescendant");
    assert.equal(await page.innerText(`#${active ?? ""} .choice-name`), "MSGFLAG_READ");
    await page.keyboard.press(" ");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press(" ");
    assert.deepEqual(await set.allInnerTexts(), ["MSGFLAG_UNSENT", "MSGFLAG_HASATTACH"]);
    assert.equal(await page.inputValue(".cell-input"), "24");
    await page.keyboard.press("Enter");
    await waitForValue(page, FLAGS, "24");
    assert.equal(await page.locator(".choice-list").count(), 0);
    await page.keyboard.type("0x40000001");
    assert.deepEqual(await set.allInnerTexts(), ["MSGFLAG_READ"]);
    // A click on a box leaves the others to be chosen too, and the bit without a name as it is.
    await page.locator(".choice-item", { hasText: "MSGFLAG_SUBMIT" }).click();
    assert.equal(await page.inputValue(".cell-input"), "0x40000005");
    await page.keyboard.press("Enter");
    await waitForValue(page, FLAGS, "0x40000005");
    await page.keyboard.type("msgflag_read | 0x10");
    await page.keyboard.press("Enter");
    await waitForValue(page, FLAGS, "0x11");
    await page.keyboard.press("F2");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press(" ");
    await page.keyboard.press("Escape");
    assert.equal(await valueOf(page, FLAGS), "0x11");
  });

  it("keeps the list of a cell within a narrow window", async () => {
    const page = await open({ width: 420 });
    await page.click(rowOf(FLAGS));
    await page.keyboard.press("F2");
    const box = await page.locator(".choice-list").boundingBox();
    assert.ok(box !== null && box.x >= 0 && box.x + box.width <= 420, JSON.stringify(box));
    const names = page.locator(".choice-name", { hasText: "MSGFLAG_ORIGIN_INTERNET" });
    assert.ok(await names.evaluate((name) => name.scrollWidth <= name.clientWidth + 1));
  });

  it("chooses an enumeration's value from the list of the detail pane", async () => {
    const page = await open();
    await choose(page, IMPORTANCE, ".number-editor .value-select");
    await page.selectOption(".number-editor .value-select", { label: "IMPORTANCE_HIGH" });
    assert.equal(await textIn(page, DECIMAL), "2");
    await page.focus(".number-editor .value-select");
    await apply(page);
    await waitForValue(page, IMPORTANCE, "2");
  });

  it("edits 64 bits in both notations, to the last value", async () => {
    const page = await open();
    await choose(page, LARGE, ".number-editor");
    assert.equal(await textIn(page, HEX), "0x0000001CBE991A14");
    await retype(page, HEX, "0x8000000000000000");
    assert.equal(await textIn(page, DECIMAL), "-9223372036854775808");
    await retype(page, DECIMAL, "9223372036854775808");
    await apply(page);
    await page.waitForSelector(ERROR);
    await retype(page, DECIMAL, "9223372036854775807");
    await apply(page);
    await waitForValue(page, LARGE, "9223372036854775807");
  });

  for (const { name, tag, right, wrong, extreme } of [
    { name: "16-bit numbers", tag: 0x68060002, right: "-5", wrong: "32768", extreme: "-32768" },
    { name: "16-bit numbers in hex", tag: 0x68060002, right: "0x7F", wrong: "0x1FFFF", extreme: "0xFFFF" },
    { name: "32-bit floats", tag: 0x68000004, right: "0.5", wrong: "half", extreme: "3.4028235e38" },
    { name: "64-bit floats", tag: 0x68010005, right: "-1e-7", wrong: "1,5", extreme: "5e-324" },
    { name: "amounts", tag: 0x68020006, right: "12.3456", wrong: "1.23456", extreme: "922337203685477.5807" },
    {
      name: "local times",
      tag: 0x68030007,
      right: "2026-03-01T08:12:44",
      wrong: "2026-02-30",
      extreme: "9999-12-31",
    },
  ]) {
    it(`takes right and extreme ${name} in the cell, and says what is wrong with others`, async () => {
      const page = await open();
      const row = await add(page, tag, ["1"]);
      await page.keyboard.type(right);
      await page.keyboard.press("Enter");
      await waitForValue(page, row, right);
      await page.keyboard.type(wrong);
      await page.keyboard.press("Enter");
      await page.waitForSelector(".cell-error");
      await page.keyboard.press("Control+a");
      await page.keyboard.type(extreme);
      await page.keyboard.press("Enter");
      await waitForValue(page, row, extreme);
    });
  }
});

describe("page: editors of texts, truth values, property flags and files", function () {
  this.timeout(60_000);
  closeAfterwards();

  it("takes an empty text, one with every kind of character, and a very long one", async () => {
    const page = await open();
    for (const text of ["", "Grüße – 緑 👍 \u202e <b>&amp;</b> \t tab", "x".repeat(50_000)]) {
      await page.click(rowOf(SUBJECT));
      await page.keyboard.press("F2");
      // A text that has become too long for a cell is edited in the detail pane.
      await page.fill(".cell-input, .detail-value textarea", text);
      await page.keyboard.press("Enter");
      await waitForSent(page, "setProperty");
      await page.waitForFunction(
        ([selector, wanted]) => document.querySelector(selector)?.textContent === wanted,
        [`${rowOf(SUBJECT)} .col-value`, visibleText(text.slice(0, 300))] as const,
      );
    }
    assert.equal((await texts(page)).at(-1), "x".repeat(50_000));
    await page.keyboard.press("F2");
    await page.waitForFunction(() => document.activeElement?.localName === "vscode-text-area");
    await page.keyboard.press("Control+End");
    await page.keyboard.press("Enter");
    await page.keyboard.type("a second line");
    await apply(page);
    await waitForSent(page, "setProperty", 4);
    assert.ok(String((await texts(page)).at(-1)).endsWith("x\r\na second line"));
  });

  it("chooses a truth value by its first letter and by arrow; no other can be typed", async () => {
    const page = await open();
    await page.click(rowOf(RECEIPT));
    await page.keyboard.press("t");
    await page.waitForSelector(".cell-input");
    await page.keyboard.press("Enter");
    await waitForValue(page, RECEIPT, "true");
    await page.keyboard.press("F2");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await waitForValue(page, RECEIPT, "false");
    await page.keyboard.press("9");
    await page.waitForSelector(".cell-input");
    await page.keyboard.press("Enter");
    assert.equal(await valueOf(page, RECEIPT), "false");
    assert.deepEqual(await texts(page), ["true", "false"]);
  });

  it("sets and clears each property flag by the keyboard, and keeps bits that have no box", async () => {
    const page = await open();
    await page.evaluate(() => window.fakeHost.setFlagsOf("0", 0x0037001f, 0x86));
    await page.click(rowOf(SUBJECT));
    await page.waitForSelector(".flags vscode-checkbox");
    for (const [box, flags] of [
      [0, 0x87],
      [1, 0x85],
      [2, 0x81],
      [0, 0x80],
    ] as const) {
      const count = (await sent(page, "setFlags")).length;
      await page.locator(".flags vscode-checkbox").nth(box).focus();
      await page.keyboard.press(" ");
      await waitForSent(page, "setFlags", count + 1);
      assert.equal(Reflect.get((await sent(page, "setFlags")).at(-1) ?? {}, "flags"), flags);
      await page.waitForFunction(
        (revision) => window.fakeHost.revision === revision,
        Number(Reflect.get((await sent(page, "setFlags")).at(-1) ?? {}, "revision")) + 1,
      );
    }
  });

  it("loads bytes from a file and saves a value to one", async () => {
    const page = await open();
    await choose(page, BYTES, ".hex-editor");
    await page.focus('.detail-toolbar [data-action="load"]');
    await page.keyboard.press("Enter");
    await waitForValue(page, BYTES, "00 01 02 03");
    await page.waitForFunction(() => document.querySelector(".hex-size")?.textContent.startsWith("4 "));
    await page.focus('.detail-toolbar [data-action="save"]');
    await page.keyboard.press("Enter");
    await waitForSent(page, "saveValueAs");
    assert.deepEqual(await sent(page, "saveValueAs"), [{ object: "0", tag: 0x10090102 }]);
  });
});

describe("page: editors of times, GUIDs and errors", function () {
  this.timeout(60_000);
  closeAfterwards();

  it("shows a time in UTC and by the local clock; what is typed into one follows in the other", async () => {
    const page = await open();
    await choose(page, TIME, ".time-editor");
    assert.equal(await textIn(page, UTC), "2026-03-01T08:12:44.1230000Z");
    const local = await textIn(page, LOCAL);
    assert.match(local, /^2026-0[23]-\d\dT\d\d:12:44\.1230000$|^2026-0[23]-\d\dT\d\d:\d\d:44\.1230000$/);
    await retype(page, UTC, "2026-03-01T09:12:44.1230001Z");
    await page.waitForFunction(() => {
      const field = document.querySelector(".time-field");
      return field !== null && String(Reflect.get(field, "value")).endsWith(".1230001");
    });
    assert.notEqual(await textIn(page, LOCAL), local);
    await retype(page, LOCAL, local);
    await page.waitForFunction(() => {
      const field = document.querySelectorAll(".time-field")[1];
      return field !== undefined && Reflect.get(field, "value") === "2026-03-01T08:12:44.1230000Z";
    });
    // The value that was there is no change.
    await page.waitForSelector(".detail-buttons", { state: "hidden" });
  });

  it("refuses what is no time and what lies before 1601, and takes the first and the last there is", async () => {
    const page = await open();
    await choose(page, TIME, ".time-editor");
    for (const wrong of [
      "tomorrow",
      "2026-02-30",
      "1600-12-31T23:59:59Z",
      "2026-01-01T25:00Z",
      "2026-01-01T00:00:00.12345678Z",
    ]) {
      await retype(page, UTC, wrong);
      await page.waitForSelector(ERROR);
      await apply(page);
      await page.waitForSelector(ERROR);
    }
    assert.deepEqual(await texts(page), []);
    await retype(page, UTC, "1601-01-01T00:00:00.0000001Z");
    await apply(page);
    await waitForValue(page, TIME, "1601-01-01T00:00:00.0000001Z");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    await retype(page, UTC, "0xFFFFFFFFFFFFFFFF");
    await apply(page);
    await waitForValue(page, TIME, "+60056-05-28T05:36:10.9551615Z");
    await page.click(".time-foot vscode-button >> nth=1");
    await page.waitForFunction(() =>
      document.querySelector(".time-note")?.textContent.startsWith("Stands for none."),
    );
    await page.focus(".time-field");
    await apply(page);
    await waitForValue(page, TIME, "1601-01-01T00:00:00.0000000Z");
  });

  it("finds a GUID by its name, takes one typed, and refuses half of one", async () => {
    const page = await open();
    await choose(page, GUID, ".named-editor");
    await retype(page, ".named-editor input", "psetid_task");
    await page.waitForSelector(".combo-item");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    assert.equal(await page.inputValue(".named-editor input"), "{00062003-0000-0000-C000-000000000046}");
    await apply(page);
    await waitForValue(page, GUID, "{00062003-0000-0000-C000-000000000046}");
    await retype(page, ".named-editor input", "{00062003");
    await apply(page);
    await page.waitForSelector(ERROR);
    assert.match(await page.innerText(ERROR), /Not a GUID/);
    await page.keyboard.press("Escape");
    await retype(page, ".named-editor input", "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF");
    await apply(page);
    await waitForSent(page, "setProperty", 2);
  });

  it("finds an error code by its name, takes any number, and refuses other words", async () => {
    const page = await open();
    const row = await add(page, 0x6804000a, ["0x8004010F"]);
    await page.waitForSelector(".named-editor");
    await retype(page, ".named-editor input", "MAPI_E_NO_SUPPORT");
    await apply(page);
    await waitForValue(page, row, "0x80040102");
    await retype(page, ".named-editor input", "MAPI_E_NOTHING_LIKE_IT");
    await apply(page);
    await page.waitForSelector(ERROR);
    await page.keyboard.press("Escape");
    await retype(page, ".named-editor input", "4294967295");
    await apply(page);
    await waitForValue(page, row, "4294967295");
  });

  it("changes the type where the value allows, at the second choice where it would lose something", async () => {
    const page = await open();
    const row = await add(page, 0x68050005, ["0.1"]);
    const select = ".type-change .value-select";
    await page.waitForSelector(select);
    const labels = await page.locator(`${select} option`).allInnerTexts();
    assert.ok(labels.includes("PT_UNICODE"));
    assert.ok(!labels.some((label) => label.startsWith("PT_CLSID")), labels.join());
    const single = await page.locator(`${select} option`, { hasText: "PT_R4" }).getAttribute("value");
    assert.ok(single !== null);
    await page.selectOption(select, single);
    await page.waitForSelector(".type-change .note:not(:empty)");
    assert.deepEqual(await sent(page, "changeType"), []);
    await page.selectOption(select, single);
    await waitForSent(page, "changeType");
    await page.waitForSelector(`${rowOf("68050004")}[aria-selected="true"]`);
    assert.equal(await page.locator(rowOf(row)).count(), 0);
  });
});
