/**
 * The list of named values below a field for a number: choosing one changes the number in the field, which stays a
 * field to type into. Floats above the page, so that cells that clip do not clip it.
 */
import type { NumberModel } from "../../src/protocol/editors";
import {
  decimalText,
  hasFlag,
  hexText,
  inWidth,
  partMask,
  partValue,
  readWhole,
  shortHex,
  withFlag,
  withPart,
} from "../detail/wholeNumber";
import { h, icon, on } from "../dom";
import { t } from "../strings";

interface Choice {
  readonly name: string;
  /** Set or not beside others, rather than one of several values. */
  readonly isBit: boolean;
  readonly shown: string;
  isSet(raw: bigint): boolean;
  /** The number after it was chosen. */
  choose(raw: bigint): bigint;
}

function choicesOf(model: NumberModel): readonly Choice[] {
  const flags = model.flags.map(({ name, mask }): Choice => ({
    name,
    isBit: true,
    shown: shortHex(mask),
    isSet: (raw) => hasFlag(raw, mask),
    choose: (raw) => withFlag(raw, mask, !hasFlag(raw, mask)),
  }));
  const parts = model.parts.flatMap((part) => {
    const mask = partMask(part, model);
    return part.values.map(({ name, value }): Choice => {
      const wanted = inWidth(value, mask, model.bits);
      return {
        name,
        isBit: false,
        shown: model.flags.length > 0 ? shortHex(wanted) : decimalText(wanted, model),
        isSet: (raw) => partValue(raw, mask) === wanted,
        choose: (raw) => withPart(raw, mask, wanted),
      };
    });
  });
  return [...parts, ...flags];
}

let nextId = 1;

/** The list of one field while it is edited. */
export class ChoiceList {
  readonly #id = `choices-${nextId++}`;
  readonly #list: HTMLElement;
  readonly #choices: readonly Choice[];
  readonly #several: boolean;
  #active = -1;

  constructor(
    private readonly input: HTMLInputElement,
    private readonly model: NumberModel,
    /** A choice was made with the mouse that leaves nothing more to choose. */
    private readonly picked: () => void,
  ) {
    this.#choices = choicesOf(model);
    this.#several = model.flags.length > 0 || model.parts.length > 1;
    this.#list = h("div", {
      class: "choice-list",
      id: this.#id,
      role: "listbox",
      "aria-label": t("named"),
      "aria-multiselectable": this.#several ? "true" : undefined,
    });
    // The field keeps the focus while a name is clicked.
    on(this.#list, "mousedown", (event) => event.preventDefault());
    on(this.#list, "click", (event) => this.#onClick(event));
    on(input, "input", () => this.#mark());
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-haspopup", "listbox");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-autocomplete", "none");
  }

  /** Whether the list shows. */
  get isOpen(): boolean {
    return this.#list.isConnected;
  }

  /** Shows the list at the field, with what the number is. */
  open(): void {
    if (this.isOpen) return;
    this.#list.replaceChildren(...this.#choices.map((choice, index) => this.#item(choice, index)));
    (this.input.closest("main") ?? document.body).append(this.#list);
    this.input.setAttribute("aria-expanded", "true");
    this.input.setAttribute("aria-controls", this.#id);
    const raw = this.#raw();
    this.#active = raw === undefined ? -1 : this.#choices.findIndex((choice) => choice.isSet(raw));
    if (this.#several) this.#active = -1;
    this.#mark();
    this.place();
  }

  /** Takes the list away. */
  close(): void {
    this.#list.remove();
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-controls");
    this.input.removeAttribute("aria-activedescendant");
  }

  /** Moves the list to where the field is now. */
  place(): void {
    if (!this.isOpen) return;
    const box = this.input.getBoundingClientRect();
    const { height } = this.#list.getBoundingClientRect();
    const below = box.bottom + height <= window.innerHeight || box.top < height;
    this.#list.style.minWidth = `${Math.max(160, Math.min(box.width, 480))}px`;
    this.#list.style.maxHeight = `${Math.max(66, Math.min(264, below ? window.innerHeight - box.bottom - 4 : box.top - 4))}px`;
    // A narrow window leaves less room beside the field than the names need.
    const { width } = this.#list.getBoundingClientRect();
    this.#list.style.left = `${Math.max(0, Math.min(box.left, window.innerWidth - width))}px`;
    if (below) this.#list.style.top = `${box.bottom - 1}px`;
    else this.#list.style.top = `${box.top - this.#list.getBoundingClientRect().height + 1}px`;
  }

  /** Takes a key of the field; says whether it was for the list. */
  onKey(event: KeyboardEvent): boolean {
    const { key, altKey, ctrlKey, metaKey } = event;
    if (ctrlKey || metaKey) return false;
    if (altKey && (key === "ArrowDown" || key === "ArrowUp")) {
      if (this.isOpen) this.close();
      else this.open();
      return true;
    }
    if (key === "ArrowDown" || key === "ArrowUp") {
      this.open();
      this.#move(key === "ArrowDown" ? 1 : -1);
      return true;
    }
    if (key !== " " || !this.#several || this.#active < 0 || !this.isOpen) return false;
    this.#choose(this.#active);
    return true;
  }

  #raw(): bigint | undefined {
    return readWhole(this.input.value, this.model);
  }

  #item({ name, shown, isBit }: Choice, index: number): HTMLElement {
    return h(
      "div",
      {
        class: isBit ? "choice-item choice-bit" : "choice-item",
        role: "option",
        id: `${this.#id}-${index}`,
        "data-index": index,
      },
      h("span", { class: "choice-mark" }, icon("check")),
      h("span", { class: "choice-name" }, name),
      h("span", { class: "choice-value" }, shown),
    );
  }

  #mark(): void {
    const raw = this.#raw();
    for (const [index, item] of [...this.#list.children].entries()) {
      item.setAttribute(
        "aria-selected",
        String(raw !== undefined && this.#choices[index]?.isSet(raw) === true),
      );
      item.classList.toggle("active", index === this.#active);
      if (index === this.#active) item.scrollIntoView({ block: "nearest" });
    }
    if (this.#active < 0 || !this.isOpen) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", `${this.#id}-${this.#active}`);
  }

  #move(step: 1 | -1): void {
    const count = this.#choices.length;
    this.#active = this.#active < 0 && step < 0 ? count - 1 : (this.#active + step + count) % count;
    if (!this.#several) this.#choose(this.#active);
    else this.#mark();
  }

  #choose(index: number): void {
    const choice = this.#choices[index];
    if (choice === undefined) return;
    const raw = choice.choose(this.#raw() ?? 0n);
    const isHex =
      /^\s*0x/i.test(this.input.value) || (this.model.flags.length > 0 && this.input.value === "");
    this.input.value = isHex ? hexText(raw, this.model) : decimalText(raw, this.model);
    this.input.dispatchEvent(new Event("input", { bubbles: true }));
    this.#active = index;
    this.#mark();
  }

  #onClick(event: MouseEvent): void {
    const item = event.target instanceof Element ? event.target.closest<HTMLElement>("[role=option]") : null;
    if (item === null) return;
    this.#choose(Number(item.dataset["index"]));
    if (!this.#several) this.picked();
  }
}
