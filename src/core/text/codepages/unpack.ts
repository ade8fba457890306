/**
 * Undoes the packing of the tables in ../tables, which scripts/generate-codepages.mjs writes; the format and
 * its constants are the same there. A table is a text over 90 symbols that yields code units in order, each
 * told by its distance from the one before:
 *
 *   d < STEPS              previous + d - BACK
 *   d < STEPS+PAIRS, e     previous + (d-STEPS)*90 + e - PAIRS*45
 *   d < RUN, e, f          (d-STEPS-PAIRS)*8100 + e*90 + f
 *   RUN, e                 e+1 times the next unit after `previous` that the table does not hold so far
 *   GAP, e                 e+1 times 0, no character
 *
 * Runs skip what is there already because GBK and UHC list, after the characters of the older standard, all
 * others in the order of Unicode: ten thousand characters become some hundred symbols.
 */
const BASE = 90;
const STEPS = 37;
const BACK = 4;
const PAIRS = 42;
const ABSOLUTE = STEPS + PAIRS;
const RUN = BASE - 2;

/** The value of each symbol by its character code: printable ASCII without the five that need escapes. */
const VALUES = ((): Uint8Array => {
  const values = new Uint8Array(0x80);
  let next = 0;
  for (let code = 0x20; code < 0x7f; code++) {
    if (!"\"'\\`$".includes(String.fromCharCode(code))) values[code] = next++;
  }
  return values;
})();

/** The code units that a packed table holds; 0 where there is no character. */
export function unpack(packed: string): Uint16Array {
  const units: number[] = [];
  const used = new Uint8Array(0x10001);
  let position = 0;
  const symbol = (): number => VALUES[packed.charCodeAt(position++)] ?? 0;
  let previous = 0x7f;
  const put = (unit: number): void => {
    used[unit] = 1;
    units.push(unit);
    previous = unit;
  };
  const putRun = (count: number): void => {
    for (let index = 0; index < count; index++) {
      let next = previous + 1;
      while (used[next] === 1 && next < 0x10000) next++;
      put(next);
    }
  };
  const putGap = (count: number): void => {
    for (let index = 0; index < count; index++) units.push(0);
  };
  while (position < packed.length) {
    const first = symbol();
    if (first < STEPS) put(previous + first - BACK);
    else if (first < ABSOLUTE) put(previous + (first - STEPS) * BASE + symbol() - PAIRS * 45);
    else if (first < RUN) put((first - ABSOLUTE) * 8100 + symbol() * BASE + symbol());
    else if (first === RUN) putRun(symbol() + 1);
    else putGap(symbol() + 1);
  }
  return Uint16Array.from(units);
}
