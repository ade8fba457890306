/** The fonts of an RTF document: which code page their bytes are in ([MS-OXRTFEX] 2.1.3; RTF 1.9.1, font table). */
import { codePage } from "../codePages";
import type { CodePage } from "../types";
import { DEFAULT_CODE_PAGE } from "../../session/codePageOf";

/** Code pages of `\fcharsetN`. 1 is the default of the document, 2 the symbols, which are in no code page. */
const CHARSET_PAGES: ReadonlyMap<number, number> = new Map([
  [0, 1252],
  [77, 10000],
  [86, 10081],
  [88, 10029],
  [89, 10007],
  [128, 932],
  [129, 949],
  [130, 1361],
  [134, 936],
  [136, 950],
  [161, 1253],
  [162, 1254],
  [163, 1258],
  [177, 1255],
  [178, 1256],
  [186, 1257],
  [204, 1251],
  [222, 874],
  [238, 1250],
  [254, 437],
  [255, 850],
]);

const SYMBOL_CHARSET = 2;
/** Letters of a font's name that are kept. */
const MAX_NAME = 64;

/** Bytes of symbol fonts are the characters of the same value: their meaning is the font's own. */
const symbolPage: CodePage = {
  id: 42,
  decode: (bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""),
  encode: (text) => ({ bytes: Uint8Array.from(text, (char) => char.charCodeAt(0)), missing: [] }),
};

/** A font as the font table describes it. */
export interface RtfFont {
  charset: number | undefined;
  /** `\cpgN`, which goes before the charset. */
  codePage: number | undefined;
  /** Its name's bytes, in its own code page, up to 64. */
  readonly nameBytes: number[];
}

/** The font table, and the document's default font and code page. */
export class RtfFonts {
  private readonly fonts = new Map<number, RtfFont>();
  private current: RtfFont | undefined;
  /** `\deffN`. */
  defaultFont: number | undefined;
  /** `\ansicpgN`, else that of `\mac`, `\pc` or `\pca`, else 1252. */
  defaultPage: CodePage = DEFAULT_CODE_PAGE;
  /** A code page was named that is not supported. */
  unknownPage = false;

  /** A control word inside the font table. */
  define(name: string, value: number | undefined): void {
    if (name === "f") {
      this.current = { charset: undefined, codePage: undefined, nameBytes: [] };
      this.fonts.set(value ?? 0, this.current);
    } else if (this.current && name === "fcharset") this.current.charset = value;
    else if (this.current && name === "cpg") this.current.codePage = value;
  }

  /** A byte of a font's name. */
  nameByte(byte: number): void {
    const name = this.current?.nameBytes;
    if (name && name.length < MAX_NAME) name.push(byte);
  }

  /** `\ansicpgN`; 0 says nothing. */
  setDefaultPage(id: number | undefined): void {
    if (id !== undefined && id !== 0) this.defaultPage = this.pageOf(id);
  }

  /** Whether bytes of a font are symbols. */
  isSymbol(font: number | undefined): boolean {
    return this.find(font)?.charset === SYMBOL_CHARSET;
  }

  /** The code page of bytes in a font; of none: of the default font. */
  page(font: number | undefined): CodePage {
    const found = this.find(font);
    if (!found) return this.defaultPage;
    if (found.codePage !== undefined && found.codePage !== 0) return this.pageOf(found.codePage);
    if (found.charset === SYMBOL_CHARSET) return symbolPage;
    const id = found.charset === undefined ? undefined : CHARSET_PAGES.get(found.charset);
    return id === undefined ? this.defaultPage : this.pageOf(id);
  }

  /** The name of a font, without the ";" at its end. */
  name(font: number | undefined): string {
    const found = this.find(font);
    if (!found) return "";
    const page = this.isSymbol(font) ? this.defaultPage : this.page(font);
    return page
      .decode(Uint8Array.from(found.nameBytes))
      .replace(/;[^]*$/, "")
      .trim();
  }

  private find(font: number | undefined): RtfFont | undefined {
    const number = font ?? this.defaultFont;
    return number === undefined ? undefined : this.fonts.get(number);
  }

  private pageOf(id: number): CodePage {
    const page = codePage(id);
    if (page) return page;
    this.unknownPage = true;
    return this.defaultPage;
  }
}
