/** Checks of the requests that take properties away. */
import { type Check, listOf, shape, text, uint } from "./checks";
import { COPY_FORMATS, type ExportRequests } from "./export";

const format: Check = (value) => COPY_FORMATS.some((known) => known === value);

/** The parameters of each request. */
export const EXPORT_PARAMS: Readonly<Record<keyof ExportRequests, Check>> = {
  copyProperties: shape({ object: text, tags: listOf(uint), format }),
};
