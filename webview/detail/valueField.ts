/** What every editor of a value can do, and what fields for text share. */
import { editField } from "../ui/editing";
import { innerControl, type TextArea, type TextField } from "../ui/controls";

/** An editor of one value, or of all values of a multi-valued property. */
export interface ValueEditor {
  readonly element: HTMLElement;
  /** The values as they stand in the editor. */
  read(): readonly string[];
  /** Sets the values that count as unchanged. */
  write(values: readonly string[]): void;
  isDirty(): boolean;
  /** Waits until what was typed is understood; rejects with the reason when it cannot be. */
  settle?(): Promise<void>;
  setReadOnly(readOnly: boolean): void;
  /** Marks what was refused; `index` says which of several values. `undefined` takes the mark away. */
  setInvalid(describedBy: string | undefined, index?: number): void;
  /** Calls it something else: it is another one of several values now. */
  setLabel?(label: string): void;
  /** Takes the focus; `typed` replaces the value, as in a cell, and can be undone. */
  focus(typed?: string): void;
}

/** Marks a field as refused, or takes the mark away. */
export function markInvalid(field: TextField | TextArea, describedBy: string | undefined): void {
  const control = innerControl(field);
  field.classList.toggle("invalid", describedBy !== undefined);
  if (describedBy === undefined) control?.removeAttribute("aria-invalid");
  else control?.setAttribute("aria-invalid", "true");
}

/** Puts the focus into a field; `typed` replaces what is in it. */
export function focusField(field: TextField | TextArea, typed: string | undefined): void {
  field.focus();
  const control = innerControl(field);
  if (typed === undefined || control === undefined || control.readOnly) return;
  control.select();
  editField("insertText", typed);
}
