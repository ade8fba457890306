/** A list of rows of one height of which only those in view are in the document. */
import { pageSize, scrollToReveal, visibleWindow } from "./window";

/** Height of a row, as in VS Code's lists, in CSS pixels. */
export const ROW_HEIGHT = 22;
const OVERSCAN = 12;

/** What a list shows. */
export interface VirtualSource {
  count(): number;
  /** Stable identity of a row: its element follows it when rows move. */
  key(index: number): string;
  create(): HTMLElement;
  draw(element: HTMLElement, index: number): void;
  /** Rows that stay in the document wherever the list is scrolled to (the active one, the one being edited). */
  pinned?(): readonly number[];
}

/**
 * Keeps the rows of `body` in step with the scroll position of `scroller`. `headHeight` is the height of what sticks to
 * the top of the scroller.
 */
export class VirtualRows {
  readonly #elements = new Map<string, HTMLElement>();
  readonly #spare: HTMLElement[] = [];
  #drawnFirst = -1;
  #drawnEnd = -1;

  constructor(
    readonly scroller: HTMLElement,
    private readonly body: HTMLElement,
    private readonly source: VirtualSource,
    private readonly headHeight = 0,
    private readonly rowHeight = ROW_HEIGHT,
  ) {
    scroller.addEventListener("scroll", () => this.#onScroll(), { passive: true });
    new ResizeObserver(() => this.#onScroll()).observe(scroller);
  }

  /** Height of the part of the scroller that shows rows. */
  get viewHeight(): number {
    return Math.max(0, this.scroller.clientHeight - this.headHeight);
  }

  /** Rows a page key moves by. */
  get page(): number {
    return pageSize(this.viewHeight, this.rowHeight);
  }

  /** The element of a row, when it is in the document. */
  element(key: string): HTMLElement | undefined {
    return this.#elements.get(key);
  }

  /** Draws everything anew: after the rows, their order or what they show changed. */
  refresh(): void {
    this.body.style.height = `${this.source.count() * this.rowHeight}px`;
    this.#render(true);
  }

  /** Scrolls so that a row is in view and draws it. */
  reveal(index: number): void {
    const { scrollTop } = this.scroller;
    const wanted = scrollToReveal(index, scrollTop, this.viewHeight, this.rowHeight);
    if (wanted !== scrollTop) this.scroller.scrollTop = wanted;
    this.#render(false);
  }

  #onScroll(): void {
    const { first, end } = this.#window();
    if (first !== this.#drawnFirst || end !== this.#drawnEnd) this.#render(false);
  }

  #window(): { first: number; end: number } {
    return visibleWindow(
      this.scroller.scrollTop,
      this.viewHeight,
      this.rowHeight,
      this.source.count(),
      OVERSCAN,
    );
  }

  #wantedIndexes(): readonly number[] {
    const { first, end } = this.#window();
    this.#drawnFirst = first;
    this.#drawnEnd = end;
    const count = this.source.count();
    const pinned = (this.source.pinned?.() ?? []).filter(
      (index) => index >= 0 && index < count && (index < first || index >= end),
    );
    const inView = Array.from({ length: Math.max(0, end - first) }, (_, offset) => first + offset);
    return [...new Set([...inView, ...pinned])].sort((a, b) => a - b);
  }

  #render(redraw: boolean): void {
    const wanted = this.#wantedIndexes().map((index) => ({ index, key: this.source.key(index) }));
    this.#removeAllBut(new Set(wanted.map(({ key }) => key)));
    let place = this.body.firstElementChild;
    for (const { index, key } of wanted) {
      const known = this.#elements.get(key);
      const element = known ?? this.#spare.pop() ?? this.source.create();
      if (known === undefined) this.#elements.set(key, element);
      if (known === undefined || redraw) {
        element.style.top = `${index * this.rowHeight}px`;
        this.source.draw(element, index);
      }
      if (element === place) place = place.nextElementSibling;
      else this.body.insertBefore(element, place);
    }
  }

  #removeAllBut(keep: ReadonlySet<string>): void {
    for (const [key, element] of this.#elements) {
      if (keep.has(key)) continue;
      this.#elements.delete(key);
      element.remove();
      if (this.#spare.length < 64) this.#spare.push(element);
    }
  }
}
