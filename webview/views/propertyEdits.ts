/** The edits of properties that the grid and the detail pane ask the host for. */
import type { StructureChange } from "../../src/protocol/editors";
import type { PropertyDetail, PropertyRow } from "../../src/protocol/viewModel";
import { copyProperties, copyText, deleteProperties, revertProperty } from "../commands";
import type { RowCommand } from "../grid/gridActions";
import { rowText } from "../grid/model";
import { runEdit, runReported, type Page } from "../page";

type Place = Pick<PropertyDetail, "object" | "tag">;

/** Sets a single value; rejects with the reason when it is refused. */
export async function setProperty(page: Page, object: string, tag: number, text: string): Promise<void> {
  await runEdit(page, "setProperty", (revision) => ({ object, tag, text, revision }));
}

/** Sets the value of a detail, or all of several; rejects with the reason when one is refused. */
export async function setValues(
  page: Page,
  { object, tag, editor }: PropertyDetail,
  values: readonly string[],
): Promise<void> {
  if (editor !== "list") return setProperty(page, object, tag, values[0] ?? "");
  await runEdit(page, "setValues", (revision) => ({ object, tag, values: [...values], revision }));
}

/** Sets the property flags; what is refused is reported. */
export function setFlags(page: Page, { object, tag }: Place, flags: number): void {
  runReported(page, () => runEdit(page, "setFlags", (revision) => ({ object, tag, flags, revision })));
}

/** Changes a field of a structure, or adds or removes an element; rejects with the reason when that is refused. */
export async function changeStructure(
  page: Page,
  { object, tag }: Place,
  index: number,
  change: StructureChange,
): Promise<void> {
  await runEdit(page, "editStructure", (revision) => ({ object, tag, index, change, revision }));
}

/** Makes a property one of another type; the tag it has then. */
export async function changeType(
  page: Page,
  { object, tag }: Place,
  type: number,
): Promise<number | undefined> {
  return (await runEdit(page, "changeType", (revision) => ({ object, tag, type, revision }))).tag;
}

/** Does with the chosen rows of an object what a key of the grid asks for. */
export function runOnRows(
  page: Page,
  object: string,
  command: Exclude<RowCommand, "add">,
  rows: readonly PropertyRow[],
): void {
  const [first] = rows;
  if (first === undefined) return;
  const commands = {
    delete: () => deleteProperties(page, object, rows),
    revert: () => revertProperty(page, object, first),
    copyValue: () => copyProperties(page, object, rows, "value"),
    copyRow: () => copyText(page, rows.map(rowText).join("\n")),
  };
  commands[command]();
}
