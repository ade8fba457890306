/** Collects letters that are typed quickly one after the other. */
const PAUSE_MS = 800;

/** What was typed up to now; a pause begins anew. */
export class Typeahead {
  #text = "";
  #last = 0;

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
