/** Nothing on the page is hard-coded: in a made-up language every text either bears its marks or came as data. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Page } from "playwright-core";
import { closeAfterwards, open, rowOf } from "./support";

/** Every text of the page becomes "⟦text⟧"; what the host says beside them is collected. */
const PREPARE = `
  fakeHost.strings = Object.fromEntries(Object.entries(fakeHost.strings).map(([key, text]) => [key, "⟦" + text + "⟧"]));
  window.said = new Set();
  const collect = (value, key) => {
    if (key === "strings") return;
    if (typeof value === "string") window.said.add(value);
    else if (value !== null && typeof value === "object") for (const [name, part] of Object.entries(value)) collect(part, name);
  };
  window.addEventListener("message", (event) => collect(event.data));`;

/** The texts in sight or told to assistive technology that no key and no data stand for. */
function hardCoded(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const said = [...(window as unknown as { said: Set<string> }).said];
    const texts: string[] = [];
    const visit = (node: Node): void => {
      if (node instanceof HTMLStyleElement || node instanceof HTMLScriptElement) return;
      // Bytes as characters are no words.
      if (node instanceof Element && /\bhex/.test(node.className)) return;
      if (node instanceof Text) texts.push(node.data);
      if (node instanceof HTMLInputElement) texts.push(node.placeholder);
      if (node instanceof Element) {
        for (const name of ["aria-label", "title", "aria-roledescription", "aria-description", "alt"])
          texts.push(node.getAttribute(name) ?? "");
        node.shadowRoot?.childNodes.forEach(visit);
      }
      node.childNodes.forEach(visit);
    };
    visit(document.body);
    // The page shows hidden characters by signs.
    const plain = (text: string): string =>
      text.replace(/\\x[0-9A-F]{2}|\\u[0-9A-F]{4}|[\p{Cc}\p{Cf}↵→␤]/gu, " ").replace(/\s+/g, " ");
    const known = said.map(plain);
    const isKey = (part: string): boolean => /^(Ctrl|Shift|Alt|Esc|Enter|Del|F\d)(\+\w+)*$/.test(part);
    // Names of the field are the same in every language.
    const isName = (part: string): boolean => /^[A-Z0-9_]{4,}(0x[0-9A-Fa-f]+)?$/.test(part);
    // What is left of a text without the marked parts: words in it are nobody's.
    const isOwn = (text: string): boolean =>
      text
        .replace(/⟦[^⟧]*⟧/g, "\n")
        .split(/: |[\n,;()·]+/)
        .map((part) => plain(part).trim())
        .every(
          (part) =>
            !/\p{L}{2}/u.test(part) || isKey(part) || isName(part) || known.some((all) => all.includes(part)),
        );
    return [...new Set(texts.map((text) => text.trim()).filter((text) => !isOwn(text)))];
  });
}

const HEX = /^([0-9A-F]{2,8}[ :…]*)+$/;

async function assertNothingHardCoded(page: Page, where: string): Promise<void> {
  const left = (await hardCoded(page)).filter((text) => !HEX.test(text));
  assert.deepEqual(left, [], where);
}

describe("page: languages", function () {
  this.timeout(60_000);
  closeAfterwards();

  it("has no text of its own in any view", async () => {
    const page = await open({ prepare: PREPARE });
    await assertNothingHardCoded(page, "at the start");
    for (const tab of await page.locator('[role="tab"]').all()) {
      if (!(await tab.isVisible())) continue;
      await tab.click();
      await assertNothingHardCoded(page, (await tab.textContent()) ?? "");
    }
  });

  it("has none in forms, menus and details", async () => {
    const page = await open({ prepare: PREPARE });
    for (const row of await page.locator(".grid-row[data-tag]").all()) {
      await row.click();
      await assertNothingHardCoded(page, `details of ${(await row.getAttribute("data-tag")) ?? ""}`);
    }
    await page.keyboard.press("Home");
    await page.click(rowOf("0037001F"), { button: "right" });
    await page.waitForSelector('[role="menu"]');
    await assertNothingHardCoded(page, "the menu of a property");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Insert");
    await page.waitForSelector(".form-panel, form");
    await assertNothingHardCoded(page, "the form for a property");
    await page.keyboard.press("Escape");
    await page.fill(".filter-field input", "nothing has this");
    await assertNothingHardCoded(page, "no match");
  });
});
