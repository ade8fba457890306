/** The rows of a structure's tree: which fields show, how they lie in each other, where a byte belongs. Pure. */
import type { StructureField, StructureModel } from "../../../src/protocol/editors";

/** Structures with more fields begin folded below their first parts. */
const UNFOLDED_FIELDS = 80;

/** Whether a part shows what is in it; what a person folded or unfolded goes before. */
export function isExpanded(
  field: StructureField,
  model: StructureModel,
  chosen: ReadonlyMap<string, boolean>,
): boolean {
  return chosen.get(field.path) ?? (field.depth === 0 || model.fields.length <= UNFOLDED_FIELDS);
}

/** The indexes of the fields that show, in order. */
export function shownFields(model: StructureModel, chosen: ReadonlyMap<string, boolean>): readonly number[] {
  const shown: number[] = [];
  let foldedAt = Number.POSITIVE_INFINITY;
  for (const [index, field] of model.fields.entries()) {
    if (field.depth > foldedAt) continue;
    foldedAt = Number.POSITIVE_INFINITY;
    shown.push(index);
    if (field.hasChildren && !isExpanded(field, model, chosen)) foldedAt = field.depth;
  }
  return shown;
}

/** The part a field is in; -1 of the structure itself. */
export function parentOf(model: StructureModel, index: number): number {
  const depth = model.fields[index]?.depth ?? 0;
  for (let at = index - 1; at >= 0; at--) {
    if ((model.fields[at]?.depth ?? 0) < depth) return at;
  }
  return -1;
}

/** The parts around a field, the innermost first. */
export function partsAround(model: StructureModel, index: number): readonly number[] {
  const parts: number[] = [];
  for (let at = parentOf(model, index); at >= 0; at = parentOf(model, at)) parts.push(at);
  return parts;
}

/** The innermost field that a byte belongs to; -1 where there is none. */
export function fieldAt(model: StructureModel, byte: number): number {
  let found = -1;
  for (const [index, { offset, length }] of model.fields.entries()) {
    const best = model.fields[found];
    const isIn = byte >= offset && byte < offset + length;
    if (isIn && (best === undefined || length <= best.length)) found = index;
  }
  return found;
}

/** The place of a field among those with the same part around, and how many there are. */
export function placeAmong(
  model: StructureModel,
  index: number,
): { readonly at: number; readonly of: number } {
  const depth = model.fields[index]?.depth ?? 0;
  let at = 1;
  for (let before = index - 1; before >= 0; before--) {
    const other = model.fields[before]?.depth ?? 0;
    if (other < depth) break;
    if (other === depth) at++;
  }
  let of = at;
  for (let after = index + 1; after < model.fields.length; after++) {
    const other = model.fields[after]?.depth ?? 0;
    if (other < depth) break;
    if (other === depth) of++;
  }
  return { at, of };
}

/** The element's number at the end of its path, where new ones are inserted before it. */
export function elementNumber(path: string): number {
  return Number(path.slice(path.lastIndexOf("/") + 1));
}

/** The path of the part around. */
export const outerPath = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

/** The next field from a place in steps of `step` that is edited; undefined at the end. */
export function nextEditable(
  model: StructureModel,
  shown: readonly number[],
  from: number,
  step: 1 | -1,
): number | undefined {
  for (let at = from + step; at >= 0 && at < shown.length; at += step) {
    if (model.fields[shown[at] ?? -1]?.text !== undefined) return at;
  }
  return undefined;
}
