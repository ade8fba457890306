/** The dump of a binary value: offset, 16 bytes (8 where it is narrow), their ASCII signs. Virtual, for values of any length. */
import { h } from "../dom";
import { t } from "../strings";
import { VirtualRows } from "../ui/virtualRows";
import { bytesPerRow, dumpRow, dumpRowCount } from "./hexText";

const DUMP_ROW_HEIGHT = 18;
const MAX_ROWS_IN_VIEW = 12;
/** Width of a character of the dump's 12 px font in CSS pixels, at the most. */
const CHARACTER_WIDTH = 7.3;
const PADDING = 18;

/** A scrollable dump. */
export class HexDump {
  readonly element: HTMLElement;
  readonly #body = h("div", { class: "virtual-body" });
  readonly #rows: VirtualRows;
  #bytes = new Uint8Array();
  #perRow = 16;

  constructor() {
    this.element = h(
      "div",
      { class: "hex-dump", role: "group", tabindex: 0, "aria-label": t("bytes") },
      this.#body,
    );
    this.#rows = new VirtualRows(
      this.element,
      this.#body,
      {
        count: () => dumpRowCount(this.#bytes, this.#perRow),
        key: String,
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
      DUMP_ROW_HEIGHT,
    );
    new ResizeObserver(() => this.#arrange()).observe(this.element);
  }

  /** Shows bytes. */
  setBytes(bytes: Uint8Array): void {
    this.#bytes = Uint8Array.from(bytes);
    this.#arrange(true);
  }

  #arrange(redraw = false): void {
    const width = Math.max(0, this.element.clientWidth - PADDING);
    const perRow = bytesPerRow(Math.floor(width / CHARACTER_WIDTH), this.#bytes.length);
    if (perRow === this.#perRow && !redraw) return;
    this.#perRow = perRow;
    const rows = Math.min(MAX_ROWS_IN_VIEW, Math.max(1, dumpRowCount(this.#bytes, perRow)));
    this.element.style.height = `${rows * DUMP_ROW_HEIGHT + 10}px`;
    this.#rows.refresh();
  }

  #draw(element: HTMLElement, index: number): void {
    const { offset, bytes, ascii } = dumpRow(this.#bytes, index, this.#perRow);
    const [first, second, third] = element.children;
    if (first !== undefined) first.textContent = offset;
    if (second !== undefined) second.textContent = bytes;
    if (third !== undefined) third.textContent = ascii;
  }
}
