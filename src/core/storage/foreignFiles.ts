/** What a file is that is no compound file: the things people take for a .msg, by their first bytes. */

/** Bytes that are looked at as text. */
const TEXT_LIMIT = 1024;

/** First bytes, and what begins with them. */
const BY_SIGNATURE: readonly (readonly [readonly number[], string])[] = [
  [[0x50, 0x4b], "it is a ZIP archive or a document in one (.docx, .xlsx)"],
  [[0x25, 0x50, 0x44, 0x46], "it is a PDF document"],
  [[0x78, 0x9f, 0x3e, 0x22], "it is a TNEF file (winmail.dat)"],
  [[0x21, 0x42, 0x44, 0x4e], "it is an Outlook data file (.pst or .ost)"],
  [[0x7b, 0x5c, 0x72, 0x74, 0x66], "it is an RTF document"],
  [[0x1f, 0x8b], "it is a gzip archive"],
  [[0x52, 0x61, 0x72, 0x21], "it is a RAR archive"],
  [[0x37, 0x7a, 0xbc, 0xaf], "it is a 7-Zip archive"],
  [[0x89, 0x50, 0x4e, 0x47], "it is a PNG image"],
  [[0xff, 0xd8, 0xff], "it is a JPEG image"],
];

/** The beginning of the text, and what begins so. */
const BY_TEXT: readonly (readonly [RegExp, string])[] = [
  [/^\s*(<!doctype html|<html)/i, "it is an HTML page"],
  [/^\s*<\?xml/i, "it is an XML document"],
  [/^BEGIN:VCARD/i, "it is a vCard"],
  [/^BEGIN:VCALENDAR/i, "it is an iCalendar file"],
  [/^(From [^\r\n]*\r?\n)?[A-Za-z][A-Za-z0-9-]*:[ \t\r\n]/, "it is an internet message in text form (.eml)"],
  [/^[\t\n\r\x20-\x7e]+$/, "it is plain text"],
];

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const;

/** What these bytes look like, as the rest of a sentence: "it is a PDF document". */
export function describeForeignFile(bytes: Uint8Array): string {
  if (bytes.length === 0) return "the file is empty";
  const known = BY_SIGNATURE.find(([signature]) => signature.every((byte, i) => bytes[i] === byte));
  if (known) return known[1];
  const skip = BYTE_ORDER_MARK.every((byte, i) => bytes[i] === byte) ? BYTE_ORDER_MARK.length : 0;
  const head = bytes.subarray(skip, TEXT_LIMIT);
  if (head.every((byte) => byte === 0)) return "it holds only zeros, its contents were lost";
  const text = String.fromCharCode(...head);
  const kind = BY_TEXT.find(([pattern]) => pattern.test(text));
  return kind ? kind[1] : "its first bytes are none of a known kind";
}
