/** A dump of a stream of any length, of which only what is in view is asked for, in windows of bytes. */
import { h } from "../dom";
import { bytesPerRow } from "../detail/hex/hexText";
import { VirtualRows } from "../ui/virtualRows";
import { dumpRow } from "./dumpText";

const ROW_HEIGHT = 18;
const CHARACTER_WIDTH = 7.3;
const PADDING = 24;
/** Bytes of one question; a power of two, so that rows never cross windows. */
const WINDOW = 16 * 1024;
/** Windows that are kept. */
const MAX_KEPT = 64;
/** Tallest element that browsers lay out without losing precision, in CSS pixels. */
const MAX_HEIGHT = 8_000_000;

/** Where the bytes come from. */
export interface ByteSource {
  readonly size: number;
  read(offset: number, length: number): Promise<Uint8Array>;
}

/**
 * The dump. A stream with more rows than a browser can lay out is shown in parts of `MAX_HEIGHT`: the scroll bar stands
 * for the whole stream, and rows near its position are drawn.
 */
export class HexWindow {
  readonly element: HTMLElement;
  readonly #body = h("div", { class: "virtual-body" });
  readonly #rows: VirtualRows;
  readonly #windows = new Map<number, Uint8Array | undefined>();
  #source: ByteSource | undefined;
  #perRow = 16;
  /** The first row that is laid out: rows before it are reached by the keys and buttons of the page. */
  #firstRow = 0;
  #asked = 0;

  constructor(
    label: string,
    private readonly failed: (error: unknown) => void,
  ) {
    this.element = h(
      "div",
      { class: "hex-window", role: "group", tabindex: 0, "aria-label": label, "data-pane": "hex" },
      this.#body,
    );
    this.#rows = new VirtualRows(
      this.element,
      this.#body,
      {
        count: () => this.#laidOut(),
        key: (index) => String(index),
        create: () =>
          h(
            "div",
            { class: "dump-row" },
            h("span", { class: "dump-offset" }),
            h("span"),
            h("span", { class: "dump-ascii" }),
          ),
        draw: (element, index) => this.#draw(element, index),
      },
      0,
      ROW_HEIGHT,
    );
    this.element.addEventListener("scroll", () => this.#shift(), { passive: true });
    this.element.addEventListener("keydown", (event) => this.#onKey(event));
    new ResizeObserver(() => this.#arrange()).observe(this.element);
  }

  /** Shows another stream, or none. */
  setSource(source: ByteSource | undefined, label: string): void {
    this.#asked++;
    this.#source = source;
    this.#windows.clear();
    this.#firstRow = 0;
    this.element.setAttribute("aria-label", label);
    this.element.scrollTop = 0;
    this.#arrange();
    this.#rows.refresh();
  }

  get #total(): number {
    return Math.ceil((this.#source?.size ?? 0) / this.#perRow);
  }

  #laidOut(): number {
    return Math.min(this.#total - this.#firstRow, Math.floor(MAX_HEIGHT / ROW_HEIGHT));
  }

  #arrange(): void {
    const width = Math.max(0, this.element.clientWidth - PADDING);
    const perRow = bytesPerRow(Math.floor(width / CHARACTER_WIDTH), this.#source?.size ?? 0);
    if (perRow === this.#perRow) return;
    this.#perRow = perRow;
    this.#firstRow = 0;
    this.#rows.refresh();
  }

  /** At the end of what is laid out of a very long stream the next part is laid out, and the other way round. */
  #shift(): void {
    const most = Math.floor(MAX_HEIGHT / ROW_HEIGHT);
    if (this.#total <= most) return;
    const { scrollTop, clientHeight, scrollHeight } = this.element;
    const step = Math.floor(most / 2);
    const atEnd = scrollTop + clientHeight >= scrollHeight - ROW_HEIGHT;
    if (atEnd && this.#firstRow + most < this.#total)
      this.#moveTo(this.#firstRow + step, scrollTop - step * ROW_HEIGHT);
    else if (scrollTop <= 0 && this.#firstRow > 0)
      this.#moveTo(
        Math.max(0, this.#firstRow - step),
        scrollTop + Math.min(step, this.#firstRow) * ROW_HEIGHT,
      );
  }

  #moveTo(firstRow: number, scrollTop: number): void {
    this.#firstRow = firstRow;
    this.#rows.refresh();
    this.element.scrollTop = scrollTop;
    this.#rows.refresh();
  }

  #onKey(event: KeyboardEvent): void {
    const most = Math.floor(MAX_HEIGHT / ROW_HEIGHT);
    if (this.#total <= most || !["Home", "End"].includes(event.key)) return;
    event.preventDefault();
    if (event.key === "Home") this.#moveTo(0, 0);
    else this.#moveTo(this.#total - most, MAX_HEIGHT);
  }

  #draw(element: HTMLElement, index: number): void {
    const size = this.#source?.size ?? 0;
    const start = (this.#firstRow + index) * this.#perRow;
    const at = Math.floor(start / WINDOW) * WINDOW;
    const bytes = this.#windows.get(at);
    const part = bytes?.subarray(start - at, start - at + this.#perRow);
    const { offset, bytes: pairs, ascii } = dumpRow(part ?? new Uint8Array(), start, this.#perRow, size);
    const [first, second, third] = element.children;
    if (first !== undefined) first.textContent = offset;
    if (second !== undefined) second.textContent = pairs;
    if (third !== undefined) third.textContent = ascii;
    if (part === undefined) this.#ask(at);
  }

  #ask(at: number): void {
    const source = this.#source;
    if (source === undefined || this.#windows.has(at)) return;
    // Holds the place while the answer is on its way; the oldest window goes when there are too many.
    this.#windows.set(at, undefined);
    const [oldest] = this.#windows.keys();
    if (this.#windows.size > MAX_KEPT && oldest !== undefined) this.#windows.delete(oldest);
    const asked = this.#asked;
    source.read(at, WINDOW).then(
      (bytes) => {
        if (asked !== this.#asked) return;
        this.#windows.set(at, bytes);
        this.#rows.refresh();
      },
      (error: unknown) => {
        if (asked === this.#asked) this.failed(error);
      },
    );
  }
}
