// Writes src/core/text/tables/*.json, the packed code page tables, from iconv-lite (MIT licence,
// Copyright (c) Alexander Shtuchkin), a development dependency that is never shipped.
//
//   node scripts/generate-codepages.mjs           writes the tables
//   node scripts/generate-codepages.mjs --check   exits with 1 when the committed tables differ
//
// iconv-lite follows Microsoft where it defines a character; what it leaves undefined and Microsoft does not
// (bytes without a character, user-defined areas) is added in UNDEFINED below or, where a rule says it, in
// src/core/text/codepages/. The packing is described at `pack` and undone by codepages/unpack.ts.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import iconv from "iconv-lite";

const OUT = path.join(path.dirname(fileURLToPath(import.meta.url)), "..", "src", "core", "text", "tables");

/** 90 printable ASCII characters that need no escape in any JavaScript or JSON string. */
const ALPHABET = [...Array(0x7f - 0x20).keys()]
  .map((index) => String.fromCharCode(0x20 + index))
  .filter((character) => !"\"'\\`$".includes(character));
const BASE = ALPHABET.length;
/** Steps of one symbol: -BACK … STEPS-BACK-1 without 0; then steps of two symbols, absolutes, runs, gaps. */
const STEPS = 37;
const BACK = 4;
const PAIRS = 42;
const ABSOLUTE = STEPS + PAIRS;
const RUN = BASE - 2;
const GAP = BASE - 1;

/**
 * Packs a list of code units (0 = no character). With `previous` the last unit written:
 *   d < STEPS              previous + d - BACK
 *   d < STEPS+PAIRS, e     previous + (d-STEPS)*90 + e - PAIRS*45
 *   d < RUN, e, f          (d-STEPS-PAIRS)*8100 + e*90 + f
 *   RUN, e                 e+1 times the next unit after `previous` that the list does not hold so far
 *   GAP, e                 e+1 times no character
 */
function pack(units) {
  const used = new Uint8Array(0x10001);
  const nextFree = (unit) => {
    let next = unit + 1;
    while (used[next] === 1 && next < 0x10000) next++;
    return next;
  };
  let previous = 0x7f;
  let text = "";
  const symbols = (...values) => (text += values.map((value) => ALPHABET[value]).join(""));
  for (let index = 0; index < units.length;) {
    let count = 0;
    while (count < BASE && index + count < units.length && units[index + count] === 0) count++;
    if (count > 0) {
      symbols(GAP, count - 1);
      index += count;
      continue;
    }
    const before = previous;
    const marked = [];
    for (let next; count < BASE && index + count < units.length; count++) {
      next = nextFree(previous);
      if (units[index + count] !== next) break;
      used[next] = 1;
      marked.push(next);
      previous = next;
    }
    if (count > 2 || (count === 2 && units[index] !== before + 1)) {
      symbols(RUN, count - 1);
      index += count;
      continue;
    }
    for (const unit of marked) used[unit] = 0;
    const unit = units[index];
    const step = unit - before;
    const wide = step + PAIRS * 45;
    if (step >= -BACK && step < STEPS - BACK) symbols(step + BACK);
    else if (wide >= 0 && wide < PAIRS * BASE) symbols(STEPS + Math.floor(wide / BASE), wide % BASE);
    else symbols(ABSOLUTE + Math.floor(unit / 8100), Math.floor(unit / BASE) % BASE, unit % BASE);
    used[unit] = 1;
    previous = unit;
    index++;
  }
  return text;
}

/** Pages of one byte, by the name iconv-lite gives them. */
const SINGLE = {
  ...Object.fromEntries(
    [437, 720, 737, 775, 850, 852, 855, 857, 858, 860, 861, 862, 863, 864, 865, 866, 869].map((id) => [
      id,
      `cp${id}`,
    ]),
  ),
  874: "windows874",
  ...Object.fromEntries(
    [1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258].map((id) => [id, `windows${id}`]),
  ),
  10000: "macroman",
  10007: "maccyrillic",
  10029: "maccenteuro",
  10079: "maciceland",
  10081: "macturkish",
  20866: "koi8r",
  21866: "koi8u",
  ...Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 15].map((part) => [28590 + part, `iso8859${part}`])),
};

/**
 * Where Microsoft puts the bytes that have no character: first private-use character, then the bytes that get
 * it and its successors. Bytes 80..9F that are not listed become the control of the same value.
 */
const UNDEFINED = {
  857: [
    [0x20ac, 0xd5],
    [0xf8bc, 0xe7, 0xf2],
  ],
  864: [[0xf8be, 0xa6, 0xa7, 0xff]],
  874: [[0xf8c1, 0xdb, 0xdc, 0xdd, 0xde, 0xfc, 0xfd, 0xfe, 0xff]],
  1253: [[0xf8f9, 0xaa, 0xd2, 0xff]],
  1255: [[0xf88d, 0xd9, 0xda, 0xdb, 0xdc, 0xdd, 0xde, 0xdf, 0xfb, 0xfc, 0xff]],
  1257: [[0xf8fc, 0xa1, 0xa5]],
  10000: [[0xf8ff, 0xf0]],
  10079: [[0xf8ff, 0xf0]],
  10081: [
    [0xf8ff, 0xf0],
    [0xf8a0, 0xf5],
  ],
  28593: [[0xf7f5, 0xa5, 0xae, 0xbe, 0xc3, 0xd0, 0xe3, 0xf0]],
  28596: [[0xf7c8, ...bytesWithout("iso88596")]],
  28597: [[0xf7c5, 0xae, 0xd2, 0xff]],
  28598: [
    [0xf79c, 0xa1],
    [0xf79d, ...range(0xbf, 0xde)],
    [0xf7bd, 0xfb, 0xfc],
    [0xf7c1, 0xff],
  ],
};

function range(first, last) {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function bytesWithout(name) {
  return range(0xa0, 0xff).filter((byte) => unitOf(name, [byte]) === 0);
}

/** The one code unit that iconv-lite decodes some bytes to; 0 when they are not one character of the page. */
function unitOf(name, bytes) {
  const text = iconv.decode(Buffer.from(bytes), name);
  return text.length === 1 && text !== "\ufffd" ? text.charCodeAt(0) : 0;
}

function singleByteUnits(id, name) {
  const units = range(0x80, 0xff).map((byte) => unitOf(name, [byte]));
  for (const [first, ...bytes] of UNDEFINED[id] ?? []) {
    bytes.forEach((byte, index) => {
      if (units[byte - 0x80] !== 0) throw new Error(`${id}: byte ${byte} has a character`);
      units[byte - 0x80] = first + index;
    });
  }
  units.forEach((unit, index) => {
    if (unit === 0 && index < 0x20) units[index] = 0x80 + index;
  });
  if (new Set(units).size !== 128 || units.includes(0)) throw new Error(`${id} is not lossless`);
  return units;
}

/**
 * The cells of the double-byte pages in the order in which they are packed: blocks of
 * [first lead, last lead, [first trail, last trail] …]. Known again in codepages/eastAsian.ts.
 */
const CELLS = {
  932: [
    [0x81, 0x9f, [0x40, 0x7e], [0x80, 0xfc]],
    [0xe0, 0xef, [0x40, 0x7e], [0x80, 0xfc]],
    [0xfa, 0xfc, [0x40, 0x7e], [0x80, 0xfc]],
  ],
  936: [
    [0xa1, 0xfe, [0xa1, 0xfe]],
    [0x81, 0xa0, [0x40, 0x7e], [0x80, 0xfe]],
    [0xa8, 0xfe, [0x40, 0x7e], [0x80, 0xa0]],
  ],
  949: [
    [0xa1, 0xfe, [0xa1, 0xfe]],
    [0x81, 0xa0, [0x41, 0x5a], [0x61, 0x7a], [0x81, 0xfe]],
    [0xa1, 0xc6, [0x41, 0x5a], [0x61, 0x7a], [0x81, 0xa0]],
  ],
  950: [[0xa1, 0xf9, [0x40, 0x7e], [0xa1, 0xfe]]],
};

function codesOf(blocks) {
  return blocks.flatMap(([first, last, ...trails]) =>
    range(first, last).flatMap((lead) =>
      trails.flatMap(([from, to]) => range(from, to).map((trail) => lead * 256 + trail)),
    ),
  );
}

function doubleByteUnits(id) {
  const packed = new Set(codesOf(CELLS[id]));
  const isPrivate = (unit) => unit >= 0xe000 && unit < 0xf900;
  for (let code = 0x8000; code < 0x10000; code++) {
    const unit = unitOf(`cp${id}`, [code >> 8, code & 0xff]);
    if (unit !== 0 && !isPrivate(unit) && !packed.has(code))
      throw new Error(`${id}: ${code.toString(16)} left out`);
  }
  return codesOf(CELLS[id]).map((code) => unitOf(`cp${id}`, [code >> 8, code & 0xff]));
}

/**
 * What GB 18030 adds to 936: the two-byte codes whose character differs from 936 with its user-defined
 * areas filled are where iconv-lite has a character outside E000..F8FF, or a plane-2 one, that cp936 lacks.
 */
function gb18030Additions() {
  const codes = [];
  const units = [];
  for (let code = 0x8140; code < 0x10000; code++) {
    const bytes = [code >> 8, code & 0xff];
    if ((code & 0xff) < 0x40) continue;
    const unit = unitOf("gb18030", bytes);
    if (unit === 0 || (unit >= 0xe000 && unit < 0xf900) || unitOf("cp936", bytes) === unit || code === 0xa3a0)
      continue;
    codes.push(code);
    units.push(unit);
  }
  return { codes, units };
}

/** 8135F437, the one four-byte code out of order (U+E7C7); codepages/gb18030.ts knows it by a rule. */
const GB_SWAPPED = 7457;

/** The four-byte ranges of the basic plane: linear index and first character of each. */
function gb18030Ranges() {
  const firsts = [];
  const linears = [];
  let expected = -1;
  for (let linear = 0; linear < 39420; linear++) {
    const bytes = [
      0x81 + Math.floor(linear / 12600),
      0x30 + (Math.floor(linear / 1260) % 10),
      0x81 + (Math.floor(linear / 10) % 126),
      0x30 + (linear % 10),
    ];
    // U+FFFD is a character of GB 18030 like any other, but unitOf cannot tell it from "none".
    const decoded = unitOf("gb18030", bytes) || expected;
    const unit = linear === GB_SWAPPED ? expected : decoded;
    if (unit !== expected) {
      linears.push(linear);
      firsts.push(unit);
    }
    expected = unit + 1;
  }
  if (firsts.some((unit, index) => index > 0 && unit <= firsts[index - 1]))
    throw new Error("ranges do not ascend");
  return { linears, firsts };
}

function tables() {
  const additions = gb18030Additions();
  const ranges = gb18030Ranges();
  return {
    "singleByte.json": Object.fromEntries(
      Object.entries(SINGLE).map(([id, name]) => [id, pack(singleByteUnits(id, name))]),
    ),
    "doubleByte.json": Object.fromEntries(Object.keys(CELLS).map((id) => [id, pack(doubleByteUnits(id))])),
    "gb18030.json": {
      codes: pack(additions.codes),
      units: pack(additions.units),
      linears: pack(ranges.linears),
      firsts: pack(ranges.firsts),
    },
  };
}

let differs = false;
for (const [name, table] of Object.entries(tables())) {
  const file = path.join(OUT, name);
  const text = `${JSON.stringify(table, null, 1)}\n`;
  if (process.argv.includes("--check")) {
    if (!fs.existsSync(file) || fs.readFileSync(file, "utf8") !== text) {
      differs = true;
      console.error(`${name} differs from what iconv-lite yields: run node scripts/generate-codepages.mjs`);
    }
  } else {
    fs.mkdirSync(OUT, { recursive: true });
    fs.writeFileSync(file, text);
    const sizes = Object.entries(table).map(([id, packed]) => `${id} ${packed.length}`);
    console.log(`${name}: ${text.length} bytes (${sizes.join(", ")})`);
  }
}
if (differs) process.exit(1);
