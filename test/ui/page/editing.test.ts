import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { until } from "../harness/waiting";
import {
  activeTag,
  closeAfterwards,
  focused,
  open,
  rowOf,
  sent,
  valueOf,
  waitForSent,
  waitForValue,
} from "./support";

const SUBJECT = "0037001F";
const PREFIX = "003D001F";
const FLAGS = "0E070003";
const BODY = "1000001F";
const RECEIPT = "0029000B";
const KEYWORDS = "8003101F";
const INPUT = ".cell-input";

describe("page: editing", function () {
  this.timeout(30_000);
  closeAfterwards();

  it("edits with Enter and writes with Enter", async () => {
    const page = await open();
    await page.click(rowOf(SUBJECT));
    await page.keyboard.press("Enter");
    assert.equal(await page.inputValue(INPUT), "Quarterly figures");
    await page.fill(INPUT, "New subject");
    await page.keyboard.press("Enter");
    await waitForValue(page, SUBJECT, "New subject");
    assert.deepEqual(await sent(page, "setProperty"), [
      { object: "0", tag: 0x0037001f, text: "New subject", revision: 1 },
    ]);
    assert.equal(await focused(page), "grid");
    assert.equal(await page.getAttribute(rowOf(SUBJECT), "data-change"), "changed");
    assert.match((await page.textContent(".header")) ?? "", /1 change/);
  });

  it("begins by typing, which replaces the value and can be undone in the field", async () => {
    const page = await open();
    await page.click(rowOf(SUBJECT));
    await page.keyboard.type("Zz");
    assert.equal(await page.inputValue(INPUT), "Zz");
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Control+z");
    assert.equal(await page.inputValue(INPUT), "Quarterly figures");
    await page.keyboard.press("Control+y");
    assert.notEqual(await page.inputValue(INPUT), "Quarterly figures");
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(INPUT).count(), 0);
    assert.equal(await valueOf(page, SUBJECT), "Quarterly figures");
    assert.deepEqual(await sent(page, "setProperty"), []);
  });

  it("selects all in a field at once, and keeps the key from VS Code", async () => {
    const page = await open();
    await page.evaluate(() => {
      window.addEventListener("keydown", (event) => {
        if (event.ctrlKey && event.key === "a") Object.assign(window, { seenSelectAll: true });
      });
    });
    await page.click(rowOf(SUBJECT));
    await page.keyboard.press("F2");
    await page.keyboard.press("End");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("All new");
    assert.equal(await page.inputValue(INPUT), "All new");
    assert.equal(await page.evaluate(() => Reflect.get(window, "seenSelectAll") as unknown), undefined);
  });

  it("names every field for assistive technology as it is called on the page", async () => {
    const page = await open();
    const names = (selector: string): Promise<(string | null)[]> =>
      page.locator(selector).evaluateAll((fields) => fields.map((field) => field.getAttribute("aria-label")));
    assert.deepEqual(await names("vscode-text-field.filter-field"), ["Filter properties"]);
    await page.click(rowOf(KEYWORDS));
    await page.locator("vscode-text-field[aria-label='Value 1']").waitFor();
    const all = await names("vscode-text-field, vscode-text-area");
    assert.deepEqual(
      all.filter((name) => name === "Text field" || name === "Text area"),
      [],
    );
  });

  it("keeps undo keys in fields from VS Code and lets them through elsewhere", async () => {
    const page = await open();
    await page.evaluate(() => {
      Object.assign(window, { seen: [] });
      window.addEventListener("keydown", (event) => {
        const seen: unknown = Reflect.get(window, "seen");
        if (Array.isArray(seen) && event.ctrlKey && !["Control", "Shift"].includes(event.key))
          seen.push(event.key);
      });
    });
    await page.click(rowOf(SUBJECT));
    await page.keyboard.press("F2");
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Control+Shift+Z");
    await page.keyboard.press("Escape");
    await page.click("vscode-text-field.filter-field");
    await page.keyboard.type("sub");
    for (let step = 0; step < 3; step++) await page.keyboard.press("Control+z");
    assert.equal(
      await page.evaluate(() => document.querySelector<HTMLInputElement>(".filter-field")?.value),
      "",
    );
    await page.focus(".grid");
    await page.keyboard.press("Control+z");
    assert.deepEqual(await page.evaluate(() => Reflect.get(window, "seen") as unknown), ["z"]);
  });

  it("keeps the editor open with the reason when the value is refused", async () => {
    const page = await open();
    await page.dblclick(`${rowOf(FLAGS)} .col-value`);
    await page.fill(INPUT, "many");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".cell-error");
    assert.match((await page.textContent(".cell-error[role=alert]")) ?? "", /Not a whole number/);
    assert.equal(await page.getAttribute(INPUT, "aria-invalid"), "true");
    assert.equal(await page.evaluate(() => document.activeElement?.className), "cell-input");
    const box = await page.locator(".cell-error").boundingBox();
    const cell = await page.locator(INPUT).boundingBox();
    assert.ok(box !== null && cell !== null && box.y >= cell.y + cell.height - 3);
    await page.fill(INPUT, "5");
    assert.equal(await page.locator(".cell-error").count(), 0);
    await page.keyboard.press("Enter");
    await waitForValue(page, FLAGS, "5");
  });

  it("writes what was typed when the focus leaves, and comes back when that is refused", async () => {
    const page = await open();
    await page.click(rowOf(SUBJECT));
    await page.keyboard.type("By blur");
    await page.click(rowOf("0C1A001F"));
    await waitForValue(page, SUBJECT, "By blur");
    assert.equal(await activeTag(page), "0C1A001F");
    await page.click(rowOf(FLAGS));
    await page.keyboard.type("nothing");
    await page.click(rowOf("0C1A001F"));
    await page.waitForSelector(".cell-error");
    assert.equal(await page.inputValue(INPUT), "nothing");
    assert.equal(await page.evaluate(() => document.activeElement?.className), "cell-input");
  });

  it("goes on to the next and the previous editable value with Tab", async () => {
    const page = await open();
    await page.click(rowOf(SUBJECT));
    await page.keyboard.type("One");
    await page.keyboard.press("Tab");
    await page.waitForSelector(`${rowOf(PREFIX)} ${INPUT}`);
    await page.keyboard.type("Two");
    await page.keyboard.press("Shift+Tab");
    await page.waitForSelector(`${rowOf(SUBJECT)} ${INPUT}`);
    await page.keyboard.press("Escape");
    assert.equal(await valueOf(page, SUBJECT), "One");
    assert.equal(await valueOf(page, PREFIX), "Two");
  });

  it("edits a truth value in a list", async () => {
    const page = await open();
    await page.click(rowOf(RECEIPT));
    await page.keyboard.press("F2");
    await page.selectOption(INPUT, "true");
    await page.keyboard.press("Enter");
    await waitForValue(page, RECEIPT, "true");
  });

  it("keeps an editor while rows are updated around it", async () => {
    const page = await open();
    await page.click(rowOf(SUBJECT));
    await page.keyboard.type("Half");
    await page.evaluate(() => window.fakeHost.change("0", 0x0e070003, "3"));
    await waitForValue(page, FLAGS, "3");
    await page.keyboard.type(" done");
    await page.keyboard.press("Enter");
    await waitForValue(page, SUBJECT, "Half done");
  });

  it("edits long text in the detail pane and keeps its line breaks", async () => {
    const page = await open();
    await page.click(rowOf(BODY));
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.localName === "vscode-text-area");
    await page.keyboard.press("Control+End");
    await page.keyboard.type("!");
    await page.waitForSelector(".detail-buttons:not([hidden])");
    await page.keyboard.press("Control+Enter");
    await waitForSent(page, "setProperty");
    const [params] = await sent(page, "setProperty");
    assert.ok(params !== undefined && "text" in params);
    assert.match(params.text, /^Dear all,\r\n\r\nthe[^]*Ann!$/);
    await page.waitForFunction(() => document.querySelector(".detail-buttons")?.hasAttribute("hidden"));
    assert.equal(await focused(page), "grid");
  });

  it("makes a text of one line one of several beside the grid", async () => {
    const page = await open();
    await page.click(`${rowOf(SUBJECT)} .col-name`);
    const area = page.locator(".detail .value-text textarea");
    await area.click();
    const height = async (): Promise<number> => (await area.boundingBox())?.height ?? 0;
    const before = await height();
    assert.ok(before > 0 && before < 32, String(before));
    await page.keyboard.press("Control+End");
    await page.keyboard.press("Enter");
    await page.keyboard.type("second");
    assert.ok((await height()) > 2 * before);
    await page.keyboard.press("Control+Enter");
    await waitForSent(page, "setProperty");
    assert.equal(
      Reflect.get((await sent(page, "setProperty")).at(-1) ?? {}, "text"),
      "Quarterly figures\r\nsecond",
    );
  });

  it("keeps unwritten text of the detail pane when the property changes elsewhere; Escape drops it", async () => {
    const page = await open();
    await page.click(rowOf(BODY));
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.activeElement?.localName === "vscode-text-area");
    await page.keyboard.type("Mine ");
    await page.evaluate(() => window.fakeHost.change("0", 0x1000001f, "theirs\r\nnow"));
    await page.waitForTimeout(150);
    const text = () => page.evaluate(() => document.querySelector<HTMLTextAreaElement>(".value-text")?.value);
    assert.match((await text()) ?? "", /Mine /);
    await page.keyboard.press("Escape");
    assert.equal(await text(), "theirs\nnow");
    assert.deepEqual(await sent(page, "setProperty"), []);
  });

  it("writes unwritten text of the detail pane before another property is shown", async () => {
    const page = await open();
    await page.click(rowOf("00390040"));
    await page.click(".time-field >> nth=1");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("tomorrow");
    await page.click(rowOf(SUBJECT));
    await page.waitForSelector(".detail .field-error:not(:empty)");
    await page.waitForFunction(() => document.activeElement?.classList.contains("time-field"));
    assert.equal(await activeTag(page), "00390040");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("2026-03-01T10:00:00Z");
    await page.click(rowOf(SUBJECT));
    await waitForValue(page, "00390040", "2026-03-01T10:00:00.0000000Z");
    assert.equal(await activeTag(page), SUBJECT);
  });

  it("edits each value of a list: add, move, remove, refuse", async () => {
    const page = await open();
    await page.click(rowOf(KEYWORDS));
    await page.waitForSelector(".list-row");
    await page.click(".list-add");
    await page.keyboard.type("Last");
    await page.click('[aria-label="Move value 4 up"]');
    await page.click('[aria-label="Remove value 1"]');
    await page.click('.detail-buttons [appearance="primary"]');
    await waitForSent(page, "setValues");
    assert.deepEqual(await sent(page, "setValues"), [
      { object: "0", tag: 0x8003101f, values: ["Quarter", "Last", "Grün"], revision: 1 },
    ]);
    await page.click(rowOf("80051003"));
    await page.waitForFunction(
      () =>
        document.querySelectorAll(".list-row").length === 3 &&
        document.querySelector(".detail-title")?.textContent === "Sniff lengths",
    );
    await page.click(".list-row:nth-child(2) .number-field >> nth=0");
    await page.keyboard.type("x");
    await page.keyboard.press("Control+Enter");
    await page.waitForSelector(".list-row:nth-child(2) .number-field.invalid");
  });

  it("sets property flags and keeps the focus on the box", async () => {
    const page = await open();
    await page.click(rowOf(SUBJECT));
    await page.waitForSelector(".flags");
    await page.focus(".flags vscode-checkbox");
    await page.keyboard.press(" ");
    await waitForSent(page, "setFlags");
    assert.deepEqual(await sent(page, "setFlags"), [{ object: "0", tag: 0x0037001f, flags: 7, revision: 1 }]);
    await page.waitForTimeout(100);
    assert.equal(await page.evaluate(() => document.activeElement?.localName), "vscode-checkbox");
  });

  it("deletes, shows the deleted row struck through, and reverts it", async () => {
    const page = await open();
    await page.click(rowOf(PREFIX));
    await page.keyboard.press("Delete");
    await page.waitForFunction(() =>
      window.fakeHost.requests.some(({ name }) => name === "deleteProperties"),
    );
    await page.keyboard.press("End");
    await page.waitForSelector(`${rowOf(PREFIX)}[data-change="deleted"]`);
    await page.click(rowOf(PREFIX));
    await page.keyboard.press("F2");
    assert.equal(await page.locator(INPUT).count(), 0);
    await page.hover(rowOf(PREFIX));
    await page.click(`${rowOf(PREFIX)} .row-action`);
    await page.waitForFunction(
      (selector) => document.querySelector(selector)?.hasAttribute("data-change") === false,
      rowOf(PREFIX),
    );
  });

  it("adds a known property by part of its name", async () => {
    const page = await open();
    await page.focus(".grid");
    await page.keyboard.press("Insert");
    await page.keyboard.type("conversation t");
    await page.waitForSelector(".combo-item");
    await page.keyboard.press("ArrowDown");
    assert.equal(
      await page.getAttribute("#add-property-name", "aria-activedescendant"),
      "add-property-name-0",
    );
    await page.keyboard.press("Enter");
    await page.click(".form-field.value vscode-text-field");
    await page.keyboard.type("Topic");
    await page.keyboard.press("Enter");
    await page.waitForSelector(`${rowOf("0070001F")}[aria-selected="true"]`);
    assert.equal(await page.getAttribute(rowOf("0070001F"), "data-change"), "added");
    assert.equal(await focused(page), "grid");
  });

  it("adds by tag and by name, and says what is wrong at the field", async () => {
    const page = await open();
    await page.click(".add-button");
    await page.keyboard.type("nonsense");
    await page.waitForSelector(".combo-none");
    await page.keyboard.press("Escape");
    await page.click('.form-buttons [appearance="primary"]');
    assert.match((await page.textContent(".form-panel .field-error")) ?? "", /0037001F/);
    assert.equal(await page.getAttribute("#add-property-name", "aria-invalid"), "true");
    await page.fill("#add-property-name", "0x66660003");
    await page.waitForFunction(
      () => document.querySelector<HTMLSelectElement>("vscode-dropdown")?.value === "3",
    );
    await page.click(".form-field.value vscode-text-field");
    await page.keyboard.type("12x");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() =>
      document.querySelector(".form-panel .field-error")?.textContent.includes("whole number"),
    );
    await page.click(".form-panel vscode-checkbox");
    await page.click(".form-field.wide vscode-text-field");
    await page.keyboard.type("00062002-0000-0000-c000-000000000046");
    await page.keyboard.press("Tab");
    await page.keyboard.type("0x8205");
    // The field is made anew, with the same text, when the host knows the property by its name.
    await until("the value in the field", async () => {
      await page.click(".form-field.value vscode-text-field");
      await page.keyboard.press("Control+a");
      await page.keyboard.type("2");
      return page.$eval(
        ".form-field.value vscode-text-field",
        (field) => "value" in field && field.value === "2",
      );
    });
    await page.keyboard.press("Enter");
    await waitForSent(page, "addProperty", 2);
    const params = (await sent(page, "addProperty")).at(-1);
    assert.deepEqual(params, {
      object: "0",
      tag: 3,
      named: { guid: "{00062002-0000-0000-C000-000000000046}", id: 0x8205 },
      values: ["2"],
      revision: 1,
    });
    await page.waitForFunction(() => document.querySelector(".form-panel") === null);
  });

  it("copies value and row through the host", async () => {
    const page = await open();
    await page.click(rowOf(SUBJECT));
    await page.keyboard.press("Control+c");
    await page.waitForFunction(() => window.fakeHost.copied === "Quarterly figures");
    await page.keyboard.press("Control+Shift+C");
    await page.waitForFunction(() =>
      window.fakeHost.copied.startsWith("Subject\tPidTagSubject\tPR_SUBJECT\t0037001F"),
    );
  });
});
