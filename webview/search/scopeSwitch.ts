/** The switch between filtering the shown object and searching the whole session, with what either has found. */
import { h, icon, on, setAttributes } from "../dom";
import { t } from "../strings";

/** Where the words in the filter are looked for. */
export type Scope = "object" | "session";

/** Two radio buttons. */
export class ScopeSwitch {
  readonly element: HTMLElement;
  readonly #objectCount = h("span", { class: "filter-count" });
  readonly #sessionCount = h("span", { class: "session-count" });
  readonly #buttons: Readonly<Record<Scope, HTMLButtonElement>>;

  constructor(private readonly choose: (scope: Scope) => void) {
    const make = (scope: Scope, name: string, label: string, count: HTMLElement): HTMLButtonElement => {
      const button = h(
        "button",
        { class: "scope-button", type: "button", role: "radio", title: label },
        icon(name, "scope-icon"),
        h("span", { class: "scope-label" }, label),
        count,
      );
      on(button, "click", () => this.choose(scope));
      on(button, "keydown", (event) => this.#onKey(event, scope));
      return button;
    };
    this.#buttons = {
      object: make("object", "symbol-property", t("scopeObject"), this.#objectCount),
      session: make("session", "list-tree", t("scopeSession"), this.#sessionCount),
    };
    this.element = h(
      "div",
      { class: "scope-switch", role: "radiogroup", "aria-label": t("searchScope") },
      this.#buttons.object,
      this.#buttons.session,
    );
    this.update("object");
  }

  /** Marks where is searched. */
  update(scope: Scope): void {
    for (const [name, button] of Object.entries(this.#buttons)) {
      setAttributes(button, { "aria-checked": String(name === scope), tabindex: name === scope ? 0 : -1 });
    }
  }

  /** How many rows of the object match, of how many. */
  setObjectCount(text: string): void {
    this.#objectCount.textContent = text;
  }

  /** How many properties of the session match; empty when nothing is searched for. */
  setSessionCount(text: string): void {
    this.#sessionCount.textContent = text;
  }

  #onKey(event: KeyboardEvent, scope: Scope): void {
    if (!["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    const other = scope === "object" ? "session" : "object";
    this.#buttons[other].focus();
    this.choose(other);
  }
}
