/** The views of a session: which there are, and in which order the page offers them. */

/** Ids of the views in the order of the switch in the header. */
export const VIEW_IDS = ["message", "properties", "storage", "names"] as const;

/** Id of a view. */
export type ViewId = (typeof VIEW_IDS)[number];

/** Whether a value is the id of a view. */
export const isViewId = (value: unknown): value is ViewId => VIEW_IDS.some((id) => id === value);
