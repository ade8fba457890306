/** What can be done with a property or an object: by menu, by key, by button. */
import type { PropertyRow, TreeNode } from "../src/protocol/viewModel";
import type { CopyFormat } from "../src/protocol/export";
import type { StringKey } from "../src/protocol/strings";
import { editsInPlace, isEditable, rowText } from "./grid/model";
import { showMenu, withControl, type MenuItem } from "./menu";
import { runEdit, runReported, type Page } from "./page";
import { t } from "./strings";

/** Copies text through the host; the clipboard of a webview is not reliable. */
export function copyText(page: Page, text: string): void {
  runReported(page, () => page.host.request("copyText", { text }));
}

/** Deletes properties, in one edit. Those that are deleted already stay so. */
export function deleteProperties(page: Page, object: string, rows: readonly PropertyRow[]): void {
  const tags = rows.filter(({ change }) => change !== "deleted").map(({ tag }) => tag);
  if (page.readOnlyReason() !== undefined || tags.length === 0) return;
  runReported(page, () => runEdit(page, "deleteProperties", (revision) => ({ object, tags, revision })));
}

/** Puts a property back to what the file holds. */
export function revertProperty(page: Page, object: string, row: PropertyRow): void {
  if (page.readOnlyReason() !== undefined || row.change === undefined) return;
  runReported(page, () =>
    runEdit(page, "revertProperty", (revision) => ({ object, tag: row.tag, revision })),
  );
}

/** Saves a value to a file. */
export function saveValue(page: Page, object: string, tag: number): void {
  runReported(page, () => page.host.request("saveValueAs", { object, tag }));
}

/** Replaces a value by a file's content. */
export function loadValue(page: Page, object: string, tag: number): void {
  runReported(page, () => runEdit(page, "loadValue", (revision) => ({ object, tag, revision })));
}

/** Deletes a recipient or an attachment. */
export function deleteObject(page: Page, node: TreeNode): void {
  if (page.readOnlyReason() !== undefined || !node.canDelete || node.change === "deleted") return;
  runReported(page, () => runEdit(page, "deleteObject", (revision) => ({ object: node.id, revision })));
}

/**
 * Copies properties in one of the forms the host knows. Those that are deleted have no value any more; when there are
 * no others nothing is copied.
 */
export function copyProperties(
  page: Page,
  object: string,
  rows: readonly PropertyRow[],
  format: CopyFormat,
): void {
  const tags = rows.filter(({ change }) => change !== "deleted").map(({ tag }) => tag);
  if (tags.length === 0) return;
  runReported(page, async () => {
    const { copied } = await page.host.request("copyProperties", { object, tags, format });
    page.announce(t("copied", copied));
  });
}

/** The forms of 'Copy as', in the order of the menu. */
const COPY_LABELS: readonly (readonly [CopyFormat, StringKey])[] = [
  ["name", "copyAsName"],
  ["tag", "copyAsTag"],
  ["value", "copyAsValue"],
  ["text", "copyAsText"],
  ["json", "copyAsJson"],
  ["csv", "copyAsCsv"],
  ["cpp", "copyAsCpp"],
  ["csharp", "copyAsCsharp"],
];

/** The entry that opens the menu of forms in the place of this one. */
function copyAsItem(page: Page, object: string, rows: readonly PropertyRow[], at: MenuPlace): MenuItem {
  const formats = COPY_LABELS.map(([format, label]): MenuItem => ({
    label: t(label),
    run: () => copyProperties(page, object, rows, format),
  }));
  const open = (): void => showMenu(t("copyAs"), formats, at.x, at.y, at.returnFocus);
  return { label: t("copyAs"), disabled: rows.every(({ change }) => change === "deleted"), run: open };
}

/** Where a menu is shown and where the focus goes afterwards. */
export interface MenuPlace {
  readonly x: number;
  readonly y: number;
  readonly returnFocus: HTMLElement;
}

/** The menu of many chosen properties. */
export function propertiesMenu(
  page: Page,
  object: string,
  rows: readonly PropertyRow[],
  at: MenuPlace,
): readonly MenuItem[] {
  const isDeletable = page.readOnlyReason() === undefined && rows.some(({ change }) => change !== "deleted");
  const copy = (textOf: (row: PropertyRow) => string) => (): void =>
    copyText(page, rows.map(textOf).join("\n"));
  return [
    {
      label: t("copyValue"),
      key: withControl("C"),
      run: () => copyProperties(page, object, rows, "value"),
    },
    { label: t("copyName"), run: copy(nameText) },
    { label: t("copyTag"), run: copy(({ tagText }) => tagText) },
    { label: t("copyRow"), key: withControl("Shift+C"), run: copy(rowText) },
    copyAsItem(page, object, rows, at),
    "separator",
    {
      label: t("deleteProperties", rows.length),
      key: "Del",
      disabled: !isDeletable,
      run: () => deleteProperties(page, object, rows),
    },
  ];
}

const nameText = (row: PropertyRow): string => row.canonicalName || row.mapiName || row.name;

/** The menu of a property. */
export function propertyMenu(
  page: Page,
  object: string,
  row: PropertyRow,
  edit: () => void,
  at: MenuPlace,
): readonly MenuItem[] {
  const locked = page.readOnlyReason() !== undefined;
  const editable = !locked && isEditable(row);
  const loadable = editable && row.editor !== "list";
  return [
    { label: t(editsInPlace(row) ? "edit" : "editInDetail"), key: "F2", disabled: !editable, run: edit },
    {
      label: t("revert"),
      disabled: locked || row.change === undefined,
      run: () => revertProperty(page, object, row),
    },
    "separator",
    {
      label: t("copyValue"),
      key: withControl("C"),
      run: () => copyProperties(page, object, [row], "value"),
    },
    { label: t("copyName"), run: () => copyText(page, nameText(row)) },
    { label: t("copyTag"), run: () => copyText(page, row.tagText) },
    { label: t("copyRow"), key: withControl("Shift+C"), run: () => copyText(page, rowText(row)) },
    copyAsItem(page, object, [row], at),
    "separator",
    { label: t("saveValueAs"), run: () => saveValue(page, object, row.tag) },
    { label: t("loadValue"), disabled: !loadable, run: () => loadValue(page, object, row.tag) },
    "separator",
    {
      label: t("deleteProperty"),
      key: "Del",
      disabled: locked || row.change === "deleted",
      run: () => deleteProperties(page, object, [row]),
    },
  ];
}

/** What adding to a group is called. */
export function addLabel(node: TreeNode): string | undefined {
  if (node.kind === "recipients") return t("addRecipient");
  if (node.kind === "attachments") return t("addAttachment");
  return node.hasProperties ? t("add") : undefined;
}

/** What deleting an object is called. */
function deleteLabel(node: TreeNode): string {
  if (node.kind === "recipient") return t("deleteRecipient");
  return node.kind === "attachment" ? t("deleteAttachment") : t("delete");
}

/** What can be done with an attachment as a file; the message in one goes with it. */
function fileItems(page: Page, node: TreeNode): readonly MenuItem[] {
  const isFile = node.kind === "attachment" && node.problem === undefined && node.icon !== "package";
  if (!isFile && node.kind !== "embeddedMessage") return [];
  const object = node.kind === "embeddedMessage" ? node.id.replace(/\/m$/, "") : node.id;
  const ask = (name: "openAttachment" | "saveAttachment") => (): void =>
    runReported(page, () => page.host.request(name, { object }));
  return [
    "separator",
    { label: t("openAttachment"), run: ask("openAttachment") },
    { label: t("saveAttachment"), run: ask("saveAttachment") },
  ];
}

/** The menu of an object; `compare` are its entries about comparing. */
export function objectMenu(
  page: Page,
  node: TreeNode,
  add: () => void,
  compare: readonly MenuItem[],
): readonly MenuItem[] {
  const locked = page.readOnlyReason() !== undefined;
  const label = addLabel(node);
  return [
    ...(label === undefined
      ? []
      : [{ label: node.hasProperties ? t("addProperty") : label, disabled: locked, run: add }]),
    ...fileItems(page, node),
    "separator",
    { label: t("copyName"), run: () => copyText(page, node.label) },
    "separator",
    ...compare,
    "separator",
    ...(node.canDelete
      ? [
          {
            label: deleteLabel(node),
            key: "Del",
            disabled: locked || node.change === "deleted",
            run: () => deleteObject(page, node),
          },
        ]
      : []),
  ];
}
