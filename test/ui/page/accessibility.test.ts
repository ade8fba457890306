/** What a screen reader is told of the grid: the browser's own accessibility tree, not the page's attributes. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { CDPSession, Page } from "playwright-core";
import { closeAfterwards, open, rowOf } from "./support";

const SUBJECT = "0037001F";
const FLAGS = "0E070003";
const MASK = "340D0003";
const REMINDER = "80070040";

interface Told {
  readonly role: string;
  readonly name: string;
  readonly description: string;
  readonly value: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

const text = (value: unknown): string => {
  const found: unknown =
    typeof value === "object" && value !== null ? Reflect.get(value, "value") : undefined;
  return typeof found === "string" || typeof found === "number" ? String(found) : "";
};

/** The element of a selector and all in it, as assistive technology gets them. */
async function told(page: Page, selector: string): Promise<readonly Told[]> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const { root } = await session.send("DOM.getDocument", { depth: 0 });
  const { nodeId } = await session.send("DOM.querySelector", { nodeId: root.nodeId, selector });
  const { nodes } = await session.send("Accessibility.queryAXTree", { nodeId });
  await session.detach();
  return nodes
    .filter(({ ignored }) => !ignored)
    .map(({ role, name, description, value, properties = [] }) => ({
      role: text(role),
      name: text(name),
      description: text(description),
      value: text(value),
      properties: Object.fromEntries(
        properties.map((property): [string, unknown] => [property.name, property.value.value]),
      ),
    }));
}

const roles = (list: readonly Told[], role: string): readonly Told[] =>
  list.filter((each) => each.role === role);

describe("page: the grid to a screen reader", function () {
  this.timeout(60_000);
  closeAfterwards();

  it("has columns and rows with their places, and each row its name, tag, type and value", async () => {
    const page = await open();
    const heads = roles(await told(page, ".grid-head-row"), "columnheader");
    assert.deepEqual(
      heads.map(({ name }) => name.replace(/[^A-Za-z ].*$/, "").trim()),
      ["Name", "Tag", "Type", "Value"],
    );
    const cells = roles(await told(page, rowOf(SUBJECT)), "gridcell");
    assert.deepEqual(
      cells.map(({ name }) => name),
      ["Subject", SUBJECT, "PT_UNICODE", "Quarterly figures"],
    );
    const rows = Number(await page.getAttribute(".grid", "aria-rowcount"));
    assert.equal(await page.getAttribute(".grid", "aria-colcount"), "4");
    assert.ok(rows > 80);
    assert.equal(await page.getAttribute(rowOf(SUBJECT), "aria-rowindex"), "3");
    assert.deepEqual(
      await page
        .locator(`${rowOf(SUBJECT)} [role=gridcell]`)
        .evaluateAll((all) => all.map((cell) => cell.getAttribute("aria-colindex"))),
      ["1", "2", "3", "4"],
    );
    // The row the keyboard is at is the one that is read.
    await page.click(rowOf(SUBJECT));
    const active = await page.getAttribute(".grid", "aria-activedescendant");
    assert.equal(await page.getAttribute(`#${active ?? ""}`, "data-tag"), SUBJECT);
  });

  it("says of each value whether it can be edited, what was changed, and what is wrong with it", async () => {
    const page = await open({ prepare: 'fakeHost.change("0", 0x0037001f, "New");' });
    const valueOf = async (tag: string): Promise<Told | undefined> =>
      roles(await told(page, rowOf(tag)), "gridcell").at(-1);
    assert.notEqual((await valueOf(SUBJECT))?.properties["readonly"], true);
    await page.click(rowOf(SUBJECT));
    for (let step = 0; step < 40 && (await page.locator(rowOf(MASK)).count()) === 0; step++)
      await page.keyboard.press("PageDown");
    assert.equal((await valueOf(MASK))?.properties["readonly"], true);
    const [name] = roles(await told(page, rowOf(REMINDER)), "gridcell");
    assert.match(name?.name ?? "", /The stored time lies before 1601/);
    await page.keyboard.press("Home");
    const [changed] = roles(await told(page, rowOf(SUBJECT)), "gridcell");
    assert.match(changed?.name ?? "", /^Subject ?, changed since the last save$/);
  });

  it("names the field that is edited, says that its text is refused and why, and reads the choices", async () => {
    const page = await open();
    await page.click(rowOf(FLAGS));
    await page.keyboard.press("F2");
    await page.waitForSelector(".choice-item");
    const options = roles(await told(page, ".choice-list"), "option");
    assert.deepEqual(
      options.slice(0, 2).map(({ name, properties }) => [name.replace(/ 0x.*$/, ""), properties["selected"]]),
      [
        ["MSGFLAG_READ", true],
        ["MSGFLAG_UNMODIFIED", false],
      ],
    );
    const [field] = roles(await told(page, ".cell-input"), "combobox");
    assert.equal(field?.name, "Message flags, Value");
    assert.equal(field.value, "17");
    await page.keyboard.type("many");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".cell-error");
    const [refused] = roles(await told(page, ".cell-input"), "combobox");
    assert.equal(refused?.properties["invalid"], "true");
    assert.match(refused.description, /Not a whole number/);
    assert.match((await told(page, ".cell-error"))[0]?.role ?? "", /alert/);
  });
});
