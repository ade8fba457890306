/** The bars above the page: what the host says of the session, and what went wrong in the page itself. */
import type { Banner } from "../src/protocol/viewModel";
import { h, icon, on } from "./dom";
import { t } from "./strings";
import { iconButton, textButton } from "./ui/controls";

/** A bar of the page's own, with no action but to be dismissed. */
interface OwnBanner {
  readonly id: string;
  readonly severity: Banner["severity"];
  readonly message: string;
  readonly dismissable: boolean;
  readonly link: Link | undefined;
}

/** A link that VS Code itself follows: for what has to work when the host does not. */
export interface Link {
  readonly label: string;
  readonly href: string;
}

/** Draws such a link. */
export function hostlessLink({ label, href }: Link): HTMLElement {
  return h("a", { class: "link-button", href }, label);
}

/** All bars. Severe ones are announced at once, the others when there is time. */
export class BannerArea {
  readonly element = h("div", { class: "banners" });
  readonly #unfolded = new Set<string>();
  readonly #drawn = new Map<string, { readonly json: string; readonly element: HTMLElement }>();
  readonly #own = new Map<string, OwnBanner>();
  #banners: readonly Banner[] = [];

  constructor(private readonly run: (action: string) => void) {}

  /** Draws the host's bars. A bar that did not change keeps its element, and so the focus. */
  update(banners: readonly Banner[]): void {
    this.#banners = banners;
    this.#render();
  }

  /** Shows or takes away a bar of the page's own. */
  setOwn(id: string, message: string | undefined, dismissable = true, link?: Link): void {
    if (message === undefined) this.#own.delete(id);
    else this.#own.set(id, { id, severity: "error", message, dismissable, link });
    this.#render();
  }

  #render(): void {
    const wanted = [
      ...[...this.#own.values()].map((own) => ({
        key: `own:${own.id}`,
        json: JSON.stringify(own),
        make: () => this.#makeOwn(own),
      })),
      ...this.#banners.map((banner) => ({
        key: `host:${banner.id}`,
        json: JSON.stringify(banner),
        make: () => this.#makeHost(banner),
      })),
    ];
    const elements = wanted.map(({ key, json, make }) => {
      const known = this.#drawn.get(key);
      if (known?.json === json) return known.element;
      const element = make();
      this.#drawn.set(key, { json, element });
      return element;
    });
    const keys = new Set(wanted.map(({ key }) => key));
    for (const key of [...this.#drawn.keys()]) if (!keys.has(key)) this.#drawn.delete(key);
    const same =
      elements.length === this.element.childElementCount &&
      elements.every((element, index) => element === this.element.children[index]);
    if (!same) this.element.replaceChildren(...elements);
  }

  #frame(severity: Banner["severity"], message: string, ...controls: HTMLElement[]): HTMLElement {
    return h(
      "div",
      { class: `banner ${severity}`, role: severity === "error" ? "alert" : "status" },
      icon(severity, `banner-icon severity-${severity}`),
      h("div", { class: "banner-message isolate" }, message),
      ...controls,
    );
  }

  #makeOwn(own: OwnBanner): HTMLElement {
    const links = own.link === undefined ? [] : [hostlessLink(own.link)];
    const close = (): HTMLElement => iconButton(t("dismiss"), "close", () => this.setOwn(own.id, undefined));
    return this.#frame(own.severity, own.message, ...links, ...(own.dismissable ? [close()] : []));
  }

  #makeHost(banner: Banner): HTMLElement {
    const buttons = banner.actions.map(({ id, label }) => textButton(label, "secondary", () => this.run(id)));
    const actions = buttons.length === 0 ? [] : [h("div", { class: "banner-actions" }, ...buttons)];
    const frame = this.#frame(banner.severity, banner.message, ...actions);
    if (banner.details === undefined || banner.details.length === 0) return frame;
    const list = h("ul", { class: "banner-details" }, ...banner.details.map((line) => h("li", {}, line)));
    const toggle = h("button", { class: "link-button", type: "button" }, t("details"));
    const show = (unfolded: boolean): void => {
      toggle.setAttribute("aria-expanded", String(unfolded));
      list.hidden = !unfolded;
    };
    on(toggle, "click", () => {
      const unfolded = !this.#unfolded.delete(banner.id);
      if (unfolded) this.#unfolded.add(banner.id);
      show(unfolded);
    });
    show(this.#unfolded.has(banner.id));
    frame.querySelector(".banner-message")?.append(" ", toggle);
    frame.append(list);
    return frame;
  }
}
