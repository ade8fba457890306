/** Binary values whose layout is known, as people read and edit them: a line for the row, a tree of fields for the detail. */
import {
  canInsert,
  canRemove,
  type CodePage,
  decodeStructure,
  describeStructure,
  elementType,
  flagChoices,
  type PlacedNode,
  type PropertyDictionary,
  PT_I8,
  structureFlagTable,
  structureOfValue,
  type StructureTree,
  walkStructure,
} from "../../core";
import type { NumberModel, StructureField, StructureModel } from "../../protocol/editors";
import { MAX_DETAIL_BYTES } from "../../protocol/viewModel";
import { coreText, say } from "../coreTexts";
import type { PropertyKey } from "./values";

/** Larger values are shown as bytes only, of which the page gets no more either; all values of a property together. */
const MAX_STRUCTURE_BYTES = MAX_DETAIL_BYTES;
/** Values that are larger have no line in words: a row must not take long to draw. */
const MAX_SUMMARY_BYTES = 64 * 1024;
/** Most fields that are sent to a page for one property. */
const MAX_FIELDS = 20_000;
/** Most values of a multi-valued property whose fields are sent. */
const MAX_STRUCTURES = 100;

/** What the structure of a value is found and read by. */
export interface StructurePlace {
  readonly dictionary: PropertyDictionary;
  readonly key: PropertyKey;
  readonly codePage: Pick<CodePage, "id">;
}

/** The structure of some bytes; undefined when their property has none that is known. */
export function structureTree(place: StructurePlace, bytes: Uint8Array): StructureTree | undefined {
  if (bytes.length === 0 || bytes.length > MAX_STRUCTURE_BYTES) return undefined;
  const { dictionary, key, codePage } = place;
  const id = structureOfValue(typeof key === "number" ? { tag: key } : key, bytes);
  return id && decodeStructure(id, bytes, { codePage: codePage.id, names: dictionary });
}

/** A binary value in words; undefined when nothing is known of it. */
export function structureSummary(place: StructurePlace, bytes: Uint8Array): string | undefined {
  const tree = bytes.length > MAX_SUMMARY_BYTES ? undefined : structureTree(place, bytes);
  return (tree && describeStructure(tree, say)) || undefined;
}

function bytesOfInteger(value: bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigInt64(0, value, true);
  return bytes;
}

/** The bytes of each value that can hold a structure, in order; other values have none. */
export function structureBytes(type: number, value: unknown): readonly Uint8Array[] {
  if (value instanceof Uint8Array) return [value];
  if (elementType(type) === PT_I8 && typeof value === "bigint") return [bytesOfInteger(value)];
  return Array.isArray(value) ? value.filter((item) => item instanceof Uint8Array) : [];
}

/** A value with the bytes of one of its structures replaced. */
export function withStructureBytes(value: unknown, index: number, bytes: Uint8Array): unknown {
  if (Array.isArray(value)) return value.map((item: unknown, at) => (at === index ? bytes : item));
  if (typeof value !== "bigint") return bytes;
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getBigInt64(0, true);
}

/** The names of a number in a structure, kept by a key for all fields that share them. */
function numberOf(
  { node }: PlacedNode,
  tree: StructureTree,
  numbers: Record<string, NumberModel>,
): string | undefined {
  if (node.flagsTable === undefined || node.text === undefined) return undefined;
  const bits = node.layout.kind === "number" ? node.layout.size * 8 : 32;
  const signed = node.layout.kind === "number" && node.layout.signed === true;
  const key = `${node.flagsTable} ${bits}`;
  if (key in numbers) return key;
  const table = structureFlagTable(node.flagsTable, tree.context.names);
  if (table === undefined) return undefined;
  const choices = flagChoices(table, Math.min(bits, 32));
  if (choices.flags.length + choices.parts.length === 0) return undefined;
  numbers[key] = { bits, signed, ...choices };
  return key;
}

function fieldOf(
  placed: PlacedNode,
  tree: StructureTree,
  numbers: Record<string, NumberModel>,
): StructureField {
  const { node, path, depth, parent } = placed;
  const number = numberOf(placed, tree, numbers);
  const isBoolean = typeof node.value === "boolean";
  return {
    path,
    depth,
    label: node.label,
    value: node.display,
    offset: node.offset,
    length: node.length,
    hasChildren: (node.children?.length ?? 0) > 0,
    ...(node.editable && node.text !== undefined ? { text: node.text } : {}),
    ...(number === undefined ? {} : { number }),
    ...(isBoolean ? { isBoolean: true as const } : {}),
    ...(node.problem === undefined ? {} : { problem: coreText(node.problem) }),
    ...(canInsert(node) ? { canInsert: true as const } : {}),
    ...(canRemove(node, parent) ? { canRemove: true as const } : {}),
  };
}

/** A structure as the page draws it; at most `limit` fields. */
export function structureModel(tree: StructureTree, index: number, limit = MAX_FIELDS): StructureModel {
  const numbers: Record<string, NumberModel> = {};
  const fields: StructureField[] = [];
  let more = 0;
  for (const placed of walkStructure(tree.root)) {
    if (fields.length < limit) fields.push(fieldOf(placed, tree, numbers));
    else more++;
  }
  return {
    index,
    title: tree.root.label,
    summary: describeStructure(tree, say),
    fields,
    more,
    numbers,
    problems: tree.problems.length,
    bytes: tree.bytes.slice(),
  };
}

/** The structures in the values of a property, in order. */
export function structuresOfValue(place: StructurePlace, type: number, value: unknown): StructureModel[] {
  const models: StructureModel[] = [];
  let left = MAX_FIELDS;
  let read = 0;
  for (const [index, bytes] of structureBytes(type, value).slice(0, MAX_STRUCTURES).entries()) {
    read += bytes.length;
    if (read > MAX_STRUCTURE_BYTES) break;
    const tree = structureTree(place, bytes);
    if (tree === undefined) continue;
    const model = structureModel(tree, index, Math.max(left, 1));
    left -= model.fields.length;
    models.push(model);
  }
  return models;
}
