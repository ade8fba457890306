/** Makes characters visible that would otherwise hide, break lines or turn the direction of text around. */

/** A run of text: as it is, or the visible sign of one control character. */
export interface TextSegment {
  readonly text: string;
  readonly control: boolean;
}

// C0, DEL and C1 controls; zero width space, byte order mark; line and paragraph separators; embeddings, overrides and
// isolates of direction; lone surrogates. Joiners and the two direction marks stay: ordinary text needs them.
const HIDDEN =
  /\r\n|[\u0000-\u001f\u007f-\u009f\u200b\u2028-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Signs that every font has, for what is frequent and harmless. */
const SIGNS: Readonly<Record<string, string>> = {
  "\r\n": "\u21b5",
  "\n": "\u21b5",
  "\r": "\u21b5",
  "\t": "\u21e5",
};

/** The sign of a hidden character: an arrow for breaks and tabs, its number for all others ("\x07", "\u202E"). */
export function signOf(character: string): string {
  const code = character.charCodeAt(0);
  const number = code.toString(16).toUpperCase();
  return (
    SIGNS[character] ?? (code < 0x100 ? `\\x${number.padStart(2, "0")}` : `\\u${number.padStart(4, "0")}`)
  );
}

/** Text with its hidden characters made visible, for places that take plain text alone, such as tooltips. */
export function visibleText(text: string): string {
  return visibleSegments(text)
    .map((segment) => segment.text)
    .join("");
}

/** Splits text into runs that can be shown as they are and signs of hidden characters. Always at least one run. */
export function visibleSegments(text: string): readonly TextSegment[] {
  const segments: TextSegment[] = [];
  let from = 0;
  for (const match of text.matchAll(HIDDEN)) {
    if (match.index > from) segments.push({ text: text.slice(from, match.index), control: false });
    segments.push({ text: signOf(match[0]), control: true });
    from = match.index + match[0].length;
  }
  if (from < text.length || segments.length === 0) segments.push({ text: text.slice(from), control: false });
  return segments;
}
