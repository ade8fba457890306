/** The field for the address of a link. */
import { h, on } from "../dom";
import { t } from "../strings";

const LINK = /^(?:https?:\/\/\S|mailto:\S|tel:\S)/i;

/** Asks for an address; Enter takes it, Escape leaves it. */
export function askLink(toolbar: HTMLElement, take: (url: string) => void): void {
  const error = h("span", { class: "field-error", role: "alert" });
  const field = h("input", {
    class: "text-input compose-link",
    type: "url",
    placeholder: "https://",
    "aria-label": t("composeLinkAddress"),
  });
  const form = h("div", { class: "compose-link-form" }, field, error);
  let isOpen = true;
  const close = (): void => {
    // What is taken out while it has the focus loses it, and would be taken out a second time.
    if (!isOpen) return;
    isOpen = false;
    form.remove();
  };
  on(field, "keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") close();
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    const typed = field.value.trim();
    const url = /^[\w.-]+\.[a-z]{2,}(?:\/|$)/i.test(typed) ? `https://${typed}` : typed;
    if (!LINK.test(url)) {
      error.textContent = t("composeLinkInvalid");
      return;
    }
    close();
    take(url);
  });
  on(field, "blur", close);
  toolbar.after(form);
  field.focus();
}
