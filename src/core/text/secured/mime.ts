/**
 * What is in a MIME entity (RFC 2045, RFC 2046): its HTML and its plain text, decoded from how they travelled, and the parts
 * that are pictures and files.
 */
import { decodeBase64 } from "../../export/base64";
import { decodeLatin1 } from "../codepages/buffers";

/** A part with text. */
export interface MimeText {
  /** Without its transfer encoding. */
  readonly bytes: Uint8Array;
  /** As it is named; "" where it is not. */
  readonly charset: string;
}

/** A part that is no text of the mail: a picture, a file. */
export interface MimePart {
  /** Parameters of its disposition and of its type, which name it. */
  readonly named: readonly [disposition: ReadonlyMap<string, string>, type: ReadonlyMap<string, string>];
  /** "image/png". */
  readonly type: string;
  /** Content-ID without its brackets; "" where there is none. */
  readonly contentId: string;
  /** Bytes without the transfer encoding. */
  readonly size: number;
  /** These bytes. */
  readonly bytes: () => Uint8Array;
}

/** What an entity holds. */
export interface MimeTexts {
  readonly html?: MimeText;
  readonly text?: MimeText;
  /** Parts that are neither: pictures, files. Signatures do not count. */
  readonly others: readonly MimePart[];
}

const MAX_DEPTH = 16;
const MAX_PARTS = 1000;
/** Bytes of header fields that are read. */
const MAX_HEADER = 65_536;
const LF = 10;
const CR = 13;
const DASH = 45;

interface Header {
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly encoding: string;
  readonly isAttachment: boolean;
  readonly named: MimePart["named"];
  readonly contentId: string;
  readonly body: Uint8Array;
}

const PARAMETER = /;\s*([\w.*-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;]+))/g;

/** The parameters of a field by their names in lower case. */
function parametersOf(field: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const [, name = "", quoted, bare] of field.matchAll(PARAMETER)) {
    parameters.set(name.toLowerCase(), quoted?.replace(/\\(.)/g, "$1") ?? bare ?? "");
  }
  return parameters;
}

/** The header fields of an entity, and what is behind them; one that begins with an empty line has none. */
function headerOf(entity: Uint8Array): Header {
  let at = 0;
  const lines: string[] = [];
  const limit = Math.min(entity.length, MAX_HEADER);
  while (at < limit) {
    const found = entity.indexOf(LF, at);
    const end = found < 0 ? entity.length : found;
    const line = decodeLatin1(entity.subarray(at, end)).replace(/\r$/, "");
    at = end + 1;
    if (line === "") break;
    if (/^[ \t]/.test(line) && lines.length > 0) lines.push(`${lines.pop() ?? ""} ${line.trim()}`);
    else lines.push(line);
  }
  const field = (name: string): string =>
    lines
      .find((line) => line.toLowerCase().startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim() ?? "";
  const type = field("content-type");
  const disposition = field("content-disposition");
  const parameters = parametersOf(type);
  return {
    type: (/^[^;\s]+/.exec(type)?.[0] ?? "text/plain").toLowerCase(),
    parameters,
    encoding: field("content-transfer-encoding").toLowerCase(),
    isAttachment: /^attachment\b/i.test(disposition),
    named: [parametersOf(disposition), parameters],
    contentId: field("content-id").replace(/^<|>$/g, ""),
    body: entity.subarray(Math.min(at, entity.length)),
  };
}

const isBlankByte = (byte: number | undefined): boolean => byte === 32 || byte === 9 || byte === CR;

/** The parts between the lines of a boundary (RFC 2046, 5.1.1); what is before the first and after the last is nothing. */
function partsOf(body: Uint8Array, boundary: string): Uint8Array[] {
  const mark = Uint8Array.from(`--${boundary}`, (char) => char.charCodeAt(0));
  const parts: Uint8Array[] = [];
  let start = -1;
  for (let at = 0; at < body.length && parts.length < MAX_PARTS;) {
    const found = body.indexOf(LF, at);
    const next = found < 0 ? body.length : found + 1;
    if (body[at] === DASH && mark.every((byte, i) => body[at + i] === byte)) {
      let behind = at + mark.length;
      const isLast = body[behind] === DASH && body[behind + 1] === DASH;
      if (isLast) behind += 2;
      while (isBlankByte(body[behind])) behind++;
      if (behind >= body.length || body[behind] === LF) {
        // The line's end before the boundary belongs to the boundary.
        let end = at;
        if (end > start && body[end - 1] === LF) end--;
        if (end > start && body[end - 1] === CR) end--;
        if (start >= 0) parts.push(body.subarray(start, end));
        start = next;
        if (isLast) return parts;
      }
    }
    at = next;
  }
  if (start >= 0 && start < body.length) parts.push(body.subarray(start));
  return parts;
}

const hexDigit = (byte: number | undefined): number =>
  byte === undefined ? -1 : "0123456789abcdef".indexOf(String.fromCharCode(byte).toLowerCase());

/** Quoted-printable (RFC 2045, 6.7); what is no escape stays. */
function quotedPrintable(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    const [high, low] = [hexDigit(bytes[at + 1]), hexDigit(bytes[at + 2])];
    if (byte === 0x3d && high >= 0 && low >= 0) {
      out[length++] = high * 16 + low;
      at += 2;
      continue;
    }
    if (byte === 0x3d) {
      let end = at + 1;
      while (isBlankByte(bytes[end])) end++;
      if (bytes[end] === LF || end >= bytes.length) {
        at = end;
        continue;
      }
    }
    out[length++] = byte;
  }
  return out.subarray(0, length);
}

/** Base64 (RFC 2045, 6.8): other characters are skipped, and a digit too many at the end. */
function base64(bytes: Uint8Array): Uint8Array {
  const digits = decodeLatin1(bytes).replace(/[^A-Za-z0-9+/]/g, "");
  const whole = digits.length % 4 === 1 ? digits.slice(0, -1) : digits;
  return decodeBase64(whole.padEnd(Math.ceil(whole.length / 4) * 4, "=")) ?? new Uint8Array();
}

function decoded({ encoding, body }: Header): Uint8Array {
  if (encoding === "quoted-printable") return quotedPrintable(body);
  return encoding === "base64" ? base64(body) : body;
}

const isDigit = (byte: number): boolean =>
  (byte >= 65 && byte <= 90) ||
  (byte >= 97 && byte <= 122) ||
  (byte >= 48 && byte <= 57) ||
  byte === 43 ||
  byte === 47;

/** How many bytes `decoded` gives, without making them where they are Base64. */
function decodedSize(header: Header): number {
  if (header.encoding !== "base64") return decoded(header).length;
  let digits = 0;
  for (const byte of header.body) if (isDigit(byte)) digits++;
  return Math.floor((digits * 3) / 4);
}

const partOf = (header: Header): MimePart => ({
  named: header.named,
  type: header.type,
  contentId: header.contentId,
  size: decodedSize(header),
  bytes: () => decoded(header),
});

/** What is in an entity: of alternatives, the first HTML and the first plain text in it, and every part that is no text. */
export function mimeTexts(entity: Uint8Array): MimeTexts {
  let html: MimeText | undefined;
  let text: MimeText | undefined;
  const others: MimePart[] = [];
  let parts = 0;
  const visit = (part: Uint8Array, depth: number): void => {
    if (depth > MAX_DEPTH || ++parts > MAX_PARTS) return;
    const header = headerOf(part);
    const boundary = header.parameters.get("boundary") ?? "";
    if (header.type.startsWith("multipart/") && boundary !== "") {
      for (const inner of partsOf(header.body, boundary)) visit(inner, depth + 1);
      return;
    }
    const charset = header.parameters.get("charset") ?? "";
    if (/^application\/(?:x-)?pkcs7-signature$/.test(header.type)) return;
    if (header.isAttachment) others.push(partOf(header));
    else if (header.type === "text/html") html ??= { bytes: decoded(header), charset };
    else if (header.type === "text/plain") text ??= { bytes: decoded(header), charset };
    else others.push(partOf(header));
  };
  visit(entity, 0);
  return { ...(html ? { html } : {}), ...(text ? { text } : {}), others };
}
