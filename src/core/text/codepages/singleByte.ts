import type { CodePage } from "../types";
import {
  asciiLength,
  byteAt,
  ByteSink,
  decodeLatin1,
  forEachCodePoint,
  REPLACEMENT,
  TextBuilder,
} from "./buffers";

/**
 * A page in which every byte is a character. Bytes below 0x80 are ASCII (also in 864, where IBM's own table
 * has U+066A for the percent sign and Microsoft's has not).
 *
 * `loadHighHalf` yields the code units of the bytes 0x80 … 0xFF, 0 for none; it is called on first use. In the
 * tables no unit is 0 or there twice, so that decoding loses nothing: a byte without a character is what
 * Microsoft makes of it, the control of its value or a private-use character.
 */
export function singleByteCodePage(id: number, loadHighHalf: () => Uint16Array): CodePage {
  let loaded: { high: Uint16Array; codes: Map<number, number> } | undefined;
  const tables = (): { high: Uint16Array; codes: Map<number, number> } => {
    if (loaded !== undefined) return loaded;
    const high = loadHighHalf();
    const codes = new Map<number, number>();
    high.forEach((unit, index) => {
      if (unit !== 0) codes.set(unit, 0x80 + index);
    });
    loaded = { high, codes };
    return loaded;
  };
  return {
    id,
    decode(bytes) {
      const ascii = asciiLength(bytes);
      if (ascii === bytes.length) return decodeLatin1(bytes);
      const { high } = tables();
      const text = new TextBuilder();
      text.ascii(bytes.subarray(0, ascii));
      for (let index = ascii; index < bytes.length; index++) {
        const byte = byteAt(bytes, index);
        text.unit(byte < 0x80 ? byte : high[byte - 0x80] || REPLACEMENT);
      }
      return text.toString();
    },
    encode(text) {
      const sink = new ByteSink(text.length);
      forEachCodePoint(text, (codePoint) => {
        if (codePoint < 0x80) {
          sink.byte(codePoint);
          return;
        }
        const byte = tables().codes.get(codePoint);
        if (byte === undefined) sink.miss(codePoint);
        else sink.byte(byte);
      });
      return sink.result();
    },
  };
}
