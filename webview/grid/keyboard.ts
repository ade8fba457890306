/** What a key does while the focus is on the grid. Pure. */

/** A command of the grid's keyboard. */
export type GridCommand =
  | {
      readonly kind: "move";
      readonly to: MoveTarget;
      /** `extend`: the rows on the way are chosen too; `keep`: what is chosen stays. */
      readonly choose?: "extend" | "keep";
    }
  | { readonly kind: "edit"; readonly typed?: string }
  | { readonly kind: "add" | "delete" | "copyValue" | "copyRow" | "menu" }
  | { readonly kind: "selectAll" | "toggle" | "single" };

/** Where a key moves to. */
export type MoveTarget = "first" | "last" | "up" | "down" | "pageUp" | "pageDown";

/** The parts of a keyboard event that count. */
export interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

const MOVES: Readonly<Record<string, MoveTarget>> = {
  ArrowUp: "up",
  ArrowDown: "down",
  PageUp: "pageUp",
  PageDown: "pageDown",
  Home: "first",
  End: "last",
};

const PLAIN: Readonly<Record<string, GridCommand>> = {
  Enter: { kind: "edit" },
  F2: { kind: "edit" },
  // An input method begins to compose: the editor takes over before the first sign is there.
  Process: { kind: "edit", typed: "" },
  Insert: { kind: "add" },
  Delete: { kind: "delete" },
  ContextMenu: { kind: "menu" },
  Escape: { kind: "single" },
};

function moveOf(to: MoveTarget, choose: "extend" | "keep" | undefined): GridCommand {
  return choose === undefined ? { kind: "move", to } : { kind: "move", to, choose };
}

function controlCommand(key: string, shift: boolean): GridCommand | undefined {
  if (key.toLowerCase() === "c") return { kind: shift ? "copyRow" : "copyValue" };
  if (key.toLowerCase() === "a" && !shift) return { kind: "selectAll" };
  if (key === " ") return { kind: "toggle" };
  if (key === "Insert" && !shift) return { kind: "copyValue" };
  const to = MOVES[key];
  if (to !== undefined) return moveOf(to, shift ? "extend" : key.startsWith("Arrow") ? "keep" : undefined);
  if (key === "Backspace") return { kind: "delete" };
  return undefined;
}

/** The command of a key press, or undefined when the grid has no use for it. */
export function gridCommand(press: KeyPress): GridCommand | undefined {
  const { key, shiftKey, ctrlKey, metaKey, altKey } = press;
  if (altKey) return undefined;
  if (ctrlKey || metaKey) return controlCommand(key, shiftKey);
  if (shiftKey && key === "F10") return { kind: "menu" };
  if (key.length === 1 && key !== " " && key !== "/") return { kind: "edit", typed: key };
  const to = MOVES[key];
  if (to !== undefined) return moveOf(to, shiftKey ? "extend" : undefined);
  return shiftKey ? undefined : PLAIN[key];
}

/** The place that a move leads to, from a place among so many rows; it may lie outside of them. */
export function targetOf(to: MoveTarget, from: number, count: number, page: number): number {
  const targets: Readonly<Record<MoveTarget, number>> = {
    first: 0,
    last: count - 1,
    up: from - 1,
    down: from + 1,
    pageUp: from - page,
    pageDown: from + page,
  };
  return targets[to];
}
