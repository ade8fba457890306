/**
 * 1361, Johab (KS X 1001, annex 3): each Hangul syllable is composed from three fields of five bits, the rest is
 * the rows of KS X 1001 in another place, taken from 949.
 */
import { doubleByteTable, lazy, type CodeRange } from "./doubleByte";
import { table949 } from "./eastAsian";

/** Five-bit codes of the initial consonants, vowels and final consonants, in Unicode's order of syllables. */
const INITIALS = range(0x02, 19);
const VOWELS = [...range(0x03, 5), ...range(0x0a, 6), ...range(0x12, 6), ...range(0x1a, 4)];
const FINALS = [...range(0x02, 16), ...range(0x13, 11)];
const NO_INITIAL = 0x01;
const NO_VOWEL = 0x02;
const NO_FINAL = 0x01;

/** Jamo on their own, as the compatibility jamo of Unicode: distances from U+3131, initials and finals. */
const INITIAL_JAMO = [0, 1, 3, 6, 7, 8, 16, 17, 18, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29];
const FINAL_JAMO = [
  0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 19, 20, 21, 22, 23, 25, 26, 27, 28, 29,
];
const FIRST_CONSONANT = 0x3131;
const FIRST_VOWEL = 0x314f;

function range(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}

const compose = (initial: number, vowel: number, final: number): number =>
  0x8000 | (initial << 10) | (vowel << 5) | final;

function putHangul(units: Uint16Array): void {
  let syllable = 0xac00;
  for (const initial of INITIALS) {
    for (const vowel of VOWELS) {
      for (const final of [NO_FINAL, ...FINALS]) units[compose(initial, vowel, final)] = syllable++;
    }
  }
  INITIALS.forEach((initial, index) => {
    units[compose(initial, NO_VOWEL, NO_FINAL)] = FIRST_CONSONANT + (INITIAL_JAMO[index] ?? 0);
  });
  VOWELS.forEach((vowel, index) => {
    units[compose(NO_INITIAL, vowel, NO_FINAL)] = FIRST_VOWEL + index;
  });
  FINALS.forEach((final, index) => {
    units[compose(NO_INITIAL, NO_VOWEL, final)] = FIRST_CONSONANT + (FINAL_JAMO[index] ?? 0);
  });
}

/** Where a cell of KS X 1001 is in Johab: two rows share a lead byte. `row` and `cell` from 0x21. */
function johabCode(row: number, cell: number): number {
  const isHanja = row >= 0x4a;
  const lead = (row + (isHanja ? 0x176 : 0x191)) >> 1;
  const isSecond = isHanja === ((row & 1) === 1);
  const place = (isSecond ? 94 : 0) + cell - 0x21;
  return (lead << 8) | (place + (place < 0x4e ? 0x31 : 0x43));
}

/** Copies symbols (rows 21 … 2C, without the jamo that the syllables hold) and hanja (4A … 7D) from 949. */
function putRows(units: Uint16Array): void {
  const wansung = table949().units;
  for (let row = 0x21; row <= 0x7d; row++) {
    if (row > 0x2c && row < 0x4a) continue;
    for (let cell = 0x21; cell <= 0x7e; cell++) {
      if (row === 0x24 && cell <= 0x53) continue;
      units[johabCode(row, cell)] = wansung[((row << 8) | cell) + 0x8080] ?? 0;
    }
  }
}

/** The bytes that Microsoft gives a meaning on their own besides ASCII: first byte, count, first code unit. */
const SINGLE: readonly (readonly [byte: number, count: number, unit: number])[] = [
  [0x80, 4, 0x80],
  [0xd4, 4, 0xf8ec],
  [0xdf, 1, 0xf8f0],
  [0xfa, 6, 0xf8f1],
];

/** Lead bytes: syllables, user-defined and symbols, hanja. */
const LEADS: readonly CodeRange[] = [
  [0x84, 0xd3],
  [0xd8, 0xde],
  [0xe0, 0xf9],
];

/**
 * 1361. Jamo on their own are the compatibility jamo (U+3131 …), as KS X 1001 and the Unicode Consortium's table
 * have it and as people type them; Microsoft's data names the conjoining ones (U+1100 …). A final consonant on
 * its own is read as the same letter, and written as the initial one.
 */
export const table1361 = lazy(() => {
  const units = new Uint16Array(0x10000);
  for (let byte = 0; byte < 0x80; byte++) units[byte] = byte;
  for (const [byte, count, unit] of SINGLE) {
    range(0, count).forEach((offset) => (units[byte + offset] = unit + offset));
  }
  putHangul(units);
  putRows(units);
  let next = 0xe000;
  for (const place of range(0, 188)) units[0xd800 + place + (place < 0x4e ? 0x31 : 0x43)] = next++;
  const initials = INITIALS.map((initial) => compose(initial, NO_VOWEL, NO_FINAL));
  return doubleByteTable(units, LEADS, { rather: initials });
});
