/** The line above the paper: which form of the body is shown, as what, in which code page, on which paper. */
import type { BodyChoice, MessageModel } from "../../src/protocol/message";
import { h, icon, on, setAttributes } from "../dom";
import { t } from "../strings";

/** What can be chosen. */
export interface BodyState {
  /** The form; undefined for the best one. */
  readonly body: string | undefined;
  readonly source: boolean;
  readonly codePage: number | undefined;
  readonly followTheme: boolean;
}

/** The form that is shown. */
export function shownChoice(
  { bodies, best }: MessageModel,
  body: string | undefined,
): BodyChoice | undefined {
  return bodies.find(({ id }) => id === body) ?? bodies.find(({ id }) => id === best?.id) ?? bodies[0];
}

function toggleButton(label: string, name: string, onChange: (pressed: boolean) => void): HTMLButtonElement {
  const button = h(
    "button",
    { class: "body-toggle", type: "button", title: label, "aria-label": label },
    icon(name),
    h("span", {}, label),
  );
  on(button, "click", () => onChange(button.getAttribute("aria-pressed") !== "true"));
  return button;
}

/** The line. */
export class BodySwitch {
  readonly element = h("div", { class: "body-switch", role: "group" });
  readonly #form = h("select", { class: "body-select" });
  readonly #page = h("select", { class: "body-select" });
  readonly #source: HTMLButtonElement;
  readonly #theme: HTMLButtonElement;
  readonly #origin = h("span", { class: "body-origin" });

  constructor(change: (patch: Partial<BodyState>) => void) {
    this.#source = toggleButton(t("messageSource"), "code", (source) => change({ source }));
    this.#theme = toggleButton(t("messageFollowTheme"), "color-mode", (followTheme) =>
      change({ followTheme }),
    );
    setAttributes(this.element, { "aria-label": t("messageSwitches") });
    setAttributes(this.#form, { "aria-label": t("messageBodyForm"), title: t("messageBodyForm") });
    setAttributes(this.#page, { "aria-label": t("messageCodePage"), title: t("messageCodePage") });
    on(this.#form, "change", () => change({ body: this.#form.value }));
    on(this.#page, "change", () => change({ codePage: Number(this.#page.value) || undefined }));
    this.element.append(this.#form, this.#origin, this.#source, this.#page, this.#theme);
  }

  /** Draws the choices and what is chosen. */
  update(model: MessageModel, state: BodyState): void {
    const shown = shownChoice(model, state.body);
    this.element.hidden = shown === undefined;
    if (shown === undefined) return;
    this.#form.replaceChildren(
      ...model.bodies.map(({ id, label }) =>
        h(
          "option",
          { value: id },
          id === model.best?.id && model.bodies.length > 1 ? t("messageBodyBest", label) : label,
        ),
      ),
    );
    this.#form.value = shown.id;
    this.#drawPages(model, shown, state.codePage);
    this.#source.setAttribute("aria-pressed", String(state.source));
    this.#theme.setAttribute("aria-pressed", String(state.followTheme));
    this.#theme.hidden = state.source;
    this.#origin.textContent = shown.origin;
    this.#origin.title = [shown.codePage, ...(shown.id === model.best?.id ? [model.best.reason] : [])]
      .filter(Boolean)
      .join("\n");
  }

  #drawPages({ codePages }: MessageModel, shown: BodyChoice, codePage: number | undefined): void {
    this.#page.hidden = !shown.takesCodePage && codePage === undefined;
    const automatic =
      codePage === undefined ? t("messageCodePageAuto", shown.codePage) : t("messageCodePageReset");
    this.#page.replaceChildren(
      h("option", { value: "" }, automatic),
      ...codePages.map(({ id, name }) => h("option", { value: id }, name)),
    );
    this.#page.value = codePage === undefined ? "" : String(codePage);
  }
}
