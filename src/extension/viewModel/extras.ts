/** What the editors of single values need beside the value: names of numbers, forms of a time, types to change to. */
import {
  elementType,
  flagChoices,
  type FlagTable,
  hex8,
  isMultiValued,
  parseFlagNames,
  type PropertyDictionary,
  PROPERTY_TYPES,
  propType,
  PT_CLSID,
  PT_ERROR,
  PT_I2,
  PT_I8,
  PT_LONG,
  PT_SYSTIME,
  typeChanges,
} from "../../core";
import type { ElementExtras, NumberModel, ValueExtras } from "../../protocol/editors";
import type { PropertyDetail } from "../../protocol/viewModel";
import { timeTexts } from "./times";
import { editorOf, type PropertyKey } from "./values";

const BITS: ReadonlyMap<number, number> = new Map([
  [PT_I2, 16],
  [PT_LONG, 32],
  [PT_I8, 64],
]);

/** Values that are longer are not converted to find out what they could become. */
const MAX_CONVERTED = 16 * 1024;

const models = new WeakMap<FlagTable, Map<number, NumberModel>>();

function tableModel(table: FlagTable, bits: number): NumberModel {
  const known = models.get(table) ?? new Map<number, NumberModel>();
  models.set(table, known);
  const model = known.get(bits) ?? { bits, signed: true, ...flagChoices(table, Math.min(bits, 32)) };
  known.set(bits, model);
  return model;
}

/** A whole number with the names of its values; undefined of other types. */
export function numberModel(
  dictionary: PropertyDictionary,
  type: number,
  key: PropertyKey,
): NumberModel | undefined {
  const bits = BITS.get(type);
  if (bits === undefined) return undefined;
  const table = dictionary.flagsOf(key);
  return table === undefined ? { bits, signed: true, flags: [], parts: [] } : tableModel(table, bits);
}

/** The names among which the editor in a cell chooses: bits to check, and the values a number can have. */
export function cellChoices(
  dictionary: PropertyDictionary,
  type: number,
  key: PropertyKey,
): NumberModel | undefined {
  const model = numberModel(dictionary, type, key);
  return model !== undefined && model.flags.length + model.parts.length > 0 ? model : undefined;
}

function elementExtras(
  dictionary: PropertyDictionary,
  type: number,
  key: PropertyKey,
  value: unknown,
): ElementExtras | undefined {
  const number = numberModel(dictionary, type, key);
  if (number !== undefined) return { kind: "number", number };
  if (type === PT_SYSTIME)
    return typeof value === "bigint" ? { kind: "time", time: timeTexts(value) } : { kind: "time" };
  if (type === PT_CLSID) return { kind: "named", list: "guid" };
  return type === PT_ERROR ? { kind: "named", list: "error" } : undefined;
}

/** What the editor of a value needs beside it. */
export function extrasOf(
  dictionary: PropertyDictionary,
  type: number,
  key: PropertyKey,
  value: unknown,
): ValueExtras | undefined {
  if (!isMultiValued(type)) return elementExtras(dictionary, type, key, value);
  const single = elementType(type);
  const element = elementExtras(dictionary, single, key, undefined);
  return {
    kind: "list",
    editor: editorOf(single, undefined),
    ...(element === undefined ? {} : { element }),
  };
}

const sizeOf = (value: unknown): number => {
  if (typeof value === "string" || value instanceof Uint8Array) return value.length;
  return Array.isArray(value) ? value.reduce<number>((sum, item) => sum + 8 + sizeOf(item), 0) : 8;
};

/** The types a value can change to, with their names. */
export function typesOf(tag: number, value: unknown): NonNullable<PropertyDetail["types"]> {
  const type = propType(tag);
  if (sizeOf(value) > MAX_CONVERTED) return [];
  return typeChanges(type, value).map((change) => ({
    ...change,
    label: PROPERTY_TYPES.get(change.type)?.mapi ?? `0x${hex8(change.type).slice(4)}`,
  }));
}

/** What a person typed for a value, or for one of several, with names that the tables know replaced by what they stand for. */
export function withoutNames(
  dictionary: PropertyDictionary,
  valueType: number,
  key: PropertyKey,
  text: string,
): string {
  const type = elementType(valueType);
  if (!/[a-z]/i.test(text) || text.length > 4000) return text;
  if (type === PT_CLSID) return dictionary.guidOfName(text) ?? text;
  if (type === PT_ERROR) {
    const code = dictionary.errorOfName(text);
    return code === undefined ? text : `0x${hex8(code)}`;
  }
  const bits = BITS.get(type);
  const table = bits === undefined ? undefined : dictionary.flagsOf(key);
  if (bits === undefined || table === undefined || /^\s*[+-]?0x[0-9a-f]*\s*$/i.test(text)) return text;
  const value = parseFlagNames(table, text);
  if (value === undefined) return text;
  return `0x${BigInt.asUintN(Math.min(bits, 32), BigInt(value)).toString(16)}`;
}
