/** A compound file as a list of its storages and streams with where they lie, for whoever shows the file as it is. */
import { MapiError } from "../mapi/errors";
import { FileContent, type StreamContent, type StreamPlace } from "./content";
import { ROOT_NAME, sectorSizeOf } from "./format";
import { committedStateOf } from "./rootStorage";
import type { Element, StorageState } from "./state";
import type { RootStorage, StorageStat } from "./types";

/** One storage or stream. */
export interface ListedElement {
  /** Its place in the list. */
  readonly id: number;
  /** The storage it is in; undefined for the root. */
  readonly parent: number | undefined;
  readonly name: string;
  readonly type: "storage" | "stream";
  /** Bytes of a stream; 0 for a storage. */
  readonly size: number;
  /** Class id, state bits and times of a storage. */
  readonly stat: StorageStat | undefined;
  /** Where a stream lies in the file; undefined for a storage, and for a stream that no file holds yet. */
  readonly place: StreamPlace | undefined;
}

/** An element to be listed, and the one its content is taken from. */
interface Listed {
  readonly element: Element;
  readonly source: Element;
  readonly parent: number | undefined;
}

/** The elements of a compound file as of its last commit: the root first, each storage before what is in it. */
export class StorageListing {
  readonly elements: readonly ListedElement[];
  readonly #contents: ReadonlyMap<number, StreamContent>;

  private constructor(
    elements: readonly ListedElement[],
    contents: ReadonlyMap<number, StreamContent>,
    /** Bytes of a sector of the file. */
    readonly sectorSize: number,
  ) {
    this.elements = elements;
    this.#contents = contents;
  }

  /**
   * Lists a compound file. Streams are only located, not read.
   * @param held a storage with the same content, whose streams are read in the place of those of `root`: what was only
   * opened to see where everything lies need not stay in memory then
   */
  static of(root: RootStorage, held: RootStorage = root): StorageListing {
    const elements: ListedElement[] = [];
    const contents = new Map<number, StreamContent>();
    const rootOf = (storage: RootStorage): Element => ({
      type: "storage",
      name: ROOT_NAME,
      id: 0,
      state: committedStateOf(storage),
    });
    const stack: Listed[] = [{ element: rootOf(root), source: rootOf(held), parent: undefined }];
    for (let next = stack.pop(); next; next = stack.pop()) {
      const { element, source, parent } = next;
      const id = elements.length;
      elements.push({ id, parent, ...describe(element) });
      if (element.type === "stream") contents.set(id, (source.type === "stream" ? source : element).content);
      else stack.push(...childrenOf(element.state, source, id));
    }
    return new StorageListing(elements, contents, sectorSizeOf(root.majorVersion));
  }

  /**
   * Bytes of a stream from `from` up to `to`, cut to what there is; nothing but these is gathered.
   * @throws MapiError STG_E_FILENOTFOUND when there is no stream of that id.
   */
  read(id: number, from: number, to: number): Uint8Array {
    const content = this.#contents.get(id);
    if (!content) throw new MapiError("STG_E_FILENOTFOUND", "There is no such stream in the file.");
    const start = Math.max(0, Math.min(from, content.size));
    const end = Math.max(start, Math.min(to, content.size));
    const bytes = new Uint8Array(end - start);
    content.copyTo(bytes, 0, start, end);
    return bytes;
  }

  /** All bytes of a stream; a view where the file allows it. @throws MapiError as `read`. */
  bytes(id: number): Uint8Array {
    const content = this.#contents.get(id);
    if (!content) throw new MapiError("STG_E_FILENOTFOUND", "There is no such stream in the file.");
    return content.bytes();
  }
}

function describe(element: Element): Omit<ListedElement, "id" | "parent"> {
  const { name, type } = element;
  if (element.type === "storage") return { name, type, size: 0, stat: element.state.stat, place: undefined };
  const { content } = element;
  const place = content instanceof FileContent ? content.place : undefined;
  return { name, type, size: content.size, stat: undefined, place };
}

/** What is in a storage, last first, so that a stack gives it back in order. */
function childrenOf({ elements }: StorageState, source: Element, parent: number): Listed[] {
  const sources = source.type === "storage" ? source.state.elements : elements;
  return Array.from(elements, ([key, element]) => ({
    element,
    source: sources.get(key) ?? element,
    parent,
  })).reverse();
}
