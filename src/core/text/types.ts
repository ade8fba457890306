/** Turns 8-bit text into strings and back, for one code page. */
export interface CodePage {
  /** Windows code page number: 1252, 932, 65001 … */
  readonly id: number;
  /** Decodes every byte; an undefined one becomes U+FFFD or, on single-byte pages, the C1 control of its value. */
  decode(bytes: Uint8Array): string;
  /**
   * The bytes of a text, with the characters (code points as strings, each once, in order) that the page cannot hold.
   * When `missing` is not empty the bytes must not be used.
   */
  encode(text: string): { bytes: Uint8Array; missing: string[] };
}
