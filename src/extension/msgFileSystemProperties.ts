/**
 * `properties.json`: the properties of a message as text that can be read and edited. Values are written as the property
 * grid edits them. A property that is taken out of the text is deleted, one that is put in is added; an entry without a
 * value stands for a property that stays as it is.
 */
import * as vscode from "vscode";
import {
  formatElements,
  formatValue,
  hex8,
  isMultiValued,
  type MessageOutline,
  type NamedProperty,
  parseElements,
  parseValue,
  PROPERTY_TYPES,
  type PropertyView,
  propId,
  propType,
} from "../core";
import { coreText } from "./coreTexts";
import { valueTextMessage } from "./valueTextMessages";

/** Longest value that is written out, in UTF-16 units of its text. */
const MAX_VALUE = 64 * 1024;
/** Most entries that are read. */
const MAX_ENTRIES = 40_000;

interface Entry {
  readonly tag: string;
  readonly type?: string;
  readonly guid?: string;
  readonly id?: number;
  readonly name?: string;
  readonly value?: string | readonly string[];
  /** Why there is no value. */
  readonly omitted?: string;
}

function valueTexts({ tag, value }: PropertyView): string | string[] {
  const type = propType(tag);
  return isMultiValued(type) ? formatElements(type, value) : formatValue(type, value);
}

/** Whether a text stands for exactly the value: some types have no text form. */
function isWritten(view: PropertyView): boolean {
  const place = PROPERTY_TYPES.get(propType(view.tag))?.place;
  return view.problem === undefined && view.value !== undefined && place !== "none" && place !== "storage";
}

function entryOf(outline: MessageOutline, view: PropertyView): Entry {
  const named = propId(view.tag) >= 0x8000 ? outline.nameOf(propId(view.tag)) : undefined;
  const type = PROPERTY_TYPES.get(propType(view.tag))?.mapi;
  const base = { tag: `0x${hex8(view.tag)}`, ...(type === undefined ? {} : { type }), ...named };
  if (!isWritten(view))
    return {
      ...base,
      omitted: view.problem === undefined ? vscode.l10n.t("no text form") : coreText(view.problem),
    };
  const value = valueTexts(view);
  const length = typeof value === "string" ? value.length : value.reduce((sum, text) => sum + text.length, 0);
  if (length > MAX_VALUE) return { ...base, omitted: vscode.l10n.t("too large to be edited here") };
  return { ...base, value };
}

/** The properties of a message as text. */
export function propertiesText(outline: MessageOutline, message: string): string {
  const views = outline.properties(message).filter(({ change }) => change !== "deleted");
  return `${JSON.stringify({ properties: views.map((view) => entryOf(outline, view)) }, undefined, 2)}\n`;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const wrong = (index: number, what: string): Error =>
  new Error(vscode.l10n.t("Entry {0} of “properties”: {1}", index + 1, what));

/** One entry of the text, checked. */
interface Given {
  readonly tag: number;
  readonly named: NamedProperty | undefined;
  readonly texts: string | readonly string[] | undefined;
}

function namedOf(entry: Readonly<Record<string, unknown>>, index: number): NamedProperty | undefined {
  const { guid, id, name } = entry;
  if (guid === undefined) return undefined;
  if (typeof guid === "string" && typeof id === "number" && name === undefined) return { guid, id };
  if (typeof guid === "string" && typeof name === "string" && id === undefined) return { guid, name };
  throw wrong(index, vscode.l10n.t("a named property has a “guid” and either an “id” or a “name”."));
}

function textsOf(value: unknown, index: number): string | readonly string[] | undefined {
  if (value === undefined || typeof value === "string") return value;
  if (Array.isArray(value) && value.every((text): text is string => typeof text === "string")) return value;
  throw wrong(index, vscode.l10n.t("“value” is a text, or a list of texts."));
}

function givenOf(entry: unknown, index: number): Given {
  if (!isRecord(entry)) throw wrong(index, vscode.l10n.t("it is not an object."));
  const { tag } = entry;
  if (typeof tag !== "string" || !/^0x[0-9a-f]{8}$/i.test(tag)) {
    throw wrong(index, vscode.l10n.t("“tag” is eight hexadecimal digits, as “0x0037001F”."));
  }
  return { tag: Number(tag), named: namedOf(entry, index), texts: textsOf(entry["value"], index) };
}

function parse(text: string): Given[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Error(vscode.l10n.t("This is not JSON. {0}", error instanceof Error ? error.message : ""));
  }
  const entries: unknown = isRecord(json) ? json["properties"] : undefined;
  if (!Array.isArray(entries) || entries.length > MAX_ENTRIES) {
    throw new Error(vscode.l10n.t("There is no list “properties” in it."));
  }
  return entries.map(givenOf);
}

function valueOf(type: number, texts: string | readonly string[], index: number): unknown {
  const result =
    typeof texts === "string"
      ? parseValue(type, texts)
      : isMultiValued(type)
        ? parseElements(type, texts)
        : parseValue(type, texts.join("\n"));
  if (result.ok) return result.value;
  throw wrong(index, valueTextMessage(result.message));
}

const sameTexts = (a: string | readonly string[], b: string | readonly string[]): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

/** Brings an edited text into a message. @throws Error in words, MapiError */
export function writeProperties(outline: MessageOutline, message: string, text: string): void {
  const given = parse(text);
  const before = new Map(
    outline
      .properties(message)
      .filter(({ change }) => change !== "deleted")
      .map((view) => [propId(view.tag), view]),
  );
  const kept = new Set<number>();
  given.forEach(({ tag, named, texts }, index) => {
    const target = named ? outline.tagOfName(named, propType(tag)) : tag;
    const old = before.get(propId(target));
    kept.add(propId(target));
    if (texts === undefined) {
      if (!old) throw wrong(index, vscode.l10n.t("a new property needs a “value”."));
      return;
    }
    const isSame = old?.tag === target && isWritten(old) && sameTexts(valueTexts(old), texts);
    if (!isSame) outline.setProperty(message, target, valueOf(propType(target), texts, index));
  });
  const gone = [...before].filter(([id]) => !kept.has(id)).map(([, { tag }]) => tag);
  if (gone.length > 0) outline.deleteProperties(message, gone);
}
