/** The rows of the property grid and the detail of one property. */
import * as vscode from "vscode";
import {
  type CodePage,
  formatElements,
  formatValue,
  hex8,
  isMultiValued,
  type MessageOutline,
  type NamedProperty,
  PROPATTR_WRITEABLE,
  type PropertyDescription,
  type PropertyDictionary,
  PROPERTY_TYPES,
  type PropertyView,
  propId,
  propType,
} from "../../core";
import { MAX_DETAIL_BYTES, type PropertyDetail, type PropertyRow } from "../../protocol/viewModel";
import { coreText } from "../coreTexts";
import { cellChoices, extrasOf, typesOf } from "./extras";
import { structuresOfValue } from "./structures";
import {
  byteCount,
  cellText,
  detailEditorOf,
  editorOf,
  keyOf,
  type PropertyKey,
  readingsOf,
  rowValue,
} from "./values";

/** Longest text the detail pane edits, in UTF-16 units; longer ones are saved to and loaded from files. */
const MAX_DETAIL_TEXT = 1_000_000;

/** What rows are made with. */
export interface RowContext {
  readonly outline: MessageOutline;
  readonly dictionary: PropertyDictionary;
  /** Why nothing in the document can be edited, or undefined. */
  readonly readOnly: string | undefined;
}

/** The tag or name of a property and what the dictionary says of it. */
export function describe(context: RowContext, tag: number): PropertyDescription {
  const key = keyOf(tag, (id) => context.outline.nameOf(id));
  return typeof key === "number"
    ? context.dictionary.describeTag(key)
    : context.dictionary.describeNamed(key, propType(tag));
}

/** "PSETID_Appointment 0x8205", "PS_PUBLIC_STRINGS Keywords". */
export function namedText(dictionary: PropertyDictionary, name: NamedProperty): string {
  const set = dictionary.guidName(name.guid) ?? name.guid;
  return "id" in name
    ? `${set} 0x${name.id.toString(16).toUpperCase().padStart(4, "0")}`
    : `${set} ${name.name}`;
}

function namedAs(context: RowContext, tag: number): string {
  const name = propId(tag) >= 0x8000 ? context.outline.nameOf(propId(tag)) : undefined;
  return name ? namedText(context.dictionary, name) : "";
}

/** Name of a property type: "PT_UNICODE". */
export function typeText(type: number): string {
  return PROPERTY_TYPES.get(type)?.mapi ?? `0x${hex8(type).slice(4)}`;
}

function readOnlyReason(context: RowContext, view: PropertyView): string | undefined {
  if (context.readOnly !== undefined) return context.readOnly;
  if (view.change === "deleted") return vscode.l10n.t("The property was deleted; revert it to edit it.");
  if ((view.flags & PROPATTR_WRITEABLE) === 0) {
    return vscode.l10n.t("The property is marked as not writeable. Change its flags to edit it.");
  }
  return undefined;
}

/** Bytes of a value that stands in its entry, which always has room for eight. */
function fixedSize(type: number): number | undefined {
  const info = PROPERTY_TYPES.get(type);
  return info?.place === "fixed" ? info.size : undefined;
}

/** Why the value cannot be read; undefined where it can. */
const problemOf = ({ problem }: PropertyView): string | undefined =>
  problem === undefined ? undefined : coreText(problem);

function rowOf(context: RowContext, view: PropertyView, codePage: CodePage): PropertyRow {
  const type = propType(view.tag);
  const description = describe(context, view.tag);
  const key = keyOf(view.tag, (id) => context.outline.nameOf(id));
  const readOnly = readOnlyReason(context, view);
  const editText =
    view.problem === undefined && readOnly === undefined ? cellText(type, view.value) : undefined;
  const problem = problemOf(view);
  const choices = editText === undefined ? undefined : cellChoices(context.dictionary, type, key);
  return {
    tag: view.tag,
    name: description.words,
    canonicalName: description.name,
    mapiName: description.mapiName ?? "",
    namedAs: namedAs(context, view.tag),
    tagText: hex8(view.tag),
    typeText: typeText(type),
    value: problem ?? rowValue(context.dictionary, view.tag, key, view.value, codePage),
    editor: view.problem === undefined ? editorOf(type, view.value) : "none",
    ...(editText === undefined ? {} : { editText }),
    ...(choices === undefined ? {} : { choices }),
    ...(readOnly === undefined ? {} : { readOnly }),
    ...(problem === undefined ? {} : { problem }),
    ...(view.change === undefined ? {} : { change: view.change }),
    ...(view.size === undefined ? {} : { size: fixedSize(type) ?? view.size }),
    flags: view.flags,
    ...(description.area === undefined ? {} : { area: description.area }),
  };
}

/** A property as a row, and as the session has it. */
export interface RowAndView {
  readonly row: PropertyRow;
  readonly view: PropertyView;
}

/** Every property of an object as a row and as it is, in the order of its property stream. */
export function rowsAndViewsOf(context: RowContext, address: string): RowAndView[] {
  const codePage = context.outline.codePageOf(address);
  return context.outline.properties(address).map((view) => ({ row: rowOf(context, view, codePage), view }));
}

/** Every property of an object as a row, in the order of its property stream. */
export function rowsOf(context: RowContext, address: string): PropertyRow[] {
  return rowsAndViewsOf(context, address).map(({ row }) => row);
}

/** "PSETID_Appointment {00062002-0000-0000-C000-000000000046}". */
function setOf(context: RowContext, tag: number): string | undefined {
  const name = propId(tag) >= 0x8000 ? context.outline.nameOf(propId(tag)) : undefined;
  return name && [context.dictionary.guidName(name.guid), name.guid].filter(Boolean).join(" ");
}

function factsOf(
  context: RowContext,
  view: PropertyView,
  description: PropertyDescription,
): PropertyDetail["facts"] {
  const type = propType(view.tag);
  const info = PROPERTY_TYPES.get(type);
  const named = namedAs(context, view.tag);
  const facts: [string, string | undefined][] = [
    [vscode.l10n.t("Canonical name"), description.name],
    [vscode.l10n.t("MAPI name"), description.mapiName],
    [vscode.l10n.t("Named property"), named],
    [vscode.l10n.t("Property set"), setOf(context, view.tag)],
    [vscode.l10n.t("Tag"), `0x${hex8(view.tag)}`],
    [vscode.l10n.t("Type"), info ? `${info.ptyp} (${info.mapi})` : typeText(type)],
    [vscode.l10n.t("Area"), description.area],
    [vscode.l10n.t("Defined in"), description.reference],
    [vscode.l10n.t("Other names"), description.aliases.join(", ")],
  ];
  return facts.flatMap(([label, value]) => (value ? [{ label, value }] : []));
}

/** The value as edit text, when it is not too long. */
function textOf(type: number, value: unknown): Pick<PropertyDetail, "text" | "values"> | undefined {
  if (isMultiValued(type)) return { values: formatElements(type, value) };
  // Three characters a byte: measured before the text is made.
  if (value instanceof Uint8Array && value.length * 3 > MAX_DETAIL_TEXT) return undefined;
  const text = formatValue(type, value);
  return text.length > MAX_DETAIL_TEXT ? undefined : { text };
}

/** What the editor of the value needs beside it. */
function editorsOf(
  { dictionary }: RowContext,
  { tag, value }: PropertyView,
  key: PropertyKey,
  codePage: CodePage,
): Pick<PropertyDetail, "extras" | "structures" | "types" | "typeText"> {
  const type = propType(tag);
  const extras = extrasOf(dictionary, type, key, value);
  const structures = structuresOfValue({ dictionary, key, codePage }, type, value);
  return {
    ...(extras === undefined ? {} : { extras }),
    ...(structures.length === 0 ? {} : { structures }),
    typeText: typeText(type),
    types: typesOf(tag, value),
  };
}

/** Everything about one property; undefined when the object does not have it. */
export function detailOf(context: RowContext, address: string, tag: number): PropertyDetail | undefined {
  const view = context.outline.property(address, tag);
  if (!view) return undefined;
  const type = propType(view.tag);
  const description = describe(context, view.tag);
  const key = keyOf(view.tag, (id) => context.outline.nameOf(id));
  const bytes = context.outline.storedBytes(address, view.tag);
  const codePage = context.outline.codePageOf(address);
  const text = view.problem === undefined ? textOf(type, view.value) : undefined;
  const editor = view.problem === undefined ? detailEditorOf(type, view.value) : "none";
  const tooLong =
    editor !== "none" && text === undefined
      ? vscode.l10n.t(
          "The value is too long to be edited here ({0}). Save it to a file, edit it there and load it again.",
          byteCount(bytes?.length ?? 0),
        )
      : undefined;
  const readOnly = readOnlyReason(context, view) ?? tooLong;
  const problem = problemOf(view);
  return {
    object: address,
    tag: view.tag,
    name: description.words,
    facts: factsOf(context, view, description),
    ...(description.description === undefined ? {} : { description: description.description }),
    flags: view.flags,
    editor,
    ...(readOnly === undefined ? {} : { readOnly }),
    ...(problem === undefined ? {} : { problem }),
    ...text,
    ...(editor === "none" ? {} : editorsOf(context, view, key, codePage)),
    ...(bytes ? { bytes: bytes.slice(0, MAX_DETAIL_BYTES), byteLength: bytes.length } : {}),
    readings: view.problem === undefined ? readingsOf(context.dictionary, view.tag, key, view.value) : [],
  };
}
