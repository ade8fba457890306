/** Opening a compound file: header, FAT, directory, streams, in that order, into the root's committed state. */
import { DamageLog } from "./damage";
import { Directory, loadDirectorySectors, TreeBuilder, type TreeNode } from "./directoryTree";
import type { StreamContent } from "./content";
import { loadFat, SectorFile } from "./fat";
import { EntryType, NOSTREAM } from "./format";
import { readHeader, type Header } from "./header";
import { findLostDirectorySectors, findOrphans, placeOrphans } from "./recovery";
import { emptyState, nextId, type Element, type StorageState } from "./state";
import { StreamReader } from "./streams";
import type { Problem } from "./types";

/** A file taken apart. */
export interface OpenedFile {
  readonly header: Header;
  readonly state: StorageState;
  /** Empty unless the file was recovered. */
  readonly problems: readonly Problem[];
}

/** Whether an entry leads to a number that the directory does not have: its chain ended too early. */
function leadsOutside(directory: Directory): boolean {
  for (let id = 0; id < directory.count; id++) {
    const entry = directory.typeOf(id) === EntryType.unused ? undefined : directory.entry(id);
    if (!entry) continue;
    const links = [entry.left, entry.right, entry.child];
    if (links.some((link) => link !== NOSTREAM && link >= directory.count)) return true;
  }
  return false;
}

/** The directory; when recovering with the sectors its chain has lost. */
function loadDirectory(file: SectorFile, log: DamageLog): Directory {
  const { sectors, whole } = loadDirectorySectors(file, log);
  const directory = new Directory(file, sectors, sectors.length);
  if (!log.recover) return directory;
  const lost = !whole || leadsOutside(directory) ? findLostDirectorySectors(file, sectors) : [];
  if (lost.length > 0) {
    const message = `${lost.length} sectors were taken for lost parts of the directory.`;
    log.report({ object: "directory", message });
  }
  return new Directory(file, [...sectors, ...lost], sectors.length);
}

/** The number of the root's entry: 0, or when recovering the first one of its type. */
function findRoot(directory: Directory, log: DamageLog): number | undefined {
  if (directory.typeOf(0) === EntryType.root) return 0;
  const offset = directory.count > 0 ? { offset: directory.offsetOf(0) } : {};
  log.report({
    object: "directory entry 0",
    ...offset,
    message: "The first directory entry is not the root's.",
  });
  for (let id = 1; id < directory.count; id++) {
    if (directory.typeOf(id) === EntryType.root) return id;
  }
  return directory.entry(0) ? 0 : undefined;
}

/** Nothing may be in use that no storage leads to: it would be gone after the next save. */
function refuseOrphans(directory: Directory, tree: TreeBuilder, log: DamageLog): void {
  const [first] = findOrphans(directory, tree);
  if (first === undefined) return;
  const name = directory.entry(first)?.name ?? "";
  const message = `"${name}" belongs to no storage.`;
  log.report({ object: `directory entry ${first}`, offset: directory.offsetOf(first), message });
}

/**
 * Makes the states out of the nodes: the elements of each storage in the order of the directory, which is that of the
 * numbers.
 * @param contents by entry number
 */
function buildState(
  nodes: readonly TreeNode[],
  contents: readonly (StreamContent | undefined)[],
): StorageState {
  const byId: (TreeNode | undefined)[] = new Array<TreeNode | undefined>(contents.length);
  for (const node of nodes) byId[node.id] = node;
  const elementsOf = new Map<TreeNode, Map<string, Element>>();
  // A storage may have a lower number than the one it is in.
  const stateOf = (node: TreeNode): StorageState => {
    const elements = new Map<string, Element>();
    elementsOf.set(node, elements);
    return { stat: node.entry.stat ?? emptyState(0n, 0n).stat, elements };
  };
  const states = byId.map((node) => (node?.children ? stateOf(node) : undefined));
  for (const node of byId) {
    if (!node?.parent) continue;
    const { id, name } = node;
    const state = states[id];
    const content = contents[id];
    const siblings = elementsOf.get(node.parent);
    if (state) siblings?.set(node.folded, { type: "storage", name, id: nextId(), state });
    else if (content) siblings?.set(node.folded, { type: "stream", name, content });
  }
  const [root] = nodes;
  return (root && states[root.id]) ?? emptyState(0n, 0n);
}

/**
 * Reads a compound file. Every chain, link, count and size is checked here, so that nothing can fail later; streams are
 * only located, not read.
 * @param recover whether to take what is there of a damaged file; otherwise the first damage throws MapiError
 */
export function readCompoundFile(bytes: Uint8Array, recover: boolean): OpenedFile {
  const log = new DamageLog(recover);
  const header = readHeader(bytes, log);
  const file = new SectorFile(bytes, header);
  loadFat(file, log);
  const directory = loadDirectory(file, log);
  const rootId = findRoot(directory, log);
  const rootEntry = rootId === undefined ? undefined : directory.entry(rootId);
  if (rootId === undefined || !rootEntry)
    return { header, state: emptyState(0n, 0n), problems: log.problems };
  const tree = new TreeBuilder(directory, log);
  const root = tree.addRoot(rootId, rootEntry);
  if (recover) placeOrphans(directory, tree, root, log);
  else refuseOrphans(directory, tree, log);
  const contents = new StreamReader(file, log, directory.count).readAll(rootEntry, tree.nodes);
  return { header, state: buildState(tree.nodes, contents), problems: log.problems };
}
