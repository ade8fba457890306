/** The line above the grid: filter, count, and the button that adds. */
import { h, icon, on } from "./dom";
import { ScopeSwitch, type Scope } from "./search/scopeSwitch";
import { t } from "./strings";
import { iconButton, textField, type TextField } from "./ui/controls";

/** What the toolbar asks of the page. */
export interface ToolbarActions {
  filter(text: string): void;
  /** Arrow down or Enter in the filter: on to the rows. */
  leaveFilter(): void;
  add(): void;
  /** Filters the object, or searches the session. */
  scope(scope: Scope): void;
  /** The menu of the grid's columns. */
  columns(button: HTMLElement): void;
}

/** The toolbar. */
export class Toolbar {
  readonly element: HTMLElement;
  readonly #field: TextField;
  readonly #clear: HTMLElement;
  readonly #scope: ScopeSwitch;
  readonly #add: HTMLElement & { disabled: boolean };
  readonly #columns: HTMLElement;
  readonly #addLabel = h("span", { class: "add-label" });

  constructor(private readonly actions: ToolbarActions) {
    this.#clear = iconButton(t("clearFilter"), "close", () => this.clear(), { class: "filter-clear" });
    this.#field = textField(
      {
        class: "filter-field",
        "aria-label": t("filterLabel"),
        placeholder: t("filterPlaceholder"),
        spellcheck: "false",
        "data-pane": "filter",
      },
      h("span", { slot: "start" }, icon("filter")),
    );
    this.#scope = new ScopeSwitch((scope) => actions.scope(scope));
    this.#columns = iconButton(t("columns"), "table", () => actions.columns(this.#columns), {
      class: "columns-button",
      "aria-haspopup": "menu",
    });
    const add = h(
      "vscode-button",
      { class: "add-button", appearance: "icon", "aria-label": t("add") },
      h("span", { class: "add-content" }, icon("add"), this.#addLabel),
    );
    add.addEventListener("click", () => actions.add());
    this.#add = add;
    this.element = h(
      "div",
      { class: "toolbar" },
      h("div", { class: "filter-box" }, this.#field, this.#clear),
      this.#scope.element,
      h("div", { class: "toolbar-end" }, this.#columns, this.#add),
    );
    this.#clear.hidden = true;
    on(this.#field, "input", () => this.#changed());
    on(this.#field, "keydown", (event) => this.#onKey(event));
  }

  /** The element for the focus. */
  get focusTarget(): HTMLElement {
    return this.#field;
  }

  /** Sets the filter without asking for it. */
  setFilter(text: string): void {
    this.#field.value = text;
    this.#clear.hidden = text === "";
  }

  /** Empties the filter. */
  clear(): void {
    this.setFilter("");
    this.actions.filter("");
    this.#field.focus();
  }

  /** Shows how many rows match. */
  setCount(shown: number, all: number): void {
    this.#scope.setObjectCount(t("filterCount", shown.toLocaleString(), all.toLocaleString()));
  }

  /** Shows what was found in the whole session. */
  setSessionCount(text: string): void {
    this.#scope.setSessionCount(text);
  }

  /** Shows where is searched. */
  setScope(scope: Scope): void {
    this.#scope.update(scope);
    this.#field.setAttribute("aria-label", t(scope === "object" ? "filterLabel" : "searchLabel"));
  }

  /** Whether the filter fits what is shown, what can be added, and whether anything can. */
  configure(filter: boolean, addLabel: string | undefined, canAdd: boolean): void {
    this.#field.parentElement?.classList.toggle("off", !filter);
    this.#scope.element.hidden = !filter;
    this.#columns.hidden = !filter;
    this.#add.hidden = addLabel === undefined;
    this.#add.disabled = !canAdd;
    this.#addLabel.textContent = addLabel ?? "";
    this.#add.setAttribute("aria-label", addLabel ?? t("add"));
  }

  #changed(): void {
    this.#clear.hidden = this.#field.value === "";
    this.actions.filter(this.#field.value);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === "Escape" && this.#field.value !== "") {
      event.preventDefault();
      this.clear();
    } else if (event.key === "ArrowDown" || event.key === "Enter") {
      event.preventDefault();
      this.actions.leaveFilter();
    }
  }
}
