/** The directory of a file, and the tree of storages and streams that its entries make ([MS-CFB] 2.6). */
import type { DamageLog } from "./damage";
import { readEntry, readType, type DirectoryEntry } from "./directory";
import { describeEnd, isEnded, walkStructure, type SectorFile } from "./fat";
import { ENTRY_SIZE, EntryType, MAX_DEPTH, NOSTREAM, ROOT_NAME, viewOf } from "./format";
import { compareFolded, foldName } from "./names";
import type { Problem } from "./types";

/** The directory's entries, by number, read from the file when asked for. */
export class Directory {
  readonly #view: DataView;

  /**
   * @param sectors the directory's sectors in order
   * @param certain how many of them its chain gave; the others were found by their looks, their order is a guess
   */
  constructor(
    readonly file: SectorFile,
    readonly sectors: readonly number[],
    readonly certain: number,
  ) {
    this.#view = viewOf(file.bytes);
  }

  get #perSector(): number {
    return this.file.sectorSize / ENTRY_SIZE;
  }

  /** Number of entries there is room for, used or not. */
  get count(): number {
    return this.sectors.length * this.#perSector;
  }

  /** Whether the entry's number is only a guess. */
  isGuessed(id: number): boolean {
    return id >= this.certain * this.#perSector;
  }

  /** Byte offset of an entry; `id` is below `count`. */
  offsetOf(id: number): number {
    const sector = this.sectors[Math.floor(id / this.#perSector)] ?? 0;
    return this.file.offsetOf(sector) + (id % this.#perSector) * ENTRY_SIZE;
  }

  /** The type of an entry; that of an unused one where there is none. */
  typeOf(id: number): number {
    if (id >= this.count) return EntryType.unused;
    const offset = this.offsetOf(id);
    return offset + ENTRY_SIZE <= this.file.bytes.length ? readType(this.#view, offset) : EntryType.unused;
  }

  /** An entry, or undefined when there is none of that number or it is cut off. */
  entry(id: number): DirectoryEntry | undefined {
    if (id >= this.count) return undefined;
    const offset = this.offsetOf(id);
    return offset + ENTRY_SIZE <= this.file.bytes.length ? readEntry(this.#view, offset) : undefined;
  }
}

/** Follows the directory's chain. Reports where it breaks; `whole` says whether all its places are known. */
export function loadDirectorySectors(
  file: SectorFile,
  log: DamageLog,
): { sectors: number[]; whole: boolean } {
  const limit = Math.max(file.sectorCount, file.next.length);
  const [sectors, walk] = walkStructure(file, file.header.firstDirectorySector, limit, log.recover);
  const cut = sectors.filter((sector) => file.bytesIn(sector) < file.sectorSize);
  for (const sector of cut) {
    const message = `Directory sector ${sector} is missing or cut off.`;
    log.report({ object: "directory", offset: file.offsetOf(sector), message });
  }
  const whole = sectors.length > 0 && isEnded(walk);
  if (!whole) {
    const offset = walk.last === undefined ? 48 : file.offsetOf(walk.last);
    const message = sectors.length === 0 ? "The directory is missing." : describeEnd(walk);
    log.report({ object: "directory", offset, message });
  }
  return { sectors, whole };
}

/** A storage or stream found in the directory. */
export interface TreeNode {
  readonly id: number;
  readonly name: string;
  /** The name under which its storage has it. */
  readonly folded: string;
  readonly entry: DirectoryEntry;
  readonly parent: TreeNode | undefined;
  readonly depth: number;
  /** By folded name, in the order in which they were found; undefined for a stream. */
  readonly children: Map<string, TreeNode> | undefined;
}

/** A link of a sibling tree that leads nowhere: where entries are missing. */
export interface BrokenLink {
  readonly owner: TreeNode;
  /** The entry whose link it is. */
  readonly from: number;
  /** Folded names between which the missing ones lie; undefined: no bound. */
  readonly low: string | undefined;
  readonly high: string | undefined;
}

interface Link {
  readonly owner: TreeNode;
  readonly from: number;
  readonly to: number;
  readonly low: string | undefined;
  readonly high: string | undefined;
}

/** The names from the root's child down, joined by "/"; "Root Entry" for the root. */
export function pathOf(node: TreeNode): string {
  const names: string[] = [];
  for (let at = node; at.parent; at = at.parent) names.unshift(at.name);
  return names.length === 0 ? ROOT_NAME : names.join("/");
}

/** Whether a folded name lies between two others. */
export function isBetween(name: string, low: string | undefined, high: string | undefined): boolean {
  const above = low === undefined || compareFolded(low, name) < 0;
  return above && (high === undefined || compareFolded(name, high) < 0);
}

/** Walks the directory without recursion; each entry is taken once, whatever the links say. */
export class TreeBuilder {
  /** Every node found, each before those below it. */
  readonly nodes: TreeNode[] = [];
  readonly brokenLinks: BrokenLink[] = [];
  /** By entry number: the node it became. */
  readonly #nodeOf: (TreeNode | undefined)[];
  readonly #visited: Uint8Array;

  constructor(
    readonly directory: Directory,
    readonly log: DamageLog,
  ) {
    this.#visited = new Uint8Array(directory.count);
    this.#nodeOf = new Array<TreeNode | undefined>(directory.count);
  }

  /** Whether an entry was met already. */
  isVisited(id: number): boolean {
    return this.#visited[id] !== 0;
  }

  /** The node an entry became. */
  nodeOf(id: number): TreeNode | undefined {
    return this.#nodeOf[id];
  }

  /** Takes entry `id` as the root and everything below it. */
  addRoot(id: number, entry: DirectoryEntry): TreeNode {
    const root: TreeNode = {
      id,
      name: ROOT_NAME,
      folded: "",
      entry,
      parent: undefined,
      depth: 0,
      children: new Map<string, TreeNode>(),
    };
    this.#visited[id] = 1;
    this.nodes.push(root);
    this.#nodeOf[id] = root;
    this.addSiblings(root, id, entry.child);
    return root;
  }

  /** Takes the sibling tree with its top at entry `to` into `owner`, and everything below. */
  addSiblings(owner: TreeNode, from: number, to: number): void {
    const links: Link[] = [];
    const push = (
      storage: TreeNode,
      id: number,
      target: number,
      low: string | undefined,
      high: string | undefined,
    ): void => {
      if (target !== NOSTREAM) links.push({ owner: storage, from: id, to: target, low, high });
    };
    push(owner, from, to, undefined, undefined);
    for (let link = links.pop(); link; link = links.pop()) {
      const entry = this.#follow(link);
      if (!entry) continue;
      const name = foldName(entry.name);
      const { owner: storage, low, high, to: id } = link;
      push(storage, id, entry.right, name, high);
      push(storage, id, entry.left, low, name);
      const node = this.#addNode(storage, id, entry, name);
      if (node && entry.type === EntryType.storage) {
        push(node, id, entry.child, undefined, undefined);
      }
    }
  }

  /** The entry a link leads to, or undefined when it leads nowhere (reported). */
  #follow(link: Link): DirectoryEntry | undefined {
    const { owner, from, to, low, high } = link;
    const entry = this.directory.entry(to);
    const fault = this.#linkFault(link, entry);
    if (entry && fault === undefined) {
      this.#visited[to] = 1;
      return entry;
    }
    this.brokenLinks.push({ owner, from, low, high });
    const message = `Entry ${from} in storage "${pathOf(owner)}" leads to entry ${to}, ${fault ?? ""}.`;
    this.log.report({ object: `directory entry ${from}`, offset: this.directory.offsetOf(from), message });
    return undefined;
  }

  #linkFault(link: Link, entry: DirectoryEntry | undefined): string | undefined {
    if (!entry) return "which is missing";
    if (this.isVisited(link.to)) return "which belongs to another place already";
    if (entry.type === EntryType.unused) return "which is not in use";
    if (entry.type !== EntryType.storage && entry.type !== EntryType.stream) {
      return `which is of type ${entry.type}, neither storage nor stream`;
    }
    const guessed = this.directory.isGuessed(link.to);
    if (guessed && !isBetween(foldName(entry.name), link.low, link.high))
      return "whose name does not fit there";
    return undefined;
  }

  /** Whether an entry can become an element of a storage; reports why not. */
  #isAddable(owner: TreeNode, id: number, entry: DirectoryEntry, folded: string): boolean {
    const { nameFault, name } = entry;
    // What to say is only put together when there is something to say: this is asked for every entry.
    const place = (): Pick<Problem, "object"> & { offset: number } => ({
      object: `directory entry ${id}`,
      offset: this.directory.offsetOf(id),
    });
    if (nameFault !== undefined) {
      const lossy = name.length === 0;
      const message = `Entry ${id} in storage "${pathOf(owner)}" ${nameFault}.`;
      this.log.report({ ...place(), message, lossy });
      if (lossy) return false;
    }
    if (owner.children?.has(folded)) {
      const message = `There are two elements "${name}" in storage "${pathOf(owner)}".`;
      this.log.report({ ...place(), message });
      return false;
    }
    if (owner.depth < MAX_DEPTH) return true;
    this.log.report({ ...place(), message: `Storages are nested deeper than ${MAX_DEPTH}.` });
    return false;
  }

  #addNode(owner: TreeNode, id: number, entry: DirectoryEntry, folded: string): TreeNode | undefined {
    if (!this.#isAddable(owner, id, entry, folded)) return undefined;
    const node: TreeNode = {
      id,
      name: entry.name,
      folded,
      entry,
      parent: owner,
      depth: owner.depth + 1,
      children: entry.type === EntryType.stream ? undefined : new Map<string, TreeNode>(),
    };
    owner.children?.set(folded, node);
    this.nodes.push(node);
    this.#nodeOf[id] = node;
    return node;
  }
}
