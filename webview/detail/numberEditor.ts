/** A whole number: in decimal, in hexadecimal, and by the names of its bits and values. All of them follow each other. */
import type { NumberModel } from "../../src/protocol/editors";
import { h, on } from "../dom";
import { t } from "../strings";
import { checkbox, textField, type Checkbox, type TextField } from "../ui/controls";
import { focusField, markInvalid, type ValueEditor } from "./valueField";
import {
  decimalText,
  hasFlag,
  hexText,
  inWidth,
  otherBits,
  partMask,
  partValue,
  readWhole,
  shortHex,
  withFlag,
  withPart,
} from "./wholeNumber";

/** A choice of one value for a part of the number. */
interface PartList {
  readonly mask: bigint;
  readonly values: readonly bigint[];
  readonly select: HTMLSelectElement;
}

const OTHER = "other";

/** The editor. */
export class NumberEditor implements ValueEditor {
  readonly element: HTMLElement;
  readonly #decimal: TextField;
  readonly #hex: TextField;
  readonly #boxes: readonly { readonly mask: number; readonly box: Checkbox }[];
  readonly #parts: readonly PartList[];
  readonly #flags = h("div", { class: "flag-boxes", role: "group" });
  readonly #other = h("div", { class: "other-bits" });
  /** The field that was typed into last: its text is the value. */
  #source: TextField;
  #original = "";
  #raw: bigint | undefined;

  constructor(
    label: string,
    private readonly model: NumberModel,
    private readonly onInput: () => void,
  ) {
    const field = (): TextField => textField({ spellcheck: "false", class: "number-field" });
    this.#decimal = field();
    this.#hex = field();
    this.#source = this.#decimal;
    this.#boxes = model.flags.map(({ name, mask }) => this.#makeBox(name, mask));
    this.#parts = model.parts.map((part) => this.#makePart(part));
    for (const each of [this.#decimal, this.#hex]) on(each, "input", () => this.#typed(each));
    const caption = (name: string, control: HTMLElement): HTMLElement =>
      h(
        "div",
        { class: "number-part" },
        h("span", { class: "form-label", "aria-hidden": "true" }, name),
        control,
      );
    this.element = h(
      "div",
      { class: "number-editor" },
      h(
        "div",
        { class: "number-fields" },
        caption(t("decimal"), this.#decimal),
        caption(t("hexadecimal"), this.#hex),
        ...this.#parts.map(({ select }) => caption(t("named"), select)),
      ),
      this.#boxes.length === 0 ? undefined : this.#flags,
      this.#other,
    );
    this.#flags.append(...this.#boxes.map(({ box }) => box));
    this.setLabel(label);
  }

  setLabel(label: string): void {
    this.#decimal.setAttribute("aria-label", `${label}, ${t("decimal")}`);
    this.#hex.setAttribute("aria-label", `${label}, ${t("hexadecimal")}`);
    for (const element of [this.#flags, ...this.#parts.map(({ select }) => select)])
      element.setAttribute("aria-label", `${label}, ${t("named")}`);
  }

  read(): readonly string[] {
    if (!this.isDirty()) return [this.#original];
    return [this.#source === this.#hex ? withPrefix(this.#hex.value) : this.#source.value];
  }

  write([text = ""]: readonly string[]): void {
    this.#original = text;
    this.#source = this.#decimal;
    this.#raw = readWhole(text, this.model);
    this.#decimal.value = text;
    this.#hex.value = this.#raw === undefined ? "" : hexText(this.#raw, this.model);
    this.#drawChoices();
  }

  isDirty(): boolean {
    const original = readWhole(this.#original, this.model);
    return this.#raw === undefined || original === undefined
      ? this.#source.value !== this.#original
      : this.#raw !== original;
  }

  setReadOnly(readOnly: boolean): void {
    this.#decimal.readOnly = readOnly;
    this.#hex.readOnly = readOnly;
    for (const { box } of this.#boxes) box.disabled = readOnly;
    for (const { select } of this.#parts) select.disabled = readOnly;
  }

  setInvalid(describedBy: string | undefined): void {
    for (const field of [this.#decimal, this.#hex])
      markInvalid(field, field === this.#source ? describedBy : undefined);
  }

  focus(typed?: string): void {
    focusField(this.#decimal, typed);
  }

  #makeBox(name: string, mask: number): { mask: number; box: Checkbox } {
    // A box says that it changed also when it only follows the number.
    const box = checkbox(name, false, (checked) => {
      const raw = this.#raw ?? 0n;
      if (checked !== hasFlag(raw, mask)) this.#set(withFlag(raw, mask, checked));
    });
    box.title = shortHex(mask);
    box.append(h("span", { class: "flag-mask" }, shortHex(mask)));
    return { mask, box };
  }

  #makePart(part: NumberModel["parts"][number]): PartList {
    const mask = partMask(part, this.model);
    const values = part.values.map(({ value }) => inWidth(value, mask, this.model.bits));
    const select = h(
      "select",
      { class: "value-select" },
      ...part.values.map(({ name }, index) => h("option", { value: String(index) }, name)),
    );
    on(select, "change", () => {
      const value = values[Number(select.value)];
      if (value !== undefined) this.#set(withPart(this.#raw ?? 0n, mask, value));
    });
    return { mask, values, select };
  }

  #typed(field: TextField): void {
    this.#source = field;
    this.#raw = readWhole(field === this.#hex ? withPrefix(field.value) : field.value, this.model);
    if (this.#raw !== undefined) {
      if (field !== this.#decimal) this.#decimal.value = decimalText(this.#raw, this.model);
      if (field !== this.#hex) this.#hex.value = hexText(this.#raw, this.model);
    }
    this.#drawChoices();
    this.onInput();
  }

  #set(raw: bigint): void {
    this.#raw = raw;
    this.#source = this.#decimal;
    this.#decimal.value = decimalText(raw, this.model);
    this.#hex.value = hexText(raw, this.model);
    this.#drawChoices();
    this.onInput();
  }

  #drawChoices(): void {
    const raw = this.#raw ?? 0n;
    for (const { mask, box } of this.#boxes) box.checked = hasFlag(raw, mask);
    for (const { mask, values, select } of this.#parts) {
      const value = partValue(raw, mask);
      const index = values.indexOf(value);
      select.querySelector(`[value="${OTHER}"]`)?.remove();
      if (index < 0) select.prepend(h("option", { value: OTHER }, t("unnamedValue", shortHex(value))));
      select.value = index < 0 ? OTHER : String(index);
    }
    const other = this.#boxes.length === 0 ? 0n : otherBits(raw, this.model);
    this.#other.textContent = other === 0n ? "" : t("otherBits", shortHex(other));
  }
}

/** Hexadecimal digits alone are hexadecimal too, in the field for them. */
const withPrefix = (text: string): string => (/^\s*[0-9a-f]+\s*$/i.test(text) ? `0x${text.trim()}` : text);
