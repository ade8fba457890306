/** A small form that slides in below the toolbar: fields in a row, a button that does it, one that does not. */
import { h, icon, on } from "../dom";
import { t } from "../strings";
import { textButton } from "./controls";

/** A form in the page. */
export class FormPanel {
  readonly element: HTMLElement;
  readonly #error = h("div", { class: "field-error", id: "form-error", role: "alert" });
  readonly #fields = h("div", { class: "form-fields" });
  #invalid: HTMLElement | undefined;

  constructor(
    title: string,
    private readonly submit: () => void,
    private readonly close: () => void,
  ) {
    this.element = h(
      "div",
      { class: "form-panel", role: "dialog", "aria-label": title },
      h("h2", { class: "form-title" }, title),
      this.#fields,
      this.#error,
      h(
        "div",
        { class: "form-buttons" },
        textButton(t("add"), "primary", submit),
        textButton(t("cancel"), "secondary", close),
      ),
    );
    on(this.element, "keydown", (event) => this.#onKey(event));
  }

  /** Sets the fields. */
  setFields(...fields: HTMLElement[]): void {
    this.#fields.replaceChildren(...fields);
  }

  /** Shows what is wrong, at the field that is meant. */
  setError(message: string | undefined, field?: HTMLElement): void {
    this.#invalid?.removeAttribute("aria-invalid");
    this.#invalid?.removeAttribute("aria-describedby");
    this.#invalid?.classList.remove("invalid");
    this.#invalid = message === undefined ? undefined : field;
    this.#error.replaceChildren(...(message === undefined ? [] : [icon("error"), ` ${message}`]));
    if (message === undefined || field === undefined) return;
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", "form-error");
    field.classList.add("invalid");
    field.focus();
  }

  #onKey(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.close();
      return;
    }
    if (event.key !== "Enter") return;
    const inField =
      event.target instanceof HTMLElement &&
      /^(input|select|vscode-text-field)$/.test(event.target.localName);
    const inArea = event.target instanceof HTMLElement && event.target.localName === "vscode-text-area";
    const control = event.ctrlKey || event.metaKey;
    if (!(inField || (inArea && control))) return;
    event.preventDefault();
    event.stopPropagation();
    this.submit();
  }
}

/** A field with its label above it. The control needs a name of its own for assistive technology. */
export function labelled(label: string, control: HTMLElement, className = ""): HTMLElement {
  return h(
    "div",
    { class: `form-field ${className}`.trim() },
    h("span", { class: "form-label", "aria-hidden": "true" }, label),
    control,
  );
}
