/** Requests that take properties away: to the clipboard, in the form asked for. */
import type { ObjectId } from "./viewModel";

/** The forms that properties are copied in. */
export const COPY_FORMATS = ["text", "json", "csv", "cpp", "csharp", "name", "tag", "value"] as const;

/** A form that properties are copied in. */
export type CopyFormat = (typeof COPY_FORMATS)[number];

/** Requests of this area. */
export interface ExportRequests {
  /** Puts properties of an object on the clipboard; `copied` is how many of the tags the object has. */
  copyProperties: {
    params: { object: ObjectId; tags: number[]; format: CopyFormat };
    result: { copied: number };
  };
}
