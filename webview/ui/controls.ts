/**
 * The standard controls: the only file that knows which library they come from (`@vscode/webview-ui-toolkit`, whose
 * development has ended), so that they can be replaced in one place.
 */
import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeProgressRing,
  vsCodeTextArea,
  vsCodeTextField,
} from "@vscode/webview-ui-toolkit";
import type { Button, Checkbox, Dropdown, TextArea, TextField } from "@vscode/webview-ui-toolkit";
import { append, h, icon, setAttributes, type Attributes, type Child } from "../dom";

declare global {
  interface HTMLElementTagNameMap {
    "vscode-button": Button;
    "vscode-checkbox": Checkbox;
    "vscode-dropdown": Dropdown;
    "vscode-text-area": TextArea;
    "vscode-text-field": TextField;
  }
}

/** Controls as the rest of the page names them. */
export type { Button, Checkbox, Dropdown, TextArea, TextField };

/** Registers the custom elements; before the first of them is made. */
export function registerControls(): void {
  provideVSCodeDesignSystem().register(
    vsCodeButton(),
    vsCodeCheckbox(),
    vsCodeDropdown(),
    vsCodeOption(),
    vsCodeProgressRing(),
    vsCodeTextArea(),
    vsCodeTextField(),
  );
}

/** A button with a text. */
export function textButton(
  label: string,
  appearance: "primary" | "secondary",
  onClick: () => void,
  attributes: Attributes = {},
): Button {
  const button = h("vscode-button", { appearance, ...attributes }, label);
  button.addEventListener("click", onClick);
  return button;
}

/** A button that shows an icon and says its label to assistive technology and in its tooltip. */
export function iconButton(
  label: string,
  iconName: string,
  onClick: () => void,
  attributes: Attributes = {},
): Button {
  const button = h(
    "vscode-button",
    { appearance: "icon", "aria-label": label, title: label, ...attributes },
    icon(iconName),
  );
  button.addEventListener("click", onClick);
  return button;
}

/** A check box with its label. */
export function checkbox(label: string, checked: boolean, onChange: (checked: boolean) => void): Checkbox {
  const box = h("vscode-checkbox", {}, label);
  box.checked = checked;
  box.addEventListener("change", () => onChange(box.checked));
  return box;
}

/** Names that the toolkit gives fields by itself when they are put into the page. */
const TOOLKIT_NAMES: readonly string[] = ["Text field", "Text area"];

/** Keeps the accessible name of a field: the toolkit puts its own in place of it. */
function keepName(field: HTMLElement): void {
  const isToolkits = (name: string): boolean => name === "" || TOOLKIT_NAMES.includes(name);
  const present = (): string => field.getAttribute("aria-label") ?? "";
  let name = present();
  const observer = new MutationObserver((records) => {
    const earlier = records.map(({ oldValue }) => oldValue ?? "").reverse();
    name = [present(), ...earlier, name].find((candidate) => !isToolkits(candidate)) ?? "";
    if (name !== "" && isToolkits(present())) field.setAttribute("aria-label", name);
  });
  observer.observe(field, { attributeFilter: ["aria-label"], attributeOldValue: true });
}

/** A field for one line; children with a `slot` attribute sit in it. */
export function textField(attributes: Attributes, ...children: Child[]): TextField {
  const field = document.createElement("vscode-text-field");
  setAttributes(field, attributes);
  append(field, children);
  keepName(field);
  return field;
}

/** A field for many lines. */
export function textArea(attributes: Attributes): TextArea {
  const area = document.createElement("vscode-text-area");
  setAttributes(area, attributes);
  keepName(area);
  return area;
}

/** A list to choose one from, not inside anything that clips. */
export function dropdown(
  attributes: Attributes,
  options: readonly { readonly value: string; readonly label: string }[],
): Dropdown {
  const list = document.createElement("vscode-dropdown");
  setAttributes(list, attributes);
  for (const { value, label } of options) {
    const option = document.createElement("vscode-option");
    option.setAttribute("value", value);
    option.textContent = label;
    list.append(option);
  }
  return list;
}

/** A ring that turns while something is awaited. */
export function progressRing(label: string): HTMLElement {
  const ring = document.createElement("vscode-progress-ring");
  ring.setAttribute("aria-label", label);
  return ring;
}

/** The native element inside a field that has the caret, for selection and validity. */
export function innerControl(
  field: TextField | TextArea,
): HTMLInputElement | HTMLTextAreaElement | undefined {
  const control = field.shadowRoot?.querySelector("input, textarea");
  return control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement ? control : undefined;
}
