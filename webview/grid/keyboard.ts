/** What a key does while the focus is on the grid. Pure. */

/** A command of the grid's keyboard. */
export type GridCommand =
  | { readonly kind: "move"; readonly to: "first" | "last" | "up" | "down" | "pageUp" | "pageDown" }
  | { readonly kind: "edit"; readonly typed?: string }
  | { readonly kind: "add" | "delete" | "copyValue" | "copyRow" | "menu" };

/** The parts of a keyboard event that count. */
export interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

const MOVES: Readonly<Record<string, GridCommand>> = {
  ArrowUp: { kind: "move", to: "up" },
  ArrowDown: { kind: "move", to: "down" },
  PageUp: { kind: "move", to: "pageUp" },
  PageDown: { kind: "move", to: "pageDown" },
  Home: { kind: "move", to: "first" },
  End: { kind: "move", to: "last" },
};

const PLAIN: Readonly<Record<string, GridCommand>> = {
  ...MOVES,
  Enter: { kind: "edit" },
  F2: { kind: "edit" },
  // An input method begins to compose: the editor takes over before the first sign is there.
  Process: { kind: "edit", typed: "" },
  Insert: { kind: "add" },
  Delete: { kind: "delete" },
  ContextMenu: { kind: "menu" },
};

function controlCommand(key: string, shift: boolean): GridCommand | undefined {
  if (key.toLowerCase() === "c") return { kind: shift ? "copyRow" : "copyValue" };
  if (key === "Insert" && !shift) return { kind: "copyValue" };
  if (key === "Home" || key === "End") return MOVES[key];
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
  return shiftKey ? undefined : PLAIN[key];
}
