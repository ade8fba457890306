/** The Names view: the map of named properties, who uses each, and what in the map does not agree. */
import type { NameRow, NamesRequests } from "../../src/protocol/names";
import { h, icon, on, setDataText } from "../dom";
import { t } from "../strings";
import { findNode } from "../tree/model";
import { checkbox } from "../ui/controls";
import { FilterField } from "../ui/filterField";
import { TableView } from "../ui/tableView";
import type { View, ViewContext } from "../views/view";
import { filterNames, hex4, setText } from "./model";

type Names = NamesRequests["getNames"]["result"];

const text =
  (of: (row: NameRow) => string) =>
  (cell: HTMLElement, row: NameRow): void => {
    const span = h("span", { class: "cell-text isolate", dir: "auto" });
    setDataText(span, of(row));
    cell.append(span);
    cell.title = of(row);
  };

/** The view. */
export class NamesView implements View {
  readonly element: HTMLElement;
  readonly #filter: FilterField;
  readonly #count = h("span", { class: "view-count", role: "status" });
  readonly #sets = h("span", { class: "view-count" });
  readonly #problems = h("div", { class: "names-problems" });
  readonly #note = h("div", { class: "empty-note" });
  readonly #detail = h("section", {
    class: "view-detail names-detail",
    tabindex: -1,
    "data-pane": "nameUses",
    "aria-label": t("namesColumnUses"),
  });
  readonly #table: TableView<NameRow>;
  #names: Names = { names: [], problems: [], problemCount: 0 };
  #onlyUnused = false;
  #asked = 0;

  constructor(private readonly context: ViewContext) {
    this.#filter = new FilterField({
      label: t("namesFilterLabel"),
      placeholder: t("namesFilter"),
      pane: "namesFilter",
      changed: () => this.#draw(),
      leave: () => this.#table.focus(),
    });
    this.#table = this.#makeTable();
    const unused = checkbox(t("namesOnlyUnused"), false, (only) => {
      this.#onlyUnused = only;
      this.#draw();
    });
    this.element = h(
      "div",
      { class: "table-view" },
      h("div", { class: "toolbar" }, this.#filter.element, this.#count, unused, this.#sets),
      this.#problems,
      h("div", { class: "table-place" }, this.#table.element, this.#note),
      this.#detail,
    );
  }

  /** @inheritdoc */
  update(): void {
    void this.#load();
  }

  /** @inheritdoc */
  show(): void {
    this.#table.refresh();
  }

  /** @inheritdoc */
  hide(): void {
    this.#asked++;
  }

  /** @inheritdoc */
  focus(): void {
    this.#table.focus();
  }

  /** @inheritdoc */
  find(): void {
    this.#filter.focus();
  }

  async #load(): Promise<void> {
    const asked = ++this.#asked;
    try {
      const names = await this.context.page.host.request("getNames", {});
      if (asked !== this.#asked) return;
      this.#names = names;
      this.#draw();
    } catch (error: unknown) {
      if (asked === this.#asked) this.context.page.report(error);
    }
  }

  #makeTable(): TableView<NameRow> {
    return new TableView<NameRow>({
      label: t("namesLabel"),
      name: "names",
      columns: [
        {
          id: "id",
          label: t("namesColumnId"),
          track: "64px",
          draw: (cell, { id }) => cell.append(hex4(id)),
          sortKey: ({ id }) => id,
        },
        {
          id: "name",
          label: t("columnName"),
          track: "minmax(140px, 1fr)",
          draw: (cell, row) => {
            text(({ words }) => words)(cell, row);
            if (row.problems.length > 0)
              cell.append(
                h(
                  "span",
                  { class: "row-problem" },
                  icon("warning"),
                  h("span", { class: "sr-only" }, row.problems.join(" ")),
                ),
              );
          },
          sortKey: ({ words }) => words.toLowerCase(),
        },
        {
          id: "number",
          label: t("namesColumnNumber"),
          track: "minmax(90px, 200px)",
          draw: text(({ localId }) => localId),
          sortKey: ({ localId }) => localId.toLowerCase(),
        },
        {
          id: "set",
          label: t("columnSet"),
          track: "minmax(120px, 220px)",
          draw: text(setText),
          sortKey: (row) => setText(row).toLowerCase(),
        },
        {
          id: "canonicalName",
          label: t("columnCanonicalName"),
          track: "minmax(0, 1fr)",
          draw: text(({ canonicalName }) => canonicalName),
          sortKey: ({ canonicalName }) => canonicalName.toLowerCase(),
        },
        {
          id: "bucket",
          label: t("namesColumnBucket"),
          track: "80px",
          draw: (cell, { bucket }) => cell.append(bucket),
          sortKey: ({ bucket }) => bucket,
        },
        {
          id: "uses",
          label: t("namesColumnUses"),
          track: "80px",
          draw: (cell, { useCount }) => {
            cell.append(useCount === 0 ? t("namesUnused") : useCount.toLocaleString());
            cell.classList.toggle("unused", useCount === 0);
          },
          sortKey: ({ useCount }) => useCount,
        },
      ],
      // A damaged map may have one id twice: the place in the list tells them apart.
      key: (row) => String(this.#names.names.indexOf(row)),
      text: ({ words }) => words,
      activeChanged: () => this.#drawDetail(),
      open: (row) => this.#open(row, 0),
      leave: () => this.#filter.focus(),
    });
  }

  #open({ uses }: NameRow, index: number): void {
    const use = uses[index];
    if (use !== undefined) void this.context.reveal(use);
  }

  #draw(): void {
    const { names } = this.#names;
    const shown = filterNames(names, this.#filter.value, this.#onlyUnused);
    this.#count.textContent = t("namesCount", shown.length.toLocaleString(), names.length.toLocaleString());
    this.#sets.textContent = t("namesSetsText", new Set(names.map(({ guid }) => guid)).size.toLocaleString());
    this.#note.textContent = shown.length > 0 ? "" : t(names.length === 0 ? "namesNone" : "namesNoMatch");
    this.#drawProblems();
    this.#table.setItems(shown);
    this.#drawDetail();
  }

  #drawProblems(): void {
    const { problems, problemCount, names } = this.#names;
    if (names.length === 0 && problemCount === 0) {
      this.#problems.replaceChildren();
      return;
    }
    const words =
      problemCount === 0
        ? t("namesNoProblem")
        : problemCount === 1
          ? t("namesProblemOne")
          : t("namesProblems", problemCount.toLocaleString());
    this.#problems.replaceChildren(
      icon(problemCount === 0 ? "pass" : "warning", problemCount === 0 ? "" : "severity-warning"),
      h("div", {}, words, ...problems.map((problem) => h("p", { class: "isolate" }, problem))),
    );
  }

  #drawDetail(): void {
    const row = this.#table.active;
    if (row === undefined) {
      this.#detail.replaceChildren();
      return;
    }
    const title = h("h2", { class: "detail-title isolate" });
    setDataText(title, `${row.words} · ${setText(row)} ${row.localId}`);
    const uses = row.uses.map(({ object }, index) => this.#useButton(row, object, index));
    const more =
      row.useCount > row.uses.length
        ? [
            h(
              "p",
              { class: "dim" },
              t("namesUsesMore", row.uses.length.toLocaleString(), row.useCount.toLocaleString()),
            ),
          ]
        : [];
    this.#detail.replaceChildren(
      title,
      h("p", { class: "dim isolate" }, row.guid),
      ...row.problems.map((problem) =>
        h("p", { class: "note" }, icon("warning", "severity-warning"), problem),
      ),
      ...(row.useCount === 0
        ? [h("p", { class: "dim" }, t("namesNotUsed"))]
        : [h("ul", { class: "use-list", "aria-label": t("namesUses", row.words) }, ...uses), ...more]),
    );
  }

  #useButton(row: NameRow, object: string, index: number): HTMLElement {
    const node = findNode(this.context.selection.tree, object);
    const label = h("span", { class: "isolate" });
    setDataText(label, node?.label ?? object);
    const button = h("button", { class: "link-button", type: "button" }, icon(node?.icon ?? "blank"), label);
    on(button, "click", () => this.#open(row, index));
    return h("li", {}, button);
  }
}
