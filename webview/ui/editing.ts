/** The browser's own editing of the field that has the focus, with its own history. */

/** Runs one editing command on the focused field. */
export function editField(command: "undo" | "redo" | "insertText", text?: string): void {
  // There is no other way to reach a field's own history; browsers keep the command for that reason.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  document.execCommand(command, false, text);
}
