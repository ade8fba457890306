import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Page } from "playwright-core";
import { violations } from "./axe";
import { closeAfterwards, open, rowOf, sent, waitForSent, waitForValue } from "./support";
import { THEMES, type ThemeName } from "./themes";

const INDEX = "00710102";
const BYTES = "10090102";
const SINK = ".hex-sink";
const STATUS = ".hex-place";

const CONVERSATION = "01 DC A9 53 2E 77 00 11 22 33 44 55 66 77 88 99 AA BB CC DD EE FF 00 00 00 01 07";

const put = (tag: string, text: string): string => `fakeHost.change("0", 0x${tag}, "${text}");`;

async function openStructure(page: Page, tag = INDEX): Promise<void> {
  await page.click(`${rowOf(tag)} .col-name`);
  await page.waitForSelector(".field-tree .field-row[data-path]");
}

const field = (path: string): string => `.field-row[data-path="${path}"]`;
const fieldText = (page: Page, path: string): Promise<string> =>
  page.innerText(`${field(path)} .field-value .cell-text`);

/** The text of all bytes with a class, in order. */
const bytesWith = (page: Page, name: string): Promise<string> =>
  page.locator(`.byte.hex.${name}`).evaluateAll((cells) => cells.map((cell) => cell.textContent).join(" "));

const shownBytes = (page: Page): Promise<string> =>
  page.locator(".byte.hex").evaluateAll((cells) =>
    cells
      .map((cell) => cell.textContent)
      .join(" ")
      .trim(),
  );

async function waitForBytes(page: Page, text: string): Promise<void> {
  await page.waitForFunction(
    (wanted) =>
      [...document.querySelectorAll(".byte.hex")]
        .map((cell) => cell.textContent)
        .join(" ")
        .trim() === wanted,
    text,
  );
}

/** Puts text on the clipboard's way into the focused field. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    document.activeElement?.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
    );
  }, text);
}

/** What a copy out of the focused field gives. */
function copied(page: Page): Promise<string> {
  return page.evaluate(() => {
    const clipboardData = new DataTransfer();
    document.activeElement?.dispatchEvent(
      new ClipboardEvent("copy", { clipboardData, bubbles: true, cancelable: true }),
    );
    return clipboardData.getData("text/plain");
  });
}

describe("page: structures", function () {
  this.timeout(60_000);
  closeAfterwards();

  it("marks the bytes of the chosen field, and chooses the field of a byte", async () => {
    const page = await open({ prepare: put(INDEX, CONVERSATION) });
    await openStructure(page);
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowDown");
    await page.waitForSelector(`${field("HeaderTime")}[aria-selected="true"]`);
    assert.equal(await bytesWith(page, "marked"), "01 DC A9 53 2E 77");
    await page.click('.byte.hex[data-byte="7"]');
    await page.waitForSelector(`${field("ThreadGuid")}[aria-selected="true"]`);
    assert.equal((await bytesWith(page, "marked")).length, 16 * 3 - 1);
    await page.keyboard.press("Control+End");
    await page.waitForSelector('.field-row[data-path^="ResponseLevels/0/"][aria-selected="true"]');
  });

  it("edits a field in place: the bytes follow, and what would be wrong is refused at the field", async () => {
    const page = await open({ prepare: put(INDEX, CONVERSATION) });
    await openStructure(page);
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("F2");
    await page.keyboard.type("1700-01-01");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".cell-error");
    assert.match(await page.innerText(".cell-error"), /times from 1829/);
    assert.equal(await page.getAttribute(".field-tree .cell-input", "aria-invalid"), "true");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("2026-03-02T00:00:00Z");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".cell-error", { state: "detached" });
    await page.waitForFunction(
      (selector) =>
        document.querySelector(selector)?.textContent.startsWith("2026-03-01T23:59") === true ||
        document.querySelector(selector)?.textContent.startsWith("2026-03-02T00:00") === true,
      `${field("HeaderTime")} .field-value .cell-text`,
    );
    assert.deepEqual(
      (await sent(page, "editStructure")).map((params) => Reflect.get(params, "change") as unknown).at(-1),
      { kind: "set", path: "HeaderTime", text: "2026-03-02T00:00:00Z" },
    );
    assert.doesNotMatch(await shownBytes(page), /^01 DC A9 53/);
    assert.match(await page.innerText(`${rowOf(INDEX)} .col-value`), /^01 DC A9/);
  });

  it("refuses at the field an end that lies before its start, and a start behind its end", async () => {
    const page = await open();
    await page.evaluate(() => {
      window.fakeHost.put("0", 0x68501102, ["BC 07 16 08"]);
      window.fakeHost.reveal("0", 0x68501102);
    });
    await page.waitForSelector(field("Blocks/0/End"));
    for (const [path, wrong, right] of [
      ["Blocks/0/End", "1979", "2100"],
      ["Blocks/0/Start", "2101", "2100"],
    ] as const) {
      await page.click(`${field(path)} .field-name`);
      await page.keyboard.press("F2");
      await page.keyboard.press("Control+a");
      await page.keyboard.type(wrong);
      await page.keyboard.press("Enter");
      await page.waitForSelector(".cell-error");
      assert.match(await page.innerText(".cell-error"), /The end lies before the start/);
      assert.equal(await page.getAttribute(".field-tree .cell-input", "aria-invalid"), "true");
      await page.keyboard.press("Control+a");
      await page.keyboard.type(right);
      await page.keyboard.press("Enter");
      await page.waitForSelector(".cell-error", { state: "detached" });
    }
    await waitForValue(page, "68501102", "34 08 34 08");
  });

  it("adds and removes elements of a list by the keyboard", async () => {
    const page = await open({ prepare: put(INDEX, CONVERSATION) });
    await openStructure(page);
    await page.click(`${field("ResponseLevels")} .field-name`);
    await page.keyboard.press("Insert");
    await page.waitForSelector(field("ResponseLevels/1"));
    await page.click(`${field("ResponseLevels/0")} .field-name`);
    await page.keyboard.press("Delete");
    await page.waitForSelector(field("ResponseLevels/1"), { state: "detached" });
    assert.deepEqual(
      (await sent(page, "editStructure")).map((params) => Reflect.get(params, "change") as unknown),
      [
        { kind: "insert", path: "ResponseLevels" },
        { kind: "remove", path: "ResponseLevels/0" },
      ],
    );
  });

  it("follows bytes as they are typed, and keeps fields as they are until that is written", async () => {
    const page = await open({ prepare: put(INDEX, CONVERSATION) });
    await openStructure(page);
    const before = await fieldText(page, "ThreadGuid");
    await page.click('.byte.hex[data-byte="6"]');
    await page.keyboard.type("ff");
    await page.waitForFunction(([selector, old]) => document.querySelector(selector)?.textContent !== old, [
      `${field("ThreadGuid")} .field-value .cell-text`,
      before,
    ] as const);
    await page.click(`${field("ThreadGuid")} .field-name`);
    await page.keyboard.press("F2");
    assert.match(await page.innerText(".detail .field-error"), /Apply or cancel/);
    await page.click(SINK, { force: true });
    await page.keyboard.press("Control+Enter");
    await waitForSent(page, "setProperty");
    await waitForValue(page, INDEX, CONVERSATION.replace("77 00 11", "77 FF 11"));
  });

  it("says what is left over and what contradicts", async () => {
    const page = await open({ prepare: put(INDEX, `${CONVERSATION} AA BB`) });
    await openStructure(page);
    assert.match(await page.innerText(".structure-notes"), /things in it are wrong: .*Cut off: 4 bytes due/);
    const wrong = page.locator(".field-row[data-problem]").first();
    assert.match(await wrong.locator(".field-name").innerText(), /Cut off/);
    assert.match(
      await page.innerText(field("Leftover")),
      /2 bytes are left over[\s\S]*AA BB[\s\S]*001B[\s\S]*2/,
    );
  });

  it("folds and unfolds with the arrows, from part to field and back", async () => {
    const page = await open({ prepare: put(INDEX, CONVERSATION) });
    await openStructure(page);
    await page.keyboard.press("Enter");
    await page.keyboard.press("End");
    for (let step = 0; step < 5; step++) await page.keyboard.press("ArrowLeft");
    await page.waitForSelector('.field-row[data-path=""][aria-selected="true"]');
    await page.keyboard.press("ArrowLeft");
    assert.equal(await page.locator(".field-row[data-path]").count(), 1);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await page.waitForSelector(`${field("HeaderTime")}[aria-selected="true"]`);
    await page.keyboard.press("Escape");
    assert.equal(await page.evaluate(() => document.activeElement?.className), "grid");
  });

  it("reads as a tree of rows with level, value, place, whether it is edited, and what is wrong", async () => {
    const page = await open({ prepare: put(INDEX, CONVERSATION) });
    await openStructure(page);
    const snapshot = await page.locator(".field-tree").ariaSnapshot();
    assert.match(snapshot, /treegrid "Fields of Conversation index, Value"/);
    assert.match(snapshot, /columnheader "Field"[\s\S]*columnheader "Value"[\s\S]*columnheader "Offset"/);
    assert.match(snapshot, /row "Conversation index [^"]*" \[expanded\] \[level=1\]/);
    assert.match(snapshot, /row "Header time 2026-[^"]* 0000 6"[^\n]*\[level=2\]/);
    assert.equal(await page.getAttribute(`${field("HeaderTime")} .field-value`, "aria-readonly"), null);
    assert.equal(await page.getAttribute(`${field("")} .field-value`, "aria-readonly"), "true");
    const grid = await page.locator(".grid").ariaSnapshot();
    assert.match(grid, /row "Conversation index , changed since the last save 00710102 PT_BINARY 01 DC/);
    await page.click(`${field("HeaderTime")} .field-name`);
    await page.keyboard.press("F2");
    await page.keyboard.type("x");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".cell-error");
    assert.match(await page.locator("body").ariaSnapshot(), /alert: Not a date and time/);
    assert.deepEqual(await violations(page), []);
  });
});

describe("page: bytes", function () {
  this.timeout(60_000);
  closeAfterwards();

  const START = "00 11 22 33";
  const begin = async (): Promise<Page> => {
    const page = await open({ prepare: put(BYTES, START) });
    await page.click(`${rowOf(BYTES)} .col-name`);
    await page.waitForSelector(".hex-editor");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".hex-editor.focused");
    return page;
  };

  it("overwrites digit by digit, inserts after the Insert key, appends at the end", async () => {
    const page = await begin();
    await page.keyboard.type("a");
    await waitForBytes(page, "A0 11 22 33");
    await page.keyboard.type("b");
    await waitForBytes(page, "AB 11 22 33");
    await page.keyboard.press("Insert");
    assert.equal(await page.innerText(".hex-mode"), "INS");
    await page.keyboard.type("cdg");
    await waitForBytes(page, "AB CD 11 22 33");
    await page.keyboard.press("Control+End");
    await page.keyboard.type("ff");
    await waitForBytes(page, "AB CD 11 22 33 FF");
    await page.keyboard.press("Control+z");
    await waitForBytes(page, "AB CD 11 22 33");
    await page.keyboard.press("Control+y");
    await waitForBytes(page, "AB CD 11 22 33 FF");
    await page.keyboard.press("Control+Enter");
    await waitForValue(page, BYTES, "AB CD 11 22 33 FF");
  });

  it("takes characters beside the digits, selects, removes and copies", async () => {
    const page = await begin();
    await page.keyboard.press("Tab");
    await page.keyboard.type("Hi");
    await waitForBytes(page, "48 69 22 33");
    await page.keyboard.press("Home");
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("Shift+ArrowRight");
    assert.equal(await bytesWith(page, "selected"), "48 69");
    assert.equal(await copied(page), "Hi");
    await page.click('.byte.hex[data-byte="1"]');
    await page.click('.byte.hex[data-byte="3"]', { modifiers: ["Shift"] });
    assert.equal(await copied(page), "69 22");
    assert.match(await page.innerText(STATUS), /2 selected/);
    await page.keyboard.press("Delete");
    await waitForBytes(page, "48 33");
    await page.keyboard.press("Backspace");
    await waitForBytes(page, "33");
    await page.keyboard.press("Control+a");
    await page.keyboard.press("Delete");
    await page.waitForFunction(() =>
      document.querySelector(".hex-place")?.textContent.startsWith("No bytes"),
    );
    await page.keyboard.press("Escape");
    await waitForBytes(page, START);
  });

  it("pastes hexadecimal and Base64, and refuses what is neither", async () => {
    const page = await begin();
    await page.keyboard.press("Control+End");
    await paste(page, "0xDE, 0xAD");
    await waitForBytes(page, `${START} DE AD`);
    await paste(page, "vu8=");
    await waitForBytes(page, `${START} DE AD BE EF`);
    await paste(page, "neither of both!");
    await page.waitForSelector(".detail .field-error:not(:empty)");
    assert.match(await page.innerText(".detail .field-error"), /neither hexadecimal nor Base64/);
    assert.match(await shownBytes(page), /BE EF$/);
  });

  it("holds 256 KB with only the rows in view, and no byte more", async () => {
    const page = await open({
      prepare: put(BYTES, "").replace(
        '""',
        'Array.from({ length: 262144 }, (_, at) => (at & 255).toString(16).padStart(2, "0")).join(" ")',
      ),
    });
    await page.click(`${rowOf(BYTES)} .col-name`);
    await page.waitForSelector(".hex-editor");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".hex-editor.focused");
    await page.keyboard.press("Control+End");
    await page.waitForFunction(() => document.querySelector(".hex-place")?.textContent.includes("040000"));
    assert.ok((await page.locator(".dump-row").count()) < 80);
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.type("00");
    await page.waitForSelector(".detail-buttons:not([hidden])");
    await page.keyboard.type("00");
    await page.waitForSelector(".detail .field-error:not(:empty)");
  });

  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    it(`has no accessibility violations in any editor, ${theme}`, async () => {
      const page = await open({ theme, prepare: put(INDEX, CONVERSATION) });
      for (const tag of [
        "0E070003",
        "00170003",
        "00390040",
        "80080048",
        BYTES,
        "8003101F",
        "0037001F",
        INDEX,
      ]) {
        await page.click(`${rowOf(tag)} .col-name`);
        await page.waitForFunction(
          ([wanted, name]) =>
            document.querySelector(".grid-row[aria-selected=true]")?.getAttribute("data-tag") === wanted &&
            document.querySelector(".detail-title")?.textContent === name,
          [tag, await page.innerText(`${rowOf(tag)} .col-name .cell-text`)] as const,
        );
        await page.waitForSelector(".detail-value > *");
        assert.deepEqual(await violations(page), [], tag);
      }
      for (const tag of ["00170003", "0E070003"]) {
        await page.click(rowOf(tag));
        await page.keyboard.press("F2");
        await page.waitForSelector(".choice-item");
        assert.deepEqual(await violations(page), [], `the list in the cell of ${tag}`);
        await page.keyboard.type("x");
        await page.keyboard.press("Enter");
        await page.waitForSelector(".cell-error");
        assert.deepEqual(await violations(page), [], `what is refused in the cell of ${tag}`);
        await page.keyboard.press("Escape");
      }
    });
  }
});
