/** The checksum of property names ([MS-OXMSG] 2.2.3.2) and of compressed RTF ([MS-OXRTFCP] 2.2.2.2). */

const TABLE: Uint32Array = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  return c >>> 0;
});

/** CRC-32 of the reflected polynomial 0xEDB88320, started at 0 and not inverted at the end. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) crc = (TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return crc >>> 0;
}
