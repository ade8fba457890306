/** VS Code does not hear keys inside a nested frame: those that are not the frame's own are said again outside. */

/** Says a key again on an element outside the frame it was pressed in; whoever takes it there takes it here too. */
export function repeatKey(event: KeyboardEvent, element: HTMLElement): void {
  const copy = new KeyboardEvent("keydown", {
    key: event.key,
    code: event.code,
    // VS Code finds its keybindings by this one.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    keyCode: event.keyCode,
    location: event.location,
    ctrlKey: event.ctrlKey,
    metaKey: event.metaKey,
    shiftKey: event.shiftKey,
    altKey: event.altKey,
    repeat: event.repeat,
    bubbles: true,
    cancelable: true,
    composed: true,
  });
  element.dispatchEvent(copy);
  if (copy.defaultPrevented) event.preventDefault();
}
