import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { PropertyRow, TreeNode } from "../../../src/protocol/viewModel";
import { parseGuid, parseNumberOrName, parseTag, readAddition, withType } from "../../../webview/addModel";
import { bytesPerRow, offsetText, parseBytes, parseHex, rowCount } from "../../../webview/detail/hex/hexText";
import { moved } from "../../../webview/detail/listEditor";
import { restoreBreaks, toLineFeeds } from "../../../webview/detail/newlines";
import { DEFAULT_COLUMNS } from "../../../webview/grid/columnModel";
import { indexRows } from "../../../src/protocol/filter";
import { gridCommand } from "../../../webview/grid/keyboard";
import {
  editsInPlace,
  filterRows,
  nextInPlace,
  nextSort,
  rowText,
  sortRows,
} from "../../../webview/grid/model";
import { undoCommand } from "../../../webview/keys";
import { DEFAULT_STATE, readState } from "../../../webview/state";
import { expandTo, findByPrefix, flatten, survivorOf } from "../../../webview/tree/model";
import { clampSize, splitterStep } from "../../../webview/ui/splitter";
import { scrollToReveal, visibleWindow } from "../../../webview/ui/window";
import { visibleSegments } from "../../../webview/visibleText";

const row = (tag: number, extra: Partial<PropertyRow> = {}): PropertyRow => ({
  tag,
  name: `Name ${tag}`,
  canonicalName: "",
  mapiName: "",
  namedAs: "",
  tagText: tag.toString(16).toUpperCase().padStart(8, "0"),
  typeText: "PT_LONG",
  value: String(tag),
  editText: String(tag),
  editor: "line",
  ...extra,
});

const tagsOf = (rows: readonly { readonly row: PropertyRow }[]): number[] =>
  rows.map((entry) => entry.row.tag);

describe("page logic: filter and sort", () => {
  const rows = indexRows([
    row(3, { name: "Subject", mapiName: "PR_SUBJECT", typeText: "PT_UNICODE", value: "Zebra crossing" }),
    row(1, { name: "Flags", change: "changed", value: "Read" }),
    row(2, { name: "Index", typeText: "PT_BINARY", value: "abc", namedAs: "PSETID_Common 0x8501" }),
  ]);
  const filtered = (filter: string): number[] => tagsOf(filterRows(rows, filter));

  it("matches every word in any field, whatever the case", () => {
    assert.deepEqual(filtered("SUBJECT zebra"), [3]);
    assert.deepEqual(filtered("pr_subject"), [3]);
    assert.deepEqual(filtered('"zebra cross"'), [3]);
    assert.deepEqual(filtered("subject nothing"), []);
    assert.deepEqual(filtered("   "), [3, 1, 2]);
  });

  it("knows tokens for type, set, value and change", () => {
    assert.deepEqual(filtered("type:binary"), [2]);
    assert.deepEqual(filtered("type:text"), [3]);
    assert.deepEqual(filtered("changed"), [1]);
    assert.deepEqual(filtered("set:common"), [2]);
    assert.deepEqual(filtered("value:read"), [1]);
    assert.deepEqual(filtered("tag:0x00000002"), [2]);
    assert.deepEqual(filtered("type:"), [3, 1, 2]);
  });

  it("sorts both ways, keeps the stream's order among equals and returns to it", () => {
    const equal = indexRows([row(9, { value: "b" }), row(8, { value: "a" }), row(7, { value: "b" })]);
    assert.deepEqual(tagsOf(sortRows(equal, { column: "value", descending: false })), [8, 9, 7]);
    assert.deepEqual(tagsOf(sortRows(equal, { column: "value", descending: true })), [9, 7, 8]);
    assert.deepEqual(tagsOf(sortRows(equal, undefined)), [9, 8, 7]);
    const first = nextSort(undefined, "tag");
    const second = nextSort(first, "tag");
    assert.deepEqual(
      [first, second, nextSort(second, "tag")],
      [{ column: "tag", descending: false }, { column: "tag", descending: true }, undefined],
    );
  });

  it("finds all there are among 10,000 rows", () => {
    const many = indexRows(Array.from({ length: 10_000 }, (_, index) => row(index)));
    const expected = Array.from({ length: 10_000 }, (_, index) => index).filter((index) =>
      String(index).includes("99"),
    );
    assert.deepEqual(tagsOf(filterRows(many, "type:long value:99")), expected);
  });

  it("edits in place only what a field for one line can hold", () => {
    assert.equal(editsInPlace(row(1)), true);
    assert.equal(editsInPlace(row(1, { editText: "a\r\nb" })), false);
    assert.equal(editsInPlace(row(1, { editor: "hex" })), false);
    const list = indexRows([row(1), row(2, { readOnly: "no" }), row(3, { change: "deleted" }), row(4)]);
    assert.equal(nextInPlace(list, 0, 1), 3);
    assert.equal(nextInPlace(list, 3, -1), 0);
    assert.equal(nextInPlace(list, 3, 1), undefined);
  });

  it("copies a row as cells without tabs or breaks in them", () => {
    assert.equal(rowText(row(1, { editText: "a\tb\r\nc" })), "Name 1\t\t\t00000001\tPT_LONG\ta b c");
  });
});

describe("page logic: text", () => {
  it("makes hidden characters visible and leaves the rest", () => {
    const shown = (text: string): string =>
      visibleSegments(text)
        .map((segment) => segment.text)
        .join("");
    assert.equal(shown("a\r\nb\tc"), "a\u21b5b\u21e5c");
    assert.equal(shown("x\u202ey\u0007"), "x\\u202Ey\\x07");
    assert.equal(shown("\ud800"), "\\uD800");
    assert.equal(shown("👩‍👩‍👧 Grün"), "👩‍👩‍👧 Grün");
    assert.deepEqual(visibleSegments(""), [{ text: "", control: false }]);
  });

  it("keeps the line breaks of what was not edited", () => {
    for (const original of ["a\r\nb\r\nc", "a\nb\nc", "a\rb\r\nc\n", "", "no break"]) {
      assert.equal(restoreBreaks(original, toLineFeeds(original)), original);
    }
    assert.equal(restoreBreaks("a\r\nb\r\nc", "a\nbX\nc"), "a\r\nbX\r\nc");
    assert.equal(restoreBreaks("a\r\nb", "a\nb\nc"), "a\r\nb\r\nc");
    assert.equal(restoreBreaks("a\nb\r\nc", "a\nb\nc!"), "a\nb\r\nc!");
    assert.equal(restoreBreaks("one", "one\ntwo"), "one\r\ntwo");
    assert.equal(restoreBreaks("a\nb", "a\nb\nc"), "a\nb\nc");
  });

  it("reads and writes bytes", () => {
    assert.deepEqual(parseHex("00 fF\n10"), Uint8Array.of(0, 255, 16));
    assert.equal(parseHex("0"), undefined);
    assert.equal(parseHex("0g"), undefined);
    assert.deepEqual(parseBytes("3q2+7w=="), Uint8Array.of(0xde, 0xad, 0xbe, 0xef));
    assert.deepEqual(parseBytes("0xDE, 0xAD"), Uint8Array.of(0xde, 0xad));
    assert.equal(parseBytes("not bytes!"), undefined);
    assert.equal(rowCount(17, 16, false), 2);
    assert.equal(rowCount(16, 16, true), 2);
    assert.equal(offsetText(16, 17), "0010");
    assert.equal(bytesPerRow(40, 100), 8);
    assert.equal(bytesPerRow(0, 100), 16);
    assert.equal(bytesPerRow(90, 100), 16);
  });
});

describe("page logic: adding", () => {
  const form = { mode: "known", query: "", guid: "", numberOrName: "", type: 0x1f, values: ["v"] } as const;

  it("reads tags, GUIDs, numbers and names", () => {
    assert.equal(parseTag("0x0037001f"), 0x0037001f);
    assert.equal(parseTag("8003101F"), 0x8003101f);
    assert.equal(parseTag("37001F"), undefined);
    assert.equal(parseGuid("00062002-0000-0000-c000-000000000046"), "{00062002-0000-0000-C000-000000000046}");
    assert.equal(parseGuid("{x}"), undefined);
    assert.deepEqual(parseNumberOrName("0x8205"), { id: 0x8205 });
    assert.deepEqual(parseNumberOrName(" Keywords "), { name: "Keywords" });
    assert.equal(parseNumberOrName(" "), undefined);
    assert.equal(withType(0x8003101f, 0x102), 0x80030102);
  });

  it("says which field is missing", () => {
    assert.equal(readAddition({ ...form, query: "something" }), "needProperty");
    assert.equal(readAddition({ ...form, mode: "named" }), "needGuid");
    const guid = "{00062002-0000-0000-C000-000000000046}";
    assert.equal(readAddition({ ...form, mode: "named", guid }), "needNumberOrName");
    assert.deepEqual(readAddition({ ...form, mode: "named", guid, numberOrName: "33285" }), {
      tag: 0x1f,
      named: { guid, id: 33285 },
      values: ["v"],
    });
    assert.deepEqual(readAddition({ ...form, query: "3001" }), { tag: 0x3001001f, values: ["v"] });
  });

  it("moves values within the list only", () => {
    assert.deepEqual(moved(["a", "b", "c"], 1, -1), ["b", "a", "c"]);
    assert.deepEqual(moved(["a", "b", "c"], 1, 1), ["a", "c", "b"]);
    assert.deepEqual(moved(["a"], 0, 1), ["a"]);
  });
});

describe("page logic: keys, sizes, state", () => {
  const press = (key: string, extra = {}) =>
    gridCommand({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...extra });

  it("knows the grid's keys", () => {
    assert.deepEqual(press("F2"), { kind: "edit" });
    assert.deepEqual(press("a"), { kind: "edit", typed: "a" });
    assert.deepEqual(press("A", { shiftKey: true }), { kind: "edit", typed: "A" });
    assert.deepEqual(press("c", { ctrlKey: true }), { kind: "copyValue" });
    assert.deepEqual(press("C", { metaKey: true, shiftKey: true }), { kind: "copyRow" });
    assert.deepEqual(press("F10", { shiftKey: true }), { kind: "menu" });
    assert.equal(press("z", { ctrlKey: true }), undefined);
    assert.equal(press("Tab"), undefined);
    assert.equal(press("Delete", { shiftKey: true }), undefined);
  });

  it("knows undo and redo", () => {
    const keys = { key: "z", ctrlKey: true, metaKey: false, shiftKey: false, altKey: false };
    assert.equal(undoCommand(keys), "undo");
    assert.equal(undoCommand({ ...keys, key: "Z", shiftKey: true }), "redo");
    assert.equal(undoCommand({ ...keys, key: "y" }), "redo");
    assert.equal(undoCommand({ ...keys, altKey: true }), undefined);
    assert.equal(undoCommand({ ...keys, ctrlKey: false }), undefined);
  });

  it("keeps sizes within limits", () => {
    assert.equal(clampSize(10, { min: 100, max: 300 }), 100);
    assert.equal(clampSize(400, { min: 100, max: 300 }), 300);
    assert.equal(clampSize(200, { min: 100, max: 50 }), 100);
    assert.equal(splitterStep("ArrowLeft", false, "vertical"), -10);
    assert.equal(splitterStep("ArrowLeft", false, "horizontal"), undefined);
    assert.equal(splitterStep("End", false, "horizontal"), "max");
  });

  it("shows a window of rows that never leaves the list", () => {
    assert.deepEqual(visibleWindow(0, 100, 22, 1000, 5), { first: 0, end: 11 });
    assert.deepEqual(visibleWindow(21_900, 100, 22, 1000, 5), { first: 990, end: 1000 });
    assert.deepEqual(visibleWindow(99_999, 100, 22, 3, 5), { first: 0, end: 3 });
    assert.equal(scrollToReveal(10, 0, 100, 22), 142);
    assert.equal(scrollToReveal(0, 50, 100, 22), 0);
    assert.equal(scrollToReveal(2, 0, 100, 22), 0);
  });

  it("survives any stored state", () => {
    for (const stored of [
      undefined,
      null,
      3,
      "x",
      [],
      { columns: 4, treeWidth: Number.NaN, sort: { column: "x" } },
    ]) {
      assert.deepEqual(readState(stored).columns, DEFAULT_STATE.columns);
      assert.equal(readState(stored).treeWidth, DEFAULT_STATE.treeWidth);
      assert.equal(readState(stored).sort, undefined);
    }
    const state = {
      ...DEFAULT_STATE,
      view: "properties",
      columns: DEFAULT_COLUMNS,
      object: "o",
      tag: 5,
      filter: "f",
      sort: { column: "tag", descending: true },
    };
    assert.deepEqual(readState(JSON.parse(JSON.stringify(state))), state);
  });
});

describe("page logic: tree", () => {
  const node = (id: string, kind: TreeNode["kind"], children: TreeNode[] = []): TreeNode => ({
    id,
    kind,
    label: id,
    icon: "mail",
    hasProperties: true,
    canDelete: false,
    children,
  });
  const inner = node("inner", "embeddedMessage", [node("deep", "attachment")]);
  const tree = node("root", "message", [node("group", "attachments", [inner]), node("last", "recipient")]);
  const ids = (expansion = {}): string[] => flatten(tree, expansion).map((flat) => flat.node.id);

  it("unfolds all but embedded messages, and what the person chose", () => {
    assert.deepEqual(ids(), ["root", "group", "inner", "last"]);
    assert.deepEqual(ids({ inner: true }), ["root", "group", "inner", "deep", "last"]);
    assert.deepEqual(ids({ group: false }), ["root", "group", "last"]);
    assert.deepEqual(ids(expandTo(tree, "deep", { group: false })), [
      "root",
      "group",
      "inner",
      "deep",
      "last",
    ]);
  });

  it("falls back to the nearest ancestor that is still there", () => {
    const after = node("root", "message", [node("group", "attachments")]);
    assert.equal(survivorOf(tree, after, "deep").id, "group");
    assert.equal(survivorOf(tree, after, "unknown").id, "root");
  });

  it("copes with very deep trees", () => {
    let deep = node("leaf", "attachment");
    for (let level = 0; level < 20_000; level++) deep = node(`n${level}`, "message", [deep]);
    assert.equal(flatten(deep, {}).length, 20_001);
  });

  it("finds by what is typed, around the end", () => {
    assert.equal(findByPrefix(["Ann", "Bob", "Amy"], 1, "a"), 2);
    assert.equal(findByPrefix(["Ann", "Bob", "Amy"], 3, "a"), 0);
    assert.equal(findByPrefix(["Ann"], 0, "x"), undefined);
    assert.equal(findByPrefix([], 0, "x"), undefined);
  });
});
