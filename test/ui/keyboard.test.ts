import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  PR_CONVERSATION_INDEX,
  propTag,
  type PropValue,
  PT_APPTIME,
  PT_BINARY,
  PT_CLSID,
  PT_CURRENCY,
  PT_DOUBLE,
  PT_ERROR,
  PT_I2,
  PT_I8,
  PT_LONG,
  PT_MV_LONG,
  PT_MV_SYSTIME,
  PT_R4,
  PT_SYSTIME,
} from "../../src/core";
import { mail } from "../support/mail";
import { until, type VsCodePage, withVsCode } from "./harness";
import { MsgEditor } from "./support/msgEditor";

const hex = (tag: number): string => tag.toString(16).toUpperCase().padStart(8, "0");
const TICKS = 134_167_104_000_000_001n;
const INDEX = Uint8Array.of(1, 0xdc, 0xa9, 0x53, 0x2e, 0x77, ...Array.from({ length: 16 }, (_, at) => at));

/** Presses keys one by one; a text that is no key's name is typed. */
type Keys = readonly (string | { readonly type: string })[];

interface Kind {
  readonly name: string;
  readonly tag: number;
  /** What the test message has; undefined where it has the property by itself. */
  readonly value?: unknown;
  /** From the row of the property, until its value is written. */
  readonly keys: Keys;
  readonly shown: RegExp;
}

const enter = (text: string): Keys => [{ type: text }, "Enter"];
const APPLY = "ControlOrMeta+Enter";

const KINDS: readonly Kind[] = [
  { name: "text of one line", tag: 0x0037001f, keys: enter("A new subject"), shown: /^A new subject$/ },
  {
    name: "text of many lines",
    tag: 0x1000001f,
    keys: ["Enter", "ControlOrMeta+Home", { type: "First " }, APPLY],
    shown: /First/,
  },
  {
    name: "a 16-bit number",
    tag: propTag(PT_I2, 0x6801),
    value: 3,
    keys: enter("-32768"),
    shown: /^-32768$/,
  },
  { name: "a 32-bit number", tag: propTag(PT_LONG, 0x6802), value: 3, keys: enter("0x7f"), shown: /^127$/ },
  {
    name: "a 64-bit number",
    tag: propTag(PT_I8, 0x6803),
    value: 3n,
    keys: enter("9223372036854775807"),
    shown: /^9223372036854775807$/,
  },
  { name: "a 32-bit float", tag: propTag(PT_R4, 0x6804), value: 1.5, keys: enter("0.25"), shown: /^0\.25$/ },
  {
    name: "a 64-bit float",
    tag: propTag(PT_DOUBLE, 0x6805),
    value: 1.5,
    keys: enter("-1e-7"),
    shown: /^-1e-7$/,
  },
  {
    name: "an amount",
    tag: propTag(PT_CURRENCY, 0x6806),
    value: 5n,
    keys: enter("12.3456"),
    shown: /^12\.3456/,
  },
  {
    name: "an application time",
    tag: propTag(PT_APPTIME, 0x6807),
    value: 46_000.5,
    keys: enter("2026-03-01T08:12:44"),
    shown: /^2026-03-01.08:12:44/,
  },
  { name: "a boolean", tag: 0x0029000b, keys: ["F2", { type: "t" }, "Enter"], shown: /^true$/ },
  { name: "an enumeration", tag: 0x00170003, keys: ["F2", "ArrowDown", "Enter"], shown: /IMPORTANCE_HIGH/ },
  {
    name: "flags",
    tag: 0x0e070003,
    keys: ["F2", "ArrowDown", "ArrowDown", "ArrowDown", " ", "Enter"],
    shown: /MSGFLAG_SUBMIT/,
  },
  {
    name: "a time",
    tag: propTag(PT_SYSTIME, 0x6808),
    value: TICKS,
    keys: enter("1601-01-02T00:00:00.0000001Z"),
    shown: /^1601-01-0\d \d\d:\d\d:\d\d\.0000001/,
  },
  {
    name: "a GUID",
    tag: propTag(PT_CLSID, 0x6809),
    value: "{00062002-0000-0000-C000-000000000046}",
    keys: enter("PSETID_Task"),
    shown: /PSETID_Task/,
  },
  {
    name: "an error code",
    tag: propTag(PT_ERROR, 0x680a),
    value: 0x80040400,
    keys: enter("MAPI_E_NO_SUPPORT"),
    shown: /MAPI_E_NO_SUPPORT/,
  },
  {
    name: "bytes",
    tag: propTag(PT_BINARY, 0x680b),
    value: Uint8Array.of(1, 2, 3),
    keys: ["Enter", { type: "ff" }, "End", "Insert", { type: "0a" }, APPLY],
    shown: /FF 02 03 0A/,
  },
  {
    name: "a list of numbers",
    tag: propTag(PT_MV_LONG, 0x680c),
    value: [1, 2],
    keys: ["Enter", "ControlOrMeta+A", { type: "77" }, APPLY],
    shown: /^77; 2$/,
  },
  {
    name: "a list of times",
    tag: propTag(PT_MV_SYSTIME, 0x680d),
    value: [TICKS],
    keys: ["Enter", "Tab", "ControlOrMeta+A", { type: "2027-05-06T07:08:09Z" }, APPLY],
    shown: /2027-05-0[567]/,
  },
  {
    name: "a field of a structure",
    tag: PR_CONVERSATION_INDEX,
    value: INDEX,
    keys: ["Enter", "ArrowDown", "F2", "ControlOrMeta+A", { type: "2027-05-06T07:08:00Z" }, "Enter"],
    shown: /2027-05-06/,
  },
];

const values: readonly PropValue[] = KINDS.flatMap(({ tag, value }) =>
  value === undefined ? [] : [{ tag, value }],
);

/** Filters to one property and goes to its row, from wherever the focus is. */
async function find(code: VsCodePage, editor: MsgEditor, tag: string): Promise<void> {
  const { keyboard } = code.page;
  await keyboard.press("ControlOrMeta+F");
  await editor.frame.locator(".filter-field:focus").waitFor();
  await keyboard.press("ControlOrMeta+A");
  await keyboard.type(`tag:${tag}`);
  await until("one row", async () => (await editor.frame.locator(".grid-row[data-tag]").count()) === 1);
  await keyboard.press("Enter");
  await editor.frame.locator(".grid:focus").waitFor();
  await keyboard.press("Home");
  await editor.frame.locator(`.grid-row[data-tag="${tag}"][aria-selected="true"]`).waitFor();
  // The detail comes from the host: keys that lead into it count from then on.
  const name = await editor.row(tag).locator(".col-name .cell-text").innerText();
  await until("the detail", async () => (await editor.detail.locator("h2").innerText()) === name);
}

/** Presses Tab until the focus is on a control of the detail pane, and says that it is there. */
async function tabTo(code: VsCodePage, editor: MsgEditor, selector: string): Promise<void> {
  const focused = editor.detail.locator(`${selector}:focus`);
  for (let presses = 0; presses < 60; presses++) {
    if ((await focused.count()) > 0) return;
    await code.page.keyboard.press("Tab");
  }
  assert.fail(`${selector} is not reached by Tab`);
}

async function press(code: VsCodePage, keys: Keys): Promise<void> {
  for (const key of keys) {
    if (typeof key === "string") await code.page.keyboard.press(key);
    else await code.page.keyboard.type(key.type);
  }
}

describe("the keyboard alone", () => {
  it("finds a property of each kind, changes it, and undoes that", async function () {
    this.timeout(300_000);
    await withVsCode({ files: { "mail.msg": mail({ more: values }) } }, async (code) => {
      const editor = await MsgEditor.open(code, "mail.msg");
      await code.runCommand("MSG Session: Show Properties");
      await editor.frame.locator(".grid:focus").waitFor();
      for (const { name, tag, keys, shown } of KINDS) {
        const row = editor.row(hex(tag));
        await find(code, editor, hex(tag));
        const before = await editor.valueOf(row);
        assert.doesNotMatch(before, shown, name);
        await press(code, keys);
        const value = (): Promise<string> => editor.valueOf(row);
        await until(`${name} to be changed`, async () => shown.test(await value()));
        await code.waitForDirty("mail.msg");
        await code.page.keyboard.press("ControlOrMeta+Z");
        await until(`${name} to be undone`, async () => (await value()) === before);
        await code.waitForDirty("mail.msg", false);
      }
    });
  });

  it("reaches and changes property flags, a type and the order of a list, and undoes each", async function () {
    this.timeout(180_000);
    const RAW = hex(propTag(PT_LONG, 0x6802));
    const LIST = hex(propTag(PT_MV_LONG, 0x680c));
    await withVsCode({ files: { "mail.msg": mail({ more: values }) } }, async (code) => {
      const editor = await MsgEditor.open(code, "mail.msg");
      const { keyboard } = code.page;
      await code.runCommand("MSG Session: Show Properties");
      await editor.frame.locator(".grid:focus").waitFor();

      await find(code, editor, RAW);
      await keyboard.press("Enter");
      const mandatory = editor.detail.locator('vscode-checkbox:has-text("Mandatory")');
      const isChecked = (checked: boolean) => async (): Promise<boolean> =>
        (await mandatory.getAttribute("aria-checked")) === String(checked);
      assert.ok(await isChecked(false)());
      await tabTo(code, editor, 'vscode-checkbox:has-text("Mandatory")');
      await keyboard.press(" ");
      await until("the flag to be set", isChecked(true));
      await code.waitForDirty("mail.msg");
      await keyboard.press("ControlOrMeta+Z");
      await until("the flag to be undone", isChecked(false));
      await code.waitForDirty("mail.msg", false);

      await find(code, editor, RAW);
      await keyboard.press("Tab");
      await tabTo(code, editor, ".type-change select");
      await keyboard.press("ArrowDown");
      const changed = editor.frame.locator(
        `.grid-row[data-tag^="6802"]:not([data-tag="${RAW}"])[aria-selected="true"]`,
      );
      await changed.waitFor();
      await editor.detail.locator(".type-change select:focus").waitFor();
      await code.waitForDirty("mail.msg");
      await keyboard.press("ControlOrMeta+Z");
      await editor.frame.locator(`.grid-row[data-tag="${RAW}"]`).waitFor();
      await code.waitForDirty("mail.msg", false);

      await find(code, editor, LIST);
      assert.equal(await editor.valueOf(editor.row(LIST)), "1; 2");
      await keyboard.press("Enter");
      await tabTo(code, editor, '[aria-label="Move value 1 down"]');
      await keyboard.press("Enter");
      await keyboard.press(APPLY);
      await editor.waitForValue(LIST, "2; 1");
      await code.waitForDirty("mail.msg");
      await keyboard.press("ControlOrMeta+Z");
      await editor.waitForValue(LIST, "1; 2");
      await code.waitForDirty("mail.msg", false);
    });
  });

  it("adds a property with several values, undoes it and does it again", async function () {
    this.timeout(120_000);
    const TIMES = hex(propTag(PT_MV_SYSTIME, 0x680e));
    await withVsCode({ files: { "mail.msg": mail() } }, async (code) => {
      const editor = await MsgEditor.open(code, "mail.msg");
      const { keyboard } = code.page;
      await code.runCommand("MSG Session: Show Properties");
      await editor.frame.locator(".grid:focus").waitFor();
      await keyboard.press("Insert");
      await editor.frame.locator("#add-property-name:focus").waitFor();
      await keyboard.type(TIMES);
      await editor.frame.locator(".added-value .time-editor").waitFor();
      const focused = editor.frame.locator(".added-value .time-field:focus");
      for (let presses = 0; presses < 10 && (await focused.count()) === 0; presses++)
        await keyboard.press("Tab");
      await keyboard.press("Tab");
      await keyboard.type("2026-03-01T08:12:44Z");
      await keyboard.press("Enter");
      await editor.row(TIMES).waitFor();
      assert.match(await editor.valueOf(editor.row(TIMES)), /^2026-03-01/);
      await code.waitForDirty("mail.msg");
      await keyboard.press("ControlOrMeta+Z");
      await editor.row(TIMES).waitFor({ state: "detached" });
      await code.waitForDirty("mail.msg", false);
      await keyboard.press("ControlOrMeta+Shift+Z");
      await editor.row(TIMES).waitFor();
      await code.waitForDirty("mail.msg");
    });
  });
});
