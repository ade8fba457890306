/** The rows of the hex view: offsets, bytes, characters; only those in view are in the document. */
import { h } from "../../dom";
import { VirtualRows } from "../../ui/virtualRows";
import { type ByteRange, type HexState, selectionOf } from "./hexModel";
import { bytesPerRow, characterOf, columnsOf, offsetText, pairOf, rowCount } from "./hexText";

/** Height of a row in CSS pixels. */
export const HEX_ROW_HEIGHT = 18;
/** Width of a character of the view's 12 px font in CSS pixels, at the most. */
const CHARACTER_WIDTH = 7.3;
const PADDING = 22;

/** What the rows show. */
export interface HexSource {
  state(): HexState;
  /** The bytes of the chosen field. */
  marked(): ByteRange | undefined;
  /** Whether there is a place behind the last byte. */
  hasEnd(): boolean;
}

function inRange(range: ByteRange | undefined, column: number): boolean {
  return range !== undefined && column >= range.start && column < range.end;
}

/** The rows. */
export class HexRows {
  readonly scroller: HTMLElement;
  readonly #body = h("div", { class: "virtual-body" });
  readonly #virtual: VirtualRows;
  #perRow = 16;

  constructor(private readonly source: HexSource) {
    this.scroller = h("div", { class: "hex-dump" }, this.#body);
    this.#virtual = new VirtualRows(
      this.scroller,
      this.#body,
      {
        count: () => rowCount(this.source.state().bytes.length, this.#perRow, this.source.hasEnd()),
        key: String,
        create: () =>
          h(
            "div",
            { class: "dump-row" },
            h("span", { class: "dump-offset" }),
            h("span", { class: "dump-bytes" }),
            h("span", { class: "dump-ascii" }),
          ),
        draw: (element, index) => this.#draw(element, index),
      },
      0,
      HEX_ROW_HEIGHT,
    );
    new ResizeObserver(() => this.#arrange()).observe(this.scroller);
  }

  /** Bytes in a row. */
  get perRow(): number {
    return this.#perRow;
  }

  /** Rows that a page key moves by. */
  get page(): number {
    return this.#virtual.page;
  }

  /** Draws everything anew. */
  refresh(): void {
    this.#arrange(true);
  }

  /** Scrolls so that a byte is in view. */
  reveal(index: number): void {
    this.#virtual.reveal(Math.floor(index / this.#perRow));
  }

  /** The byte under the mouse and the column it is in. */
  hit(event: MouseEvent): { readonly index: number; readonly column: "hex" | "ascii" } | undefined {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-byte]") : null;
    if (cell === null) return undefined;
    return {
      index: Number(cell.dataset["byte"]),
      column: cell.dataset["column"] === "ascii" ? "ascii" : "hex",
    };
  }

  #arrange(redraw = false): void {
    const width = Math.max(0, this.scroller.clientWidth - PADDING);
    const perRow = bytesPerRow(Math.floor(width / CHARACTER_WIDTH), this.source.state().bytes.length);
    if (perRow === this.#perRow && !redraw) return;
    this.#perRow = perRow;
    const { length } = this.source.state().bytes;
    const rows = rowCount(length, perRow, this.source.hasEnd());
    this.scroller.style.setProperty("--hex-rows", String(Math.min(12, rows)));
    this.#virtual.refresh();
  }

  #draw(element: HTMLElement, row: number): void {
    const state = this.source.state();
    const { bytes, caret } = state;
    const start = row * this.#perRow;
    const selected = columnsOf(selectionOf(state), row, this.#perRow);
    const mark = this.source.marked();
    const marked = mark === undefined ? undefined : columnsOf(mark, row, this.#perRow);
    const end = Math.min(start + this.#perRow, bytes.length + (this.source.hasEnd() ? 1 : 0));
    const [offset, hexCells, asciiCells] = element.children;
    if (offset !== undefined) offset.textContent = offsetText(start, bytes.length);
    const cells = (column: "hex" | "ascii"): HTMLElement[] =>
      Array.from({ length: Math.max(0, end - start) }, (_, at) => {
        const index = start + at;
        const byte = bytes[index];
        const isCaret = index === caret;
        const shown = byte === undefined ? "" : column === "hex" ? pairOf(byte) : characterOf(byte);
        const classes = [
          `byte ${column}`,
          inRange(marked, at) ? "marked" : "",
          inRange(selected, at) ? "selected" : "",
          isCaret
            ? column === state.column
              ? `caret ${column === "hex" ? `nibble-${state.nibble}` : ""}`
              : "twin"
            : "",
          at === 7 && column === "hex" ? "half" : "",
        ];
        return h(
          "span",
          { class: classes.filter(Boolean).join(" "), "data-byte": index, "data-column": column },
          shown,
        );
      });
    hexCells?.replaceChildren(...cells("hex"));
    asciiCells?.replaceChildren(...cells("ascii"));
    if (hexCells instanceof HTMLElement) hexCells.style.setProperty("--per-row", String(this.#perRow));
  }
}
