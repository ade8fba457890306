/** Which rows of a long list are in the document. Pure arithmetic, in CSS pixels. */

/** Rows from `first` to before `end`. */
export interface RowWindow {
  readonly first: number;
  readonly end: number;
}

/** The rows in view and `overscan` more on each side. */
export function visibleWindow(
  scrollTop: number,
  viewHeight: number,
  rowHeight: number,
  count: number,
  overscan: number,
): RowWindow {
  const top = Math.floor(Math.max(0, scrollTop) / rowHeight);
  const rows = Math.ceil(Math.max(0, viewHeight) / rowHeight) + 1;
  const first = Math.max(0, Math.min(top, count) - overscan);
  return { first, end: Math.min(count, top + rows + overscan) };
}

/** Where to scroll so that a row is wholly in view; the same position when it already is. */
export function scrollToReveal(
  index: number,
  scrollTop: number,
  viewHeight: number,
  rowHeight: number,
): number {
  const top = index * rowHeight;
  if (top < scrollTop) return top;
  if (top + rowHeight > scrollTop + viewHeight) return Math.max(0, top + rowHeight - viewHeight);
  return scrollTop;
}

/** How many whole rows a page key moves by. */
export function pageSize(viewHeight: number, rowHeight: number): number {
  return Math.max(1, Math.floor(viewHeight / rowHeight) - 1);
}
