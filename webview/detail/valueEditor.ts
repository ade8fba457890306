/** Editors of one whole value, one for each kind. */
import type { EditorKind } from "../../src/protocol/viewModel";
import { h, on } from "../dom";
import { t } from "../strings";
import { textArea, textField, type TextArea, type TextField } from "../ui/controls";
import { HexEditor } from "./hex/hexEditor";
import type { ElementActions } from "./listEditor";
import { restoreBreaks, toLineFeeds } from "./newlines";
import { focusField, markInvalid, type ValueEditor } from "./valueField";

/** Characters a text editor holds at the most; longer values are shown in part and are replaced from a file. */
export const MAX_EDITOR_TEXT = 1_000_000;

const MOST_ROWS = 12;
/** Characters that a field of one row has room for. */
const ONE_LINE = 80;

/** A text of one or of many lines. */
class TextEditor implements ValueEditor {
  readonly element: TextField | TextArea;
  #original = "";
  #rows = 0;

  constructor(
    label: string,
    private readonly lines: boolean,
    onInput: () => void,
  ) {
    this.element = lines
      ? textArea({ "aria-label": label, class: "value-text", spellcheck: "false" })
      : textField({ "aria-label": label, class: "value-line", spellcheck: "false" });
    on(this.element, "input", () => {
      this.#fit(this.element.value);
      onInput();
    });
  }

  read(): readonly string[] {
    const { value } = this.element;
    return [this.lines ? restoreBreaks(this.#original, toLineFeeds(value)) : value];
  }

  write([text = ""]: readonly string[]): void {
    this.#original = text;
    const shown = toLineFeeds(text);
    if (toLineFeeds(this.element.value) !== shown) this.element.value = this.lines ? shown : text;
    this.#rows = 0;
    this.#fit(shown);
  }

  /** Gives the field the height of its text: one line, or from three to twelve. While it is typed into it only grows. */
  #fit(text: string): void {
    if (!this.lines) return;
    const lines = text.split("\n", MOST_ROWS + 1).length;
    const rows = lines === 1 && text.length <= ONE_LINE ? 1 : Math.max(3, Math.min(MOST_ROWS, lines));
    if (rows <= this.#rows) return;
    this.#rows = rows;
    this.element.setAttribute("rows", String(rows));
  }

  isDirty(): boolean {
    return toLineFeeds(this.element.value) !== toLineFeeds(this.#original);
  }

  setReadOnly(readOnly: boolean): void {
    this.element.readOnly = readOnly;
  }

  setInvalid(describedBy: string | undefined): void {
    markInvalid(this.element, describedBy);
  }

  focus(typed?: string): void {
    focusField(this.element, typed);
  }

  setLabel(label: string): void {
    this.element.setAttribute("aria-label", label);
  }
}

/** True or false. */
class BooleanEditor implements ValueEditor {
  readonly element: HTMLSelectElement;
  #original = "";

  constructor(label: string, onInput: () => void) {
    this.element = h(
      "select",
      { class: "value-boolean", "aria-label": label },
      h("option", { value: "true" }, t("trueText")),
      h("option", { value: "false" }, t("falseText")),
    );
    on(this.element, "change", onInput);
  }

  read(): readonly string[] {
    return [this.element.value];
  }

  write([text = "true"]: readonly string[]): void {
    this.#original = text;
    // A value that was just added is none yet.
    this.element.value = text === "" ? "true" : text;
  }

  isDirty(): boolean {
    return this.element.value !== this.#original;
  }

  setReadOnly(readOnly: boolean): void {
    this.element.disabled = readOnly;
  }

  setInvalid(describedBy: string | undefined): void {
    if (describedBy === undefined) this.element.removeAttribute("aria-invalid");
    else this.element.setAttribute("aria-invalid", "true");
  }

  setLabel(label: string): void {
    this.element.setAttribute("aria-label", label);
  }

  focus(): void {
    this.element.focus();
  }
}

/** Makes the editor of one of several values: text with line breaks gets more than one line. */
export function makeElementEditor(
  kind: EditorKind,
  text: string,
  label: string,
  actions: ElementActions,
): ValueEditor {
  if (kind === "hex" || kind === "boolean") {
    const editor = makeValueEditor(
      kind,
      label,
      () => actions.changed(),
      (reason) => actions.refused(reason),
    );
    if (editor !== undefined) return editor;
  }
  return new TextEditor(label, /[\r\n]/.test(text), () => actions.changed());
}

/** Makes the editor of a kind; undefined for several values, and for those that can only be looked at. */
export function makeValueEditor(
  kind: EditorKind,
  label: string,
  onInput: () => void,
  refused: (reason: string) => void = () => undefined,
): ValueEditor | undefined {
  switch (kind) {
    case "line":
      return new TextEditor(label, false, onInput);
    case "text":
      return new TextEditor(label, true, onInput);
    case "hex":
      return new HexEditor(label, { changed: onInput, refused });
    case "boolean":
      return new BooleanEditor(label, onInput);
    case "list":
    case "none":
      return undefined;
  }
}
