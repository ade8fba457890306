/** Values as trees: decoding, encoding, and finding fields in them. */
import { leftoverNode } from "./nodes";
import { cursorOver, readLayout } from "./read";
import { layoutOf, type StructureId } from "./registry";
import type { Layout } from "./layout";
import { LEFTOVER, Scope } from "./scope";
import type { StructureContext, StructureNode, StructureProblem, StructureTree } from "./types";
import { writeLayout } from "./write";

/** The problems of a node and what is in it, by path. */
function problemsOf(node: StructureNode, path: string): StructureProblem[] {
  const advisory = node.advisory === true ? { advisory: true as const } : {};
  const own =
    node.problem === undefined ? [] : [{ path, offset: node.offset, message: node.problem, ...advisory }];
  const inner = (node.children ?? []).flatMap((child, at) =>
    problemsOf(child, joinPath(path, node, child, at)),
  );
  return [...own, ...inner];
}

/** The path of a child: names joined by "/", an element of an array by its index. */
function joinPath(path: string, node: StructureNode, child: StructureNode, at: number): string {
  const segment = node.layout.kind === "array" && child.name !== LEFTOVER ? String(at) : child.name;
  return path === "" ? segment : `${path}/${segment}`;
}

/**
 * Decodes the bytes of a structure. Never fails: what is cut off, contradicts or is left over is in `problems`, and every
 * byte is in the tree. The bytes are not copied and must not change.
 */
export function decodeStructure(
  id: StructureId,
  bytes: Uint8Array,
  context: StructureContext,
): StructureTree {
  const layout = layoutOf(id);
  const cursor = cursorOver(bytes);
  const root = readLayout(layout, id, cursor, new Scope(context));
  const start = root.offset + root.length;
  if (start >= bytes.length) return { id, bytes, context, root, problems: problemsOf(root, "") };
  const leftover = leftoverNode(bytes, start, bytes.length, false);
  const whole = { ...root, length: bytes.length, children: [...(root.children ?? []), leftover] };
  return { id, bytes, context, root: whole, problems: problemsOf(whole, ""), leftover };
}

/**
 * The bytes of a tree: of one that was decoded and not changed, the very same as before, whatever they hold.
 * @throws MapiError MAPI_E_BAD_VALUE where a value does not fit its field; no decoded tree has such
 */
export function encodeStructure(tree: Pick<StructureTree, "id" | "root" | "context">): Uint8Array {
  return writeLayout(layoutOf(tree.id), tree.id, tree.root, new Scope(tree.context)).bytes;
}

/** The field at a path: names joined by "/"; elements of an array go by index or name. "" is the structure itself. */
export function findNode(root: StructureNode, path: string): StructureNode | undefined {
  return nodesTo(root, path)?.at(-1);
}

/** The nodes from the root down to the one at a path. */
export function nodesTo(root: StructureNode, path: string): StructureNode[] | undefined {
  const nodes = [root];
  if (path === "") return nodes;
  let node: StructureNode | undefined = root;
  for (const segment of path.split("/")) {
    node =
      node.children?.find((child) => child.name === segment) ??
      (/^\d+$/.test(segment) ? node.children?.[Number(segment)] : undefined);
    if (node === undefined) return undefined;
    nodes.push(node);
  }
  return nodes;
}

/** A node with where it is. */
export interface PlacedNode {
  /** As `findNode` takes it. */
  readonly path: string;
  readonly node: StructureNode;
  /** The part around it; none of the structure itself. */
  readonly parent: StructureNode | undefined;
  /** How many parts it is in. */
  readonly depth: number;
}

/** Every node with its path, parts before what is in them. */
export function* walkStructure(
  node: StructureNode,
  path = "",
  parent?: StructureNode,
  depth = 0,
): Generator<PlacedNode> {
  yield { path, node, parent, depth };
  for (const [at, child] of (node.children ?? []).entries()) {
    yield* walkStructure(child, joinPath(path, node, child, at), node, depth + 1);
  }
}

/** An element that is new: every field with its first value. */
export function freshNode(layout: Layout, context: StructureContext): StructureNode {
  return writeLayout(layout, "New", undefined, new Scope(context)).node;
}
