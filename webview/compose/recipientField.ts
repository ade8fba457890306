/**
 * To, Cc or Bcc, of a meeting Required, Optional or Resources: chips for the people, and a field behind them into which lists
 * are typed and pasted.
 */
import type { ComposeModel, ComposeRecipient } from "../../src/protocol/compose";
import type { StringKey } from "../../src/protocol/strings";
import { h, on, setDataText } from "../dom";
import { type MenuItem, showMenu } from "../menu";
import { t } from "../strings";
import { visibleText } from "../visibleText";

/** What the field asks for. */
export interface RecipientActions {
  /** Adds what was typed; resolves to what is left in the field and why. */
  add(kind: number, text: string): Promise<{ readonly rest: string; readonly reason?: string }>;
  remove(objects: readonly string[]): void;
  move(objects: readonly string[], kind: number, before?: string): void;
  change(object: string, text: string): Promise<string | undefined>;
  readOnly(): boolean;
}

/** The kinds, and what they are called in a mail and in a meeting. */
const LABELS: Readonly<Record<number, readonly [mail: StringKey, meeting: StringKey]>> = {
  1: ["to", "composeRequired"],
  2: ["cc", "composeOptional"],
  3: ["bcc", "composeResources"],
};

/** The kinds of recipients in the order of their fields: To, Cc, Bcc. */
export const KINDS: readonly number[] = Object.keys(LABELS).map(Number);

const labelOf = (kind: number, isMeeting: boolean): string => t(LABELS[kind]?.[isMeeting ? 1 : 0] ?? "to");

const DRAGGED = "application/x-msg-recipient";

/** The field. */
export class RecipientField {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
  readonly #chips = h("span", { class: "compose-chips", role: "list" });
  readonly #label: HTMLLabelElement;
  readonly #error: HTMLElement;
  #isMeeting = false;
  #recipients: readonly ComposeRecipient[] = [];
  #focusAt: number | undefined;

  constructor(
    readonly kind: number,
    private readonly actions: RecipientActions,
  ) {
    const id = `compose-kind-${kind}`;
    this.#error = h("div", { class: "field-error", id: `${id}-error`, role: "alert", hidden: true });
    this.input = h("input", {
      class: "compose-input",
      type: "text",
      dir: "auto",
      id,
      autocomplete: "off",
      spellcheck: "false",
      "aria-describedby": `${id}-error`,
    });
    this.#label = h("label", { class: "compose-label", for: id });
    const box = h("div", { class: "compose-box" }, this.#chips, this.input);
    this.element = h(
      "div",
      { class: "compose-row" },
      this.#label,
      h("div", { class: "compose-value" }, box, this.#error),
    );
    on(box, "mousedown", (event) => {
      if (event.target !== box && event.target !== this.#chips) return;
      event.preventDefault();
      this.input.focus();
    });
    on(this.input, "keydown", (event) => this.#onInputKey(event));
    on(this.input, "paste", (event) => this.#onPaste(event));
    on(this.input, "blur", () => void this.commit());
    on(this.input, "input", () => this.#setError(undefined));
    on(box, "dragover", (event) => {
      if (!event.dataTransfer?.types.includes(DRAGGED)) return;
      event.preventDefault();
      event.stopPropagation();
    });
    on(box, "drop", (event) => this.#onDrop(event));
  }

  /** Draws the people of this kind. */
  update({ recipients, isMeeting }: ComposeModel, readOnly: boolean): void {
    const label = labelOf(this.kind, isMeeting);
    this.#isMeeting = isMeeting;
    this.#label.textContent = label;
    this.#chips.setAttribute("aria-label", label);
    const focused = this.#focusedIndex();
    this.#recipients = recipients.filter(({ kind }) => kind === this.kind);
    this.#chips.replaceChildren(...this.#recipients.map((each, i) => this.#chip(each, i)));
    this.input.readOnly = readOnly;
    const wanted = this.#focusAt ?? focused;
    this.#focusAt = undefined;
    if (wanted !== undefined) this.#focusChip(wanted);
    // Chips that came before the field have pushed it out of sight.
    else if (document.activeElement === this.input) this.input.scrollIntoView({ block: "nearest" });
  }

  /** Makes chips of what is typed; true when nothing is left in the field. */
  async commit(text = this.input.value): Promise<boolean> {
    if (text.trim() === "") {
      this.input.value = "";
      return true;
    }
    this.input.value = "";
    const { rest, reason } = await this.actions.add(this.kind, text);
    if (rest !== "") this.input.value = this.input.value === "" ? rest : `${rest}; ${this.input.value}`;
    this.#setError(rest === "" ? undefined : reason);
    return rest === "";
  }

  #setError(reason: string | undefined): void {
    this.#error.hidden = reason === undefined;
    this.#error.textContent = reason ?? "";
    this.input.setAttribute("aria-invalid", String(reason !== undefined));
  }

  #onInputKey(event: KeyboardEvent): void {
    const atStart = this.input.selectionStart === 0 && this.input.selectionEnd === 0;
    const last = this.#recipients.length - 1;
    if (event.isComposing) return;
    if ((event.key === "Backspace" || event.key === "ArrowLeft") && atStart && last >= 0) {
      event.preventDefault();
      this.#focusChip(last);
      return;
    }
    const parts = event.key === ";" || (event.key === "," && /[@>]/.test(this.input.value));
    if (event.key === "Enter" || (parts && !this.#isInQuotes())) {
      event.preventDefault();
      void this.commit();
    }
  }

  /** Lines and cells of a list: a field of one line would run them together. */
  #onPaste(event: ClipboardEvent): void {
    const pasted = event.clipboardData?.getData("text/plain") ?? "";
    if (!/[\r\n\t]/.test(pasted.trim()) || this.input.readOnly) return;
    event.preventDefault();
    const { value, selectionStart, selectionEnd } = this.input;
    void this.commit(
      value.slice(0, selectionStart ?? 0) + pasted + value.slice(selectionEnd ?? value.length),
    );
  }

  #isInQuotes(): boolean {
    const before = this.input.value.slice(0, this.input.selectionStart ?? 0);
    return (before.match(/"/g)?.length ?? 0) % 2 === 1;
  }

  #chip(recipient: ComposeRecipient, index: number): HTMLElement {
    const name = h("span", { class: "isolate" });
    setDataText(name, recipient.label);
    const chip = h(
      "span",
      {
        class: "compose-chip",
        role: "listitem",
        tabindex: -1,
        draggable: "true",
        "aria-label": t("composeRecipient", visibleText(recipient.label), visibleText(recipient.address)),
        title: visibleText(recipient.address),
        "data-object": recipient.object,
      },
      name,
    );
    on(chip, "keydown", (event) => this.#onChipKey(event, recipient, index));
    on(chip, "click", () => chip.focus());
    on(chip, "dblclick", () => this.#edit(chip, recipient));
    on(chip, "contextmenu", (event) => {
      event.preventDefault();
      this.#menu(chip, recipient, index, event.clientX, event.clientY);
    });
    on(chip, "dragstart", (event) => event.dataTransfer?.setData(DRAGGED, recipient.object));
    return chip;
  }

  #onChipKey(event: KeyboardEvent, recipient: ComposeRecipient, index: number): void {
    const chip = event.currentTarget;
    if (!(chip instanceof HTMLElement) || event.target !== chip) return;
    const moves = event.altKey || event.ctrlKey || event.metaKey;
    const run = this.#chipKeys(chip, recipient, index, moves)[event.key];
    if (run === undefined || (moves && !event.key.startsWith("Arrow"))) return;
    event.preventDefault();
    event.stopPropagation();
    run();
  }

  #chipKeys(
    chip: HTMLElement,
    recipient: ComposeRecipient,
    index: number,
    moves: boolean,
  ): Readonly<Record<string, () => void>> {
    const remove = (): void => {
      this.#focusAt = Math.max(0, index - 1);
      if (!this.actions.readOnly()) this.actions.remove([recipient.object]);
    };
    const kindBy = (step: number): void => {
      const kind = this.kind + step;
      if (kind >= 1 && kind <= 3 && !this.actions.readOnly()) this.actions.move([recipient.object], kind);
    };
    const open = (): void => {
      const { left, bottom } = chip.getBoundingClientRect();
      this.#menu(chip, recipient, index, left, bottom);
    };
    return {
      ArrowLeft: moves ? () => this.#shift(index, -1) : () => this.#focusChip(index - 1),
      ArrowRight: moves ? () => this.#shift(index, 1) : () => this.#focusChip(index + 1),
      ...(moves ? { ArrowUp: () => kindBy(-1), ArrowDown: () => kindBy(1) } : {}),
      Home: () => this.#focusChip(0),
      End: () => this.input.focus(),
      Delete: remove,
      Backspace: remove,
      Enter: () => this.#edit(chip, recipient),
      F2: () => this.#edit(chip, recipient),
      ContextMenu: open,
    };
  }

  /** Changes places with a neighbour. */
  #shift(index: number, step: 1 | -1): void {
    const moved = this.#recipients[index];
    const target = index + step;
    if (moved === undefined || target < 0 || target >= this.#recipients.length || this.actions.readOnly())
      return;
    const before = this.#recipients[step < 0 ? target : target + 1]?.object;
    this.#focusAt = target;
    this.actions.move([moved.object], this.kind, before);
  }

  #focusedIndex(): number | undefined {
    const at = Array.from(this.#chips.children).indexOf(document.activeElement ?? this.input);
    return at < 0 ? undefined : at;
  }

  #focusChip(index: number): void {
    const chip = this.#chips.children[Math.max(0, index)];
    if (chip instanceof HTMLElement) chip.focus();
    else this.input.focus();
  }

  #edit(chip: HTMLElement, recipient: ComposeRecipient): void {
    if (this.actions.readOnly()) return;
    const field = h("input", {
      class: "compose-input chip-input",
      type: "text",
      "aria-label": recipient.label,
    });
    field.value = recipient.text || recipient.label;
    let isOpen = true;
    const close = (focus: boolean): void => {
      if (!isOpen) return;
      isOpen = false;
      field.replaceWith(chip);
      if (focus) chip.focus();
    };
    const commit = async (focus: boolean): Promise<void> => {
      if (!isOpen) return;
      if (field.value === (recipient.text || recipient.label)) {
        close(focus);
        return;
      }
      const reason = await this.actions.change(recipient.object, field.value);
      this.#setError(reason);
      if (reason === undefined || !focus) close(focus);
    };
    on(field, "keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter" && !event.isComposing) void commit(true);
      else if (event.key === "Escape") {
        this.#setError(undefined);
        close(true);
      } else return;
      event.preventDefault();
    });
    on(field, "blur", () => void commit(false));
    chip.replaceWith(field);
    field.focus();
    field.select();
  }

  #menu(chip: HTMLElement, recipient: ComposeRecipient, index: number, x: number, y: number): void {
    const disabled = this.actions.readOnly();
    const to = KINDS.filter((kind) => kind !== this.kind).map((kind): MenuItem => ({
      label: t("composeMoveTo", labelOf(kind, this.#isMeeting)),
      disabled,
      run: () => this.actions.move([recipient.object], kind),
    }));
    const items: MenuItem[] = [
      { label: t("composeEditRecipient"), key: "F2", disabled, run: () => this.#edit(chip, recipient) },
      "separator",
      ...to,
      "separator",
      { label: t("composeMoveLeft"), disabled: disabled || index === 0, run: () => this.#shift(index, -1) },
      {
        label: t("composeMoveRight"),
        disabled: disabled || index === this.#recipients.length - 1,
        run: () => this.#shift(index, 1),
      },
      "separator",
      {
        label: t("composeRemoveRecipient"),
        key: "Del",
        disabled,
        run: () => this.actions.remove([recipient.object]),
      },
    ];
    showMenu(recipient.label, items, x, y, chip);
  }

  #onDrop(event: DragEvent): void {
    const object = event.dataTransfer?.getData(DRAGGED) ?? "";
    if (object === "") return;
    event.preventDefault();
    event.stopPropagation();
    const over = event.target instanceof Element ? event.target.closest<HTMLElement>(".compose-chip") : null;
    const before = over?.dataset["object"];
    if (before !== object) this.actions.move([object], this.kind, before);
  }
}
