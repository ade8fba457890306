/** Makes characters visible that would otherwise hide, break lines or turn the direction of text around. */

/** A run of text: as it is, or the visible sign of one control character. */
export interface TextSegment {
  readonly text: string;
  readonly control: boolean;
}

// C0, DEL and C1 controls; zero width space, byte order mark; line and paragraph separators; embeddings, overrides and
// isolates of direction; lone surrogates. Joiners and the two direction marks stay: ordinary text needs them.
// eslint-disable-next-line no-control-regex
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u200b\u2028-\u202e\u2066-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const CONTROL_PICTURES = 0x2400;
const DELETE_PICTURE = "\u2421";

/** The sign of one hidden character: its control picture, or its number in brackets. */
export function signOf(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(CONTROL_PICTURES + code);
  if (code === 0x7f) return DELETE_PICTURE;
  return `[U+${code.toString(16).toUpperCase().padStart(4, "0")}]`;
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
