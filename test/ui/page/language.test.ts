/** Nothing on the page is hard-coded: in a made-up language every text either bears its marks or came as data. */
import { describe, it } from "mocha";
import { assertNothingHardCoded, pseudoLanguage } from "./hardCoded";
import { closeAfterwards, open, rowOf } from "./support";

const PREPARE = pseudoLanguage("fakeHost.strings");

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
