/** The value in the form that adds a property: the editor that the detail pane has for its type and its names. */
import type { EditorsRequests } from "../src/protocol/editors";
import { valueEditorOf, type ValueServices } from "./detail/detailEditors";
import type { ValueEditor } from "./detail/valueField";
import { h } from "./dom";
import { t } from "./strings";

/** What the value asks of its form. */
export interface AddedValueActions extends Pick<ValueServices, "request"> {
  changed(): void;
  /** Says what was refused in the editor; undefined takes it away. */
  refused(reason: string | undefined, index?: number): void;
}

/** The property the value is for. */
export type AddedProperty = EditorsRequests["newValue"]["params"];

/** The value. */
export class AddedValue {
  readonly element = h("div", { class: "added-value" });
  #editor: ValueEditor | undefined;
  /** The property that was asked for last, as text. */
  #wanted = "";
  /** What the editor that is shown was made from, as text. */
  #shown = "";
  #answer: Promise<void> = Promise.resolve();

  constructor(private readonly actions: AddedValueActions) {}

  /** Shows the editor for a property. What was typed stays, as far as it is a text in the new editor too. */
  show(property: AddedProperty): void {
    const wanted = JSON.stringify(property);
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    this.#answer = this.#ask(property, wanted);
    // What was not answered is asked for again; who reads the value hears why.
    this.#answer.catch(() => {
      if (this.#wanted === wanted) this.#wanted = "";
    });
  }

  /** The values, once what was typed is understood; rejects with the reason when it cannot be. */
  async read(): Promise<readonly string[]> {
    await this.#answer;
    await this.#editor?.settle?.();
    return this.#editor?.read() ?? [];
  }

  /** Marks what was refused; `index` says which of several values. Undefined takes the mark away. */
  setInvalid(describedBy: string | undefined, index?: number): void {
    this.#editor?.setInvalid(describedBy, index);
    if (describedBy === undefined || this.element.contains(document.activeElement)) return;
    if (index === undefined) this.#editor?.focus();
  }

  async #ask(property: AddedProperty, wanted: string): Promise<void> {
    const model = await this.actions.request("newValue", property);
    const shown = JSON.stringify(model);
    if (wanted !== this.#wanted || shown === this.#shown) return;
    this.#shown = shown;
    const before = this.#editor?.read();
    const hadFocus = this.element.contains(document.activeElement);
    const editor = valueEditorOf(model, t("propertyValue"), {
      request: this.actions.request,
      changed: () => this.actions.changed(),
      refused: (reason, index) => this.actions.refused(reason, index),
    });
    this.#editor = editor;
    this.element.replaceChildren(...(editor === undefined ? [] : [editor.element]));
    if (editor === undefined) return;
    editor.write([""]);
    editor.setReadOnly(false);
    const single = model.extras?.kind === "list" ? model.extras.editor : model.editor;
    if (single === "line" && before?.some((text) => text !== "") === true)
      editor.write(model.editor === "list" ? before : before.slice(0, 1));
    if (hadFocus) editor.focus();
  }
}
