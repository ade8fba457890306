/** A field that filters what stands below it. */
import { h, icon, on } from "../dom";
import { t } from "../strings";
import { iconButton, textField, type TextField } from "./controls";

/** How a filter field is made. */
export interface FilterOptions {
  readonly label: string;
  readonly placeholder: string;
  /** Name of the pane for F6. */
  readonly pane: string;
  changed(): void;
  /** Arrow down or Enter: on to what is filtered. */
  leave(): void;
}

/** The field with the button that empties it. */
export class FilterField {
  readonly element: HTMLElement;
  readonly #field: TextField;
  readonly #clear: HTMLElement;

  constructor(private readonly options: FilterOptions) {
    this.#clear = iconButton(t("clearFilter"), "close", () => this.clear(), { class: "filter-clear" });
    this.#field = textField(
      {
        class: "filter-field",
        "aria-label": options.label,
        placeholder: options.placeholder,
        spellcheck: "false",
        "data-pane": options.pane,
      },
      h("span", { slot: "start" }, icon("filter")),
    );
    this.#clear.hidden = true;
    this.element = h("div", { class: "filter-box" }, this.#field, this.#clear);
    on(this.#field, "input", () => this.#changed());
    on(this.#field, "keydown", (event) => this.#onKey(event));
  }

  /** What is typed. */
  get value(): string {
    return this.#field.value;
  }

  /** Puts the caret into the field. */
  focus(): void {
    this.#field.focus();
  }

  /** Empties the field. */
  clear(): void {
    this.#field.value = "";
    this.#changed();
    this.focus();
  }

  #changed(): void {
    this.#clear.hidden = this.value === "";
    this.options.changed();
  }

  #onKey(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === "Escape" && this.value !== "") this.clear();
    else if (event.key === "ArrowDown" || event.key === "Enter") this.options.leave();
    else return;
    event.preventDefault();
  }
}
