/** The values of a multi-valued property, each in a field of its own. */
import { h, icon, on } from "../dom";
import { t } from "../strings";
import { iconButton, innerControl, textArea, textField, type TextArea, type TextField } from "../ui/controls";
import { restoreBreaks, toLineFeeds } from "./newlines";
import type { ValueEditor } from "./valueField";

/** A value in the list: what it was and the field that holds it. */
interface Item {
  readonly original: string;
  readonly field: TextField | TextArea;
}

/** Moves the item at `index` by one; the same list when that leads out of it. Pure. */
export function moved<T>(items: readonly T[], index: number, by: 1 | -1): readonly T[] {
  const item = items[index];
  const other = items[index + by];
  if (item === undefined || other === undefined) return items;
  return items.map((old, place) => (place === index ? other : place === index + by ? item : old));
}

/** The list editor. */
export class ListEditor implements ValueEditor {
  readonly element = h("div", { class: "value-list", role: "group", "aria-label": t("values") });
  #original: readonly string[] = [];
  #items: readonly Item[] = [];
  #readOnly = false;

  constructor(private readonly onInput: () => void) {}

  read(): readonly string[] {
    return this.#items.map(({ original, field }) =>
      field.localName === "vscode-text-area"
        ? restoreBreaks(original, toLineFeeds(field.value))
        : field.value,
    );
  }

  write(values: readonly string[]): void {
    const current = this.read();
    this.#original = values;
    if (current.length === values.length && current.every((value, index) => value === values[index])) return;
    this.#items = values.map((value) => this.#makeItem(value));
    this.#render();
  }

  isDirty(): boolean {
    const current = this.read();
    return (
      current.length !== this.#original.length ||
      current.some((value, index) => value !== this.#original[index])
    );
  }

  setReadOnly(readOnly: boolean): void {
    if (this.#readOnly === readOnly && this.element.childElementCount > 0) return;
    this.#readOnly = readOnly;
    this.#render();
  }

  setInvalid(describedBy: string | undefined, index?: number): void {
    for (const [place, { field }] of this.#items.entries()) {
      const invalid = describedBy !== undefined && (index === undefined || index === place);
      field.classList.toggle("invalid", invalid);
      const control = innerControl(field);
      if (invalid) control?.setAttribute("aria-invalid", "true");
      else control?.removeAttribute("aria-invalid");
    }
    if (describedBy !== undefined && index !== undefined) this.#items[index]?.field.focus();
  }

  focus(): void {
    const first = this.#items[0]?.field ?? this.element.querySelector<HTMLElement>("vscode-button");
    first?.focus();
  }

  #makeItem(value: string): Item {
    // A field for one line would drop line breaks.
    const field = /[\r\n]/.test(value) ? textArea({ rows: 3 }) : textField({});
    field.classList.add("list-field");
    field.setAttribute("spellcheck", "false");
    field.value = toLineFeeds(value);
    on(field, "input", this.onInput);
    return { original: value, field };
  }

  #change(items: readonly Item[], focus: number | undefined): void {
    this.#items = items;
    this.#render();
    if (focus !== undefined) (this.#items[Math.min(focus, this.#items.length - 1)]?.field ?? this).focus();
    this.onInput();
  }

  #render(): void {
    const rows = this.#items.map((item, index) => this.#row(item, index));
    const add = h(
      "vscode-button",
      { appearance: "secondary", class: "list-add" },
      t("addValue"),
      h("span", { slot: "start" }, icon("add")),
    );
    add.addEventListener("click", () =>
      this.#change([...this.#items, this.#makeItem("")], this.#items.length),
    );
    this.element.replaceChildren(...rows, ...(this.#readOnly ? [] : [add]));
  }

  #row(item: Item, index: number): HTMLElement {
    const number = index + 1;
    item.field.setAttribute("aria-label", t("valueNumber", number));
    item.field.readOnly = this.#readOnly;
    const row = h(
      "div",
      { class: "list-row" },
      h("span", { class: "list-number", "aria-hidden": "true" }, String(number)),
      item.field,
    );
    if (this.#readOnly) return row;
    const without = this.#items.filter((other) => other !== item);
    row.append(
      iconButton(
        t("moveUp", number),
        "arrow-up",
        () => this.#change(moved(this.#items, index, -1), index - 1),
        {
          disabled: index === 0,
        },
      ),
      iconButton(
        t("moveDown", number),
        "arrow-down",
        () => this.#change(moved(this.#items, index, 1), index + 1),
        {
          disabled: index === this.#items.length - 1,
        },
      ),
      iconButton(t("removeValue", number), "trash", () => this.#change(without, index)),
    );
    return row;
  }
}
