/** Bytes as the characters of the same numbers: RTF is ASCII, and what is not is kept apart by this. */
const CHUNK = 0x4000;

/** One character a byte. */
export function decodeLatin1(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += CHUNK)
    parts.push(String.fromCharCode(...bytes.subarray(at, at + CHUNK)));
  return parts.join("");
}
