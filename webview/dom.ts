/** A tiny element builder. Data of the mail gets into the page only through here: as text, never as markup. */
import { visibleSegments } from "./visibleText";

/** What an element can contain. */
export type Child = Node | string | undefined;

/** Attributes by name; `true` sets an empty one, `false` and `undefined` leave it out. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Sets or removes one attribute. */
export function setAttribute(
  element: Element,
  name: string,
  value: string | number | boolean | undefined,
): void {
  if (value === undefined || value === false) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? "" : String(value));
}

/** Sets or removes many attributes. */
export function setAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value);
}

/** Makes an element with attributes and children. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  setAttributes(element, attributes);
  append(element, children);
  return element;
}

/** Appends children; undefined ones are left out. */
export function append(parent: Node, children: readonly Child[]): void {
  for (const child of children) {
    if (child !== undefined)
      parent.appendChild(typeof child === "string" ? document.createTextNode(child) : child);
  }
}

/** A codicon, hidden from assistive technology. Names come from the host; anything but a plain name shows nothing. */
export function icon(name: string, extraClass = ""): HTMLSpanElement {
  const safe = /^[a-z0-9-]+$/.test(name) ? name : "blank";
  return h("span", { class: `codicon codicon-${safe} ${extraClass}`.trim(), "aria-hidden": "true" });
}

/** Listens to one event of an element. */
export function on<K extends keyof HTMLElementEventMap>(
  element: HTMLElement,
  type: K,
  listener: (event: HTMLElementEventMap[K]) => void,
): void {
  element.addEventListener(type, listener);
}

/**
 * Shows text of the mail: control characters and those that reorder text are made visible, the rest is as it is.
 * The element should isolate its direction (class "isolate").
 */
export function setDataText(element: HTMLElement, text: string): void {
  const segments = visibleSegments(text);
  if (segments.length === 1 && segments[0]?.control === false) {
    element.textContent = segments[0].text;
    return;
  }
  element.replaceChildren(
    ...segments.map((segment) =>
      segment.control
        ? h("span", { class: "control-char" }, segment.text)
        : document.createTextNode(segment.text),
    ),
  );
}

/** Whether an element takes text from the keyboard. */
export function isTextInput(
  target: EventTarget | null | undefined,
): target is HTMLInputElement | HTMLTextAreaElement {
  if (target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button"].includes(target.type);
}

/** The innermost target of an event, inside shadow roots too. */
export function innermostTarget(event: Event): EventTarget | undefined {
  return event.composedPath()[0];
}
