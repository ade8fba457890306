/** The search through the session: asks the host while a person types, and shows what it found. */
import { MAX_HITS, type SearchHit, type SearchResult } from "../../src/protocol/search";
import type { TreeNode } from "../../src/protocol/viewModel";
import { h, icon, setAttributes, setDataText } from "../dom";
import type { Page } from "../page";
import { t } from "../strings";
import { findNode } from "../tree/model";
import { TableView } from "../ui/tableView";
import { visibleText } from "../visibleText";

/** How long nothing is typed before the host is asked, in milliseconds. */
const ASK_AFTER_MS = 150;
const EMPTY: SearchResult = { objects: [], count: 0, objectCount: 0, cancelled: false };

/** A row of the results: an object, or a property below it. */
export interface ResultRow {
  readonly node: TreeNode;
  /** Number of hits in the object. */
  readonly count: number;
  readonly hit?: SearchHit;
}

/** What the search asks of the view. */
export interface SearchActions {
  /** The tree the results are named by. */
  tree(): TreeNode;
  /** The row the keyboard is at has changed. */
  activeChanged(row: ResultRow | undefined): void;
  open(row: ResultRow): void;
  /** Back to the field. */
  leave(): void;
  /** What the switch says of the session: a count, or nothing. */
  counted(text: string): void;
}

/** How many hits there are, in words. */
export function countText({ count, objectCount }: SearchResult): string {
  if (count === 0) return "0";
  const number = count.toLocaleString();
  return objectCount === 1
    ? t("searchCountOne", number)
    : t("searchCount", number, objectCount.toLocaleString());
}

/** The results as rows: each object, then its hits. */
export function resultRows(result: SearchResult, tree: TreeNode): readonly ResultRow[] {
  return result.objects.flatMap(({ object, hits }) => {
    const node = findNode(tree, object);
    if (node === undefined) return [];
    return [{ node, count: hits.length }, ...hits.map((hit) => ({ node, count: 0, hit }))];
  });
}

const keyOf = ({ node, hit }: ResultRow): string => (hit === undefined ? node.id : `${node.id}#${hit.tag}`);

function drawName(cell: HTMLElement, { node, count, hit }: ResultRow): void {
  const label = h("span", { class: "cell-text isolate" });
  setDataText(label, hit?.name ?? node.label);
  if (hit !== undefined) {
    setAttributes(cell, { "data-change": hit.change });
    cell.append(label);
    return;
  }
  const number = h("span", { class: "result-count" }, count.toLocaleString());
  cell.append(icon(node.icon, "node-icon"), label);
  if (node.badge !== undefined) cell.append(h("span", { class: "node-badge" }, node.badge));
  cell.append(number);
}

/** The search and its results. */
export class SessionSearch {
  readonly element: HTMLElement;
  readonly #table: TableView<ResultRow>;
  readonly #note = h("div", { class: "empty-note" });
  readonly #cut = h("div", { class: "search-note", role: "status" });
  #query = "";
  #wantsHits = false;
  #timer = 0;
  #asked = 0;
  #isBusy = false;
  #result: SearchResult = EMPTY;

  constructor(
    private readonly page: Page,
    private readonly actions: SearchActions,
  ) {
    this.#table = new TableView<ResultRow>({
      label: t("searchResults"),
      name: "results",
      columns: [
        { id: "name", label: t("columnName"), track: "minmax(140px, 260px)", draw: drawName },
        {
          id: "tag",
          label: t("columnTag"),
          track: "92px",
          draw: (cell, { hit }) => cell.append(hit?.tagText ?? ""),
        },
        {
          id: "value",
          label: t("columnValue"),
          track: "minmax(140px, 1fr)",
          draw: (cell, { hit }) => {
            const text = h("span", { class: "cell-text isolate", dir: "auto" });
            setDataText(text, hit?.value ?? "");
            cell.append(text);
            cell.title = visibleText(hit?.value ?? "");
          },
        },
      ],
      key: keyOf,
      text: ({ node, hit }) => hit?.name ?? node.label,
      level: ({ hit }) => (hit === undefined ? 1 : 2),
      activeChanged: (row) => actions.activeChanged(row),
      open: (row) => actions.open(row),
      leave: () => actions.leave(),
    });
    this.element = h("div", { class: "results-frame" }, this.#table.element, this.#note, this.#cut);
    this.#draw();
  }

  /** Where the focus goes. */
  get focusTarget(): HTMLElement {
    return this.#table.element;
  }

  /** The row the keyboard is at. */
  get active(): ResultRow | undefined {
    return this.#table.active;
  }

  /** Searches anew when nothing more is typed; `wantsHits`: the hits are shown, else they are only counted. */
  search(query: string, wantsHits: boolean, now = false): void {
    const same = query === this.#query && wantsHits === this.#wantsHits;
    if (same && !now) return;
    this.#query = query;
    this.#wantsHits = wantsHits;
    this.#asked++;
    window.clearTimeout(this.#timer);
    if (query.trim() === "") {
      this.#cancel();
      this.#show(EMPTY);
      return;
    }
    this.#timer = window.setTimeout(() => void this.#ask(), now ? 0 : ASK_AFTER_MS);
  }

  /** The session changed: what was found may not be there any more. */
  again(): void {
    if (this.#query.trim() !== "") this.search(this.#query, this.#wantsHits, true);
  }

  #cancel(): void {
    if (!this.#isBusy) return;
    this.#isBusy = false;
    this.page.host.request("cancelSearch", {}).catch(() => undefined);
  }

  async #ask(): Promise<void> {
    const asked = this.#asked;
    this.#isBusy = true;
    this.#draw();
    try {
      const limit = this.#wantsHits ? MAX_HITS : 0;
      const result = await this.page.host.request("searchSession", { query: this.#query, limit });
      if (asked !== this.#asked || result.cancelled) return;
      this.#isBusy = false;
      this.#show(result);
      if (this.#wantsHits) this.page.announce(countText(result));
    } catch (error: unknown) {
      if (asked !== this.#asked) return;
      this.#isBusy = false;
      this.#show(EMPTY);
      this.page.report(error);
    }
  }

  #show(result: SearchResult): void {
    this.#result = result;
    this.actions.counted(this.#query.trim() === "" ? "" : countText(result));
    this.#table.setItems(this.#wantsHits ? resultRows(result, this.actions.tree()) : []);
    this.#draw();
  }

  #draw(): void {
    const { count, objects } = this.#result;
    const sent = objects.reduce((sum, { hits }) => sum + hits.length, 0);
    this.#note.textContent =
      this.#query.trim() === ""
        ? t("searchNothing")
        : count > 0
          ? ""
          : t(this.#isBusy ? "searchBusy" : "searchNone");
    this.#cut.textContent =
      this.#wantsHits && sent < count ? t("searchCut", sent.toLocaleString(), count.toLocaleString()) : "";
  }
}
