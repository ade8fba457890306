/** Finds texts of a page that are hard-coded: in a made-up language every text either bears its marks or came as data. */
import assert from "node:assert/strict";
import type { Page } from "playwright-core";

/**
 * A script for the page: it makes every text of the object at `strings` to "⟦text⟧", and collects what the host says beside
 * them.
 */
export const pseudoLanguage = (strings: string): string => `
  ${strings} = Object.fromEntries(Object.entries(${strings}).map(([key, text]) => [key, "⟦" + text + "⟧"]));
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

/** Fails where a text of the page is its own. */
export async function assertNothingHardCoded(page: Page, where: string): Promise<void> {
  const left = (await hardCoded(page)).filter((text) => !HEX.test(text));
  assert.deepEqual(left, [], where);
}
