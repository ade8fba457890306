/** The editor inside a cell: a native field, and the reason of a refusal floating below it. */
import type { PropertyRow } from "../../src/protocol/viewModel";
import { h, on, setAttribute } from "../dom";
import { reasonOf } from "../host";
import { t } from "../strings";
import { ChoiceList } from "../ui/choiceList";
import { editField } from "../ui/editing";

/** What is edited: a property, or a field of a structure. */
export type CellTarget = Pick<PropertyRow, "name" | "editor" | "editText" | "choices">;

/** How an editor was left. */
export type Leaving = "enter" | "next" | "previous" | "blur";

/** What the editor asks of the grid. */
export interface CellEditorActions {
  /** Writes the text; rejects with the reason when it is refused. */
  commit(text: string): Promise<void>;
  /** The editor is done and may be taken away. */
  done(leaving: Leaving | "escape"): void;
}

const ERROR_ID = "cell-editor-error";

function makeField(row: CellTarget, typed: string | undefined): HTMLInputElement | HTMLSelectElement {
  const label = `${row.name}, ${t("columnValue")}`;
  if (row.editor === "boolean") {
    const select = h(
      "select",
      { class: "cell-input", "aria-label": label },
      h("option", { value: "true" }, t("trueText")),
      h("option", { value: "false" }, t("falseText")),
    );
    const wanted = ["true", "false"].find(
      (value) => typed !== undefined && value.startsWith(typed.toLowerCase()),
    );
    select.value =
      typed === undefined || typed === "" ? (row.editText ?? "true") : (wanted ?? row.editText ?? "true");
    return select;
  }
  const input = h("input", {
    class: "cell-input",
    type: "text",
    dir: "auto",
    spellcheck: "false",
    autocomplete: "off",
    "aria-label": label,
  });
  input.value = row.editText ?? "";
  return input;
}

/** One editing of one value. */
export class CellEditor<T extends CellTarget = PropertyRow> {
  readonly #field: HTMLInputElement | HTMLSelectElement;
  readonly #list: ChoiceList | undefined;
  readonly #error = h("div", { class: "cell-error", id: ERROR_ID, role: "alert" });
  readonly #original: string;
  #state: "open" | "busy" | "closed" = "open";
  #refused: string | undefined;

  /** The answer to a commit that is under way, for those who must wait for it. */
  settled: Promise<void> = Promise.resolve();

  constructor(
    readonly row: T,
    private readonly cell: HTMLElement,
    private readonly typed: string | undefined,
    private readonly actions: CellEditorActions,
  ) {
    this.#original = row.editText ?? "";
    this.#field = makeField(row, typed);
    this.#list =
      row.choices !== undefined && this.#field instanceof HTMLInputElement
        ? new ChoiceList(this.#field, row.choices, () => void this.commit("enter"))
        : undefined;
    on(this.#field, "keydown", (event) => this.#onKey(event));
    on(this.#field, "blur", () => {
      if (this.#state === "open") void this.commit("blur");
    });
    on(this.#field, "input", () => this.#clearError());
  }

  /** Puts the field into the cell and the caret into the field. */
  open(): void {
    this.cell.classList.add("editing");
    this.cell.removeAttribute("title");
    this.cell.replaceChildren(this.#field);
    this.#field.focus();
    if (!(this.#field instanceof HTMLInputElement)) return;
    this.#field.select();
    // Typed through the browser's own editing, so that undo leads back to the value that was there.
    if (this.typed !== undefined && this.typed !== "") editField("insertText", this.typed);
    this.#list?.open();
  }

  /** Whether the editor still shows. */
  get isOpen(): boolean {
    return this.#state !== "closed";
  }

  /** Whether there is something that was not written. */
  get isDirty(): boolean {
    return this.isOpen && this.#field.value !== this.#original;
  }

  /** Puts the focus back into the field. */
  focus(): void {
    this.#field.focus();
  }

  /** Moves the message to where the cell is now. */
  placeError(): void {
    this.#list?.place();
    if (!this.#error.isConnected) return;
    const box = this.cell.getBoundingClientRect();
    const { height } = this.#error.getBoundingClientRect();
    const below = box.bottom + height <= window.innerHeight;
    this.#error.style.left = `${box.left}px`;
    this.#error.style.maxWidth = `${Math.max(160, Math.min(480, window.innerWidth - box.left - 8))}px`;
    this.#error.style.top = `${below ? box.bottom - 1 : box.top - height + 1}px`;
  }

  /** Writes the text when it changed, and closes; stays open with the reason when it is refused. */
  commit(leaving: Leaving): Promise<void> {
    if (this.#state !== "open") return this.settled;
    const text = this.#field.value;
    if (text === this.#original) {
      this.#close(leaving);
      return Promise.resolve();
    }
    // Leaving a text that was refused already does not ask again and again: it is given up where the focus went.
    if (leaving === "blur" && this.#refused === text && !document.hasFocus()) return Promise.resolve();
    this.#state = "busy";
    this.#setBusy(true);
    this.settled = this.actions.commit(text).then(
      () => this.#close(leaving),
      (error: unknown) => this.#refuse(text, reasonOf(error)),
    );
    return this.settled;
  }

  /** Closes without writing. */
  cancel(): void {
    this.#close("escape");
  }

  /** Takes the editor away without telling anyone; for when its row is gone. */
  dispose(): void {
    this.#state = "closed";
    this.#error.remove();
    this.#list?.close();
    this.cell.classList.remove("editing");
  }

  #close(leaving: Leaving | "escape"): void {
    if (this.#state === "closed") return;
    this.dispose();
    this.actions.done(leaving);
  }

  #refuse(text: string, reason: string): void {
    if (this.#state === "closed") return;
    this.#state = "open";
    this.#refused = text;
    this.#setBusy(false);
    this.#field.setAttribute("aria-invalid", "true");
    this.#field.setAttribute("aria-describedby", ERROR_ID);
    this.#error.textContent = reason;
    this.#list?.close();
    document.body.append(this.#error);
    this.placeError();
    if (document.hasFocus() && document.activeElement !== this.#field) this.#field.focus();
  }

  #setBusy(busy: boolean): void {
    setAttribute(this.#field, "aria-busy", busy ? "true" : undefined);
    if (this.#field instanceof HTMLInputElement) this.#field.readOnly = busy;
  }

  #clearError(): void {
    this.#field.removeAttribute("aria-invalid");
    this.#field.removeAttribute("aria-describedby");
    this.#error.remove();
  }

  #onKey(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (this.#list?.onKey(event) === true) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const leaving: Leaving | undefined =
      event.key === "Enter"
        ? "enter"
        : event.key === "Tab"
          ? event.shiftKey
            ? "previous"
            : "next"
          : undefined;
    if (event.key !== "Escape" && leaving === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (leaving === undefined) this.cancel();
    else void this.commit(leaving);
  }
}
