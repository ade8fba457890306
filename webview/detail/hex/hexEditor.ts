/**
 * The editor of bytes: offsets, pairs of digits, characters. A field that cannot be seen takes what is typed, pasted and
 * cut, so that keys, input methods and the clipboard work as in any field.
 */
import { MAX_DETAIL_BYTES } from "../../../src/protocol/viewModel";
import { h, on, setAttribute } from "../../dom";
import { t } from "../../strings";
import type { ValueEditor } from "../valueField";
import { changeByKey, moveByKey } from "./hexKeys";
import {
  type ByteRange,
  hexState,
  type HexState,
  moveTo,
  pasteBytes,
  removeBytes,
  sameBytes,
  selectAll,
  selectionOf,
  typeBytes,
  typeDigit,
} from "./hexModel";
import { HexRows } from "./hexRows";
import { characterOf, hexOf, offsetText, pairOf, parseBytes, parseHex } from "./hexText";

/** Steps of the editor's own undo. */
const MAX_HISTORY = 100;

/** What the editor tells its pane. */
export interface HexActions {
  /** The bytes are others than before. */
  changed(): void;
  /** The caret is at another byte; `byPerson` unless the pane itself put it there. */
  moved?(index: number): void;
  /** Something typed or pasted cannot be taken. */
  refused(reason: string): void;
}

/** The editor. */
export class HexEditor implements ValueEditor {
  readonly element: HTMLElement;
  readonly #sink: HTMLTextAreaElement;
  readonly #rows: HexRows;
  readonly #status = h("span", { class: "hex-place", role: "status" });
  readonly #size = h("span", { class: "hex-size" });
  readonly #mode: HTMLButtonElement;
  #state = hexState(new Uint8Array());
  #original = "";
  #originalBytes = new Uint8Array();
  #marked: ByteRange | undefined;
  #readOnly = false;
  #past: HexState[] = [];
  #future: HexState[] = [];

  constructor(
    label: string,
    private readonly actions: HexActions,
  ) {
    this.#rows = new HexRows({
      state: () => this.#state,
      marked: () => this.#marked,
      hasEnd: () => !this.#readOnly,
    });
    this.#sink = h("textarea", {
      class: "hex-sink",
      "aria-label": t("hexEditor", label),
      spellcheck: "false",
      autocomplete: "off",
      rows: 1,
    });
    // Within the part that scrolls, so that this is reached by the keyboard; it does not scroll itself.
    this.#rows.scroller.prepend(this.#sink);
    this.#mode = h("button", { class: "hex-mode", type: "button" });
    on(this.#mode, "click", () => {
      this.#set({ ...this.#state, insert: !this.#state.insert, nibble: 0 });
      this.#sink.focus({ preventScroll: true });
    });
    this.element = h(
      "div",
      { class: "hex-editor", role: "group", "aria-label": t("bytes") },
      h("div", { class: "hex-frame" }, this.#rows.scroller),
      h("div", { class: "hex-status" }, this.#status, this.#size, this.#mode),
    );
    this.#listen();
    this.#draw();
  }

  /** The bytes as they stand in the editor. */
  get bytes(): Uint8Array {
    return this.#state.bytes;
  }

  read(): readonly string[] {
    return [this.isDirty() ? hexOf(this.#state.bytes) : this.#original];
  }

  write([text = ""]: readonly string[]): void {
    const bytes = parseHex(text) ?? new Uint8Array();
    this.#original = text;
    this.setBytes(bytes);
  }

  /** Shows bytes that count as unchanged; the caret stays where it is. */
  setBytes(bytes: Uint8Array): void {
    this.#originalBytes = Uint8Array.from(bytes);
    if (sameBytes(this.#state.bytes, bytes)) {
      this.#draw();
      return;
    }
    this.#past = [];
    this.#future = [];
    const { caret, anchor } = this.#state;
    this.#state = { ...this.#state, bytes: this.#originalBytes, nibble: 0 };
    this.#state = moveTo(moveTo(this.#state, Math.min(anchor, bytes.length)), Math.min(caret, bytes.length));
    this.#draw();
  }

  isDirty(): boolean {
    return !sameBytes(this.#state.bytes, this.#originalBytes);
  }

  setReadOnly(readOnly: boolean): void {
    if (this.#readOnly === readOnly) return;
    this.#readOnly = readOnly;
    this.#sink.readOnly = readOnly;
    this.#draw();
  }

  setInvalid(describedBy: string | undefined): void {
    setAttribute(this.#sink, "aria-invalid", describedBy === undefined ? undefined : "true");
    setAttribute(this.#sink, "aria-describedby", describedBy);
    this.element.classList.toggle("invalid", describedBy !== undefined);
  }

  setLabel(label: string): void {
    this.#sink.setAttribute("aria-label", t("hexEditor", label));
  }

  focus(typed?: string): void {
    this.#sink.focus({ preventScroll: true });
    if (typed !== undefined && typed !== "" && !this.#readOnly) this.#type(typed);
  }

  /** Marks the bytes of a field and brings them into view. */
  mark(range: ByteRange | undefined, reveal: boolean): void {
    this.#marked = range;
    this.#rows.refresh();
    if (!reveal || range === undefined) return;
    this.#state = moveTo(this.#state, range.start);
    this.#rows.reveal(range.start);
    this.#draw();
  }

  #listen(): void {
    const sink = this.#sink;
    on(sink, "keydown", (event) => this.#onKey(event));
    on(sink, "beforeinput", (event) => {
      // The field itself stays empty: what is typed goes to the bytes.
      if (!event.isComposing) event.preventDefault();
      if (event.inputType === "insertText" && event.data !== null) this.#type(event.data);
    });
    on(sink, "compositionend", (event) => {
      sink.value = "";
      this.#type(event.data);
    });
    on(sink, "copy", (event) => this.#copy(event));
    on(sink, "cut", (event) => {
      this.#copy(event);
      const { start, end } = selectionOf(this.#state);
      if (end > start && !this.#readOnly) this.#edit(removeBytes(this.#state, 1));
    });
    on(sink, "paste", (event) => {
      event.preventDefault();
      if (!this.#readOnly) this.#paste(event.clipboardData?.getData("text/plain") ?? "");
    });
    sink.addEventListener("fieldcommand", (event) => this.#onCommand(event));
    on(sink, "focus", () => this.element.classList.add("focused"));
    on(sink, "blur", () => this.element.classList.remove("focused"));
    on(this.#rows.scroller, "mousedown", (event) => this.#onMouse(event));
  }

  #onMouse(event: MouseEvent): void {
    const hit = this.#rows.hit(event);
    if (event.button !== 0) return;
    // Beside the bytes there is the scroll bar.
    if (hit === undefined) {
      if (event.target !== this.#rows.scroller) event.preventDefault();
      this.#sink.focus({ preventScroll: true });
      return;
    }
    event.preventDefault();
    this.#sink.focus({ preventScroll: true });
    this.#set(moveTo({ ...this.#state, column: hit.column }, hit.index, event.shiftKey));
    const begin = this.#state.anchor;
    const move = (moved: MouseEvent): void => {
      const over = this.#rows.hit(moved);
      if (over === undefined) return;
      // The byte under the mouse belongs to the selection, whichever way it grows.
      const forward = over.index >= begin;
      const anchor = forward ? begin : begin + 1;
      if (over.index === begin) this.#set(moveTo(this.#state, begin));
      else this.#set({ ...moveTo(this.#state, over.index + (forward ? 1 : 0), true), anchor });
    };
    document.addEventListener("mousemove", move);
    document.addEventListener("mouseup", () => document.removeEventListener("mousemove", move), {
      once: true,
    });
  }

  #onKey(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const steps = { perRow: this.#rows.perRow, page: this.#rows.page };
    const moved = moveByKey(this.#state, event, steps);
    if (moved !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      this.#set(moved);
      return;
    }
    const changed = this.#readOnly ? undefined : changeByKey(this.#state, event);
    if (changed !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      if (changed.bytes === this.#state.bytes) this.#set(changed);
      else this.#edit(changed);
      return;
    }
    if (event.key !== "Tab" || event.shiftKey || this.#state.column === "ascii" || event.ctrlKey) return;
    // From the digits to the characters of the same byte, then on.
    event.preventDefault();
    event.stopPropagation();
    this.#set({ ...this.#state, column: "ascii", nibble: 0 });
  }

  #onCommand(event: Event): void {
    if (!(event instanceof CustomEvent)) return;
    event.preventDefault();
    const command: unknown = event.detail;
    if (command === "selectAll") this.#set(selectAll(this.#state));
    else if (!this.#readOnly) this.#step(command === "redo" ? this.#future : this.#past, command === "redo");
  }

  #step(from: HexState[], redo: boolean): void {
    const state = from.pop();
    if (state === undefined) return;
    (redo ? this.#past : this.#future).push(this.#state);
    this.#put(state);
  }

  #type(text: string): void {
    let state = this.#state;
    for (const character of text) {
      const digit = /^[0-9a-f]$/i.test(character) ? Number.parseInt(character, 16) : undefined;
      if (state.column === "ascii") state = typeBytes(state, new TextEncoder().encode(character));
      else if (digit !== undefined) state = typeDigit(state, digit);
    }
    if (state !== this.#state) this.#edit(state);
  }

  #paste(text: string): void {
    const isText = this.#state.column === "ascii";
    const bytes = isText ? new TextEncoder().encode(text) : parseBytes(text);
    if (bytes === undefined) this.actions.refused(t("hexPasteRefused"));
    else this.#edit(pasteBytes(this.#state, bytes));
  }

  #copy(event: ClipboardEvent): void {
    event.preventDefault();
    const { start, end } = selectionOf(this.#state);
    const bytes = this.#state.bytes.subarray(start, end > start ? end : start + 1);
    const text = this.#state.column === "ascii" ? Array.from(bytes, characterOf).join("") : hexOf(bytes);
    event.clipboardData?.setData("text/plain", text);
  }

  #edit(state: HexState): void {
    if (state.bytes.length > MAX_DETAIL_BYTES) {
      this.actions.refused(t("hexTooLarge", MAX_DETAIL_BYTES.toLocaleString()));
      return;
    }
    // Both digits of a byte are one step.
    if (this.#state.nibble === 0 || state.nibble === 1) this.#past.push(this.#state);
    if (this.#past.length > MAX_HISTORY) this.#past.shift();
    this.#future = [];
    this.#put(state);
  }

  #put(state: HexState): void {
    this.#state = state;
    this.#rows.reveal(state.caret);
    this.#draw();
    this.actions.changed();
    this.actions.moved?.(state.caret);
  }

  #set(state: HexState): void {
    const moved = state.caret !== this.#state.caret;
    this.#state = state;
    this.#rows.reveal(Math.min(state.caret, Math.max(0, state.bytes.length - (this.#readOnly ? 1 : 0))));
    this.#draw();
    if (moved) this.actions.moved?.(state.caret);
  }

  #draw(): void {
    const { bytes, caret, insert } = this.#state;
    const { start, end } = selectionOf(this.#state);
    this.#rows.refresh();
    const byte = bytes[caret];
    const at = t(
      "hexByte",
      offsetText(caret, bytes.length),
      byte === undefined ? t("hexEnd") : `${pairOf(byte)} ${characterOf(byte)}`,
    );
    this.#status.textContent =
      bytes.length === 0 && !this.#readOnly
        ? t("hexEmpty")
        : end > start
          ? `${at}, ${t("hexSelected", (end - start).toLocaleString())}`
          : at;
    this.#size.textContent = t("hexLength", bytes.length.toLocaleString());
    this.#mode.textContent = t(insert ? "hexInsert" : "hexOverwrite");
    this.#mode.title = t(insert ? "hexInsertHint" : "hexOverwriteHint");
    this.#mode.hidden = this.#readOnly;
  }
}
