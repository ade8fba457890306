/**
 * The code pages of 8-bit strings, both ways, the same in every host: own tables after Microsoft's, because
 * TextDecoder differs between hosts and writes nothing but UTF-8. The tables are generated from iconv-lite (MIT
 * licence) by scripts/generate-codepages.mjs and unpacked when a page is first used.
 *
 * Decoding never fails: what has no character becomes U+FFFD, on single-byte pages the control or private-use
 * character that Microsoft gives it, so that these lose nothing. Encoding never guesses: a character that the
 * page cannot hold is named in `missing`; there is no best fit and no "?". So when `missing` is empty the bytes
 * decode to the text they were made of; 50220 alone turns half-width katakana into full-width, as it must.
 */
import singleByteTables from "./tables/singleByte.json";
import { doubleByteCodePage } from "./codepages/doubleByte";
import { table932, table936, table949, table950 } from "./codepages/eastAsian";
import { gb18030CodePage } from "./codepages/gb18030";
import { eucJpCodePage, iso2022JpCodePages } from "./codepages/japanese";
import { table1361 } from "./codepages/johab";
import { hzCodePage, isInSet94, iso2022KrCodePage } from "./codepages/sevenBit";
import { singleByteCodePage } from "./codepages/singleByte";
import { utf16beCodePage, utf16leCodePage, utf8CodePage } from "./codepages/unicode";
import { unpack } from "./codepages/unpack";
import { utf7CodePage } from "./codepages/utf7";
import type { CodePage } from "./types";

export { isAscii } from "./codepages/buffers";
export { decodeUtf16le, decodeUtf8, encodeUtf16le, encodeUtf8 } from "./codepages/unicode";

/** US-ASCII: bytes from 0x80 on have no character at all, or a text beyond ASCII would pass for ASCII. */
const usAscii = singleByteCodePage(20127, () => new Uint16Array(0x80));

/** ISO 8859-8 in logical order has the characters of the page in visual order. */
const logicalHebrew = singleByteCodePage(38598, () => unpack(singleByteTables[28598]));

/** GB 2312 and KS X 1001: read as the larger pages that contain them, written within their own cells. */
const subsets: readonly CodePage[] = [
  doubleByteCodePage(20936, table936, isInSet94),
  doubleByteCodePage(51936, table936, isInSet94),
  doubleByteCodePage(20949, table949, isInSet94),
  doubleByteCodePage(51949, table949, isInSet94),
];

const PAGES: ReadonlyMap<number, CodePage> = new Map(
  [
    ...Object.entries(singleByteTables).map(([id, packed]) =>
      singleByteCodePage(Number(id), () => unpack(packed)),
    ),
    usAscii,
    logicalHebrew,
    doubleByteCodePage(932, table932),
    doubleByteCodePage(936, table936),
    doubleByteCodePage(949, table949),
    doubleByteCodePage(950, table950),
    doubleByteCodePage(1361, table1361),
    ...subsets,
    gb18030CodePage,
    eucJpCodePage,
    ...iso2022JpCodePages,
    iso2022KrCodePage,
    hzCodePage,
    utf16leCodePage,
    utf16beCodePage,
    utf7CodePage,
    utf8CodePage,
  ]
    .sort((one, other) => one.id - other.id)
    .map((page) => [page.id, page]),
);

/** The page of a Windows code page number, always the same object; undefined when it is not supported. */
export function codePage(id: number): CodePage | undefined {
  return PAGES.get(id);
}

/** The numbers of all supported pages, ascending. */
export function supportedCodePages(): readonly number[] {
  return [...PAGES.keys()];
}
