/** Answers to the requests that look at more than one object. */
import { propId, sameValue } from "../core";
import type { ComparedProperty, SearchRequests } from "../protocol/search";
import type { TreeNode } from "../protocol/viewModel";
import type { Handlers } from "./handlers";
import { type Cancellation, searchObjects } from "./sessionSearch";
import { type RowAndView, type RowContext, rowsAndViewsOf } from "./viewModel/rows";
import { treeOf } from "./viewModel/tree";

/** The addresses of all objects that have properties, in the order of the tree. */
export function objectsWithProperties(root: TreeNode): string[] {
  const addresses: string[] = [];
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.hasProperties) addresses.push(node.id);
    open.push(...[...node.children].reverse());
  }
  return addresses;
}

/** Properties by id: two objects of a file have the same named properties under the same ids. */
function present(context: RowContext, address: string): Map<number, RowAndView> {
  const entries = rowsAndViewsOf(context, address).filter(({ view }) => view.change !== "deleted");
  return new Map(entries.map((entry) => [propId(entry.view.tag), entry]));
}

function isSame(left: RowAndView | undefined, right: RowAndView | undefined): boolean {
  if (left === undefined || right === undefined || left.view.tag !== right.view.tag) return false;
  // What cannot be read is only known to be the same when it is told in the same words.
  if (left.view.problem !== undefined || right.view.problem !== undefined)
    return left.view.problem === right.view.problem;
  return sameValue(left.view.value, right.view.value);
}

/** The union of the properties of two objects. */
export function comparedProperties(context: RowContext, left: string, right: string): ComparedProperty[] {
  const leftRows = present(context, left);
  const rightRows = present(context, right);
  const ids = [...leftRows.keys(), ...[...rightRows.keys()].filter((id) => !leftRows.has(id))];
  return ids.flatMap((id) => {
    const [a, b] = [leftRows.get(id), rightRows.get(id)];
    const shown = (a ?? b)?.row;
    if (shown === undefined) return [];
    const { tag, name, canonicalName, tagText, typeText } = shown;
    return [
      {
        tag,
        name,
        canonicalName,
        tagText,
        typeText,
        ...(a === undefined ? {} : { left: a.row.value }),
        ...(b === undefined ? {} : { right: b.row.value }),
        same: isSame(a, b),
      },
    ];
  });
}

/** Handlers of the requests of `protocol/search.ts`, for one page. */
export function searchRequests(context: () => RowContext): Handlers<SearchRequests> {
  let current: Cancellation = { cancelled: false };
  return {
    searchSession: ({ query, limit }) => {
      current.cancelled = true;
      current = { cancelled: false };
      const rows = context();
      const tree = treeOf({ outline: rows.outline, dictionary: rows.dictionary, editable: false });
      return searchObjects(rows, objectsWithProperties(tree), query, limit, current);
    },
    cancelSearch: () => {
      current.cancelled = true;
      return {};
    },
    compareObjects: ({ left, right }) => ({ properties: comparedProperties(context(), left, right) }),
  };
}
