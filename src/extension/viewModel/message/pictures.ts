/** Pictures that the page may draw: told by their first bytes, whatever name and type they bear. */
import { type MessageOutline, PR_ATTACH_DATA_BIN } from "../../../core";
import type { PictureContent } from "../../../protocol/message";

/** Bytes of a picture that are sent to the page at the most. */
const MAX_PICTURE = 32 * 1024 * 1024;

interface Format {
  readonly mediaType: string;
  readonly isAt: (bytes: Uint8Array) => boolean;
}

const startsWith =
  (text: string, at = 0): Format["isAt"] =>
  (bytes) =>
    bytes.length >= at + text.length &&
    Array.from(text).every((char, index) => bytes[at + index] === char.charCodeAt(0));

const isJpeg: Format["isAt"] = (bytes) => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;

const FORMATS: readonly Format[] = [
  { mediaType: "image/png", isAt: startsWith("\x89PNG\r\n\x1a\n") },
  { mediaType: "image/jpeg", isAt: isJpeg },
  { mediaType: "image/gif", isAt: startsWith("GIF8") },
  { mediaType: "image/bmp", isAt: startsWith("BM") },
  { mediaType: "image/webp", isAt: (bytes) => startsWith("RIFF")(bytes) && startsWith("WEBP", 8)(bytes) },
];

/** The picture in an attachment; nothing where it is none that a browser draws as pixels. */
export function pictureContent(outline: MessageOutline, attachment: string): PictureContent {
  const bytes = outline.storedBytes(attachment, PR_ATTACH_DATA_BIN);
  return bytes === undefined ? {} : pictureOf(bytes.length, () => bytes);
}

/** A picture by its size and its bytes, which are not asked for where they are too many. */
export function pictureOf(size: number, read: () => Uint8Array): PictureContent {
  if (size > MAX_PICTURE) return {};
  const bytes = read();
  const format = FORMATS.find(({ isAt }) => isAt(bytes));
  return format ? { bytes, mediaType: format.mediaType } : {};
}
