/** Properties in the forms that people take them away in: text, JSON, CSV, constants of C++ and C#, names, tags, values. */
import type { PropertyDictionary } from "../mapi/dictionaryTypes";
import { hex8, isMultiValued, propType } from "../mapi/propertyTypes";
import { formatElements, formatValue } from "../mapi/valueText";
import type { MessageOutline, ObjectAddress } from "../session/outline";
import { csharpConstants } from "./codeCsharp";
import { cppConstants } from "./codeCpp";
import { namedPropertyText, type NamedView, namedViews, typeName } from "./describeProperty";
import { propertyLines } from "./dumpProperty";
import { valueToJson } from "./jsonValues";

/** A form that properties are copied in. */
export type CopyFormat = "text" | "json" | "csv" | "cpp" | "csharp" | "name" | "tag" | "value";

/** All forms. */
export const COPY_FORMATS: readonly CopyFormat[] = [
  "text",
  "json",
  "csv",
  "cpp",
  "csharp",
  "name",
  "tag",
  "value",
];

/** The value as the text a person edits it in; several values a line each. */
function editText({ view }: NamedView): string {
  if (view.problem !== undefined) return "";
  const type = propType(view.tag);
  return isMultiValued(type) ? formatElements(type, view.value).join("\n") : formatValue(type, view.value);
}

function jsonOf(properties: readonly NamedView[]): string {
  const objects = properties.map(({ view, named, description }) => ({
    tag: hex8(view.tag),
    name: description.name,
    type: typeName(propType(view.tag)),
    ...(named ? { named } : {}),
    flags: view.flags,
    ...(view.problem === undefined
      ? { value: valueToJson(propType(view.tag), view.value) }
      : { problem: view.problem }),
  }));
  return JSON.stringify(objects.length === 1 ? objects[0] : objects, undefined, 2);
}

/** What spreadsheets take for the beginning of a formula. */
const FORMULA = /^[=+\-@\t\r|%]/;
const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/**
 * A cell of CSV [RFC 4180]: quoted where it has to be; one that a spreadsheet would run as a formula begins with an
 * apostrophe, plain numbers apart.
 */
export function csvCell(text: string): string {
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n;\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const CSV_HEAD = ["Name", "MAPI name", "Tag", "Type", "Named property", "Flags", "Value"];

function csvOf(properties: readonly NamedView[], dictionary: PropertyDictionary): string {
  const rows = properties.map((property) => {
    const { view, named, description } = property;
    return [
      description.name,
      description.mapiName ?? "",
      hex8(view.tag),
      typeName(propType(view.tag)),
      named ? namedPropertyText(dictionary, named) : "",
      String(view.flags),
      editText(property),
    ];
  });
  return [CSV_HEAD, ...rows].map((row) => `${row.map(csvCell).join(",")}\r\n`).join("");
}

/**
 * The properties of an object in a form. Tags that the object does not have are left out.
 * @throws MapiError MAPI_E_OBJECT_DELETED when the object is not there any more
 */
export function copyProperties(
  outline: MessageOutline,
  dictionary: PropertyDictionary,
  object: ObjectAddress,
  tags: readonly number[],
  format: CopyFormat,
): string {
  const byTag = new Map(namedViews(outline, object, dictionary).map((each) => [each.view.tag, each]));
  const properties = tags.flatMap((tag) => byTag.get(tag >>> 0) ?? []);
  switch (format) {
    case "text":
      return properties.flatMap((each) => propertyLines({ outline, dictionary }, object, each)).join("\n");
    case "json":
      return jsonOf(properties);
    case "csv":
      return csvOf(properties, dictionary);
    case "cpp":
      return properties.map((each) => cppConstants(each, dictionary)).join("\n");
    case "csharp":
      return properties.map((each) => csharpConstants(each, dictionary)).join("\n");
    case "name":
      return properties.map(({ description }) => description.name).join("\n");
    case "tag":
      return properties.map(({ view }) => `0x${hex8(view.tag)}`).join("\n");
    case "value":
      return properties.map(editText).join("\n");
  }
}
