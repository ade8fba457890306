/** The form that adds a property: a known one by name, any one by tag, a named one by its set. */
import type { AddPropertyParams } from "../src/protocol/messages";
import type { PropertySuggestion, TypeChoice } from "../src/protocol/viewModel";
import { parseTag, readAddition, type AdditionForm } from "./addModel";
import { makeValueEditor } from "./detail/valueEditor";
import type { ValueEditor } from "./detail/valueField";
import { on } from "./dom";
import { HostError, reasonOf } from "./host";
import { t } from "./strings";
import { Combobox } from "./ui/combobox";
import { checkbox, dropdown, textField } from "./ui/controls";
import { FormPanel, labelled } from "./ui/formPanel";

const TYPE_UNICODE = 0x1f;
const EXAMPLE_GUID = "{00062002-0000-0000-C000-000000000046}";

/** What the form asks of the page. */
export interface AddPropertyActions {
  suggest(query: string): Promise<readonly PropertySuggestion[]>;
  /** Adds it; rejects with the reason. */
  add(params: Omit<AddPropertyParams, "object" | "revision">): Promise<void>;
  close(): void;
}

/** The form. */
export class AddPropertyPanel {
  readonly #panel: FormPanel;
  readonly #combobox: Combobox<PropertySuggestion>;
  readonly #named = checkbox(t("namedProperty"), false, () => this.#layout());
  readonly #guid = textField({ "aria-label": t("propertySet"), placeholder: EXAMPLE_GUID });
  readonly #number = textField({ "aria-label": t("propertyNumberOrName"), placeholder: "0x8205" });
  readonly #type: ReturnType<typeof dropdown>;
  #suggestion: PropertySuggestion | undefined;
  #value: ValueEditor | undefined;
  #valueKind: TypeChoice["editor"] | undefined;

  constructor(
    private readonly types: readonly TypeChoice[],
    private readonly actions: AddPropertyActions,
  ) {
    this.#panel = new FormPanel(
      t("addProperty"),
      () => void this.#submit(),
      () => actions.close(),
    );
    this.#combobox = new Combobox<PropertySuggestion>({
      id: "add-property-name",
      label: t("propertyName"),
      placeholder: t("propertyNameHint"),
      listLabel: t("suggestions"),
      nothingFound: t("noSuggestions"),
      suggest: async (query) =>
        (await actions.suggest(query)).map((value) => ({
          value,
          label: value.name,
          description: `${value.canonicalName || value.mapiName}  ${value.where}  ${value.typeText}`,
        })),
      chosen: (suggestion) => this.#chosen(suggestion),
    });
    this.#type = dropdown(
      { "aria-label": t("propertyType") },
      types.map(({ type, label }) => ({ value: String(type), label })),
    );
    on(this.#type, "change", () => this.#layout());
    this.#selectType(TYPE_UNICODE);
  }

  /** The form's element. */
  get element(): HTMLElement {
    return this.#panel.element;
  }

  /** Puts the focus where one begins. */
  focus(): void {
    this.#combobox.input.focus();
  }

  #choice(): TypeChoice | undefined {
    return this.types.find(({ type }) => String(type) === this.#type.value) ?? this.types[0];
  }

  #selectType(type: number): void {
    if (this.types.some((choice) => choice.type === type)) this.#type.value = String(type);
    this.#layout();
  }

  #chosen(suggestion: PropertySuggestion | undefined): void {
    this.#suggestion = suggestion;
    this.#panel.setError(undefined);
    const tag = parseTag(this.#combobox.input.value);
    if (suggestion !== undefined) this.#selectType(suggestion.type);
    else if (tag !== undefined) this.#selectType(tag & 0xffff);
  }

  #layout(): void {
    const kind = this.#choice()?.editor ?? "line";
    if (kind !== this.#valueKind) {
      const before = this.#value?.read();
      this.#valueKind = kind;
      this.#value = makeValueEditor(kind, t("propertyValue"), () => this.#panel.setError(undefined));
      this.#value?.write(
        kind === "list" ? (before ?? [""]) : kind === "boolean" ? ["true"] : [before?.[0] ?? ""],
      );
      this.#value?.setReadOnly(false);
    }
    const named = this.#named.checked;
    this.#panel.setFields(
      ...(named
        ? [labelled(t("propertySet"), this.#guid, "wide"), labelled(t("propertyNumberOrName"), this.#number)]
        : [labelled(t("propertyName"), this.#combobox.element, "wide")]),
      labelled(t("propertyType"), this.#type),
      ...(this.#value === undefined ? [] : [labelled(t("propertyValue"), this.#value.element, "value")]),
      this.#named,
    );
  }

  #form(): AdditionForm {
    return {
      mode: this.#named.checked ? "named" : "known",
      query: this.#combobox.input.value,
      suggestion: this.#suggestion,
      guid: this.#guid.value,
      numberOrName: this.#number.value,
      type: this.#choice()?.type ?? TYPE_UNICODE,
      values: this.#value?.read() ?? [],
    };
  }

  async #submit(): Promise<void> {
    const addition = readAddition(this.#form());
    if (typeof addition === "string") {
      const fields = {
        needProperty: this.#combobox.input,
        needGuid: this.#guid,
        needNumberOrName: this.#number,
      };
      this.#panel.setError(t(addition, EXAMPLE_GUID), fields[addition]);
      return;
    }
    try {
      await this.actions.add(addition);
    } catch (error: unknown) {
      const message = reasonOf(error);
      const atValue = error instanceof HostError && error.code === "invalid";
      this.#panel.setError(message, atValue ? this.#value?.element : this.#combobox.input);
    }
  }
}
