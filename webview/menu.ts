/** A context menu that looks like VS Code's own. One at a time; closes by itself when the focus leaves it. */
import { h, icon, on } from "./dom";
import { findByPrefix } from "./tree/model";
import { isPrintable } from "./ui/typeahead";

/** One entry; a separator has no label. */
export type MenuItem =
  | {
      readonly label: string;
      /** Key that does the same, as it is written on this system. */
      readonly key?: string;
      readonly disabled?: boolean;
      /** For what is on or off. */
      readonly checked?: boolean;
      run(): void;
    }
  | "separator";

let closeOpen: ((restoreFocus: boolean) => void) | undefined;

/** Whether the Command key takes Ctrl's place. */
export const IS_MAC = navigator.userAgent.includes("Mac");

/** How a key with Ctrl (Command) is written. */
export const withControl = (key: string): string => (IS_MAC ? `⌘${key}` : `Ctrl+${key}`);

/** Closes the menu, if one is open. */
export function closeMenu(): void {
  closeOpen?.(false);
}

/** Leaves out separators that separate nothing. */
export function tidy(items: readonly MenuItem[]): readonly MenuItem[] {
  return items.filter(
    (item, index) =>
      item !== "separator" ||
      (index > 0 &&
        items[index - 1] !== "separator" &&
        items.slice(index + 1).some((next) => next !== "separator")),
  );
}

function place(menu: HTMLElement, x: number, y: number): void {
  const { width, height } = menu.getBoundingClientRect();
  const left = x + width > window.innerWidth ? Math.max(0, x - width) : x;
  const top =
    y + height > window.innerHeight ? Math.max(0, Math.min(y - height, window.innerHeight - height)) : y;
  menu.style.left = `${left}px`;
  menu.style.top = `${top}px`;
}

function itemElement(item: MenuItem): HTMLElement {
  if (item === "separator") return h("div", { class: "menu-separator", role: "separator" });
  return h(
    "div",
    {
      class: "menu-item",
      role: item.checked === undefined ? "menuitem" : "menuitemcheckbox",
      tabindex: -1,
      "aria-checked": item.checked === undefined ? undefined : String(item.checked),
      "aria-disabled": item.disabled === true ? "true" : undefined,
    },
    icon(item.checked === true ? "check" : "blank", "menu-icon"),
    h("span", { class: "menu-label" }, item.label),
    h("span", { class: "menu-key", "aria-hidden": "true" }, item.key ?? ""),
  );
}

/** Shows a menu at a point of the window; afterwards the focus goes back to `returnFocus`. */
export function showMenu(
  label: string,
  entries: readonly MenuItem[],
  x: number,
  y: number,
  returnFocus: HTMLElement,
): void {
  closeMenu();
  const items = tidy(entries);
  const elements = items.map(itemElement);
  const menu = h("div", { class: "menu", role: "menu", "aria-label": label }, ...elements);
  const choices = elements.flatMap((element, index) => {
    const item = items[index];
    return item === undefined || item === "separator" ? [] : [{ element, item }];
  });
  const close = (restoreFocus: boolean): void => {
    if (closeOpen !== close) return;
    closeOpen = undefined;
    menu.remove();
    document.removeEventListener("pointerdown", onOutside, true);
    if (restoreFocus) returnFocus.focus();
  };
  const onOutside = (event: Event): void => {
    if (event.target instanceof Node && !menu.contains(event.target)) close(false);
  };
  const focused = (): number => choices.findIndex(({ element }) => element === document.activeElement);
  const focus = (index: number): void => choices.at(index % choices.length)?.element.focus();
  const run = (index: number): void => {
    const item = choices[index]?.item;
    if (item === undefined || item.disabled === true) return;
    close(true);
    item.run();
  };
  const moves: Readonly<Record<string, () => void>> = {
    ArrowDown: () => focus(focused() + 1),
    ArrowUp: () => focus(focused() <= 0 ? -1 : focused() - 1),
    Home: () => focus(0),
    End: () => focus(-1),
    Enter: () => run(focused()),
    " ": () => run(focused()),
    Escape: () => close(true),
    Tab: () => close(true),
  };
  on(menu, "keydown", (event) => {
    event.stopPropagation();
    const move = moves[event.key];
    if (move === undefined && !isPrintable(event)) return;
    event.preventDefault();
    if (move !== undefined) {
      move();
      return;
    }
    const found = findByPrefix(
      choices.map(({ item }) => item.label),
      focused() + 1,
      event.key,
    );
    if (found !== undefined) focus(found);
  });
  on(menu, "focusout", (event) => {
    if (event.relatedTarget instanceof Node && !menu.contains(event.relatedTarget)) close(false);
  });
  on(menu, "contextmenu", (event) => event.preventDefault());
  choices.forEach(({ element }, index) => {
    on(element, "click", () => run(index));
    on(element, "pointermove", () => {
      if (document.activeElement !== element) element.focus();
    });
  });
  closeOpen = close;
  // Inside a landmark, so that assistive technology knows where it belongs; its position is fixed all the same.
  (returnFocus.closest("nav, main") ?? document.body).append(menu);
  document.addEventListener("pointerdown", onOutside, true);
  place(menu, x, y);
  focus(0);
}
