/** The views of a session: which there are, and in which order the page offers them. */

import { isRecord } from "./checks";
import { COPY_FORMATS, type CopyFormat } from "./export";

/** Ids of the views in the order of the switch in the header. */
export const VIEW_IDS = ["message", "properties", "storage", "names"] as const;

/** Id of a view. */
export type ViewId = (typeof VIEW_IDS)[number];

/** How a column of the grid is arranged. The page reads it as a proposal: it may come from another version. */
export interface ColumnPreference {
  readonly id: string;
  /** In CSS pixels. */
  readonly width: number;
  readonly shown: boolean;
}

/** What the page remembers across documents. */
export interface ViewsRequests {
  /** The columns of the grid in their order; every document opened later begins with them. */
  saveColumns: { params: { columns: ColumnPreference[] }; result: Record<string, never> };
}

/** Whether a value is the id of a view. */
export const isViewId = (value: unknown): value is ViewId => VIEW_IDS.some((id) => id === value);

/** What a command of VS Code has the page do, and only the page can. */
export type PageCommand =
  | { readonly kind: "showView"; readonly view: ViewId }
  /** Copies the properties that are chosen in the grid. */
  | { readonly kind: "copy"; readonly format: CopyFormat };

/** Whether a value is a command to the page. */
export function isPageCommand(value: unknown): value is PageCommand {
  if (!isRecord(value)) return false;
  if (value["kind"] === "showView") return isViewId(value["view"]);
  return value["kind"] === "copy" && COPY_FORMATS.some((format) => format === value["format"]);
}
