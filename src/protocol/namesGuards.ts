/** Checks of the requests of `names.ts`. */
import { type Check, shape } from "./checks";
import type { NamesRequests } from "./names";

/** Parameters of each request. */
export const NAMES_PARAMS: Readonly<Record<keyof NamesRequests, Check>> = { getNames: shape({}) };
