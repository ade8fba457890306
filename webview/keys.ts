/** Keys that mean the same everywhere on the page. */
import { innermostTarget, isTextInput } from "./dom";
import { editField } from "./ui/editing";

/** What the keys do. */
export interface KeyActions {
  /** Goes to the search of the view that is shown; says whether it has one. */
  find(): boolean;
  /** Writes what is being edited, before VS Code saves. */
  commitEditing(): void;
}

/** The parts of a keyboard event that say whether it undoes or redoes. */
export type UndoKeys = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">;

/** Whether a key press means undo or redo: Ctrl (Command) with Z, Y or Shift+Z. */
export function undoCommand({
  key,
  ctrlKey,
  metaKey,
  shiftKey,
  altKey,
}: UndoKeys): "undo" | "redo" | undefined {
  if (altKey || !(ctrlKey || metaKey)) return undefined;
  const letter = key.toLowerCase();
  if (letter === "z") return shiftKey ? "redo" : "undo";
  return letter === "y" && !shiftKey ? "redo" : undefined;
}

/**
 * The element of each pane that takes its focus: what carries `data-pane`, in the order of the document, as far as it
 * is visible. Of several elements of one pane the first that is visible counts.
 */
function paneTargets(): readonly HTMLElement[] {
  const targets = new Map<string, HTMLElement>();
  for (const element of document.querySelectorAll<HTMLElement>("[data-pane]")) {
    const pane = element.dataset["pane"] ?? "";
    if (!targets.has(pane) && element.getClientRects().length > 0) targets.set(pane, element);
  }
  return [...targets.values()];
}

/** Moves the focus to the next pane (or the one before). */
export function cyclePanes(step: 1 | -1): void {
  const targets = paneTargets();
  const at = targets.findIndex((target) => target.contains(document.activeElement));
  const next = targets[(at + step + targets.length) % targets.length];
  next?.focus();
}

/** Asks an editor behind a field that it keeps empty to run a command; says whether there is one. */
function ownCommand(target: EventTarget, command: "undo" | "redo" | "selectAll"): boolean {
  return !target.dispatchEvent(new CustomEvent("fieldcommand", { cancelable: true, detail: command }));
}

const takes = (event: KeyboardEvent): void => {
  event.preventDefault();
  event.stopPropagation();
};

function onKey(event: KeyboardEvent, actions: KeyActions): void {
  const target = innermostTarget(event);
  const inText = isTextInput(target);
  const control = event.ctrlKey || event.metaKey;
  // VS Code would undo the last change of the document instead of what is typed here.
  const undo = undoCommand(event);
  if (undo !== undefined && inText && !target.readOnly) {
    takes(event);
    if (!ownCommand(target, undo)) editField(undo);
    return;
  }
  // VS Code selects all a second time, later, and what is typed in between would be lost.
  if (inText && control && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "a") {
    takes(event);
    if (!ownCommand(target, "selectAll")) target.select();
    return;
  }
  if (event.key === "F6" && !control && !event.altKey) {
    takes(event);
    cyclePanes(event.shiftKey ? -1 : 1);
    return;
  }
  if (control && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "f") {
    if (actions.find()) takes(event);
    return;
  }
  // Not taken: VS Code saves, after what was typed is with the host.
  if (control && event.key.toLowerCase() === "s") {
    actions.commitEditing();
    return;
  }
  if (event.key !== "/" || inText || control || event.altKey || target instanceof HTMLSelectElement) return;
  if (target instanceof HTMLElement && target.isContentEditable) return;
  if (actions.find()) takes(event);
}

/** Listens before anything else on the page. */
export function installKeys(actions: KeyActions): void {
  document.addEventListener("keydown", (event) => onKey(event, actions), true);
}
