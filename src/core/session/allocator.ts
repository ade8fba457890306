/** The session's allocator: it allocates nothing, it counts and refuses. */
import { MapiError } from "../mapi/errors";
import { type Content, diffContent, type Holding } from "./holdings";
import type { IMalloc } from "./types";

function checkSize(bytes: number): void {
  if (Number.isNaN(bytes) || bytes < 0)
    throw new MapiError("MAPI_E_INVALID_PARAMETER", `${bytes} is not a number of bytes.`);
}

/**
 * An allocator that refuses to hold more than `limit` bytes at a time; without a limit it only counts. A session takes
 * the property stream of every message it opens, and the values and names that are new or changed in it as they stand;
 * what is replaced, deleted or closed is given back.
 */
export function createAllocator(options: { limit?: number } = {}): IMalloc {
  const limit = options.limit ?? Number.POSITIVE_INFINITY;
  checkSize(limit);
  let used = 0;
  return {
    limit,
    get used() {
      return used;
    },
    alloc(bytes) {
      checkSize(bytes);
      if (used + bytes > limit) {
        throw new MapiError(
          "MAPI_E_NOT_ENOUGH_MEMORY",
          `The session holds ${used} bytes; ${bytes} more would pass its limit of ${limit}.`,
        );
      }
      used += bytes;
    },
    free(bytes) {
      checkSize(bytes);
      used = Math.max(0, used - bytes);
    },
  };
}

/**
 * What one message file took from an allocator. The contents of its open objects share values; each value is counted
 * once, as long as any of them has it.
 */
export class Account {
  readonly #uses = new Map<Holding, number>();
  #taken = 0;
  #open = true;

  constructor(private readonly allocator: IMalloc) {}

  /** Takes bytes until the account is closed. @throws MapiError MAPI_E_NOT_ENOUGH_MEMORY */
  hold(bytes: number): void {
    this.allocator.alloc(bytes);
    this.#taken += bytes;
  }

  /**
   * An object has other content now: takes what is new and gives back what nobody has any more.
   * @throws MapiError MAPI_E_NOT_ENOUGH_MEMORY; nothing is taken or given back then.
   */
  exchange(before: Content | undefined, after: Content | undefined): void {
    if (!this.#open || before === after) return;
    const changes = new Map<Holding, number>();
    diffContent(before, after, (item, change) => changes.set(item, (changes.get(item) ?? 0) + change));
    this.#apply(changes);
  }

  /** As `exchange`, for one thing that holds bytes. */
  exchangeItem(before: Holding, after: Holding): void {
    if (!this.#open || before === after) return;
    this.#apply(
      new Map([
        [before, this.#uses.has(before) ? -1 : 0],
        [after, 1],
      ]),
    );
  }

  #apply(changes: ReadonlyMap<Holding, number>): void {
    let bytes = 0;
    for (const [item, change] of changes) {
      const uses = this.#uses.get(item) ?? 0;
      const size = item.held ?? 0;
      if (uses === 0 && change > 0) bytes += size;
      else if (uses > 0 && uses + change <= 0) bytes -= size;
    }
    if (bytes > 0) this.allocator.alloc(bytes);
    else if (bytes < 0) this.allocator.free(-bytes);
    this.#taken += bytes;
    for (const [item, change] of changes) {
      const uses = (this.#uses.get(item) ?? 0) + change;
      if (uses > 0) this.#uses.set(item, uses);
      else this.#uses.delete(item);
    }
  }

  /** Gives everything back, once. */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.allocator.free(this.#taken);
    this.#taken = 0;
    this.#uses.clear();
  }
}
