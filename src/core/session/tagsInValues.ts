/**
 * Property tags inside of restrictions and rule actions (PT_SRESTRICTION, PT_ACTIONS): where a value of these types comes
 * into another file, the ids of named properties in it change as those of the properties themselves do. Only a value that
 * is understood to its last byte is changed, and in nothing but these ids. [MS-OXCDATA] 2.12, [MS-OXORULE] 2.2.4, 2.2.5
 */
import { isNamedId, PT_ACTIONS, PT_SRESTRICTION } from "../mapi/propertyTypes";
import { structuresOf } from "../structures/properties";
import { decodeStructure, walkStructure } from "../structures/tree";
import type { StructureNode } from "../structures/types";

/** Text in a value is not looked at: any page reads as many bytes. */
const CONTEXT = { codePage: 1252 };

/** Whether values of a property type hold tags of other properties. */
export const holdsTags = (type: number): boolean => type === PT_SRESTRICTION || type === PT_ACTIONS;

const isTag = ({ layout, value }: StructureNode): boolean =>
  layout.kind === "number" && layout.form === "tag" && typeof value === "number";

/** Ids that a value names itself ([MS-OXORULE] 2.2.4.2): they are its own, not the file's. */
const OWN_IDS = /^NamedPropertyInformation\/PropIds\/\d+$/;

/**
 * Where in a value ids of the file's named properties stand, 2 bytes each; none where the value is not understood.
 * @param type the type of the property
 */
export function idPlacesIn(type: number, value: Uint8Array): number[] {
  const structure = holdsTags(type) ? structuresOf({ tag: type }) : undefined;
  if (structure === undefined) return [];
  const { root, problems } = decodeStructure(structure, value, CONTEXT);
  if (problems.some(({ advisory }) => advisory !== true)) return [];
  const own = new Set<unknown>();
  const places: { at: number; id: number }[] = [];
  for (const { path, node } of walkStructure(root)) {
    if (OWN_IDS.test(path)) own.add(node.value);
    if (isTag(node)) places.push({ at: node.offset + 2, id: Number(node.value) >>> 16 });
  }
  return places.filter(({ id }) => isNamedId(id) && !own.has(id)).map(({ at }) => at);
}

/** The 16-bit id at a place. */
export const idAt = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);

/** A value with other ids in it; the very same bytes where none changes. */
export function withIds(type: number, value: Uint8Array, ids: ReadonlyMap<number, number>): Uint8Array {
  return changedIds(value, idPlacesIn(type, value), ids);
}

/** Bytes with other ids at some places; the very same where none changes. */
export function changedIds(
  bytes: Uint8Array,
  places: readonly number[],
  ids: ReadonlyMap<number, number>,
): Uint8Array {
  const targetAt = (at: number): number => ids.get(idAt(bytes, at)) ?? idAt(bytes, at);
  const moved = places.filter((at) => targetAt(at) !== idAt(bytes, at));
  if (moved.length === 0) return bytes;
  const copy = new Uint8Array(bytes);
  const view = new DataView(copy.buffer);
  for (const at of moved) view.setUint16(at, targetAt(at), true);
  return copy;
}
