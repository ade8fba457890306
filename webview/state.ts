/** What the page remembers when it is hidden and shown again: where one was, never what the mail holds. */
import { isViewId, type ViewId } from "../src/protocol/views";
import { COLUMNS, readColumns, type Column, type ColumnState } from "./grid/columnModel";

/** How the grid is sorted; undefined means the order of the property stream. */
export interface Sort {
  readonly column: Column;
  readonly descending: boolean;
}

/** Navigation and appearance of the page. Sizes in CSS pixels. */
export interface UiState {
  /** The view that was shown last; undefined before the person chose one. */
  readonly view?: ViewId | undefined;
  readonly object?: string | undefined;
  readonly tag?: number | undefined;
  /** Whether the text of messages stands on paper of the theme's colours. */
  readonly messageFollowsTheme: boolean;
  readonly filter: string;
  readonly sort?: Sort | undefined;
  readonly treeWidth: number;
  readonly detailHeight: number;
  readonly detailCollapsed: boolean;
  /** The columns of the grid as they were arranged here; undefined: as they were arranged last anywhere. */
  readonly columns?: readonly ColumnState[] | undefined;
  readonly expanded: Readonly<Record<string, boolean>>;
  readonly gridScroll: number;
  readonly treeScroll: number;
}

/** The state of a page that was never shown before. */
export const DEFAULT_STATE: UiState = {
  messageFollowsTheme: false,
  filter: "",
  treeWidth: 240,
  detailHeight: 240,
  detailCollapsed: false,
  expanded: {},
  gridScroll: 0,
  treeScroll: 0,
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const size = (value: unknown, fallback: number): number =>
  typeof value === "number" && Number.isFinite(value) && value >= 0 && value < 100_000 ? value : fallback;
const scroll = (value: unknown): number =>
  typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : 0;
const isColumn = (value: unknown): value is Column => COLUMNS.some((column) => column === value);

function readSort(value: unknown): Sort | undefined {
  if (!isRecord(value) || !isColumn(value["column"])) return undefined;
  return { column: value["column"], descending: value["descending"] === true };
}

function readExpanded(value: unknown): Record<string, boolean> {
  if (!isRecord(value)) return {};
  const entries = Object.entries(value).filter(
    (entry): entry is [string, boolean] => typeof entry[1] === "boolean",
  );
  return Object.fromEntries(entries);
}

/** Reads a stored state; whatever does not fit (an older page wrote it) falls back to the default. */
export function readState(stored: unknown): UiState {
  if (!isRecord(stored)) return DEFAULT_STATE;
  return {
    view: isViewId(stored["view"]) ? stored["view"] : undefined,
    object: typeof stored["object"] === "string" ? stored["object"] : undefined,
    tag: typeof stored["tag"] === "number" ? stored["tag"] : undefined,
    messageFollowsTheme: stored["messageFollowsTheme"] === true,
    filter: typeof stored["filter"] === "string" ? stored["filter"] : "",
    sort: readSort(stored["sort"]),
    treeWidth: size(stored["treeWidth"], DEFAULT_STATE.treeWidth),
    detailHeight: size(stored["detailHeight"], DEFAULT_STATE.detailHeight),
    detailCollapsed: stored["detailCollapsed"] === true,
    columns: Array.isArray(stored["columns"]) ? readColumns(stored["columns"]) : undefined,
    expanded: readExpanded(stored["expanded"]),
    gridScroll: scroll(stored["gridScroll"]),
    treeScroll: scroll(stored["treeScroll"]),
  };
}

/** Where the state is kept: VS Code's own place for webviews. */
export interface StateStore {
  getState(): unknown;
  setState(state: unknown): void;
}

/** Holds the state and writes it through, at most once a frame. */
export class PageState {
  #state: UiState;
  #scheduled = false;

  constructor(private readonly store: StateStore) {
    this.#state = readState(store.getState());
  }

  /** The state now. */
  get value(): UiState {
    return this.#state;
  }

  /** Changes parts of the state and keeps it. */
  update(patch: Partial<UiState>): void {
    this.#state = { ...this.#state, ...patch };
    if (this.#scheduled) return;
    this.#scheduled = true;
    window.setTimeout(() => this.flush(), 50);
  }

  /** Writes what is not written yet; for when the page goes away. */
  flush(): void {
    if (!this.#scheduled) return;
    this.#scheduled = false;
    this.store.setState(this.#state);
  }
}
