/** The page that compares two messages: a head, the rows side by side, and the whole values of the row one stands at. */
import type {
  CompareHostMessage,
  CompareModel,
  ComparePageMessage,
  CompareSideModel,
} from "../../src/protocol/compare";
import { h, icon, on, setAttributes, setDataText } from "../dom";
import { VirtualRows } from "../ui/virtualRows";
import { createRow, drawRow } from "./rowView";
import { nextDifference, parentOf, type ShownRow, shownRows } from "./rows";
import { setStrings, t } from "./strings";

type Comparison = Extract<CompareModel, { kind: "comparison" }>;

const rowId = ({ index }: ShownRow): string => `compare-row-${index}`;

function button(name: string, run: () => void): HTMLButtonElement {
  const element = h("button", { type: "button", class: "compare-button" }, icon(name));
  on(element, "click", run);
  return element;
}

/** Gets another host for the page: VS Code itself follows the link. */
const reopenLink = (): HTMLElement =>
  h("a", { class: "link-button", href: "command:msgSession.reopenEditors" }, t("compareReopen"));

/** What is on the page, and what the keyboard does there. */
export class ComparePage {
  readonly #count = h("span", { class: "compare-count", role: "status" });
  readonly #only = button("filter", () => this.#toggleOnly());
  readonly #previous = button("arrow-up", () => this.#go(-1));
  readonly #next = button("arrow-down", () => this.#go(1));
  readonly #swap = button("arrow-swap", () => this.send({ type: "swap" }));
  readonly #text = button("diff", () => this.send({ type: "compareAsText" }));
  readonly #leftHead = h("div", { class: "compare-cell compare-left", role: "columnheader" });
  readonly #rightHead = h("div", { class: "compare-cell compare-right", role: "columnheader" });
  readonly #nameHead = h("div", { class: "compare-cell compare-name", role: "columnheader" });
  readonly #body = h("div", { class: "virtual-body", role: "rowgroup" });
  readonly #grid = h("div", { class: "compare-grid", role: "treegrid", tabindex: 0 });
  readonly #note = h("div", { class: "compare-note" });
  readonly #leftValue = h("div", {
    class: "compare-value isolate",
    tabindex: 0,
    role: "textbox",
    "aria-readonly": "true",
    "aria-multiline": "true",
  });
  readonly #rightValue = h("div", {
    class: "compare-value isolate",
    tabindex: 0,
    role: "textbox",
    "aria-readonly": "true",
    "aria-multiline": "true",
  });
  readonly #values = h("div", { class: "compare-values" }, this.#leftValue, this.#rightValue);
  readonly #alone = h("div", { class: "compare-alone", role: "alert" });
  readonly #frame: HTMLElement;
  readonly #rows: VirtualRows;
  readonly #folded = new Set<number>();
  #model: Comparison | undefined;
  #shown: ShownRow[] = [];
  #active = 0;
  #onlyDifferences = true;
  #isAlone = false;

  constructor(
    private readonly root: HTMLElement,
    private readonly send: (message: ComparePageMessage) => void,
  ) {
    const bar = h(
      "div",
      { class: "compare-bar", role: "toolbar" },
      this.#count,
      this.#only,
      this.#previous,
      this.#next,
      this.#swap,
      this.#text,
    );
    const head = h(
      "div",
      { class: "compare-head", role: "row" },
      this.#nameHead,
      this.#leftHead,
      this.#rightHead,
    );
    this.#grid.append(head, this.#body);
    this.#frame = h(
      "main",
      { class: "compare-page" },
      this.#alone,
      bar,
      h("div", { class: "compare-frame" }, this.#grid, this.#note),
      this.#values,
    );
    this.root.replaceChildren(h("div", { class: "loading" }, t("compareLoading")));
    this.#rows = new VirtualRows(
      this.#grid,
      this.#body,
      {
        count: () => this.#shown.length,
        key: (at) => String(this.#shown[at]?.index ?? at),
        create: () => this.#create(),
        draw: (element, at) => this.#draw(element, at),
        pinned: () => [this.#active],
      },
      24,
    );
    on(this.#grid, "keydown", (event) => this.#onKey(event));
    on(this.#grid, "dblclick", () => this.#fold());
    on(this.#frame, "keydown", (event) => {
      if (event.key !== "F7") return;
      event.preventDefault();
      this.#go(event.shiftKey ? -1 : 1);
    });
  }

  /** Says that there is no host any more, with the way to get another; or takes that back. */
  setAlone(isAlone: boolean): void {
    if (isAlone === this.#isAlone) return;
    this.#isAlone = isAlone;
    for (const action of [this.#swap, this.#text]) action.disabled = isAlone;
    if (!isAlone) {
      this.#alone.replaceChildren();
      return;
    }
    this.#alone.replaceChildren(
      icon("warning"),
      h("span", { class: "compare-alone-text" }, t("compareHostGone")),
      reopenLink(),
    );
    if (!this.#model) this.#showFailure(t("compareHostGone"), [], reopenLink());
  }

  /** Shows what the host says; what is folded and where one stands stays where the rows are the same. */
  show({ model, strings }: CompareHostMessage): void {
    setStrings(strings);
    if (model.kind === "failure") {
      this.#model = undefined;
      this.#showFailure(model.title, model.details);
      return;
    }
    const isFirst = this.#model === undefined;
    if (this.#model && this.#model.rows.length !== model.rows.length) this.#folded.clear();
    this.#model = model;
    if (isFirst) this.root.replaceChildren(this.#frame);
    this.#drawHead(model);
    this.#refresh();
    if (isFirst) {
      this.#activate(nextDifference(this.#shown, 0, 1) ?? 0);
      this.#grid.focus();
    }
  }

  #showFailure(title: string, details: readonly string[], ...more: readonly HTMLElement[]): void {
    const line = (text: string): HTMLElement => {
      const element = h("p", { class: "failure-line" });
      setDataText(element, text);
      return element;
    };
    const heading = h("h1", { class: "failure-title" }, title);
    this.root.replaceChildren(
      h(
        "main",
        {},
        h(
          "div",
          { class: "failure", role: "alert" },
          icon("warning", "failure-icon"),
          heading,
          ...details.map(line),
          ...more,
        ),
      ),
    );
  }

  #drawHead(model: Comparison): void {
    const { differences, left, right, more } = model;
    const count =
      differences === 0
        ? t("compareNone")
        : differences === 1
          ? t("compareOne")
          : t("compareMany", differences.toLocaleString());
    this.#count.textContent = more > 0 ? `${count} · ${t("compareMore", more.toLocaleString())}` : count;
    for (const [element, key] of [
      [this.#only, "compareOnlyDifferences"],
      [this.#previous, "comparePrevious"],
      [this.#next, "compareNext"],
      [this.#swap, "compareSwap"],
      [this.#text, "compareAsText"],
    ] as const) {
      setAttributes(element, { "aria-label": t(key), title: t(key) });
    }
    this.#nameHead.textContent = t("compareName");
    const headOf = (element: HTMLElement, { title, description }: CompareSideModel): void => {
      const name = h("span", { class: "compare-label isolate" });
      setDataText(name, title);
      const where = h("span", { class: "compare-description isolate" });
      setDataText(where, description);
      element.replaceChildren(name, where);
    };
    headOf(this.#leftHead, left);
    headOf(this.#rightHead, right);
    setAttributes(this.#grid, { "aria-label": t("compareLabel", left.title, right.title) });
    setAttributes(this.#leftValue, { "aria-label": t("compareValueOf", left.title) });
    setAttributes(this.#rightValue, { "aria-label": t("compareValueOf", right.title) });
  }

  #refresh(): void {
    if (!this.#model) return;
    const at = this.#shown[this.#active]?.index ?? 0;
    this.#shown = shownRows(this.#model.rows, this.#onlyDifferences, this.#folded);
    const same = this.#shown.findIndex(({ index }) => index >= at);
    this.#active = same < 0 ? this.#shown.length - 1 : same;
    setAttributes(this.#grid, { "aria-rowcount": this.#shown.length + 1 });
    setAttributes(this.#only, { "aria-pressed": String(this.#onlyDifferences) });
    const isEmpty = this.#onlyDifferences && this.#model.differences === 0;
    this.#note.textContent = isEmpty ? t("compareNone") : "";
    this.#rows.refresh();
    this.#showValues();
    this.#point();
  }

  #create(): HTMLElement {
    const element = createRow();
    on(element, "mousedown", (event) => {
      const at = this.#shown.findIndex((shown) => rowId(shown) === element.id);
      if (at < 0) return;
      this.#activate(at);
      if (event.target instanceof Element && event.target.closest(".compare-twistie") !== null) this.#fold();
    });
    return element;
  }

  #draw(element: HTMLElement, at: number): void {
    const shown = this.#shown[at];
    if (shown) drawRow(element, shown, { position: at + 1, id: rowId(shown), active: at === this.#active });
  }

  #point(): void {
    const active = this.#shown[this.#active];
    setAttributes(this.#grid, { "aria-activedescendant": active && rowId(active) });
  }

  #activate(at: number): void {
    const to = Math.min(Math.max(at, 0), this.#shown.length - 1);
    const before = this.#shown[this.#active];
    this.#active = to;
    this.#rows.reveal(to);
    for (const shown of [before, this.#shown[to]]) {
      const element = shown && this.#rows.element(String(shown.index));
      if (element) this.#draw(element, this.#shown.indexOf(shown));
    }
    this.#showValues();
    this.#point();
  }

  #showValues(): void {
    const row = this.#shown[this.#active]?.row;
    const has = row !== undefined && row.kind !== "object";
    this.#values.hidden = !has;
    if (!has) return;
    for (const [element, text] of [
      [this.#leftValue, row.left],
      [this.#rightValue, row.right],
    ] as const) {
      element.classList.toggle("compare-absent", text === undefined);
      if (text === undefined) element.textContent = t("compareAbsent");
      else setDataText(element, text);
    }
    this.#values.className = `compare-values compare-is-${row.state}`;
  }

  #toggleOnly(): void {
    this.#onlyDifferences = !this.#onlyDifferences;
    this.#refresh();
    this.#activate(this.#active);
  }

  #go(step: 1 | -1): void {
    const at = nextDifference(this.#shown, this.#active, step);
    if (at !== undefined) this.#activate(at);
    this.#grid.focus();
  }

  #fold(wanted?: boolean): boolean {
    const shown = this.#shown[this.#active];
    if (shown?.expanded === undefined || shown.expanded === wanted) return false;
    if (shown.expanded) this.#folded.add(shown.index);
    else this.#folded.delete(shown.index);
    this.#refresh();
    return true;
  }

  #copy(): void {
    const row = this.#shown[this.#active]?.row;
    if (row) this.send({ type: "copy", text: [row.label, row.left ?? "", row.right ?? ""].join("\t") });
  }

  #onKey(event: KeyboardEvent): void {
    const { key } = event;
    const isCommand = event.ctrlKey || event.metaKey;
    if (
      isCommand &&
      key.toLowerCase() === "c" &&
      !event.shiftKey &&
      window.getSelection()?.isCollapsed !== false
    ) {
      this.#copy();
    } else if (isCommand || event.altKey) return;
    else if (key === "ArrowDown") this.#activate(this.#active + 1);
    else if (key === "ArrowUp") this.#activate(this.#active - 1);
    else if (key === "Home") this.#activate(0);
    else if (key === "End") this.#activate(this.#shown.length - 1);
    else if (key === "PageDown") this.#activate(this.#active + this.#rows.page);
    else if (key === "PageUp") this.#activate(this.#active - this.#rows.page);
    else if (key === "ArrowRight") {
      if (!this.#fold(true) && this.#shown[this.#active]?.expanded === true) this.#activate(this.#active + 1);
    } else if (key === "ArrowLeft") {
      if (!this.#fold(false)) this.#activate(parentOf(this.#shown, this.#active) ?? this.#active);
    } else if (key === "Enter" || key === " ") this.#fold();
    else return;
    event.preventDefault();
  }
}
