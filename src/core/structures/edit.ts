/** Changes of single fields: the bytes follow, and what would make the structure invalid is refused. */
import { MapiError } from "../mapi/errors";
import { sameValue } from "../mapi/values";
import { isLeaf, parseLeaf } from "./leaves";
import { LEFTOVER, Scope } from "./scope";
import { decodeStructure, encodeStructure, findNode, freshNode, nodesTo } from "./tree";
import type { EditResult, Scalar, StructureNode, StructureProblem, StructureTree } from "./types";

const refused = (message: string): EditResult => ({ ok: false, message });

/** The fields around a node, nearest part first, as far as a field's own rules ask for them. */
function scopeOf(nodes: readonly StructureNode[], tree: StructureTree): Scope {
  let scope = new Scope(tree.context);
  for (const node of nodes.slice(0, -1)) {
    scope = new Scope(tree.context, scope);
    for (const child of node.children ?? []) scope.add(child);
  }
  return scope;
}

/** The tree with the last of some nodes replaced. */
function replaced(nodes: readonly StructureNode[], replacement: StructureNode | undefined): StructureNode {
  let current = replacement;
  let old = nodes.at(-1);
  for (const parent of nodes.slice(0, -1).reverse()) {
    const children = (parent.children ?? []).flatMap((child) => {
      if (child !== old) return [child];
      return current === undefined ? [] : [current];
    });
    current = { ...parent, children };
    old = parent;
  }
  return current ?? nodes[0] ?? fail();
}

function fail(): never {
  throw new MapiError("MAPI_E_INVALID_PARAMETER", "There is no such field.");
}

function withValue(node: StructureNode, value: Scalar): StructureNode {
  const { name, label, offset, length, display, editable, layout, contradicts } = node;
  const base = { name, label, offset, length, display, editable, layout, value };
  return contradicts === true ? { ...base, contradicts } : base;
}

/** The part around a field with the field's new value, and with what that one takes along. */
function withCompanions(
  parent: StructureNode,
  node: StructureNode,
  value: Scalar,
  scope: Scope,
): StructureNode {
  const fields = parent.layout.kind === "struct" ? parent.layout.fields : [];
  const others = fields.find(({ name }) => name === node.name)?.along?.(value, scope) ?? {};
  const children = parent.children?.map((child) => {
    if (child === node) return withValue(node, value);
    const along = others[child.name];
    return along === undefined || along === child.value ? child : withValue(child, along);
  });
  return children === undefined ? parent : { ...parent, children };
}

const serious = (tree: StructureTree): readonly StructureProblem[] =>
  tree.problems.filter(({ advisory }) => advisory !== true);

/** The structure written anew, when nothing in it became wrong that was not. */
function settle(tree: StructureTree, root: StructureNode): EditResult {
  const bytes = written(tree, root);
  if (typeof bytes === "string") return refused(bytes);
  const next = decodeStructure(tree.id, bytes, tree.context);
  if (serious(next).length <= serious(tree).length) return { ok: true, bytes, tree: next };
  const before = new Set(serious(tree).map(({ path, message }) => `${path}:${message}`));
  const fresh = serious(next).find(({ path, message }) => !before.has(`${path}:${message}`));
  const { path, message } = fresh ?? { path: "", message: "More is wrong than before." };
  return refused(
    path === ""
      ? `The structure would not be valid any more. ${message}`
      : `The structure would not be valid any more. ${path}: ${message}`,
  );
}

function written(tree: StructureTree, root: StructureNode): Uint8Array | string {
  try {
    return encodeStructure({ ...tree, root });
  } catch (error) {
    if (error instanceof MapiError) return error.message;
    throw error;
  }
}

/**
 * Changes one field. Counts, lengths and offsets that depend on it follow; parts that its flags announce come and go; fields
 * that only go together with it are set along.
 * @param path the field, as in `StructureProblem.path`
 * @param text the new value as people write it: what `StructureNode.text` has, digits or hexadecimal for any number,
 * names of flags joined by "|", hex pairs for bytes
 * @returns the new bytes with their tree, or a sentence on why the field cannot have that value
 */
export function setField(tree: StructureTree, path: string, text: string): EditResult {
  const nodes = nodesTo(tree.root, path);
  const node = nodes?.at(-1);
  if (nodes === undefined || node === undefined) return refused("There is no such field.");
  if (!node.editable || !isLeaf(node.layout)) return refused(whyFixed(node));
  if (text === node.text) return { ok: true, bytes: tree.bytes, tree };
  const scope = scopeOf(nodes, tree);
  const parsed = parseLeaf(node.layout, text, scope);
  if ("message" in parsed) return refused(parsed.message);
  if (sameValue(parsed.value, node.value)) return { ok: true, bytes: tree.bytes, tree };
  const around = nodes.slice(0, -1);
  const parent = around.at(-1);
  const root =
    parent === undefined
      ? withValue(node, parsed.value)
      : replaced(around, withCompanions(parent, node, parsed.value, scope));
  const result = settle(tree, root);
  if (!result.ok) return result;
  const back = findNode(result.tree.root, path);
  if (back?.problem !== undefined && back.problem !== node.problem) return refused(back.problem);
  if (back !== undefined && sameValue(back.value, parsed.value)) return result;
  return refused("The field cannot have this value: read back, the structure says something else.");
}

function whyFixed(node: StructureNode): string {
  if (node.name === LEFTOVER) return "These bytes belong to no field.";
  if (node.children !== undefined) return "This part has no value of its own: change the fields in it.";
  if (node.value instanceof Uint8Array) return "These bytes are too many to be changed here.";
  if (node.length === 0) return "This is computed from other fields.";
  return "The field follows from others: change those.";
}

/** Whether a part is an array whose elements can be added and removed. */
function freeArray(node: StructureNode | undefined): boolean {
  if (node?.layout.kind !== "array" || node.cut === true) return false;
  const { count } = node.layout;
  return typeof count === "object" || count === "rest";
}

/** Whether `insertElement` may add to a part. */
export function canInsert(node: StructureNode): boolean {
  return freeArray(node);
}

/** Whether `removeElement` may take a part out of the one around it. */
export function canRemove(node: StructureNode, parent: StructureNode | undefined): boolean {
  return freeArray(parent) && node.name !== LEFTOVER;
}

/**
 * Adds a new element to an array, with values that say nothing yet; its count follows.
 * @param path the array
 * @param at the place of the new element; the end when left out
 */
export function insertElement(tree: StructureTree, path: string, at?: number): EditResult {
  const nodes = nodesTo(tree.root, path);
  const array = nodes?.at(-1);
  if (nodes === undefined || array === undefined || !freeArray(array))
    return refused("Nothing can be added here.");
  const children = (array.children ?? []).filter(({ name }) => name !== LEFTOVER);
  const place = Math.min(Math.max(at ?? children.length, 0), children.length);
  const model = array.layout.kind === "array" ? array.layout.element : array.layout;
  const fresh = freshNode(model, tree.context);
  const leftover = (array.children ?? []).filter(({ name }) => name === LEFTOVER);
  const next = {
    ...array,
    children: [...children.slice(0, place), fresh, ...children.slice(place), ...leftover],
  };
  return settle(tree, replaced(nodes, next));
}

/**
 * Removes an element from an array; its count follows.
 * @param path the element
 */
export function removeElement(tree: StructureTree, path: string): EditResult {
  const nodes = nodesTo(tree.root, path);
  const element = nodes?.at(-1);
  if (nodes === undefined || element === undefined || !canRemove(element, nodes.at(-2))) {
    return refused("This cannot be removed.");
  }
  return settle(tree, replaced(nodes, undefined));
}
