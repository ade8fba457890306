/** Names of attached files: made harmless, and shortened to eight characters and three. */

/** What Windows allows a name; other systems allow as much. */
const MAX_LENGTH = 255;
/** What a name is when nothing of it is left. */
const NAMELESS = "attachment";

/** Characters that part folders or that Windows forbids in names, and control characters. */
const FORBIDDEN = /[\\/:*?"<>|\u0000-\u001f\u007f-\u009f]/g;
/** Characters that make text run the other way: with them "cod.exe" looks like another type of file. */
const DIRECTION = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** Names that are devices on Windows, whatever their extension. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/** The extension of a file name with its dot: ".txt"; "" when it has none. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf(".");
  return dot > 0 && dot < name.length - 1 ? name.slice(dot) : "";
}

/** Cuts a text to so many UTF-16 units without parting a surrogate pair. */
function cut(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}

/** Takes blanks off both ends, and dots off the end, where Windows does not keep them. */
function trimEnds(text: string): string {
  let end = text.length;
  while (end > 0 && /[\s.]/.test(text.charAt(end - 1))) end--;
  return text.slice(0, end).trimStart();
}

/** Cuts a name to what systems allow, before its extension unless that is itself too long. */
function shortened(name: string): string {
  if (name.length <= MAX_LENGTH) return name;
  const extension = extensionOf(name);
  if (extension.length >= MAX_LENGTH / 2) return cut(name, MAX_LENGTH);
  return cut(name, MAX_LENGTH - extension.length) + extension;
}

/**
 * A file name that is one name on every system: what parts folders and control characters become "_", marks of
 * direction go, as do blanks and dots at its ends; the extension stays when a long name is cut to 255 characters.
 */
export function safeFileName(name: string): string {
  const cleaned = trimEnds(name.replace(DIRECTION, "").replace(FORBIDDEN, "_")).replace(DEVICE, "_$&");
  const fitting = trimEnds(shortened(cleaned));
  return /^_*$/.test(fitting) ? NAMELESS : fitting;
}

/** What short names are made of. */
const SHORT_CHARACTERS = /^[A-Z0-9!#$%&'()@^_`{}~-]+$/i;
const SHORT = /^([^.]{1,8})(?:\.([^.]{1,3}))?$/;

function isShort(name: string): boolean {
  const match = SHORT.exec(name);
  return match !== null && match.slice(1).every((part) => !part || SHORT_CHARACTERS.test(part));
}

/** The letters, digits and signs of a text that a short name may hold, in upper case; what it may not becomes "_". */
function shortPart(text: string): string {
  return text
    .replace(/[\s.]|[^\0-\x7f]/g, "")
    .toUpperCase()
    .replace(/[^A-Z0-9!#$%&'()@^_`{}~-]/g, "_");
}

/** Four hex digits that tell names apart whose letters do not. */
function checksum(name: string): string {
  const sum = Array.from(name, (_, i) => name.charCodeAt(i)).reduce(
    (value, unit) => (value * 0x25 + unit) & 0xffff,
    0,
  );
  return sum.toString(16).toUpperCase().padStart(4, "0");
}

/**
 * The 8.3 name of a file: the name itself where it is one, else as Windows makes them: "QUARTE~1.DOC" of
 * "Quarterly report.docx", with a checksum where less than three letters can be kept.
 */
export function shortFileName(name: string): string {
  if (isShort(name)) return name;
  const extension = extensionOf(name);
  const base = shortPart(name.slice(0, name.length - extension.length));
  const start = base.length < 3 ? base + checksum(name) : base.slice(0, 6);
  const shortExtension = shortPart(extension).slice(0, 3);
  return `${start}~1${shortExtension === "" ? "" : `.${shortExtension}`}`;
}
