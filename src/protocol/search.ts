/** Requests that look at more than one object: the search through the session, and the comparison of two objects. */
import type { ChangeKind, ObjectId } from "./viewModel";

/** Most hits that are sent to the page; beyond them they are only counted. */
export const MAX_HITS = 2_000;

/** A property that was found. */
export interface SearchHit {
  readonly tag: number;
  readonly name: string;
  readonly tagText: string;
  readonly typeText: string;
  /** The value as the grid shows it; where the match lies further on in a long value, that part of it. */
  readonly value: string;
  readonly change?: ChangeKind;
}

/** The hits in one object. */
export interface ObjectHits {
  readonly object: ObjectId;
  readonly hits: readonly SearchHit[];
}

/** What a search came to. */
export interface SearchResult {
  /** Objects with hits, in the order of the tree. */
  readonly objects: readonly ObjectHits[];
  /** Hits there are, those that were not sent included. */
  readonly count: number;
  /** Objects they are in. */
  readonly objectCount: number;
  /** Another search of the same page took this one's place; what there is counts for nothing. */
  readonly cancelled: boolean;
}

/** A property of two objects. */
export interface ComparedProperty {
  /** The tag in the left object; in the right one where the left has none. */
  readonly tag: number;
  readonly name: string;
  readonly canonicalName: string;
  readonly tagText: string;
  readonly typeText: string;
  /** What the left object shows; undefined where it does not have the property. */
  readonly left?: string;
  readonly right?: string;
  /** Type and value are the same in both. */
  readonly same: boolean;
}

/** Requests of this area. */
export interface SearchRequests {
  /**
   * Searches all objects with properties by a filter (`filter.ts`), whole values included. `limit`: most hits to send.
   * A newer search of the page cancels one that is under way.
   */
  searchSession: { params: { query: string; limit: number }; result: SearchResult };
  /** Cancels the search that is under way, if there is one. */
  cancelSearch: { params: Record<string, never>; result: Record<string, never> };
  /** The union of the properties of two objects, those of the left first, deleted ones left out. */
  compareObjects: {
    params: { left: ObjectId; right: ObjectId };
    result: { properties: readonly ComparedProperty[] };
  };
}
