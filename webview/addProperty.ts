/** The form that adds a property: a known one by name, any one by tag, a named one by its set. */
import type { AddPropertyParams } from "../src/protocol/messages";
import type { PropertySuggestion, TypeChoice } from "../src/protocol/viewModel";
import { AddedValue, type AddedValueActions } from "./addedValue";
import { parseTag, readAddition, withType, type AdditionForm } from "./addModel";
import { on } from "./dom";
import { HostError, reasonOf } from "./host";
import { t } from "./strings";
import { Combobox } from "./ui/combobox";
import { checkbox, dropdown, textField } from "./ui/controls";
import { FormPanel, labelled } from "./ui/formPanel";

const ERROR_ID = "form-error";
const TYPE_UNICODE = 0x1f;
const EXAMPLE_GUID = "{00062002-0000-0000-C000-000000000046}";

/** What the form asks of the page. */
export interface AddPropertyActions extends Pick<AddedValueActions, "request"> {
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
  readonly #value: AddedValue;
  readonly #fields: Readonly<Record<"known" | "named", readonly HTMLElement[]>>;

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
    for (const field of [this.#type, this.#guid, this.#number]) on(field, "change", () => this.#showValue());
    this.#value = new AddedValue({
      request: actions.request,
      changed: () => this.#setError(undefined),
      refused: (reason, index) => {
        this.#setError(reason);
        this.#value.setInvalid(reason === undefined ? undefined : ERROR_ID, index);
      },
    });
    const type = labelled(t("propertyType"), this.#type);
    const value = labelled(t("propertyValue"), this.#value.element, "value");
    this.#fields = {
      known: [labelled(t("propertyName"), this.#combobox.element, "wide"), type, this.#named, value],
      named: [
        labelled(t("propertySet"), this.#guid, "wide"),
        labelled(t("propertyNumberOrName"), this.#number),
        type,
        this.#named,
        value,
      ],
    };
    this.#selectType(TYPE_UNICODE);
    this.#layout();
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
    this.#showValue();
  }

  #chosen(suggestion: PropertySuggestion | undefined): void {
    this.#suggestion = suggestion;
    this.#setError(undefined);
    const tag = parseTag(this.#combobox.input.value);
    if (suggestion !== undefined) this.#selectType(suggestion.type);
    else if (tag !== undefined) this.#selectType(tag & 0xffff);
    else this.#showValue();
  }

  #layout(): void {
    this.#panel.setFields(...this.#fields[this.#named.checked ? "named" : "known"]);
    this.#showValue();
  }

  #showValue(): void {
    const form = this.#form([]);
    const addition = readAddition(form);
    if (typeof addition === "string") this.#value.show({ tag: withType(0, form.type) });
    else {
      const { tag, named } = addition;
      this.#value.show({ tag, ...(named === undefined ? {} : { named }) });
    }
  }

  #setError(message: string | undefined, field?: HTMLElement): void {
    this.#panel.setError(message, field);
    if (message === undefined) this.#value.setInvalid(undefined);
  }

  #form(values: readonly string[]): AdditionForm {
    return {
      mode: this.#named.checked ? "named" : "known",
      query: this.#combobox.input.value,
      suggestion: this.#suggestion,
      guid: this.#guid.value,
      numberOrName: this.#number.value,
      type: this.#choice()?.type ?? TYPE_UNICODE,
      values,
    };
  }

  async #submit(): Promise<void> {
    const problem = readAddition(this.#form([]));
    if (typeof problem === "string") {
      const fields = {
        needProperty: this.#combobox.input,
        needGuid: this.#guid,
        needNumberOrName: this.#number,
      };
      this.#setError(t(problem, EXAMPLE_GUID), fields[problem]);
      return;
    }
    try {
      const addition = readAddition(this.#form(await this.#value.read()));
      if (typeof addition !== "string") await this.actions.add(addition);
    } catch (error: unknown) {
      if (!(error instanceof HostError && error.code === "invalid")) {
        this.#setError(reasonOf(error), this.#combobox.input);
        return;
      }
      this.#setError(reasonOf(error));
      this.#value.setInvalid(ERROR_ID, error.index);
    }
  }
}
