/** Line breaks of edited text. A text area knows only LF; what the mail holds must survive it. Pure. */

/** Text as a text area gives it back: every line break a LF. */
export function toLineFeeds(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

/** The line break that new lines get: the first one of the text, CRLF when it has none (as mail has). */
function dominantBreak(text: string): string {
  return /\r\n|\r|\n/.exec(text)?.[0] ?? "\r\n";
}

/** Splits text into characters as a text area sees them: a CRLF is one. */
function unitsOf(text: string): readonly string[] {
  return text.match(/\r\n|[\s\S]/g) ?? [];
}

/**
 * Puts the original's line breaks back into edited text: what stands unchanged at both ends keeps its very breaks, what
 * was changed in between gets the break the text uses.
 */
export function restoreBreaks(original: string, edited: string): string {
  const flat = toLineFeeds(original);
  if (flat === edited) return original;
  if (flat === original && original.includes("\n")) return edited;
  const longest = Math.min(flat.length, edited.length);
  let start = 0;
  while (start < longest && flat[start] === edited[start]) start++;
  let end = 0;
  while (end < longest - start && flat[flat.length - 1 - end] === edited[edited.length - 1 - end]) end++;
  const units = unitsOf(original);
  const middle = edited.slice(start, edited.length - end).replaceAll("\n", dominantBreak(original));
  return units.slice(0, start).join("") + middle + units.slice(units.length - end).join("");
}
