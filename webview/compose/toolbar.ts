/** The bar above the text: which form it is edited in, and what can be done with what is selected. */
import { h, icon, on, setAttributes } from "../dom";
import { withControl } from "../menu";
import type { StringKey } from "../../src/protocol/strings";
import { t } from "../strings";
import type { RichCommand, RichFrame } from "./richFrame";

/** How the text is edited. */
export type ComposeMode = "rich" | "source" | "text";

/** What the bar asks for. */
export interface ToolbarActions {
  mode(mode: ComposeMode): void;
  command(name: RichCommand): void;
  colour(value: string): void;
  link(): void;
  picture(): void;
}

const BUTTONS: readonly (readonly [name: RichCommand, icon: string, label: StringKey, key?: string])[] = [
  ["bold", "bold", "composeBold", "B"],
  ["italic", "italic", "composeItalic", "I"],
  ["underline", "text-size", "composeUnderline", "U"],
  ["strikeThrough", "dash", "composeStrike"],
  ["insertUnorderedList", "list-unordered", "composeBullets"],
  ["insertOrderedList", "list-ordered", "composeNumbers"],
  ["outdent", "arrow-left", "composeOutdent"],
  ["indent", "arrow-right", "composeIndent"],
  ["removeFormat", "clear-all", "composeClear"],
];

const MODES: readonly (readonly [mode: ComposeMode, label: StringKey])[] = [
  ["rich", "composeRich"],
  ["source", "composeSource"],
  ["text", "composePlain"],
];

/** Formats that are on or off. */
const STATES: ReadonlySet<RichCommand> = new Set([
  "bold",
  "italic",
  "underline",
  "strikeThrough",
  "insertUnorderedList",
  "insertOrderedList",
]);

/** A format for which there is no icon is shown on its letter. */
function letter(label: StringKey): HTMLElement | undefined {
  if (label === "composeUnderline")
    return h("span", { class: "compose-underline", "aria-hidden": "true" }, "U");
  if (label === "composeStrike") return h("span", { class: "compose-strike", "aria-hidden": "true" }, "S");
  return undefined;
}

/** The bar. */
export class ComposeToolbar {
  readonly element: HTMLElement;
  readonly #buttons = new Map<RichCommand, HTMLButtonElement>();
  readonly #format = h("div", { class: "compose-format", role: "group" });
  readonly #modes: HTMLSelectElement;

  constructor(private readonly actions: ToolbarActions) {
    this.#modes = h("select", { class: "text-input compose-mode", "aria-label": t("composeBodyKinds") });
    for (const [value, label] of MODES) this.#modes.append(h("option", { value }, t(label)));
    on(this.#modes, "change", () => {
      const found = MODES.find(([mode]) => mode === this.#modes.value);
      if (found) actions.mode(found[0]);
    });
    this.element = h(
      "div",
      { class: "compose-toolbar", role: "toolbar", "aria-label": t("composeFormatting") },
      this.#format,
      this.#modes,
    );
    for (const [name, iconName, label, key] of BUTTONS) this.#addButton(name, iconName, label, key);
    this.#addColour();
    this.#plain("link", "composeLink", () => actions.link(), "K");
    this.#plain("file-media", "composePicture", () => actions.picture());
  }

  /** Shows the form of the text, and what is on where the caret is. */
  update(mode: ComposeMode, frame: RichFrame, enabled: boolean): void {
    this.#modes.value = mode;
    this.#modes.disabled = !enabled;
    this.#format.hidden = mode !== "rich";
    for (const button of this.#format.querySelectorAll<HTMLButtonElement | HTMLInputElement>(
      "button, input",
    )) {
      button.disabled = !enabled;
    }
    for (const [name, button] of this.#buttons) {
      if (STATES.has(name)) button.setAttribute("aria-pressed", String(frame.isOn(name)));
    }
  }

  #addButton(name: RichCommand, iconName: string, label: StringKey, key: string | undefined): void {
    this.#buttons.set(
      name,
      this.#plain(iconName, label, () => this.actions.command(name), key),
    );
  }

  #plain(iconName: string, label: StringKey, run: () => void, key?: string): HTMLButtonElement {
    const title = key === undefined ? t(label) : `${t(label)} (${withControl(key)})`;
    const button = h(
      "button",
      { class: "compose-button", type: "button", title, "aria-label": t(label) },
      letter(label) ?? icon(iconName),
    );
    // The selection in the text is to stay.
    on(button, "mousedown", (event) => event.preventDefault());
    on(button, "click", run);
    this.#format.append(button);
    return button;
  }

  #addColour(): void {
    const input = h("input", { class: "compose-colour", type: "color", title: t("composeColour") });
    setAttributes(input, { "aria-label": t("composeColour") });
    input.value = "#c00000";
    on(input, "change", () => this.actions.colour(input.value));
    this.#format.append(input);
  }
}
