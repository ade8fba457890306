/** A bar between two panes that can be dragged, or moved with the arrow keys. */
import { h, on } from "../dom";
import { t } from "../strings";

/** Where a splitter sits and what it sets. */
export interface SplitterOptions {
  /** `vertical`: a standing bar that sets a width; `horizontal`: a lying one that sets a height. */
  readonly orientation: "vertical" | "horizontal";
  /** Whether the sized pane lies before (left of, above) the bar. */
  readonly before: boolean;
  readonly controls: string;
  get(): number;
  set(size: number): void;
  limits(): { readonly min: number; readonly max: number };
  /** Size after a double click. */
  readonly initial: number;
}

const STEP = 10;
const BIG_STEP = 50;

/** The size within its limits. */
export function clampSize(size: number, limits: { readonly min: number; readonly max: number }): number {
  return Math.round(Math.max(limits.min, Math.min(size, Math.max(limits.min, limits.max))));
}

/** How far a key moves a splitter: in pixels, or to one of the ends; undefined for other keys. */
export function splitterStep(
  key: string,
  shift: boolean,
  orientation: "vertical" | "horizontal",
): number | "min" | "max" | undefined {
  const step = shift ? BIG_STEP : STEP;
  if (key === "Home") return "min";
  if (key === "End") return "max";
  if (key === (orientation === "vertical" ? "ArrowLeft" : "ArrowUp")) return -step;
  if (key === (orientation === "vertical" ? "ArrowRight" : "ArrowDown")) return step;
  return undefined;
}

/** Makes a splitter; `refresh` after the size or its limits changed otherwise. */
export function splitter(options: SplitterOptions): { element: HTMLElement; refresh(): void } {
  const vertical = options.orientation === "vertical";
  const element = h("div", {
    class: `splitter ${options.orientation}`,
    role: "separator",
    tabindex: 0,
    "aria-orientation": options.orientation,
    "aria-controls": options.controls,
    "aria-label": t("resizePanes"),
  });
  const direction = options.before ? 1 : -1;
  const refresh = (): void => {
    const { min, max } = options.limits();
    element.setAttribute("aria-valuemin", String(Math.round(min)));
    element.setAttribute("aria-valuemax", String(Math.round(Math.max(min, max))));
    element.setAttribute("aria-valuenow", String(Math.round(options.get())));
  };
  const setSize = (size: number): void => {
    options.set(clampSize(size, options.limits()));
    refresh();
  };
  on(element, "pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    element.focus();
    element.setPointerCapture(event.pointerId);
    element.classList.add("dragging");
    const start = vertical ? event.clientX : event.clientY;
    const startSize = options.get();
    const move = (moved: PointerEvent): void =>
      setSize(startSize + direction * ((vertical ? moved.clientX : moved.clientY) - start));
    const end = (): void => {
      element.classList.remove("dragging");
      element.removeEventListener("pointermove", move);
    };
    element.addEventListener("pointermove", move);
    element.addEventListener("lostpointercapture", end, { once: true });
  });
  on(element, "dblclick", () => setSize(options.initial));
  on(element, "keydown", (event) => {
    const step = splitterStep(event.key, event.shiftKey, options.orientation);
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const { min, max } = options.limits();
    if (typeof step === "number") setSize(options.get() + direction * step);
    else setSize(step === "min" ? min : max);
  });
  return { element, refresh };
}
