/** Checks of the requests of `search.ts`. */
import { type Check, shape, text, uint } from "./checks";
import { MAX_HITS, type SearchRequests } from "./search";

const limit: Check = (value) => uint(value) && Number(value) <= MAX_HITS;

/** Parameters of each request. */
export const SEARCH_PARAMS: Readonly<Record<keyof SearchRequests, Check>> = {
  searchSession: shape({ query: text, limit }),
  cancelSearch: shape({}),
  compareObjects: shape({ left: text, right: text }),
};
