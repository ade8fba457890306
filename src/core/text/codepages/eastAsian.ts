/**
 * The tables of 932, 936, 949 and 950 as Microsoft has them. The characters are in ../tables (from iconv-lite,
 * MIT licence, by scripts/generate-codepages.mjs); what follows a rule is filled in here: single bytes, and the
 * user-defined areas, which map to the private-use area from U+E000 on.
 */
import table from "../tables/doubleByte.json";
import { doubleByteTable, lazy, type CodeRange } from "./doubleByte";
import { unpack } from "./unpack";

/** The characters of each page, packed. */
export type DoubleByteCharacters = Readonly<Record<keyof typeof table, string>>;

let packed: DoubleByteCharacters = table;

/**
 * Gives the characters of the East Asian pages, for a bundle that leaves the table out and reads it as a file. To be
 * called before the first text in one of the pages is read or written.
 */
export function provideDoubleByteCharacters(characters: DoubleByteCharacters): void {
  packed = characters;
}

type TrailRange = readonly [first: number, last: number];
/** Cells in the order of a table: for each lead byte of a block, every trail byte of its ranges. */
type Block = readonly [firstLead: number, lastLead: number, ...trails: TrailRange[]];

function* codesOf(blocks: readonly Block[]): Generator<number> {
  for (const [firstLead, lastLead, ...trails] of blocks) {
    for (let lead = firstLead; lead <= lastLead; lead++) {
      for (const [first, last] of trails) {
        for (let trail = first; trail <= last; trail++) yield (lead << 8) | trail;
      }
    }
  }
}

/** The blocks of each table, the same as in scripts/generate-codepages.mjs. */
const SHIFT_JIS: readonly TrailRange[] = [
  [0x40, 0x7e],
  [0x80, 0xfc],
];
const GBK: readonly TrailRange[] = [
  [0x40, 0x7e],
  [0x80, 0xfe],
];
const BIG5: readonly TrailRange[] = [
  [0x40, 0x7e],
  [0xa1, 0xfe],
];
const EUC: TrailRange = [0xa1, 0xfe];
/** The lead bytes of 936, 949, 950 and 54936. */
export const ALL_LEADS: readonly CodeRange[] = [[0x81, 0xfe]];
const BLOCKS: Record<keyof DoubleByteCharacters, readonly Block[]> = {
  932: [
    [0x81, 0x9f, ...SHIFT_JIS],
    [0xe0, 0xef, ...SHIFT_JIS],
    [0xfa, 0xfc, ...SHIFT_JIS],
  ],
  936: [
    [0xa1, 0xfe, EUC],
    [0x81, 0xa0, ...GBK],
    [0xa8, 0xfe, [0x40, 0x7e], [0x80, 0xa0]],
  ],
  949: [
    [0xa1, 0xfe, EUC],
    [0x81, 0xa0, [0x41, 0x5a], [0x61, 0x7a], [0x81, 0xfe]],
    [0xa1, 0xc6, [0x41, 0x5a], [0x61, 0x7a], [0x81, 0xa0]],
  ],
  950: [[0xa1, 0xf9, ...BIG5]],
};

/** The code units of a page: ASCII and its table. */
function unitsOf(page: keyof DoubleByteCharacters): Uint16Array {
  const units = new Uint16Array(0x10000);
  for (let byte = 0; byte < 0x80; byte++) units[byte] = byte;
  const table = unpack(packed[page]);
  let index = 0;
  for (const code of codesOf(BLOCKS[page])) units[code] = table[index++] ?? 0;
  return units;
}

/** Gives the codes that have no character yet, in order, the units from `first` on; returns the next unit. */
function fill(units: Uint16Array, first: number, codes: Iterable<number>): number {
  let next = first;
  for (const code of codes) {
    if (units[code] === 0) units[code] = next++;
  }
  return next;
}

/**
 * 932: Shift_JIS with NEC's row 13, NEC's selection of IBM's extensions (ED40 … EEFC, read and not written),
 * IBM's extensions (FA40 … FC4B) and 1,880 user-defined characters (F040 … F9FC). Of the characters that are
 * there twice Microsoft writes the one of JIS X 0208, then NEC row 13, then IBM: that is the order of the codes.
 */
export const table932 = lazy(() => {
  const units = unitsOf("932");
  units[0x80] = 0x80;
  units[0xa0] = 0xf8f0;
  for (let byte = 0xa1; byte <= 0xdf; byte++) units[byte] = 0xff61 + byte - 0xa1;
  for (let byte = 0xfd; byte <= 0xff; byte++) units[byte] = 0xf8f1 + byte - 0xfd;
  fill(units, 0xe000, codesOf([[0xf0, 0xf9, ...SHIFT_JIS]]));
  return doubleByteTable(
    units,
    [
      [0x81, 0x9f],
      [0xe0, 0xfc],
    ],
    { except: [[0xed40, 0xeefc]] },
  );
});

/**
 * The code units of 936, which GB 18030 shares: GBK with the three user-defined areas (AAA1 … AFFE, F8A1 … FEFE,
 * A140 … A7A0) and, in order, the cells that GBK left empty.
 */
export function units936(): Uint16Array {
  const units = unitsOf("936");
  let next = fill(units, 0xe000, codesOf([[0xaa, 0xaf, EUC]]));
  next = fill(units, next, codesOf([[0xf8, 0xfe, EUC]]));
  next = fill(units, next, codesOf([[0xa1, 0xa7, [0x40, 0x7e], [0x80, 0xa0]]]));
  fill(units, next, codesOf([[0xa1, 0xfe, ...GBK]]));
  return units;
}

/** 936: GBK; the euro sign is the single byte 0x80. */
export const table936 = lazy(() => {
  const units = units936();
  units[0x80] = 0x20ac;
  units[0xff] = 0xf8f5;
  return doubleByteTable(units, ALL_LEADS);
});

/** 949: Unified Hangul Code, with the user-defined rows C9 and FE. */
export const table949 = lazy(() => {
  const units = unitsOf("949");
  units[0x80] = 0x80;
  units[0xff] = 0xf8f7;
  const next = fill(units, 0xe000, codesOf([[0xc9, 0xc9, EUC]]));
  fill(units, next, codesOf([[0xfe, 0xfe, EUC]]));
  return doubleByteTable(units, ALL_LEADS);
});

/**
 * 950: Big5 with ETEN's extensions and the user-defined areas. Ten characters are there twice; of these six are
 * written as the later code (the box lines of ETEN, and the numerals 10 and 30 among the ideographs).
 */
export const table950 = lazy(() => {
  const units = unitsOf("950");
  units[0x80] = 0x80;
  units[0xff] = 0xf8f8;
  let next = fill(units, 0xe000, codesOf([[0xfa, 0xfe, ...BIG5]]));
  next = fill(units, next, codesOf([[0x8e, 0xa0, ...BIG5]]));
  next = fill(units, next, codesOf([[0x81, 0x8d, ...BIG5]]));
  fill(
    units,
    next,
    codesOf([
      [0xc6, 0xc6, EUC],
      [0xc7, 0xc8, ...BIG5],
    ]),
  );
  return doubleByteTable(units, ALL_LEADS, { rather: [0xa451, 0xa4ca, 0xf9e9, 0xf9ea, 0xf9eb, 0xf9f9] });
});
