/** The sibling tree of a storage, laid out balanced ([MS-CFB] 2.6.4). */
import { NOSTREAM } from "./format";

/** The place of one node. */
export interface TreeNode {
  readonly left: number;
  readonly right: number;
  readonly black: boolean;
}

/** A laid-out tree: the top and the nodes by index into the sorted list. */
export interface SiblingTree {
  /** Index of the top, NOSTREAM when there are no nodes. */
  readonly top: number;
  readonly nodes: readonly TreeNode[];
}

/**
 * A tree over `count` nodes that are sorted already: each subtree is split in the middle, so that all levels but the
 * last are full. The nodes of an unfilled last level are red, all others black: the top is black, no red node has a red
 * child, and the black height is the same everywhere.
 */
export function layOutSiblings(count: number): SiblingTree {
  const lastLevel = Math.floor(Math.log2(count + 1));
  const nodes = new Array<TreeNode>(count);
  const middle = (low: number, high: number): number =>
    low < high ? Math.floor((low + high) / 2) : NOSTREAM;
  const pending = [{ low: 0, high: count, level: 0 }];
  for (let part = pending.pop(); part; part = pending.pop()) {
    const { low, high, level } = part;
    if (low >= high) continue;
    const at = middle(low, high);
    nodes[at] = { left: middle(low, at), right: middle(at + 1, high), black: level < lastLevel };
    pending.push({ low, high: at, level: level + 1 }, { low: at + 1, high, level: level + 1 });
  }
  return { top: middle(0, count), nodes };
}
