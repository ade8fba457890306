/** Bytes being edited: the caret, the selection, what typing does. Pure; nothing in it is ever changed in place. */

/** Where typing goes: hexadecimal digits or characters. */
export type HexColumn = "hex" | "ascii";

/** The bytes with the caret in them. */
export interface HexState {
  readonly bytes: Uint8Array;
  /** 0 to the number of bytes: there, behind the last one, bytes are appended. */
  readonly caret: number;
  /** The digit of the byte at the caret that is typed next. */
  readonly nibble: 0 | 1;
  /** Where the selection began; the caret itself when nothing is selected. */
  readonly anchor: number;
  readonly insert: boolean;
  readonly column: HexColumn;
}

/** Bytes from `start` to before `end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Bytes that nobody has touched. */
export const hexState = (bytes: Uint8Array): HexState => ({
  bytes,
  caret: 0,
  nibble: 0,
  anchor: 0,
  insert: false,
  column: "hex",
});

const clamp = (value: number, most: number): number => Math.max(0, Math.min(value, most));

/** What is selected. */
export function selectionOf({ anchor, caret }: HexState): ByteRange {
  return { start: Math.min(anchor, caret), end: Math.max(anchor, caret) };
}

/** The caret elsewhere; with `extend` what is between is selected. */
export function moveTo(state: HexState, place: number, extend = false): HexState {
  const caret = clamp(place, state.bytes.length);
  return { ...state, caret, nibble: 0, anchor: extend ? state.anchor : caret };
}

/** Everything selected. */
export function selectAll(state: HexState): HexState {
  return { ...state, anchor: 0, caret: state.bytes.length, nibble: 0 };
}

/** A range selected. */
export function selectRange(state: HexState, { start, end }: ByteRange): HexState {
  const { length } = state.bytes;
  return { ...state, anchor: clamp(start, length), caret: clamp(end, length), nibble: 0 };
}

/** The bytes with those of a range replaced by others. */
export function splice(bytes: Uint8Array, { start, end }: ByteRange, by: Uint8Array): Uint8Array {
  const result = new Uint8Array(bytes.length - (end - start) + by.length);
  result.set(bytes.subarray(0, start));
  result.set(by, start);
  result.set(bytes.subarray(end), start + by.length);
  return result;
}

function replaced(state: HexState, range: ByteRange, by: Uint8Array, caret: number, nibble: 0 | 1): HexState {
  return { ...state, bytes: splice(state.bytes, range, by), caret, anchor: caret, nibble };
}

/** Where typed bytes go: in place of the selection when inserting, over what is there when overwriting. */
function target(state: HexState, count: number): ByteRange {
  const { start, end } = selectionOf(state);
  if (state.insert) return { start, end };
  return { start, end: Math.min(start + count, state.bytes.length) };
}

/** A hexadecimal digit typed at the caret. */
export function typeDigit(state: HexState, digit: number): HexState {
  const { caret, nibble, bytes } = state;
  if (nibble === 1) {
    const byte = ((bytes[caret] ?? 0) & 0xf0) | digit;
    return replaced(state, { start: caret, end: caret + 1 }, Uint8Array.of(byte), caret + 1, 0);
  }
  const range = target(state, 1);
  const low = !state.insert && range.end > range.start ? (bytes[range.start] ?? 0) & 0x0f : 0;
  return replaced(state, range, Uint8Array.of((digit << 4) | low), range.start, 1);
}

/** Whole bytes typed or pasted at the caret. */
export function typeBytes(state: HexState, typed: Uint8Array): HexState {
  const range = target(state, typed.length);
  return replaced(state, range, typed, range.start + typed.length, 0);
}

/** Bytes pasted: in place of what is selected, whatever the mode. */
export function pasteBytes(state: HexState, pasted: Uint8Array): HexState {
  const selection = selectionOf(state);
  if (selection.start === selection.end) return typeBytes(state, pasted);
  return replaced(state, selection, pasted, selection.start + pasted.length, 0);
}

/** The selection removed, else the byte before the caret (-1) or at it (1). */
export function removeBytes(state: HexState, direction: -1 | 1): HexState {
  const { start, end } = selectionOf(state);
  if (end > start) return replaced(state, { start, end }, new Uint8Array(), start, 0);
  const first = direction < 0 && state.nibble === 0 ? start - 1 : start;
  if (first < 0 || first >= state.bytes.length) return state;
  return replaced(state, { start: first, end: first + 1 }, new Uint8Array(), first, 0);
}

/** Whether two values are the same bytes. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a === b || (a.length === b.length && a.every((byte, index) => byte === b[index]));
}
