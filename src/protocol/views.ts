/** The views of a session: which there are, and in which order the page offers them. */

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
