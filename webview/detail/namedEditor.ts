/** A GUID or an error code: typed as it is, or found by its name. */
import { h, on } from "../dom";
import { t } from "../strings";
import { Combobox } from "../ui/combobox";
import { editField } from "../ui/editing";
import type { ValueEditor } from "./valueField";

/** A name with the text of its value. */
export interface NamedText {
  readonly name: string;
  readonly value: string;
}

let nextId = 1;

/** The editor. */
export class NamedEditor implements ValueEditor {
  readonly element: HTMLElement;
  readonly #field: Combobox<NamedText>;
  #original = "";

  constructor(
    label: string,
    suggest: (query: string) => Promise<readonly NamedText[]>,
    private readonly onInput: () => void,
  ) {
    this.#field = new Combobox<NamedText>({
      id: `named-value-${nextId++}`,
      label,
      placeholder: t("valueOrName"),
      listLabel: t("knownNames"),
      nothingFound: t("noNames"),
      suggest: async (query) =>
        (await suggest(query === this.#original.trim() ? "" : query)).map((named) => ({
          value: named,
          label: named.name,
          description: named.value,
        })),
      chosen: (named) => {
        if (named !== undefined) this.#field.input.value = named.value;
        this.onInput();
      },
    });
    this.element = h("div", { class: "named-editor" }, this.#field.element);
    on(this.#field.input, "focus", () => this.#field.input.select());
  }

  read(): readonly string[] {
    return [this.#field.input.value];
  }

  write([text = ""]: readonly string[]): void {
    this.#original = text;
    if (this.#field.input.value !== text) this.#field.input.value = text;
  }

  isDirty(): boolean {
    return this.#field.input.value !== this.#original;
  }

  setReadOnly(readOnly: boolean): void {
    this.#field.input.readOnly = readOnly;
  }

  setInvalid(describedBy: string | undefined): void {
    const { input } = this.#field;
    if (describedBy === undefined) input.removeAttribute("aria-invalid");
    else input.setAttribute("aria-invalid", "true");
  }

  setLabel(label: string): void {
    this.#field.input.setAttribute("aria-label", label);
  }

  focus(typed?: string): void {
    const { input } = this.#field;
    input.focus();
    input.select();
    if (typed !== undefined && typed !== "" && !input.readOnly) editField("insertText", typed);
  }
}
