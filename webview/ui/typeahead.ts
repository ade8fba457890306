/** Collects letters that are typed quickly one after the other. */
const PAUSE_MS = 800;

/** What was typed up to now in a list; a pause, any other key, a press of the mouse and leaving the list begin anew. */
export class Typeahead {
  #text = "";
  #last = Number.NEGATIVE_INFINITY;

  constructor(list: HTMLElement) {
    const forget = (): void => {
      this.#last = Number.NEGATIVE_INFINITY;
    };
    list.addEventListener(
      "keydown",
      (event) => {
        if (!isPrintable(event) && event.key !== "Shift") forget();
      },
      true,
    );
    list.addEventListener("focusout", forget);
    list.addEventListener("pointerdown", forget, true);
  }

  /** Adds a letter; says the text so far and whether it just began. */
  add(letter: string, now = performance.now()): { readonly text: string; readonly fresh: boolean } {
    const fresh = now - this.#last > PAUSE_MS;
    this.#last = now;
    // The same letter again walks through everything that begins with it.
    this.#text = fresh || this.#text === letter ? letter : this.#text + letter;
    return { text: this.#text, fresh: fresh || this.#text === letter };
  }
}

/** Whether a key press is a letter, digit or sign to type, without a command key. */
export function isPrintable(event: KeyboardEvent): boolean {
  return event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
}
