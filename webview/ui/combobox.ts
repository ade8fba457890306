/** A field that suggests while one types: a combobox with a list below it. */
import { h, on } from "../dom";

/** One suggestion as it is listed. */
export interface Suggestion<T> {
  readonly value: T;
  readonly label: string;
  /** Said behind the label, dimmed. */
  readonly description: string;
}

/** What a combobox is made of. */
export interface ComboboxOptions<T> {
  readonly id: string;
  readonly label: string;
  readonly placeholder: string;
  readonly listLabel: string;
  readonly nothingFound: string;
  /**
   * It is a choice of what is listed: a click opens the list at what the field holds, and typing marks the first that is
   * found.
   */
  readonly opensOnClick?: boolean;
  suggest(query: string): Promise<readonly Suggestion<T>[]>;
  /** A suggestion was chosen, or (undefined) the text was changed by typing. */
  chosen(value: T | undefined): void;
}

const TYPING_PAUSE_MS = 120;

/** The combobox. */
export class Combobox<T> {
  readonly input: HTMLInputElement;
  readonly element: HTMLElement;
  readonly #list: HTMLElement;
  #suggestions: readonly Suggestion<T>[] = [];
  #active = -1;
  #timer = 0;
  #asked = 0;

  constructor(private readonly options: ComboboxOptions<T>) {
    this.#list = h("div", {
      class: "combo-list",
      role: "listbox",
      id: `${options.id}-list`,
      "aria-label": options.listLabel,
    });
    this.#list.hidden = true;
    this.input = h("input", {
      class: "text-input",
      id: options.id,
      type: "text",
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      placeholder: options.placeholder,
      "aria-label": options.label,
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": `${options.id}-list`,
    });
    this.element = h("div", { class: "combobox" }, this.input, this.#list);
    on(this.input, "input", () => {
      options.chosen(undefined);
      window.clearTimeout(this.#timer);
      this.#timer = window.setTimeout(() => void this.#ask(), TYPING_PAUSE_MS);
    });
    on(this.input, "keydown", (event) => this.#onKey(event));
    on(this.input, "blur", () => this.#close());
    if (options.opensOnClick === true) on(this.input, "click", () => void this.#ask());
    // The field keeps the focus while a suggestion is clicked.
    on(this.#list, "mousedown", (event) => event.preventDefault());
    on(this.#list, "click", (event) => {
      const item =
        event.target instanceof Element ? event.target.closest<HTMLElement>("[role=option]") : null;
      if (item !== null) this.#choose(Number(item.dataset["index"]));
    });
  }

  async #ask(): Promise<void> {
    const asked = ++this.#asked;
    const query = this.input.value.trim();
    if (query === "" && this.options.opensOnClick !== true) {
      this.#close();
      return;
    }
    const suggestions = await this.options.suggest(query);
    // Only the answer to the last question counts, and only while someone is still at the field.
    if (
      asked !== this.#asked ||
      this.input.getRootNode() !== document ||
      document.activeElement !== this.input
    )
      return;
    this.#suggestions = suggestions;
    this.#active = this.options.opensOnClick === true ? this.#firstOf(suggestions) : -1;
    this.#open();
  }

  /** What is marked before an arrow key is pressed. */
  #firstOf(suggestions: readonly Suggestion<T>[]): number {
    const text = this.input.value.trim();
    const held = suggestions.findIndex(({ label }) => label === text);
    return held < 0 && text !== "" && suggestions.length > 0 ? 0 : held;
  }

  #open(): void {
    const items = this.#suggestions.map(({ label, description }, index) =>
      h(
        "div",
        {
          class: "combo-item",
          role: "option",
          id: `${this.options.id}-${index}`,
          "data-index": index,
          "aria-selected": "false",
        },
        h("span", { class: "combo-label" }, label),
        h("span", { class: "combo-description" }, description),
      ),
    );
    this.#list.replaceChildren(
      ...(items.length > 0
        ? items
        : [
            h(
              "div",
              { class: "combo-none", role: "option", "aria-disabled": "true", "aria-selected": "false" },
              this.options.nothingFound,
            ),
          ]),
    );
    this.#list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.#mark();
  }

  #close(): void {
    window.clearTimeout(this.#timer);
    this.#asked++;
    this.#list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  #mark(): void {
    for (const [index, item] of [...this.#list.children].entries()) {
      const active = index === this.#active;
      item.setAttribute("aria-selected", String(active));
      if (active) item.scrollIntoView({ block: "nearest" });
    }
    if (this.#active < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", `${this.options.id}-${this.#active}`);
  }

  #choose(index: number): void {
    const suggestion = this.#suggestions[index];
    if (suggestion === undefined) return;
    this.input.value = suggestion.label;
    this.#close();
    this.options.chosen(suggestion.value);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const open = !this.#list.hidden;
    const count = this.#suggestions.length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) return void this.#ask();
      if (count === 0) return;
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.#active = this.#active < 0 && step < 0 ? count - 1 : (this.#active + step + count) % count;
      this.#mark();
      return;
    }
    if (!open) return;
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.#close();
    } else if ((event.key === "Enter" || event.key === "Tab") && this.#active >= 0) {
      if (event.key === "Enter") {
        event.preventDefault();
        event.stopPropagation();
      }
      this.#choose(this.#active);
    }
  }
}
