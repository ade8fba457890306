/** The session's allocator: it allocates nothing, it counts and refuses. */
import { MapiError } from "../mapi/errors";
import type { IMalloc } from "./types";

/** An allocator that refuses to hold more than `limit` bytes at a time; without a limit it only counts. */
export function createAllocator(options: { limit?: number } = {}): IMalloc {
  const limit = options.limit ?? Number.POSITIVE_INFINITY;
  let used = 0;
  return {
    limit,
    get used() {
      return used;
    },
    alloc(bytes) {
      if (used + bytes > limit) {
        throw new MapiError(
          "MAPI_E_NOT_ENOUGH_MEMORY",
          `The session holds ${used} bytes; ${bytes} more would pass its limit of ${limit}.`,
        );
      }
      used += bytes;
    },
    free(bytes) {
      used = Math.max(0, used - bytes);
    },
  };
}

/** What one message took from an allocator, so that all of it can be given back when the message is closed. */
export class Account {
  #held = 0;

  constructor(private readonly allocator: IMalloc) {}

  /** Takes bytes. @throws MapiError MAPI_E_NOT_ENOUGH_MEMORY */
  hold(bytes: number): void {
    this.allocator.alloc(bytes);
    this.#held += bytes;
  }

  /** Gives back what is no longer held. */
  release(bytes: number): void {
    const given = Math.min(bytes, this.#held);
    this.allocator.free(given);
    this.#held -= given;
  }

  /** Gives everything back. */
  close(): void {
    this.allocator.free(this.#held);
    this.#held = 0;
  }
}
