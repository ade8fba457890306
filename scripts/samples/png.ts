/** Pictures for the samples, built byte by byte: PNG (ISO/IEC 15948) with a palette and uncompressed data (RFC 1950, 1951). */
import { join, utf8 } from "./kit";

/** A colour: red, green, blue, 0 to 255 each. */
export type Colour = readonly [red: number, green: number, blue: number];

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const COLOUR_TYPE_PALETTE = 3;
const FILTER_NONE = 0;
/** The most that one uncompressed block may hold. */
const MAX_BLOCK = 0xffff;

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}

function adler32(bytes: Uint8Array): number {
  let [a, b] = [1, 0];
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return ((b << 16) | a) >>> 0;
}

function bigEndian(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = join(utf8(type), data);
  return join(bigEndian(data.length), body, bigEndian(crc32(body)));
}

/** A zlib stream of uncompressed blocks. */
function stored(bytes: Uint8Array): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += MAX_BLOCK) {
    const part = bytes.subarray(at, at + MAX_BLOCK);
    const header = new Uint8Array(5);
    const view = new DataView(header.buffer);
    view.setUint8(0, at + part.length === bytes.length ? 1 : 0);
    view.setUint16(1, part.length, true);
    view.setUint16(3, ~part.length & 0xffff, true);
    blocks.push(header, part);
  }
  return join(Uint8Array.of(0x78, 0x01), ...blocks, bigEndian(adler32(bytes)));
}

/**
 * A PNG file.
 * @param colourAt the number of the colour in `palette` (at most 256) of a pixel
 */
export function png(
  width: number,
  height: number,
  palette: readonly Colour[],
  colourAt: (x: number, y: number) => number,
): Uint8Array {
  const header = join(bigEndian(width), bigEndian(height), Uint8Array.of(8, COLOUR_TYPE_PALETTE, 0, 0, 0));
  const rows = new Uint8Array((width + 1) * height).fill(FILTER_NONE);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = colourAt(x, y);
  }
  return join(
    SIGNATURE,
    chunk("IHDR", header),
    chunk("PLTE", Uint8Array.from(palette.flat())),
    chunk("IDAT", stored(rows)),
    chunk("IEND", new Uint8Array()),
  );
}

const WHITE: Colour = [255, 255, 255];
const GREY: Colour = [208, 212, 218];
const BLUE: Colour = [38, 103, 191];

/** A bar chart of numbers from 0 to 100. */
export function barChart(values: readonly number[]): Uint8Array {
  const [barWidth, height] = [24, 104];
  return png(values.length * barWidth, height, [WHITE, GREY, BLUE], (x, y) => {
    const value = values[Math.floor(x / barWidth)] ?? 0;
    const inBar = x % barWidth >= 4 && x % barWidth < barWidth - 4;
    if (inBar && height - y <= value) return 2;
    return y % 25 === 4 ? 1 : 0;
  });
}

/** A round mark, as a logo. */
export function roundMark(): Uint8Array {
  return png(48, 48, [WHITE, GREY, BLUE], (x, y) => {
    const distance = Math.hypot(x - 23.5, y - 23.5);
    if (distance > 22) return 0;
    return distance > 14 ? 2 : 1;
  });
}
