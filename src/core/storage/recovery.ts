/** Finding what a damaged directory has lost: sectors out of its chain, and entries that no storage leads to. */
import type { DamageLog } from "./damage";
import { looksLikeDirectory } from "./directory";
import {
  isBetween,
  pathOf,
  type BrokenLink,
  type Directory,
  type TreeBuilder,
  type TreeNode,
} from "./directoryTree";
import { UNKNOWN, type SectorFile } from "./fat";
import { ENDOFCHAIN, EntryType, MAXREGSECT, NOSTREAM, viewOf } from "./format";
import { foldName } from "./names";

/** For each sector the one whose chain leads to it, as far as the FAT is there; -1: none. */
function predecessors(file: SectorFile): Int32Array {
  const before = new Int32Array(file.sectorCount).fill(-1);
  file.next.forEach((next, sector) => {
    if (next < file.sectorCount) before[next] = sector;
  });
  return before;
}

/**
 * Sectors that look like part of the directory but are not in its chain, in the order of the file and within that in
 * the order of their chain. Free sectors are left out, they hold what was deleted; and a sector that follows an ordinary one in a chain is left out: it belongs to a compound
 * file that is an attachment's data.
 */
export function findLostDirectorySectors(file: SectorFile, known: readonly number[]): number[] {
  const view = viewOf(file.bytes);
  const before = predecessors(file);
  const taken = new Set(known);
  const isInUse = (sector: number): boolean => {
    const next = file.next[sector] ?? UNKNOWN;
    return next <= MAXREGSECT || next === ENDOFCHAIN || next === UNKNOWN;
  };
  const isCandidate = (sector: number): boolean =>
    file.owners[sector] === 0 &&
    isInUse(sector) &&
    looksLikeDirectory(view, file.offsetOf(sector), file.bytesIn(sector));
  const found: number[] = [];
  for (let head = 0; head < file.sectorCount; head++) {
    const previous = before[head] ?? -1;
    if (taken.has(head) || (previous >= 0 && !taken.has(previous)) || !isCandidate(head)) continue;
    for (
      let sector = head;
      !taken.has(sector) && isCandidate(sector);
      sector = file.next[sector] ?? NOSTREAM
    ) {
      taken.add(sector);
      found.push(sector);
    }
  }
  return found;
}

/** Numbers of the entries that are in use and that the tree does not reach. */
export function findOrphans(directory: Directory, tree: TreeBuilder): number[] {
  const orphans: number[] = [];
  for (let id = 0; id < directory.count; id++) {
    if (tree.isVisited(id)) continue;
    const type = directory.typeOf(id);
    if (type !== EntryType.storage && type !== EntryType.stream) continue;
    if (directory.entry(id)?.nameFault === undefined) orphans.push(id);
  }
  return orphans;
}

/** Orphans that no other orphan leads to: the tops of what was lost together. */
function topsOf(orphans: readonly number[], directory: Directory): number[] {
  const led = new Set<number>();
  for (const id of orphans) {
    const entry = directory.entry(id);
    if (!entry) continue;
    for (const to of [entry.left, entry.right, entry.type === EntryType.storage ? entry.child : NOSTREAM]) {
      if (to !== id) led.add(to);
    }
  }
  return orphans.filter((id) => !led.has(id));
}

/** The broken link an orphan fits best: its name lies in the gap, and its number is nearest. */
function bestLink(links: ReadonlySet<BrokenLink>, id: number, folded: string): BrokenLink | undefined {
  let best: BrokenLink | undefined;
  for (const link of links) {
    if (!isBetween(folded, link.low, link.high) || link.owner.children?.has(folded)) continue;
    if (!best || Math.abs(link.from - id) < Math.abs(best.from - id)) best = link;
  }
  return best;
}

/** How far a neighbour's place in the directory says something. */
const NEAR = 8;

/** The nearest entry that has a place, downwards or upwards, and how far it is. */
function neighbour(
  tree: TreeBuilder,
  id: number,
  step: 1 | -1,
): { node: TreeNode; distance: number } | undefined {
  for (let distance = 1; distance <= NEAR; distance++) {
    const node = tree.nodeOf(id + distance * step);
    if (node) return { node, distance };
  }
  return undefined;
}

/** The storage an orphan most likely is in by its place in the directory: writers put siblings side by side. */
function storageAround(tree: TreeBuilder, id: number): TreeNode | undefined {
  const below = neighbour(tree, id, -1);
  const above = neighbour(tree, id, 1);
  if (!below || !above) return below?.node.parent ?? above?.node.parent;
  if (above.node.parent === below.node) return below.node;
  return above.distance <= below.distance ? above.node.parent : below.node.parent;
}

/** Most broken links looked through for one orphan. */
const MAX_LINKS = 1000;

/**
 * Gives every orphan a place: in the storage where a link is broken and its name fits, else in the storage of its
 * neighbours in the directory, else in the root; where its name is taken there too it is left out. All is reported.
 */
export function placeOrphans(directory: Directory, tree: TreeBuilder, root: TreeNode, log: DamageLog): void {
  const orphans = findOrphans(directory, tree);
  const links = new Set(tree.brokenLinks.slice(0, MAX_LINKS));
  const refused = new Set<number>();
  const place = (id: number): void => {
    const entry = directory.entry(id);
    if (!entry || tree.isVisited(id) || refused.has(id)) return;
    const folded = foldName(entry.name);
    const link = bestLink(links, id, folded);
    if (link) links.delete(link);
    const owners = [link?.owner, storageAround(tree, id), root];
    const owner = owners.find((candidate) => candidate && !candidate.children?.has(folded));
    const object = `directory entry ${id}`;
    const offset = directory.offsetOf(id);
    if (!owner) {
      refused.add(id);
      log.report({
        object,
        offset,
        message: `"${entry.name}" belongs to no storage, and its name is taken in the root.`,
      });
      return;
    }
    const message = `"${entry.name}" belonged to no storage and was put into "${pathOf(owner)}".`;
    log.report({ object, offset, message });
    tree.addSiblings(owner, id, id);
  };
  topsOf(orphans, directory).forEach(place);
  // What is left runs in circles or follows an entry that was left out.
  orphans.forEach(place);
}
