/** Values as rows and details show them: which editor fits, the text to edit, the meaning. */
import * as vscode from "vscode";
import {
  changePropType,
  type CodePage,
  describeFlags,
  elementType,
  formatValue,
  isMultiValued,
  isStringType,
  type NamedProperty,
  propId,
  type PropertyDictionary,
  PROPERTY_TYPES,
  propType,
  PT_ACTIONS,
  PT_BINARY,
  PT_BOOLEAN,
  PT_CLSID,
  PT_ERROR,
  PT_OBJECT,
  PT_SRESTRICTION,
  PT_SVREID,
  PT_SYSTIME,
  PT_UNICODE,
  summarizeValue,
} from "../../core";
import type { EditorKind } from "../../protocol/viewModel";
import { structureSummary } from "./structures";
import { isNoTime, localTime } from "./times";

/** Longest line that is edited in a cell, in UTF-16 units. */
const MAX_CELL_TEXT = 1000;
/** Longest text a row shows. */
const MAX_ROW_VALUE = 300;

const BINARY_TYPES: ReadonlySet<number> = new Set([PT_BINARY, PT_SVREID, PT_SRESTRICTION, PT_ACTIONS]);

/** Tag, or name for a named property: what the dictionary looks flags up by. */
export type PropertyKey = number | NamedProperty;

/** The editor for a value of a type; `value` undefined when there is none yet. */
export function editorOf(type: number, value: unknown): EditorKind {
  if (!PROPERTY_TYPES.has(type) || type === PT_OBJECT) return "none";
  if (isMultiValued(type)) return "list";
  if (type === PT_BOOLEAN) return "boolean";
  if (BINARY_TYPES.has(type)) return "hex";
  if (!isStringType(type)) return "line";
  const text = typeof value === "string" ? value : "";
  return text.length > MAX_CELL_TEXT || /[\r\n]/.test(text) ? "text" : "line";
}

/** The editor beside the grid: text can always become one of several lines there. */
export function detailEditorOf(type: number, value: unknown): EditorKind {
  const editor = editorOf(type, value);
  return editor === "line" && isStringType(type) ? "text" : editor;
}

/** The text an editor in a cell starts with; undefined when the detail pane has to edit the value. */
export function cellText(type: number, value: unknown): string | undefined {
  const editor = editorOf(type, value);
  return editor === "line" || editor === "boolean" ? formatValue(type, value) : undefined;
}

/** "22 bytes", localised. */
export function byteCount(count: number): string {
  return count === 1 ? vscode.l10n.t("1 byte") : vscode.l10n.t("{0} bytes", count.toLocaleString());
}

function hexOf(type: number, value: number | bigint): string {
  const bits = (PROPERTY_TYPES.get(type)?.size ?? 4) * 8;
  return `0x${BigInt.asUintN(bits, BigInt(value)).toString(16).toUpperCase().padStart(2, "0")}`;
}

/** The names of a number's flags or its enumeration's member; undefined when nothing is known of it. */
export function flagNames(
  dictionary: PropertyDictionary,
  key: PropertyKey,
  value: unknown,
): string | undefined {
  if (typeof value !== "number") return undefined;
  const table = dictionary.flagsOf(key);
  if (!table) return undefined;
  const names = describeFlags(table, value);
  return names === "" || /^0x[0-9A-F]+$/i.test(names) ? undefined : names;
}

/** Whether each of several values of a type has a meaning beside its text. */
function hasMeaning(dictionary: PropertyDictionary, type: number, key: PropertyKey): boolean {
  return type === PT_SYSTIME || type === PT_CLSID || dictionary.flagsOf(key) !== undefined;
}

/** One value as a row shows it: its meaning where it has one. */
export function rowValue(
  dictionary: PropertyDictionary,
  tag: number,
  key: PropertyKey,
  value: unknown,
  codePage: CodePage,
): string {
  const type = propType(tag);
  if (value instanceof Uint8Array) {
    const summary = structureSummary({ dictionary, key, codePage }, value);
    const text = summary === undefined ? undefined : `${byteCount(value.length)}  ${summary}`;
    return text === undefined
      ? summarizeValue(type, value, MAX_ROW_VALUE, byteCount)
      : summarizeValue(PT_UNICODE, text, MAX_ROW_VALUE);
  }
  if (Array.isArray(value) && hasMeaning(dictionary, elementType(type), key)) {
    const single = changePropType(tag, elementType(type));
    const shown = value
      .slice(0, MAX_ROW_VALUE)
      .map((item: unknown) => rowValue(dictionary, single, key, item, codePage));
    return summarizeValue(PT_UNICODE, shown.join("; "), MAX_ROW_VALUE);
  }
  if (type === PT_OBJECT) return vscode.l10n.t("(object)");
  if (type === PT_SYSTIME && typeof value === "bigint") {
    if (isNoTime(value)) return vscode.l10n.t("none ({0})", formatValue(type, value));
    return localTime(value) ?? formatValue(type, value);
  }
  if (type === PT_ERROR && typeof value === "number") {
    return [formatValue(type, value), dictionary.errorName(value)].filter(Boolean).join("  ");
  }
  if (type === PT_CLSID && typeof value === "string") {
    return [value, dictionary.guidName(value)].filter(Boolean).join("  ");
  }
  const names = flagNames(dictionary, key, value);
  if (names !== undefined && typeof value === "number") {
    const isFlags = dictionary.flagsOf(key)?.kind === "flags";
    return `${isFlags ? hexOf(type, value) : String(value)}  ${names}`;
  }
  return summarizeValue(type, value, MAX_ROW_VALUE, byteCount);
}

/** Further readings of a value for the detail pane. */
export function readingsOf(
  dictionary: PropertyDictionary,
  tag: number,
  key: PropertyKey,
  value: unknown,
): { label: string; value: string }[] {
  const type = propType(tag);
  const readings: { label: string; value: string }[] = [];
  const add = (label: string, text: string | undefined): void => {
    if (text !== undefined && text !== "") readings.push({ label, value: text });
  };
  if (type === PT_ERROR && typeof value === "number") add(vscode.l10n.t("Name"), dictionary.errorName(value));
  if (type === PT_CLSID && typeof value === "string") add(vscode.l10n.t("Name"), dictionary.guidName(value));
  if (typeof value === "string" && isStringType(type)) {
    add(vscode.l10n.t("Length"), vscode.l10n.t("{0} characters", Array.from(value).length.toLocaleString()));
  }
  if (Array.isArray(value)) add(vscode.l10n.t("Values"), value.length.toLocaleString());
  const names = flagNames(dictionary, key, value);
  add(vscode.l10n.t("Meaning"), names);
  return readings;
}

/** Whether an id is of a named property and the name is known, that name; else the tag. */
export function keyOf(tag: number, nameOf: (id: number) => NamedProperty | undefined): PropertyKey {
  return (propId(tag) >= 0x8000 ? nameOf(propId(tag)) : undefined) ?? tag;
}
