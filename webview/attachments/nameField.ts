/** A field that takes the place of a name while it is changed: Enter takes it, Escape leaves it. */
import { h, on } from "../dom";

/** Puts the field over a place; the stem of a file name is selected, as file managers do. */
export function askName(place: HTMLElement, label: string, name: string, take: (name: string) => void): void {
  const field = h("input", {
    class: "text-input name-field",
    type: "text",
    "aria-label": label,
    spellcheck: "false",
  });
  field.value = name;
  let isOpen = true;
  const close = (): void => {
    if (!isOpen) return;
    isOpen = false;
    field.remove();
  };
  const commit = (): void => {
    const wanted = field.value.trim();
    close();
    if (wanted !== "" && wanted !== name) take(wanted);
  };
  on(field, "keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) commit();
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  on(field, "blur", commit);
  place.append(field);
  field.focus();
  const dot = name.lastIndexOf(".");
  field.setSelectionRange(0, dot > 0 ? dot : name.length);
}
