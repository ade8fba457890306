/** Two objects side by side: the union of their properties, or only what differs. */
import type { ComparedProperty } from "../../src/protocol/search";
import type { TreeNode } from "../../src/protocol/viewModel";
import { h, on, setAttributes, setDataText } from "../dom";
import type { Page } from "../page";
import { t } from "../strings";
import { checkbox, iconButton, type Checkbox } from "../ui/controls";
import { TableView } from "../ui/tableView";
import { visibleText } from "../visibleText";

/** What the comparison asks of the view. */
export interface CompareActions {
  /** Goes to a property of one of the two. */
  open(object: string, tag: number): void;
  close(): void;
}

/** The properties to show. */
export function shownProperties(
  properties: readonly ComparedProperty[],
  onlyDifferent: boolean,
): readonly ComparedProperty[] {
  return onlyDifferent ? properties.filter(({ same }) => !same) : properties;
}

function drawSide(value: (item: ComparedProperty) => string | undefined) {
  return (cell: HTMLElement, item: ComparedProperty): void => {
    const text = value(item);
    const span = h("span", { class: text === undefined ? "not-there" : "cell-text isolate", dir: "auto" });
    setDataText(span, text ?? t("notThere"));
    cell.append(span);
    cell.title = visibleText(text ?? "");
    cell.classList.toggle("differs", !item.same);
  };
}

/** The comparison of two objects. */
export class CompareView {
  readonly element: HTMLElement;
  readonly #title = h("h2", { class: "compare-title isolate" });
  readonly #count = h("span", { class: "compare-count", role: "status" });
  readonly #only: Checkbox;
  readonly #note = h("div", { class: "empty-note" });
  readonly #place = h("div", { class: "compare-place" });
  #table: TableView<ComparedProperty> | undefined;
  #properties: readonly ComparedProperty[] = [];
  #onlyDifferent = true;
  #asked = 0;

  constructor(
    private readonly page: Page,
    private left: TreeNode,
    private right: TreeNode,
    private readonly actions: CompareActions,
  ) {
    this.#only = checkbox(t("onlyDifferent"), true, (only) => {
      this.#onlyDifferent = only;
      this.#draw();
    });
    this.element = h(
      "section",
      { class: "compare", "aria-label": t("compareLabel", left.label, right.label) },
      h(
        "div",
        { class: "compare-bar" },
        this.#title,
        this.#count,
        this.#only,
        iconButton(t("swapSides"), "arrow-swap", () => this.#swap()),
        iconButton(t("closeCompare"), "close", () => actions.close()),
      ),
      this.#place,
    );
    on(this.element, "keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      actions.close();
    });
    this.#makeTable();
  }

  /** Ids of the two objects. */
  get objects(): readonly [string, string] {
    return [this.left.id, this.right.id];
  }

  /** Where the focus goes. */
  get focusTarget(): HTMLElement {
    return this.#table?.element ?? this.element;
  }

  /** Asks for the properties of both anew: when it is opened, and after every change of the session. */
  async load(): Promise<void> {
    const asked = ++this.#asked;
    try {
      const { properties } = await this.page.host.request("compareObjects", {
        left: this.left.id,
        right: this.right.id,
      });
      if (asked !== this.#asked) return;
      this.#properties = properties;
      this.#draw();
    } catch (error: unknown) {
      if (asked === this.#asked) this.page.report(error);
    }
  }

  #swap(): void {
    [this.left, this.right] = [this.right, this.left];
    this.#makeTable();
    void this.load();
  }

  #makeTable(): void {
    setDataText(this.#title, t("compareTitle", this.left.label, this.right.label));
    this.#table = new TableView<ComparedProperty>({
      label: t("compareLabel", this.left.label, this.right.label),
      name: "compared",
      columns: [
        {
          id: "name",
          label: t("columnName"),
          track: "minmax(120px, 200px)",
          draw: (cell, { name, same }) => {
            const label = h("span", { class: "cell-text isolate" });
            setDataText(label, name);
            cell.append(label);
            if (!same) cell.append(h("span", { class: "sr-only" }, `, ${t("differs")}`));
          },
          sortKey: ({ name }) => name.toLowerCase(),
        },
        {
          id: "tag",
          label: t("columnTag"),
          track: "92px",
          draw: (cell, { tagText }) => cell.append(tagText),
          sortKey: ({ tagText }) => tagText,
        },
        {
          id: "left",
          label: visibleText(this.left.label),
          track: "minmax(100px, 1fr)",
          draw: drawSide(({ left }) => left),
          sortKey: ({ left }) => left?.toLowerCase() ?? "",
        },
        {
          id: "right",
          label: visibleText(this.right.label),
          track: "minmax(100px, 1fr)",
          draw: drawSide(({ right }) => right),
          sortKey: ({ right }) => right?.toLowerCase() ?? "",
        },
      ],
      key: ({ tag }) => String(tag),
      text: ({ name }) => name,
      open: ({ tag, left }) => this.actions.open(left === undefined ? this.right.id : this.left.id, tag),
    });
    this.#place.replaceChildren(this.#table.element, this.#note);
    this.#draw();
  }

  #draw(): void {
    const different = this.#properties.filter(({ same }) => !same).length;
    const shown = shownProperties(this.#properties, this.#onlyDifferent);
    this.#count.textContent = t(
      "differCount",
      different.toLocaleString(),
      this.#properties.length.toLocaleString(),
    );
    this.#note.textContent = shown.length > 0 || this.#properties.length === 0 ? "" : t("differNone");
    this.#table?.setItems(shown);
    setAttributes(this.element, { "data-only-different": this.#onlyDifferent });
  }
}
