/** The content of a message that is signed but not encrypted: SignedData (RFC 5652, 5.1) in BER, read without any key. */

/** Levels of elements in one another. */
const MAX_DEPTH = 24;
/** Octet strings in parts: more are no message. */
const MAX_PARTS = 1_000_000;

const SEQUENCE = 0x30;
const SET = 0x31;
const INTEGER = 0x02;
const OID = 0x06;
const OCTETS = 0x04;
const OCTETS_IN_PARTS = 0x24;
const CONTEXT_0 = 0xa0;
const CONSTRUCTED = 0x20;
/** 1.2.840.113549.1.7.2. */
const SIGNED_DATA = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];

/** An element: its identifier octet, where its content is, and where the next one begins. */
interface Element {
  readonly tag: number;
  readonly start: number;
  readonly end: number;
  readonly next: number;
}

/** The end of an element of indefinite length: behind its last child stand two zeros (X.690, 8.1.5). */
function endOfIndefinite(bytes: Uint8Array, start: number, limit: number, depth: number): number | undefined {
  let at = start;
  while (at + 1 < limit) {
    if (bytes[at] === 0 && bytes[at + 1] === 0) return at;
    const child = elementAt(bytes, at, limit, depth + 1);
    if (child === undefined) return undefined;
    at = child.next;
  }
  return undefined;
}

/** The element at a place; undefined where there is none, or one that reaches beyond `limit`. */
function elementAt(bytes: Uint8Array, at: number, limit: number, depth = 0): Element | undefined {
  const [tag, first] = [bytes[at], bytes[at + 1]];
  if (depth > MAX_DEPTH || at + 2 > limit || tag === undefined || first === undefined) return undefined;
  // Tags of more than one octet are in no part of SignedData that is read here.
  if ((tag & 0x1f) === 0x1f) return undefined;
  if (first === 0x80) {
    if ((tag & CONSTRUCTED) === 0) return undefined;
    const end = endOfIndefinite(bytes, at + 2, limit, depth);
    return end === undefined ? undefined : { tag, start: at + 2, end, next: end + 2 };
  }
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  const start = at + 2 + lengthBytes;
  if (lengthBytes > 4 || start > limit) return undefined;
  let length = first < 0x80 ? first : 0;
  for (const byte of bytes.subarray(at + 2, start)) length = length * 256 + byte;
  const end = start + length;
  return end > limit ? undefined : { tag, start, end, next: end };
}

/** The child of a certain tag that stands first behind a place. */
function childAt(bytes: Uint8Array, parent: Element, at: number, tag: number): Element | undefined {
  const child = elementAt(bytes, at, parent.end);
  return child?.tag === tag ? child : undefined;
}

/** An octet string, which may be cut into parts (X.690, 8.7). */
function octets(bytes: Uint8Array, whole: Element): Uint8Array | undefined {
  if (whole.tag === OCTETS) return bytes.subarray(whole.start, whole.end);
  if (whole.tag !== OCTETS_IN_PARTS) return undefined;
  const parts: Uint8Array[] = [];
  let length = 0;
  const collect = (parent: Element, depth: number): boolean => {
    for (let at = parent.start; at < parent.end;) {
      const part = elementAt(bytes, at, parent.end, depth);
      if (part === undefined || parts.length > MAX_PARTS) return false;
      if (part.tag === OCTETS) {
        parts.push(bytes.subarray(part.start, part.end));
        length += part.end - part.start;
      } else if (part.tag !== OCTETS_IN_PARTS || !collect(part, depth + 1)) return false;
      at = part.next;
    }
    return true;
  };
  if (!collect(whole, 1)) return undefined;
  const joined = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/**
 * What was signed: ContentInfo { id-signedData, [0] SignedData { version, digestAlgorithms, { eContentType, [0] OCTET STRING
 * } … } }. Undefined where the bytes are something else, encrypted for one, or hold no content.
 */
export function signedContent(bytes: Uint8Array): Uint8Array | undefined {
  const info = elementAt(bytes, 0, bytes.length);
  if (info?.tag !== SEQUENCE) return undefined;
  const type = childAt(bytes, info, info.start, OID);
  if (!type || type.end - type.start !== SIGNED_DATA.length) return undefined;
  if (SIGNED_DATA.some((byte, i) => bytes[type.start + i] !== byte)) return undefined;
  const explicit = childAt(bytes, info, type.next, CONTEXT_0);
  const signed = explicit && childAt(bytes, explicit, explicit.start, SEQUENCE);
  const version = signed && childAt(bytes, signed, signed.start, INTEGER);
  const digests = version && childAt(bytes, signed, version.next, SET);
  const encapsulated = digests && childAt(bytes, signed, digests.next, SEQUENCE);
  const contentType = encapsulated && childAt(bytes, encapsulated, encapsulated.start, OID);
  const holder = contentType && childAt(bytes, encapsulated, contentType.next, CONTEXT_0);
  const content = holder && elementAt(bytes, holder.start, holder.end);
  return content && octets(bytes, content);
}
