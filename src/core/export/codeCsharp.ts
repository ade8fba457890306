/** Properties as constants of C#: the tag, or the set and key of a named one, and the value. */
import type { PropertyDictionary } from "../mapi/dictionaryTypes";
import {
  hex8,
  isMultiValued,
  propType,
  PT_APPTIME,
  PT_CLSID,
  PT_CURRENCY,
  PT_ERROR,
  PT_R4,
  PT_SYSTIME,
} from "../mapi/propertyTypes";
import { formatValue } from "../mapi/valueText";
import { byteList, commentText, constantName, MAX_CONSTANT, variableName } from "./codeNames";
import { meaningOf, namedPropertyText, type NamedView, typeName, valuesIn } from "./describeProperty";

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
  ["\0", "\\0"],
  ["\\", "\\\\"],
  ['"', '\\"'],
]);

/** Characters a source file shows as they are. */
const PLAIN = /[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u;

function unitsOf(char: string): string {
  return Array.from({ length: char.length }, (_, at) => `\\u${hex8(char.charCodeAt(at)).slice(4)}`).join("");
}

const textOf = (text: string): string =>
  `"${Array.from(text, (char) => ESCAPES.get(char) ?? (PLAIN.test(char) ? char : unitsOf(char))).join("")}"`;

/** The last FILETIME that DateTime can hold: the end of the year 9999. */
const MAX_DATE_TICKS = 2650467743999999999n;

/** Type and initializer of a single value; undefined for what no constant is made of. */
function literal(type: number, value: unknown): { readonly type: string; readonly text: string } | undefined {
  if (value instanceof Uint8Array) {
    return value.length > MAX_CONSTANT
      ? undefined
      : { type: "byte[]", text: `new byte[] ${byteList(value, "    ")}` };
  }
  if (typeof value === "string") {
    if (value.length > MAX_CONSTANT) return undefined;
    return type === PT_CLSID
      ? { type: "Guid", text: `new Guid("${value}")` }
      : { type: "string", text: textOf(value) };
  }
  if (typeof value === "boolean") return { type: "bool", text: String(value) };
  if (typeof value === "bigint") {
    if (type === PT_CURRENCY) return { type: "decimal", text: `${formatValue(type, value)}m` };
    if (type !== PT_SYSTIME)
      return { type: "long", text: value === -(2n ** 63n) ? "long.MinValue" : `${value}L` };
    return value > MAX_DATE_TICKS
      ? undefined
      : { type: "DateTime", text: `DateTime.FromFileTimeUtc(${value}L)` };
  }
  if (typeof value !== "number") return undefined;
  if (type === PT_ERROR) return { type: "int", text: `unchecked((int)0x${hex8(value)})` };
  const isReal = !Number.isInteger(value) || type === PT_APPTIME || type === PT_R4;
  if (!isReal) return { type: "int", text: String(value) };
  return Number.isFinite(value)
    ? { type: type === PT_R4 ? "float" : "double", text: `${value}${type === PT_R4 ? "f" : "d"}` }
    : undefined;
}

function tagLines(property: NamedView, dictionary: PropertyDictionary): string[] {
  const { view, named } = property;
  const name = constantName(property);
  if (!named) return [`public const uint ${name} = 0x${hex8(view.tag)}; // ${typeName(propType(view.tag))}`];
  const key =
    "id" in named
      ? `public const int ${name} = 0x${named.id.toString(16).toUpperCase().padStart(4, "0")};`
      : `public const string ${name} = ${textOf(named.name)};`;
  return [
    `// ${commentText(namedPropertyText(dictionary, named))}, ${typeName(propType(view.tag))}`,
    `public static readonly Guid ${name}_Set = new Guid("${named.guid}");`,
    key,
  ];
}

/** One property: its tag (or set and key), and its value. */
export function csharpConstants(property: NamedView, dictionary: PropertyDictionary): string {
  const { view } = property;
  const lines = tagLines(property, dictionary);
  const type = propType(view.tag);
  const variable = variableName(property);
  const name = `${variable.charAt(0).toUpperCase()}${variable.slice(1)}Value`;
  const values =
    view.problem === undefined ? valuesIn(property).map((value) => literal(type & 0xfff, value)) : [];
  const known = values.flatMap((value) => (value ? [value] : []));
  const [first] = known;
  if (!first || known.length !== values.length) {
    const meaning = meaningOf(property, valuesIn(property)[0], dictionary);
    return `${[...lines, `// ${commentText(meaning.slice(0, 200))}`].join("\n")}\n`;
  }
  const declared = isMultiValued(type)
    ? `${first.type}[] ${name} = { ${known.map(({ text }) => text).join(", ")} };`
    : `${first.type} ${name} = ${first.text};`;
  return `${[...lines, `public static readonly ${declared}`].join("\n")}\n`;
}
