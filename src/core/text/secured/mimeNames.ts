/** Names of files in header fields: as they are, as encoded words (RFC 2047), and as parameters with a charset (RFC 2231). */
import { decodeBase64 } from "../../export/base64";
import { codePage } from "../codePages";
import { codePageOfHtmlCharset } from "../htmlCharset";

/** Characters of a name that are kept. */
const MAX_NAME = 1024;
/** Characters that are read of a name with escapes: enough for one of that length. */
const MAX_ESCAPED = MAX_NAME * 12;
/** Pieces that a parameter may come in. */
const MAX_PIECES = 100;
const ENCODED_WORD = /=\?([\w-]{1,40})(?:\*[\w-]*)?\?([bq])\?([^?]*)\?=/gi;
const LATIN_1 = 28591;

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0) & 0xff);

function inCharset(bytes: Uint8Array, charset: string): string {
  const page = codePage(codePageOfHtmlCharset(charset) ?? LATIN_1);
  return page?.decode(bytes) ?? String.fromCharCode(...bytes);
}

/** Escapes such as "%C3" or "=C3" as the characters of their bytes; what is no escape stays. */
const unescaped = (text: string, mark: "%" | "="): string =>
  text.replace(mark === "%" ? /%([\da-f]{2})/gi : /=([\da-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );

/** A text with its encoded words read; the blanks between two of them are none of it. */
function withWords(text: string): string {
  return text
    .replace(/(\?=)\s+(?==\?)/g, "$1")
    .replace(ENCODED_WORD, (word: string, charset: string, how: string, content: string) => {
      const bytes =
        how.toLowerCase() === "b"
          ? decodeBase64(content.padEnd(Math.ceil(content.length / 4) * 4, "="))
          : bytesOf(unescaped(content.replace(/_/g, " "), "="));
      return bytes === undefined ? word : inCharset(bytes, charset);
    });
}

/** A parameter that says its charset, in one piece or in several. */
function extended(parameters: ReadonlyMap<string, string>, name: string): string | undefined {
  const whole = parameters.get(`${name}*`);
  const pieces: string[] = whole === undefined ? [] : [whole];
  let isEncoded = whole !== undefined;
  for (let at = 0; whole === undefined && at < MAX_PIECES; at++) {
    const coded = parameters.get(`${name}*${at}*`);
    const piece = coded ?? parameters.get(`${name}*${at}`);
    if (piece === undefined) break;
    isEncoded ||= coded !== undefined;
    pieces.push(piece);
  }
  if (pieces.length === 0) return undefined;
  const text = pieces.join("").slice(0, MAX_ESCAPED);
  if (!isEncoded) return text;
  const [charset = "", , ...rest] = text.split("'");
  return inCharset(bytesOf(unescaped(rest.join("'"), "%")), charset);
}

/** The name in the parameters of a field; "" where there is none. */
export function fileNameOf(parameters: ReadonlyMap<string, string>, name: "filename" | "name"): string {
  const text = extended(parameters, name) ?? withWords((parameters.get(name) ?? "").slice(0, MAX_NAME));
  return text.slice(0, MAX_NAME).trim();
}
