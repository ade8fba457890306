/** One property in words that are the same on every machine: its names, and what its value means. */
import { formatBinary } from "../mapi/binaryText";
import type { PropertyDescription, PropertyDictionary } from "../mapi/dictionaryTypes";
import { describeFlags } from "../mapi/flagNames";
import {
  elementType,
  hex8,
  isNamedId,
  propId,
  PROPERTY_TYPES,
  propType,
  PT_CLSID,
  PT_ERROR,
  PT_I2,
  PT_I8,
  PT_LONG,
  PT_OBJECT,
  PT_SYSTIME,
} from "../mapi/propertyTypes";
import { formatValue } from "../mapi/valueText";
import type { MessageOutline, ObjectAddress, PropertyView } from "../session/outline";
import type { NamedProperty } from "../session/types";
import { describeStructure } from "../structures/describe";
import { structureOfValue } from "../structures/properties";
import { decodeStructure } from "../structures/tree";
import type { StructureTree } from "../structures/types";
import type { CodePage } from "../text/types";

/** 4501-01-01, Outlook's "no date" ([MS-OXOCAL] 2.2.1). */
const NO_DATE = 0x0cb34557a3dd4000n;
/** Larger values are not taken apart: decoding them must not take long. */
const MAX_STRUCTURE = 256 * 1024;

/** A property with what is known of it. */
export interface NamedView {
  readonly view: PropertyView;
  /** Its name in the file; undefined for a tagged one, and for an id without a name. */
  readonly named: NamedProperty | undefined;
  readonly description: PropertyDescription;
  readonly codePage: CodePage;
}

/** The properties of an object that it has now, each with its names. */
export function namedViews(
  outline: MessageOutline,
  address: ObjectAddress,
  dictionary: PropertyDictionary,
): NamedView[] {
  const codePage = outline.codePageOf(address);
  return outline
    .properties(address)
    .filter(({ change }) => change !== "deleted")
    .map((view) => namedView(outline, view, codePage, dictionary));
}

/** One property with its names. */
export function namedView(
  outline: MessageOutline,
  view: PropertyView,
  codePage: CodePage,
  dictionary: PropertyDictionary,
): NamedView {
  const named = isNamedId(propId(view.tag)) ? outline.nameOf(propId(view.tag)) : undefined;
  const description = named
    ? dictionary.describeNamed(named, propType(view.tag))
    : dictionary.describeTag(view.tag);
  return { view, named, description, codePage };
}

/** "PT_UNICODE", "0x1234" for a type nobody knows. */
export function typeName(type: number): string {
  return PROPERTY_TYPES.get(type)?.mapi ?? `0x${hex8(type).slice(4)}`;
}

/** "PSETID_Appointment 0x8205", "PS_PUBLIC_STRINGS Keywords". */
export function namedPropertyText(dictionary: PropertyDictionary, named: NamedProperty): string {
  const set = dictionary.guidName(named.guid) ?? named.guid;
  return "id" in named
    ? `${set} 0x${named.id.toString(16).toUpperCase().padStart(4, "0")}`
    : `${set} ${named.name}`;
}

/** The structure in bytes of a property; undefined where none is known, or the value is too large to take apart. */
export function structureIn(
  { view, named, codePage }: Pick<NamedView, "view" | "named" | "codePage">,
  bytes: Uint8Array,
  dictionary: PropertyDictionary,
): StructureTree | undefined {
  if (bytes.length === 0 || bytes.length > MAX_STRUCTURE) return undefined;
  if (!named && isNamedId(propId(view.tag))) return undefined;
  const id = structureOfValue(named ?? { tag: view.tag }, bytes);
  return id && decodeStructure(id, bytes, { codePage: codePage.id, names: dictionary });
}

/** "22 bytes". */
export const byteCountText = (count: number): string => (count === 1 ? "1 byte" : `${count} bytes`);

function integerText(
  type: number,
  value: number | bigint,
  names: string | undefined,
  isEnum: boolean,
): string {
  const size = PROPERTY_TYPES.get(type)?.size ?? 4;
  const hex = `0x${BigInt.asUintN(size * 8, BigInt(value))
    .toString(16)
    .toUpperCase()
    .padStart(size * 2, "0")}`;
  if (names === undefined) return `${value.toString()} (${hex})`;
  return isEnum ? `${value.toString()} ${names}` : `${hex} ${names}`;
}

/** A value that is neither text nor bytes nor several: with the names of flags, errors and GUIDs. */
function scalarMeaning(
  property: NamedView,
  type: number,
  value: unknown,
  dictionary: PropertyDictionary,
): string {
  const text = formatValue(type, value);
  if (type === PT_SYSTIME && typeof value === "bigint")
    return value === 0n || value === NO_DATE ? `${text} none` : text;
  if (type === PT_ERROR && typeof value === "number")
    return [text, dictionary.errorName(value)].filter(Boolean).join(" ");
  if (type === PT_CLSID) return [text, dictionary.guidName(text)].filter(Boolean).join(" ");
  const isInteger = type === PT_LONG || type === PT_I2 || type === PT_I8;
  if (!isInteger || (typeof value !== "number" && typeof value !== "bigint")) return text;
  const table =
    typeof value === "number" ? dictionary.flagsOf(property.named ?? property.view.tag) : undefined;
  const names = table && describeFlags(table, Number(value));
  const known = names === undefined || names === "" || /^0x[0-9A-F]+$/i.test(names) ? undefined : names;
  return integerText(type, value, known, table?.kind === "enum");
}

/**
 * What one value (one of several, of a multi-valued property) means, in one line: text as a JSON string, bytes by what
 * is in them or the first of them, numbers with the names of their flags, times in UTC.
 */
export function meaningOf(
  property: NamedView,
  value: unknown,
  dictionary: PropertyDictionary,
  shownBytes = 32,
): string {
  const type = elementType(propType(property.view.tag));
  if (property.view.problem !== undefined) return `unreadable: ${property.view.problem}`;
  if (type === PT_OBJECT) return "object";
  if (typeof value === "string" && type !== PT_CLSID) return JSON.stringify(value);
  if (!(value instanceof Uint8Array)) return scalarMeaning(property, type, value, dictionary);
  const tree = structureIn(property, value, dictionary);
  const summary = tree && describeStructure(tree);
  if (summary) return `${byteCountText(value.length)}, ${summary}`;
  const more = value.length > shownBytes ? " …" : "";
  const head = value.length === 0 ? "" : `: ${formatBinary(value, shownBytes)}${more}`;
  return `${byteCountText(value.length)}${head}`;
}

/** The values of a property: of a multi-valued one each. */
export function valuesIn({ view }: Pick<NamedView, "view">): readonly unknown[] {
  return Array.isArray(view.value) ? (view.value as readonly unknown[]) : [view.value];
}
