/** Checks of the requests of `views.ts`. */
import { type Check, listOf, shape, text, truth, uint } from "./checks";
import type { ViewsRequests } from "./views";

const few =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.length <= 64 && listOf(check)(value);

/** Parameters of each request. */
export const VIEWS_PARAMS: Readonly<Record<keyof ViewsRequests, Check>> = {
  saveColumns: shape({ columns: few(shape({ id: text, width: uint, shown: truth })) }),
};
