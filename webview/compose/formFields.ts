/** Fields of a form in the composer: text, choices, check boxes, dates; each written when it is left. */
import type { ComposeField, ComposeValue, ComposeZone } from "../../src/protocol/compose";
import { h, on } from "../dom";
import { t } from "../strings";
import { Combobox } from "../ui/combobox";

/** Writes a field; resolves to why it was not taken. */
export type WriteField = (id: string, value: ComposeValue) => Promise<string | undefined>;

const two = (value: number): string => String(value).padStart(2, "0");

/** A moment as `<input type=datetime-local>` has it, where the person is. */
function localText(ms: number): string {
  const date = new Date(ms);
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** How the value of a field stands in its control. */
function shownText({ kind, value }: ComposeField): string {
  if (value === null || typeof value === "boolean") return "";
  if (Array.isArray(value)) return value.join(", ");
  if (typeof value === "number") {
    if (kind === "time") return localText(value);
    if (kind === "clock") return new Date(value).toISOString().slice(0, 16);
    if (kind === "day") return new Date(value).toISOString().slice(0, 10);
  }
  return String(value);
}

/** What the texts of the controls mean, in milliseconds. */
const MOMENTS = {
  time: (text: string) => new Date(text).getTime(),
  clock: (text: string) => Date.parse(`${text}Z`),
  day: (text: string) => Date.parse(`${text}T00:00Z`),
} as const;

/** The value that a control's text stands for. */
function valueOf({ kind }: ComposeField, text: string): ComposeValue {
  switch (kind) {
    case "time":
    case "clock":
    case "day": {
      const ms = text === "" ? Number.NaN : MOMENTS[kind](text);
      return Number.isNaN(ms) ? null : ms;
    }
    case "number":
    case "choice":
      return text.trim() === "" ? null : Number(text);
    case "list":
      return text.split(/[,;]/).flatMap((each) => (each.trim() === "" ? [] : [each.trim()]));
    default:
      return text === "" ? null : text;
  }
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const INPUT_TYPES: Readonly<Partial<Record<ComposeField["kind"], string>>> = {
  time: "datetime-local",
  clock: "datetime-local",
  day: "date",
  number: "number",
  check: "checkbox",
};

function controlOf(field: ComposeField, id: string): Control {
  const shared = { id, "aria-describedby": `${id}-error` };
  if (field.kind === "choice") {
    const select = h("select", { class: "text-input", ...shared });
    for (const { value, label } of field.choices ?? []) select.append(h("option", { value }, label));
    return select;
  }
  if (field.kind === "lines")
    return h("textarea", { class: "text-input compose-lines", dir: "auto", rows: 2, ...shared });
  const type = INPUT_TYPES[field.kind] ?? "text";
  const placeholder = field.kind === "list" ? t("composeCategoriesHint") : undefined;
  return h("input", {
    class: type === "checkbox" ? "compose-check" : "text-input",
    type,
    dir: type === "text" ? "auto" : undefined,
    placeholder,
    ...shared,
  });
}

/** A time zone, looked for by name or city; a click lists all. */
function zoneField(id: string, field: () => ComposeField, chosen: () => void): Combobox<string> {
  const all = (): readonly ComposeZone[] => field().zones ?? [];
  const combobox = new Combobox<string>({
    id,
    label: field().label,
    placeholder: t("composeZoneHint"),
    listLabel: t("composeZones"),
    nothingFound: t("composeZoneNone"),
    opensOnClick: true,
    suggest: (query) => {
      const wanted = query === shownText(field()) ? "" : query.toLowerCase();
      const found = all().filter(({ name, description }) =>
        `${name} ${description}`.toLowerCase().includes(wanted),
      );
      return Promise.resolve(
        found.map(({ name, description }) => ({ value: name, label: name, description })),
      );
    },
    chosen: (name) => {
      if (name !== undefined) chosen();
    },
  });
  combobox.input.setAttribute("aria-describedby", `${id}-error`);
  return combobox;
}

/** One field. */
class FormField {
  readonly element: HTMLElement;
  readonly #control: Control;
  readonly #error: HTMLElement;
  #field: ComposeField;
  #isDirty = false;

  constructor(
    field: ComposeField,
    private readonly write: WriteField,
  ) {
    this.#field = field;
    const id = `compose-field-${field.id}`;
    this.#error = h("div", { class: "field-error", id: `${id}-error`, role: "alert", hidden: true });
    const zones =
      field.kind === "zone"
        ? zoneField(
            id,
            () => this.#field,
            () => void this.#take(),
          )
        : undefined;
    this.#control = zones?.input ?? controlOf(field, id);
    const label = h("label", { class: "compose-field-label", for: id }, field.label);
    this.element = h(
      "div",
      { class: `compose-field kind-${field.kind}` },
      label,
      zones?.element ?? this.#control,
      this.#error,
    );
    on(this.#control, "input", () => {
      this.#isDirty = true;
      if (field.kind === "check" || field.kind === "choice") void this.commit();
    });
    on(this.#control, "blur", () => void this.commit());
    on(this.#control, "keydown", (event) => {
      if (event.key === "Enter" && field.kind !== "lines") void this.commit();
    });
  }

  /** Writes what was just chosen. */
  async #take(): Promise<void> {
    this.#isDirty = true;
    await this.commit();
  }

  update(field: ComposeField, readOnly: string | undefined): void {
    this.#field = field;
    const reason = readOnly ?? field.readOnly;
    this.#control.disabled = reason !== undefined;
    this.#control.title = reason ?? "";
    if (!this.#isDirty) this.#draw();
  }

  #draw(): void {
    const control = this.#control;
    if (control instanceof HTMLInputElement && control.type === "checkbox") {
      control.checked = this.#field.value === true;
      return;
    }
    const text = shownText(this.#field);
    if (control.value !== text) control.value = text;
  }

  /** Puts the focus into the field, wherever it is folded away. */
  focus(): void {
    const section = this.#control.closest("details");
    if (section) section.open = true;
    this.#control.focus();
  }

  /** Writes what was changed; true when nothing is left that was not taken. */
  async commit(): Promise<boolean> {
    if (!this.#isDirty) return true;
    this.#isDirty = false;
    const control = this.#control;
    const isCheck = control instanceof HTMLInputElement && control.type === "checkbox";
    const reason = await this.write(
      this.#field.id,
      isCheck ? control.checked : valueOf(this.#field, control.value),
    );
    this.#error.hidden = reason === undefined;
    this.#error.textContent = reason ?? "";
    control.setAttribute("aria-invalid", String(reason !== undefined));
    if (reason !== undefined) this.#isDirty = true;
    else this.#draw();
    return reason === undefined;
  }
}

/** The fields of a form, in the order of the model. */
export class FormFields {
  readonly element = h("div", { class: "compose-fields" });
  readonly #fields = new Map<string, FormField>();

  constructor(
    private readonly write: WriteField,
    layout: "grid" | "rows" = "grid",
  ) {
    this.element.classList.toggle("in-rows", layout === "rows");
  }

  /** Draws the fields; those that are being edited keep what was typed. */
  update(fields: readonly ComposeField[], readOnly: string | undefined): void {
    if (fields.some(({ id }) => !this.#fields.has(id)) || fields.length !== this.#fields.size) {
      this.#fields.clear();
      for (const field of fields) this.#fields.set(field.id, new FormField(field, this.write));
      this.element.replaceChildren(...Array.from(this.#fields.values(), ({ element }) => element));
    }
    for (const field of fields) this.#fields.get(field.id)?.update(field, readOnly);
    this.element.hidden = fields.length === 0;
  }

  /** Writes whatever was changed; when something is not taken, the focus goes there, and it resolves to false. */
  async commit(): Promise<boolean> {
    for (const field of this.#fields.values()) {
      if (await field.commit()) continue;
      field.focus();
      return false;
    }
    return true;
  }
}
