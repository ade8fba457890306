/** GUIDs: 16 bytes, Data1 to Data3 little-endian ([MS-DTYP] 2.3.4.2); as text with braces, upper case. */

/** The GUID of all zeros. */
export const GUID_NULL = "{00000000-0000-0000-0000-000000000000}";

const PATTERN = /^\{?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})\}?$/i;
/** Text position of each of the 16 bytes, as index into the 32 hex digits divided by two. */
const ORDER = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15] as const;

/** The two hex digits of each byte. */
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).toUpperCase().padStart(2, "0"));

/** The text of the GUID at `offset`; bytes that are missing count as zero. */
export function guidFromBytes(bytes: Uint8Array, offset = 0): string {
  const pair = (at: number): string => HEX[bytes[offset + at] ?? 0] ?? "";
  const [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = ORDER;
  const first = `{${pair(a)}${pair(b)}${pair(c)}${pair(d)}-${pair(e)}${pair(f)}-${pair(g)}${pair(h)}-`;
  const last = `${pair(i)}${pair(j)}-${pair(k)}${pair(l)}${pair(m)}${pair(n)}${pair(o)}${pair(p)}}`;
  return first + last;
}

/** The canonical text (braces, upper case) of a GUID given with or without braces; undefined when it is none. */
export function parseGuid(text: string): string | undefined {
  const match = PATTERN.exec(text.trim());
  if (!match) return undefined;
  return `{${match.slice(1).join("-").toUpperCase()}}`;
}

/** The 16 bytes of a GUID's text; undefined when it is none. */
export function guidToBytes(text: string): Uint8Array | undefined {
  const canonical = parseGuid(text);
  if (canonical === undefined) return undefined;
  const digits = canonical.replace(/[{}-]/g, "");
  const bytes = new Uint8Array(16);
  ORDER.forEach((at, i) => (bytes[at] = Number.parseInt(digits.slice(i * 2, i * 2 + 2), 16)));
  return bytes;
}
