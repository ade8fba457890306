import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Page } from "playwright-core";
import {
  PR_CLIENT_SUBMIT_TIME,
  PR_COMPANY_NAME,
  PR_DISPLAY_NAME,
  PR_END_DATE,
  PR_FLAG_STATUS,
  PR_IMPORTANCE,
  PR_MESSAGE_DELIVERY_TIME,
  PR_MESSAGE_FLAGS,
  PR_REPLY_RECIPIENT_NAMES,
  PR_SENSITIVITY,
  PR_START_DATE,
  PR_SUBJECT,
  type PresetId,
} from "../../../../src/core";
import { quarterFigures } from "../../../../scripts/samples/mails";
import { violations } from "../axe";
import { THEMES, type ThemeName } from "../themes";
import {
  fieldOf,
  newItem,
  openComposer,
  openOptions,
  stored,
  waitForChips,
  waitForStored,
} from "./composePage";
import { closeMailsAfterwards } from "./mailPage";

/** Types into a field and leaves it. */
async function fill(page: Page, id: string, value: string): Promise<void> {
  await fieldOf(page, id).fill(value);
  await fieldOf(page, id).press("Enter");
}

/** A property that has a moment, in milliseconds of the browser's own clock for a text such as "2026-05-04T09:30". */
const ticks = (page: Page, local: string): Promise<string> =>
  page.evaluate((text) => String((BigInt(new Date(text).getTime()) + 11_644_473_600_000n) * 10_000n), local);

async function waitForMoment(page: Page, tag: number, local: string): Promise<void> {
  await waitForStored(page, tag, new RegExp(`^${await ticks(page, local)}$`));
}

const errorOf = (page: Page, id: string) => page.locator(`#compose-field-${id}-error:not([hidden])`);

describe("the composer: fields", function () {
  this.timeout(120_000);
  closeMailsAfterwards();

  it("of a mail: subject, importance, sensitivity, flag, categories, replies, dates, read and sent", async () => {
    const page = await openComposer(newItem("unsentMail"));
    await page.locator("#compose-subject").fill("RE: Fair – stand");
    await page.keyboard.press("Enter");
    await waitForStored(page, PR_SUBJECT, /^RE: Fair – stand$/);
    await openOptions(page);
    await fieldOf(page, "importance").selectOption({ label: "High" });
    await waitForStored(page, PR_IMPORTANCE, /^2$/);
    await fieldOf(page, "sensitivity").selectOption({ label: "Private" });
    await waitForStored(page, PR_SENSITIVITY, /^2$/);
    await fieldOf(page, "flag").selectOption({ label: "Flagged" });
    await waitForStored(page, PR_FLAG_STATUS, /^2$/);
    await fill(page, "categories", "Travel, Fair, travel");
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>("#compose-field-categories")?.value === "Travel, Fair",
    );
    await fill(page, "replyTo", "nobody");
    await errorOf(page, "replyTo").waitFor();
    await fill(page, "replyTo", "Ann <ann@example.org>; bob@example.org");
    await waitForStored(page, PR_REPLY_RECIPIENT_NAMES, /^Ann;bob@example\.org$/);
    await errorOf(page, "replyTo").waitFor({ state: "detached" });
    await fill(page, "sent", "2026-05-04T09:30");
    await waitForMoment(page, PR_CLIENT_SUBMIT_TIME, "2026-05-04T09:30");
    await fill(page, "received", "2026-05-04T09:31");
    await waitForMoment(page, PR_MESSAGE_DELIVERY_TIME, "2026-05-04T09:31");
    await fieldOf(page, "isRead").uncheck();
    await waitForStored(page, PR_MESSAGE_FLAGS, /^8$/);
    await fieldOf(page, "isSent").check();
    await waitForStored(page, PR_MESSAGE_FLAGS, /^0$/);
    assert.equal(await page.evaluate(() => window.mailHost.labels.length), 10);
  });

  it("of an appointment: a start that moves takes the end along; an end before it is refused", async () => {
    const page = await openComposer(newItem("appointment"));
    await fill(page, "start", "2026-05-04T09:30");
    await waitForMoment(page, PR_START_DATE, "2026-05-04T09:30Z");
    await waitForMoment(page, PR_END_DATE, "2026-05-04T10:00Z");
    await fill(page, "end", "2026-05-04T09:00");
    await errorOf(page, "end").filter({ hasText: "before the start" }).waitFor();
    assert.equal(await fieldOf(page, "end").getAttribute("aria-invalid"), "true");
    await fill(page, "end", "2026-05-04T11:00");
    await waitForMoment(page, PR_END_DATE, "2026-05-04T11:00Z");
    await fill(page, "location", "Room 4");
    await fieldOf(page, "allDay").check();
    await waitForMoment(page, PR_START_DATE, "2026-05-04T00:00Z");
    await waitForMoment(page, PR_END_DATE, "2026-05-05T00:00Z");
    await page.locator(".compose-top vscode-button", { hasText: "Done" }).click();
    const panel = page.locator(".message-panel");
    await panel.filter({ hasText: "Room 4" }).filter({ hasText: "All day" }).waitFor();
  });

  it("of an appointment: another time zone is found by a city, and the clock goes on showing the same", async () => {
    const page = await openComposer(newItem("appointment"), { width: 640 });
    await fill(page, "start", "2026-03-29T09:30");
    await waitForMoment(page, PR_START_DATE, "2026-03-29T09:30Z");
    const zone = fieldOf(page, "timeZone");
    assert.equal(await zone.inputValue(), "UTC");
    await zone.click();
    const options = page.locator("#compose-field-timeZone-list [role=option]");
    await options.filter({ hasText: "Indian/Maldives" }).waitFor();
    await options.and(page.locator("[aria-selected=true]")).filter({ hasText: /^UTC/ }).waitFor();
    await zone.fill("vienna");
    await options.filter({ hasText: "Indian/Maldives" }).waitFor({ state: "detached" });
    await page
      .locator("#compose-field-timeZone-list [aria-selected=true]", { hasText: "W. Europe Standard Time" })
      .waitFor();
    assert.equal(await page.evaluate(() => document.scrollingElement?.scrollLeft), 0);
    assert.deepEqual(await violations(page), []);
    await zone.press("Enter");
    await waitForMoment(page, PR_START_DATE, "2026-03-29T07:30Z");
    await waitForMoment(page, PR_END_DATE, "2026-03-29T08:00Z");
    await page.waitForFunction(
      () =>
        document.querySelector<HTMLInputElement>("#compose-field-timeZone")?.value ===
        "W. Europe Standard Time",
    );
    assert.equal(await fieldOf(page, "start").inputValue(), "2026-03-29T09:30");
    assert.equal((await page.evaluate(() => window.mailHost.labels)).at(-1), "Change Time zone");
    await fill(page, "timeZone", "Nowhere");
    await errorOf(page, "timeZone").filter({ hasText: "No time zone of this name" }).waitFor();
  });

  it("of a meeting name those who have to come, may come, and what is needed", async () => {
    const page = await openComposer(newItem("meetingRequest"));
    const labels = await page.locator(".compose-people .compose-label").allInnerTexts();
    assert.deepEqual(labels, ["Required", "Optional", "Resources"]);
  });

  it("of a contact make its names, and of a task keep status and percentage the same", async () => {
    const page = await openComposer(newItem("contact"));
    assert.equal(await page.locator("#compose-kind-1").isVisible(), false, "a contact has no recipients");
    assert.equal(await fieldOf(page, "from").count(), 0, "and no sender");
    await fill(page, "given", "Ann");
    await fill(page, "surname", "Ash");
    await waitForStored(page, PR_DISPLAY_NAME, /^Ann Ash$/);
    await waitForStored(page, PR_SUBJECT, /^Ann Ash$/);
    await fill(page, "company", "Example");
    await waitForStored(page, PR_COMPANY_NAME, /^Example$/);
    assert.equal(await fieldOf(page, "fileAs").inputValue(), "Ash, Ann");
    await fill(page, "email1", "ann@example.org");
    await page.waitForFunction(
      () =>
        document.querySelector<HTMLInputElement>("#compose-field-email1")?.value ===
        "Ann Ash <ann@example.org>",
    );
  });

  it("of a task keep status and percentage the same", async () => {
    const page = await openComposer(newItem("task"));
    await fill(page, "percentComplete", "50");
    await page.waitForFunction(
      () => document.querySelector<HTMLSelectElement>("#compose-field-taskStatus")?.value === "1",
    );
    await fieldOf(page, "taskStatus").selectOption({ label: "Completed" });
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>("#compose-field-percentComplete")?.value === "100",
    );
    await fill(page, "percentComplete", "500");
    await errorOf(page, "percentComplete").filter({ hasText: "0 to 100" }).waitFor();
  });

  it("that are read-only can be looked at and not changed", async () => {
    const page = await openComposer(newItem("unsentMail"));
    await page.evaluate(() => {
      window.mailHost.readOnly = "The file is write-protected.";
      window.mailHost.document.announce();
    });
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>("#compose-subject")?.readOnly === true,
    );
    assert.equal(
      await page.locator("#compose-kind-1").evaluate((field: HTMLInputElement) => field.readOnly),
      true,
    );
    assert.equal(await fieldOf(page, "from").isDisabled(), true);
    await page.waitForFunction(
      () =>
        document
          .querySelector<HTMLIFrameElement>(".compose-frame")
          ?.contentDocument?.querySelector('body[contenteditable="false"]')?.localName === "body",
    );
  });

  for (const theme of Object.keys(THEMES) as ThemeName[]) {
    it(`has no accessibility violations in ${theme}`, async () => {
      const mail = await openComposer(quarterFigures().bytes, { theme, width: 640 });
      await openOptions(mail);
      await mail.locator("#compose-kind-2").focus();
      await mail.keyboard.insertText("nobody");
      await mail.keyboard.press("Enter");
      await mail.locator("#compose-kind-2-error", { hasText: "." }).waitFor();
      assert.deepEqual(await violations(mail), [], "a mail with a refused address");
      await mail.locator(".compose-mode").selectOption("text");
      await mail.locator(".compose-bar", { hasText: "formatting" }).waitFor();
      assert.deepEqual(await violations(mail), [], "the bar of what would be lost");
    });
  }

  for (const preset of ["appointment", "contact", "task"] as const satisfies readonly PresetId[]) {
    it(`has no accessibility violations in the form of: ${preset}`, async () => {
      const page = await openComposer(newItem(preset), { theme: "hc-light" });
      await waitForChips(page, 1, []);
      assert.deepEqual(await violations(page), []);
      assert.notEqual(await stored(page, PR_MESSAGE_FLAGS), "");
    });
  }
});
