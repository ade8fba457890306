/** Properties as constants of C++ for the MAPI headers: PROP_TAG or MAPINAMEID, and SPropValue. */
import type { PropertyDictionary } from "../mapi/dictionaryTypes";
import {
  isMultiValued,
  PROPERTY_TYPES,
  propType,
  PT_ACTIONS,
  PT_APPTIME,
  PT_BINARY,
  PT_BOOLEAN,
  PT_CLSID,
  PT_CURRENCY,
  PT_DOUBLE,
  PT_ERROR,
  PT_I2,
  PT_I8,
  PT_LONG,
  PT_R4,
  PT_SRESTRICTION,
  PT_STRING8,
  PT_SVREID,
  PT_SYSTIME,
  PT_UNICODE,
} from "../mapi/propertyTypes";
import { hex8 } from "../mapi/propertyTypes";
import { byteList, commentText, constantName, idText, MAX_CONSTANT, variableName } from "./codeNames";
import { meaningOf, namedPropertyText, type NamedView, typeName } from "./describeProperty";

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
  ["\\", "\\\\"],
  ['"', '\\"'],
  ["?", "\\?"],
]);

/** Octal has three digits at the most, so that no digit after it can be taken for a part of it. */
const octal = (code: number): string => `\\${code.toString(8).padStart(3, "0")}`;

function wideChar(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  const known = ESCAPES.get(char);
  if (known !== undefined) return known;
  if (code < 0x20 || code === 0x7f) return octal(code);
  if (code < 0x7f) return char;
  if (code < 0xa0) return octal(code);
  // Half of a pair has no universal name; a string of its own ends its digits.
  if (code >= 0xd800 && code <= 0xdfff) return `\\x${code.toString(16).toUpperCase()}" L"`;
  const digits = code.toString(16).toUpperCase();
  return code > 0xffff ? `\\U${digits.padStart(8, "0")}` : `\\u${digits.padStart(4, "0")}`;
}

const wideText = (text: string): string => `L"${Array.from(text, wideChar).join("")}"`;

function narrowText(text: string, { codePage }: NamedView): string {
  const chars = Array.from(codePage.encode(text).bytes, (byte) => {
    const char = String.fromCharCode(byte);
    return ESCAPES.get(char) ?? (byte >= 0x20 && byte < 0x7f ? char : octal(byte));
  });
  return `"${chars.join("")}"`;
}

/** A GUID as an initializer of the struct: { 0x00062002, 0x0000, 0x0000, { 0xC0, … } }. */
function guidText(guid: string): string {
  const [a = "", b = "", c = "", d = "", e = ""] = guid.replace(/[{}]/g, "").split("-");
  const rest = (d + e).match(/../g)?.map((byte) => `0x${byte}`) ?? [];
  return `{ 0x${a}, 0x${b}, 0x${c}, { ${rest.join(", ")} } }`;
}

const integer64 = (value: bigint): string =>
  `0x${BigInt.asUintN(64, value).toString(16).toUpperCase().padStart(16, "0")}`;

/** Assignments of a value to the union of an SPropValue; undefined for types that no constant is made of. */
function assignment(property: NamedView, variable: string): string[] | undefined {
  const { view } = property;
  const { value } = view;
  const type = propType(view.tag);
  const member = (name: string, text: string): string[] => [`${variable}.Value.${name} = ${text};`];
  if (typeof value === "number") {
    if (type === PT_I2) return member("i", String(value));
    if (type === PT_LONG) return member("l", value === -0x80000000 ? "(-2147483647 - 1)" : String(value));
    if (type === PT_ERROR) return member("err", `static_cast<SCODE>(0x${hex8(value)})`);
    if (!Number.isFinite(value)) return undefined;
    if (type === PT_R4) return member("flt", `static_cast<float>(${String(value)})`);
    if (type === PT_DOUBLE) return member("dbl", String(value));
    if (type === PT_APPTIME) return member("at", String(value));
  }
  if (typeof value === "bigint") {
    const text = integer64(value);
    if (type === PT_I8) return member("li.QuadPart", `static_cast<LONGLONG>(${text})`);
    if (type === PT_CURRENCY) return member("cur.int64", `static_cast<LONGLONG>(${text})`);
    if (type === PT_SYSTIME)
      return member("ft", `{ 0x${hex8(Number(value & 0xffffffffn))}, 0x${hex8(Number(value >> 32n))} }`);
  }
  if (type === PT_BOOLEAN && typeof value === "boolean") return member("b", value ? "TRUE" : "FALSE");
  if (typeof value === "string" && value.length <= MAX_CONSTANT) {
    if (type === PT_UNICODE) return member("lpszW", `const_cast<LPWSTR>(${wideText(value)})`);
    if (type === PT_STRING8) return member("lpszA", `const_cast<LPSTR>(${narrowText(value, property)})`);
    if (type === PT_CLSID)
      return [`GUID ${variable}Guid = ${guidText(value)};`, ...member("lpguid", `&${variable}Guid`)];
  }
  if (!(value instanceof Uint8Array) || value.length > MAX_CONSTANT || value.length === 0) return undefined;
  if (![PT_BINARY, PT_SVREID, PT_SRESTRICTION, PT_ACTIONS].includes(type)) return undefined;
  const bytes = `BYTE ${variable}Bytes[] = ${byteList(value, "    ")};`;
  return [bytes, ...member("bin", `{ sizeof(${variable}Bytes), ${variable}Bytes }`)];
}

function tagLines(property: NamedView, dictionary: PropertyDictionary): string[] {
  const { view, named } = property;
  const name = constantName(property);
  if (!named) {
    const type = PROPERTY_TYPES.get(propType(view.tag))?.mapi ?? typeName(propType(view.tag));
    return [`#define ${name} PROP_TAG(${type}, ${idText(view.tag)})`];
  }
  const set = `// ${commentText(namedPropertyText(dictionary, named))}, ${typeName(propType(view.tag))}`;
  const kind = "id" in named ? "MNID_ID" : "MNID_STRING";
  const member =
    "id" in named
      ? `.lID = 0x${named.id.toString(16).toUpperCase().padStart(4, "0")}`
      : `.lpwstrName = const_cast<LPWSTR>(${wideText(named.name)})`;
  return [
    set,
    `GUID ${name}_Set = ${guidText(named.guid)};`,
    `MAPINAMEID ${name} = { &${name}_Set, ${kind}, { ${member} } };`,
  ];
}

/** One property: its tag (or its name, for GetIDsFromNames), and a value that holds what the message holds. */
export function cppConstants(property: NamedView, dictionary: PropertyDictionary): string {
  const { view, named } = property;
  const variable = variableName(property);
  const lines = tagLines(property, dictionary);
  const value =
    view.problem === undefined && !isMultiValued(propType(view.tag))
      ? assignment(property, variable)
      : undefined;
  if (!value) {
    const first: unknown = Array.isArray(view.value) ? view.value[0] : view.value;
    const meaning = Array.isArray(view.value)
      ? `${view.value.length} values, the first ${meaningOf(property, first, dictionary)}`
      : meaningOf(property, view.value, dictionary);
    return `${[...lines, `// ${commentText(meaning.slice(0, 200))}`].join("\n")}\n`;
  }
  const tag = named ? `PROP_TAG(${typeName(propType(view.tag))}, 0) /* | the id */` : constantName(property);
  const declared = value.filter((line) => !line.startsWith(`${variable}.`));
  const assigned = value.filter((line) => line.startsWith(`${variable}.`));
  return `${[...lines, ...declared, `SPropValue ${variable} = {};`, `${variable}.ulPropTag = ${tag};`, ...assigned].join("\n")}\n`;
}
