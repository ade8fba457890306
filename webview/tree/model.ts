/** The tree of a session's objects as a flat list of visible rows. Pure. */
import type { ObjectId, TreeNode } from "../../src/protocol/viewModel";

/** One visible row of the tree. */
export interface FlatNode {
  readonly node: TreeNode;
  /** 0 for the root. */
  readonly depth: number;
  readonly parent: ObjectId | undefined;
  /** Position among its siblings, from 1. */
  readonly position: number;
  readonly siblings: number;
  /** `undefined` for a leaf. */
  readonly expanded: boolean | undefined;
}

/** What the person unfolded or folded, by object. */
export type Expansion = Readonly<Record<ObjectId, boolean>>;

/** Whether a node is unfolded: the person's choice, else all but embedded messages. */
export function isExpanded(node: TreeNode, expansion: Expansion): boolean {
  const isRootOrGroup = node.kind === "message" || node.kind === "recipients" || node.kind === "attachments";
  return expansion[node.id] ?? isRootOrGroup;
}

/** The visible rows in order. Walks without recursion: files may nest deeply. */
export function flatten(root: TreeNode, expansion: Expansion): readonly FlatNode[] {
  const rows: FlatNode[] = [];
  const open: Omit<FlatNode, "expanded">[] = [
    { node: root, depth: 0, parent: undefined, position: 1, siblings: 1 },
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, depth } = next;
    const expanded = node.children.length === 0 ? undefined : isExpanded(node, expansion);
    rows.push({ ...next, expanded });
    if (expanded !== true) continue;
    const children = node.children.map((child, index) => ({
      node: child,
      depth: depth + 1,
      parent: node.id,
      position: index + 1,
      siblings: node.children.length,
    }));
    for (const child of children.reverse()) open.push(child);
  }
  return rows;
}

/** A node with the way back to the root. */
interface Linked {
  readonly node: TreeNode;
  readonly parent: Linked | undefined;
}

/** The nodes from the root down to an object, or an empty list when it is not there. */
export function pathTo(root: TreeNode, id: ObjectId): readonly TreeNode[] {
  const open: Linked[] = [{ node: root, parent: undefined }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.node.id === id) {
      const path: TreeNode[] = [];
      for (let at: Linked | undefined = next; at !== undefined; at = at.parent) path.push(at.node);
      return path.reverse();
    }
    for (const child of next.node.children) open.push({ node: child, parent: next });
  }
  return [];
}

/** The node of an object. */
export function findNode(root: TreeNode, id: ObjectId): TreeNode | undefined {
  return pathTo(root, id).at(-1);
}

/** The first object, in the tree's order, that has properties and differs from the saved state. */
export function firstChanged(root: TreeNode): TreeNode | undefined {
  const open = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.change !== undefined && next.hasProperties) return next;
    open.push(...[...next.children].reverse());
  }
  return undefined;
}

/** What to show after an object has gone: its nearest ancestor that is still there. */
export function survivorOf(before: TreeNode, after: TreeNode, id: ObjectId): TreeNode {
  const path = pathTo(before, id);
  for (const ancestor of [...path].reverse()) {
    const found = findNode(after, ancestor.id);
    if (found !== undefined) return found;
  }
  return after;
}

/** The expansion with everything above an object unfolded. */
export function expandTo(root: TreeNode, id: ObjectId, expansion: Expansion): Expansion {
  const above = pathTo(root, id).slice(0, -1);
  const missing = above.filter((node) => !isExpanded(node, expansion));
  return { ...expansion, ...Object.fromEntries(missing.map((node) => [node.id, true])) };
}

/** The next row after `from` (around the end) whose label begins with the typed text. */
export function findByPrefix(labels: readonly string[], from: number, prefix: string): number | undefined {
  const wanted = prefix.toLocaleLowerCase();
  for (let step = 0; step < labels.length; step++) {
    const index = (from + step) % labels.length;
    if (labels[index]?.toLocaleLowerCase().startsWith(wanted) === true) return index;
  }
  return undefined;
}
