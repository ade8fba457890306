/** What keys do to bytes being edited. Pure. */
import { type HexState, moveTo, removeBytes, selectionOf } from "./hexModel";

/** The parts of a keyboard event that count. */
export type HexKey = Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey">;

/** How far keys move. */
export interface HexSteps {
  readonly perRow: number;
  readonly page: number;
}

function place(
  state: HexState,
  { key, ctrlKey, metaKey }: HexKey,
  { perRow, page }: HexSteps,
): number | undefined {
  const { caret, bytes } = state;
  const whole = ctrlKey || metaKey;
  const rowStart = caret - (caret % perRow);
  switch (key) {
    case "ArrowLeft":
      return state.nibble === 1 ? caret : caret - 1;
    case "ArrowRight":
      return caret + 1;
    case "ArrowUp":
      return caret - perRow < 0 ? undefined : caret - perRow;
    case "ArrowDown":
      return caret + perRow > bytes.length ? bytes.length : caret + perRow;
    case "PageUp":
      return Math.max(caret % perRow, caret - perRow * page);
    case "PageDown":
      return caret + perRow * page;
    case "Home":
      return whole ? 0 : rowStart;
    case "End":
      return whole ? bytes.length : Math.min(rowStart + perRow - 1, bytes.length);
    default:
      return undefined;
  }
}

/** The state after a key that moves; undefined when the key does not. */
export function moveByKey(state: HexState, press: HexKey, steps: HexSteps): HexState | undefined {
  if (press.altKey) return undefined;
  const target = place(state, press, steps);
  if (target === undefined) return undefined;
  const { start, end } = selectionOf(state);
  // As in text: without Shift an arrow leaves the selection at its edge.
  if (!press.shiftKey && end > start && (press.key === "ArrowLeft" || press.key === "ArrowRight"))
    return moveTo(state, press.key === "ArrowLeft" ? start : end);
  return moveTo(state, target, press.shiftKey);
}

/** The state after a key that removes or switches; undefined when the key does neither. */
export function changeByKey(
  state: HexState,
  { key, ctrlKey, metaKey, altKey, shiftKey }: HexKey,
): HexState | undefined {
  if (ctrlKey || metaKey || altKey) return undefined;
  if (key === "Backspace") return removeBytes(state, -1);
  if (key === "Delete" && !shiftKey) return removeBytes(state, 1);
  if (key === "Insert" && !shiftKey) return { ...state, insert: !state.insert, nibble: 0 };
  return undefined;
}
