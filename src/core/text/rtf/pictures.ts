/** Pictures in RTF: `\pict` with its data in hex or binary (RTF 1.9.1, pictures). */
import { hexDigit } from "./tokenizer";
import { pixels } from "./format";

/** How the first bytes of a picture have to look. */
const SIGNATURES: ReadonlyMap<string, readonly number[]> = new Map([
  ["image/png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["image/jpeg", [0xff, 0xd8, 0xff]],
]);

const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Bytes in base 64 ([RFC 4648] section 4). */
export function toBase64(bytes: Uint8Array): string {
  const digit = (value: number): string => BASE64.charAt(value & 63);
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const rest = bytes.length - at;
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    parts.push(
      digit(group >> 18) +
        digit(group >> 12) +
        (rest > 1 ? digit(group >> 6) : "=") +
        (rest > 2 ? digit(group) : "="),
    );
  }
  return parts.join("");
}

/** Collects one picture. */
export class RtfPicture {
  private readonly chunks: Uint8Array[] = [];
  private readonly values = new Map<string, number>();
  private half = -1;

  /** A control word inside the picture: goals in twips, scales in percent. */
  define(word: string, value: number | undefined): void {
    if (value !== undefined) this.values.set(word, value);
  }

  /** Data as hex digits; anything else between them is skipped. */
  hex(text: string): void {
    const bytes = new Uint8Array((text.length >> 1) + 1);
    let length = 0;
    for (let at = 0; at < text.length; at++) {
      const digit = hexDigit(text.charCodeAt(at));
      if (digit < 0) continue;
      if (this.half < 0) {
        this.half = digit;
        continue;
      }
      bytes[length++] = this.half * 16 + digit;
      this.half = -1;
    }
    this.chunks.push(bytes.subarray(0, length));
  }

  /** Data as it is. */
  binary(bytes: Uint8Array): void {
    this.chunks.push(bytes);
  }

  /** An img with the picture in it; undefined when it is none that a page can show. */
  html(): string | undefined {
    const data = this.bytes();
    for (const [type, signature] of SIGNATURES) {
      if (signature.every((byte, index) => data[index] === byte)) {
        return `<img alt="" src="data:${type};base64,${toBase64(data)}"${this.size()}>`;
      }
    }
    return undefined;
  }

  private bytes(): Uint8Array {
    const data = new Uint8Array(this.chunks.reduce((sum, chunk) => sum + chunk.length, 0));
    let at = 0;
    for (const chunk of this.chunks) {
      data.set(chunk, at);
      at += chunk.length;
    }
    return data;
  }

  private size(): string {
    const side = (goal: string, scale: string): number =>
      pixels(((this.values.get(goal) ?? 0) * (this.values.get(scale) ?? 100)) / 100);
    const width = side("picwgoal", "picscalex");
    const height = side("pichgoal", "picscaley");
    return width > 0 && height > 0 ? ` width="${width}" height="${height}"` : "";
  }
}
