/** Opens the composer over a real message, with the real host's models and edits behind it, and reads what it wrote. */
import assert from "node:assert/strict";
import type { FrameLocator, Locator, Page } from "playwright-core";
import "../mailHost.browser";
import { createItem, type PresetId } from "../../../../src/core";
import { randomSource, utc } from "../../../../scripts/samples/kit";
import type { PageOptions } from "../stubHost";
import { openMail } from "./mailPage";

/** To, Cc and Bcc. */
export const [TO, CC, BCC] = [1, 2, 3] as const;

/** A new item of a preset, with a clock that stands still. */
export function newItem(preset: PresetId): Uint8Array {
  const now = utc(2026, 3, 12, 8, 15);
  return createItem({ preset, unicode: true, now: () => now, randomBytes: randomSource(7) }).toBytes();
}

/** Opens a message in the composer: a draft is there already, any other is edited. */
export async function openComposer(
  bytes: Uint8Array,
  options: Omit<PageOptions, "host"> = {},
): Promise<Page> {
  const page = await openMail(bytes, { ...options, waitFor: ".message-subject, .composer" });
  const edit = page.locator(".message-actions vscode-button");
  if (await edit.isVisible()) await edit.click();
  await page.locator(".composer #compose-subject").waitFor();
  await page.locator(".compose-paper > *").waitFor();
  return page;
}

/** The chips of a kind. */
export const chipsOf = (page: Page, kind: number): Locator =>
  page.locator(".compose-row", { has: page.locator(`#compose-kind-${kind}`) }).locator(".compose-chip");

/** Waits until the chips of a kind are these. */
export async function waitForChips(page: Page, kind: number, labels: readonly string[]): Promise<void> {
  await page.waitForFunction(
    ([id, wanted]) => {
      const row = document.getElementById(`compose-kind-${id}`)?.closest(".compose-row");
      const found = Array.from(row?.querySelectorAll(".compose-chip") ?? [], (chip) => chip.textContent);
      return JSON.stringify(found) === wanted;
    },
    [kind, JSON.stringify(labels)] as const,
  );
}

/** A property of the message as text; "" when it is not there. Bytes are read as UTF-8. */
export function stored(page: Page, tag: number, object = ""): Promise<string> {
  return page.evaluate(
    ([address, wanted]) => {
      const found = window.mailHost.document.outline.property(address, wanted);
      if (found === undefined || found.change === "deleted") return "";
      return found.value instanceof Uint8Array ? new TextDecoder().decode(found.value) : String(found.value);
    },
    [object, tag] as const,
  );
}

/** Waits until a property of the message is such. */
export async function waitForStored(page: Page, tag: number, wanted: RegExp, object = ""): Promise<string> {
  await page.waitForFunction(
    ([address, id, source, flags]) => {
      const found = window.mailHost.document.outline.property(address, id);
      const value = found === undefined || found.change === "deleted" ? "" : found.value;
      const text = value instanceof Uint8Array ? new TextDecoder().decode(value) : String(value);
      return new RegExp(source, flags).test(text);
    },
    [object, tag, wanted.source, wanted.flags] as const,
  );
  return stored(page, tag, object);
}

/** The labels of the edits that were made. */
export const labels = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => Array.from(window.mailHost.labels));

/** The surface on which the text is edited as it looks. */
export const surface = (page: Page): FrameLocator => page.frameLocator(".compose-frame");

/** Puts the caret at the end of the surface. */
export async function intoText(page: Page): Promise<void> {
  const body = surface(page).locator("body[contenteditable=true]");
  await body.focus();
  await page.keyboard.press("Control+End");
}

/** The field of a form by its id. */
export const fieldOf = (page: Page, id: string): Locator => page.locator(`#compose-field-${id}`);

/** Unfolds the options. */
export async function openOptions(page: Page): Promise<void> {
  const section = page.locator("details.compose-section", { hasText: "Options" });
  if ((await section.getAttribute("open")) === null) await section.locator("summary").click();
  assert.notEqual(await section.getAttribute("open"), null);
}
